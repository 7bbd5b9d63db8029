//! Indexes made anew from what they hold, of this and of older versions.

use crate::archive_fixture::{TempArchive, copy_folder, found, index_into, threads};
use crate::copies;
use crate::crash::{Numbers, kill_after, moment, rounds, start};
use crate::index_schema::{assert_valid, validator};
use crate::newsroom::held;
use crate::sample;
use shukach::Error;
use shukach::index::Index;
use shukach::index::job::JobOptions;
use shukach::index::rebuilding::reindex;
use shukach::index::rebuilding::reindex::Watcher;
use shukach::index::stop::StopFlag;
use shukach::index::writer::{Writer, WriterOptions};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The sample archive, indexed as one segment.
fn sample_archive() -> TempArchive {
    let archive = TempArchive::new();
    copy_folder(&sample::archive(), &archive.root());
    let text = fs::read(sample::archive().join("bez-dzherela/kutia.txt")).unwrap();
    let print = [text.as_slice(), "\n\nДалі буде.".as_bytes()].concat();
    archive.write("print.txt", print);
    index(&archive);
    archive
}

fn index(archive: &TempArchive) -> shukach::index::job::JobSummary {
    let options = JobOptions {
        writer: threads(1),
        ..JobOptions::default()
    };
    let outcome = index_into(&archive.index_path(), &[archive.root()], options);
    outcome.unwrap().summary
}

/// The content of the files of the only segment, and of the clusters of copies, by the end of their
/// names.
fn files(index: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(index).unwrap() {
        let path = entry.unwrap().path();
        let extension = path.extension().unwrap_or_default();
        let extension = extension.to_str().unwrap().to_owned();
        if path.is_file() && !["json", "jsonl", "lock", ""].contains(&extension.as_str()) {
            let content = fs::read(&path).unwrap();
            assert_eq!(files.insert(extension, content), None, "two segments");
        }
    }
    files
}

#[test]
fn a_rebuilt_index_is_byte_by_byte_what_it_was() {
    let archive = sample_archive();
    let before = files(&archive.index_path());
    assert_eq!(before.len(), 7, "six files of a segment and the copies");
    let ran = archive
        .run(&["reindex", "--json", "--threads", "1"])
        .expect(0);
    assert_valid(&validator("reindex-summary.v1.schema.json"), &ran.json());
    let after = files(&archive.index_path());
    for (extension, content) in before {
        assert!(after[&extension] == content, "{extension} differs");
    }
    let summary = index(&archive);
    assert_eq!(
        (
            summary.unchanged,
            summary.found,
            summary.read_bytes > 100_000
        ),
        (summary.found, 70, false),
        "{summary:?}"
    );
}

#[test]
fn articles_removed_for_good_and_the_map_of_fields_survive() {
    let line = r#"{"id": "7", "headline": "Міст", "content": "Міст відкрито."}"#;
    let other = line.replace('7', "8");
    let archive = TempArchive::new().file("a.jsonl", format!("{line}\n{other}\n"));
    let map = ["--map", "title=headline,body=content"];
    archive.run_index(&map).expect(0);
    archive.run(&["remove", "7", "--yes"]).expect(0);
    archive.run(&["reindex", "--quiet"]).expect(0);
    let indexed = archive.run_index(&["--checksum"]).expect(0).json();
    assert_eq!(
        (&indexed["unchanged"], &indexed["withheld"]),
        (&1.into(), &1.into())
    );
    let again = archive.run_index(&["--restore"]).expect(0).json();
    assert_eq!(
        (&again["added"], &again["withheld"]),
        (&1.into(), &0.into())
    );
    assert_eq!(held(&archive.index_path()).len(), 2);
}

/// Returns an archive of the articles that the indexes in tests/old-indexes hold, with an index of
/// format `format` that says they lie elsewhere.
pub(crate) fn older(format: u32) -> TempArchive {
    let archive = TempArchive::new();
    let from = sample::archive();
    for name in ["yuzhnyi-vestnik", "kyiv-courier"] {
        copy_folder(&from.join(name), &archive.root().join(name));
    }
    for name in [
        "halytskyi-shchodennyk/rizdvo.md",
        "dniprovskyi-ohliadach/котячий-слід.txt",
    ] {
        let from = from.join(name);
        fs::copy(&from, archive.root().join(from.file_name().unwrap())).unwrap();
    }
    let index = sample::repository().join(format!("tests/old-indexes/format-{format}"));
    copy_folder(&index, &archive.index_path());
    archive
}

