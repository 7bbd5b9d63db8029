//! An archive that lives: what its articles are called, where they belong, what moves and goes.

use crate::archive_fixture::{Line, copy_folder, json_lines};
use crate::newsroom::Newsroom;
use std::fs;
use std::path::Path;

fn numbered(texts: &[&str]) -> String {
    let lines = (1..).zip(texts);
    let lines = lines.map(|(number, text)| Line::new(&number.to_string(), text));
    json_lines(&lines.collect::<Vec<_>>())
}

#[test]
fn the_same_folder_of_another_year_comes_in_whole() {
    let room = Newsroom::new();
    room.write("R/2024/news/a.txt", "Міст\nМіст відкрито.");
    room.write("R/2025/news/a.txt", "Порт\nПорт закрито.");
    room.index(&["R/2024/news"]);
    let second = room.index(&["R/2025/news"]);
    assert_eq!(
        (&second["added"], &second["failed"]),
        (&1.into(), &0.into())
    );
    assert_eq!(room.ids(), ["2025/news/a.txt", "news/a.txt"]);
    room.assert_fresh(&["R/2024/news", "R/2025/news"]);
}

#[test]
fn two_outlets_may_both_number_their_articles_from_one() {
    let room = Newsroom::new();
    room.write(
        "khvylia.jsonl",
        numbered(&["Міст відкрито.", "Порт закрито."]),
    );
    room.write(
        "oglyad.jsonl",
        numbered(&["Замок продано.", "Школу збудовано."]),
    );
    room.index(&["khvylia.jsonl"]);
    let second = room.index(&["oglyad.jsonl"]);
    assert_eq!(
        (&second["added"], &second["failed"]),
        (&2.into(), &0.into())
    );
    assert_eq!(room.ids(), ["1", "2", "1", "2"]);
    let info = room.run(&["info", "--json"]).expect(0).json();
    let collections = info["collections"].as_array().unwrap();
    let names = collections.iter().map(|one| one["name"].as_str().unwrap());
    assert_eq!(names.collect::<Vec<_>>(), ["khvylia.jsonl", "oglyad.jsonl"]);
    room.assert_fresh(&["khvylia.jsonl", "oglyad.jsonl"]);
}

#[test]
fn an_id_of_several_collections_asks_for_the_collection() {
    let room = Newsroom::new();
    room.write("khvylia.jsonl", numbered(&["Міст відкрито біля порту."]));
    room.write("oglyad.jsonl", numbered(&["Міст закрито біля замку."]));
    room.index(&["khvylia.jsonl", "oglyad.jsonl"]);
    for command in [
        &["show", "1"][..],
        &["more-like", "1"],
        &["search", "--copies", "1"],
    ] {
        let ran = room.run(command).expect(2);
        let names = ["khvylia.jsonl", "oglyad.jsonl"];
        assert!(
            names.iter().all(|name| ran.stderr.contains(name)),
            "{ran:?}"
        );
    }
    let shown = room.run(&["show", "oglyad.jsonl:1"]).expect(0);
    assert!(shown.stdout.contains("замку"), "{shown:?}");
    // It leaves out itself, and nothing else that has its id.
    let like = room.run(&["more-like", "khvylia.jsonl:1", "--json"]);
    let hits = like.json()["hits"].as_array().unwrap().clone();
    let collections: Vec<_> = hits.iter().map(|hit| &hit["collection"]).collect();
    assert_eq!(collections, ["oglyad.jsonl"], "{like:?}");
}

#[test]
fn an_index_is_never_read_as_articles() {
    let room = Newsroom::new();
    room.write("a.txt", "Міст\nМіст відкрито.");
    for round in 0..2 {
        let summary = room.index(&["."]);
        assert_eq!(summary["found"], 1, "round {round}: {summary}");
        let left = summary["left_aside_indexes"].as_array().unwrap();
        assert_eq!(left.len(), 1, "{summary}");
    }
    // The index of someone else, copied without its hidden files.
    copy_folder(&room.path("index"), &room.path("copies/old"));
    fs::remove_file(room.path("copies/old/.managed.json")).unwrap();
    let summary = room.index(&["."]);
    assert_eq!(
        (&summary["found"], &summary["failed"]),
        (&1.into(), &0.into())
    );
    let left = summary["left_aside_indexes"].to_string();
    assert!(left.contains("copies/old"), "{left}");
    let told = room.run(&["index", "."]).expect(0).stdout;
    assert!(told.contains("index left aside: "), "{told}");
}

