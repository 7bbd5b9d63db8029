//! What can go wrong, with the place and the way out.
//!
//! | module | what it holds |
//! |---|---|
//! | `certificate` | what can be wrong with the certificate of a node |
//! | `cluster` | what can go wrong with an index in a cluster |
//! | `code` | stable codes |
//! | `containment` | panics of parsers that are not ours |
//! | `doubt` | what is doubtful about an article |
//! | `field` | the fields of an article |
//! | `holder` | the process that writes to an index |
//! | `message` | errors and doubts in words |

mod certificate;
mod cluster;
mod code;
pub mod containment;
mod doubt;
mod field;
mod holder;
mod message;

pub use crate::error::certificate::CertificateFlaw;
pub use crate::error::cluster::ClusterProblem;
pub use crate::error::doubt::Doubt;
pub use crate::error::field::Field;
pub use crate::error::holder::Holder;
pub use crate::error::message::kind_of_record;

use crate::date::DateError;
use std::borrow::Cow;
use std::io;
use std::path::PathBuf;

/// The result of everything in this crate that can fail as a whole.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failure of a whole job. What concerns one file or line only is an [`ArticleError`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was tried: `read`, `create`, `list`.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A path to index does not exist.
    #[error("no such file or folder: {}", path.display())]
    NoSuchPath {
        /// The path as it was given.
        path: PathBuf,
    },
    /// A path to index is a pipe, a socket or a device.
    #[error(
        "{} is neither a file nor a folder; write what comes from it to the standard input: … | shukach index -",
        path.display()
    )]
    NotAFile {
        /// The path as it was given.
        path: PathBuf,
    },
    /// Nothing to index under a path.
    #[error(
        "no article files (.txt .md .html .json .jsonl .csv .xml .warc .zip …) under {}; is it the right folder? to go on all the same, add --allow-empty",
        path.display()
    )]
    NoArticleFiles {
        /// The path that was walked.
        path: PathBuf,
    },
    /// Nothing to index under a path of which the index holds articles, as when a disk is not
    /// mounted.
    #[error(
        "no article files under {}, but the index holds {indexed} articles from there; is the disk mounted? to remove them all the same, add --allow-empty",
        path.display()
    )]
    NothingLeft {
        /// The path that was walked.
        path: PathBuf,
        /// How many articles of it the index holds.
        indexed: u64,
    },
    /// An index takes one share of an archive, and another one is asked for.
    #[error(
        "the index in {} holds {}, and share {asked} needs an index of its own: --index DIR",
        path.display(),
        found.as_ref().map_or_else(|| "all files of its archive".to_owned(), |found| format!("share {found} of its archive"))
    )]
    OtherShare {
        /// The folder of the index.
        path: PathBuf,
        /// The share that it holds: `3/16`; `None` where it holds all files.
        found: Option<String>,
        /// The share asked for.
        asked: String,
    },
    /// A share of the standard input, which has no files to share out.
    #[error(
        "the standard input has no files to share out; leave out --share, or name files and folders"
    )]
    ShareOfStandardInput,
    /// There is no index in the folder.
    #[error("no index in {}; make one with: shukach index PATH --index {}", path.display(), path.display())]
    NoIndex {
        /// The folder.
        path: PathBuf,
    },
    /// The index may not be read by this user.
    #[error("no permission to read the index in {}; ask its owner to let you read the folder and its files", path.display())]
    NoPermission {
        /// The folder.
        path: PathBuf,
    },
    /// Of two indexes that are to be searched as one, one is a copy of the other.
    #[error("the index in {} is a copy of the one in {}; leave out one of them", second.display(), first.display())]
    IndexTwice {
        /// The folder that was named first.
        first: PathBuf,
        /// The other one.
        second: PathBuf,
    },
    /// The folder for the index is a file.
    #[error("{} is a file, and an index needs a folder; choose another with --index DIR", path.display())]
    IndexIsFile {
        /// The file.
        path: PathBuf,
    },
    /// The folder for a new index holds something else.
    #[error("{} holds other files and no index; choose an empty or new folder with --index DIR", path.display())]
    NotAnIndex {
        /// The folder.
        path: PathBuf,
    },
    /// The folder for a snapshot holds something.
    #[error("{} is not empty; choose a new or empty folder for the snapshot", path.display())]
    NotEmpty {
        /// The folder.
        path: PathBuf,
    },
    /// The disk has less room than what is to be written takes, so nothing was begun.
    #[error(
        "not enough room on the disk of {}: about {} MB are needed, and {} MB are free; nothing was changed; free some room, or work on a copy on a larger disk: shukach snapshot DIR",
        path.display(), megabytes(*needed), megabytes(*free)
    )]
    NoRoom {
        /// A folder on the disk.
        path: PathBuf,
        /// What is needed, in bytes.
        needed: u64,
        /// What is free, in bytes.
        free: u64,
    },
    /// The index was built by another version of the program.
    #[error(
        "the index in {} was built with {what} {found}, this program has {what} {expected}; rebuild it from what it holds: shukach reindex --index {}",
        path.display(), path.display()
    )]
    OtherVersion {
        /// The folder of the index.
        path: PathBuf,
        /// What differs: `format`, `analyzer` or `dictionary`.
        what: &'static str,
        /// The version that built the index.
        found: String,
        /// The version of this program.
        expected: String,
    },
    /// What stands in the index cannot be understood.
    #[error("the index in {} is damaged ({what}); repair it: shukach repair --index {}", path.display(), path.display())]
    Damaged {
        /// The folder of the index.
        path: PathBuf,
        /// What was found.
        what: String,
    },
    /// Another process writes to the index.
    #[error(
        "another shukach is writing to the index in {}{}; wait until it has finished, or add --wait 60s",
        path.display(),
        holder.as_ref().map(|holder| format!(" ({holder})")).unwrap_or_default()
    )]
    Busy {
        /// The folder of the index.
        path: PathBuf,
        /// The process that writes, where it is known.
        holder: Option<Holder>,
    },
    /// An id of articles in several collections, where one is meant.
    #[error("{} have the id {id}; say which is meant", candidates(id, collections))]
    AmbiguousId {
        /// The id.
        id: String,
        /// The collections that have it.
        collections: Vec<String>,
    },
    /// The cluster that holds the index gives no answer.
    #[error(transparent)]
    Cluster(#[from] ClusterProblem),
    /// The engine failed.
    #[error("the search engine failed: {0}")]
    Engine(#[from] tantivy::TantivyError),
}

/// Returns bytes in megabytes, rounded up.
fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1_000_000)
}

