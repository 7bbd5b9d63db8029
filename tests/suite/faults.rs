//! Whatever the disk does at whatever moment, the index is that of a commit, and the next run makes
//! it what a fresh one would be.

use crate::archive_fixture::{Line, TempArchive, json_lines, threads};
use crate::crash::Numbers;
use crate::faulty_disk::{Fault, FaultyDisk, Kept};
use crate::newsroom::{Held, held};
use shukach::archive::Archive;
use shukach::error::Error;
use shukach::index::Index;
use shukach::index::gate::Gate;
use shukach::index::job::{self, JobOptions};
use shukach::index::rebuilding::{reindex, repair};
use shukach::index::verify::{Depth, check_files, verify};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A job over the index in the first folder and the archive in the second.
type Job = fn(&Path, &Path, Option<Arc<dyn Gate>>) -> shukach::Result<()>;

/// An archive and its index before a job.
struct Scene {
    archive: TempArchive,
    job: Job,
    /// Whether the index before the job has to be repaired.
    is_damaged: bool,
    before: BTreeSet<Held>,
    after: BTreeSet<Held>,
}

fn line(number: u32, version: u32) -> Line {
    let body = "Кабінет міністрів ухвалив гарантії безпеки для міст і громад на весь рік. \
                Мости й школи відновлять до зими, повідомила пресслужба уряду у вівторок. "
        .repeat(3);
    Line::new(
        &number.to_string(),
        &format!("{body} Версія {version}, номер {number}."),
    )
}

fn lines(numbers: std::ops::Range<u32>, version: u32) -> String {
    json_lines(
        &numbers
            .map(|number| line(number, version))
            .collect::<Vec<_>>(),
    )
}

impl Scene {
    /// A job that changes, adds and removes articles of an index that is there.
    fn update() -> Self {
        let archive = TempArchive::in_memory();
        archive.write("a.jsonl", lines(0..6, 1));
        archive.write("b.jsonl", lines(10..13, 1));
        archive.write("порт.txt", "Порт\n\nПорт закрито на ремонт.");
        archive.index();
        let before = held(&archive.index_path());
        archive.write("a.jsonl", lines(1..7, 2));
        archive.write("c.jsonl", lines(20..23, 1));
        archive.remove("порт.txt");
        Self::of(archive, before)
    }

    /// A job that makes an index of two segments anew.
    fn rebuilding() -> Self {
        let archive = TempArchive::in_memory();
        archive.write("a.jsonl", lines(0..20, 1));
        archive.index();
        archive.write("b.jsonl", lines(30..32, 1));
        archive.index();
        let path = archive.index_path();
        Self {
            archive,
            job: rebuild,
            is_damaged: false,
            before: held(&path),
            after: held(&path),
        }
    }

    /// A job that repairs such an index, where the larger file with this ending is damaged.
    fn repair(end: &str) -> Self {
        let scene = Self::rebuilding();
        let entries = fs::read_dir(scene.archive.index_path()).unwrap();
        let paths = entries.map(|entry| entry.unwrap().path());
        let paths = paths.filter(|path| path.to_string_lossy().ends_with(end));
        let path = paths.max_by_key(|path| path.metadata().unwrap().len());
        let path = path.unwrap();
        let mut bytes = fs::read(&path).unwrap();
        bytes[100] ^= 1;
        fs::write(&path, bytes).unwrap();
        Self {
            job: repair_index,
            is_damaged: true,
            ..scene
        }
    }

    /// A job that makes the index.
    fn creation() -> Self {
        let archive = TempArchive::in_memory();
        archive.write("a.jsonl", lines(0..6, 1));
        archive.write("порт.txt", "Порт\n\nПорт закрито на ремонт.");
        Self::of(archive, BTreeSet::new())
    }

    fn of(archive: TempArchive, before: BTreeSet<Held>) -> Self {
        let fresh = archive.folder().join("fresh");
        run(&fresh, &archive.root(), None).unwrap();
        let after = held(&fresh);
        assert_ne!(before, after);
        Self {
            archive,
            job: run,
            is_damaged: false,
            before,
            after,
        }
    }

