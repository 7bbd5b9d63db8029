//! Several workers, each with a share of one archive and an index of its own.

use crate::cli_fixture::{Ran, program, run, run_in};
use crate::index_schema::{assert_valid, validator};
use crate::newsroom::{Newsroom, held};
use serde_json::Value;
use std::collections::BTreeSet;
use std::thread;

const WORKERS: [&str; 3] = ["1/3", "2/3", "3/3"];

/// Sixty files in folders, some with several articles, each article unlike the others.
fn archive(room: &Newsroom) {
    let words = ["міст", "школа", "мир", "річка", "місто", "війна", "хліб"];
    for n in 0..60_usize {
        let word = |at: usize| words[(n * at + at) % words.len()];
        let text = |of: usize| {
            let (month, day) = (n % 12 + 1, (n + of) % 28 + 1);
            format!(
                "{} {} номер {n}-{of}\n2025-{month:02}-{day:02}\n\n{} і {} {}.",
                word(1),
                word(2),
                word(3),
                word(5),
                word(of + 1)
            )
        };
        let year = 2024 + n % 2;
        if n % 5 == 0 {
            let line = |of: usize| serde_json::json!({"text": text(of)}).to_string();
            let lines: Vec<String> = (0..3).map(line).collect();
            room.write(&format!("R/{year}/{n}.jsonl"), lines.join("\n"));
        } else {
            room.write(&format!("R/{year}/{}/{n}.txt", n % 4), text(0));
        }
    }
    room.write("R/index.html", "<h1>Головна</h1><p>Міст через річку.</p>");
}

fn index_of(share: &str) -> String {
    format!("part-{}", share.replace('/', "-"))
}

/// Indexes one share; returns the summary.
fn work(room: &Newsroom, path: &str, share: &str) -> Value {
    let index = index_of(share);
    let arguments = ["index", path, "--share", share, "--index", &index, "--json"];
    run_in(&room.path(""), &arguments).expect(0).json()
}

/// Runs the three workers at once.
fn work_at_once(room: &Newsroom, path: &str) -> Vec<Value> {
    thread::scope(|scope| {
        let workers = WORKERS.map(|share| scope.spawn(move || work(room, path, share)));
        workers.map(|worker| worker.join().unwrap()).into()
    })
}

fn ask(room: &Newsroom, indexes: &[&str], arguments: &[&str]) -> Ran {
    let mut command = program(&room.path(""));
    command.args(arguments);
    for index in indexes {
        command.args(["--index", index]);
    }
    run(&mut command)
}

fn ask_all(room: &Newsroom, arguments: &[&str]) -> Ran {
    let indexes = WORKERS.map(index_of);
    ask(room, &indexes.each_ref().map(String::as_str), arguments)
}

/// Returns the ids of the articles in an index.
fn ids(room: &Newsroom, index: &str) -> BTreeSet<String> {
    let held = held(&room.path(index)).into_iter();
    held.map(|held| held.id).collect()
}

/// Returns an answer without times and cursors.
fn comparable(ran: &Ran) -> Value {
    let mut answer = ran.json();
    let fields = answer.as_object_mut().unwrap();
    fields.remove("took_ms");
    fields.remove("next_cursor");
    answer
}

fn sum(summaries: &[Value], field: &str) -> u64 {
    let counts = summaries.iter().map(|one| one[field].as_u64().unwrap());
    counts.sum()
}

#[test]
fn three_workers_at_once_give_what_one_index_of_the_whole_archive_gives() {
    let room = Newsroom::new();
    archive(&room);
    let whole = room.index(&["R"]);
    let parts = work_at_once(&room, "R");
    for (part, share) in parts.iter().zip(WORKERS) {
        assert_valid(&validator("index-summary.v1.schema.json"), part);
        assert_eq!(part["share"], share);
        assert!(part["files"].as_u64().unwrap() > 5, "{part}");
        let others = part["files_of_other_shares"].as_u64().unwrap();
        assert_eq!(part["files"].as_u64().unwrap() + others, whole["files"]);
    }
    assert_eq!(whole["share"], Value::Null);
    assert_eq!(sum(&parts, "files"), whole["files"]);
    assert_eq!(sum(&parts, "added"), whole["added"]);
    let of_parts: Vec<String> = WORKERS
        .iter()
        .flat_map(|share| ids(&room, &index_of(share)))
        .collect();
    let distinct: BTreeSet<String> = of_parts.iter().cloned().collect();
    assert_eq!(distinct.len(), of_parts.len(), "an article in two shares");
    assert_eq!(distinct, ids(&room, "index"));
    for query in [
        &["search", "міст школа", "--json", "-n", "80"][..],
        &["search", "мир OR війна -хліб", "--json", "--facet", "year"],
        &["search", "\"річка і міст\"~4", "--json", "-n", "80"],
        &["search", "головна", "--json"],
        &["list", "--json", "-n", "100"],
        &["count", "міст", "мир", "--by", "month", "--json"],
    ] {
        let together = comparable(&ask_all(&room, query).expect(0));
        assert_eq!(
            together,
            comparable(&ask(&room, &["index"], query)),
            "{query:?}"
        );
    }
}

