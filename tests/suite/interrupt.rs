//! A run that is interrupted keeps what it has read, and the next one does the rest.

use crate::archive_fixture::{Line, TempArchive, found, json_lines, threads};
use shukach::ArticleError;
use shukach::archive::Archive;
use shukach::index::Index;
use shukach::index::job;
use shukach::index::job::{JobOptions, JobSummary, Progress};
use shukach::index::stop::StopFlag;

/// Stops the job after this number of articles.
struct Impatient {
    articles: u64,
    stop: StopFlag,
}

impl Progress for Impatient {
    fn start(&mut self, _: u64, _: u64) {}

    fn advance(&mut self, _: u64, summary: &JobSummary) {
        if summary.found >= self.articles {
            self.stop.raise();
        }
    }

    fn failed(&mut self, error: &ArticleError) {
        panic!("{error}");
    }

    fn finishing(&mut self) {}

    fn stop_flag(&self) -> StopFlag {
        self.stop.clone()
    }
}

fn lines(name: &str, count: usize) -> String {
    let line = |n| {
        Line::new(
            &format!("{name}-{n}"),
            "Кіт спить на підвіконні, а за вікном іде дощ.",
        )
    };
    json_lines(&(0..count).map(line).collect::<Vec<_>>())
}

fn run_until(archive: &TempArchive, articles: u64) -> JobSummary {
    let stop = StopFlag::default();
    let index = Index::open_or_create(&archive.index_path()).unwrap();
    let options = JobOptions {
        writer: threads(1),
        ..JobOptions::default()
    };
    let files = Archive::open(&[archive.root()]).unwrap();
    job::run(&index, &files, &options, &mut Impatient { articles, stop }).unwrap()
}

#[test]
fn a_stopped_job_keeps_what_it_read_removes_nothing_unseen_and_is_finished_by_the_next() {
    let archive = TempArchive::new()
        .file("a.txt", "Пес\n\nПес гавкає.")
        .file("b.jsonl", lines("b", 10));
    archive.index();
    archive.remove("a.txt");
    archive.write("b.jsonl", lines("b", 5));
    archive.write("c.jsonl", lines("c", 20));
    archive.write("d.txt", "Кінь\n\nКінь ірже.");
    let summary = run_until(&archive, 12);
    assert!(summary.is_interrupted);
    assert_eq!(
        (summary.added, summary.unchanged, summary.removed),
        (7, 5, 5)
    );
    assert_eq!(found(&archive.searcher(), "пес"), ["archive/a.txt"]);
    assert!(found(&archive.searcher(), "кінь").is_empty());
    assert_eq!(archive.content().len(), 1 + 5 + 7);
    let rest = archive.index().summary;
    assert!(!rest.is_interrupted);
    assert_eq!((rest.added, rest.removed), (14, 1));
    assert_eq!(archive.content().len(), 5 + 20 + 1);
    let again = archive.index().summary;
    assert_eq!((again.added, again.updated, again.removed), (0, 0, 0));
}

#[test]
fn a_job_that_is_stopped_before_it_begins_changes_nothing() {
    let archive = TempArchive::new().file("a.txt", "Пес\n\nПес гавкає.");
    archive.index();
    let before = archive.content();
    archive.remove("a.txt");
    let stop = StopFlag::default();
    stop.raise();
    let index = Index::open(&archive.index_path()).unwrap();
    let files = Archive::open(&[archive.root()]).unwrap();
    let mut progress = Impatient { articles: 0, stop };
    let summary = job::run(&index, &files, &JobOptions::default(), &mut progress).unwrap();
    assert!(summary.is_interrupted);
    assert!(archive.content() == before);
}

#[cfg(unix)]
mod signals {
    use super::*;
    use crate::cli_fixture::NO_SETTINGS;
    use std::io::{BufRead, BufReader, Read};
    use std::process::{Child, Command, Stdio};
    use std::time::Duration;

