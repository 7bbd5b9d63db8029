//! A word of a query with its keys.

use crate::analysis::dictionary::letters::Letters;
use crate::analysis::dictionary::stem_of_lemma::key_of_lemma;
use crate::analysis::keys::{KeyAnalyzer, Keys};
use crate::analysis::language::Language;

/// A word of a text and its keys, as a query has them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyedWord {
    /// Its form.
    pub form: String,
    /// Its keys.
    pub keys: Keys,
    /// Whether all its letters are capitals in the query.
    pub is_in_capitals: bool,
    /// Other forms of it that its keys need not have in common with it.
    pub forms: Vec<String>,
}

impl KeyedWord {
    /// Returns whether this may be a form of `lemma`. The form itself counts too: `пів десятка` has
    /// the genitive in its list line.
    pub(crate) fn is_of(&self, lemma: &str) -> bool {
        self.form == lemma || cheap_key(lemma).is_some_and(|key| self.keys.iter().any(|k| k == key))
    }
}

/// Returns the key that a lemma has if the dictionary agrees that it is one. It is not asked: two
/// thousand look-ups would take longer than a search.
pub(crate) fn cheap_key(lemma: &str) -> Option<String> {
    let mut text = String::new();
    key_of_lemma(&Letters::of(lemma)?).write_to(&mut text);
    Some(text)
}

/// Returns the keys under which a Ukrainian article has `form`.
pub(crate) fn ukrainian_keys(form: &str) -> Vec<String> {
    let mut keys = Keys::default();
    KeyAnalyzer::default().index_keys(form, Language::Ukrainian, &mut keys);
    keys.iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::KeyAnalyzer;

    #[test]
    fn a_word_is_of_the_lemma_whose_key_it_has() {
        let mut word = KeyedWord {
            form: "гарантіями".to_owned(),
            ..KeyedWord::default()
        };
        KeyAnalyzer::default().query_keys(&word.form, &mut word.keys);
        assert!(word.is_of("гарантія") && word.is_of("гарантіями") && !word.is_of("гарант"));
        assert_eq!(cheap_key("word"), None);
    }
}
