//! Queries find and score what a plain scan does, with and without pruning.
//!
//! | module | what it holds |
//! |---|---|
//! | `corpus` | random articles and their naive scores |
//! | `leads` | leads alone, and leads that the text begins with, beside a naive scan |
//! | `phrases` | phrases beside a naive scan |

mod corpus;
mod leads;
mod phrases;

use crate::engine::agreement::corpus::{
    Corpus, KEY, Texts, WORDS, counts_of, impact_of, indexed, known_length,
};
use crate::engine::compile::{compile_with, factor};
use crate::engine::postings::slot_terms::SlotTerms;
use crate::engine::tuning::Tuning;
use crate::plan::Plan;
use crate::plan::cache::segment_term::Scope;
use crate::plan::cache::word_cache::WordCache;
use crate::plan::expansion::patterns::expand;
use crate::plan::slot::Slot;
use crate::query::ast::{QueryRange, Word, WordMode};
use crate::query::pattern::FormPattern;
use crate::ranking;
use crate::ranking::impact;
use crate::ranking::{SPELLING_SHARE, proximity, proximity_weight};
use crate::schema::Part;
use crate::text::ByteRange;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tantivy::query::EnableScoring;
use tantivy::{DocAddress, TERMINATED};

impl Corpus {
    /// Returns the score of each article that matches, by the definition of the score.
    fn scan(&self, plan: &Plan) -> BTreeMap<DocAddress, f32> {
        let mut slots = Vec::new();
        plan.for_each_phrase(&mut |phrase| slots.extend_from_slice(phrase));
        let has_proximity = slots.len() > 1 && !matches!(plan, Plan::Phrase(_));
        let mut scores = BTreeMap::new();
        for (address, texts) in &self.articles {
            if let Some(mut score) = self.score(plan, texts) {
                for pair in slots.windows(2).filter(|_| has_proximity) {
                    let most = proximity_weight(self.idf(&pair[0]).min(self.idf(&pair[1])));
                    score += most * nearest(pair, texts);
                }
                scores.insert(*address, score);
            }
        }
        scores
    }

    fn score(&self, plan: &Plan, texts: &Texts) -> Option<f32> {
        match plan {
            Plan::Phrase(slots) => self.phrase(slots, texts),
            Plan::Boost(by, plan) => self.score(plan, texts).map(|score| score * factor(*by)),
            Plan::Optional(plan) => Some(self.score(plan, texts).unwrap_or(0.0)),
            Plan::Not(plan) => self.score(plan, texts).is_none().then_some(0.0),
            Plan::And(plans) => plans.iter().map(|plan| self.score(plan, texts)).sum(),
            Plan::Or(plans) => {
                let found: Vec<f32> = plans
                    .iter()
                    .filter_map(|plan| self.score(plan, texts))
                    .collect();
                (!found.is_empty()).then(|| found.iter().sum())
            }
            _ => unreachable!(),
        }
    }

    fn phrase(&self, slots: &[Slot], texts: &Texts) -> Option<f32> {
        let [slot] = slots else {
            let idf: f32 = slots.iter().map(|slot| self.idf_in_parts(slot)).sum();
            let count = |text: &[usize]| {
                let is_here = |start: usize| {
                    let mut words = (start..).zip(slots);
                    words.all(|(at, slot)| text.get(at).is_some_and(|word| has(slot, *word)))
                };
                (0..text.len()).filter(|start| is_here(*start)).count()
            };
            return Self::bm25f(idf, texts, count);
        };
        let idf = self.idf(slot);
        if slot.has_keys_alone() {
            let own = by_impact(idf, &slot.terms, texts);
            let spelt = by_impact(idf * SPELLING_SHARE, &slot.spellings, texts);
            return own.into_iter().chain(spelt).reduce(f32::max);
        }
        // The commonest of the alternatives counts, but forms of a pattern count all.
        let of =
            |term: &String, text: &[usize]| text.iter().filter(|word| is(term, **word)).count();
        let all = |text: &[usize]| slot.forms.iter().map(|term| of(term, text)).sum();
        let commonest = |terms: &[String], text: &[usize]| {
            let counts = terms.iter().map(|term| of(term, text));
            counts.max().unwrap_or(0)
        };
        let own = Self::bm25f(idf, texts, all);
        let share = idf * SPELLING_SHARE;
        let spelt = Self::bm25f(share, texts, |text| commonest(&slot.spellings, text));
        own.into_iter().chain(spelt).reduce(f32::max)
    }

