//! Arguments that choose what to count.

use crate::arguments::shared::PeriodChoice;
use clap::{Args, ValueEnum};
use shukach::query::field::Column;
use shukach::search::{Buckets, FacetField, FacetRequest, Period};

#[derive(Debug, Args)]
pub(crate) struct FacetArguments {
    /// Count the hits by this too; can be repeated
    #[arg(long, value_enum, value_name = "FIELD")]
    facet: Vec<FacetChoice>,
    /// How many values of each facet to list; periods are all listed
    #[arg(long, value_name = "N", default_value_t = 10, requires = "facet")]
    facet_limit: usize,
    /// Only values of facets that have these words in a row, the last one perhaps a beginning: укр*
    #[arg(long, value_name = "TEXT", requires = "facet")]
    facet_match: Option<String>,
    /// Print below each value of a facet the command that finds its articles
    #[arg(long, requires = "facet")]
    pub(crate) commands: bool,
    #[command(flatten)]
    pub(crate) share: ShareArguments,
}

#[derive(Debug, Args)]
pub(crate) struct ShareArguments {
    /// Show each count also as a share of all articles of that time or value
    #[arg(long)]
    pub(crate) share: bool,
}

impl FacetArguments {
    /// Returns what to count.
    pub(crate) fn request(&self) -> FacetRequest {
        FacetRequest::default()
            .fields(self.facet.iter().map(|facet| facet.field()).collect())
            .limit(self.facet_limit)
            .containing(self.facet_match.clone())
            .has_shares(self.share.share)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FacetChoice {
    Source,
    Section,
    Author,
    Lang,
    Tag,
    #[value(name = "first_publisher", alias = "first-publisher")]
    FirstPublisher,
    Collection,
    Year,
    Quarter,
    Month,
    Week,
    Day,
}

impl FacetChoice {
    fn field(self) -> FacetField {
        match self {
            Self::Source => FacetField::Column(Column::Source),
            Self::Section => FacetField::Column(Column::Section),
            Self::Author => FacetField::Column(Column::Author),
            Self::Lang => FacetField::Column(Column::Lang),
            Self::Tag => FacetField::Column(Column::Tag),
            Self::FirstPublisher => FacetField::Column(Column::FirstPublisher),
            Self::Collection => FacetField::Column(Column::Collection),
            Self::Year => FacetField::Period(Period::Year),
            Self::Quarter => FacetField::Period(Period::Quarter),
            Self::Month => FacetField::Period(Period::Month),
            Self::Week => FacetField::Period(Period::Week),
            Self::Day => FacetField::Period(Period::Day),
        }
    }
}

/// A field whose values articles can be counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColumnChoice {
    Source,
    Section,
    Author,
    Lang,
    Tag,
    Collection,
}

impl From<ColumnChoice> for Column {
    fn from(choice: ColumnChoice) -> Self {
        match choice {
            ColumnChoice::Source => Self::Source,
            ColumnChoice::Section => Self::Section,
            ColumnChoice::Author => Self::Author,
            ColumnChoice::Lang => Self::Lang,
            ColumnChoice::Tag => Self::Tag,
            ColumnChoice::Collection => Self::Collection,
        }
    }
}

impl PeriodChoice {
    /// Returns how a timeline is divided, if one is wanted.
    pub(crate) fn buckets(self) -> Option<Buckets> {
        Some(match self {
            Self::Auto => Buckets::Fitting,
            Self::Year => Buckets::Each(Period::Year),
            Self::Quarter => Buckets::Each(Period::Quarter),
            Self::Month => Buckets::Each(Period::Month),
            Self::Week => Buckets::Each(Period::Week),
            Self::Day => Buckets::Each(Period::Day),
            Self::None => return None,
        })
    }
}
