//! Error messages in the user's language.

use crate::date::{DateError, PLAUSIBLE_YEARS};
use crate::error::{ArticleError, Error, Holder, Problem, candidates, megabytes};
use crate::locale::Locale;
use std::path::Path;

impl Error {
    /// Returns the message in the user's language, with a remedy; in English the same as
    /// `to_string`.
    pub fn message(&self, locale: Locale) -> String {
        match locale {
            Locale::English => self.to_string(),
            Locale::Ukrainian => in_ukrainian(self),
        }
    }
}

impl ArticleError {
    /// Says in the language of the user which file or line gave no article, and why; in English the
    /// same as `to_string`.
    pub fn message(&self, locale: Locale) -> String {
        format!("{}: {}", self.place(), self.problem.message(locale))
    }

    /// Returns where it happened: `news.zip/a.jsonl:7`.
    pub fn place(&self) -> String {
        let inner = self.inner_path.iter().map(|path| format!("/{path}"));
        let line = self.line.map(|line| format!(":{line}"));
        let inner: String = inner.collect();
        format!("{}{inner}{}", self.path.display(), line.unwrap_or_default())
    }
}

impl Problem {
    /// Says in the language of the user what is wrong; in English the same as `to_string`.
    pub fn message(&self, locale: Locale) -> String {
        match locale {
            Locale::English => self.to_string(),
            Locale::Ukrainian => problem_in_ukrainian(self),
        }
    }
}

/// Returns a file and, where it is known, a line of it: `a.jsonl:7`.
pub(crate) fn place(path: &Path, line: Option<u64>) -> String {
    let line = line.map(|line| format!(":{line}")).unwrap_or_default();
    format!("{}{line}", path.display())
}

fn duplicate_in_ukrainian(id: &str, collection: &str, owner: &str) -> String {
    format!(
        "ідентифікатор {id} у колекції {collection} вже має стаття з {owner}, вона його й зберігає; дайте кожній статті власний ідентифікатор або індексуйте одну з двох із --collection НАЗВА"
    )
}

fn problem_in_ukrainian(problem: &Problem) -> String {
    match problem {
        Problem::Unreadable(source) => format!("не вдалося прочитати: {source}"),
        Problem::DuplicateId {
            id,
            collection,
            owner,
            line,
        } => duplicate_in_ukrainian(id, collection, &place(owner, *line)),
        Problem::Refused { id, reason } => {
            format!("індекс не прийняв статтю {id}: {reason}; її надішле наступне індексування")
        }
        Problem::TooLarge {
            size_bytes,
            max_bytes,
        } => format!(
            "завелике: {size_bytes} байтів, а стаття може мати {max_bytes}; поділіть її або запишіть по статті в рядку у файл .jsonl"
        ),
        Problem::Binary { byte } => format!("це не текст: літер тут замало, див. байт {byte}"),
        Problem::BadBytes { count, encoding } => {
            format!("не {encoding} у кількох місцях, вони стоять як \u{FFFD}: {count}")
        }
        Problem::OtherEncoding { declared, encoding } => {
            format!("зазначено {declared}, а насправді це {encoding}")
        }
        Problem::GuessedEncoding { encoding } => format!(
            "прочитано як {encoding}, але це здогад; якщо він хибний, задайте --encoding"
        ),
        Problem::RepairedEncoding { slip } => {
            format!("хтось уже прочитав цей текст хибно ({slip}); виправлено")
        }
        Problem::NoText => "порожньо: ні заголовка, ні тексту".to_owned(),
        Problem::BrokenJson { column, reason } => {
            format!("зіпсований JSON у стовпчику {column}: {reason}")
        }
        Problem::WrongType {
            key,
            expected,
            found,
        } => {
            let (expected, found) = (type_in_ukrainian(expected), type_in_ukrainian(found));
            format!("{key}: тут має бути {expected}, а стоїть {found}")
        }
        Problem::BadDate { key, source } => format!("{key}: {}", date_in_ukrainian(source)),
        Problem::UnknownText { key } => {
            format!("{key}: текст під незрозумілим ключем; скажіть, що це, через --map body={key}")
        }
        Problem::NoBody => "є заголовок, а тексту немає".to_owned(),
        Problem::ExtraCells { columns, cells } => format!(
            "клітинок у рядку — {cells}, а стовпців — {columns}: решту залишено в останньому; \
             тексти з роздільником беріть у лапки"
        ),
        Problem::UnclosedQuote => {
            "лапки не закрито; рядок таблиці прочитано до того місця, де починається наступний"
                .to_owned()
        }
        Problem::NoHeader { columns_read } => format!(
            "таблиця без заголовка, стовпці прочитано як {columns_read}; якщо це не так, \
             пронумеруйте їх: --map title=1,body=2"
        ),
        Problem::FewLetters => "у тексті майже немає літер, ніби їх загубив експорт".to_owned(),
        Problem::BrokenFrontMatter { reason } => format!("зіпсовані метадані на початку: {reason}"),
        Problem::NotAnArticle { kind } => format!("це не стаття: {kind}"),
        Problem::PassedOver { kind } => format!("пропущено: {}", kind_in_ukrainian(kind)),
        Problem::CutText { chars } => {
            format!("текст обрізано: далі мало бути ще стільки символів: {chars}")
        }
        Problem::UnknownKeys { keys } => format!(
            "серед ключів {keys} немає ні заголовка, ні тексту; скажіть, які це, через \
             --map title=КЛЮЧ,body=КЛЮЧ"
        ),
        Problem::TooMany { what, max } => format!("понад {max} {}", many_in_ukrainian(what)),
        Problem::TooDeep { max_depth } => format!("понад {max_depth} вкладених елементів"),
        Problem::ParserFailed => "не вдалося розібрати: збій розбирача".to_owned(),
        Problem::Unsupported => "такого формату програма не читає; читає вона текст, Markdown, HTML, MHTML, JSON, JSON Lines, CSV, RSS, Atom, карти сайтів, WordPress, NewsML-G2, NITF, MediaWiki, Telegram, WARC, ARC, листи, DOCX, ODT, PDF, також у .gz .zst .bz2 .xz .zip .tar; назвати формат можна через --format".to_owned(),
        Problem::WithoutFeature { feature } => {
            format!("цю програму зібрано без складника {feature}; зберіть її з ним")
        }
        Problem::TooSlow { seconds } => format!(
            "за {seconds} с не прочитано, тож решту цього файлу пропущено; якщо він добрий, дайте \
             більше часу через --time-limit"
        ),
        Problem::BrokenArchive { reason } => format!("пошкоджено: {reason}"),
        Problem::Truncated => "обірвано: бракує кінця".to_owned(),
        Problem::NestedContainers => {
            "архіви один в одному; в архіві може лежати лише один архів, вийміть цей".to_owned()
        }
        Problem::Expands { max_times } => format!(
            "розпаковане більш як у {max_times} разів перевищує файл, а таке роблять лише на те, щоб забити пам’ять; якщо файл добрий, розпакуйте його самі"
        ),
        Problem::BrokenXml { reason } => format!("зіпсований XML: {reason}"),
        Problem::NoArticles { what } => {
            format!("статей тут немає: {}", contents_in_ukrainian(what))
        }
    }
}

