//! The input formats: one table that detection, `--format`, messages and the documentation share.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

/// An input format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// Plain text: the first line is the title.
    Text,
    /// Markdown, with or without front matter.
    Markdown,
    /// A saved page.
    Html,
    /// A page saved with its parts (MHTML).
    Mhtml,
    /// JSON: an article, a list of articles, or an export that holds one.
    Json,
    /// JSON Lines: an article a line.
    JsonLines,
    /// A table with a header: comma, semicolon or tab between its columns.
    Csv,
    /// RSS, Atom or a news sitemap.
    Feed,
    /// An export of WordPress (WXR).
    WordPress,
    /// NewsML-G2.
    NewsMl,
    /// NITF.
    Nitf,
    /// A dump of MediaWiki.
    MediaWiki,
    /// The pages of a Telegram Desktop export.
    TelegramHtml,
    /// A web archive: WARC or WET.
    Warc,
    /// A web archive in the older form ARC.
    Arc,
    /// A mail.
    Mail,
    /// A mailbox.
    Mbox,
    /// A document of Word.
    Docx,
    /// A document of OpenDocument.
    Odt,
    /// A document for printing.
    Pdf,
}

/// What is written about a format.
#[derive(Debug, Clone, Copy)]
pub struct FormatEntry {
    /// The format.
    pub format: Format,
    /// Its name, as `--format` takes it.
    pub name: &'static str,
    /// The endings of file names, in lower case and without the dot.
    pub extensions: &'static [&'static str],
    /// What is read of it, for people.
    pub about: &'static str,
}

const fn entry(
    format: Format,
    name: &'static str,
    extensions: &'static [&'static str],
    about: &'static str,
) -> FormatEntry {
    FormatEntry {
        format,
        name,
        extensions,
        about,
    }
}

/// All formats, in the order of the documentation.
pub const FORMATS: &[FormatEntry] = &[
    entry(
        Format::Text,
        "text",
        &["txt", "text"],
        "Plain text. The first line is the title. Front matter is understood.",
    ),
    entry(
        Format::Markdown,
        "markdown",
        &["md", "markdown"],
        "Markdown with YAML, TOML or JSON front matter.",
    ),
    entry(
        Format::Html,
        "html",
        &["html", "htm", "xhtml", "shtml"],
        "A saved page: the main text without navigation, metadata from JSON-LD and meta elements. A page of six or more dated items, each with a headline and a text, is an article per item.",
    ),
    entry(
        Format::Mhtml,
        "mhtml",
        &["mht", "mhtml"],
        "A page saved with its pictures in one file.",
    ),
    entry(
        Format::Json,
        "json",
        &["json"],
        "One article, a list of articles or an export: JSON Feed, ninjs, schema.org, NewsAPI, \
         WordPress REST, Telegram `result.json`, Elasticsearch and MongoDB dumps; also inside \
         `const data = …;`.",
    ),
    entry(
        Format::JsonLines,
        "jsonl",
        &["jsonl", "ndjson", "jl"],
        "One article per line. A broken line costs that line only.",
    ),
    entry(
        Format::Csv,
        "csv",
        &["csv", "tsv", "tab"],
        "A table with a header line: comma, semicolon, tab or `|` between the columns.",
    ),
    entry(
        Format::Feed,
        "feed",
        &["rss", "atom", "rdf"],
        "RSS, Atom or a news sitemap, also as `.xml`: an article per item.",
    ),
    entry(
        Format::WordPress,
        "wxr",
        &["wxr"],
        "A WordPress export, also as `.xml`: published posts; pages, drafts and attachments are no articles.",
    ),
    entry(
        Format::NewsMl,
        "newsml",
        &[],
        "NewsML-G2 (`.xml`): news items with text, as NITF or XHTML.",
    ),
    entry(Format::Nitf, "nitf", &[], "NITF documents (`.xml`)."),
    entry(
        Format::MediaWiki,
        "mediawiki",
        &[],
        "A dump of MediaWiki (`.xml`): the pages of the main namespace.",
    ),
    entry(
        Format::TelegramHtml,
        "telegram-html",
        &[],
        "`messages*.html` of a Telegram Desktop export: an article per message with text.",
    ),
    entry(
        Format::Warc,
        "warc",
        &["warc", "wet"],
        "A web archive: an article per page, or per text of a WET file; revisits are skipped.",
    ),
    entry(
        Format::Arc,
        "arc",
        &["arc"],
        "A web archive in the older form ARC.",
    ),
    entry(
        Format::Mail,
        "mail",
        &["eml"],
        "A mail or newsletter: subject, date, sender and text.",
    ),
    entry(
        Format::Mbox,
        "mbox",
        &["mbox"],
        "A mailbox: an article per mail.",
    ),
    entry(
        Format::Docx,
        "docx",
        &["docx"],
        "A Word document: headings, paragraphs, lists and tables.",
    ),
    entry(
        Format::Odt,
        "odt",
        &["odt"],
        "An OpenDocument text: headings, paragraphs, lists and tables.",
    ),
    entry(
        Format::Pdf,
        "pdf",
        &["pdf"],
        "A PDF with text: its lines joined to paragraphs; the first is the title. Pictures of pages \
         have no text.",
    ),
];

