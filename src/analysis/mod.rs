//! From text to the terms of the index: characters → words → keys.
//!
//! A text is cut into **words** by [`Words`]; each has a place in the original text (bytes), a
//! position (counted in words) and a **form**: lower case, composed (NFC), one apostrophe, no stress
//! marks or soft hyphens. The form is what `=слово` looks for. From the form come its **keys**, what an
//! ordinary query looks for: what the lemmas of a Ukrainian word have for a stem, or the stem of a Russian
//! or Latin-script one. All keys of a word share its position.
//!
//! The steps, in order, one file each:
//!
//! | step | file | example |
//! |---|---|---|
//! | apostrophes between letters become one | [`apostrophe`] | `п’ять` → `п'ять` |
//! | stress marks and invisible characters go | [`invisible`] | `за́мок` → `замок` |
//! | words are cut, lower-cased, composed | [`words`] | `Івано-Франківськ` → `івано`, `франківськ` |
//! | … by what each character is | [`char_class`] | |
//! | the language of the article is told, and of its paragraphs | [`language`], [`paragraphs`] | `Україна і світ` → uk |
//! | its keys are looked up or guessed | [`keys`] | `гарантіями` → `гаранті` |
//! | … a known Ukrainian word | [`dictionary`], [`key`] | `гарантіями` → `гарантія` → `гаранті` |
//! | … an unknown one, by its ending | [`guesser`] | `чатботами` → `чатбот` |
//! | … a Russian or English one | [`stem`] | `drones` → `en/drone` |
//! | … once for each word that comes again | [`key_cache`] | |
//! | the index reads it all as token streams | [`stream`] | |
//! | a query looks for other languages' spellings | [`transliteration`] | `Київ` → `ru/киев`, `en/kyiv` |

pub mod apostrophe;
pub mod char_class;
pub mod dictionary;
pub mod guesser;
pub mod invisible;
pub mod key;
pub mod key_cache;
pub mod keys;
mod known_spellings;
pub mod language;
pub mod language_data;
mod language_evidence;
mod language_signs;
mod latin_spelling;
pub mod letters;
pub mod paragraphs;
pub mod rules;
mod russian_spelling;
pub mod stem;
pub mod stream;
pub mod transliteration;
pub mod words;

pub use dictionary::Dictionary;
pub use keys::{KeyAnalyzer, Keys};
pub use language::Language;
pub use paragraphs::Paragraphs;
pub use words::{Word, Words};

/// The version of everything in this module that decides which terms a text gives. It is stored in each
/// index; a change that alters terms must raise it.
pub const ANALYZER_VERSION: u32 = 4;
