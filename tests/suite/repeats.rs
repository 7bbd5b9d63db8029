//! Exact repeats are stored once with all their places, and hits tell the line of their file.

use crate::archive_fixture::{Line, json_lines};
use crate::index_schema::{assert_valid, validator};
use crate::newsroom::Newsroom;
use serde_json::Value;
use std::fs;
use std::path::Path;

pub(crate) const BRIDGE: &str = "Міст відкрито\n\nУ Лукові відкрили новий міст через річку Турію.";
pub(crate) const PORT: &str = "Порт закрито\n\nПорт в Ізмаїлі закрили через негоду на два дні.";

/// Returns a line of JSON without an id.
pub(crate) fn nameless(title: &str, source: &str) -> String {
    let line = serde_json::json!({
        "title": title,
        "body": "Рада погодила кошторис ремонту.",
        "source": source,
        "date": "2025-12-28",
    });
    format!("{line}\n")
}

pub(crate) fn verified(room: &Newsroom) {
    room.run(&["verify", "--full"]).expect(0);
}

/// Returns the only hit of a query.
fn hit(room: &Newsroom, query: &str) -> Value {
    let answer = room.run(&["search", "--json", query]).expect(0).json();
    assert_valid(&validator("search-response.v1.schema.json"), &answer);
    assert_eq!(answer["total"], 1, "{answer}");
    answer["hits"][0].clone()
}

/// Returns the places of a hit below `R`, with their lines.
fn places(hit: &Value) -> Vec<String> {
    let places = hit["places"].as_array().into_iter().flatten();
    let place = |place: &Value| {
        let path = place["path"].as_str().unwrap();
        let below = path.rsplit_once("/R/").map_or(path, |(_, below)| below);
        match place["line"].as_u64() {
            Some(line) => format!("{below}:{line}"),
            None => below.to_owned(),
        }
    };
    places.map(place).collect()
}

#[test]
fn two_files_with_one_text_are_one_article_with_two_places() {
    let room = Newsroom::new();
    room.write("R/a.txt", BRIDGE);
    room.write(
        "R/b/print.txt",
        BRIDGE
            .replace("\n\n", "\r\n\r\n")
            .replace("новий міст", "новий  міст"),
    );
    room.write("R/c.txt", PORT);
    let summary = room.index(&["R"]);
    assert_eq!(
        (&summary["found"], &summary["repeated"]),
        (&2.into(), &1.into())
    );
    let found = hit(&room, "міст");
    assert_eq!(found["id"], "R/a.txt");
    assert_eq!(places(&found), ["a.txt", "b/print.txt"]);
    assert!(places(&hit(&room, "порт")).is_empty());
    let text = room
        .run(&["search", "міст", "--color", "never"])
        .expect(0)
        .stdout;
    assert!(
        text.contains("also in") && text.contains("b/print.txt"),
        "{text}"
    );
    let text = room
        .run(&["search", "міст", "--lang", "uk"])
        .expect(0)
        .stdout;
    assert!(text.contains("також у"), "{text}");
    let again = room.run(&["index", "R"]).expect(0).stdout;
    assert!(
        again.contains("2 articles") && again.contains("1 repeat stored once"),
        "{again}"
    );
    let info = room.run(&["info", "--json"]).expect(0).json();
    assert_valid(&validator("info.v1.schema.json"), &info);
    assert_eq!(
        (&info["articles"], &info["repeats"]),
        (&2.into(), &1.into())
    );
    let info = room.run(&["info"]).expect(0).stdout;
    assert!(info.contains("2, 1 repeat stored once"), "{info}");
    let table = room
        .run(&["search", "міст", "--format", "csv", "--fields", "id,places"])
        .expect(0)
        .stdout;
    assert!(table.contains("b/print.txt"), "{table}");
    verified(&room);
    room.assert_fresh(&["R"]);
}

