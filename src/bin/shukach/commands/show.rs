//! `shukach show`.

use crate::arguments::index_folder::IndexFolders;
use crate::arguments::lexicon::LexiconFile;
use crate::arguments::links::LinkArguments;
use crate::arguments::query_reading::ReadingArguments;
use crate::exit::{Exit, Failure};
use crate::terminal::colour::ColourChoice;
use crate::terminal::destination::Destination;
use crate::terminal::output;
use crate::terminal::pager::PagerArguments;
use clap::Args;
use shukach::locale::Locale;
use shukach::render;
use shukach::search::{Answering, ArticleResponse, SearchRequest};
use std::sync::Arc;

const EXAMPLES: &str = "\
Examples:
  shukach show pravda-2025-12-28-7
  shukach show /home/olena/archive/2025/12/28/stroky.txt --query 'гарантії безпеки'
  shukach show pravda-2025-12-28-7 --json

The answers of shukach search --json name the id of each article.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ShowArguments {
    /// The id of an article (COLLECTION:ID where several collections have it), or the path of a
    /// file that holds one article
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    folder: IndexFolders,
    /// Mark what matches this query
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    query: Option<String>,
    #[command(flatten)]
    pager: PagerArguments,
    #[command(flatten)]
    reading: ReadingArguments,
    #[command(flatten)]
    lexicon: LexiconFile,
    /// Print the headline and the text as they stand in the article, not wrapped and without marks
    #[arg(long, conflicts_with_all = ["json", "query"])]
    raw: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Colours
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColourChoice::Auto)]
    color: ColourChoice,
    #[command(flatten)]
    links: LinkArguments,
}

pub(crate) fn run(arguments: &ShowArguments, locale: Locale) -> Result<Exit, Failure> {
    let opened = arguments.folder.open()?;
    let article = arguments.response(&opened, locale)?;
    let mut out = if arguments.json || arguments.raw {
        Destination::open(None)?
    } else {
        Destination::open_paged(None, &arguments.pager)?
    };
    if arguments.json {
        render::json::write(&article, &mut out)?;
    } else if arguments.raw {
        render::article::write_raw(&article, &mut out)?;
    } else {
        let layout = output::layout(arguments.color, locale);
        let layout = arguments.links.within(layout, &out);
        render::article::write(&article, layout, &mut out)?;
    }
    out.finish()?;
    Ok(Exit::Success)
}

impl ShowArguments {
    /// Returns the article.
    pub(crate) fn response(
        &self,
        index: &impl Answering,
        locale: Locale,
    ) -> Result<ArticleResponse, Failure> {
        let query = self.query.as_deref().unwrap_or_default();
        let request = SearchRequest::new(query)
            .options(self.reading.options())
            .locale(locale)
            .lexicon(self.lexicon.read(locale)?.map(Arc::new));
        index
            .show(&self.id, &request)
            .map_err(|error| Failure::of_search(query, error))
    }
}
