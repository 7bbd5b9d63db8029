//! Analyses any text: no panic, and every word, sentence and paragraph is a range of the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shukach::analysis::words::sentence::{paragraphs, sentences};
use shukach::analysis::{Report, Side};
use shukach::text::ByteRange;

fn cut(text: &str, range: ByteRange) -> Option<&str> {
    text.get(range.start..range.end)
}

fuzz_target!(|text: &str| {
    for side in [Side::Index, Side::Query] {
        let report = Report::of(text, side, None);
        let mut position = 0;
        for word in &report.words {
            assert_eq!(cut(text, word.bytes), Some(word.text.as_str()));
            let chars = word.end_chars - word.start_chars;
            assert_eq!(chars, word.text.chars().count());
            assert!(word.position >= position && !word.form.is_empty());
            assert_eq!(word.keys.is_empty(), word.whole);
            position = word.position;
        }
        assert_eq!(report, Report::of(text, side, None));
    }
    for ranges in [sentences(text), paragraphs(text)] {
        let mut end = 0;
        for range in ranges {
            assert!(range.start >= end && cut(text, range).is_some());
            end = range.end;
        }
    }
});
