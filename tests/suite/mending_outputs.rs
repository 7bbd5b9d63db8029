//! What `reindex`, `repair` and `optimize` print, in both languages and as JSON.

use crate::archive_fixture::{TempArchive, copy_folder};
use crate::rebuilding::older;
use crate::repairing::{Harm, files, harm, index};
use crate::sample;
use crate::verify::printed;
use insta::assert_snapshot;
use regex::Regex;
use std::fs;

/// Returns what a command prints, without what differs from run to run and from one version of the
/// analysis to the next.
fn shown(archive: &TempArchive, arguments: &[&str], code: i32) -> String {
    let mut shown = printed(archive, arguments, code);
    let root = archive.root().canonicalize().unwrap();
    shown = shown.replace(root.to_str().unwrap(), "ARCHIVE");
    for (varying, name) in [
        (r"\d+\.\d (MB|МБ)", "N $1"),
        (r"\d+\.\d\d (s|с)\b", "N $1"),
        (r"\d+ (bytes of|байтів із) \d+", "N $1 N"),
        (r"(analyzer|аналізатор) \d+ → \d+", "$1 N → N"),
        (r"\b[0-9a-f]{8} → [0-9a-f]{8}\b", "OLD → NEW"),
        (r#""(bytes_\w+|seconds|analyzer)": [\d.]+"#, r#""$1": N"#),
        (r#""dictionary": "[^"]+""#, r#""dictionary": "D""#),
    ] {
        let varying = Regex::new(varying).unwrap();
        shown = varying.replace_all(&shown, name).into_owned();
    }
    shown
}

/// Returns what a command prints in both languages and as JSON, each time over the index that is
/// there now.
fn in_all_forms(archive: &TempArchive, command: &str, code: i32) -> String {
    let before = tempfile::tempdir().unwrap();
    copy_folder(&archive.index_path(), before.path());
    let forms = [["--lang", "en"], ["--lang", "uk"], ["--lang=uk", "--json"]];
    let shown = forms.map(|form| {
        fs::remove_dir_all(archive.index_path()).unwrap();
        copy_folder(before.path(), &archive.index_path());
        shown(archive, &[&[command], form.as_slice()].concat(), code)
    });
    shown.join("\n")
}

/// Articles of the sample in an index of two segments, the larger one first.
fn archive() -> TempArchive {
    let archive = TempArchive::new();
    copy_folder(&sample::archive().join("kyiv-courier"), &archive.root());
    index(&archive);
    archive.write("new.txt", "Нове\n\nЦя стаття надійшла пізніше.");
    index(&archive);
    archive
}

#[test]
fn a_rebuilding_says_what_it_did() {
    assert_snapshot!("reindex-same", in_all_forms(&archive(), "reindex", 0));
    assert_snapshot!("reindex-older", in_all_forms(&older(3), "reindex", 0));
    let archive = archive();
    harm(&files(&archive, ".store")[0], Harm::Flipped);
    let refused = ["en", "uk"].map(|lang| shown(&archive, &["reindex", "--lang", lang], 2));
    assert_snapshot!("reindex-damaged", refused.join("\n"));
}

#[test]
fn a_repair_says_what_was_damaged_kept_made_anew_and_lost() {
    let archive = archive();
    assert_snapshot!("repair-sound", in_all_forms(&archive, "repair", 0));
    let sound = tempfile::tempdir().unwrap();
    copy_folder(&archive.index_path(), sound.path());
    let damaged = |end: &str| {
        fs::remove_dir_all(archive.index_path()).unwrap();
        copy_folder(sound.path(), &archive.index_path());
        harm(&files(&archive, end)[0], Harm::Cut);
    };
    damaged(".term");
    assert_snapshot!("repair-words", in_all_forms(&archive, "repair", 0));
    damaged(".store");
    assert_snapshot!("repair-read-again", in_all_forms(&archive, "repair", 0));
    damaged(".jsonl");
    assert_snapshot!("repair-manifest", in_all_forms(&archive, "repair", 3));
    fs::rename(archive.root(), archive.folder().join("away")).unwrap();
    fs::create_dir(archive.root()).unwrap();
    damaged(".store");
    assert_snapshot!("repair-lost", in_all_forms(&archive, "repair", 3));
    damaged(".fast");
    assert_snapshot!("repair-incomplete", in_all_forms(&archive, "repair", 3));
}

#[test]
fn an_optimization_says_what_it_gave_back() {
    let archive = TempArchive::new();
    copy_folder(&sample::archive().join("kyiv-courier"), &archive.root());
    archive.index_in_segments();
    assert_snapshot!("optimize", in_all_forms(&archive, "optimize", 0));
    archive.run(&["optimize"]).expect(0);
    assert_snapshot!("optimize-again", in_all_forms(&archive, "optimize", 0));
}
