//! Spellings that follow a rule, beside those of the list.

use crate::analysis::spelling::keyed_word::KeyedWord;
use crate::analysis::spelling::{compounds, dates, designations, euphony};

/// Calls `each` with the other spellings of what `words` begin with: how many of them it stands
/// for, and the keys of each of its own words.
pub(crate) fn respelled(words: &[KeyedWord], each: &mut dyn FnMut(usize, Vec<Vec<String>>)) {
    let Some(first) = words.first() else { return };
    let mut keys = euphony::keys(&first.form);
    keys.extend(designations::keys(words));
    for key in keys {
        if first.keys.iter().all(|known| known != key) {
            each(1, vec![vec![key]]);
        }
    }
    designations::with_letter(words, each);
    compounds::of_words(words, each);
    dates::of_words(words, each);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::KeyAnalyzer;

    #[test]
    fn a_word_without_another_spelling_has_none_and_no_key_is_given_that_it_has() {
        let count = |form: &str| {
            let mut word = KeyedWord {
                form: form.to_owned(),
                ..KeyedWord::default()
            };
            KeyAnalyzer::default().query_keys(form, &mut word.keys);
            let mut count = 0;
            respelled(&[word], &mut |_, _| count += 1);
            count
        };
        assert_eq!(count("гарантія"), 0);
        assert_eq!(count("вчитель"), 1);
        let mut any = 0;
        respelled(&[], &mut |_, _| any += 1);
        assert_eq!(any, 0);
    }
}
