//! Archives in temporary folders, and what their indexes hold.

use crate::cli_fixture::{Ran, run_in};
use shukach::archive::Archive;
use shukach::index::Index;
use shukach::index::document::{CollectedArticle, StoredArticle};
use shukach::index::document_store;
use shukach::index::job;
use shukach::index::job::{JobOptions, JobSummary, Progress};
use shukach::index::sink::Sink;
use shukach::index::writer::{Writer, WriterOptions};
use shukach::search::{SearchRequest, SearchResponse, Searcher};
use shukach::{Article, ArticleError, ArticleId, Error};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// An archive in a temporary folder, with a place for its index beside it.
pub(crate) struct TempArchive {
    folder: TempDir,
}

impl TempArchive {
    /// Makes an archive without files.
    pub(crate) fn new() -> Self {
        Self::within(tempfile::tempdir().unwrap())
    }

    /// Makes an archive of one file with these articles that tests share until the program ends.
    pub(crate) fn shared(articles: &[Line]) -> Self {
        Self::within(shared_folder()).file("articles.jsonl", json_lines(articles))
    }

    /// Makes an archive without files, in memory where the system has such a folder: for jobs that
    /// are run a thousand times.
    pub(crate) fn in_memory() -> Self {
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
        Self::within(folder.unwrap())
    }

    fn within(folder: TempDir) -> Self {
        fs::create_dir(folder.path().join("archive")).unwrap();
        Self { folder }
    }

    /// Makes an archive of one file with these articles.
    pub(crate) fn of_articles(articles: &[Line]) -> Self {
        Self::new().file("articles.jsonl", json_lines(articles))
    }

    /// Adds a file and returns the archive.
    pub(crate) fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        self.write(name, content);
        self
    }

    /// Writes a file of the archive.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.root().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Removes a file of the archive.
    pub(crate) fn remove(&self, name: &str) {
        fs::remove_file(self.root().join(name)).unwrap();
    }

    /// Returns the temporary folder around archive and index.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Returns the archive's own folder.
    pub(crate) fn root(&self) -> PathBuf {
        self.folder().join("archive")
    }

    /// Returns the folder of the index.
    pub(crate) fn index_path(&self) -> PathBuf {
        self.folder().join("index")
    }

    /// Brings the index up to date with one thread and default options.
    pub(crate) fn index(&self) -> Outcome {
        self.index_with(JobOptions {
            writer: threads(1),
            ..JobOptions::default()
        })
        .unwrap()
    }

    /// Indexes the archive as jobs leave it that were killed before they merged: in several
    /// segments, with deleted articles in them.
    pub(crate) fn index_in_segments(&self) {
        let index = Index::open_or_create(&self.index_path()).unwrap();
        let mut writer = Writer::open(&index, threads(1)).unwrap();
        let articles = read_articles(&self.root());
        for (ordinal, article) in articles.iter().enumerate() {
            // Every second one comes in with the text of another, and then as it is.
            let other = &articles[articles.len() - 1 - ordinal];
            let text = if ordinal % 2 == 0 { article } else { other };
            let first = Article {
                id: article.id.clone(),
                path: article.path.clone(),
                ..text.clone()
            };
            let first = CollectedArticle::new(&first, "archive");
            writer.add(&first).unwrap();
            if ordinal % 3 == 0 {
                let gone = Article {
                    id: ArticleId::new("gone"),
                    ..other.clone()
                };
                let gone = CollectedArticle::new(&gone, "archive");
                writer.add(&gone).unwrap();
                writer.commit().unwrap();
                writer.remove(gone.key);
            }
        }
        for article in articles.iter().skip(1).step_by(2) {
            let article = CollectedArticle::new(article, "archive");
            writer.replace(&article).unwrap();
        }
        writer.commit().unwrap();
    }

    /// Brings the index up to date.
    pub(crate) fn index_with(&self, options: JobOptions) -> Result<Outcome, Error> {
        index_into(&self.index_path(), &[self.root()], options)
    }

    /// Opens the index for searching.
    pub(crate) fn searcher(&self) -> Searcher {
        Searcher::open(&Index::open(&self.index_path()).unwrap()).unwrap()
    }

    /// Indexes the archive and opens the index for searching.
    pub(crate) fn indexed(&self) -> Searcher {
        assert_eq!(self.index().failures, Vec::<String>::new());
        self.searcher()
    }

    /// Runs `shukach … --index INDEX`.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        let index = self.index_path();
        let mut all = arguments.to_vec();
        all.extend(["--index", index.to_str().unwrap()]);
        run_in(self.folder(), &all)
    }

    /// Runs `shukach index ARCHIVE --json` with more flags; see [`LOCK_HELD_ON`].
    pub(crate) fn run_index(&self, flags: &[&str]) -> Ran {
        let root = self.root();
        let mut all = vec!["index", root.to_str().unwrap(), "--json"];
        all.extend(flags);
        let started = Instant::now();
        loop {
            let ran = self.run(&all);
            let is_busy = ran.stderr.contains("another shukach is writing");
            if !is_busy || started.elapsed() > LOCK_HELD_ON {
                return ran;
            }
        }
    }

    /// Returns what the index holds: the texts under each id.
    pub(crate) fn content(&self) -> Content {
        content(&self.index_path())
    }
}

/// What an index job did.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) summary: JobSummary,
    pub(crate) failures: Vec<String>,
}