    /// Returns a folder of this name with the index before the job.
    fn folder(&self, name: &str) -> PathBuf {
        let folder = self.archive.folder().join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir(&folder).unwrap();
        for entry in fs::read_dir(self.archive.index_path())
            .into_iter()
            .flatten()
        {
            let path = entry.unwrap().path();
            fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
        }
        folder
    }

    /// Checks that the index in `folder` is that of the commit before the job, or of the job, which
    /// it must be where that `is_done`; and that the next job makes it what a fresh one is.
    fn assert_mends(&self, folder: &Path, is_done: bool, what: &str) {
        // Comparing every article with its words takes longer than the job.
        let is_thorough = is_thorough() || what.ends_with('7');
        match Index::open(folder) {
            _ if self.is_damaged && !is_done => {
                let repaired = repair_index(folder, &self.archive.root(), None);
                repaired.unwrap_or_else(|error| panic!("{what}: {error}"));
            }
            Err(Error::NoIndex { .. }) if self.before.is_empty() && !is_done => {}
            Err(error) => panic!("{what}: {error}"),
            Ok(_) => {
                assert_sound(folder, is_thorough, what);
                let held = held(folder);
                let is_whole = held == self.after || (held == self.before && !is_done);
                assert!(is_whole, "{what}: {held:?}");
            }
        }
        run(folder, &self.archive.root(), None).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(held(folder), self.after, "{what}");
        let files = assert_sound(folder, is_thorough, what);
        let names = fs::read_dir(folder).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let names = names.filter(|name| !name.starts_with('.') || name.starts_with(".tmp"));
        // The clusters before the last are removed by the next job.
        let left = names.count() as u64 - files;
        assert!(left <= 1, "{what}: {left} files are left");
        assert!(!folder.join(".rebuilding").exists(), "{what}");
    }
}

/// Returns whether all variants of all faults are tried, which takes minutes.
fn is_thorough() -> bool {
    std::env::var("SHUKACH_FAULTS").is_ok_and(|which| which == "all")
}

/// Returns how many files the index has.
fn assert_sound(folder: &Path, is_thorough: bool, what: &str) -> u64 {
    if is_thorough {
        let verification = verify(folder, Depth::Sample).unwrap();
        assert!(verification.is_sound(), "{what}: {verification:?}");
        verification.files
    } else {
        let checked = check_files(folder).unwrap();
        assert!(!checked.has_findings(), "{what}: {checked:?}");
        checked.files
    }
}

fn run(folder: &Path, root: &Path, disk: Option<Arc<dyn Gate>>) -> shukach::Result<()> {
    let index = Index::open_or_create_behind(folder, disk)?;
    let archive = Archive::open(&[root.to_owned()])?;
    let options = JobOptions {
        writer: threads(1),
        ..JobOptions::default()
    };
    job::run(&index, &archive, &options, &mut ()).map(drop)
}

fn rebuild(folder: &Path, _: &Path, disk: Option<Arc<dyn Gate>>) -> shukach::Result<()> {
    reindex::run_behind(folder, disk, threads(1), &mut ()).map(drop)
}

fn repair_index(folder: &Path, _: &Path, disk: Option<Arc<dyn Gate>>) -> shukach::Result<()> {
    repair::run_behind(folder, disk, threads(1), (&mut (), &mut ())).map(drop)
}

/// Returns `step`, or 1 where all are tried.
fn every(step: usize) -> usize {
    if is_thorough() { 1 } else { step }
}

/// What a power loss keeps, where it comes at the change with this number.
fn kept(at: u64) -> Vec<Kept> {
    let all = [Kept::Nothing, Kept::Names, Kept::Some];
    let one = usize::try_from(at % 3).unwrap();
    if is_thorough() {
        all.to_vec()
    } else {
        vec![all[one]]
    }
}

