//! The query with its words analysed: what must stand where, in terms of the index.

use super::ast::{Exactness, Query};
use super::spelling;
use crate::analysis::lexicon::Lexicon;
use crate::analysis::transliteration::Transliterator;
use crate::analysis::variants::KeyedWord;
use crate::analysis::{KeyAnalyzer, Words};

/// One place in a phrase: any of its terms may stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Keys, or for an exact word its form.
    pub terms: Vec<String>,
    /// Forms that stand for the word too, beside keys.
    pub forms: Vec<String>,
    /// Keys of the word's spellings in other languages; they count less.
    pub spellings: Vec<String>,
    /// Whether the terms are forms.
    pub is_form: bool,
}

impl Slot {
    /// Makes a slot of keys.
    pub fn of_keys(keys: Vec<String>) -> Self {
        Self {
            terms: keys,
            forms: Vec::new(),
            spellings: Vec::new(),
            is_form: false,
        }
    }
}

/// What words may match beside their own keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Widening<'a> {
    /// Other spellings of the same language: `проєкт` and `проект`.
    pub variants: bool,
    /// Spellings in the other languages; they count less.
    pub transliterations: bool,
    /// Words of which each form finds all others, whatever their keys.
    pub lexicon: Option<&'a Lexicon>,
}

impl Default for Widening<'_> {
    /// Variants alone.
    fn default() -> Self {
        Self {
            variants: true,
            transliterations: false,
            lexicon: None,
        }
    }
}

impl Widening<'_> {
    /// Nothing but their own keys.
    pub const NONE: Self = Self {
        variants: false,
        transliterations: false,
        lexicon: None,
    };
    /// Everything that the program itself knows.
    pub const ALL: Self = Self {
        variants: true,
        transliterations: true,
        lexicon: None,
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
        let mut analysis = Analysis {
            has_variants: widening.variants,
            transliterator: widening.transliterations.then(Transliterator::default),
            lexicon: widening.lexicon,
            ..Analysis::default()
        };
        analysis.plan(query)
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
            Self::Not(_) => {}
        }
    }
}

#[derive(Default)]
struct Analysis<'a> {
    analyzer: KeyAnalyzer,
    /// Whether other spellings of the same language are wanted.
    has_variants: bool,
    /// None where spellings in other languages are not wanted.
    transliterator: Option<Transliterator>,
    lexicon: Option<&'a Lexicon>,
}

impl Analysis<'_> {
    fn plan(&mut self, query: &Query) -> Option<Plan> {
        match query {
            Query::Word {
                text, exactness, ..
            }
            | Query::Phrase {
                text, exactness, ..
            } => {
                let phrases = match exactness {
                    Exactness::Exact => vec![forms(text)],
                    Exactness::Inflected => self.spellings(text),
                };
                let is_there = |phrase: &Vec<Slot>| !phrase.is_empty();
                let phrases = phrases.into_iter().filter(is_there).map(Plan::Phrase);
                join(phrases.collect(), Plan::Spellings)
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

    fn spellings(&mut self, text: &str) -> Vec<Vec<Slot>> {
        let mut words = Words::new(text);
        let mut keyed = Vec::new();
        let mut word = KeyedWord::default();
        while words.next_into(&mut word.form).is_some() {
            self.analyzer.query_keys(&word.form, &mut word.keys);
            word.forms = self
                .lexicon
                .map_or_else(Vec::new, |lexicon| lexicon.forms_of(&word.form));
            keyed.push(word.clone());
        }
        let mut spellings = if self.has_variants {
            spelling::spellings(&keyed)
        } else {
            let slot = |word: &KeyedWord| Slot {
                forms: word.forms.clone(),
                ..Slot::of_keys(word.keys.iter().map(str::to_owned).collect())
            };
            vec![keyed.iter().map(slot).collect()]
        };
        // The first has the words as they stand; their names may stand in other languages.
        for (slot, word) in spellings.iter_mut().take(1).flatten().zip(&keyed) {
            slot.spellings = self.transliterations(&word.form, &slot.terms);
        }
        spellings
    }

    /// Returns the spellings of `form` in other languages, but those that are among its `terms`.
    fn transliterations(&self, form: &str, terms: &[String]) -> Vec<String> {
        let transliterator = self.transliterator.as_ref();
        let mut spellings = transliterator.map_or_else(Vec::new, |names| names.keys(form));
        spellings.retain(|spelling| !terms.contains(spelling));
        spellings
    }
}

fn forms(text: &str) -> Vec<Slot> {
    let mut words = Words::new(text);
    let mut form = String::new();
    let mut slots = Vec::new();
    while words.next_into(&mut form).is_some() {
        slots.push(Slot {
            terms: vec![form.clone()],
            forms: Vec::new(),
            spellings: Vec::new(),
            is_form: true,
        });
    }
    slots
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
                forms: Vec::new(),
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
            let Some(Plan::Phrase(slots)) = Plan::widened(&query, Widening::ALL) else {
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
    fn a_word_of_the_lexicon_stands_for_all_its_forms_unless_it_is_exact() {
        let lexicon = Lexicon::parse("Скрабуль\tnoun-m-soft\n").unwrap();
        let slot = |text: &str, variants: bool| {
            let query = parse(text, MatchMode::All).unwrap().query;
            let widening = Widening {
                variants,
                lexicon: Some(&lexicon),
                ..Widening::NONE
            };
            let Some(Plan::Phrase(mut slots)) = Plan::widened(&query, widening) else {
                panic!()
            };
            slots.remove(0)
        };
        for variants in [true, false] {
            let slot = slot("Скрабулем", variants);
            assert!(slot.forms.contains(&"скрабуля".to_owned()) && !slot.terms.is_empty());
        }
        assert!(slot("=Скрабулем", true).forms.is_empty());
        assert!(slot("замок", true).forms.is_empty());
    }

    #[test]
    fn a_word_with_a_hyphen_is_a_phrase_of_its_parts() {
        let Some(Plan::Phrase(slots)) = plan("Івано-Франківськ") else {
            panic!()
        };
        assert_eq!(slots.len(), 2);
    }

    #[test]
    fn all_spellings_of_a_number_ask_for_the_same() {
        for spellings in [
            ["1 000 000", "1000000", "\"1 000 000\""],
            ["=1,5", "=1.5", "=\"1,5\""],
            ["24.2.2022", "24.02.2022", "«24.02.2022»"],
        ] {
            for spelling in spellings {
                assert_eq!(plan(spelling), plan(spellings[0]), "{spelling}");
                assert!(matches!(plan(spelling), Some(Plan::Phrase(slots)) if slots.len() == 1));
            }
        }
    }

    #[test]
    fn other_spellings_are_found_unless_they_are_switched_off_or_the_word_is_exact() {
        assert!(matches!(plan("вебсайт"), Some(Plan::Spellings(plans)) if plans.len() == 2));
        assert!(matches!(plan("веб-сайт"), Some(Plan::Spellings(plans)) if plans.len() == 2));
        assert!(matches!(plan("=вебсайт"), Some(Plan::Phrase(_))));
        let query = parse("вебсайт", MatchMode::All).unwrap().query;
        assert!(matches!(
            Plan::widened(&query, Widening::NONE),
            Some(Plan::Phrase(_))
        ));
        let mut slots = 0;
        plan("новий вебсайт")
            .unwrap()
            .for_each_phrase(&mut |phrase| slots += phrase.len());
        assert_eq!(slots, 2);
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
