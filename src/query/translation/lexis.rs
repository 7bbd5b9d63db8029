//! The terms and connectors of Lexis and Nexis.
//!
//! OR binds tightest, then distances, shorter ones before longer ones, then AND, and AND NOT last.
//! Words without a connector are a phrase.

use crate::query::diagnostics::error::{QueryError, QueryProblem};
use crate::query::diagnostics::notice::{Difference, Warning};
use crate::query::translation::connectors::{Binding, ONE};
use crate::query::translation::expression::{Expression, Joint};
use crate::query::translation::tokens::{Connector, Prefix, TokenKind, Tokens};
use crate::query::translation::untranslatable::Read;
use crate::query::translation::{connectors, days, words};
use crate::text::ByteRange;

/// Reads `text`; adds what is worth telling to `warnings`.
pub(crate) fn read(text: &str, warnings: &mut Vec<Warning>) -> Read {
    let mut lexer = Lexer(Tokens::new(text, warnings));
    while lexer.0.source.next_visible().is_some() {
        lexer.token()?;
    }
    let tokens = lexer.0.read;
    connectors::read(text, &tokens, &Lexis, warnings)
}

struct Lexis;

impl Binding for Lexis {
    fn of(&self, connector: &Connector) -> u32 {
        match connector {
            Connector::Or => 20_000,
            Connector::Words(_, count) => 11_000 - count.min(&9_999),
            Connector::Sentence => 600,
            Connector::Paragraph => 500,
            Connector::And => 300,
            Connector::Not => 200,
        }
    }

    fn behind_prefix(&self) -> u32 {
        ONE
    }
}

/// Connectors with a number behind them, each with ours.
const DISTANCES: [(&str, &str); 9] = [
    ("NOT W/", "NOTNEAR"),
    ("NOT NEAR/", "NOTNEAR"),
    ("NOT/", "NOTNEAR"),
    ("W/", "NEAR"),
    ("NEAR/", "NEAR"),
    ("ONEAR/", "PRE"),
    ("PRE/", "PRE"),
    ("+", "PRE"),
    ("/", "NEAR"),
];

/// What may stand for the number, from the longest on.
const UNITS: [(&str, Option<Connector>); 5] = [
    ("SENT", Some(Connector::Sentence)),
    ("PARA", Some(Connector::Paragraph)),
    // All parts of an article are searched here.
    ("SEG", None),
    ("S", Some(Connector::Sentence)),
    ("P", Some(Connector::Paragraph)),
];

/// Connectors that are words.
const NAMED: [(&str, Connector); 8] = [
    ("AND NOT", Connector::Not),
    ("ANDNOT", Connector::Not),
    ("BUT NOT", Connector::Not),
    ("BUTNOT", Connector::Not),
    ("NOT", Connector::Not),
    ("AND", Connector::And),
    ("OR", Connector::Or),
    ("&", Connector::And),
];

const TITLE: &[&str] = &["title"];
const TITLE_AND_LEAD: &[&str] = &["title", "lead"];
const LEAD: &[&str] = &["lead"];
const TEXT: &[&str] = &["text"];

/// What stands before parentheses, each with what it is here.
const SEGMENTS: [(&str, Prefix); 21] = [
    ("HEADLINE", Prefix::In(TITLE)),
    ("HEAD", Prefix::In(TITLE)),
    ("TITLE", Prefix::In(TITLE)),
    ("HLEAD", Prefix::In(TITLE_AND_LEAD)),
    ("LEAD", Prefix::In(LEAD)),
    ("BODY", Prefix::In(TEXT)),
    ("TEXT", Prefix::In(TEXT)),
    ("BYLINE", Prefix::Value("author")),
    ("AUTHOR", Prefix::Value("author")),
    ("WRITER", Prefix::Value("author")),
    ("PUBLICATION", Prefix::Value("source")),
    ("SOURCE", Prefix::Value("source")),
    ("PUB", Prefix::Value("source")),
    ("SECTION", Prefix::Value("section")),
    ("LANGUAGE", Prefix::Value("lang")),
    ("TERMS", Prefix::Value("tag")),
    ("SUBJECT", Prefix::Value("tag")),
    ("NOSTEM", Prefix::Exact("=")),
    ("ALLCAPS", Prefix::Exact("==")),
    ("SINGULAR", Prefix::Nothing),
    ("PLURAL", Prefix::Nothing),
];

/// Words before a date or number, each with our sign; a longer one stands before its beginning.
const COMPARISONS: [(&str, &str); 14] = [
    ("GEQ", ">="),
    ("LEQ", "<="),
    ("GTR", ">"),
    ("LSS", "<"),
    ("AFTER", ">"),
    ("AFT", ">"),
    ("BEFORE", "<"),
    ("BEF", "<"),
    ("IS", ""),
    (">=", ">="),
    ("<=", "<="),
    (">", ">"),
    ("<", "<"),
    ("=", ""),
];

struct Lexer<'a>(Tokens<'a>);

