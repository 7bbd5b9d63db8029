//! The response. Its JSON is described by `index-schema/search-response.v1.schema.json`.

use crate::query::Notice;
use crate::search::advice::{QueryWord, Suggestion, WordCount};
use crate::text::{ByteRange, CharRange};
use serde::Serialize;

/// The version of the answer's shape. Within a version fields are only added.
pub const RESPONSE_VERSION: u32 = 1;

/// The answer to a question.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SearchResponse {
    /// [`RESPONSE_VERSION`].
    pub schema_version: u32,
    /// What a file of queries calls it.
    pub query_id: Option<String>,
    /// The query as it was typed.
    pub query: String,
    /// The query as it was understood.
    pub understood: String,
    /// How many articles match; null where the request has no `track_total`.
    pub total: Option<u64>,
    /// How many of the articles that match are copies of an earlier one that does: where all are
    /// counted, they are among `total`. Absent where neither `collapse` nor `unique` is
    /// asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copies: Option<u64>,
    /// Whether `total` and `facets` count copies once.
    #[serde(skip)]
    pub is_unique: bool,
    /// Whether the time limit ended the search: articles that were not looked at are missing from
    /// hits and counts.
    pub partial: bool,
    /// Time taken, in milliseconds.
    pub took_ms: f64,
    /// The page of hits asked for.
    pub hits: Vec<Hit>,
    /// Counts over all matching articles; null as `total` is.
    pub facets: Option<Facets>,
    /// What the user should know.
    pub notices: Vec<Notice>,
    /// The words of the query that no article has in the searched parts, in any form or spelling;
    /// in an answer without hits also the exact forms, patterns and conditions that no article
    /// meets.
    pub words_without_hits: Vec<QueryWord>,
    /// What to ask instead, where there are such words. Nothing of it was done.
    pub suggestions: Vec<Suggestion>,
    /// Where nothing was found though each word is there: how many articles have each.
    pub words_alone: Vec<WordCount>,
    /// Where nothing was found: how many articles have any of several words.
    pub match_any_hits: Option<u64>,
    /// What asks for the next page of the same index; null behind the last hit.
    pub next_cursor: Option<String>,
}

impl SearchResponse {
    /// Returns whether an article matches; without counts, whether this page has a hit.
    pub fn has_hits(&self) -> bool {
        self.total.map_or(!self.hits.is_empty(), |total| total > 0)
    }
}

/// One article found.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Hit {
    /// Place among all hits, from 1.
    pub rank: u64,
    /// The article's stable name.
    pub id: String,
    /// How well it matches; comparable within one answer only.
    pub score: f32,
    /// The headline; empty where there is none.
    pub title: String,
    /// The words of the headline that matched, in bytes of `title`.
    pub title_highlights: Vec<ByteRange>,
    /// The same in characters of `title`.
    pub title_highlights_chars: Vec<CharRange>,
    /// The date of publication, as exact as it is known.
    pub published: Option<String>,
    /// Where that date was found.
    pub date_source: Option<String>,
    /// The outlet.
    pub source: Option<String>,
    /// The section.
    pub section: Option<String>,
    /// The author.
    pub author: Option<String>,
    /// The address on the web.
    pub url: Option<String>,
    /// The file.
    pub path: String,
    /// The language: uk, ru, en, another declared one or und.
    pub lang: String,
    /// Passages that show the match.
    pub snippets: Vec<Snippet>,
    /// How the score came about; null where it was not asked for.
    pub explanation: Option<Explanation>,
    /// What made it match; tells why there may be no highlights.
    pub matched_by: MatchedBy,
    /// The copies of the article in the index, whether they match or not; absent where the
    /// request has no `collapse`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copies: Option<Copies>,
    /// The first words of its text; null where it has a headline.
    pub first_words: Option<String>,
    /// The line of its file that it begins in; null where it has the file to itself.
    pub line: Option<u64>,
    /// Where it stands, the first of them as `path` and `line` say; empty where it stands nowhere
    /// else.
    pub places: Vec<Place>,
    /// What it was indexed with; its id is unique in there.
    pub collection: String,
    /// The summary; in JSON only where it is chosen, as the next two.
    #[serde(skip)]
    pub lead: String,
    /// The text.
    #[serde(skip)]
    pub body: String,
    /// The tags.
    #[serde(skip)]
    pub tags: Vec<String>,
}

