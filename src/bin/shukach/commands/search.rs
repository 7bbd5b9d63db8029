//! `shukach search`.

use crate::arguments::answer::AnswerArguments;
use crate::arguments::copies::CopiesArguments;
use crate::arguments::facets::FacetArguments;
use crate::arguments::index_folder::IndexFolders;
use crate::arguments::links::LinkArguments;
use crate::arguments::matching::WordArguments;
use crate::arguments::query_reading::ReadingArguments;
use crate::arguments::query_word::query_word;
use crate::arguments::shared::FilterArguments;
use crate::arguments::shared::PeriodChoice;
use crate::arguments::shared::SortChoice;
use crate::arguments::timeout::SearchLimits;
use crate::commands::desk::{Desk, destination};
use crate::exit::{Exit, Failure};
use crate::help::query_syntax::QUERY_HELP;
use crate::terminal::colour::ColourChoice;
use clap::Args;
use shukach::analysis::dictionary::lexicon::Lexicon;
use shukach::locale::Locale;
use shukach::render::shell::SearchCommand;
use shukach::search::{Answering, SearchRequest, StreamOrder};
use std::path::PathBuf;
use std::sync::Arc;

pub(crate) fn run(arguments: &SearchArguments, locale: Locale) -> Result<Exit, Failure> {
    let form = &arguments.answer;
    if let Some(conflict) = form.conflict(arguments.queries.is_some(), locale) {
        return Err(Failure::Usage(conflict.to_owned()));
    }
    let lexicon = arguments.words.lexicon.read(locale)?.map(Arc::new);
    answer(
        arguments,
        &arguments.folder.open()?,
        lexicon.as_ref(),
        locale,
    )
}

fn answer(
    arguments: &SearchArguments,
    index: &impl Answering,
    lexicon: Option<&Arc<Lexicon>>,
    locale: Locale,
) -> Result<Exit, Failure> {
    let form = &arguments.answer;
    arguments.check(index)?;
    let desk = Desk {
        index,
        request: &|query| arguments.request(query, locale).lexicon(lexicon.cloned()),
        form,
        is_collapsed: arguments.copies.collapse,
        has_many: arguments.queries.is_some(),
        order: arguments.order(),
        color: arguments.color,
        links: &arguments.links,
        command: arguments.command(),
        locale,
    };
    let mut out = destination(form)?;
    let exit = match &arguments.queries {
        None => desk.answer("1", &arguments.query.join(" "), &mut out)?,
        Some(path) => desk.answer_all(path, &mut out)?,
    };
    out.finish()?;
    Ok(exit)
}

pub(crate) const SEARCH_EXAMPLES: &str = "\
Examples:
  shukach search 'гарантії безпеки'
  shukach search '«гарантії безпеки» -реклама' --from 2025-12 --source 'Хвиля Поділля'
  shukach search 'школа OR вчитель' --sort -date --limit 20
  shukach search 'мир NEAR/5 воля' --facet section --share
  shukach search 'міст' --format csv --fields published,source,title,url -o mosty.csv";

