//! Articles taken out of the index by its user.

use crate::archive_fixture::{Line, TempArchive, json_lines};
use crate::index_schema::{assert_valid, validator};
use crate::newsroom::held;
use shukach::index::Index;
use shukach::index::writer::Writer;
use std::fs;

/// Two hundred articles in two files, and one of its own.
fn archive() -> TempArchive {
    let lines = |from: u32| {
        let lines = (from..from + 100).map(|number| {
            Line::new(&number.to_string(), "Міст відкрито.").from(if number == 7 {
                "Хвиля"
            } else {
                "Огляд"
            })
        });
        json_lines(&lines.collect::<Vec<_>>())
    };
    let archive = TempArchive::new()
        .file("2024/a.jsonl", lines(0))
        .file("2025/b.jsonl", lines(100))
        .file("порт.txt", "Порт\nПорт закрито.");
    archive.run_index(&[]).expect(0);
    archive
}

fn count(archive: &TempArchive) -> usize {
    held(&archive.index_path()).len()
}

#[test]
fn an_article_removed_by_its_id_stays_away_until_it_is_restored() {
    let archive = archive();
    let ran = archive
        .run(&["remove", "7", "archive:archive/порт.txt", "--json"])
        .expect(0);
    let summary = ran.json();
    assert_valid(&validator("removal.v1.schema.json"), &summary);
    assert_eq!(
        (&summary["removed"], &summary["total"]),
        (&2.into(), &201.into())
    );
    assert_eq!(count(&archive), 199);
    // Not when its file is read again, nor when that has changed or was moved.
    for step in 0..3 {
        let indexed = archive.run_index(&["--checksum"]).expect(0).json();
        assert_eq!(
            (&indexed["withheld"], &indexed["found"]),
            (&2.into(), &199.into()),
            "step {step}"
        );
        assert_eq!(count(&archive), 199, "step {step}");
        let path = |name: &str| archive.root().join(name);
        if step == 0 {
            archive.write("порт.txt", "Порт\nПорт закрито назавжди.");
        } else if step == 1 {
            fs::rename(path("порт.txt"), path("старе.txt")).unwrap();
            fs::rename(path("2024/a.jsonl"), path("2024/c.jsonl")).unwrap();
        }
    }
    assert_eq!(archive.run_index(&[]).expect(0).json()["withheld"], 2);
    let restored = archive.run_index(&["--restore"]).expect(0).json();
    assert_eq!(
        (&restored["added"], &restored["withheld"]),
        (&2.into(), &0.into())
    );
    assert_eq!(count(&archive), 201);
    assert_eq!(archive.run_index(&[]).expect(0).json()["found"], 201);
}

#[test]
fn a_removal_by_query_lasts_and_takes_only_what_it_finds() {
    let archive = archive();
    let ran = archive
        .run(&["remove", "--query", "міст source:Хвиля"])
        .expect(0);
    assert!(ran.stdout.contains("removed 1 of 201 articles"), "{ran:?}");
    archive.run_index(&["--checksum"]).expect(0);
    assert_eq!(count(&archive), 200);
    let ran = archive
        .run(&["remove", "--query", "(міст", "--json"])
        .expect(2);
    assert!(ran.stderr.contains('('), "{ran:?}");
}

#[test]
fn a_removal_by_path_works_where_the_files_are_gone() {
    let archive = archive();
    fs::remove_dir_all(archive.root()).unwrap();
    let path = archive.root().join("2024");
    let arguments = ["remove", "--path", path.to_str().unwrap(), "--yes"];
    let ran = archive.run(&arguments).expect(0);
    assert!(
        ran.stdout.contains("removed 100 of 201 articles"),
        "{ran:?}"
    );
    assert_eq!(count(&archive), 101);
    archive.run(&arguments).expect(1);
}

#[test]
fn what_was_removed_by_path_or_collection_comes_back_with_its_files() {
    let archive = archive();
    let path = archive.root().join("2024/a.jsonl");
    archive
        .run(&["remove", "--path", path.to_str().unwrap(), "--yes"])
        .expect(0);
    assert_eq!(count(&archive), 101);
    assert_eq!(archive.run_index(&[]).expect(0).json()["added"], 100);
    archive
        .run(&["remove", "--collection", "archive", "--yes"])
        .expect(0);
    assert_eq!(count(&archive), 0);
    assert_eq!(archive.run_index(&[]).expect(0).json()["added"], 201);
}

#[test]
fn nothing_much_is_removed_unasked() {
    let archive = archive();
    let many = ["remove", "--collection", "archive"];
    let ran = archive.run(&many).expect(2);
    assert!(
        ran.stderr.contains("201 of 201") && ran.stderr.contains("--yes"),
        "{ran:?}"
    );
    assert_eq!(count(&archive), 201);
    let dry = archive
        .run(&[&many[..], &["--dry-run", "--json"]].concat())
        .expect(0)
        .json();
    assert_valid(&validator("removal.v1.schema.json"), &dry);
    assert_eq!(
        (&dry["dry_run"], &dry["removed"]),
        (&true.into(), &201.into())
    );
    assert_eq!(count(&archive), 201);
    // Two of two hundred and one are no more than one of a hundred.
    archive.run(&["remove", "1", "2"]).expect(0);
    archive.run(&["remove", "3", "4"]).expect(2);
}

#[test]
fn conditions_are_joined_and_one_is_needed() {
    let archive = archive();
    archive.run(&["remove"]).expect(2);
    let ran = archive
        .run(&["remove", "7", "--collection", "інша"])
        .expect(1);
    assert!(ran.stderr.contains("no article has the id 7"), "{ran:?}");
    let path = archive.root().join("2025");
    archive
        .run(&["remove", "7", "--path", path.to_str().unwrap()])
        .expect(1);
    assert_eq!(count(&archive), 201);
}

#[test]
fn an_id_of_two_collections_has_to_be_named_with_one() {
    let archive = TempArchive::new()
        .file("a.jsonl", json_lines(&[Line::new("1", "Міст.")]))
        .file("b.jsonl", json_lines(&[Line::new("1", "Порт.")]));
    archive
        .run(&["index", "archive/a.jsonl", "archive/b.jsonl"])
        .expect(0);
    let ran = archive.run(&["remove", "1", "--yes"]).expect(2);
    assert!(
        ran.stderr.contains("a.jsonl:1, b.jsonl:1 have the id 1"),
        "{ran:?}"
    );
    archive.run(&["remove", "a.jsonl:1", "--yes"]).expect(0);
    let left: Vec<String> = held(&archive.index_path())
        .into_iter()
        .map(|held| held.collection)
        .collect();
    assert_eq!(left, ["b.jsonl"]);
}

#[test]
fn a_second_writer_names_the_first_or_waits_for_it() {
    let archive = archive();
    let index = Index::open(&archive.index_path()).unwrap();
    let writer = Writer::open(&index, crate::archive_fixture::threads(1)).unwrap();
    let ran = archive.run(&["index", "archive"]).expect(2);
    let holder = format!("process {} on ", std::process::id());
    assert!(
        ran.stderr.contains(&holder) && ran.stderr.contains(" since 2"),
        "{ran:?}"
    );
    let ran = archive.run(&["remove", "1", "--wait", "100ms"]).expect(2);
    assert!(ran.stderr.contains(&holder), "{ran:?}");
    let releasing = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(500));
        drop(writer);
    });
    archive.run(&["remove", "1", "--wait", "60s"]).expect(0);
    releasing.join().unwrap();
    assert!(!archive.index_path().join(".writer.json").exists());
    archive
        .run(&["index", "archive", "--wait", "soon"])
        .expect(2);
}
