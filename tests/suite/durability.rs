//! What a job that has ended means, whoever else is at work and however other jobs end.

use crate::archive_fixture::{Line, TempArchive, found, index_into, json_lines, threads};
use crate::cli_fixture::NO_SETTINGS;
use crate::crash::{INDEX, Numbers, kill_after, number_in, rounds, start};
use crate::newsroom::held;
use crate::sample::repository;
use regex::Regex;
use shukach::index::Index;
use shukach::index::job::JobOptions;
use shukach::index::verify::{Depth, verify};
use shukach::search::{SearchRequest, Searcher};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

const FILES: u32 = 30;
const LINES: u32 = 30;

/// Writes one file of the archive; every article of it has the word of its version.
fn write_file(archive: &TempArchive, file: u32, version: u64) {
    let lines = (0..LINES).map(|line| {
        let body = "Мости й школи відновлять до зими, повідомила пресслужба. ".repeat(6);
        Line::new(
            &format!("{file}-{line}"),
            &format!("{body} Версія{version}."),
        )
    });
    let lines: Vec<Line> = lines.collect();
    archive.write(&format!("{file}.jsonl"), json_lines(&lines));
}

fn archive() -> TempArchive {
    let archive = TempArchive::new();
    for file in 0..FILES {
        write_file(&archive, file, 0);
    }
    archive
}

#[track_caller]
fn assert_fresh(archive: &TempArchive) {
    let verification = verify(&archive.index_path(), Depth::Full).unwrap();
    assert!(verification.is_sound(), "{verification:?}");
    let fresh = archive.folder().join("fresh");
    let options = JobOptions {
        writer: threads(2),
        ..JobOptions::default()
    };
    index_into(&fresh, &[archive.root()], options).unwrap();
    assert_eq!(held(&archive.index_path()), held(&fresh));
}

/// Searches as a reader does who comes now; every answer is of one commit.
fn search(path: &Path, known: u64) {
    let searcher = Searcher::open(&Index::open(path).unwrap()).unwrap();
    let request = SearchRequest::new("мости школи").limit(1_000).snippets(0);
    let found = searcher.search(&request).unwrap();
    let ids: BTreeSet<&String> = found.hits.iter().map(|hit| &hit.id).collect();
    assert_eq!(ids.len(), found.hits.len(), "an article twice");
    assert_eq!(found.total, Some(ids.len() as u64));
    assert!(
        ids.len() as u64 >= known,
        "{} of {known} articles",
        ids.len()
    );
}

#[test]
fn searches_go_on_while_jobs_are_killed() {
    let mut numbers = Numbers(1_991);
    let archive = archive();
    let started = Instant::now();
    archive.run(&INDEX).expect(0);
    let mut whole = started.elapsed();
    let (mut kills, mut searches) = (0, 0);
    let rounds = rounds();
    for round in 1..=rounds {
        for _ in 0..5 {
            let file = u32::try_from(numbers.below(u64::from(FILES))).unwrap();
            write_file(&archive, file, u64::from(round));
        }
        let delay = whole * u32::try_from(numbers.below(105)).unwrap() / 100;
        let started = Instant::now();
        let was_killed = kill_after(start(&archive, &INDEX), delay, || {
            search(&archive.index_path(), u64::from(FILES * LINES));
            searches += 1;
        });
        if was_killed {
            kills += 1;
        } else {
            whole = started.elapsed();
        }
    }
    archive.run(&INDEX).expect(0);
    assert_fresh(&archive);
    println!("{kills} of {rounds} jobs killed, {searches} searches beside them, 0 articles lost");
    assert!(kills > 0);
}

#[test]
fn two_jobs_at_once_do_what_one_after_the_other_does() {
    let archive = archive();
    let mut waiting = INDEX.to_vec();
    waiting.extend(["--wait", "60s"]);
    for round in 1..4 {
        for file in 0..5 {
            write_file(&archive, file, round);
        }
        let jobs = [(); 3].map(|()| start(&archive, &waiting));
        for mut job in jobs {
            assert!(job.wait().unwrap().success());
        }
    }
    assert_fresh(&archive);
}