/// The endings of compressed files and of archives, whose members are read.
pub(crate) const CONTAINER_EXTENSIONS: &[&str] = &[
    "gz", "zst", "bz2", "xz", "zip", "tar", "tgz", "tbz", "tbz2", "txz", "tzst",
];

impl Format {
    /// Returns the format that the ending of `path` stands for, in any case of letters.
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        FORMATS
            .iter()
            .find(|entry| entry.extensions.contains(&extension.as_str()))
            .map(|entry| entry.format)
    }

    /// Returns whether a [`FieldMap`](crate::archive::FieldMap) tells which keys hold its fields.
    pub fn is_mapped(self) -> bool {
        matches!(self, Self::Json | Self::JsonLines | Self::Csv)
    }

    /// Returns the name that `--format` takes.
    pub fn name(self) -> &'static str {
        FORMATS
            .iter()
            .find(|entry| entry.format == self)
            .map_or("", |entry| entry.name)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// No format has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown format; choose one of: {}", format_names())]
pub struct UnknownFormat;

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        FORMATS
            .iter()
            .find(|entry| entry.name == name)
            .map(|entry| entry.format)
            .ok_or(UnknownFormat)
    }
}

fn format_names() -> String {
    let names: Vec<&str> = FORMATS.iter().map(|entry| entry.name).collect();
    names.join(", ")
}

/// Returns all endings that are read, for messages: `.txt .md … .zip`.
pub fn readable_extensions() -> String {
    let own = FORMATS.iter().flat_map(|entry| entry.extensions);
    let names: Vec<String> = own
        .chain(CONTAINER_EXTENSIONS)
        .map(|extension| format!(".{extension}"))
        .collect();
    names.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_format_has_its_own_name_and_its_own_endings() {
        let names: HashSet<&str> = FORMATS.iter().map(|entry| entry.name).collect();
        let formats: HashSet<Format> = FORMATS.iter().map(|entry| entry.format).collect();
        assert_eq!((names.len(), formats.len()), (FORMATS.len(), FORMATS.len()));
        let extensions: Vec<&str> = FORMATS
            .iter()
            .flat_map(|entry| entry.extensions)
            .chain(CONTAINER_EXTENSIONS)
            .copied()
            .collect();
        let distinct: HashSet<&str> = extensions.iter().copied().collect();
        assert_eq!(distinct.len(), extensions.len());
        for entry in FORMATS {
            assert_eq!(entry.name.parse(), Ok(entry.format));
        }
        assert!("doc".parse::<Format>().is_err());
    }
}
