//! Whatever happens to files with exact repeats, in whatever runs, killed or not, the index is that
//! of a fresh one.

use crate::archive_fixture::threads;
use crate::crash::Numbers;
use crate::newsroom::Newsroom;
use crate::repeats::{BRIDGE, PORT, nameless, verified};
use shukach::archive::Archive;
use shukach::index::job::{JobOptions, JobSummary, Progress};
use shukach::index::verify::{Depth, verify};
use shukach::index::{Index, job};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

const TEXTS: [&str; 4] = [
    BRIDGE,
    PORT,
    "Ліс\n\nЛіс висаджують навесні.",
    "Школа\n\nШколу збудовано.",
];
const NAMES: [&str; 6] = ["a.txt", "b/c.txt", "b/d.txt", "e.txt", "f/g.txt", "h.txt"];

/// Changes, moves, removes and brings back a few files below `folder`.
fn change(room: &Newsroom, folder: &str, numbers: &mut Numbers) {
    let mut below = |limit: usize| usize::try_from(numbers.below(limit as u64)).unwrap();
    for _ in 0..=below(3) {
        let name = format!("{folder}/{}", NAMES[below(NAMES.len())]);
        let path = room.path(&name);
        match below(6) {
            0 if path.exists() => fs::remove_file(path).unwrap(),
            1 if path.exists() => {
                let to = format!("{folder}/{}", NAMES[below(NAMES.len())]);
                room.rename(&name, &to);
            }
            2 => {
                let lines = (0..=below(4)).map(|_| nameless(["А", "Б", "В"][below(3)], "Кут"));
                let lines: String = lines.collect();
                room.write(
                    &format!("{folder}/{}.jsonl", ["k", "l", "m"][below(3)]),
                    lines,
                );
            }
            _ => room.write(&name, TEXTS[below(TEXTS.len())]),
        }
    }
}

/// Writes a file that stays, so that a root is never empty.
fn write_constant(room: &Newsroom, folder: &str) {
    let name = format!("{folder}/n.txt");
    room.write(
        &name,
        format!("Постійна {folder}\n\nЦя новина лишається завжди."),
    );
}

fn assert_fresh(room: &Newsroom, arguments: &[&str]) {
    verified(room);
    if room.path("fresh").exists() {
        fs::remove_dir_all(room.path("fresh")).unwrap();
    }
    room.assert_fresh(arguments);
}

#[test]
fn any_sequence_of_changes_and_runs_gives_what_a_fresh_index_gives() {
    let mut numbers = Numbers(21);
    let room = Newsroom::new();
    write_constant(&room, "R");
    room.index(&["R"]);
    for _ in 0..40 {
        change(&room, "R", &mut numbers);
        match numbers.below(4) {
            // A part of the root alone, or a removal, comes between.
            0 if room.path("R/b").exists() => {
                let part = ["index", "--quiet", "--allow-empty", "R/b"];
                room.run(&part).expect(0);
            }
            1 => {
                let name = usize::try_from(numbers.below(NAMES.len() as u64)).unwrap();
                let name = format!("R/{}", NAMES[name]);
                room.run(&["remove", "--path", &name, "--yes", "--json"]);
            }
            _ => {}
        }
        verified(&room);
        room.index(&["R"]);
        assert_fresh(&room, &["R"]);
    }
}

#[test]
fn a_run_over_one_root_settles_what_it_shares_with_another() {
    let mut numbers = Numbers(22);
    let room = Newsroom::new();
    let all = ["R", "S", "--collection", "всі"];
    for root in ["R", "S"] {
        write_constant(&room, root);
    }
    room.index(&all);
    for _ in 0..30 {
        let changed = ["R", "S"][usize::try_from(numbers.below(2)).unwrap()];
        change(&room, changed, &mut numbers);
        room.index(&[changed, "--collection", "всі"]);
        assert_fresh(&room, &all);
    }
}

/// Dies after so many articles and files.
struct Mortal(u64);

impl Progress for Mortal {
    fn advance(&mut self, _: u64, _: &JobSummary) {
        self.0 -= 1;
        assert!(self.0 > 0, "the end");
    }
}

/// Runs a job that commits after every article and dies after so many; returns whether it came so
/// far.
fn run_and_die(index: &Path, archive: &Path, articles: u64) -> bool {
    let ended = catch_unwind(AssertUnwindSafe(|| {
        let index = Index::open_or_create(index).unwrap();
        let options = JobOptions {
            writer: threads(1),
            commit_bytes: Some(0),
            ..JobOptions::default()
        };
        let archive = Archive::open(&[archive.to_owned()]).unwrap();
        job::run(&index, &archive, &options, &mut Mortal(articles)).unwrap();
    }));
    ended.is_err()
}

#[test]
fn a_job_that_dies_after_any_of_its_commits_is_finished_by_the_next() {
    let mut numbers = Numbers(23);
    let room = Newsroom::new();
    write_constant(&room, "R");
    room.index(&["R"]);
    let mut deaths = 0;
    for round in 0..40 {
        change(&room, "R", &mut numbers);
        let articles = 1 + numbers.below(16);
        deaths += u32::from(run_and_die(&room.path("index"), &room.path("R"), articles));
        let found = verify(&room.path("index"), Depth::Full).unwrap();
        assert!(found.is_sound(), "round {round}: {:?}", found.findings);
        if numbers.below(3) == 0 {
            // What the dead one has read may be gone when the next one comes.
            change(&room, "R", &mut numbers);
        }
        room.index(&["R"]);
        assert_fresh(&room, &["R"]);
    }
    assert!(deaths > 10, "only {deaths} jobs died");
}
