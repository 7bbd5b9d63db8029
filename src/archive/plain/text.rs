//! Plain text: the first line is the title, the rest is the body.

use crate::archive::fields::dateline;
use crate::archive::plain::front_matter;
use crate::archive::{ArchiveFile, Flaw, ReadArticle};
use crate::article::Article;
use crate::date::dateline::Dateline;
use crate::error::{Field, Problem};
use crate::markup::{blocks, paragraphs};
use jiff::civil;

/// A first line longer than this, in characters, is the text itself and no title.
const MAX_TITLE_CHARS: usize = 500;

/// A wrapped title has at most so many lines.
const MAX_TITLE_LINES: usize = 3;

/// Reads the article of a text file.
///
/// # Errors
///
/// Fails where the front matter says that it is no article, and on an empty file.
pub(crate) fn article(file: &ArchiveFile, text: &str) -> Result<ReadArticle, Flaw> {
    let text = blocks::with_unix_lines(text);
    let (mut front, text) = front_matter::split(&text, file.today)?;
    let doubts = std::mem::take(&mut front.doubts);
    let (has_title, has_lead) = (front.title.is_some(), front.lead.is_some());
    let head = match &front.title {
        Some(title) => Head {
            dateline: None,
            title: title.clone(),
            rest: without_title(text, title),
        },
        None => Head::of(text, file.today),
    };
    let body = with_single_blank_lines(&paragraphs::unwrap_lines(head.rest));
    if head.title.is_empty() && body.is_empty() {
        return Err(Problem::NoText.into());
    }
    let lead = front
        .lead
        .clone()
        .unwrap_or_else(|| lead(&body, file.today));
    let dateline = head
        .dateline
        .or_else(|| dateline::at_head(body.lines(), file.today));
    let known = front.published.or_else(|| dateline::in_file_path(file));
    let published = dateline::published(known, dateline, (&head.title, &body), file.today);
    let has_given_id = front.id.is_some();
    let mut read = ReadArticle::from(Article {
        id: front.article_id(file),
        title: head.title,
        lead,
        published,
        source: front.source,
        section: front.section,
        authors: front.authors,
        url: front.url,
        tags: front.tags,
        lang: front.lang,
        path: file.path.clone(),
        body,
    });
    read.has_given_id = has_given_id;
    read.doubts = doubts;
    let front = "front matter";
    Ok(read.with_origins(&[
        (Field::Title, if has_title { front } else { "first line" }),
        (
            Field::Lead,
            if has_lead { front } else { "first paragraph" },
        ),
        (Field::Body, "text"),
        (Field::Author, front),
    ]))
}

/// The beginning of a text without front matter.
struct Head<'t> {
    /// A date that stands before the title.
    dateline: Option<Dateline>,
    title: String,
    rest: &'t str,
}

impl<'t> Head<'t> {
    fn of(text: &'t str, today: civil::Date) -> Self {
        let (first, rest) = first_line(text);
        let dateline = Dateline::read(first, today)
            .filter(|line| line.is_bare && line.written().is_some() && !rest.trim().is_empty());
        let text = if dateline.is_some() { rest } else { text };
        let (title, rest) = wrapped_title(text).unwrap_or_else(|| {
            let (title, rest) = first_line(text);
            (title.to_owned(), rest)
        });
        Self {
            dateline,
            title,
            rest,
        }
    }
}

/// Splits off a title of two or three lines with a blank one behind them, where a program wrapped
/// it.
fn wrapped_title(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start_matches(is_blank);
    let mut end = 0;
    for (ordinal, line) in text.split_inclusive('\n').enumerate() {
        if line.trim().is_empty() {
            break;
        }
        if ordinal == MAX_TITLE_LINES {
            return None;
        }
        end += line.len();
    }
    let (block, rest) = text.split_at_checked(end)?;
    let joined = paragraphs::unwrap_lines(block.trim());
    let is_title = block.trim().contains('\n')
        && !joined.contains('\n')
        && !joined.ends_with('.')
        && joined.chars().count() <= MAX_TITLE_CHARS;
    (is_title && !rest.trim().is_empty()).then(|| (joined.into_owned(), rest))
}

