//! Damaged indexes made whole of what is left of them and of the files of the archive.

use crate::archive_fixture::{TempArchive, copy_folder, found, index_into, threads};
use crate::cli_fixture::Ran;
use crate::crash::{Numbers, kill_after, moment, number_in, rounds, start};
use crate::index_schema::{assert_valid, validator};
use crate::newsroom::{Held, held, texts};
use crate::rebuilding::{older, older_with_copies};
use crate::sample;
use serde_json::Value;
use shukach::index::Index;
use shukach::index::job::JobOptions;
use shukach::index::verify::check_files;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

/// The sample archive in an index of two segments, the older with an article that was removed for
/// good, one that has changed and one whose file is gone.
fn archive() -> TempArchive {
    let archive = TempArchive::new();
    copy_folder(&sample::archive(), &archive.root());
    archive.write(
        "print.txt",
        fs::read(sample::archive().join("bez-dzherela/kutia.txt")).unwrap(),
    );
    archive.write("gone.txt", "Зникле\n\nЦієї статті згодом не стане.");
    archive.write("changed.txt", "Змінене\n\nЦе перша редакція статті.");
    index(&archive);
    archive.remove("gone.txt");
    archive.write(
        "changed.txt",
        "Змінене\n\nЦе друга редакція статті, довша за першу.",
    );
    archive.write("new.txt", "Нове\n\nЦя стаття надійшла пізніше.");
    index(&archive);
    archive
        .run(&["remove", "archive/kyiv-courier/danube-barges.md", "--yes"])
        .expect(0);
    let segments = Index::open(&archive.index_path()).unwrap();
    assert_eq!(segments.engine().searchable_segment_ids().unwrap().len(), 2);
    archive
}

/// Indexes the archive on one thread.
pub(crate) fn index(archive: &TempArchive) {
    let options = JobOptions {
        writer: threads(1),
        ..JobOptions::default()
    };
    index_into(&archive.index_path(), &[archive.root()], options).unwrap();
}

/// The files of the index with this ending, the largest first.
pub(crate) fn files(archive: &TempArchive, end: &str) -> Vec<PathBuf> {
    let paths = matching(archive, end);
    assert!(!paths.is_empty(), "no file ends in {end}");
    paths
}

fn matching(archive: &TempArchive, end: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(archive.index_path()).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let is_one = |path: &PathBuf| path.to_string_lossy().ends_with(end);
    let mut paths: Vec<PathBuf> = paths.filter(is_one).collect();
    paths.sort_by_key(|path| std::cmp::Reverse(path.metadata().unwrap().len()));
    paths
}

/// A way to damage a file.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Harm {
    /// A bit in the middle.
    Flipped,
    /// A hundred bytes in the first quarter.
    Zeroed,
    /// The second half is gone.
    Cut,
    Removed,
}

const HARMS: [Harm; 4] = [Harm::Flipped, Harm::Zeroed, Harm::Cut, Harm::Removed];

pub(crate) fn harm(path: &PathBuf, harm: Harm) {
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    match harm {
        Harm::Flipped => bytes[middle] ^= 0x10,
        Harm::Zeroed => {
            let from = bytes.len() / 4;
            let until = (from + 100).min(bytes.len());
            bytes[from..until].fill(0);
        }
        Harm::Cut => bytes.truncate(middle),
        Harm::Removed => return fs::remove_file(path).unwrap(),
    }
    fs::write(path, bytes).unwrap();
}

fn repair(archive: &TempArchive, code: i32) -> Value {
    let Ran { stdout, .. } = archive.run(&["repair", "--json"]).expect(code);
    let summary: Value = serde_json::from_str(&stdout).unwrap();
    assert_valid(&validator("repair-summary.v1.schema.json"), &summary);
    summary
}

