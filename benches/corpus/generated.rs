//! A larger archive, made of the bundled one: sentences of its articles, recombined, always in the
//! same way.
//!
//! Frequencies of words grow with the number of articles, as they do in a real archive, but the
//! vocabulary does not: figures of one size can be compared with each other and not with those of
//! real news.

use serde_json::json;
use shukach::Article;
use shukach::analysis::Language;
use shukach::analysis::words::sentence::sentences;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Sentences of an article.
const SENTENCES: std::ops::Range<usize> = 5..40;

/// Days that the articles are spread over, from 2020-01-01.
const DAYS: usize = 2_200;

/// Returns a JSON Lines file of `count` articles made of `sample`; it is kept between runs.
pub(crate) fn archive(sample: &[Article], count: usize) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join(format!("bench-archive-{count}.jsonl"));
    if !path.exists() {
        // Under another name until it is whole.
        let unfinished = path.with_extension("unfinished");
        let file = File::create(&unfinished).expect("a new file");
        write(sample, count, &mut BufWriter::new(file));
        std::fs::rename(unfinished, &path).expect("a finished file");
    }
    path
}

fn write(sample: &[Article], count: usize, out: &mut impl Write) {
    let pool: Vec<&str> = sample
        .iter()
        .filter(|article| Language::detect(&article.body) == Language::Ukrainian)
        .flat_map(|article| {
            let ranges = sentences(&article.body).into_iter();
            ranges.filter_map(|range| article.body.get(range.start..range.end))
        })
        .collect();
    let first_day = jiff::civil::date(2020, 1, 1);
    let mut random = Random::new();
    for number in 0..count {
        let model = random.choose(sample);
        let length = SENTENCES.start + random.below(SENTENCES.len());
        let body: Vec<&str> = (0..length).map(|_| *random.choose(&pool)).collect();
        let paragraphs: Vec<String> = body.chunks(4).map(|chunk| chunk.join(" ")).collect();
        let days = i64::try_from(random.below(DAYS)).expect("a number of days");
        let date = first_day.saturating_add(jiff::Span::new().days(days));
        let article = json!({
            "id": format!("generated-{number}"),
            "title": random.choose(sample).title,
            "body": paragraphs.join("\n\n"),
            "date": date.to_string(),
            "source": model.source,
            "section": model.section,
            "author": model.authors,
        });
        writeln!(out, "{article}").expect("a written line");
    }
    out.flush().expect("a written file");
}

/// The numbers of `SplitMix64`, from a fixed seed.
pub(crate) struct Random(u64);

impl Random {
    /// Starts anew.
    pub(crate) fn new() -> Self {
        Self(0x5eed)
    }

    /// Returns a number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let bound = u64::try_from(bound).expect("a bound");
        usize::try_from((bits ^ (bits >> 31)) % bound).expect("less than the bound")
    }

    /// Returns one of `all`, which must not be empty.
    pub(crate) fn choose<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}
