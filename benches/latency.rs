//! Latency by class of query, warm, in the form that the peers print: a log of queries is run
//! several times, each query counts with its fastest run, and each class prints its median and 99th
//! percentile. The operations:
//!
//! | `op` | what is timed |
//! |---|---|
//! | `hits` | hits alone: the ids and scores of the ten best, on one thread; what the peers call `top10` |
//! | `new` | the same where no query before had these words; otherwise look-ups of words are kept, results never |
//! | `page` | hits alone with headlines and passages: `shukach search --no-counts` |
//! | `answer` | the whole answer: ten hits with passages, total, counts by month and source, on two threads |
//!
//! `SHUKACH_BENCH_INDEX` names an index and `SHUKACH_BENCH_QUERIES` the log: lines of id, class,
//! text, first day and the day after the last, divided by tabs; without them both are made of the
//! sample archive. `SHUKACH_BENCH_REPEATS` says how often each query runs (5). `benches/latency.sh`
//! sets other engines beside it.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark prints, and says so and stops if it cannot start"
)]

mod corpus;

use shukach::date::Date;
use shukach::query;
use shukach::query::options::MatchMode;
use shukach::search::{SearchRequest, Searcher, Sort};
use std::collections::BTreeMap;
use std::env;
use std::hint::black_box;
use std::time::Instant;

/// What a query's answer is made of.
const OPERATIONS: [(&str, Operation); 4] = [
    ("hits", best_ten),
    ("new", |searcher, request| {
        searcher.forget_words();
        best_ten(searcher, request);
    }),
    ("page", |searcher, request| {
        let request = request.clone().track_total(false);
        black_box(searcher.search(&request).expect("hits"));
    }),
    ("answer", |searcher, request| {
        black_box(searcher.search(request).expect("an answer"));
    }),
];

type Operation = fn(&Searcher, &SearchRequest);

fn best_ten(searcher: &Searcher, request: &SearchRequest) {
    black_box(searcher.ranking(request).expect("a ranking").value);
}

fn main() {
    let repeats = env::var("SHUKACH_BENCH_REPEATS")
        .map_or(5, |text| text.parse().expect("a count of repeats"));
    let index = corpus::index();
    let searcher = Searcher::open(&index.index).expect("a searcher");
    let log = corpus::queries();
    let requests: Vec<(String, SearchRequest)> = log.lines().flat_map(requests).collect();
    println!(
        "{:<14}{:<8}{:>9}{:>9}{:>9}",
        "class", "op", "p50 ms", "p99 ms", "mean"
    );
    for (name, operation) in OPERATIONS {
        for (class, times) in measure(&searcher, &requests, (repeats, operation)) {
            let (p50, p99) = (percentile(&times, 0.5), percentile(&times, 0.99));
            println!(
                "{class:<14}{name:<8}{p50:>9.3}{p99:>9.3}{:>9.3}",
                mean(&times)
            );
        }
    }
}

/// Returns the requests that a line of the log stands for; none for what the query language lacks.
fn requests(line: &str) -> Vec<(String, SearchRequest)> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [_, class, text, dates @ ..] = fields.as_slice() else {
        return Vec::new();
    };
    let mut request = SearchRequest::new(*text);
    match *class {
        "or2" => request.options.match_mode = MatchMode::Any,
        "phrase" | "phrase_inf" | "phrase_common" => request.query = format!("«{text}»"),
        "prefix" => request.query = format!("{text}*"),
        _ => {}
    }
    if let [from, to, ..] = dates
        && !from.is_empty()
    {
        request.from = Some(Date::parse(from).expect("a date"));
        request.to = Some(day_before(to));
    }
    let newest = request.clone().sort(Sort::Newest);
    let near = request.clone().query(text.replace(' ', " NEAR/3 "));
    let mut requests = vec![((*class).to_owned(), request)];
    match *class {
        "term" => requests.push(("newest".to_owned(), newest)),
        "and2" => requests.push(("near3".to_owned(), near)),
        _ => {}
    }
    requests.retain(|(class, request)| is_understood(class, request));
    requests
}

/// Returns whether the query language has what `class` asks for: it must not read an operator as a
/// word.
fn is_understood(class: &str, request: &SearchRequest) -> bool {
    let Ok(parsed) = query::parse(&request.query, &request.options) else {
        return false;
    };
    let understood = parsed.query.to_string();
    match class {
        "prefix" => understood.contains('*'),
        "near3" => understood.contains("NEAR") && !understood.contains("AND"),
        _ => true,
    }
}

/// Returns the day before one written as in `2014-02-28`.
fn day_before(day: &str) -> Date {
    let date = Date::parse(day).expect("a date");
    let before = date.first_day().yesterday().expect("a day before it");
    Date::parse(&before.to_string()).expect("a date")
}

/// Returns for each class the fastest time of each of its queries, in ms and in order. Every round
/// goes through the whole log, so that no query finds its own postings in the processor's cache.
fn measure<'a>(
    searcher: &Searcher,
    requests: &'a [(String, SearchRequest)],
    (repeats, operation): (usize, Operation),
) -> BTreeMap<&'a str, Vec<f64>> {
    let mut fastest = vec![f64::MAX; requests.len()];
    for round in 0..=repeats {
        for ((_, request), fastest) in requests.iter().zip(&mut fastest) {
            let started = Instant::now();
            operation(searcher, request);
            if round > 0 {
                *fastest = fastest.min(started.elapsed().as_secs_f64() * 1_000.0);
            }
        }
    }
    let mut classes: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for ((class, _), time) in requests.iter().zip(fastest) {
        classes.entry(class).or_default().push(time);
    }
    for times in classes.values_mut() {
        times.sort_unstable_by(f64::total_cmp);
    }
    classes
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place in a short list"
)]
fn percentile(sorted: &[f64], share: f64) -> f64 {
    sorted[((sorted.len() - 1) as f64 * share).round() as usize]
}

#[expect(clippy::cast_precision_loss, reason = "a count of queries")]
fn mean(times: &[f64]) -> f64 {
    times.iter().sum::<f64>() / times.len() as f64
}