#[test]
fn an_index_of_an_older_version_is_refused_with_the_way_out_and_rebuilt_without_its_files() {
    for format in 1..=4 {
        let archive = older(format);
        let elsewhere = archive.folder().join("elsewhere");
        fs::rename(archive.root(), &elsewhere).unwrap();
        let refused = archive.run(&["search", "порт"]).expect(2);
        let folder = archive.index_path().to_string_lossy().into_owned();
        let way_out = format!("shukach reindex --index {folder}");
        assert!(refused.stderr.contains(&way_out), "{refused:?}");
        let summary = archive.run(&["reindex", "--json"]).expect(0).json();
        assert_valid(&validator("reindex-summary.v1.schema.json"), &summary);
        assert_eq!(
            (&summary["from"]["format"], &summary["articles"]),
            (&format.into(), &12.into())
        );
        // It holds what a fresh index holds, and finds it.
        let fresh = TempArchive::new();
        copy_folder(&elsewhere, &fresh.root());
        index(&fresh);
        let ids = |path: &Path| -> Vec<(String, String, String)> {
            let held = held(path).into_iter();
            held.map(|held| (held.collection, held.id, held.title))
                .collect()
        };
        assert_eq!(ids(&archive.index_path()), ids(&fresh.index_path()));
        for query in ["порт", "кіт", "security", "мова:ru"] {
            assert_eq!(
                found(&archive.searcher(), query),
                found(&fresh.searcher(), query),
                "{format}: {query}"
            );
        }
        // The same archive at another path is known by its content.
        fs::rename(&elsewhere, archive.root()).unwrap();
        let again = archive.run_index(&[]).expect(0).json();
        for (count, expected) in [("found", 12), ("added", 0), ("removed", 0), ("failed", 0)] {
            assert_eq!(again[count], expected, "{format}: {count} in {again}");
        }
        assert_eq!(held(&archive.index_path()).len(), 12);
        let third = archive.run_index(&[]).expect(0).json();
        assert_eq!(third["unchanged"], 12, "{format}: {third}");
    }
}

/// Returns an archive of copies with an index of format 4 that says they lie elsewhere.
pub(crate) fn older_with_copies() -> TempArchive {
    let archive = TempArchive::of_articles(&copies::lines());
    let index = sample::repository().join("tests/old-indexes/format-4-copies");
    copy_folder(&index, &archive.index_path());
    archive
}

#[test]
fn clusters_of_copies_of_an_older_version_are_there_after_the_rebuilding() {
    let archive = older_with_copies();
    let sound = archive.run(&["verify"]);
    assert!(
        sound.code == 2 && sound.stderr.contains("format 4"),
        "{sound:?}"
    );
    archive.run(&["reindex"]).expect(0);
    archive.run(&["verify", "--full"]).expect(0);
    let fresh = TempArchive::of_articles(&copies::lines());
    fresh.index();
    let clusters = copies::clusters(&archive.searcher());
    assert_eq!(clusters["міст-2"].len(), 4);
    assert_eq!(clusters["школа-2"].len(), 2);
    assert_eq!(clusters, copies::clusters(&fresh.searcher()));
    // What is found elsewhere now is known by its content.
    let again = archive.run_index(&[]).expect(0).json();
    assert_eq!(
        (&again["found"], &again["added"]),
        (&8.into(), &0.into()),
        "{again}"
    );
    assert_eq!(clusters, copies::clusters(&archive.searcher()));
}

#[test]
fn an_index_whose_schema_is_not_that_of_its_version_is_rebuilt() {
    let archive = older(3);
    let meta = archive.index_path().join("meta.json");
    let text = String::from_utf8(fs::read(&meta).unwrap()).unwrap();
    let ours = shukach::index::Payload::default();
    let text = text.replace(
        "\\\"format\\\":3",
        &format!("\\\"format\\\":{}", ours.format),
    );
    fs::write(&meta, text).unwrap();
    archive.run(&["search", "порт"]).expect(2);
    archive.run(&["reindex"]).expect(0);
    assert_eq!(held(&archive.index_path()).len(), 12);
}