/// Lets a job meet a fault at every change of a file in turn, and loses the power afterwards where
/// `loses_power`; returns how many faults there were.
fn try_every_change(scene: &Scene, fault: Fault, loses_power: bool, step: usize) -> u64 {
    let mut numbers = Numbers(22);
    let mut tried = 0;
    for at in (0..).step_by(step) {
        let folder = scene.folder("job");
        let disk = FaultyDisk::new(&folder, fault, at);
        let gate: Arc<dyn Gate> = disk.clone();
        let outcome = (scene.job)(&folder, &scene.archive.root(), Some(gate));
        let is_done = outcome.is_ok();
        let what = format!("{fault:?} at change {at}");
        assert!(is_done || disk.has_failed(), "{what}: {outcome:?}");
        if fault == Fault::ShortWrite {
            assert!(is_done, "{what}: {outcome:?}");
        }
        for kept in kept(at).into_iter().filter(|_| loses_power) {
            let left = scene.archive.folder().join("left");
            let _ = fs::remove_dir_all(&left);
            disk.lose_power(&left, kept, &mut numbers);
            let what = format!("power lost, {kept:?} kept, after {what}");
            scene.assert_mends(&left, is_done, &what);
        }
        // What was killed without a power loss is tried by processes that are killed.
        let is_looked_at = !loses_power || at % 4 == 0 || is_thorough();
        if fault != Fault::Gone && is_looked_at {
            scene.assert_mends(&folder, is_done, &what);
        }
        if !disk.has_failed() {
            break;
        }
        tried += 1;
    }
    tried
}

#[test]
fn a_disk_that_is_full_at_any_moment_costs_no_commit() {
    let tried = try_every_change(&Scene::update(), Fault::Full, false, every(3));
    assert!(tried > 40, "{tried}");
    println!("{tried} faults tried, 0 articles lost");
}

#[test]
fn a_change_or_sync_that_fails_at_any_moment_costs_no_commit_also_if_power_is_lost() {
    let tried = try_every_change(&Scene::update(), Fault::Failing, true, 1);
    assert!(tried > 100, "{tried}");
    println!("{tried} faults tried, 0 articles lost");
}

#[test]
fn a_power_loss_at_any_moment_leaves_one_of_two_commits() {
    let tried = try_every_change(&Scene::update(), Fault::Gone, true, 1);
    assert!(tried > 100, "{tried}");
    println!("{tried} faults tried, 0 articles lost");
}

#[test]
fn short_writes_cost_nothing() {
    let tried = try_every_change(&Scene::update(), Fault::ShortWrite, true, every(9));
    assert!(tried > 10, "{tried}");
    println!("{tried} faults tried, 0 articles lost");
}

#[test]
fn an_index_that_is_made_on_a_failing_disk_is_made_by_the_next_job() {
    let scene = Scene::creation();
    for (fault, step) in [(Fault::Failing, every(3)), (Fault::Gone, 1)] {
        let tried = try_every_change(&scene, fault, fault == Fault::Gone, step);
        assert!(tried > 20, "{tried}");
        println!("{tried} faults tried, 0 articles lost");
    }
}

#[test]
fn a_rebuilding_on_a_failing_disk_costs_no_article() {
    let scene = Scene::rebuilding();
    for (fault, step) in [(Fault::Failing, every(2)), (Fault::Gone, 1)] {
        let tried = try_every_change(&scene, fault, true, step);
        // Six files of a segment, the manifest and the copies come in, meta.json is replaced, and
        // what two segments had goes.
        assert!(tried * step as u64 >= 8 + 1 + 2 * 6 + 2, "{tried}");
        println!("{tried} faults tried, 0 articles lost");
    }
}

#[test]
fn a_repair_on_a_failing_disk_costs_no_article_that_is_in_the_archive() {
    for (end, step) in [(".term", 2), (".store", 1), ("meta.json", 3)] {
        let scene = Scene::repair(end);
        for fault in [Fault::Failing, Fault::Gone] {
            let tried = try_every_change(&scene, fault, true, every(step));
            // Six files of a segment and the manifest come in, meta.json is replaced, and what the
            // damaged segment had goes; of texts that are lost, none come in before files are read
            // again.
            assert!(tried * every(step) as u64 > 7 + 1 + 6, "{end}: {tried}");
            println!("{end}: {tried} faults tried, 0 articles lost");
        }
    }
}
