//! A killed process loses nothing that was committed, and the next one mends the rest.

use crate::archive_fixture::{
    Content, Line, TempArchive, found, index_into, json_lines, read_articles, threads,
};
use crate::cli_fixture::NO_SETTINGS;
use crate::newsroom::held;
use shukach::index::document::{CollectedArticle, to_document};
use shukach::index::job::JobOptions;
use shukach::index::verify::{Depth, verify};
use shukach::index::writer::Writer;
use shukach::index::{Index, Payload};
use shukach::schema::fields;
use shukach::{Article, ArticleId};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tantivy::indexer::NoMergePolicy;
use tantivy::{IndexWriter, Term};

/// A generator of numbers that look random and are the same every time.
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

const FILES: u64 = 40;
const LINES: u64 = 40;
const TEXTS: u64 = 400;

fn body(numbers: &mut Numbers, version: u64) -> String {
    let words = [
        "міст",
        "школа",
        "замок",
        "гарантії",
        "безпеки",
        "світло",
        "зерно",
        "порт",
        "річка",
    ];
    let mut body = format!("Версія{version}.");
    for _ in 0..20 + numbers.below(40) {
        let word = words[usize::try_from(numbers.below(words.len() as u64)).unwrap()];
        body.push(' ');
        body.push_str(word);
    }
    body
}

fn write_file(archive: &TempArchive, numbers: &mut Numbers, (file, version): (u64, u64)) {
    let lines: Vec<Line> = (0..LINES)
        .map(|line| Line::new(&format!("{file}-{line}"), &body(numbers, version)))
        .collect();
    archive.write(&format!("lines/{file}.jsonl"), json_lines(&lines));
}

fn write_text(archive: &TempArchive, numbers: &mut Numbers, (text, version): (u64, u64)) {
    let text_body = format!("Текст {text}\n\n{}", body(numbers, version));
    archive.write(&format!("texts/{text}.txt"), text_body);
}

/// Changes some articles, moves some, takes some away and brings some back.
fn change(archive: &TempArchive, numbers: &mut Numbers, version: u64) {
    let path = |name: String| archive.root().join(name);
    for _ in 0..4 {
        let file = numbers.below(FILES);
        // One id must not stand in two files.
        if !path(format!("old/{file}.jsonl")).exists() {
            write_file(archive, numbers, (file, version));
        }
    }
    for _ in 0..40 {
        let text = numbers.below(TEXTS);
        let (here, there) = (format!("texts/{text}.txt"), format!("moved/{text}.txt"));
        match (path(here.clone()).exists(), numbers.below(4)) {
            (true, 0) => fs::remove_file(path(here)).unwrap(),
            (true, 1) => move_file(&path(here), &path(there)),
            (false, 0 | 1) if path(there.clone()).exists() => move_file(&path(there), &path(here)),
            _ => write_text(archive, numbers, (text, version)),
        }
    }
    for _ in 0..10 {
        let text = numbers.below(TEXTS);
        // Before the texts and behind them, so that a repeat may be the first.
        let folder = ["copies", "zbirka"][usize::try_from(numbers.below(2)).unwrap()];
        let copy = path(format!("{folder}/{text}.txt"));
        match fs::read(path(format!("texts/{text}.txt"))) {
            Ok(content) if !copy.exists() => {
                archive.write(&format!("{folder}/{text}.txt"), content);
            }
            _ if copy.exists() => fs::remove_file(copy).unwrap(),
            _ => {}
        }
    }
    let nameless = (0..20).map(|_| {
        format!(
            "{{\"title\":\"Вість {}\",\"body\":\"Міст.\"}}\n",
            numbers.below(30)
        )
    });
    let nameless: String = nameless.collect();
    archive.write(&format!("nameless-{}.jsonl", version % 3), nameless);
    let file = numbers.below(FILES);
    let (here, there) = (format!("lines/{file}.jsonl"), format!("old/{file}.jsonl"));
    if path(here.clone()).exists() {
        move_file(&path(here), &path(there));
    } else {
        move_file(&path(there), &path(here));
    }
}

