//! Parses the command line, with the settings as defaults.

use crate::args::{Arguments, Command};
use crate::arguments::copies::with_unique;
use crate::arguments::query_word::with_queries_kept;
use crate::arguments::repeated::repeated;
use crate::config;
use crate::config::Config;
use crate::config::setting::Setting;
use crate::config::show::{InForce, with_settings};
use crate::help;
use crate::terminal::locale::system_locale;
use clap::{CommandFactory, FromArgMatches};
use shukach::locale::Locale;
use std::ffi::OsString;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments::repeated::REPEATED;

    /// What another query is not asked with: it is the query, the page, or the look of the answer.
    const LEFT_OUT: [&str; 31] = [
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
        "max_memory",
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
