//! Cursors: a page continues exactly after the last hit of an earlier one.

use crate::search::collect::tie_break::TieBreak;
use crate::search::collect::top_k::{Candidate, SortKey};
use crate::search::prepare::Prepared;
use crate::search::request::SearchRequest;
use crate::search::search_error::{CursorProblem, SearchError};
use crate::search::searcher::Searcher;
use std::cmp::Ordering;
use std::fmt::Write as _;

/// The place behind a hit.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cursor {
    generation: u64,
    question: u64,
    /// How many hits stand before the place.
    pub(crate) rank: u64,
    key: SortKey,
    /// How many words the hit has as they were typed.
    exact: usize,
    published_at: Option<i64>,
    /// What no other article has; see [`LazyId::unique_text`].
    ///
    /// [`LazyId::unique_text`]: crate::search::columns::lazy_id::LazyId::unique_text
    id: String,
}

/// What every cursor begins with; tells its version.
const PREFIX: &str = "c3";

impl Cursor {
    /// Returns the cursor as text: letters, digits, dots and dashes.
    fn text(&self) -> String {
        let optional = |number: Option<i64>| number.map_or("-".to_owned(), |n| n.to_string());
        let key = match self.key {
            SortKey::Score(score) => format!("s{}", score.to_bits()),
            SortKey::Time(time) => format!("t{}", optional(time)),
        };
        let mut text = format!(
            "{PREFIX}.{:x}.{:x}.{}.{key}.{}.{}.",
            self.generation,
            self.question,
            self.rank,
            self.exact,
            optional(self.published_at)
        );
        for byte in self.id.bytes() {
            let _ = write!(text, "{byte:02x}");
        }
        let _ = write!(text, ".{:x}", hash([text.as_str()]) & 0xffff);
        text
    }

    /// Reads the cursor of a question in the state of the index that `generation` returns.
    fn of(
        text: &str,
        question: u64,
        generation: impl FnOnce() -> Result<u64, SearchError>,
    ) -> Result<Self, SearchError> {
        let cursor = Self::read(text).ok_or(CursorProblem::Broken)?;
        if cursor.question != question {
            return Err(CursorProblem::OtherQuestion.into());
        }
        if cursor.generation != generation()? {
            return Err(CursorProblem::OtherIndex.into());
        }
        Ok(cursor)
    }

    /// Reads what [`Cursor::text`] wrote.
    fn read(text: &str) -> Option<Self> {
        let (body, check) = text.trim().rsplit_once('.')?;
        if u64::from_str_radix(check, 16).ok()? != hash([body]) & 0xffff {
            return None;
        }
        let optional = |text: &str| match text {
            "-" => Some(None),
            number => number.parse().ok().map(Some),
        };
        let mut fields = body.split('.');
        if fields.next()? != PREFIX {
            return None;
        }
        let mut hex = || u64::from_str_radix(fields.next()?, 16).ok();
        let (generation, question) = (hex()?, hex()?);
        let rank = fields.next()?.parse().ok()?;
        let key = fields.next()?;
        let key = match (key.strip_prefix('s'), key.strip_prefix('t')) {
            (Some(bits), _) => SortKey::Score(f32::from_bits(bits.parse().ok()?)),
            (_, Some(time)) => SortKey::Time(optional(time)?),
            _ => return None,
        };
        let exact = fields.next()?.parse().ok()?;
        let published_at = optional(fields.next()?)?;
        let bytes: Option<Vec<u8>> = fields
            .next()?
            .as_bytes()
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
            .collect();
        Some(Self {
            generation,
            question,
            rank,
            key,
            exact,
            published_at,
            id: String::from_utf8(bytes?).ok()?,
        })
    }

    /// Returns whether `other` comes behind the place.
    fn is_before(&self, other: &Candidate<TieBreak<'_>>) -> bool {
        let by_key = other.key.compare(self.key);
        let by_tie = || (other.tie).compare_to(self.exact, self.published_at, &self.id);
        by_key.then_with(by_tie) == Ordering::Less
    }
}

/// A page of articles, the best first.
pub(crate) struct Page<'a> {
    /// How many hits stand before it.
    pub(crate) offset: usize,
    pub(crate) candidates: Vec<Candidate<TieBreak<'a>>>,
    /// Whether hits come behind it.
    has_more: bool,
}

impl<'a> Page<'a> {
    /// Makes a page of at most `limit` of the `found`.
    fn new(offset: usize, mut found: Vec<Candidate<TieBreak<'a>>>, limit: usize) -> Self {
        let has_more = found.len() > limit;
        found.truncate(limit);
        Self {
            offset,
            candidates: found,
            has_more,
        }
    }

    /// Leaves only the first `count` articles of it.
    pub(crate) fn cut(&mut self, count: usize) {
        self.has_more |= count < self.candidates.len();
        self.candidates.truncate(count);
    }

    /// Returns whether it is empty because no article matches.
    pub(crate) fn is_all_and_empty(&self, request: &SearchRequest) -> bool {
        self.candidates.is_empty() && self.offset == 0 && request.limit > 0
    }
}