/// Returns the name of what is passed over in the language of the user.
pub fn kind_of_record(kind: &str, locale: Locale) -> &str {
    locale.choose(kind, kind_in_ukrainian(kind))
}

fn kind_in_ukrainian(kind: &str) -> &str {
    match kind {
        "service messages" => "службові повідомлення",
        "messages without text" => "повідомлення без тексту",
        "requests" => "запити",
        "revisits" => "повторні відвідини",
        "answers that are no page" => "відповіді, що не є сторінками",
        "records about the crawl" => "записи про обхід",
        "drafts, pages and attachments" => "чернетки, сторінки та вкладення",
        "redirects and pages that are no articles" => {
            "перенаправлення й сторінки, що не є статтями"
        }
        "items without a headline or text" => "записи без заголовка чи тексту",
        "addresses without a title" => "адреси без заголовка",
        other => other,
    }
}

fn many_in_ukrainian(what: &str) -> &str {
    match what {
        "attributes in one tag" => "атрибутів в одному тегу",
        "texts between the cells of a table" => "текстів між клітинками таблиці",
        "character references in one text" => "посилань на символи в одному тексті",
        "pages" => "сторінок",
        other => other,
    }
}

fn contents_in_ukrainian(what: &str) -> &str {
    match what {
        "a sitemap that only lists addresses" => "карта сайту, у якій самі адреси",
        "an export without published posts" => "експорт без опублікованих дописів",
        "a PDF without text, as scanners make them" => {
            "PDF без тексту, сторінки в ньому – картинки"
        }
        "a news item without text" => "повідомлення без тексту",
        "a table without a header that names a title or a text" => {
            "таблиця, у заголовку якої немає ні назви, ні тексту"
        }
        other => other,
    }
}

fn type_in_ukrainian(name: &str) -> &str {
    match name {
        "a string" => "рядок",
        "a number" => "число",
        "a boolean" => "true чи false",
        "an object" => "об’єкт",
        "an array" => "масив",
        "an array of strings" => "масив рядків",
        "an array of something else" => "масив чогось іншого",
        "a string or a number" => "рядок чи число",
        "a date" => "дата",
        "an address" => "адреса",
        "a name or a list of names" => "ім’я чи список імен",
        other => other,
    }
}

