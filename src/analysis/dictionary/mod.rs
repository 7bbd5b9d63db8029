//! The Ukrainian dictionary: from a form (`гарантіями`) to its lemmas (`гарантія`).
//!
//! | module | what it holds |
//! |---|---|
//! | [`language_data`] | the data files and where they come from |
//! | [`letters`] | words in one byte a letter |
//! | [`rules`] | rules that turn a form into its lemmas |
//! | [`lexicon`] | names and coinages, ours and the user's |
//! | [`lexicon_problem`] | what is wrong with a line of a lexicon |
//! | [`paradigm`] | patterns of declension |
//! | [`guesser`] | guesses the lemma of an unknown word by its ending |
//! | [`stem_of_lemma`] | the key of a lemma |

pub mod guesser;
pub mod language_data;
pub mod letters;
pub mod lexicon;
pub mod lexicon_problem;
pub mod paradigm;
pub mod rules;
pub mod stem_of_lemma;

use crate::analysis::dictionary::language_data::{
    Description, FORM_RULES, FORMS, Tables, description,
};
use crate::analysis::dictionary::letters::Letters;
use fst::{Automaton, IntoStreamer, Streamer};
use std::sync::OnceLock;

/// No form has more lemmas.
pub const MAX_LEMMAS: usize = 8;

/// A list of word forms with the lemmas of each.
///
/// It is read in place from the program itself: opening takes microseconds and no memory, a look-up
/// below a microsecond and no allocation. Threads share it.
#[derive(Debug)]
pub struct Dictionary {
    /// `None` if the data are not what they should be; then every word is unknown.
    tables: Option<Tables>,
    description: &'static Description<'static>,
}