impl Lexer<'_> {
    fn token(&mut self) -> Result<(), QueryError> {
        let start = self.0.source.at();
        let is_special = self.0.punctuation('!')?
            || self.connector(start)?
            || self.date(start)?
            || self.segment(start)?;
        if !is_special {
            self.word(start);
        }
        Ok(())
    }

    /// Reads a connector, if one stands here.
    fn connector(&mut self, start: usize) -> Result<bool, QueryError> {
        for (name, ours) in DISTANCES {
            if !self.0.source.eat(name) {
                continue;
            }
            let behind = self.0.source.at();
            if let Some(count) = self.0.distance(behind) {
                self.push(Connector::Words(ours, count), start);
                return Ok(true);
            }
            let is_unit = |(unit, _): &&(&str, _)| self.0.source.eat_word(unit);
            if let Some((_, connector)) = UNITS.iter().find(is_unit) {
                let connector = match connector {
                    _ if ours != "NEAR" || name == "+" => {
                        return Err(self.0.source.no_counterpart(start));
                    }
                    Some(connector) => connector.clone(),
                    None => {
                        self.0
                            .warnings
                            .push(self.0.source.differs(start, Difference::Segments));
                        Connector::And
                    }
                };
                self.push(connector, start);
                return Ok(true);
            }
            self.0.source.skip_back_to(start);
        }
        for (name, connector) in NAMED {
            if self.0.source.eat_word(name) {
                self.push(connector, start);
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn push(&mut self, connector: Connector, start: usize) {
        self.0.push(TokenKind::Connector(connector), start);
    }

    /// Reads the name of a segment, if it stands here before parentheses or a comparison.
    fn segment(&mut self, start: usize) -> Result<bool, QueryError> {
        let is_name = |c: char| c.is_alphanumeric() || c == '-';
        let name = self.0.source.take_while(is_name);
        let is_close = self.0.source.peek() == Some('(');
        let upper = name.to_uppercase();
        let known = SEGMENTS.iter().find(|(known, _)| *known == upper);
        let next = self.0.source.next_visible();
        let prefix = match (known, upper.strip_prefix("ATLEAST")) {
            _ if next.is_some_and(|c| "<>=".contains(c)) => {
                self.0.source.word(")");
                return Err(self.0.source.no_counterpart(start));
            }
            _ if next != Some('(') || name.is_empty() => None,
            (Some((_, prefix)), _) => Some(prefix.clone()),
            (_, Some(count)) if !count.is_empty() => Some(Prefix::AtLeast(count.to_owned())),
            _ if is_close && name.is_ascii() => return Err(self.0.source.no_counterpart(start)),
            _ => None,
        };
        match prefix {
            Some(prefix) => self.0.push(TokenKind::Prefix(prefix), start),
            None => self.0.source.skip_back_to(start),
        }
        Ok(self.0.source.at() > start)
    }

    /// Reads a condition on the date, if one stands here.
    fn date(&mut self, start: usize) -> Result<bool, QueryError> {
        if !self.0.source.eat_word("DATE") {
            return Ok(false);
        }
        let mut opened: Vec<usize> = Vec::new();
        let mut days = Vec::new();
        loop {
            self.open(&mut opened);
            let sign = self.comparison();
            self.open(&mut opened);
            if sign.is_none() && opened.is_empty() && days.is_empty() {
                // The word date.
                self.0.source.skip_back_to(start);
                return Ok(false);
            }
            let Some(day) = self.day() else {
                self.0.source.word(")");
                return Err(self.0.source.no_counterpart(start));
            };
            let condition = match sign {
                None if self.has_to() => {
                    let last = self
                        .day()
                        .ok_or_else(|| self.0.source.no_counterpart(start))?;
                    format!("date:{day}..{last}")
                }
                sign => format!("date:{}{day}", sign.unwrap_or_default()),
            };
            days.push(Expression::Condition(condition));
            while !opened.is_empty() && self.0.source.next_visible() == Some(')') {
                self.0.source.skip(1);
                opened.pop();
            }
            let end = self.0.source.at();
            self.0.source.next_visible();
            if !self.goes_on(!opened.is_empty()) {
                self.0.source.skip_back_to(end);
                break;
            }
        }
        if let Some(opened) = opened.pop() {
            return Err(QueryError {
                problem: QueryProblem::UnclosedParenthesis,
                range: ByteRange::new(opened, opened + 1),
            });
        }
        let read = Expression::join_all(Joint::And, days);
        self.0.push(TokenKind::Part(read), start);
        Ok(true)
    }

    /// Returns whether another condition on the date stands here; outside parentheses it must begin
    /// with a comparison.
    fn goes_on(&mut self, is_open: bool) -> bool {
        if !self.0.source.eat_word("AND") {
            return false;
        }
        let behind = self.0.source.at();
        self.0.source.next_visible();
        let has_more = is_open || self.comparison().is_some();
        self.0.source.skip_back_to(behind);
        has_more
    }

    fn open(&mut self, opened: &mut Vec<usize>) {
        while self.0.source.next_visible() == Some('(') {
            opened.push(self.0.source.at());
            self.0.source.skip(1);
        }
    }

    fn comparison(&mut self) -> Option<&'static str> {
        let sign = COMPARISONS.iter().find(|(name, _)| {
            let is_word = name.starts_with(char::is_alphabetic);
            if is_word {
                self.0.source.eat_word(name)
            } else {
                self.0.source.eat(name)
            }
        });
        sign.map(|(_, sign)| *sign)
    }

    fn has_to(&mut self) -> bool {
        let end = self.0.source.at();
        self.0.source.next_visible();
        let has_to = self.0.source.eat_word("TO");
        if has_to {
            self.0.source.next_visible();
        } else {
            self.0.source.skip_back_to(end);
        }
        has_to
    }

    /// Reads a date in figures, as we write it.
    fn day(&mut self) -> Option<String> {
        let text = self
            .0
            .source
            .take_while(|c| c.is_ascii_digit() || "/-.".contains(c));
        (!text.is_empty()).then(|| days::ours(text, self.0.warnings))
    }

    fn word(&mut self, start: usize) {
        let text = self
            .0
            .source
            .take_while(|c| !c.is_whitespace() && !"()[]\"".contains(c));
        // ! stands for any number of letters at the end.
        let word = words::pattern(&text.replace('!', "*"));
        self.0.push_word(word, start);
    }
}
