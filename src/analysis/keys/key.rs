//! Keys: what the forms of a word have in common in an index.
//!
//! The key of a lemma is the lemma without its last vowel, `ь` or `й`; infinitives and adjectives
//! stay whole. A known word and an unknown one so meet: whether `макрона` is the genitive of a
//! man's name or the nominative of a woman's, which no ending tells, its key is `макрон`.

use crate::analysis::dictionary::guesser::Guesser;
use crate::analysis::dictionary::letters::Letters;
use crate::analysis::dictionary::lexicon::Lexicon;
use crate::analysis::dictionary::stem_of_lemma::key_of_lemma;
use crate::analysis::dictionary::{Dictionary, MAX_LEMMAS};

/// How many of the keys of an ambiguous form to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Those that the form is likely to have in a text: for the index.
    Likely,
    /// All: for a query.
    All,
}

/// Where the keys of a form come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Origin {
    /// The dictionary knows the form.
    Dictionary,
    /// The dictionary does not know the form, the supplement of names and coinages does.
    Supplement,
    /// They are guessed by the form's ending.
    Guess,
    /// There are none: the form is no Ukrainian word, or it is too short to guess.
    #[default]
    Nowhere,
}

/// Calls `each` with the keys of `form`, the likeliest first and each once, and returns where they
/// come from. If that is [`Origin::Nowhere`], there were none, and the form itself may serve.
///
/// `form` is as [`Dictionary::lemmas`] takes it. A compound with a hyphen that the dictionary does
/// not know has the keys of its last part with the other parts before them. `buffer` is
/// overwritten; if it is kept from call to call, none of them allocates. A call takes about half a
/// microsecond.
///
/// ```
/// use shukach::analysis::keys::key::{Origin, Reach, keys};
///
/// let mut found = Vec::new();
/// let mut each = |key: &str| found.push(key.to_owned());
/// let origin = keys("гарантіями", Reach::Likely, &mut String::new(), &mut each);
/// assert_eq!(origin, Origin::Dictionary);
/// assert_eq!(found, ["гаранті"]);
/// ```
pub fn keys(form: &str, reach: Reach, buffer: &mut String, each: &mut dyn FnMut(&str)) -> Origin {
    let Some(form) = Letters::of(form) else {
        return Origin::Nowhere;
    };
    let mut given = Given::default();
    let mut give = |key: &Letters, is_likely: bool| {
        let is_wanted = is_likely || reach == Reach::All || given.count == 0;
        if is_wanted && given.insert(key) {
            buffer.clear();
            key.write_to(buffer);
            each(buffer);
        }
    };
    if let Some(origin) = keys_of_known(&form, &mut give) {
        return origin;
    }
    match form.split_last_part() {
        None => Guesser::ukrainian().keys(&form, &mut give),
        Some((front, last)) => {
            let mut give_compound = |key: &Letters, is_likely: bool| {
                let mut compound = front;
                if compound.append(key.codes()).is_some() {
                    give(&compound, is_likely);
                }
            };
            keys_of_known(&last, &mut give_compound).is_some()
                || Guesser::ukrainian().keys(&last, &mut give_compound)
        }
    };
    if given.count > 0 {
        Origin::Guess
    } else {
        Origin::Nowhere
    }
}

/// Calls `each` with the keys of a form that stands in a list, and returns in which; the dictionary
/// counts before the supplement, whose name may have a form in common with a word of it.
fn keys_of_known(form: &Letters, each: &mut dyn FnMut(&Letters, bool)) -> Option<Origin> {
    let mut each_lemma = |lemma: &Letters, is_likely| each(&key_of_lemma(lemma), is_likely);
    let is_known = Dictionary::ukrainian().encoded_lemmas(form, &mut each_lemma);
    let is_supplied = Lexicon::supplement().keys(form, &mut |key| each(key, true));
    match (is_known, is_supplied) {
        (true, _) => Some(Origin::Dictionary),
        (false, true) => Some(Origin::Supplement),
        (false, false) => None,
    }
}

/// The keys that were given for one form: two lemmas may have the same.
struct Given {
    keys: [Letters; MAX_LEMMAS],
    count: usize,
}

impl Given {
    /// Returns whether the key was not given yet.
    fn insert(&mut self, key: &Letters) -> bool {
        let known = self.keys.get(..self.count).unwrap_or_default();
        if known.iter().any(|given| given.codes() == key.codes()) {
            return false;
        }
        if let Some(place) = self.keys.get_mut(self.count) {
            *place = *key;
            self.count += 1;
        }
        true
    }
}

impl Default for Given {
    fn default() -> Self {
        Self {
            keys: [Letters::EMPTY; MAX_LEMMAS],
            count: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(form: &str, reach: Reach) -> (Origin, Vec<String>) {
        let mut all = Vec::new();
        let mut each = |key: &str| all.push(key.to_owned());
        let origin = keys(form, reach, &mut String::new(), &mut each);
        (origin, all)
    }

    #[test]
    fn known_and_unknown_forms_of_one_name_meet() {
        for (one, other) in [
            ("рютте", "рюттом"),
            ("макрон", "макроні"),
            ("хаймарс", "хаймарсами"),
            ("шахед", "шахедів"),
            ("байрактар", "байрактарами"),
        ] {
            let (_, one) = found(one, Reach::Likely);
            let (_, other) = found(other, Reach::Likely);
            assert!(
                one.iter().any(|key| other.contains(key)),
                "{one:?} {other:?}"
            );
        }
    }

    #[test]
    fn a_form_of_the_supplement_is_not_guessed() {
        let expected = (Origin::Supplement, vec!["шольц".to_owned()]);
        for form in ["шольц", "шольца", "шольцом", "шольці"] {
            assert_eq!(found(form, Reach::Likely), expected, "{form}");
        }
    }

    #[test]
    fn a_query_reaches_further_than_the_index() {
        let (_, likely) = found("рік", Reach::Likely);
        let (_, all) = found("рік", Reach::All);
        assert_eq!(likely, ["рік"]);
        assert_eq!(all, ["рік", "ректи"]);
    }

    #[test]
    fn an_unknown_compound_has_the_key_of_its_last_part() {
        let expected = (Origin::Guess, vec!["кібер-гаранті".to_owned()]);
        assert_eq!(found("кібер-гарантіями", Reach::Likely), expected);
    }

    #[test]
    fn what_is_no_word_has_no_key() {
        for form in ["", "-", "word", "covid-19", "2025", "щщщ", "-щ"] {
            assert_eq!(found(form, Reach::All), (Origin::Nowhere, vec![]), "{form}");
        }
    }

    proptest! {
        #[test]
        fn any_text_has_distinct_keys_and_the_likely_ones_are_among_all(
            text in ".*", word in "[а-яґєії'-]{0,80}",
        ) {
            for form in [text, word] {
                let (origin, all) = found(&form, Reach::All);
                let (_, likely) = found(&form, Reach::Likely);
                prop_assert_eq!(all.is_empty(), origin == Origin::Nowhere);
                prop_assert_eq!(likely.is_empty(), all.is_empty());
                prop_assert!(likely.iter().all(|key| all.contains(key)));
                let distinct: std::collections::BTreeSet<_> = all.iter().collect();
                prop_assert_eq!(distinct.len(), all.len());
            }
        }
    }
}
