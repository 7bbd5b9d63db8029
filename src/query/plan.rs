//! The query with its words analysed: what must stand where, in terms of the index.

use super::ast::{Exactness, Query};
use crate::analysis::transliteration::Transliterator;
use crate::analysis::{KeyAnalyzer, Keys, Words};

/// One place in a phrase: any of its terms may stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Keys, or for an exact word its form.
    pub terms: Vec<String>,
    /// Keys of the word's spellings in other languages; they count less.
    pub spellings: Vec<String>,
    /// Whether the terms are forms.
    pub is_form: bool,
}

/// A query in terms of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plan {
    /// Slots at neighbouring positions; a word is a phrase of one slot. Never empty.
    Phrase(Vec<Slot>),
    /// All of these.
    And(Vec<Plan>),
    /// At least one of these.
    Or(Vec<Plan>),
    /// Not this.
    Not(Box<Plan>),
}

impl Plan {
    /// Analyses the words of `query`; `None` where no word is left, as in `"—"`.
    pub fn of(query: &Query) -> Option<Self> {
        Analysis::default().plan(query)
    }

    /// As [`Plan::of`]; Ukrainian words look also for their spellings in Russian and in Latin letters.
    pub fn with_spellings(query: &Query) -> Option<Self> {
        let mut analysis = Analysis {
            transliterator: Some(Transliterator::default()),
            ..Analysis::default()
        };
        analysis.plan(query)
    }

    /// Calls `each` with every phrase that is not under a NOT, in the order of the query.
    pub fn for_each_phrase<'a>(&'a self, each: &mut dyn FnMut(&'a [Slot])) {
        match self {
            Self::Phrase(slots) => each(slots),
            Self::And(plans) | Self::Or(plans) => {
                for plan in plans {
                    plan.for_each_phrase(each);
                }
            }
            Self::Not(_) => {}
        }
    }
}

#[derive(Default)]
struct Analysis {
    analyzer: KeyAnalyzer,
    /// None where spellings are not wanted.
    transliterator: Option<Transliterator>,
    form: String,
    keys: Keys,
}

impl Analysis {
    fn plan(&mut self, query: &Query) -> Option<Plan> {
        match query {
            Query::Word {
                text, exactness, ..
            }
            | Query::Phrase {
                text, exactness, ..
            } => {
                let slots = self.slots(text, *exactness);
                (!slots.is_empty()).then_some(Plan::Phrase(slots))
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

    fn slots(&mut self, text: &str, exactness: Exactness) -> Vec<Slot> {
        let mut words = Words::new(text);
        let mut slots = Vec::new();
        while words.next_into(&mut self.form).is_some() {
            let is_form = exactness == Exactness::Exact;
            let terms = if is_form {
                vec![self.form.clone()]
            } else {
                self.analyzer.query_keys(&self.form, &mut self.keys);
                self.keys.iter().map(str::to_owned).collect()
            };
            let spellings = self.spellings(&terms, is_form);
            slots.push(Slot {
                terms,
                spellings,
                is_form,
            });
        }
        slots
    }

    /// Returns the spellings of the current form, but those that are among its `terms`.
    fn spellings(&self, terms: &[String], is_form: bool) -> Vec<String> {
        let transliterator = self.transliterator.as_ref().filter(|_| !is_form);
        let mut spellings = transliterator.map_or_else(Vec::new, |t| t.keys(&self.form));
        spellings.retain(|spelling| !terms.contains(spelling));
        spellings
    }
}

fn join(mut plans: Vec<Plan>, all: fn(Vec<Plan>) -> Plan) -> Option<Plan> {
    match plans.len() {
        0 => None,
        1 => plans.pop(),
        _ => Some(all(plans)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{MatchMode, parse};
    use super::*;

    fn plan(text: &str) -> Option<Plan> {
        Plan::of(&parse(text, MatchMode::All).unwrap().query)
    }

    #[test]
    fn an_exact_word_looks_for_its_form_and_an_ordinary_one_for_its_keys() {
        let Some(Plan::Phrase(slots)) = plan("=Гарантія") else {
            panic!()
        };
        assert_eq!(
            slots,
            [Slot {
                terms: vec!["гарантія".into()],
                spellings: Vec::new(),
                is_form: true
            }]
        );
        let Some(Plan::Phrase(slots)) = plan("гарантіями") else {
            panic!()
        };
        assert!(slots[0].terms.contains(&"гаранті".to_owned()) && !slots[0].is_form);
    }

    #[test]
    fn spellings_stand_beside_the_terms_where_they_are_wanted_and_the_word_is_not_exact() {
        let with_spellings = |text: &str| {
            let query = parse(text, MatchMode::All).unwrap().query;
            let Some(Plan::Phrase(slots)) = Plan::with_spellings(&query) else {
                panic!()
            };
            slots[0].spellings.clone()
        };
        assert!(with_spellings("Зеленський").contains(&"en/zelenskyy".to_owned()));
        assert!(with_spellings("=Зеленський").is_empty());
        let Some(Plan::Phrase(slots)) = plan("Зеленський") else {
            panic!()
        };
        assert!(slots[0].spellings.is_empty());
    }

    #[test]
    fn a_word_with_a_hyphen_is_a_phrase_of_its_parts() {
        let Some(Plan::Phrase(slots)) = plan("Івано-Франківськ") else {
            panic!()
        };
        assert_eq!(slots.len(), 2);
    }

    #[test]
    fn a_phrase_without_words_leaves_nothing() {
        assert_eq!(plan("\"— …\""), None);
        assert!(matches!(plan("мир \"…\""), Some(Plan::Phrase(_))));
    }

    #[test]
    fn phrases_under_not_are_left_out_of_the_walk() {
        let plan = plan("мир -війна").unwrap();
        let mut count = 0;
        plan.for_each_phrase(&mut |_| count += 1);
        assert_eq!(count, 1);
    }
}
