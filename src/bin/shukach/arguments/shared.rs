//! Arguments that several commands have.

use crate::arguments::bound::Bound;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use jiff::civil;
use shukach::article::DateSource;
use shukach::date::zone::Zone;
use shukach::query::field::Column;
use shukach::schema::Part;
use shukach::search::{SearchRequest, Sort};

/// Which articles an answer may hold.
#[derive(Debug, Args)]
pub(crate) struct FilterArguments {
    /// First day, month, year or moment: 2025, 2025-12-28, 2025-12-28T09:30, 7d, вчора
    #[arg(long, value_name = "DATE", value_parser = Bound::parse)]
    pub(crate) from: Option<Bound>,
    /// Last day, month, year or moment, included
    #[arg(long, value_name = "DATE", value_parser = Bound::parse)]
    pub(crate) to: Option<Bound>,
    /// Only articles without a date
    #[arg(long, conflicts_with_all = ["from", "to"])]
    pub(crate) undated: bool,
    /// Only articles whose date comes from there; can be repeated
    #[arg(long, value_name = "WHERE", value_parser = date_source())]
    pub(crate) date_source: Vec<DateSource>,
    /// Which dates count: all, or known ones, which leaves out articles whose date is an estimate
    #[arg(long, value_name = "WHICH", value_enum, default_value_t = DatesChoice::All)]
    pub(crate) dates: DatesChoice,
    /// Only this source; can be repeated
    #[arg(long, value_name = "SOURCE")]
    pub(crate) source: Vec<String>,
    /// Only this author; can be repeated
    #[arg(long, value_name = "AUTHOR")]
    pub(crate) author: Vec<String>,
    /// Only this section; can be repeated
    #[arg(long, value_name = "SECTION")]
    pub(crate) section: Vec<String>,
    /// Only this tag; can be repeated
    #[arg(long, value_name = "TAG")]
    pub(crate) tag: Vec<String>,
    /// Only this collection, which is what was indexed together; can be repeated
    #[arg(long, value_name = "COLLECTION")]
    pub(crate) collection: Vec<String>,
    /// Only articles in this language: uk, ru, en, und; can be repeated
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) language: Vec<String>,
    /// Whose days are meant, in dates and in counts: a name of the IANA database, or written for
    /// the days that the articles themselves name
    #[arg(long, value_name = "ZONE", default_value = "Europe/Kyiv", value_parser = Zone::parse)]
    pub(crate) tz: Zone,
}

impl FilterArguments {
    /// Puts them into a request, seen from `today`.
    pub(crate) fn within(&self, request: SearchRequest, today: civil::Date) -> SearchRequest {
        let from = self.from.as_ref();
        let to = self.to.as_ref();
        request
            .from(from.and_then(|from| from.first(today, &self.tz)))
            .to(to.and_then(|to| to.last(today, &self.tz)))
            .known_dates(self.dates == DatesChoice::Known)
            .undated(self.undated)
            .date_sources(self.date_source.clone())
            .only(self.only())
            .zone(self.tz.clone())
    }

    fn only(&self) -> Vec<(Column, String)> {
        let mut only = Vec::new();
        for (column, values) in [
            (Column::Source, &self.source),
            (Column::Author, &self.author),
            (Column::Section, &self.section),
            (Column::Tag, &self.tag),
            (Column::Collection, &self.collection),
            (Column::Lang, &self.language),
        ] {
            only.extend(values.iter().map(|value| (column, value.clone())));
        }
        only
    }
}

/// Returns the parser of where a date comes from.
fn date_source() -> impl TypedValueParser<Value = DateSource> {
    let names = DateSource::ALL.map(DateSource::as_str);
    PossibleValuesParser::new(names).try_map(|name| {
        let mut known = DateSource::ALL.into_iter();
        known.find(|source| source.as_str() == name).ok_or(name)
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DatesChoice {
    /// Known dates and estimates
    All,
    /// Known dates only
    Known,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SortChoice {
    Score,
    #[value(name = "date")]
    Oldest,
    #[value(name = "-date")]
    Newest,
}

impl From<SortChoice> for Sort {
    fn from(choice: SortChoice) -> Self {
        match choice {
            SortChoice::Score => Self::Score,
            SortChoice::Oldest => Self::Oldest,
            SortChoice::Newest => Self::Newest,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PeriodChoice {
    Auto,
    Year,
    Quarter,
    Month,
    Week,
    Day,
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PartChoice {
    Title,
    Lead,
    Body,
}

impl PartChoice {
    /// Returns the chosen parts, each once, in reading order.
    pub(crate) fn parts(choices: &[Self]) -> Vec<Part> {
        let mut parts: Vec<Part> = choices.iter().map(|part| (*part).into()).collect();
        parts.sort_unstable();
        parts.dedup();
        parts
    }
}

impl From<PartChoice> for Part {
    fn from(choice: PartChoice) -> Self {
        match choice {
            PartChoice::Title => Self::Title,
            PartChoice::Lead => Self::Lead,
            PartChoice::Body => Self::Body,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// One JSON document
    Json,
    /// A JSON object a line: each hit, then a summary
    Ndjson,
    /// A table for spreadsheets
    Csv,
    /// A table for scripts, with tabs between the cells
    Tsv,
    /// A list for documents
    Markdown,
    /// The ids, one a line
    Ids,
    /// A TREC run
    Trec,
}