impl Searcher {
    /// Returns the page that `request` asks for, by its cursor or else its offset. With a cursor
    /// the hits before it are found again, but not kept.
    pub(crate) fn page(
        &self,
        prepared: &Prepared,
        request: &SearchRequest,
        understood: &str,
    ) -> Result<Page<'_>, SearchError> {
        // One hit more says whether another page comes.
        let limit = request.limit;
        let asked = SearchRequest {
            limit: limit.saturating_add(usize::from(limit > 0)),
            ..request.clone()
        };
        let Some(text) = &request.cursor else {
            let mut best = self.best(prepared, &asked)?;
            let found = best.split_off(request.offset.min(best.len()));
            return Ok(Page::new(request.offset, found, limit));
        };
        let cursor = Cursor::of(text, question(request, understood), || self.state(request))?;
        let offset = usize::try_from(cursor.rank).unwrap_or(usize::MAX);
        let is_behind = |candidate: &Candidate<TieBreak<'_>>| cursor.is_before(candidate);
        let mut best = self.best_accepted(prepared, &asked, Some(&is_behind))?;
        let found = best.split_off(request.offset.min(best.len()));
        Ok(Page::new(
            offset.saturating_add(request.offset),
            found,
            limit,
        ))
    }

    /// Returns the cursor of the place behind `page`, if hits come behind it.
    pub(crate) fn next_cursor(
        &self,
        page: &Page<'_>,
        request: &SearchRequest,
        understood: &str,
    ) -> Option<String> {
        let last = page.candidates.last().filter(|_| page.has_more)?;
        let generation = self.state(request).ok()?;
        let rank = page.offset as u64 + page.candidates.len() as u64;
        let cursor = Cursor {
            generation,
            question: question(request, understood),
            rank,
            key: last.key,
            exact: last.tie.exactness.count(),
            published_at: last.tie.published_at,
            id: last.tie.id.unique_text(),
        };
        Some(cursor.text())
    }

    /// Returns what tells this state of the index from others, as far as it decides about the hits
    /// of `request`: its segments, what is deleted of them, which articles are copies.
    fn state(&self, request: &SearchRequest) -> Result<u64, SearchError> {
        let generation = self.generation();
        Ok(if request.collapse {
            generation ^ self.clusters()?.fingerprint()
        } else {
            generation
        })
    }

    fn generation(&self) -> u64 {
        let mut segments: Vec<String> = self
            .engine
            .segment_readers()
            .iter()
            .map(|reader| {
                let id = reader.segment_id().uuid_string();
                format!("{id}:{:?}", reader.delete_opstamp())
            })
            .collect();
        segments.sort_unstable();
        hash(segments.iter().map(String::as_str))
    }
}

/// Returns the cursor of the place behind this number of hits, where the index finds places by
/// their numbers.
#[cfg_attr(
    not(feature = "opensearch"),
    expect(dead_code, reason = "only a cluster finds places by their numbers")
)]
pub(crate) fn behind(rank: u64, question: u64, generation: u64) -> String {
    let cursor = Cursor {
        generation,
        question,
        rank,
        key: SortKey::Time(None),
        exact: 0,
        published_at: None,
        id: String::new(),
    };
    cursor.text()
}

/// Returns how many hits stand before the place of a cursor.
///
/// # Errors
/// [`SearchError::Cursor`], and those of `generation`.
#[cfg_attr(
    not(feature = "opensearch"),
    expect(dead_code, reason = "only a cluster finds places by their numbers")
)]
pub(crate) fn rank_of(
    text: &str,
    question: u64,
    generation: impl FnOnce() -> Result<u64, SearchError>,
) -> Result<u64, SearchError> {
    Ok(Cursor::of(text, question, generation)?.rank)
}

/// Returns what tells questions apart whose hits differ or stand in another order.
pub(crate) fn question(request: &SearchRequest, understood: &str) -> u64 {
    // Where scores fade, they are those of one day.
    let fading = request.fading();
    let fading = fading.map(|fading| (fading.half_life_days, fading.today));
    let lexicon = request.lexicon.as_ref();
    let conditions = format!(
        "{:?}",
        (
            &request.parts,
            &request.from,
            &request.to,
            request.zone.name(),
            (&request.only, request.known_dates),
            (&request.date_sources, request.undated),
            (request.sort, request.collapse),
            request.variants,
            request.transliterate,
            lexicon.map(|lexicon| lexicon.fingerprint()),
            request.finds_related(),
            fading,
        )
    );
    hash([understood, &conditions])
}

/// Returns a hash of `texts`, the same everywhere.
pub(crate) fn hash<'a>(texts: impl IntoIterator<Item = &'a str>) -> u64 {
    let mut hasher = blake3::Hasher::new();
    for text in texts {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    let bytes = *hasher.finalize().as_bytes();
    let first = bytes.iter().take(8);
    first.fold(0, |hash, byte| (hash << 8) | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_from_its_text_and_from_nothing_else() {
        for key in [
            SortKey::Score(1.25),
            SortKey::Time(None),
            SortKey::Time(Some(-5)),
        ] {
            let cursor = Cursor {
                generation: u64::MAX,
                question: 7,
                rank: 10,
                key,
                exact: 3,
                published_at: Some(-1),
                id: "стаття.1".to_owned(),
            };
            let text = cursor.text();
            assert_eq!(Cursor::read(&text), Some(cursor));
            for end in 0..text.len() {
                assert_eq!(Cursor::read(text.get(..end).unwrap_or_default()), None);
            }
        }
        assert_eq!(Cursor::read("c2.1.1.1.s1.0.-.zz.0"), None);
    }
}
