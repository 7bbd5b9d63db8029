//! `shukach count` and `shukach timeline`.
//!
//! | module | what it holds |
//! |---|---|
//! | `batch` | a file of queries |

mod batch;

use crate::arguments::copies::UniqueArguments;
use crate::arguments::facets::{ColumnChoice, ShareArguments};
use crate::arguments::index_folder::IndexFolders;
use crate::arguments::matching::WordArguments;
use crate::arguments::query_reading::ReadingArguments;
use crate::arguments::query_word::query_word;
use crate::arguments::shared::{FilterArguments, PeriodChoice};
use crate::arguments::timeout::WholeTimeout;
use crate::commands::count::batch::Batch;
use crate::exit::{Exit, Failure};
use crate::terminal::colour::ColourChoice;
use crate::terminal::output;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use shukach::locale::Locale;
use shukach::query::Notice;
use shukach::query::field::Column;
use shukach::render;
use shukach::render::layout::Layout;
use shukach::render::spreadsheet::SheetOptions;
use shukach::render::{counts, wording};
use shukach::search::{Answering, Buckets, FacetRequest, SearchRequest};
use shukach::search::{CountsRequest, CountsResponse};
use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

const COUNT_EXAMPLES: &str = "\
Examples:
  shukach count 'гарантії безпеки' 'мир -війна'
  shukach count --batch queries.tsv --by month --facet source --csv > counts.csv

A file of queries has one query a line, if need be with a name and a tab before it; a line that begins with # is a
comment. All faulty lines are reported together.

CSV has a row for each query, value and period. It begins with U+FEFF, by which spreadsheets know UTF-8 (--no-bom leaves
it out); a cell that a spreadsheet would take for a formula gets an apostrophe before it.";

const TIMELINE_EXAMPLES: &str = "\
Examples:
  shukach timeline 'гарантії безпеки'
  shukach timeline 'мир' 'війна' --by week --from 2025 --share";

#[derive(Debug, Args)]
#[command(after_help = COUNT_EXAMPLES)]
pub(crate) struct CountArguments {
    #[command(flatten)]
    pub(crate) asked: AskedArguments,
    /// Count by time too
    #[arg(long, value_enum, default_value_t = PeriodChoice::None)]
    by: PeriodChoice,
    /// Count by this field too
    #[arg(long, value_enum, value_name = "FIELD")]
    facet: Option<ColumnChoice>,
}

#[derive(Debug, Args)]
#[command(after_help = TIMELINE_EXAMPLES)]
pub(crate) struct TimelineArguments {
    #[command(flatten)]
    pub(crate) asked: AskedArguments,
    /// Length of a period; auto takes the shortest that fit
    #[arg(long, value_name = "BY", default_value = "auto", value_parser = periods())]
    by: PeriodChoice,
    /// Draw each query on a scale of its own, not all on that of the fullest period
    #[arg(long)]
    own_scale: bool,
}

/// Returns the parser of a period that must be one.
fn periods() -> impl TypedValueParser<Value = PeriodChoice> {
    let names = ["auto", "year", "quarter", "month", "week", "day"];
    PossibleValuesParser::new(names).try_map(|name| PeriodChoice::from_str(&name, false))
}

/// What both commands ask and how they answer.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
#[derive(Debug, Args)]
pub(crate) struct AskedArguments {
    /// What to count, each a query of its own
    #[arg(value_name = "QUERY", required_unless_present = "batch", value_parser = query_word)]
    queries: Vec<String>,
    /// A file of queries, one a line, if need be with a name and a tab before it; - for standard
    /// input
    #[arg(
        long,
        visible_alias = "queries",
        value_name = "FILE",
        conflicts_with = "queries"
    )]
    batch: Option<PathBuf>,
    #[command(flatten)]
    folder: IndexFolders,
    #[command(flatten)]
    filter: FilterArguments,
    #[command(flatten)]
    unique: UniqueArguments,
    #[command(flatten)]
    share: ShareArguments,
    #[command(flatten)]
    reading: ReadingArguments,
    #[command(flatten)]
    words: WordArguments,
    #[command(flatten)]
    time: WholeTimeout,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV
    #[arg(long)]
    pub(crate) csv: bool,
    /// Leave out U+FEFF at the beginning of CSV
    #[arg(long, requires = "csv")]
    no_bom: bool,
    /// What stands between the cells of CSV; spreadsheets in Ukrainian expect a semicolon
    #[arg(long, value_enum, default_value_t = SeparatorChoice::Comma, requires = "csv")]
    separator: SeparatorChoice,
    /// Leave out the time taken
    #[arg(long)]
    no_timing: bool,
    /// Colours
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColourChoice::Auto)]
    color: ColourChoice,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SeparatorChoice {
    Comma,
    Semicolon,
    Tab,
}

