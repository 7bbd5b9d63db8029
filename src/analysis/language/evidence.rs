//! What the words of a text say about its language.

use crate::analysis::dictionary::Dictionary;
use crate::analysis::dictionary::lexicon::Lexicon;
use crate::analysis::language::Language;
use crate::analysis::language::signs::{Bits, ENGLISH, RIVALS, RUSSIAN, SignTable, UKRAINIAN};
use crate::analysis::words::tokenizer::Words;
use std::borrow::Cow;

/// What the words of a text say about its language.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    cyrillic_words: i32,
    latin_words: i32,
    scores: [i32; RIVALS],
}

/// Evidence for a language: one of its most frequent words.
const COMMON_WORD: i32 = 3;
/// Evidence against a language: a letter outside its alphabet.
const FOREIGN_LETTER: i32 = -5;
/// Evidence for Ukrainian in a text of few words: the dictionary knows a word, as it does half of
/// the Russian ones.
const KNOWN_WORD: i32 = 1;
/// Evidence against it: the dictionary does not know a word, as it does nearly all Ukrainian ones.
const UNKNOWN_WORD: i32 = -3;
/// The same of a word with a capital, which may be a name.
const UNKNOWN_NAME: i32 = -1;
/// A text of more words says enough by its letters and endings.
const FEW_WORDS: i32 = 12;
/// A shorter word is one in several languages.
const SHORTEST_TELLING: usize = 4;

impl Evidence {
    /// Weighs the first `sample_words` words of `text`.
    pub(crate) fn of(text: &str, sample_words: usize) -> Self {
        let mut words = Words::new(text);
        let mut form = String::new();
        let mut evidence = Self::default();
        for _ in 0..sample_words {
            if words.next_into(&mut form).is_none() {
                break;
            }
            evidence.count(&form);
        }
        if (1..=FEW_WORDS).contains(&evidence.cyrillic_words) {
            evidence.ask_dictionary(text, sample_words);
        }
        evidence
    }

    /// Weighs whether the words of a short `text` are Ukrainian ones, as many a headline has no
    /// letter that Russian lacks, or the other way round.
    fn ask_dictionary(&mut self, text: &str, sample_words: usize) {
        let mut words = Words::new(text);
        let mut form = String::new();
        let (mut score, mut telling) = (0, 0);
        for _ in 0..sample_words {
            let Some(word) = words.next_into(&mut form) else {
                break;
            };
            let form = in_one_script(&form);
            let is_telling = form.chars().count() >= SHORTEST_TELLING
                && form
                    .chars()
                    .all(|c| ('\u{400}'..='\u{52f}').contains(&c) || c == '\'');
            if !is_telling {
                continue;
            }
            telling += 1;
            let is_known =
                Dictionary::ukrainian().contains(&form) || Lexicon::supplement().contains(&form);
            score += match (is_known, word.is_capitalised()) {
                (true, _) => KNOWN_WORD,
                (false, false) => UNKNOWN_WORD,
                (false, true) => UNKNOWN_NAME,
            };
        }
        // A single word may be a coinage.
        if telling > 1 {
            self.scores[UKRAINIAN] += score;
        }
    }

