//! How many articles have each value of a column, or each day: exact, in pages.

use crate::cluster::cluster_index::{ClusterIndex, total_of};
use crate::cluster::request::conditions::field_of;
use crate::date::zone::{WRITTEN, Zone};
use crate::error::{Error, Result};
use crate::query::field::Column;
use crate::search::SearchRequest;
use crate::search::facets::FacetCounter;
use crate::search::facets::grid::Grid;
use crate::search::request::Period;
use serde_json::{Value, json};
use std::collections::HashMap;

impl ClusterIndex {
    /// Counts the articles of `query` in every way that `request` asks for.
    ///
    /// # Errors
    /// As [`ClusterIndex::search`].
    pub(crate) fn count_facets(
        &self,
        query: &Value,
        request: &SearchRequest,
    ) -> Result<FacetCounter> {
        let has_timeline = request.timeline.is_some();
        let counter = FacetCounter::new(&request.facets, &request.zone, has_timeline);
        let (columns, has_days) = counter.wanted();
        let mut by_column = HashMap::new();
        for column in columns {
            let counts = self.counts(query, &[field_of(column)?])?;
            by_column.insert(column, counts);
        }
        let days = if has_days {
            self.days(query, None, &request.zone)?
        } else {
            Vec::new()
        };
        Ok(counter.of_counts(
            self.total_and_estimates(query)?,
            |column| {
                let counts = by_column.remove(&column).unwrap_or_default();
                let counts = counts.into_iter();
                let value = |values: Vec<Value>| values.first()?.as_str().map(str::to_owned);
                counts
                    .map(|(values, count)| (value(values), count))
                    .collect()
            },
            days.into_iter().map(|(_, days, count)| (days, count)),
        ))
    }

    /// Counts the articles of `query` by the values of a column and by period.
    ///
    /// # Errors
    /// As [`ClusterIndex::search`].
    pub(crate) fn grid(
        &self,
        query: &Value,
        column: Option<Column>,
        period: Option<Period>,
        zone: &Zone,
    ) -> Result<Grid> {
        let (total, estimates) = self.total_and_estimates(query)?;
        let Some(column) = column else {
            if period.is_none() {
                return Ok(Grid::undivided(total));
            }
            let cells = self.days(query, None, zone)?;
            return Ok(Grid::of(total, estimates, period, cells));
        };
        let cells = if period.is_some() {
            self.days(query, Some(column), zone)?
        } else {
            let counts = self.counts(query, &[field_of(column)?])?.into_iter();
            let cell = |(values, count): (Vec<Value>, u64)| (text(&values, 0), None, count);
            counts.map(cell).collect()
        };
        Ok(Grid::of(total, estimates, period, cells))
    }

    /// Counts the articles of `query`, and those whose date is an estimate.
    ///
    /// # Errors
    /// As [`ClusterIndex::search`].
    pub(crate) fn total_and_estimates(&self, query: &Value) -> Result<(u64, u64)> {
        let estimates = json!({"filter": {"term": {"date_source": "estimate"}}});
        let body = json!({
            "size": 0, "track_total_hits": true, "query": query,
            "aggs": {"estimates": estimates},
        });
        let found = self.search(&body)?;
        let estimates = found["aggregations"]["estimates"]["doc_count"].as_u64();
        Ok((total_of(&found), estimates.unwrap_or(0)))
    }

    /// Counts the articles of `query` by their days in `zone`, and by the values of a column.
    #[expect(
        clippy::type_complexity,
        reason = "a cell is a value, days and a count"
    )]
    fn days(
        &self,
        query: &Value,
        column: Option<Column>,
        zone: &Zone,
    ) -> Result<Vec<(Option<String>, Option<(i64, i64)>, u64)>> {
        let mut fields = vec!["first_day", "last_day"];
        // Days of other zones follow from the moments, of which there are many.
        let is_written = zone.name() == WRITTEN;
        if *zone != Zone::default() {
            fields.push(if is_written {
                "written_day"
            } else {
                "published_at"
            });
        }
        if let Some(column) = column {
            fields.push(field_of(column)?);
        }
        let counts = self.counts(query, &fields)?.into_iter();
        let cell = |(values, count): (Vec<Value>, u64)| {
            let number = |at: usize| values.get(at).and_then(Value::as_i64);
            let known = number(0).zip(number(1));
            let elsewhere = || number(2);
            let days = known.map(|known| zone.days(known, elsewhere, elsewhere));
            let value = column.and_then(|_| text(&values, fields.len() - 1));
            (value, days, count)
        };
        Ok::<_, Error>(counts.map(cell).collect())
    }
}

fn text(values: &[Value], at: usize) -> Option<String> {
    values.get(at)?.as_str().map(str::to_owned)
}
