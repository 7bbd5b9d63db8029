//! Phrases whose upper bound decides whether an article is read.

use crate::engine::agreement::corpus::{Corpus, KEY, WORDS};
use crate::engine::agreement::{all, best};
use crate::plan::Plan;
use crate::plan::slot::Slot;
use crate::plan::spans::Spans;
use crate::query::ast::Distance;

#[test]
fn the_best_articles_with_a_phrase_are_found_among_those_that_mention_its_words_in_passing_too() {
    for seed in 1..4 {
        let corpus = Corpus::new(seed);
        for (first, second) in WORDS.iter().flat_map(|a| WORDS.map(|b| (*a, b))) {
            let key = |word: &str| format!("{KEY}{word}");
            let several = Slot::of_keys(vec![key(second), key("qb")]);
            for second in [Slot::of_keys(vec![key(second)]), several] {
                let plan = Plan::Phrase(vec![Slot::of_keys(vec![key(first)]), second]);
                let expected = all(&corpus, &plan);
                for count in [1, 3, 10] {
                    let some = expected.iter().take(count).copied().collect::<Vec<_>>();
                    assert_eq!(best(&corpus, &plan, count), some, "{count} {plan:?}");
                }
            }
        }
    }
}

#[test]
fn an_article_may_have_a_phrase_with_each_key_of_a_word_and_in_its_lead() {
    let key = |word: usize| format!("{KEY}{}", WORDS[word]);
    let often_in = |count: usize, length: usize| {
        let between = std::iter::repeat_n(5, length / count - 2);
        let once: Vec<usize> = [0, 1].into_iter().chain(between).collect();
        once.repeat(count)
    };
    for (often, second, best_of_all) in [
        // With a word in passing.
        (
            often_in(2, 150),
            vec![1, 2],
            [vec![], vec![], vec![0, 1, 3, 0, 2]],
        ),
        (
            often_in(2, 300),
            vec![1],
            [vec![], vec![0, 1], vec![3, 0, 1]],
        ),
        // With a key that all mention in passing.
        (
            often_in(3, 80),
            vec![1, 2],
            [vec![], vec![], vec![0, 1, 3, 0, 1, 3, 0, 2]],
        ),
    ] {
        let texts = (0..100).map(|number| match number {
            50 => best_of_all.clone(),
            number if number % 2 == 0 => [vec![], vec![], often.clone()],
            _ => [vec![], vec![], vec![0, 1, 3, 0]],
        });
        let corpus = Corpus::of(vec![texts.collect()], || false);
        let second = Slot::of_keys(second.into_iter().map(key).collect());
        let plan = Plan::Phrase(vec![Slot::of_keys(vec![key(0)]), second]);
        let mut expected = all(&corpus, &plan);
        assert_eq!(expected[0].0.doc_id, 50);
        expected.truncate(3);
        assert_eq!(best(&corpus, &plan, 3), expected);
    }
}

#[test]
fn the_best_articles_with_words_near_each_other_are_those_that_nothing_is_passed_over_for() {
    let row = |words: &[usize]| {
        let slot = |word: &usize| Slot::of_keys(vec![format!("{KEY}{}", WORDS[*word])]);
        Spans::Row((0..).zip(words.iter().map(slot)).collect())
    };
    let near = |distance, left: Spans, right: Spans| Spans::Near {
        distance,
        left: Box::new(left),
        right: Box::new(right),
    };
    let Spans::Row(in_any_order) = row(&[0, 1, 2]) else {
        unreachable!()
    };
    let rows = in_any_order.into_iter().map(|(_, slot)| vec![(0, slot)]);
    let cluster = Spans::Cluster {
        rows: rows.collect(),
        max_others: 4,
    };
    let pair = |distance| near(distance, row(&[0]), row(&[1]));
    let spans = [
        pair(Distance::Near(3)),
        pair(Distance::Pre(1)),
        near(Distance::NotNear(2), row(&[1]), row(&[0])),
        near(Distance::Near(5), pair(Distance::Near(2)), row(&[2, 0])),
        Spans::AnyOf(vec![row(&[3]), pair(Distance::Near(1))]),
        cluster,
    ];
    for (seed, spans) in (1..4).flat_map(|seed| spans.clone().map(|spans| (seed, spans))) {
        let corpus = Corpus::new(seed);
        for at_least in [1, 3] {
            let plan = Plan::Spans {
                spans: spans.clone(),
                at_least,
            };
            let expected = all(&corpus, &plan);
            assert!(!expected.is_empty());
            for count in [1, 10, expected.len()] {
                let some: Vec<_> = expected.iter().take(count).copied().collect();
                assert_eq!(best(&corpus, &plan, count), some, "{count} {plan:?}");
            }
        }
    }
}
