//! Lucene's classic syntax, as Elasticsearch's `query_string` has it.
//!
//! There a clause must match, may match or must not. Words without an operator between them may match; AND makes those on both
//! sides of it mandatory; and as soon as one clause must match, those that may only lift a hit. This is kept, whatever AND and
//! OR would mean by precedence.

use super::super::error::{QueryError, QueryProblem, Side};
use super::super::field::Field;
use super::super::notice::{Difference, Remark};
use super::expression::{Expression, Joint};
use super::source::Source;
use super::{Read, days, names, unknown_here, words};
use crate::text::ByteRange;

/// Marks that end a word, but for those that a backslash stands before.
const ENDS: &str = "()[]{}^~\":";
/// Words may be so many others apart in our language.
const MOST_OTHERS: u32 = 255;
/// Slips that `~` without a number allows.
const USUAL_SLIPS: &str = "2";

/// Reads `text`; adds what is worth telling to `remarks`.
pub(super) fn read(text: &str, remarks: &mut Vec<Remark>) -> Read {
    let mut reader = Reader {
        source: Source::new(text),
        field: None,
        remarks,
    };
    let read = reader.clauses()?;
    reader.source.finish()?;
    Ok(read)
}

struct Reader<'a> {
    source: Source<'a>,
    /// The field that values are read of, where it is no part of the text.
    field: Option<(Field, &'static str)>,
    remarks: &'a mut Vec<Remark>,
}

/// Whether a clause must match.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Occurs {
    Must,
    May,
    MustNot,
}

struct Clause<'a> {
    occurs: Occurs,
    expression: Expression,
    text: &'a str,
}

impl<'a> Reader<'a> {
    /// Reads the clauses of the query or of a group.
    fn clauses(&mut self) -> Read {
        let mut clauses: Vec<Clause<'a>> = Vec::new();
        while self.source.next_visible().is_some_and(|c| c != ')') {
            let start = self.source.at();
            let is_and = self.operator(&["AND", "&&"]);
            let is_joined = is_and || self.operator(&["OR", "||"]);
            if is_joined && clauses.is_empty() {
                return Err(self.source.lacks_operand(start, Side::Before));
            }
            let modified = self.source.at();
            let mut occurs = if is_and { Occurs::Must } else { Occurs::May };
            while let Some(c) = self.source.next_visible() {
                if self.operator(&["NOT"])
                    || (matches!(c, '-' | '!') && self.source.eat(&c.to_string()))
                {
                    occurs = Occurs::MustNot;
                } else if c == '+' && self.source.eat("+") {
                    occurs = Occurs::Must;
                } else {
                    break;
                }
            }
            let operator = if self.source.at() > modified {
                modified
            } else {
                start
            };
            if (is_joined || operator == modified && self.source.at() > modified)
                && self.source.next_visible().is_none_or(|c| c == ')')
            {
                return Err(self.source.lacks_operand(operator, Side::After));
            }
            let at = self.source.at();
            let Some(expression) = self.clause()? else {
                continue;
            };
            if is_and
                && let Some(last) = clauses.last_mut().filter(|last| last.occurs == Occurs::May)
            {
                last.occurs = Occurs::Must;
            }
            clauses.push(Clause {
                occurs,
                expression,
                text: self.source.text_since(at),
            });
        }
        Ok(self.joined(clauses))
    }

    fn joined(&mut self, clauses: Vec<Clause<'a>>) -> Option<Expression> {
        let has_must = clauses.iter().any(|clause| clause.occurs == Occurs::Must);
        let (mut wanted, mut excluded) = (Vec::new(), Vec::new());
        for clause in clauses {
            match clause.occurs {
                Occurs::MustNot => excluded.push(Expression::Not(Box::new(clause.expression))),
                Occurs::May if has_must => self.remarks.push(Remark::LeftOutOptional {
                    text: clause.text.to_owned(),
                }),
                _ => wanted.push(clause.expression),
            }
        }
        let joint = if has_must { Joint::And } else { Joint::Or };
        let mut parts = Vec::with_capacity(1 + excluded.len());
        if !wanted.is_empty() {
            parts.push(Expression::join_all(joint, wanted));
        }
        parts.extend(excluded);
        (!parts.is_empty()).then(|| Expression::join_all(Joint::And, parts))
    }

