//! Words that the dictionary lacks: names and coinages, each with the pattern of its declension.
//!
//! A lexicon is a text with one word a line: the lemma, a tab, the name of a pattern of
//! [`paradigm`](crate::analysis::dictionary::paradigm). A form has the key of its lemma, so that
//! forms which no pattern makes and the guesser knows meet them. Forms are not made: a form is a
//! stem of the lexicon and an ending of the stem's pattern.

#[cfg(test)]
mod tests;

use crate::analysis::dictionary::letters;
use crate::analysis::dictionary::letters::Letters;
use crate::analysis::dictionary::lexicon_problem::{LexiconProblem, Reason};
use crate::analysis::dictionary::paradigm::Paradigm;
use crate::analysis::dictionary::stem_of_lemma::key_of_lemma;
use crate::analysis::words::tokenizer::Words;
use crate::text::ByteRange;
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

/// The names and coinages of 2020–2026 that are part of the program.
pub(crate) static SUPPLEMENT: &str = include_str!("../../data/supplement.tsv");

/// Least length of a stem, in letters: shorter ones would begin too many other words.
const MIN_STEM: usize = 2;

/// Some words, each with its key and its endings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lexicon {
    /// The codes of all stems and keys.
    codes: Vec<u8>,
    /// All stems as they are spelt; codes do not tell ґ from г.
    spelling: String,
    /// In the order of the stems.
    entries: Vec<Entry>,
}

/// A word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    stem: Span,
    key: Span,
    /// The stem among the spellings.
    spelling: Span,
    /// What stands behind the stem, as a paradigm has it.
    endings: &'static str,
}

/// Some of the codes or of the spelling of a lexicon, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    start: u32,
    count: u8,
}

impl Lexicon {
    /// Returns the lexicon that is part of the program. The first call reads it, in less than a
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
    /// use shukach::analysis::dictionary::lexicon::Lexicon;
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

    /// Returns all forms of the words that `form` is a form of, in order and each once: as they are
    /// spelt in an index of forms, and those with ґ also with г.
    ///
    /// ```
    /// use shukach::analysis::dictionary::lexicon::Lexicon;
    ///
    /// let lexicon = Lexicon::parse("Рютте\tname-e\n").unwrap();
    /// let forms = lexicon.forms_of("рюттом");
    /// assert_eq!(forms, ["рютта", "рютте", "рюттові", "рюттом", "рютту", "рютті"]);
    /// ```
    pub fn forms_of(&self, form: &str) -> Vec<String> {
        let mut forms = Vec::new();
        let letters = Letters::of(form);
        for entry in letters.iter().flat_map(|form| self.entries_of(form)) {
            let stem = ByteRange::from(entry.spelling).of(&self.spelling);
            for ending in entry.endings.split_ascii_whitespace() {
                forms.push(format!("{stem}{}", ending.trim_matches('-')));
            }
        }
        let folded = forms.iter().filter(|form| form.contains('ґ'));
        let folded: Vec<_> = folded.map(|form| form.replace('ґ', "г")).collect();
        forms.extend(folded);
        forms.sort_unstable();
        forms.dedup();
        forms
    }

    /// Returns whether `form` is a form of one of its words; in lower case, with U+0027 as
    /// apostrophe.
    pub fn contains(&self, form: &str) -> bool {
        Letters::of(form).is_some_and(|form| self.keys(&form, &mut |_| ()))
    }

    /// Returns a fingerprint of the lexicon. Visits all words.
    pub fn fingerprint(&self) -> u64 {
        let mut hasher = FxHasher::default();
        self.spelling.hash(&mut hasher);
        for entry in &self.entries {
            entry.endings.hash(&mut hasher);
        }
        hasher.finish()
    }

    /// Returns how many words it has.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns whether it has no word.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Calls `each` with every key of `form` and returns whether there was one. A key that two
    /// words have may come twice.
    pub(crate) fn keys(&self, form: &Letters, each: &mut dyn FnMut(&Letters)) -> bool {
        let mut found = false;
        for entry in self.entries_of(form) {
            if let Some(key) = Letters::from_codes(self.codes(entry.key)) {
                each(&key);
                found = true;
            }
        }
        found
    }

