//! The syntax of Manticore and Sphinx.
//!
//! Words stand beside each other for AND. NEAR/n and `<<` join what `|` and MAYBE have joined
//! before, and NOT excludes all of that; only NOTNEAR/n, SENTENCE and PARAGRAPH bind closer. A
//! field that is named holds for all that follows, up to the next one or the end of the
//! parentheses.
//!
//! | module | what it holds |
//! |---|---|
//! | `atom` | words, phrases, fields and groups |

mod atom;

use crate::query::diagnostics::error::{QueryError, QueryProblem, Side};
use crate::query::diagnostics::notice::{Difference, Warning};
use crate::query::field::Field;
use crate::query::translation::expression::{Expression, Joint, Parts};
use crate::query::translation::names;
use crate::query::translation::source::Source;
use crate::query::translation::untranslatable::Read;
use crate::text::ByteRange;

/// A distance that is as good as none, in words.
const ANY_DISTANCE: &str = "PRE/255";

/// Reads `text`; adds what is worth telling to `warnings`.
pub(crate) fn read(text: &str, warnings: &mut Vec<Warning>) -> Read {
    let mut reader = ManticoreReader {
        source: Source::new(text),
        parts: Vec::new(),
        warnings,
    };
    let read = reader.all()?;
    reader.source.finish()?;
    Ok(read)
}

struct ManticoreReader<'a> {
    source: Source<'a>,
    /// The parts of the article that words are looked for in; none for all.
    parts: Parts,
    warnings: &'a mut Vec<Warning>,
}

/// Operators that stand between two parts, from the widest to the closest.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Order,
    Or,
    Unit,
}

/// An operator that was read.
enum Operator {
    Or,
    Maybe,
    /// As we write it.
    Distance(String),
}

impl ManticoreReader<'_> {
    /// Reads what must all be there.
    fn all(&mut self) -> Read {
        let mut parts = Vec::new();
        while self.source.next_visible().is_some_and(|c| c != ')') {
            parts.extend(self.joined(Level::Order)?);
        }
        Ok((!parts.is_empty()).then(|| Expression::join_all(Joint::And, parts)))
    }

    /// Reads parts that operators of one level join, from left to right.
    fn joined(&mut self, level: Level) -> Read {
        let mut left = self.operand(level)?;
        loop {
            self.source.next_visible();
            let start = self.source.at();
            let Some(operator) = self.operator(level)? else {
                return Ok(left);
            };
            let Some(before) = left else {
                return Err(self.source.lacks_operand(start, Side::Before));
            };
            let missing = self.source.lacks_operand(start, Side::After);
            self.source.next_visible();
            let behind = self.source.at();
            let right = self.operand(level)?.ok_or(missing)?;
            left = Some(match operator {
                Operator::Or => before.join(Joint::Or, right),
                Operator::Maybe => {
                    let text = self.source.text_since(behind).to_owned();
                    self.warnings.push(Warning::LeftOutOptional { text });
                    before
                }
                Operator::Distance(operator) => before.near(operator, right),
            });
        }
    }

    fn operand(&mut self, level: Level) -> Read {
        match level {
            Level::Order => self.excluded(),
            Level::Or => self.joined(Level::Unit),
            Level::Unit => self.atom(),
        }
    }

    /// Reads what `|` joins, with the mark before it that excludes all of it.
    fn excluded(&mut self) -> Read {
        self.source.next_visible();
        let marks = self.source.take_while(|c| "-!".contains(c));
        let read = self.joined(Level::Or)?;
        Ok(match read {
            Some(excluded) if !marks.is_empty() => Some(Expression::Not(Box::new(excluded))),
            read => read,
        })
    }

    fn operator(&mut self, level: Level) -> Result<Option<Operator>, QueryError> {
        let distance = |text: &str| Operator::Distance(text.to_owned());
        Ok(match level {
            Level::Or if self.source.eat_exactly("|") => Some(Operator::Or),
            Level::Or if self.source.eat_word_exactly("MAYBE") => Some(Operator::Maybe),
            Level::Order if self.source.eat_exactly("<<") => {
                let text = "<<".to_owned();
                let how = Difference::Distance;
                self.warnings.push(Warning::Differs { text, how });
                Some(distance(ANY_DISTANCE))
            }
            Level::Order => self.numbered("NEAR/")?,
            Level::Unit if self.source.eat_word_exactly("SENTENCE") => Some(distance("/s")),
            Level::Unit if self.source.eat_word_exactly("PARAGRAPH") => Some(distance("/p")),
            Level::Unit => self.numbered("NOTNEAR/")?,
            Level::Or => None,
        })
    }

    /// Reads an operator with its number, which is ours too.
    fn numbered(&mut self, name: &str) -> Result<Option<Operator>, QueryError> {
        let start = self.source.at();
        if !self.source.eat_exactly(name) {
            return Ok(None);
        }
        let Some(number) = self.source.digits() else {
            let operator = name.trim_end_matches('/').to_owned();
            return Err(QueryError {
                problem: QueryProblem::MissingNumber { operator },
                range: self.source.since(start),
            });
        };
        Ok(Some(Operator::Distance(format!("{name}{number}"))))
    }

    /// Reads the fields that are named here: `@title`, `@(title,body)`, `@*`.
    fn fields(&mut self) -> Result<(), QueryError> {
        while self.source.next_visible() == Some('@') {
            let start = self.source.at();
            self.source.skip(1);
            if self.source.eat_exactly("@relaxed") {
                continue;
            }
            let is_list = self.source.eat_exactly("(");
            let list = self.source.take_while(|c| {
                c.is_alphanumeric() || "_!*".contains(c) || (is_list && ", ".contains(c))
            });
            if is_list && !self.source.eat_exactly(")") {
                return Err(QueryError {
                    problem: QueryProblem::UnclosedParenthesis,
                    range: ByteRange::new(start + 1, start + 2),
                });
            }
            let range = self.source.since(start);
            self.parts.clear();
            if list == "*" {
                continue;
            }
            for name in list.split(',').map(str::trim) {
                match names::known(name) {
                    Some((Field::Part(_), part)) => self.parts.push(part),
                    None if !name.is_empty() && !name.starts_with('!') => {
                        return Err(QueryError {
                            problem: QueryProblem::UnknownField {
                                typed: name.to_owned(),
                            },
                            range,
                        });
                    }
                    _ => return Err(self.source.no_counterpart(start)),
                }
            }
            if self.source.peek() == Some('[') {
                self.source.take_while(|c| c != ']');
                self.source.eat_exactly("]");
                self.warnings.push(self.source.left_out(start));
            }
        }
        Ok(())
    }
}