    /// Scores what stands in each text as often as `count` says; `None` if it stands in none.
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    fn bm25f(weight: f32, texts: &Texts, count: impl Fn(&[usize]) -> usize) -> Option<f32> {
        let mut mentions = 0.0;
        for (part, text) in Part::ALL.into_iter().zip(&indexed(texts)) {
            mentions += count(text) as f32 * impact::mention(part, known_length(text));
        }
        (mentions > 0.0).then(|| weight * ranking::saturated(mentions))
    }

    fn idf(&self, slot: &Slot) -> f32 {
        if !slot.has_keys_alone() {
            return self.idf_in_parts(slot);
        }
        self.idf_by(slot, |word| {
            let [_, _, body] = self.doc_freqs[word];
            body.max(self.prominent[word])
        })
    }

    fn idf_in_parts(&self, slot: &Slot) -> f32 {
        self.idf_by(slot, |word| self.doc_freqs[word].into_iter().max().unwrap())
    }

    fn idf_by(&self, slot: &Slot, count: impl Fn(usize) -> u64) -> f32 {
        let of = |term: &String| (0..WORDS.len()).find(|word| is(term, *word)).map(&count);
        let commonest = |terms: &[String]| terms.iter().filter_map(of).max();
        let own: Vec<String> = slot
            .terms
            .iter()
            .chain(slot.forms.iter())
            .cloned()
            .collect();
        let there = |count: &u64| *count > 0;
        let count = commonest(&own).filter(there);
        let count = count.or_else(|| commonest(&slot.spellings));
        ranking::idf(count.unwrap_or(0), self.articles.len() as u64)
    }
}

fn has(slot: &Slot, word: usize) -> bool {
    has_own(slot, word) || slot.spellings.iter().any(|term| is(term, word))
}

/// Returns whether a word is one of a slot's own.
fn has_own(slot: &Slot, word: usize) -> bool {
    let mut terms = slot.terms.iter().chain(slot.forms.iter());
    terms.any(|term| is(term, word))
}

/// Returns the score of the best of some keys; `None` where none of them stands.
fn by_impact(weight: f32, terms: &[String], texts: &Texts) -> Option<f32> {
    let scores = terms.iter().filter_map(|term| {
        let word = (0..WORDS.len()).find(|word| is(term, *word))?;
        if counts_of(word, texts) == [0; 3] {
            return None;
        }
        let [.., body] = texts;
        Some(match impact_of(word, texts) {
            Some(step) => impact::saturated(step),
            None => ranking::saturated(impact::mention(Part::Body, known_length(body))),
        })
    });
    scores.reduce(f32::max).map(|score| weight * score)
}

/// Returns whether a form or key is that of a word.
fn is(term: &str, word: usize) -> bool {
    term.strip_prefix(KEY).unwrap_or(term) == WORDS[word]
}

/// Returns the closeness of the closest two words in headline or text.
fn nearest(pair: &[Slot], [title, _, body]: &Texts) -> f32 {
    let mut best: f32 = 0.0;
    for text in [title, body] {
        for (from, first) in (0..).zip(text) {
            for (to, second) in (0_i64..).zip(text) {
                if has_own(&pair[0], *first) && has_own(&pair[1], *second) {
                    best = best.max(proximity(to - from));
                }
            }
        }
    }
    best
}

fn each_once(mut forms: Vec<String>) -> Vec<String> {
    forms.sort_unstable();
    forms.dedup();
    forms
}

fn plans() -> impl Strategy<Value = Plan> {
    let terms = |count| {
        let word = (0..WORDS.len()).prop_map(|word| WORDS[word].to_owned());
        prop::collection::vec(word, count)
    };
    let slot = (terms(1..4), any::<bool>()).prop_map(|(words, is_key)| {
        if is_key {
            let keys = words.iter().map(|word| format!("{KEY}{word}"));
            return Slot::of_keys(keys.collect());
        }
        Slot {
            forms: Arc::new(each_once(words)),
            ..Slot::default()
        }
    });
    let word = (terms(1..4), terms(0..3), any::<bool>()).prop_map(|(own, spellings, is_key)| {
        let keys =
            |words: &[String]| Arc::new(words.iter().map(|word| format!("{KEY}{word}")).collect());
        let slot = if is_key {
            Slot {
                terms: keys(&own),
                spellings: keys(&spellings),
                ..Slot::default()
            }
        } else {
            Slot {
                forms: Arc::new(each_once(own)),
                spellings: keys(&spellings),
                ..Slot::default()
            }
        };
        Plan::Phrase(vec![slot])
    });
    let phrase = prop::collection::vec(slot, 2..4).prop_map(Plan::Phrase);
    let leaf = prop_oneof![3 => word, 1 => phrase];
    leaf.prop_recursive(2, 8, 4, |inner| {
        let several = prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            3 => several.clone().prop_map(Plan::And),
            3 => several.prop_map(Plan::Or),
            1 => (1..300_u32, inner.clone()).prop_map(|(by, plan)| Plan::Boost(by, Box::new(plan))),
            1 => (inner.clone(), inner).prop_map(|(a, b)| Plan::And(vec![a, Plan::Not(Box::new(b))])),
        ]
    })
}