/// Looks at the index while it is rebuilt.
struct Meanwhile<'a> {
    archive: &'a TempArchive,
    stop: StopFlag,
    looks: u32,
}

impl Watcher for Meanwhile<'_> {
    fn advance(&mut self, articles: u64) {
        if articles != 30 {
            return;
        }
        self.looks += 1;
        // Readers go on, and a second writer is kept out.
        assert!(!found(&self.archive.searcher(), "міст").is_empty());
        let index = Index::open(&self.archive.index_path()).unwrap();
        let error = Writer::open(&index, WriterOptions::default()).unwrap_err();
        let Error::Busy { holder, .. } = error else {
            panic!("{error:?}");
        };
        assert_eq!(holder.unwrap().pid, std::process::id());
        let error = reindex::run(index.path(), WriterOptions::default(), &mut ()).unwrap_err();
        assert!(matches!(error, Error::Busy { .. }), "{error:?}");
    }

    fn stop_flag(&self) -> StopFlag {
        self.stop.clone()
    }
}

#[test]
fn readers_go_on_and_writers_wait_while_an_index_is_rebuilt() {
    let archive = sample_archive();
    let opened = archive.searcher();
    let before = found(&opened, "міст");
    let mut meanwhile = Meanwhile {
        archive: &archive,
        stop: StopFlag::default(),
        looks: 0,
    };
    let rebuilt = reindex::run(&archive.index_path(), threads(2), &mut meanwhile).unwrap();
    assert_eq!((rebuilt.articles, meanwhile.looks), (70, 1));
    assert_eq!(found(&opened, "міст"), before);
    assert_eq!(found(&archive.searcher(), "міст"), before);
}

#[test]
fn a_rebuilding_that_is_stopped_leaves_the_index_as_it_was() {
    let archive = sample_archive();
    let before = files(&archive.index_path());
    let mut meanwhile = Meanwhile {
        archive: &archive,
        stop: StopFlag::default(),
        looks: 0,
    };
    meanwhile.stop.raise();
    let rebuilt = reindex::run(&archive.index_path(), threads(1), &mut meanwhile).unwrap();
    assert!(rebuilt.is_interrupted);
    assert_eq!(files(&archive.index_path()), before);
    assert!(!archive.index_path().join(".rebuilding").exists());
}

/// Searches as one does who comes now: the index answers as it always did.
fn assert_answers(archive: &TempArchive, expected: &[String]) {
    assert_eq!(found(&archive.searcher(), "міст"), expected);
}

/// Returns how long this command takes when nothing ends it.
fn time_of(archive: &TempArchive, arguments: &[&str]) -> Duration {
    let started = Instant::now();
    assert!(start(archive, arguments).wait().unwrap().success());
    started.elapsed()
}

const REINDEX: [&str; 4] = ["reindex", "--quiet", "--wait", "10s"];

#[test]
fn a_rebuilding_that_is_killed_leaves_one_of_the_two_indexes_whole() {
    let archive = sample_archive();
    let before = held(&archive.index_path());
    let answer = found(&archive.searcher(), "міст");
    let whole = time_of(&archive, &REINDEX);
    let mut numbers = Numbers(29);
    let (mut kills, mut searches) = (0, 0);
    for round in 0..rounds() {
        let moment = moment(whole, &mut numbers);
        let was_killed = kill_after(start(&archive, &REINDEX), moment, || {
            assert_answers(&archive, &answer);
            searches += 1;
        });
        kills += u32::from(was_killed);
        assert_eq!(held(&archive.index_path()), before, "round {round}");
        if round % 4 == 0 {
            let summary = index(&archive);
            assert_eq!((summary.unchanged, summary.removed), (70, 0), "{summary:?}");
        }
    }
    println!("{kills} rebuildings killed, {searches} searches beside them, 0 articles lost");
    assert!(kills > 0);
    archive.run(&["reindex"]).expect(0);
    archive.run(&["verify", "--full"]).expect(0);
    assert_eq!(held(&archive.index_path()), before);
    assert_answers(&archive, &answer);
    let names = fs::read_dir(archive.index_path()).unwrap();
    let names: Vec<PathBuf> = names.map(|entry| entry.unwrap().path()).collect();
    let stores = names
        .iter()
        .filter(|path| path.extension().is_some_and(|end| end == "store"));
    assert_eq!(stores.count(), 1, "{names:?}");
    assert!(!archive.index_path().join(".rebuilding").exists());
}

