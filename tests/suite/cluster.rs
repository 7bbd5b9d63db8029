//! An index in a real `OpenSearch` cluster answers as the one in a folder that it was copied from.
//!
//! `tests/opensearch/run` starts the cluster and names it in `SHUKACH_TEST_CLUSTER`; without it the
//! tests of this file have nothing to ask and end at once.

use crate::archive_fixture::{Line, TempArchive};
use crate::cli_fixture::run_in;
use crate::cluster_fixture::{Pair, cluster, generated_archive};
use crate::index_schema::{assert_valid, validator};
use crate::random_queries::query;
use crate::sample::sample;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use shukach::article::DateSource;
use shukach::cluster::{ClusterAddress, ClusterSearcher, Credentials};
use shukach::date::Date;
use shukach::date::zone::Zone;
use shukach::query::ParseOptions;
use shukach::query::field::Column;
use shukach::query::options::MatchMode;
use shukach::schema::Part;
use shukach::search::{
    Answering, Buckets, CountsRequest, FacetField, FacetRequest, Hit, KwicRequest, KwicSort,
    NamedQuery, Period, SearchError, SearchRequest, Sort, StreamOrder,
};

/// How many random queries each archive is asked.
const RANDOM: usize = 220;

/// Queries of every operator, each with words of both archives.
const CHOSEN: &[&str] = &[
    "гарантії безпеки",
    "гарантії безпеки -реклама",
    "гарантії OR мости",
    "«гарантії безпеки»",
    "=\"гарантії безпеки\"",
    "=гарантій",
    "==Київ",
    "==міст",
    "Зеленський",
    "Zelensky",
    "проєкт",
    "мир NEAR/5 війна",
    "війна PRE/3 мир",
    "(мир OR угода) NEAR/8 «гарантії безпеки»",
    "мир NOTNEAR/5 війна",
    "мир /s війна",
    "мир /p війна",
    "ATLEAST/3 міст",
    "\"міст війна\"~6",
    "\"міст * річку\"",
    "гарант*",
    "ко?а",
    "мі*о",
    "/мост.*/",
    "гаранти~1",
    "безпка~2",
    "title:міст",
    "lead:міст OR body:кіт",
    "title:(міст OR війна) -body:мир",
    "date:2025-12",
    "date:2025-11..2026-01 міст",
    "джерело:Хвиля",
    "source:=\"Хвиля Поділля\"",
    "source:==\"Хвиля Поділля\" мир",
    "tag:мости OR section:суспільство",
    "lang:uk міст",
    "url:example",
    "мир^3 OR війна",
    "мир та війна",
    "Івано-Франківськ",
    "здоров'я",
    "F-16",
    "НЕ мир date:2025",
    "немаєтакогослова",
];

#[test]
fn every_query_finds_the_same_articles_in_the_same_order_and_counts_them_alike() {
    let Some(cluster) = cluster() else { return };
    let generated = generated_archive(700);
    let pairs = [
        Pair::copied(&cluster, "sample", &sample().index_path()),
        Pair::copied(&cluster, "generated", &generated.index_path()),
    ];
    let mut runner = TestRunner::deterministic();
    let mut queries: Vec<String> = CHOSEN.iter().map(|query| (*query).to_owned()).collect();
    let random = query();
    while queries.len() < RANDOM + CHOSEN.len() {
        queries.push(random.new_tree(&mut runner).unwrap().current());
    }
    let mut asked = 0;
    for pair in &pairs {
        for (number, query) in queries.iter().enumerate() {
            asked += u64::from(pair.agree_on(&varied(query, number)));
        }
    }
    println!("{asked} queries had the same answers");
    assert!(asked >= 400, "only {asked} queries could be asked");
    let overlap = pairs.iter().map(Pair::overlap).sum::<f64>() / 2.0;
    println!("top 10: {overlap:.4} in common");
    assert!(overlap >= 0.95, "{overlap}");
}

/// Returns the request for a query, with one option or another.
fn varied(query: &str, number: usize) -> SearchRequest {
    let options = ParseOptions::new(jiff::civil::date(2026, 5, 1))
        .allows_leading(true)
        .allows_negation(true);
    let request = SearchRequest::new(query)
        .options(options)
        .limit(20)
        .timeline(Some(Period::Month))
        .facets(
            FacetRequest::default()
                .has_shares(number.is_multiple_of(5))
                .fields(vec![
                    FacetField::Column(Column::Source),
                    FacetField::Column(Column::Section),
                    FacetField::Column(Column::Tag),
                    FacetField::Column(Column::Lang),
                    FacetField::Period(Period::Week),
                ]),
        );
    let date = |text: &str| Some(Date::parse(text).unwrap());
    match number % 20 {
        1 => request.sort(Sort::Newest),
        2 => request.sort(Sort::Oldest).offset(7),
        3 => request.from(date("2025-12")),
        4 => request.from(date("2025-11-15")).to(date("2026-02")),
        5 => request.to(date("2025-12-31T12:00:00+02:00")),
        6 => request.from(date("2025-12-01T01:00:00+02:00")),
        7 => request.zone(Zone::parse("America/New_York").unwrap()),
        8 => request
            .zone(Zone::parse("America/New_York").unwrap())
            .from(date("2025-12")),
        9 => request.parts(vec![Part::Title]),
        10 => request.parts(vec![Part::Title, Part::Body]),
        11 => request.sources(vec!["Хвиля Поділля".to_owned()]),
        12 => request.known_dates(true),
        13 => request.date_sources(vec![DateSource::Field, DateSource::Path]),
        14 => request.transliterate(false).variants(false),
        15 => request.half_life_days(Some(90)),
        16 => request
            .related(false)
            .options(options.match_mode(MatchMode::Any)),
        17 => request.buckets(Some(Buckets::Fitting)),
        18 => request.undated(true),
        _ => request,
    }
}

