//! Queries of words and connectors, as in Lexis and Factiva. Their grammars differ only in the
//! precedence of connectors.

use crate::query::diagnostics::error::{QueryError, QueryProblem, Side};
use crate::query::diagnostics::notice::Warning;
use crate::query::parser::MAX_DEPTH;
use crate::query::translation::expression::{Expression, Joint};
use crate::query::translation::tokens::{Connector, Prefix, Token, TokenKind};
use crate::query::translation::untranslatable::{Read, unknown_here};
use crate::query::translation::words;
use crate::text::ByteRange;

/// How close connectors bind: the larger, the closer.
pub(crate) trait Binding {
    /// Returns how close a connector binds, at least 1.
    fn of(&self, connector: &Connector) -> u32;
    /// Returns how close at least must bind what stands behind a prefix.
    fn behind_prefix(&self) -> u32;
}

/// Words that nothing joins bind closest.
const SIDE_BY_SIDE: u32 = 100_000;
/// Only what stands right behind.
pub(crate) const ONE: u32 = u32::MAX;

/// Reads `tokens`; adds what is worth telling to `warnings`.
pub(crate) fn read(
    text: &str,
    tokens: &[Token],
    binding: &impl Binding,
    warnings: &mut Vec<Warning>,
) -> Read {
    let mut reader = ConnectorReader {
        text,
        tokens,
        at: 0,
        depth: 0,
        binding,
        warnings,
    };
    if tokens.is_empty() {
        return Ok(None);
    }
    let read = reader.joined(1)?;
    match reader.tokens.get(reader.at) {
        None => Ok(Some(read)),
        Some(token) => Err(QueryError {
            problem: QueryProblem::UnopenedParenthesis,
            range: token.range,
        }),
    }
}

struct ConnectorReader<'a, B> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    depth: usize,
    binding: &'a B,
    warnings: &'a mut Vec<Warning>,
}

