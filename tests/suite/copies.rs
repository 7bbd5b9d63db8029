//! Copies of articles: found at index time, shown as one hit, counted once, listed, led back to who
//! published first.

use crate::archive_fixture::{Line, TempArchive, ids, json_lines, read_articles, request, threads};
use crate::index_schema::{assert_valid, validator};
use serde_json::Value;
use shukach::index::Index;
use shukach::index::document::CollectedArticle;
use shukach::index::sink::Sink;
use shukach::index::writer::Writer;
use shukach::search::{SearchRequest, Searcher, Sort};
use std::collections::BTreeMap;
use std::fs;

/// A report of some sixty words on a subject.
fn report(subject: &str) -> String {
    format!(
        "Міська рада погодила ремонт: на черзі {subject}. Роботи почнуться в травні й триватимуть \
         пів року, рух на цей час пустять сусідньою вулицею повз {subject}.\n\
         Гроші дає обласний бюджет, решту додасть громада. Підрядника обрали на відкритих торгах, \
         його кошторис на десяту частину менший за очікуваний, але {subject} чекати не може.\n\
         Мешканці просять зберегти старі ліхтарі, що стоять тут понад сто років: без них {subject} \
         не впізнати. У раді пообіцяли, що ліхтарі полагодять у майстерні й повернуть на місце."
    )
}

/// An agency's report on a bridge in four outlets, one on a school in two, and two articles alone.
pub(crate) fn lines() -> Vec<Line> {
    let bridge = report("міст через Тису");
    let school = report("школа на Замковій");
    let cut = bridge.rsplit_once('\n').unwrap().0.to_owned();
    vec![
        Line::new("міст-3", &cut)
            .titled("Міст ремонтують")
            .dated("2025-05-06T08:00:00+03:00")
            .from("Хвиля"),
        Line::new("міст-1", &bridge)
            .titled("Міст через Тису відремонтують")
            .dated("2025-05-05T10:00:00+03:00")
            .from("Укрвісті"),
        Line::new(
            "міст-4",
            &format!("{bridge}\nЧитайте також: де ще в області ремонт."),
        )
        .titled("Ремонт мосту: що відомо")
        .dated("2025-05-06T09:00:00+03:00")
        .from("Вісник"),
        Line::new("міст-2", &bridge)
            .titled("Погодили ремонт мосту")
            .dated("2025-05-05T12:00:00+03:00")
            .from("Вісник"),
        Line::new("школа-1", &school)
            .titled("Ремонт школи")
            .dated("2025-05-05")
            .from("Вісник"),
        Line::new("школа-2", &school)
            .titled("Школу відремонтують")
            .dated("2025-05-07"),
        Line::new(
            "сам-1",
            "Ремонт доріг у селі почали торік, та й досі не закінчили.",
        )
        .dated("2025-04-01")
        .from("Хвиля"),
        Line::new("сам-2", "Ремонт даху музею коштував громаді мільйон.").from("Укрвісті"),
    ]
}

fn archive() -> TempArchive {
    let archive = TempArchive::of_articles(&lines());
    archive.index();
    archive
}

fn collapsed(query: &str) -> SearchRequest {
    request(query).collapse(true)
}

/// Returns every article of the index with the ids of its cluster in order of publication.
pub(crate) fn clusters(searcher: &Searcher) -> BTreeMap<String, Vec<String>> {
    let all = ids(&searcher.search(&request("ремонт")).unwrap());
    let of = |id: String| {
        let copies = request(&format!("copies:==\"{id}\"")).sort(Sort::Oldest);
        let copies = ids(&searcher.search(&copies).unwrap());
        (id, copies)
    };
    all.into_iter().map(of).collect()
}

#[test]
fn one_hit_stands_for_all_copies_and_names_their_sources() {
    let archive = archive();
    let searcher = archive.searcher();
    let response = searcher
        .search(&collapsed("ремонт").sort(Sort::Oldest))
        .unwrap();
    assert_eq!(ids(&response), ["сам-1", "школа-1", "міст-1", "сам-2"]);
    assert_eq!((response.total, response.copies), (Some(8), Some(4)));
    let told = |id: &str| {
        let hit = response.hits.iter().find(|hit| hit.id == id).unwrap();
        let copies = hit.copies.clone().unwrap();
        (copies.count, copies.sources)
    };
    let sources = vec!["Вісник".to_owned(), "Хвиля".to_owned()];
    assert_eq!(told("міст-1"), (3, sources));
    assert_eq!(told("школа-1"), (1, Vec::new()));
    assert_eq!(told("сам-1"), (0, Vec::new()));
}

