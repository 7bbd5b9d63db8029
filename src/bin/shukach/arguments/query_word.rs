//! Queries that begin like an option: `-футбол міст` excludes a word.
//!
//! The parser of the command line takes every word that begins with a dash for an option. A query
//! in which no option can be seen goes to it with a space before the dash, which [`query_word`]
//! takes away again.

use clap::{Arg, Command};
use shukach::query::field::field;
use std::convert::Infallible;
use std::ffi::OsString;

/// The name of values that are queries.
const QUERY: &str = "QUERY";

/// Returns a query as it was typed.
#[expect(clippy::unnecessary_wraps, reason = "clap takes parsers that may fail")]
pub(crate) fn query_word(word: &str) -> Result<String, Infallible> {
    let is_kept = word.strip_prefix(' ').is_some_and(is_query);
    let typed = word.strip_prefix(' ').filter(|_| is_kept);
    Ok(typed.unwrap_or(word).to_owned())
}

/// Returns the words of a command line with a space before those queries that begin with a dash.
/// Values of options stay as they are.
pub(crate) fn with_queries_kept(tree: &Command, mut words: Vec<OsString>) -> Vec<OsString> {
    let named = words.iter().filter_map(|word| word.to_str());
    let mut commands = named.filter_map(|word| tree.find_subcommand(word));
    let Some(command) = commands.next().filter(|command| takes_queries(command)) else {
        return words;
    };
    let mut is_value = false;
    for word in &mut words {
        let Some(text) = word.to_str().filter(|text| *text != "--") else {
            break;
        };
        let is_kept = !is_value && is_query(text);
        is_value = takes_next_word(tree, text) || takes_next_word(command, text);
        if is_kept {
            *word = format!(" {text}").into();
        }
    }
    words
}

fn takes_queries(command: &Command) -> bool {
    let mut names = command
        .get_positionals()
        .filter_map(Arg::get_value_names)
        .flatten();
    names.any(|name| name == QUERY)
}

/// Returns whether `word` begins with a dash and can be no option: a letter that no option has, a
/// space, a number or the name of a field stands behind the dash.
fn is_query(word: &str) -> bool {
    let Some(rest) = word.strip_prefix('-') else {
        return false;
    };
    let Some(first) = rest.chars().next().filter(|first| *first != '-') else {
        return false;
    };
    let names_field = || {
        let name = rest.split_once(':').map(|(name, _)| name);
        name.is_some_and(|name| field(name).is_some())
    };
    let is_number = || rest.len() > 1 && first.is_ascii_digit();
    !first.is_ascii_alphanumeric()
        || rest.contains(char::is_whitespace)
        || is_number()
        || names_field()
}

/// Returns whether `word` is an option whose value is the next word.
fn takes_next_word(command: &Command, word: &str) -> bool {
    let is_it = |argument: &&Arg| {
        let long = word.strip_prefix("--");
        let mut short = word.chars().skip(1);
        let short = short.next().filter(|_| short.next().is_none());
        long.is_some_and(|long| argument.get_long() == Some(long))
            || (!word.starts_with("--") && short.is_some() && argument.get_short() == short)
    };
    let mut arguments = command.get_arguments();
    let argument = arguments.find(is_it).filter(|_| word.starts_with('-'));
    argument.is_some_and(|argument| argument.get_action().takes_values())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli;
    use crate::config::Config;

    fn kept(typed: &[&str]) -> Vec<String> {
        let tree = cli::tree(&Config::default());
        let words = typed.iter().map(OsString::from).collect();
        let words = with_queries_kept(&tree, words).into_iter();
        words.map(|word| word.into_string().unwrap()).collect()
    }

    #[test]
    fn a_query_behind_a_dash_is_told_from_an_option() {
        for query in [
            "-футбол",
            "-футбол міст",
            "-«мир і воля»",
            "-(кіт OR пес)",
            "-date:*",
            "-джерело:Хвиля",
            "-NATO мир",
            "-2022",
            "-=мир",
        ] {
            assert_eq!(
                kept(&["shukach", "search", query, "--json"]),
                ["shukach", "search", &format!(" {query}"), "--json"]
            );
            assert_eq!(query_word(&format!(" {query}")).as_deref(), Ok(query));
        }
        for option in [
            "-n5", "-0", "-l", "--limit", "--", "-", "-x", "-index", "мир",
        ] {
            assert_eq!(
                kept(&["shukach", "search", option]),
                ["shukach", "search", option]
            );
        }
    }

    #[test]
    fn values_of_options_and_words_behind_two_dashes_stay_as_they_are() {
        for typed in [
            &["shukach", "search", "мир", "--source", "-Хвиля ТБ"][..],
            &["shukach", "search", "мир", "-o", "-файл"],
            &["shukach", "search", "--", "-футбол"],
            &["shukach", "index", "-тека"],
        ] {
            assert_eq!(kept(typed), typed);
        }
        assert_eq!(query_word(" мир").as_deref(), Ok(" мир"));
    }
}