/// Returns the articles in the order of hits, ties by address.
fn in_order(scores: impl IntoIterator<Item = (DocAddress, f32)>) -> Vec<(DocAddress, f32)> {
    let mut hits: Vec<(DocAddress, f32)> = scores.into_iter().collect();
    hits.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    hits
}

/// Returns the best hits, passing over what cannot be among them.
fn best(corpus: &Corpus, plan: &Plan, count: usize) -> Vec<(DocAddress, f32)> {
    best_in(&Part::ALL, corpus, plan, count)
}

/// Does as [`best`] in these parts.
fn best_in(parts: &[Part], corpus: &Corpus, plan: &Plan, count: usize) -> Vec<(DocAddress, f32)> {
    let scoring = EnableScoring::enabled_from_searcher(&corpus.searcher);
    let query = compile_with(plan, parts, None, &Tuning::SMALL);
    let weight = query.weight_for_best(count, scoring).unwrap();
    let mut hits: Vec<(DocAddress, f32)> = Vec::new();
    let threshold = |hits: &[(DocAddress, f32)]| {
        hits.get(count - 1)
            .map_or(f32::MIN, |(_, score)| score.next_down())
    };
    for (ordinal, reader) in (0..).zip(corpus.searcher.segment_readers()) {
        let start = threshold(&hits);
        weight
            .for_each_pruning(start, reader, &mut |doc, score| {
                if !reader.is_deleted(doc) {
                    hits.push((DocAddress::new(ordinal, doc), score));
                    hits = in_order(hits.drain(..));
                    hits.truncate(count);
                }
                threshold(&hits)
            })
            .unwrap();
    }
    hits
}

/// Returns all hits, without pruning.
fn all(corpus: &Corpus, plan: &Plan) -> Vec<(DocAddress, f32)> {
    all_in(&Part::ALL, corpus, plan)
}

/// Does as [`all`] in these parts.
fn all_in(parts: &[Part], corpus: &Corpus, plan: &Plan) -> Vec<(DocAddress, f32)> {
    let query = compile_with(plan, parts, None, &Tuning::SMALL);
    let weight = query
        .weight(EnableScoring::enabled_from_searcher(&corpus.searcher))
        .unwrap();
    let mut hits = Vec::new();
    for (ordinal, reader) in (0..).zip(corpus.searcher.segment_readers()) {
        let mut scorer = weight.scorer(reader, 1.0).unwrap();
        while scorer.doc() != TERMINATED {
            if !reader.is_deleted(scorer.doc()) {
                hits.push((DocAddress::new(ordinal, scorer.doc()), scorer.score()));
            }
            scorer.advance();
        }
    }
    in_order(hits)
}

#[test]
fn an_article_in_several_lists_of_a_word_is_given_once() {
    // An archive in which more articles than are merged do more than mention the word in passing.
    let corpus = Corpus::new(2_083_656_918_581_210_688);
    for (word, other) in [("qc", "qc"), ("qb", "qc"), ("qa", "qb")] {
        let terms = [word, other].map(|word| format!("{KEY}{word}"));
        let plan = Plan::Phrase(vec![Slot::of_keys(terms.to_vec())]);
        for count in 1..30 {
            let mut expected = all(&corpus, &plan);
            expected.truncate(count);
            assert_eq!(
                best(&corpus, &plan, count),
                expected,
                "{count} with {other}"
            );
        }
    }
}

