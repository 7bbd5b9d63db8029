//! Facets that are asked for: their values with their counts, shares and queries.

use crate::engine::filters::condition_query::ValuePattern;
use crate::query::Query;
use crate::query::ast::{ColumnQuery, Place, ValueFit};
use crate::query::field::Column;
use crate::search::columns::Columns;
use crate::search::facets::{FacetCounter, by_count};
use crate::search::request::{FacetField, FacetRequest, Period};
use crate::search::response::{Facet, FacetCount, FacetValue};
use crate::text::ByteRange;
use std::collections::{BTreeMap, HashMap};
use tantivy::columnar::{Cardinality, StrColumn};
use tantivy::{DocId, Result};

/// The counts of one column so far.
#[derive(Debug)]
pub struct ColumnCounter {
    /// The column.
    pub column: Column,
    counts: HashMap<String, u64>,
    without: u64,
}

impl ColumnCounter {
    /// Starts counting.
    pub fn new(column: Column) -> Self {
        Self {
            column,
            counts: HashMap::new(),
            without: 0,
        }
    }

    /// Returns how many articles have each value, in no order.
    pub fn by_value(&self) -> impl Iterator<Item = (String, u64)> {
        let counts = self.counts.iter();
        counts.map(|(value, count)| (value.clone(), *count))
    }

    /// Returns how many articles have no value.
    pub fn without(&self) -> u64 {
        self.without
    }

    /// Starts with a segment.
    pub fn segment<'a>(&self, columns: &'a Columns) -> SegmentColumn<'a> {
        let values = columns.text(self.column);
        SegmentColumn {
            by_ordinal: vec![0; values.map_or(0, |values| values.num_terms())],
            values,
            without: 0,
        }
    }

    /// Adds the counts of a segment.
    ///
    /// # Errors
    /// Where the values cannot be read.
    pub fn add(&mut self, segment: &SegmentColumn<'_>) -> Result<()> {
        self.without += segment.without;
        let Some(values) = segment.values else {
            return Ok(());
        };
        let counted = || {
            (0..)
                .zip(&segment.by_ordinal)
                .filter(|(_, count)| **count > 0)
        };
        let ordinals: Vec<u64> = counted().map(|(ordinal, _)| ordinal).collect();
        let mut counts = counted().map(|(_, count)| *count);
        // Looked up together, as in a walk through the dictionary.
        let mut add = |value: &[u8]| {
            if let (Some(count), Ok(value)) = (counts.next(), str::from_utf8(value)) {
                *self.counts.entry(value.to_owned()).or_default() += count;
            }
        };
        values
            .dictionary()
            .sorted_ords_to_term_cb(&ordinals, &mut add)?;
        Ok(())
    }
}

/// Counts of one column in one segment.
pub struct SegmentColumn<'a> {
    values: Option<&'a StrColumn>,
    by_ordinal: Vec<u64>,
    without: u64,
}

impl SegmentColumn<'_> {
    /// Counts articles, each once for each of its values. Where an article has one value at most, many at a time cost
    /// least.
    pub fn count(&mut self, docs: &[DocId]) {
        let Some(values) = self.values else {
            self.without += docs.len() as u64;
            return;
        };
        if values.ords().get_cardinality() == Cardinality::Multivalued {
            for doc in docs {
                let mut has_value = false;
                for ordinal in values.term_ords(*doc) {
                    has_value |= self.add_one(Some(ordinal));
                }
                self.without += u64::from(!has_value);
            }
            return;
        }
        let mut ordinals = vec![None; docs.len()];
        values.ords().first_vals(docs, &mut ordinals);
        for ordinal in ordinals {
            let has_value = self.add_one(ordinal);
            self.without += u64::from(!has_value);
        }
    }

    /// Counts one value; tells whether there is one.
    fn add_one(&mut self, ordinal: Option<u64>) -> bool {
        let at = ordinal.and_then(|ordinal| usize::try_from(ordinal).ok());
        let count = at.and_then(|at| self.by_ordinal.get_mut(at));
        count.map(|count| *count += 1).is_some()
    }
}

/// What was counted for the facets of an answer.
#[derive(Clone, Copy)]
pub struct Counted<'a> {
    /// The articles that match.
    pub hits: &'a FacetCounter,
    /// All articles with the same dates and sources, where shares are wanted.
    pub all: Option<&'a FacetCounter>,
    /// The query as it was understood.
    pub query: &'a Query,
}