#[derive(Debug, Args)]
#[command(after_help = format!("{SEARCH_EXAMPLES}\n\n{QUERY_HELP}"))]
pub(crate) struct SearchArguments {
    /// What to look for
    #[arg(value_name = "QUERY", required_unless_present_any = ["queries", "copies"], value_parser = query_word)]
    pub(crate) query: Vec<String>,
    #[command(flatten)]
    pub(crate) folder: IndexFolders,
    #[command(flatten)]
    pub(crate) filter: FilterArguments,
    /// How many hits to show
    #[arg(
        short = 'n',
        long,
        value_name = "N",
        default_value_t = 10,
        allow_negative_numbers = true
    )]
    pub(crate) limit: usize,
    /// How many hits to leave out first
    #[arg(
        long,
        value_name = "N",
        default_value_t = 0,
        allow_negative_numbers = true
    )]
    pub(crate) offset: usize,
    /// The best first (score), the oldest first (date) or the newest first (-date) [default: score]
    #[arg(long, value_enum, allow_hyphen_values = true)]
    pub(crate) sort: Option<SortChoice>,
    /// Buckets of the timeline; auto takes the shortest that fit
    #[arg(long, value_enum, default_value_t = PeriodChoice::Auto)]
    pub(crate) by: PeriodChoice,
    #[command(flatten)]
    pub(crate) copies: CopiesArguments,
    #[command(flatten)]
    pub(crate) facets: FacetArguments,
    #[command(flatten)]
    pub(crate) reading: ReadingArguments,
    #[command(flatten)]
    pub(crate) words: WordArguments,
    /// Let scores fade with age: after so many days an article counts half
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=36_500))]
    pub(crate) recent: Option<u32>,
    /// With --match any, do not also find words that begin alike (гарантувати beside гарантія)
    #[arg(long)]
    pub(crate) no_related: bool,
    /// Replace words that no article has by what was most likely meant, and say so
    #[arg(long)]
    pub(crate) accept_suggestions: bool,
    #[command(flatten)]
    pub(crate) limits: SearchLimits,
    /// Show for each hit which forms matched, where, and how its score was computed
    #[arg(long)]
    pub(crate) explain: bool,
    #[command(flatten)]
    pub(crate) answer: AnswerArguments,
    /// Answer many queries: a file with one a line, if need be with a name and a tab before it; -
    /// for standard input
    #[arg(
        long,
        visible_alias = "batch",
        value_name = "FILE",
        conflicts_with_all = ["query", "all", "cursor"]
    )]
    pub(crate) queries: Option<PathBuf>,
    /// Colours
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColourChoice::Auto)]
    pub(crate) color: ColourChoice,
    #[command(flatten)]
    pub(crate) links: LinkArguments,
    /// The options that another query is asked with.
    #[arg(skip)]
    pub(crate) repeated: Vec<String>,
}

impl SearchArguments {
    /// Checks what an index must have to be asked.
    pub(crate) fn check(&self, index: &impl Answering) -> Result<(), Failure> {
        if let Some(id) = &self.copies.copies {
            let failed = |error| Failure::of_search("", error);
            index.check_article(id).map_err(failed)?;
        }
        Ok(())
    }

    /// Returns the order in which all hits are written.
    pub(crate) fn order(&self) -> StreamOrder {
        match self.sort {
            Some(_) => StreamOrder::Request,
            None => StreamOrder::Index,
        }
    }

    /// Returns the request for the query that was given, with the lexicon.
    #[cfg(feature = "serve")]
    pub(crate) fn whole_request(&self, locale: Locale) -> Result<SearchRequest, Failure> {
        let lexicon = self.words.lexicon.read(locale)?.map(Arc::new);
        let request = self.request(&self.query.join(" "), locale);
        Ok(request.lexicon(lexicon))
    }

    /// Returns the request for one query.
    pub(crate) fn request(&self, query: &str, locale: Locale) -> SearchRequest {
        let options = self.reading.options_in(&self.filter.tz);
        let request = SearchRequest::new(self.copies.narrowed(query));
        let filtered = self.filter.within(request, options.today);
        // Of the copies of an article the earliest is asked for.
        let sort = self.sort.unwrap_or(if self.copies.copies.is_some() {
            SortChoice::Oldest
        } else {
            SortChoice::Score
        });
        let limited = self.limits.within(self.copies.within(filtered));
        self.words
            .within(limited)
            .options(options.allows_negation(self.answer.all))
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
            .half_life_days(self.recent)
            .related(!self.no_related)
            .explain(self.explain)
            .accept_suggestions(self.accept_suggestions)
    }

    /// Returns the command that asks another query in the same way, for people to copy; what
    /// concerns only the look of the answer, and the page, is left out.
    pub(crate) fn command(&self) -> SearchCommand {
        SearchCommand {
            options: self.repeated.clone(),
            has_all_buckets: self.facets.commands,
        }
    }
}
