//! Numbers, words and marks: what dates in a text are made of.

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind,
    pub(super) text: &'t str,
    /// Offset in bytes of the first byte.
    pub(super) start: usize,
    /// White space stands before it, or the text begins with it.
    pub(super) is_apart: bool,
    /// A line begins with it.
    pub(super) begins_line: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// ASCII digits and their value; longer numbers than 18 digits have the value `u64::MAX`.
    Number(u64),
    /// Letters, with apostrophes between them.
    Word,
    /// One character of anything else but white space.
    Mark(char),
}

impl<'t> Token<'t> {
    /// Returns the value and the count of digits of a number.
    pub(super) fn number(&self) -> Option<(u64, usize)> {
        match self.kind {
            Kind::Number(value) => Some((value, self.text.len())),
            _ => None,
        }
    }

    pub(super) fn word(&self) -> Option<&'t str> {
        (self.kind == Kind::Word).then_some(self.text)
    }

    pub(super) fn is_mark(&self, marks: &[char]) -> bool {
        matches!(self.kind, Kind::Mark(c) if marks.contains(&c))
    }
}

/// Cuts a text into tokens, in one pass.
#[derive(Debug, Clone)]
pub(super) struct Tokens<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Tokens<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, at: 0 }
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        let rest = self.text.get(self.at..)?;
        let body = rest.trim_start_matches(is_space);
        let (space, _) = rest.split_at_checked(rest.len() - body.len())?;
        let first = body.chars().next()?;
        let (kind, length) = if first.is_ascii_digit() {
            let length = run(body, |c| c.is_ascii_digit());
            let digits = body.get(..length)?;
            let value = (length <= 18).then(|| digits.parse().ok()).flatten();
            (Kind::Number(value.unwrap_or(u64::MAX)), length)
        } else if first.is_alphabetic() {
            (Kind::Word, word_length(body))
        } else {
            (Kind::Mark(first), first.len_utf8())
        };
        let start = self.at + space.len();
        let is_first = start == space.len() && self.at == 0;
        self.at = start + length;
        Some(Token {
            kind,
            text: body.get(..length)?,
            start,
            is_apart: is_first || !space.is_empty(),
            begins_line: is_first || space.contains('\n'),
        })
    }
}

/// White space and what is invisible beside it.
fn is_space(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{FEFF}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}'
        )
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

fn word_length(text: &str) -> usize {
    let mut end = 0;
    let mut pending = 0;
    for c in text.chars() {
        if c.is_alphabetic() {
            end += pending + c.len_utf8();
            pending = 0;
        } else if pending == 0 && matches!(c, '\'' | '’' | 'ʼ') {
            pending = c.len_utf8();
        } else {
            break;
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_into_numbers_words_and_marks() {
        let texts: Vec<&str> = Tokens::of("П’ятниця,\n31-го бер. 2016р. ")
            .map(|t| t.text)
            .collect();
        assert_eq!(
            texts,
            [
                "П’ятниця",
                ",",
                "31",
                "-",
                "го",
                "бер",
                ".",
                "2016",
                "р",
                "."
            ]
        );
    }

    #[test]
    fn offsets_lead_back_to_the_text() {
        let text = " о 14:20 Київ’ ";
        for token in Tokens::of(text) {
            assert_eq!(
                text.get(token.start..token.start + token.text.len()),
                Some(token.text)
            );
        }
    }
}
