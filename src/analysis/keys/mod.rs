//! The keys of a word: what an ordinary query matches on.
//!
//! | module | what it holds |
//! |---|---|
//! | [`key`] | the keys of a Ukrainian word |
//! | [`snowball`] | Snowball stems of Russian and English |

pub mod key;
pub mod snowball;
#[cfg(test)]
mod tests;

use crate::analysis::dictionary::Dictionary;
use crate::analysis::dictionary::lexicon::Lexicon;
use crate::analysis::keys::key::{Origin, Reach};
use crate::analysis::keys::snowball::{
    ENGLISH_PREFIX, RUSSIAN_PREFIX, Stemmers, is_russian_surname,
};
use crate::analysis::language::Language;
use crate::analysis::words::endings;
use crate::analysis::words::number::{readings_of, year_of_date};
use crate::analysis::words::tokenizer::Word;
use serde::Serialize;

/// The keys of one word, without repetition, in one buffer that is used again and again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys {
    text: String,
    ends: Vec<usize>,
}

impl Keys {
    /// Returns how many keys there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns whether there is none; so before the first word only.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Returns key number `ordinal`, counted from 0.
    pub fn get(&self, ordinal: usize) -> Option<&str> {
        let start = if ordinal == 0 {
            0
        } else {
            *self.ends.get(ordinal - 1)?
        };
        self.text.get(start..*self.ends.get(ordinal)?)
    }

    /// Returns the keys in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|ordinal| self.get(ordinal))
    }

    /// Forgets all keys and keeps the memory.
    pub fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// Takes what was appended to the buffer since the last key as a new key, unless it is there
    /// already.
    fn close(&mut self) {
        let start = self.ends.last().copied().unwrap_or(0);
        let known = self
            .text
            .get(start..)
            .is_none_or(|new| new.is_empty() || self.iter().any(|key| key == new));
        if known {
            self.text.truncate(start);
        } else {
            self.ends.push(self.text.len());
        }
    }

    /// Appends a key, unless it is there already.
    pub fn push(&mut self, key: &str) {
        self.text.push_str(key);
        self.close();
    }
}

/// Which letters a form is made of, as far as the choice of a language needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    UkrainianOnly,
    RussianOnly,
    Cyrillic,
    Latin,
    Other,
}

impl Script {
    fn of(form: &str) -> Self {
        let (mut cyrillic, mut latin) = (false, false);
        let (mut ukrainian, mut russian) = (false, false);
        for c in form.chars() {
            cyrillic |= ('\u{400}'..='\u{52f}').contains(&c);
            latin |= c.is_ascii_alphabetic() || ('\u{c0}'..'\u{250}').contains(&c);
            ukrainian |= matches!(c, 'і' | 'ї' | 'є' | 'ґ');
            russian |= matches!(c, 'ы' | 'э' | 'ъ' | 'ё');
        }
        match (cyrillic, latin) {
            (true, false) if russian && !ukrainian => Self::RussianOnly,
            (true, false) if ukrainian || form.contains('\'') => Self::UkrainianOnly,
            (true, false) => Self::Cyrillic,
            (false, true) => Self::Latin,
            _ => Self::Other,
        }
    }
}

/// The vowels, with one of which the ending of a noun begins.
const VOWELS: &str = "аеєиіїоуюя";
/// The letters of an acronym that is spelt, not read as a word.
const CONSONANTS: &str = "бвгджзклмнпрстфхцчшщ";

/// Finds the keys of words. Make one per thread; it owns the buffers.
#[derive(Debug, Default)]
pub struct KeyAnalyzer {
    stemmers: Stemmers,
    buffer: String,
    /// Where the Ukrainian keys of the last word came from.
    origin: Origin,
}

/// Why a word has a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Reason {
    /// The dictionary knows the form.
    Dictionary,
    /// The supplement of names and coinages knows the form.
    Supplement,
    /// The user's lexicon knows the word: this is one of its forms, which only a query looks for.
    Lexicon,
    /// It is the key of another spelling of the word, which only a query looks for; of several
    /// words, their keys with spaces between.
    Variant,
    /// It is the key of a spelling in another language, which only a query looks for and which
    /// counts less.
    Transliteration,
    /// The ending of the form says so.
    Guess,
    /// It is the form itself, of which nothing is known.
    Form,
    /// It is the year of the date that the form is.
    Year,
    /// It is a Russian stem.
    Russian,
    /// It is the stem of a word in Latin script.
    English,
}