#[test]
fn where_all_words_are_needed_no_article_without_one_is_among_the_best() {
    let text = |number| match (number % 40, number % 50) {
        // Two rare words, seldom together, and then not always with a common one.
        (0, _) if number % 360 == 0 => vec![3, 4],
        (0, _) if number % 180 == 0 => vec![3, 4, 2],
        (0, _) => vec![3, 2],
        (1, _) => vec![4, 2],
        // Two others, mostly together.
        (_, 7) => vec![0, 0, 0],
        (_, 9) => vec![1],
        (_, 10 | 20 | 30) => vec![0, 2, 1],
        _ => vec![2],
    };
    let rare = (0..900).map(|number| [vec![], vec![], text(number)]);
    let rare = Corpus::of(vec![rare.collect()], || false);
    let word = |word: &&str| Plan::Phrase(vec![Slot::of_keys(vec![format!("{KEY}{word}")])]);
    for corpus in [rare, Corpus::new(1), Corpus::new(2), Corpus::new(3)] {
        for words in WORDS.windows(2).chain(WORDS.windows(3)) {
            let plan = Plan::And(words.iter().map(word).collect());
            let expected = all(&corpus, &plan);
            for count in [1, 10, expected.len().max(1), expected.len() + 1] {
                let some = expected.iter().take(count).copied().collect::<Vec<_>>();
                assert_eq!(best(&corpus, &plan, count), some, "{count} {plan:?}");
            }
        }
    }
}

#[test]
fn forms_that_a_pattern_found_are_those_that_a_look_up_finds() {
    let corpus = Corpus::new(7);
    let word = |text: &str| Word {
        is_optional: false,
        text: text.to_owned(),
        reading: WordMode::Wildcard,
        place: QueryRange(ByteRange::new(0, text.len())),
    };
    let mut slot = Slot {
        terms: Arc::new(vec![format!("{KEY}qb")]),
        spellings: Arc::new(vec![format!("{KEY}qf")]),
        forms: Arc::new(vec!["qe".to_owned()]),
        ..Slot::default()
    };
    let patterns = ["qa*", "q*"].map(|text| FormPattern::of(&word(text)));
    slot.patterns.extend(patterns.into_iter().flatten());
    let mut plan = Plan::Phrase(vec![slot]);
    assert_eq!(
        expand(&mut plan, &corpus.searcher, &WordCache::default()).unwrap(),
        []
    );
    let Plan::Phrase(slots) = plan else {
        unreachable!()
    };
    let known = &slots[0];
    let each: BTreeSet<&String> = known.forms.iter().collect();
    assert_eq!((each.len(), known.forms.len()), (WORDS.len(), WORDS.len()));
    let unknown = Slot {
        pattern_terms: None,
        ..known.clone()
    };
    let find = |slot: &Slot| {
        let scope = Scope::Parts(Part::ALL.to_vec());
        let terms = SlotTerms::unscored(slot, scope, &Tuning::SMALL);
        let mut all = Vec::new();
        for reader in corpus.searcher.segment_readers() {
            let terms = terms.in_segment(reader).unwrap();
            let terms = terms
                .iter()
                .map(|term| (term.part, !term.is_own, term.ordinal, term.info.clone()));
            let terms: Vec<_> = terms.collect();
            assert!(terms.is_sorted_by_key(|term| (term.0, term.1)));
            all.extend(terms.into_iter().map(|term| format!("{term:?}")));
        }
        all.sort();
        all
    };
    assert_eq!(find(known), find(&unknown));
    assert!(find(known).len() > WORDS.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn passing_over_articles_changes_no_hit_and_no_score(
        seed in any::<u64>(),
        plans in prop::collection::vec((plans(), 1..30_usize), 12),
    ) {
        let corpus = Corpus::new(seed);
        for (plan, count) in plans {
            let mut expected = all(&corpus, &plan);
            expected.truncate(count);
            prop_assert_eq!(best(&corpus, &plan, count), expected, "{:?}", plan);
        }
    }

    #[test]
    fn hits_and_their_scores_are_those_of_a_plain_scan(
        seed in any::<u64>(),
        plans in prop::collection::vec(plans(), 6),
    ) {
        let corpus = Corpus::new(seed);
        for plan in plans {
            let expected = corpus.scan(&plan);
            let found: BTreeMap<DocAddress, f32> = all(&corpus, &plan).into_iter().collect();
            let readers = corpus.searcher.segment_readers();
            let is_deleted = |at: &DocAddress| readers[at.segment_ord as usize].is_deleted(at.doc_id);
            for (address, score) in expected.iter().filter(|(address, _)| !is_deleted(address)) {
                let Some(found) = found.get(address) else {
                    return Err(TestCaseError::fail(format!("{address:?} is missing: {plan:?}")));
                };
                prop_assert!((found - score).abs() < 1e-4 * score.max(1.0), "{found} {score} {plan:?}");
            }
            prop_assert!(found.keys().all(|address| expected.contains_key(address)));
        }
    }
}
