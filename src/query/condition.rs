//! Conditions on what is known of an article beside its text: its date, source, author …

use super::ast::ColumnQuery;
use super::field::Column;
use super::period::DayRange;
use crate::analysis::words::forms_of;
use tantivy::columnar;
use tantivy::query::{
    BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::{BitSet, DocId, Result, Score, SegmentReader};

/// A condition that an article meets or not, whatever its words.
#[derive(Debug, Clone)]
pub enum Condition {
    /// Published on one of these days; see [`accepts_days`].
    Published(DayRange),
    /// Has such a value.
    Column(Column, ValuePattern),
}

/// Tells whether an article that covers the days from `first_day` to `last_day` lies within `days`. One that is
/// known to a year or month only does if its whole period does; one without a date never does.
pub fn accepts_days(days: DayRange, first_day: Option<i64>, last_day: Option<i64>) -> bool {
    let (first, last) = days.numbers();
    first_day.is_some_and(|day| day >= first) && last_day.is_some_and(|day| day <= last)
}

impl Column {
    /// Returns the name of the column in the index.
    pub fn index_name(self) -> &'static str {
        match self {
            Self::Tag => "tags",
            other => other.name(),
        }
    }
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
}

impl ValuePattern {
    /// Reads what a query asks of a column.
    pub fn of(query: &ColumnQuery) -> Self {
        let value = match query.column {
            Column::Lang => language_code(&query.value),
            _ => query.value.as_str(),
        };
        Self {
            forms: forms_of(value),
            is_prefix: value.ends_with('*'),
            is_whole: query.is_whole || query.column == Column::Lang,
        }
    }

    /// Tells whether `value` has the words in a row, or is nothing else where it must be so as a whole.
    pub fn accepts(&self, value: &str) -> bool {
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

/// Finds the articles that meet a condition; all have the score 0.
#[derive(Debug, Clone)]
pub struct ConditionQuery(pub Condition);

impl Query for ConditionQuery {
    fn weight(&self, _: EnableScoring<'_>) -> Result<Box<dyn Weight>> {
        Ok(Box::new(ConditionWeight(self.0.clone())))
    }
}

struct ConditionWeight(Condition);

impl ConditionWeight {
    /// Looks at every article of the segment once.
    fn accepted(&self, reader: &SegmentReader) -> Result<BitSet> {
        let mut accepted = BitSet::with_max_value(reader.max_doc());
        let columns = reader.fast_fields();
        match &self.0 {
            Condition::Published(days) => {
                let first_days: Option<columnar::Column<i64>> = columns.column_opt("first_day")?;
                let last_days: Option<columnar::Column<i64>> = columns.column_opt("last_day")?;
                if let (Some(first_days), Some(last_days)) = (first_days, last_days) {
                    for doc in 0..reader.max_doc() {
                        if accepts_days(*days, first_days.first(doc), last_days.first(doc)) {
                            accepted.insert(doc);
                        }
                    }
                }
            }
            Condition::Column(column, pattern) => {
                if let Some(values) = columns.str(column.index_name())? {
                    let mut is_accepted = Vec::with_capacity(values.num_terms());
                    let mut value = String::new();
                    for ordinal in 0..values.num_terms() as u64 {
                        value.clear();
                        values.ord_to_str(ordinal, &mut value)?;
                        is_accepted.push(pattern.accepts(&value));
                    }
                    let accepts = |ordinal: u64| {
                        let at = usize::try_from(ordinal).unwrap_or(usize::MAX);
                        is_accepted.get(at).copied().unwrap_or(false)
                    };
                    for doc in 0..reader.max_doc() {
                        if values.term_ords(doc).any(accepts) {
                            accepted.insert(doc);
                        }
                    }
                }
            }
        }
        Ok(accepted)
    }
}

impl Weight for ConditionWeight {
    fn scorer(&self, reader: &SegmentReader, _: Score) -> Result<Box<dyn Scorer>> {
        let docs = BitSetDocSet::from(self.accepted(reader)?);
        Ok(Box::new(ConstScorer::new(docs, 0.0)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> Result<Explanation> {
        super::phrase::explanation(self.scorer(reader, 1.0)?, doc, "a condition without weight")
    }
}

#[cfg(test)]
mod tests {
    use super::super::ast::Place;
    use super::*;
    use crate::text::ByteRange;

    fn accepts(column: Column, (query, is_whole): (&str, bool), value: &str) -> bool {
        ValuePattern::of(&ColumnQuery {
            column,
            value: query.into(),
            is_whole,
            place: Place(ByteRange::new(0, 0)),
        })
        .accepts(value)
    }

    #[test]
    fn a_value_has_the_words_in_a_row_whatever_their_case() {
        let source = |query, value| accepts(Column::Source, (query, false), value);
        assert!(source("хвиля", "Хвиля Поділля"));
        assert!(source("Хвиля Поділля", "хвиля поділля онлайн"));
        assert!(!source("Поділля Хвиля", "Хвиля Поділля"));
        assert!(source("под*", "Хвиля Поділля") && !source("под", "Хвиля Поділля"));
        assert!(!source("*", "Хвиля Поділля"));
    }

    #[test]
    fn a_whole_value_has_no_other_words() {
        assert!(accepts(Column::Source, ("хвиля", true), "Хвиля"));
        assert!(!accepts(Column::Source, ("хвиля", true), "Хвиля Поділля"));
    }

    #[test]
    fn languages_have_names() {
        for name in ["uk", "українська", "Ukrainian"] {
            assert!(accepts(Column::Lang, (name, false), "uk"), "{name}");
        }
        assert!(!accepts(Column::Lang, ("uk", false), "ru"));
    }
}