fn date_in_ukrainian(error: &DateError) -> String {
    match error {
        DateError::Empty => "дати немає; пишіть 2025-12-28, 2025-12 або 2025".to_owned(),
        DateError::Year { year } => format!(
            "рік {year:04} неможливий, бувають від {} до {}",
            PLAUSIBLE_YEARS.start(),
            PLAUSIBLE_YEARS.end()
        ),
        DateError::Month { month } => format!("місяць {month:02}, а бувають від 01 до 12"),
        DateError::Day {
            year,
            month,
            day,
            last_day,
        } => format!("день {day:02}, а в {year:04}-{month:02} дні від 01 до {last_day}"),
        DateError::Time {
            hour,
            minute,
            second,
        } => {
            format!("час {hour:02}:{minute:02}:{second:02}, а буває від 00:00:00 до 23:59:59")
        }
        DateError::OutOfRange { date } => format!("{date} – до 1800 року або ще не настало"),
        DateError::Placeholder => "1970-01-01 програми пишуть там, де дати не знають".to_owned(),
        DateError::Unknown { text } => {
            format!("\"{text}\" – не дата; пишіть 2025-12-28, 2025-12 або 2025")
        }
    }
}

fn no_room_in_ukrainian(path: &Path, needed: u64, free: u64) -> String {
    format!(
        "на диску, де {}, замало місця: потрібно близько {} МБ, а вільно {} МБ; нічого не змінено; звільніть місце або працюйте з копією на більшому диску: shukach snapshot ТЕКА",
        path.display(),
        megabytes(needed),
        megabytes(free)
    )
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
                "rename" => "перейменувати",
                "sync" => "зберегти на диск",
                "set permissions of" => "змінити дозволи",
                other => other,
            };
            format!("не вдалося {action} {}: {source}", path.display())
        }
        Error::NoSuchPath { path } => format!("немає такого файлу чи теки: {}", path.display()),
        Error::NotAFile { path } => format!(
            "{} – це ні файл, ні тека; передайте вміст на стандартний вхід: … | shukach index -",
            path.display()
        ),
        Error::NoArticleFiles { path } => format!(
            "немає файлів зі статтями (.txt .md .html .json .jsonl .csv .xml .warc .zip …) у {}; чи це та тека? щоб продовжити все одно, додайте --allow-empty",
            path.display()
        ),
        Error::NothingLeft { path, indexed } => format!(
            "немає файлів зі статтями у {}, а в індексі статей звідти: {indexed}; чи під’єднано диск? щоб вилучити їх усе одно, додайте --allow-empty",
            path.display()
        ),
        Error::OtherShare { path, found, asked } => {
            other_share_in_ukrainian(path, found.as_deref(), asked)
        }
        Error::ShareOfStandardInput => "на стандартному вводі немає файлів, щоб ділити їх на частки; приберіть --share або назвіть файли й теки".to_owned(),
        Error::NoIndex { path } => format!(
            "немає індексу в {path}; створіть його так: shukach index ШЛЯХ --index {path}",
            path = path.display()
        ),
        Error::NoPermission { path } => format!(
            "немає дозволу читати індекс у {}; попросіть власника дати вам право читати теку та її файли",
            path.display()
        ),
        Error::IndexTwice { first, second } => format!(
            "індекс у {} – копія індексу в {}; залиште один із них",
            second.display(),
            first.display()
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
            let what = version_in_ukrainian(what);
            format!(
                "індекс у {path} збудовано інакше ({what} {found}, а в цієї програми {what} {expected}); перебудуйте його з того, що в ньому є: shukach reindex --index {path}",
                path = path.display()
            )
        }
        Error::NoRoom { path, needed, free } => no_room_in_ukrainian(path, *needed, *free),
        Error::NotEmpty { path } => format!(
            "{} не порожня; виберіть для знімка нову або порожню теку",
            path.display()
        ),
        Error::Damaged { path, what } => format!(
            "індекс у {path} пошкоджено ({what}); полагодьте його: shukach repair --index {path}",
            path = path.display()
        ),
        Error::Busy { path, holder } => {
            let holder = holder.as_ref().map(|Holder { pid, host, since }| {
                format!(" (процес {pid} на {host} від {since})")
            });
            format!(
                "інша програма shukach пише до індексу в {}{}; зачекайте, доки вона скінчить, або додайте --wait 60s",
                path.display(),
                holder.unwrap_or_default()
            )
        }
        Error::AmbiguousId { id, collections } => format!(
            "ідентифікатор {id} мають кілька статей: {}; скажіть, яка з них",
            candidates(id, collections)
        ),
        Error::Cluster(problem) => problem.message(Locale::Ukrainian),
        Error::Engine(source) => format!("збій пошукового рушія: {source}"),
    }
}

fn other_share_in_ukrainian(path: &Path, found: Option<&str>, asked: &str) -> String {
    let found = found.map_or_else(
        || "всі файли свого архіву".to_owned(),
        |found| format!("частку {found} свого архіву"),
    );
    format!(
        "індекс у {} містить {found}, а для частки {asked} потрібен окремий індекс: --index ТЕКА",
        path.display()
    )
}

/// Returns the name of a version that an index records.
pub(super) fn version_in_ukrainian(what: &str) -> &str {
    match what {
        "format" => "формат",
        "analyzer" => "аналізатор",
        "dictionary" => "словник",
        other => other,
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