#[test]
fn the_earliest_hit_stands_for_a_cluster_whose_head_is_none() {
    let archive = archive();
    let searcher = archive.searcher();
    let request = collapsed("ремонт").sources(vec!["Вісник".into(), "Хвиля".into()]);
    let response = searcher.search(&request.sort(Sort::Oldest)).unwrap();
    assert_eq!(ids(&response), ["сам-1", "школа-1", "міст-2"]);
    // Its copies are those in the index, hits or not.
    assert_eq!(response.hits[2].copies.as_ref().unwrap().count, 3);
}

#[test]
fn pages_without_copies_are_those_of_one_long_answer() {
    // A job of fewer articles than the one before leaves a segment of its own.
    let archive = TempArchive::new();
    for (name, lines) in [("a.jsonl", &lines()[..5]), ("b.jsonl", &lines()[5..])] {
        archive.write(name, json_lines(lines));
        archive.index();
    }
    let searcher = archive.searcher();
    for query in [
        "ремонт",
        "«погодила ремонт» OR дах",
        "ремонт NEAR/9 рада",
        "source:Вісник",
    ] {
        for sort in [Sort::Score, Sort::Newest] {
            let all = searcher.search(&collapsed(query).sort(sort)).unwrap();
            let mut paged = Vec::new();
            let mut cursor = None;
            loop {
                let asked = collapsed(query).sort(sort).limit(1).cursor(cursor);
                let page = searcher.search(&asked).unwrap();
                paged.extend(ids(&page));
                let offset = paged.len();
                let asked = collapsed(query).sort(sort).limit(1).offset(offset - 1);
                assert_eq!(
                    ids(&searcher.search(&asked).unwrap()),
                    ids(&page),
                    "{query} {sort:?}"
                );
                cursor = page.next_cursor;
                if cursor.is_none() {
                    break;
                }
            }
            assert_eq!(paged, ids(&all), "{query}");
        }
    }
}

#[test]
fn what_is_left_out_is_what_has_an_earlier_copy_among_the_hits() {
    let archive = archive();
    let searcher = archive.searcher();
    let clusters = clusters(&searcher);
    for query in [
        "ремонт",
        "ремонт -читайте",
        "ліхтарі",
        "source:Вісник OR source:Хвиля",
    ] {
        let hits = ids(&searcher.search(&request(query)).unwrap());
        let is_first = |id: &&String| {
            let mut cluster = clusters[*id].iter();
            cluster.find(|other| hits.contains(other)) == Some(id)
        };
        let expected: Vec<&String> = hits.iter().filter(is_first).collect();
        let response = searcher.search(&collapsed(query)).unwrap();
        assert_eq!(
            ids(&response).iter().collect::<Vec<_>>(),
            expected,
            "{query}"
        );
        let unique = searcher.search(&request(query).unique(true)).unwrap();
        assert_eq!(unique.total, Some(expected.len() as u64), "{query}");
        assert_eq!(unique.hits.len(), hits.len(), "{query}");
        assert_eq!(unique.copies, Some((hits.len() - expected.len()) as u64));
    }
}

