use crate::archive::detect::*;

fn format(text: &str, name: &str) -> Option<Format> {
    match content(text.as_bytes(), Path::new(name)) {
        Some(Content::Articles(format)) => Some(format),
        None => None,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_content_tells_the_format_under_any_name() {
    for (text, expected) in [
        (
            "\n<?xml version=\"1.0\"?>\n<!-- a --><rss xmlns=\"x\">",
            Some(Format::Feed),
        ),
        (
            "<feed xmlns='http://www.w3.org/2005/Atom'>",
            Some(Format::Feed),
        ),
        (
            "<rss xmlns:wp=\"http://wordpress.org/export/1.2/\">",
            Some(Format::WordPress),
        ),
        ("<newsItem guid='a'>", Some(Format::NewsMl)),
        ("<nitf>", Some(Format::Nitf)),
        ("<mediawiki>", Some(Format::MediaWiki)),
        ("<!DOCTYPE html>\n<html>", Some(Format::Html)),
        ("<config><a/></config>", None),
        ("{\"title\": 1}\n{\"title\": 2}\n", Some(Format::JsonLines)),
        ("{\n \"title\": 1}", Some(Format::Json)),
        ("const data = [{\"title\": 1}];", Some(Format::Json)),
        ("// x\nmodule.exports = [\n{", Some(Format::Json)),
        ("window.app = function () {}", None),
        ("if (a) { b }", None),
        ("WARC/1.0\r\nWARC-Type: response", Some(Format::Warc)),
        ("filedesc://a.arc 0.0.0.0", Some(Format::Arc)),
        (
            "From a@b Mon Jan 1 00:00:00 2024\nFrom: a\nSubject: b\n\n",
            Some(Format::Mbox),
        ),
        ("Received: x\nFrom: a\nSubject: b\n\n", Some(Format::Mail)),
        (
            "From: <Saved by Blink>\nSnapshot-Content-Location: x\nMIME-Version: 1.0\n\n",
            Some(Format::Mhtml),
        ),
        ("title,text,date\n", Some(Format::Csv)),
        ("Заголовок;Текст\n", Some(Format::Csv)),
        ("Міст відкрито, каже мер\n", None),
    ] {
        assert_eq!(format(text, "a.dat"), expected, "{text}");
    }
}

#[test]
fn the_name_decides_where_the_content_leaves_it_open() {
    assert_eq!(
        format("{\n\"title\": \"a\"}\n\nТекст", "a.md"),
        Some(Format::Markdown)
    );
    assert_eq!(format("Слово", "a.TXT"), Some(Format::Text));
    assert_eq!(format("Слово", "a.json"), Some(Format::Json));
    assert_eq!(format("Слово", "a.html"), Some(Format::Html));
    assert_eq!(format("", "a.jsonl"), Some(Format::JsonLines));
}

#[test]
fn utf_16_does_not_hide_the_format() {
    let bytes: Vec<u8> = "\u{FEFF}<rss>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(
        content(&bytes, Path::new("a")),
        Some(Content::Articles(Format::Feed))
    );
}

#[test]
fn office_documents_are_no_archives() {
    let zip = |name: &str| [b"PK\x03\x04", &[0; 26][..], name.as_bytes()].concat();
    let odt = zip("mimetypeapplication/vnd.oasis.opendocument.text");
    assert_eq!(
        content(&odt, Path::new("a")),
        Some(Content::Articles(Format::Odt))
    );
    assert_eq!(content(&zip("a.txt"), Path::new("a")), Some(Content::Zip));
}

#[test]
fn pictures_are_not_opened_and_unknown_names_are() {
    assert_eq!(candidate(Path::new("a.JPG")), Candidate::No);
    assert_eq!(candidate(Path::new("a.xml")), Candidate::Unsure);
    assert_eq!(candidate(Path::new("README")), Candidate::Unsure);
    assert_eq!(candidate(Path::new("a.tar.zst")), Candidate::Yes);
}

#[test]
fn documents_for_printing_are_no_text_whatever_their_names() {
    for name in ["a.pdf", "a.rtf", "a.txt", "a"] {
        let rtf = b"{\\rtf1\\ansi\\ansicpg1251 ";
        assert_eq!(content(rtf, Path::new(name)), None);
        let pdf = content(b"%PDF-1.4\n1 0 obj", Path::new(name));
        assert_eq!(pdf, Some(Content::Articles(Format::Pdf)));
        assert!(!is_text(rtf) && !is_text(PDF));
    }
}
