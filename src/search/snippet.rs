//! Chooses the passages of an article that show the match.

use super::matching::MatchedWord;
use super::response::Snippet;
use crate::analysis::sentence::sentences;
use crate::schema::Part;
use crate::text::{ByteRange, char_count};
use std::collections::HashSet;

/// The longest snippet, in characters.
pub const MAX_SNIPPET_CHARS: usize = 240;

/// Returns at most `max_snippets` passages of `text` with the words that matched, in the order of the text.
///
/// A passage is a sentence, or of a long sentence the stretch around its matches. The best show the most
/// different words of the query, then the most mentions, then stand first.
pub fn snippets(
    part: Part,
    text: &str,
    words: &[MatchedWord],
    max_snippets: usize,
) -> Vec<Snippet> {
    let mut passages: Vec<Passage> = Vec::new();
    let mut rest = words;
    for sentence in sentences(text) {
        let count = rest.partition_point(|word| word.range.start < sentence.end);
        let (inside, after) = rest.split_at(count);
        rest = after;
        if !inside.is_empty() {
            passages.push(Passage::of(text, sentence, inside));
        }
    }
    passages
        .sort_by_key(|passage| std::cmp::Reverse((passage.distinct, passage.range_words.min(4))));
    passages.truncate(max_snippets);
    passages.sort_by_key(|passage| passage.range.start);
    passages
        .into_iter()
        .map(|passage| passage.into_snippet(part, text))
        .collect()
}

/// The shortest opening that tells something, in characters: datelines and bylines are shorter.
const MIN_OPENING_CHARS: usize = 40;

/// Returns the first sentence of `text` that tells something, without highlights, for hits whose match
/// shows elsewhere.
pub fn opening(part: Part, text: &str) -> Option<Snippet> {
    let all = sentences(text);
    let telling = all
        .iter()
        .find(|sentence| char_count(sentence.of(text)) >= MIN_OPENING_CHARS);
    let sentence = telling.or(all.first())?;
    Some(Passage::of(text, *sentence, &[]).into_snippet(part, text))
}

struct Passage {
    sentence: ByteRange,
    range: ByteRange,
    highlights: Vec<ByteRange>,
    distinct: usize,
    range_words: usize,
}

impl Passage {
    fn of(text: &str, sentence: ByteRange, words: &[MatchedWord]) -> Self {
        let range = if char_count(sentence.of(text)) <= MAX_SNIPPET_CHARS {
            sentence
        } else {
            window(text, sentence, words)
        };
        let inside: Vec<&MatchedWord> = words
            .iter()
            .filter(|word| word.range.start >= range.start && word.range.end <= range.end)
            .collect();
        let distinct = distinct_phrases(&inside);
        let highlights = inside.iter().map(|word| word.range).collect();
        Self {
            sentence,
            range,
            highlights,
            distinct,
            range_words: inside.len(),
        }
    }

    fn into_snippet(self, part: Part, text: &str) -> Snippet {
        let start = self.range.start;
        let relative = |range: &ByteRange| ByteRange::new(range.start - start, range.end - start);
        Snippet {
            part: part.name(),
            text: self.range.of(text).to_owned(),
            highlights: self.highlights.iter().map(relative).collect(),
            offset_bytes: start,
            is_cut_before: start > self.sentence.start,
            is_cut_after: self.range.end < self.sentence.end,
        }
    }
}

/// Returns how many words and phrases of the query are among `words`.
fn distinct_phrases(words: &[&MatchedWord]) -> usize {
    words
        .iter()
        .map(|word| word.phrase)
        .collect::<HashSet<_>>()
        .len()
}

/// Returns the stretch of a long sentence that shows the most different words of the query, cut between words.
fn window(text: &str, sentence: ByteRange, words: &[MatchedWord]) -> ByteRange {
    let fits =
        |from: usize, to: usize| char_count(ByteRange::new(from, to).of(text)) <= MAX_SNIPPET_CHARS;
    let mut best: (usize, usize, ByteRange) =
        (0, 0, ByteRange::new(sentence.start, sentence.start));
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
    widen(text, sentence, best.2)
}

