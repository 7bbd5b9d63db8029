//! The syntax of Manticore and Sphinx.
//!
//! Words stand beside each other for AND; NEAR/n and its like bind closest, then `|`, MAYBE and `<<`. A field that is named holds
//! for all that follows, up to the next one or the end of the parentheses.

use super::super::error::{QueryError, QueryProblem, Side};
use super::super::notice::{Difference, Remark};
use super::expression::{Expression, Joint};
use super::source::Source;
use super::{Read, names, unknown_here, words};
use crate::query::field::Field;
use crate::text::ByteRange;

/// Marks that end a word.
const ENDS: &str = "()\"|^$<";
/// So many ways to choose words of a quorum are written out.
const MOST_CHOICES: usize = 64;
/// A distance that is as good as none, in words.
const ANY_DISTANCE: &str = "PRE/255";

/// Reads `text`; adds what is worth telling to `remarks`.
pub(super) fn read(text: &str, remarks: &mut Vec<Remark>) -> Read {
    let mut reader = Reader {
        source: Source::new(text),
        parts: Vec::new(),
        remarks,
    };
    let read = reader.all()?;
    reader.source.finish()?;
    Ok(read)
}

struct Reader<'a> {
    source: Source<'a>,
    /// The parts of the article that words are looked for in; none for all.
    parts: Vec<&'static str>,
    remarks: &'a mut Vec<Remark>,
}

/// Operators that stand between two parts, the closest first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Distance,
    Or,
    Maybe,
    Order,
}

impl Level {
    fn closer(self) -> Option<Self> {
        match self {
            Self::Distance => None,
            Self::Or => Some(Self::Distance),
            Self::Maybe => Some(Self::Or),
            Self::Order => Some(Self::Maybe),
        }
    }
}

