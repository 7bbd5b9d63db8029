//! A log of queries made of the articles of an archive, always the same, in the form that
//! `benches/latency.sh` describes.

use super::generated::Random;
use shukach::Article;
use shukach::analysis::Words;
use std::fmt::Write;

/// Queries of each class.
const QUERIES: usize = 60;

/// Classes whose queries are one word, two words that stand together, and two words of one article.
const CLASSES: [(&str, Choice); 7] = [
    ("term", Choice::Word),
    ("prefix", Choice::Prefix),
    ("and2", Choice::Apart),
    ("or2", Choice::Apart),
    ("date", Choice::Apart),
    ("phrase", Choice::Together),
    ("phrase_common", Choice::Common),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    Word,
    /// The first four letters of a word.
    Prefix,
    Apart,
    Together,
    /// Two short words that stand together.
    Common,
}

/// Returns the log.
pub(crate) fn log(articles: &[Article]) -> String {
    let texts: Vec<Vec<String>> = articles
        .iter()
        .map(|article| forms(&article.body))
        .collect();
    let texts: Vec<Vec<String>> = texts.into_iter().filter(|text| text.len() > 20).collect();
    let mut random = Random::new();
    let mut log = String::new();
    for (class, choice) in CLASSES {
        let mut count = 0;
        while count < QUERIES {
            let text = random.choose(&texts);
            let Some(query) = query(text, choice, &mut random) else {
                continue;
            };
            count += 1;
            let dates = if class == "date" {
                "2021-03-01\t2022-06-01"
            } else {
                "\t"
            };
            writeln!(log, "{count}\t{class}\t{query}\t{dates}").expect("a line of text");
        }
    }
    log
}

/// Returns a query of words of `text`; `None` where those that were drawn do not serve.
fn query(text: &[String], choice: Choice, random: &mut Random) -> Option<String> {
    let at = random.below(text.len() - 1);
    let (first, next) = (&text[at], &text[at + 1]);
    let is_long = |word: &String| word.chars().count() >= 5;
    match choice {
        Choice::Word if is_long(first) => Some(first.clone()),
        Choice::Prefix if is_long(first) => Some(first.chars().take(4).collect()),
        Choice::Apart => {
            let second = random.choose(text);
            let serves = is_long(first) && is_long(second) && first != second;
            serves.then(|| format!("{first} {second}"))
        }
        Choice::Together => (is_long(first) && is_long(next)).then(|| format!("{first} {next}")),
        Choice::Common => {
            let is_short = |word: &String| word.chars().count() <= 3;
            (is_short(first) && is_short(next)).then(|| format!("{first} {next}"))
        }
        Choice::Word | Choice::Prefix => None,
    }
}

/// Returns the forms of the words of `text` that are letters only.
fn forms(text: &str) -> Vec<String> {
    let mut words = Words::new(text);
    let mut form = String::new();
    let mut forms = Vec::new();
    while words.next_into(&mut form).is_some() {
        if form.chars().all(char::is_alphabetic) {
            forms.push(form.clone());
        }
    }
    forms
}