/// How long the lock of a finished job may be held on: a process that another test starts at that
/// moment has a copy of the lock's file until it becomes the program.
const LOCK_HELD_ON: Duration = Duration::from_secs(5);

/// Indexes `roots` into `index`; see [`LOCK_HELD_ON`].
#[expect(
    clippy::needless_pass_by_value,
    reason = "tests make them where they call it"
)]
pub(crate) fn index_into(
    index: &Path,
    roots: &[PathBuf],
    options: JobOptions,
) -> Result<Outcome, Error> {
    let index = Index::open_or_create(index)?;
    let archive = Archive::open(roots)?;
    let started = Instant::now();
    loop {
        let mut listener = Listener::default();
        match job::run(&index, &archive, &options, &mut listener) {
            Err(Error::Busy { .. }) if started.elapsed() < LOCK_HELD_ON => {
                std::thread::sleep(Duration::from_millis(5));
            }
            outcome => {
                let (summary, failures) = (outcome?, listener.0);
                return Ok(Outcome { summary, failures });
            }
        }
    }
}

/// Returns writer options with this number of threads and little memory.
pub(crate) fn threads(threads: usize) -> WriterOptions {
    WriterOptions {
        threads,
        memory_bytes: 64 << 20,
        wait: LOCK_HELD_ON,
    }
}

#[derive(Default)]
struct Listener(Vec<String>);

impl Progress for Listener {
    fn start(&mut self, _: u64, _: u64) {}
    fn advance(&mut self, _: u64, _: &JobSummary) {}
    fn failed(&mut self, error: &ArticleError) {
        self.0.push(error.to_string());
    }
    fn finishing(&mut self) {}
}

/// The articles of an index, by id; more than one under an id is a fault.
pub(crate) type Content = BTreeMap<String, Vec<StoredArticle>>;

/// Reads all articles of the index in `path`.
pub(crate) fn content(path: &Path) -> Content {
    let searcher = Index::open(path).unwrap().reader().unwrap().searcher();
    let mut content = Content::new();
    for segment in searcher.segment_readers() {
        let ids = segment.fast_fields().str("id").unwrap().unwrap();
        let store = segment.get_store_reader(1).unwrap();
        for doc in segment.doc_ids_alive() {
            let mut id = String::new();
            let ordinal = ids.term_ords(doc).next().unwrap();
            ids.ord_to_str(ordinal, &mut id).unwrap();
            let article: StoredArticle = document_store::read(&store, doc).unwrap();
            content.entry(id).or_default().push(article);
        }
    }
    content
}

/// Reads all articles of an archive, without an index.
pub(crate) fn read_articles(root: &Path) -> Vec<Article> {
    let mut articles = Vec::new();
    for file in Archive::open(&[root.to_owned()]).unwrap().files() {
        file.unwrap()
            .read(&mut |read| articles.push(read.unwrap().article));
    }
    articles
}

/// One article of a JSON Lines file.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub(crate) struct Line {
    pub(crate) id: String,
    pub(crate) title: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) lead: String,
    pub(crate) body: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) date: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) source: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) section: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) tags: Vec<String>,
}

impl Line {
    /// Makes an article without a title.
    pub(crate) fn new(id: &str, body: &str) -> Self {
        Self {
            id: id.to_owned(),
            body: body.to_owned(),
            ..Self::default()
        }
    }

    /// Gives it a title.
    pub(crate) fn titled(mut self, title: &str) -> Self {
        title.clone_into(&mut self.title);
        self
    }

    /// Gives it a date.
    pub(crate) fn dated(mut self, date: &str) -> Self {
        date.clone_into(&mut self.date);
        self
    }

    /// Gives it a source.
    pub(crate) fn from(mut self, source: &str) -> Self {
        source.clone_into(&mut self.source);
        self
    }
}

/// Returns the articles as JSON Lines.
pub(crate) fn json_lines(articles: &[Line]) -> String {
    let line = |article: &Line| format!("{}\n", serde_json::json!(article));
    articles.iter().map(line).collect()
}

/// Returns a request whose limit is above the number of articles.
pub(crate) fn request(query: &str) -> SearchRequest {
    SearchRequest::new(query).limit(10_000)
}

/// Returns the ids of all articles that `query` finds, the best first.
pub(crate) fn found(searcher: &Searcher, query: &str) -> Vec<String> {
    ids(&searcher.search(&request(query)).unwrap())
}

/// Returns the ids of the hits.
pub(crate) fn ids(response: &SearchResponse) -> Vec<String> {
    response.hits.iter().map(|hit| hit.id.clone()).collect()
}

/// Copies a folder with everything in it.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// How long the folders of finished test runs are left alone: a run that still goes on may use
/// them.
const LEFT_ALONE: Duration = Duration::from_hours(1);

/// Makes a folder for what tests share until the program ends, when nobody is left to remove it;
/// removes those of earlier runs instead.
pub(crate) fn shared_folder() -> TempDir {
    let parent = Path::new(env!("CARGO_TARGET_TMPDIR"));
    for entry in fs::read_dir(parent).unwrap().flatten() {
        let age = entry.metadata().and_then(|metadata| metadata.modified());
        let age = age.ok().and_then(|modified| modified.elapsed().ok());
        if age > Some(LEFT_ALONE) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
    tempfile::tempdir_in(parent).unwrap()
}