/// Checks that the index holds these articles and can be trusted again: its files are whole, and
/// nothing is left behind.
#[track_caller]
fn assert_whole(archive: &TempArchive, expected: &BTreeSet<Held>, what: &str) {
    assert_eq!(held(&archive.index_path()), *expected, "{what}");
    archive.run(&["verify", "--full"]).expect(0);
    assert!(!archive.index_path().join(".rebuilding").exists(), "{what}");
}

/// What the index answers to a few queries.
fn answers(archive: &TempArchive) -> Vec<Vec<String>> {
    let queries = [
        "міст",
        "«гарантії безпеки»",
        "дата:2025-12",
        "=кіт",
        "джерело:\"Kyiv Courier\"",
    ];
    let searcher = archive.searcher();
    queries
        .iter()
        .map(|query| found(&searcher, query))
        .collect()
}

/// The ends of the names of all files of an index.
const ENDS: [&str; 10] = [
    ".term",
    ".idx",
    ".pos",
    ".fieldnorm",
    ".fast",
    ".store",
    ".del",
    ".jsonl",
    ".bin",
    "meta.json",
];

/// What was removed for good is known only to the manifest.
fn has_lost_removals(end: &str, way: Harm) -> bool {
    end == ".jsonl" && matches!(way, Harm::Cut | Harm::Removed)
}

/// Damages each kind of file, hands the index to `check`, and makes it sound again: in those of
/// [`HARMS`] that `chosen` gives for the place of the kind, in a long test in all.
fn for_each_harm(
    archive: &TempArchive,
    ends: &[&str],
    chosen: &dyn Fn(usize) -> Vec<usize>,
    check: &dyn Fn(&str, Harm, &str),
) {
    let is_long = number_in("SHUKACH_CRASH_ROUNDS").is_some();
    for (place, end) in ends.iter().enumerate() {
        for (number, way) in HARMS.into_iter().enumerate() {
            if !is_long && !chosen(place).contains(&number) {
                continue;
            }
            let backup = tempfile::tempdir().unwrap();
            copy_folder(&archive.index_path(), backup.path());
            harm(&files(archive, end)[0], way);
            check(end, way, &format!("{end} {way:?}"));
            fs::remove_dir_all(archive.index_path()).unwrap();
            copy_folder(backup.path(), &archive.index_path());
        }
    }
}

/// The first way for every kind of file, and another one that changes from kind to kind.
fn two_ways(place: usize) -> Vec<usize> {
    vec![0, 1 + place % (HARMS.len() - 1)]
}

#[test]
fn whatever_file_is_damaged_the_index_is_whole_again_while_the_archive_is_there() {
    let archive = archive();
    let (expected, answered) = (held(&archive.index_path()), answers(&archive));
    for_each_harm(&archive, &ENDS, &two_ways, &|end, way, what| {
        let in_doubt = [".jsonl", "meta.json"].contains(&end);
        let summary = repair(&archive, if in_doubt { 3 } else { 0 });
        assert!(!summary["damaged"].as_array().unwrap().is_empty(), "{what}");
        assert_eq!(summary["removals_in_doubt"], in_doubt, "{what}");
        assert_eq!(summary["lost"], 0, "{what}: {summary}");
        if has_lost_removals(end, way) {
            assert_eq!(
                held(&archive.index_path()).len(),
                expected.len() + 1,
                "{what}"
            );
            let back = "archive/kyiv-courier/danube-barges.md";
            archive.run(&["remove", back, "--yes"]).expect(0);
        }
        assert_whole(&archive, &expected, what);
        assert_eq!(answers(&archive), answered, "{what}");
        // Nothing is left to do, and what was removed for good stays away.
        let again = repair(&archive, 0);
        assert_eq!(again["damaged"], Value::Array(Vec::new()), "{what}");
        let again = archive.run_index(&[]).json();
        assert_eq!(
            (&again["added"], &again["removed"]),
            (&0.into(), &0.into()),
            "{what}"
        );
        assert_eq!(held(&archive.index_path()), expected, "{what}");
    });
}

