//! Chooses the passages of an article that show the match.

#[cfg(test)]
mod tests;

use crate::analysis::words::sentence::Sentences;
use crate::schema::Part;
use crate::search::hits::matching::MatchedWord;
use crate::search::response::Snippet;
use crate::text::{ByteRange, char_count, char_ranges};
use std::cmp::Reverse;

/// How much of an article is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SnippetLimits {
    /// The most snippets.
    pub max_count: usize,
    /// The longest snippet, in characters.
    pub max_chars: usize,
}

/// Returns the passages of `text` that show the words that matched best, in the order of the text.
///
/// A passage is a sentence, or of a long sentence the stretch around its matches. The best show the
/// most different words of the query, then these the closest, then the most mentions, then stand
/// first. Passages that touch within a paragraph become one where that is not too long.
pub fn snippets(
    part: Part,
    text: &str,
    words: &[MatchedWord],
    limits: SnippetLimits,
) -> Vec<Snippet> {
    let mut passages: Vec<Passage> = Vec::new();
    let mut rest = words;
    for (number, sentence) in (1..).zip(Sentences::new(text)) {
        if rest.is_empty() {
            break;
        }
        let count = rest.partition_point(|word| word.range.start < sentence.end);
        let (inside, after) = rest.split_at(count);
        rest = after;
        if !inside.is_empty() {
            let place = Place { number, sentence };
            passages.push(Passage::of(text, place, inside, limits.max_chars));
        }
    }
    // The sort keeps the order of the text among equals.
    passages.sort_by_key(|passage| {
        (
            Reverse(passage.distinct),
            passage.spread,
            Reverse(passage.highlights.len().min(4)),
        )
    });
    chosen(text, passages, limits)
        .into_iter()
        .map(|passage| passage.into_snippet(part, text))
        .collect()
}

/// Takes the first of `passages` and those that join them, in the order of the text.
fn chosen(text: &str, passages: Vec<Passage>, limits: SnippetLimits) -> Vec<Passage> {
    let mut chosen: Vec<Passage> = Vec::new();
    for passage in passages {
        if chosen.len() == limits.max_count {
            break;
        }
        let at = chosen.partition_point(|other| other.range.start < passage.range.start);
        let joins = |first: &Passage, second: &Passage| first.joins(second, text, limits.max_chars);
        if at > 0 && joins(&chosen[at - 1], &passage) {
            chosen[at - 1].join(passage);
            if chosen
                .get(at)
                .is_some_and(|next| joins(&chosen[at - 1], next))
            {
                let next = chosen.remove(at);
                chosen[at - 1].join(next);
            }
        } else if chosen.get(at).is_some_and(|next| joins(&passage, next)) {
            let next = std::mem::replace(&mut chosen[at], passage);
            chosen[at].join(next);
        } else {
            chosen.insert(at, passage);
        }
    }
    chosen
}

/// The shortest opening that tells something, in characters: datelines and bylines are shorter.
const MIN_OPENING_CHARS: usize = 40;

/// Returns the first sentence of `text` that tells something, without highlights, for hits whose
/// match shows elsewhere; none where no snippet is wanted.
pub fn opening(part: Part, text: &str, limits: SnippetLimits) -> Option<Snippet> {
    if limits.max_count == 0 {
        return None;
    }
    let all = || (1..).zip(Sentences::new(text));
    let telling = all().find(|(_, sentence)| char_count(sentence.of(text)) >= MIN_OPENING_CHARS);
    let (number, sentence) = telling.or_else(|| all().next())?;
    let place = Place { number, sentence };
    Some(Passage::of(text, place, &[], limits.max_chars).into_snippet(part, text))
}

/// A sentence and its number, from 1.
#[derive(Clone, Copy)]
struct Place {
    number: usize,
    sentence: ByteRange,
}

struct Passage {
    /// Number of the first sentence, from 1.
    number: usize,
    /// The whole of its sentences.
    sentences: ByteRange,
    range: ByteRange,
    highlights: Vec<ByteRange>,
    /// How many different words of the query it shows.
    distinct: usize,
    /// How many positions the closest of all of these take.
    spread: u32,
}

impl Passage {
    fn of(text: &str, place: Place, words: &[MatchedWord], max_chars: usize) -> Self {
        let sentence = place.sentence;
        let range = if char_count(sentence.of(text)) <= max_chars {
            sentence
        } else {
            window(text, sentence, words, max_chars)
        };
        let inside: Vec<&MatchedWord> = words
            .iter()
            .filter(|word| word.range.start >= range.start && word.range.end <= range.end)
            .collect();
        let distinct = distinct_phrases(&inside);
        Self {
            number: place.number,
            sentences: sentence,
            range,
            highlights: inside.iter().map(|word| word.range).collect(),
            distinct,
            spread: spread(&inside, distinct),
        }
    }

    /// Returns whether `next` goes on where this one ends, and both together are not too long.
    fn joins(&self, next: &Self, text: &str, max_chars: usize) -> bool {
        let is_whole =
            self.range.end == self.sentences.end && next.range.start == next.sentences.start;
        let between = text.get(self.range.end..next.range.start);
        is_whole
            && between
                .is_some_and(|gap| !gap.contains('\n') && gap.chars().all(char::is_whitespace))
            && char_count(ByteRange::new(self.range.start, next.range.end).of(text)) <= max_chars
    }

