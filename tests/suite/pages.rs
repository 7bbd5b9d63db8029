//! Every hit, at any depth: `--all`, and cursors that hold their place.

use crate::archive_fixture::{Line, TempArchive};
use crate::sample::sample;
use serde_json::Value;
use shukach::analysis::dictionary::lexicon::Lexicon;
use shukach::date::Date;
use shukach::search::{CursorProblem, SearchError, SearchRequest, SearchResponse, Sort};
use std::sync::Arc;

fn ids(response: &SearchResponse) -> Vec<String> {
    response.hits.iter().map(|hit| hit.id.clone()).collect()
}

#[test]
fn cursors_lead_through_all_hits_in_every_order_once_each() {
    let searcher = &sample().searcher;
    for query in [
        "міст",
        "рік OR місто OR світло",
        "«гарантії безпеки»",
        "date:2025",
    ] {
        for sort in [Sort::Score, Sort::Oldest, Sort::Newest] {
            let whole = SearchRequest::new(query).sort(sort).limit(1000);
            let expected = ids(&searcher.search(&whole).unwrap());
            let (mut found, mut ranks) = (Vec::new(), Vec::new());
            let mut cursor = None;
            loop {
                let page = whole.clone().limit(4).cursor(cursor);
                let page = searcher.search(&page).unwrap();
                assert!(page.hits.len() <= 4);
                found.extend(ids(&page));
                ranks.extend(page.hits.iter().map(|hit| hit.rank));
                cursor = page.next_cursor;
                if cursor.is_none() {
                    break;
                }
            }
            assert_eq!(found, expected, "{query} {sort:?}");
            assert_eq!(ranks, (1..=expected.len() as u64).collect::<Vec<_>>());
        }
    }
}

#[test]
fn a_cursor_of_another_state_of_the_index_is_refused_with_the_way_out() {
    let archive = TempArchive::new();
    for name in ["а", "б", "в"] {
        archive.write(&format!("{name}.txt"), format!("Кіт\nКіт спить. {name}"));
    }
    archive.index();
    let first = archive
        .run(&["search", "кіт", "-n1", "--json"])
        .expect(0)
        .json();
    let cursor = first["next_cursor"].as_str().unwrap().to_owned();
    let next = ["search", "кіт", "-n1", "--json", "--cursor", &cursor];
    let second = archive.run(&next).expect(0).json();
    assert_eq!(second["hits"][0]["rank"], 2);
    assert_eq!(archive.run(&next).expect(0).json()["hits"], second["hits"]);
    archive.write("г.txt", "Кіт\nКіт їсть.");
    archive.run_index(&[]).expect(0);
    let text = ["search", "кіт", "-n1", "--cursor", &cursor];
    let ran = archive.run(&text).expect(2);
    assert!(
        ran.stderr.contains("the index has changed") && ran.stderr.contains("without --cursor"),
        "{ran:?}"
    );
    let mut in_ukrainian = text.to_vec();
    in_ukrainian.extend(["--lang", "uk"]);
    let ran = archive.run(&in_ukrainian).expect(2);
    assert!(ran.stderr.contains("індекс змінився"), "{ran:?}");
}

#[test]
fn a_cursor_goes_with_its_question() {
    let searcher = &sample().searcher;
    let asked = SearchRequest::new("міст").limit(1);
    let cursor = searcher.search(&asked).unwrap().next_cursor;
    let problem = |request: SearchRequest| match searcher.search(&request) {
        Err(SearchError::Cursor(problem)) => problem,
        other => panic!("{other:?}"),
    };
    for other in [
        SearchRequest::new("світло"),
        asked.clone().sort(Sort::Newest),
        asked.clone().half_life_days(Some(30)),
        asked
            .clone()
            .lexicon(Some(Arc::new(Lexicon::parse("Юза\tnoun-f-a\n").unwrap()))),
    ] {
        let cursor = cursor.clone();
        let other = other.cursor(cursor);
        assert_eq!(problem(other), CursorProblem::OtherQuestion);
    }
    let broken = asked.cursor(Some("c1.нісенітниця".to_owned()));
    assert_eq!(problem(broken), CursorProblem::Broken);
}

#[test]
fn all_hits_are_the_hits_of_the_pages() {
    let sample = sample();
    let lines = |arguments: &[&str]| -> Vec<Value> {
        let mut all = vec!["search", "рік OR місто", "--all", "--format", "ndjson"];
        all.extend(arguments);
        let ran = sample.run(&all).expect(0);
        let lines = ran.stdout.lines();
        lines
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    };
    for sort in ["score", "date", "-date"] {
        let paged = ["search", "рік OR місто", "-n1000", "--json", "--sort", sort];
        let paged = sample.run(&paged).expect(0).json();
        let mut all = lines(&["--sort", sort]);
        let summary = all.pop().unwrap();
        assert_eq!(summary["total"], paged["total"]);
        for line in &mut all {
            line.as_object_mut().unwrap().remove("type");
        }
        assert_eq!(Value::from(all), paged["hits"]);
    }
    let unordered = lines(&["--no-timing"]);
    assert_eq!(unordered, lines(&["--no-timing"]));
    assert_eq!(unordered.len(), lines(&["--sort", "date"]).len());
    let ran = sample.run(&["search", "міст", "--all"]).expect(2);
    assert!(ran.stderr.contains("--format"), "{ran:?}");
    sample
        .run(&["search", "міст", "--all", "-l", "-n5"])
        .expect(2);
    let ids = sample.run(&["search", "міст", "--all", "-l"]).expect(0);
    let count = sample.run(&["search", "міст", "-c"]).expect(0);
    assert_eq!(format!("{}\n", ids.stdout.lines().count()), count.stdout);
}

#[test]
fn few_hits_in_one_part_are_the_first_of_those_that_were_asked_for() {
    let articles = [
        Line::new("давня-1", "Міст, міст і ще раз міст через річку.").dated("2020-05-01"),
        Line::new("давня-2", "Річка, а над річкою міст.").dated("2020-06-01"),
        Line::new(
            "нова",
            "Про те, як довго будували дорогу до села, де колись був міст.",
        )
        .dated("2026-02-01"),
    ];
    let searcher = TempArchive::of_articles(&articles).indexed();
    for query in ["міст OR річка", "text:(міст OR річка)", "міст"] {
        let request = SearchRequest::new(query)
            .from(Some(Date::parse("2026").unwrap()))
            .limit(1);
        let hits = searcher.search(&request).unwrap().hits;
        let ids: Vec<&str> = hits.iter().map(|hit| hit.id.as_str()).collect();
        assert_eq!(ids, ["нова"], "{query}");
    }
}