    /// Calls `each` with all forms of the words whose stems `is_wanted` takes, as long as it
    /// returns true.
    pub(crate) fn forms_of_stems(
        &self,
        is_wanted: &dyn Fn(&[u8]) -> bool,
        each: &mut dyn FnMut(&Letters) -> bool,
    ) {
        for entry in &self.entries {
            let codes = self.codes(entry.stem);
            let stem = is_wanted(codes).then(|| Letters::from_codes(codes));
            let Some(stem) = stem.flatten() else {
                continue;
            };
            for ending in entry.endings.split_ascii_whitespace() {
                let ending = Letters::of(ending.trim_matches('-'));
                let mut form = stem;
                let is_form = ending.is_some_and(|end| form.append(end.codes()).is_some());
                if is_form && !each(&form) {
                    return;
                }
            }
        }
    }

    /// Returns the words that `form` is a form of.
    fn entries_of(&self, form: &Letters) -> impl Iterator<Item = &Entry> {
        let form = form.codes();
        let beginning = form.get(..MIN_STEM);
        let first = beginning.map_or(self.entries.len(), |beginning| {
            self.entries
                .partition_point(|entry| self.codes(entry.stem) < beginning)
        });
        let begins = move |entry: &&Entry| {
            beginning.is_some_and(|beginning| self.codes(entry.stem).starts_with(beginning))
        };
        let entries = self.entries.iter().skip(first).take_while(begins);
        entries.filter(move |entry| {
            let ending = form.strip_prefix(self.codes(entry.stem));
            ending.is_some_and(|ending| has_ending(entry.endings, ending))
        })
    }

    fn add(&mut self, line: &str, buffers: &mut Buffers) -> Result<(), Reason> {
        let (lemma, name) = line.split_once('\t').ok_or(Reason::NoPattern)?;
        let name = name.trim();
        let paradigm =
            Paradigm::named(name).ok_or_else(|| Reason::UnknownPattern(name.to_owned()))?;
        let mut words = Words::new(lemma);
        let is_word = words.next_into(&mut buffers.lemma).is_some();
        let is_only = words.next_into(&mut buffers.other).is_none();
        let key = Letters::of(&buffers.lemma).filter(|_| is_word && is_only);
        let key = key.ok_or_else(|| Reason::NoWord(lemma.to_owned()))?;
        let (stem, endings) = paradigm
            .split(&buffers.lemma)
            .ok_or_else(|| Reason::OtherPattern(lemma.to_owned(), paradigm))?;
        let codes = Letters::of(stem).filter(|codes| codes.codes().len() >= MIN_STEM);
        let codes = codes.ok_or_else(|| Reason::TooShort(lemma.to_owned()))?;
        let spelling = Span::of(self.spelling.len(), stem.len()).ok_or(Reason::TooLarge)?;
        self.spelling.push_str(stem);
        let entry = Entry {
            stem: self.push(&codes).ok_or(Reason::TooLarge)?,
            key: self.push(&key_of_lemma(&key)).ok_or(Reason::TooLarge)?,
            spelling,
            endings,
        };
        self.entries.push(entry);
        Ok(())
    }

    fn push(&mut self, letters: &Letters) -> Option<Span> {
        let span = Span::of(self.codes.len(), letters.codes().len())?;
        self.codes.extend_from_slice(letters.codes());
        Some(span)
    }

    fn sort(&mut self) {
        let codes = &self.codes;
        let place = |entry: &Entry| (slice(codes, entry.stem), slice(codes, entry.key));
        self.entries
            .sort_unstable_by(|one, other| place(one).cmp(&place(other)));
    }

    fn codes(&self, span: Span) -> &[u8] {
        slice(&self.codes, span)
    }
}

impl Span {
    fn of(start: usize, count: usize) -> Option<Self> {
        Some(Self {
            start: start.try_into().ok()?,
            count: count.try_into().ok()?,
        })
    }
}

impl From<Span> for ByteRange {
    fn from(span: Span) -> Self {
        let start = span.start as usize;
        Self::new(start, start + usize::from(span.count))
    }
}

fn slice(codes: &[u8], span: Span) -> &[u8] {
    let range = ByteRange::from(span);
    codes.get(range.start..range.end).unwrap_or_default()
}

/// Returns whether `ending` is one of `endings`, those of a paradigm.
fn has_ending(endings: &str, ending: &[u8]) -> bool {
    let is_same = |text: &str| match text {
        "-" => ending.is_empty(),
        _ => text
            .chars()
            .map(letters::code)
            .eq(ending.iter().copied().map(Some)),
    };
    endings.split_ascii_whitespace().any(is_same)
}

/// What is used again for each line.
#[derive(Default)]
struct Buffers {
    lemma: String,
    other: String,
}
