//! The request.

use crate::analysis::dictionary::lexicon::Lexicon;
use crate::article::DateSource;
use crate::date::zone::Zone;
use crate::date::{Date, day_number, today};
use crate::engine::boosts::recency::Fading;
use crate::locale::Locale;
use crate::plan::Widening;
use crate::plan::cache::word_cache::WordCache;
use crate::query::ParseOptions;
use crate::query::field::Column;
use crate::query::options::{MatchMode, setters};
use crate::schema::Part;
use std::sync::Arc;
use std::time::Duration;

/// How much memory the hits of an answer may take unless it is said otherwise, in bytes.
pub const MAX_MEMORY: u64 = 1 << 30;

/// A question to the index.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
pub struct SearchRequest {
    /// The query as it was typed.
    pub query: String,
    /// How the query is to be read.
    pub options: ParseOptions,
    /// The language of notices.
    pub locale: Locale,
    /// Whether words also find their spellings in the other languages (Зеленський, Зеленский,
    /// Zelenskyy), behind their own.
    pub transliterate: bool,
    /// Where words must match.
    pub parts: Vec<Part>,
    /// Only articles published in or after this period; in or after this second where it is an
    /// instant, which one known to its day only is not before the next day.
    pub from: Option<Date>,
    /// Only articles published in or before this period, or not after this second.
    pub to: Option<Date>,
    /// Whether articles whose date is an estimate are left out.
    pub known_dates: bool,
    /// Only articles that have one of the values given for each column that is named here.
    pub only: Vec<(Column, String)>,
    /// Only articles whose date comes from one of these; all if empty.
    pub date_sources: Vec<DateSource>,
    /// Only articles without a date.
    pub undated: bool,
    /// How many hits to return at most.
    pub limit: usize,
    /// Whether of articles that are copies of one another only the earliest hit is given.
    pub collapse: bool,
    /// Whether such articles count once, in totals, timelines and facets.
    pub unique: bool,
    /// How many hits to leave out first.
    pub offset: usize,
    /// The hits behind the place of an earlier answer's `next_cursor`; `offset` counts from there.
    pub cursor: Option<String>,
    /// The order of hits.
    pub sort: Sort,
    /// Whether all matching articles are counted, for `total` and `facets`. Without counts phrases
    /// and `NEAR` stop reading where no better hit can come. Only
    /// [`Searcher::search`](crate::search::Searcher::search) uses it.
    pub track_total: bool,
    /// The buckets of the timeline; none to leave it out.
    pub timeline: Option<Buckets>,
    /// What else to count the hits by.
    pub facets: FacetRequest,
    /// Whose days are meant, in the query, in `from` and `to`, and in the counts.
    pub zone: Zone,
    /// Which fields of a hit to load.
    pub depth: Depth,
    /// How many snippets to give of each hit at most.
    pub snippets: usize,
    /// After how many days an article counts half; none where age does not count.
    pub half_life_days: Option<u32>,
    /// Whether, where any word will do, words that begin alike do too, behind their own.
    pub related: bool,
    /// How long finding may take; what is found by then is the answer, and a notice says so.
    pub timeout: Option<Duration>,
    /// How much memory the hits may take together, in bytes; the first of them are the answer
    /// where all would take more, and a notice says so.
    pub max_memory: u64,
    /// Whether to explain the score of each hit.
    pub explain: bool,
    /// The longest snippet, in characters.
    pub snippet_chars: usize,
    /// Whether words are found in their other spellings too (`проєкт`, `проект`).
    pub variants: bool,
    /// Words of which each form finds all others: the user's own, beside those that the program
    /// knows.
    pub lexicon: Option<Arc<Lexicon>>,
    /// Whether words that no article has are replaced by the likeliest suggestion, with a notice.
    pub accept_suggestions: bool,
}

