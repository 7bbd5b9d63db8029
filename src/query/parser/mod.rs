//! Reads the structure of a query: NOT before NEAR before AND before OR, parentheses before all.
//!
//! | module | what it holds |
//! |---|---|
//! | `conjunction` | `І`, `ТА` as words or as operators |
//! | `headline` | headlines in capitals, whose operators are words |
//! | `operand` | words, phrases and groups |
//! | `places` | what may stand beside NEAR |
//! | [`parsed`] | a query that was understood |
//! | `recovery` | mends a faulty query |

mod conjunction;
mod headline;
mod operand;
pub mod parsed;
mod places;
pub(crate) mod recovery;
#[cfg(test)]
mod tests;

use crate::query::ast::{Near, Query, QueryRange, Word};
use crate::query::diagnostics::error::{QueryError, QueryProblem, Side};
use crate::query::diagnostics::notice::Warning;
use crate::query::field::Field;
use crate::query::lexer::lex;
use crate::query::lexer::lexeme::{Lexeme, LexemeKind, WordOperators};
use crate::query::optional::{has_needed, joins_or_asks, make_optional, optional_words, require};
use crate::query::options::{MatchMode, ParseOptions};
use crate::query::parser::conjunction::{settle_conjunctions, without_empty_parentheses};
use crate::query::parser::headline::{has_operators, is_in_capitals};
use crate::query::parser::operand::{INNER_MARKS, MAX_WORDS, Operand, any_of, is_condition, join};
use crate::query::parser::parsed::ParsedQuery;
use crate::query::parser::places::{check_counted, check_near};
use crate::text::ByteRange;

/// The deepest nesting of parentheses, NOTs and operators with a number.
pub const MAX_DEPTH: usize = 64;
/// Parses a query that may be a headline pasted in capitals (`ЦЕ НЕ ВІЙНА`), whose operators are
/// words.
pub(crate) fn parse_headline(
    text: &str,
    options: &ParseOptions,
) -> Result<ParsedQuery, QueryError> {
    if !is_in_capitals(text, options) {
        return parse_as(text, options, WordOperators::All);
    }
    let as_words = parse_as(text, options, WordOperators::Headline)
        .or_else(|_| parse_as(text, options, WordOperators::None));
    // If no reading succeeds, the error is that of the ordinary one.
    let mut parsed = as_words.or_else(|_| parse_as(text, options, WordOperators::All))?;
    if !options.is_literal && has_operators(text) {
        parsed.warnings.insert(0, Warning::Headline);
    }
    Ok(parsed)
}

fn parse_as(
    text: &str,
    options: &ParseOptions,
    operators: WordOperators,
) -> Result<ParsedQuery, QueryError> {
    let lexed = lex(text, options, operators)?;
    let mut warnings = lexed.warnings;
    let lexemes = without_empty_parentheses(lexed.lexemes);
    let lexemes = settle_conjunctions(lexemes, text, &mut warnings);
    let words = lexemes.iter().map(|lexeme| match &lexeme.kind {
        LexemeKind::Phrase(phrase) => phrase.slots.len(),
        kind => usize::from(kind.is_operand()),
    });
    match words.sum::<usize>() {
        0 => return Err(no_words(&lexemes, text)),
        1..=MAX_WORDS => {}
        _ => {
            let problem = QueryProblem::TooManyWords { limit: MAX_WORDS };
            return Err(of_whole(problem, text));
        }
    }
    let mut parser = Parser {
        text,
        lexemes: &lexemes,
        next: 0,
        mode: options.match_mode,
        has_strict_words: options.has_strict_words,
        is_in_capitals: is_in_capitals(text, options),
        depth: 0,
        fields: Vec::new(),
        is_mixed: false,
    };
    let query = parser.or()?;
    if let Some(lexeme) = parser.peek() {
        return Err(QueryError {
            problem: QueryProblem::UnopenedParenthesis,
            range: lexeme.range,
        });
    }
    if parser.is_mixed {
        let reading = query.to_string();
        warnings.insert(0, Warning::MixedOperators { reading });
    }
    if !options.allows_negation && !has_positive(&query) {
        return Err(of_whole(QueryProblem::OnlyNegative, text));
    }
    let words = optional_words(&query);
    if !words.is_empty() {
        warnings.push(Warning::OptionalWords { words });
    }
    Ok(ParsedQuery { query, warnings })
}

