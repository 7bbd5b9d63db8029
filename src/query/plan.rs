//! The query with its words analysed: what must stand where, in terms of the index.

mod placed;
mod words;

use super::ast::{ColumnQuery, Query};
use super::form_places::{FieldForms, FormPlaces};
use super::notice::Remark;
use super::pattern::FormPattern;
use super::period::DayRange;
use super::span::Spans;
use super::term_places::TermPlaces;
use super::word_memo::WordMemo;
use crate::analysis::KeyAnalyzer;
use crate::analysis::capitals::CAPITALS_MARK;
use crate::analysis::lexicon::Lexicon;
use crate::analysis::transliteration::Transliterator;
use crate::date::zone::Zone;
use crate::schema::Part;
use placed::{Placed, any_of};
use rustc_hash::{FxHashMap, FxHashSet};
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use words::MAX_ROWS;

/// A pattern stands for more forms than a word has lemmas and spellings. In tests even three are many.
pub(super) const MANY_TERMS: usize = if cfg!(test) { 2 } else { 16 };

/// One place in a phrase: any of its terms may stand there. Copies share its keys and forms.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Slot {
    /// Keys.
    pub terms: Arc<Vec<String>>,
    /// Keys of the word's spellings in other languages; they count less.
    pub spellings: Arc<Vec<String>>,
    /// Forms, or forms with their capitals. A pattern stands for up to a thousand.
    pub forms: Arc<Vec<String>>,
    /// Shapes of forms, which [`super::expand`] turns into the forms that the index has.
    pub patterns: Vec<FormPattern>,
    /// A form that does not count where it has capitals; [`super::expand`] turns it into `except`.
    pub without_capitals: Option<String>,
    /// Forms with capitals; where one of them stands, the slot does not.
    pub except: Vec<String>,
    /// Where the forms are that came of patterns.
    pub form_places: Option<FormPlaces>,
    /// Where its terms are, if that is kept.
    pub places: Option<TermPlaces>,
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

    /// Tells whether nothing but keys may stand there.
    pub fn has_keys_alone(&self) -> bool {
        self.forms.is_empty() && self.patterns.is_empty() && self.except.is_empty()
    }

    /// Tells whether it has so many terms that going through them one article at a time would take too long.
    pub fn has_many_terms(&self) -> bool {
        self.forms.len() > MANY_TERMS
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
            .form_places
            .get_or_insert_with(|| FormPlaces::new(first));
        places.add(found, &numbers);
    }

    /// Adds what may stand in the place of `other` to what may stand here.
    fn merge(&mut self, other: Self) {
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
        self.form_places = None;
        self.places = None;
        self.without_capitals = self.without_capitals.take().or(other.without_capitals);
    }
}

/// What words may match beside their own keys.
#[derive(Debug, Clone, Copy)]
pub struct Widening<'a> {
    /// Other spellings of the same language: `проєкт` and `проект`.
    pub variants: bool,
    /// Spellings in the other languages; they count less.
    pub transliterations: bool,
    /// Words of which each form finds all others, whatever their keys.
    pub lexicon: Option<&'a Lexicon>,
    /// Whose days the dates of the query are; Kyiv's if none.
    pub zone: Option<&'a Zone>,
    /// What earlier queries found out of their words.
    pub memo: Option<&'a WordMemo>,
}

impl Default for Widening<'_> {
    /// Variants alone.
    fn default() -> Self {
        Self {
            variants: true,
            transliterations: false,
            lexicon: None,
            zone: None,
            memo: None,
        }
    }
}

impl Widening<'_> {
    /// Nothing but their own keys.
    pub const NONE: Self = Self {
        variants: false,
        transliterations: false,
        lexicon: None,
        zone: None,
        memo: None,
    };
    /// Everything that the program itself knows.
    pub const ALL: Self = Self {
        variants: true,
        transliterations: true,
        lexicon: None,
        zone: None,
        memo: None,
    };
}

/// A query in terms of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plan {
    /// Slots at neighbouring positions; a word is a phrase of one slot. Never empty.
    Phrase(Vec<Slot>),
    /// Phrases that are one and the same in other words (`вебсайт`, `веб-сайт`), as it was typed first: at
    /// least one of them. There are at least two.
    Spellings(Vec<Plan>),
    /// Places of the text, so many of them at least.
    Spans {
        /// What must stand where.
        spans: Spans,
        /// How often, in the title and the text together; at least 1.
        at_least: u32,
    },
    /// Only in this part of the article.
    Only(Part, Box<Plan>),
    /// What is known of the article beside its text.
    Column(ColumnQuery),
    /// Published on one of these days of this zone.
    Published(DayRange, Zone),
    /// The same with another weight, in hundredths.
    Boost(u32, Box<Plan>),
    /// All of these.
    And(Vec<Plan>),
    /// At least one of these.
    Or(Vec<Plan>),
    /// Not this.
    Not(Box<Plan>),
}