    /// Goes past one of these operators, if it stands here as a word of its own.
    fn operator(&mut self, names: &[&str]) -> bool {
        names.iter().any(|name| {
            let behind = self.source.rest().strip_prefix(name);
            let is_word = name.chars().all(char::is_alphabetic);
            let ends = |rest: &str| {
                !is_word || rest.is_empty() || rest.starts_with([' ', '\t', '\n', '(', '"'])
            };
            let is_here = behind.is_some_and(ends);
            if is_here {
                self.source.skip(name.len());
            }
            is_here
        })
    }

    /// Reads a word, phrase, range or group with its field and weight.
    fn clause(&mut self) -> Read {
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
        let Some(mut expression) = read? else {
            self.weight();
            return Ok(None);
        };
        if let Some(part) = part {
            expression = expression.in_parts(&[part]);
        }
        Ok(Some(match self.weight() {
            Some(weight) => Expression::Weighed(Box::new(expression), weight),
            None => expression,
        }))
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
        if name == "*" || name.eq_ignore_ascii_case("_exists_") {
            self.source.take_while(|c| !c.is_whitespace() && c != ')');
            return Err(unknown_here(
                self.source.text_since(start),
                self.source.since(start),
            ));
        }
        self.source.next_visible();
        let known = names::known(name).ok_or_else(|| QueryError {
            problem: QueryProblem::UnknownField {
                typed: name.to_owned(),
            },
            range: ByteRange::new(start, start + name.len()),
        })?;
        Ok(Some(known))
    }

    fn weight(&mut self) -> Option<String> {
        if !self.source.eat("^") {
            return None;
        }
        self.source.decimal().map(str::to_owned)
    }

    fn unweighed(&mut self) -> Read {
        let start = self.source.at();
        let field = self.field;
        match self.source.next_visible() {
            Some('(') => {
                self.source.open()?;
                let read = self.clauses()?;
                self.source.close(start)?;
                Ok(read)
            }
            Some('[' | '{' | '<' | '>') => self.range(field, start),
            Some('"') => {
                let phrase = self.source.enclosed('"')?;
                match field {
                    Some((Field::Date, _)) => self.date(phrase, start).map(Some),
                    Some((_, name)) => Ok(words::value(name, &words::unescaped(phrase))),
                    None => Ok(self.phrase(phrase, start)),
                }
            }
            Some('/') => {
                let pattern = self.source.enclosed('/')?;
                match field {
                    None => Ok(Some(Expression::Row(vec![format!("/{pattern}/")]))),
                    Some(_) => Err(unknown_here(
                        self.source.text_since(start),
                        self.source.since(start),
                    )),
                }
            }
            _ => self.word(field, start),
        }
    }

