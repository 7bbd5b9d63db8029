//! Plain text: the first line is the title, the rest is the body.

use super::{ArchiveFile, Flaw, ReadArticle, blocks, dateline, front_matter};
use crate::article::Article;
use crate::error::Problem;

/// A first line longer than this, in characters, is the text itself and no title.
const MAX_TITLE_CHARS: usize = 500;

/// Reads the article of a text file.
///
/// # Errors
///
/// Fails on broken front matter and on an empty file.
pub(super) fn article(file: &ArchiveFile, text: &str) -> Result<ReadArticle, Flaw> {
    let text = blocks::with_unix_lines(text);
    let (front, text) = front_matter::split(&text)?;
    let (first, rest) = match &front.title {
        Some(title) => (title.as_str(), without_title(text, title)),
        None => first_line(text),
    };
    let body = with_single_blank_lines(rest);
    if first.is_empty() && body.is_empty() {
        return Err(Problem::NoText.into());
    }
    let lead = front
        .lead
        .clone()
        .unwrap_or_else(|| blocks::first_paragraph(&body));
    let published = front
        .published
        .or_else(|| dateline::published(file, &[first, &body]));
    Ok(Article {
        id: front.article_id(file),
        title: first.to_owned(),
        lead,
        published,
        source: front.source,
        section: front.section,
        author: front.author,
        url: front.url,
        tags: front.tags,
        lang: front.lang,
        path: file.path.clone(),
        body,
    }
    .into())
}

/// Splits off the first line that is not blank, unless it is too long for a title.
fn first_line(text: &str) -> (&str, &str) {
    let text = text.trim_start_matches(is_blank);
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let title = first.trim_matches(is_blank);
    if title.chars().count() > MAX_TITLE_CHARS {
        ("", text)
    } else {
        (title, rest)
    }
}

fn without_title<'t>(text: &'t str, title: &str) -> &'t str {
    match first_line(text) {
        (first, rest) if first == title => rest,
        _ => text,
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{FEFF}'
}

fn with_single_blank_lines(text: &str) -> String {
    let mut body = String::with_capacity(text.len());
    let mut is_after_blank = false;
    for line in text.lines() {
        if line.trim().is_empty() {
            is_after_blank = !body.is_empty();
            continue;
        }
        if !body.is_empty() {
            body.push_str(if is_after_blank { "\n\n" } else { "\n" });
        }
        body.push_str(line);
        is_after_blank = false;
    }
    body
}

#[cfg(test)]
mod tests {
    use super::super::tests::{problem, read_one};
    use crate::article::DateSource;

    #[test]
    fn the_first_non_empty_line_is_the_title() {
        let article = read_one(
            "mist.txt",
            "\u{FEFF}\r\n  \r\n  Міст відкрито \r\nЛюди раді.\r\n".as_bytes(),
        );
        assert_eq!(article.title, "Міст відкрито");
        assert_eq!(article.body, "Люди раді.");
        assert_eq!(article.id.as_str(), "archive/mist.txt");
    }

    #[test]
    fn headings_and_list_items_keep_their_lines() {
        let text =
            "Бюджет\n\nРада ухвалила бюджет.\nВидатки\n- школи;\n- лікарні.\n\n\n\nКінець.\n";
        let article = read_one("b.txt", text.as_bytes());
        assert_eq!(
            article.body,
            "Рада ухвалила бюджет.\nВидатки\n- школи;\n- лікарні.\n\nКінець."
        );
    }

    #[test]
    fn the_lead_is_the_first_of_several_paragraphs() {
        let article = read_one(
            "b.txt",
            "Бюджет\n\nРада ухвалила\nбюджет.\n\nКінець.".as_bytes(),
        );
        assert_eq!(article.lead, "Рада ухвалила\nбюджет.");
        assert_eq!(
            read_one("c.txt", "Бюджет\n\nРада ухвалила.".as_bytes()).lead,
            ""
        );
    }

    #[test]
    fn a_single_endless_line_is_the_text_and_no_title() {
        let line = "Слово за словом. ".repeat(100);
        let article = read_one("a.txt", line.as_bytes());
        assert_eq!(
            (article.title.as_str(), article.body.as_str()),
            ("", line.as_str())
        );
    }

    #[test]
    fn the_date_comes_from_front_matter_then_the_path_then_the_text() {
        let body = "Міст\nВідкрили 28 грудня 2025 року.";
        let dated = |path: &str, text: &str| {
            let published = read_one(path, text.as_bytes()).published.unwrap();
            (published.date.to_string(), published.date_source)
        };
        let fronted = format!("---\ndate: 2024-01-02\n---\n{body}");
        assert_eq!(
            dated("2025/11/a.txt", &fronted),
            ("2024-01-02".to_owned(), DateSource::FrontMatter)
        );
        assert_eq!(
            dated("2025/11/a.txt", body),
            ("2025-11".to_owned(), DateSource::Path)
        );
        assert_eq!(
            dated("a.txt", body),
            ("2025-12-28".to_owned(), DateSource::Text)
        );
    }

    #[test]
    fn a_text_without_a_complete_date_has_none() {
        let article = read_one(
            "a.txt",
            "Зустріч\nНа початку січня 2026 року буде зустріч.".as_bytes(),
        );
        assert_eq!(article.published, None);
    }

    #[test]
    fn the_title_of_the_front_matter_is_not_repeated_in_the_body() {
        let article = read_one(
            "a.txt",
            "---\ntitle: Міст\nid: m-1\n---\n\nМіст\nВідкрито.".as_bytes(),
        );
        assert_eq!(
            (article.title.as_str(), article.body.as_str()),
            ("Міст", "Відкрито.")
        );
        assert_eq!(article.id.as_str(), "m-1");
    }

    #[test]
    fn a_file_without_text_is_told() {
        assert_eq!(
            problem("a.txt", b" \n\xEF\xBB\xBF\n"),
            "no text: neither a title nor a body"
        );
        assert_eq!(problem("a.txt", b""), "no text: neither a title nor a body");
    }

    #[test]
    fn a_binary_file_is_told() {
        assert!(problem("a.txt", b"\x7FELF\0\0").starts_with("binary"));
    }
}