impl Clone for KeyAnalyzer {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// What the context of a word says about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    /// The language of the text around it.
    pub language: Language,
    /// Whether it begins with a capital.
    pub is_capitalised: bool,
    /// How many letters of an acronym with an ending are capitals (`ТЦКів`), 0 for any other word.
    pub acronym_chars: u8,
}

impl Context {
    /// Returns the context of `word` with this `form` in a text of `language`.
    pub fn of(word: Word, form: &str, language: Language) -> Self {
        Self {
            language,
            is_capitalised: word.is_capitalised(),
            acronym_chars: word.acronym_chars(form),
        }
    }
}

impl From<Language> for Context {
    /// A word in small letters.
    fn from(language: Language) -> Self {
        Self {
            language,
            is_capitalised: false,
            acronym_chars: 0,
        }
    }
}

impl KeyAnalyzer {
    /// Puts into `keys` those under which `form` is indexed where it stands. A date is also indexed
    /// under its year. A word with a capital has all its keys, also unlikely ones: `Франківська`
    /// may be a city, which the dictionary knows mostly as an adjective.
    pub fn index_keys(&mut self, form: &str, context: impl Into<Context>, keys: &mut Keys) {
        let context = context.into();
        keys.clear();
        if is_written_number(form) && add_number(form, Some(context.language), keys) {
            return;
        }
        if let Some(acronym) = acronym_of(form, context.acronym_chars, context.is_capitalised) {
            self.add_index_keys(acronym, context, keys);
        }
        self.add_index_keys(form, context, keys);
    }

    fn add_index_keys(&mut self, form: &str, context: Context, keys: &mut Keys) {
        let Context {
            language,
            is_capitalised,
            ..
        } = context;
        let reach = if is_capitalised {
            Reach::All
        } else {
            Reach::Likely
        };
        match Script::of(form) {
            Script::Latin => self.add_english(form, keys),
            Script::RussianOnly => self.add_russian_where_it_stands(form, is_capitalised, keys),
            Script::Cyrillic if language == Language::Russian => {
                self.add_russian_where_it_stands(form, is_capitalised, keys);
            }
            Script::Cyrillic | Script::UkrainianOnly => {
                self.add_ukrainian(form, reach, keys);
            }
            Script::Other => {
                self.add_other(form, keys);
                if let Some(year) = year_of_date(form) {
                    keys.push(year);
                }
            }
        }
    }

    /// Puts into `keys` all those under which `form` may be indexed, whatever the language of the
    /// article.
    pub fn query_keys(&mut self, form: &str, keys: &mut Keys) {
        keys.clear();
        self.add_query_keys(form, false, keys);
    }

    /// Does as [`KeyAnalyzer::query_keys`] for a `word` of a query, whose capitals are known: what
    /// stands before the ending of an acronym is looked for too, and `Иванов` is no `Иван`.
    pub fn query_word_keys(&mut self, word: Word, form: &str, keys: &mut Keys) {
        keys.clear();
        let is_in_capitals = word.capitals.are_all(form.chars().count());
        let is_name = word.is_capitalised() && !is_in_capitals;
        self.add_query_keys(form, is_name, keys);
        let acronym = acronym_of(form, word.acronym_chars(form), word.is_capitalised());
        if let Some(acronym) = acronym {
            self.add_query_keys(acronym, false, keys);
        }
    }

    fn add_query_keys(&mut self, form: &str, is_name: bool, keys: &mut Keys) {
        if is_written_number(form) && add_number(form, None, keys) {
            return;
        }
        let is_surname_alone = is_name && is_russian_surname(form);
        let script = Script::of(form);
        match script {
            Script::Cyrillic | Script::RussianOnly => {
                if script == Script::Cyrillic {
                    self.add_ukrainian(form, Reach::All, keys);
                }
                if !is_surname_alone {
                    self.add_russian(form, keys);
                }
                self.add_russian_name(form, keys);
            }
            Script::Latin => self.add_english(form, keys),
            Script::UkrainianOnly => self.add_ukrainian(form, Reach::All, keys),
            Script::Other => self.add_other(form, keys),
        }
    }

