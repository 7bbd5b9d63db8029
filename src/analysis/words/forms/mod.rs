//! All terms that the index of forms holds for a text, word by word.
//!
//! | term | at the position of | example |
//! |---|---|---|
//! | a form | its word | `слово` |
//! | a form with its [`capitals`](crate::analysis::characters::capitals), if it has any | its word | `слово^1` for `Слово` |
//! | the whole of words that hyphens or nothing join | the first of them | `івано-франківськ`, `f16` |
//! | … with its capitals | the first of them | `івано-франківськ^41` |
//! | [`SENTENCE_MARK`] | the first word of each sentence | `.` |
//! | [`PARAGRAPH_MARK`] | the first word of each paragraph | `¶` |
//!
//! The index and the evaluation of a query over a text both read them here, so they agree.

#[cfg(test)]
mod tests;

use crate::analysis::characters::capitals::Capitals;
use crate::analysis::characters::char_class::{CharClass, CharTable};
use crate::analysis::words::sentence::Sentences;
use crate::analysis::words::tokenizer::{Word, Words};
use crate::text::{ByteRange, char_count};

/// Stands where a sentence begins. It is no form: a form begins with a letter or digit.
pub const SENTENCE_MARK: &str = ".";
/// Stands where a paragraph begins. It is no form either.
pub const PARAGRAPH_MARK: &str = "¶";

/// Joins the parts of a whole.
pub const HYPHEN: char = '-';

/// Most parts of a hyphenated whole: longer runs are lists and ornaments, not words.
pub const MAX_PARTS: usize = 32;

/// Returns whether `c` is a hyphen, as it joins the parts of a word.
fn is_hyphen(c: char) -> bool {
    matches!(c, HYPHEN | '\u{2010}' | '\u{2011}')
}

/// Words that hyphens join, as one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Whole {
    /// The forms of all parts, with `-` between them where a hyphen stands there.
    pub form: String,
    /// The capitals of the form.
    pub capitals: Capitals,
    /// Offset behind the last part, in bytes of the text.
    pub end: usize,
}

/// The kinds of terms, in the order in which a word gives them.
const KINDS: [Kind; 6] = [
    Kind::Form,
    Kind::Capitals,
    Kind::Whole,
    Kind::WholeCapitals,
    Kind::Sentence,
    Kind::Paragraph,
];

/// How many kinds of terms, the first ones, are the form's own.
const FORM_KINDS: usize = 2;

#[derive(Debug, Clone, Copy)]
enum Kind {
    Form,
    Capitals,
    Whole,
    WholeCapitals,
    Sentence,
    Paragraph,
}

/// A cursor over the words of a text, and over the terms of each.
///
/// ```
/// use shukach::analysis::words::forms::FormTerms;
///
/// let mut terms = FormTerms::new("Ковід-19");
/// let (mut term, mut all) = (String::new(), Vec::new());
/// while let Some(word) = terms.next_word() {
///     while terms.next_term(&mut term).is_some() {
///         all.push(format!("{}:{term}", word.position));
///     }
/// }
/// assert_eq!(all, ["0:ковід", "0:ковід^1", "0:ковід-19", "0:ковід-19^1", "0:.", "0:¶", "1:19"]);
/// ```
#[derive(Debug, Clone)]
pub struct FormTerms<'a> {
    text: &'a str,
    table: &'static CharTable,
    words: Words<'a>,
    sentences: Sentences<'a>,
    /// Where the next sentence begins, in bytes.
    next_sentence: Option<usize>,
    /// The current word.
    word: Option<Word>,
    form: String,
    whole: Whole,
    begins_whole: bool,
    begins_sentence: bool,
    begins_paragraph: bool,
    next_kind: usize,
}

impl<'a> FormTerms<'a> {
    /// Starts before the first word of `text`.
    pub fn new(text: &'a str) -> Self {
        let mut sentences = Sentences::new(text);
        Self {
            text,
            table: CharTable::get(),
            words: Words::new(text),
            next_sentence: sentences.next().map(|sentence| sentence.start),
            sentences,
            word: None,
            form: String::new(),
            whole: Whole::default(),
            begins_whole: false,
            begins_sentence: false,
            begins_paragraph: false,
            next_kind: KINDS.len(),
        }
    }

