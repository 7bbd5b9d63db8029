//! Copies, similar articles, contents and the server: what an index in a cluster answers beside
//! hits and counts.

use crate::archive_fixture::{Line, TempArchive, json_lines};
use crate::cli_fixture::run_in;
use crate::cluster_fixture::{Pair, cluster, generated_archive};
use crate::index_schema::{assert_valid, validator};
use crate::serve_fixture::Server;
use shukach::query::field::Column;
use shukach::search::{
    Answering, Buckets, CountsRequest, FacetField, FacetRequest, NamedQuery, Period, SearchError,
    SearchRequest, Sort,
};
use std::path::Path;

/// Sentences of texts that several outlets print.
const SENTENCES: [&str; 12] = [
    "Рятувальники евакуювали мешканців двох будинків після підтоплення підвалів.",
    "Обласна рада розглянула бюджет на наступний рік і відклала голосування.",
    "Новий міст через річку з'єднав два райони, які роками чекали на переправу.",
    "Учителька музики зібрала дитячий хор із сорока голосів.",
    "Аграрії завершили сівбу озимини раніше, ніж торік, попри суху осінь.",
    "Поліція просить свідків аварії на перехресті зателефонувати до відділку.",
    "Музей отримав у дарунок колекцію старовинних мап і планів міста.",
    "Лікарня відкрила відділення реабілітації на тридцять ліжок.",
    "Волонтери передали військовим позашляховик і десять генераторів.",
    "Вода в системі подаватиметься за графіком до кінця тижня.",
    "Футболісти місцевої команди перемогли з рахунком три до одного.",
    "Бібліотека шукає спонсорів для ремонту читальної зали.",
];

/// Returns articles of which some are prints of one text, by outlets on days that follow.
fn printed() -> TempArchive {
    let outlets = ["Хвиля", "Міський вісник", "Наддніпрянка", "Обрій"];
    let mut lines = Vec::new();
    for text in 0..10_usize {
        let sentence = |place: usize| SENTENCES[(text * 5 + place * (text + 1)) % SENTENCES.len()];
        let body = (0..9).map(sentence).collect::<Vec<_>>().join(" ");
        let body = format!("{body} Номер справи {text}{text}7. Міст.");
        for (print, outlet) in outlets.iter().enumerate().take(1 + text % 4) {
            let line = Line::new(&format!("t{text}-{print}"), &body)
                .titled(sentence(3))
                .dated(&format!("2025-12-{:02}", 3 + text + print))
                .from(outlet);
            lines.push(line);
        }
    }
    let archive = TempArchive::new().file("all.jsonl", json_lines(&lines));
    archive.index();
    archive
}

