//! `shukach verify` tells every damage that could change an answer.

use crate::archive_fixture::{Line, TempArchive, json_lines};
use crate::crash::Numbers;
use crate::index_schema::{assert_valid, validator};
use shukach::index::Index;
use shukach::index::verify::{Depth, Verification, verify};
use shukach::locale::Locale;
use shukach::search::{SearchRequest, Searcher};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

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
    let sample = crate::sample::repository().join("tests/archive");
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
        for _ in 0..rounds {
            damages.push(Self::Flip(numbers.below(length as u64) as usize));
            damages.push(Self::Zero(numbers.below(length as u64) as usize));
            damages.push(Self::Cut(numbers.below(length as u64) as usize));
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

/// Returns what an index answers: hits with scores and passages, counts, copies, whole texts.
fn answers(path: &Path) -> shukach::Result<String> {
    let searcher = Searcher::open(&Index::open(path)?)?;
    let mut answers = String::new();
    for query in [
        "гарантії безпеки",
        "«міст через річку»",
        "порт OR школа",
        "=кораблів",
        "гарант*",
        "міст NEAR/3 номер",
        "date:*",
    ] {
        let request = SearchRequest::new(query).limit(50).collapse(true);
        let response = searcher.search(&request);
        answers += &format!(
            "{query}: {:?}\n",
            response.map(|found| (found.hits, found.total))
        );
    }
    answers += &format!("{:?}", crate::newsroom::held(path));
    answers += &format!("{:?}", Index::open(path)?.clusters()?);
    let mut summary = searcher.summary()?;
    summary.size_bytes = 0;
    answers += &format!("{summary:?}");
    Ok(answers)
}

/// How many random positions are tried for each kind of damage in each file.
fn rounds() -> usize {
    let rounds = std::env::var("SHUKACH_FAULT_ROUNDS").ok();
    rounds.and_then(|rounds| rounds.parse().ok()).unwrap_or(2)
}

#[test]
fn every_damage_of_every_file_is_told_or_changes_no_answer() {
    let archive = archive();
    let folder = archive.index_path();
    let before = answers(&folder).unwrap();
    let mut numbers = Numbers(22);
    let (mut tried, mut told) = (0, 0);
    let mut kinds = std::collections::BTreeSet::new();
    let mut entries: Vec<_> = fs::read_dir(&folder).unwrap().map(Result::unwrap).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let whole = fs::read(&path).unwrap();
        for damage in Damage::of_length(whole.len(), &mut numbers, rounds()) {
            if damage.happen_to(&path, &whole, &mut numbers) {
                tried += 1;
                let verification = verify(&folder, Depth::Sample).unwrap();
                kinds.extend(
                    verification
                        .findings
                        .iter()
                        .filter_map(|finding| finding.kind()),
                );
                if verification.findings.is_empty() {
                    let after = catch_unwind(AssertUnwindSafe(|| answers(&folder).unwrap()));
                    let is_same = after.is_ok_and(|after| after == before);
                    assert!(is_same, "{damage:?} of {path:?} goes unnoticed");
                } else {
                    told += 1;
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
    println!("{tried} damages, {told} told, 0 wrong answers");
    assert!(told * 10 > tried * 8, "{told} of {tried}");
    assert_eq!(answers(&folder).unwrap(), before);
}