    /// Takes in `next`, which stands behind.
    fn join(&mut self, next: Self) {
        self.sentences.end = next.sentences.end;
        self.range.end = next.range.end;
        self.highlights.extend(next.highlights);
    }

    fn into_snippet(self, part: Part, text: &str) -> Snippet {
        let start = self.range.start;
        let relative = |range: &ByteRange| ByteRange::new(range.start - start, range.end - start);
        let highlights: Vec<ByteRange> = self.highlights.iter().map(relative).collect();
        let shown = self.range.of(text);
        Snippet {
            part: part.name(),
            text: shown.to_owned(),
            highlights_chars: char_ranges(shown, &highlights),
            highlights,
            offset_bytes: start,
            offset_chars: char_count(ByteRange::new(0, start).of(text)),
            sentence: self.number,
            is_cut_before: start > self.sentences.start,
            is_cut_after: self.range.end < self.sentences.end,
        }
    }
}

/// Returns the fewest positions from one of `words` to another between which all `distinct` words
/// of the query stand.
fn spread(words: &[&MatchedWord], distinct: usize) -> u32 {
    if distinct == 1 {
        return 0;
    }
    // They are few, so that a list is as quick as a table.
    let mut counts: Vec<(usize, usize)> = Vec::with_capacity(distinct);
    let place = |counts: &[(usize, usize)], phrase: usize| {
        counts.iter().position(|(known, _)| *known == phrase)
    };
    let mut closest = u32::MAX;
    let mut first = 0;
    for word in words {
        match place(&counts, word.phrase) {
            Some(at) => counts[at].1 += 1,
            None => counts.push((word.phrase, 1)),
        }
        while let Some(start) = words.get(first).filter(|_| counts.len() == distinct) {
            closest = closest.min(word.position.saturating_sub(start.position));
            if let Some(at) = place(&counts, start.phrase) {
                counts[at].1 -= 1;
                if counts[at].1 == 0 {
                    counts.swap_remove(at);
                }
            }
            first += 1;
        }
    }
    closest
}

/// Returns how many words and phrases of the query are among `words`.
fn distinct_phrases(words: &[&MatchedWord]) -> usize {
    let mut phrases: Vec<usize> = words.iter().map(|word| word.phrase).collect();
    phrases.sort_unstable();
    phrases.dedup();
    phrases.len()
}

/// Returns the stretch of a long sentence that shows the most different words of the query, cut
/// between words.
fn window(text: &str, sentence: ByteRange, words: &[MatchedWord], max_chars: usize) -> ByteRange {
    let fits = |from: usize, to: usize| char_count(ByteRange::new(from, to).of(text)) <= max_chars;
    // A word that is longer than a snippet may be is shown whole.
    let start = ByteRange::new(sentence.start, sentence.start);
    let first = words.first().map_or(start, |word| word.range);
    let mut best: (usize, usize, ByteRange) = (0, 0, first);
    for (ordinal, first) in words.iter().enumerate() {
        let inside: Vec<&MatchedWord> = words
            .iter()
            .skip(ordinal)
            .take_while(|word| fits(first.range.start, word.range.end))
            .collect();
        let distinct = distinct_phrases(&inside);
        let Some(last) = inside.last() else { continue };
        if (distinct, inside.len()) > (best.0, best.1) {
            best = (
                distinct,
                inside.len(),
                ByteRange::new(first.range.start, last.range.end),
            );
        }
        // More words than these in one stretch cannot be told apart by a reader.
        if ordinal > 64 {
            break;
        }
    }
    widen(text, sentence, best.2, max_chars)
}

/// Adds context on both sides of `core` up to the longest snippet, without cutting words or leaving
/// `sentence`.
fn widen(text: &str, sentence: ByteRange, core: ByteRange, max_chars: usize) -> ByteRange {
    let spare = max_chars.saturating_sub(char_count(core.of(text)));
    let before = ByteRange::new(sentence.start, core.start).of(text);
    let after = ByteRange::new(core.end, sentence.end).of(text);
    let left = (spare / 2).max(spare.saturating_sub(char_count(after)));
    // The character just too far to the left: if it is a space, the words behind it fit exactly.
    let beyond = before.char_indices().rev().nth(left);
    let start = beyond.map_or(sentence.start, |(at, _)| {
        let skipped = ByteRange::new(sentence.start + at, core.start).of(text);
        let kept = skipped.find(char::is_whitespace).unwrap_or(skipped.len());
        let kept = ByteRange::new(kept, skipped.len()).of(skipped);
        core.start - kept.trim_start().len()
    });
    let right = spare.saturating_sub(char_count(ByteRange::new(start, core.start).of(text)));
    let mut end = after
        .char_indices()
        .nth(right)
        .map_or(sentence.end, |(at, _)| core.end + at);
    if end < sentence.end {
        let kept = ByteRange::new(core.end, end).of(text);
        end = kept
            .rfind(char::is_whitespace)
            .map_or(core.end, |at| core.end + at);
    }
    ByteRange::new(start, end.max(core.end))
}
