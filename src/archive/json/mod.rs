//! A JSON file: one article, a list of articles, or objects around such lists; also as a script
//! assigns it.
//!
//! | module | what it holds |
//! |---|---|
//! | `value` | the shapes of a value that are understood |
//! | `key` | the names of fields |
//! | `entries` | the fields of one object |
//! | `body` | which text is the body |
//! | `elements` | lists of articles, at any depth |
//! | `lines` | JSON Lines |
//! | `outlet` | the outlet that an export names around its articles |
//! | `scan` | where a value ends |
//! | `script` | values as scripts write them |

pub(crate) mod body;
pub(crate) mod elements;
pub(crate) mod entries;
pub(crate) mod key;
pub(crate) mod lines;
mod outlet;
pub(crate) mod scan;
pub(crate) mod script;
pub(crate) mod value;

use crate::archive::fields;
use crate::archive::fields::Share;
use crate::archive::formats::telegram_json;
use crate::archive::formats::telegram_json::Message;
use crate::archive::input::MAX_ARTICLE_BYTES;
use crate::archive::json::elements::{Element, Elements, Kind};
use crate::archive::json::script::ScriptAsJson;
use crate::archive::{ArchiveFile, Flaw, ReadArticle};
use crate::error::Problem;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::io::BufRead;

/// Lists are looked for so many levels deep in an object without a text.
const MAX_LEVELS: usize = 8;

/// Reads the articles of a JSON file one after another; what is wrong with one does not touch the
/// others.
pub(crate) fn articles(
    file: &ArchiveFile,
    input: &mut dyn BufRead,
    each: &mut dyn FnMut(Result<ReadArticle, Flaw>),
) {
    if is_script(&mut *input) {
        return values(file, &mut ScriptAsJson::new(input), each);
    }
    values(file, input, each);
}

/// Says whether a stream is a script, or a value as only scripts write it.
fn is_script(input: &mut dyn BufRead) -> bool {
    let Ok(head) = input.fill_buf() else {
        return false;
    };
    let head = String::from_utf8_lossy(head);
    let text = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    !text.starts_with(['{', '[']) || script::is_script_value(text)
}

fn values(
    file: &ArchiveFile,
    input: &mut dyn BufRead,
    each: &mut dyn FnMut(Result<ReadArticle, Flaw>),
) {
    let mut elements = Elements::new(input, MAX_ARTICLE_BYTES);
    let mut is_empty = true;
    let mut outlet = None;
    loop {
        match elements.next() {
            Ok(Some(element)) => {
                is_empty = false;
                if element.kind == Kind::Candidate && outlet.is_none() {
                    outlet = Some(elements.around().and_then(|around| outlet::of(&around)));
                }
                let outlet = outlet.as_ref().and_then(Option::as_deref);
                take(file, &mut elements, &element, &mut |read| {
                    each(read.map(|read| outlet::given(read, outlet)));
                });
            }
            Ok(None) if is_empty && !elements.has_begun() => {
                return each(Err(no_json().into()));
            }
            Ok(None) => return,
            Err(error) => return each(Err(error.into())),
        }
    }
}

fn no_json() -> Problem {
    Problem::BrokenJson {
        column: 0,
        reason: "neither an object nor an array".to_owned(),
    }
}

fn take(
    file: &ArchiveFile,
    elements: &mut Elements<'_>,
    element: &Element,
    each: &mut dyn FnMut(Result<ReadArticle, Flaw>),
) {
    let mut each = |result: Result<ReadArticle, Flaw>| {
        each(match result {
            Ok(read) if element.kind == Kind::Whole => Ok(read),
            Ok(read) => Ok(ReadArticle {
                line: Some(element.line),
                ..read
            }),
            Err(flaw) => Err(moved(flaw, element)),
        });
    };
    if let Some(size_bytes) = element.too_large {
        if element.kind == Kind::Candidate {
            elements.accept();
        }
        return each(Err(too_large(size_bytes).into()));
    }
    match (parsed(&element.json), element.kind) {
        (Ok(Value::Object(object)), Kind::Candidate) if !is_article(file, &object) => {
            elements.reject(element);
        }
        (Ok(Value::Object(object)), Kind::Remainder) => {
            if is_article(file, &object) && has_body(&object) {
                each_of(file, &object, Share::Part, &mut each);
            }
        }
        (Ok(Value::Object(object)), kind) => {
            let share = if kind == Kind::Whole {
                Share::Whole
            } else {
                Share::Part
            };
            if kind == Kind::Candidate {
                elements.accept();
            }
            each_of(file, &object, share, &mut each);
        }
        (Ok(other), _) => each(Err(wrong_type(&other).into())),
        (Err(flaw), kind) => {
            if kind == Kind::Candidate {
                elements.accept();
            }
            each(Err(flaw));
        }
    }
}

