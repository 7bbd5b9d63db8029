//! The analysed text as the cluster takes it.
//!
//! The tokens of a word are joined by `|`, words by spaces; no token has either in it. So a word is
//! a position, as in an index of our own. Keys stand as they are, and the terms of
//! [forms](crate::analysis::words::forms) have [`FORM`] before them.

use crate::analysis::Language;
use crate::analysis::keys::{Context, KeyAnalyzer, Keys};
use crate::analysis::language::paragraphs::Paragraphs;
use crate::analysis::words::forms::FormTerms;
use crate::article::Article;
use crate::index::document::{language_of, text_of};
use crate::ranking::impact;
use crate::ranking::impact::ByPart;
use crate::schema::Part;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Stands before a form, to tell it from a key.
pub(crate) const FORM: char = '=';

/// Stands between the tokens of a word.
const BESIDE: char = '|';

/// Stands for a word whose tokens are longer than [`LONGEST`] bytes: it keeps its place.
const TOO_LONG: &str = "…";

/// The most tokens of a word, in bytes; the tokenizer of the cluster would cut it up.
const LONGEST: usize = 2_000;

/// How many parts of a weighted mention a term frequency counts.
pub(crate) const FREQUENCY_PER_MENTION: f32 = 1_000.0;

/// The texts of an article as the cluster takes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Analysed {
    /// The tokens of each part.
    pub(crate) parts: ByPart<String>,
    /// Each key with its weighted mentions, as a term frequency.
    pub(crate) mentions: String,
    /// The keys that the article does not mention in passing.
    pub(crate) prominent: String,
}

impl Analysed {
    /// Analyses the texts of an article.
    pub(crate) fn of(article: &Article) -> Self {
        let language = language_of(article);
        let mut counted = Counted::default();
        let parts = Part::ALL.map(|part| counted.add(part, text_of(article, part), language));
        let counts = Part::ALL.map(|part| impact::mention(part, counted.lengths[part as usize]));
        let (mut mentions, mut prominent) = (String::new(), String::new());
        for (key, often) in &counted.often {
            let step = impact::of(*often, counts);
            let mentioned = step.map_or(counts[Part::Body as usize], impact::mentions);
            // Writing to a text cannot fail.
            let _ = write!(mentions, "{key}|{} ", frequency(mentioned));
            if step.is_some() {
                prominent.push_str(key);
                prominent.push(' ');
            }
        }
        Self {
            parts,
            mentions,
            prominent,
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "weighted mentions are positive and at most some tens"
)]
fn frequency(mentions: f32) -> u32 {
    ((mentions * FREQUENCY_PER_MENTION).round() as u32).max(1)
}

/// The keys of an article so far.
#[derive(Default)]
struct Counted {
    analyzer: KeyAnalyzer,
    /// How often each key stands in each part.
    often: BTreeMap<String, ByPart<u32>>,
    /// How many keys each part has.
    lengths: ByPart<u32>,
}

impl Counted {
    /// Returns the tokens of a part.
    fn add(&mut self, part: Part, text: &str, language: Language) -> String {
        let mut paragraphs = Paragraphs::new(text, language);
        let mut terms = FormTerms::new(text);
        let (mut keys, mut term) = (Keys::default(), String::new());
        let mut tokens = String::with_capacity(4 * text.len());
        while let Some(word) = terms.next_word() {
            if !tokens.is_empty() {
                tokens.push(' ');
            }
            let start = tokens.len();
            let language = paragraphs.language_at(word.range.start);
            let context = Context::of(word, terms.form(), language);
            self.analyzer.index_keys(terms.form(), context, &mut keys);
            for key in keys.iter() {
                tokens.push_str(key);
                tokens.push(BESIDE);
                self.lengths[part as usize] += 1;
                match self.often.get_mut(key) {
                    Some(often) => often[part as usize] += 1,
                    None => self.often.entry(key.to_owned()).or_default()[part as usize] += 1,
                }
            }
            while terms.next_term(&mut term).is_some() {
                tokens.push(FORM);
                tokens.push_str(&term);
                tokens.push(BESIDE);
            }
            tokens.pop();
            if tokens.len() - start > LONGEST {
                tokens.truncate(start);
                tokens.push_str(TOO_LONG);
            }
        }
        tokens
    }
}

/// Returns tokens that may stand at one place, as a query gives them.
pub(crate) fn beside(tokens: &[String]) -> String {
    tokens.join("|")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::ArticleId;
    use proptest::prelude::*;
    use std::path::PathBuf;

    fn article(title: &str, body: &str) -> Article {
        Article {
            id: ArticleId::new("a"),
            title: title.to_owned(),
            lead: String::new(),
            body: body.to_owned(),
            published: None,
            source: None,
            section: None,
            authors: Vec::new(),
            url: None,
            tags: Vec::new(),
            lang: None,
            path: PathBuf::new(),
        }
    }

    #[test]
    fn a_word_is_a_position_with_its_keys_and_forms_side_by_side() {
        let analysed = Analysed::of(&article("Гарантіями безпеки", "Гарантії потрібні всім."));
        let title: Vec<&str> = analysed.parts[0].split(' ').collect();
        assert_eq!(title.len(), 2);
        let first: Vec<&str> = title[0].split('|').collect();
        for token in ["гаранті", "=гарантіями", "=гарантіями^1", "=.", "=¶"]
        {
            assert!(first.contains(&token), "{first:?}");
        }
        assert!(analysed.prominent.split(' ').any(|key| key == "гаранті"));
        assert!(!analysed.prominent.split(' ').any(|key| key == "всім"));
        for key in analysed.mentions.split_whitespace() {
            let (_, frequency) = key.rsplit_once('|').unwrap();
            assert!(frequency.parse::<u32>().unwrap() > 0, "{key}");
        }
    }

    proptest! {
        #[test]
        fn there_is_one_position_for_each_word_of_any_text(text in "[а-яіїєґА-Я a-z0-9|=~'’ .\n-]{0,200}") {
            let analysed = Analysed::of(&article("", &text));
            let mut words = FormTerms::new(&text);
            let mut count = 0;
            while words.next_word().is_some() {
                count += 1;
            }
            let body = &analysed.parts[Part::Body as usize];
            prop_assert_eq!(body.split_whitespace().count(), count);
            prop_assert!(body.split([' ', '|']).all(|token| !token.is_empty() || body.is_empty()));
        }
    }
}