impl Plan {
    /// Analyses the words of `query` and finds their other spellings; `None` where no word is left, as in
    /// `"—"`.
    pub fn of(query: &Query) -> Option<Self> {
        Self::widened(query, Widening::default())
    }

    /// Does as [`Plan::of`] and lets words match more, or less, beside their own keys.
    pub fn widened(query: &Query, widening: Widening<'_>) -> Option<Self> {
        Self::remarked(query, widening, &mut Vec::new())
    }

    /// Does as [`Plan::widened`], and adds to `remarks` what was left out.
    pub fn remarked(
        query: &Query,
        widening: Widening<'_>,
        remarks: &mut Vec<Remark>,
    ) -> Option<Self> {
        let mut analysis = Analysis {
            has_variants: widening.variants,
            transliterator: widening.transliterations.then(Transliterator::default),
            lexicon: widening.lexicon,
            memo: widening.memo,
            zone: widening.zone.cloned().unwrap_or_default(),
            ..Analysis::default()
        };
        let plan = analysis.plan(query);
        if analysis.is_cut {
            remarks.push(Remark::ReadingsCapped { limit: MAX_ROWS });
        }
        plan
    }

    /// Tells whether finding any article for it takes reading the positions of its words.
    pub fn reads_positions(&self) -> bool {
        match self {
            Self::Phrase(slots) => slots.len() > 1,
            Self::Spans { .. } => true,
            Self::Spellings(plans) => plans.iter().any(Self::reads_positions),
            Self::Only(_, plan) | Self::Boost(_, plan) => plan.reads_positions(),
            _ => false,
        }
    }

    /// Tells whether it asks for anything of an article beside its text.
    pub fn has_conditions(&self) -> bool {
        match self {
            Self::Column(_) | Self::Published(..) => true,
            Self::And(plans) | Self::Or(plans) | Self::Spellings(plans) => {
                plans.iter().any(Self::has_conditions)
            }
            Self::Only(_, plan) | Self::Boost(_, plan) | Self::Not(plan) => plan.has_conditions(),
            Self::Phrase(_) | Self::Spans { .. } => false,
        }
    }

    /// Calls `each` with every phrase that is not under a NOT, in the order of the query and as it was spelt
    /// there.
    pub fn for_each_phrase<'a>(&'a self, each: &mut dyn FnMut(&'a [Slot])) {
        match self {
            Self::Phrase(slots) => each(slots),
            Self::And(plans) | Self::Or(plans) => {
                for plan in plans {
                    plan.for_each_phrase(each);
                }
            }
            Self::Spellings(plans) => {
                if let Some(typed) = plans.first() {
                    typed.for_each_phrase(each);
                }
            }
            Self::Boost(_, plan) => plan.for_each_phrase(each),
            // Spans know in their own score how near their words are; others count in one part only, or have
            // no words that are wanted.
            Self::Spans { .. }
            | Self::Only(..)
            | Self::Column(_)
            | Self::Published(..)
            | Self::Not(_) => {}
        }
    }

    /// Calls `each` with every slot of the plan, to change it.
    pub fn for_each_slot_mut(&mut self, each: &mut dyn FnMut(&mut Slot)) {
        match self {
            Self::Phrase(slots) => slots.iter_mut().for_each(each),
            Self::Spans { spans, .. } => spans.for_each_slot_mut(each),
            Self::And(plans) | Self::Or(plans) | Self::Spellings(plans) => {
                for plan in plans {
                    plan.for_each_slot_mut(each);
                }
            }
            Self::Only(_, plan) | Self::Boost(_, plan) | Self::Not(plan) => {
                plan.for_each_slot_mut(each);
            }
            Self::Column(_) | Self::Published(..) => {}
        }
    }
}

/// Words at neighbouring positions, or some positions apart.
type Row = Vec<(u32, Slot)>;

