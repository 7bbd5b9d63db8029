//! The keys of some thousand words, as a golden file: a change of the analysis is seen in review.
//!
//! `tests/vocabulary/forms.tsv` has a word a line, a tab, and the keys under which an article has
//! it: the commonest words, names, coinages, words with apostrophes, numbers, Russian, English,
//! misspelt letters.

use shukach::analysis::Language;
use shukach::analysis::report::{Side, phrase_keys};
use std::fs;
use std::path::Path;

const FILE: &str = "tests/vocabulary/forms.tsv";
/// The command that renews the file, where the change is meant.
const RENEW: &str = "cut -f1 tests/vocabulary/forms.tsv | cargo run --bin shukach -- analyze --format keys - \
                     > forms.new && mv forms.new tests/vocabulary/forms.tsv";
/// How many of the differences are shown.
const MAX_SHOWN: usize = 20;

fn vocabulary() -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    let text = String::from_utf8(fs::read(path).unwrap()).unwrap();
    text.lines()
        .map(|line| line.split_once('\t').expect("a word, a tab and its keys"))
        .map(|(form, keys)| (form.to_owned(), keys.to_owned()))
        .collect()
}

#[test]
fn every_word_has_the_keys_it_had() {
    let vocabulary = vocabulary();
    assert!(vocabulary.len() >= 2_000, "only {} words", vocabulary.len());
    let changed: Vec<String> = vocabulary
        .iter()
        .filter_map(|(form, keys)| {
            let now = phrase_keys(form, Side::Index, Language::Ukrainian).join("|");
            (now != *keys).then(|| format!("{form}: {keys} → {now}"))
        })
        .collect();
    let shown = changed.iter().take(MAX_SHOWN).cloned().collect::<Vec<_>>();
    assert!(
        changed.is_empty(),
        "{} words have other keys than in {FILE}:\n{}\nIf that is meant, raise ANALYZER_VERSION and run\n{RENEW}",
        changed.len(),
        shown.join("\n"),
    );
}

#[test]
fn every_word_is_found_by_a_query_for_itself() {
    for (form, keys) in vocabulary() {
        let asked = phrase_keys(&form, Side::Query, Language::Ukrainian);
        let is_found = keys
            .split('|')
            .any(|key| asked.iter().any(|other| other == key));
        assert!(is_found, "{form}: {keys} / {asked:?}");
    }
}
