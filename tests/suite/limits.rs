//! How much a job takes, and how much it takes at most.

use crate::archive_fixture::{Line, TempArchive, ids};
use crate::crash::{INDEX, spawn};
use shukach::locale::Locale;
use shukach::search::{KwicRequest, SearchError, SearchRequest};
use std::time::Duration;

#[test]
fn a_size_that_is_none_or_too_small_is_refused() {
    let archive = TempArchive::new().file("a.txt", "Міст\nвідкрито");
    for size in ["8M", "much", "-1G"] {
        let ran = archive
            .run_index(&[&format!("--max-memory={size}")])
            .expect(2);
        assert!(ran.stderr.contains("--max-memory"), "{ran:?}");
    }
    archive.run_index(&["--max-memory", "64M"]).expect(0);
}

/// Returns a text of this length in bytes; some of its words are in no other text.
fn text(number: usize, bytes: usize) -> String {
    let mut text = format!("Текст {number}\n\n");
    let mut word = number;
    while text.len() < bytes {
        word = word
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let own = word >> 40;
        let words = ["міст школа гарантії безпеки слово", &own.to_string(), " "];
        text.extend(words);
    }
    text
}

/// Returns the most memory that the program took in this run, in bytes.
#[cfg(target_os = "linux")]
fn peak_of(archive: &TempArchive, index: &str, flags: &[&str]) -> u64 {
    let arguments = [&INDEX, ["--index", index].as_slice(), flags].concat();
    let mut process = spawn(archive, &arguments);
    let status = format!("/proc/{}/status", process.id());
    let mut peak = 0;
    while process.try_wait().unwrap().is_none() {
        let text = std::fs::read(&status).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes =
            line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
        peak = peak.max(kilobytes.unwrap_or_default() * 1024);
        std::thread::sleep(Duration::from_millis(2));
    }
    assert!(process.wait().unwrap().success());
    peak
}

#[cfg(target_os = "linux")]
#[test]
fn very_large_articles_take_no_more_memory_than_the_job_may() {
    let archive = TempArchive::new();
    for number in 0..6 {
        archive.write(&format!("{number}.txt"), text(number, 4 << 20));
    }
    for number in 100..200 {
        archive.write(&format!("{number}.txt"), text(number, 4 << 10));
    }
    let small = peak_of(&archive, "small", &["--max-memory", "64M"]);
    let large = peak_of(&archive, "large", &["--max-memory", "2G"]);
    // The largest article and its readers take some 100 MB beside what is bounded.
    assert!(small < (64 << 20) + (160 << 20), "{small} bytes");
    assert!(small + (32 << 20) < large, "{small} and {large} bytes");
}

/// An index of articles of some kilobytes.
fn articles() -> TempArchive {
    let line = |number: usize| {
        let body = "Міст через річку відремонтують, а школу збудують нову. ".repeat(50);
        Line::new(&format!("{number:03}"), &body).titled(&format!("Міст {number}"))
    };
    let archive = TempArchive::of_articles(&(0..600).map(line).collect::<Vec<_>>());
    archive.index();
    archive
}

#[test]
fn an_answer_has_the_first_hits_that_its_memory_holds_and_a_cursor_to_the_next() {
    let archive = articles();
    let searcher = archive.searcher();
    for explains in [false, true] {
        let request = SearchRequest::new("міст").limit(1_000).explain(explains);
        let whole = searcher.search(&request).unwrap();
        assert_eq!((whole.hits.len(), whole.partial), (600, false));
        assert_eq!(whole.notices, []);
        let mut narrow = request.max_memory(100_000);
        let mut found = Vec::new();
        let mut answers = 0;
        loop {
            let part = searcher.search(&narrow).unwrap();
            assert!(
                part.hits
                    .iter()
                    .all(|hit| hit.explanation.is_some() == explains)
            );
            found.extend(ids(&part));
            answers += 1;
            assert_eq!(part.total, Some(600), "what is counted is whole");
            let codes: Vec<&str> = part.notices.iter().map(|notice| notice.code).collect();
            assert_eq!(part.partial, codes == ["memory_limit"], "{codes:?}");
            assert_eq!(part.partial, part.next_cursor.is_some());
            narrow.cursor = part.next_cursor;
            if narrow.cursor.is_none() {
                break;
            }
        }
        assert!((3..=600).contains(&answers), "{answers} answers");
        assert_eq!(found, ids(&whole));
    }
}

#[test]
fn the_notice_of_memory_says_how_to_go_on_in_both_languages() {
    let archive = articles();
    let request = SearchRequest::new("міст").limit(1_000).max_memory(3 << 20);
    for (locale, text) in [(Locale::English, "3 MB"), (Locale::Ukrainian, "3 МБ")] {
        let response = archive.searcher().search(&request.clone().locale(locale));
        let notice = response.unwrap().notices.remove(0);
        for part in [text, "--cursor", "--all", "--max-memory"] {
            assert!(notice.message.contains(part), "{part}: {notice:?}");
        }
    }
    let list = ["list", "--limit", "1000", "--json", "--max-memory", "1M"];
    let list = archive.run(&list).expect(0).json();
    assert_eq!(list["partial"], true);
    let search = ["search", "міст", "--limit", "1000", "--max-memory", "1M"];
    let search = archive.run(&search).expect(0);
    let shown = [search.stdout, search.stderr].concat();
    assert!(shown.contains("--max-memory"), "{shown}");
    archive
        .run(&["search", "міст", "--max-memory", "much"])
        .expect(2);
}

#[test]
fn patterns_of_too_common_words_are_refused_in_both_languages() {
    let archive = articles();
    let patterns = ["*о", "*а", "*и", "*у"]
        .map(|word| format!("{word} "))
        .concat();
    let options = |text: &str| {
        let mut request = SearchRequest::new(text).limit(10);
        request.options = request.options.allows_leading(true);
        request
    };
    let request = options(&patterns).max_memory(16 << 10);
    let searcher = archive.searcher();
    for (locale, part) in [(Locale::English, "memory"), (Locale::Ukrainian, "пам’яті")] {
        let error = searcher.search(&request).unwrap_err();
        assert!(
            matches!(error, SearchError::PatternsOver { .. }),
            "{error:?}"
        );
        assert!(error.message(locale).contains(part));
        let kwic = searcher.kwic(&KwicRequest::new(request.clone()));
        assert!(matches!(kwic, Err(SearchError::PatternsOver { .. })));
        assert!(
            searcher
                .search(&options("міст").max_memory(1 << 20))
                .is_ok()
        );
    }
    assert!(
        searcher.search(&options(&patterns)).is_ok(),
        "by default it finds"
    );
}

#[test]
fn what_is_never_partial_is_refused_where_it_takes_more_memory() {
    let archive = articles();
    let searcher = archive.searcher();
    let search = SearchRequest::new("міст")
        .limit(100_000)
        .max_memory(20 << 20);
    let kwic = searcher.kwic(&KwicRequest::new(search.clone()));
    assert!(
        matches!(kwic, Err(SearchError::MemoryOver { .. })),
        "{kwic:?}"
    );
    let few = search.limit(10);
    assert_eq!(
        searcher.kwic(&KwicRequest::new(few)).unwrap().lines.len(),
        10
    );
}