pub(crate) fn of_whole(problem: QueryProblem, text: &str) -> QueryError {
    QueryError {
        problem,
        range: ByteRange::new(0, text.len()),
    }
}

/// Returns why a query without words is an error: a lone parenthesis or operator gives a better
/// message than "empty".
fn no_words(lexemes: &[Lexeme], text: &str) -> QueryError {
    let of = |problem, lexeme: &Lexeme| QueryError {
        problem,
        range: lexeme.range,
    };
    match lexemes.first() {
        Some(lexeme) if lexeme.kind == LexemeKind::Close => {
            of(QueryProblem::UnopenedParenthesis, lexeme)
        }
        Some(lexeme) if lexeme.kind == LexemeKind::Open && lexemes.len() == 1 => {
            of(QueryProblem::UnclosedParenthesis, lexeme)
        }
        Some(lexeme) if matches!(lexeme.kind, LexemeKind::Field(_)) => {
            of(missing_value(lexeme.range.of(text)), lexeme)
        }
        Some(lexeme) if lexeme.kind != LexemeKind::Open => {
            let operator = lexeme.range.of(text).to_owned();
            let side = Side::After;
            of(QueryProblem::MissingOperand { operator, side }, lexeme)
        }
        _ => of_whole(QueryProblem::Empty, text),
    }
}

/// Says that a field has no value, whose name may stand with its colon.
fn missing_value(name: &str) -> QueryProblem {
    let field = name.trim_end_matches(':').to_owned();
    QueryProblem::MissingValue { field }
}

struct Parser<'a> {
    text: &'a str,
    lexemes: &'a [Lexeme],
    next: usize,
    mode: MatchMode,
    /// Whether words of closed classes must be there too.
    has_strict_words: bool,
    /// Whether capitals tell nothing of a word.
    is_in_capitals: bool,
    depth: usize,
    /// The fields that the place here stands inside of.
    fields: Vec<Field>,
    /// Whether operators of different precedence stood side by side.
    is_mixed: bool,
}

/// What was read between two operators of one kind.
struct Joined {
    query: Query,
    /// Whether several operands were joined to it without parentheses.
    is_joined: bool,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Lexeme> {
        self.lexemes.get(self.next)
    }

    fn peek_kind(&self) -> Option<&LexemeKind> {
        self.peek().map(|lexeme| &lexeme.kind)
    }

    fn or(&mut self) -> Result<Query, QueryError> {
        let first = self.sequence()?;
        let mut has_joined = first.is_joined;
        let mut queries = vec![first.query];
        while self.peek_kind() == Some(&LexemeKind::Or) {
            self.next += 1;
            let next = self.sequence()?;
            has_joined |= next.is_joined;
            queries.push(next.query);
        }
        self.is_mixed |= has_joined && queries.len() > 1;
        Ok(join(queries, Query::Or))
    }

    /// Reads queries side by side; those that AND joins are one.
    fn sequence(&mut self) -> Result<Joined, QueryError> {
        let mut has_near = false;
        let mut groups: Vec<Vec<Operand>> = Vec::new();
        loop {
            let joins = match self.peek_kind() {
                None | Some(LexemeKind::Or | LexemeKind::Close) if !groups.is_empty() => break,
                Some(LexemeKind::And) if !groups.is_empty() => {
                    self.next += 1;
                    true
                }
                _ => false,
            };
            let mut pieces = self.near(&mut has_near)?.pieces().into_iter();
            if let Some(group) = groups.last_mut().filter(|_| joins) {
                group.extend(pieces.next());
            }
            groups.extend(pieces.map(|piece| vec![piece]));
        }
        let count: usize = groups.iter().map(Vec::len).sum();
        self.is_mixed |= has_near && count > 1;
        let query = match self.mode {
            MatchMode::All => {
                let operands = groups.into_iter().flatten().collect();
                self.all_of(operands)
            }
            MatchMode::Any => any_of(groups),
        };
        Ok(Joined {
            query,
            is_joined: count > 1,
        })
    }

