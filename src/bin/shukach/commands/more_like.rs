//! `shukach more-like`.

use crate::arguments::index_folder::IndexFolders;
use crate::arguments::links::LinkArguments;
use crate::arguments::matching::PartArguments;
use crate::arguments::shared::FilterArguments;
use crate::arguments::timeout::WholeTimeout;
use crate::exit::{Exit, Failure};
use crate::terminal::colour::ColourChoice;
use crate::terminal::destination::Destination;
use crate::terminal::output;
use clap::Args;
use shukach::locale::Locale;
use shukach::render;
use shukach::search::{Answering, MoreLikeResponse, SearchRequest};
use std::time::Duration;

const EXAMPLES: &str = "\
Examples:
  shukach more-like pravda-2025-12-28-7
  shukach more-like /home/olena/archive/2025/12/28/stroky.txt --from 2026 --json

The answers of shukach search --json name the id of each article.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct MoreLikeArguments {
    /// The id of an article (COLLECTION:ID where several collections have it), or the path of a
    /// file that holds one article
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    folder: IndexFolders,
    #[command(flatten)]
    filter: FilterArguments,
    /// How many articles to show
    #[arg(
        short = 'n',
        long,
        value_name = "N",
        default_value_t = 10,
        allow_negative_numbers = true
    )]
    limit: usize,
    /// How many articles to leave out first
    #[arg(
        long,
        value_name = "N",
        default_value_t = 0,
        allow_negative_numbers = true
    )]
    offset: usize,
    #[command(flatten)]
    parts: PartArguments,
    #[command(flatten)]
    time: WholeTimeout,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Leave out the time taken
    #[arg(long)]
    no_timing: bool,
    /// Colours
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColourChoice::Auto)]
    color: ColourChoice,
    #[command(flatten)]
    links: LinkArguments,
}

pub(crate) fn run(arguments: &MoreLikeArguments, locale: Locale) -> Result<Exit, Failure> {
    let response = arguments.response(&arguments.folder.open()?, None, locale)?;
    let mut out = Destination::open(None)?;
    if arguments.json {
        render::json::write(&response, &mut out)?;
    } else {
        let layout = output::layout(arguments.color, locale);
        let layout = arguments.links.within(layout, &out);
        render::more_like::write(&response, layout, &mut out)?;
    }
    out.finish()?;
    Ok(Exit::of_count(response.total))
}

impl MoreLikeArguments {
    /// Returns the articles that are like the one asked for.
    pub(crate) fn response(
        &self,
        index: &impl Answering,
        time_limit: Option<Duration>,
        locale: Locale,
    ) -> Result<MoreLikeResponse, Failure> {
        let filter = &self.filter;
        let asked = filter.within(SearchRequest::new(""), filter.tz.today());
        let request = self
            .parts
            .within(asked)
            .locale(locale)
            .timeout(self.time.or_sooner(time_limit))
            .limit(self.limit)
            .offset(self.offset);
        let mut response = index
            .more_like(&self.id, &request)
            .map_err(|error| Failure::of_search("", error))?;
        if self.no_timing {
            response.took_ms = 0.0;
        }
        Ok(response)
    }
}
