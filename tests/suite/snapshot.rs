//! `shukach snapshot` copies an index while it is written to.

use crate::archive_fixture::{TempArchive, found, read_articles, threads};
use crate::index_schema::{assert_valid, validator};
use crate::newsroom::held;
use shukach::error::Error;
use shukach::index::Index;
use shukach::index::document::CollectedArticle;
use shukach::index::sink::Sink;
use shukach::index::snapshot::snapshot;
use shukach::index::verify::{Depth, verify};
use shukach::index::writer::Writer;
use shukach::{Article, ArticleId};
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

fn archive() -> TempArchive {
    let archive = TempArchive::new();
    for n in 0..10 {
        archive.write(&format!("{n}.txt"), format!("Текст {n}\n\nКіт спить."));
    }
    archive.index();
    archive
}

#[track_caller]
fn assert_sound(folder: &Path) {
    let verification = verify(folder, Depth::Full).unwrap();
    assert!(verification.is_sound(), "{verification:?}");
}

#[test]
fn a_snapshot_is_an_index_of_its_own() {
    let archive = archive();
    let before = held(&archive.index_path());
    let copy = archive.folder().join("backup/monday");
    let ran = archive
        .run(&["snapshot", "backup/monday", "--json"])
        .expect(0);
    let report = ran.json();
    assert_valid(&validator("snapshot.v1.schema.json"), &report);
    assert_eq!(report["articles"], 10);
    // What changes in one does not change the other.
    archive.write("0.txt", "Текст 0\n\nПес гавкає.");
    archive.remove("1.txt");
    archive.index();
    assert_eq!(held(&copy), before);
    assert_sound(&copy);
    let changed = held(&archive.index_path());
    let into_copy = ["index", "archive", "--quiet", "--index", "backup/monday"];
    archive.write("2.txt", "Текст 2\n\nКінь іржить.");
    crate::cli_fixture::run_in(archive.folder(), &into_copy).expect(0);
    assert_eq!(held(&archive.index_path()), changed);
    assert_sound(&archive.index_path());
    assert_sound(&copy);
    assert_eq!(held(&copy).len(), 9);
    // Restored by moving it back.
    fs::remove_dir_all(archive.index_path()).unwrap();
    fs::rename(&copy, archive.index_path()).unwrap();
    let outcome = archive.index();
    assert_eq!(outcome.summary.unchanged, 9);
    assert_eq!(found(&archive.searcher(), "кінь"), ["archive/2.txt"]);
}

#[test]
fn a_snapshot_takes_no_folder_that_holds_something() {
    let archive = archive();
    let ran = archive.run(&["snapshot", "archive"]).expect(2);
    assert!(ran.stderr.contains("archive is not empty"), "{ran:?}");
    assert!(archive.root().join("0.txt").exists());
    let folder = archive.folder().join("of-nothing");
    let none = snapshot(&archive.folder().join("none"), &folder);
    assert!(matches!(none, Err(Error::NoIndex { .. })), "{none:?}");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    // It may be given again, as it is empty.
    snapshot(&archive.index_path(), &folder).unwrap();
    assert_sound(&folder);
}

#[test]
fn snapshots_taken_while_a_writer_commits_hold_whole_commits() {
    let archive = archive();
    let template = read_articles(&archive.root()).swap_remove(0);
    let index = Index::open(&archive.index_path()).unwrap();
    let mut writer = Writer::open(&index, threads(1)).unwrap();
    let is_done = AtomicBool::new(false);
    let taken = std::thread::scope(|scope| {
        scope.spawn(|| {
            // Each commit has two articles more and one other of the last.
            for round in 0..20 {
                for (id, text) in [(round, "перша"), (round + 1000, "друга")] {
                    let article = Article {
                        id: ArticleId::new(&id.to_string()),
                        body: format!("Стаття {text} {round}."),
                        ..template.clone()
                    };
                    writer
                        .add(&CollectedArticle::new(&article, "archive"))
                        .unwrap();
                }
                if round % 5 == 4 {
                    let gone = shukach::index::document::key("archive", &(round - 1).to_string());
                    writer.remove(gone);
                    let gone = shukach::index::document::key("archive", &(round + 999).to_string());
                    writer.remove(gone);
                }
                writer.commit().unwrap();
            }
            writer.finish().unwrap();
            is_done.store(true, Ordering::Release);
        });
        let mut taken = 0;
        loop {
            let is_last = is_done.load(Ordering::Acquire);
            let folder = archive.folder().join(format!("copy-{taken}"));
            snapshot(&archive.index_path(), &folder).unwrap();
            taken += 1;
            if is_last {
                break taken;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    });
    let mut sizes = Vec::new();
    for number in 0..taken {
        let folder = archive.folder().join(format!("copy-{number}"));
        assert_sound(&folder);
        let held = held(&folder);
        let is_added = |id: &&str| id.parse::<u32>().is_ok();
        let added = held.iter().map(|held| held.id.as_str()).filter(is_added);
        assert_eq!(added.count() % 2, 0, "half a commit");
        sizes.push(held.len());
    }
    assert!(taken > 3, "{taken}");
    assert!(
        sizes.is_sorted_by(|before, after| after + 2 >= *before),
        "{sizes:?}"
    );
    assert_eq!(sizes.last(), Some(&(10 + 40 - 8)));
}