impl<B: Binding> ConnectorReader<'_, B> {
    fn peek(&self) -> Option<&TokenKind> {
        self.tokens.get(self.at).map(|token| &token.kind)
    }

    /// Reads parts whose connectors bind at least so closely.
    fn joined(&mut self, least: u32) -> Result<Expression, QueryError> {
        let mut left = self.one()?;
        loop {
            let start = self.at;
            match self.peek() {
                None | Some(TokenKind::Close) => return Ok(left),
                Some(TokenKind::Connector(first)) => {
                    let is_and_not = *first == Connector::And
                        && self.tokens.get(start + 1).is_some_and(|next| {
                            matches!(next.kind, TokenKind::Connector(Connector::Not))
                        });
                    let connector = if is_and_not {
                        Connector::Not
                    } else {
                        first.clone()
                    };
                    let closeness = self.binding.of(&connector);
                    if closeness < least {
                        return Ok(left);
                    }
                    self.at += if is_and_not { 2 } else { 1 };
                    let right = self.joined(closeness + 1)?;
                    left = match connector {
                        Connector::And => left.join(Joint::And, right),
                        Connector::Or => left.join(Joint::Or, right),
                        Connector::Not => left.without(right),
                        Connector::Words(operator, count) => {
                            left.near(format!("{operator}/{count}"), right)
                        }
                        Connector::Sentence => left.near("/s", right),
                        Connector::Paragraph => left.near("/p", right),
                    };
                }
                Some(_) if SIDE_BY_SIDE < least => return Ok(left),
                Some(_) => {
                    let right = self.joined(SIDE_BY_SIDE + 1)?;
                    left = adjacent(left, right);
                }
            }
        }
    }

    /// Reads a word, a phrase or what stands in parentheses, with what stands before it.
    fn one(&mut self) -> Result<Expression, QueryError> {
        let Some(token) = self.tokens.get(self.at) else {
            return Err(self.lacks_operand(self.at.saturating_sub(1), Side::After));
        };
        self.at += 1;
        match &token.kind {
            TokenKind::Part(part) => Ok(part.clone()),
            TokenKind::Open => {
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    return Err(QueryError {
                        problem: QueryProblem::TooDeep { limit: MAX_DEPTH },
                        range: token.range,
                    });
                }
                let read = self.joined(1)?;
                self.depth -= 1;
                if self.peek().is_none() {
                    return Err(QueryError {
                        problem: QueryProblem::UnclosedParenthesis,
                        range: token.range,
                    });
                }
                self.at += 1;
                Ok(read)
            }
            TokenKind::Prefix(prefix) => {
                let read = self.nested(self.binding.behind_prefix())?;
                self.prefixed(prefix, read, token.range)
            }
            TokenKind::Connector(Connector::Not) => {
                let closeness = self.binding.of(&Connector::Not);
                Ok(Expression::Not(Box::new(self.nested(closeness + 1)?)))
            }
            TokenKind::Connector(_) => Err(self.lacks_operand(self.at - 1, Side::Before)),
            TokenKind::Close if self.at == 1 => Err(QueryError {
                problem: QueryProblem::UnopenedParenthesis,
                range: token.range,
            }),
            TokenKind::Close if self.is_open_at(self.at.saturating_sub(2)) => {
                let opened = self.tokens.get(self.at.saturating_sub(2));
                let start = opened.map_or(token.range.start, |opened| opened.range.start);
                Err(QueryError {
                    problem: QueryProblem::Empty,
                    range: ByteRange::new(start, token.range.end),
                })
            }
            TokenKind::Close => Err(self.lacks_operand(self.at.saturating_sub(2), Side::After)),
        }
    }

    fn is_open_at(&self, place: usize) -> bool {
        let token = self.tokens.get(place);
        token.is_some_and(|token| matches!(token.kind, TokenKind::Open))
    }

    /// Reads what stands behind a prefix.
    fn nested(&mut self, least: u32) -> Result<Expression, QueryError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(QueryError {
                problem: QueryProblem::TooDeep { limit: MAX_DEPTH },
                range: ByteRange::new(0, self.text.len()),
            });
        }
        let read = self.joined(least)?;
        self.depth -= 1;
        Ok(read)
    }

    fn prefixed(
        &mut self,
        prefix: &Prefix,
        part: Expression,
        range: ByteRange,
    ) -> Result<Expression, QueryError> {
        let name = range.of(self.text).trim_end_matches(['(', '=']);
        match prefix {
            Prefix::In(parts) => Ok(part.in_parts(parts)),
            Prefix::AtLeast(count) => Ok(part.behind(format!("ATLEAST/{count} "))),
            Prefix::Value(field) => {
                let value = |words: &[String]| {
                    let text = words.join(" ");
                    let is_regex = words.iter().any(|word| word.starts_with('/'));
                    if is_regex || words::is_pattern_of_value(&text) {
                        return None;
                    }
                    words::value(field, &words::unescaped(&text, ""))
                };
                each_row(&part, &value).ok_or_else(|| unknown_here(name, range))
            }
            Prefix::Exact(marks) => {
                let exact = |words: &[String]| {
                    let in_case = |word: &String| match *marks {
                        "==" => word.to_uppercase(),
                        _ => word.clone(),
                    };
                    let words: Vec<String> = words.iter().map(in_case).collect();
                    Some(match words.as_slice() {
                        [word] => Expression::Row(vec![words::exact(marks, word)]),
                        _ => Expression::Phrase(marks, words, String::new()),
                    })
                };
                each_row(&part, &exact).ok_or_else(|| unknown_here(name, range))
            }
            Prefix::Nothing => {
                let text = name.to_owned();
                self.warnings.push(Warning::LeftOut { text });
                Ok(part)
            }
        }
    }

    /// Returns the fault of the token at a place, which lacks a word.
    fn lacks_operand(&self, place: usize, side: Side) -> QueryError {
        let range = self
            .tokens
            .get(place)
            .map_or(ByteRange::new(0, 0), |token| token.range);
        QueryError {
            problem: QueryProblem::MissingTerm {
                operator: range.of(self.text).to_owned(),
                side,
            },
            range,
        }
    }
}

/// Returns two parts that nothing joins: a phrase of their words, or one behind the other; a
/// condition must be met beside.
fn adjacent(left: Expression, right: Expression) -> Expression {
    match (left, right) {
        (Expression::Row(mut words), Expression::Row(more)) => {
            words.extend(more);
            Expression::Row(words)
        }
        (left, right) if left.is_condition() || right.is_condition() => {
            left.join(Joint::And, right)
        }
        (left, right) => left.near("PRE/1", right),
    }
}

/// Returns `part` with something else in place of all its words and phrases; none where it has
/// other things too, or where there is nothing else.
fn each_row(
    part: &Expression,
    other: &impl Fn(&[String]) -> Option<Expression>,
) -> Option<Expression> {
    match part {
        Expression::Row(words) => other(words),
        Expression::Phrase(before, words, behind) if before.is_empty() && behind.is_empty() => {
            other(words)
        }
        Expression::Not(part) => Some(Expression::Not(Box::new(each_row(part, other)?))),
        Expression::Joined(joint, parts) => {
            let parts: Option<Vec<_>> = parts.iter().map(|part| each_row(part, other)).collect();
            Some(Expression::join_all(*joint, parts?))
        }
        _ => None,
    }
}
