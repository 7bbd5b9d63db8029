//! `shukach verify` reports every damage that could change an answer.

use crate::archive_fixture::{Line, TempArchive, json_lines, threads};
use crate::cli_fixture::run_in;
use crate::crash::{Numbers, number_in};
use crate::index_schema::{assert_valid, validator};
use crate::newsroom::held;
use crate::sample::repository;
use insta::assert_snapshot;
use regex::Regex;
use shukach::index::Index;
use shukach::index::sink::Sink;
use shukach::index::verify::fault::Finding;
use shukach::index::verify::{Depth, Verification, check_files, verify};
use shukach::index::writer::Writer;
use shukach::locale::Locale;
use shukach::search::{SearchRequest, Searcher};
use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// An archive with two segments, removed articles, copies and articles removed for good.
fn archive() -> TempArchive {
    let archive = TempArchive::new();
    let agency = "Кабінет міністрів ухвалив гарантії безпеки для міст і громад на весь рік. \
                  Мости й школи відновлять до зими, повідомила пресслужба уряду у вівторок. \
                  Кошти надійдуть у місцеві бюджети вже наступного тижня, додали там."
        .repeat(2);
    let line = |number: usize| {
        Line::new(
            &number.to_string(),
            &match number % 3 {
                0 => format!("{agency} Номер {number}."),
                1 => format!("Міст через річку номер {number} відкрили. Школа поруч працює."),
                _ => format!("Порт прийняв {number} кораблів із зерном, гарантій небагато."),
            },
        )
    };
    archive.write(
        "a.jsonl",
        json_lines(&(0..40).map(line).collect::<Vec<_>>()),
    );
    archive.index();
    // Too few to be merged with the others.
    archive.write(
        "b.jsonl",
        json_lines(&(40..46).map(line).collect::<Vec<_>>()),
    );
    archive.write("порт.txt", "Порт\n\nПорт закрито на ремонт.");
    archive.index();
    archive.run(&["remove", "--yes", "7", "44"]).expect(0);
    archive
}

fn whole(archive: &TempArchive, depth: Depth) -> Verification {
    let verification = verify(&archive.index_path(), depth).unwrap();
    assert_eq!(verification.findings, [], "{verification:?}");
    verification
}

#[test]
fn a_sound_index_is_sound_also_in_segments_with_removed_articles() {
    let archive = archive();
    let verification = whole(&archive, Depth::Full);
    assert_eq!((verification.segments, verification.articles), (2, 45));
    assert!(verification.compared >= 45);
    assert_eq!(verification.without_checksum, Vec::<String>::new());
    assert_eq!(whole(&archive, Depth::Sample).compared, 45);
    let archive = TempArchive::new();
    for number in 0..60 {
        archive.write(
            &format!("{number}.txt"),
            format!("Текст {number}\n\nКіт спить."),
        );
    }
    archive.index_in_segments();
    let verification = whole(&archive, Depth::Full);
    assert!(verification.segments > 5);
    assert!(verification.compared > verification.articles);
}

#[test]
fn the_sample_archive_is_sound() {
    let archive = TempArchive::new();
    let sample = repository().join("tests/archive");
    archive.run(&["index", sample.to_str().unwrap(), "--quiet"]);
    let report = archive
        .run(&["verify", "--full", "--json"])
        .expect(0)
        .json();
    assert_valid(&validator("verification.v1.schema.json"), &report);
    assert_eq!(report["state"], "sound");
    assert_eq!(report["compared"], report["articles"]);
}

/// What happens to a file.
#[derive(Debug, Clone, Copy)]
enum Damage {
    Flip(usize),
    /// 4 KiB from here are zero.
    Zero(usize),
    Cut(usize),
    Remove,
}

impl Damage {
    /// Returns damages of every class of position in a file of this length.
    fn of_length(length: usize, numbers: &mut Numbers, rounds: usize) -> Vec<Self> {
        let mut damages = vec![Self::Remove];
        if length == 0 {
            return damages;
        }
        let last = length - 1;
        let footer = length.saturating_sub(60);
        let at = [0, 1, length / 2, footer, length.saturating_sub(8), last];
        damages.extend(at.map(Self::Flip));
        damages.extend([0, length / 2, footer].map(Self::Zero));
        damages.extend([0, length / 2, footer, last].map(Self::Cut));
        let mut anywhere = || usize::try_from(numbers.below(length as u64)).unwrap();
        for _ in 0..rounds {
            damages.push(Self::Flip(anywhere()));
            damages.push(Self::Zero(anywhere()));
            damages.push(Self::Cut(anywhere()));
        }
        damages
    }

