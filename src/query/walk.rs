//! A walk over the words that a query asks for.

use super::ast::{Exactness, Query};
use crate::text::ByteRange;

impl Query {
    /// Calls `each` with every word and phrase that may stand in any inflected form and is not under a NOT: its
    /// text, and its place in the query with its quotes. In the order of the query.
    pub fn for_each_word(&self, each: &mut dyn FnMut(&str, ByteRange)) {
        match self {
            Self::Word {
                text,
                exactness: Exactness::Inflected,
                range,
            }
            | Self::Phrase {
                text,
                exactness: Exactness::Inflected,
                range,
            } => each(text, *range),
            Self::And(queries) | Self::Or(queries) => {
                for query in queries {
                    query.for_each_word(each);
                }
            }
            Self::Word { .. } | Self::Phrase { .. } | Self::Not(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{MatchMode, parse};

    #[test]
    fn words_are_visited_where_they_stand_but_not_excluded_or_exact_ones() {
        let text = "мир (школа OR «новий міст») =слово -війна НЕ (кіт пес)";
        let mut words = Vec::new();
        parse(text, MatchMode::All)
            .unwrap()
            .query
            .for_each_word(&mut |_, range| words.push(range.of(text).to_owned()));
        assert_eq!(words, ["мир", "школа", "«новий міст»"]);
    }
}
