//! Problems of a lexicon, with a remedy.

use crate::analysis::dictionary::paradigm::{PARADIGMS, Paradigm};
use crate::locale::Locale;
use std::fmt;

/// What is wrong in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconProblem {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: Reason,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// There is no tab.
    NoPattern,
    /// No pattern has this name.
    UnknownPattern(String),
    /// The lemma is no single Ukrainian word.
    NoWord(String),
    /// The lemma does not end as those of the pattern.
    OtherPattern(String, &'static Paradigm),
    /// Less than two letters are left without the ending.
    TooShort(String),
    /// All words together have more than 4 GB.
    TooLarge,
}

impl fmt::Display for LexiconProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Locale::English))
    }
}

impl Reason {
    /// Returns a message with the problem and its remedy.
    pub fn message(&self, locale: Locale) -> String {
        match locale {
            Locale::English => self.in_english(),
            Locale::Ukrainian => self.in_ukrainian(),
        }
    }

    fn in_english(&self) -> String {
        match self {
            Self::NoPattern => format!(
                "the pattern is missing; write the lemma, a tab and one of: {}",
                names()
            ),
            Self::UnknownPattern(name) => {
                format!("no pattern is called {name:?}; write one of: {}", names())
            }
            Self::NoWord(lemma) => format!(
                "{lemma:?} is no Ukrainian word; write one word without spaces and hyphens, of \
                 Ukrainian letters and apostrophes"
            ),
            Self::OtherPattern(lemma, paradigm) => format!(
                "{lemma:?} cannot be declined as {}, whose lemmas end in -{}; choose another pattern",
                paradigm.name,
                paradigm.lemma_ends().join(", -")
            ),
            Self::TooShort(lemma) => format!(
                "{lemma:?} has less than two letters before its ending; leave it out or write it as \
                 indeclinable"
            ),
            Self::TooLarge => "the lexicon is larger than 4 GB; leave words out".to_owned(),
        }
    }

    fn in_ukrainian(&self) -> String {
        match self {
            Self::NoPattern => format!(
                "бракує взірця відмінювання; запишіть початкову форму, табуляцію й один із взірців: {}",
                names()
            ),
            Self::UnknownPattern(name) => format!(
                "взірця відмінювання {name:?} немає; запишіть один із таких: {}",
                names()
            ),
            Self::NoWord(lemma) => format!(
                "{lemma:?} не є українським словом; запишіть одне слово без пробілів і дефісів, \
                 українськими літерами й апострофом"
            ),
            Self::OtherPattern(lemma, paradigm) => format!(
                "{lemma:?} не відмінюється за взірцем {}: слова цього взірця закінчуються на -{}; \
                 виберіть інший",
                paradigm.name,
                paradigm.lemma_ends().join(", -")
            ),
            Self::TooShort(lemma) => format!(
                "{lemma:?} має перед закінченням менш як дві літери; приберіть це слово або запишіть \
                 як indeclinable"
            ),
            Self::TooLarge => "словник більший за 4 ГБ; приберіть частину слів".to_owned(),
        }
    }
}

fn names() -> String {
    PARADIGMS.map(|paradigm| paradigm.name).join(", ")
}

#[cfg(test)]
mod tests {
    use crate::analysis::dictionary::lexicon::Lexicon;

    #[test]
    fn each_problem_says_where_it_is_and_how_to_mend_it() {
        for (text, expected) in [
            (
                "Шольц",
                "line 1: the pattern is missing; write the lemma, a tab and one of: adj,",
            ),
            (
                "\nШольц\tnoun",
                "line 2: no pattern is called \"noun\"; write one of: adj,",
            ),
            (
                "Faust\tnoun-m-hard",
                "line 1: \"Faust\" is no Ukrainian word; write one word",
            ),
            ("Ія\tnoun-f-ja", "less than two letters before its ending"),
            ("Нью-Йорк\tnoun-m-hard", "is no Ukrainian word"),
            (
                "Шольц\tnoun-m-ec",
                "declined as noun-m-ec, whose lemmas end in -єць, -ець; choose",
            ),
        ] {
            let message = Lexicon::parse(text).unwrap_err()[0].to_string();
            assert!(message.contains(expected), "{message}");
        }
    }
}