impl Counted<'_> {
    /// Returns the facets that `request` asks for, each once.
    pub fn facets(&self, request: &FacetRequest) -> Vec<Facet> {
        let mut facets: Vec<Facet> = Vec::new();
        for field in &request.fields {
            if facets.iter().all(|facet| facet.name != field.name()) {
                facets.push(match field {
                    FacetField::Column(column) => self.of_column(*column, request),
                    FacetField::Period(period) => self.of_period(*period, request),
                });
            }
        }
        facets
    }

    fn of_column(&self, column: Column, request: &FacetRequest) -> Facet {
        let Some(counter) = self.hits.column(column) else {
            return Facet::empty(column.name());
        };
        let all = self.all.and_then(|all| all.column(column));
        let pattern = request
            .containing
            .as_ref()
            .map(|text| ValuePattern::of(&column_query(column, text.clone(), ValueFit::Words)));
        let is_kept = |value: &str| {
            let accepts = |pattern: &ValuePattern| pattern.accepts(value);
            pattern.as_ref().is_none_or(accepts)
        };
        let kept = counter.counts.iter().filter(|(value, _)| is_kept(value));
        let mut counts = by_count(kept.map(|(value, count)| (value.clone(), *count)));
        let others = counts.split_off(request.limit.min(counts.len()));
        let value = |FacetCount { value, count }| FacetValue {
            share: all.map(|all| share(count, all.counts.get(&value).copied().unwrap_or(0))),
            query: narrowed(
                self.query,
                Query::Column(column_query(column, value.clone(), ValueFit::Literal)),
            ),
            value,
            count,
        };
        Facet {
            name: column.name(),
            other: others.iter().map(|other| other.count).sum(),
            other_values: others.len() as u64,
            values: counts.into_iter().map(value).collect(),
            without: counter.without,
        }
    }

    fn of_period(&self, period: Period, request: &FacetRequest) -> Facet {
        let counts = self.hits.by_period(period);
        let all = self.all.map(|all| all.by_period(period));
        let is_kept = |name: &str| {
            let text = request.containing.as_ref();
            text.is_none_or(|text| name.contains(text.as_str()))
        };
        let value = |ordinal: i64| {
            let count = counts.of(ordinal);
            let days = period.days_of(ordinal)?;
            let place = Place(ByteRange::new(0, 0));
            Some(FacetValue {
                value: period.name_of(ordinal),
                count,
                share: all.as_ref().map(|all| share(count, all.of(ordinal))),
                query: narrowed(self.query, Query::Published { days, place }),
            })
        };
        Facet {
            name: period.name(),
            values: counts
                .ordinals()
                .filter_map(value)
                .filter(|value| is_kept(&value.value))
                .collect(),
            other: 0,
            other_values: 0,
            without: counts.undated,
        }
    }
}

impl Facet {
    fn empty(name: &'static str) -> Self {
        Self {
            name,
            values: Vec::new(),
            other: 0,
            other_values: 0,
            without: 0,
        }
    }
}

/// Returns which part of `all` articles `count` are, from 0 to 1.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of articles lie far below 2^52"
)]
pub fn share(count: u64, all: u64) -> f64 {
    if all == 0 {
        0.0
    } else {
        count as f64 / all as f64
    }
}

fn column_query(column: Column, value: String, fit: ValueFit) -> ColumnQuery {
    ColumnQuery {
        column,
        value,
        fit,
        place: Place(ByteRange::new(0, 0)),
    }
}

/// Returns a query for those articles of `query` that meet `condition` too.
fn narrowed(query: &Query, condition: Query) -> String {
    let mut all = match query {
        Query::And(queries) => queries.clone(),
        other => vec![other.clone()],
    };
    all.push(condition);
    Query::And(all).to_string()
}

/// Counts by period.
#[derive(Debug, Default)]
pub struct PeriodCounts {
    /// By the number of the period.
    pub counts: BTreeMap<i64, u64>,
    /// Articles whose date is not known so exactly.
    pub undated: u64,
}

impl PeriodCounts {
    /// Returns how many articles a period has.
    pub fn of(&self, ordinal: i64) -> u64 {
        self.counts.get(&ordinal).copied().unwrap_or(0)
    }

    /// Returns the numbers of all periods from the first with articles to the last.
    pub fn ordinals(&self) -> impl Iterator<Item = i64> {
        let first = self.counts.first_key_value().map(|(first, _)| *first);
        let last = self.counts.last_key_value().map(|(last, _)| *last);
        first
            .zip(last)
            .into_iter()
            .flat_map(|(first, last)| first..=last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::day_of;
    use crate::query::{ParseOptions, parse};

    #[test]
    fn a_narrowed_query_is_read_again_as_it_was_meant() {
        let options = ParseOptions::new(day_of(20_000).unwrap());
        for query in ["мир", "мир -війна", "мир OR воля", "НЕ мир date:2025"]
        {
            let query = parse(query, &options).unwrap().query;
            for value in ["Хвиля Поділля", "ТОВ «Б»", "a\"б\\", "— ! —", "(х"]
            {
                let condition = Query::Column(column_query(
                    Column::Source,
                    value.into(),
                    ValueFit::Literal,
                ));
                let printed = narrowed(&query, condition.clone());
                let Query::And(read) = parse(&printed, &options).unwrap().query else {
                    panic!("{printed}");
                };
                assert_eq!(read.last(), Some(&condition), "{printed}");
            }
        }
    }
}