/// Where an article stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Place {
    /// The id that it has, or would have if it were the first.
    pub id: String,
    /// The file, with the path within it where that is a container.
    pub path: String,
    /// The line that it begins in; null where it has the file to itself.
    pub line: Option<u64>,
}

/// The copies of an article.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Copies {
    /// How many, without the article itself.
    pub count: u64,
    /// The outlets that published them, the earliest first.
    pub sources: Vec<String>,
}

/// What made an article match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum MatchedBy {
    /// Words of its text, which are marked.
    Words,
    /// Conditions alone, as its date or source, or that a word is not in it: there is nothing to
    /// mark.
    #[default]
    Conditions,
}

impl MatchedBy {
    /// Returns its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Conditions => "conditions",
        }
    }
}

/// The answer to the question for articles like another one.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MoreLikeResponse {
    /// [`RESPONSE_VERSION`].
    pub schema_version: u32,
    /// The article's stable name.
    pub id: String,
    /// Its headline; empty where there is none.
    pub title: String,
    /// The words that it was compared by, the most telling first.
    pub terms: Vec<KeyTerm>,
    /// How many other articles have at least one of them.
    pub total: u64,
    /// Time taken, in milliseconds.
    pub took_ms: f64,
    /// The page of articles asked for, the most alike first, with the shared words marked.
    pub hits: Vec<Hit>,
}

/// Lines of a concordance.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct KwicResponse {
    /// [`RESPONSE_VERSION`].
    pub schema_version: u32,
    /// The query as it was typed.
    pub query: String,
    /// The query as it was understood.
    pub understood: String,
    /// How many articles match.
    pub articles: u64,
    /// How many lines there are in all; null where not all articles were read to answer.
    pub occurrences: Option<u64>,
    /// The order of the lines.
    pub sort: &'static str,
    /// Time taken, in milliseconds.
    pub took_ms: f64,
    /// The lines asked for.
    pub lines: Vec<KwicLine>,
    /// What the user should know.
    pub notices: Vec<Notice>,
}

/// One occurrence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct KwicLine {
    /// Place among all lines, from 1.
    pub number: u64,
    /// The article's stable name.
    pub id: String,
    /// The date of publication, as exact as it is known.
    pub published: Option<String>,
    /// The outlet.
    pub source: Option<String>,
    /// The address on the web.
    pub url: Option<String>,
    /// The file that the article was read from.
    pub path: String,
    /// The line of it that the article begins in; null where it has the file to itself.
    pub line: Option<u64>,
    /// The headline; empty where there is none.
    pub title: String,
    /// The part of the article: title, lead or body.
    pub part: &'static str,
    /// The words before the keyword, up to it.
    pub left: String,
    /// What matched; of a phrase or of NEAR the whole stretch.
    pub keyword: String,
    /// The words behind the keyword, from it.
    pub right: String,
    /// Where the keyword begins in its part, in bytes.
    pub offset_bytes: usize,
    /// The same in characters.
    pub offset_chars: usize,
}

/// A whole article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ArticleResponse {
    /// [`RESPONSE_VERSION`].
    pub schema_version: u32,
    /// The article's stable name.
    pub id: String,
    /// The headline; empty where there is none.
    pub title: MarkedText,
    /// The summary; empty where there is none.
    pub lead: MarkedText,
    /// The text.
    pub body: MarkedText,
    /// The date of publication, as exact as it is known.
    pub published: Option<String>,
    /// Where that date was found.
    pub date_source: Option<String>,
    /// The outlet.
    pub source: Option<String>,
    /// The section.
    pub section: Option<String>,
    /// The author.
    pub author: Option<String>,
    /// The address on the web.
    pub url: Option<String>,
    /// The tags.
    pub tags: Vec<String>,
    /// The file.
    pub path: String,
    /// The language: uk, ru, en, another declared one or und.
    pub lang: String,
    /// The query whose words are marked.
    pub query: Option<String>,
    /// Whether the article matches that query.
    pub matches: Option<bool>,
    /// The line of its file that it begins in; null where it has the file to itself.
    pub line: Option<u64>,
    /// Where it stands, the first of them as `path` and `line` say; empty where it stands nowhere
    /// else.
    pub places: Vec<Place>,
}

/// A text of an article, with what matched in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MarkedText {
    /// The text as it stands in the article.
    pub text: String,
    /// The words that matched, in bytes of `text`, in order.
    pub highlights: Vec<ByteRange>,
    /// The same in characters.
    pub highlights_chars: Vec<CharRange>,
}

