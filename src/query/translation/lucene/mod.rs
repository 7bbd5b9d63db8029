//! Lucene's classic syntax, as Elasticsearch's `query_string` has it.
//!
//! There a clause must match, may match or must not. Words without an operator between them may
//! match; AND makes those on both sides of it mandatory; and as soon as one clause must match,
//! those that may only lift a hit. This is kept, whatever AND and OR would mean by precedence.
//!
//! | module | what it holds |
//! |---|---|
//! | `clause` | clauses that must, may or must not match |
//! | `dates` | ranges and date arithmetic |

mod clause;
mod dates;

use crate::query::diagnostics::error::{QueryError, Side};
use crate::query::diagnostics::notice::Warning;
use crate::query::field::Field;
use crate::query::translation::expression::{Expression, Joint};
use crate::query::translation::source::Source;
use crate::query::translation::untranslatable::Read;

/// Reads `text`; adds what is worth telling to `warnings`.
pub(crate) fn read(text: &str, warnings: &mut Vec<Warning>) -> Read {
    let mut reader = LuceneReader {
        source: Source::new(text),
        field: None,
        warnings,
    };
    let read = reader.clauses()?;
    reader.source.finish()?;
    Ok(read)
}

struct LuceneReader<'a> {
    source: Source<'a>,
    /// The field that values are read of, where it is no part of the text, with our name of it.
    field: Option<(Field, &'static str)>,
    warnings: &'a mut Vec<Warning>,
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

/// What stands behind an operator that is a word.
const BEHIND_WORD: [char; 7] = [' ', '\t', '\n', '\r', '(', ')', '"'];

impl<'a> LuceneReader<'a> {
    /// Reads the clauses of the query or of a group.
    fn clauses(&mut self) -> Read {
        let mut clauses: Vec<Clause<'a>> = Vec::new();
        let mut is_first = true;
        while self.has_more() {
            let is_and = self.joint(is_first)?;
            is_first = false;
            let mut occurs = if is_and { Occurs::Must } else { Occurs::May };
            while let Some(modified) = self.modifier()? {
                occurs = modified;
            }
            let start = self.source.at();
            let Some(expression) = self.clause()? else {
                continue;
            };
            if let Some(last) = clauses.last_mut()
                && is_and
                && last.occurs == Occurs::May
            {
                last.occurs = Occurs::Must;
            }
            clauses.push(Clause {
                occurs,
                expression,
                text: self.source.text_since(start),
            });
        }
        Ok(self.joined(clauses))
    }

    /// Returns whether another clause or operator stands in this group.
    fn has_more(&mut self) -> bool {
        self.source.next_visible().is_some_and(|c| c != ')')
    }

    /// Reads AND or OR, if present; returns whether it was AND.
    fn joint(&mut self, is_first: bool) -> Result<bool, QueryError> {
        let start = self.source.at();
        let is_and = self.operator("AND") || self.source.eat_exactly("&&");
        if !is_and && !self.operator("OR") && !self.source.eat_exactly("||") {
            return Ok(false);
        }
        if is_first {
            return Err(self.source.lacks_operand(start, Side::Before));
        }
        let rest = Source::new(self.source.rest());
        let is_followed = self.is_followed() && !Self::begins_with_joint(rest);
        if !is_followed {
            return Err(self.source.lacks_operand(start, Side::After));
        }
        Ok(is_and)
    }

    fn begins_with_joint(mut rest: Source<'_>) -> bool {
        rest.next_visible();
        ["AND", "OR"]
            .iter()
            .any(|name| is_operator(rest.rest(), name))
            || rest.eat_exactly("&&")
            || rest.eat_exactly("||")
    }

    /// Reads what says whether the clause behind it must match.
    fn modifier(&mut self) -> Result<Option<Occurs>, QueryError> {
        self.source.next_visible();
        let start = self.source.at();
        let occurs =
            if self.operator("NOT") || self.source.eat_exactly("-") || self.source.eat_exactly("!")
            {
                Occurs::MustNot
            } else if self.source.eat_exactly("+") {
                Occurs::Must
            } else {
                return Ok(None);
            };
        if !self.is_followed() {
            return Err(self.source.lacks_operand(start, Side::After));
        }
        Ok(Some(occurs))
    }

    /// Returns whether something stands behind an operator that was just read.
    fn is_followed(&self) -> bool {
        let rest = self.source.rest().trim_start();
        !rest.is_empty() && !rest.starts_with(')')
    }

    /// Goes past an operator that is a word, if it stands here.
    fn operator(&mut self, name: &str) -> bool {
        let is_here = is_operator(self.source.rest(), name);
        if is_here {
            self.source.skip(name.len());
        }
        is_here
    }

    fn joined(&mut self, clauses: Vec<Clause<'a>>) -> Option<Expression> {
        let has_must = clauses.iter().any(|clause| clause.occurs == Occurs::Must);
        let (mut wanted, mut excluded) = (Vec::new(), Vec::new());
        for clause in clauses {
            match clause.occurs {
                Occurs::MustNot => excluded.push(Expression::Not(Box::new(clause.expression))),
                Occurs::May if has_must => self.warnings.push(Warning::LeftOutOptional {
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
}

fn is_operator(text: &str, name: &str) -> bool {
    let behind = text.strip_prefix(name);
    behind.is_some_and(|rest| rest.is_empty() || rest.starts_with(BEHIND_WORD))
}