/// How many commits a reader sees; 1,000 in a long test.
fn commits() -> u64 {
    number_in("SHUKACH_COMMITS").unwrap_or(25).into()
}

#[test]
fn a_reader_keeps_its_commit_while_a_writer_makes_many_others() {
    let archive = TempArchive::new();
    for file in 0..3 {
        write_file(&archive, file, 0);
    }
    archive.index();
    let path = archive.index_path();
    let early = Searcher::open(&Index::open(&path).unwrap()).unwrap();
    let request = SearchRequest::new("мости школи").limit(1_000);
    let before = early.search(&request).unwrap();
    for commit in 1..=commits() {
        write_file(&archive, u32::try_from(commit % 3).unwrap(), commit);
        archive.index();
        let late = Searcher::open(&Index::open(&path).unwrap()).unwrap();
        let word = format!("версія{commit}");
        assert_eq!(found(&late, &word).len(), LINES as usize, "commit {commit}");
    }
    let after = early.search(&request).unwrap();
    assert_eq!(after.hits, before.hits, "its files were gone long ago");
    assert_eq!(
        early.search(&SearchRequest::new("версія0")).unwrap().total,
        Some(90)
    );
    println!("{} commits, 0 articles lost", commits());
    assert!(verify(&path, Depth::Full).unwrap().is_sound());
}

#[cfg(target_os = "linux")]
#[test]
fn a_job_that_gets_no_more_memory_costs_no_commit() {
    let archive = archive();
    archive.run(&INDEX).expect(0);
    let before = held(&archive.index_path());
    for file in 0..FILES {
        write_file(&archive, file, 1);
    }
    let mut failed = 0;
    for kilobytes in [60_000, 120_000, 200_000, 300_000, 400_000] {
        let command = format!(
            "ulimit -v {kilobytes}; exec {} index --quiet --threads 1 archive --index index",
            env!("CARGO_BIN_EXE_shukach")
        );
        let ran = Command::new("sh")
            .env(NO_SETTINGS.0, NO_SETTINGS.1)
            .args(["-c", &command])
            .current_dir(archive.folder())
            .output()
            .unwrap();
        if ran.status.success() {
            break;
        }
        failed += 1;
        assert_eq!(held(&archive.index_path()), before, "{ran:?}");
        let verification = verify(&archive.index_path(), Depth::Sample).unwrap();
        assert!(verification.is_sound(), "{verification:?}");
    }
    assert!(failed > 0, "there was memory enough each time");
    let deadline = Instant::now() + Duration::from_secs(5);
    while archive.run(&INDEX).code != 0 {
        assert!(Instant::now() < deadline);
    }
    assert_fresh(&archive);
}

fn read(path: &Path) -> String {
    String::from_utf8(std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn every_guarantee_names_a_test_that_there_is() {
    let page = read(&repository().join("docs/durability.md"));
    let named = Regex::new(r"`(\w+)::(\w+)`").unwrap();
    let mut count = 0;
    for test in named.captures_iter(&page) {
        let file = repository().join(format!("tests/suite/{}.rs", &test[1]));
        let code = read(&file);
        let line = format!("#[test]\nfn {}()", &test[2]);
        assert!(code.contains(&line), "{}", &test[0]);
        count += 1;
    }
    assert!(count > 15, "{count}");
}

#[test]
fn jobs_that_make_one_index_at_once_all_end_well() {
    for _ in 0..5 {
        let archive = TempArchive::new();
        for file in 0..3 {
            write_file(&archive, file, 0);
        }
        let mut waiting = INDEX.to_vec();
        waiting.extend(["--wait", "60s"]);
        let jobs = [(); 4].map(|()| start(&archive, &waiting));
        for mut job in jobs {
            assert!(job.wait().unwrap().success());
        }
        assert_fresh(&archive);
    }
}