#[test]
fn an_article_is_shown_by_the_id_and_by_the_path_of_each_of_its_places() {
    let room = Newsroom::new();
    room.write("R/a.txt", BRIDGE);
    room.write("R/b.txt", BRIDGE);
    room.index(&["R"]);
    let path = room.path("R/b.txt").canonicalize().unwrap();
    for name in ["R/a.txt", "R/b.txt", "R:R/b.txt", path.to_str().unwrap()] {
        let shown = room.run(&["show", name, "--json"]).expect(0).json();
        assert_valid(&validator("article-response.v1.schema.json"), &shown);
        assert_eq!(shown["id"], "R/a.txt");
        assert_eq!(places(&shown), ["a.txt", "b.txt"]);
    }
    let shown = room.run(&["show", "R/b.txt"]).expect(0).stdout;
    assert!(shown.contains("also in"), "{shown}");
    let copies = room
        .run(&["search", "--copies", "R/b.txt", "--json"])
        .expect(0)
        .json();
    assert_eq!(places(&copies["hits"][0]), ["a.txt", "b.txt"]);
    room.run(&["show", "R/c.txt"]).expect(2);
}

#[test]
fn what_a_reader_or_a_facet_can_tell_apart_stays_apart() {
    let room = Newsroom::new();
    let lines = [
        nameless("Кошторис", "Хвиля"),
        nameless("Кошторис", "Хвиля").replace("2025-12-28", "2025-12-29"),
        nameless("Кошторис.", "Хвиля"),
    ];
    room.write("R/a.jsonl", lines.concat());
    room.write("R/a2.jsonl", nameless("Кошторис", "Кут"));
    // Ids of the input keep articles apart, and so do collections and days in paths.
    room.write(
        "R/b.jsonl",
        json_lines(&[Line::new("1", "Міст."), Line::new("2", "Міст.")]),
    );
    room.write("R/2025/12/27/c.txt", PORT);
    room.write("R/2025/12/28/c.txt", PORT);
    room.write("S/c.txt", PORT);
    let summary = room.index(&["R", "S"]);
    assert_eq!(
        (&summary["found"], &summary["repeated"]),
        (&9.into(), &0.into())
    );
    room.write("R/d.jsonl", lines.concat());
    let summary = room.index(&["R", "S"]);
    assert_eq!(
        (&summary["found"], &summary["repeated"]),
        (&9.into(), &3.into())
    );
    room.assert_fresh(&["R", "S"]);
    verified(&room);
}

#[test]
fn an_estimated_day_keeps_nothing_apart() {
    let room = Newsroom::new();
    let text = "Вибори\n\nУчора, 26 жовтня 2025 року, в громаді обрали нового голову.";
    room.write("R/a.txt", text);
    room.write("R/b.txt", text);
    let summary = room.index(&["R"]);
    assert_eq!(
        (&summary["found"], &summary["repeated"]),
        (&1.into(), &1.into())
    );
    assert_eq!(hit(&room, "голова")["date_source"], "estimate");
}

#[test]
fn another_place_takes_over_when_the_first_changes_moves_or_vanishes() {
    let room = Newsroom::new();
    for name in ["a", "b", "c"] {
        room.write(&format!("R/{name}.txt"), BRIDGE);
    }
    room.index(&["R"]);
    assert_eq!(places(&hit(&room, "міст")), ["a.txt", "b.txt", "c.txt"]);
    room.write("R/a.txt", PORT);
    room.index(&["R"]);
    assert_eq!(places(&hit(&room, "міст")), ["b.txt", "c.txt"]);
    room.assert_fresh(&["R"]);
    room.rename("R/b.txt", "R/z.txt");
    room.index(&["R"]);
    assert_eq!(places(&hit(&room, "міст")), ["c.txt", "z.txt"]);
    room.assert_fresh_again(&["R"]);
    fs::remove_file(room.path("R/c.txt")).unwrap();
    room.index(&["R"]);
    assert_eq!(hit(&room, "міст")["id"], "R/z.txt");
    room.assert_fresh_again(&["R"]);
    verified(&room);
}

