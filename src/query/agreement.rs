//! The queries find and score what a plain scan does, with passing over articles and without.

use super::bag::BagQuery;
use super::compile::compile;
use super::plan::{Plan, Slot};
use crate::analysis::Language;
use crate::analysis::stream::marked;
use crate::index::{impacts, tokenizers};
use crate::ranking::impact::{self, ByPart};
use crate::ranking::{self, PROXIMITY, SPELLING_SHARE, closeness};
use crate::schema::{Part, fields, schema};
use proptest::prelude::*;
use std::collections::BTreeMap;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::indexer::NoMergePolicy;
use tantivy::query::EnableScoring;
use tantivy::{DocAddress, Index, IndexWriter, Searcher, TERMINATED, TantivyDocument, Term};

/// Common ones first; the key of each is [`KEY`] and its own form.
const WORDS: [&str; 6] = ["qa", "qb", "qc", "qd", "qe", "qf"];

/// What English keys begin with.
const KEY: &str = "en/";

/// The words of an article in the order of [`Part::ALL`].
type Texts = [Vec<usize>; 3];

/// Articles in an index, of which some were deleted, and the same articles as a list.
struct Corpus {
    searcher: Searcher,
    articles: BTreeMap<DocAddress, Texts>,
    /// How many articles have each word in each part.
    doc_freqs: [[u64; 3]; WORDS.len()],
    /// How many do more than mention it in passing.
    prominent: [u64; WORDS.len()],
}

/// Numbers that look random and depend on the seed alone.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    /// Returns a word; the first are more likely.
    fn word(&mut self) -> usize {
        let most = self.below(WORDS.len()) + 1;
        self.below(most)
    }

    fn text(&mut self, longest: usize) -> Vec<usize> {
        let length = self.below(longest + 1);
        let topic = self.word();
        (0..length)
            .map(|_| {
                if self.below(3) == 0 {
                    topic
                } else {
                    self.word()
                }
            })
            .collect()
    }
}