impl Reader<'_> {
    /// Reads what must all be there.
    fn all(&mut self) -> Read {
        let mut parts = Vec::new();
        while self.source.next_visible().is_some_and(|c| c != ')') {
            parts.extend(self.joined(Level::Order)?);
        }
        Ok((!parts.is_empty()).then(|| Expression::join_all(Joint::And, parts)))
    }

    /// Reads parts that operators of one level join.
    fn joined(&mut self, level: Level) -> Read {
        if level == Level::Distance {
            // A field holds for what is near each other, not for each word of it.
            self.fields()?;
        }
        let parts = self.parts.clone();
        let mut left = self.operand(level)?;
        loop {
            self.source.next_visible();
            let start = self.source.at();
            let Some(operator) = self.operator(level)? else {
                break;
            };
            let Some(before) = left else {
                return Err(self.source.lacks_operand(start, Side::Before));
            };
            let operator_end = self.source.at();
            let right_start = operator_end;
            let Some(right) = self.operand(level)? else {
                let range = ByteRange::new(start, operator_end);
                return Err(QueryError {
                    problem: QueryProblem::MissingTerm {
                        operator,
                        side: Side::After,
                    },
                    range,
                });
            };
            left = Some(match level {
                Level::Or => before.join(Joint::Or, right),
                Level::Maybe => {
                    let text = self.source.text_since(right_start).to_owned();
                    self.remarks.push(Remark::LeftOutOptional { text });
                    before
                }
                Level::Distance | Level::Order => before.near(operator, right),
            });
            if level == Level::Order {
                let text = "<<".to_owned();
                let how = Difference::Distance;
                self.remarks.push(Remark::Differs { text, how });
            }
        }
        Ok(match level {
            Level::Distance => left.map(|read| read.in_parts(&parts)),
            _ => left,
        })
    }

    fn operand(&mut self, level: Level) -> Read {
        match level.closer() {
            Some(closer) => self.joined(closer),
            None => self.one(),
        }
    }

    /// Reads an operator of `level`, as we write it.
    fn operator(&mut self, level: Level) -> Result<Option<String>, QueryError> {
        let found = match level {
            Level::Or => self.source.eat("|").then_some("|"),
            Level::Maybe => self.source.eat_word("MAYBE").then_some("MAYBE"),
            Level::Order => self.source.eat("<<").then_some(ANY_DISTANCE),
            Level::Distance => {
                let start = self.source.at();
                for (name, ours) in [("NEAR/", "NEAR/"), ("NOTNEAR/", "NOTNEAR/")] {
                    if self.source.eat(name) {
                        let number = self.source.digits();
                        let number = number.ok_or_else(|| QueryError {
                            problem: QueryProblem::MissingNumber {
                                operator: name.trim_end_matches('/').to_owned(),
                            },
                            range: self.source.since(start),
                        })?;
                        return Ok(Some(format!("{ours}{number}")));
                    }
                }
                if self.source.eat_word("SENTENCE") {
                    Some("/s")
                } else {
                    self.source.eat_word("PARAGRAPH").then_some("/p")
                }
            }
        };
        Ok(found.map(str::to_owned))
    }

    /// Reads the fields that are named here: `@title`, `@(title,body)`, `@*`.
    fn fields(&mut self) -> Result<(), QueryError> {
        while self.source.next_visible() == Some('@') {
            let start = self.source.at();
            self.source.skip(1);
            if self.source.eat("@relaxed") {
                continue;
            }
            let is_list = self.source.eat("(");
            let list = self.source.take_while(|c| {
                c.is_alphanumeric() || "_!*".contains(c) || (is_list && ", ".contains(c))
            });
            if is_list && !self.source.eat(")") {
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
                    _ => return Err(unknown_here(self.source.text_since(start), range)),
                }
            }
            if self.source.peek() == Some('[') {
                self.source.take_while(|c| c != ']');
                self.source.eat("]");
                self.left_out(start);
            }
        }
        Ok(())
    }

    /// Reads a word, phrase or group, or what is excluded.
    fn one(&mut self) -> Read {
        let start = self.source.at();
        match self.source.next_visible() {
            None | Some(')') => Ok(None),
            Some('(') => {
                let parts = self.parts.clone();
                // The field before the parentheses is put there by whoever reads them.
                self.parts.clear();
                self.source.open()?;
                let read = self.all();
                self.parts = parts;
                let read = read?;
                self.source.close(start)?;
                Ok(read)
            }
            Some('-' | '!') => {
                self.source.take_while(|c| "-!".contains(c));
                let parts = std::mem::take(&mut self.parts);
                let read = self.one();
                self.parts = parts;
                Ok(read?.map(|excluded| Expression::Not(Box::new(excluded))))
            }
            Some('@') => {
                self.fields()?;
                self.one()
            }
            Some('"') => self.phrase(""),
            Some('=') => {
                self.source.skip(1);
                if self.source.peek() == Some('"') {
                    self.phrase("=")
                } else {
                    Ok(self
                        .word()
                        .map(|word| Expression::Row(vec![format!("={word}")])))
                }
            }
            _ => self.word_with_marks(start),
        }
    }

    fn word_with_marks(&mut self, start: usize) -> Read {
        if self.source.eat("ZONE:") || self.source.eat("ZONESPAN:") {
            self.source.take_while(|c| !c.is_whitespace());
            return Err(unknown_here(
                self.source.text_since(start),
                self.source.since(start),
            ));
        }
        if self.source.eat("REGEX(") {
            let pattern = self.source.enclosed('/')?;
            self.source.eat(")");
            return Ok(Some(Expression::Row(vec![format!("/{pattern}/")])));
        }
        if self.source.eat("^") {
            self.left_out(start);
        }
        let word = self.word();
        let Some(word) = word else {
            // A mark that is nothing here; an operator is seen by who asked for a word.
            let rest = self.source.rest();
            let is_operator = rest.starts_with('|') || rest.starts_with("<<");
            if self.source.at() == start && !is_operator {
                let mark = self.source.peek().map_or(0, char::len_utf8);
                self.source.skip(mark);
            }
            return Ok(None);
        };
        let word = Expression::Row(vec![word]);
        if self.source.eat("^") {
            let weight = self.source.decimal().unwrap_or("1").to_owned();
            return Ok(Some(Expression::Weighed(Box::new(word), weight)));
        }
        let end = self.source.at();
        if self.source.eat("$") {
            self.left_out(end);
        }
        Ok(Some(word))
    }

    fn word(&mut self) -> Option<String> {
        let start = self.source.at();
        let mut is_escaped = false;
        let text = self.source.rest();
        let end = text.find(|c: char| {
            let ends = !is_escaped && (c.is_whitespace() || ENDS.contains(c));
            is_escaped = c == '\\' && !is_escaped;
            ends
        });
        let text = text.get(..end.unwrap_or(text.len())).unwrap_or_default();
        self.source.skip(text.len());
        self.pattern(text, start)
    }

    /// Returns a word that may be a pattern, as we write it.
    fn pattern(&mut self, text: &str, start: usize) -> Option<String> {
        if text.contains('%') {
            self.remarks.push(Remark::Differs {
                text: if text.is_empty() {
                    self.source.text_since(start)
                } else {
                    text
                }
                .to_owned(),
                how: Difference::Letters,
            });
        }
        words::word(&words::unescaped(text).replace('%', "*"), "*?")
    }

    /// Reads a phrase with what stands behind it: `~5` and `/2`.
    fn phrase(&mut self, before: &'static str) -> Read {
        let start = self.source.at();
        let text = self.source.enclosed('"')?;
        let found = text
            .split_whitespace()
            .filter_map(|text| self.pattern(text, start));
        let found: Vec<String> = found.collect();
        if found.is_empty() {
            return Ok(None);
        }
        if self.source.eat("/") {
            let least = self.source.decimal().unwrap_or("1");
            let range = self.source.since(start);
            return quorum(&found, least)
                .map(Some)
                .ok_or_else(|| unknown_here(self.source.text_since(start), range));
        }
        let is_near = self.source.eat("~");
        let others = self.source.digits().filter(|_| is_near);
        // There so many words are already too many.
        let others = others.and_then(|others| others.parse::<u32>().ok()?.checked_sub(1));
        Ok(Some(match others {
            Some(others) if found.len() > 1 => {
                Expression::Phrase(before, found, format!("~{others}"))
            }
            _ if before.is_empty() => Expression::quoted(found),
            _ => Expression::Phrase(before, found, String::new()),
        }))
    }

    fn left_out(&mut self, start: usize) {
        let text = self.source.text_since(start).to_owned();
        self.remarks.push(Remark::LeftOut { text });
    }
}