pub(crate) fn run(arguments: &CountArguments, locale: Locale) -> Result<Exit, Failure> {
    arguments.period(locale)?;
    let opened = arguments.asked.folder.open()?;
    let response = arguments.response(&opened, None, locale)?;
    arguments.asked.write(&response, locale, counts::write)
}

impl CountArguments {
    /// Counts.
    pub(crate) fn response(
        &self,
        index: &impl Answering,
        time_limit: Option<Duration>,
        locale: Locale,
    ) -> Result<CountsResponse, Failure> {
        let column = self.facet.map(Into::into);
        let period = self.period(locale)?;
        self.asked.counts(index, period, column, time_limit, locale)
    }

    fn period(&self, locale: Locale) -> Result<Option<Buckets>, Failure> {
        let period = self.by.buckets();
        if self.asked.share.share && period.is_none() {
            let wrong = locale.choose(
                "--share tells of periods; add --by month",
                "--share – це частки за періодами; додайте --by month",
            );
            return Err(Failure::Usage(wrong.to_owned()));
        }
        Ok(period)
    }
}

pub(crate) fn run_timeline(arguments: &TimelineArguments, locale: Locale) -> Result<Exit, Failure> {
    arguments.period(locale)?;
    let opened = arguments.asked.folder.open()?;
    let response = arguments.response(&opened, None, locale)?;
    let write_text = if arguments.own_scale {
        counts::write_own_timelines
    } else {
        counts::write_timelines
    };
    arguments.asked.write(&response, locale, write_text)
}

impl TimelineArguments {
    /// Counts.
    pub(crate) fn response(
        &self,
        index: &impl Answering,
        time_limit: Option<Duration>,
        locale: Locale,
    ) -> Result<CountsResponse, Failure> {
        let period = Some(self.period(locale)?);
        self.asked.counts(index, period, None, time_limit, locale)
    }

    fn period(&self, locale: Locale) -> Result<Buckets, Failure> {
        self.by.buckets().ok_or_else(|| {
            let wrong = locale.choose(
                "a timeline has periods; use shukach count to do without them",
                "розподіл у часі має періоди; без них – shukach count",
            );
            Failure::Usage(wrong.to_owned())
        })
    }
}

/// Writes an answer for people.
type WriteText = fn(&CountsResponse, Layout, &mut BufWriter<StdoutLock<'static>>) -> io::Result<()>;

impl AskedArguments {
    fn write(
        &self,
        response: &CountsResponse,
        locale: Locale,
        write_text: WriteText,
    ) -> Result<Exit, Failure> {
        let mut out = BufWriter::new(io::stdout().lock());
        if self.csv {
            // A table of cells has no place for them.
            for query in &response.queries {
                for notice in &query.notices {
                    let told = Notice {
                        message: format!("{}: {}", query.name, notice.message),
                        ..notice.clone()
                    };
                    eprintln!("{}", wording::notice(&told, locale));
                }
            }
        }
        if self.json || self.csv {
            self.write_data(response, &mut out)?;
        } else {
            write_text(response, output::layout(self.color, locale), &mut out)?;
        }
        out.flush()?;
        Ok(Exit::of_count(response.total()))
    }

    /// Writes a table if one is asked for, else JSON.
    pub(crate) fn write_data(
        &self,
        response: &CountsResponse,
        out: &mut impl Write,
    ) -> io::Result<()> {
        if self.csv {
            counts::write_sheet(response, self.sheet(), out)
        } else {
            render::json::write(response, out)
        }
    }

    fn counts(
        &self,
        index: &impl Answering,
        period: Option<Buckets>,
        column: Option<Column>,
        time_limit: Option<Duration>,
        locale: Locale,
    ) -> Result<CountsResponse, Failure> {
        let batch = match &self.batch {
            Some(path) => Batch::read(path, locale)?,
            None => Batch::of_arguments(&self.queries),
        };
        let asked = CountsRequest::new(
            batch.queries.clone(),
            self.request(locale)
                .buckets(period)
                .timeout(self.time.or_sooner(time_limit))
                .lexicon(self.words.lexicon.read(locale)?.map(Arc::new)),
        )
        .column(column);
        let mut response = index
            .counts(&asked)
            .map_err(|failed| batch.failure(failed, locale))?;
        if self.no_timing {
            response.took_ms = 0.0;
        }
        Ok(response)
    }

    fn request(&self, locale: Locale) -> SearchRequest {
        let options = self.reading.options_in(&self.filter.tz);
        let filtered = self.filter.within(SearchRequest::new(""), options.today);
        self.words
            .within(self.unique.within(filtered))
            .options(options)
            .locale(locale)
            .facets(FacetRequest::default().has_shares(self.share.share))
    }

    fn sheet(&self) -> SheetOptions {
        SheetOptions {
            has_bom: !self.no_bom,
            separator: match self.separator {
                SeparatorChoice::Comma => b',',
                SeparatorChoice::Semicolon => b';',
                SeparatorChoice::Tab => b'\t',
            },
        }
    }
}
