//! Factiva's free text.
//!
//! Distances bind tightest, then `atleast` and fields, then NOT, AND and OR. Words without a
//! connector are a phrase. Operators may be lower case.

use crate::query::diagnostics::error::QueryError;
use crate::query::diagnostics::notice::{Difference, Warning};
use crate::query::translation::connectors::Binding;
use crate::query::translation::expression::{Expression, Joint};
use crate::query::translation::tokens::{Connector, Prefix, TokenKind, Tokens};
use crate::query::translation::untranslatable::Read;
use crate::query::translation::{connectors, days, words};

/// Reads `text`; adds what is worth telling to `warnings`.
pub(crate) fn read(text: &str, warnings: &mut Vec<Warning>) -> Read {
    let mut lexer = Lexer(Tokens::new(text, warnings));
    while lexer.0.source.next_visible().is_some() {
        lexer.token()?;
    }
    let tokens = lexer.0.read;
    connectors::read(text, &tokens, &Factiva, warnings)
}

struct Factiva;

/// How close fields and `atleast` bind.
const PREFIX: u32 = 900;

impl Binding for Factiva {
    fn of(&self, connector: &Connector) -> u32 {
        match connector {
            Connector::Words(..) | Connector::Sentence | Connector::Paragraph => 1_000,
            Connector::Not => 800,
            Connector::And => 700,
            Connector::Or => 600,
        }
    }

    fn behind_prefix(&self) -> u32 {
        PREFIX
    }
}

/// Connectors that are words.
const NAMED: [(&str, Connector); 5] = [
    ("and", Connector::And),
    ("or", Connector::Or),
    ("not", Connector::Not),
    ("same", Connector::Paragraph),
    ("adj", Connector::Words("PRE", 1)),
];

/// Connectors with a number behind them, each with ours.
const DISTANCES: [(&str, &str); 3] = [("near", "NEAR"), ("adj", "PRE"), ("w/", "PRE")];

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

struct Lexer<'a>(Tokens<'a>);

