//! The builder writes the very bytes that the engine's own writer would, and articles that are
//! replaced or removed stand once or not at all, whenever segments are written.

use crate::analysis::token_streams::{FORMS, KEYS};
use crate::analysis::{Language, token_streams};
use crate::article::{Article, ArticleId};
use crate::index::document;
use crate::index::document::CollectedArticle;
use crate::index::document_store;
use crate::index::segment::builder::{BuildOptions, SegmentBuilder};
use crate::index::segment::changes::Changes;
use crate::index::segment::shares::Shares;
use crate::index::tokenizers;
use crate::schema::schema;
use proptest::prelude::*;
use std::collections::BTreeMap;
use tantivy::index::SegmentComponent;
use tantivy::indexer::NoMergePolicy;
use tantivy::{Index, IndexWriter, Segment};

const LINES: [&str; 8] = [
    "Мешканці громади чекають на воду вже третій тиждень, а Рада мовчить.",
    "Мы просим всех жителей сохранять спокойствие и не покидать дома вечером.",
    "The mayor of Ivano-Frankivsk said that F-16 jets would be back in 2024.",
    "Івано-Франківськ. 47-ма бригада ЗСУ. «Замок»! Мати має мати.",
    "гарантії безпеки гарантіями безпеки Гарантії БЕЗПЕКИ",
    "24 лютого 2022 року, 10 000 грн, 155мм, п'ять",
    "\u{301}\u{ad} — …",
    "",
];

fn article(id: usize, title: &str, lead: &str, body: &str) -> Article {
    Article {
        id: ArticleId::new(&format!("архів/{id}.txt")),
        title: title.to_owned(),
        lead: lead.to_owned(),
        body: body.to_owned(),
        published: None,
        source: id.is_multiple_of(2).then(|| "Вісті".to_owned()),
        section: None,
        authors: vec!["Олена Мар".to_owned(); id % 3],
        url: None,
        tags: Vec::new(),
        lang: None,
        path: "/архів/один.txt".into(),
    }
}

fn empty_index() -> Index {
    let index = Index::builder()
        .schema(schema().clone())
        .tokenizers(tokenizers());
    index.create_in_ram().unwrap()
}

fn engine_writer(index: &Index) -> IndexWriter {
    let writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
    writer.set_merge_policy(Box::new(NoMergePolicy));
    writer
}

fn changes_of(index: &Index, memory_bytes: usize) -> Changes {
    Changes::new(engine_writer(index), std::env::temp_dir(), 2, memory_bytes).unwrap()
}

fn files_of(segment: &Segment) -> BTreeMap<String, Vec<u8>> {
    let components = [
        SegmentComponent::Terms,
        SegmentComponent::Postings,
        SegmentComponent::Positions,
        SegmentComponent::FieldNorms,
        SegmentComponent::FastFields,
        SegmentComponent::Store,
    ];
    let read = |component: SegmentComponent| {
        let bytes = segment.open_read(component.clone()).unwrap().read_bytes();
        (format!("{component:?}"), bytes.unwrap().to_vec())
    };
    components.map(read).into()
}

fn assert_same_files(articles: &[Article], threads: usize, memory_bytes_per_thread: usize) {
    let expected = {
        let index = empty_index();
        let mut writer = engine_writer(&index);
        for article in articles {
            let collected = CollectedArticle::new(article, "вісті");
            writer
                .add_document(document::to_document(&collected))
                .unwrap();
        }
        writer.commit().unwrap();
        files_of(&index.searchable_segments().unwrap()[0])
    };
    let index = empty_index();
    let segment = index.new_segment();
    let options = BuildOptions {
        scratch: &std::env::temp_dir(),
        threads,
        shares: Shares {
            thread: memory_bytes_per_thread,
            segment: memory_bytes_per_thread,
            articles: memory_bytes_per_thread,
        },
    };
    let mut builder = SegmentBuilder::start(segment.clone(), &options, &mut Vec::new()).unwrap();
    for article in articles {
        builder
            .add(&CollectedArticle::new(article, "вісті"))
            .unwrap();
    }
    let meta = builder.finish(&mut Vec::new()).unwrap().unwrap();
    assert_eq!(meta.max_doc() as usize, articles.len());
    for (name, bytes) in files_of(&segment) {
        assert!(bytes == expected[&name], "{name} differs");
    }
}

