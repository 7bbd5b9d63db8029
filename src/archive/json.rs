//! A JSON file: one article, an array of articles, or an object whose `articles` is one.

use super::object::{self, Share};
use super::{ArchiveFile, Flaw, ReadArticle, blocks};
use crate::error::Problem;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// Reads the articles of a JSON file; the problems of one do not touch the others, but broken syntax
/// leaves none.
pub(super) fn articles(
    file: &ArchiveFile,
    text: &str,
    each: &mut dyn FnMut(Result<ReadArticle, Flaw>),
) {
    match elements(text) {
        Ok(Elements::One) => each(one(file, text, Share::Whole)),
        Ok(Elements::Many(elements)) => {
            for element in elements {
                each(
                    one(file, element.get(), Share::Part)
                        .map_err(|flaw| moved(flaw, text, element)),
                );
            }
        }
        Err(flaw) => each(Err(flaw)),
    }
}

/// Makes a flaw of a syntax error.
pub(super) fn broken(error: &serde_json::Error) -> Flaw {
    let told = error.to_string();
    let reason = told
        .split(" at line ")
        .next()
        .unwrap_or_default()
        .to_owned();
    let problem = Problem::BrokenJson {
        column: error.column(),
        reason,
    };
    Flaw {
        line: u64::try_from(error.line()).ok().filter(|line| *line > 0),
        problem,
    }
}

/// Reads one object.
pub(super) fn one(file: &ArchiveFile, json: &str, share: Share) -> Result<ReadArticle, Flaw> {
    match serde_json::from_str(json).map_err(|error| broken(&error))? {
        Value::Object(object) => Ok(object::article(file, &object, share)?.into()),
        other => {
            let found = object::type_name(&other);
            Err(Problem::WrongType {
                key: "article",
                expected: "an object",
                found,
            }
            .into())
        }
    }
}

enum Elements<'t> {
    One,
    Many(Vec<&'t RawValue>),
}

#[derive(Deserialize)]
struct Wrapper<'t> {
    #[serde(borrow)]
    articles: Option<&'t RawValue>,
}

fn elements(text: &str) -> Result<Elements<'_>, Flaw> {
    let many = |array: &'_ str| array.starts_with('[');
    let inner = if many(text.trim_start()) {
        text
    } else {
        // Whatever else is wrong will be told when the object itself is read.
        match serde_json::from_str::<Wrapper<'_>>(text) {
            Ok(Wrapper {
                articles: Some(articles),
            }) if many(articles.get()) => articles.get(),
            _ => return Ok(Elements::One),
        }
    };
    serde_json::from_str(inner)
        .map(Elements::Many)
        .map_err(|error| broken(&error))
}

/// Gives the flaw of an element its line in the whole file.
fn moved(flaw: Flaw, text: &str, element: &RawValue) -> Flaw {
    let start = element
        .get()
        .as_ptr()
        .addr()
        .saturating_sub(text.as_ptr().addr());
    let lines_before = blocks::line_break_count(text.as_bytes().get(..start).unwrap_or_default());
    Flaw {
        line: Some(lines_before + flaw.line.unwrap_or(1)),
        problem: flaw.problem,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{problem, read_all, read_one};
    use crate::article::DateSource;

    #[test]
    fn one_object_is_one_article_named_after_its_file() {
        let article = read_one("2025/12/28/a.json", r#"{"title": "Міст"}"#.as_bytes());
        assert_eq!(article.id.as_str(), "archive/2025/12/28/a.json");
        assert_eq!(article.published.unwrap().date_source, DateSource::Path);
    }

    #[test]
    fn an_array_and_a_wrapped_array_hold_many() {
        for text in [
            r#"[{"title": "Один"}, {"title": "Два"}]"#,
            r#"{"n": 2, "articles": [{"title": "Один"}, {"title": "Два"}]}"#,
        ] {
            let (articles, problems) = read_all("2025/12/28/a.json", text.as_bytes());
            let titles: Vec<&str> = articles
                .iter()
                .map(|article| article.title.as_str())
                .collect();
            assert_eq!((titles, problems.len()), (vec!["Один", "Два"], 0));
            assert!(articles.iter().all(|article| article.published.is_none()));
        }
    }

    #[test]
    fn a_wrong_element_is_told_with_its_line_and_the_others_come_in() {
        let text =
            "[\n  {\"title\": \"Один\"},\n  {\n    \"title\": 5},\n  7, {\"title\": \"Два\"}\n]";
        let (articles, problems) = read_all("a.json", text.as_bytes());
        assert_eq!(articles.len(), 2);
        assert_eq!(
            problems,
            [
                "a.json:3: title: expected a string, found a number",
                "a.json:5: article: expected an object, found a number",
            ]
        );
    }

    #[test]
    fn broken_json_is_told_with_line_and_column() {
        let (_, problems) = read_all(
            "a.json",
            b"[\n  {\"title\": \"a\"},\n  {\"title\" \"b\"}\n]",
        );
        assert_eq!(
            problems,
            ["a.json:3: broken JSON at column 12: expected `:`"]
        );
        assert!(problem("a.json", b"").starts_with("broken JSON at column 0: EOF"));
    }

    #[test]
    fn endless_nesting_is_told_and_does_not_overflow() {
        let told = problem("a.json", "[".repeat(100_000).as_bytes());
        assert!(told.starts_with("broken JSON"), "{told}");
        let told = problem("a.json", "{\"a\":".repeat(100_000).as_bytes());
        assert!(told.contains("recursion limit exceeded"), "{told}");
    }
}