#[test]
fn months_are_those_of_kyiv_also_within_hours_of_their_ends() {
    let Some(cluster) = cluster() else { return };
    let archive = TempArchive::new();
    let hours = ["19", "20", "21", "22", "23"];
    let mut lines = Vec::new();
    for month in 1..=12 {
        for hour in hours {
            let last = jiff::civil::date(2025, month, 1).last_of_month();
            for (minute, id) in [("00:00", "a"), ("59:59", "b")] {
                let id = format!("{month}-{hour}-{id}");
                let line = Line::new(&id, "Міст стоїть.");
                lines.push(line.dated(&format!("{last}T{hour}:{minute}Z")));
            }
        }
    }
    let archive = archive.file("a.jsonl", crate::archive_fixture::json_lines(&lines));
    archive.index();
    let pair = Pair::copied(&cluster, "months", &archive.index_path());
    for period in [
        Period::Month,
        Period::Day,
        Period::Week,
        Period::Quarter,
        Period::Year,
    ] {
        for zone in ["Europe/Kyiv", "UTC", "written", "Asia/Tokyo"] {
            let request = SearchRequest::new("міст")
                .zone(Zone::parse(zone).unwrap())
                .timeline(Some(period));
            assert!(pair.agree_on(&request));
        }
    }
}

#[test]
fn counts_lines_articles_and_streams_are_the_same() {
    let Some(cluster) = cluster() else { return };
    let generated = generated_archive(450);
    let pair = Pair::copied(&cluster, "streams", &generated.index_path());
    let request = |query: &str| SearchRequest::new(query).related(false);
    for query in ["міст", "мир -війна", "мир /s війна", "гарант*"] {
        for sort in [Sort::Score, Sort::Newest] {
            let (here, there) = pair.streamed(&request(query).sort(sort));
            assert_eq!(here.len(), there.len(), "{query}");
            // Behind two hundred hits the cluster cannot see which words stand near each other.
            if query != "гарант*" || sort != Sort::Score {
                assert_eq!(here.get(..100), there.get(..100), "{query}");
            }
        }
        for sort in [
            KwicSort::Score,
            KwicSort::Oldest,
            KwicSort::Left,
            KwicSort::Source,
        ] {
            let asked = KwicRequest::new(request(query).limit(40).offset(5)).sort(sort);
            let (mut there, mut here) = (
                pair.there.kwic(&asked).unwrap(),
                pair.here.kwic(&asked).unwrap(),
            );
            (there.took_ms, here.took_ms) = (0.0, 0.0);
            assert_eq!(there.articles, here.articles, "{query} {sort:?}");
            // Of more than two hundred hits of a pattern the cluster knows the best ones roughly.
            if query != "гарант*" || sort != KwicSort::Score {
                assert_eq!(there.lines, here.lines, "{query} {sort:?}");
            }
        }
    }
    let named = ["міст", "мир /p війна", "гарант*"].map(|query| NamedQuery {
        name: query.to_owned(),
        query: query.to_owned(),
    });
    for column in [None, Some(Column::Source), Some(Column::Tag)] {
        for buckets in [
            None,
            Some(Buckets::Fitting),
            Some(Buckets::Each(Period::Month)),
        ] {
            for has_shares in [false, true] {
                let request = request("")
                    .buckets(buckets)
                    .facets(FacetRequest::default().has_shares(has_shares && buckets.is_some()));
                let asked = CountsRequest::new(named.to_vec(), request).column(column);
                let mut there = pair.there.counts(&asked).unwrap();
                let mut here = pair.here.counts(&asked).unwrap();
                (there.took_ms, here.took_ms) = (0.0, 0.0);
                assert_eq!(there, here);
            }
        }
    }
    for id in ["g7", "archive:g7"] {
        let asked = request("мир");
        let there = pair.there.show(id, &asked).unwrap();
        assert_eq!(there, pair.here.show(id, &asked).unwrap());
    }
    assert!(pair.there.show("немає", &request("")).is_err());
}

