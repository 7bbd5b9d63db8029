//! The sample archive's judgements: ranking may not get worse.

use crate::sample::{repository, sample};
use shukach::query::options::MatchMode;
use shukach::search::SearchRequest;
use std::collections::HashMap;
use std::fmt::Write;
use std::fs;

/// How many hits count.
const DEPTH: usize = 10;

/// Grades of the relevant articles of each query.
fn judgements() -> HashMap<String, HashMap<String, u32>> {
    let mut judgements: HashMap<String, HashMap<String, u32>> = HashMap::new();
    for line in lines("qrels.tsv") {
        let columns: Vec<&str> = line.split_whitespace().collect();
        let [query, _, article, grade] = columns.as_slice() else {
            panic!("{line}")
        };
        let grades = judgements.entry((*query).to_owned()).or_default();
        grades.insert((*article).to_owned(), grade.parse().unwrap());
    }
    judgements
}

fn lines(name: &str) -> Vec<String> {
    let path = repository().join("tests/relevance").join(name);
    let text = String::from_utf8(fs::read(path).unwrap()).unwrap();
    text.lines().map(str::to_owned).collect()
}

/// Returns the discounted gain of grades in the order of the hits.
fn discounted_gain(grades: impl Iterator<Item = u32>) -> f64 {
    let gain = |grade: u32| f64::from((1_u32 << grade) - 1);
    (2..)
        .zip(grades.take(DEPTH))
        .map(|(place, grade)| gain(grade) / f64::from(place).log2())
        .sum()
}

/// Returns nDCG and reciprocal rank of a ranking among its first hits.
fn quality(ranking: &[String], grades: &HashMap<String, u32>) -> (f64, f64) {
    let found = || {
        ranking
            .iter()
            .map(|id| grades.get(id).copied().unwrap_or(0))
    };
    let mut ideal: Vec<u32> = grades.values().copied().collect();
    ideal.sort_unstable_by_key(|grade| std::cmp::Reverse(*grade));
    let first = (1..).zip(found().take(DEPTH)).find(|(_, grade)| *grade > 0);
    (
        discounted_gain(found()) / discounted_gain(ideal.into_iter()),
        first.map_or(0.0, |(place, _)| f64::from(place).recip()),
    )
}

#[test]
fn the_measures_are_what_their_names_say() {
    let grades = HashMap::from([("а".to_owned(), 3), ("б".to_owned(), 1)]);
    let ranking = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect::<Vec<_>>();
    let (gain, reciprocal) = quality(&ranking(&["а", "б"]), &grades);
    assert!((gain - 1.0).abs() < 1e-9 && (reciprocal - 1.0).abs() < 1e-9);
    let (gain, reciprocal) = quality(&ranking(&["в", "б", "а"]), &grades);
    let expected = (1.0 / 3_f64.log2() + 7.0 / 2.0) / (7.0 + 1.0 / 3_f64.log2());
    assert!((gain - expected).abs() < 1e-9 && (reciprocal - 0.5).abs() < 1e-9);
}

/// Returns the means of both measures over all queries, and what each query has of them.
fn mean_quality(match_mode: MatchMode) -> (f64, f64, String) {
    let judgements = judgements();
    let (mut gains, mut reciprocals, mut report) = (0.0, 0.0, String::new());
    let queries = lines("queries.tsv");
    assert_eq!(queries.len(), 25);
    for line in &queries {
        let (id, query) = line.split_once('\t').unwrap();
        let mut request = SearchRequest::new(query).limit(DEPTH);
        request.options.match_mode = match_mode;
        let ranking = sample().searcher.ranking(&request).unwrap().value;
        let ranking: Vec<String> = ranking.iter().map(|(id, _)| id.text().to_owned()).collect();
        let (gain, reciprocal) = quality(&ranking, &judgements[id]);
        let _ = writeln!(report, "{id} {gain:.3} {reciprocal:.3} {query}");
        gains += gain;
        reciprocals += reciprocal;
    }
    let count = f64::from(u32::try_from(queries.len()).unwrap());
    let (gain, reciprocal) = (gains / count, reciprocals / count);
    let _ = writeln!(report, "nDCG@10 {gain:.4}, MRR@10 {reciprocal:.4}");
    (gain, reciprocal, report)
}

#[test]
fn articles_with_all_words_of_a_query_are_ranked_as_well_as_ever() {
    let (gain, reciprocal, report) = mean_quality(MatchMode::All);
    // Today .667 and .800; a query of which no article has all words counts as 0.
    assert!(gain >= 0.65 && reciprocal >= 0.79, "{report}");
}

#[test]
fn articles_with_any_word_of_a_query_are_ranked_as_well_as_ever() {
    let (gain, reciprocal, report) = mean_quality(MatchMode::Any);
    // Today .923 and .953.
    assert!(gain >= 0.91 && reciprocal >= 0.94, "{report}");
}
