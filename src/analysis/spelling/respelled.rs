//! Spellings that follow a rule, beside those of the list.

use crate::analysis::keys::{KeyAnalyzer, Keys};
use crate::analysis::language::Language;
use crate::analysis::spelling::keyed_word::KeyedWord;
use crate::analysis::spelling::{compounds, dates, designations, euphony};

/// Calls `each` with the other spellings of what `words` begin with: how many of them it stands for,
/// and the keys of each of its own words.
pub(crate) fn respelled(words: &[KeyedWord], each: &mut dyn FnMut(usize, Vec<Vec<String>>)) {
    let Some(first) = words.first() else { return };
    let mut keys = euphony::keys(&first.form);
    keys.extend(designations::keys(words));
    for key in keys {
        if first.keys.iter().all(|known| known != key) {
            each(1, vec![vec![key]]);
        }
    }
    compounds::of_words(words, each);
    dates::of_words(words, each);
}

/// Returns the keys under which a Ukrainian article has `form`.
pub(crate) fn ukrainian_keys(form: &str) -> Vec<String> {
    let mut keys = Keys::default();
    KeyAnalyzer::default().index_keys(form, Language::Ukrainian, &mut keys);
    keys.iter().map(str::to_owned).collect()
}
