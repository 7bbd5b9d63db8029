//! `shukach list`.

use crate::arguments::answer::AnswerArguments;
use crate::arguments::facets::FacetArguments;
use crate::arguments::index_folder::IndexFolders;
use crate::arguments::links::LinkArguments;
use crate::arguments::shared::{FilterArguments, PeriodChoice, SortChoice};
use crate::arguments::timeout::SearchLimits;
use crate::commands::desk::{Desk, destination};
use crate::exit::{Exit, Failure};
use crate::terminal::colour::ColourChoice;
use clap::Args;
use shukach::date::Date;
use shukach::locale::Locale;
use shukach::query::ParseOptions;
use shukach::render::shell::SearchCommand;
use shukach::search::{Answering, SearchRequest, StreamOrder};

const EXAMPLES: &str = "\
Examples:
  shukach list
  shukach list --source 'Хвиля Поділля' --from 2025-12 --limit 50
  shukach list --undated --format csv --fields id,path,title
  shukach list --collection news --language ru --facet author
  shukach list --date-source estimate --all --format ndjson > estimated.ndjson";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ListArguments {
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
    /// The newest first (-date) or the oldest (date)
    #[arg(long, value_name = "SORT", allow_hyphen_values = true, default_value = "-date", value_parser = ["date", "-date"])]
    sort: String,
    /// Buckets of the timeline; auto takes the shortest that fit
    #[arg(long, value_enum, default_value_t = PeriodChoice::Auto)]
    by: PeriodChoice,
    #[command(flatten)]
    facets: FacetArguments,
    #[command(flatten)]
    limits: SearchLimits,
    /// The day from which 7d and the like are seen [default: today]
    #[arg(long, value_name = "DATE", value_parser = Date::parse)]
    now: Option<Date>,
    #[command(flatten)]
    pub(crate) answer: AnswerArguments,
    /// Colours
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColourChoice::Auto)]
    color: ColourChoice,
    #[command(flatten)]
    links: LinkArguments,
    /// The options that a query narrows the list with.
    #[arg(skip)]
    pub(crate) repeated: Vec<String>,
}

pub(crate) fn run(arguments: &ListArguments, locale: Locale) -> Result<Exit, Failure> {
    let form = &arguments.answer;
    if let Some(conflict) = form.conflict(false, locale) {
        return Err(Failure::Usage(conflict.to_owned()));
    }
    answer(arguments, &arguments.folder.open()?, locale)
}

fn answer(
    arguments: &ListArguments,
    index: &impl Answering,
    locale: Locale,
) -> Result<Exit, Failure> {
    let form = &arguments.answer;
    let desk = Desk {
        index,
        request: &|query| arguments.request(query, locale),
        form,
        is_collapsed: false,
        has_many: false,
        order: StreamOrder::Request,
        color: arguments.color,
        links: &arguments.links,
        command: SearchCommand {
            options: arguments.repeated.clone(),
            has_all_buckets: arguments.facets.commands,
        },
        locale,
    };
    let mut out = destination(form)?;
    let exit = desk.answer("1", "", &mut out)?;
    out.finish()?;
    Ok(exit)
}

impl ListArguments {
    /// Returns the request for the articles that `query` narrows the list to.
    pub(crate) fn request(&self, query: &str, locale: Locale) -> SearchRequest {
        let filter = &self.filter;
        let now = self.now.map(|now| now.last_day());
        let today = now.unwrap_or_else(|| filter.tz.today());
        let sort = if self.sort == "date" {
            SortChoice::Oldest
        } else {
            SortChoice::Newest
        };
        self.limits
            .within(filter.within(SearchRequest::new(query), today))
            .options(ParseOptions::new(today).allows_empty(true))
            .locale(locale)
            .limit(self.limit)
            .offset(self.offset)
            .sort(sort.into())
            .cursor(self.answer.cursor.clone())
            .track_total(!self.answer.no_counts)
            .buckets(self.by.buckets())
            .facets(self.facets.request())
            .depth(self.answer.depth())
            .snippets(self.answer.snippets)
            .snippet_chars(usize::from(self.answer.snippet_chars))
    }
}
