//! Analysis of running Ukrainian text, in MB/s, beside tantivy's own analyzers in the same run.
#![allow(
    clippy::expect_used,
    missing_docs,
    reason = "a benchmark that cannot start says so and stops"
)]

mod corpus;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use shukach::analysis::token_streams;
use shukach::analysis::token_streams::{FORMS, KEYS};
use shukach::analysis::{KeyAnalyzer, Keys, Language};
use std::hint::black_box;
use tantivy::tokenizer::{
    LowerCaser, SimpleTokenizer, TextAnalyzer, Token, TokenFilter, TokenStream, Tokenizer,
};

fn analysis(criterion: &mut Criterion) {
    let texts = corpus::ukrainian_texts();
    let bytes = texts.iter().map(|text| text.len() as u64).sum();
    let marked: Vec<String> = texts
        .iter()
        .map(|text| token_streams::marked(Language::Ukrainian, text))
        .collect();
    let simple = || TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser);
    let ours = token_streams::tokenizers();
    let mut group = criterion.benchmark_group("analysis");
    group.throughput(Throughput::Bytes(bytes));
    for (name, mut analyzer, texts) in [
        ("keys", ours.get(KEYS).expect("registered"), &marked),
        ("forms", ours.get(FORMS).expect("registered"), &marked),
        ("tantivy default", simple().build(), &texts),
        (
            "tantivy simple, Russian stems",
            simple().filter(RussianStems).build(),
            &texts,
        ),
    ] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| tokens(&mut analyzer, texts));
        });
    }
    group.bench_function("language", |bencher| {
        bencher.iter(|| {
            texts
                .iter()
                .filter(|text| Language::detect(text) == Language::Russian)
                .count()
        });
    });
    group.finish();
}

/// Single words: a known one, one that is guessed, one of several lemmas.
fn words(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("word");
    for (name, word) in [
        ("known", "гарантіями"),
        ("guessed", "чатботами"),
        ("ambiguous", "замок"),
    ] {
        let (mut analyzer, mut keys) = (KeyAnalyzer::default(), Keys::default());
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                analyzer.index_keys(black_box(word), Language::Ukrainian, &mut keys);
                keys.len()
            });
        });
    }
    group.finish();
}

fn tokens(analyzer: &mut TextAnalyzer, texts: &[String]) -> usize {
    let mut bytes = 0;
    for text in texts {
        let mut stream = analyzer.token_stream(text);
        while stream.advance() {
            bytes += stream.token().text.len();
        }
    }
    bytes
}

/// Stems Ukrainian as Russian, as a set-up without Ukrainian would.
#[derive(Clone)]
struct RussianStems;

#[derive(Clone)]
struct RussianStemTokenizer<T>(T);

struct RussianStemStream<T> {
    inner: T,
    stemmer: rust_stemmers::Stemmer,
}

impl TokenFilter for RussianStems {
    type Tokenizer<T: Tokenizer> = RussianStemTokenizer<T>;

    fn transform<T: Tokenizer>(self, tokenizer: T) -> RussianStemTokenizer<T> {
        RussianStemTokenizer(tokenizer)
    }
}

impl<T: Tokenizer> Tokenizer for RussianStemTokenizer<T> {
    type TokenStream<'a> = RussianStemStream<T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        let stemmer = rust_stemmers::Stemmer::create(rust_stemmers::Algorithm::Russian);
        RussianStemStream {
            inner: self.0.token_stream(text),
            stemmer,
        }
    }
}

impl<T: TokenStream> TokenStream for RussianStemStream<T> {
    fn advance(&mut self) -> bool {
        if !self.inner.advance() {
            return false;
        }
        let token = self.inner.token_mut();
        token.text = self.stemmer.stem(&token.text).into_owned();
        true
    }

    fn token(&self) -> &Token {
        self.inner.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.inner.token_mut()
    }
}

criterion_group!(benches, analysis, words);
criterion_main!(benches);
