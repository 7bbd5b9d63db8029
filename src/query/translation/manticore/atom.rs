//! A word, phrase or group.

use crate::query::diagnostics::error::Side;
use crate::query::diagnostics::notice::{Difference, Warning};
use crate::query::translation::expression::{Expression, Joint};
use crate::query::translation::manticore::ManticoreReader;
use crate::query::translation::untranslatable::Read;
use crate::query::translation::words;

/// Marks that end a word.
const ENDS: &str = "()\"|^$<";
/// So many ways to choose words of a quorum are written out.
const MOST_CHOICES: usize = 64;
/// Decimals of a share that are read.
const DECIMALS: usize = 6;

impl ManticoreReader<'_> {
    /// Reads a word, phrase or group, in the parts of the article that are named.
    pub(crate) fn atom(&mut self) -> Read {
        self.fields()?;
        self.source.next_visible();
        let start = self.source.at();
        let read = match self.source.peek() {
            None | Some(')') => return Ok(None),
            Some('(') => {
                let parts = self.parts.clone();
                self.source.open()?;
                let read = self.all();
                self.parts = parts;
                let read = read?;
                self.source.close(start)?;
                // Its words have their parts.
                return Ok(self.weighed(read));
            }
            Some('-' | '!') => {
                self.source.take_while(|c| "-!".contains(c));
                let read = self.atom()?;
                return Ok(read.map(|excluded| Expression::Not(Box::new(excluded))));
            }
            Some('"') => self.phrase("")?,
            Some('=') => {
                self.source.skip(1);
                if self.source.peek() == Some('"') {
                    self.phrase("=")?
                } else {
                    self.word()
                        .map(|word| Expression::Row(vec![words::exact("=", &word)]))
                }
            }
            _ => self.marked_word(start)?,
        };
        let read = read.map(|read| read.in_parts(&self.parts));
        Ok(self.weighed(read))
    }

    /// Reads the weight of what was read, and the mark of an end of a field before it.
    fn weighed(&mut self, read: Option<Expression>) -> Option<Expression> {
        let end = self.source.at();
        if self.source.eat_exactly("$") {
            self.warnings.push(self.source.left_out(end));
        }
        let is_weight = |rest: &str| {
            let rest = rest.strip_prefix('^');
            rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        };
        if !is_weight(self.source.rest()) {
            return read;
        }
        self.source.skip(1);
        let weight = self.source.decimal().unwrap_or("1").to_owned();
        read.map(|read| Expression::Weighed(Box::new(read), weight))
    }

    fn marked_word(&mut self, start: usize) -> Read {
        if self.source.eat_exactly("ZONE:") || self.source.eat_exactly("ZONESPAN:") {
            self.source.take_while(|c| !c.is_whitespace());
            return Err(self.source.no_counterpart(start));
        }
        if self.source.rest().starts_with("REGEX(/") {
            self.source.skip("REGEX(".len());
            let Ok(pattern) = self.source.enclosed('/') else {
                self.source.word("");
                return Err(self.source.no_counterpart(start));
            };
            self.source.eat_exactly(")");
            return Ok(Some(Expression::Row(vec![format!("/{pattern}/")])));
        }
        if self.numbered("NEAR/")?.is_some() || self.numbered("NOTNEAR/")?.is_some() {
            return Err(self.source.lacks_operand(start, Side::Before));
        }
        if self.source.eat_exactly("^") {
            self.warnings.push(self.source.left_out(start));
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
        Ok(Some(Expression::Row(vec![word])))
    }

    fn word(&mut self) -> Option<String> {
        let text = self.source.word(ENDS);
        self.pattern(text)
    }

    /// Returns a word that may be a pattern, as we write it.
    fn pattern(&mut self, text: &str) -> Option<String> {
        if text.contains('%') {
            self.warnings.push(Warning::Differs {
                text: text.to_owned(),
                how: Difference::Letters,
            });
        }
        words::pattern(&words::unescaped(text, "").replace('%', "*"))
    }

    /// Returns a word of a phrase: with a mark of its own, or any word.
    fn word_of_phrase(&mut self, text: &str) -> Option<String> {
        if text == "*" {
            return Some(text.to_owned());
        }
        for mark in ["^", "$"] {
            if text.starts_with(mark) || text.ends_with(mark) {
                let text = mark.to_owned();
                self.warnings.push(Warning::LeftOut { text });
            }
        }
        let text = text.trim_start_matches('^').trim_end_matches('$');
        match text.strip_prefix('=') {
            Some(form) => self.pattern(form).map(|word| words::exact("=", &word)),
            None => self.pattern(text),
        }
    }

    /// Reads a phrase with what stands behind it: `~5` and `/2`.
    fn phrase(&mut self, before: &'static str) -> Read {
        let start = self.source.at();
        let text = self.source.enclosed('"')?;
        let mut found = Vec::new();
        for word in text.split_whitespace() {
            found.extend(self.word_of_phrase(word));
        }
        if !found.iter().any(|word| word != "*") {
            return Ok(None);
        }
        if self.source.eat_exactly("/") {
            let least = self.source.decimal().unwrap_or("1");
            let words = found.iter().filter(|word| *word != "*");
            let words: Vec<String> = words.map(|word| words::exact(before, word)).collect();
            let read = quorum(&words, least);
            return read
                .map(Some)
                .ok_or_else(|| self.source.no_counterpart(start));
        }
        let others = if self.source.eat_exactly("~") {
            self.source.digits()
        } else {
            None
        };
        // That many words are already too many.
        let others = others.and_then(|others| others.parse::<u32>().ok()?.checked_sub(1));
        Ok(Some(match others {
            Some(_) if found.len() > 1 && found.iter().any(|word| word.starts_with('/')) => {
                return Err(self.source.no_counterpart(start));
            }
            Some(others) if found.len() > 1 => {
                Expression::Phrase(before, found, format!("~{others}"))
            }
            _ if before.is_empty() => Expression::quoted(found),
            _ => Expression::Phrase(before, found, String::new()),
        }))
    }
}

/// Returns what has `least` of some words, a number or a share; none where there are too many ways
/// to choose them.
fn quorum(words: &[String], least: &str) -> Option<Expression> {
    let count = words.len();
    let least = match least.split_once('.') {
        Some((whole, decimals)) => share_of(count, whole, decimals),
        None => least.parse().unwrap_or(usize::MAX),
    };
    let each = || {
        let words = words.iter();
        words
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
    let ways = choices.iter().map(all).collect();
    Some(Expression::join_all(Joint::Or, ways))
}

/// Returns how many words are a share of `count`, to the nearest whole number.
fn share_of(count: usize, whole: &str, decimals: &str) -> usize {
    let decimals = decimals
        .get(..DECIMALS.min(decimals.len()))
        .unwrap_or_default();
    let scale = decimals.bytes().fold(1_usize, |scale, _| scale * 10);
    let number = |digits: &str| digits.parse::<usize>().unwrap_or(0);
    let share = number(whole)
        .saturating_mul(scale)
        .saturating_add(number(decimals));
    share
        .saturating_mul(count)
        .saturating_mul(2)
        .saturating_add(scale)
        / (2 * scale)
}
