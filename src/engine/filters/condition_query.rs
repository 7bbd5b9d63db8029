//! Conditions on metadata: date, source, author and other columns.

use crate::date::zone::Zone;
use crate::engine::explanation::explanation;
use crate::plan::article_set::ArticleSet;
use crate::query::field::Column;
use crate::query::period::DayRange;
use crate::query::value_pattern::{ValuePattern, accepts_days};
use tantivy::query::{
    BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::{BitSet, DocId, Result, Score, SegmentReader};

/// A condition that an article meets or not, whatever its words.
#[derive(Debug, Clone)]
pub(crate) enum Condition {
    /// Published on one of these days of this zone; see [`accepts_days`].
    Published(DayRange, Zone),
    /// Has such a value.
    Column(Column, ValuePattern),
    /// Is one of these.
    Among(ArticleSet),
}

/// Finds the articles that meet a condition; all have the score 0.
#[derive(Debug, Clone)]
pub(crate) struct ConditionQuery(pub Condition);

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
            Condition::Among(articles) => {
                for doc in articles.of_segment(reader.segment_id()) {
                    accepted.insert(*doc);
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
        explanation(self, reader, doc, "a condition without weight")
    }
}
