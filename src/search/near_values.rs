//! Values of a field that may have been meant by one that no article has: a source whose name was mistyped.

use super::columns::Columns;
use super::edit_cost::cost;
use super::request::SearchRequest;
use crate::query::Remark;
use crate::query::field::Column;
use std::ops::RangeInclusive;
use std::sync::Arc;
use tantivy::Result;

/// So many values of a segment are looked at; a field with more has too many that are alike.
const MOST_VALUES: usize = 10_000;
/// A slip for so many letters may have been made.
const LETTERS_A_SLIP: usize = 3;
/// No more slips than this.
const MOST_SLIPS: u8 = 3;
/// Fewer letters are like too many others, and more are no name.
const LETTERS: RangeInclusive<usize> = 3..=64;

/// Tells whether an article has `value` as its whole value of `column`.
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

/// Returns the value of `column` that is nearest to what was `typed`, as a whole or in some of its words, if it is near
/// enough. Costs some microseconds for each value.
///
/// # Errors
/// Where a dictionary cannot be read.
pub(super) fn nearest(
    columns: &[Arc<Columns>],
    column: Column,
    typed: &str,
) -> Result<Option<String>> {
    let typed = Typed::new(typed);
    let mut best: Option<(f32, String)> = None;
    // Addresses are copied, not typed.
    if !LETTERS.contains(&typed.letters.len()) || column == Column::Url {
        return Ok(None);
    }
    for column in columns.iter().filter_map(|segment| segment.text(column)) {
        let mut values = column.dictionary().stream()?;
        let mut seen = 0;
        while values.advance() && seen < MOST_VALUES {
            seen += 1;
            let Ok(value) = str::from_utf8(values.key()) else {
                continue;
            };
            let Some(slips) = typed.slips_in(value) else {
                continue;
            };
            let is_better = best.as_ref().is_none_or(|(least, known)| {
                slips < *least || (slips - least).abs() < f32::EPSILON && value < known.as_str()
            });
            if is_better {
                best = Some((slips, value.to_owned()));
            }
        }
    }
    Ok(best.map(|(_, value)| value))
}

/// Returns what is to be told of the sources that a request asks for and no article has.
///
/// # Errors
/// Where a dictionary cannot be read.
pub(super) fn unknown_sources(
    columns: &[Arc<Columns>],
    request: &SearchRequest,
) -> Result<Vec<Remark>> {
    let mut unknown = Vec::new();
    for source in &request.sources {
        if !is_known(columns, Column::Source, source)? {
            unknown.push(Remark::UnknownSource {
                source: source.clone(),
                near: nearest(columns, Column::Source, source)?,
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

    /// Returns how many slips it took to type it instead of `value`, or of as many of its words; none if they are too many.
    fn slips_in(&self, value: &str) -> Option<f32> {
        let value = value.to_lowercase();
        let words: Vec<&str> = value.split_whitespace().collect();
        let runs = words.windows(self.words.max(1)).map(|run| run.join(" "));
        let whole = std::iter::once(words.join(" "));
        let near = whole.chain(runs).filter(|run| self.has_letters_of(run));
        let slips = near.map(|run| cost(&self.text, &run));
        let slips = slips.filter(|slips| *slips <= f32::from(self.most_slips));
        slips.min_by(f32::total_cmp)
    }

    /// Tells whether `run` has almost the same letters in any order, without which it takes too many slips: counting them costs
    /// a hundredth of comparing.
    fn has_letters_of(&self, run: &str) -> bool {
        // No slip costs less than half of one, and each changes two letters at most.
        let most = 2 * usize::from(self.most_slips);
        if run.chars().count().abs_diff(self.letters.len()) > most {
            return false;
        }
        let others = sorted(run);
        let mut theirs = others.iter().peekable();
        let mut missing = 0;
        for letter in &self.letters {
            while theirs.next_if(|other| *other < letter).is_some() {}
            if theirs.next_if_eq(&letter).is_none() {
                missing += 1;
            }
        }
        missing <= most
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