    /// Does it; returns whether that changes the file.
    fn happen_to(self, path: &Path, whole: &[u8], numbers: &mut Numbers) -> bool {
        let mut bytes = whole.to_vec();
        match self {
            Self::Flip(at) => bytes[at] ^= 1 << numbers.below(8),
            Self::Zero(at) => {
                let end = bytes.len().min(at + 4096);
                bytes[at..end].fill(0);
            }
            Self::Cut(length) => bytes.truncate(length),
            Self::Remove => {
                fs::remove_file(path).unwrap();
                return true;
            }
        }
        fs::write(path, &bytes).unwrap();
        bytes != whole
    }
}

/// What an index answers: hits with scores and passages, counts, copies, whole texts.
fn answers(path: &Path) -> shukach::Result<Vec<String>> {
    let searcher = Searcher::open(&Index::open(path)?)?;
    let queries = [
        "гарантії безпеки",
        "«міст через річку»",
        "порт OR школа",
        "=кораблів",
        "гарант*",
        "міст NEAR/3 номер",
        "date:*",
    ];
    let answer = |query: &str| {
        let request = SearchRequest::new(query).limit(50).collapse(true);
        let found = searcher.search(&request);
        format!(
            "{query}: {:?}",
            found.map(|found| (found.hits, found.total))
        )
    };
    let mut answers: Vec<String> = queries.map(answer).into();
    answers.push(format!("{:?}", held(path)));
    answers.push(format!("{:?}", Index::open(path)?.clusters()?));
    let mut summary = searcher.summary()?;
    summary.size_bytes = 0;
    answers.push(format!("{summary:?}"));
    Ok(answers)
}

/// How many random positions are tried for each kind of damage in each file.
fn rounds() -> usize {
    number_in("SHUKACH_FAULT_ROUNDS").unwrap_or(2) as usize
}

#[test]
fn every_damage_of_every_file_is_reported_or_changes_no_answer() {
    let archive = archive();
    let folder = archive.index_path();
    let before = answers(&folder).unwrap();
    let mut numbers = Numbers(22);
    let (mut tried, mut reported) = (0, 0);
    let mut kinds = BTreeSet::new();
    let mut entries: Vec<_> = fs::read_dir(&folder).unwrap().map(Result::unwrap).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let whole = fs::read(&path).unwrap();
        for damage in Damage::of_length(whole.len(), &mut numbers, rounds()) {
            if damage.happen_to(&path, &whole, &mut numbers) {
                tried += 1;
                let verification = verify(&folder, Depth::Sample).unwrap();
                kinds.extend(verification.findings.iter().filter_map(Finding::kind));
                if verification.findings.is_empty() {
                    let after = catch_unwind(AssertUnwindSafe(|| answers(&folder).unwrap()));
                    let is_same = after.is_ok_and(|after| after == before);
                    assert!(is_same, "{damage:?} of {path:?} goes unnoticed");
                } else {
                    reported += 1;
                    for finding in &verification.findings {
                        assert!(!finding.message(Locale::Ukrainian).is_empty());
                    }
                }
            }
            fs::write(&path, &whole).unwrap();
        }
    }
    assert_eq!(
        kinds.len(),
        10,
        "{kinds:?}: not every kind of file was damaged"
    );
    println!("{tried} damages, {reported} reported, 0 wrong answers");
    assert!(reported * 10 > tried * 8, "{reported} of {tried}");
    assert_eq!(answers(&folder).unwrap(), before);
}

/// Returns the file of the larger segment with this ending.
fn file_of(archive: &TempArchive, ending: &str) -> PathBuf {
    let entries = fs::read_dir(archive.index_path()).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let paths = paths.filter(|path| path.to_string_lossy().ends_with(ending));
    paths
        .max_by_key(|path| fs::metadata(path).unwrap().len())
        .unwrap()
}

fn flip(path: &Path, at: usize) {
    let mut bytes = fs::read(path).unwrap();
    bytes[at] ^= 1;
    fs::write(path, bytes).unwrap();
}

/// Returns what was printed, without what differs from run to run.
pub(crate) fn printed(archive: &TempArchive, arguments: &[&str], code: i32) -> String {
    let ran = archive.run(arguments).expect(code);
    let folder = archive.index_path();
    let printed = format!("{}{}", ran.stdout, ran.stderr);
    let printed = printed.replace(folder.to_str().unwrap(), "INDEX");
    let segment = Regex::new("[0-9a-f]{32}").unwrap();
    segment.replace_all(&printed, "SEGMENT").into_owned()
}