/// Returns the first paragraph that is no dateline.
fn lead(body: &str, today: civil::Date) -> String {
    let mut text = body;
    while let Some((line, rest)) = text.trim_start().split_once('\n') {
        if Dateline::read(line, today).is_none() {
            break;
        }
        text = rest;
    }
    blocks::first_paragraph(text)
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
    use crate::archive::tests::{problem, read_one};
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
        assert_eq!(article.lead, "Рада ухвалила бюджет.");
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

    fn dated(path: &str, text: &str) -> (String, DateSource) {
        let published = read_one(path, text.as_bytes()).published.unwrap();
        (published.date.to_string(), published.date_source)
    }

    #[test]
    fn the_date_comes_from_front_matter_then_the_path_then_a_dateline_then_all_of_the_text() {
        let body = "Міст\n28 грудня 2025\nМіст відкрили 27 грудня 2025 року.";
        let fronted = format!("---\ndate: 2024-01-02\n---\n{body}");
        for (path, text, date, source) in [
            (
                "2025/11/a.txt",
                fronted.as_str(),
                "2024-01-02",
                DateSource::FrontMatter,
            ),
            ("2025/11/a.txt", body, "2025-11", DateSource::Path),
            ("2025/12/a.txt", body, "2025-12-28", DateSource::Dateline),
            ("a.txt", body, "2025-12-28", DateSource::Dateline),
        ] {
            assert_eq!(dated(path, text), (date.to_owned(), source), "{path}");
        }
        let prose = "Міст\nЛюди раді. У ніч на 28 грудня 2025 року міст відкрили.";
        assert_eq!(
            dated("a.txt", prose),
            ("2025-12-28".to_owned(), DateSource::Estimate)
        );
    }

    #[test]
    fn a_dateline_stands_before_or_behind_the_title() {
        for text in [
            "31.03.2016\nМіст відкрито\nЛюди раді.",
            "Міст відкрито\n31 березня 2016 р.\nЛюди раді.",
            "Міст відкрито\n\nКиїв, 31 березня 2016\n\nЛюди раді.",
            "Міст відкрито\nОля Гай\nОпубліковано: 31.03.16\nЛюди раді.",
            "Міст відкрито\n\nОля Гай | 31 марта 2016 г.\nОновлено: 05.04.2024\n\nЛюди раді.",
        ] {
            let article = read_one("a.txt", text.as_bytes());
            assert_eq!(article.title, "Міст відкрито", "{text}");
            assert!(article.body.ends_with("Люди раді."), "{text}");
            assert_eq!(
                dated("a.txt", text),
                ("2016-03-31".to_owned(), DateSource::Dateline),
                "{text}"
            );
        }
        let text = "Міст відкрито\nСьогодні, 14:20\nЛюди раді.";
        let exact = "2016-03-31T14:20:00+03:00".to_owned();
        assert_eq!(
            dated("2016/03/31/a.txt", text),
            (exact, DateSource::Dateline)
        );
    }

    #[test]
    fn a_day_in_passing_is_no_date_of_publication() {
        for text in [
            "Спадок Ярослава\n\nКнязь Ярослав помер 20 лютого 1054 року. Музей просить бюджет.",
            "Битва\nБитва сталася 27 червня 1709 року.",
            "План\nПлан розраховано до 31 грудня 2035 року.",
            "Міст\nЗбережено: 31.03.2016\nЛюди раді.",
            "Бюджет\nТоргуються досі. Торішній ухвалили 20 грудня 2022 року після суперечки.",
            "Міст\nСьогодні, 14:20\nЛюди раді.",
        ] {
            assert_eq!(read_one("a.txt", text.as_bytes()).published, None, "{text}");
        }
    }

    #[test]
    fn hard_wrapped_lines_are_joined_and_the_lead_is_a_whole_paragraph() {
        let text = "Міст через річку відкрили після трьох років\nремонту\n\n31.03.2016\n\n\
                    Рух мостом відновили в се-\nреду вранці. Поїзди до Івано-\nФранківська теж пішли.\n\nКінець.";
        let article = read_one("a.txt", text.as_bytes());
        assert_eq!(
            article.title,
            "Міст через річку відкрили після трьох років ремонту"
        );
        assert_eq!(
            article.body,
            "31.03.2016\n\nРух мостом відновили в середу вранці. Поїзди до Івано-Франківська теж пішли.\n\nКінець."
        );
        assert!(article.lead.starts_with("Рух мостом"), "{}", article.lead);
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