#[test]
fn without_the_archive_only_articles_whose_texts_are_damaged_are_lost() {
    let archive = archive();
    let (expected, answered) = (held(&archive.index_path()), answers(&archive));
    let sound = tempfile::tempdir().unwrap();
    copy_folder(&archive.index_path(), sound.path());
    fs::rename(archive.root(), archive.folder().join("away")).unwrap();
    for_each_harm(&archive, &ENDS, &two_ways, &|end, way, what| {
        // Tags and the like may be lost with the columns; the summary counts them.
        let may_lack = end == ".fast";
        let in_doubt = [".jsonl", "meta.json"].contains(&end);
        let is_whole = !may_lack && !in_doubt && end != ".store";
        let summary = repair(&archive, if is_whole { 0 } else { 3 });
        assert_eq!(summary["incomplete"] != 0, may_lack, "{what}: {summary}");
        let now = held(&archive.index_path());
        // What is there is what was there, and what is not is named.
        let lost = summary["lost"].as_u64().unwrap();
        let is_there = if may_lack || in_doubt {
            texts(held(&archive.index_path())).is_subset(&texts(held(sound.path())))
        } else {
            now.is_subset(&expected)
        };
        assert!(is_there, "{what}");
        assert_eq!(
            lost,
            (expected.len() - now.len()) as u64,
            "{what}: {summary}"
        );
        let named = summary["lost_articles"].as_array().unwrap().len();
        assert_eq!(named as u64, lost, "{what}");
        assert_whole(&archive, &now, what);
        if end != ".store" {
            assert_eq!((lost, answers(&archive)), (0, answered.clone()), "{what}");
        } else if matches!(way, Harm::Flipped | Harm::Zeroed) {
            assert!(
                now.len() * 2 > expected.len(),
                "{what}: {} are left",
                now.len()
            );
        }
    });
}

#[test]
fn a_damaged_index_of_an_older_version_is_told_of_and_made_whole_in_this_one() {
    let archives = (1..=4).map(older).chain([older_with_copies()]);
    for (number, archive) in archives.enumerate() {
        let sound = tempfile::tempdir().unwrap();
        copy_folder(&archive.index_path(), sound.path());
        let reindexed = archive.run(&["reindex", "--json"]).expect(0).json();
        let format = reindexed["from"]["format"].as_u64().unwrap();
        let expected = held(&archive.index_path());
        fs::remove_dir_all(archive.index_path()).unwrap();
        copy_folder(sound.path(), &archive.index_path());
        let has = |end: &&&str| !matching(&archive, end).is_empty();
        let ends: Vec<&str> = ENDS.iter().filter(has).copied().collect();
        // A kind of file is damaged in another way in each format.
        let in_turn = |place: usize| vec![(number + place) % HARMS.len()];
        for_each_harm(&archive, &ends, &in_turn, &|end, _, what| {
            let what = format!("format {format}, {what}");
            let search = archive.run(&["search", "порт"]);
            let verify = archive.run(&["verify"]);
            let reindex = archive.run(&["reindex"]);
            let repair = archive.run(&["repair", "--json"]);
            for ran in [&search, &verify, &reindex, &repair] {
                assert!(!ran.stderr.contains("panicked"), "{what}: {ran:?}");
            }
            let says = |ran: &Ran, text: &str| {
                assert!(ran.stderr.contains(text), "{what}: {text} in {ran:?}");
            };
            let way_out = if end == "meta.json" {
                "shukach repair"
            } else {
                "shukach reindex"
            };
            says(&search, way_out);
            says(&reindex, "shukach repair --index");
            assert_eq!(
                (search.code, verify.code, reindex.code),
                (2, 1, 2),
                "{what}"
            );
            let name = verify.stdout.lines().next().unwrap();
            assert!(name.contains(end) && name.len() < 400, "{what}: {verify:?}");
            let (summary, now) = (repair.json(), held(&archive.index_path()));
            let lost = summary["lost"].as_u64().unwrap();
            assert_eq!(
                lost,
                (expected.len() - now.len()) as u64,
                "{what}: {summary}"
            );
            let named = summary["lost_articles"].as_array().unwrap().len();
            assert_eq!(named as u64, lost, "{what}");
            if end != ".store" {
                assert_eq!(lost, 0, "{what}: {summary}");
            }
            if ![".fast", ".store", ".jsonl", "meta.json"].contains(&end) {
                assert_eq!((repair.code, &now), (0, &expected), "{what}");
            }
            assert_whole(&archive, &now, &what);
            // The archive is elsewhere now; what was lost comes back from there.
            archive.run_index(&[]).expect(0);
            let back = ids(&held(&archive.index_path()));
            assert!(back.is_superset(&ids(&expected)), "{what}: {back:?}");
            // Without the manifest nobody knows that what lies elsewhere is the same archive.
            assert!(
                back.len() == expected.len() || end == ".jsonl",
                "{what}: {back:?}"
            );
        });
    }
}