#[test]
fn of_copies_the_earliest_hit_is_given_and_counted_as_in_a_folder() {
    let Some(cluster) = cluster() else { return };
    let archive = printed();
    let pair = Pair::copied(&cluster, "copies", &archive.index_path());
    let facets = |has_shares: bool| {
        FacetRequest::default()
            .has_shares(has_shares)
            .fields(vec![FacetField::Column(Column::Source)])
    };
    let mut hidden = 0;
    for query in [
        "міст",
        "волонтери",
        "міст -футболісти",
        "\"читальної зали\"",
    ] {
        for (collapse, unique) in [(true, false), (false, true), (true, true)] {
            for sort in [Sort::Score, Sort::Newest, Sort::Oldest] {
                let request = SearchRequest::new(query)
                    .related(false)
                    .sort(sort)
                    .collapse(collapse)
                    .unique(unique)
                    .timeline(Some(Period::Day))
                    .facets(facets(sort == Sort::Newest));
                assert!(pair.agree_on(&request));
                let there = pair.there.search(&request).unwrap();
                let here = pair.here.search(&request).unwrap();
                assert_eq!(there.copies, here.copies, "{query}");
                hidden += here.copies.unwrap_or(0);
                let shown = |hits: &[shukach::search::Hit]| {
                    let hits = hits.iter().map(|hit| (hit.id.clone(), hit.copies.clone()));
                    hits.collect::<Vec<_>>()
                };
                assert_eq!(shown(&there.hits), shown(&here.hits), "{query} {sort:?}");
                let there = Answering::count(&pair.there, &request).unwrap();
                assert_eq!(there.value, pair.here.count(&request).unwrap().value);
            }
        }
        let paged = SearchRequest::new(query)
            .related(false)
            .collapse(true)
            .limit(2);
        let first = pair.there.search(&paged).unwrap();
        if let Some(cursor) = first.next_cursor {
            let second = pair
                .there
                .search(&paged.clone().cursor(Some(cursor)))
                .unwrap();
            let (_, there) = pair.streamed(&paged);
            let ids = first
                .hits
                .iter()
                .chain(&second.hits)
                .map(|hit| hit.id.clone());
            assert_eq!(ids.collect::<Vec<_>>(), there[..second.hits.len() + 2]);
        }
        let named = vec![NamedQuery {
            name: query.to_owned(),
            query: query.to_owned(),
        }];
        let request = SearchRequest::new("")
            .unique(true)
            .buckets(Some(Buckets::Each(Period::Day)))
            .facets(facets(true));
        let asked = CountsRequest::new(named, request).column(Some(Column::Source));
        let (mut there, mut here) = (
            pair.there.counts(&asked).unwrap(),
            pair.here.counts(&asked).unwrap(),
        );
        (there.took_ms, here.took_ms) = (0.0, 0.0);
        assert_eq!(there, here);
    }
    assert!(hidden > 100, "{hidden}");
}

#[test]
fn similar_articles_have_the_same_key_terms_and_order() {
    let Some(cluster) = cluster() else { return };
    let generated = generated_archive(300);
    let prints = printed();
    for (name, archive, ids) in [
        ("alike", &generated, ["g3", "g77", "archive:g150"]),
        ("alike-prints", &prints, ["t3-0", "t6-1", "t9-0"]),
    ] {
        let pair = Pair::copied(&cluster, name, &archive.index_path());
        for id in ids {
            for request in [
                SearchRequest::new("").limit(10),
                SearchRequest::new("").limit(5).offset(3),
                SearchRequest::new("").sources(vec!["Хвиля".to_owned()]),
            ] {
                let there = pair.there.more_like(id, &request).unwrap();
                let here = pair.here.more_like(id, &request).unwrap();
                assert_eq!(there.total, here.total, "{id}");
                assert_eq!((&there.id, &there.title), (&here.id, &here.title));
                let keys = |terms: &[shukach::search::KeyTerm]| {
                    terms
                        .iter()
                        .map(|term| term.key.clone())
                        .collect::<Vec<_>>()
                };
                assert_eq!(keys(&there.terms), keys(&here.terms), "{id}");
                let ids = |hits: &[shukach::search::Hit]| {
                    hits.iter().map(|hit| hit.id.clone()).collect::<Vec<_>>()
                };
                assert_eq!(ids(&there.hits), ids(&here.hits), "{id}");
                for (a, b) in there.hits.iter().zip(&here.hits) {
                    assert!((a.score - b.score).abs() <= 0.01 * b.score, "{id}");
                }
            }
        }
        let none = pair.there.more_like("немає", &SearchRequest::new(""));
        assert!(matches!(none, Err(SearchError::UnknownArticle { .. })));
    }
}

