//! Words that the dictionary lacks: names and coinages, each with the pattern of its declension.
//!
//! A lexicon is a text with one word a line: the lemma, a tab, the name of a pattern of
//! [`paradigm`](super::paradigm). All forms are made when it is opened. A form has the key of its lemma, so
//! that forms which no pattern makes and the guesser knows meet them.

use super::key::key_of_lemma;
use super::letters::Letters;
use super::lexicon_problem::{LexiconProblem, Reason};
use super::paradigm::Paradigm;
use super::words::Words;
use std::sync::OnceLock;

/// The names and coinages of 2020–2026 that are part of the program.
pub(super) static SUPPLEMENT: &str = include_str!("data/supplement.tsv");

/// The forms of some words, each with its key.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// The codes of all forms and keys.
    codes: Vec<u8>,
    /// In the order of the forms.
    entries: Vec<Entry>,
}

/// A form and its key.
#[derive(Debug, Clone, Copy)]
struct Entry {
    form: Span,
    key: Span,
}

/// Some of the codes of a lexicon.
#[derive(Debug, Clone, Copy)]
struct Span {
    start: u32,
    count: u8,
}

impl Lexicon {
    /// Returns the lexicon that is part of the program. The first call makes its forms, in less than a
    /// millisecond.
    pub fn supplement() -> &'static Self {
        static OPENED: OnceLock<Lexicon> = OnceLock::new();
        // A test keeps the file free of problems.
        OPENED.get_or_init(|| Self::parse(SUPPLEMENT).unwrap_or_default())
    }

    /// Reads a lexicon. Empty lines and those that begin with `#` are left out.
    ///
    /// # Errors
    /// What is wrong in the lines, all of them.
    ///
    /// ```
    /// use shukach::analysis::lexicon::Lexicon;
    ///
    /// let lexicon = Lexicon::parse("Шольц\tnoun-m-hard\n").unwrap();
    /// assert!(lexicon.contains("шольцом") && !lexicon.contains("шольцем"));
    /// assert_eq!(Lexicon::parse("Шольц\n").unwrap_err()[0].line, 1);
    /// ```
    pub fn parse(text: &str) -> Result<Self, Vec<LexiconProblem>> {
        let mut lexicon = Self::default();
        let mut problems = Vec::new();
        let mut buffers = Buffers::default();
        for (number, line) in (1..).zip(text.lines()) {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            if let Err(reason) = lexicon.add(line, &mut buffers) {
                problems.push(LexiconProblem {
                    line: number,
                    reason,
                });
            }
        }
        if problems.is_empty() {
            lexicon.sort();
            Ok(lexicon)
        } else {
            Err(problems)
        }
    }

    /// Tells whether `form` is a form of one of its words; in lower case, with U+0027 as apostrophe.
    pub fn contains(&self, form: &str) -> bool {
        Letters::of(form).is_some_and(|form| self.keys(&form, &mut |_| ()))
    }

    /// Returns how many forms it has.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Tells whether it has no form.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Calls `each` with every key of `form` and returns whether there was one.
    pub(super) fn keys(&self, form: &Letters, each: &mut dyn FnMut(&Letters)) -> bool {
        let wanted = form.codes();
        let first = self
            .entries
            .partition_point(|entry| self.codes(entry.form) < wanted);
        let mut found = false;
        for entry in self.entries.iter().skip(first) {
            if self.codes(entry.form) != wanted {
                break;
            }
            if let Some(key) = Letters::from_codes(self.codes(entry.key)) {
                each(&key);
                found = true;
            }
        }
        found
    }

    fn add(&mut self, line: &str, buffers: &mut Buffers) -> Result<(), Reason> {
        let (lemma, name) = line.split_once('\t').ok_or(Reason::NoPattern)?;
        let name = name.trim();
        let paradigm =
            Paradigm::named(name).ok_or_else(|| Reason::UnknownPattern(name.to_owned()))?;
        let mut words = Words::new(lemma);
        let is_word = words.next_into(&mut buffers.lemma).is_some();
        let is_only = words.next_into(&mut buffers.form).is_none();
        let key = Letters::of(&buffers.lemma).filter(|_| is_word && is_only);
        let key = key.ok_or_else(|| Reason::NoWord(lemma.to_owned()))?;
        let key = self.push(&key_of_lemma(&key)).ok_or(Reason::TooLarge)?;
        let mut is_whole = true;
        let fits = paradigm.forms(&buffers.lemma, &mut buffers.form, &mut |form| {
            let form = Letters::of(form).and_then(|form| self.push(&form));
            match form {
                Some(form) => self.entries.push(Entry { form, key }),
                None => is_whole = false,
            }
        });
        match (fits, is_whole) {
            (true, true) => Ok(()),
            (true, false) => Err(Reason::TooLarge),
            (false, _) => Err(Reason::OtherPattern(lemma.to_owned(), paradigm)),
        }
    }

    fn push(&mut self, letters: &Letters) -> Option<Span> {
        let span = Span {
            start: self.codes.len().try_into().ok()?,
            count: letters.codes().len().try_into().ok()?,
        };
        self.codes.extend_from_slice(letters.codes());
        Some(span)
    }

    fn sort(&mut self) {
        let codes = &self.codes;
        let of = |span: Span| slice(codes, span);
        self.entries
            .sort_unstable_by_key(|entry| (of(entry.form), of(entry.key)));
        self.entries
            .dedup_by_key(|entry| (of(entry.form), of(entry.key)));
    }

    fn codes(&self, span: Span) -> &[u8] {
        slice(&self.codes, span)
    }
}

