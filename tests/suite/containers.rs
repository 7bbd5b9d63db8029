//! Compressed files, archives and the standard input: their members are articles, and nothing they
//! hold can do harm.

use crate::archive_fixture::TempArchive;
use crate::cli_fixture::{program, run};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const LINES: &str = "{\"id\": \"міст\", \"title\": \"Міст відкрито\"}\n{\"id\": \"парк\", \"title\": \"Парк закрито\"}\n";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).unwrap()
}

/// `LINES` as `xz` writes them.
const LINES_XZ: &[u8] = include_bytes!("../corpus/formats/lines.jsonl.xz");

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (path, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        // Not `append_data`, which refuses paths that lead out of the archive.
        let name = &mut header.as_old_mut().name;
        name[..path.len()].copy_from_slice(path.as_bytes());
        header.set_cksum();
        builder.append(&header, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in members {
        writer
            .start_file(*path, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn ids(archive: &TempArchive) -> Vec<String> {
    archive.content().into_keys().collect()
}

#[test]
fn a_compressed_file_is_read_by_its_content_whatever_its_name() {
    for (name, bytes) in [
        ("a.jsonl.gz", gzip(LINES.as_bytes())),
        ("a.jsonl.bz2", bzip2(LINES.as_bytes())),
        ("a.jsonl.zst", zstd(LINES.as_bytes())),
        ("a.jsonl.xz", LINES_XZ.to_vec()),
        ("dump", gzip(LINES.as_bytes())),
        ("two.gz", [gzip(LINES.as_bytes()), gzip(b"\n")].concat()),
        ("a.tgz", gzip(&tar(&[("x/a.jsonl", LINES.as_bytes())]))),
        ("a.tar.zst", zstd(&tar(&[("a.jsonl", LINES.as_bytes())]))),
        ("a.zip", zip(&[("a.jsonl", LINES.as_bytes())])),
        (
            "b.zip",
            zip(&[(
                "a.tar.gz",
                &gzip(&tar(&[("a.jsonl.gz", &gzip(LINES.as_bytes()))])),
            )]),
        ),
    ] {
        let archive = TempArchive::new().file(name, bytes);
        let outcome = archive.index();
        assert_eq!(outcome.failures, Vec::<String>::new(), "{name}");
        assert_eq!(ids(&archive), ["міст", "парк"], "{name}");
    }
}

#[test]
fn members_keep_their_path_within_the_container_and_pictures_are_left_aside() {
    let members: &[(&str, &[u8])] = &[
        ("2024/01/02/mist.txt", "Міст\nвідкрито".as_bytes()),
        ("photo.jpg", b"\xFF\xD8"),
        (".DS_Store", b"\0"),
        ("__MACOSX/._mist.txt", b"\0"),
        ("README", b"?"),
    ];
    for (name, bytes) in [("a.zip", zip(members)), ("a.tar", tar(members))] {
        let archive = TempArchive::new().file(name, bytes);
        let outcome = archive.index();
        assert_eq!(outcome.failures, Vec::<String>::new());
        assert_eq!(
            (outcome.summary.added, outcome.summary.skipped_files),
            (1, 2)
        );
        assert_eq!(
            ids(&archive),
            [format!("archive/{name}/2024/01/02/mist.txt")]
        );
        let shown = archive
            .run(&["show", &ids(&archive)[0], "--json"])
            .json()
            .to_string();
        assert!(
            shown.contains(&format!("/archive/{name}/2024/01/02/mist.txt")),
            "{shown}"
        );
        assert!(shown.contains("\"2024-01-02"), "{shown}");
    }
}

#[test]
fn what_vanished_from_a_container_is_removed_and_the_rest_stays() {
    let archive = TempArchive::new().file(
        "a.zip",
        zip(&[("a.txt", "Міст".as_bytes()), ("b.txt", "Парк".as_bytes())]),
    );
    assert_eq!(archive.index().summary.added, 2);
    archive.write(
        "a.zip",
        zip(&[("b.txt", "Парк".as_bytes()), ("c.txt", "Кіт".as_bytes())]),
    );
    let summary = archive.index().summary;
    assert_eq!(
        (summary.added, summary.unchanged, summary.removed),
        (1, 1, 1)
    );
    archive.remove("a.zip");
    archive.write("d.txt", "Сад");
    assert_eq!(archive.index().summary.removed, 2);
    assert_eq!(ids(&archive), ["archive/d.txt"]);
}

#[test]
fn a_container_that_is_cut_short_gives_what_stands_before_the_end() {
    let lines: Vec<String> = (0..20_000)
        .map(|n| format!("{{\"id\": \"{n}\", \"title\": \"Міст {}\"}}\n", n * n))
        .collect();
    let long = lines.concat();
    for (name, bytes) in [
        ("a.jsonl.gz", gzip(long.as_bytes())),
        ("a.jsonl.zst", zstd(long.as_bytes())),
        ("a.tar", tar(&[("a.jsonl", long.as_bytes())])),
    ] {
        let half = &bytes[..bytes.len() / 2];
        let archive = TempArchive::new().file(name, half);
        let outcome = archive.index();
        assert!(outcome.summary.added > 1000, "{name}: {outcome:?}");
        let last = outcome.failures.last().unwrap();
        assert!(
            last.contains("cut short") || last.contains("broken JSON"),
            "{name}: {last}"
        );
    }
}

#[test]
fn a_container_that_is_cut_short_removes_nothing() {
    let bytes = gzip(LINES.as_bytes());
    let archive = TempArchive::new().file("a.jsonl.gz", &bytes);
    archive.index();
    archive.write("a.jsonl.gz", &bytes[..bytes.len() / 2]);
    archive.index();
    assert_eq!(ids(&archive), ["міст", "парк"]);
}

#[test]
fn archives_in_archives_in_archives_are_refused_and_the_rest_comes_in() {
    let inner = zip(&[("a.txt", "Міст".as_bytes())]);
    let middle = zip(&[("inner.zip", &inner), ("b.txt", "Парк".as_bytes())]);
    let archive = TempArchive::new().file("a.zip", zip(&[("middle.zip", &middle)]));
    let outcome = archive.index();
    assert_eq!(ids(&archive), ["archive/a.zip/middle.zip/b.txt"]);
    assert!(
        outcome.failures[0].contains("a.zip/middle.zip/inner.zip: archives in one another"),
        "{outcome:?}"
    );
}

#[test]
fn a_bomb_costs_its_own_file_only() {
    let zeros = vec![b' '; 66 << 20];
    let bomb = gzip(&gzip(&zeros));
    let archive = TempArchive::new()
        .file("bomb.jsonl.gz.gz", bomb)
        .file("bomb.zip", zip(&[("a.jsonl", &zeros)]))
        .file("good.txt", "Міст");
    let outcome = archive.index();
    assert_eq!(outcome.summary.failed, 2, "{outcome:?}");
    for failure in &outcome.failures {
        assert!(
            failure.contains("unpacks to more than 250 times"),
            "{failure}"
        );
    }
    assert_eq!(ids(&archive), ["archive/good.txt"]);
}

#[test]
fn paths_and_names_of_members_cannot_fool_anybody() {
    let members: &[(&str, &[u8])] = &[
        ("../../etc/passwd.txt", "Міст".as_bytes()),
        ("/abs.txt", "Парк".as_bytes()),
        ("a\u{1b}[2J.txt", "Кіт".as_bytes()),
    ];
    let archive = TempArchive::new().file("a.tar", tar(members));
    archive.index();
    assert_eq!(
        ids(&archive),
        [
            "archive/a.tar/a_[2J.txt",
            "archive/a.tar/abs.txt",
            "archive/a.tar/etc/passwd.txt"
        ]
    );
    let outside = archive.folder().join("etc");
    assert!(!outside.exists());
}

#[test]
fn the_standard_input_is_read_and_another_does_not_remove_what_it_gave() {
    let archive = TempArchive::new();
    let index = archive.index_path();
    let from_stdin = |bytes: &[u8]| {
        let mut command = program(archive.folder());
        command
            .args(["index", "-", "--json", "--index"])
            .arg(&index);
        run(command.write_stdin(bytes)).expect(0).json()
    };
    assert_eq!(from_stdin(gzip(LINES.as_bytes()).as_slice())["added"], 2);
    assert_eq!(from_stdin("Сад\nцвіте".as_bytes())["added"], 1);
    assert_eq!(from_stdin("Ліс\nросте".as_bytes())["added"], 1);
    let summary = from_stdin(LINES.as_bytes());
    assert_eq!(
        (&summary["unchanged"], &summary["removed"]),
        (&2.into(), &0.into())
    );
    assert_eq!(archive.content().len(), 4);
}

#[test]
fn what_is_given_by_name_and_cannot_be_read_is_an_error_with_what_can() {
    let archive = TempArchive::new().file("a.doc", b"\xD0\xCF\x11\xE0\0\0".as_slice());
    let path = archive.root().join("a.doc");
    let ran = archive.run(&["index", path.to_str().unwrap()]).expect(3);
    assert!(
        ran.stderr
            .contains("a.doc: no format that is read; readable are"),
        "{ran:?}"
    );
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let archive = TempArchive::new().file("a.txt", "Міст");
    let fifo = archive.root().join("fifo.txt");
    let made = std::process::Command::new("mkfifo").arg(&fifo).status();
    if !made.is_ok_and(|status| status.success()) {
        return;
    }
    assert_eq!(archive.index().summary.added, 1);
    let ran = archive.run(&["index", fifo.to_str().unwrap()]).expect(2);
    assert!(ran.stderr.contains("shukach index -"), "{ran:?}");
    archive.run(&["index", "/dev/null"]).expect(2);
}

#[test]
fn the_folder_of_an_index_is_no_input() {
    let archive = TempArchive::new().file("a.txt", "Міст");
    let index = archive.root().join("index");
    for _ in 0..2 {
        let root = archive.root();
        let ran = crate::cli_fixture::run_in(
            archive.folder(),
            &[
                "index",
                root.to_str().unwrap(),
                "--json",
                "--index",
                index.to_str().unwrap(),
            ],
        );
        assert_eq!(ran.expect(0).json()["files"], 1);
    }
}
