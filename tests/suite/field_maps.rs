//! Maps of fields: remembered with the index, given for good in a file of settings.

use crate::archive_fixture::TempArchive;
use crate::cli_fixture::{NO_SETTINGS, Ran, program, run};
use serde_json::Value;
use std::fs::{self, File};
use std::time::{Duration, SystemTime};

const FOREIGN: &str = r#"{"h1": "Міст відкрито", "inner": {"words": "Рух відновили ще вранці."}}"#;

/// An archive of foreign JSON, a foreign table and a text, written an hour ago: what was just
/// written is read again whatever its clock says.
fn foreign_archive() -> TempArchive {
    let archive = TempArchive::new()
        .file("a.json", FOREIGN)
        .file("b.csv", "h1,inner.words\nПарк закрито,Сад садили.\n")
        .file("c.txt", "Зима\n\nВипав сніг.");
    for name in ["a.json", "b.csv", "c.txt"] {
        let path = archive.root().join(name);
        let file = File::options().append(true).open(path).unwrap();
        let hour_ago = SystemTime::now() - Duration::from_hours(1);
        file.set_modified(hour_ago).unwrap();
    }
    archive
}

fn index(archive: &TempArchive, arguments: &[&str]) -> Value {
    archive.run_index(arguments).expect(0).json()
}

fn counts(summary: &Value, names: [&str; 3]) -> [u64; 3] {
    names.map(|name| summary[name].as_u64().unwrap())
}

#[test]
fn a_map_is_remembered_with_the_index_and_read_by_again() {
    let archive = foreign_archive();
    let map = "title=h1,body=inner.words";
    index(&archive, &["--map", map]);
    let info = archive.run(&["info", "--json"]).expect(0).json();
    assert_eq!(info["map"], map);
    let told = archive.run(&["info", "--lang", "uk"]).expect(0).stdout;
    assert!(told.contains(&format!("мапа       {map}")), "{told}");
    // What changes later is read by the same map, without its being given again.
    archive.write("d.json", FOREIGN.replace("Міст", "Завод"));
    let summary = index(&archive, &[]);
    assert_eq!(
        counts(&summary, ["added", "unchanged", "failed"]),
        [1, 3, 0]
    );
    archive.run(&["search", "title:завод"]).expect(0);
}

#[test]
fn another_map_reads_json_and_tables_again_and_nothing_else() {
    let archive = foreign_archive();
    index(&archive, &["--map", "title=h1,body=inner.words"]);
    archive.run(&["search", "title:міст"]).expect(0);
    let same = index(&archive, &["--map", "title=h1,body=inner.words"]);
    assert_eq!(counts(&same, ["added", "removed", "unchanged"]), [0, 0, 3]);
    let other = index(&archive, &["--map", "title=inner.words,body=h1"]);
    assert_eq!(counts(&other, ["updated", "added", "unchanged"]), [1, 1, 1]);
    archive.run(&["search", "title:рух"]).expect(0);
    archive.run(&["search", "title:міст"]).expect(1);
    // Without a map the files are read again, and nothing of them is understood.
    archive.run_index(&["--map", ""]).expect(3);
    let info = archive.run(&["info", "--json"]).expect(0).json();
    assert_eq!(info["map"], Value::Null);
}

#[test]
fn a_file_of_settings_may_hold_a_map_as_a_table_or_a_text() {
    for map in [
        "[map]\ntitle = \"h1\"\nbody = [\"нема\", \"inner.words\"]\n",
        "map = \"title=h1,body=inner.words\"\n",
    ] {
        let ran = inspect_with(map, &[]).expect(0);
        assert!(ran.stdout.contains("Міст відкрито  [h1]"), "{ran:?}");
        assert!(ran.stdout.contains("[inner.words]"), "{ran:?}");
    }
    let wrong = inspect_with("[map]\nheading = \"h1\"\n", &[]).expect(2);
    assert!(wrong.stderr.contains("settings.toml:1: map: "), "{wrong:?}");
    assert!(
        wrong.stderr.contains("\"heading\" is no field"),
        "{wrong:?}"
    );
    let wrong = inspect_with("[map]\ntitle = 1\n", &["--lang", "uk"]).expect(2);
    assert!(
        wrong.stderr.contains("map: тут має бути текст у лапках"),
        "{wrong:?}"
    );
}

/// Inspects foreign JSON with a file of settings.
fn inspect_with(settings: &str, arguments: &[&str]) -> Ran {
    let archive = TempArchive::new().file("a.json", FOREIGN);
    let file = archive.folder().join("settings.toml");
    fs::write(&file, settings).unwrap();
    let mut command = program(archive.folder());
    command
        .env_remove(NO_SETTINGS.0)
        .env("SHUKACH_CONFIG", &file)
        .args(["inspect", archive.root().to_str().unwrap()])
        .args(arguments);
    run(&mut command)
}

#[test]
fn mistakes_in_options_of_reading_are_told_in_ukrainian() {
    let archive = TempArchive::new().file("a.json", FOREIGN);
    let root = archive.root();
    let root = root.to_str().unwrap();
    for (option, value, told) in [
        (
            "--format",
            "doc",
            "значення 'doc' для '--format <ФОРМАТ>' не годиться; можна text, markdown",
        ),
        ("--encoding", "x", "не годиться; можна UTF-8, UTF-16LE"),
        (
            "--map",
            "title",
            ": \"title\" – це не ПОЛЕ=КЛЮЧ; пишіть так: title=headline",
        ),
        (
            "--map",
            "heading=h1",
            ": поля \"heading\" немає; поля такі: id, title",
        ),
    ] {
        let mut command = program(archive.folder());
        command.args(["inspect", root, option, value, "--lang", "uk"]);
        let ran = run(&mut command).expect(2);
        assert!(ran.stderr.contains(told), "{ran:?}");
        for english in ["unknown", " is no "] {
            assert!(!ran.stderr.contains(english), "{ran:?}");
        }
    }
}
