//! An archive into an index: what comes in, what changes, what is refused.

use crate::archive_fixture::{
    Line, TempArchive, copy_folder, found, index_into, json_lines, threads,
};
use crate::sample::{archive, sample};
use shukach::Error;
use shukach::index::job::JobOptions;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::time::{Duration, SystemTime};

fn keep_missing() -> JobOptions {
    JobOptions {
        keep_missing: true,
        ..options()
    }
}

fn options() -> JobOptions {
    JobOptions {
        writer: threads(1),
        ..JobOptions::default()
    }
}

/// Makes all files of an archive look as if they had been written long ago: a file that was just
/// written is read again, as its clock may not have ticked yet.
fn age(archive: &TempArchive) {
    for entry in walkdir::WalkDir::new(archive.root()) {
        let path = entry.unwrap().into_path();
        if path.is_file() {
            touch(&path, Duration::from_hours(1));
        }
    }
}

fn touch(path: &std::path::Path, ago: Duration) {
    let file = File::options().append(true).open(path).unwrap();
    file.set_modified(SystemTime::now() - ago).unwrap();
}

#[test]
fn the_sample_archive_comes_in_as_its_readme_counts_it() {
    let sample = sample();
    let summary = &sample.outcome.summary;
    assert_eq!((summary.files, summary.skipped_files), (42, 0));
    assert_eq!((summary.found, summary.added), (69, 69));
    assert_eq!(
        (summary.failed, summary.updated, summary.removed),
        (2, 0, 0)
    );
    let failures = sample.outcome.failures.join("\n");
    assert!(
        failures.contains("strichka.jsonl:7: broken JSON"),
        "{failures}"
    );
    assert!(
        failures.contains("korotko.jsonl:7: no text: neither a title nor a body"),
        "{failures}"
    );
    let content = sample.searcher.summary().unwrap();
    assert_eq!((content.articles, content.undated), (69, 5));
    let sources: Vec<(&str, u64)> = content
        .sources
        .iter()
        .map(|s| (s.value.as_str(), s.count))
        .collect();
    assert_eq!(
        sources,
        [
            ("Хвиля Поділля", 21),
            ("Економічний кут", 12),
            ("Галицький щоденник", 6),
            ("Дніпровський оглядач", 6),
            ("Культурна варта", 6),
            ("Южный вестник", 6),
            ("Kyiv Courier", 4),
        ]
    );
}

#[test]
fn menus_and_footers_of_pages_are_not_searched() {
    assert_eq!(found(&sample().searcher, "гороскоп"), Vec::<String>::new());
}

#[test]
fn a_second_run_over_the_same_archive_reads_nothing() {
    let copy = TempArchive::new();
    copy_folder(&archive(), &copy.root());
    age(&copy);
    let first = copy.index();
    let second = copy.index().summary;
    assert_eq!((second.unchanged, second.added, second.updated), (69, 0, 0));
    assert_eq!((second.found, second.removed, second.failed), (69, 0, 2));
    // Only the two files with a broken line, so that they are reported again.
    assert!(
        second.read_bytes < first.summary.read_bytes / 2,
        "{second:?}"
    );
    for broken in [
        "ekonomichnyi-kut/strichka.jsonl",
        "khvylia-podillia/korotko.jsonl",
    ] {
        copy.remove(broken);
    }
    copy.index();
    let third = copy.index().summary;
    assert_eq!(
        (third.read_bytes, third.failed, third.unchanged),
        (0, 0, third.found)
    );
}

#[test]
fn a_file_that_was_only_touched_is_unchanged() {
    let archive = TempArchive::new().file("a.txt", "Кіт\nКіт спить.");
    archive.index();
    touch(&archive.root().join("a.txt"), Duration::from_mins(5));
    let summary = archive.index().summary;
    assert_eq!((summary.unchanged, summary.updated), (1, 0));
}

#[test]
fn a_changed_article_is_found_by_its_new_words_and_no_longer_by_the_old() {
    let archive = TempArchive::new().file("a.txt", "Кіт\nКіт спить.");
    archive.index();
    archive.write("a.txt", "Пес\nПес гавкає.");
    let summary = archive.index().summary;
    assert_eq!((summary.updated, summary.added, summary.removed), (1, 0, 0));
    let searcher = archive.searcher();
    assert_eq!(found(&searcher, "пес"), ["archive/a.txt"]);
    assert!(found(&searcher, "кіт").is_empty());
}

#[test]
fn a_change_within_the_same_second_and_of_the_same_size_is_seen() {
    let archive = TempArchive::new().file("a.txt", "Кіт\nспить");
    let path = archive.root().join("a.txt");
    let modified = fs::metadata(&path).unwrap().modified().unwrap();
    archive.index();
    archive.write("a.txt", "Пес\nспить");
    File::options()
        .append(true)
        .open(&path)
        .unwrap()
        .set_modified(modified)
        .unwrap();
    assert_eq!(archive.index().summary.updated, 1);
}