#[test]
fn damage_and_loss_are_reported_in_both_languages() {
    let archive = archive();
    let sound = ["en", "uk"].map(|lang| printed(&archive, &["verify", "--lang", lang], 0));
    assert_snapshot!("verify-sound", sound.concat());
    flip(&file_of(&archive, ".store"), 100);
    fs::remove_file(file_of(&archive, ".pos")).unwrap();
    flip(&file_of(&archive, ".jsonl"), 20);
    let copies = file_of(&archive, ".bin");
    fs::write(&copies, "").unwrap();
    let damaged = ["en", "uk"].map(|lang| printed(&archive, &["verify", "--lang", lang], 1));
    assert_snapshot!("verify-damaged", damaged.join("\n"));
    let report = archive.run(&["verify", "--json"]).expect(1).json();
    assert_valid(&validator("verification.v1.schema.json"), &report);
    assert_eq!(report["state"], "damaged");
    let compared = report["compared"].as_u64().unwrap();
    assert!(
        (1..10).contains(&compared),
        "not only the sound segment: {report}"
    );
    flip(&archive.index_path().join("meta.json"), 200);
    assert_snapshot!("verify-no-commit", printed(&archive, &["verify"], 1));
    // Searching it says so too, and where it does not, it does not fall over.
    assert_snapshot!("verify-searched", printed(&archive, &["search", "порт"], 2));
    fs::remove_file(archive.index_path().join("meta.json")).unwrap();
    assert_snapshot!("verify-commit-gone", printed(&archive, &["verify"], 1));
}

