//! Which words of an article matched: the plan, evaluated over the article's own text.
//!
//! What is marked is what matched: the words of a phrase only inside the phrase, and nothing of a
//! NOT. Where the words stand is found in two ways. A plain scan analyses the text as the index
//! analysed it; searching must agree with it. The postings of the article tell the same sooner, at
//! the positions of its words.
//!
//! | module | what it holds |
//! |---|---|
//! | [`part_text`] | the text of one part and what matched in it |
//! | `leaf` | the phrases and spans of a plan |
//! | `evaluation` | AND, OR and NOT over them |
//! | `indexed` | positions from the index |
//! | `scan` | positions from a scan of the text |

mod evaluation;
mod indexed;
mod leaf;
pub mod part_text;
mod scan;
#[cfg(test)]
mod tests;

use crate::analysis::Language;
use crate::plan::Plan;
use crate::plan::spans::mentions;
use crate::schema::Part;
use crate::search::columns::facts::Facts;
use crate::search::hits::matching::evaluation::Evaluation;
pub use crate::search::hits::matching::indexed::PlanPostings;
use crate::search::hits::matching::leaf::{Leaf, collect};
use crate::search::hits::matching::part_text::PartMatches;
use crate::search::hits::matching::part_text::PartText;
use crate::search::hits::matching::scan::Scanner;
use crate::text::ByteRange;
use std::cmp::Reverse;
use tantivy::{DocId, SegmentReader};

/// A word of the text that matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MatchedWord {
    /// Its bytes in the text of its part; of words joined by hyphens that matched as one, those of
    /// all.
    pub range: ByteRange,
    /// Its position in words.
    pub position: u32,
    /// Which word or phrase of the query it belongs to, counted from 0 in the order of the query.
    pub phrase: usize,
}

/// Finds what matched. Make one for a query; it keeps its terms and buffers.
pub struct Matcher<'a> {
    plan: &'a Plan,
    /// All leaves of the plan, also those under a NOT, in the order of a walk through it.
    leaves: Vec<Leaf<'a>>,
    scanner: Scanner<'a>,
}

/// What tells which words of an article stand for which words of a query.
pub enum Source<'s> {
    /// The article's texts, which are in this language.
    Text(Language),
    /// The postings of the plan in the article's segment, and its place there, which is no earlier
    /// one than the last.
    Postings(&'s mut PlanPostings, DocId),
}

impl<'a> Matcher<'a> {
    /// Prepares for `plan`, whose patterns are expanded.
    pub fn new(plan: &'a Plan) -> Self {
        let mut leaves = Vec::new();
        collect(plan, None, &mut leaves);
        Self {
            plan,
            scanner: Scanner::new(&leaves),
            leaves,
        }
    }

    /// Opens what the index knows of the plan's words in a segment; `None` where a scan of the
    /// texts is the better way, which also depends on whether it is for many articles. Words
    /// without a field are those of the parts that are `searched`.
    ///
    /// # Errors
    /// [`crate::Error::Engine`] where the postings cannot be read.
    pub fn open(
        &self,
        reader: &SegmentReader,
        searched: &[Part],
        is_for_many: bool,
    ) -> crate::error::Result<Option<PlanPostings>> {
        let is_better = indexed::tells_all(&self.leaves, is_for_many);
        let postings = is_better.then(|| PlanPostings::open(reader, &self.leaves, searched));
        postings.transpose()
    }

