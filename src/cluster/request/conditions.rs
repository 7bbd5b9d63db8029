//! Conditions that concern no word: dates, columns, and the filters of a request.

use crate::cluster::request::{Translated, every, none};
use crate::date::zone::Zone;
use crate::date::{Date, day_number};
use crate::error::{ClusterProblem, Result};
use crate::query::ast::{ColumnQuery, ValueFit};
use crate::query::field::Column;
use crate::query::period::DayRange;
use crate::query::value_pattern::ValuePattern;
use crate::search::SearchRequest;
use serde_json::{Value, json};

/// What must be known of the index to translate a condition.
pub(crate) trait Known {
    /// Returns the values of a column; `None` where they are too many to be listed.
    ///
    /// # Errors
    /// Where the cluster does not answer.
    fn values(&self, column: Column) -> Result<Option<Vec<String>>>;
}

/// Returns the field of a column.
///
/// # Errors
/// [`ClusterProblem::Unsupported`] where articles have no such values there.
pub(crate) fn field_of(column: Column) -> Result<&'static str> {
    Ok(match column {
        Column::Source => "source",
        Column::Author => "author",
        Column::Section => "section",
        Column::Lang => "lang",
        Column::Url => "url",
        Column::Tag => "tags",
        Column::Collection => "collection",
        Column::Copies => return unsupported("copies:…"),
        Column::FirstPublisher => return unsupported("first_publisher"),
    })
}

fn unsupported<T>(what: &'static str) -> Result<T> {
    Err(ClusterProblem::Unsupported { what }.into())
}

/// Returns the articles that meet a condition on a column.
///
/// # Errors
/// As [`field_of`], and what `known` fails with.
pub(super) fn of_column(query: &ColumnQuery, known: &dyn Known) -> Result<Translated> {
    let field = field_of(query.column)?;
    if query.fit == ValueFit::Literal {
        return Ok(Translated::exact(json!({"term": {field: query.value}})));
    }
    let pattern = ValuePattern::of(query);
    let Some(values) = known.values(query.column)? else {
        return Ok(Translated::wider(json!({"exists": {"field": field}})));
    };
    let accepted: Vec<String> = values
        .into_iter()
        .filter(|value| pattern.accepts(value))
        .collect();
    Ok(Translated::exact(match accepted.as_slice() {
        [] => none(),
        _ => json!({"terms": {field: accepted}}),
    }))
}

/// Returns the articles that were published on one of the days.
pub(super) fn of_days(days: DayRange, zone: &Zone) -> Translated {
    let (first, last) = days.numbers();
    within(Some(first), Some(last), zone)
}

/// Returns the articles all of whose days lie between two, as numbers; ends may be open.
fn within(first: Option<i64>, last: Option<i64>, zone: &Zone) -> Translated {
    let is_kyiv = *zone == Zone::default();
    // The days of other zones are not in the index, but no further away than this.
    let by = i64::from(!is_kyiv);
    let mut ranges = vec![json!({"exists": {"field": "first_day"}})];
    if let Some(first) = first.filter(|first| *first > i64::MIN) {
        ranges.push(json!({"range": {"first_day": {"gte": first - by}}}));
    }
    if let Some(last) = last.filter(|last| *last < i64::MAX) {
        ranges.push(json!({"range": {"last_day": {"lte": last + by}}}));
    }
    Translated {
        query: json!({"bool": {"filter": ranges}}),
        is_exact: is_kyiv,
    }
}

/// Returns the articles that meet the filters of a request.
///
/// # Errors
/// As [`field_of`].
pub(crate) fn filter(request: &SearchRequest) -> Result<Translated> {
    // What was taken out stays as a mark.
    let mut all = vec![Translated::exact(
        json!({"bool": {"must_not": [{"term": {"removed": true}}]}}),
    )];
    all.extend(period(request));
    let mut fields: Vec<(&str, Vec<&str>)> = Vec::new();
    for (column, value) in &request.only {
        let field = field_of(*column)?;
        match fields.iter_mut().find(|(known, _)| *known == field) {
            Some((_, values)) => values.push(value),
            None => fields.push((field, vec![value])),
        }
    }
    if !request.date_sources.is_empty() {
        let sources = request.date_sources.iter();
        fields.push((
            "date_source",
            sources.map(|source| source.as_str()).collect(),
        ));
    }
    for (field, values) in fields {
        all.push(Translated::exact(json!({"terms": {field: values}})));
    }
    let mut without = |condition: Value| {
        all.push(Translated::exact(
            json!({"bool": {"must_not": [condition]}}),
        ));
    };
    if request.undated {
        without(json!({"exists": {"field": "first_day"}}));
    }
    if request.known_dates {
        without(json!({"term": {"date_source": "estimate"}}));
    }
    Ok(Translated::all(all))
}

/// Returns the articles of the period of a request, if it has one.
fn period(request: &SearchRequest) -> Option<Translated> {
    if (request.from, request.to) == (None, None) {
        return None;
    }
    let mut found = Vec::new();
    let mut first = None;
    let mut last = None;
    match request.from {
        Some(Date::Instant(instant)) => {
            let from = instant.as_second();
            found.push(Translated::exact(
                json!({"range": {"published_at": {"gte": from}}}),
            ));
        }
        Some(date) => first = Some(day_number(date.first_day())),
        None => {}
    }
    match request.to {
        // The last second of a day or of midnight is not in the index.
        Some(Date::Instant(instant)) => {
            let to = instant.as_second() + 1;
            found.push(Translated::wider(
                json!({"range": {"published_at": {"lte": to}}}),
            ));
        }
        Some(date) => last = Some(day_number(date.last_day())),
        None => {}
    }
    if first.is_some() || last.is_some() {
        found.push(within(first, last, &request.zone));
    }
    Some(Translated::all(found))
}

/// Returns all articles that are not taken out.
pub(crate) fn all_articles() -> Value {
    json!({"bool": {"filter": [every()], "must_not": [{"term": {"removed": true}}]}})
}
