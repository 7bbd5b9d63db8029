//! Arguments that several commands have.

use clap::{Args, ValueEnum};
use shukach::date::Date;
use shukach::date::zone::Zone;
use shukach::schema::Part;
use shukach::search::SearchRequest;
use std::env;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct IndexFolder {
    #[arg(
        help = "Folder of the index [default: shukach in $XDG_DATA_HOME or ~/.local/share]",
        long,
        value_name = "DIR"
    )]
    pub(crate) index: Option<PathBuf>,
}

impl IndexFolder {
    /// Returns the folder of the index.
    pub(crate) fn path(&self) -> PathBuf {
        let data = || {
            let home = env::var_os("HOME")
                .or_else(|| env::var_os("USERPROFILE"))
                .map_or_else(|| ".".into(), PathBuf::from);
            let share = env::var_os("XDG_DATA_HOME").filter(|path| !path.is_empty());
            share
                .map_or_else(|| home.join(".local/share"), PathBuf::from)
                .join("shukach")
        };
        self.index.clone().unwrap_or_else(data)
    }
}

/// Which articles an answer may hold.
#[derive(Debug, Args)]
pub(crate) struct FilterArguments {
    /// First day, month or year: 2025, 2025-12, 2025-12-28
    #[arg(long, value_name = "DATE", value_parser = Date::parse)]
    pub(crate) from: Option<Date>,
    /// Last day, month or year, included
    #[arg(long, value_name = "DATE", value_parser = Date::parse)]
    pub(crate) to: Option<Date>,
    /// Which dates count: all, or known ones, which leaves out articles whose date is an estimate
    #[arg(long, value_name = "WHICH", value_enum, default_value_t = DatesChoice::All)]
    pub(crate) dates: DatesChoice,
    /// Only this source; can be repeated
    #[arg(long, value_name = "SOURCE")]
    pub(crate) source: Vec<String>,
    /// Whose days are meant, in dates and in counts: a name of the IANA database, or written for
    /// the days that the articles themselves name
    #[arg(long, value_name = "ZONE", default_value = "Europe/Kyiv", value_parser = Zone::parse)]
    pub(crate) tz: Zone,
}

impl FilterArguments {
    /// Puts them into a request.
    pub(crate) fn within(&self, request: SearchRequest) -> SearchRequest {
        request
            .from(self.from)
            .to(self.to)
            .known_dates(self.dates == DatesChoice::Known)
            .sources(self.source.clone())
            .zone(self.tz.clone())
    }
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PeriodChoice {
    Year,
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