    /// Joins operands that must all be there; words of closed classes only lift what has them.
    fn all_of(&self, operands: Vec<Operand>) -> Query {
        let are_required: Vec<bool> = operands.iter().map(|one| one.is_required).collect();
        let mut queries: Vec<Query> = operands.into_iter().map(|one| one.query).collect();
        if !self.has_strict_words && has_needed(&queries) {
            for (query, is_required) in queries.iter_mut().zip(are_required) {
                if let Query::Word(word) = query
                    && !is_required
                    && joins_or_asks(word)
                    && !self.is_acronym(word)
                {
                    make_optional(word);
                }
            }
        }
        join(queries, Query::And)
    }

    /// Returns whether the capitals of `word` make a name of it: `WHO`, `план Б`.
    fn is_acronym(&self, word: &Word) -> bool {
        let typed = word.place.0.of(self.text);
        let is_letter = typed.chars().count() == 1;
        let begins_query = word.place.0.start == 0;
        let in_capitals = !typed.contains(char::is_lowercase) && typed.contains(char::is_uppercase);
        in_capitals && !self.is_in_capitals && !(is_letter && begins_query)
    }

    fn near(&mut self, has_near: &mut bool) -> Result<Operand, QueryError> {
        let mut operand = self.unary()?;
        let mut chained = 0;
        while let Some(&LexemeKind::Near(distance)) = self.peek_kind() {
            let range = self.peek().map_or(ByteRange::new(0, 0), |near| near.range);
            self.next += 1;
            let mut right = self.unary()?;
            require(&mut operand.query);
            require(&mut right.query);
            let near = Near {
                distance,
                left: Box::new(operand.query),
                right: Box::new(right.query),
                place: QueryRange(range),
            };
            check_near(&near)?;
            *has_near = true;
            chained += 1;
            if chained + self.depth > MAX_DEPTH {
                let problem = QueryProblem::TooDeep { limit: MAX_DEPTH };
                return Err(QueryError { problem, range });
            }
            operand.query = Query::Near(near);
            operand.is_pieces = false;
        }
        Ok(operand)
    }

    fn unary(&mut self) -> Result<Operand, QueryError> {
        let Some(lexeme) = self.peek().cloned() else {
            return Err(self.missing_operand(self.next));
        };
        if self.depth >= MAX_DEPTH {
            return Err(QueryError {
                problem: QueryProblem::TooDeep { limit: MAX_DEPTH },
                range: lexeme.range,
            });
        }
        self.depth += 1;
        let operand = self.deeper(&lexeme);
        self.depth -= 1;
        operand
    }

    fn deeper(&mut self, lexeme: &Lexeme) -> Result<Operand, QueryError> {
        match lexeme.kind {
            LexemeKind::Not => {
                self.next += 1;
                let inner = self.unary()?;
                Ok(Operand::of(Query::Not(Box::new(inner.query))))
            }
            LexemeKind::Must => {
                self.next += 1;
                let inner = self.unary()?;
                Ok(Operand {
                    is_required: true,
                    ..inner
                })
            }
            LexemeKind::AtLeast(count) => {
                self.next += 1;
                let mut inner = self.boosted()?;
                require(&mut inner);
                check_counted(&inner, lexeme.range.of(self.text))?;
                Ok(Operand::of(Query::AtLeast {
                    count,
                    query: Box::new(inner),
                    place: QueryRange(lexeme.range),
                }))
            }
            _ => {
                let first = self.next;
                let query = self.boosted()?;
                let read = self.lexemes.get(first..self.next).unwrap_or_default();
                let is_word = |lexeme: &Lexeme| matches!(lexeme.kind, LexemeKind::Word(_));
                Ok(Operand {
                    is_pieces: read.len() > 1 && read.iter().all(is_word),
                    ..Operand::of(query)
                })
            }
        }
    }

    fn boosted(&mut self) -> Result<Query, QueryError> {
        let query = self.primary()?;
        let Some(&LexemeKind::Boost(hundredths)) = self.peek_kind() else {
            return Ok(query);
        };
        self.next += 1;
        Ok(Query::Boost {
            hundredths,
            query: Box::new(query),
        })
    }