#[test]
fn with_checksum_a_change_behind_an_old_time_is_seen_and_by_the_inode_without() {
    let archive = TempArchive::new().file("a.txt", "Кіт\nспить");
    let path = archive.root().join("a.txt");
    let then = SystemTime::now() - Duration::from_hours(1);
    let set = |path| {
        File::options()
            .append(true)
            .open(path)
            .unwrap()
            .set_modified(then)
            .unwrap();
    };
    set(&path);
    archive.index();
    archive.write("a.txt", "Пес\nспить");
    set(&path);
    // Where the system keeps the time of any change, nobody can set that back.
    let seen = u64::from(cfg!(unix));
    assert_eq!(archive.index().summary.updated, seen);
    let checksum = JobOptions {
        checksum: true,
        ..options()
    };
    let summary = archive.index_with(checksum).unwrap().summary;
    assert_eq!(summary.updated, 1 - seen);
    assert!(summary.read_bytes > 0, "the content was not looked at");
}

#[test]
fn an_article_whose_file_is_gone_is_removed_unless_missing_ones_are_kept() {
    let archive = TempArchive::new()
        .file("a.txt", "Кіт\nспить")
        .file("b.txt", "Пес\nгавкає");
    archive.index();
    archive.remove("a.txt");
    let kept = archive.index_with(keep_missing()).unwrap().summary;
    assert_eq!((kept.removed, kept.unchanged), (0, 1));
    assert_eq!(found(&archive.searcher(), "кіт"), ["archive/a.txt"]);
    assert_eq!(archive.index().summary.removed, 1);
    assert!(found(&archive.searcher(), "кіт").is_empty());
    assert_eq!(found(&archive.searcher(), "пес"), ["archive/b.txt"]);
}

#[test]
fn an_article_whose_line_is_gone_is_removed_unless_missing_ones_are_kept() {
    let lines = [
        Line::new("кіт", "Кіт спить."),
        Line::new("пес", "Пес гавкає."),
    ];
    let archive = TempArchive::of_articles(&lines);
    archive.index();
    archive.write("articles.jsonl", json_lines(&lines[1..]));
    assert_eq!(
        archive.index_with(keep_missing()).unwrap().summary.removed,
        0
    );
    assert_eq!(archive.content().len(), 2);
    archive.write("articles.jsonl", format!("{}\n", json_lines(&lines[1..])));
    assert_eq!(archive.index().summary.removed, 1);
    assert_eq!(archive.content().into_keys().collect::<Vec<_>>(), ["пес"]);
}

#[test]
fn a_folder_that_became_empty_is_an_error_and_nothing_is_removed_until_allowed() {
    let archive = TempArchive::new().file("a.txt", "Кіт\nспить");
    archive.run_index(&[]).expect(0);
    archive.remove("a.txt");
    let ran = archive.run_index(&[]).expect(2);
    assert!(
        ran.stderr.contains("--allow-empty") && ran.stderr.contains("1 article"),
        "{ran:?}"
    );
    assert_eq!(archive.content().len(), 1);
    let ran = archive.run_index(&["--allow-empty"]).expect(0);
    assert_eq!(ran.json()["removed"], 1);
    assert_eq!(archive.content().len(), 0);
}

#[test]
fn two_folders_go_into_one_index_and_one_alone_leaves_the_other_in_peace() {
    let archive = TempArchive::new()
        .file("схід/a.txt", "Кіт\nспить")
        .file("захід/a.txt", "Пес\nгавкає");
    let (east, west) = (archive.root().join("схід"), archive.root().join("захід"));
    let index = archive.index_path();
    let both = index_into(&index, &[east.clone(), west], options()).unwrap();
    assert_eq!(both.summary.added, 2);
    fs::remove_file(east.join("a.txt")).unwrap();
    fs::write(east.join("b.txt"), "Кінь\nіржання").unwrap();
    let one = index_into(&index, &[east], options()).unwrap();
    assert_eq!((one.summary.added, one.summary.removed), (1, 1));
    let ids: Vec<String> = archive.content().into_keys().collect();
    assert_eq!(ids, ["захід/a.txt", "схід/b.txt"]);
}

#[test]
fn one_id_in_two_files_is_the_first_ones_and_then_the_others() {
    let archive = TempArchive::new()
        .file(
            "a.jsonl",
            json_lines(&[Line::new("спільний", "Кіт спить.")]),
        )
        .file(
            "b.jsonl",
            json_lines(&[
                Line::new("спільний", "Пес гавкає."),
                Line::new("свій", "Кінь іржить."),
            ]),
        );
    for round in 0..2 {
        let ran = archive.run_index(&[]).expect(3);
        let summary = ran.json();
        assert_eq!(
            (&summary["found"], &summary["failed"]),
            (&2.into(), &1.into()),
            "round {round}"
        );
        let failure = &summary["failures"][0];
        assert!(
            failure["path"].as_str().unwrap().ends_with("b.jsonl"),
            "{failure}"
        );
        let reason = failure["reason"].as_str().unwrap();
        assert!(
            reason.contains("спільний") && reason.contains("a.jsonl"),
            "{reason}"
        );
        assert_eq!(found(&archive.searcher(), "кіт"), ["спільний"]);
    }
    archive.remove("a.jsonl");
    archive.run_index(&[]).expect(0);
    let searcher = archive.searcher();
    assert_eq!(found(&searcher, "пес"), ["спільний"]);
    assert!(found(&searcher, "кіт").is_empty());
    assert_eq!(archive.content()["спільний"].len(), 1);
}