#[test]
fn a_moved_root_keeps_its_articles_and_their_ids() {
    let room = Newsroom::new();
    room.write("arch/a.txt", "Міст\nМіст відкрито.");
    room.write("arch/2025/b.jsonl", numbered(&["Міст зведено."]));
    room.index(&["arch"]);
    let before = room.ids();
    room.rename("arch", "arch2");
    let summary = room.index(&["arch2"]);
    assert_eq!(summary["moved"], 2, "{summary}");
    let counts = ["added", "updated", "removed"].map(|name| summary[name].as_u64().unwrap());
    assert_eq!(counts, [0, 0, 0], "{summary}");
    assert_eq!(room.ids(), before);
    let hits = room.hits("міст");
    assert_eq!(hits.len(), 2);
    for (_, path) in hits {
        assert!(Path::new(&path).is_file(), "a dead path: {path}");
    }
    let again = room.index(&["arch2"]);
    assert_eq!(
        (&again["unchanged"], &again["moved"]),
        (&2.into(), &0.into())
    );
}

#[test]
fn a_tree_at_another_mount_keeps_its_ids_also_where_it_has_changed() {
    let room = Newsroom::new();
    for number in 0..6 {
        room.write(
            &format!("disk/news/{number}.txt"),
            format!("Міст {number}\nМіст відкрито."),
        );
    }
    room.index(&["disk/news"]);
    copy_folder(&room.path("disk/news"), &room.path("mount/news"));
    fs::remove_dir_all(room.path("disk")).unwrap();
    room.write("mount/news/0.txt", "Порт\nПорт закрито.");
    fs::remove_file(room.path("mount/news/1.txt")).unwrap();
    room.write("mount/news/6.txt", "Замок\nЗамок продано.");
    let summary = room.index(&["mount/news"]);
    let counts = ["moved", "updated", "added", "removed"];
    let counts = counts.map(|name| summary[name].as_u64().unwrap());
    assert_eq!(counts, [4, 1, 1, 1], "{summary}");
    room.assert_fresh(&["mount/news"]);
}

#[test]
fn what_a_disk_that_is_not_mounted_holds_is_not_taken_for_moved_by_one_file_in_common() {
    let room = Newsroom::new();
    for number in 0..6 {
        room.write(
            &format!("disk/news/{number}.txt"),
            format!("Міст {number}\nМіст відкрито."),
        );
    }
    room.index(&["disk/news"]);
    room.write("other/news/0.txt", "Міст 0\nМіст відкрито.");
    room.rename("disk", "unmounted");
    room.index(&["other/news"]);
    assert_eq!(room.held().len(), 6, "{:?}", room.held());
    assert!(room.ids().contains(&"other/news/0.txt".to_owned()));
}

#[test]
fn a_file_put_in_the_place_of_another_of_the_same_size_and_time_is_read() {
    let room = Newsroom::new();
    room.write("arch/A.txt", "Кіт\nспить");
    room.write("arch/B.txt", "Пес\nспить");
    let then = std::time::SystemTime::now() - std::time::Duration::from_hours(1);
    for name in ["arch/A.txt", "arch/B.txt"] {
        let file = fs::File::options().append(true).open(room.path(name));
        file.unwrap().set_modified(then).unwrap();
    }
    room.index(&["arch"]);
    room.rename("arch/B.txt", "arch/A.txt");
    // Without inodes only the content tells.
    let flags: &[&str] = if cfg!(unix) {
        &["arch"]
    } else {
        &["arch", "--checksum"]
    };
    room.index(flags);
    assert_eq!(room.hits("пес").len(), 1);
    assert_eq!(room.hits("кіт").len(), 0);
    room.assert_fresh(&["arch"]);
}

