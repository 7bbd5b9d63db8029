//! Cuts a query into words, phrases, operators and parentheses.
//!
//! Ordinary prose must always pass: a character is an operator only where no prose has it. An
//! apostrophe inside a word is a letter, a hyphen excludes only before a word and after a space,
//! punctuation separates and is otherwise ignored.

use super::ast::Exactness;
use super::error::{QueryError, QueryProblem};
use crate::analysis::apostrophe::is_apostrophe;
use crate::analysis::invisible::{is_combining, is_invisible};
use crate::analysis::number::{self, Reading};
use crate::text::ByteRange;

/// A token of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lexeme {
    /// What it is.
    pub kind: LexemeKind,
    /// Where it stands, in bytes of the query.
    pub range: ByteRange,
}

/// What a token of a query is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LexemeKind {
    /// A word.
    Word(String, Exactness),
    /// What stands between two quotes.
    Phrase(String, Exactness),
    /// `AND`, `І`, `ТА`, `&`.
    And,
    /// `OR`, `АБО`, `|`.
    Or,
    /// `NOT`, `НЕ`, `-`.
    Not,
    /// `(`.
    Open,
    /// `)`.
    Close,
}

/// Cuts `query` into its tokens.
///
/// # Errors
/// A quote that is never closed; `==`.
pub fn lex(query: &str) -> Result<Vec<Lexeme>, QueryError> {
    let mut lexer = Lexer {
        query,
        at: 0,
        lexemes: Vec::new(),
    };
    while lexer.step()? {}
    Ok(lexer.lexemes)
}

struct Lexer<'a> {
    query: &'a str,
    /// Offset of the next character, in bytes.
    at: usize,
    lexemes: Vec<Lexeme>,
}

