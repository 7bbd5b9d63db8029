//! `shukach remove`.

#[cfg(feature = "opensearch")]
use crate::arguments::credentials::credentials;
use crate::arguments::index_folder::{ClusterAddress, IndexPlace, unsupported};
use crate::arguments::waiting::WaitingArguments;
use crate::exit::{Exit, Failure};
use clap::{ArgGroup, Args};
use serde::Serialize;
#[cfg(feature = "opensearch")]
use shukach::cluster;
#[cfg(feature = "opensearch")]
use shukach::cluster::{ClusterIndex, ClusterSearcher};
use shukach::error::Error;
use shukach::index::Index;
use shukach::index::collection::Collection;
use shukach::index::removal;
use shukach::index::removal::{Selected, Selection};
use shukach::index::writer::WriterOptions;
use shukach::locale::{Locale, ukrainian_plural};
use shukach::render;
use shukach::render::sanitize::one_line;
use shukach::search::{SearchRequest, Searcher};
use std::collections::BTreeMap;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
#[cfg(feature = "opensearch")]
use std::sync::Arc;

/// The version of the shape of the summary. Within a version fields are only added.
const SUMMARY_VERSION: u32 = 1;
/// Articles that the text names.
const NAMED_ARTICLES: usize = 20;
/// Articles that the JSON names.
const LISTED_ARTICLES: usize = 1_000;

pub(crate) fn run(arguments: &RemoveArguments, locale: Locale) -> Result<Exit, Failure> {
    let path = arguments.folder.path();
    let index = arguments.open()?;
    let selection = arguments.selection(&index)?;
    let mut selected = index.select(&selection)?;
    let is_empty = selected.articles.is_empty() && selected.forgotten_repeats == 0;
    let is_idle = arguments.dry_run || is_empty;
    if !is_idle {
        if !arguments.yes && selected.is_large() && !is_confirmed(&selected, locale)? {
            let told = locale.choose("nothing was removed", "нічого не вилучено");
            return Err(Failure::Lines(vec![told.to_owned()]));
        }
        selected = index.remove(&selection, arguments.waiting.writer())?;
    }
    let mut out = io::stdout().lock();
    if arguments.json {
        let summary = Summary::of(&selected, &selection, arguments.dry_run, &path);
        render::json::write(&summary, &mut out)?;
    } else {
        write_text(&selected, &selection, (arguments.dry_run, locale), &mut out)?;
    }
    out.flush()?;
    for id in &selected.unknown_ids {
        let of = selected.repeat_ids.iter().find(|(known, _)| known == id);
        if let Some((id, holder)) = of {
            let (id, holder) = (one_line(id), one_line(holder));
            match locale {
                Locale::English => eprintln!(
                    "{id} is an exact repeat of {holder}; remove that to remove all its places"
                ),
                Locale::Ukrainian => eprintln!(
                    "{id} — точний повтор статті {holder}; вилучіть її, щоб вилучити всі місця"
                ),
            }
            continue;
        }
        let told = locale.choose("no article has the id", "немає статті з ідентифікатором");
        eprintln!("{told} {}", one_line(id));
    }
    Ok(Exit::of_hits(!is_empty))
}

/// Asks for confirmation of a large removal.
fn is_confirmed(selected: &Selected, locale: Locale) -> Result<bool, Failure> {
    let (count, total) = (selected.articles.len(), selected.total);
    if !io::stdin().is_terminal() {
        let told = match locale {
            Locale::English => format!(
                "this would remove {count} of {total} articles, more than 1 %; check them with --dry-run, then add --yes"
            ),
            Locale::Ukrainian => format!(
                "це вилучило б статей: {count} з {total}, понад 1 %; перегляньте їх із --dry-run, а тоді додайте --yes"
            ),
        };
        return Err(Failure::Lines(vec![told]));
    }
    match locale {
        Locale::English => eprint!("Remove {count} of {total} articles? [y/N] "),
        Locale::Ukrainian => eprint!("Вилучити статей: {count} з {total}? [т/Н] "),
    }
    io::stderr().flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    let answer = answer.trim().to_lowercase();
    Ok(["y", "yes", "т", "так"].contains(&answer.as_str()))
}