impl SearchRequest {
    /// Asks for the ten best articles with `query` anywhere in them, with a timeline by month.
    /// Relative dates in the query are seen from today.
    pub fn new(query: impl Into<String>) -> Self {
        Self {
            query: query.into(),
            options: ParseOptions::new(today()),
            locale: Locale::default(),
            transliterate: true,
            parts: Part::ALL.to_vec(),
            from: None,
            to: None,
            known_dates: false,
            only: Vec::new(),
            date_sources: Vec::new(),
            undated: false,
            limit: 10,
            collapse: false,
            unique: false,
            offset: 0,
            cursor: None,
            sort: Sort::Score,
            track_total: true,
            timeline: Some(Buckets::Each(Period::Month)),
            facets: FacetRequest::default(),
            zone: Zone::default(),
            depth: Depth::default(),
            snippets: 2,
            snippet_chars: 240,
            variants: true,
            half_life_days: None,
            related: true,
            timeout: None,
            max_memory: MAX_MEMORY,
            explain: false,
            lexicon: None,
            accept_suggestions: false,
        }
    }

    setters! {
        query: String,
        options: ParseOptions,
        locale: Locale,
        transliterate: bool,
        parts: Vec<Part>,
        from: Option<Date>,
        to: Option<Date>,
        known_dates: bool,
        only: Vec<(Column, String)>,
        date_sources: Vec<DateSource>,
        undated: bool,
        limit: usize,
        collapse: bool,
        unique: bool,
        offset: usize,
        cursor: Option<String>,
        sort: Sort,
        track_total: bool,
        facets: FacetRequest,
        zone: Zone,
        depth: Depth,
        snippets: usize,
        half_life_days: Option<u32>,
        related: bool,
        timeout: Option<Duration>,
        max_memory: u64,
        explain: bool,
        snippet_chars: usize,
        variants: bool,
        lexicon: Option<Arc<Lexicon>>,
        accept_suggestions: bool,
    }
}

impl SearchRequest {
    /// Sets the buckets of the timeline; none leaves it out.
    #[must_use]
    pub fn timeline(self, period: Option<Period>) -> Self {
        self.buckets(period.map(Buckets::Each))
    }

    /// Does as [`SearchRequest::timeline`], where the length of the buckets may be left open.
    #[must_use]
    pub fn buckets(mut self, timeline: Option<Buckets>) -> Self {
        self.timeline = timeline;
        self
    }

    /// Leaves only articles of these sources; all if there are none.
    #[must_use]
    pub fn sources(mut self, sources: Vec<String>) -> Self {
        let sources = sources.into_iter().map(|source| (Column::Source, source));
        self.only.extend(sources);
        self
    }

    /// Returns how its query is read: one that only excludes makes sense where conditions say of
    /// what.
    pub fn parse_options(&self) -> ParseOptions {
        let is_filtered = self.from.is_some()
            || self.to.is_some()
            || self.undated
            || !self.only.is_empty()
            || !self.date_sources.is_empty();
        ParseOptions {
            allows_negation: self.options.allows_negation || is_filtered,
            ..self.options
        }
    }

    /// Returns whether it matters which articles are copies of others.
    pub(crate) fn wants_copies(&self) -> bool {
        self.collapse || self.unique
    }

    /// Returns whether the dates of articles decide about the answer.
    pub(crate) fn counts_dates(&self) -> bool {
        let is_period = |field: &FacetField| matches!(field, FacetField::Period(_));
        self.timeline.is_some()
            || self.from.is_some()
            || self.to.is_some()
            || self.sort != Sort::Score
            || self.facets.fields.iter().any(is_period)
    }

    /// Returns what the words of the query may match beside their own keys; `cache` says what is
    /// known of them.
    pub(crate) fn widening<'a>(&'a self, cache: &'a WordCache) -> Widening<'a> {
        Widening {
            variants: self.variants,
            transliterations: self.transliterate,
            lexicon: self.lexicon.as_deref(),
            zone: Some(&self.zone),
            cache: Some(cache),
        }
    }

    /// Returns how scores fade with age, if they do.
    pub(crate) fn fading(&self) -> Option<Fading> {
        let days = self.half_life_days?;
        Some(Fading {
            half_life_days: f32::from(u16::try_from(days).unwrap_or(u16::MAX)).max(1.0),
            today: day_number(self.options.today),
        })
    }

