//! Metadata of an article, for the conditions of a query.

use crate::plan::article_set::ArticleSet;
use crate::query::ast::ColumnQuery;
use crate::query::field::Column;
use crate::query::period::DayRange;
use crate::query::value_pattern::{ValuePattern, accepts_days};
use tantivy::DocId;
use tantivy::index::SegmentId;

/// What is known of an article beside its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The first day of its date.
    pub first_day: Option<i64>,
    /// The last day of its date.
    pub last_day: Option<i64>,
    /// The values of its columns; of tags there may be several.
    pub values: Vec<(Column, String)>,
    /// Where the index has it, for conditions that name articles.
    pub place: Option<(SegmentId, DocId)>,
}

impl Facts {
    /// Returns whether its date lies within `days`.
    pub fn meets_days(&self, days: DayRange) -> bool {
        let known = self.first_day.zip(self.last_day);
        known.is_some_and(|known| accepts_days(days, known))
    }

    /// Returns whether it is one of `articles`.
    pub fn is_among(&self, articles: &ArticleSet) -> bool {
        let place = self.place;
        place.is_some_and(|(segment, doc)| articles.contains(segment, doc))
    }

    /// Returns whether it has a value that `query` asks for.
    pub fn meets_column(&self, query: &ColumnQuery) -> bool {
        let pattern = ValuePattern::of(query);
        self.values
            .iter()
            .any(|(column, value)| *column == query.column && pattern.accepts(value))
    }
}