#[test]
fn totals_timelines_facets_and_shares_count_copies_once_where_that_is_asked_for() {
    let archive = archive();
    let count = |flags: &[&str]| {
        let ran = archive
            .run(&[&["count", "ремонт", "школа"], flags].concat())
            .expect(0);
        ran.stdout
            .lines()
            .map(|line| line.trim().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(count(&[]), ["8  ремонт", "2  школа"]);
    assert_eq!(count(&["--count", "unique"]), ["4  ремонт", "1  школа"]);
    let search = |flags: &[&str]| {
        let all = [
            &["search", "ремонт", "--json", "--by", "month", "--share"],
            flags,
        ]
        .concat();
        archive.run(&all).expect(0).json()
    };
    let counts = |answer: &Value| -> Vec<(String, u64, f64)> {
        let buckets = answer["facets"]["timeline"]["buckets"].as_array().unwrap();
        let of = |bucket: &Value| {
            let share = bucket["share"].as_f64().unwrap();
            (
                bucket["period"].as_str().unwrap().to_owned(),
                bucket["count"].as_u64().unwrap(),
                share,
            )
        };
        buckets.iter().map(of).collect()
    };
    let all = search(&[]);
    assert_eq!(
        counts(&all),
        [
            ("2025-04".to_owned(), 1, 1.0),
            ("2025-05".to_owned(), 6, 1.0)
        ]
    );
    assert_eq!(all.get("copies"), None);
    let unique = search(&["--count=unique"]);
    assert_eq!(
        counts(&unique),
        [
            ("2025-04".to_owned(), 1, 1.0),
            ("2025-05".to_owned(), 2, 1.0)
        ]
    );
    assert_eq!(
        (&unique["total"], &unique["copies"]),
        (&4.into(), &4.into())
    );
    assert_eq!(unique["hits"].as_array().unwrap().len(), 8);
    let timeline = archive
        .run(&["timeline", "ремонт", "--by", "year", "--unique"])
        .expect(0);
    assert!(timeline.stdout.contains("4 articles"), "{timeline:?}");
    let total = archive
        .run(&["search", "--count", "ремонт", "--unique"])
        .expect(0);
    assert_eq!(total.stdout, "4\n");
}

#[test]
fn a_facet_tells_who_published_first_and_its_queries_find_the_same_articles() {
    let archive = archive();
    for flags in [&[][..], &["--unique"], &["--source", "Вісник"]] {
        let asked = [
            "search",
            "ремонт",
            "--json",
            "--facet",
            "first_publisher",
            "--share",
        ];
        let answer = archive.run(&[&asked[..], flags].concat()).expect(0).json();
        let facet = &answer["facets"]["fields"][0];
        let mut sum = facet["without"].as_u64().unwrap();
        for value in facet["values"].as_array().unwrap() {
            let query = value["query"].as_str().unwrap();
            let total = [&["search", query, "--count"], flags].concat();
            let total = archive.run(&total).expect(0).stdout;
            assert_eq!(total.trim(), value["count"].to_string(), "{query}");
            sum += value["count"].as_u64().unwrap();
        }
        assert_eq!(answer["total"], sum);
    }
    let first = |query: &str| {
        archive
            .run(&["search", query, "-l", "--sort", "date"])
            .expect(0)
            .stdout
    };
    assert_eq!(
        first("першоджерело:Укрвісті"),
        "міст-1\nміст-2\nміст-3\nміст-4\nсам-2\n"
    );
    assert_eq!(
        first("ремонт -first_publisher:Укрвісті"),
        "сам-1\nшкола-1\nшкола-2\n"
    );
    let text = archive.run(&[
        "--lang",
        "uk",
        "search",
        "ремонт",
        "--facet",
        "first_publisher",
    ]);
    assert!(
        text.stdout.contains("За тим, хто опублікував першим"),
        "{text:?}"
    );
}

#[test]
fn the_copies_of_an_article_are_listed_in_order_of_publication() {
    let archive = archive();
    let list = |arguments: &[&str]| archive.run(&[&["search"], arguments].concat()).stdout;
    let all = "міст-1\nміст-2\nміст-3\nміст-4\n";
    for id in ["міст-1", "міст-3"] {
        assert_eq!(list(&["--copies", id, "-l"]), all);
    }
    assert_eq!(
        list(&["--copies", "міст-1", "-l", "--sort", "-date", "-n", "1"]),
        "міст-4\n"
    );
    assert_eq!(list(&["читайте", "--copies", "міст-1", "-l"]), "міст-4\n");
    assert_eq!(list(&["--copies", "сам-2", "-l"]), "сам-2\n");
    let unknown = archive.run(&["search", "--copies", "міст-9"]).expect(2);
    assert!(
        unknown.stderr.contains("no article with the id міст-9"),
        "{unknown:?}"
    );
}

#[test]
fn every_form_of_an_answer_shows_copies() {
    let archive = archive();
    let search = |flags: &[&str]| {
        let all = [
            &[
                "search",
                "ремонт",
                "--collapse",
                "--sort",
                "date",
                "--no-timing",
            ],
            flags,
        ]
        .concat();
        archive.run(&all).expect(0).stdout
    };
    let text = search(&["--snippets", "0"]);
    assert!(
        text.starts_with("ремонт · 8 articles, among them 4 copies\n"),
        "{text}"
    );
    assert!(
        text.contains("    3 more copies: Вісник, Хвиля\n"),
        "{text}"
    );
    assert!(text.contains("    1 more copy\n"), "{text}");
    let text = search(&["--lang", "uk", "--unique"]);
    assert!(
        text.starts_with("ремонт · 4 статті, крім них 4 копії\n"),
        "{text}"
    );
    assert!(text.contains("    ще 3 копії: Вісник, Хвиля\n"), "{text}");
    let table = search(&["--format", "tsv", "--all"]);
    assert!(
        table.starts_with("rank\tid\tpublished\tsource\tcopies\tcopy_sources\ttitle\t"),
        "{table}"
    );
    assert!(
        table.contains("міст-1\t2025-05-05T10:00:00+03:00\tУкрвісті\t3\tВісник, Хвиля\t"),
        "{table}"
    );
    let csv = search(&["--format", "csv", "--fields", "id,copies,copy_sources"]);
    assert!(
        csv.contains("міст-1,3,\"Вісник, Хвиля\"\r\n")
            || csv.contains("міст-1,3,\"Вісник, Хвиля\"\n"),
        "{csv}"
    );
    let lines = search(&["--format", "ndjson", "--all"]);
    let validator = validator("search-line.v1.schema.json");
    let lines: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 5);
    for line in &lines {
        assert_valid(&validator, line);
    }
    assert_eq!(
        lines[2]["copies"],
        serde_json::json!({"count": 3, "sources": ["Вісник", "Хвиля"]})
    );
    assert_eq!(lines[4]["copies"], 4);
}

#[test]
fn an_index_that_grew_and_shrank_has_the_clusters_of_a_fresh_one() {
    let lines = lines();
    let grown = TempArchive::new();
    let changed = Line {
        body: report("театр ляльок"),
        ..lines[3].clone()
    };
    let steps: [(&str, &[Line]); 6] = [
        ("a.jsonl", &lines[..3]),
        ("b.jsonl", &lines[5..]),
        ("c.jsonl", std::slice::from_ref(&changed)),
        ("c.jsonl", &lines[3..5]),
        ("a.jsonl", &lines[1..2]),
        ("a.jsonl", &lines[..2]),
    ];
    for (name, articles) in steps {
        grown.write(name, json_lines(articles));
        grown.index();
    }
    let fresh = TempArchive::new();
    for name in ["a.jsonl", "b.jsonl", "c.jsonl"] {
        fresh.write(name, fs::read(grown.root().join(name)).unwrap());
    }
    fresh.index();
    assert_eq!(clusters(&grown.searcher()), clusters(&fresh.searcher()));
    assert_eq!(
        clusters(&grown.searcher())["міст-2"],
        ["міст-1", "міст-2", "міст-3"]
    );
}

#[test]
fn where_the_head_is_gone_the_next_publication_is_the_head() {
    let archive = archive();
    let without: Vec<Line> = lines()
        .into_iter()
        .filter(|line| line.id != "міст-1")
        .collect();
    archive.write("articles.jsonl", json_lines(&without));
    archive.index();
    let response = archive
        .searcher()
        .search(&collapsed("ремонт тису"))
        .unwrap();
    assert_eq!(ids(&response), ["міст-2"]);
    assert_eq!(response.hits[0].copies.as_ref().unwrap().count, 2);
    let first = archive
        .run(&["search", "first_publisher:Вісник міст", "--count"])
        .expect(0);
    assert_eq!(first.stdout, "3\n");
}

#[test]
fn clusters_that_a_killed_job_left_old_are_made_anew_by_the_next_one() {
    let archive = TempArchive::of_articles(&lines()[..2]);
    archive.index();
    let index = Index::open(&archive.index_path()).unwrap();
    archive.write("articles.jsonl", json_lines(&lines()));
    // What a job leaves that is killed between its last commit and its end: everything is read.
    {
        let mut writer = Writer::open(&index, threads(1)).unwrap();
        for article in read_articles(&archive.root()).iter().skip(2) {
            let collected = CollectedArticle::new(article, "archive");
            writer.add(&collected).unwrap();
        }
        writer.commit().unwrap();
    }
    assert!(
        Index::open(&archive.index_path())
            .unwrap()
            .payload()
            .copies_are_old
    );
    assert_eq!(
        clusters(&archive.searcher())["міст-1"],
        ["міст-1", "міст-3"]
    );
    archive.index();
    assert!(
        !Index::open(&archive.index_path())
            .unwrap()
            .payload()
            .copies_are_old
    );
    assert_eq!(clusters(&archive.searcher())["міст-1"].len(), 4);
    let files = fs::read_dir(archive.index_path()).unwrap().flatten();
    let files = files.filter(|file| file.file_name().to_string_lossy().starts_with("copies-"));
    assert!(files.count() <= 2, "old clusters go with the next job");
}

#[test]
fn questions_about_other_things_do_not_read_the_clusters() {
    let archive = archive();
    let payload = Index::open(&archive.index_path())
        .unwrap()
        .payload()
        .clone();
    fs::write(archive.index_path().join(&payload.copies), "пошкоджено").unwrap();
    archive
        .run(&["search", "ремонт", "--facet", "source"])
        .expect(0);
    let broken = archive.run(&["search", "ремонт", "--collapse"]).expect(2);
    assert!(broken.stderr.contains(&payload.copies), "{broken:?}");
}
