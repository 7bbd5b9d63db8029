//! Visits the words that a query searches for.

use crate::query::ast::{PhraseSlot, Query, Word, WordMode};

impl Query {
    /// Calls `each` with every word that may stand in any inflected form and is not under a NOT,
    /// those of phrases too. In the order of the query.
    pub fn for_each_word<'a>(&'a self, each: &mut dyn FnMut(&'a Word)) {
        let mut visit = |word: &'a Word| {
            if word.reading == WordMode::Inflected {
                each(word);
            }
        };
        match self {
            Self::Word(word) => visit(word),
            Self::Phrase(phrase) => {
                for slot in &phrase.slots {
                    if let PhraseSlot::OneOf(words) = slot {
                        words.iter().for_each(&mut visit);
                    }
                }
            }
            other => {
                for query in other.wanted() {
                    query.for_each_word(each);
                }
            }
        }
    }

    /// Calls `each` with every exact form, pattern, date and other condition that is not under a
    /// NOT and not within a phrase. In the order of the query.
    pub fn for_each_condition<'a>(&'a self, each: &mut dyn FnMut(&'a Self)) {
        match self {
            Self::Word(word) if word.reading == WordMode::Inflected => {}
            Self::Word(_) | Self::Column(_) | Self::Published { .. } => each(self),
            other => {
                for query in other.wanted() {
                    query.for_each_condition(each);
                }
            }
        }
    }

    /// Returns the parts that it is made of and that must or may be there: none of a NOT.
    fn wanted(&self) -> Vec<&Self> {
        match self {
            Self::Near(near) => vec![&near.left, &near.right],
            Self::And(queries) | Self::Or(queries) => queries.iter().collect(),
            Self::AtLeast { query, .. } | Self::In { query, .. } | Self::Boost { query, .. } => {
                vec![query]
            }
            Self::Word(_)
            | Self::Phrase(_)
            | Self::Column(_)
            | Self::Published { .. }
            | Self::Not(_) => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::query::{ParseOptions, parse};
    use jiff::civil;

    #[test]
    fn words_are_visited_where_they_stand_but_not_excluded_or_exact_ones() {
        let text = "мир (школа OR «новий =міст») =слово -війна НЕ (кіт пес) title:річ^2 а NEAR/3 б гарант*";
        let mut words = Vec::new();
        parse(text, &ParseOptions::new(civil::date(2026, 3, 18)))
            .unwrap()
            .query
            .for_each_word(&mut |word| words.push(word.place.0.of(text).to_owned()));
        assert_eq!(words, ["мир", "школа", "новий", "річ", "а", "б"]);
    }

    #[test]
    fn conditions_are_visited_but_not_excluded_ones() {
        let text = "мир (=школа OR гарант*) source:Хвиля^2 -date:2024 title:слво~1 date:2025";
        let parsed = parse(text, &ParseOptions::new(civil::date(2026, 3, 18))).unwrap();
        let mut conditions = Vec::new();
        parsed
            .query
            .for_each_condition(&mut |condition| conditions.push(condition.range().of(text)));
        let expected = ["=школа", "гарант*", "Хвиля", "слво~1", "2025"];
        assert_eq!(conditions, expected);
    }
}
