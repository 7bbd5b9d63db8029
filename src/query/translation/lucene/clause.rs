//! One clause: a word, phrase, range or group with its field and weight.

use crate::query::diagnostics::error::{QueryError, QueryProblem};
use crate::query::diagnostics::notice::Difference;
use crate::query::field::Field;
use crate::query::translation::expression::Expression;
use crate::query::translation::lucene::LuceneReader;
use crate::query::translation::untranslatable::Read;
use crate::query::translation::{names, words};
use crate::text::ByteRange;

/// Marks that end a word, but for those that a backslash stands before.
const ENDS: &str = "()[]{}^~\":";
/// The greatest distance of words in our language.
const MOST_OTHERS: u32 = 255;
/// Slips that `~` without a number allows.
const USUAL_SLIPS: &str = "2";

impl LuceneReader<'_> {
    /// Reads a clause; none where it has nothing to look for.
    pub(crate) fn clause(&mut self) -> Read {
        let outer = self.field;
        let named = self.name()?;
        let part = match named {
            Some((Field::Part(_), name)) => Some(name),
            _ => None,
        };
        self.field = match named {
            Some(_) if part.is_some() => None,
            Some(named) => Some(named),
            None => outer,
        };
        let read = self.unweighed();
        self.field = outer;
        let mut read = read?;
        self.slips_of_no_word();
        let weight = self.weight()?;
        if let Some(part) = part {
            read = read.map(|expression| expression.in_parts(&[part]));
        }
        Ok(match (read, weight) {
            (Some(expression), Some(weight)) => {
                Some(Expression::Weighed(Box::new(expression), weight))
            }
            (read, _) => read,
        })
    }

    /// Reads the name of a field with its colon.
    fn name(&mut self) -> Result<Option<(Field, &'static str)>, QueryError> {
        let rest = self.source.rest();
        let is_name = |c: char| c.is_alphanumeric() || "_.@-*".contains(c);
        let Some(end) = rest.find(|c| !is_name(c)).filter(|end| *end > 0) else {
            return Ok(None);
        };
        let (name, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
        if !behind.starts_with(':') || name.starts_with(|c: char| c.is_numeric()) {
            return Ok(None);
        }
        let start = self.source.at();
        self.source.skip(end + 1);
        if name == "*" || name == "_exists_" {
            self.source.word(")");
            return Err(self.source.no_counterpart(start));
        }
        let range = ByteRange::new(start, start + name.len());
        if self.source.next_visible().is_none_or(|c| c == ')') {
            let field = name.to_owned();
            return Err(QueryError {
                problem: QueryProblem::MissingValue { field },
                range,
            });
        }
        let typed = name.to_owned();
        let problem = QueryProblem::UnknownField { typed };
        let known = names::known(name).ok_or(QueryError { problem, range })?;
        Ok(Some(known))
    }

    fn weight(&mut self) -> Result<Option<String>, QueryError> {
        let start = self.source.at();
        if !self.source.eat_exactly("^") {
            return Ok(None);
        }
        let Some(weight) = self.source.decimal() else {
            self.source.word("()");
            return Err(self.source.no_counterpart(start));
        };
        Ok(Some(weight.to_owned()))
    }

    /// Leaves `~2` out behind what can have no slips.
    fn slips_of_no_word(&mut self) {
        let start = self.source.at();
        if self.source.eat_exactly("~") {
            self.source.decimal();
            self.warnings.push(self.source.left_out(start));
        }
    }

    fn unweighed(&mut self) -> Read {
        self.source.next_visible();
        let start = self.source.at();
        match self.source.peek() {
            Some('(') => {
                self.source.open()?;
                let read = self.clauses()?;
                self.source.close(start)?;
                Ok(read)
            }
            Some('[' | '{' | '<' | '>') => self.range(start),
            Some('"') => {
                let phrase = self.source.enclosed('"')?;
                match self.field {
                    Some((Field::Date, _)) => self.date(phrase, start).map(Some),
                    Some((_, name)) => Ok(words::value(name, &words::unescaped(phrase, ""))),
                    None => Ok(self.phrase(phrase, start)),
                }
            }
            Some('/') => self.regex(start),
            _ => self.word(start),
        }
    }

    fn regex(&mut self, start: usize) -> Read {
        let Ok(pattern) = self.source.enclosed('/') else {
            self.source.word("");
            return Err(self.source.no_counterpart(start));
        };
        match self.field {
            None if !pattern.is_empty() => Ok(Some(Expression::Row(vec![format!("/{pattern}/")]))),
            _ => Err(self.source.no_counterpart(start)),
        }
    }

    fn phrase(&mut self, phrase: &str, start: usize) -> Option<Expression> {
        let words = words::words(&words::unescaped(phrase, ""));
        let others = if self.source.eat_exactly("~") {
            self.source.digits()
        } else {
            None
        };
        if words.is_empty() {
            return None;
        }
        let others = others.map(|others| others.parse().unwrap_or(MOST_OTHERS));
        Some(
            match others.filter(|others| *others > 0 && words.len() > 1) {
                Some(others) => {
                    let others = others.min(MOST_OTHERS);
                    self.warnings
                        .push(self.source.differs(start, Difference::Moves));
                    Expression::Phrase("", words, format!("~{others}"))
                }
                None => Expression::quoted(words),
            },
        )
    }

    fn word(&mut self, start: usize) -> Read {
        let text = self.source.word(ENDS);
        if text.is_empty() {
            // A mark that is nothing here: Lucene would refuse it, and it says nothing.
            let mark = self.source.peek().map_or(0, char::len_utf8);
            self.source.skip(mark);
            return Ok(None);
        }
        let is_open = words::is_pattern_of_value(text);
        match self.field {
            _ if text == "*" => Err(self.source.no_counterpart(start)),
            Some((Field::Date, _)) => {
                // The colons of a time of day.
                self.source
                    .take_while(|c| c == ':' || c.is_alphanumeric() || "+.".contains(c));
                let text = self.source.text_since(start);
                self.date(text, start).map(Some)
            }
            Some(_) if is_open => Err(self.source.no_counterpart(start)),
            Some((_, name)) => {
                // The colon of an address.
                self.source
                    .take_while(|c| !c.is_whitespace() && !"()\"^~".contains(c));
                let text = self.source.text_since(start);
                Ok(words::value(name, &words::unescaped(text, "")))
            }
            None => {
                let plain = words::unescaped(text, "*?\\");
                let word = if plain.contains('\\') {
                    words::word(&plain, "*?\\")
                } else {
                    words::pattern(&plain)
                };
                let slips = if text.contains(['*', '?']) {
                    String::new()
                } else {
                    self.slips(start)
                };
                Ok(word.map(|word| Expression::Row(vec![word + &slips])))
            }
        }
    }

    /// Reads how many slips a word may have, as we write it.
    fn slips(&mut self, start: usize) -> String {
        if !self.source.eat_exactly("~") {
            return String::new();
        }
        match self.source.decimal() {
            None => format!("~{USUAL_SLIPS}"),
            Some("0") => String::new(),
            Some(number @ ("1" | "2")) => format!("~{number}"),
            Some(_) => {
                self.warnings
                    .push(self.source.differs(start, Difference::Slips));
                format!("~{USUAL_SLIPS}")
            }
        }
    }
}