#[test]
fn what_is_no_index_or_of_another_version_could_not_be_checked() {
    let archive = archive();
    let none = ["verify", "--index", "nowhere"];
    let ran = run_in(archive.folder(), &none).expect(2);
    assert!(ran.stderr.contains("no index in nowhere"), "{ran:?}");
    fs::create_dir(archive.folder().join("empty")).unwrap();
    run_in(archive.folder(), &["verify", "--index", "empty"]).expect(2);
    // As an older version has written it.
    let meta = archive.index_path().join("meta.json");
    let text = String::from_utf8(fs::read(&meta).unwrap()).unwrap();
    let text = Regex::new(r#"\s+"blake3": "\w+","#)
        .unwrap()
        .replace(&text, "");
    let kept = Regex::new(r#",\\"manifest_hash\\":\\"\w+\\""#).unwrap();
    assert!(kept.is_match(&text));
    let older = kept.replace(&text, "").into_owned();
    fs::write(&meta, &older).unwrap();
    assert_snapshot!("verify-older", printed(&archive, &["verify"], 0));
    fs::write(&meta, older.replace("analyzer\\\":", "analyzer\\\":9")).unwrap();
    let other = printed(&archive, &["verify"], 2);
    assert!(
        other.contains("files are sound") && other.contains("analyzer 9"),
        "{other}"
    );
    flip(&file_of(&archive, ".store"), 100);
    archive.run(&["verify"]).expect(1);
}

/// Changes a byte of a file of the engine and its checksum with it, as a fault of the program
/// would.
fn forge(path: &Path, at: usize) {
    let mut bytes = fs::read(path).unwrap();
    let tail = bytes.len() - 8;
    let length = u32::from_le_bytes(bytes[tail..tail + 4].try_into().unwrap());
    let content = tail - usize::try_from(length).unwrap();
    let at = at % content;
    bytes[at] ^= 0x10;
    let footer = String::from_utf8(bytes[content..tail].to_vec()).unwrap();
    let sum = crc32fast::hash(&bytes[..content]);
    let crc = Regex::new(r#""crc":\d+"#).unwrap();
    let footer = crc.replace(&footer, format!("\"crc\":{sum}"));
    let length = u32::try_from(footer.len()).unwrap();
    let tail = [
        footer.as_bytes(),
        &length.to_le_bytes(),
        &1337_u32.to_le_bytes(),
    ]
    .concat();
    bytes.truncate(content);
    bytes.extend(tail);
    fs::write(path, bytes).unwrap();
}

#[test]
fn contradicting_files_are_reported_though_their_checksums_are_right() {
    let archive = archive();
    let folder = archive.index_path();
    let mut numbers = Numbers(7);
    let (mut reported, mut tried) = (0, 0);
    for ending in [".idx", ".pos", ".fieldnorm", ".term", ".store", ".fast"] {
        let path = file_of(&archive, ending);
        let whole = fs::read(&path).unwrap();
        let mut reported_here = 0;
        for _ in 0..6 {
            forge(&path, usize::try_from(numbers.below(1 << 20)).unwrap());
            assert_eq!(check_files(&folder).unwrap().findings, [], "{ending}");
            // Whatever the engine makes of it, it is an answer and no panic.
            let verification = verify(&folder, Depth::Full).unwrap();
            reported_here += u32::from(!verification.findings.is_empty());
            tried += 1;
        }
        fs::write(&path, &whole).unwrap();
        assert!(reported_here > 0, "{ending}");
        reported += reported_here;
    }
    println!("{reported} of {tried} reported");
    // Some bytes mean nothing: they are padding, or values that stand nowhere else.
    assert!(reported * 4 >= tried * 3, "{reported} of {tried}");
    whole(&archive, Depth::Full);
}

#[test]
fn lost_articles_are_reported() {
    let archive = archive();
    let report = |archive: &TempArchive| -> Vec<&'static str> {
        let verification = verify(&archive.index_path(), Depth::Sample).unwrap();
        verification.findings.iter().map(Finding::code).collect()
    };
    assert_eq!(report(&archive), Vec::<&str>::new());
    let engine = Index::open(&archive.index_path()).unwrap();
    let mut writer = Writer::open(&engine, threads(1)).unwrap();
    writer.remove(shukach::index::document::key("archive", "3"));
    writer.commit().unwrap();
    writer.leave().unwrap();
    // The manifest says that a file gave an article more than the index has.
    assert_eq!(report(&archive), ["lost-articles"]);
}

#[test]
fn searching_a_damaged_index_ends_with_an_answer_or_a_message() {
    let archive = archive();
    for ending in [
        ".idx",
        ".pos",
        ".fieldnorm",
        ".term",
        ".store",
        ".fast",
        ".del",
    ] {
        let path = file_of(&archive, ending);
        let bytes = fs::read(&path).unwrap();
        for damage in 0..3 {
            let mut other = bytes.clone();
            match damage {
                0 => other.fill(0xFF),
                1 => {
                    let content = bytes.len().saturating_sub(100);
                    other[..content].fill(0);
                }
                _ => other.truncate(bytes.len() / 2),
            }
            fs::write(&path, other).unwrap();
            for query in ["гарантії безпеки", "«міст через річку»", "порт*"]
            {
                let ran = archive.run(&["search", query, "--collapse"]);
                assert!((0..=2).contains(&ran.code), "{ending} {damage}: {ran:?}");
                assert!(!ran.stderr.contains("panicked"), "{ending}: {ran:?}");
            }
        }
        fs::write(&path, &bytes).unwrap();
    }
}

/// Returns the file with this ending of the smaller segment.
fn small_file_of(archive: &TempArchive, ending: &str) -> PathBuf {
    let large = file_of(archive, ending);
    let entries = fs::read_dir(archive.index_path()).unwrap();
    let mut paths = entries.map(|entry| entry.unwrap().path());
    let is_other = |path: &PathBuf| path.to_string_lossy().ends_with(ending) && *path != large;
    paths.find(is_other).unwrap()
}

#[test]
fn what_is_damaged_never_gets_a_checksum_of_its_own() {
    let archive = archive();
    flip(&small_file_of(&archive, ".store"), 30);
    // The new segment is due to be merged with both.
    let lines: Vec<Line> = (60..100)
        .map(|number| Line::new(&number.to_string(), "Нова стаття про маяк на березі моря."))
        .collect();
    archive.write("c.jsonl", json_lines(&lines));
    let ran = archive.run(&["index", "archive"]).expect(2);
    assert!(ran.stderr.contains(".store: its checksum"), "{ran:?}");
    let searched = archive
        .run(&["search", "маяк", "--ids", "--limit", "100"])
        .expect(0);
    assert_eq!(searched.stdout.lines().count(), 40, "it is committed");
    archive.run(&["verify"]).expect(1);
    archive.run(&["optimize"]).expect(2);
    archive.run(&["reindex"]).expect(2);
    archive.run(&["verify"]).expect(1);
}

#[test]
fn a_job_over_damaged_columns_or_removals_changes_nothing() {
    for ending in [".fast", ".del"] {
        let archive = archive();
        flip(&file_of(&archive, ending), 30);
        let meta = fs::read(archive.index_path().join("meta.json")).unwrap();
        archive.write("c.txt", "Маяк\n\nМаяк на березі.");
        let ran = archive.run(&["index", "archive"]).expect(2);
        assert!(ran.stderr.contains(ending), "{ran:?}");
        let after = fs::read(archive.index_path().join("meta.json")).unwrap();
        assert_eq!(meta, after);
    }
}

#[test]
fn a_job_with_checksum_compares_all_files_first() {
    let archive = archive();
    archive.run(&["index", "archive", "--checksum"]).expect(0);
    flip(&file_of(&archive, ".pos"), 30);
    archive.run(&["index", "archive"]).expect(0);
    let ran = archive.run(&["index", "archive", "--checksum"]).expect(2);
    assert!(ran.stderr.contains(".pos: its checksum"), "{ran:?}");
}
