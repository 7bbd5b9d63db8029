//! `shukach copy`.

use crate::arguments::credentials::credentials;
use crate::arguments::index_folder::is_address;
use crate::arguments::layout::LayoutArguments;
use crate::exit::{Exit, Failure};
use crate::terminal::interrupt::Patience;
use clap::Args;
use serde::Serialize;
use shukach::cluster::{ClusterAddress, ClusterIndex, CopySummary, copy};
use shukach::error::{ClusterProblem, Error};
use shukach::index::Index;
use shukach::locale::{Locale, english_count, ukrainian_plural};
use shukach::render;
use shukach::render::sanitize::one_line;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

/// How many refused articles are named.
const NAMED_REFUSALS: usize = 20;

pub(crate) fn run(arguments: &CopyArguments, locale: Locale) -> Result<Exit, Failure> {
    let address = ClusterAddress::parse(&arguments.to).map_err(Error::from)?;
    if is_address(Path::new(&arguments.from)) {
        let what = "a copy from a cluster";
        return Err(Error::from(ClusterProblem::Unsupported { what }).into());
    }
    let from = Index::open(&arguments.from)?;
    let layout = arguments.layout.layout();
    let to = if arguments.anew {
        ClusterIndex::create_beside(address, credentials()?, layout)?
    } else {
        ClusterIndex::open_or_create(address, credentials()?, layout)?
    };
    let to = Arc::new(to);
    let (_patience, stop) = Patience::of_job();
    let threads = arguments.threads.unwrap_or_else(default_threads);
    let summary = copy(&from, &to, threads, &stop, &mut |_| {})?;
    let is_whole = !summary.is_stopped && summary.written.refused == 0;
    if arguments.anew && is_whole {
        to.replace()?;
    }
    arguments.write(&summary, to.address(), locale)?;
    Ok(match (summary.is_stopped, is_whole) {
        (true, _) => Exit::Interrupted,
        (false, true) => Exit::Success,
        (false, false) => Exit::SomeFailed,
    })
}

fn default_threads() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

pub(crate) const COPY_EXAMPLES: &str = "\
Examples:
  shukach copy --from ~/index --to opensearch+https://host1:9200,host2:9200/news
  shukach copy --from ~/index --to opensearch+https://host1:9200/news --anew --shards 6
  shukach search 'міст' --index opensearch+https://host1:9200/news

Who asks is read from SHUKACH_CLUSTER_USER and SHUKACH_CLUSTER_PASSWORD_FILE, or from SHUKACH_CLUSTER_API_KEY_FILE;
SHUKACH_CLUSTER_CA names the authority that signed the certificates, a file in PEM.";

#[derive(Debug, Args)]
#[command(after_help = COPY_EXAMPLES)]
pub(crate) struct CopyArguments {
    /// Folder of the index that is copied
    #[arg(long, value_name = "DIR")]
    pub(crate) from: PathBuf,
    /// Address of the index in the cluster: opensearch+https://host:9200,host2:9200/name
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) to: String,
    /// Build a new index beside the one that is there, and put it in its place when it is whole
    #[arg(long)]
    pub(crate) anew: bool,
    #[command(flatten)]
    pub(crate) layout: LayoutArguments,
    /// How many threads analyse and send articles [default: as many as processors]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

impl CopyArguments {
    fn write(
        &self,
        summary: &CopySummary,
        address: &ClusterAddress,
        locale: Locale,
    ) -> io::Result<()> {
        let written = &summary.written;
        let refusals = written.refusals.iter().take(NAMED_REFUSALS);
        let refusals: Vec<String> = refusals
            .map(|refused| format!("{}: {}", refused.id, refused.reason))
            .collect();
        for refusal in &refusals {
            eprintln!("{}", one_line(refusal));
        }
        let mut out = io::stdout().lock();
        if self.json {
            let report = Report {
                schema_version: 1,
                from: self.from.to_string_lossy().into_owned(),
                to: address.to_string(),
                articles: summary.articles,
                withheld: summary.withheld,
                written: written.written,
                stale: written.stale,
                refused: written.refused,
                refusals,
                stopped: summary.is_stopped,
            };
            return render::json::write(&report, &mut out);
        }
        let articles = summary.articles;
        let told = match locale {
            Locale::English => format!(
                "{}: {} written, {} there in a newer version, {} refused; index in",
                english_count(articles, "article"),
                written.written,
                written.stale,
                written.refused
            ),
            Locale::Ukrainian => format!(
                "{articles} {}: записано {}, новіших уже там {}, відхилено {}; індекс у",
                ukrainian_plural(articles, ["стаття", "статті", "статей"]),
                written.written,
                written.stale,
                written.refused
            ),
        };
        writeln!(out, "{told} {address}")?;
        if summary.withheld > 0 {
            let told = locale.choose(
                "removed from the cluster before and left out",
                "вилучено з кластера раніше й пропущено",
            );
            writeln!(out, "{told}: {}", summary.withheld)?;
        }
        out.flush()
    }
}

/// What was copied, as JSON; `index-schema/copy-summary.v1.schema.json` describes it.
#[derive(Debug, Serialize)]
struct Report {
    schema_version: u32,
    from: String,
    to: String,
    articles: u64,
    withheld: u64,
    written: u64,
    stale: u64,
    refused: u64,
    refusals: Vec<String>,
    stopped: bool,
}
