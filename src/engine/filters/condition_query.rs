//! Conditions on what is known of an article beside its text: its date, source, author …

use crate::analysis::words::tokenizer::forms_of;
use crate::date::zone::Zone;
use crate::engine::phrase::phrase_query;
use crate::query::ast::{ColumnQuery, ValueFit};
use crate::query::field::Column;
use crate::query::period::DayRange;
use tantivy::query::{
    BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::{BitSet, DocId, Result, Score, SegmentReader};

/// A condition that an article meets or not, whatever its words.
#[derive(Debug, Clone)]
pub enum Condition {
    /// Published on one of these days of this zone; see [`accepts_days`].
    Published(DayRange, Zone),
    /// Has such a value.
    Column(Column, ValuePattern),
}

/// Tells whether an article that covers the days from `first_day` to `last_day` lies within `days`. One that is
/// known to a year or month only does if its whole period does.
pub fn accepts_days(days: DayRange, (first_day, last_day): (i64, i64)) -> bool {
    let (first, last) = days.numbers();
    first_day >= first && last_day <= last
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
    /// What the value must be, character by character; the others do not count then.
    literal: Option<String>,
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

    /// Tells whether `value` has the words in a row, or is nothing else where it must be so as a whole.
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
            Condition::Published(days, zone) => {
                let column = |name| columns.column_opt::<i64>(name);
                let written_days = column("written_day")?;
                let written_day = |doc| written_days.as_ref().and_then(|days| days.first(doc));
                if let (Some(first_days), Some(last_days), Some(moments)) = (
                    column("first_day")?,
                    column("last_day")?,
                    column("published_at")?,
                ) {
                    for doc in 0..reader.max_doc() {
                        let known = first_days.first(doc).zip(last_days.first(doc));
                        let moment = || moments.first(doc);
                        let known =
                            known.map(|known| zone.days(known, moment, || written_day(doc)));
                        if known.is_some_and(|known| accepts_days(*days, known)) {
                            accepted.insert(doc);
                        }
                    }
                }
            }
            Condition::Column(column, pattern) => {
                let values = columns.str(column.index_name())?;
                if let (Some(values), Some(literal)) = (&values, &pattern.literal) {
                    let wanted = values.dictionary().term_ord(literal.as_bytes())?;
                    for doc in wanted.iter().flat_map(|_| 0..reader.max_doc()) {
                        if values.term_ords(doc).any(|ordinal| Some(ordinal) == wanted) {
                            accepted.insert(doc);
                        }
                    }
                } else if let Some(values) = values {
                    let mut is_accepted = Vec::with_capacity(values.num_terms());
                    // One after the other: looking each up by its number costs ten times as much.
                    let mut all = values.dictionary().stream()?;
                    while all.advance() {
                        let value = str::from_utf8(all.key()).unwrap_or_default();
                        is_accepted.push(pattern.accepts(value));
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
        phrase_query::explanation(self.scorer(reader, 1.0)?, doc, "a condition without weight")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::ast::Place;
    use crate::text::ByteRange;

    fn accepts(column: Column, (query, fit): (&str, ValueFit), value: &str) -> bool {
        ValuePattern::of(&ColumnQuery {
            column,
            value: query.into(),
            fit,
            place: Place(ByteRange::new(0, 0)),
        })
        .accepts(value)
    }

    #[test]
    fn a_value_has_the_words_in_a_row_whatever_their_case() {
        let source = |query, value| accepts(Column::Source, (query, ValueFit::Words), value);
        assert!(source("хвиля", "Хвиля Поділля"));
        assert!(source("Хвиля Поділля", "хвиля поділля онлайн"));
        assert!(!source("Поділля Хвиля", "Хвиля Поділля"));
        assert!(source("под*", "Хвиля Поділля") && !source("под", "Хвиля Поділля"));
        assert!(!source("*", "Хвиля Поділля"));
    }

    #[test]
    fn a_whole_value_has_no_other_words() {
        let source = |query, value| accepts(Column::Source, (query, ValueFit::Whole), value);
        assert!(source("хвиля", "Хвиля"));
        assert!(!source("хвиля", "Хвиля Поділля"));
    }

    #[test]
    fn a_literal_value_is_the_same_character_by_character() {
        let lang = |query, value| accepts(Column::Lang, (query, ValueFit::Literal), value);
        let source = |query, value| accepts(Column::Source, (query, ValueFit::Literal), value);
        assert!(source("Хвиля*", "Хвиля*") && !source("Хвиля*", "Хвиляста"));
        assert!(source("— ! —", "— ! —") && !source("Хвиля", "хвиля"));
        assert!(lang("ua", "ua") && !lang("ua", "uk"));
    }

    #[test]
    fn languages_have_names() {
        for name in ["uk", "українська", "Ukrainian"] {
            assert!(
                accepts(Column::Lang, (name, ValueFit::Words), "uk"),
                "{name}"
            );
        }
        assert!(!accepts(Column::Lang, ("uk", ValueFit::Words), "ru"));
    }
}
