//! Text fields that hold HTML.

use crate::error::{Problem, containment};
use crate::markup::blocks;
use crate::markup::blocks::Blocks;
use crate::markup::nesting;
use crate::markup::page::text;
use dom_query::Document;
use std::borrow::Cow;

/// Elements that texts are marked up with.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "ins",
    "li",
    "main",
    "mark",
    "nobr",
    "noscript",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "s",
    "script",
    "section",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "video",
];

/// Elements that stand alone.
const ALONE: &[&str] = &["br", "hr", "img", "p", "li", "source"];

/// Elements that break lines; where there is none, the line ends of the text do.
const BREAKING: &[&str] = &[
    "<p",
    "<br",
    "<div",
    "<li",
    "<h1",
    "<h2",
    "<h3",
    "<h4",
    "<tr",
    "<blockquote",
    "<section",
    "<article",
];

/// Character references that tell of HTML.
const REFERENCES: &[&str] = &[
    "&nbsp;", "&amp;", "&quot;", "&laquo;", "&raquo;", "&mdash;", "&ndash;", "&lt;", "&gt;",
    "&apos;", "&hellip;", "&rsquo;", "&lsquo;", "&ldquo;", "&rdquo;", "&bdquo;", "&shy;", "&#",
];

/// What a text field holds.
#[derive(Debug)]
pub(crate) enum Markup {
    /// Plain text, its character references resolved.
    Plain(String),
    /// HTML, as blocks.
    Blocks(Blocks),
}

/// Reads a text field as HTML if it is that; `None` means that it is plain text as it stands.
///
/// A text is HTML if it has an element that is closed or needs no closing: `<b>так</b>`, `<br>`;
/// `<3`, `a < b` and `<b>` alone are text. Markup that was escaped once more is read too.
///
/// # Errors
///
/// Fails on hostile nesting.
pub(crate) fn read(text: &str) -> Result<Option<Markup>, Problem> {
    if memchr::memchr2(b'<', b'&', text.as_bytes()).is_none() {
        return Ok(None);
    }
    if is_html(text) {
        return blocks(text).map(|blocks| Some(Markup::Blocks(blocks)));
    }
    if !has_references(text) {
        return Ok(None);
    }
    let resolved = resolved(text);
    if is_html(&resolved) {
        return blocks(&resolved).map(|blocks| Some(Markup::Blocks(blocks)));
    }
    if has_references(&resolved) && text.contains("&amp;") {
        return Ok(Some(Markup::Plain(self::resolved(&resolved))));
    }
    Ok(Some(Markup::Plain(resolved)))
}

/// Returns the text of a field that may be HTML, escaped once more or not.
///
/// # Errors
///
/// Fails on hostile nesting.
pub(crate) fn text(field: &str) -> Result<String, Problem> {
    Ok(match read(field)? {
        Some(markup) => markup.text(),
        None => blocks::with_unix_lines(field).trim().to_owned(),
    })
}

fn has_references(text: &str) -> bool {
    text.contains('&') && REFERENCES.iter().any(|reference| text.contains(reference))
}

/// Tells an element from a `<` of a text.
pub(crate) fn is_html(text: &str) -> bool {
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once('<') {
        rest = behind;
        if behind.starts_with("!--") && behind.contains("-->") {
            return true;
        }
        let name: String = behind
            .chars()
            .take(11)
            .take_while(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        let follows = behind
            .get(name.len()..)
            .and_then(|rest| rest.chars().next());
        if !ELEMENTS.contains(&name.as_str())
            || !follows.is_some_and(|c| c == '>' || c == '/' || c.is_whitespace())
        {
            continue;
        }
        let Some((_, inside)) = behind.split_once('>') else {
            return false;
        };
        if ALONE.contains(&name.as_str()) || closes(inside, &name) {
            return true;
        }
    }
    false
}

fn closes(text: &str, name: &str) -> bool {
    text.match_indices("</").any(|(at, _)| {
        let end = text.get(at + 2..at + 2 + name.len());
        end.is_some_and(|end| end.eq_ignore_ascii_case(name))
    })
}

fn blocks(html: &str) -> Result<Blocks, Problem> {
    let html = with_breaks(html);
    nesting::check_source(&html)?;
    // The parser is not ours: its panic costs one field.
    let read = containment::contained(|| {
        let fragment = Document::fragment(html.as_ref());
        nesting::check_tree(&fragment)?;
        Ok(text::blocks(&fragment.root()))
    });
    read.unwrap_or(Err(Problem::ParserFailed))
}

/// Turns line ends into elements where no element does their work, as editors of sites do.
fn with_breaks(html: &str) -> Cow<'_, str> {
    let lower = html.to_ascii_lowercase();
    if !html.contains('\n') || BREAKING.iter().any(|element| lower.contains(element)) {
        return Cow::Borrowed(html);
    }
    let paragraphs = html.split("\n\n").map(|paragraph| {
        let lines: Vec<&str> = paragraph.trim().lines().collect();
        format!("<p>{}</p>", lines.join("<br>"))
    });
    Cow::Owned(paragraphs.collect())
}

