//! The options that another query is asked with.

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches};
use std::ffi::OsStr;

/// The options that a search is repeated with; what concerns only the look of the answer, and the
/// page, is not among them.
pub(crate) const REPEATED: [&str; 34] = [
    "strict_words",
    "dates",
    "index",
    "from",
    "to",
    "source",
    "author",
    "section",
    "tag",
    "collection",
    "language",
    "undated",
    "date_source",
    "tz",
    "sort",
    "by",
    "match_mode",
    "literal",
    "allow_leading",
    "now",
    "lexicon",
    "no_translit",
    "translit",
    "no_variants",
    "variants",
    "recent",
    "no_related",
    "related",
    "parts",
    "limit",
    "no_counts",
    "collapse",
    "copies",
    "unique",
];

/// Returns the options to repeat, as they were typed. What the environment or a file says holds for
/// the next command too.
pub(crate) fn repeated(command: &clap::Command, matches: &ArgMatches) -> Vec<String> {
    // Not every command has every option.
    let is_typed = |id: &&&str| {
        let is_known = command
            .get_arguments()
            .any(|argument| argument.get_id() == **id);
        is_known && matches.value_source(id) == Some(ValueSource::CommandLine)
    };
    let find = |id: &&str| {
        command
            .get_arguments()
            .find(|argument| argument.get_id() == *id)
    };
    let mut options = Vec::new();
    for argument in REPEATED.iter().filter(is_typed).filter_map(find) {
        let Some(long) = argument.get_long() else {
            continue;
        };
        let long = format!("--{long}");
        for value in values(argument, matches) {
            match value {
                None => options.push(long.clone()),
                // A value that looks like an option is one to the program, but for those arguments
                // that say so.
                Some(value) if value.starts_with('-') && !argument.is_allow_hyphen_values_set() => {
                    options.push(format!("{long}={value}"));
                }
                Some(value) => options.extend([long.clone(), value]),
            }
        }
    }
    options
}

/// Returns the values of an argument, or nothing once where it is a flag.
fn values(argument: &Arg, matches: &ArgMatches) -> Vec<Option<String>> {
    if matches!(argument.get_action(), ArgAction::SetTrue) {
        return vec![None];
    }
    let raw = matches
        .get_raw(argument.get_id().as_str())
        .unwrap_or_default();
    let text = |value: &OsStr| value.to_string_lossy().into_owned();
    let values: Vec<String> = raw.map(text).collect();
    match argument.get_value_delimiter() {
        Some(delimiter) => vec![Some(values.join(&delimiter.to_string()))],
        None => values.into_iter().map(Some).collect(),
    }
}
