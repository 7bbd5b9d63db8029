//! Snippets and facets beside the engine's own tools for them, over one index, warm, in one run. An
//! answer counts its articles in a second thread; the engine's tools use one.
//!
//! - **snippets**: ten hits with their passages, without finding them, beside reading the same ten
//!   articles and the engine's `SnippetGenerator` over their bodies. It gets the words that we
//!   mark, as its default tokenizer cuts them.
//! - **facets**: an answer with a timeline by month, the ten sources with the most hits, and the
//!   ten best hits with three passages each, beside the engine's `TopDocs` and then its
//!   `AggregationCollector` by source and by 30 days, without passages, for the commonest key of
//!   the same word in the bodies.
//!
//! `SHUKACH_BENCH_INDEX` names an index; without it one is made of the sample archive.
//! `SHUKACH_BENCH_REPEATS` says how often each word is measured (15); the median counts.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark prints, and says so and stops if it cannot start"
)]

mod corpus;

use serde_json::json;
use shukach::index::document::StoredArticle;
use shukach::index::document_store;
use shukach::plan::Plan;
use shukach::query::parse;
use shukach::schema::fields;
use shukach::search::{Depth, Hit, SearchRequest, Searcher};
use std::collections::BTreeMap;
use std::env;
use std::hint::black_box;
use std::time::Instant;
use tantivy::aggregation::agg_req::Aggregations;
use tantivy::aggregation::{AggContextParams, AggregationCollector};
use tantivy::collector::TopDocs;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::snippet::SnippetGenerator;
use tantivy::store::StoreReader;
use tantivy::tokenizer::{
    LowerCaser, RemoveLongFilter, SimpleTokenizer, TextAnalyzer, TokenStream,
};
use tantivy::{DocAddress, Term};

/// Queries whose hits are shown.
const SHOWN: [&str; 12] = [
    "україна",
    "війна",
    "місто",
    "гроші",
    "вибори президента",
    "верховна рада",
    "російська агресія",
    "лікарня",
    "курс гривні",
    "школа",
    "суд",
    "«збройні сили»",
];
/// Words with so many hits that counting dominates.
const COUNTED: [&str; 5] = ["на", "в", "що", "україна", "війна"];
/// How long passages are, in characters; the engine counts bytes, two a letter.
const SNIPPET_CHARS: usize = 240;

fn main() {
    let repeats = env::var("SHUKACH_BENCH_REPEATS")
        .map_or(15, |text| text.parse().expect("a count of repeats"));
    let opened = corpus::index();
    let index = &opened.index;
    let bench = Bench {
        ours: Searcher::open(index).expect("a searcher"),
        engine: index.reader().expect("a reader").searcher(),
        repeats,
    };
    println!(
        "{:<10}{:<24}{:>9}{:>9}{:>8}",
        "", "query", "ours ms", "engine", "ratio"
    );
    for query in SHOWN {
        print_row("snippets", query, bench.snippets(query));
    }
    for word in COUNTED {
        print_row("facets", word, bench.facets(word));
    }
}

fn print_row(what: &str, query: &str, (ours, engine): (f64, f64)) {
    let ratio = ours / engine;
    println!("{what:<10}{query:<24}{ours:>9.3}{engine:>9.3}{ratio:>8.2}");
}

struct Bench {
    ours: Searcher,
    engine: tantivy::Searcher,
    repeats: usize,
}

