//! Headings, paragraphs and list items in lines of their own: the one shape of every body.

use std::borrow::Cow;
use std::collections::HashSet;

/// A line longer than this, in characters, is a whole paragraph and not a piece of a wrapped one.
const WRAPPED_LINE_CHARS: usize = 100;

/// A paragraph shorter than this, in characters, hardly sums up an article.
const LEAD_CHARS: usize = 40;

/// What a stretch of text is in its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Heading,
    Paragraph,
    /// An item of a list or a row of a table.
    Item,
    /// The caption of a picture.
    Caption,
}

/// The text of an article, block by block.
#[derive(Debug, Default, Clone)]
pub(crate) struct Blocks {
    blocks: Vec<(Kind, String)>,
}

impl Blocks {
    /// Adds a block; runs of white space within its lines become one space, and a block of nothing
    /// else is left out.
    pub(crate) fn push(&mut self, kind: Kind, text: &str) {
        let lines: Vec<String> = text
            .lines()
            .map(one_line)
            .filter(|line| !line.is_empty())
            .collect();
        if !lines.is_empty() {
            self.blocks.push((kind, lines.join("\n")));
        }
    }

    pub(crate) fn append(&mut self, mut other: Self) {
        self.blocks.append(&mut other.blocks);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Counts the characters of the paragraphs that are sentences of at least `min_chars`.
    pub(crate) fn prose_chars(&self, min_chars: usize) -> usize {
        let prose = self
            .blocks
            .iter()
            .filter(|block| is_prose(block, min_chars));
        prose.map(|(_, text)| text.chars().count()).sum()
    }

    /// Puts those paragraphs before it that stand before its beginning in `whole`: the lead outside
    /// of the container.
    pub(crate) fn open_with(&mut self, whole: &Self, min_chars: usize) {
        let Some(first) = self.blocks.first() else {
            return;
        };
        let Some(at) = whole.blocks.iter().position(|block| block == first) else {
            return;
        };
        let lead = whole
            .blocks
            .iter()
            .take(at)
            .filter(|block| is_prose(block, min_chars));
        let lead: Vec<(Kind, String)> = lead.cloned().collect();
        self.blocks.splice(0..0, lead);
    }

    /// Counts the letters and digits of all blocks.
    pub(crate) fn letters(&self) -> usize {
        let letters = |text: &String| text.chars().filter(|c| c.is_alphanumeric()).count();
        self.blocks.iter().map(|(_, text)| letters(text)).sum()
    }

    /// Takes off all blocks up to the title, where it stands before most of the text.
    pub(crate) fn drop_through(&mut self, title: &str) {
        let is_title = |(_, text): &(Kind, String)| is_same(text, title);
        let Some(at) = self.blocks.iter().rposition(is_title) else {
            return self.drop_leading(title);
        };
        let count = |blocks: &[(Kind, String)]| -> usize {
            blocks.iter().map(|(_, text)| text.chars().count()).sum()
        };
        let (above, below) = self.blocks.split_at(at);
        if count(above) < count(below) {
            self.blocks.drain(..=at);
        } else {
            self.drop_leading(title);
        }
    }

    /// Keeps of the blocks before the first paragraph of `prose_chars` characters those for which
    /// `is_kept` holds, and of all if there is no such paragraph but one that is kept.
    pub(crate) fn retain_before_prose(
        &mut self,
        prose_chars: usize,
        is_kept: impl Fn(&str) -> bool,
    ) {
        let is_text = |(kind, text): &(Kind, String)| {
            *kind == Kind::Paragraph && text.chars().count() >= prose_chars && is_kept(text)
        };
        let end = self.blocks.iter().position(is_text);
        let end = end.unwrap_or(self.blocks.len());
        if end == self.blocks.len() && !self.blocks.iter().any(|(_, text)| is_kept(text)) {
            return;
        }
        let mut at = 0;
        self.blocks.retain(|(_, text)| {
            at += 1;
            at > end || is_kept(text)
        });
    }

    /// Keeps the blocks most of whose words stand in `text`.
    pub(crate) fn retain_words_of(&mut self, text: &str) {
        let words = |text: &str| -> HashSet<String> {
            let words = text.split(|c: char| !c.is_alphanumeric());
            words
                .filter(|word| !word.is_empty())
                .map(str::to_lowercase)
                .collect()
        };
        let known = words(text);
        self.blocks.retain(|(_, text)| {
            let words = words(text);
            let found = words.iter().filter(|word| known.contains(*word)).count();
            found * 10 >= words.len() * 6
        });
    }

    /// Keeps the blocks for which `is_kept` holds.
    pub(crate) fn retain(&mut self, is_kept: impl Fn(&str) -> bool) {
        self.blocks.retain(|(_, text)| is_kept(text));
    }

    /// Returns the first heading, or else the first line.
    pub(crate) fn title(&self) -> Option<&str> {
        let heading = self.blocks.iter().find(|(kind, _)| *kind == Kind::Heading);
        heading
            .or(self.blocks.first())
            .and_then(|(_, text)| text.lines().next())
    }

    /// Takes the title away where the text begins with it.
    pub(crate) fn drop_leading(&mut self, title: &str) {
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
    pub(crate) fn lead(&self) -> String {
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
    pub(crate) fn body(&self) -> String {
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
pub(crate) fn first_paragraph(text: &str) -> String {
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
pub(crate) fn with_unix_lines(text: &str) -> Cow<'_, str> {
    if memchr::memchr2(b'\r', b'\0', text.as_bytes()).is_some() {
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
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Counts the line breaks of a text, given as bytes.
pub(crate) fn line_break_count(text: &[u8]) -> u64 {
    text.iter().map(|byte| u64::from(*byte == b'\n')).sum()
}

/// Returns whether a block is a paragraph of at least `min_chars` that ends like a sentence.
fn is_prose((kind, text): &(Kind, String), min_chars: usize) -> bool {
    let end = text.trim_end_matches(['"', '»', '”', '“', ')', '\'', '’']);
    *kind == Kind::Paragraph
        && end.ends_with(['.', '!', '?', '…', ':', ';'])
        && text.chars().count() >= min_chars
}

fn is_same(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

/// Returns names without white space around them, each once; empty ones are left out.
pub(crate) fn names<'a>(list: impl IntoIterator<Item = &'a str>) -> Vec<String> {
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