/// Adds context on both sides of `core` up to the longest snippet, without cutting words or leaving `sentence`.
fn widen(text: &str, sentence: ByteRange, core: ByteRange) -> ByteRange {
    let spare = MAX_SNIPPET_CHARS.saturating_sub(char_count(core.of(text)));
    let before = ByteRange::new(sentence.start, core.start).of(text);
    let after = ByteRange::new(core.end, sentence.end).of(text);
    let left = (spare / 2).max(spare.saturating_sub(char_count(after)));
    let mut start = before
        .char_indices()
        .rev()
        .nth(left)
        .map_or(sentence.start, |(at, _)| sentence.start + at);
    if start > sentence.start {
        let skipped = ByteRange::new(start, core.start).of(text);
        start = skipped
            .find(char::is_whitespace)
            .map_or(core.start, |at| start + at);
        start += ByteRange::new(start, core.start).of(text).len()
            - ByteRange::new(start, core.start)
                .of(text)
                .trim_start()
                .len();
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Language;
    use crate::query::{MatchMode, ParseOptions, Plan, parse};
    use crate::search::facts::Facts;
    use crate::search::matching::{Matcher, PartText};
    use jiff::civil;
    use proptest::prelude::*;

    fn of(query: &str, text: &str, max_snippets: usize) -> Vec<Snippet> {
        let options = ParseOptions {
            match_mode: MatchMode::Any,
            ..ParseOptions::new(civil::date(2026, 3, 18))
        };
        let plan = Plan::of(&parse(query, &options).unwrap().query).unwrap();
        let parts = [PartText {
            part: Part::Body,
            text,
            is_searched: true,
        }];
        let words = Matcher::new(&plan)
            .matches(&parts, (Language::Ukrainian, &Facts::default()))
            .unwrap_or_else(|| vec![Vec::new()]);
        snippets(Part::Body, text, &words[0], max_snippets)
    }

    fn shown(snippet: &Snippet) -> Vec<&str> {
        snippet
            .highlights
            .iter()
            .map(|range| range.of(&snippet.text))
            .collect()
    }

    #[test]
    fn the_sentence_with_the_most_words_of_the_query_is_shown() {
        let text =
            "Мер говорив про безпеку. Гарантії безпеки обіцяють союзники. Безпека понад усе.";
        let found = of("гарантії безпеки", text, 1);
        assert_eq!(found[0].text, "Гарантії безпеки обіцяють союзники.");
        assert_eq!(shown(&found[0]), ["Гарантії", "безпеки"]);
        assert_eq!(found[0].offset_bytes, text.find("Гарантії").unwrap());
    }

    #[test]
    fn a_long_sentence_is_cut_between_words_around_the_match() {
        let text = format!(
            "{}гарантії {}безпеки{}",
            "слово ".repeat(100),
            "та ".repeat(3),
            " кінець".repeat(100)
        );
        let found = of("гарантії безпеки", &text, 1);
        let snippet = &found[0];
        assert!(
            char_count(&snippet.text) <= MAX_SNIPPET_CHARS,
            "{}",
            snippet.text
        );
        assert_eq!(shown(snippet), ["гарантії", "безпеки"]);
        assert!(snippet.is_cut_before && snippet.is_cut_after);
        assert!(
            snippet.text.starts_with("слово") && snippet.text.ends_with("кінець"),
            "{}",
            snippet.text
        );
    }

    proptest! {
        #[test]
        fn highlights_are_words_of_the_query_at_character_boundaries(
            words in proptest::collection::vec("(безпека|безпеки|кіт|коту|а\u{301}бо|слово\\.|Так!|\n|здоров’я)", 0..200),
            max_snippets in 1..4_usize,
        ) {
            let text = words.join(" ");
            for snippet in of("безпеку кота здоров'я", &text, max_snippets) {
                prop_assert!(char_count(&snippet.text) <= MAX_SNIPPET_CHARS);
                prop_assert!(!snippet.highlights.is_empty());
                prop_assert_eq!(text.get(snippet.offset_bytes..snippet.offset_bytes + snippet.text.len()), Some(snippet.text.as_str()));
                for word in shown(&snippet) {
                    prop_assert!(["безпека", "безпеки", "кіт", "коту", "здоров’я"].contains(&word), "{}", word);
                }
            }
        }
    }
}
