//! The terms and connectors of Lexis and Nexis.
//!
//! OR binds closest, then the connectors on distances, those of fewer words before those of more, then AND and last AND NOT.
//! Words that nothing joins are a phrase.

use super::super::error::QueryError;
use super::super::notice::{Difference, Remark};
use super::connectors::{self, Binding, Connector, Kind, ONE, Prefix, Token};
use super::expression::{Expression, Joint};
use super::source::Source;
use super::{Read, days, unknown_here, words};

/// Reads `text`; adds what is worth telling to `remarks`.
pub(super) fn read(text: &str, remarks: &mut Vec<Remark>) -> Read {
    let mut lexer = Lexer {
        source: Source::new(text),
        tokens: Vec::new(),
        remarks,
    };
    while lexer.source.next_visible().is_some() {
        lexer.token()?;
    }
    let tokens = lexer.tokens;
    connectors::read(text, &tokens, &Lexis, remarks)
}

struct Lexis;

impl Binding for Lexis {
    fn of(&self, connector: &Connector) -> u32 {
        match connector {
            Connector::Or => 2_000,
            Connector::Near(operator, words) if operator.starts_with(char::is_alphabetic) => {
                1_000 - words.min(&255)
            }
            Connector::Near(operator, _) if operator == "/s" => 600,
            Connector::Near(..) => 500,
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
    ("NOT W/", "NOTNEAR/"),
    ("NOT NEAR/", "NOTNEAR/"),
    ("NOT/", "NOTNEAR/"),
    ("W/", "NEAR/"),
    ("NEAR/", "NEAR/"),
    ("ONEAR/", "PRE/"),
    ("PRE/", "PRE/"),
    ("+", "PRE/"),
    ("/", "NEAR/"),
];

/// Connectors without a number, each with ours.
const UNITS: [(&str, &str); 10] = [
    ("W/SENT", "/s"),
    ("W/PARA", "/p"),
    ("W/SEG", ""),
    ("W/S", "/s"),
    ("W/P", "/p"),
    ("/SENT", "/s"),
    ("/PARA", "/p"),
    ("/SEG", ""),
    ("/S", "/s"),
    ("/P", "/p"),
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

/// Words before a date, each with our sign.
const COMPARISONS: [(&str, &str); 12] = [
    ("GEQ", ">="),
    ("LEQ", "<="),
    ("GTR", ">"),
    ("LSS", "<"),
    ("AFT", ">"),
    ("BEF", "<"),
    ("IS", ""),
    (">=", ">="),
    ("<=", "<="),
    (">", ">"),
    ("<", "<"),
    ("=", ""),
];

struct Lexer<'a> {
    source: Source<'a>,
    tokens: Vec<Token>,
    remarks: &'a mut Vec<Remark>,
}

impl Lexer<'_> {
    fn push(&mut self, kind: Kind, start: usize) {
        let range = self.source.since(start);
        self.tokens.push(Token { kind, range });
    }

    fn token(&mut self) -> Result<(), QueryError> {
        let start = self.source.at();
        match self.source.peek() {
            Some('(') => {
                self.source.skip(1);
                self.push(Kind::Open, start);
            }
            Some(')') => {
                self.source.skip(1);
                self.push(Kind::Close, start);
            }
            Some('"') => {
                let found = words::words(self.source.enclosed('"')?, "");
                if !found.is_empty() {
                    self.push(Kind::Part(Expression::quoted(found)), start);
                }
            }
            _ => {
                let has_special =
                    self.connector(start) || self.segment(start)? || self.date(start)?;
                if !has_special {
                    self.word(start);
                }
            }
        }
        Ok(())
    }

    /// Reads a connector, if one stands here.
    fn connector(&mut self, start: usize) -> bool {
        for (name, ours) in UNITS {
            if self.source.eat_word(name) {
                let connector = if ours.is_empty() {
                    let (text, how) = (name.to_owned(), Difference::Segments);
                    self.remarks.push(Remark::Differs { text, how });
                    Connector::And
                } else {
                    Connector::Near(ours.to_owned(), 0)
                };
                self.push(Kind::Connector(connector), start);
                return true;
            }
        }
        for (name, ours) in DISTANCES {
            if self.source.eat(name) {
                if let Some(number) = self.source.digits() {
                    let words = number.parse().unwrap_or(u32::MAX);
                    let connector = Connector::Near(format!("{ours}{number}"), words);
                    self.push(Kind::Connector(connector), start);
                    return true;
                }
                self.source.skip_back_to(start);
            }
        }
        let named = [
            ("AND NOT", Connector::Not),
            ("BUT NOT", Connector::Not),
            ("NOT", Connector::Not),
            ("AND", Connector::And),
            ("OR", Connector::Or),
        ];
        for (name, connector) in named {
            if self.source.eat_word(name) {
                self.push(Kind::Connector(connector), start);
                return true;
            }
        }
        false
    }

    /// Reads what stands before parentheses, if it does.
    fn segment(&mut self, start: usize) -> Result<bool, QueryError> {
        let name = self.source.take_while(char::is_alphanumeric);
        let is_close = self.source.peek() == Some('(');
        let upper = name.to_uppercase();
        let known = SEGMENTS.iter().find(|(known, _)| *known == upper);
        let prefix = match (known, upper.strip_prefix("ATLEAST")) {
            _ if self.source.next_visible() != Some('(') => None,
            (Some((_, prefix)), _) => Some(prefix.clone()),
            (_, Some(count)) if !count.is_empty() => Some(Prefix::AtLeast(count.to_owned())),
            _ if is_close && upper != "DATE" && !upper.is_empty() && name.is_ascii() => {
                return Err(unknown_here(name, self.source.since(start)));
            }
            _ => None,
        };
        let Some(prefix) = prefix else {
            self.source.skip_back_to(start);
            return Ok(false);
        };
        self.push(Kind::Prefix(prefix), start);
        Ok(true)
    }

    /// Reads a condition on the date, if one stands here.
    fn date(&mut self, start: usize) -> Result<bool, QueryError> {
        if !self.source.eat_word("DATE") {
            return Ok(false);
        }
        let mut opened = 0;
        let mut days = Vec::new();
        loop {
            while self.source.next_visible() == Some('(') {
                self.source.skip(1);
                opened += 1;
            }
            let sign = COMPARISONS.iter().find(|(name, _)| self.source.eat(name));
            let Some((_, sign)) = sign else {
                if days.is_empty() {
                    self.source.skip_back_to(start);
                    return Ok(false);
                }
                return Err(unknown_here(
                    self.source.text_since(start),
                    self.source.since(start),
                ));
            };
            while self.source.next_visible() == Some('(') {
                self.source.skip(1);
                opened += 1;
            }
            let text = self
                .source
                .take_while(|c| c.is_ascii_digit() || "/-.".contains(c));
            let (day, is_doubtful) = days::ours(text);
            if is_doubtful {
                let (text, how) = (text.to_owned(), Difference::MonthFirst);
                self.remarks.push(Remark::Differs { text, how });
            }
            days.push(Expression::Condition(format!("date:{sign}{day}")));
            while opened > 0 && self.source.next_visible() == Some(')') {
                self.source.skip(1);
                opened -= 1;
            }
            let end = self.source.at();
            self.source.next_visible();
            if opened == 0 || !self.source.eat_word("AND") {
                self.source.skip_back_to(end);
                break;
            }
        }
        let read = Expression::join_all(Joint::And, days);
        self.push(Kind::Part(read), start);
        Ok(true)
    }

    fn word(&mut self, start: usize) {
        let text = self
            .source
            .take_while(|c| !c.is_whitespace() && !"()\"".contains(c));
        // ! stands for any number of letters at the end.
        if let Some(word) = words::word(&text.replace('!', "*"), "*?") {
            self.push(Kind::Part(Expression::Row(vec![word])), start);
        }
    }
}