impl Dictionary {
    /// Returns the dictionary that is part of the program.
    ///
    /// ```
    /// use shukach::analysis::dictionary::Dictionary;
    ///
    /// let mut lemmas = Vec::new();
    /// let found = Dictionary::ukrainian()
    ///     .lemmas("гарантіями", &mut String::new(), &mut |lemma| lemmas.push(lemma.to_owned()));
    /// assert!(found);
    /// assert_eq!(lemmas, ["гарантія"]);
    /// ```
    pub fn ukrainian() -> &'static Self {
        static UKRAINIAN: OnceLock<Dictionary> = OnceLock::new();
        UKRAINIAN.get_or_init(|| Self {
            tables: Tables::open(FORMS, FORM_RULES),
            description: description(),
        })
    }

    /// Returns whether `form` is a known word form, under the conditions of [`Dictionary::lemmas`].
    pub fn contains(&self, form: &str) -> bool {
        let set = || self.tables.as_ref()?.sets.get(Letters::of(form)?.codes());
        set().is_some()
    }

    /// Calls `each` with every lemma of `form`, the likeliest first, and returns whether there was
    /// one.
    ///
    /// `form` is in lower case and composed (NFC) and has U+0027 as its only apostrophe; ґ is
    /// folded into г here, and lemmas come so folded. A word with other characters or of more than
    /// [`MAX_LETTERS`](crate::analysis::dictionary::letters::MAX_LETTERS) letters is unknown.
    /// `buffer` is overwritten; if it is kept from call to call, none of them allocates.
    pub fn lemmas(&self, form: &str, buffer: &mut String, each: &mut dyn FnMut(&str)) -> bool {
        let Some(form) = Letters::of(form) else {
            return false;
        };
        self.encoded_lemmas(&form, &mut |lemma, _| {
            buffer.clear();
            lemma.write_to(buffer);
            each(buffer);
        })
    }

    /// Returns the fingerprint of the data, those of the guesser included. Whoever stores lemmas or
    /// keys stores it with them: under another fingerprint the same form may have others.
    pub fn fingerprint(&self) -> &str {
        self.description.fingerprint
    }

    /// Returns name and version of the source of the data.
    pub fn version(&self) -> &str {
        self.description.dictionary.version
    }

    /// Calls `each` with the forms that `automaton` accepts, in order, as long as it returns true.
    pub(crate) fn search(
        &self,
        automaton: &impl Automaton,
        each: &mut dyn FnMut(&Letters) -> bool,
    ) {
        let Some(tables) = &self.tables else { return };
        let mut stream = tables.sets.search(automaton).into_stream();
        while let Some((codes, _)) = stream.next() {
            if !Letters::from_codes(codes).is_none_or(|form| each(&form)) {
                return;
            }
        }
    }

    /// Calls `each` with every lemma of `form`, the likeliest first, and whether it is a likely
    /// one. Returns whether there was one.
    pub(crate) fn encoded_lemmas(
        &self,
        form: &Letters,
        each: &mut dyn FnMut(&Letters, bool),
    ) -> bool {
        let set = |tables: &Tables| Some(tables.rules.set(tables.sets.get(form.codes())?));
        let mut found = false;
        for choice in self.tables.as_ref().and_then(set).into_iter().flatten() {
            let lemma = choice.rule.apply(form);
            if let Some(lemma) = lemma.filter(|lemma| !lemma.codes().is_empty()) {
                each(&lemma, choice.is_likely);
                found = true;
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lemmas(form: &str) -> Vec<String> {
        let mut all = Vec::new();
        let mut each = |lemma: &str| all.push(lemma.to_owned());
        Dictionary::ukrainian().lemmas(form, &mut String::new(), &mut each);
        all.sort();
        all
    }

    #[test]
    fn a_form_leads_to_its_lemma() {
        for (form, lemma) in [
            ("гарантіями", "гарантія"),
            ("гарантій", "гарантія"),
            ("кота", "кіт"),
            ("києві", "київ"),
            ("рукою", "рука"),
            ("руці", "рука"),
            ("друзі", "друг"),
            ("п'ять", "п'ять"),
            ("п'ятьма", "п'ять"),
            ("людей", "людина"),
            ("веде", "вести"),
            ("зеленського", "зеленський"),
            ("івано-франківську", "івано-франківськ"),
        ] {
            assert!(
                lemmas(form).iter().any(|l| l == lemma),
                "{form}: {:?}",
                lemmas(form)
            );
        }
    }

    #[test]
    fn an_unambiguous_form_has_one_lemma() {
        for (form, lemma) in [("гарантіями", "гарантія"), ("безпеки", "безпека")]
        {
            assert_eq!(lemmas(form), [lemma]);
        }
    }

    #[test]
    fn an_ambiguous_form_has_all_its_lemmas() {
        assert_eq!(lemmas("замок"), ["замок", "замокти"]);
        assert_eq!(lemmas("рік"), ["ректи", "рік", "ріка"]);
        assert_eq!(lemmas("друга"), ["друг", "друга", "другий"]);
        assert_eq!(lemmas("ночі"), ["ніч"]);
    }

    #[test]
    fn a_converb_belongs_to_its_verb() {
        for (form, lemma) in [
            ("читаючи", "читати"),
            ("сміючись", "сміятися"),
            ("приїхавши", "приїхати"),
            ("посміхнувшись", "посміхнутися"),
            ("принісши", "принести"),
        ] {
            assert_eq!(lemmas(form), [lemma], "{form}");
        }
    }

    #[test]
    fn ge_with_upturn_is_the_same_as_ge() {
        assert_eq!(lemmas("ґанку"), lemmas("ганку"));
        assert_eq!(lemmas("ґанку"), ["ганка", "ганок"]);
    }

    #[test]
    fn an_unknown_word_has_no_lemma() {
        let dictionary = Dictionary::ukrainian();
        for form in [
            "",
            "-",
            "щщщ",
            "word",
            "covid-19",
            "Київ",
            "п’ять",
            "2025",
            "хаймарсами",
        ] {
            assert!(lemmas(form).is_empty(), "{form}");
            assert!(!dictionary.contains(form), "{form}");
        }
        assert!(lemmas(&"а".repeat(1000)).is_empty());
    }

    #[test]
    fn every_form_has_lemmas_in_lower_case_of_the_same_alphabet() {
        let tables = Tables::open(FORMS, FORM_RULES).unwrap();
        let mut stream = tables.sets.stream();
        let mut count = 0;
        while let Some((codes, set)) = stream.next() {
            let form = Letters::from_codes(codes).unwrap();
            count += 1;
            assert!(tables.rules.set(set).next().unwrap().is_likely);
            assert!(tables.rules.set(set).count() <= MAX_LEMMAS);
            for choice in tables.rules.set(set) {
                let lemma = choice.rule.apply(&form).unwrap();
                assert!(!lemma.codes().is_empty());
            }
        }
        assert_eq!(count, description().forms);
    }

    #[test]
    fn the_likelier_lemma_comes_first() {
        let first = |form: &str| {
            let mut first = None;
            let mut each = |lemma: &Letters, is_likely: bool| {
                let mut text = String::new();
                lemma.write_to(&mut text);
                first.get_or_insert((text, is_likely));
            };
            Dictionary::ukrainian().encoded_lemmas(&Letters::of(form).unwrap(), &mut each);
            first
        };
        for (form, lemma) in [("рік", "рік"), ("мала", "мати"), ("замок", "замок")]
        {
            assert_eq!(first(form), Some((lemma.to_owned(), true)));
        }
    }

    #[test]
    fn data_of_another_kind_make_every_word_unknown() {
        let tables = Tables::open(FORM_RULES, FORMS);
        let dictionary = Dictionary {
            tables,
            description: description(),
        };
        assert!(!dictionary.contains("рука"));
        assert!(!dictionary.lemmas("рука", &mut String::new(), &mut |_| ()));
    }

    proptest! {
        #[test]
        fn any_text_is_looked_up_without_panic(text in ".*", word in "[а-яґєії'-]{0,80}") {
            for form in [text, word] {
                let found = lemmas(&form);
                prop_assert_eq!(found.is_empty(), !Dictionary::ukrainian().contains(&form));
                prop_assert!(found.iter().all(|lemma| !lemma.is_empty()));
            }
        }
    }
}
