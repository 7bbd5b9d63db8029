//! How much memory the hits of an answer and the patterns of a query may take, and how much they
//! take.

use crate::plan::Plan;
use crate::plan::expansion::pattern_terms::PatternTerms;
use crate::search::request::SearchRequest;
use crate::search::response::{Explanation, Hit, KwicLine, Snippet};
use crate::search::search_error::SearchError;
use std::mem::size_of;

/// What each allocation takes beside its content, in bytes.
const ALLOCATION: usize = 16;

/// The memory that what was made of an answer may still take.
#[derive(Debug)]
pub(crate) struct Budget {
    left: u64,
}

impl Budget {
    /// Begins with this many bytes.
    pub(crate) fn of(bytes: u64) -> Self {
        Self { left: bytes }
    }

    /// Takes what was made from it; returns whether more may be made.
    pub(crate) fn spend(&mut self, bytes: usize) -> bool {
        self.left = self.left.saturating_sub(bytes as u64);
        self.left > 0
    }
}

/// What merging the postings of a pattern takes for each of them, in bytes: its form for each
/// document, twice, as hits are ranked and counted at the same time, and its share of documents.
const PATTERN_POSTING: u64 = 16;

/// Checks that merging the postings of patterns takes no more memory than `request` allows. The
/// patterns of `plan` are expanded.
///
/// # Errors
/// [`SearchError::PatternsOver`].
pub(crate) fn bound_patterns(plan: &mut Plan, request: &SearchRequest) -> Result<(), SearchError> {
    let mut postings = 0_u64;
    plan.for_each_slot_mut(&mut |slot| {
        let terms = slot.pattern_terms.iter();
        postings += terms.map(PatternTerms::postings).sum::<u64>();
    });
    if postings.saturating_mul(PATTERN_POSTING) > request.max_memory {
        return Err(SearchError::PatternsOver {
            megabytes: request.max_memory >> 20,
        });
    }
    Ok(())
}

/// Returns how much memory a hit takes, without its explanation.
pub(crate) fn of_hit(hit: &Hit) -> usize {
    let texts = [&hit.id, &hit.title, &hit.path, &hit.lang, &hit.collection];
    let long = [&hit.lead, &hit.body];
    let options = [
        &hit.published,
        &hit.date_source,
        &hit.source,
        &hit.section,
        &hit.author,
        &hit.url,
        &hit.first_words,
    ];
    let texts: usize = texts.into_iter().chain(long).map(of_text).sum();
    let options: usize = options.into_iter().flatten().map(of_text).sum();
    let tags: usize = hit
        .tags
        .iter()
        .map(|tag| size_of::<String>() + of_text(tag))
        .sum();
    let marks = of_marks(hit.title_highlights.capacity());
    let snippets: usize = hit.snippets.iter().map(of_snippet).sum();
    let places = hit
        .places
        .iter()
        .map(|place| size_of_val(place) + of_text(&place.id) + of_text(&place.path));
    // A list that grows has room for twice as many.
    2 * size_of::<Hit>() + texts + options + tags + marks + snippets + places.sum::<usize>()
}

/// Returns how much memory a line of a concordance takes.
pub(crate) fn of_line(line: &KwicLine) -> usize {
    let texts = [
        &line.id,
        &line.path,
        &line.title,
        &line.left,
        &line.keyword,
        &line.right,
    ];
    let options = [&line.published, &line.source, &line.url];
    let options = options.into_iter().flatten();
    2 * size_of::<KwicLine>() + texts.into_iter().chain(options).map(of_text).sum::<usize>()
}

/// Returns how much memory an explanation takes.
pub(crate) fn of_explanation(explanation: &Explanation) -> usize {
    let words = explanation.words.iter().map(|word| {
        let forms = word.forms.iter();
        let forms = forms.map(|form| size_of_val(form) + of_text(&form.form));
        size_of_val(word) + of_text(&word.text) + forms.sum::<usize>() + ALLOCATION
    });
    ALLOCATION + words.sum::<usize>()
}

fn of_text(text: &String) -> usize {
    text.capacity() + ALLOCATION
}

/// Marks are kept in bytes and in characters.
fn of_marks(count: usize) -> usize {
    2 * (ALLOCATION + count * 2 * size_of::<usize>())
}

fn of_snippet(snippet: &Snippet) -> usize {
    size_of::<Snippet>() + of_text(&snippet.text) + of_marks(snippet.highlights.capacity())
}