#[test]
fn a_file_has_one_id_whichever_way_leads_to_it() {
    let room = Newsroom::new();
    room.write("R/2024/news/a.txt", "Міст\nМіст відкрито.");
    room.write("R/b.txt", "Порт\nПорт закрито.");
    room.index(&["R/2024/news"]);
    let before = room.held();
    for way in ["./R/2024/../2024/news", "R/2024/news/a.txt"] {
        let summary = room.index(&[way]);
        assert_eq!(summary["unchanged"], 1, "{way}: {summary}");
        assert_eq!(room.held(), before, "{way}");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(room.path("R/2024/news"), room.path("link")).unwrap();
        room.index(&["link"]);
        assert_eq!(room.held(), before);
    }
    let summary = room.index(&["R"]);
    assert_eq!(
        (&summary["unchanged"], &summary["added"]),
        (&1.into(), &1.into())
    );
    assert_eq!(room.ids(), ["R/b.txt", "news/a.txt"]);
    room.assert_fresh(&["R/2024/news", "R"]);
}

#[test]
fn a_folder_below_an_indexed_one_keeps_the_ids_of_the_whole() {
    let room = Newsroom::new();
    room.write("R/2024/news/a.txt", "Міст\nМіст відкрито.");
    room.index(&["R"]);
    room.write("R/2024/news/b.txt", "Порт\nПорт закрито.");
    let summary = room.index(&["R/2024/news"]);
    assert_eq!(
        (&summary["unchanged"], &summary["added"]),
        (&1.into(), &1.into())
    );
    assert_eq!(room.ids(), ["R/2024/news/a.txt", "R/2024/news/b.txt"]);
    room.assert_fresh(&["R"]);
}

#[test]
fn a_moved_file_keeps_its_articles_and_an_id_of_the_input() {
    let room = Newsroom::new();
    room.write("arch/a.txt", "Міст\nМіст відкрито.");
    room.write(
        "arch/b.jsonl",
        numbered(&["Порт закрито.", "Замок продано."]),
    );
    room.index(&["arch"]);
    room.rename("arch/a.txt", "arch/2025/a.txt");
    room.rename("arch/b.jsonl", "arch/inbox/c.jsonl");
    let summary = room.index(&["arch", "--keep-missing"]);
    assert_eq!(summary["moved"], 3, "{summary}");
    assert_eq!(summary["removed"], 0, "{summary}");
    assert_eq!(room.ids(), ["1", "2", "arch/2025/a.txt"]);
    room.assert_fresh(&["arch"]);
}

#[test]
fn of_two_articles_with_one_id_the_first_stays_and_both_places_are_told() {
    let room = Newsroom::new();
    room.write(
        "arch/a.jsonl",
        numbered(&["Міст відкрито.", "Порт закрито."]),
    );
    room.write(
        "arch/b.jsonl",
        numbered(&["Міст відкрито.", "Замок продано."]),
    );
    let summary = room.index_with_code(&["arch"], 3);
    // The first line of the second file is an exact repeat.
    assert_eq!(
        (&summary["failed"], &summary["repeated"]),
        (&1.into(), &1.into())
    );
    let failure = &summary["failures"][0];
    assert!(failure["path"].as_str().unwrap().ends_with("b.jsonl"));
    assert_eq!(failure["line"], 2);
    let reason = failure["reason"].as_str().unwrap();
    assert!(
        reason.contains("a.jsonl:2") && reason.contains("collection arch"),
        "{reason}"
    );
    assert_eq!(room.hits("порт").len(), 1);
    assert_eq!(room.hits("замок").len(), 0);
    // Also where the first file is unchanged and not read again.
    let again = room.index_with_code(&["arch"], 3);
    assert_eq!(again["failures"], summary["failures"]);
    let ukrainian = room
        .run(&["index", "arch", "--lang", "uk"])
        .expect(3)
        .stderr;
    assert!(
        ukrainian.contains("ідентифікатор 2 у колекції arch вже має стаття"),
        "{ukrainian}"
    );
}

#[test]
fn what_two_files_have_is_kept_as_long_as_one_has_it() {
    let room = Newsroom::new();
    let both = numbered(&["Міст відкрито.", "Порт закрито."]);
    for name in [
        "arch/a.jsonl",
        "arch/b.jsonl",
        "arch/c.jsonl",
        "other/d.jsonl",
    ] {
        room.write(name, &both);
    }
    let roots = ["arch", "other", "--collection", "всі"];
    for _ in 0..2 {
        let summary = room.index(&roots);
        assert_eq!(
            (&summary["found"], &summary["failed"]),
            (&2.into(), &0.into())
        );
    }
    room.write("arch/a.jsonl", numbered(&["Міст відкрито."]));
    room.index(&["arch"]);
    room.assert_fresh(&roots);
    fs::remove_file(room.path("arch/b.jsonl")).unwrap();
    let summary = room.index(&["arch"]);
    assert_eq!(summary["found"], 2, "{summary}");
    fs::remove_file(room.path("arch/c.jsonl")).unwrap();
    room.index(&["arch"]);
    // The other root is read when its turn comes.
    room.index(&["other"]);
    room.assert_fresh_again(&roots);
}