impl Bench {
    fn snippets(&self, query: &str) -> (f64, f64) {
        let shown = SearchRequest::new(query)
            .snippets(3)
            .snippet_chars(SNIPPET_CHARS)
            .timeline(None);
        let found = shown.clone().depth(Depth::Columns);
        let hits = self.ours.search(&shown).expect("an answer").hits;
        let addresses: Vec<DocAddress> = hits.iter().map(|hit| self.address(hit)).collect();
        let body = fields().body.stored;
        let generator = SnippetGenerator::new(marked(&hits), words(), body, SNIPPET_CHARS * 2);
        let search = |request: &SearchRequest| {
            black_box(self.ours.search(request).expect("an answer"));
        };
        let segments = self.engine.segment_readers().iter();
        let stores = segments.map(|segment| segment.get_store_reader(100).expect("a store"));
        let stores: Vec<StoreReader> = stores.collect();
        let generate = || {
            for address in &addresses {
                let store = &stores[address.segment_ord as usize];
                let article: StoredArticle =
                    document_store::read(store, address.doc_id).expect("an article");
                black_box(generator.snippet(&article.body));
            }
        };
        let [shown, found, generated] =
            self.medians([&|| search(&shown), &|| search(&found), &generate]);
        (shown - found, generated)
    }

    fn facets(&self, word: &str) -> (f64, f64) {
        let request = SearchRequest::new(word).snippets(3);
        let query = TermQuery::new(self.commonest_key(word), IndexRecordOption::WithFreqs);
        let aggregations: Aggregations = serde_json::from_value(json!({
            "sources": { "terms": { "field": "source", "size": 10 } },
            "months": { "histogram": { "field": "first_day", "interval": 30.0, "min_doc_count": 1 } },
        }))
        .expect("aggregations");
        let counts = AggregationCollector::from_aggs(aggregations, AggContextParams::default());
        let best = TopDocs::with_limit(10).order_by_score();
        let [ours, engine] = self.medians([
            &|| {
                black_box(self.ours.search(&request).expect("an answer"));
            },
            &|| {
                black_box(self.engine.search(&query, &best).expect("the best"));
                black_box(self.engine.search(&query, &counts).expect("counts"));
            },
        ]);
        (ours, engine)
    }

    /// Returns the median times of each of the `tasks`, in ms. They take turns, so that what else
    /// the machine does concerns all of them.
    fn medians<const N: usize>(&self, tasks: [&dyn Fn(); N]) -> [f64; N] {
        let mut times = tasks.map(|_| Vec::with_capacity(self.repeats));
        for round in 0..=self.repeats {
            for (task, times) in tasks.iter().zip(&mut times) {
                let started = Instant::now();
                task();
                if round > 0 {
                    times.push(started.elapsed().as_secs_f64() * 1_000.0);
                }
            }
        }
        times.map(|mut times| {
            times.sort_unstable_by(f64::total_cmp);
            times.get(times.len() / 2).copied().unwrap_or_default()
        })
    }

    fn address(&self, hit: &Hit) -> DocAddress {
        let term = Term::from_field_text(fields().id, &hit.id);
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        let found = self
            .engine
            .search(&query, &TopDocs::with_limit(1).order_by_score());
        found.expect("an article").first().expect("its place").1
    }

    /// Returns the commonest key of `word` in the bodies.
    fn commonest_key(&self, word: &str) -> Term {
        let options = SearchRequest::new(word).options;
        let plan = Plan::of(&parse(word, &options).expect("a word").query).expect("a word");
        let mut terms = Vec::new();
        plan.for_each_phrase(&mut |slots| {
            for slot in slots {
                let keys = slot.terms.iter();
                terms.extend(keys.map(|key| Term::from_field_text(fields().body.keys, key)));
            }
        });
        let freq = |term: &Term| self.engine.doc_freq(term).expect("a count");
        terms.into_iter().max_by_key(freq).expect("a key")
    }
}

/// Returns the words that are marked in `hits`, each as heavy as the others.
fn marked(hits: &[Hit]) -> BTreeMap<String, f32> {
    let mut marked = BTreeMap::new();
    let mut words = words();
    for hit in hits {
        for snippet in &hit.snippets {
            for range in &snippet.highlights {
                let mut stream = words.token_stream(range.of(&snippet.text));
                while stream.advance() {
                    marked.insert(stream.token().text.clone(), 1.0);
                }
            }
        }
    }
    marked
}

/// Returns the engine's default tokenizer.
fn words() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(40))
        .filter(LowerCaser)
        .build()
}