    fn primary(&mut self) -> Result<Query, QueryError> {
        let Some(lexeme) = self.peek().cloned() else {
            return Err(self.missing_operand(self.next));
        };
        self.next += 1;
        let place = QueryRange(lexeme.range);
        match lexeme.kind {
            LexemeKind::Word(word) => {
                let mut pieces = vec![Query::Word(word)];
                while let Some(piece) = self.piece() {
                    pieces.push(Query::Word(piece));
                }
                Ok(join(pieces, Query::And))
            }
            LexemeKind::Phrase(phrase) => Ok(Query::Phrase(phrase)),
            LexemeKind::Column(column) => Ok(Query::Column(column)),
            LexemeKind::Period(days) => Ok(Query::Published { days, place }),
            LexemeKind::Field(field) => self.field(field, lexeme.range),
            LexemeKind::Open => {
                let query = self.or()?;
                if self.peek_kind() != Some(&LexemeKind::Close) {
                    return Err(QueryError {
                        problem: QueryProblem::UnclosedParenthesis,
                        range: lexeme.range,
                    });
                }
                self.next += 1;
                Ok(query)
            }
            _ => Err(self.missing_operand(self.next - 1)),
        }
    }

    /// Reads a word that stands in one token with the word before it: ЄС in НАТО/ЄС.
    fn piece(&mut self) -> Option<Word> {
        let last = self
            .next
            .checked_sub(1)
            .and_then(|last| self.lexemes.get(last))?;
        let LexemeKind::Word(word) = self.peek_kind()? else {
            return None;
        };
        let between = ByteRange::new(last.range.end, self.peek()?.range.start).of(self.text);
        let word = word.clone();
        let is_one = !between.is_empty() && between.chars().all(|c| INNER_MARKS.contains(c));
        is_one.then(|| self.next += 1).map(|()| word)
    }

    /// Reads what a field is asked for.
    fn field(&mut self, field: Field, range: ByteRange) -> Result<Query, QueryError> {
        let name = range.of(self.text).trim_end_matches(':').to_owned();
        if !self.fields.is_empty() {
            let problem = QueryProblem::NestedField { typed: name };
            return Err(QueryError { problem, range });
        }
        let is_value = self.peek_kind().is_some_and(|kind| {
            kind.is_operand() || matches!(kind, LexemeKind::Open | LexemeKind::Field(_))
        });
        if !is_value {
            let problem = missing_value(&name);
            return Err(QueryError { problem, range });
        }
        self.fields.push(field);
        let query = self.primary();
        self.fields.pop();
        Ok(match field {
            Field::Part(part) => Query::In {
                part,
                query: Box::new(query?),
                place: QueryRange(range),
            },
            Field::Column(_) | Field::Date => query?,
        })
    }

    /// Returns the error of the operator that lacks the word at lexeme number `at`.
    fn missing_operand(&self, at: usize) -> QueryError {
        let previous = at
            .checked_sub(1)
            .and_then(|before| self.lexemes.get(before));
        let here = self.lexemes.get(at);
        if let Some(open) = previous.filter(|lexeme| lexeme.kind == LexemeKind::Open) {
            let field = at.checked_sub(2).and_then(|field| self.lexemes.get(field));
            let field = field.filter(|field| matches!(field.kind, LexemeKind::Field(_)));
            let problem = match (here, field) {
                (None, _) => QueryProblem::UnclosedParenthesis,
                (_, Some(field)) => missing_value(field.range.of(self.text)),
                _ => QueryProblem::Empty,
            };
            return QueryError {
                problem,
                range: open.range,
            };
        }
        let is_operator = |lexeme: &&Lexeme| {
            !lexeme.kind.is_operand() && !matches!(lexeme.kind, LexemeKind::Boost(_))
        };
        let (lexeme, side) = match (previous.filter(is_operator), here) {
            (Some(operator), _) => (operator, Side::After),
            (None, Some(operator)) => (operator, Side::Before),
            (None, None) => return of_whole(QueryProblem::Empty, self.text),
        };
        if lexeme.kind == LexemeKind::Close {
            return QueryError {
                problem: QueryProblem::UnopenedParenthesis,
                range: lexeme.range,
            };
        }
        let operator = lexeme.range.of(self.text).to_owned();
        QueryError {
            problem: QueryProblem::MissingOperand { operator, side },
            range: lexeme.range,
        }
    }
}

/// Returns whether every way to match a query asks for something to be there.
fn has_positive(query: &Query) -> bool {
    match query {
        Query::And(queries) => queries.iter().any(has_positive),
        Query::Or(queries) => queries.iter().all(has_positive),
        // Conditions alone are a filter, of which the opposite is one too.
        Query::Not(query) => is_condition(query),
        Query::In { query, .. } | Query::Boost { query, .. } => has_positive(query),
        _ => true,
    }
}
