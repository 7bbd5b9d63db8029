//! Column values similar to one that no article has, such as a mistyped source.

use crate::query::Warning;
use crate::query::field::Column;
use crate::search::columns::Columns;
use crate::search::request::SearchRequest;
use crate::search::suggest::edit_cost::cost;
use std::ops::RangeInclusive;
use std::sync::Arc;
use tantivy::Result;

/// Most values compared per segment; a field with more has too many similar ones.
const MOST_VALUES: usize = 10_000;
/// Most values compared letter by letter: those with the most letters in common.
const MOST_COMPARED: usize = 200;
/// Letters per typing error.
const LETTERS_A_SLIP: usize = 3;
/// No more slips than this.
const MOST_SLIPS: u8 = 3;
/// Fewer letters are like too many others, and more are no name.
const LETTERS: RangeInclusive<usize> = 3..=64;

/// Returns whether an article has `value` as its whole value of `column`.
///
/// # Errors
/// Where a dictionary cannot be read.
fn is_known(columns: &[Arc<Columns>], column: Column, value: &str) -> Result<bool> {
    for segment in columns {
        let found = segment.text(column);
        if let Some(found) = found
            && found.dictionary().term_ord(value.as_bytes())?.is_some()
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Returns the value of `column` that is nearest to what was `typed`, as a whole or in some of its
/// words, if it is near enough. Costs about a microsecond for each value, and some ten milliseconds
/// where very many are alike.
///
/// # Errors
/// Where a dictionary cannot be read.
pub(crate) fn most_similar(
    columns: &[Arc<Columns>],
    column: Column,
    typed: &str,
) -> Result<Option<String>> {
    let typed = Typed::new(typed);
    // Addresses are copied, not typed.
    if !LETTERS.contains(&typed.letters.len()) || column == Column::Url {
        return Ok(None);
    }
    let mut alike: Vec<(usize, String)> = Vec::new();
    for column in columns.iter().filter_map(|segment| segment.text(column)) {
        let mut values = column.dictionary().stream()?;
        let mut seen = 0;
        while values.advance() && seen < MOST_VALUES {
            seen += 1;
            if let Ok(value) = str::from_utf8(values.key())
                && let Some(others) = typed.other_letters_in(value)
            {
                alike.push((others, value.to_owned()));
            }
        }
    }
    alike.sort_unstable();
    alike.dedup();
    alike.truncate(MOST_COMPARED);
    let compared = alike.into_iter();
    let near = compared.filter_map(|(_, value)| Some((typed.slips_in(&value)?, value)));
    let nearest = near.min_by(|(a, one), (b, other)| a.total_cmp(b).then(one.cmp(other)));
    Ok(nearest.map(|(_, value)| value))
}

/// Returns notices about requested values that no article has.
///
/// # Errors
/// Where a dictionary cannot be read.
pub(crate) fn unknown_values(
    columns: &[Arc<Columns>],
    request: &SearchRequest,
) -> Result<Vec<Warning>> {
    let mut unknown = Vec::new();
    for (column, value) in &request.only {
        if !is_known(columns, *column, value)? {
            unknown.push(Warning::UnknownValue {
                column: *column,
                value: value.clone(),
                near: most_similar(columns, *column, value)?,
            });
        }
    }
    Ok(unknown)
}

/// A value as it was typed.
struct Typed {
    /// In small letters.
    text: String,
    words: usize,
    /// In the order of the alphabet.
    letters: Vec<char>,
    most_slips: u8,
}

impl Typed {
    fn new(text: &str) -> Self {
        let text = text.trim().to_lowercase();
        let letters = sorted(&text);
        let slips = u8::try_from(letters.len() / LETTERS_A_SLIP).unwrap_or(u8::MAX);
        Self {
            words: text.split_whitespace().count(),
            letters,
            most_slips: slips.clamp(1, MOST_SLIPS),
            text,
        }
    }

    /// Returns `value` in small letters, as a whole and as each run of as many words as were typed.
    fn runs_of(&self, value: &str) -> Vec<String> {
        let value = value.to_lowercase();
        let words: Vec<&str> = value.split_whitespace().collect();
        let runs = words.windows(self.words.max(1)).map(|run| run.join(" "));
        std::iter::once(words.join(" ")).chain(runs).collect()
    }

    /// Returns how many slips it took to type it instead of `value`, or of as many of its words;
    /// none if they are too many.
    fn slips_in(&self, value: &str) -> Option<f32> {
        let runs = self.runs_of(value).into_iter();
        let near = runs.filter(|run| self.other_letters(run).is_some());
        let slips = near.map(|run| cost(&self.text, &run));
        let slips = slips.filter(|slips| *slips <= f32::from(self.most_slips));
        slips.min_by(f32::total_cmp)
    }

    /// Returns how many letters `value`, or as many of its words, has not in common with it in any
    /// order; none if they are too many for so few slips. Counting them costs a hundredth of
    /// comparing.
    fn other_letters_in(&self, value: &str) -> Option<usize> {
        let runs = self.runs_of(value).into_iter();
        runs.filter_map(|run| self.other_letters(&run)).min()
    }

    fn other_letters(&self, run: &str) -> Option<usize> {
        // No slip costs less than half of one, and each concerns two letters at most.
        let most = 4 * usize::from(self.most_slips);
        let others = sorted(run);
        let mut theirs = others.iter().peekable();
        let mut common = 0;
        for letter in &self.letters {
            while theirs.next_if(|other| *other < letter).is_some() {}
            common += usize::from(theirs.next_if_eq(&letter).is_some());
        }
        let apart = self.letters.len() + others.len() - 2 * common;
        (apart <= most).then_some(apart)
    }
}

fn sorted(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().collect();
    letters.sort_unstable();
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_name_is_near_and_another_is_not() {
        for (typed, value, is_near) in [
            ("Хвиля Поділя", "Хвиля Поділля", true),
            ("хвелля", "Хвиля Поділля", true),
            ("Поділя", "Хвиля Поділля", true),
            ("Kyiv Currier", "Kyiv Courier", true),
            ("Вечірній Київ", "Хвиля Поділля", false),
            ("кут", "Культурна варта", false),
            ("економка", "економіка", true),
        ] {
            assert_eq!(
                Typed::new(typed).slips_in(value).is_some(),
                is_near,
                "{typed}: {value}"
            );
        }
    }
}