/// The summary as JSON.
#[derive(Debug, Serialize)]
struct Summary<'a> {
    schema_version: u32,
    index: String,
    dry_run: bool,
    removed: u64,
    total: u64,
    lasting: bool,
    collections: BTreeMap<&'a str, u64>,
    unknown_ids: &'a [String],
    forgotten_repeats: u64,
    articles: Vec<Named<'a>>,
}

#[derive(Debug, Serialize)]
struct Named<'a> {
    id: &'a str,
    collection: &'a str,
    path: &'a str,
}

impl<'a> Summary<'a> {
    fn of(selected: &'a Selected, selection: &Selection, dry_run: bool, index: &Path) -> Self {
        let mut collections = BTreeMap::new();
        for article in &selected.articles {
            *collections.entry(article.collection.as_str()).or_default() += 1;
        }
        let articles = selected.articles.iter().take(LISTED_ARTICLES);
        Self {
            schema_version: SUMMARY_VERSION,
            index: index.to_string_lossy().into_owned(),
            dry_run,
            removed: selected.articles.len() as u64,
            total: selected.total,
            lasting: selection.is_lasting(),
            collections,
            unknown_ids: &selected.unknown_ids,
            forgotten_repeats: selected.forgotten_repeats,
            articles: articles
                .map(|article| Named {
                    id: &article.id,
                    collection: &article.collection,
                    path: &article.path,
                })
                .collect(),
        }
    }
}

fn write_text(
    selected: &Selected,
    selection: &Selection,
    (dry_run, locale): (bool, Locale),
    out: &mut impl Write,
) -> io::Result<()> {
    for article in selected.articles.iter().take(NAMED_ARTICLES) {
        let name = format!("{}:{}", article.collection, article.id);
        writeln!(out, "  {}  {}", one_line(&name), one_line(&article.path))?;
    }
    let others = selected.articles.len().saturating_sub(NAMED_ARTICLES);
    if others > 0 {
        match locale {
            Locale::English => writeln!(out, "  and {others} more")?,
            Locale::Ukrainian => writeln!(out, "  і ще {others}")?,
        }
    }
    let (count, total) = (selected.articles.len() as u64, selected.total);
    match (locale, dry_run) {
        (Locale::English, true) => writeln!(out, "would remove {count} of {total} articles")?,
        (Locale::English, false) => writeln!(out, "removed {count} of {total} articles")?,
        (Locale::Ukrainian, true) => writeln!(out, "було б вилучено статей: {count} з {total}")?,
        (Locale::Ukrainian, false) => {
            let word = ukrainian_plural(count, ["статтю", "статті", "статей"]);
            writeln!(out, "вилучено {count} {word} з {total}")?;
        }
    }
    if selected.forgotten_repeats > 0 {
        let told = locale.choose("exact repeats forgotten", "точних повторів забуто");
        writeln!(out, "{told}: {}", selected.forgotten_repeats)?;
    }
    if count == 0 || dry_run {
        return Ok(());
    }
    let told = if selection.is_lasting() {
        locale.choose(
            "they stay away when their files are read again; to take them back: shukach index PATH --restore",
            "їх не буде й після нового читання файлів; щоб повернути: shukach index ШЛЯХ --restore",
        )
    } else {
        locale.choose(
            "indexing their files again brings them back",
            "нове індексування їхніх файлів поверне їх",
        )
    };
    writeln!(out, "{told}")
}

/// Returns the path as the index has it, also where nothing is there any more: absolute, without
/// the symbolic links of what is still there.
fn absolute(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    let real = path.ancestors().find_map(|above| {
        let real = above.canonicalize().ok()?;
        Some(real.join(path.strip_prefix(above).ok()?))
    });
    // Joining nothing leaves a slash at the end.
    Ok(real.unwrap_or(path).components().collect())
}

