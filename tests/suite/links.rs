//! Links to articles that terminals can open, from addresses that anyone may have written.

use crate::archive_fixture::TempArchive;
use crate::sample::sample;
use shukach::render::sanitize::is_active;

/// Returns the addresses that `shown` links to, each with the text that stands for it.
fn links(shown: &str) -> Vec<(&str, &str)> {
    let mut parts = shown.split("\x1b]8;;").skip(1);
    let mut links = Vec::new();
    while let (Some(open), Some(close)) = (parts.next(), parts.next()) {
        assert!(
            close.starts_with("\x1b\\"),
            "a link is not closed: {shown:?}"
        );
        links.push(open.split_once("\x1b\\").expect("the end of an address"));
    }
    links
}

#[test]
fn each_article_is_linked_to_where_that_is_asked_for() {
    let ran = sample().run(&["search", "date:2025", "-n", "25", "--hyperlinks", "always"]);
    let shown = ran.expect(0).stdout;
    let links = links(&shown);
    assert_eq!(links.len(), 25);
    let is_file =
        |target: &str| target.starts_with("file://") && target.contains("/tests/archive/");
    for (target, text) in &links {
        assert!(is_file(target) || target == text, "{target} for {text}");
    }
    assert!(
        links
            .iter()
            .any(|(target, _)| target.starts_with("https://"))
    );
    // Letters of a path are written as bytes.
    assert!(links.iter().all(|(target, _)| target.is_ascii()));
    for arguments in [&["kwic", "міст"][..], &["search", "міст"]] {
        let plain = sample().run(arguments).expect(0).stdout;
        assert!(!plain.contains('\x1b'), "{plain}");
        let mut all = arguments.to_vec();
        all.extend(["--hyperlinks", "always"]);
        assert!(sample().run(&all).stdout.contains("\x1b]8;;"), "{all:?}");
        // What is not for a terminal has none, even in colours.
        let mut all: Vec<&str> = arguments.to_vec();
        all.extend(["--color", "always"]);
        assert!(!sample().run(&all).stdout.contains("\x1b]8;;"), "{all:?}");
    }
}

#[test]
fn a_hostile_address_stays_inside_its_link_or_gets_none() {
    let article = |id: &str, url: &str| {
        let article = serde_json::json!({ "id": id, "body": "Кіт спить.", "url": url });
        format!("{article}\n")
    };
    let hostile = [
        ("escape", "https://a.example/\u{1b}\\\u{1b}]0;title\u{7}"),
        ("c1", "https://a.example/\u{9c}\u{9d}8;;evil"),
        ("bidi", "https://a.example/\u{202e}gpj.exe"),
        ("script", "javascript:alert(1)"),
        ("file", "file:///etc/passwd"),
    ];
    let mut lines: String = hostile.iter().map(|(id, url)| article(id, url)).collect();
    lines.push_str(&article("good", "https://a.example/кіт \"1\"?a=b&c=%20"));
    let archive = TempArchive::new().file("a.jsonl", lines);
    archive.index();
    for command in [
        &["search", "кіт"][..],
        &["kwic", "кіт"],
        &["more-like", "good"],
        &["show", "escape"],
    ] {
        let mut all = command.to_vec();
        all.extend(["--hyperlinks", "always"]);
        let shown = archive.run(&all).stdout;
        for (target, text) in links(&shown) {
            let is_ours = target == "https://a.example/%D0%BA%D1%96%D1%82%20%221%22?a=b&c=%20"
                || target.starts_with("file://") && target.ends_with("/archive/a.jsonl");
            assert!(is_ours, "{target:?} for {text:?}");
        }
        let unlinked = shown.replace("\x1b]8;;", "").replace("\x1b\\", "");
        let is_foreign = |c: char| is_active(c) && c != '\n';
        assert!(!unlinked.contains(is_foreign), "{unlinked:?}");
    }
    let shown = archive
        .run(&["search", "кіт", "--hyperlinks", "always"])
        .stdout;
    assert_eq!(
        links(&shown).len(),
        1,
        "only the good address is linked to: {shown:?}"
    );
}