    fn phrase(&mut self, phrase: &str, start: usize) -> Option<Expression> {
        let words = words::words(&words::unescaped(phrase), "");
        let others = if self.source.eat("~") {
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
                    self.differs(start, Difference::Moves);
                    Expression::Phrase("", words, format!("~{others}"))
                }
                None => Expression::quoted(words),
            },
        )
    }

    fn word(&mut self, field: Option<(Field, &'static str)>, start: usize) -> Read {
        let mut is_escaped = false;
        let text = self.source.rest();
        let end = text.find(|c: char| {
            let ends = !is_escaped && (c.is_whitespace() || ENDS.contains(c));
            is_escaped = c == '\\' && !is_escaped;
            ends
        });
        let text = text.get(..end.unwrap_or(text.len())).unwrap_or_default();
        if text.is_empty() {
            // A mark that is nothing here: Lucene would refuse it, and it says nothing.
            let mark = self.source.peek().map_or(0, char::len_utf8);
            self.source.skip(mark);
            return Ok(None);
        }
        self.source.skip(text.len());
        let range = self.source.since(start);
        match field {
            Some(_) if text == "*" => Err(unknown_here(text, range)),
            Some((Field::Date, _)) => {
                // The colons of a time of day.
                self.source
                    .take_while(|c| c == ':' || c.is_alphanumeric() || "+.".contains(c));
                self.date(text, start).map(Some)
            }
            Some((_, name)) => Ok(words::value(name, &words::unescaped(text))),
            None => {
                let mut slips = self.slips(start);
                if !slips.is_empty() && text.contains(['*', '?']) {
                    let text = self.source.text_since(start).to_owned();
                    self.remarks.push(Remark::LeftOut {
                        text: text
                            .rsplit_once('~')
                            .map_or(text.clone(), |(_, slips)| format!("~{slips}")),
                    });
                    slips.clear();
                }
                let word = words::word(&without_escapes_but_of_wildcards(text), "*?\\");
                let row = |word| Expression::Row(vec![word]);
                Ok(word.map(|word| row(word + &slips)))
            }
        }
    }

    /// Reads how many slips a word may have, as we write it.
    fn slips(&mut self, start: usize) -> String {
        if !self.source.eat("~") {
            return String::new();
        }
        match self.source.decimal() {
            None => format!("~{USUAL_SLIPS}"),
            Some("0") => String::new(),
            Some(number @ ("1" | "2")) => format!("~{number}"),
            Some(_) => {
                self.differs(start, Difference::Slips);
                format!("~{USUAL_SLIPS}")
            }
        }
    }

    /// Reads `[a TO b]` or `>=a`.
    fn range(&mut self, field: Option<(Field, &'static str)>, start: usize) -> Read {
        let is_date = matches!(field, Some((Field::Date, _)));
        if let Some(open @ ('[' | '{')) = self.source.peek() {
            self.source.skip(1);
            let inner = self.source.take_while(|c| !"]}".contains(c));
            let close = self.source.peek();
            self.source.skip(usize::from(close.is_some()));
            let range = self.source.since(start);
            let bounds = inner
                .split_once(" TO ")
                .filter(|_| is_date && close.is_some());
            let (first, last) =
                bounds.ok_or_else(|| unknown_here(self.source.text_since(start), range))?;
            if first.trim().starts_with("now-") && matches!(last.trim(), "*" | "now" | "now/d") {
                return self.date(first, start).map(Some);
            }
            let (first, last) = (bound(first, range)?, bound(last, range)?);
            let close = close.unwrap_or(']');
            return Ok(Some(Expression::Condition(format!(
                "date:{open}{first} TO {last}{close}"
            ))));
        }
        let sign = self.source.take_while(|c| "<>=".contains(c));
        let value = self.source.take_while(|c| !c.is_whitespace() && c != ')');
        let range = self.source.since(start);
        if !is_date {
            return Err(unknown_here(self.source.text_since(start), range));
        }
        if value.starts_with("now-") && sign.starts_with('>') {
            return self.date(value, start).map(Some);
        }
        let value = bound(value, range)?;
        Ok(Some(Expression::Condition(format!("date:{sign}{value}"))))
    }

    /// Returns the condition that a date means: a day, a month, a year, or the time since `now-7d`.
    fn date(&self, text: &str, start: usize) -> Result<Expression, QueryError> {
        let text = text.trim();
        let range = self.source.since(start);
        let day = match text.strip_prefix("now-") {
            Some(since) => {
                let since = since.split_once('/').map_or(since, |(since, _)| since);
                // In Lucene m is a minute, M a month.
                let is_known = since.ends_with(['d', 'w', 'y', 'M']);
                is_known
                    .then(|| since.replace('M', "m"))
                    .ok_or_else(|| unknown_here(text, range))?
            }
            None => bound(text, range)?,
        };
        Ok(Expression::Condition(format!("date:{day}")))
    }

    fn differs(&mut self, start: usize, how: Difference) {
        let text = self.source.text_since(start).to_owned();
        self.remarks.push(Remark::Differs { text, how });
    }
}

/// Returns a bound of a range of dates as we write it.
fn bound(text: &str, range: ByteRange) -> Result<String, QueryError> {
    let text = text.trim().trim_matches('"');
    match text.split_once("||").map_or(text, |(day, _)| day) {
        "*" => Ok("*".to_owned()),
        "now" | "now/d" => Ok("today".to_owned()),
        relative if relative.starts_with("now") => Err(unknown_here(relative, range)),
        day => Ok(days::ours(day).0),
    }
}

/// Returns a word without its backslashes, but for those before `*` and `?`, which stand for themselves then.
fn without_escapes_but_of_wildcards(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(c) = letters.next() {
        match c {
            '\\' => match letters.next() {
                Some(c @ ('*' | '?' | '\\')) => plain.extend(['\\', c]),
                other => plain.extend(other),
            },
            c => plain.push(c),
        }
    }
    plain
}