    /// Returns whether words that begin alike are looked for: only where any of the words will do.
    pub fn finds_related(&self) -> bool {
        self.related && self.options.match_mode == MatchMode::Any
    }
}

/// Which fields of a hit to load; fewer is faster. Each level includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Depth {
    /// What stands in columns: id, source, section, author, path and language. The rest is as if
    /// the article had none.
    Columns,
    /// Also the headline, the date and the address, for which the article must be read.
    Texts,
    /// Also what matched, and the passages that show it.
    #[default]
    Matches,
}

/// The order of hits. Of those that score alike the ones with more words as they were typed,
/// capitals of names too, come first; other ties go by date, the newest first, then by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The best first.
    #[default]
    Score,
    /// The oldest first; without a date last.
    Oldest,
    /// The newest first; without a date last.
    Newest,
}

/// What to count the hits by, beside the timeline and the sources.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FacetRequest {
    /// The facets.
    pub fields: Vec<FacetField>,
    /// How many values to give of each at most; periods are all given.
    pub limit: usize,
    /// Only values that have these words in a row; the last word may end in `*`. Of periods those
    /// with this in their name.
    pub containing: Option<String>,
    /// Whether to tell of each value and each bucket of the timeline which part they are of all
    /// articles that have it, by the same dates and sources. It costs a pass over these.
    pub has_shares: bool,
}

impl Default for FacetRequest {
    fn default() -> Self {
        Self {
            fields: Vec::new(),
            limit: 10,
            containing: None,
            has_shares: false,
        }
    }
}

impl FacetRequest {
    setters! {
        fields: Vec<FacetField>,
        limit: usize,
        containing: Option<String>,
        has_shares: bool,
    }
}

/// A facet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FacetField {
    /// What is known of an article.
    Column(Column),
    /// When it was published.
    Period(Period),
}

impl FacetField {
    /// Returns the name that the command line and JSON use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Column(column) => column.name(),
            Self::Period(period) => period.name(),
        }
    }
}

/// How a timeline is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Buckets {
    /// Into the shortest periods that are few, and of which enough have articles.
    Fitting,
    /// Into these.
    Each(Period),
}

/// The length of a bucket of the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// A calendar year.
    Year,
    /// Three calendar months.
    Quarter,
    /// A calendar month.
    Month,
    /// A week of ISO 8601, from Monday.
    Week,
    /// A day.
    Day,
}

impl Period {
    /// Returns the name that the command line and JSON use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Quarter => "quarter",
            Self::Month => "month",
            Self::Week => "week",
            Self::Day => "day",
        }
    }
}

/// A question for a concordance.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct KwicRequest {
    /// What to look for, and which of the lines to show: `limit` and `offset` count lines. Its
    /// order of hits is not used, nor are its snippets.
    pub search: SearchRequest,
    /// How many words to give on each side.
    pub context_words: usize,
    /// The order of the lines.
    pub sort: KwicSort,
}

impl KwicRequest {
    /// Asks for the lines of `search` with ten words on each side, those of the best article first.
    pub fn new(search: SearchRequest) -> Self {
        Self {
            search,
            context_words: 10,
            sort: KwicSort::default(),
        }
    }

    setters! {
        search: SearchRequest,
        context_words: usize,
        sort: KwicSort,
    }
}

/// The order of the lines of a concordance. Those of one article stand in the order of its text
/// unless their contexts decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KwicSort {
    /// Of the best article first.
    #[default]
    Score,
    /// Of the oldest first; without a date last.
    Oldest,
    /// Of the newest first; without a date last.
    Newest,
    /// By source, without one last; of the best article first within each.
    Source,
    /// By the words before the keyword, from it leftwards, in the order of the Ukrainian alphabet.
    Left,
    /// By the words behind the keyword.
    Right,
}

impl KwicSort {
    /// Returns the name that the command line and JSON use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Score => "score",
            Self::Oldest => "date",
            Self::Newest => "-date",
            Self::Source => "source",
            Self::Left => "left",
            Self::Right => "right",
        }
    }
}