    /// Returns why `key`, one of those given last, is a key of `form`.
    pub fn reason(&self, form: &str, key: &str) -> Reason {
        if key.starts_with(RUSSIAN_PREFIX) {
            Reason::Russian
        } else if key.starts_with(ENGLISH_PREFIX) {
            Reason::English
        } else if is_written_number(form) {
            if year_of_date(form) == Some(key) {
                Reason::Year
            } else {
                Reason::Form
            }
        } else if Script::of(form) != Script::Other {
            match self.origin {
                Origin::Dictionary => Reason::Dictionary,
                Origin::Supplement => Reason::Supplement,
                Origin::Guess => Reason::Guess,
                Origin::Nowhere => Reason::Form,
            }
        } else {
            Reason::Form
        }
    }

    /// Adds the key of a word of no script or several: of a Latin name with a Cyrillic ending,
    /// that of the name.
    fn add_other(&mut self, form: &str, keys: &mut Keys) {
        match endings::latin_name_of(form) {
            Some(name) => self.add_english(name, keys),
            None => keys.push(form),
        }
    }

    fn add_ukrainian(&mut self, form: &str, reach: Reach, keys: &mut Keys) {
        self.origin = key::keys(form, reach, &mut self.buffer, &mut |key| keys.push(key));
        if self.origin == Origin::Nowhere {
            keys.text
                .extend(form.chars().map(|c| if c == 'ґ' { 'г' } else { c }));
            keys.close();
        }
    }

    /// Adds the stem, and where a capital says so that of a surname: `Городов` may be either.
    fn add_russian_where_it_stands(&mut self, form: &str, is_capitalised: bool, keys: &mut Keys) {
        self.add_russian(form, keys);
        if is_capitalised {
            self.add_russian_name(form, keys);
        }
    }

    fn add_russian_name(&mut self, form: &str, keys: &mut Keys) {
        if is_russian_surname(form) {
            self.stemmers.push_russian_name(form, &mut keys.text);
            keys.close();
        }
    }

    fn add_russian(&mut self, form: &str, keys: &mut Keys) {
        self.stemmers.push_russian(form, &mut keys.text);
        keys.close();
    }

    fn add_english(&mut self, form: &str, keys: &mut Keys) {
        let name = endings::name_with_look_alike(form);
        for form in [Some(form), name].into_iter().flatten() {
            self.stemmers.push_english(form, &mut keys.text);
            keys.close();
        }
    }
}

/// Returns the acronym of a form with an ending, in capitals (`ТЦКів`) or in small letters
/// (`тцків`).
fn acronym_of(form: &str, capitals: u8, is_capitalised: bool) -> Option<&str> {
    let small = || small_acronym_of(form).filter(|_| !is_capitalised);
    endings::acronym_of(form, usize::from(capitals)).or_else(small)
}

/// Returns the acronym of a form in small letters with an ending: `тцк` of `тцків`. Before the
/// ending no acronym has a vowel that people bend so, and no list has such a word.
fn small_acronym_of(form: &str) -> Option<&str> {
    let at = form.find(|c| VOWELS.contains(c)).filter(|at| *at > 0)?;
    let (acronym, ending) = form.split_at_checked(at)?;
    let is_short = (3..=5).contains(&acronym.chars().count());
    let is_spelt = is_short && acronym.chars().all(|c| CONSONANTS.contains(c));
    let is_known =
        || Dictionary::ukrainian().contains(form) || Lexicon::supplement().contains(form);
    (is_spelt && endings::is_of_noun(ending) && !is_known()).then_some(acronym)
}

/// Returns whether a form begins with a digit.
fn is_written_number(form: &str) -> bool {
    form.bytes()
        .next()
        .is_some_and(|first| first.is_ascii_digit())
}

/// Adds the keys of a number with an ending, or of one that is read otherwise in other languages: a
/// comma stands between thousands in English and before decimals elsewhere. Returns whether `form`
/// is one; without a language all its readings count.
fn add_number(form: &str, language: Option<Language>, keys: &mut Keys) -> bool {
    if let Some(digits) = endings::number_of(form) {
        keys.push(digits);
        return true;
    }
    let Some([decimal, thousands]) = readings_of(form) else {
        return false;
    };
    let is_comma = form.contains(',');
    let is_english = language == Some(Language::English);
    let is_slavic = matches!(language, Some(Language::Ukrainian | Language::Russian));
    if !(is_english && is_comma) {
        keys.push(&decimal);
    }
    if !(is_english && !is_comma || is_slavic && is_comma) {
        keys.push(&thousands);
    }
    true
}
