//! Repairs a faulty query, for callers who prefer an answer to an error.

use crate::query::diagnostics::error::{QueryError, QueryProblem, closing};
use crate::query::diagnostics::notice::Warning;
use crate::query::options::ParseOptions;
use crate::query::parser::parse_headline;
use crate::query::parser::parsed::ParsedQuery;

/// A query with more faults than these is read as plain words.
const MAX_REPAIRS: usize = 16;

/// Parses `text`, whose first fault is `error`: closes what is open, takes away what cannot be
/// read, and in the end reads all marks as text. Warnings say what was done.
///
/// # Errors
/// Where no word is left, or the query is too long.
pub(crate) fn parse_repaired(
    text: &str,
    options: &ParseOptions,
    error: QueryError,
) -> Result<ParsedQuery, QueryError> {
    let code = error.problem.code();
    if error.problem == QueryProblem::OnlyNegative {
        // What was not wanted must not be found instead.
        let options = ParseOptions {
            allows_negation: true,
            ..*options
        };
        return parse_headline(text, &options).map(|parsed| told(parsed, code));
    }
    let first = error.clone();
    let mut mended = text.to_owned();
    let mut error = error;
    for _ in 0..MAX_REPAIRS {
        mended = repair(&mended, &error);
        match parse_headline(&mended, options) {
            Ok(parsed) => return Ok(told(parsed, code)),
            Err(next) => error = next,
        }
    }
    let literal = ParseOptions {
        is_literal: true,
        ..*options
    };
    let parsed = parse_headline(text, &literal).map_err(|_| first)?;
    Ok(told(parsed, code))
}

fn told(mut parsed: ParsedQuery, code: &'static str) -> ParsedQuery {
    let query = parsed.query.to_string();
    parsed.warnings.insert(0, Warning::Repaired { code, query });
    parsed
}

fn repair(text: &str, error: &QueryError) -> String {
    match &error.problem {
        QueryProblem::UnclosedParenthesis => format!("{text})"),
        QueryProblem::UnclosedQuote { quote } => format!("{text}{}", closing(*quote)),
        QueryProblem::NearField { meant, .. } => replaced(text, error, meant),
        QueryProblem::MissingNumber { operator } => replaced(text, error, &format!("{operator}/5")),
        QueryProblem::BadFuzziness { .. } => replaced(text, error, "~2"),
        QueryProblem::NumberOutOfRange {
            number,
            least,
            most,
        } => {
            let is_small = number.trim_matches(['0', '.', ',']).is_empty();
            let nearest = if is_small {
                (*least).to_owned()
            } else {
                most.to_string()
            };
            let marked = error.range.of(text);
            replaced(text, error, &marked.replacen(number.as_str(), &nearest, 1))
        }
        QueryProblem::Period(_) | QueryProblem::MissingValue { .. } => {
            // The name of the field goes with its value.
            let before = text.get(..error.range.start).unwrap_or_default();
            let before = before.trim_end_matches(|c: char| c.is_alphabetic() || c == ':');
            let after = text.get(error.range.end..).unwrap_or_default();
            format!("{before} {after}")
        }
        _ => replaced(text, error, " "),
    }
}

fn replaced(text: &str, error: &QueryError, by: &str) -> String {
    let before = text.get(..error.range.start).unwrap_or_default();
    let after = text.get(error.range.end..).unwrap_or_default();
    format!("{before}{by}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse::parse;
    use jiff::civil;
    use proptest::prelude::*;

    fn lenient() -> ParseOptions {
        ParseOptions {
            is_lenient: true,
            ..ParseOptions::new(civil::date(2026, 3, 18))
        }
    }

    #[test]
    fn faults_are_mended_and_told() {
        for (query, reading) in [
            ("(мир і воля", "мир AND і AND воля"),
            ("«мир і воля", "\"мир і воля\""),
            ("мир)", "мир"),
            ("мир OR", "мир"),
            ("tilte:мир", "title:мир"),
            ("мир NEAR воля", "мир NEAR/5 воля"),
            ("мир date:2022-13", "мир"),
            ("мир~7", "мир~2"),
            ("мир NEAR/300 воля", "мир NEAR/255 воля"),
            ("мир NEAR/0 воля", "мир NEAR/1 воля"),
            ("мир^101", "мир^100"),
            ("НЕ мир", "NOT мир"),
            ("-мир -воля", "NOT мир AND NOT воля"),
        ] {
            let parsed = parse(query, &lenient()).unwrap();
            assert_eq!(parsed.query.to_string(), reading, "{query}");
            assert!(matches!(parsed.warnings[0], Warning::Repaired { .. }));
        }
    }

    proptest! {
        #[test]
        fn whatever_has_a_word_is_understood(text in "[а-я]{1,3}[ \"«»()а-я A-Z/~^*:=-]{0,30}") {
            prop_assert!(parse(&text, &lenient()).is_ok());
        }
    }
}
