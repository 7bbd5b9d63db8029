//! How much a job takes, and how much it takes at most.

use crate::archive_fixture::TempArchive;
use crate::crash::{INDEX, spawn};
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