    fn count(&mut self, form: &str) {
        let table = SignTable::get();
        let form = in_one_script(form);
        let mut owners = Bits::MAX;
        let (mut cyrillic, mut latin) = (false, false);
        for letter in form.chars() {
            let is_cyrillic = ('\u{400}'..='\u{52f}').contains(&letter);
            let is_latin = !is_cyrillic && letter.is_alphabetic() && (letter as u32) < 0x250;
            cyrillic |= is_cyrillic;
            latin |= is_latin;
            if is_cyrillic || is_latin || letter == '\'' {
                owners &= table.owners_of_letter(letter);
            }
        }
        let rivals = match (cyrillic, latin) {
            (true, false) => 0..ENGLISH,
            // Only English is known by its letters; the others have too many between them.
            (false, true) => ENGLISH..ENGLISH + 1,
            _ => return,
        };
        if form.starts_with('и') || form.contains("ия") || form.contains("ии") {
            // So no Ukrainian word begins, or ends.
            owners &= !(1 << UKRAINIAN);
        }
        self.cyrillic_words += i32::from(cyrillic);
        self.latin_words += i32::from(latin);
        for (place, score) in self.scores.iter_mut().enumerate() {
            let is_foreign = rivals.contains(&place) && owners >> place & 1 == 0;
            *score += FOREIGN_LETTER * i32::from(is_foreign);
        }
        self.add(table.owners_of_word(&form), COMMON_WORD);
        for owners in table.owners_of_endings(&form) {
            self.add(owners, 1);
        }
    }

    fn add(&mut self, owners: Bits, weight: i32) {
        if owners == 0 {
            return;
        }
        for (place, score) in self.scores.iter_mut().enumerate() {
            *score += weight * i32::from(owners >> place & 1);
        }
    }

    /// Returns the language that the words speak for.
    pub(crate) fn verdict(&self) -> Language {
        let (cyrillic, latin) = self.scores.split_at(ENGLISH);
        let best = |scores: &[i32]| scores.iter().copied().max().unwrap_or(0);
        let english = self.scores[ENGLISH];
        // Names and trade marks tell nothing: a Ukrainian headline may consist of them but for two
        // words.
        let is_latin = self.latin_words > self.cyrillic_words
            && (self.cyrillic_words == 0 || best(latin) >= best(cyrillic).max(1));
        if is_latin {
            let is_english = english >= COMMON_WORD.max(self.latin_words / 3)
                && english >= best(latin.get(1..).unwrap_or_default());
            return if is_english {
                Language::English
            } else {
                Language::Other
            };
        }
        let best = best(cyrillic);
        if self.cyrillic_words == 0 {
            Language::Other
        } else if self.scores[UKRAINIAN] == best {
            Language::Ukrainian
        } else if self.scores[RUSSIAN] == best {
            Language::Russian
        } else {
            Language::Other
        }
    }

    /// Returns the language that the words speak for if there are `fewest` words and it has much
    /// more for it than `prior`; otherwise `prior`.
    pub(crate) fn verdict_against(&self, prior: Language, fewest: i32) -> Language {
        let words = self.cyrillic_words + self.latin_words;
        let verdict = self.verdict();
        if words < fewest || verdict == Language::Other {
            return prior;
        }
        // Running text has at least half a point a word more for its language than for a neighbour.
        if self.score(verdict) >= self.score(prior).saturating_add(words / 2) {
            verdict
        } else {
            prior
        }
    }

    fn score(&self, language: Language) -> i32 {
        match language {
            Language::Ukrainian => self.scores[UKRAINIAN],
            Language::Russian => self.scores[RUSSIAN],
            Language::English => self.scores[ENGLISH],
            Language::Other => 0,
        }
    }
}

/// Returns `form` with Cyrillic letters for the Latin ones that look like them, if it has both:
/// whole archives were typed so.
fn in_one_script(form: &str) -> Cow<'_, str> {
    let is_cyrillic = |c: char| ('\u{400}'..='\u{52f}').contains(&c);
    if form.is_ascii() || !form.contains(|c: char| c.is_ascii_alphabetic()) {
        return form.into();
    }
    if !form.contains(is_cyrillic) {
        return form.into();
    }
    let cyrillic = form.chars().map(|c| match c {
        'a' => 'а',
        'c' => 'с',
        'e' => 'е',
        'i' => 'і',
        'j' => 'ј',
        'o' => 'о',
        'p' => 'р',
        's' => 'ѕ',
        't' => 'т',
        'x' => 'х',
        'y' => 'у',
        other => other,
    });
    cyrillic.collect::<String>().into()
}