#[derive(Default)]
struct Analysis<'a> {
    analyzer: KeyAnalyzer,
    /// Whether other spellings of the same language are wanted.
    has_variants: bool,
    /// None where spellings in other languages are not wanted.
    transliterator: Option<Transliterator>,
    lexicon: Option<&'a Lexicon>,
    memo: Option<&'a WordMemo>,
    /// Whose days are meant.
    zone: Zone,
    /// Whether a phrase has more readings than are looked for.
    is_cut: bool,
}

impl Analysis<'_> {
    fn plan(&mut self, query: &Query) -> Option<Plan> {
        match query {
            Query::Word(word) => of_rows(self.word(word)),
            Query::Phrase(phrase) => match phrase.max_others {
                None => of_rows(self.row_of(phrase)),
                Some(_) => self.placed(query).map(Placed::into_plan),
            },
            Query::Near(_) => self.placed(query).map(Placed::into_plan),
            Query::AtLeast { count, query, .. } => Some(Plan::Spans {
                spans: any_of(self.placed(query)?.into_spans()),
                at_least: u32::from(*count),
            }),
            Query::In { part, query, .. } => {
                Some(Plan::Only(part.part(), Box::new(self.plan(query)?)))
            }
            Query::Column(column) => Some(Plan::Column(column.clone())),
            Query::Published { days, .. } => Some(Plan::Published(*days, self.zone.clone())),
            Query::Boost { hundredths, query } => {
                Some(Plan::Boost(*hundredths, Box::new(self.plan(query)?)))
            }
            Query::And(queries) => join(self.all(queries), Plan::And),
            Query::Or(queries) => join(self.all(queries), Plan::Or),
            Query::Not(query) => Some(Plan::Not(Box::new(self.plan(query)?))),
        }
    }

    fn all(&mut self, queries: &[Query]) -> Vec<Plan> {
        queries
            .iter()
            .filter_map(|query| self.plan(query))
            .collect()
    }

    /// Analyses what must be found at places of the text; the parser lets nothing else come here.
    fn placed(&mut self, query: &Query) -> Option<Placed> {
        let of_rows = |rows: Vec<Row>| {
            let spans: Vec<Spans> = rows.into_iter().map(Spans::Row).collect();
            (!spans.is_empty()).then(|| Placed::One(any_of(spans)))
        };
        match query {
            Query::Word(word) => of_rows(self.word(word)),
            Query::Phrase(phrase) => match phrase.max_others {
                None => of_rows(self.row_of(phrase)),
                Some(max_others) => {
                    let max_others = u32::from(max_others);
                    let clusters = self.clusters_of(phrase).into_iter();
                    let clusters = clusters.map(|rows| Spans::Cluster { rows, max_others });
                    let clusters: Vec<Spans> = clusters.collect();
                    (!clusters.is_empty()).then(|| Placed::One(any_of(clusters)))
                }
            },
            Query::Near(near) => match (self.placed(&near.left), self.placed(&near.right)) {
                (Some(left), Some(right)) => Some(Placed::near(near.distance, &left, &right)),
                (left, None) => left,
                (None, right) => right,
            },
            Query::And(queries) | Query::Or(queries) => {
                let placed: Vec<Placed> = queries
                    .iter()
                    .filter_map(|query| self.placed(query))
                    .collect();
                let all = if matches!(query, Query::And(_)) {
                    Placed::All(placed)
                } else {
                    Placed::Any(placed)
                };
                Some(all)
            }
            _ => None,
        }
    }
}

/// Returns what every term of a form with capitals begins with.
pub(super) fn capitals_prefix(form: &str) -> String {
    format!("{form}{CAPITALS_MARK}")
}

/// Makes the plan of the ways to read a word or phrase.
fn of_rows(rows: Vec<Row>) -> Option<Plan> {
    let plans = rows.into_iter().map(|row| {
        // Where capitals decide, positions must be compared.
        let is_simple = (0..)
            .zip(&row)
            .all(|(place, (offset, slot))| place == *offset && slot.without_capitals.is_none());
        if is_simple {
            Plan::Phrase(row.into_iter().map(|(_, slot)| slot).collect())
        } else {
            Plan::Spans {
                spans: Spans::Row(row),
                at_least: 1,
            }
        }
    });
    join(plans.collect(), Plan::Spellings)
}

fn join(mut plans: Vec<Plan>, all: fn(Vec<Plan>) -> Plan) -> Option<Plan> {
    match plans.len() {
        0 => None,
        1 => plans.pop(),
        _ => Some(all(plans)),
    }
}

#[cfg(test)]
mod tests;