fn move_file(from: &Path, to: &Path) {
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::rename(from, to).unwrap();
}

/// Starts `shukach … --index INDEX`, to be killed.
pub(crate) fn start(archive: &TempArchive, arguments: &[&str]) -> Child {
    let index = archive.index_path();
    let index = ["--index", index.to_str().unwrap()];
    spawn(archive, &[arguments, &index].concat())
}

/// Starts the program beside the archive.
pub(crate) fn spawn(archive: &TempArchive, arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_shukach"))
        .env(NO_SETTINGS.0, NO_SETTINGS.1)
        .args(arguments)
        .current_dir(archive.folder())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

pub(crate) const INDEX: [&str; 5] = ["index", "--quiet", "--threads", "2", "archive"];

/// Returns a random moment of a job that takes this long; more of them are near the end, where
/// files are moved.
pub(crate) fn moment(whole: Duration, numbers: &mut Numbers) -> Duration {
    let share = u32::try_from(numbers.below(1_050)).unwrap();
    whole.mul_f64((f64::from(share) / 1_000.0).sqrt())
}

/// Kills a process after this time, and does something again and again until then; returns whether
/// it was still at work.
pub(crate) fn kill_after(mut process: Child, delay: Duration, mut meanwhile: impl FnMut()) -> bool {
    let started = Instant::now();
    loop {
        meanwhile();
        if started.elapsed() >= delay || process.try_wait().unwrap().is_some() {
            break;
        }
    }
    process.kill().unwrap();
    !process.wait().unwrap().success()
}

/// Returns the number in an environment variable of `tests/faults/run.sh`.
pub(crate) fn number_in(variable: &str) -> Option<u32> {
    std::env::var(variable).ok()?.parse().ok()
}

/// How many runs are killed; 200 in a long test.
pub(crate) fn rounds() -> u32 {
    number_in("SHUKACH_CRASH_ROUNDS").unwrap_or(12)
}

fn assert_each_id_once(content: &Content) {
    for (id, articles) in content {
        assert_eq!(articles.len(), 1, "{id}");
    }
}

#[test]
fn a_process_killed_again_and_again_loses_nothing_and_doubles_nothing() {
    let mut numbers = Numbers(2025);
    let archive = TempArchive::new();
    for file in 0..FILES {
        write_file(&archive, &mut numbers, (file, 0));
    }
    for text in 0..TEXTS {
        write_text(&archive, &mut numbers, (text, 0));
    }
    let started = Instant::now();
    archive.run(&INDEX).expect(0);
    let mut whole = started.elapsed();
    let rounds = rounds();
    let elsewhere = archive.folder().join("archive-2");
    let mut kills = 0;
    for round in 1..=rounds {
        // Every fourth run finds the whole archive elsewhere, every fifth takes something out.
        let is_elsewhere = round % 4 == 0;
        if is_elsewhere {
            // A root of which more than half has changed too is another one.
            archive.run(&INDEX).expect(0);
        }
        change(&archive, &mut numbers, u64::from(round));
        let removed = format!("archive/lines/{}.jsonl", numbers.below(FILES));
        let removal = ["remove", "--yes", "--path", &removed];
        let mut index = INDEX;
        if is_elsewhere {
            fs::rename(archive.root(), &elsewhere).unwrap();
            index[4] = "archive-2";
        }
        let is_removal = round % 5 == 0 && !is_elsewhere;
        let arguments: &[&str] = if is_removal { &removal } else { &index };
        // From early on to the last commit and the merges behind it.
        let share = u32::try_from(numbers.below(110)).unwrap();
        let delay = whole * share / 100;
        let started = Instant::now();
        let was_killed = kill_after(start(&archive, arguments), delay, || {
            std::thread::sleep(Duration::from_millis(1));
        });
        if was_killed {
            kills += 1;
        } else if !is_removal {
            // What is left to do takes less time than all of it did.
            whole = started.elapsed();
        }
        if is_elsewhere {
            fs::rename(&elsewhere, archive.root()).unwrap();
        }
        held(&archive.index_path());
        if round % 3 == 0 {
            let verification = verify(&archive.index_path(), Depth::Sample).unwrap();
            assert!(verification.is_sound(), "round {round}: {verification:?}");
        }
        assert!(!found(&archive.searcher(), "гарантія").is_empty());
    }
    assert!(kills * 5 >= rounds, "only {kills} runs were killed in time");
    archive.run(&INDEX).expect(0);
    let mended = held(&archive.index_path());
    let fresh = archive.folder().join("fresh");
    let options = JobOptions {
        writer: threads(2),
        ..JobOptions::default()
    };
    index_into(&fresh, &[archive.root()], options).unwrap();
    let fresh = held(&fresh);
    let difference: Vec<_> = mended.symmetric_difference(&fresh).take(5).collect();
    assert!(
        difference.is_empty(),
        "the mended index differs from a fresh one: {difference:?}"
    );
    assert!(mended.len() > 1_600, "{}", mended.len());
    let repeated = mended.iter().filter(|held| !held.repeats.is_empty());
    assert!(repeated.count() > 10, "nothing was read twice");
    assert_eq!(
        hidden_leftovers(&archive.index_path()),
        Vec::<PathBuf>::new()
    );
}

fn hidden_leftovers(index: &Path) -> Vec<PathBuf> {
    let is_leftover = |path: &PathBuf| {
        path.file_name()
            .unwrap()
            .to_string_lossy()
            .starts_with(".tmp")
    };
    let entries = fs::read_dir(index).unwrap();
    entries
        .map(|entry| entry.unwrap().path())
        .filter(is_leftover)
        .collect()
}

fn small_archive() -> TempArchive {
    let archive = TempArchive::new();
    for n in 0..10 {
        archive.write(&format!("{n}.txt"), format!("Текст {n}\n\nКіт спить."));
    }
    archive
}

#[test]
fn temporary_files_of_a_killed_process_are_removed() {
    let archive = small_archive();
    archive.index();
    fs::write(archive.index_path().join(".tmpAbC123"), "{").unwrap();
    archive.write("0.txt", "Текст 0\n\nПес гавкає.");
    archive.index();
    assert_eq!(
        hidden_leftovers(&archive.index_path()),
        Vec::<PathBuf>::new()
    );
}

#[test]
fn a_delete_file_of_a_killed_process_does_not_block_later_commits() {
    let archive = small_archive();
    archive.index();
    let meta = archive.index_path().join("meta.json");
    let before = fs::read(&meta).unwrap();
    archive.write("0.txt", "Текст 0\n\nПес гавкає.");
    archive.index();
    let deletes = fs::read_dir(archive.index_path()).unwrap().filter(|entry| {
        let name = entry.as_ref().unwrap().file_name();
        name.to_string_lossy().ends_with(".del")
    });
    assert_eq!(
        deletes.count(),
        1,
        "the change left no delete file; this test shows nothing"
    );
    // Killed between writing the delete file and the commit: the commit before still stands.
    fs::write(&meta, before).unwrap();
    for _ in 0..2 {
        archive.index();
        let content = archive.content();
        assert_each_id_once(&content);
        assert_eq!(content.len(), 10);
        assert_eq!(found(&archive.searcher(), "пес"), ["archive/0.txt"]);
    }
}

const SEGMENTS: usize = 10;
const ARTICLES_PER_SEGMENT: usize = 3;

/// Writes an index of many segments as a process leaves it that was killed after its last commit
/// and before the merges that were due; the last commit has deleted something from every second
/// segment.
fn write_unmerged(archive: &TempArchive) {
    let articles = read_articles(&archive.root());
    assert_eq!(articles.len(), SEGMENTS * ARTICLES_PER_SEGMENT);
    let index = Index::open_or_create(&archive.index_path()).unwrap();
    let mut writer: IndexWriter = index.engine().writer_with_num_threads(1, 16 << 20).unwrap();
    writer.set_merge_policy(Box::new(NoMergePolicy));
    let commit = |writer: &mut IndexWriter| {
        let mut commit = writer.prepare_commit().unwrap();
        commit.set_payload(&Payload::default().to_text());
        commit.commit().unwrap();
    };
    for (ordinal, chunk) in articles.chunks(ARTICLES_PER_SEGMENT).enumerate() {
        let ballast = Article {
            id: ArticleId::new(&format!("ballast-{ordinal}")),
            path: "/elsewhere".into(),
            ..chunk[0].clone()
        };
        let more = Article {
            id: ArticleId::new(&format!("more-{ordinal}")),
            ..ballast.clone()
        };
        // A merge takes its place in the queue of deletes from the largest segment; it must be one
        // from which the last commit deletes nothing.
        let count = if ordinal % 2 == 0 { 4 } else { 5 };
        for article in chunk.iter().chain([&ballast, &more]).take(count) {
            let document = to_document(&CollectedArticle::new(article, "archive"));
            writer.add_document(document).unwrap();
        }
        commit(&mut writer);
    }
    for ordinal in (0..SEGMENTS).step_by(2) {
        let id = fields().id;
        writer.delete_term(Term::from_field_text(id, &format!("ballast-{ordinal}")));
    }
    commit(&mut writer);
    writer.wait_merging_threads().unwrap();
}

#[test]
fn an_update_right_after_opening_leaves_each_article_once_also_if_segments_merge() {
    for segment in 0..SEGMENTS {
        let archive = TempArchive::new();
        for n in 0..SEGMENTS * ARTICLES_PER_SEGMENT {
            archive.write(&format!("{n:02}.txt"), format!("Текст {n}\n\nКіт спить."));
        }
        write_unmerged(&archive);
        let changed = segment * ARTICLES_PER_SEGMENT;
        archive.write(&format!("{changed:02}.txt"), "Текст\n\nПес гавкає.");
        archive.index();
        let content = archive.content();
        assert_each_id_once(&content);
        assert_eq!(content.len(), SEGMENTS * ARTICLES_PER_SEGMENT + SEGMENTS);
        assert_eq!(
            found(&archive.searcher(), "пес"),
            [format!("archive/{changed:02}.txt")]
        );
        let segments = archive.searcher().summary().unwrap().segments;
        assert!(
            segments < 4,
            "{segments} segments: nothing was merged, so this test shows nothing"
        );
    }
}

#[test]
fn what_a_manifest_says_beyond_the_last_commit_is_not_believed() {
    let archive = small_archive();
    archive.index();
    let meta = archive.index_path().join("meta.json");
    let before = fs::read(&meta).unwrap();
    archive.write("new.txt", "Новий\n\nКінь іржить.");
    archive.index();
    fs::write(&meta, before).unwrap();
    let summary = archive.index().summary;
    assert_eq!(
        summary.added, 1,
        "the manifest lists the file, but its article is not in the index"
    );
    assert_eq!(found(&archive.searcher(), "кінь"), ["archive/new.txt"]);
}

#[test]
fn a_second_writer_is_refused_and_readers_are_not() {
    let archive = small_archive();
    archive.index();
    let index = Index::open(&archive.index_path()).unwrap();
    let writer = Writer::open(&index, threads(1)).unwrap();
    let ran = archive.run(&["index", "archive"]).expect(2);
    assert!(ran.stderr.contains("another shukach is writing"), "{ran:?}");
    archive.run(&["search", "кіт"]).expect(0);
    drop(writer);
    archive.run_index(&[]).expect(0);
}
