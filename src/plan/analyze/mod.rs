//! The analyser of queries: words become slots, operators become plans.
//!
//! | module | what it holds |
//! |---|---|
//! | `words` | words and phrases |
//! | `operands` | operands of NEAR |
//! | `spelling` | other spellings |
//! | `dates` | dates in words and numbers |
//! | `gender` | surnames typed in one gender |
//! | `several_words` | words written otherwise together |

mod dates;
mod gender;
pub(crate) mod operands;
mod several_words;
pub(crate) mod spelling;
pub(crate) mod words;

use crate::analysis::KeyAnalyzer;
use crate::analysis::characters::capitals::CAPITALS_MARK;
use crate::analysis::dictionary::lexicon::Lexicon;
use crate::analysis::spelling::transliteration::Transliterator;
use crate::date::zone::Zone;
use crate::plan::Plan;
use crate::plan::analyze::operands::{Placed, any_of};
use crate::plan::cache::word_cache::WordCache;
use crate::plan::slot::Slot;
use crate::plan::spans::Spans;
use crate::query::ast::Query;
use crate::query::diagnostics::notice::Warning;

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
    pub cache: Option<&'a WordCache>,
}

impl Default for Widening<'_> {
    /// Variants alone.
    fn default() -> Self {
        Self {
            variants: true,
            transliterations: false,
            lexicon: None,
            zone: None,
            cache: None,
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
        cache: None,
    };
    /// Everything that the program itself knows.
    pub const ALL: Self = Self {
        variants: true,
        transliterations: true,
        lexicon: None,
        zone: None,
        cache: None,
    };
}

/// A phrase has no more readings than these, where some of its words have several.
pub(crate) const MAX_ROWS: usize = 64;

impl Plan {
    /// Analyses the words of `query` and finds their other spellings; `None` where no word is left,
    /// as in `"—"`.
    pub fn of(query: &Query) -> Option<Self> {
        Self::widened(query, Widening::default())
    }

    /// Does as [`Plan::of`] and lets words match more, or less, beside their own keys.
    pub fn widened(query: &Query, widening: Widening<'_>) -> Option<Self> {
        Self::remarked(query, widening, &mut Vec::new())
    }

    /// Does as [`Plan::widened`], and adds to `warnings` what was left out.
    pub fn remarked(
        query: &Query,
        widening: Widening<'_>,
        warnings: &mut Vec<Warning>,
    ) -> Option<Self> {
        let mut analysis = Analysis {
            has_variants: widening.variants,
            transliterator: widening.transliterations.then(Transliterator::default),
            lexicon: widening.lexicon,
            cache: widening.cache,
            zone: widening.zone.cloned().unwrap_or_default(),
            ..Analysis::default()
        };
        let mut plan = analysis.plan(query);
        if let Some(plan) = &mut plan {
            analysis.prefer_gender(query, [None, None], plan);
        }
        if analysis.is_cut {
            warnings.push(Warning::ReadingsCapped { limit: MAX_ROWS });
        }
        plan
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
    cache: Option<&'a WordCache>,
    /// Whose days are meant.
    zone: Zone,
    /// Whether a phrase has more readings than are looked for.
    is_cut: bool,
}

impl Analysis<'_> {
    fn plan(&mut self, query: &Query) -> Option<Plan> {
        match query {
            Query::Word(word) => {
                let plan = of_rows(self.word(word))?;
                let optional = |plan| Plan::Optional(Box::new(plan));
                Some(if word.is_optional {
                    optional(plan)
                } else {
                    plan
                })
            }
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
            // Every article meets no condition.
            Query::And(queries) if queries.is_empty() => Some(Plan::And(Vec::new())),
            Query::And(queries) => join(with_needed(self.conjuncts(queries)), Plan::And),
            Query::Or(queries) => join(self.all(queries), Plan::Or),
            Query::Not(query) => Some(Plan::Not(Box::new(self.plan(query)?))),
        }
    }

    fn all(&mut self, queries: &[Query]) -> Vec<Plan> {
        let plans = (0..queries.len()).map(|at| self.part(queries, at));
        plans.flatten().collect()
    }

    /// Returns the plan of the part at `at` of an AND or OR.
    fn part(&mut self, queries: &[Query], at: usize) -> Option<Plan> {
        let query = queries.get(at)?;
        let mut plan = self.plan(query)?;
        let before = at.checked_sub(1).and_then(|at| queries.get(at));
        self.prefer_gender(query, [before, queries.get(at + 1)], &mut plan);
        Some(plan)
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
pub(crate) fn capitals_prefix(form: &str) -> String {
    format!("{form}{CAPITALS_MARK}")
}

/// Makes the plan of the ways to read a word or phrase.
pub(crate) fn of_rows(rows: Vec<Row>) -> Option<Plan> {
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

/// Returns the parts of an AND; where none of them needs a word, all of them are needed.
fn with_needed(plans: Vec<Plan>) -> Vec<Plan> {
    let needs_words = |plan: &Plan| {
        !matches!(
            plan,
            Plan::Optional(_)
                | Plan::Not(_)
                | Plan::Column(_)
                | Plan::Published(..)
                | Plan::Among(_)
        )
    };
    if plans.iter().any(needs_words) {
        return plans;
    }
    let needed = |plan| match plan {
        Plan::Optional(plan) => *plan,
        plan => plan,
    };
    plans.into_iter().map(needed).collect()
}

fn join(mut plans: Vec<Plan>, all: fn(Vec<Plan>) -> Plan) -> Option<Plan> {
    match plans.len() {
        0 => None,
        1 => plans.pop(),
        _ => Some(all(plans)),
    }
}
