//! Parses whatever comes: no panic, places on character boundaries, and a printed query reads as
//! the same query. Translates it from other languages too.
#![no_main]
#![expect(clippy::panic, reason = "a panic is how the fuzzer learns of a fault")]

use libfuzzer_sys::fuzz_target;
use shukach::plan::{Plan, Widening};
use shukach::query::options::MatchMode;
use shukach::query::translation::{Dialect, translate};
use shukach::query::{ParseOptions, parse};

fuzz_target!(|input: (&str, u8)| {
    let (text, flags) = input;
    let today = jiff::civil::date(2026, 3, 18);
    let plain = ParseOptions::new(today);
    for dialect in [
        Dialect::Lucene,
        Dialect::Manticore,
        Dialect::Lexis,
        Dialect::Factiva,
    ] {
        if let Err(error) = translate(text, dialect, today) {
            let range = error.range;
            assert!(
                text.get(range.start..range.end).is_some(),
                "{range:?} in {text:?}"
            );
        }
    }
    let options = plain
        .match_mode(if flags & 1 == 0 {
            MatchMode::All
        } else {
            MatchMode::Any
        })
        .is_literal(flags & 2 != 0)
        .is_lenient(flags & 4 != 0)
        .has_strict_fields(flags & 8 != 0)
        .allows_leading(flags & 16 != 0)
        .has_strict_words(flags & 32 != 0);
    match parse(text, &options) {
        Err(error) => {
            let range = error.range;
            assert!(
                text.get(range.start..range.end).is_some(),
                "{range:?} in {text:?}"
            );
        }
        Ok(parsed) => {
            let printed = parsed.query.to_string();
            // Where faults are mended, a query may only exclude.
            let reading = plain
                .allows_leading(options.allows_leading)
                .allows_negation(true);
            match parse(&printed, &reading) {
                Ok(again) => assert_eq!(again.query, parsed.query, "{printed:?} of {text:?}"),
                Err(error) => panic!("{printed:?} of {text:?}: {error}"),
            }
            Plan::widened(&parsed.query, Widening::ALL);
        }
    }
});