impl Corpus {
    /// Makes segments of several blocks of postings.
    fn new(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let index = Index::builder()
            .schema(schema().clone())
            .tokenizers(tokenizers());
        let index = index.create_in_ram().unwrap();
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 20_000_000).unwrap();
        writer.set_merge_policy(Box::new(NoMergePolicy));
        let mut by_id = BTreeMap::new();
        for segment in 0..3 {
            for number in 0..dice.below(500) + 20 {
                let id = format!("{segment}-{number}");
                // Equal articles have equal scores.
                let texts = if dice.below(4) == 0 {
                    [vec![0], vec![1, 0], vec![2, 1, 0]]
                } else {
                    [dice.text(3), dice.text(6), dice.text(25)]
                };
                writer.add_document(document(&id, &texts)).unwrap();
                by_id.insert(id, texts);
            }
            writer.commit().unwrap();
        }
        let gone: Vec<String> = by_id
            .keys()
            .filter(|_| dice.below(9) == 0)
            .cloned()
            .collect();
        for id in gone {
            writer.delete_term(Term::from_field_text(fields().id, &id));
        }
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        let mut articles = BTreeMap::new();
        for (ordinal, reader) in (0..).zip(searcher.segment_readers()) {
            let ids = reader.fast_fields().str("id").unwrap().unwrap();
            for doc in 0..reader.max_doc() {
                let mut id = String::new();
                ids.ord_to_str(ids.term_ords(doc).next().unwrap(), &mut id)
                    .unwrap();
                articles.insert(DocAddress::new(ordinal, doc), by_id[&id].clone());
            }
        }
        let mut doc_freqs = [[0; 3]; WORDS.len()];
        let mut prominent = [0; WORDS.len()];
        for texts in articles.values() {
            for (word, count) in prominent.iter_mut().enumerate() {
                let is_there = counts_of(word, texts) != [0; 3];
                *count += u64::from(is_there && impact_of(word, texts).is_some());
            }
            for (word, counts) in doc_freqs.iter_mut().enumerate() {
                for (text, count) in texts.iter().zip(counts) {
                    *count += u64::from(text.contains(&word));
                }
            }
        }
        Self {
            searcher,
            articles,
            doc_freqs,
            prominent,
        }
    }

    /// Returns the score of each article that matches, by the definition of the score.
    fn scan(&self, plan: &Plan) -> BTreeMap<DocAddress, f32> {
        let mut slots = Vec::new();
        plan.for_each_phrase(&mut |phrase| slots.extend_from_slice(phrase));
        let has_proximity = slots.len() > 1 && !matches!(plan, Plan::Phrase(_));
        let mut scores = BTreeMap::new();
        for (address, texts) in &self.articles {
            if let Some(mut score) = self.score(plan, texts) {
                for pair in slots.windows(2).filter(|_| has_proximity) {
                    let most = PROXIMITY * self.idf(&pair[0]).min(self.idf(&pair[1]));
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
        let idf: f32 = slots.iter().map(|slot| self.idf(slot)).sum();
        let [slot] = slots else {
            let count = |text: &[usize]| {
                let is_here = |start: usize| {
                    let mut words = (start..).zip(slots);
                    words.all(|(at, slot)| text.get(at).is_some_and(|word| has(slot, *word)))
                };
                (0..text.len()).filter(|start| is_here(*start)).count()
            };
            return Self::bm25f(idf, texts, count);
        };
        if slot.has_keys_alone() {
            let own = by_impact(idf, &slot.terms, texts);
            let spelt = by_impact(idf * SPELLING_SHARE, &slot.spellings, texts);
            return own.into_iter().chain(spelt).reduce(f32::max);
        }
        // The commonest of the alternatives counts.
        let commonest = |terms: &[String], text: &[usize]| {
            let of = |term: &String| text.iter().filter(|word| is(term, **word)).count();
            terms.iter().map(of).max().unwrap_or(0)
        };
        let own = Self::bm25f(idf, texts, |text| commonest(&slot.forms, text));
        let share = idf * SPELLING_SHARE;
        let spelt = Self::bm25f(share, texts, |text| commonest(&slot.spellings, text));
        own.into_iter().chain(spelt).reduce(f32::max)
    }

    /// Scores what stands in each text as often as `count` says; `None` if it stands in none.
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    fn bm25f(weight: f32, texts: &Texts, count: impl Fn(&[usize]) -> usize) -> Option<f32> {
        let mut mentions = 0.0;
        for (part, text) in Part::ALL.into_iter().zip(texts) {
            mentions += count(text) as f32 * impact::mention(part, known_length(text));
        }
        (mentions > 0.0).then(|| weight * ranking::saturated(mentions))
    }

    fn idf(&self, slot: &Slot) -> f32 {
        let of = |term: &String| {
            let word = (0..WORDS.len()).position(|word| is(term, word)).unwrap();
            let [_, _, body] = self.doc_freqs[word];
            if slot.has_keys_alone() {
                body.max(self.prominent[word])
            } else {
                self.doc_freqs[word].into_iter().max().unwrap()
            }
        };
        let commonest = |terms: &[String]| terms.iter().map(&of).max().filter(|count| *count > 0);
        let own: Vec<String> = slot.terms.iter().chain(&slot.forms).cloned().collect();
        let count = commonest(&own).or_else(|| commonest(&slot.spellings));
        ranking::idf(count.unwrap_or(0), self.articles.len() as u64)
    }
}

fn has(slot: &Slot, word: usize) -> bool {
    has_own(slot, word) || slot.spellings.iter().any(|term| is(term, word))
}

/// Tells whether a word is one of a slot's own.
fn has_own(slot: &Slot, word: usize) -> bool {
    let mut terms = slot.terms.iter().chain(&slot.forms);
    terms.any(|term| is(term, word))
}

/// Returns the length of a text as the index keeps it.
fn known_length(text: &[usize]) -> u32 {
    let id = FieldNormReader::fieldnorm_to_id(u32::try_from(text.len()).unwrap());
    FieldNormReader::id_to_fieldnorm(id)
}

fn counts_of(word: usize, texts: &Texts) -> ByPart<u32> {
    let count = |text: &Vec<usize>| text.iter().filter(|here| **here == word).count();
    texts
        .each_ref()
        .map(|text| u32::try_from(count(text)).unwrap())
}

/// Returns the impact of a word; none where it is mentioned in passing.
fn impact_of(word: usize, texts: &Texts) -> Option<u32> {
    let [title, lead, body] = texts
        .each_ref()
        .map(|text| u32::try_from(text.len()).unwrap());
    let lengths = [(Part::Title, title), (Part::Lead, lead), (Part::Body, body)];
    let counts = lengths.map(|(part, length)| impact::mention(part, length));
    impact::of(counts_of(word, texts), counts)
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

/// Tells whether a form or key is that of a word.
fn is(term: &str, word: usize) -> bool {
    term.strip_prefix(KEY).unwrap_or(term) == WORDS[word]
}

/// Returns the closeness of the closest two words.
fn nearest(pair: &[Slot], texts: &Texts) -> f32 {
    let mut best: f32 = 0.0;
    for text in texts {
        for (from, first) in (0..).zip(text) {
            for (to, second) in (0_i64..).zip(text) {
                if has_own(&pair[0], *first) && has_own(&pair[1], *second) {
                    best = best.max(closeness(to - from));
                }
            }
        }
    }
    best
}

fn document(id: &str, texts: &Texts) -> TantivyDocument {
    let mut document = TantivyDocument::new();
    document.add_text(fields().id, id);
    for (part, text) in Part::ALL.into_iter().zip(texts) {
        let words: Vec<&str> = text.iter().map(|word| WORDS[*word]).collect();
        let text = marked(Language::English, &words.join(" "));
        document.add_text(part.fields().keys, impacts::of_part(part, &text));
        document.add_text(part.fields().forms, text);
    }
    document.add_text(fields().impacts, "");
    document
}

fn plans() -> impl Strategy<Value = Plan> {
    let terms = |count| {
        let word = (0..WORDS.len()).prop_map(|word| WORDS[word].to_owned());
        prop::collection::vec(word, count)
    };
    let slot = terms(1..3).prop_map(|forms| Slot {
        forms,
        ..Slot::default()
    });
    let word = (terms(1..3), terms(0..3), any::<bool>()).prop_map(|(own, spellings, is_key)| {
        let keys = |words: &[String]| words.iter().map(|word| format!("{KEY}{word}")).collect();
        let slot = if is_key {
            Slot {
                terms: keys(&own),
                spellings: keys(&spellings),
                ..Slot::default()
            }
        } else {
            Slot {
                forms: own,
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
    let mut query = compile(plan, &Part::ALL);
    if let Some(bag) = query.downcast_ref::<BagQuery>() {
        query = Box::new(bag.clone().with_wanted(count));
    }
    let weight = query
        .weight(EnableScoring::enabled_from_searcher(&corpus.searcher))
        .unwrap();
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

/// Returns all hits, with nothing passed over.
fn all(corpus: &Corpus, plan: &Plan) -> Vec<(DocAddress, f32)> {
    let query = compile(plan, &Part::ALL);
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