fn slice(codes: &[u8], span: Span) -> &[u8] {
    let start = span.start as usize;
    codes
        .get(start..start + usize::from(span.count))
        .unwrap_or_default()
}

/// What is used again for each line.
#[derive(Default)]
struct Buffers {
    lemma: String,
    form: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::is_nfc;

    fn keys(lexicon: &Lexicon, form: &str) -> Vec<String> {
        let mut all = Vec::new();
        let mut each = |key: &Letters| {
            let mut text = String::new();
            key.write_to(&mut text);
            all.push(text);
        };
        lexicon.keys(&Letters::of(form).unwrap(), &mut each);
        all
    }

    #[test]
    fn every_form_has_the_key_of_its_lemma() {
        let lexicon = Lexicon::parse("# names\n\nМілей\tnoun-m-j\nҐебель\tnoun-m-soft\n").unwrap();
        for form in ["мілей", "мілея", "мілеєві", "мілеєм"] {
            assert_eq!(keys(&lexicon, form), ["міле"], "{form}");
        }
        assert_eq!(keys(&lexicon, "ґебелем"), ["гебел"]);
        assert!(keys(&lexicon, "мілеями").len() == 1 && keys(&lexicon, "міле").is_empty());
        assert!(!lexicon.is_empty() && Lexicon::default().is_empty());
    }

    #[test]
    fn a_form_of_two_words_has_both_keys_and_a_repeated_word_one() {
        let text = "Зара\tnoun-f-a\nЗар\tnoun-m-hard\nЗари\tnoun-pl\nЗара\tnoun-f-a\n";
        let lexicon = Lexicon::parse(text).unwrap();
        assert_eq!(keys(&lexicon, "зара"), ["зар"]);
        let lexicon = Lexicon::parse("Мазай\tnoun-m-j\nМазаєм\tindeclinable\n").unwrap();
        assert_eq!(keys(&lexicon, "мазаєм"), ["маза", "мазаєм"]);
    }

    #[test]
    fn the_supplement_is_sorted_and_without_problems() {
        assert_eq!(Lexicon::parse(SUPPLEMENT).err(), None);
        let lines: Vec<_> = SUPPLEMENT
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        assert!(lines.len() >= 250, "{}", lines.len());
        assert!(lines.iter().all(|line| is_nfc(line)));
        for pair in lines.windows(2) {
            assert!(pair[0] < pair[1], "{pair:?}");
        }
    }

    #[test]
    fn all_problems_are_told_with_their_lines() {
        let text = "Шольц\nШольц\tnoun\nСирський\tnoun-m-ok\nFaust\tnoun-m-hard\nа б\tadj\n";
        let problems = Lexicon::parse(text).unwrap_err();
        let lines: Vec<_> = problems.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, [1, 2, 3, 4, 5]);
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in ".*", lemma in "[а-щьюяєії]{1,60}") {
            let _ = Lexicon::parse(&text);
            let lexicon = Lexicon::parse(&format!("{lemma}\tname-e"));
            prop_assert_eq!(lexicon.is_ok(), lemma.ends_with('е'));
            let lexicon = Lexicon::parse(&format!("{lemma}\tindeclinable")).unwrap();
            prop_assert!(lexicon.contains(&lemma) && lexicon.len() == 1);
        }
    }
}
