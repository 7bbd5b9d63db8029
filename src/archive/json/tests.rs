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

#[test]
fn one_feed_behind_another_has_its_own_name() {
    let feed = |name: &str, title: &str| {
        format!(
            r#"{{"version": "https://jsonfeed.org/version/1.1", "title": "{name}", "items": [{{"id": "{title}", "title": "{title}", "content_text": "Текст новини."}}]}}"#
        )
    };
    let feeds = [feed("Хвиля", "Міст"), feed("Огляд", "Порт")].join("\n");
    let (articles, problems) = read_all("a.json", feeds.as_bytes());
    assert_eq!(problems, Vec::<String>::new());
    let sources: Vec<_> = articles.iter().map(|one| one.source.as_deref()).collect();
    assert_eq!(sources, [Some("Хвиля"), Some("Огляд")]);
}