/// Returns the names of articles that share an id: `2024:7, 2025:7`.
fn candidates(id: &str, collections: &[String]) -> String {
    let names = collections
        .iter()
        .map(|collection| format!("{collection}:{id}"));
    names.collect::<Vec<_>>().join(", ")
}

impl Error {
    /// Makes an [`Error::Io`] of what was tried and where.
    pub fn io(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io {
            action,
            path,
            source,
        }
    }
}

/// Why one file or one line of it gave no article. It never stops a run.
#[derive(Debug, thiserror::Error)]
#[error("{}: {problem}", self.place())]
pub struct ArticleError {
    /// The file.
    pub path: PathBuf,
    /// The path within the file, where that is a container.
    pub inner_path: Option<String>,
    /// The line, counted from 1, where it is known.
    pub line: Option<u64>,
    /// The offset in bytes, counted from 0, where it is known and no line is.
    pub byte: Option<u64>,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with one file, line or field. It costs the article as an [`ArticleError`], or the
/// article comes in with a [`Doubt`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The system did not let us read it.
    #[error("cannot read: {0}")]
    Unreadable(#[from] io::Error),
    /// An article of another file has the same id.
    #[error(
        "the id {id} in the collection {collection} already belongs to the article at {}, which keeps it; give each article its own id, or index one of the two with --collection NAME",
        message::place(owner, *line)
    )]
    DuplicateId {
        /// The id.
        id: String,
        /// The collection in which both are.
        collection: String,
        /// The file whose article has it.
        owner: PathBuf,
        /// The line of that article, where it is known.
        line: Option<u64>,
    },
    /// The index did not take the article.
    #[error("the index did not take the article {id}: {reason}; it is sent again by the next job")]
    Refused {
        /// Its id.
        id: String,
        /// What the index said.
        reason: String,
    },
    /// The article is too long to be one.
    #[error(
        "too large: {size_bytes} bytes, and an article may have {max_bytes}; split it, or put one article a line into a .jsonl file"
    )]
    TooLarge {
        /// The length of the file or line, in bytes.
        size_bytes: u64,
        /// The limit, in bytes.
        max_bytes: u64,
    },
    /// It holds control characters or bytes without a meaning, as no text does.
    #[error("binary: too little of it is text, see byte {byte}")]
    Binary {
        /// The offset of the first such byte in the file or line, in bytes from 0.
        byte: usize,
    },
    /// Some bytes mean nothing in the encoding of the others.
    #[error("not {encoding} in {count} places, which stand as \u{FFFD}")]
    BadBytes {
        /// How many places.
        count: usize,
        /// The encoding of the others.
        encoding: &'static str,
    },
    /// The bytes are not in the encoding that they or their carrier name.
    #[error("says that it is {declared}, but is {encoding}")]
    OtherEncoding {
        /// The encoding named.
        declared: String,
        /// The encoding that it is in.
        encoding: &'static str,
    },
    /// Nothing names the encoding, and another would fit about as well.
    #[error("read as {encoding}, which is a guess; if it is wrong, give --encoding")]
    GuessedEncoding {
        /// The encoding.
        encoding: &'static str,
    },
    /// The text had been read in a wrong encoding before it was written.
    #[error("{slip} before it came here; repaired")]
    RepairedEncoding {
        /// What had been read as what.
        slip: &'static str,
    },
    /// There is neither a title nor a text.
    #[error("no text: neither a title nor a body")]
    NoText,
    /// The syntax of JSON is broken.
    #[error("broken JSON at column {column}: {reason}")]
    BrokenJson {
        /// The column in bytes, counted from 1; 0 means the beginning.
        column: usize,
        /// What the parser expected or found.
        reason: String,
    },
    /// A value is not of the type it should have.
    #[error("{key}: expected {expected}, found {found}")]
    WrongType {
        /// The key, or `article` for the whole value.
        key: Cow<'static, str>,
        /// The type that belongs there.
        expected: &'static str,
        /// The type that is there.
        found: &'static str,
    },
    /// A date is given but cannot be one.
    #[error("{key}: {source}")]
    BadDate {
        /// The key it stands under.
        key: Cow<'static, str>,
        /// What is wrong with it.
        source: DateError,
    },
    /// A text stands under a key that is not known, or that is known while another text is the
    /// body.
    #[error(
        "{key}: a text under a key that is not understood; say what it is with --map body={key}"
    )]
    UnknownText {
        /// The key.
        key: String,
    },
    /// There is a title but no text.
    #[error("a title and no text")]
    NoBody,
    /// A row has more cells than the header has columns, as where a text with commas has no
    /// quotes; the rest was kept in the last column.
    #[error(
        "{cells} cells in a table of {columns} columns: the rest was kept in the last one; put \
         texts that hold the delimiter between quotes"
    )]
    ExtraCells {
        /// How many columns the header names.
        columns: usize,
        /// How many cells the row has.
        cells: usize,
    },
    /// A quote in a row of a table is not closed: the row ends where the next one begins.
    #[error("a quote is not closed; the row was read up to the line where the next one begins")]
    UnclosedQuote,
    /// The first row of a table is an article and no header; what the columns hold is a guess.
    #[error(
        "a table without a header, read as {columns_read}; if that is wrong, number the columns: \
         --map title=1,body=2"
    )]
    NoHeader {
        /// The fields of the columns, in their order; a number where none was found.
        columns_read: String,
    },
    /// Next to nothing of the text is letters, as after an export that lost them.
    #[error("the text has hardly any letters, as if an export had lost them")]
    FewLetters,
    /// The front matter is not the YAML it should be.
    #[error("broken front matter: {reason}")]
    BrokenFrontMatter {
        /// What the parser expected or found.
        reason: String,
    },
    /// It says itself that it is no article: a draft, a page, an attachment.
    #[error("not an article: {kind}")]
    NotAnArticle {
        /// The key and value that say so.
        kind: String,
    },
    /// A record that is no article by its nature, as a request in a web archive: it is counted by
    /// its kind and is no failure, so no caller ever gets it.
    #[error("passed over: {kind}")]
    PassedOver {
        /// What it is, in the plural: `messages without text`.
        kind: &'static str,
    },
    /// The export kept only the beginning of the text.
    #[error("the text is cut off: the export left out {chars} more characters")]
    CutText {
        /// How many characters are missing.
        chars: u64,
    },
    /// No key of a record is one of a title or of a text.
    #[error(
        "no key of a title or a text among {keys}; say which they are with --map title=KEY,body=KEY"
    )]
    UnknownKeys {
        /// The keys, in their order.
        keys: String,
    },
    /// A page has more of something than any article needs, in a place where that costs minutes.
    #[error("more than {max} {what}")]
    TooMany {
        /// What there are too many of: `attributes in one tag`, `character references in one text`.
        what: &'static str,
        /// The limit.
        max: usize,
    },
    /// The elements of a page are nested deeper than any article needs.
    #[error("elements are nested deeper than {max_depth}")]
    TooDeep {
        /// The limit.
        max_depth: usize,
    },
    /// A parser gave up; a fault of the parser, not of the file.
    #[error("it could not be parsed: the parser failed")]
    ParserFailed,
    /// It is in no format that is read.
    #[error(
        "no format that is read; readable are text, Markdown, HTML, MHTML, JSON, JSON Lines, CSV, RSS, Atom, sitemaps, WordPress, NewsML-G2, NITF, MediaWiki, Telegram, WARC, ARC, mail, DOCX, ODT, PDF, also in .gz .zst .bz2 .xz .zip .tar; name one with --format"
    )]
    Unsupported,
    /// The program was built without what reads it.
    #[error(
        "this program was built without the feature {feature}; rebuild it with --features {feature}"
    )]
    WithoutFeature {
        /// The feature of the crate.
        feature: &'static str,
    },
    /// Reading one article took longer than it may.
    #[error(
        "given up after {seconds} s; what follows in this file was not read; if it is good, allow \
         more with --time-limit"
    )]
    TooSlow {
        /// The limit.
        seconds: u64,
    },
    /// A compressed file or an archive is damaged.
    #[error("damaged: {reason}")]
    BrokenArchive {
        /// What its reader found.
        reason: String,
    },
    /// A compressed file, an archive or a record of one ends too early.
    #[error("cut short: the end is missing")]
    Truncated,
    /// Archives lie in archives that lie in archives.
    #[error("archives in one another; one may lie in another, take this one out")]
    NestedContainers,
    /// A small file unpacks to a giant one.
    #[error(
        "unpacks to more than {max_times} times its size, as only what is made to fill memory does; unpack it yourself if it is good"
    )]
    Expands {
        /// The limit.
        max_times: u64,
    },
    /// The markup of XML is broken.
    #[error("broken XML: {reason}")]
    BrokenXml {
        /// What the parser expected or found.
        reason: String,
    },
    /// The file is sound, but nothing in it is an article.
    #[error("no articles in it: {what}")]
    NoArticles {
        /// What is there instead.
        what: &'static str,
    },
}