#[test]
fn the_files_of_a_segment_are_byte_by_byte_those_of_the_engines_own_writer() {
    let articles: Vec<Article> = (0..300)
        .map(|number| {
            let line = |n: usize| LINES[(number * 7 + n * 3) % LINES.len()];
            let body: Vec<&str> = (0..number % 40).map(line).collect();
            // Every third text begins with its lead.
            let lead = if number % 3 == 0 { line(0) } else { line(2) };
            article(number, line(1), lead, &body.join("\n"))
        })
        .collect();
    for (threads, memory_bytes) in [(1, usize::MAX), (2, usize::MAX), (3, 0)] {
        assert_same_files(&articles, threads, memory_bytes);
    }
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::sample::select(LINES.as_slice()).prop_map(str::to_owned),
        "[а-яіїєА-ЯІЇЄ' .\\n-]{0,80}",
        "[A-Za-z0-9А-Яа-яії’.!?« \\u{301}\\u{ad}\\u{2011}\\n-]{0,80}",
        "\\PC{0,30}",
    ]
}

/// Returns the terms of a text with their positions.
fn terms(name: &str, language: Language, text: &str) -> Vec<(usize, String)> {
    let mut analyzer = token_streams::tokenizers().get(name).unwrap();
    let marked = token_streams::marked(language, text);
    let (mut stream, mut terms) = (analyzer.token_stream(&marked), Vec::new());
    while stream.advance() {
        terms.push((stream.token().position, stream.token().text.clone()));
    }
    terms
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn so_they_are_for_any_text(texts in proptest::collection::vec(
        proptest::array::uniform3(any_text()), 1..12), memory_bytes in prop_oneof![Just(0), Just(usize::MAX)]) {
        let articles: Vec<Article> = texts
            .iter()
            .enumerate()
            .map(|(number, [title, lead, body])| match number % 2 {
                0 => article(number, title, lead, body),
                _ => article(number, title, lead, &format!("{lead}\n{body}")),
            })
            .collect();
        assert_same_files(&articles, 2, memory_bytes);
    }

    #[test]
    fn a_lead_that_the_text_begins_with_has_there_the_terms_that_it_has_alone(
        lead in any_text(), body in any_text(),
    ) {
        let lead = lead.trim();
        let body = format!("{lead}\n{body}");
        let count = document::lead_words(&article(0, "", lead, &body)) as usize;
        for language in [Language::Ukrainian, Language::Russian, Language::English] {
            for name in [KEYS, FORMS] {
                let mut within = terms(name, language, &body);
                within.retain(|(position, _)| *position < count);
                prop_assert_eq!(within, terms(name, language, lead));
            }
        }
    }

    #[test]
    fn changes_end_as_they_would_one_after_the_other(
        changes in proptest::collection::vec((0..6_usize, 0..3_u8, 0..4_u8), 0..40),
    ) {
        let index = empty_index();
        let mut changes_made = changes_of(&index, usize::MAX);
        let mut expected = BTreeMap::new();
        for (version, (number, action, then)) in changes.into_iter().enumerate() {
            let title = format!("слово{version}");
            let article = article(number, &title, "", "");
            let collected = CollectedArticle::new(&article, "вісті");
            if action == 0 {
                changes_made.remove(collected.key);
                expected.remove(article.id.as_str());
            } else {
                changes_made.add(&collected, true).unwrap();
                expected.insert(article.id.as_str().to_owned(), title);
            }
            match then {
                0 => { changes_made.flush(|_| Ok(())).unwrap(); }
                1 => { changes_made.flush(IndexWriter::commit).unwrap(); }
                _ => {}
            }
        }
        changes_made.flush(IndexWriter::commit).unwrap();
        changes_made.stop().wait_merging_threads().unwrap();
        prop_assert_eq!(ids_and_titles(&index), expected);
    }
}

/// Returns the title of each article, as the store has it, by the id that its column has.
fn ids_and_titles(index: &Index) -> BTreeMap<String, String> {
    let searcher = index.reader().unwrap().searcher();
    let mut all = BTreeMap::new();
    for segment in searcher.segment_readers() {
        let store = segment.get_store_reader(1).unwrap();
        let ids = segment.fast_fields().str("id").unwrap().unwrap();
        for doc in segment.doc_ids_alive() {
            let mut id = String::new();
            ids.ord_to_str(ids.term_ords(doc).next().unwrap(), &mut id)
                .unwrap();
            let stored: document::StoredArticle = document_store::read(&store, doc).unwrap();
            assert_eq!(all.insert(id, stored.title), None);
        }
    }
    all
}

#[test]
fn a_segment_is_written_when_it_takes_the_memory_it_may() {
    let index = empty_index();
    let mut changes_made = changes_of(&index, 0);
    for number in 0..3 {
        let article = article(number, "Міст", "", "");
        changes_made
            .add(&CollectedArticle::new(&article, "вісті"), false)
            .unwrap();
    }
    changes_made.flush(IndexWriter::commit).unwrap();
    assert_eq!(index.searchable_segments().unwrap().len(), 3);
}
