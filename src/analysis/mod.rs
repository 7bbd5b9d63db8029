//! From text to the terms of the index: characters → words → keys.
//!
//! A text is cut into **words** by [`Words`]; each has a place in the original text (bytes), a
//! position (counted in words) and a **form**: lower case, composed (NFC), one apostrophe, no
//! stress marks or soft hyphens. The form is what `=слово` looks for. From the form come its
//! **keys**, what an ordinary query looks for: what the lemmas of a Ukrainian word have for a stem,
//! or the stem of a Russian or Latin-script one. All keys of a word share its position.
//!
//! The steps, in order, one file each:
//!
//! | step | file | example |
//! |---|---|---|
//! | apostrophes between letters become one | [`apostrophe`] | `п’ять` → `п'ять` |
//! | stress marks and invisible characters go | [`invisible`] | `за́мок` → `замок` |
//! | letters of another script that look alike are exchanged | [`homoglyph`] | `Бровари` with a Latin `p` → `бровари` |
//! | words are cut, lower-cased, composed | [`words`] | `Івано-Франківськ` → `івано`, `франківськ` |
//! | … Roman numbers in Cyrillic letters become Latin | [`roman`] | `ХХІ` → `xxi` |
//! | … by what each character is | [`char_class`] | |
//! | … where those of known positions stand | [`word_places`] | |
//! | groups of digits become one number | [`number`] | `1 000,5` → `1000.5` |
//! | the language of the article is told, and of its paragraphs | [`language`], [`paragraphs`] | `Україна і світ` → uk |
//! | its keys are looked up or guessed | [`keys`] | `гарантіями` → `гаранті` |
//! | … a known Ukrainian word | [`dictionary`], [`key`] | `гарантіями` → `гарантія` → `гаранті` |
//! | … a name or coinage of 2020–26 | [`lexicon`], [`paradigm`] | `шольцом` → `шольц` |
//! | … an unknown one, by its ending | [`guesser`] | `мемофермами` → `мемоферм` |
//! | … a Russian or English one | [`stem`] | `drones` → `en/drone` |
//! | … once for each word that comes again | [`key_cache`] | |
//! | all of it is shown, word by word | [`report`] | `shukach analyze` |
//! | words that tell nothing, for whoever looks for those that do | [`function_words`] | `щоб` |
//! | sentences and paragraphs, for whoever asks | [`sentence`], [`abbreviation`] | `вул. Шевченка` ends none |
//! | a query knows other spellings | [`variants`] | `вебсайт` → `веб` `сайт` |
//! | sentences, capitals and compounds become terms of their own | [`forms`], [`capitals`] | `Ковід-19` → `ковід^1`, `ковід-19` |
//! | the index reads it all as token streams | [`stream`] | |
//! | a query looks for other languages' spellings | [`transliteration`] | `Київ` → `ru/киев`, `en/kyiv`; `Kyiv` → `київ` |

pub mod characters;
pub mod dictionary;
pub mod keys;
pub mod language;
pub mod report;
pub mod spelling;
pub mod token_streams;
pub mod words;

pub use crate::analysis::dictionary::Dictionary;
pub use crate::analysis::keys::{KeyAnalyzer, Keys, Reason};
pub use crate::analysis::language::Language;
pub use crate::analysis::language::paragraphs::Paragraphs;
pub use crate::analysis::report::{Report, Side};
pub use crate::analysis::words::tokenizer::{Word, Words};

use crate::analysis::dictionary::lexicon::SUPPLEMENT;
use std::sync::OnceLock;

/// The version of everything in this module that decides which terms a text gives. It is stored in
/// each index; a change that alters terms must raise it.
pub const ANALYZER_VERSION: u32 = 5;

/// Returns the fingerprint of all data that decide which terms a text gives: those of the
/// dictionary and of the supplement. It is stored in each index, as [`ANALYZER_VERSION`] is.
pub fn fingerprint() -> &'static str {
    static FINGERPRINT: OnceLock<String> = OnceLock::new();
    FINGERPRINT.get_or_init(|| {
        let supplement = blake3::hash(SUPPLEMENT.as_bytes()).to_hex();
        let supplement = supplement.get(..8).unwrap_or_default();
        format!("{}-{supplement}", Dictionary::ukrainian().fingerprint())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_covers_the_dictionary_and_the_supplement() {
        let (dictionary, supplement) = fingerprint().split_once('-').unwrap();
        assert_eq!(dictionary, Dictionary::ukrainian().fingerprint());
        assert_eq!(supplement.len(), 8);
    }
}
