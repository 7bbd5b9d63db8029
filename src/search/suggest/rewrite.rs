//! Replaces words of a query in place.

use crate::analysis::Words;
use crate::query::Query;
use crate::search::suggest::keyboard::Layout;
use crate::text::ByteRange;

/// A word of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Span {
    /// As the index has it: in small letters.
    pub form: String,
    /// Where it stands, in bytes of the query.
    pub range: ByteRange,
}

/// Returns the words of the query `text` that are looked for in any form, those of phrases too, in
/// their order. Optional words are left out: no article lacks what was asked for because of them.
pub(crate) fn words_of(text: &str, query: &Query) -> Vec<Span> {
    let mut all: Vec<Span> = Vec::new();
    query.for_each_word(&mut |word| {
        if word.is_optional {
            return;
        }
        let place = word.place.0;
        let mut words = Words::new(place.of(text));
        let mut form = String::new();
        while let Some(word) = words.next_into(&mut form) {
            let start = place.start + word.range.start;
            all.push(Span {
                form: form.clone(),
                range: ByteRange::new(start, start + word.range.len_bytes()),
            });
        }
    });
    all.sort_by_key(|word| word.range.start);
    all
}

impl Span {
    /// Returns the word together with the one before it and with the one behind it, where only a
    /// space is between.
    pub(crate) fn joined_with(&self, words: &[Self], at: usize, text: &str) -> Vec<Self> {
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let pairs = [(before, Some(self)), (Some(self), words.get(at + 1))];
        pairs
            .into_iter()
            .filter_map(|(left, right)| {
                let (left, right) = (left?, right?);
                let between = ByteRange::new(left.range.end, right.range.start).of(text);
                let is_space = !between.is_empty() && between.chars().all(char::is_whitespace);
                is_space.then(|| Self {
                    form: format!("{}{}", left.form, right.form),
                    range: ByteRange::new(left.range.start, right.range.end),
                })
            })
            .collect()
    }

    /// Returns what may have been typed for the word in another layout, the longest first: in a
    /// Latin layout `[`, `;` and other marks are the keys of Ukrainian letters.
    pub(crate) fn typed_ranges(&self, text: &str) -> Vec<ByteRange> {
        if !self.form.is_ascii() {
            return vec![self.range];
        }
        let is_key = |c: &char| Layout::Latin.types(*c) || c.is_ascii_digit();
        let before = ByteRange::new(0, self.range.start).of(text);
        let behind = ByteRange::new(self.range.end, text.len()).of(text);
        let left: usize = before
            .chars()
            .rev()
            .take_while(is_key)
            .map(char::len_utf8)
            .sum();
        let right: usize = behind.chars().take_while(is_key).map(char::len_utf8).sum();
        let (start, end) = (self.range.start - left, self.range.end + right);
        let mut ranges = vec![
            ByteRange::new(start, end),
            ByteRange::new(start, self.range.end),
            ByteRange::new(self.range.start, end),
            self.range,
        ];
        ranges.dedup();
        ranges
    }
}

/// What to put in the place of a part of the query.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Replacement<'a> {
    /// The part, in bytes of the query.
    pub range: ByteRange,
    /// What comes there, in small letters or with the capitals it is to have.
    pub text: &'a str,
}

/// A word in capitals with fewer letters may be an operator.
pub(crate) const SHORTEST_IN_CAPITALS: usize = 4;

impl Replacement<'_> {
    /// Returns what comes there, with capitals as the replaced part of the query `text` has them.
    pub(crate) fn in_case(&self, text: &str) -> String {
        let letters = || self.range.of(text).chars().filter(|c| c.is_alphabetic());
        let is_in_capitals = letters().count() > 1 && letters().all(char::is_uppercase);
        if is_in_capitals && self.text.chars().count() >= SHORTEST_IN_CAPITALS {
            return self.text.to_uppercase();
        }
        let mut chars = self.text.chars();
        match chars.next() {
            Some(first)
                if letters().next().is_some_and(char::is_uppercase) && letters().count() > 1 =>
            {
                first.to_uppercase().chain(chars).collect()
            }
            _ => self.text.to_owned(),
        }
    }
}

/// Returns `query` with all `replacements` made; of two that overlap, the first.
pub(crate) fn rewritten(query: &str, mut replacements: Vec<Replacement<'_>>) -> String {
    replacements.sort_by_key(|replacement| replacement.range.start);
    let mut text = String::with_capacity(query.len() + 16);
    let mut end = 0;
    for replacement in replacements {
        if replacement.range.start >= end {
            text.push_str(ByteRange::new(end, replacement.range.start).of(query));
            text.push_str(&replacement.in_case(query));
            end = replacement.range.end;
        }
    }
    text.push_str(ByteRange::new(end, query.len()).of(query));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{ParseOptions, parse};
    use jiff::civil;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<Span> {
        words_of(
            text,
            &parse(text, &ParseOptions::new(civil::date(2026, 3, 18)))
                .unwrap()
                .query,
        )
    }

    #[test]
    fn words_stand_where_they_were_typed_also_inside_of_phrases() {
        let text = "Івано-Франківськ «Новий міст» -кіт";
        let found = words(text);
        let shown: Vec<(&str, &str)> = found
            .iter()
            .map(|word| (word.form.as_str(), word.range.of(text)))
            .collect();
        assert_eq!(
            shown,
            [
                ("івано", "Івано"),
                ("франківськ", "Франківськ"),
                ("новий", "Новий"),
                ("міст", "міст")
            ]
        );
    }

    #[test]
    fn marks_around_a_latin_word_may_be_letters_of_another_layout() {
        let text = "мир ,tpgtrf!";
        let range = words(text)[1].typed_ranges(text)[0];
        assert_eq!(range.of(text), ",tpgtrf");
        let text = "«безпека»";
        assert_eq!(words(text)[0].typed_ranges(text).len(), 1);
    }

    #[test]
    fn neighbours_are_joined_only_over_a_space() {
        let text = "гаран тії безпеки, мир";
        let found = words(text);
        let joined: Vec<String> = found[1]
            .joined_with(&found, 1, text)
            .into_iter()
            .map(|word| word.form)
            .collect();
        assert_eq!(joined, ["гарантії", "тіїбезпеки"]);
        assert_eq!(found[3].joined_with(&found, 3, text), []);
    }

    #[test]
    fn capitals_stay_but_make_no_operators() {
        for (query, text, expected) in [
            ("Зеленськй", "зеленський", "Зеленський"),
            ("ЗЕЛЕНСЬКЙ", "зеленський", "ЗЕЛЕНСЬКИЙ"),
            ("НК", "не", "Не"),
            ("зеленськй", "зеленський", "зеленський"),
        ] {
            let range = ByteRange::new(0, query.len());
            assert_eq!(
                rewritten(query, vec![Replacement { range, text }]),
                expected
            );
        }
    }

    proptest! {
        #[test]
        // No word of a closed class has ґ there, and all others are asked for.
        fn what_is_not_replaced_stays(words in proptest::collection::vec("[г-ж]ґ[а-я]{2,5}", 1..6), at in 0..6_usize) {
            let text = words.join(" ");
            let spans = words_of(&text, &parse(&text, &ParseOptions::new(civil::date(2026, 3, 18))).unwrap().query);
            let at = at % spans.len();
            let mut expected = words.clone();
            expected[at] = "слово".to_owned();
            let replacement = Replacement { range: spans[at].range, text: "слово" };
            prop_assert_eq!(rewritten(&text, vec![replacement]), expected.join(" "));
        }
    }
}
