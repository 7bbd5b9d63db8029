//! The values of one facet, with counts, shares and queries.

use crate::query::Query;
use crate::query::ast::{ColumnQuery, QueryRange, ValueFit};
use crate::query::field::Column;
use crate::query::value_pattern::ValuePattern;
use crate::search::facets::FacetCounter;
use crate::search::facets::shares::{by_count, share};
use crate::search::request::{FacetField, FacetRequest, Period};
use crate::search::response::{Facet, FacetCount, FacetValue};
use crate::text::ByteRange;

/// What was counted for the facets of an answer.
#[derive(Clone, Copy)]
pub(crate) struct Counted<'a> {
    /// The articles that match.
    pub hits: &'a FacetCounter,
    /// All articles with the same dates and sources, where shares are wanted.
    pub all: Option<&'a FacetCounter>,
    /// The query as it was understood.
    pub query: &'a Query,
}

impl Counted<'_> {
    /// Returns the facets that `request` asks for, each once.
    pub(crate) fn facets(&self, request: &FacetRequest) -> Vec<Facet> {
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
            let place = QueryRange(ByteRange::new(0, 0));
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

pub(crate) fn column_query(column: Column, value: String, fit: ValueFit) -> ColumnQuery {
    ColumnQuery {
        column,
        value,
        fit,
        place: QueryRange(ByteRange::new(0, 0)),
    }
}

/// Returns a query for those articles of `query` that meet `condition` too.
pub(crate) fn narrowed(query: &Query, condition: Query) -> String {
    let mut all = match query {
        Query::And(queries) => queries.clone(),
        other => vec![other.clone()],
    };
    all.push(condition);
    Query::And(all).to_string()
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
