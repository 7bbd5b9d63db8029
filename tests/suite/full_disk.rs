//! Commands that make an index anew, on a disk without room for it: before they begin, and in the
//! middle.

use crate::archive_fixture::{TempArchive, copy_folder};
use crate::cli_fixture::Ran;
use crate::newsroom::held;
use crate::repairing::{Harm, files, harm};
use crate::sample;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

fn archive() -> TempArchive {
    let archive = TempArchive::new();
    copy_folder(&sample::archive().join("kyiv-courier"), &archive.root());
    archive.index_in_segments();
    archive
}

/// The names in the folder of the index that people see.
fn names(archive: &TempArchive) -> Vec<PathBuf> {
    let entries = fs::read_dir(archive.index_path()).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let is_shown = |path: &PathBuf| !path.file_name().unwrap().to_string_lossy().starts_with('.');
    let mut paths: Vec<PathBuf> = paths.filter(is_shown).collect();
    paths.sort();
    paths
}

/// Makes a file longer than any disk, of which it takes nothing; returns how long it was.
fn stretch(path: &Path) -> u64 {
    let file = File::options().write(true).open(path).unwrap();
    let length = file.metadata().unwrap().len();
    file.set_len(15 << 40).unwrap();
    length
}

fn assert_no_room(ran: &Ran) {
    assert_eq!(ran.code, 2, "{ran:?}");
    for text in ["not enough room", "MB are free", "shukach snapshot"] {
        assert!(ran.stderr.contains(text), "{text}: {ran:?}");
    }
}

#[test]
fn what_a_disk_has_no_room_for_is_not_begun() {
    let archive = archive();
    let (before, there) = (held(&archive.index_path()), names(&archive));
    let long = files(&archive, ".pos").swap_remove(0);
    let length = stretch(&long);
    for command in ["reindex", "repair", "optimize"] {
        assert_no_room(&archive.run(&[command]));
        let ran = archive.run(&[command, "--lang", "uk"]).expect(2);
        assert!(ran.stderr.contains("замало місця"), "{ran:?}");
        assert_eq!(names(&archive), there, "{command}");
        assert!(
            !archive.index_path().join(".rebuilding").exists(),
            "{command}"
        );
    }
    // Links take none.
    archive.run(&["snapshot", "linked"]).expect(0);
    File::options()
        .write(true)
        .open(&long)
        .unwrap()
        .set_len(length)
        .unwrap();
    assert_eq!(held(&archive.index_path()), before);
    archive.run(&["verify", "--full"]).expect(0);
}

#[cfg(target_os = "linux")]
#[test]
fn a_snapshot_on_another_disk_is_copied_if_there_is_room() {
    use std::os::unix::fs::MetadataExt;
    let archive = archive();
    let device = |path: &Path| path.metadata().unwrap().dev();
    let other = Path::new("/dev/shm");
    if !other.is_dir() || device(other) == device(&archive.index_path()) {
        return;
    }
    let folder = tempfile::tempdir_in(other).unwrap();
    let copy = folder.path().join("copy");
    let copied = copy.to_str().unwrap();
    let report = archive
        .run(&["snapshot", copied, "--json"])
        .expect(0)
        .json();
    assert_eq!(report["linked"], 0);
    assert_eq!(held(&copy), held(&archive.index_path()));
    fs::remove_dir_all(&copy).unwrap();
    stretch(&files(&archive, ".pos")[0]);
    assert_no_room(&archive.run(&["snapshot", copied]));
    assert_eq!(fs::read_dir(&copy).unwrap().count(), 0);
}

/// Runs the program where no file may have more than `blocks` of 512 bytes, as on a disk that
/// fills up.
#[cfg(target_os = "linux")]
fn run_within(archive: &TempArchive, blocks: u32, command: &str) -> Ran {
    use crate::cli_fixture::NO_SETTINGS;
    let program = env!("CARGO_BIN_EXE_shukach");
    let line = format!("trap '' XFSZ; ulimit -f {blocks}; exec {program} {command} --index index");
    let mut shell = assert_cmd::Command::new("sh");
    let shell = shell.env(NO_SETTINGS.0, NO_SETTINGS.1).args(["-c", &line]);
    crate::cli_fixture::run(shell.current_dir(archive.folder()))
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_up_while_an_index_is_made_anew_leaves_the_old_one() {
    let archive = archive();
    let before = held(&archive.index_path());
    let sound = tempfile::tempdir().unwrap();
    copy_folder(&archive.index_path(), sound.path());
    let restore = || {
        fs::remove_dir_all(archive.index_path()).unwrap();
        copy_folder(sound.path(), &archive.index_path());
    };
    for command in ["reindex", "repair", "optimize"] {
        let mut failed = 0;
        for blocks in [0, 1, 2, 4, 8, 16, 32, 64, 128, 256] {
            restore();
            if command == "repair" {
                harm(&files(&archive, ".term")[0], Harm::Flipped);
            }
            let there = names(&archive);
            let ran = run_within(&archive, blocks, command);
            let what = format!("{command}, {blocks} blocks: {ran:?}");
            assert!(!ran.stderr.contains("panicked"), "{what}");
            if ran.code == 0 {
                assert_eq!(held(&archive.index_path()), before, "{what}");
                continue;
            }
            failed += 1;
            assert_eq!(ran.code, 2, "{what}");
            assert!(ran.stderr.contains("File too large"), "{what}");
            if command == "reindex" {
                assert_eq!(names(&archive), there, "{what}");
            }
            if command != "repair" {
                assert_eq!(held(&archive.index_path()), before, "{what}");
            }
            archive.run(&[command]).expect(0);
            assert_eq!(held(&archive.index_path()), before, "{what}");
            assert!(!archive.index_path().join(".rebuilding").exists(), "{what}");
        }
        assert!(failed > 3, "{command}: {failed}");
    }
}
