//! Patterns of column values: words in a row, a beginning, or the whole value.

use crate::analysis::words::tokenizer::forms_of;
use crate::query::ast::{ColumnQuery, ValueFit};
use crate::query::field::Column;
use crate::query::period::DayRange;

/// Returns whether an article that covers the days from `first_day` to `last_day` lies within
/// `days`. One that is known to a year or month only does if its whole period does.
pub fn accepts_days(days: DayRange, (first_day, last_day): (i64, i64)) -> bool {
    let (first, last) = days.numbers();
    first_day >= first && last_day <= last
}

/// What a value must have in it, or be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValuePattern {
    /// The forms of its words.
    forms: Vec<String>,
    /// Whether the last form need only begin so: `source:укр*`.
    is_prefix: bool,
    /// Whether the value has no other words.
    is_whole: bool,
    /// What the value must be, character by character; the others do not count then.
    pub(crate) literal: Option<String>,
}

impl ValuePattern {
    /// Reads what a query asks of a column.
    pub fn of(query: &ColumnQuery) -> Self {
        let is_literal = query.fit == ValueFit::Literal;
        let value = match query.column {
            Column::Lang if !is_literal => language_code(&query.value),
            _ => query.value.as_str(),
        };
        Self {
            forms: forms_of(value),
            is_prefix: value.ends_with('*'),
            is_whole: query.fit == ValueFit::Whole || query.column == Column::Lang,
            literal: is_literal.then(|| value.to_owned()),
        }
    }

    /// Returns whether `value` has the words in a row, or is nothing else where it must be so as a
    /// whole.
    pub fn accepts(&self, value: &str) -> bool {
        if let Some(literal) = &self.literal {
            return value == literal;
        }
        let Some((last, before)) = self.forms.split_last() else {
            return false;
        };
        let forms = forms_of(value);
        let is_last =
            |form: &String| form == last || (self.is_prefix && form.starts_with(last.as_str()));
        if self.is_whole && forms.len() != self.forms.len() {
            return false;
        }
        forms.windows(self.forms.len()).any(|window| {
            window
                .split_last()
                .is_some_and(|(end, start)| is_last(end) && start == before)
        })
    }
}

/// Returns the code of a language that is named in Ukrainian or English.
fn language_code(name: &str) -> &str {
    match name.to_lowercase().as_str() {
        "українська" | "укр" | "ukrainian" | "ua" => "uk",
        "російська" | "рос" | "russian" => "ru",
        "англійська" | "англ" | "english" => "en",
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::ast::QueryRange;
    use crate::text::ByteRange;

    fn accepts(column: Column, query: &str, fit: ValueFit, value: &str) -> bool {
        ValuePattern::of(&ColumnQuery {
            column,
            value: query.into(),
            fit,
            place: QueryRange(ByteRange::new(0, 0)),
        })
        .accepts(value)
    }

    #[test]
    fn a_value_has_the_words_in_a_row_whatever_their_case() {
        let source = |query, value| accepts(Column::Source, query, ValueFit::Words, value);
        assert!(source("хвиля", "Хвиля Поділля"));
        assert!(source("Хвиля Поділля", "хвиля поділля онлайн"));
        assert!(!source("Поділля Хвиля", "Хвиля Поділля"));
        assert!(source("под*", "Хвиля Поділля") && !source("под", "Хвиля Поділля"));
        assert!(!source("*", "Хвиля Поділля"));
    }

    #[test]
    fn a_whole_value_has_no_other_words() {
        let source = |query, value| accepts(Column::Source, query, ValueFit::Whole, value);
        assert!(source("хвиля", "Хвиля"));
        assert!(!source("хвиля", "Хвиля Поділля"));
    }

    #[test]
    fn a_literal_value_is_the_same_character_by_character() {
        let lang = |query, value| accepts(Column::Lang, query, ValueFit::Literal, value);
        let source = |query, value| accepts(Column::Source, query, ValueFit::Literal, value);
        assert!(source("Хвиля*", "Хвиля*") && !source("Хвиля*", "Хвиляста"));
        assert!(source("— ! —", "— ! —") && !source("Хвиля", "хвиля"));
        assert!(lang("ua", "ua") && !lang("ua", "uk"));
    }

    #[test]
    fn languages_have_names() {
        for name in ["uk", "українська", "Ukrainian"] {
            assert!(accepts(Column::Lang, name, ValueFit::Words, "uk"), "{name}");
        }
        assert!(!accepts(Column::Lang, "uk", ValueFit::Words, "ru"));
    }
}
