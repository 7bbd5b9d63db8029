//! One word of a query: its characters, wildcards and fuzziness.

use crate::analysis::characters::apostrophe::is_apostrophe;
use crate::analysis::characters::invisible::{is_combining, is_invisible};
use crate::analysis::words::number;
use crate::analysis::words::number::Reading as NumberReading;
use crate::query::ast::{Distance, QueryRange, Word, WordMode};
use crate::query::diagnostics::error::{QueryError, QueryProblem};
use crate::query::lexer::Lexer;
use crate::query::lexer::lexeme::{LexemeKind, leading};
use crate::query::pattern;
use crate::query::pattern::{MIN_LITERAL_CHARS, literal_chars};
use crate::text::ByteRange;

impl Lexer<'_> {
    /// Reads the word here, with `start` where its marks begin.
    pub(crate) fn word(&mut self, start: usize, reading: WordMode) -> Result<Word, QueryError> {
        let (text, is_pattern) = self.run();
        let mut word = Word {
            text,
            reading,
            is_optional: false,
            place: QueryRange(ByteRange::new(start, self.at)),
        };
        if is_pattern {
            if reading == WordMode::Cased {
                return Err(self.error(QueryProblem::CasedPattern, start));
            }
            self.check_letters(&word.text, literal_chars(&word.text), start)?;
            word.reading = WordMode::Wildcard;
        }
        if let Some(max_edits) = self.fuzziness()? {
            match word.reading {
                WordMode::Cased => return Err(self.error(QueryProblem::CasedPattern, start)),
                WordMode::Wildcard => {}
                _ => word.reading = WordMode::Fuzzy { max_edits },
            }
        }
        word.place = QueryRange(ByteRange::new(start, self.at));
        Ok(word)
    }

    /// Reads a word that begins with `*`, or leaves the star out.
    pub(crate) fn leading_star(&mut self, start: usize) -> Result<(), QueryError> {
        let is_whole = self.peek(1) == Some('-') && self.peek(2).is_some_and(char::is_alphanumeric);
        if is_whole || self.peek(1).is_some_and(char::is_alphanumeric) {
            let word = self.word(start, WordMode::Inflected)?;
            self.push(LexemeKind::Word(word), start);
        } else {
            self.ignore(leading(self.rest(), |c| c == '*').len());
        }
        Ok(())
    }

    /// Reads `/s`, `/p` and regular expressions; any other slash is text.
    pub(crate) fn slash(&mut self, start: usize) -> Result<(), QueryError> {
        let token = leading(self.rest(), |c| !c.is_whitespace());
        let Some(bytes) = regex_bytes(token) else {
            let name = leading(token, |c| !"()«„\"".contains(c));
            let distance = match name {
                "/s" | "/речення" => Distance::Sentence,
                "/p" | "/абзац" => Distance::Paragraph,
                _ => {
                    self.at += 1;
                    return Ok(());
                }
            };
            self.at += name.len();
            self.push(LexemeKind::Near(distance), start);
            return Ok(());
        };
        let text = token.get(1..bytes - 1).unwrap_or_default().to_owned();
        self.at += bytes;
        if let Err(reason) = pattern::compile_regex(&text) {
            return Err(self.error(QueryProblem::BadRegex { reason }, start));
        }
        let literal = pattern::regex_literal_chars(&text);
        self.check_letters(&format!("/{text}/"), literal, start)?;
        self.push_word(text, WordMode::Regex, start);
        Ok(())
    }

    fn check_letters(&self, pattern: &str, found: usize, start: usize) -> Result<(), QueryError> {
        if found >= MIN_LITERAL_CHARS || self.options.allows_leading {
            return Ok(());
        }
        let problem = QueryProblem::FewLetters {
            pattern: pattern.to_owned(),
            least: MIN_LITERAL_CHARS,
        };
        Err(self.error(problem, start))
    }

    fn fuzziness(&mut self) -> Result<Option<u8>, QueryError> {
        let start = self.at;
        let Some(number) = self.tilde() else {
            return Ok(None);
        };
        match number.as_str() {
            "1" => Ok(Some(1)),
            "2" => Ok(Some(2)),
            _ => Err(self.error(QueryProblem::BadFuzziness { number }, start)),
        }
    }

    /// Reads `~` and returns the number behind it; leaves a tilde without digits out.
    pub(crate) fn tilde(&mut self) -> Option<String> {
        let rest = self.rest().strip_prefix('~')?;
        let digits = leading(rest, |c| c.is_ascii_digit()).len();
        if digits == 0 {
            self.ignore(1);
            return None;
        }
        let behind = rest.get(digits..).unwrap_or_default();
        let decimals = match behind.strip_prefix(['.', ',']) {
            Some(behind) => leading(behind, |c| c.is_ascii_digit()).len(),
            None => 0,
        };
        let bytes = digits + if decimals > 0 { 1 + decimals } else { 0 };
        let number = rest.get(..bytes).unwrap_or_default().to_owned();
        self.at += 1 + bytes;
        Some(number)
    }

    /// Reads a word without wildcards.
    pub(crate) fn plain_run(&mut self) -> String {
        let end = self.at + plain_bytes(self.rest());
        let text = ByteRange::new(self.at, end).of(self.query).to_owned();
        self.at = end;
        text
    }

    /// Reads a word; returns it and whether it has wildcards.
    fn run(&mut self) -> (String, bool) {
        let mut text = self.plain_run();
        let mut is_pattern = false;
        loop {
            // A part of a word with hyphens: івано-*.
            if self.rest().starts_with("-*")
                && text.ends_with(is_word_char)
                && !self.rest().starts_with("-**")
            {
                text.push('-');
                self.at += 1;
            }
            let bytes = wildcard_bytes(self.rest(), &text);
            let is_hyphen = bytes == 0 && self.is_escaped_hyphen(&text);
            if bytes == 0 && !is_hyphen {
                return (text, is_pattern);
            }
            if is_hyphen {
                text.push('-');
                self.at += 2;
            } else {
                text.push_str(self.rest().get(..bytes).unwrap_or_default());
                self.at += bytes;
                is_pattern = true;
            }
            if self.peek(0).is_some_and(char::is_alphanumeric) {
                text.push_str(&self.plain_run());
            }
            let is_joint = |c: char| matches!(c, '-' | '\u{2010}' | '\u{2011}') || is_apostrophe(c);
            if let (Some(joint), Some(next)) = (self.peek(0), self.peek(1))
                && is_joint(joint)
                && next.is_alphanumeric()
            {
                text.push(joint);
                self.at += joint.len_utf8();
                text.push_str(&self.plain_run());
            }
        }
    }

    fn is_escaped_hyphen(&self, text: &str) -> bool {
        self.rest().starts_with("\\-")
            && text.chars().next_back().is_some_and(is_word_char)
            && self.peek(2).is_some_and(is_word_char)
    }
}