/// Reads the article of a line; `None` where it holds what stands between articles.
pub(crate) fn line(
    file: &ArchiveFile,
    json: &[u8],
    each: &mut dyn FnMut(Result<ReadArticle, Flaw>),
) {
    match parsed(json) {
        Ok(Value::Object(object)) => each_of(file, &object, Share::Part, each),
        Ok(other) => each(Err(wrong_type(&other).into())),
        Err(flaw) => each(Err(flaw)),
    }
}

/// Reads the article of an object, or those of the lists in it where it has no text itself.
fn each_of(
    file: &ArchiveFile,
    object: &Map<String, Value>,
    share: Share,
    each: &mut dyn FnMut(Result<ReadArticle, Flaw>),
) {
    if is_beside_articles(object) {
        return;
    }
    let message = match telegram_json::message(object) {
        Some(Message::NoArticle(kind)) => return each(Err(Problem::PassedOver { kind }.into())),
        Some(Message::Text(message)) => Some(message),
        None => None,
    };
    let object = message.as_ref().unwrap_or(object);
    match fields::article(file, object, share) {
        Ok(read) => each(Ok(read)),
        Err(problem) => {
            let mut inner = Vec::new();
            collect_articles(file, object, MAX_LEVELS, &mut inner);
            if inner.is_empty() {
                return each(Err(problem.into()));
            }
            for object in inner {
                each(fields::article(file, object, Share::Part).map_err(Flaw::from));
            }
        }
    }
}

/// Collects the objects with a text in the lists of an object.
fn collect_articles<'v>(
    file: &ArchiveFile,
    object: &'v Map<String, Value>,
    levels: usize,
    articles: &mut Vec<&'v Map<String, Value>>,
) {
    if levels == 0 {
        return;
    }
    let inner = object.values().flat_map(|value| match value {
        Value::Array(list) => list.iter().filter_map(Value::as_object).collect(),
        Value::Object(object) => vec![object],
        _ => Vec::new(),
    });
    for object in inner {
        if is_article(file, object) && has_body(object) {
            articles.push(object);
        } else {
            collect_articles(file, object, levels - 1, articles);
        }
    }
}

fn is_article(file: &ArchiveFile, object: &Map<String, Value>) -> bool {
    let is_mapped = file.map.values(object).next().is_some();
    is_mapped || entries::is_article(object) && !value::is_piece(object)
}

fn has_body(object: &Map<String, Value>) -> bool {
    entries::has_body(object)
}

/// Exports put lines and things between the articles that are none: orders to an index, the outlet
/// of a graph.
fn is_beside_articles(object: &Map<String, Value>) -> bool {
    let is_order = object.len() == 1
        && object.iter().all(|(key, value)| {
            matches!(key.as_str(), "index" | "create" | "update" | "delete")
                && value
                    .as_object()
                    .is_some_and(|order| order.keys().all(|key| key.starts_with('_')))
        });
    is_order || (value::is_other_thing(object) && !has_body(object))
}

fn parsed(json: &[u8]) -> Result<Value, Flaw> {
    let parsed = match std::str::from_utf8(json) {
        Ok(text) => serde_json::from_str(text),
        // What is lost becomes U+FFFD, and a doubt.
        Err(_) => serde_json::from_str(&String::from_utf8_lossy(json)),
    };
    parsed
        // A comma too many, as people leave it.
        .or_else(|error| serde_json::from_slice(&script::mended(json)).map_err(|_| error))
        .map_err(|error| broken(&error))
}

fn wrong_type(value: &Value) -> Problem {
    Problem::WrongType {
        key: Cow::Borrowed("article"),
        expected: "an object",
        found: value::type_name(value),
    }
}

fn too_large(size_bytes: u64) -> Problem {
    Problem::TooLarge {
        size_bytes,
        max_bytes: MAX_ARTICLE_BYTES,
    }
}