    /// Returns the words that matched in each of the `parts` of an article of which the language
    /// and other facts are known, in order; `None` if the article does not match. Analyses its
    /// texts.
    pub fn matches(
        &mut self,
        parts: &[PartText<'_>],
        language: Language,
        facts: &Facts,
    ) -> Option<Vec<Vec<MatchedWord>>> {
        self.matches_from(Source::Text(language), parts, facts)
    }

    /// Does as [`Matcher::matches`], from another `source` if there is one.
    pub fn matches_from(
        &mut self,
        source: Source<'_>,
        parts: &[PartText<'_>],
        facts: &Facts,
    ) -> Option<Vec<Vec<MatchedWord>>> {
        let (found, shown) = self.evaluate(source, parts, facts)?;
        let words = found.iter().map(|found| self.words(found, &shown));
        Some(words.collect())
    }

    /// Returns the matches in each of the `parts`, in order: of a phrase or of NEAR the whole
    /// stretch, once. What stands inside another match is left out. `None` if the article does not
    /// match.
    pub fn occurrences(
        &mut self,
        source: Source<'_>,
        parts: &[PartText<'_>],
        facts: &Facts,
    ) -> Option<Vec<Vec<ByteRange>>> {
        let (found, shown) = self.evaluate(source, parts, facts)?;
        let stretches = found.iter().map(|found| stretches(found, &shown));
        Some(stretches.collect())
    }

    /// Returns what was found in each part and which leaves made the article match, if it does.
    fn evaluate(
        &mut self,
        source: Source<'_>,
        parts: &[PartText<'_>],
        facts: &Facts,
    ) -> Option<(Vec<PartMatches>, Vec<bool>)> {
        let is_located = matches!(source, Source::Text(_));
        let mut found: Vec<PartMatches> = match source {
            Source::Text(language) => parts
                .iter()
                .map(|part| self.scanner.find(&self.leaves, part, language))
                .collect(),
            Source::Postings(postings, doc) => parts
                .iter()
                .map(|part| postings.find(&self.leaves, part.part, doc))
                .collect(),
        };
        let is_there: Vec<bool> = self
            .leaves
            .iter()
            .enumerate()
            .map(|(number, leaf)| {
                let counts = parts.iter().zip(&found).map(|(part, found)| {
                    let count = found.spans[number].len();
                    (part.part, u32::try_from(count).unwrap_or(u32::MAX))
                });
                mentions(counts) >= leaf.at_least
            })
            .collect();
        let mut evaluation = Evaluation {
            is_there: &is_there,
            facts,
            next: 0,
            shown: vec![false; self.leaves.len()],
        };
        if !evaluation.matches(self.plan) {
            return None;
        }
        let shown = evaluation.shown;
        if !is_located {
            for (part, found) in parts.iter().zip(&mut found) {
                indexed::locate(found, &shown, &self.leaves, part.text);
            }
        }
        Some((found, shown))
    }

    /// Returns the words of the leaves that are shown.
    fn words(&self, found: &PartMatches, shown: &[bool]) -> Vec<MatchedWord> {
        let mut words: Vec<MatchedWord> = Vec::new();
        for (number, leaf) in self
            .leaves
            .iter()
            .enumerate()
            .filter(|(leaf, _)| shown[*leaf])
        {
            let traced = found.spans[number].iter().flat_map(|span| &span.words);
            for &(slot, position) in traced {
                let here = &found.words[number][slot];
                if let Ok(at) = here.binary_search_by_key(&position, |word| word.position) {
                    words.push(MatchedWord {
                        range: here[at].range,
                        position,
                        phrase: leaf.phrase_of(slot),
                    });
                }
            }
        }
        words.sort_unstable_by_key(|word| (word.range.start, Reverse(word.range.end), word.phrase));
        // What stands inside a whole that matched is marked with it.
        let mut end = 0;
        words.retain(|word| {
            let is_behind = word.range.start >= end;
            end = end.max(word.range.end);
            is_behind
        });
        words
    }
}

/// Returns what the matches of the leaves that are shown cover, none inside another.
fn stretches(found: &PartMatches, shown: &[bool]) -> Vec<ByteRange> {
    let mut stretches: Vec<ByteRange> = Vec::new();
    let leaves = found.words.iter().zip(&found.spans).zip(shown);
    for ((words, spans), _) in leaves.filter(|(_, is_shown)| **is_shown) {
        for span in spans {
            let ranges = span.words.iter().filter_map(|(slot, position)| {
                let here = &words[*slot];
                let at = here.binary_search_by_key(position, |word| word.position);
                at.ok().map(|at| here[at].range)
            });
            let whole =
                ranges.reduce(|a, b| ByteRange::new(a.start.min(b.start), a.end.max(b.end)));
            stretches.extend(whole);
        }
    }
    stretches.sort_unstable_by_key(|range| (range.start, Reverse(range.end)));
    let mut end = 0;
    stretches.retain(|range| {
        let reaches_further = range.end > end;
        end = end.max(range.end);
        reaches_further
    });
    stretches
}