/// Returns how many bytes of wildcards `rest` begins with, behind the `word` that was read so far.
fn wildcard_bytes(rest: &str, word: &str) -> usize {
    let before = word.chars().next_back();
    let after_marks = |mark: char| rest.trim_start_matches(mark).chars().next();
    match rest.chars().next() {
        Some('*') => {
            let after = after_marks('*');
            let is_decoration = rest.starts_with("**");
            let is_product = before.is_some_and(|c| c.is_ascii_digit())
                && (after.is_some_and(|c| c.is_ascii_digit())
                    || !word.chars().any(char::is_alphabetic) && word.chars().count() < 2);
            let joins_parts = |c: char| is_word_char(c) || c == '-';
            let is_wanted = before.is_some_and(joins_parts)
                || after.is_some_and(is_word_char)
                || after == Some('-') && rest.chars().nth(2).is_some_and(is_word_char);
            usize::from(is_wanted && !is_decoration && !is_product && before != Some('*'))
        }
        Some('?') => {
            let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
            let is_between =
                (is_letter(before) || before == Some('*')) && is_letter(after_marks('?'));
            if is_between {
                leading(rest, |c| c == '?').len()
            } else {
                0
            }
        }
        _ => 0,
    }
}

/// Returns how many bytes the word that `text` begins with has, its wildcards not included.
fn plain_bytes(text: &str) -> usize {
    // The index has such a number as one word, also where spaces stand between its thousands.
    let mut end = match number::read(text) {
        NumberReading::Number(bytes) => bytes,
        NumberReading::Digits | NumberReading::Groups(_) => 0,
    };
    let mut before = text.get(..end).and_then(|text| text.chars().next_back());
    let mut chars = text.get(end..).unwrap_or_default().chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        if !(is_word_char(c) || joins(c, before, next)) {
            break;
        }
        end += c.len_utf8();
        before = Some(c);
    }
    end
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || is_combining(c) || is_invisible(c)
}

/// Returns whether `c` holds a word together between its neighbours: an apostrophe between letters,
/// a hyphen between letters or digits, a separator inside a number, date or time.
fn joins(c: char, before: Option<char>, after: Option<char>) -> bool {
    let both = |test: fn(char) -> bool| before.is_some_and(test) && after.is_some_and(test);
    match c {
        '-' | '\u{2010}' | '\u{2011}' => both(is_word_char),
        '.' | ',' | ':' | '/' => {
            both(|c| c.is_ascii_digit()) || (c == '.' && both(|c| c.is_ascii_alphanumeric()))
        }
        c if is_apostrophe(c) => both(is_word_char),
        _ => false,
    }
}

/// Returns how many bytes the regular expression that `token` begins with has, its slashes
/// included.
fn regex_bytes(token: &str) -> Option<usize> {
    let mut is_escaped = false;
    let inside = token.get(1..)?;
    let (at, _) = inside.char_indices().find(|(_, c)| {
        let closes = *c == '/' && !is_escaped;
        is_escaped = *c == '\\' && !is_escaped;
        closes
    })?;
    let behind = inside.get(at + 1..)?.chars().next();
    (at > 0 && behind.is_none_or(|c| ")^".contains(c))).then_some(at + 2)
}