#[test]
fn a_rebuilding_of_an_older_version_that_is_killed_is_done_by_the_next() {
    let mut numbers = Numbers(4);
    let mut kills = 0;
    for format in 1..=4 {
        let whole = time_of(&older(format), &REINDEX);
        for _ in 0..rounds().div_ceil(4) {
            let archive = older(format);
            let moment = moment(whole, &mut numbers);
            kills += u32::from(kill_after(start(&archive, &REINDEX), moment, || {
                std::thread::sleep(Duration::from_millis(1));
            }));
            let ran = archive.run(&["search", "порт"]);
            let is_told = ran.code == 2 && ran.stderr.contains("shukach reindex --index");
            assert!(is_told || ran.code == 0, "{format}: {ran:?}");
            archive.run(&REINDEX).expect(0);
            assert_eq!(held(&archive.index_path()).len(), 12, "{format}");
            archive.run(&["verify", "--full"]).expect(0);
        }
    }
    println!("{kills} rebuildings killed, 0 articles lost");
    assert!(kills > 0);
}

#[test]
fn an_optimization_that_is_killed_costs_nothing() {
    let archive = TempArchive::new();
    copy_folder(&sample::archive().join("kyiv-courier"), &archive.root());
    archive.index_in_segments();
    let before = held(&archive.index_path());
    let answer = found(&archive.searcher(), "міст");
    let segments = tempfile::tempdir().unwrap();
    copy_folder(&archive.index_path(), segments.path());
    let optimize = ["optimize", "--wait", "10s"];
    let whole = time_of(&archive, &optimize);
    let mut numbers = Numbers(7);
    let (mut kills, mut searches) = (0, 0);
    for round in 0..rounds() {
        fs::remove_dir_all(archive.index_path()).unwrap();
        copy_folder(segments.path(), &archive.index_path());
        let moment = moment(whole, &mut numbers);
        let was_killed = kill_after(start(&archive, &optimize), moment, || {
            assert_answers(&archive, &answer);
            searches += 1;
        });
        kills += u32::from(was_killed);
        assert_eq!(held(&archive.index_path()), before, "round {round}");
        archive.run(&optimize).expect(0);
        assert_eq!(held(&archive.index_path()), before, "round {round}");
        assert_answers(&archive, &answer);
    }
    println!("{kills} optimizations killed, {searches} searches beside them, 0 articles lost");
    assert!(kills > 0);
    archive.run(&["verify", "--full"]).expect(0);
}

#[test]
fn optimizing_gives_back_the_room_of_deleted_articles() {
    let archive = TempArchive::new();
    copy_folder(&sample::archive().join("kyiv-courier"), &archive.root());
    archive.index_in_segments();
    let before = held(&archive.index_path());
    let summary = archive.run(&["optimize", "--json"]).expect(0).json();
    assert_valid(&validator("optimize-summary.v1.schema.json"), &summary);
    let number = |name: &str| summary[name].as_u64().unwrap();
    assert!(
        number("reclaimed") > 0 && number("segments_before") > 1,
        "{summary}"
    );
    assert_eq!(
        (number("segments_after"), number("articles")),
        (1, before.len() as u64)
    );
    assert!(number("bytes_after") < number("bytes_before"), "{summary}");
    assert_eq!(held(&archive.index_path()), before);
    // Nothing is left to do.
    let again = archive.run(&["optimize", "--json"]).expect(0).json();
    assert_eq!(
        (&again["reclaimed"], &again["segments_before"]),
        (&0.into(), &1.into())
    );
}