    /// Goes to the next word; `None` at the end.
    pub fn next_word(&mut self) -> Option<Word> {
        let before = self.word.map(|word| word.range.end);
        let word = self.words.next_into(&mut self.form)?;
        self.begins_sentence = false;
        while self.next_sentence.is_some_and(|at| at <= word.range.start) {
            self.begins_sentence = true;
            self.next_sentence = self.sentences.next().map(|sentence| sentence.start);
        }
        // A paragraph begins with a sentence, so most words are not looked at.
        self.begins_paragraph = self.begins_sentence
            && before.is_none_or(|end| self.between(end, word.range.start).contains('\n'));
        let is_inner = before.is_some_and(|end| self.are_joined(end, word.range.start));
        self.begins_whole = !is_inner && self.read_whole(word);
        self.word = Some(word);
        self.next_kind = 0;
        Some(word)
    }

    /// Returns the form of the current word.
    pub fn form(&self) -> &str {
        &self.form
    }

    /// Returns the whole that begins with the current word.
    pub fn whole(&self) -> Option<&Whole> {
        self.begins_whole.then_some(&self.whole)
    }

    /// Puts the next term of the current word into `term` and returns what it stands for, in bytes
    /// of the text: the word, the whole or, for a mark, the word that it stands at. `None` behind
    /// the last.
    pub fn next_term(&mut self, term: &mut String) -> Option<ByteRange> {
        let word = self.word?;
        while let Some(kind) = KINDS.get(self.next_kind) {
            self.next_kind += 1;
            term.clear();
            let mut range = word.range;
            match kind {
                Kind::Form => term.push_str(&self.form),
                Kind::Capitals => word.capitals.term(&self.form, term),
                Kind::Whole | Kind::WholeCapitals if !self.begins_whole => {}
                Kind::Whole => {
                    range.end = self.whole.end;
                    term.push_str(&self.whole.form);
                }
                Kind::WholeCapitals => {
                    range.end = self.whole.end;
                    self.whole.capitals.term(&self.whole.form, term);
                }
                Kind::Sentence if self.begins_sentence => term.push_str(SENTENCE_MARK),
                Kind::Paragraph if self.begins_paragraph => term.push_str(PARAGRAPH_MARK),
                Kind::Sentence | Kind::Paragraph => {}
            }
            if !term.is_empty() {
                return Some(range);
            }
        }
        None
    }

    /// Goes on to the terms behind the form and its capitals.
    pub fn skip_form(&mut self) {
        self.next_kind = self.next_kind.max(FORM_KINDS);
    }

    fn between(&self, start: usize, end: usize) -> &'a str {
        ByteRange::new(start, end).of(self.text)
    }

    /// Returns whether nothing but one hyphen shows between two words, or nothing at all: `F-16`,
    /// `F16`.
    fn are_joined(&self, start: usize, end: usize) -> bool {
        let mut shown = self
            .between(start, end)
            .chars()
            .filter(|c| self.table.class(*c) != CharClass::Invisible);
        shown.next().is_none_or(is_hyphen) && shown.next().is_none()
    }

    /// Reads the whole that begins with `first`, if one does.
    fn read_whole(&mut self, first: Word) -> bool {
        let behind = self.between(first.range.end, self.text.len());
        let may_be_joined = |c: char| {
            is_hyphen(c) || matches!(self.table.class(c), CharClass::Invisible | CharClass::Word)
        };
        if !behind.chars().next().is_some_and(may_be_joined) {
            return false;
        }
        let mut ahead = self.words.clone();
        let mut part = String::new();
        let mut parts = 1;
        let mut end = first.range.end;
        self.whole.form.clone_from(&self.form);
        self.whole.capitals = first.capitals;
        while let Some(word) = ahead.next_into(&mut part)
            && self.are_joined(end, word.range.start)
        {
            parts += 1;
            if parts > MAX_PARTS {
                return false;
            }
            if self.between(end, word.range.start).contains(is_hyphen) {
                self.whole.form.push(HYPHEN);
            }
            let place = char_count(&self.whole.form);
            self.whole.capitals.append(word.capitals, place);
            self.whole.form.push_str(&part);
            end = word.range.end;
        }
        self.whole.end = end;
        parts > 1
    }
}
