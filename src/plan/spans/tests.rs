use crate::plan::slot::Slot;
use crate::plan::spans::*;
use proptest::prelude::*;

fn word() -> Spans {
    Spans::Row(vec![(0, Slot::default())])
}

fn near(distance: Distance, left: Spans, right: Spans) -> Spans {
    Spans::Near {
        distance,
        left: Box::new(left),
        right: Box::new(right),
    }
}

fn places(slots: &[&[u32]]) -> Places {
    Places {
        slots: slots.iter().map(|slot| slot.to_vec()).collect(),
        sentences: vec![0, 10, 20],
        paragraphs: vec![0, 20],
    }
}

/// Returns the first and last positions of the matches.
fn found(spans: &Spans, slots: &[&[u32]]) -> Vec<(u32, u32)> {
    let spans: Vec<Span<()>> = find(spans, &places(slots));
    spans.iter().map(|span| (span.first, span.last)).collect()
}

#[test]
fn near_holds_in_both_orders_up_to_its_distance_and_pre_in_one() {
    let slots: [&[u32]; 2] = [&[5, 30], &[8, 26]];
    let of = |distance| found(&near(distance, word(), word()), &slots);
    assert_eq!(of(Distance::Near(3)), [(5, 8)]);
    assert_eq!(of(Distance::Near(4)), [(5, 8), (26, 30)]);
    assert_eq!(of(Distance::Pre(4)), [(5, 8)]);
    assert_eq!(of(Distance::Near(2)), []);
}

#[test]
fn a_word_is_not_near_itself() {
    let same: [&[u32]; 2] = [&[5, 9], &[5, 9]];
    assert_eq!(found(&near(Distance::Near(3), word(), word()), &same), []);
    assert_eq!(
        found(&near(Distance::Near(4), word(), word()), &same),
        [(5, 9)]
    );
    assert_eq!(
        found(&near(Distance::NotNear(3), word(), word()), &same),
        [(5, 5), (9, 9)]
    );
}

#[test]
fn what_must_not_be_near_may_be_missing() {
    let apart = near(Distance::NotNear(3), word(), word());
    assert_eq!(found(&apart, &[&[1, 10, 20], &[13]]), [(1, 1), (20, 20)]);
    assert_eq!(found(&apart, &[&[1], &[]]), [(1, 1)]);
}

#[test]
fn sentences_and_paragraphs_hold_their_words_together() {
    let slots: [&[u32]; 2] = [&[9, 12], &[10, 21]];
    let of = |distance| found(&near(distance, word(), word()), &slots);
    assert_eq!(of(Distance::Sentence), [(10, 12)]);
    assert_eq!(of(Distance::Paragraph), [(9, 10), (10, 12)]);
}

#[test]
fn distances_are_measured_from_the_ends_of_phrases() {
    let phrase = Spans::Row(vec![(0, Slot::default()), (1, Slot::default())]);
    let of = |n| {
        let spans = near(Distance::Pre(n), phrase.clone(), word());
        found(&spans, &[&[3], &[4], &[7]])
    };
    assert_eq!(of(3), [(3, 7)]);
    assert_eq!(of(2), []);
}

#[test]
fn a_cluster_has_each_word_at_a_position_of_its_own() {
    let cluster = |count, max_others| Spans::Cluster {
        rows: vec![vec![(0, Slot::default())]; count],
        max_others,
    };
    assert_eq!(found(&cluster(2, 0), &[&[4], &[5]]), [(4, 5)]);
    assert_eq!(found(&cluster(2, 0), &[&[5], &[4]]), [(4, 5)]);
    assert_eq!(found(&cluster(2, 0), &[&[5], &[5]]), []);
    assert_eq!(found(&cluster(2, 1), &[&[1, 5], &[7]]), [(5, 7)]);
    // The second word can stand at 4 only, so the first must take 5.
    assert_eq!(found(&cluster(2, 0), &[&[4, 5], &[4]]), [(4, 5)]);
}

#[test]
fn a_row_in_a_cluster_stays_a_row_and_shares_no_word() {
    let row = vec![(0, Slot::default()), (1, Slot::default())];
    let cluster = |max_others| Spans::Cluster {
        rows: vec![row.clone(), vec![(0, Slot::default())]],
        max_others,
    };
    assert_eq!(found(&cluster(0), &[&[4], &[5], &[6]]), [(4, 6)]);
    assert_eq!(found(&cluster(0), &[&[4], &[5], &[3]]), [(3, 5)]);
    assert_eq!(found(&cluster(1), &[&[4], &[5], &[7]]), [(4, 7)]);
    assert_eq!(found(&cluster(0), &[&[4], &[5], &[7]]), []);
    // Apart they are no row, and its second word is not free.
    assert_eq!(found(&cluster(3), &[&[4], &[6], &[5]]), []);
    assert_eq!(found(&cluster(3), &[&[4], &[5], &[5]]), []);
}

#[test]
fn a_match_remembers_its_words() {
    let spans = near(Distance::Near(3), word(), word());
    let found: Vec<Span<Vec<(usize, u32)>>> = find(&spans, &places(&[&[5], &[8]]));
    assert_eq!(found[0].words, [(0, 5), (1, 8)]);
}

fn positions() -> impl Strategy<Value = Vec<u32>> {
    proptest::collection::btree_set(0_u32..40, 0..8).prop_map(|set| set.into_iter().collect())
}

proptest! {
    #[test]
    fn near_and_pre_agree_with_every_pair(a in positions(), b in positions(), n in 1_u8..10) {
        let pairs = |test: &dyn Fn(i64) -> bool| {
            let mut all: Vec<(u32, u32)> = a
                .iter()
                .flat_map(|x| b.iter().map(move |y| (*x, *y)))
                .filter(|(x, y)| test(i64::from(*y) - i64::from(*x)))
                .map(|(x, y)| (x.min(y), x.max(y)))
                .collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        let max = i64::from(n);
        let slots: [&[u32]; 2] = [&a, &b];
        let of = |distance| found(&near(distance, word(), word()), &slots);
        prop_assert_eq!(of(Distance::Near(n)), pairs(&|d| d != 0 && d.abs() <= max));
        prop_assert_eq!(of(Distance::Pre(n)), pairs(&|d| d > 0 && d <= max));
        prop_assert_eq!(of(Distance::Sentence), {
            let mut all = pairs(&|d| d != 0);
            all.retain(|(x, y)| (x / 10).min(2) == (y / 10).min(2));
            all
        });
        let alone: Vec<(u32, u32)> = a
            .iter()
            .filter(|x| b.iter().all(|y| x == &y || x.abs_diff(*y) > u32::from(n)))
            .map(|x| (*x, *x))
            .collect();
        prop_assert_eq!(of(Distance::NotNear(n)), alone);
    }

    #[test]
    fn a_cluster_is_found_where_any_choice_of_words_fits(
        a in positions(), b in positions(), c in positions(), others in 0_u32..6,
    ) {
        let cluster = Spans::Cluster { rows: vec![vec![(0, Slot::default())]; 3], max_others: others };
        let mut fits = false;
        for x in &a {
            for y in &b {
                for z in &c {
                    let (first, last) = (*x.min(y).min(z), *x.max(y).max(z));
                    fits |= x != y && y != z && x != z && last - first < 3 + others;
                }
            }
        }
        let found = found(&cluster, &[&a, &b, &c]);
        prop_assert_eq!(!found.is_empty(), fits);
        for (first, last) in found {
            prop_assert!(last - first < 3 + others);
        }
    }
}