    fn start(arguments: &[&str], archive: &TempArchive) -> Child {
        Command::new(env!("CARGO_BIN_EXE_shukach"))
            .env_clear()
            .env("HOME", archive.folder())
            .env(NO_SETTINGS.0, NO_SETTINGS.1)
            .args(arguments)
            .arg("--index")
            .arg(archive.index_path())
            .current_dir(archive.folder())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    fn send(signal: &str, child: &Child) {
        let kill = format!("kill -{signal} {}", child.id());
        assert!(
            Command::new("sh")
                .args(["-c", &kill])
                .status()
                .unwrap()
                .success()
        );
    }

    /// Starts an index job that takes a while, and returns once it reads.
    fn reading(archive: &TempArchive) -> Child {
        let mut child = start(&["index", "archive", "--json", "--threads", "1"], archive);
        let mut first = String::new();
        let mut errors = BufReader::new(child.stderr.take().unwrap());
        errors.read_line(&mut first).unwrap();
        assert!(first.starts_with("indexing "), "{first}");
        // Other output must not block it.
        std::thread::spawn(move || errors.read_to_end(&mut Vec::new()));
        std::thread::sleep(Duration::from_millis(300));
        child
    }

    fn long_archive() -> TempArchive {
        let archive = TempArchive::new().file("a.txt", "Пес\n\nПес гавкає.");
        archive.index();
        archive.remove("a.txt");
        archive.file("b.jsonl", lines("b", 15_000))
    }

    #[test]
    fn an_index_job_that_is_interrupted_commits_and_the_next_run_finishes_it() {
        for signal in ["INT", "TERM"] {
            let archive = long_archive();
            let child = reading(&archive);
            send(signal, &child);
            let output = child.wait_with_output().unwrap();
            assert_eq!(output.status.code(), Some(130), "{output:?}");
            let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
            assert_eq!(summary["interrupted"], true);
            let added = summary["added"].as_u64().unwrap();
            assert!(added > 0 && added < 15_000, "{summary}");
            assert_eq!(
                archive.content().len() as u64,
                added + 1,
                "committed, nothing removed"
            );
            let rest = archive.run_index(&[]).expect(0).json();
            assert_eq!(rest["interrupted"], false);
            assert_eq!(rest["added"].as_u64(), Some(15_000 - added));
            assert_eq!(rest["removed"], 1);
        }
    }

    #[test]
    fn the_second_signal_ends_it_at_once_and_nothing_is_lost() {
        let archive = long_archive();
        let child = reading(&archive);
        send("INT", &child);
        send("INT", &child);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130), "{output:?}");
        archive.run_index(&[]).expect(0);
        assert_eq!(archive.content().len(), 15_000);
    }

    #[test]
    fn a_file_that_is_being_written_is_taken_away() {
        let archive = TempArchive::new().file("b.jsonl", lines("b", 15_000));
        archive.index();
        let hidden = || {
            let names = std::fs::read_dir(archive.folder()).unwrap();
            let mut names = names.map(|entry| entry.unwrap().file_name());
            names.any(|name| name.to_string_lossy().starts_with(".shukach-"))
        };
        let export = [
            "search",
            "--all",
            "--format",
            "ndjson",
            "-o",
            "cats.ndjson",
            "кіт",
        ];
        let mut child = start(&export, &archive);
        while !hidden() {
            assert!(child.try_wait().unwrap().is_none(), "it was too fast");
            std::thread::sleep(Duration::from_millis(1));
        }
        send("INT", &child);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130), "{output:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        assert!(!hidden());
        assert!(!archive.folder().join("cats.ndjson").exists());
    }

    #[test]
    fn other_commands_end_at_once() {
        let archive = TempArchive::new().file("a.txt", "Пес\n\nПес гавкає.");
        archive.index();
        // It waits for queries.
        let child = start(&["search", "--queries", "-", "--format", "trec"], &archive);
        std::thread::sleep(Duration::from_millis(500));
        send("INT", &child);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130), "{output:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    }
}
