//! Leads searched without the text: those of their own, and those that the text begins with.

use crate::engine::agreement::corpus::{Corpus, KEY, Texts, WORDS, known_length};
use crate::engine::agreement::{all_in, best_in, in_order};
use crate::plan::Plan;
use crate::plan::slot::Slot;
use crate::ranking;
use crate::ranking::impact;
use crate::schema::Part;
use tantivy::DocAddress;

/// Returns how often `words` stand side by side in a text.
fn count(words: &[usize], text: &[usize]) -> u16 {
    let windows = text.windows(words.len()).filter(|here| *here == words);
    u16::try_from(windows.count()).unwrap()
}

/// Returns the hits of a phrase of `words` in these parts by the definition of the score.
fn scan(parts: &[Part], corpus: &Corpus, words: &[usize]) -> Vec<(DocAddress, f32)> {
    let articles = corpus.articles.len() as u64;
    let idf = |word: &usize| {
        let [title, lead, body] = corpus.doc_freqs[*word];
        let title = if parts.contains(&Part::Title) {
            title
        } else {
            0
        };
        // How many leads have a word is not known where the text begins with them.
        ranking::idf(title.max(lead).max(body), articles)
    };
    let weight: f32 = words.iter().map(idf).sum();
    let score = |texts: &Texts| {
        let mentions = parts.iter().map(|part| {
            let text = &texts[*part as usize];
            let norm = impact::mention(*part, known_length(text));
            f32::from(count(words, text)) * norm
        });
        let mentions: f32 = mentions.sum();
        (mentions > 0.0).then(|| weight * ranking::saturated(mentions))
    };
    let found = corpus.articles.iter();
    in_order(found.filter_map(|(address, texts)| Some((*address, score(texts)?))))
}

#[test]
fn a_lead_is_found_alone_whether_the_text_begins_with_it_or_not() {
    for seed in 1..4 {
        let corpus = Corpus::new(seed);
        let readers = corpus.searcher.segment_readers();
        let is_alive = |at: &DocAddress| !readers[at.segment_ord as usize].is_deleted(at.doc_id);
        for words in [vec![0], vec![3], vec![0, 1], vec![1, 0], vec![2, 2, 0]] {
            for (parts, is_key) in [
                (vec![Part::Lead], true),
                (vec![Part::Lead], false),
                (vec![Part::Title, Part::Lead], true),
                (vec![Part::Title, Part::Lead], false),
            ] {
                let slot = |word: &usize| {
                    let form = WORDS[*word];
                    if is_key {
                        Slot::of_keys(vec![format!("{KEY}{form}")])
                    } else {
                        Slot::of_form(form.to_owned())
                    }
                };
                let plan = Plan::Phrase(words.iter().map(slot).collect());
                let mut expected = scan(&parts, &corpus, &words);
                expected.retain(|(address, _)| is_alive(address));
                let found = all_in(&parts, &corpus, &plan);
                assert!(!found.is_empty());
                for ((at, score), (place, expected)) in found.iter().zip(&expected) {
                    let is_near = (score - expected).abs() < 1e-4 * expected.max(1.0);
                    assert!(is_near, "{at:?} {score}, {place:?} {expected}: {plan:?}");
                }
                let in_place = |hits: &[(DocAddress, f32)]| {
                    let mut docs: Vec<DocAddress> = hits.iter().map(|(at, _)| *at).collect();
                    docs.sort_unstable();
                    docs
                };
                assert_eq!(in_place(&found), in_place(&expected), "{parts:?} {plan:?}");
                let some: Vec<_> = found.iter().take(5).copied().collect();
                assert_eq!(best_in(&parts, &corpus, &plan, 5), some);
            }
        }
    }
}
