//! Headings, paragraphs and list items in lines of their own: the one shape of every body.

use std::borrow::Cow;

/// A line longer than this, in characters, is a whole paragraph and not a piece of a wrapped one.
const WRAPPED_LINE_CHARS: usize = 100;

/// A paragraph shorter than this, in characters, hardly sums up an article.
const LEAD_CHARS: usize = 40;

/// What a stretch of text is in its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Heading,
    Paragraph,
    /// An item of a list or a row of a table.
    Item,
}

/// The text of an article, block by block.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    blocks: Vec<(Kind, String)>,
}

impl Blocks {
    /// Adds a block; runs of white space within its lines become one space, and a block of nothing
    /// else is left out.
    pub(super) fn push(&mut self, kind: Kind, text: &str) {
        let lines: Vec<String> = text
            .lines()
            .map(one_line)
            .filter(|line| !line.is_empty())
            .collect();
        if !lines.is_empty() {
            self.blocks.push((kind, lines.join("\n")));
        }
    }

    pub(super) fn append(&mut self, mut other: Self) {
        self.blocks.append(&mut other.blocks);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Counts the characters of all blocks.
    pub(super) fn char_count(&self) -> usize {
        self.blocks
            .iter()
            .map(|(_, text)| text.chars().count())
            .sum()
    }

    /// Returns the first heading, or else the first line.
    pub(super) fn title(&self) -> Option<&str> {
        let heading = self.blocks.iter().find(|(kind, _)| *kind == Kind::Heading);
        heading
            .or(self.blocks.first())
            .and_then(|(_, text)| text.lines().next())
    }

    /// Takes the title away where the text begins with it.
    pub(super) fn drop_leading(&mut self, title: &str) {
        let Some((_, first)) = self.blocks.first_mut() else {
            return;
        };
        match first.split_once('\n') {
            None if is_same(first, title) => drop(self.blocks.remove(0)),
            Some((line, rest)) if is_same(line, title) => *first = rest.to_owned(),
            _ => {}
        }
    }

    /// Returns the first paragraph if there are several, else nothing.
    ///
    /// A paragraph of a few words before the text is a date, a byline or a caption, and gives way.
    pub(super) fn lead(&self) -> String {
        let paragraphs = self
            .blocks
            .iter()
            .filter(|(kind, _)| *kind == Kind::Paragraph);
        let paragraphs: Vec<&String> = paragraphs.map(|(_, text)| text).collect();
        if paragraphs.len() < 2 {
            return String::new();
        }
        let long = paragraphs
            .iter()
            .find(|text| text.chars().count() >= LEAD_CHARS);
        long.or(paragraphs.first())
            .map(|text| (*text).clone())
            .unwrap_or_default()
    }

    /// Returns the whole text, a blank line between blocks but none between items.
    pub(super) fn body(&self) -> String {
        let mut body = String::new();
        let mut before = None;
        for (kind, text) in &self.blocks {
            match before {
                None => {}
                Some(Kind::Item) if *kind == Kind::Item => body.push('\n'),
                Some(_) => body.push_str("\n\n"),
            }
            body.push_str(text);
            before = Some(*kind);
        }
        body
    }
}

/// Returns the first paragraph of a plain text if there are several, else nothing.
///
/// Paragraphs are what blank lines set apart; where there are none, and where lines are too long to
/// be pieces of a wrapped paragraph, every line is one.
pub(super) fn first_paragraph(text: &str) -> String {
    let text = text.trim();
    let by_line = text.split_once('\n').map(|(first, _)| first.trim());
    let by_blank = text
        .lines()
        .position(|line| line.trim().is_empty())
        .map(|line_count| {
            let lines: Vec<&str> = text.lines().take(line_count).map(str::trim).collect();
            lines.join("\n")
        });
    match (by_line, by_blank) {
        (Some(line), _) if line.chars().count() > WRAPPED_LINE_CHARS => line.to_owned(),
        (_, Some(block)) => block,
        (Some(line), None) => line.to_owned(),
        (None, None) => String::new(),
    }
}

/// Returns the text with `\n` alone at the ends of lines and without NUL.
pub(super) fn with_unix_lines(text: &str) -> Cow<'_, str> {
    if text.contains(['\r', '\0']) {
        Cow::Owned(
            text.replace("\r\n", "\n")
                .replace('\r', "\n")
                .replace('\0', ""),
        )
    } else {
        Cow::Borrowed(text)
    }
}

/// Returns the text with one space for every run of white space.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Counts the line breaks of a text, given as bytes.
pub(super) fn line_break_count(text: &[u8]) -> u64 {
    text.iter().map(|byte| u64::from(*byte == b'\n')).sum()
}

fn is_same(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

/// Returns names without white space around them, each once; empty ones are left out.
pub(super) fn names<'a>(list: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in list {
        let name = one_line(name);
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_set_apart_and_items_are_not() {
        let mut blocks = Blocks::default();
        blocks.push(Kind::Heading, "Ціни");
        blocks.push(Kind::Paragraph, " Хліб подорожчав.  \n\n ");
        blocks.push(Kind::Item, "житній");
        blocks.push(Kind::Item, "білий");
        blocks.push(Kind::Paragraph, " ");
        blocks.push(Kind::Paragraph, "Сіль — ні.");
        assert_eq!(
            blocks.body(),
            "Ціни\n\nХліб подорожчав.\n\nжитній\nбілий\n\nСіль — ні."
        );
        assert_eq!(blocks.lead(), "Хліб подорожчав.");
        assert_eq!(blocks.title(), Some("Ціни"));
    }

    #[test]
    fn a_text_does_not_repeat_its_title() {
        let mut blocks = Blocks::default();
        blocks.push(Kind::Heading, "Ціни  на хліб");
        blocks.push(Kind::Paragraph, "Сіль");
        blocks.drop_leading("Ціни на хліб");
        blocks.drop_leading("Ціни на хліб");
        assert_eq!(blocks.body(), "Сіль");
        assert_eq!(blocks.lead(), "");
    }

    #[test]
    fn the_first_paragraph_ends_at_a_blank_line() {
        assert_eq!(
            first_paragraph("Перший\nабзац.\n\nДругий."),
            "Перший\nабзац."
        );
    }

    #[test]
    fn without_blank_lines_every_line_is_a_paragraph() {
        assert_eq!(first_paragraph("Перший абзац.\nДругий."), "Перший абзац.");
    }

    #[test]
    fn a_long_line_is_a_paragraph_even_if_a_blank_line_comes_later() {
        let long = "Дуже довгий рядок. ".repeat(10);
        assert_eq!(
            first_paragraph(&format!("{long}\nДругий.\n\nТретій.")),
            long.trim()
        );
    }

    #[test]
    fn a_single_paragraph_is_no_lead() {
        assert_eq!(first_paragraph("Один абзац.\n"), "");
        assert_eq!(first_paragraph(""), "");
    }
}