#[test]
fn a_place_before_the_others_takes_over_from_them() {
    let room = Newsroom::new();
    room.write("R/m.txt", BRIDGE);
    room.write("R/n.jsonl", nameless("Кошторис", "Хвиля"));
    room.index(&["R"]);
    room.write("R/z.txt", BRIDGE);
    room.write("R/a.txt", BRIDGE);
    room.write(
        "R/b.jsonl",
        nameless("Інше", "Хвиля") + &nameless("Кошторис", "Хвиля"),
    );
    let summary = room.index(&["R"]);
    assert_eq!(
        (&summary["found"], &summary["repeated"]),
        (&3.into(), &3.into())
    );
    assert_eq!(places(&hit(&room, "міст")), ["a.txt", "m.txt", "z.txt"]);
    assert_eq!(
        places(&hit(&room, "title:кошторис")),
        ["b.jsonl:2", "n.jsonl:1"]
    );
    room.assert_fresh(&["R"]);
    verified(&room);
}

#[test]
fn a_vanished_first_place_goes_to_the_next_and_not_to_a_new_file_behind_it() {
    let room = Newsroom::new();
    room.write("R/a.txt", BRIDGE);
    room.write("R/b.txt", BRIDGE);
    room.index(&["R"]);
    fs::remove_file(room.path("R/a.txt")).unwrap();
    room.write("R/c.txt", BRIDGE);
    room.index(&["R"]);
    assert_eq!(places(&hit(&room, "міст")), ["b.txt", "c.txt"]);
    room.assert_fresh(&["R"]);
}

#[test]
fn a_text_removed_for_good_stays_away_in_all_its_places() {
    let room = Newsroom::new();
    room.write("R/a.txt", BRIDGE);
    room.write("R/b.txt", BRIDGE);
    room.write("R/c.txt", PORT);
    room.index(&["R"]);
    let told = room.run(&["remove", "R/b.txt", "--yes"]).expect(1).stderr;
    assert!(told.contains("exact repeat of R/a.txt"), "{told}");
    room.run(&["remove", "R/a.txt", "--yes"]).expect(0);
    verified(&room);
    room.write("R/d.txt", BRIDGE);
    fs::remove_file(room.path("R/a.txt")).unwrap();
    let summary = room.index(&["R"]);
    assert_eq!(
        (&summary["found"], &summary["withheld"]),
        (&1.into(), &2.into())
    );
    let summary = room.index(&["R", "--restore"]);
    assert_eq!(
        (&summary["found"], &summary["repeated"]),
        (&2.into(), &1.into())
    );
    assert_eq!(places(&hit(&room, "міст")), ["b.txt", "d.txt"]);
    verified(&room);
}

#[test]
fn a_removed_file_loses_its_place_and_the_text_is_found_at_the_next() {
    let room = Newsroom::new();
    room.write("R/a.txt", BRIDGE);
    room.write("R/b.txt", BRIDGE);
    room.write("R/c.txt", BRIDGE);
    room.index(&["R"]);
    let removed = room
        .run(&["remove", "--path", "R/c.txt", "--json"])
        .expect(0)
        .json();
    assert_valid(&validator("removal.v1.schema.json"), &removed);
    assert_eq!(
        (&removed["removed"], &removed["forgotten_repeats"]),
        (&0.into(), &1.into())
    );
    assert_eq!(places(&hit(&room, "міст")), ["a.txt", "b.txt"]);
    room.run(&["remove", "--path", "R/a.txt", "--yes"])
        .expect(0);
    verified(&room);
    fs::remove_file(room.path("R/a.txt")).unwrap();
    room.index(&["R"]);
    assert_eq!(places(&hit(&room, "міст")), ["b.txt", "c.txt"]);
    room.assert_fresh(&["R"]);
}