#[test]
fn a_share_is_the_same_whichever_way_the_path_is_typed() {
    let room = Newsroom::new();
    archive(&room);
    work(&room, "R", "2/3");
    let before = held(&room.path(&index_of("2/3")));
    let absolute = room.path("R");
    for path in ["./R", "R/../R", absolute.to_str().unwrap()] {
        let again = work(&room, path, "2/3");
        assert_eq!((&again["added"], &again["removed"]), (&0.into(), &0.into()));
    }
    // A folder below it is no other root, and takes nothing that another worker has.
    let below = work(&room, "R/2025", "2/3");
    assert_eq!((&below["added"], &below["removed"]), (&0.into(), &0.into()));
    assert_eq!(held(&room.path(&index_of("2/3"))), before);
    // Nor is one that was moved.
    room.rename("R", "disk/R");
    let moved = work(&room, "disk/R", "2/3");
    assert_eq!((&moved["added"], &moved["removed"]), (&0.into(), &0.into()));
    assert_eq!(ids(&room, &index_of("2/3")).len(), before.len());
}

#[test]
fn a_worker_takes_up_only_the_changes_of_its_share() {
    let room = Newsroom::new();
    archive(&room);
    work_at_once(&room, "R");
    for n in 60..80 {
        room.write(
            &format!("R/2025/{n}.txt"),
            format!("Порт {n}\n\nПорт закрито."),
        );
    }
    std::fs::remove_dir_all(room.path("R/2024")).unwrap();
    let parts = work_at_once(&room, "R");
    assert_eq!(sum(&parts, "added"), 20);
    assert!(parts.iter().all(|part| part["added"].as_u64() > Some(0)));
    let left = room.index(&["R"])["found"].as_u64().unwrap();
    assert_eq!(sum(&parts, "found"), left);
    let all = WORKERS
        .iter()
        .flat_map(|share| ids(&room, &index_of(share)));
    assert_eq!(all.collect::<BTreeSet<_>>(), ids(&room, "index"));
    // The folder whose files are all of other shares is no empty disk.
    room.write("one/a.txt", "Міст\n\nМіст відкрито.");
    let parts = work_at_once(&room, "one");
    assert_eq!((sum(&parts, "added"), sum(&parts, "removed")), (1, 0));
}

#[test]
fn an_index_keeps_to_its_share() {
    let room = Newsroom::new();
    archive(&room);
    work(&room, "R", "1/3");
    let index = index_of("1/3");
    let before = held(&room.path(&index));
    // Without the option it is the share that the index has, also after it was made anew.
    for command in ["index", "reindex", "index"] {
        let mut arguments = vec![command];
        arguments.extend((command == "index").then_some("R"));
        ask(&room, &[&index], &arguments).expect(0);
        assert_eq!(held(&room.path(&index)), before, "{command}");
    }
    let ran = ask(&room, &[&index], &["index", "R"]).expect(0);
    assert!(
        ran.stdout.contains("share 1/3; files of other shares: "),
        "{ran:?}"
    );
    let ran = ask(&room, &[&index], &["index", "R", "--share", "2/3"]).expect(2);
    assert!(
        ran.stderr.contains("holds share 1/3 of its archive"),
        "{ran:?}"
    );
    assert!(ran.stderr.contains("index of its own"), "{ran:?}");
    room.index(&["R"]);
    let ran = room
        .run(&["index", "R", "--share", "1/3", "--lang", "uk"])
        .expect(2);
    assert!(
        ran.stderr.contains("містить всі файли свого архіву"),
        "{ran:?}"
    );
    assert_eq!(held(&room.path(&index)), before);
}

#[test]
fn a_repaired_index_keeps_its_share() {
    let room = Newsroom::new();
    archive(&room);
    work(&room, "R", "3/3");
    let index = index_of("3/3");
    let before = ids(&room, &index);
    // The commit is lost: the manifest still knows the share.
    std::fs::write(room.path(&index).join("meta.json"), "{").unwrap();
    let repaired = ask(&room, &[&index], &["repair"]);
    assert!([0, 3].contains(&repaired.code), "{repaired:?}");
    ask(&room, &[&index], &["index", "R"]).expect(0);
    assert_eq!(ids(&room, &index), before);
}

#[test]
fn a_text_of_two_shares_is_two_articles() {
    let room = Newsroom::new();
    for n in 0..12 {
        room.write(
            &format!("R/{n}.txt"),
            "Міст\n\nМіст відкрито для пішоходів.",
        );
    }
    let parts = work_at_once(&room, "R");
    let with_files = parts.iter().filter(|part| part["files"] != 0).count() as u64;
    assert!(with_files > 1, "{parts:?}");
    assert_eq!(sum(&parts, "added"), with_files);
    assert_eq!(sum(&parts, "repeated"), 12 - with_files);
    let found = ask_all(&room, &["search", "міст", "-c"]).expect(0).stdout;
    assert_eq!(found, format!("{with_files}\n"));
}

#[test]
fn what_is_no_share_gets_one_clear_message() {
    let room = Newsroom::new();
    room.write("R/a.txt", "Міст\n\nМіст відкрито.");
    for share in ["0/3", "4/3", "a/b", "3", "1/0", "-1/3"] {
        let share = format!("--share={share}");
        let ran = room.run(&["index", "R", &share]).expect(2);
        assert!(ran.stderr.contains("a share is written as 3/16"), "{ran:?}");
        assert!(ran.stdout.is_empty());
    }
    let ran = room.run(&["index", "-", "--share", "1/3"]).expect(2);
    assert!(ran.stderr.contains("no files to share out"), "{ran:?}");
    assert!(!room.path("index").join("manifest-0.jsonl").exists() || room.ids().is_empty());
}
