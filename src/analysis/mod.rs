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
//! | apostrophes between letters become one | [`characters::apostrophe`] | `п’ять` → `п'ять` |
//! | stress marks and invisible characters go | [`characters::invisible`] | `за́мок` → `замок` |
//! | look-alike letters of another script are exchanged | [`characters::homoglyph`] | `Бровари` with a Latin `p` → `бровари` |
//! | words are cut, lower-cased, composed | [`words::tokenizer`] | `Івано-Франківськ` → `івано`, `франківськ` |
//! | Roman numerals in Cyrillic letters become Latin | [`words::roman`] | `ХХІ` → `xxi` |
//! | groups of digits become one number | [`words::number`] | `1 000,5` → `1000.5` |
//! | the language of the article and its paragraphs is detected | [`language`] | `Україна і світ` → uk |
//! | keys are looked up or guessed | [`keys`] | `гарантіями` → `гаранті` |
//! | … of a known Ukrainian word | [`dictionary`] | `гарантіями` → `гарантія` → `гаранті` |
//! | … of a name or coinage of 2020–26 | [`dictionary::lexicon`] | `шольцом` → `шольц` |
//! | … of an unknown word, by its ending | [`dictionary::guesser`] | `мемофермами` → `мемоферм` |
//! | … of a Russian or English word | [`keys::snowball`] | `drones` → `en/drone` |
//! | sentences, capitals and compounds become terms | [`words::forms`] | `Ковід-19` → `ковід^1`, `ковід-19` |
//! | the same as token streams, for tests and benches | [`token_streams`] | |
//! | a query adds other spellings | [`spelling`] | `Київ` → `ru/киев`, `en/kyiv` |
//! | all of it is shown, word by word | [`report`] | `shukach analyze` |

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
pub const ANALYZER_VERSION: u32 = 8;

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