/// Makes a flaw of a syntax error.
fn broken(error: &serde_json::Error) -> Flaw {
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

/// Gives the flaw of an element its line and column in the whole file.
fn moved(flaw: Flaw, element: &Element) -> Flaw {
    let line = flaw.line.unwrap_or(1);
    let problem = match flaw.problem {
        Problem::BrokenJson { column, reason } if line == 1 => Problem::BrokenJson {
            column: column + usize::try_from(element.column).unwrap_or(0),
            reason,
        },
        other => other,
    };
    Flaw {
        line: Some(element.line + line - 1),
        problem,
    }
}

#[cfg(test)]
mod tests {
    use crate::archive::tests::{problem, read_all, read_one};
    use crate::article::{Article, DateSource};

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
        let text = "[\n  {\"title\": \"Один\"},\n  {\n    \"n\": 5},\n  7, {\"title\": \"Два\"}, \"а\", [1],\n {\"title\": \"Три\" 5}\n, {\"title\": \"Чотири\"}]";
        let (articles, problems) = read_all("a.json", text.as_bytes());
        assert_eq!(titles(&articles), ["Один", "Два", "Чотири"]);
        assert_eq!(
            problems,
            [
                "a.json:3: no key of a title or a text among n; say which they are with --map title=KEY,body=KEY",
                "a.json:5: article: expected an object, found a number",
                "a.json:5: article: expected an object, found a string",
                "a.json:5: article: expected an object, found an array",
                "a.json:6: broken JSON at column 21: expected `,` or `}`",
            ]
        );
    }

    fn titles(articles: &[Article]) -> Vec<&str> {
        articles
            .iter()
            .map(|article| article.title.as_str())
            .collect()
    }

    #[test]
    fn lists_are_found_in_the_objects_around_them() {
        let list = r#"{"title": "Один", "text": "а"}, {"title": "Два", "text": "б"}"#;
        for text in [
            format!(r#"{{"articles": [{list}]}}"#),
            format!(r#"{{"status": "ok", "data": {{"total": 2, "items": [{list}]}}}}"#),
            r#"{"took": 5, "hits": {"total": 2, "hits": [{"_id": "1", "_source": {"title": "Один"}}, {"_id": "2", "_source": {"title": "Два"}}]}}"#.to_owned(),
            format!(
                r#"{{"version": "https://jsonfeed.org/version/1.1", "title": "Стрічка", "items": [{list}]}}"#
            ),
            r#"{"posts": {"1": {"title": "Один", "text": "а"}, "2": {"title": "Два", "text": "б"}}}"#.to_owned(),
            format!(r#"{{"2024": [{list}]}}"#),
            format!(r#"{{"response": {{"results": [{list}]}}}}"#),
            r#"{"rows": [{"id": "1", "doc": {"title": "Один"}}, {"id": "2", "doc": {"title": "Два"}}]}"#.to_owned(),
            r#"{"data": {"posts": {"edges": [{"node": {"title": "Один"}}, {"node": {"title": "Два"}}]}}}"#.to_owned(),
            r#"{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Вісті"}, {"@type": "NewsArticle", "headline": "Один", "articleBody": "а"}, {"@type": "NewsArticle", "headline": "Два"}]}"#.to_owned(),
        ] {
            let (articles, problems) = read_all("a.json", text.as_bytes());
            assert_eq!(
                (titles(&articles), problems),
                (vec!["Один", "Два"], vec![]),
                "{text}"
            );
        }
    }

    #[test]
    fn an_article_with_lists_of_other_things_is_one_article() {
        for text in [
            r#"{"title": "Один", "body": "а", "items": [{"title": "Пов’язане", "url": "/2"}]}"#,
            r#"{"items": [{"caption": "Фото", "src": "/2"}], "title": "Один", "body": "а"}"#,
            r#"{"title": "Один", "content": [{"type": "paragraph", "text": "а"}, {"type": "heading", "text": "б"}]}"#,
            r#"{"title": "Один", "text": ["а ", {"type": "bold", "text": "б"}], "comments": [{"author": "х", "text": "Так!"}]}"#,
        ] {
            let (articles, problems) = read_all("a.json", text.as_bytes());
            assert!(titles(&articles).contains(&"Один"), "{text}: {articles:?}");
            assert!(
                !articles.iter().any(|article| article.body == "Так!"),
                "{text}"
            );
            assert_eq!(problems, Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_script_that_assigns_json_is_read() {
        let list = r#"[{"title": "Один"}, {"title": "Два"}]"#;
        for text in [
            format!("const data = {list};\nexport default data;"),
            format!("// [усі] новини\nmodule.exports = {list}"),
            format!("/* {{}} */ window.__NEWS__ = {{\"articles\": {list}}};"),
            format!("callback({list});"),
        ] {
            let (articles, problems) = read_all("a.json", text.as_bytes());
            assert_eq!(
                (titles(&articles), problems),
                (vec!["Один", "Два"], vec![]),
                "{text}"
            );
        }
    }

    #[test]
    fn a_script_may_write_values_as_only_scripts_do() {
        for text in [
            "const data = [{title: 'Один', n: 1,}, {title: \"Два\"},];",
            "module.exports = { articles: [{ 'title': 'Один' }, // {\n { title: `Два` },],\n};",
            "[{title: 'Один'}, {title: 'Два'}]",
            "[{\"title\": \"Один\",}, {\"title\": \"Два\"},]",
        ] {
            for name in ["a.json", "a.js"] {
                // Only an assignment or quotes tell what a script without a name is.
                if name == "a.js" && text.starts_with("[{title") {
                    continue;
                }
                let (articles, problems) = read_all(name, text.as_bytes());
                assert_eq!(
                    (titles(&articles), problems),
                    (vec!["Один", "Два"], vec![]),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn keys_that_nobody_knows_are_named() {
        assert_eq!(
            problem("a.json", br#"{"foo": "bar", "n": 1}"#),
            "no key of a title or a text among foo, n; say which they are with --map title=KEY,body=KEY"
        );
        assert_eq!(
            problem("a.csv", b"foo,bar\nx,y\n"),
            "no key of a title or a text among foo, bar; say which they are with --map title=KEY,body=KEY"
        );
    }

    #[test]
    fn several_values_in_one_file_are_several_articles() {
        let (articles, problems) = read_all(
            "a.json",
            "{\"title\":\n \"Один\"}\n{\"title\": \"Два\"}\n".as_bytes(),
        );
        assert_eq!((titles(&articles), problems), (vec!["Один", "Два"], vec![]));
    }

    #[test]
    fn a_file_that_was_cut_gives_the_articles_before_the_cut() {
        let text = r#"{"articles": [{"title": "Один"}, {"title": "Дв"#;
        for (text, told) in [
            (
                text,
                "a.json:1: broken JSON at column 52: EOF while parsing a string",
            ),
            (
                text.get(..text.len() - 17).unwrap(),
                "a.json:1: broken JSON at column 35: EOF while parsing a value",
            ),
        ] {
            let (articles, problems) = read_all("a.json", text.as_bytes());
            assert_eq!(titles(&articles), ["Один"]);
            assert_eq!(problems.first().map(String::as_str), Some(told));
        }
    }

    #[test]
    fn quotes_and_brackets_in_texts_are_text() {
        let text = r#"[{"title": "Скоб\\", "body": "]}\" {["}, {"title": "Два"}]"#;
        let (articles, problems) = read_all("a.json", text.as_bytes());
        assert_eq!(
            (titles(&articles), problems),
            (vec!["Скоб\\", "Два"], vec![])
        );
    }

    #[test]
    fn orders_of_a_bulk_index_are_no_articles() {
        let text = "{\"index\": {\"_index\": \"n\", \"_id\": \"1\"}}\n{\"title\": \"Один\"}\n";
        let (articles, problems) = read_all("a.jsonl", text.as_bytes());
        assert_eq!((titles(&articles), problems), (vec!["Один"], vec![]));
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
        assert!(problem("a.json", b"").starts_with("broken JSON at column 0: neither"));
    }

    #[test]
    fn endless_nesting_is_told_and_does_not_overflow() {
        let told = problem("a.json", "[".repeat(100_000).as_bytes());
        assert!(told.starts_with("broken JSON"), "{told}");
        let told = problem("a.json", "{\"a\":".repeat(100_000).as_bytes());
        assert!(told.contains("recursion limit exceeded"), "{told}");
    }
}