pub(crate) const REMOVE_EXAMPLES: &str = "\
Examples:
  shukach remove archive/2025/12/28/stroky.txt
  shukach remove --collection telegram --dry-run
  shukach remove --path ~/archive/2019 --yes
  shukach remove --query 'source:\"Kyiv Courier\" date:2019'";

#[derive(Debug, Args)]
#[command(after_help = REMOVE_EXAMPLES)]
#[command(group = ArgGroup::new("which").required(true).multiple(true).args(["id", "collection", "path", "query"]))]
pub(crate) struct RemoveArguments {
    /// The ids of articles, or their collections and ids: COLLECTION:ID
    #[arg(value_name = "ID")]
    id: Vec<String>,
    /// Only articles of this collection
    #[arg(long, value_name = "NAME")]
    collection: Option<Collection>,
    /// Only articles of this file or folder, which may be gone
    #[arg(long, value_name = "PATH")]
    path: Option<PathBuf>,
    /// Only articles that this query finds
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    query: Option<String>,
    #[command(flatten)]
    folder: IndexPlace,
    /// Show what would be removed and remove nothing
    #[arg(long)]
    dry_run: bool,
    /// Do not ask, however many articles go
    #[arg(short, long)]
    yes: bool,
    #[command(flatten)]
    waiting: WaitingArguments,
    /// Print the summary as JSON
    #[arg(long)]
    json: bool,
}

/// The index that articles are removed from.
enum Opened {
    Folder(Box<Index>),
    #[cfg(feature = "opensearch")]
    Cluster(Arc<ClusterIndex>),
}

impl Opened {
    /// Returns the keys of the articles that a query finds.
    fn keys(&self, query: &str) -> Result<Vec<u64>, Failure> {
        let request = SearchRequest::new(query);
        let keys = match self {
            Self::Folder(index) => Searcher::open(index)?.keys(&request),
            #[cfg(feature = "opensearch")]
            Self::Cluster(index) => ClusterSearcher::of(index).keys(&request),
        };
        keys.map_err(|error| Failure::of_search(query, error))
    }

    fn select(&self, selection: &Selection) -> Result<Selected, Error> {
        match self {
            Self::Folder(index) => selection.select(index),
            #[cfg(feature = "opensearch")]
            Self::Cluster(index) => cluster::removal::select(index, selection),
        }
    }

    fn remove(&self, selection: &Selection, options: WriterOptions) -> Result<Selected, Error> {
        match self {
            Self::Folder(index) => removal::remove(index, selection, options),
            #[cfg(feature = "opensearch")]
            Self::Cluster(index) => cluster::removal::remove(index, selection),
        }
    }
}

impl RemoveArguments {
    fn open(&self) -> Result<Opened, Failure> {
        let Some(address) = self.folder.address()? else {
            let index = Index::open(&self.folder.path())?;
            return Ok(Opened::Folder(Box::new(index)));
        };
        if self.waiting.wait.is_some() {
            return Err(unsupported("--wait").into());
        }
        open_in_cluster(address)
    }

    fn selection(&self, index: &Opened) -> Result<Selection, Failure> {
        let keys = self.query.as_deref().map(|query| index.keys(query));
        let keys = keys.transpose()?.map(|keys| keys.into_iter().collect());
        Ok(Selection {
            ids: self.id.iter().cloned().collect(),
            collection: self.collection.clone(),
            path: self.path.as_deref().map(absolute).transpose()?,
            keys,
        })
    }
}

#[cfg(feature = "opensearch")]
fn open_in_cluster(address: ClusterAddress) -> Result<Opened, Failure> {
    let index = ClusterIndex::open(address, credentials()?)?;
    Ok(Opened::Cluster(Arc::new(index)))
}

#[cfg(not(feature = "opensearch"))]
fn open_in_cluster(address: ClusterAddress) -> Result<Opened, Failure> {
    match address {}
}
