//! `shukach kwic`.

use crate::arguments::index_folder::IndexFolders;
use crate::arguments::links::LinkArguments;
use crate::arguments::matching::WordArguments;
use crate::arguments::query_reading::ReadingArguments;
use crate::arguments::query_word::query_word;
use crate::arguments::shared::FilterArguments;
use crate::arguments::timeout::WholeTimeout;
use crate::exit::{Exit, Failure};
use crate::terminal::colour::ColourChoice;
use crate::terminal::destination::Destination;
use crate::terminal::output;
use crate::terminal::pager::PagerArguments;
use clap::{Args, ValueEnum};
use shukach::locale::Locale;
use shukach::render;
use shukach::render::table::Dialect;
use shukach::search::{Answering, KwicRequest, KwicResponse, KwicSort, SearchRequest};
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

const EXAMPLES: &str = "\
Examples:
  shukach kwic 'гарантії безпеки' --sort right
  shukach kwic '«гарантії безпеки»' -C 12 --from 2025 --limit 200
  shukach kwic 'мир NEAR/5 воля' --format csv -o myr.csv

A phrase or NEAR is one line. Queries are as in shukach search --help.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct KwicArguments {
    /// What to look for
    #[arg(value_name = "QUERY", required = true, value_parser = query_word)]
    query: Vec<String>,
    #[command(flatten)]
    folder: IndexFolders,
    #[command(flatten)]
    filter: FilterArguments,
    /// How many lines to show
    #[arg(
        short = 'n',
        long,
        value_name = "N",
        default_value_t = 20,
        allow_negative_numbers = true
    )]
    limit: usize,
    /// How many lines to leave out first
    #[arg(
        long,
        value_name = "N",
        default_value_t = 0,
        allow_negative_numbers = true
    )]
    offset: usize,
    /// How many words to show on each side, as far as the terminal has room
    #[arg(short = 'C', long, value_name = "N", default_value_t = 10)]
    context: usize,
    /// The order of lines: by article (score, date, -date, source) or by the words beside the
    /// keyword (left, right)
    #[arg(long, value_enum, default_value_t = LineSort::Score, allow_hyphen_values = true)]
    sort: LineSort,
    #[command(flatten)]
    pager: PagerArguments,
    #[command(flatten)]
    reading: ReadingArguments,
    #[command(flatten)]
    words: WordArguments,
    #[command(flatten)]
    time: WholeTimeout,
    /// Print JSON; the same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// The form of the answer
    #[arg(long, value_enum, default_value_t = LineForm::Text)]
    format: LineForm,
    /// Write the answer into a file, which is replaced only once the answer is whole
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Leave out the time taken
    #[arg(long)]
    no_timing: bool,
    /// Colours
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColourChoice::Auto)]
    color: ColourChoice,
    #[command(flatten)]
    links: LinkArguments,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LineSort {
    Score,
    #[value(name = "date")]
    Oldest,
    #[value(name = "-date")]
    Newest,
    Source,
    Left,
    Right,
}

impl From<LineSort> for KwicSort {
    fn from(sort: LineSort) -> Self {
        match sort {
            LineSort::Score => Self::Score,
            LineSort::Oldest => Self::Oldest,
            LineSort::Newest => Self::Newest,
            LineSort::Source => Self::Source,
            LineSort::Left => Self::Left,
            LineSort::Right => Self::Right,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LineForm {
    /// For people
    Text,
    /// One JSON document
    Json,
    /// A table for spreadsheets
    Csv,
    /// A table for scripts, with tabs between the cells
    Tsv,
}

pub(crate) fn run(arguments: &KwicArguments, locale: Locale) -> Result<Exit, Failure> {
    let opened = arguments.folder.open()?;
    let response = arguments.response(&opened, None, locale)?;
    let form = arguments.form();
    let file = arguments.output.as_deref();
    let mut out = if form == LineForm::Text {
        Destination::open_paged(file, &arguments.pager)?
    } else {
        Destination::open(file)?
    };
    if form == LineForm::Text {
        let layout = output::layout_for(arguments.color, locale, out.is_stdout());
        let layout = arguments.links.within(layout, &out);
        render::kwic::write(&response, layout, &mut out)?;
    } else {
        arguments.write_data(&response, &mut out)?;
    }
    out.finish()?;
    Ok(Exit::of_count(response.articles))
}

impl KwicArguments {
    /// Answers the query.
    pub(crate) fn response(
        &self,
        index: &impl Answering,
        time_limit: Option<Duration>,
        locale: Locale,
    ) -> Result<KwicResponse, Failure> {
        let query = self.query.join(" ");
        let options = self.reading.options_in(&self.filter.tz);
        let asked = SearchRequest::new(query.as_str()).timeout(self.time.or_sooner(time_limit));
        let request = KwicRequest::new(
            self.words
                .within(self.filter.within(asked, options.today))
                .options(options)
                .locale(locale)
                .limit(self.limit)
                .offset(self.offset)
                .lexicon(self.words.lexicon.read(locale)?.map(Arc::new)),
        )
        .context_words(self.context)
        .sort(self.sort.into());
        let mut response = index
            .kwic(&request)
            .map_err(|error| Failure::of_search(&query, error))?;
        if self.no_timing {
            response.took_ms = 0.0;
        }
        Ok(response)
    }

    /// Returns the form of the answer.
    pub(crate) fn form(&self) -> LineForm {
        if self.json {
            LineForm::Json
        } else {
            self.format
        }
    }

    /// Writes an answer for programs.
    pub(crate) fn write_data(
        &self,
        response: &KwicResponse,
        out: &mut impl Write,
    ) -> io::Result<()> {
        match self.form() {
            LineForm::Csv => render::kwic::write_table(response, Dialect::Csv, out),
            LineForm::Tsv => render::kwic::write_table(response, Dialect::Tsv, out),
            LineForm::Json | LineForm::Text => render::json::write(response, out),
        }
    }
}