#[test]
fn the_first_root_keeps_an_id_whichever_is_indexed_again() {
    let room = Newsroom::new();
    let named = ["--collection", "всі"];
    room.write("one/a.jsonl", numbered(&["Міст відкрито."]));
    room.write(
        "two/a.jsonl",
        numbered(&["Порт закрито.", "Замок продано."]),
    );
    room.index(&[&["one"][..], &named].concat());
    room.index_with_code(&[&["two"][..], &named].concat(), 3);
    // The id comes in the root that was registered first, after the other had it.
    room.write(
        "one/a.jsonl",
        numbered(&["Міст відкрито.", "Школу збудовано."]),
    );
    room.index(&["one"]);
    assert_eq!(room.hits("школа").len(), 1);
    assert_eq!(room.hits("замок").len(), 0);
    room.index_with_code(&["two"], 3);
    assert_eq!(room.ids(), ["1", "2"]);
    assert_eq!(room.hits("школа").len(), 1);
    fs::remove_file(room.path("one/a.jsonl")).unwrap();
    room.index(&["one", "--allow-empty"]);
    room.index(&["two"]);
    assert_eq!(room.hits("замок").len(), 1);
}

#[test]
fn a_collection_groups_what_was_indexed_together_and_info_lists_it() {
    let room = Newsroom::new();
    let dated = |id: &str, day: &str| Line::new(id, "Міст відкрито.").dated(day);
    room.write(
        "a/1.jsonl",
        json_lines(&[dated("1", "2024-03-01"), dated("2", "2025-05-02")]),
    );
    room.write("b/1.jsonl", json_lines(&[dated("1", "2023-01-01")]));
    room.write("c/1.jsonl", json_lines(&[Line::new("1", "Порт.")]));
    room.index(&["a", "--collection", "Хвиля"]);
    room.index(&["c"]);
    room.index_with_code(&["b", "--collection", "Хвиля"], 3);
    let info = room.run(&["info", "--json"]).expect(0).json();
    let expected = serde_json::json!([
        {"name": "c", "articles": 1, "first_day": null, "last_day": null, "roots": [room.path("c")]},
        {"name": "Хвиля", "articles": 2, "first_day": "2024-03-01", "last_day": "2025-05-02",
         "roots": [room.path("a"), room.path("b")]},
    ]);
    assert_eq!(info["collections"], expected);
    let text = room.run(&["info"]).expect(0).stdout;
    assert!(text.contains("Хвиля  2  2024-03-01 … 2025-05-02"), "{text}");
    for name in ["", "a\tb"] {
        room.run(&["index", "a", "--collection", name]).expect(2);
    }
}

#[test]
fn another_collection_takes_known_articles_over() {
    let room = Newsroom::new();
    room.write("R/news/a.txt", "Міст\nМіст відкрито.");
    room.write("R/b.txt", "Порт\nПорт закрито.");
    room.index(&["R"]);
    room.index(&["R/news", "--collection", "новини"]);
    let collections = || {
        let held = room.held().into_iter();
        held.map(|held| (held.collection, held.id))
            .collect::<Vec<_>>()
    };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    let apart = [pair("R", "R/b.txt"), pair("новини", "R/news/a.txt")];
    assert_eq!(collections(), apart);
    // Known files keep their collection.
    room.index(&["R"]);
    assert_eq!(collections(), apart);
    room.index(&["R", "--collection", "всі"]);
    assert_eq!(
        collections(),
        [pair("всі", "R/b.txt"), pair("всі", "R/news/a.txt")]
    );
}

#[test]
fn articles_from_the_standard_input_have_a_collection_too() {
    let room = Newsroom::new();
    let mut command = crate::cli_fixture::program(&room.path(""));
    command.args(["index", "-", "--index", "index", "--quiet"]);
    crate::cli_fixture::run(command.write_stdin(numbered(&["Міст відкрито."]))).expect(0);
    assert_eq!(room.held().first().unwrap().collection, "stdin");
}