/// Returns what has `least` of some words, a number or a share; none where there are too many ways to choose them.
fn quorum(words: &[String], least: &str) -> Option<Expression> {
    let count = words.len();
    let least = match least.parse::<usize>() {
        Ok(number) => number,
        Err(_) => share_of(count, least),
    };
    let each = || {
        words
            .iter()
            .map(|word| Expression::Row(vec![word.clone()]))
            .collect()
    };
    if least <= 1 {
        return Some(Expression::join_all(Joint::Or, each()));
    }
    if least >= count {
        return Some(Expression::join_all(Joint::And, each()));
    }
    let mut choices: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..least {
        let mut longer = Vec::new();
        for choice in &choices {
            let first = choice.last().map_or(0, |last| last + 1);
            for next in first..count {
                let mut choice = choice.clone();
                choice.push(next);
                longer.push(choice);
            }
        }
        if longer.len() > MOST_CHOICES {
            return None;
        }
        choices = longer;
    }
    let word = |place: &usize| {
        words
            .get(*place)
            .map(|word| Expression::Row(vec![word.clone()]))
    };
    let all = |choice: &Vec<usize>| {
        Expression::join_all(Joint::And, choice.iter().filter_map(word).collect())
    };
    Some(Expression::join_all(
        Joint::Or,
        choices.iter().map(all).collect(),
    ))
}

/// Returns how many words are a share of `count`, rounded up; it is written as a decimal.
fn share_of(count: usize, share: &str) -> usize {
    let decimals = share.split_once('.').map_or("", |(_, decimals)| decimals);
    let parts = decimals.parse::<usize>().unwrap_or(0);
    let whole = 10_usize.saturating_pow(u32::try_from(decimals.len()).unwrap_or(u32::MAX));
    count.saturating_mul(parts).div_ceil(whole.max(1))
}