#[test]
fn repeats_survive_a_rebuilding_and_a_snapshot() {
    let room = Newsroom::new();
    room.write("R/a.txt", BRIDGE);
    room.write("R/b.jsonl", nameless("Кошторис", "Хвиля").repeat(3));
    room.write("R/c.txt", BRIDGE);
    room.index(&["R"]);
    let before = room.held();
    assert_eq!(
        places(&hit(&room, "title:кошторис")),
        ["b.jsonl:1", "b.jsonl:2", "b.jsonl:3"]
    );
    room.run(&["snapshot", "copy"]).expect(0);
    room.run(&["reindex", "--quiet"]).expect(0);
    assert_eq!(room.held(), before);
    assert_eq!(crate::newsroom::held(&room.path("copy")), before);
    let summary = room.index(&["R"]);
    assert_eq!(
        (&summary["unchanged"], &summary["repeated"]),
        (&2.into(), &3.into())
    );
    verified(&room);
}

#[test]
fn a_hit_tells_the_line_of_its_file_also_after_lines_have_moved() {
    let room = Newsroom::new();
    let lines = [
        Line::new("1", "Міст відкрито."),
        Line::new("2", "Порт закрито."),
    ];
    room.write("R/a.jsonl", json_lines(&lines));
    room.write("R/b.txt", BRIDGE);
    room.write(
        "R/c.csv",
        "id,title,text\n7,Замок,\"Замок\nвідновили.\"\n8,Школа,Школу збудовано.\n",
    );
    room.index(&["R"]);
    assert_eq!(hit(&room, "порт")["line"], 2);
    assert_eq!(hit(&room, "школа")["line"], 4);
    assert_eq!(hit(&room, "Лукові")["line"], Value::Null);
    let text = room.run(&["search", "порт"]).expect(0).stdout;
    assert!(text.contains("/R/a.jsonl:2"), "{text}");
    let table = room
        .run(&["search", "порт", "--format", "csv", "--fields", "id,line"])
        .expect(0)
        .stdout;
    assert!(table.contains("2,2"), "{table}");
    let shown = room.run(&["show", "2"]).expect(0).stdout;
    assert!(shown.contains("/R/a.jsonl:2"), "{shown}");
    let kwic = room.run(&["kwic", "порт", "--json"]).expect(0).json();
    assert_valid(&validator("kwic-response.v1.schema.json"), &kwic);
    assert_eq!(kwic["lines"][0]["line"], 2);
    // Two lines come before it: nothing of it has changed but its place.
    room.write(
        "R/a.jsonl",
        format!(
            "\n{}{}",
            json_lines(&[Line::new("3", "Ліс.")]),
            json_lines(&lines)
        ),
    );
    let summary = room.index(&["R"]);
    assert_eq!(
        (&summary["added"], &summary["updated"]),
        (&1.into(), &0.into())
    );
    assert_eq!(hit(&room, "порт")["line"], 4);
    room.assert_fresh(&["R"]);
    verified(&room);
}

#[test]
fn a_hit_in_a_container_tells_its_inner_path() {
    let room = Newsroom::new();
    let folder = room.path("");
    room.write("2025/a.txt", BRIDGE);
    room.write("2025/b.jsonl", nameless("Кошторис", "Хвиля"));
    let packed = std::process::Command::new("tar")
        .current_dir(&folder)
        .args(["-cf", "R.tar", "2025"])
        .status();
    assert!(packed.unwrap().success());
    fs::create_dir_all(room.path("R")).unwrap();
    room.rename("R.tar", "R/x.tar");
    room.write("R/y.txt", BRIDGE);
    room.index(&["R"]);
    let found = hit(&room, "міст");
    assert!(Path::new(found["path"].as_str().unwrap()).ends_with("R/x.tar/2025/a.txt"));
    assert_eq!(places(&found), ["x.tar/2025/a.txt", "y.txt"]);
    let text = room.run(&["search", "title:кошторис"]).expect(0).stdout;
    assert!(text.contains("/R/x.tar/2025/b.jsonl:1"), "{text}");
    room.assert_fresh(&["R"]);
}