#[test]
fn streams_whose_state_the_cluster_forgets_go_on_without_gaps_or_repeats() {
    let Some(cluster) = cluster() else { return };
    let generated = generated_archive(700);
    let pair = Pair::copied(&cluster, "forgotten", &generated.index_path());
    for sort in [Sort::Score, Sort::Newest, Sort::Oldest] {
        let query = "міст OR мир OR кіт OR зерно OR книги";
        let request = SearchRequest::new(query).related(false).sort(sort);
        let (mut all, mut forgotten) = (Vec::new(), 0);
        let make = |hits: &[Hit]| -> Result<Vec<String>, SearchError> {
            Ok(hits.iter().map(|hit| hit.id.clone()).collect())
        };
        let mut each = |ids: Vec<String>| {
            all.extend(ids);
            forget_states(&cluster);
            forgotten += 1;
            Ok(())
        };
        let order = StreamOrder::Request;
        let streamed = pair.there.for_all_hits(&request, order, &make, &mut each);
        streamed.unwrap();
        assert!(forgotten > 2, "{forgotten} pages");
        let (here, _) = pair.streamed(&request);
        assert_eq!(all.len(), here.len(), "{sort:?}");
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), here.len(), "{sort:?}");
    }
}

/// Lets the cluster forget all states that pages are read from.
fn forget_states(cluster: &str) {
    let host = cluster.trim_start_matches("opensearch+").split(',').next();
    let url = format!("{}/_search/point_in_time/_all", host.unwrap());
    assert_eq!(ureq::delete(&url).call().unwrap().status(), 200);
}

#[test]
fn articles_that_are_copied_again_are_there_once_and_an_older_copy_changes_nothing() {
    let Some(cluster) = cluster() else { return };
    let archive = TempArchive::new();
    archive.write("a.txt", "Міст\n\nСтарий текст про міст.");
    archive.write("b.txt", "Кіт\n\nКіт спить.");
    archive.index();
    let older = archive.folder().join("older");
    archive.run(&["snapshot", "older"]).expect(0);
    std::thread::sleep(std::time::Duration::from_millis(20));
    archive.write("a.txt", "Міст\n\nНовий текст про міст.");
    archive.index();
    let to = format!("{cluster}/again-{}", std::process::id());
    let copy = |from: &str| {
        let ran = run_in(
            archive.folder(),
            &[
                "copy",
                "--from",
                from,
                "--to",
                &to,
                "--replicas",
                "0",
                "--json",
            ],
        );
        let report = ran.expect(0).json();
        assert_valid(&validator("copy-summary.v1.schema.json"), &report);
        report
    };
    let index = archive.index_path();
    let index = index.to_str().unwrap();
    assert_eq!(copy(index)["written"], 2);
    assert_eq!(copy(index)["written"], 2);
    filetime_of(&older, "2020-01-01T00:00:00Z");
    let stale = copy(older.to_str().unwrap());
    assert_eq!((&stale["written"], &stale["stale"]), (&0.into(), &2.into()));
    let found = run_in(
        archive.folder(),
        &["search", "новий", "--index", &to, "--json"],
    );
    assert_eq!(found.expect(0).json()["total"], 1);
    let found = run_in(
        archive.folder(),
        &["search", "старий", "--index", &to, "-c"],
    );
    assert_eq!(found.expect(1).stdout.trim(), "0");
}

/// Sets the time of the last commit of an index.
fn filetime_of(index: &std::path::Path, time: &str) {
    let time: jiff::Timestamp = time.parse().unwrap();
    let file = std::fs::File::options()
        .write(true)
        .open(index.join("meta.json"))
        .unwrap();
    file.set_modified(time.into()).unwrap();
}

#[test]
fn what_a_cluster_cannot_do_is_refused_with_a_code() {
    let Some(cluster) = cluster() else { return };
    let archive = TempArchive::new();
    archive.write("a.txt", "Міст\n\nТекст про міст.");
    archive.index();
    let to = format!("{cluster}/refused-{}", std::process::id());
    let index = archive.index_path();
    let from = index.to_str().unwrap();
    run_in(
        archive.folder(),
        &["copy", "--from", from, "--to", &to, "--replicas", "0"],
    )
    .expect(0);
    let address = ClusterAddress::parse(&to).unwrap();
    assert!(ClusterSearcher::open(address, Credentials::default()).is_ok());
    for (arguments, code) in [
        (&["search", "міст", "--copies", "a"][..], "C111"),
        (&["search", "copies:a"], "C111"),
        (&["search", "міст", "--facet", "first_publisher"], "C111"),
        (
            &["search", "міст", "--unique", "--facet", "first_publisher"],
            "C111",
        ),
        (&["search", "міст", "--index", from], "C111"),
        (&["search", "міст", "--explain"], "C111"),
        (&["search", "міст", "--accept-suggestions"], "C111"),
    ] {
        let mut all = arguments.to_vec();
        all.extend(["--index", &to]);
        let ran = run_in(archive.folder(), &all);
        let told = ran.expect(2).stderr;
        assert!(told.contains(code), "{told}");
    }
    for (address, code) in [
        (format!("{cluster}/nothing-here"), "C106"),
        ("opensearch+http://127.0.0.1:9/news".to_owned(), "C101"),
        (to.replace("http://", "https://"), "C104"),
        ("opensearch+ftp://127.0.0.1/news".to_owned(), "C100"),
    ] {
        let ran = run_in(archive.folder(), &["search", "міст", "--index", &address]);
        let told = ran.expect(2).stderr;
        assert!(told.contains(code), "{address}: {told}");
    }
}