impl Lexer<'_> {
    fn token(&mut self) -> Result<(), QueryError> {
        let start = self.0.source.at();
        let is_special = self.0.punctuation('*')?
            || self.between_slashes(start)
            || self.connector(start)
            || self.field(start)?
            || self.date(start)?;
        if !is_special {
            self.word(start);
        }
        Ok(())
    }

    /// Reads `/N5/` and `/F50/`, if one of them stands here.
    fn between_slashes(&mut self, start: usize) -> bool {
        for name in ["/n", "/f"] {
            if self.0.source.eat(name)
                && let Some(count) = self.0.distance(start)
                && self.0.source.eat("/")
            {
                if name == "/n" {
                    let near = Connector::Words("NEAR", count);
                    self.0.push(TokenKind::Connector(near), start);
                } else {
                    self.0.warnings.push(self.0.source.left_out(start));
                }
                return true;
            }
            self.0.source.skip_back_to(start);
        }
        false
    }

    /// Reads a connector or `atleast`, if one stands here.
    fn connector(&mut self, start: usize) -> bool {
        for (name, connector) in NAMED {
            if self.0.source.eat_word(name) {
                self.0.push(TokenKind::Connector(connector), start);
                return true;
            }
        }
        for (name, ours) in DISTANCES {
            if self.0.source.eat(name)
                && let Some(count) = self.0.distance(start)
            {
                let connector = Connector::Words(ours, count);
                self.0.push(TokenKind::Connector(connector), start);
                return true;
            }
            self.0.source.skip_back_to(start);
        }
        if self.0.source.eat("atleast")
            && let Some(count) = self.0.distance(start)
        {
            let prefix = Prefix::AtLeast(count.to_string());
            self.0.push(TokenKind::Prefix(prefix), start);
            return true;
        }
        self.0.source.skip_back_to(start);
        false
    }

    /// Reads the name of a field with its `=`, if it stands here.
    fn field(&mut self, start: usize) -> Result<bool, QueryError> {
        let is_name = |c: char| c.is_ascii_alphabetic();
        let name = self.0.source.take_while(is_name).to_lowercase();
        let sign = self.0.source.take_while(|c| "<>=".contains(c));
        let known = FIELDS.iter().find(|(known, _)| *known == name);
        match (known, sign) {
            (_, "") => {
                self.0.source.skip_back_to(start);
                Ok(false)
            }
            (Some((_, prefix)), "=") => {
                self.0.push(TokenKind::Prefix(prefix.clone()), start);
                Ok(true)
            }
            // A length in words, a code of the vendor.
            _ => {
                self.0.source.take_while(char::is_alphanumeric);
                Err(self.0.source.no_counterpart(start))
            }
        }
    }

    /// Reads a condition on the date, if one stands here.
    fn date(&mut self, start: usize) -> Result<bool, QueryError> {
        if !self.0.source.eat_word("date") {
            return Ok(false);
        }
        let mut days = Vec::new();
        loop {
            days.push(Expression::Condition(self.days(start)?));
            let end = self.0.source.at();
            let goes_on = self.has("and") && {
                let behind = self.0.source.at();
                let has_more = self.has("before") || self.has("after");
                self.0.source.skip_back_to(behind);
                has_more
            };
            if !goes_on {
                self.0.source.skip_back_to(end);
                break;
            }
        }
        let read = Expression::join_all(Joint::And, days);
        self.0.push(TokenKind::Part(read), start);
        Ok(true)
    }

    fn days(&mut self, start: usize) -> Result<String, QueryError> {
        Ok(if self.has("from") {
            let first = self.day(start)?;
            if !self.has("to") {
                return Err(self.0.source.no_counterpart(start));
            }
            format!("date:{first}..{}", self.day(start)?)
        } else if self.has("after") {
            // Days before today, the one that is named excluded: our last seven have today among
            // them.
            match self.days_ago() {
                Some(days) => format!("date:{days}d"),
                None => format!("date:>{}", self.day(start)?),
            }
        } else if self.has("before") {
            match self.days_ago() {
                Some(days) => format!("date:<{}d", days.saturating_add(1)),
                None => format!("date:<{}", self.day(start)?),
            }
        } else {
            self.has("on");
            format!("date:{}", self.day(start)?)
        })
    }

    fn has(&mut self, name: &str) -> bool {
        self.0.source.next_visible();
        self.0.source.eat_word(name)
    }

    /// Reads `-7`: a number of days before today.
    fn days_ago(&mut self) -> Option<u32> {
        self.0.source.next_visible();
        let start = self.0.source.at();
        let is_ago = self.0.source.eat_exactly("-");
        let days = self.0.source.digits().filter(|_| is_ago);
        let ends = self
            .0
            .source
            .peek()
            .is_none_or(|c| c.is_whitespace() || c == ')');
        let days = days.filter(|_| ends).and_then(|days| days.parse().ok());
        if days.is_none() {
            self.0.source.skip_back_to(start);
        }
        days
    }

    /// Reads a date in figures, as we write it.
    fn day(&mut self, start: usize) -> Result<String, QueryError> {
        self.0.source.next_visible();
        let text = self.0.source.take_while(|c| !c.is_whitespace() && c != ')');
        let is_date = text.chars().all(|c| c.is_ascii_digit() || c == '/');
        if text.is_empty() || !is_date {
            return Err(self.0.source.no_counterpart(start));
        }
        Ok(days::ours(text, self.0.warnings))
    }

    fn word(&mut self, start: usize) {
        let text = self
            .0
            .source
            .take_while(|c| !c.is_whitespace() && !"()[]\"/".contains(c));
        if text.is_empty() {
            self.0.source.skip(1);
            return;
        }
        // % is one word, whichever; $3 up to three letters.
        let word = match (text, text.split_once('$')) {
            ("%", _) => Some("*".to_owned()),
            (_, Some((beginning, letters)))
                if !beginning.is_empty() && letters.bytes().all(|byte| byte.is_ascii_digit()) =>
            {
                self.0
                    .warnings
                    .push(self.0.source.differs(start, Difference::Letters));
                words::pattern(&format!("{beginning}*"))
            }
            _ => words::pattern(text),
        };
        self.0.push_word(word, start);
    }
}
