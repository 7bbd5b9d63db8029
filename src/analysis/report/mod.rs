//! Reports the analysis of a text word by word, to explain why something is found.

#[cfg(test)]
mod tests;

use crate::analysis::dictionary::guesser::Guesser;
use crate::analysis::dictionary::lexicon::Lexicon;
use crate::analysis::keys::{Context, KeyAnalyzer, Keys, Reason};
use crate::analysis::language::Language;
use crate::analysis::language::paragraphs::Paragraphs;
use crate::analysis::spelling::transliteration::Transliterator;
use crate::analysis::spelling::variants::{KeyedWord, Variants};
use crate::analysis::words::forms::{FormTerms, Whole};
use crate::analysis::words::sentence::{paragraphs, sentences};
use crate::analysis::words::tokenizer::{Word, Words};
use crate::text::{ByteRange, char_count};
use serde::{Serialize, Serializer};
use std::fmt;

/// The most keys that are given for a text of several words.
const MAX_PHRASE_KEYS: usize = 64;

/// For which side of a search a text is analysed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// As text of an article in the given language.
    Index,
    /// As a query, whatever the language.
    Query,
}

/// The analysis of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The language of the text, an ISO 639-1 code or `und`.
    pub language: &'static str,
    /// For which side it was analysed.
    pub side: Side,
    /// Its words in order; what hyphens join stands before its parts.
    pub words: Vec<WordReport>,
}

/// The analysis of one word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WordReport {
    /// Its place in the text, counted in words from 0.
    pub position: u32,
    /// Where it stands, in bytes of the text.
    pub bytes: ByteRange,
    /// Offset of its first character, in characters of the text.
    pub start_chars: usize,
    /// Offset behind its last character, in characters of the text.
    pub end_chars: usize,
    /// The word as it is written.
    pub text: String,
    /// Its form.
    pub form: String,
    /// Whether it is the whole of words that hyphens join, which only exact queries look for.
    pub whole: bool,
    /// Its keys, the likeliest first; a whole has none but those of its parts.
    pub keys: Vec<KeyReport>,
    /// The number of its sentence, from 1.
    pub sentence: usize,
    /// The number of its paragraph, from 1.
    pub paragraph: usize,
}

/// One key of a word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyReport {
    /// The key.
    pub key: String,
    /// Why the word has it.
    pub reason: Reason,
    /// Of a guess: how likely it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<Weight>,
}

/// How likely a guess is: what part of the known words that end like this one do as was guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Weight {
    hundredths: u8,
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", f64::from(self.hundredths) / 100.0)
    }
}

impl Serialize for Weight {
    /// As a number between 0 and 1.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.hundredths) / 100.0)
    }
}

impl KeyReport {
    /// Reports a key of `form`.
    fn new(form: &str, key: &str, reason: Reason) -> Self {
        let guess = || Guesser::ukrainian().weight(form, key);
        let weight = if reason == Reason::Guess {
            guess()
        } else {
            None
        };
        Self {
            key: key.to_owned(),
            reason,
            weight: weight.map(|hundredths| Weight { hundredths }),
        }
    }
}

impl Report {
    /// Analyses `text` as the index or a query does; detects its language unless given one.
    pub fn of(text: &str, side: Side, language: Option<Language>) -> Self {
        let language = language.unwrap_or_else(|| Language::detect(text));
        let mut analysis = Analysis::new(side, language);
        let mut places = Places::new(text);
        let mut terms = FormTerms::new(text);
        let mut languages = Paragraphs::new(text, language);
        let mut reports = Vec::new();
        while let Some(word) = terms.next_word() {
            if let Some(whole) = terms.whole() {
                reports.push(places.whole(word, whole));
            }
            analysis.language = languages.language_at(word.range.start);
            terms.form().clone_into(&mut analysis.form);
            let keys = analysis.keys(word);
            reports.push(places.report(word, terms.form(), keys));
        }
        Self {
            language: language.code(),
            side,
            words: reports,
        }
    }

    /// Adds to the words of a query the keys of their other spellings, with [`Reason::Variant`] and
    /// [`Reason::Transliteration`]. The index knows nothing of them, so a report for its side stays
    /// as it is.
    #[must_use]
    pub fn with_spellings(mut self) -> Self {
        if self.side == Side::Index {
            return self;
        }
        let mut words: Vec<&mut WordReport> =
            self.words.iter_mut().filter(|word| !word.whole).collect();
        let mut analyzer = KeyAnalyzer::default();
        let keyed: Vec<KeyedWord> = words
            .iter()
            .map(|word| {
                let chars = word.text.chars();
                let mut keyed = KeyedWord {
                    form: word.form.clone(),
                    is_in_capitals: chars.clone().all(|c| !c.is_lowercase())
                        && word.text.contains(char::is_uppercase),
                    ..KeyedWord::default()
                };
                analyzer.query_keys(&keyed.form, &mut keyed.keys);
                keyed
            })
            .collect();
        let transliterator = Transliterator::default();
        for (at, word) in words.iter_mut().enumerate() {
            let rest = keyed.get(at..).unwrap_or_default();
            let variants = Variants::ukrainian().of_words(rest).into_iter();
            let variants = variants.flat_map(|variant| spelt(&variant.words));
            let others = transliterator.keys(&word.form).into_iter();
            let found = variants
                .map(|key| (key, Reason::Variant))
                .chain(others.map(|key| (key, Reason::Transliteration)));
            for (key, reason) in found {
                if word.keys.iter().all(|known| known.key != key) {
                    word.keys.push(KeyReport::new(&word.form, &key, reason));
                }
            }
        }
        self
    }

