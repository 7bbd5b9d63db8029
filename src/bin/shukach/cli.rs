//! Parses the command line, with the settings as defaults.

use crate::args::{Arguments, Command};
use crate::arguments::copies::with_unique;
use crate::arguments::query_word::with_queries_kept;
use crate::config;
use crate::config::Config;
use crate::config::setting::Setting;
use crate::config::show::{InForce, with_settings};
use crate::help;
use crate::terminal::locale::system_locale;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, CommandFactory, FromArgMatches};
use shukach::locale::Locale;
use std::ffi::{OsStr, OsString};

/// The options that a search is repeated with; what concerns only the look of the answer, and the
/// page, is not among them.
const REPEATED: [&str; 34] = [
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

/// Returns all commands and arguments, with the settings in force as their defaults.
pub(crate) fn tree(config: &Config) -> clap::Command {
    let tree = Arguments::command();
    let pristine = tree.clone();
    config::apply(config, tree).mut_subcommands(|command| {
        let command = match command.get_name() {
            "config" => with_settings(command, &pristine),
            _ => command,
        };
        config::apply(config, command)
    })
}

/// Reads a command line; help is in the language of `locale`.
pub(crate) fn parse(
    typed: &[OsString],
    config: &Config,
    locale: Locale,
) -> Result<Arguments, clap::Error> {
    let mut tree = tree(config);
    let words = with_unique(without_language_of_help(typed));
    let words = with_queries_kept(&tree, words);
    let matches = match tree.try_get_matches_from_mut(&words) {
        Ok(matches) => matches,
        Err(told) => return Err(told_in_language(&words, config, locale).unwrap_or(told)),
    };
    let mut arguments =
        Arguments::from_arg_matches(&matches).map_err(|error| error.format(&mut tree))?;
    match (&mut arguments.command, matches.subcommand()) {
        (Command::Search(search), Some((name, matches))) => {
            let command = tree.find_subcommand(name);
            search.repeated = command.map_or_else(Vec::new, |command| repeated(command, matches));
        }
        (Command::List(list), Some((name, matches))) => {
            let command = tree.find_subcommand(name);
            list.repeated = command.map_or_else(Vec::new, |command| repeated(command, matches));
        }
        (Command::Config(settings), Some((_, matches))) => {
            settings.in_force = InForce::all(config, matches);
        }
        _ => {}
    }
    Ok(arguments)
}

/// Returns the help or the fault that `words` lead to, in the language of the user: texts that most
/// runs do without.
fn told_in_language(words: &[OsString], config: &Config, locale: Locale) -> Option<clap::Error> {
    let tree = help::in_language(tree(config), locale);
    let mut tree = help::with_examples_first(tree, locale);
    tree.try_get_matches_from_mut(words).err()
}

/// Returns the language of messages before the command line is understood, or if it cannot be.
pub(crate) fn locale(typed: &[OsString], config: &Config) -> Locale {
    let typed = typed.iter().map(|word| word.to_string_lossy());
    let mut words = typed.take_while(|word| word != "--");
    let mut named = None;
    while let Some(word) = words.next() {
        if word == "--lang" {
            named = words.next().map(|name| Locale::of_name(&name));
        } else if let Some(name) = word.strip_prefix("--lang=") {
            named = Some(Locale::of_name(name));
        }
    }
    let of_settings = || {
        let lang = config.get(Setting::of_name("lang")?)?;
        Some(Locale::of_name(&lang.value.to_string_lossy()))
    };
    named.or_else(of_settings).unwrap_or_else(system_locale)
}

/// Leaves `--lang` out of `shukach help`, where clap knows no options; the language is known by
/// then.
fn without_language_of_help(typed: &[OsString]) -> Vec<OsString> {
    let is_lang = |word: &OsString| word == "--lang";
    let is_equal_lang = |word: &OsString| word.to_string_lossy().starts_with("--lang=");
    let mut left = Vec::new();
    let mut words = typed.iter();
    while let Some(word) = words.next() {
        if is_lang(word) {
            words.next();
        } else if !is_equal_lang(word) {
            left.push(word.clone());
        }
    }
    if left.get(1).is_some_and(|word| word == "help") {
        left
    } else {
        typed.to_vec()
    }
}

/// Returns the options to repeat, as they were typed. What the environment or a file says holds for
/// the next command too.
fn repeated(command: &clap::Command, matches: &ArgMatches) -> Vec<String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What another query is not asked with: it is the query, the page, or the look of the answer.
    const LEFT_OUT: [&str; 30] = [
        "query",
        "offset",
        "facet",
        "facet_limit",
        "facet_match",
        "commands",
        "share",
        "lenient",
        "strict_fields",
        "accept_suggestions",
        "timeout",
        "explain",
        "json",
        "format",
        "fields",
        "ids",
        "null",
        "count",
        "quiet",
        "output",
        "no_pager",
        "pager",
        "all",
        "cursor",
        "snippets",
        "snippet_chars",
        "no_timing",
        "queries",
        "color",
        "hyperlinks",
    ];

    #[test]
    fn every_option_of_a_search_is_repeated_or_left_out_on_purpose() {
        let tree = tree(&Config::default());
        let search = tree.find_subcommand("search").unwrap();
        let ids = search
            .get_arguments()
            .map(|argument| argument.get_id().as_str());
        let known = || REPEATED.iter().chain(&LEFT_OUT);
        let ids: Vec<&str> = ids.collect();
        for id in &ids {
            assert!(known().any(|known| known == id), "{id} is in no list");
        }
        for known in known() {
            assert!(ids.contains(known), "there is no {known} any more");
        }
    }
}