fn ids(held: &BTreeSet<Held>) -> BTreeSet<String> {
    held.iter().map(|held| held.id.clone()).collect()
}

/// Searches beside a repair: what is found is known and found once; a message where the damaged
/// part is met.
fn assert_answers_or_says_why(archive: &TempArchive, known: &BTreeSet<String>) {
    let ran = archive.run(&["search", "міст", "--limit", "1000", "--json"]);
    assert!((0..=2).contains(&ran.code), "{ran:?}");
    assert!(!ran.stderr.contains("panicked"), "{ran:?}");
    if ran.code == 2 {
        assert!(!ran.stderr.is_empty());
        return;
    }
    let answer = ran.json();
    let hits = answer["hits"].as_array().unwrap();
    let found: BTreeSet<&str> = hits.iter().map(|hit| hit["id"].as_str().unwrap()).collect();
    assert_eq!(found.len(), hits.len(), "an article twice");
    assert!(found.iter().all(|id| known.contains(*id)), "{found:?}");
}

#[test]
fn a_repair_that_is_killed_leaves_one_of_the_two_indexes_and_is_finished_later() {
    let archive = archive();
    let expected = held(&archive.index_path());
    let sound = tempfile::tempdir().unwrap();
    copy_folder(&archive.index_path(), sound.path());
    let damage = |end: &str| {
        fs::remove_dir_all(archive.index_path()).unwrap();
        copy_folder(sound.path(), &archive.index_path());
        harm(&files(&archive, end)[0], Harm::Flipped);
    };
    let repair = || start(&archive, &["repair", "--quiet", "--wait", "10s"]);
    let known = ids(&held(sound.path()));
    let (rounds, mut kills, mut searches) = (rounds(), 0, 0);
    let mut numbers = Numbers(3);
    for end in [".term", ".store", "meta.json"] {
        damage(end);
        let started = Instant::now();
        repair().wait().unwrap();
        let whole = started.elapsed();
        for round in 0..rounds.div_ceil(3) {
            let what = format!("{end}, round {round}");
            damage(end);
            let moment = moment(whole, &mut numbers);
            let was_killed = kill_after(repair(), moment, || {
                assert_answers_or_says_why(&archive, &known);
                searches += 1;
            });
            kills += u32::from(was_killed);
            let checked = check_files(&archive.index_path()).unwrap();
            if !checked.has_findings() {
                let found = texts(held(&archive.index_path()));
                assert!(found.is_subset(&texts(held(sound.path()))), "{what}");
            }
            let ran = archive.run(&["repair", "--quiet"]);
            assert!([0, 3].contains(&ran.code), "{what}: {ran:?}");
            // What the killed one was to read again.
            archive.run_index(&[]);
            assert_whole(&archive, &expected, &what);
        }
    }
    println!("{kills} repairs killed, {searches} searches beside them, 0 articles lost");
    assert!(kills > 0);
}