    /// Adds to the words of a query the forms that they find through `lexicon`, as keys with
    /// [`Reason::Lexicon`]. The index knows nothing of it, so a report for its side stays as it is.
    #[must_use]
    pub fn with_lexicon(mut self, lexicon: &Lexicon) -> Self {
        if self.side == Side::Query {
            for word in &mut self.words {
                for form in lexicon.forms_of(&word.form) {
                    let key = KeyReport::new(&word.form, &form, Reason::Lexicon);
                    word.keys.push(key);
                }
            }
        }
        self
    }
}

/// Returns the keys of a spelling of one word, or the likeliest of each of its words as one.
fn spelt(words: &[Vec<String>]) -> Vec<String> {
    match words {
        [keys] => keys.clone(),
        words => {
            let first: Vec<&str> = words
                .iter()
                .filter_map(|keys| keys.first())
                .map(String::as_str)
                .collect();
            vec![first.join(" ")]
        }
    }
}

/// Returns the keys of `text`, a word of an article in `language`, for a list of keys to score or
/// compare.
///
/// Several words, as those of `прем'єр-міністр`, are found as a phrase is, by a key of each: then
/// what is returned is each choice of one key for each word, with spaces between, the first 64 of
/// them.
pub fn phrase_keys(text: &str, side: Side, language: Language) -> Vec<String> {
    let mut analysis = Analysis::new(side, language);
    let mut words = Words::new(text);
    let mut phrases: Vec<String> = Vec::new();
    while let Some(word) = words.next_into(&mut analysis.form) {
        let keys = analysis.keys(word);
        if phrases.is_empty() {
            phrases = keys.into_iter().map(|report| report.key).collect();
        } else {
            phrases = phrases
                .iter()
                .flat_map(|phrase| {
                    keys.iter()
                        .map(move |report| format!("{phrase} {}", report.key))
                })
                .take(MAX_PHRASE_KEYS)
                .collect();
        }
    }
    phrases
}

/// The analysis of one word after another.
struct Analysis {
    analyzer: KeyAnalyzer,
    side: Side,
    language: Language,
    form: String,
    keys: Keys,
}

impl Analysis {
    fn new(side: Side, language: Language) -> Self {
        Self {
            analyzer: KeyAnalyzer::default(),
            side,
            language,
            form: String::new(),
            keys: Keys::default(),
        }
    }

    /// Returns the keys of the form that was read last.
    fn keys(&mut self, word: Word) -> Vec<KeyReport> {
        let (form, keys) = (&self.form, &mut self.keys);
        let context = Context::of(word, form, self.language);
        match self.side {
            Side::Index => self.analyzer.index_keys(form, context, keys),
            Side::Query => self.analyzer.query_word_keys(word, form, keys),
        }
        keys.iter()
            .map(|key| KeyReport::new(form, key, self.analyzer.reason(form, key)))
            .collect()
    }
}

/// Finds the place of words that come in order.
struct Places<'a> {
    text: &'a str,
    sentences: Vec<ByteRange>,
    paragraphs: Vec<ByteRange>,
    /// Up to where characters were counted, in bytes, and how many they were.
    counted: (usize, usize),
}

impl<'a> Places<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            sentences: sentences(text),
            paragraphs: paragraphs(text),
            counted: (0, 0),
        }
    }

    fn report(&mut self, word: Word, form: &str, keys: Vec<KeyReport>) -> WordReport {
        let range = word.range;
        WordReport {
            position: word.position,
            bytes: range,
            start_chars: self.chars_before(range.start),
            end_chars: self.chars_before(range.end),
            text: range.of(self.text).to_owned(),
            form: form.to_owned(),
            whole: false,
            keys,
            sentence: number_of(range, &self.sentences),
            paragraph: number_of(range, &self.paragraphs),
        }
    }

    /// Reports the whole that begins with `first`.
    fn whole(&mut self, first: Word, whole: &Whole) -> WordReport {
        let mut report = self.report(first, &whole.form, Vec::new());
        let rest = ByteRange::new(first.range.end, whole.end).of(self.text);
        report.end_chars += char_count(rest);
        report.bytes.end = whole.end;
        report.text.push_str(rest);
        report.whole = true;
        // Its first part is reported next: characters are counted from its beginning again.
        self.counted = (first.range.start, report.start_chars);
        report
    }

    fn chars_before(&mut self, end: usize) -> usize {
        let (start, before) = self.counted;
        let count = before + char_count(ByteRange::new(start, end).of(self.text));
        self.counted = (end, count);
        count
    }
}

/// Returns the number, from 1, of the range that `word` stands in.
fn number_of(word: ByteRange, ranges: &[ByteRange]) -> usize {
    ranges.partition_point(|range| range.start <= word.start)
}
