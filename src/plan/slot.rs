//! What may stand at one position of the text.

use crate::plan::cache::term_cache::TermCache;
use crate::plan::expansion::pattern_terms::{FieldForms, PatternTerms};
use crate::query::pattern::FormPattern;
use crate::schema::TextFields;
use rustc_hash::{FxHashMap, FxHashSet};
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use tantivy::schema::Field;

/// One place in a phrase: any of its terms may stand there. Copies share its keys and forms.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Slot {
    /// Keys.
    pub terms: Arc<Vec<String>>,
    /// Keys of the word's spellings in other languages; they count less.
    pub spellings: Arc<Vec<String>>,
    /// Forms, or forms with their capitals. A pattern stands for up to a thousand.
    pub forms: Arc<Vec<String>>,
    /// Shapes of forms, which `plan::expansion::patterns` turns into the forms that the
    /// index has.
    pub patterns: Vec<FormPattern>,
    /// A form that does not count where it has capitals; `plan::expansion::patterns` turns
    /// it into `except`.
    pub without_capitals: Option<String>,
    /// Forms with capitals; where one of them stands, the slot does not.
    pub except: Vec<String>,
    /// How common it is in a larger index, of which a part is searched; the index that is searched
    /// tells it otherwise.
    pub(crate) frequency: Option<Frequency>,
    /// Where the forms are that came of patterns.
    pub(crate) pattern_terms: Option<PatternTerms>,
    /// Where its terms are, if that is kept.
    pub(crate) term_cache: Option<TermCache>,
}

/// How many articles have a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frequency {
    /// How many articles have its commonest term in the part where it is commonest.
    pub articles: u64,
    /// How many articles there are.
    pub of: u64,
}

/// Patterns have no hash; slots that differ in them alone, or in what is left out, share theirs.
impl Hash for Slot {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.terms.hash(state);
        self.spellings.hash(state);
        self.forms.hash(state);
    }
}

impl Slot {
    /// Makes a slot of keys.
    pub fn of_keys(terms: Vec<String>) -> Self {
        Self {
            terms: Arc::new(terms),
            ..Self::default()
        }
    }

    /// Makes a slot of one form.
    pub fn of_form(form: String) -> Self {
        Self {
            forms: Arc::new(vec![form]),
            ..Self::default()
        }
    }

    /// Returns whether it has keys only.
    pub fn has_keys_alone(&self) -> bool {
        self.forms.is_empty() && self.patterns.is_empty() && self.except.is_empty()
    }

    /// Adds forms that a pattern stands for, with the numbers that they have in what was `found`.
    pub fn add_found_forms(&mut self, forms: Vec<(usize, String)>, found: Vec<FieldForms>) {
        let first = self.forms.len();
        let known: FxHashSet<String> = self.forms.iter().cloned().collect();
        let all = Arc::make_mut(&mut self.forms);
        let mut numbers = FxHashMap::default();
        for (number, form) in forms {
            // Its mentions must not count twice.
            if !known.contains(&form) {
                numbers.insert(number, all.len());
                all.push(form);
            }
        }
        let places = self
            .pattern_terms
            .get_or_insert_with(|| PatternTerms::new(first));
        places.add(found, &numbers);
    }

    /// Adds what may stand in the place of `other` to what may stand here.
    pub(crate) fn merge(&mut self, other: Self) {
        let add = |all: &mut Vec<String>, more: &[String]| {
            for term in more {
                if !all.contains(term) {
                    all.push(term.clone());
                }
            }
        };
        add(Arc::make_mut(&mut self.terms), &other.terms);
        add(Arc::make_mut(&mut self.spellings), &other.spellings);
        add(Arc::make_mut(&mut self.forms), &other.forms);
        add(&mut self.except, &other.except);
        self.patterns.extend(other.patterns);
        self.pattern_terms = None;
        self.term_cache = None;
        self.without_capitals = self.without_capitals.take().or(other.without_capitals);
    }
}

/// Returns the terms of `slot` that are its own, each with the field of `part` that it is in.
pub fn own_terms(slot: &Slot, part: TextFields) -> impl Iterator<Item = (Field, &String)> {
    let keys = slot.terms.iter().map(move |term| (part.keys, term));
    keys.chain(slot.forms.iter().map(move |form| (part.forms, form)))
}
