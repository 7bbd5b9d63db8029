//! Files that are no articles and folders that are no indexes: told with the way out, and the rest
//! goes on.

use crate::archive_fixture::{TempArchive, found};
use std::fs::{self, File};
use std::io::Write;

#[test]
fn what_is_no_text_is_reported_by_file_or_line_and_the_rest_comes_in() {
    let archive = TempArchive::new()
        .file("binary.txt", b"\x7fELF\x02\x01\0\0\0".as_slice())
        .file(
            "broken.txt",
            b"\xd0\x9a\xd1\x96\xd1\x82 \xff\xfe\xd0".as_slice(),
        )
        .file("good.txt", "Кіт\nспить")
        .file(
            "lines.jsonl",
            "{\"title\": \"Пес\"}\n{\"title\": \"Кі\n{\"title\": \"Кінь\"}\n",
        );
    let ran = archive.run_index(&[]).expect(3);
    let summary = ran.json();
    assert_eq!(
        (&summary["added"], &summary["failed"]),
        (&4.into(), &2.into()),
        "{summary}"
    );
    for message in ["binary.txt: binary", "lines.jsonl:2: broken JSON"] {
        assert!(ran.stderr.contains(message), "{message} in {ran:?}");
    }
    assert_eq!(archive.content().len(), 4);
    assert_eq!(summary["doubts"]["bad-bytes"], 1);
}

#[test]
fn a_line_of_70_megabytes_is_skipped_and_reported() {
    let archive = TempArchive::new();
    let mut file = File::create(archive.root().join("a.jsonl")).unwrap();
    file.write_all(b"{\"title\": \"").unwrap();
    let megabyte = vec![b'a'; 1 << 20];
    for _ in 0..70 {
        file.write_all(&megabyte).unwrap();
    }
    file.write_all("\"}\n{\"title\": \"Кіт\", \"id\": \"кіт\"}\n".as_bytes())
        .unwrap();
    drop(file);
    let outcome = archive.index();
    assert_eq!(outcome.summary.added, 1);
    let [failure] = outcome.failures.as_slice() else {
        panic!("{outcome:?}")
    };
    assert!(failure.contains("a.jsonl:1: too large"), "{failure}");
    assert_eq!(found(&archive.searcher(), "кіт"), ["кіт"]);
}

#[test]
fn the_folder_of_an_index_must_be_a_folder_and_empty_or_an_index() {
    let archive = TempArchive::new().file("a.txt", "Кіт\nспить");
    fs::write(archive.index_path(), "не тека").unwrap();
    for command in [&["index", "archive"][..], &["search", "кіт"], &["info"]] {
        let ran = archive.run(command).expect(2);
        assert!(ran.stderr.contains("is a file"), "{ran:?}");
    }
    fs::remove_file(archive.index_path()).unwrap();
    fs::create_dir(archive.index_path()).unwrap();
    let own = archive.index_path().join("листи.txt");
    fs::write(&own, "моє").unwrap();
    let ran = archive.run_index(&[]).expect(2);
    assert!(ran.stderr.contains("holds other files"), "{ran:?}");
    assert_eq!(fs::read(own).unwrap(), "моє".as_bytes());
}

#[test]
fn an_index_of_another_version_is_refused_with_the_way_out() {
    let archive = TempArchive::new().file("a.txt", "Кіт\nспить");
    archive.index();
    let path = archive.index_path().join("meta.json");
    let meta = String::from_utf8(fs::read(&path).unwrap()).unwrap();
    let ours = format!(r#"\"analyzer\":{}"#, shukach::analysis::ANALYZER_VERSION);
    let other = meta.replace(&ours, r#"\"analyzer\":99"#);
    assert_ne!(meta, other, "the payload has another form: {meta}");
    let is_checksum = |line: &&str| line.contains("\"blake3\"");
    let other = other.lines().filter(|line| !is_checksum(line));
    let other: String = other.collect();
    fs::write(&path, other).unwrap();
    for command in [&["index", "archive"][..], &["search", "кіт"], &["info"]] {
        let ran = archive.run(command).expect(2);
        for part in ["analyzer 99", "shukach reindex --index"] {
            assert!(ran.stderr.contains(part), "{part} in {ran:?}");
        }
    }
    fs::write(&path, meta).unwrap();
    archive.run(&["search", "кіт"]).expect(0);
}

#[test]
fn an_index_whose_files_are_broken_is_refused_with_the_way_out() {
    let archive = TempArchive::new().file("a.txt", "Кіт\nспить");
    archive.index();
    fs::write(archive.index_path().join("meta.json"), "{").unwrap();
    let ran = archive.run(&["search", "кіт"]).expect(2);
    assert!(
        ran.stderr.contains("is damaged") && ran.stderr.contains("shukach repair --index"),
        "{ran:?}"
    );
    let files = TempArchive::new().file("a.txt", "Кіт\nспить");
    files.index();
    for entry in fs::read_dir(files.index_path()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "term") {
            fs::write(&path, "x").unwrap();
        }
    }
    let ran = files.run(&["search", "кіт"]).expect(2);
    assert!(ran.stderr.contains("is damaged"), "{ran:?}");
}

#[test]
fn nobody_is_told_to_remove_what_another_program_keeps() {
    let archive = TempArchive::new().file("a.txt", "Кіт\nспить");
    fs::create_dir_all(archive.index_path()).unwrap();
    fs::write(archive.index_path().join("meta.json"), "{}").unwrap();
    for command in [&["search", "кіт"][..], &["index", "archive"]] {
        let ran = archive.run(command).expect(2);
        assert!(
            ran.stderr.contains("holds other files and no index"),
            "{ran:?}"
        );
        assert!(!ran.stderr.contains("remove"), "{ran:?}");
    }
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_reported_and_what_it_gave_before_stays() {
    use std::os::unix::fs::PermissionsExt;
    let archive = TempArchive::new()
        .file("a.txt", "Кіт\nспить")
        .file("b.txt", "Пес\nгавкає");
    archive.index();
    let path = archive.root().join("a.txt");
    archive.write("a.txt", "Кіт\nпрокинувся");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).unwrap();
    if File::open(&path).is_ok() {
        // Nothing is unreadable to this user.
        return;
    }
    let ran = archive.run_index(&[]).expect(3);
    assert!(ran.stderr.contains("a.txt: cannot read"), "{ran:?}");
    assert_eq!(archive.content().len(), 2);
}

#[cfg(unix)]
#[test]
fn a_loop_of_links_ends() {
    let archive = TempArchive::new().file("folder/a.txt", "Кіт\nспить");
    std::os::unix::fs::symlink(archive.root(), archive.root().join("folder/loop")).unwrap();
    std::os::unix::fs::symlink(archive.root().join("self"), archive.root().join("self")).unwrap();
    let outcome = archive.index();
    assert_eq!(outcome.summary.added, 1, "{outcome:?}");
    assert_eq!(archive.content().len(), 1);
}

#[test]
fn a_path_that_does_not_exist_is_named() {
    let archive = TempArchive::new();
    let ran = archive.run(&["index", "nowhere"]).expect(2);
    assert!(
        ran.stderr.contains("no such file or folder: nowhere"),
        "{ran:?}"
    );
    assert!(
        !archive.index_path().exists(),
        "no index was made for nothing"
    );
}

#[test]
fn a_folder_without_articles_is_an_error_also_at_first() {
    let archive = TempArchive::new().file("photo.jpg", "не стаття");
    let ran = archive.run_index(&[]).expect(2);
    assert!(ran.stderr.contains("no article files"), "{ran:?}");
}