/// Returns a text with its numeric character references resolved, as converters leave them for
/// letters that an encoding lacks.
pub(crate) fn without_references(text: &str) -> Cow<'_, str> {
    if text.contains("&#") {
        Cow::Owned(resolved(text))
    } else {
        Cow::Borrowed(text)
    }
}

/// Resolves character references and leaves everything else as it is.
fn resolved(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        if let Some((value, behind)) = reference(behind) {
            out.push_str(&value);
            rest = behind;
        } else {
            out.push('&');
            rest = behind;
        }
    }
    out + rest
}

/// The longest name of a reference, in bytes.
const MAX_REFERENCE_BYTES: usize = 32;

fn reference(behind: &str) -> Option<(String, &str)> {
    let end = behind
        .bytes()
        .take(MAX_REFERENCE_BYTES)
        .position(|byte| byte == b';')?;
    let (name, rest) = (behind.get(..end)?, behind.get(end + 1..)?);
    let is_name = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'#');
    if !is_name || name.is_empty() {
        return None;
    }
    // The parser knows all names there are.
    let value = Document::fragment(format!("&{name};"))
        .root()
        .text()
        .to_string();
    (!value.contains(';')).then_some((value, rest))
}

impl Markup {
    /// Returns the text, paragraphs in lines of their own.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::Blocks(blocks) => blocks.body(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(field: &str) -> String {
        read(field)
            .unwrap()
            .map_or_else(|| field.to_owned(), |markup| markup.text())
    }

    #[test]
    fn html_is_read_as_html() {
        for (field, expected) in [
            (
                "<p>Гарантії <b>без</b>пеки&nbsp;міста</p>",
                "Гарантії безпеки міста",
            ),
            ("Один<br>Два<br/>Три", "Один\nДва\nТри"),
            ("<P>Один<P>Два", "Один\n\nДва"),
            ("<!-- wp:paragraph --><p>Один</p>", "Один"),
            ("<div class=\"a\">Один</div><script>var a;</script>", "Один"),
            (
                "Перший <b>абзац</b>.\nРядок.\n\nДругий.",
                "Перший абзац.\nРядок.\n\nДругий.",
            ),
            (
                "&lt;p&gt;Один&lt;/p&gt;&lt;p&gt;Два&lt;/p&gt;",
                "Один\n\nДва",
            ),
        ] {
            assert_eq!(text(field), expected, "{field}");
        }
    }

    #[test]
    fn what_only_looks_like_html_is_text() {
        for field in [
            "Я <3 Київ",
            "5 < 7, а 7 > 5",
            "Тег <b> робить літери жирними",
            "<Харків> місто",
            "AT&T",
            "R&D; і все",
            "x<p",
            "Ціна <b",
            "<iii>",
        ] {
            assert_eq!(text(field), field);
        }
    }

    #[test]
    fn character_references_of_a_plain_text_are_resolved_and_its_lines_stay() {
        assert_eq!(
            text("&laquo;Міст&raquo;\n\nі &#8470;&nbsp;5 &mdash; так"),
            "«Міст»\n\nі №\u{a0}5 — так"
        );
        assert_eq!(text("&amp;quot;Міст&amp;quot;"), "\"Міст\"");
        assert_eq!(text("&unknownname; &amp;"), "&unknownname; &");
    }

    #[test]
    fn a_hostile_field_is_refused() {
        assert!(read(&format!("<p>а</p>{}", "<div>".repeat(100_000))).is_err());
    }
}
