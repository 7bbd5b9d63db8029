//! Factiva's free text.
//!
//! Distances bind closest, then `atleast` and fields, then NOT, AND and OR. Words that nothing joins are a phrase. Operators may
//! be written in small letters.

use super::super::error::QueryError;
use super::super::notice::{Difference, Remark};
use super::connectors::{self, Binding, Connector, Kind, Prefix, Token};
use super::expression::Expression;
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
    connectors::read(text, &tokens, &Factiva, remarks)
}

struct Factiva;

/// How close fields and `atleast` bind.
const PREFIX: u32 = 900;

impl Binding for Factiva {
    fn of(&self, connector: &Connector) -> u32 {
        match connector {
            Connector::Near(..) => 1_000,
            Connector::Not => 800,
            Connector::And => 700,
            Connector::Or => 600,
        }
    }

    fn behind_prefix(&self) -> u32 {
        PREFIX
    }
}

/// Connectors with a number behind them, each with ours.
const DISTANCES: [(&str, &str); 3] = [("near", "NEAR/"), ("adj", "PRE/"), ("w/", "PRE/")];

/// Fields, each with what it is here.
const FIELDS: [(&str, Prefix); 9] = [
    ("hd", Prefix::In(&["title"])),
    ("hlp", Prefix::In(&["title", "lead"])),
    ("hl", Prefix::In(&["title"])),
    ("lp", Prefix::In(&["lead"])),
    ("td", Prefix::In(&["text"])),
    ("by", Prefix::Value("author")),
    ("sn", Prefix::Value("source")),
    ("se", Prefix::Value("section")),
    ("la", Prefix::Value("lang")),
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
            Some('(' | '[') => {
                self.source.skip(1);
                self.push(Kind::Open, start);
            }
            Some(')' | ']') => {
                self.source.skip(1);
                self.push(Kind::Close, start);
            }
            Some('"') => {
                let found = words::words(self.source.enclosed('"')?, "");
                if !found.is_empty() {
                    self.push(Kind::Part(Expression::quoted(found)), start);
                }
            }
            Some('/') if self.between_slashes(start) => {}
            _ => {
                let has_special =
                    self.connector(start) || self.field(start)? || self.date(start)?;
                if !has_special {
                    self.word(start);
                }
            }
        }
        Ok(())
    }

    /// Reads `/N5/` and `/F50/`, if one of them stands here.
    fn between_slashes(&mut self, start: usize) -> bool {
        for name in ["/n", "/f"] {
            if self.source.eat(name)
                && let Some(number) = self.source.digits()
                && self.source.eat("/")
            {
                if name == "/n" {
                    let words = number.parse().unwrap_or(u32::MAX);
                    let near = Connector::Near(format!("NEAR/{number}"), words);
                    self.push(Kind::Connector(near), start);
                } else {
                    let text = self.source.text_since(start).to_owned();
                    self.remarks.push(Remark::LeftOut { text });
                }
                return true;
            }
            self.source.skip_back_to(start);
        }
        false
    }

    /// Reads a connector or `atleast`, if one stands here.
    fn connector(&mut self, start: usize) -> bool {
        let named = [
            ("and", Connector::And),
            ("or", Connector::Or),
            ("not", Connector::Not),
            ("same", Connector::Near("/p".to_owned(), 0)),
            ("adj", Connector::Near("PRE/1".to_owned(), 1)),
        ];
        for (name, connector) in named {
            if self.source.eat_word(name) {
                self.push(Kind::Connector(connector), start);
                return true;
            }
        }
        for (name, ours) in DISTANCES {
            if self.source.eat(name)
                && let Some(number) = self.source.digits()
                && self.ends_here()
            {
                let words = number.parse().unwrap_or(u32::MAX);
                let connector = Connector::Near(format!("{ours}{number}"), words);
                self.push(Kind::Connector(connector), start);
                return true;
            }
            self.source.skip_back_to(start);
        }
        if self.source.eat("atleast")
            && let Some(count) = self.source.digits()
            && self.ends_here()
        {
            self.push(Kind::Prefix(Prefix::AtLeast(count.to_owned())), start);
            return true;
        }
        self.source.skip_back_to(start);
        false
    }

    fn ends_here(&self) -> bool {
        let next = self.source.peek();
        next.is_none_or(|c| c.is_whitespace() || "([\"".contains(c))
    }

    /// Reads the name of a field with its `=`, if it stands here.
    fn field(&mut self, start: usize) -> Result<bool, QueryError> {
        let name = self
            .source
            .take_while(|c| c.is_ascii_alphabetic())
            .to_lowercase();
        let sign = self.source.take_while(|c| "<>=".contains(c));
        let known = FIELDS.iter().find(|(known, _)| *known == name);
        match (known, sign) {
            (_, "") => {
                self.source.skip_back_to(start);
                Ok(false)
            }
            (Some((_, prefix)), "=") => {
                self.push(Kind::Prefix(prefix.clone()), start);
                Ok(true)
            }
            // A length in words, a code of the vendor.
            _ => {
                self.source.take_while(|c| !c.is_whitespace() && c != ')');
                Err(unknown_here(
                    self.source.text_since(start),
                    self.source.since(start),
                ))
            }
        }
    }

    /// Reads a condition on the date, if one stands here.
    fn date(&mut self, start: usize) -> Result<bool, QueryError> {
        if !self.source.eat_word("date") {
            return Ok(false);
        }
        self.source.next_visible();
        let has = |source: &mut Source<'_>, name| {
            let is_here = source.eat_word(name);
            source.next_visible();
            is_here
        };
        let condition = if has(&mut self.source, "from") {
            let first = self.day(start)?;
            if !has(&mut self.source, "to") {
                return Err(unknown_here(
                    self.source.text_since(start),
                    self.source.since(start),
                ));
            }
            format!("date:{first}..{}", self.day(start)?)
        } else if has(&mut self.source, "after") {
            match self.days_ago() {
                Some(days) => format!("date:{days}d"),
                None => format!("date:>{}", self.day(start)?),
            }
        } else if has(&mut self.source, "before") {
            format!("date:<{}", self.day(start)?)
        } else {
            has(&mut self.source, "on");
            format!("date:{}", self.day(start)?)
        };
        self.push(Kind::Part(Expression::Condition(condition)), start);
        Ok(true)
    }

    /// Reads `-7`: so many days before today.
    fn days_ago(&mut self) -> Option<String> {
        let start = self.source.at();
        let days = self.source.eat("-").then(|| self.source.digits()).flatten();
        if days.is_none() {
            self.source.skip_back_to(start);
        }
        days.map(str::to_owned)
    }

    fn day(&mut self, start: usize) -> Result<String, QueryError> {
        let text = self.source.take_while(|c| c.is_ascii_digit() || c == '/');
        self.source.next_visible();
        if text.is_empty() {
            return Err(unknown_here(
                self.source.text_since(start),
                self.source.since(start),
            ));
        }
        let (day, is_doubtful) = days::ours(text);
        if is_doubtful {
            let (text, how) = (text.to_owned(), Difference::MonthFirst);
            self.remarks.push(Remark::Differs { text, how });
        }
        Ok(day)
    }

    fn word(&mut self, start: usize) {
        let text = self
            .source
            .take_while(|c| !c.is_whitespace() && !"()[]\"/".contains(c));
        if text.is_empty() {
            self.source.skip(1);
            return;
        }
        // % is one word, whichever; $3 up to three letters.
        let word = match (text, text.split_once('$')) {
            ("%", _) => Some("*".to_owned()),
            (_, Some((beginning, letters)))
                if letters.bytes().all(|byte| byte.is_ascii_digit()) =>
            {
                let (text, how) = (text.to_owned(), Difference::Letters);
                self.remarks.push(Remark::Differs { text, how });
                words::word(&format!("{beginning}*"), "*?")
            }
            _ => words::word(text, "*?"),
        };
        if let Some(word) = word {
            self.push(Kind::Part(Expression::Row(vec![word])), start);
        }
    }
}