/// A passage of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Snippet {
    /// The part of the article it is from: lead or body.
    pub part: &'static str,
    /// The passage, as it stands in the article.
    pub text: String,
    /// The words that matched, in bytes of `text`.
    pub highlights: Vec<ByteRange>,
    /// The same in characters of `text`.
    pub highlights_chars: Vec<CharRange>,
    /// Where the passage begins in its part, in bytes.
    pub offset_bytes: usize,
    /// The same in characters.
    pub offset_chars: usize,
    /// Number of the sentence of its part that it begins in, from 1.
    pub sentence: usize,
    /// Whether text of the same sentence was cut off before it.
    pub is_cut_before: bool,
    /// Whether text of the same sentence was cut off after it.
    pub is_cut_after: bool,
}

/// Counts over all matching articles.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Facets {
    /// Articles by time; null if it was not asked for.
    pub timeline: Option<Timeline>,
    /// Articles by source, the most first.
    pub source: Vec<FacetCount>,
    /// Matching articles without a source.
    pub without_source: u64,
    /// The facets that were asked for, in that order.
    pub fields: Vec<Facet>,
}

/// Articles by the values of a field, or by time.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Facet {
    /// The field: source, section, author, lang, tag, collection, year, quarter, month,
    /// week or day.
    pub name: &'static str,
    /// The most first, equal ones by name; periods in order of time, empty ones too.
    pub values: Vec<FacetValue>,
    /// The sum of the counts of the values that are not given. An article with several tags counts
    /// in each.
    pub other: u64,
    /// How many values are not given.
    pub other_values: u64,
    /// Matching articles without a value, or without a date so exact.
    pub without: u64,
}

/// A value of a facet.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FacetValue {
    /// The value.
    pub value: String,
    /// How many articles have it.
    pub count: u64,
    /// Which part of all articles with it they are, from 0 to 1; null if it was not asked for.
    pub share: Option<f64>,
    /// A query that finds exactly these articles, with the same options.
    pub query: String,
}

/// Articles by time, every bucket from the first to the last, empty ones too.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Timeline {
    /// Length of a bucket: year, quarter, month, week or day.
    pub by: &'static str,
    /// The buckets in order of time.
    pub buckets: Vec<TimelineBucket>,
    /// Matching articles without a date as exact as the buckets.
    pub undated: u64,
}

/// A bucket of the timeline.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TimelineBucket {
    /// `2025`, `2025-Q4`, `2025-12`, `2025-W52` or `2025-12-28`.
    pub period: String,
    /// How many articles.
    pub count: u64,
    /// Which part of all articles of that time they are, from 0 to 1; null if it was not asked for.
    pub share: Option<f64>,
}

/// How many articles have a value, as a source or a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FacetCount {
    /// The value.
    pub value: String,
    /// How many articles have it.
    pub count: u64,
}

/// How the score of a hit came about.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Explanation {
    /// The words, phrases and conditions of the query that the article matches, in the order of the
    /// query.
    pub words: Vec<WordExplanation>,
    /// What the closeness of the words to each other adds to their scores.
    pub closeness: f32,
    /// The share of all that which the article keeps for its age; 1 where age does not count.
    pub recency: f32,
}

/// What one word, phrase or condition of the query has to do with a hit.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct WordExplanation {
    /// It, as it was understood.
    pub text: String,
    /// Whether an article need not have it.
    pub optional: bool,
    /// What it adds to the score.
    pub score: f32,
    /// How many articles match it; the fewer, the more it counts.
    pub articles: u64,
    /// The forms in which its words stand in the article, by part and in the order of the alphabet.
    pub forms: Vec<FormCount>,
}

/// How often a form stands in a part of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FormCount {
    /// The form in small letters.
    pub form: String,
    /// The part: title, lead or body.
    pub part: &'static str,
    /// How often.
    pub count: u64,
}

/// A word that tells what an article is about.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct KeyTerm {
    /// What its forms have in common; what is looked for.
    pub key: String,
    /// A form of it, as it stands first in the article.
    pub form: String,
    /// How much it tells: how often it stands there, times how rare it is. The greater, the more.
    pub weight: f32,
    /// The root of how often it stands there: what it counts in an article that has it too.
    #[serde(skip)]
    pub often: f32,
}
