//! Words of a conjunction that are a date: `24 лютого 2022` also finds `24.02.2022`.

use crate::analysis::spelling::dates;
use crate::plan::Plan;
use crate::plan::analyze::words::{in_a_row, leading_words, text_in_a_row};
use crate::plan::analyze::{Analysis, of_rows};
use crate::query::ast::{Query, Word};

/// The fewest words of a date: day, month and year; the word for a year may follow.
const MIN_WORDS: usize = 3;

impl Analysis<'_> {
    /// Returns the plans of the parts of an AND.
    pub(crate) fn conjuncts(&mut self, queries: &[Query]) -> Vec<Plan> {
        let mut plans = Vec::with_capacity(queries.len());
        let mut at = 0;
        while let Some(rest) = queries.get(at..).filter(|rest| !rest.is_empty()) {
            let together = self.date(rest).or_else(|| self.several_words(rest));
            if let Some((count, plan)) = together {
                plans.push(plan);
                at += count;
            } else {
                plans.extend(self.part(queries, at));
                at += 1;
            }
        }
        plans
    }

    /// Returns how many of `queries` are the words of a date, and its plan: all of them anywhere,
    /// or the date in another spelling.
    fn date(&mut self, queries: &[Query]) -> Option<(usize, Plan)> {
        let words = leading_words(queries);
        let is_number = |word: &&Word| word.text.starts_with(|c: char| c.is_ascii_digit());
        let numbers = words
            .iter()
            .take(MIN_WORDS)
            .filter(|word| is_number(word))
            .count();
        if !self.has_variants || words.len() < MIN_WORDS || numbers < 2 {
            return None;
        }
        let count = dates::length(&self.keyed(&text_in_a_row(&words)))?;
        if count < MIN_WORDS {
            return None;
        }
        let others = self.spellings(&text_in_a_row(words.get(..count)?));
        let others = of_rows(others.into_iter().skip(1).map(in_a_row).collect())?;
        let apart = queries.get(..count)?.iter();
        let apart: Vec<Plan> = apart.filter_map(|query| self.plan(query)).collect();
        Some((count, Plan::Or(vec![Plan::And(apart), others])))
    }
}
