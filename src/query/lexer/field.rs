//! Field names, and values that are not text.

use crate::query::ast::{ColumnQuery, QueryRange, ValueFit};
use crate::query::diagnostics::error::{QueryError, QueryProblem};
use crate::query::diagnostics::notice::Warning;
use crate::query::field::{Column, Field};
use crate::query::lexer::lexeme::{LexemeKind, leading};
use crate::query::lexer::{Lexer, Mode, closing_quotes, operator};
use crate::query::period::PeriodError;
use crate::query::{field, period};
use crate::text::ByteRange;

impl Lexer<'_> {
    /// Reads a value behind a field that is no text, or an operator between such values.
    pub(crate) fn value(&mut self, mode: Mode) -> Result<(), QueryError> {
        let start = self.at;
        if self.peek(0).is_some_and(|c| "[{".contains(c)) && mode == Mode::Dates {
            let Some(bytes) = self.rest().find([']', '}']) else {
                self.at = self.query.len();
                return Err(self.error(QueryProblem::Period(PeriodError::Brackets), start));
            };
            self.at += bytes + 1;
            return self.period(start);
        }
        let mut fit = ValueFit::Words;
        if mode != Mode::Dates {
            let marks = leading(self.rest(), |c| c == '=').len();
            self.at += marks;
            fit = match marks {
                0 => ValueFit::Words,
                1 => ValueFit::Whole,
                _ => ValueFit::Literal,
            };
        }
        if let Some(quote) = self.peek(0).filter(|c| closing_quotes(*c).is_some()) {
            let text = self.quoted(quote, start)?;
            let value = text.of(self.query);
            let value = if fit == ValueFit::Literal {
                unescaped(value)
            } else {
                value.to_owned()
            };
            return self.push_value(value, mode, fit, start);
        }
        let raw = leading(self.rest(), |c| !c.is_whitespace() && !"()|".contains(c));
        let raw = without_weight(raw).to_owned();
        self.at += raw.len();
        if self.pending.is_none()
            && let Some(kind) = operator(&raw, self.word_operators)
        {
            self.push(kind, start);
            return Ok(());
        }
        if let Mode::Values(column) = mode
            && fit == ValueFit::Words
            && is_pattern(column, &raw)
        {
            let (field, value) = (column.name().to_owned(), raw);
            return Err(self.error(QueryProblem::PatternOfValue { field, value }, start));
        }
        self.push_value(raw, mode, fit, start)
    }

    fn push_value(
        &mut self,
        value: String,
        mode: Mode,
        fit: ValueFit,
        start: usize,
    ) -> Result<(), QueryError> {
        let Mode::Values(column) = mode else {
            return self.period(start);
        };
        let is_missing = match fit {
            ValueFit::Literal => value.is_empty(),
            ValueFit::Words | ValueFit::Whole => !value.chars().any(char::is_alphanumeric),
        };
        if is_missing {
            let field = column.name().to_owned();
            return Err(self.error(QueryProblem::MissingValue { field }, start));
        }
        let query = ColumnQuery {
            column,
            value,
            fit,
            place: QueryRange(ByteRange::new(start, self.at)),
        };
        self.push(LexemeKind::Column(query), start);
        Ok(())
    }

    fn period(&mut self, start: usize) -> Result<(), QueryError> {
        let range = ByteRange::new(start, self.at);
        let text = range
            .of(self.query)
            .trim_matches(|c| "\"«»„“”‟,;".contains(c));
        if !text.contains(char::is_alphanumeric) && !text.contains('*') {
            let field = "date".to_owned();
            return Err(self.error(QueryProblem::MissingValue { field }, start));
        }
        match period::read(text, self.options.today) {
            Ok(days) => {
                self.push(LexemeKind::Period(days), start);
                Ok(())
            }
            Err(error) => Err(self.error(QueryProblem::Period(error), start)),
        }
    }

    /// Reads the name of a field with its colon, if one stands here.
    pub(crate) fn field(&mut self, start: usize) -> Result<bool, QueryError> {
        let name = leading(self.rest(), |c| c.is_alphabetic() || c == '_').to_owned();
        let behind = self.rest().get(name.len()..).unwrap_or_default();
        let Some(value) = behind.strip_prefix(':').filter(|_| !name.is_empty()) else {
            return Ok(false);
        };
        let has_value = value.chars().next().is_some_and(|c| {
            !c.is_whitespace() && (c.is_alphanumeric() || "(=\"«„“‟<>≤≥[{./*-".contains(c))
        }) && !value.starts_with("//");
        let known = field::field(&name).or_else(|| {
            let lower = name.to_lowercase();
            field::field(&lower).filter(|_| has_value && name != lower)
        });
        self.at += name.len();
        let found = match known {
            Some(field) if has_value => field,
            Some(_) => {
                let warning = Warning::FieldAsText {
                    field: name.to_lowercase(),
                    name,
                };
                self.lexed.warnings.push(warning);
                self.at = start;
                return Ok(false);
            }
            None if has_value => {
                let problem = field::near_miss(&name)
                    .map(|meant| QueryProblem::NearField {
                        typed: name.clone(),
                        meant,
                    })
                    .or_else(|| {
                        let is_strict = self.options.has_strict_fields;
                        is_strict.then_some(QueryProblem::UnknownField { typed: name })
                    });
                if let Some(problem) = problem {
                    return Err(self.error(problem, start));
                }
                self.at = start;
                return Ok(false);
            }
            None => {
                self.at = start;
                return Ok(false);
            }
        };
        self.at += 1;
        self.push(LexemeKind::Field(found), start);
        self.pending = match found {
            Field::Part(_) => None,
            Field::Column(column) => Some(Mode::Values(column)),
            Field::Date => Some(Mode::Dates),
        };
        Ok(true)
    }
}

/// Returns whether a value looks like a pattern that values cannot be: `хв?ля`, `х*ля`, `хвиля~1`,
/// `/хви.*/`. Addresses of the web have such marks.
pub(crate) fn is_pattern(column: Column, value: &str) -> bool {
    if column == Column::Url {
        return false;
    }
    let inside = value.trim_end_matches(['*', '?']);
    let is_slipping = inside
        .rsplit_once('~')
        .is_some_and(|(_, slips)| !slips.is_empty() && slips.chars().all(|c| c.is_ascii_digit()));
    let is_regex = value.len() > 2 && value.starts_with('/') && value.ends_with('/');
    inside.contains(['*', '?']) || is_slipping || is_regex
}

/// Returns a value without the weight that stands behind it, as in `tag:спорт^2`.
pub(crate) fn without_weight(value: &str) -> &str {
    let weighted = value.rsplit_once('^');
    let weighted = weighted.filter(|(_, weight)| weight.starts_with(|c: char| c.is_ascii_digit()));
    weighted.map_or(value, |(value, _)| value)
}

/// Returns `text` without the backslashes that stand before a quote or a backslash.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let escaped = rest.next_if(|next| c == '\\' && "\"\\".contains(*next));
        out.push(escaped.unwrap_or(c));
    }
    out
}