impl Lexer<'_> {
    fn step(&mut self) -> Result<bool, QueryError> {
        let Some(c) = self.peek(0) else {
            return Ok(false);
        };
        let start = self.at;
        match c {
            '(' => self.single(LexemeKind::Open),
            ')' => self.single(LexemeKind::Close),
            '|' => self.single(LexemeKind::Or),
            '&' => self.single(LexemeKind::And),
            '-' if self.starts_token()
                && self
                    .peek(1)
                    .is_some_and(|next| next.is_alphanumeric() || "\"«„“(=".contains(next)) =>
            {
                self.single(LexemeKind::Not);
            }
            '=' if self.starts_token() => self.exact(start)?,
            _ if closing_quotes(c).is_some() => self.phrase(start, Exactness::Inflected)?,
            _ if c.is_alphanumeric() => self.word(start, Exactness::Inflected),
            _ => self.at += c.len_utf8(),
        }
        Ok(true)
    }

    /// Returns the character `ahead` places from here.
    fn peek(&self, ahead: usize) -> Option<char> {
        self.rest().chars().nth(ahead)
    }

    fn rest(&self) -> &str {
        self.query.get(self.at..).unwrap_or_default()
    }

    /// Tells whether a mark here stands before a word and not inside or behind one.
    fn starts_token(&self) -> bool {
        let before = self
            .query
            .get(..self.at)
            .and_then(|text| text.chars().next_back());
        before.is_none_or(|c| c.is_whitespace() || "(-".contains(c) || closing_quotes(c).is_some())
    }

    fn single(&mut self, kind: LexemeKind) {
        let start = self.at;
        self.at += 1;
        self.push(kind, start);
    }

    fn push(&mut self, kind: LexemeKind, start: usize) {
        self.lexemes.push(Lexeme {
            kind,
            range: ByteRange::new(start, self.at),
        });
    }

    fn exact(&mut self, start: usize) -> Result<(), QueryError> {
        self.at += 1;
        match self.peek(0) {
            Some('=') => {
                let range = ByteRange::new(start, self.at + 1);
                Err(QueryError {
                    problem: QueryProblem::CaseUnsupported,
                    range,
                })
            }
            Some(c) if closing_quotes(c).is_some() => self.phrase(start, Exactness::Exact),
            Some(c) if c.is_alphanumeric() => {
                self.word(start, Exactness::Exact);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn phrase(&mut self, start: usize, exactness: Exactness) -> Result<(), QueryError> {
        let quote = self.peek(0).unwrap_or('"');
        let closing = closing_quotes(quote).unwrap_or_default();
        self.at += quote.len_utf8();
        let Some(length) = self.rest().find(|c| closing.contains(c)) else {
            let range = ByteRange::new(start, self.at);
            return Err(QueryError {
                problem: QueryProblem::UnclosedQuote { quote },
                range,
            });
        };
        let text = ByteRange::new(self.at, self.at + length)
            .of(self.query)
            .to_owned();
        self.at += length;
        self.at += self.peek(0).map_or(0, char::len_utf8);
        self.push(LexemeKind::Phrase(text, exactness), start);
        Ok(())
    }

    fn word(&mut self, start: usize, exactness: Exactness) {
        let from = self.at;
        // The index has such a number as one word, also where spaces stand between its thousands.
        let mut end = from
            + match number::read(self.rest()) {
                Reading::Number(bytes) => bytes,
                Reading::Digits | Reading::Groups(_) => 0,
            };
        let mut before = ByteRange::new(from, end).of(self.query).chars().next_back();
        let mut chars = self.query.get(end..).unwrap_or_default().chars().peekable();
        while let Some(c) = chars.next() {
            let next = chars.peek().copied();
            if !(is_word_char(c) || joins(c, before, next)) {
                break;
            }
            end += c.len_utf8();
            before = Some(c);
        }
        self.at = end;
        let text = ByteRange::new(from, self.at).of(self.query).to_owned();
        let kind = if exactness == Exactness::Exact {
            None
        } else {
            operator(&text)
        };
        self.push(kind.unwrap_or(LexemeKind::Word(text, exactness)), start);
    }
}

/// Returns what closes a phrase that `quote` opens.
fn closing_quotes(quote: char) -> Option<&'static str> {
    match quote {
        '"' => Some("\""),
        '«' => Some("»"),
        '„' => Some("“”‟\""),
        '“' | '‟' => Some("”“"),
        _ => None,
    }
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || is_combining(c) || is_invisible(c)
}

/// Tells whether `c` holds a word together between its neighbours: an apostrophe between letters, a
/// hyphen between letters or digits, a separator inside a number, date or time.
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

fn operator(word: &str) -> Option<LexemeKind> {
    match word {
        "AND" | "І" | "I" | "ТА" => Some(LexemeKind::And),
        "OR" | "АБО" => Some(LexemeKind::Or),
        "NOT" | "НЕ" => Some(LexemeKind::Not),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(query: &str) -> Vec<LexemeKind> {
        lex(query)
            .unwrap()
            .into_iter()
            .map(|lexeme| lexeme.kind)
            .collect()
    }

    fn words(query: &str) -> Vec<String> {
        kinds(query)
            .into_iter()
            .map(|kind| match kind {
                LexemeKind::Word(text, Exactness::Inflected) => text,
                other => panic!("{query}: {other:?}"),
            })
            .collect()
    }

    #[test]
    fn ordinary_prose_is_only_words() {
        assert_eq!(words("Хто винен? Ніхто!"), ["Хто", "винен", "Ніхто"]);
        assert_eq!(
            words("Івано-Франківськ – місто"),
            ["Івано-Франківськ", "місто"]
        );
        assert_eq!(
            words("та/або C++ 1/2 12:30, ст. 5: 3,5 млн"),
            ["та", "або", "C", "1/2", "12:30", "ст", "5", "3,5", "млн"]
        );
        assert_eq!(words("24.02.2022 censor.net"), ["24.02.2022", "censor.net"]);
        assert_eq!(
            words("п'ять п’ять пʼять п`ять"),
            ["п'ять", "п’ять", "пʼять", "п`ять"]
        );
        assert_eq!(words("'слово' - і тире"), ["слово", "і", "тире"]);
        assert_eq!(words("або не and"), ["або", "не", "and"]);
    }

    #[test]
    fn a_number_with_spaces_between_its_thousands_is_one_word() {
        assert_eq!(
            words("1 000 000 грн, 12\u{a0}500,5 та 20 000-й"),
            ["1 000 000", "грн", "12\u{a0}500,5", "та", "20 000-й"]
        );
        assert_eq!(words("2022 100"), ["2022", "100"]);
    }

    #[test]
    fn all_styles_of_quotes_make_phrases() {
        for query in [
            "\"гарантії безпеки\"",
            "«гарантії безпеки»",
            "„гарантії безпеки“",
            "„гарантії безпеки”",
            "“гарантії безпеки”",
        ] {
            assert_eq!(
                kinds(query),
                [LexemeKind::Phrase(
                    "гарантії безпеки".into(),
                    Exactness::Inflected
                )],
                "{query}"
            );
        }
        assert_eq!(
            kinds("=\"гарантія безпеки\""),
            [LexemeKind::Phrase(
                "гарантія безпеки".into(),
                Exactness::Exact
            )]
        );
    }

    #[test]
    fn operators_are_upper_case_in_both_languages() {
        use LexemeKind::{And, Not, Or};
        let operators: Vec<_> = kinds("а AND б І в ТА г OR д АБО е NOT є НЕ ж | з & и");
        let operators: Vec<_> = operators
            .into_iter()
            .filter(|kind| !matches!(kind, LexemeKind::Word(..)))
            .collect();
        assert_eq!(operators, [And, And, And, Or, Or, Not, Not, Or, And]);
    }

    #[test]
    fn a_hyphen_excludes_only_before_a_word_and_after_a_space() {
        assert_eq!(kinds("мир -війна")[1], LexemeKind::Not);
        assert_eq!(kinds("-\"умови миру\"")[0], LexemeKind::Not);
        assert_eq!(words("мир - війна"), ["мир", "війна"]);
        assert_eq!(words("екс-міністр"), ["екс-міністр"]);
    }

    #[test]
    fn ranges_are_bytes_of_the_query() {
        let query = "«мир» =слово";
        let lexemes = lex(query).unwrap();
        assert_eq!(lexemes[0].range.of(query), "«мир»");
        assert_eq!(lexemes[1].range.of(query), "=слово");
    }
}
