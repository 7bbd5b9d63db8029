//! An article: what an archive yields and an index holds.

use crate::date::Date;
use crate::date::written::Written;
use jiff::civil;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::PathBuf;

/// The name of an article, stable from one indexing run to the next.
///
/// It is the `id` that the input gives, else it is made of the file's name below the archive's root
/// (`archive/2025/12/rutte.txt`), with the hash of the article behind it where a file holds
/// several. It never holds control characters or white space other than spaces, so that it can
/// stand on a line and in a column of a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArticleId(String);

impl ArticleId {
    /// Makes an id of `raw`; every control character in it and all white space but spaces becomes
    /// `_`.
    pub fn new(raw: &str) -> Self {
        let clean = |c: char| {
            if (c.is_whitespace() && c != ' ') || c.is_control() {
                '_'
            } else {
                c
            }
        };
        Self(raw.trim().chars().map(clean).collect())
    }

    /// Returns the id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where the date of publication comes from, the surest first. All but the last are known dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateSource {
    /// A field of the article: in JSON, CSV, a feed, a mail.
    Field,
    /// The front matter of a Markdown or text file.
    FrontMatter,
    /// The JSON-LD of a page.
    JsonLd,
    /// A `<meta>` element of a page.
    Meta,
    /// The microdata of a page: `itemprop="datePublished"`.
    Microdata,
    /// A `<time>` element of a page.
    Time,
    /// The address of the article: `/2025/12/28/…`.
    Url,
    /// The path of the file: `2025/12/28/…`, `2025-12-28-…`.
    Path,
    /// A line or element of its own at the head of the text or beside the headline: `Київ,
    /// 28.12.2025`.
    Dateline,
    /// All dates and tenses of the text together: no date of publication stands anywhere.
    Estimate,
}

impl DateSource {
    /// All sources, the surest first.
    pub const ALL: [Self; 10] = [
        Self::Field,
        Self::FrontMatter,
        Self::JsonLd,
        Self::Meta,
        Self::Microdata,
        Self::Time,
        Self::Url,
        Self::Path,
        Self::Dateline,
        Self::Estimate,
    ];

    /// Returns the name that stands in the index and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::FrontMatter => "front-matter",
            Self::JsonLd => "json-ld",
            Self::Meta => "meta",
            Self::Microdata => "microdata",
            Self::Time => "time",
            Self::Url => "url",
            Self::Path => "path",
            Self::Dateline => "dateline",
            Self::Estimate => "estimate",
        }
    }
}

/// When an article was published, and how we know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// The date, as exact as it was given.
    pub date: Date,
    /// The day that the article names, where it is another than the day in Kyiv; see
    /// [`Written::day`].
    pub written_day: Option<civil::Date>,
    /// Where it was found.
    pub date_source: DateSource,
}

impl Published {
    /// Makes it of a date and where that was found.
    pub fn new(written: impl Into<Written>, date_source: DateSource) -> Self {
        let Written { date, day } = written.into();
        Self {
            date,
            written_day: day,
            date_source,
        }
    }
}

/// One article of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// The stable name.
    pub id: ArticleId,
    /// The headline; empty where there is none.
    pub title: String,
    /// The summary or first paragraph; empty where there is none. It is part of `body` unless the
    /// input gives it apart from the body.
    pub lead: String,
    /// The text, paragraphs and section headings in lines of their own.
    pub body: String,
    /// The date of publication, if it is known; never invented.
    pub published: Option<Published>,
    /// The outlet.
    pub source: Option<String>,
    /// The section or rubric.
    pub section: Option<String>,
    /// The authors, in the order in which the input has them.
    pub authors: Vec<String>,
    /// The address on the web.
    pub url: Option<String>,
    /// The tags, in the order in which the input has them.
    pub tags: Vec<String>,
    /// The language that the input declares, as it stands there; the indexer detects it anyway.
    pub lang: Option<String>,
    /// The file it was read from, absolute.
    pub path: PathBuf,
}

impl Article {
    /// Calls `add` with all that a reader sees of the article but its texts, id and path, and with
    /// the date `published`. Indexes keep hashes of these, so their order is part of the format.
    pub(crate) fn for_each_fact(&self, published: Option<Published>, mut add: impl FnMut(&str)) {
        for text in [&self.source, &self.section, &self.url, &self.lang] {
            add(text.as_deref().unwrap_or("\0"));
        }
        for name in &self.authors {
            add(name);
        }
        // No author is the first tag.
        add("");
        for tag in &self.tags {
            add(tag);
        }
        if let Some(published) = published {
            add(&published.date.to_string());
            add(published.date_source.as_str());
            if let Some(day) = published.written_day {
                add(&day.to_string());
            }
        }
    }
}
