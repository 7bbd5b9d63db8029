//! Copies, measured on an archive that says which of its articles are copies.

use jiff::civil::DateTime;
use serde_json::Value;
use shukach::copies::{Clusters, Print, Signature};
use std::collections::HashMap;
use std::time::Instant;

/// The variable that names a file of JSON Lines whose copies have `dup_of`, the id of an article.
const ARCHIVE: &str = "SHUKACH_COPIES";

/// An article of the archive.
struct Known {
    /// Its own id or that of the article that it is a copy of.
    story: String,
    text: String,
    print: Print,
}

fn read(key: u64, line: &str) -> Option<Known> {
    let article: Value = serde_json::from_str(line).unwrap();
    let field = |name: &str| article[name].as_str().unwrap_or_default().to_owned();
    let date: Option<DateTime> = field("date").parse().ok();
    let days = date.map(|date| {
        let since = date.date() - jiff::civil::date(1970, 1, 1);
        since.get_days()
    });
    let (title, body) = (field("title"), field("body"));
    let story = article["dup_of"]
        .as_str()
        .map_or_else(|| field("id"), str::to_owned);
    let minutes = date.map(|date| i64::from(date.hour()) * 60 + i64::from(date.minute()));
    Some(Known {
        story,
        print: Print {
            key,
            published_at: days
                .zip(minutes)
                .map(|(day, minute)| i64::from(day) * 1_440 + minute),
            days: days.map(|day| (day, day)),
            signature: Signature::of(&title, &body)?,
        },
        text: words(&body),
    })
}

/// Returns the words of a text in small letters.
fn words(text: &str) -> String {
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

fn pairs(count: usize) -> usize {
    count * count.saturating_sub(1) / 2
}

/// Prints which part of the pairs of copies is found, and which part of the pairs found are copies.
#[test]
fn measured_copies_of_an_archive_that_knows_them() {
    let Ok(path) = std::env::var(ARCHIVE) else {
        return;
    };
    let content = String::from_utf8(std::fs::read(path).unwrap()).unwrap();
    let started = Instant::now();
    let known: Vec<Known> = (0..)
        .zip(content.lines())
        .filter_map(|(key, line)| read(key, line))
        .collect();
    println!(
        "{} articles read and signed in {:?}",
        known.len(),
        started.elapsed()
    );
    let started = Instant::now();
    for article in &known {
        std::hint::black_box(Signature::of("", &article.text));
    }
    println!("signatures in {:?}", started.elapsed());
    let by_key: HashMap<u64, &Known> = known.iter().map(|known| (known.print.key, known)).collect();
    let started = Instant::now();
    let clusters = Clusters::of(known.iter().map(|known| known.print).collect());
    println!("{} clusters in {:?}", clusters.len(), started.elapsed());
    let mut stories: HashMap<&str, usize> = HashMap::new();
    for article in &known {
        *stories.entry(&article.story).or_default() += 1;
    }
    let wanted: usize = stories.values().map(|count| pairs(*count)).sum();
    let (mut right, mut equal, mut found) = (0_usize, 0_usize, 0_usize);
    for members in clusters.iter() {
        found += pairs(members.len());
        for (at, key) in members.iter().enumerate() {
            for other in &members[..at] {
                let (a, b) = (by_key[key], by_key[other]);
                if a.story == b.story {
                    right += 1;
                } else if a.text == b.text {
                    equal += 1;
                }
            }
        }
    }
    let share = |part: usize, all: usize| 100 * part / all.max(1);
    println!(
        "{right} of {wanted} pairs of copies found: {} %",
        share(right, wanted)
    );
    println!(
        "{found} pairs found: {} % are of one story, {} % of one story or of equal words",
        share(right, found),
        share(right + equal, found)
    );
    assert!(right <= wanted && right + equal <= found);
}
