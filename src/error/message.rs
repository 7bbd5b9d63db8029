//! Failures in the language of the user.

use super::Error;
use crate::locale::Locale;

impl Error {
    /// Tells people in their language what went wrong and what to do; in English the same as `to_string`.
    pub fn message(&self, locale: Locale) -> String {
        match locale {
            Locale::English => self.to_string(),
            Locale::Ukrainian => in_ukrainian(self),
        }
    }
}

fn in_ukrainian(error: &Error) -> String {
    match error {
        Error::Io {
            action,
            path,
            source,
        } => {
            let action = match *action {
                "read" => "прочитати",
                "write" | "write to" => "записати",
                "create" => "створити",
                "list" => "переглянути",
                "open" => "відкрити",
                "remove" => "вилучити",
                "sync" => "зберегти на диск",
                "set permissions of" => "змінити дозволи",
                other => other,
            };
            format!("не вдалося {action} {}: {source}", path.display())
        }
        Error::NoSuchPath { path } => format!("немає такого файлу чи теки: {}", path.display()),
        Error::NoArticleFiles { path } => format!(
            "немає файлів зі статтями (.txt .md .html .json .jsonl .ndjson) у {}; чи це та тека? щоб продовжити все одно, додайте --allow-empty",
            path.display()
        ),
        Error::NothingLeft { path, indexed } => format!(
            "немає файлів зі статтями у {}, а в індексі статей звідти: {indexed}; чи під’єднано диск? щоб вилучити їх усе одно, додайте --allow-empty",
            path.display()
        ),
        Error::NoIndex { path } => format!(
            "немає індексу в {path}; створіть його так: shukach index ШЛЯХ --index {path}",
            path = path.display()
        ),
        Error::IndexIsFile { path } => format!(
            "{} – це файл, а індексові потрібна тека; виберіть іншу через --index ТЕКА",
            path.display()
        ),
        Error::NotAnIndex { path } => format!(
            "у {} лежать інші файли, а не індекс; виберіть порожню чи нову теку через --index ТЕКА",
            path.display()
        ),
        Error::OtherVersion {
            path,
            what,
            found,
            expected,
        } => {
            let what = match *what {
                "format" => "формат",
                "analyzer" => "аналізатор",
                "dictionary" => "словник",
                other => other,
            };
            format!(
                "індекс у {path} збудовано інакше ({what} {found}, а в цієї програми {what} {expected}); збудуйте його знову: видаліть теку й виконайте shukach index ШЛЯХ --index {path}",
                path = path.display()
            )
        }
        Error::Damaged { path, what } => format!(
            "індекс у {path} пошкоджено ({what}); збудуйте його знову: видаліть теку й виконайте shukach index ШЛЯХ --index {path}",
            path = path.display()
        ),
        Error::Busy { path } => format!(
            "інша програма shukach пише до індексу в {}; зачекайте, доки вона скінчить",
            path.display()
        ),
        Error::Engine(source) => format!("збій пошукового рушія: {source}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_told_with_the_way_out_in_the_language_of_the_user() {
        let error = Error::NoIndex {
            path: "/a b".into(),
        };
        assert_eq!(error.message(Locale::English), error.to_string());
        assert_eq!(
            error.message(Locale::Ukrainian),
            "немає індексу в /a b; створіть його так: shukach index ШЛЯХ --index /a b"
        );
    }
}