#[test]
fn info_sums_up_what_the_folder_had_and_how_the_cluster_holds_it() {
    let Some(cluster) = cluster() else { return };
    let generated = generated_archive(120);
    let pair = Pair::copied(&cluster, "info", &generated.index_path());
    let address = pair.address.to_string();
    let info = |index: &str, more: &[&str]| {
        let mut arguments = vec!["info", "--index", index];
        arguments.extend(more);
        run_in(generated.folder(), &arguments)
    };
    let folder = generated.index_path();
    let there = info(&address, &["--json"]).expect(0).json();
    assert_valid(&validator("info.v1.schema.json"), &there);
    let mut here = info(folder.to_str().unwrap(), &["--json"]).expect(0).json();
    for collection in here["collections"].as_array_mut().unwrap() {
        collection["roots"] = serde_json::json!([]);
    }
    for field in [
        "articles",
        "first_day",
        "last_day",
        "undated",
        "sources",
        "languages",
        "date_sources",
        "collections",
        "analyzer",
        "dictionary",
        "dictionary_fingerprint",
    ] {
        assert_eq!(there[field], here[field], "{field}");
    }
    assert_eq!(there["cluster"]["shards"], 3);
    assert!(there["size_bytes"].as_u64().unwrap() > 0);
    let text = info(&address, &["--lang", "uk"]).expect(0).stdout;
    assert!(text.contains("шардів 3"), "{text}");
}

#[test]
fn an_index_in_a_cluster_is_served_like_one_in_a_folder() {
    let Some(cluster) = cluster() else { return };
    let generated = generated_archive(80);
    let pair = Pair::copied(&cluster, "served", &generated.index_path());
    let address = pair.address.to_string();
    let there = Server::start(Path::new(&address), &[]);
    let here = Server::start(&generated.index_path(), &[]);
    for target in [
        "/api/v1/search?query=%D0%BC%D0%B8%D1%80&limit=5&no-timing=true&no-related=true&snippets=1",
        "/api/v1/list?from=2026&limit=3&no-timing=true",
        "/api/v1/count?query=%D0%BC%D1%96%D1%81%D1%82&no-timing=true",
        "/api/v1/timeline?query=%D0%BC%D0%B8%D1%80&by=month&no-timing=true",
        "/api/v1/kwic?query=%D0%BC%D1%96%D1%81%D1%82&limit=4&no-timing=true",
        "/api/v1/articles/g7",
        "/api/v1/articles/g7/similar?no-timing=true&limit=3",
    ] {
        let (theirs, ours) = (there.get(target), here.get(target));
        assert_eq!((theirs.status, ours.status), (200, 200), "{target}");
        let (mut theirs, mut ours) = (theirs.json(), ours.json());
        for answer in [&mut theirs, &mut ours] {
            // A cursor is of one index.
            if let Some(fields) = answer.as_object_mut() {
                fields.remove("next_cursor");
            }
        }
        if target.contains("similar") {
            assert_eq!(theirs["total"], ours["total"], "{target}");
        } else {
            assert_eq!(theirs, ours, "{target}");
        }
    }
    let export = "/api/v1/export?query=%D0%BC%D0%B8%D1%80&format=ids";
    let count = |server: &Server| server.get(export).text().lines().count();
    assert_eq!(count(&there), count(&here));
    for (target, status) in [
        ("/api/v1/search?query=copies:g1", 501),
        ("/api/v1/search?query=%D0%BC%D0%B8%D1%80&explain=true", 501),
        ("/api/v1/suggest?query=%D0%BC%D0%B8%D1%80", 501),
    ] {
        let answer = there.get(target);
        assert_eq!(answer.status, status, "{target}");
        assert_eq!(answer.json()["error"]["code"], "C111", "{target}");
    }
    for page in [
        "/?query=%D0%BC%D1%96%D1%81%D1%82",
        "/article?id=g7&query=%D0%BC%D1%96%D1%81%D1%82",
        "/kwic?query=%D0%BC%D1%96%D1%81%D1%82",
        "/compare?query=%D0%BC%D1%96%D1%81%D1%82",
        "/",
    ] {
        assert_eq!(there.get(page).status, 200, "{page}");
    }
    let refused = there.get("/?query=copies:g1");
    assert_eq!(refused.status, 501);
    assert!(refused.text().contains("docs/opensearch.md"));
    assert_eq!(there.get("/healthz").text(), "ok\n");
    let metrics = there.get("/metrics").text();
    assert!(metrics.contains("shukach_articles 80"), "{metrics}");
    assert!(metrics.contains("shukach_cluster_reachable 1"), "{metrics}");
    assert!(
        there
            .get("/api/v1/search?query=a")
            .header("etag")
            .is_empty()
    );
}
