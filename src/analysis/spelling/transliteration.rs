//! The keys under which articles in Russian and English have a Ukrainian name, and Ukrainian ones a
//! name in Russian or Latin letters.

use crate::analysis::dictionary::Dictionary;
use crate::analysis::dictionary::lexicon::Lexicon;
use crate::analysis::keys::key;
use crate::analysis::keys::key::Reach;
use crate::analysis::keys::snowball::Stemmers;
use crate::analysis::spelling::exceptions::KnownSpelling;
use crate::analysis::spelling::latin::latin_spellings;
use crate::analysis::spelling::names::Names;
pub use crate::analysis::spelling::names::Spellings;
use crate::analysis::spelling::russian::russian_spellings;
use crate::analysis::spelling::ukrainian::ukrainian_spellings;

/// A word of fewer letters has no spelling: in another language it would be another word.
const SHORTEST: usize = 3;
/// A word of fewer letters that the dictionary knows has none either (кіт is not кит), nor any
/// Latin one.
const SHORTEST_KNOWN: usize = 5;

/// Finds spellings of Ukrainian words in the other languages of the archives.
#[derive(Debug, Default)]
pub struct Transliterator {
    stemmers: Stemmers,
}

impl Transliterator {
    /// Returns the keys of the Russian and Latin spellings of `form` if it is a Ukrainian word, and
    /// of the Ukrainian ones if it may be another's, each once; none if it is too short. Takes less
    /// than a millisecond.
    ///
    /// ```
    /// use shukach::analysis::spelling::transliteration::Transliterator;
    ///
    /// let keys = Transliterator::default().keys("києва");
    /// assert!(keys.contains(&"ru/киев".to_owned()) && keys.contains(&"en/kyiv".to_owned()));
    /// let keys = Transliterator::default().keys("zelenskyy");
    /// assert!(keys.contains(&"зеленський".to_owned()));
    /// ```
    pub fn keys(&self, form: &str) -> Vec<String> {
        self.spellings(form).keys
    }

    /// Does as [`Transliterator::keys`], and returns also the forms with a capital of the Ukrainian
    /// names that `form` may be, of those that are spelt as common words.
    pub fn spellings(&self, form: &str) -> Spellings {
        let mut keys = self.foreign_keys(form);
        if !Dictionary::ukrainian().contains(form) && !Lexicon::supplement().contains(form) {
            self.add_ukrainian(form, &mut keys);
        }
        let names = Names::table().of(form);
        for key in names.keys {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        Spellings {
            keys,
            forms: names.forms,
        }
    }

    /// Adds the keys of the Ukrainian words that have `form` among their spellings.
    fn add_ukrainian(&self, form: &str, keys: &mut Vec<String>) {
        let mut own = [String::new(), String::new()];
        let [russian, latin] = &mut own;
        self.stemmers.push_russian_name(form, russian);
        self.stemmers.push_english(form, latin);
        let mut buffer = String::new();
        for word in ukrainian_spellings(form) {
            if self.foreign_keys(&word).iter().any(|key| own.contains(key)) {
                key::keys(&word, Reach::Likely, &mut buffer, &mut |key| {
                    if !keys.iter().any(|known| known == key) {
                        keys.push(key.to_owned());
                    }
                });
            }
        }
    }

    fn foreign_keys(&self, form: &str) -> Vec<String> {
        let length = form.chars().count();
        let is_ukrainian = |c: char| "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'".contains(c);
        let mut keys = Vec::new();
        if length < SHORTEST || !form.chars().all(is_ukrainian) {
            return keys;
        }
        let mut words = lemmas(form);
        if !words.is_empty() && length < SHORTEST_KNOWN && !is_listed(form) {
            return keys;
        }
        if !words.iter().any(|word| word == form) {
            words.push(form.to_owned());
        }
        for word in &words {
            let russian = russian_spellings(word);
            for spelling in &russian {
                self.add(spelling, Stemmers::push_russian_name, &mut keys);
            }
            if word.chars().count() >= SHORTEST_KNOWN || is_listed(word) {
                for spelling in latin_spellings(word, &russian) {
                    self.add(&spelling, Stemmers::push_english, &mut keys);
                }
            }
        }
        keys
    }

    fn add(&self, spelling: &str, push: fn(&Stemmers, &str, &mut String), keys: &mut Vec<String>) {
        let mut key = String::new();
        push(&self.stemmers, spelling, &mut key);
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
}

fn is_listed(form: &str) -> bool {
    KnownSpelling::of(form).is_some_and(|known| known.is_noun())
}

fn lemmas(form: &str) -> Vec<String> {
    let mut lemmas = Vec::new();
    let mut each = |lemma: &str| lemmas.push(lemma.to_owned());
    Dictionary::ukrainian().lemmas(form, &mut String::new(), &mut each);
    lemmas
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_names_have_the_keys_of_their_spellings() {
        let transliterator = Transliterator::default();
        for (form, russian, latin) in [
            ("зеленського", "зеленский", "zelenskyy"),
            ("харкові", "харькове", "kharkiv"),
            ("одесою", "одесса", "odessa"),
            ("порошенка", "порошенко", "poroshenko"),
            ("німеччині", "германия", "germany"),
            ("естонії", "эстония", "estoniia"),
        ] {
            let keys = transliterator.keys(form);
            let (mut expected, mut other) = (String::new(), String::new());
            transliterator.stemmers.push_russian(russian, &mut expected);
            transliterator.stemmers.push_english(latin, &mut other);
            assert!(keys.contains(&expected), "{form}: {keys:?}");
            assert!(keys.contains(&other), "{form}: {keys:?}");
        }
    }

    #[test]
    fn a_common_word_that_begins_as_a_name_is_not_the_name() {
        for (form, name) in [
            ("рівня", "en/rivn"),
            ("олень", "en/elena"),
            ("віднести", "en/vienna"),
            ("дані", "en/denmark"),
        ] {
            let keys = Transliterator::default().keys(form);
            assert!(!keys.iter().any(|key| key == name), "{form}: {keys:?}");
        }
    }

    #[test]
    fn a_name_in_other_letters_has_the_key_of_the_ukrainian_one() {
        for (form, key) in [
            ("zelenskyy", "зеленський"),
            ("zelensky", "зеленський"),
            ("зеленский", "зеленський"),
            ("зеленского", "зеленський"),
            ("kyiv", "київ"),
            ("kiev", "київ"),
            ("киеве", "київ"),
            ("odesa", "одес"),
            ("одессы", "одес"),
            ("germany", "німеччин"),
            ("poroshenko", "порошенк"),
            ("scholz", ""),
        ] {
            let keys = Transliterator::default().keys(form);
            assert!(
                key.is_empty() || keys.iter().any(|k| k == key),
                "{form}: {keys:?}"
            );
        }
    }

    #[test]
    fn short_common_words_and_foreign_ones_have_no_spellings() {
        let transliterator = Transliterator::default();
        for form in ["кіт", "на", "ліс", "рік", "port", "это", "2025", ""] {
            assert!(transliterator.keys(form).is_empty(), "{form}");
        }
    }
}