#[test]
fn one_id_twice_in_a_file_is_the_first_lines() {
    let lines = [
        Line::new("спільний", "Кіт спить."),
        Line::new("спільний", "Пес гавкає."),
    ];
    let archive = TempArchive::of_articles(&lines);
    for _ in 0..2 {
        let outcome = archive.index();
        assert_eq!((outcome.summary.found, outcome.summary.failed), (1, 1));
        assert!(
            outcome.failures[0].contains("the id спільний"),
            "{outcome:?}"
        );
        assert_eq!(found(&archive.searcher(), "кіт"), ["спільний"]);
        assert_eq!(archive.content()["спільний"].len(), 1);
    }
}

#[test]
fn a_file_that_comes_before_takes_an_id_over() {
    let archive = TempArchive::new().file(
        "b.jsonl",
        json_lines(&[Line::new("спільний", "Пес гавкає.")]),
    );
    archive.index();
    archive.write(
        "a.jsonl",
        json_lines(&[Line::new("спільний", "Кіт спить.")]),
    );
    for _ in 0..3 {
        archive.index();
    }
    assert_eq!(found(&archive.searcher(), "кіт"), ["спільний"]);
    assert_eq!(archive.content()["спільний"].len(), 1);
    let outcome = archive.index();
    assert_eq!(
        outcome.summary.failed, 1,
        "the other file is reported: {outcome:?}"
    );
}

#[test]
fn a_file_that_was_moved_keeps_its_article_findable_once() {
    let archive = TempArchive::new()
        .file("a.txt", "Кіт\nКіт спить.")
        .file("b.jsonl", json_lines(&[Line::new("пес", "Пес гавкає.")]));
    archive.index();
    for (from, to) in [("a.txt", "нове.txt"), ("b.jsonl", "нове.jsonl")] {
        fs::rename(archive.root().join(from), archive.root().join(to)).unwrap();
    }
    let outcome = archive.index();
    assert_eq!(outcome.failures, Vec::<String>::new());
    let searcher = archive.searcher();
    assert_eq!(found(&searcher, "кіт"), ["archive/нове.txt"]);
    assert_eq!(found(&searcher, "пес"), ["пес"]);
    let hit = &searcher
        .search(&shukach::search::SearchRequest::new("пес"))
        .unwrap()
        .hits[0];
    assert!(hit.path.ends_with("нове.jsonl"), "{}", hit.path);
    assert_eq!(archive.content().len(), 2);
    assert_eq!(archive.index().summary.removed, 0);
    assert_eq!(archive.content().len(), 2);
}

#[test]
fn a_quiet_run_in_which_all_is_well_says_nothing() {
    let archive = TempArchive::new().file("a.txt", "Кіт\nспить");
    let ran = archive.run(&["index", "archive", "--quiet"]).expect(0);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""));
}

#[cfg(unix)]
#[test]
fn the_files_of_an_index_can_be_read_by_others() {
    use std::os::unix::fs::PermissionsExt;
    let archive = TempArchive::new().file("a.txt", "Кіт\nспить");
    for _ in 0..2 {
        archive.run_index(&[]).expect(0);
        for name in ["meta.json", ".managed.json"] {
            let metadata = fs::metadata(archive.index_path().join(name)).unwrap();
            assert_eq!(metadata.permissions().mode() & 0o777, 0o644, "{name}");
        }
        archive.write("b.txt", "Пес\nгавкає");
    }
}

#[test]
fn an_archive_emptied_of_its_last_line_leaves_an_index_that_finds_nothing() {
    let archive = TempArchive::of_articles(&[Line::new("кіт", "Кіт спить.")]);
    archive.index();
    archive.write("articles.jsonl", "\n");
    assert_eq!(archive.index().summary.removed, 1);
    archive.run(&["search", "кіт"]).expect(1);
    assert!(matches!(
        TempArchive::new().index_with(options()),
        Err(Error::NoArticleFiles { .. })
    ));
}

#[test]
fn a_job_leaves_one_segment_and_no_file_beside_it() {
    let archive = TempArchive::of_articles(&[Line::new("а", "Міст."), Line::new("б", "Замок.")]);
    archive.index_in_segments();
    let segments = || archive.searcher().summary().unwrap().segments;
    assert!(
        segments() > 1,
        "nothing to merge, so this test shows nothing"
    );
    archive.write("в.txt", "Кіт\n\nКіт спить.");
    archive.index();
    assert_eq!(segments(), 1);
    let names = fs::read_dir(archive.index_path()).unwrap();
    let stems: BTreeSet<String> = names
        .map(|entry| entry.unwrap().path())
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        // Segments have names of 32 hexadecimal digits.
        .filter(|stem| stem.len() == 32)
        .collect();
    assert_eq!(stems.len(), 1, "{stems:?}");
}
