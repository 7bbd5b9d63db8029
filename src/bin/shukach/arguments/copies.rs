//! Arguments about copies of articles.

use clap::Args;
use shukach::query::Query;
use shukach::query::ast::{ColumnQuery, QueryRange, ValueFit};
use shukach::query::field::Column;
use shukach::search::SearchRequest;
use shukach::text::ByteRange;
use std::ffi::OsString;

/// How articles are counted that are copies of one another.
#[derive(Debug, Args)]
pub(crate) struct UniqueArguments {
    /// Count copies of an article once, in totals, timelines and facets; the same as --count unique
    #[arg(long)]
    unique: bool,
}

impl UniqueArguments {
    /// Puts them into a request.
    pub(crate) fn within(&self, request: SearchRequest) -> SearchRequest {
        request.unique(self.unique)
    }
}

/// Which copies a search shows.
#[derive(Debug, Args)]
pub(crate) struct CopiesArguments {
    /// Show one hit for articles that are copies of one another: the earliest that matches, with
    /// the number of its copies and their sources
    #[arg(long)]
    pub(crate) collapse: bool,
    /// Only this article and its copies, in order of publication unless --sort is given; a query
    /// may narrow them
    #[arg(long, value_name = "ID", conflicts_with_all = ["queries", "collapse"])]
    pub(crate) copies: Option<String>,
    #[command(flatten)]
    unique: UniqueArguments,
}

impl CopiesArguments {
    /// Puts them into a request.
    pub(crate) fn within(&self, request: SearchRequest) -> SearchRequest {
        self.unique.within(request.collapse(self.collapse))
    }

    /// Returns `query`, among the copies of the article asked for.
    pub(crate) fn narrowed(&self, query: &str) -> String {
        let Some(id) = &self.copies else {
            return query.to_owned();
        };
        let condition = Query::Column(ColumnQuery {
            column: Column::Copies,
            value: id.clone(),
            fit: ValueFit::Literal,
            place: QueryRange(ByteRange::new(0, 0)),
        });
        if query.trim().is_empty() {
            condition.to_string()
        } else {
            format!("({query}) {condition}")
        }
    }
}

/// Returns `words` with `--unique` for `--count unique`: `--count` alone is a flag of `search`.
pub(crate) fn with_unique(words: Vec<OsString>) -> Vec<OsString> {
    let mut read = Vec::with_capacity(words.len());
    let mut words = words.into_iter().peekable();
    while let Some(word) = words.next() {
        if word == "--" {
            read.push(word);
            break;
        }
        let behind = (word == "--count").then(|| words.peek()).flatten();
        if word == "--count=unique" {
            read.push("--unique".into());
        } else if behind.is_some_and(|value| value == "unique") {
            words.next();
            read.push("--unique".into());
        } else {
            read.push(word);
        }
    }
    read.extend(words);
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counting_unique_articles_is_no_count_alone() {
        for (typed, read) in [
            ("search --count unique мир", "search --unique мир"),
            ("search мир --count=unique", "search мир --unique"),
            ("search --count мир", "search --count мир"),
            ("search -c -- --count unique", "search -c -- --count unique"),
        ] {
            let words = typed.split(' ').map(OsString::from).collect();
            let expected: Vec<OsString> = read.split(' ').map(OsString::from).collect();
            assert_eq!(with_unique(words), expected);
        }
    }
}
