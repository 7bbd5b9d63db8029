//! Words that the dictionary lacks: names and coinages, each with the pattern of its declension.
//!
//! A lexicon is a text with one word a line: the lemma, a tab, the name of a pattern of
//! [`paradigm`](super::paradigm). All forms are made when it is opened. A form has the key of its lemma, so
//! that forms which no pattern makes and the guesser knows meet them.

use super::key::key_of_lemma;
use super::letters::{self, Letters, MAX_LETTERS};
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
    /// What [`prefix`] makes of the form: most comparisons need no more.
    prefix: u64,
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
        let place = (prefix(wanted), wanted);
        let first = self
            .entries
            .partition_point(|entry| (entry.prefix, self.codes(entry.form)) < place);
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
        let key = key_of_lemma(&key);
        let key = key.codes().iter().copied().map(Some);
        let key = self.push(key).ok_or(Reason::TooLarge)?;
        let mut is_whole = true;
        let fits = paradigm.forms(&buffers.lemma, &mut buffers.form, &mut |form| match self
            .push(form.chars().map(letters::code))
        {
            Some(form) => {
                let prefix = prefix(self.codes(form));
                self.entries.push(Entry { prefix, form, key });
            }
            None => is_whole = false,
        });
        match (fits, is_whole) {
            (true, true) => Ok(()),
            (true, false) => Err(Reason::TooLarge),
            (false, _) => Err(Reason::OtherPattern(lemma.to_owned(), paradigm)),
        }
    }

    /// Adds codes; `None` if one is missing or they are too many.
    fn push(&mut self, codes: impl Iterator<Item = Option<u8>>) -> Option<Span> {
        let start = self.codes.len();
        for code in codes {
            self.codes.push(code?);
        }
        let count = self.codes.len() - start;
        let span = Span {
            start: start.try_into().ok()?,
            count: count.try_into().ok()?,
        };
        (count <= MAX_LETTERS).then_some(span)
    }

    fn sort(&mut self) {
        let codes = &self.codes;
        let rest = |entry: &Entry| (slice(codes, entry.form), slice(codes, entry.key));
        self.entries.sort_unstable_by(|one, other| {
            let by_prefix = one.prefix.cmp(&other.prefix);
            by_prefix.then_with(|| rest(one).cmp(&rest(other)))
        });
        self.entries.dedup_by(|one, other| rest(one) == rest(other));
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

/// Returns the first eight codes as a number that is ordered as they are; no code is 0.
fn prefix(codes: &[u8]) -> u64 {
    let mut first = [0; 8];
    for (place, code) in first.iter_mut().zip(codes) {
        *place = *code;
    }
    u64::from_be_bytes(first)
}

/// What is used again for each line.
#[derive(Default)]
struct Buffers {
    lemma: String,
    form: String,
}

#[cfg(test)]
mod tests;
