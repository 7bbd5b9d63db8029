//! The help: examples first, in the language of the user.
//!
//! | module | what it holds |
//! |---|---|
//! | `page` | one page of help |
//! | `query_syntax` | the query language on one screen |
//! | `shown` | help on the terminal, paged where it is long, and faulty command lines |
//! | `translate` | turns English texts into another language |
//! | `ukrainian` | the Ukrainian texts |
//! | `usage_errors` | faulty command lines in words |

mod page;
pub(crate) mod query_syntax;
pub(crate) mod shown;
pub(crate) mod translate;
mod ukrainian;
pub(crate) mod usage_errors;

use crate::help::translate::Translate;
use crate::help::ukrainian::Untranslated;
use clap::builder::PossibleValue;
use clap::{Arg, Command};
use shukach::locale::Locale;

/// Puts the texts of all commands into the language of the user.
pub(crate) fn in_language(mut tree: Command, locale: Locale) -> Command {
    // What clap adds by itself is there only now.
    tree.build();
    match locale {
        Locale::English => tree,
        Locale::Ukrainian => translated(tree, &mut |english| {
            ukrainian::of(english).map_or_else(|Untranslated(english)| english, str::to_owned)
        }),
    }
}

/// Puts the examples of all commands before their arguments, where they are seen first.
pub(crate) fn with_examples_first(command: Command, locale: Locale) -> Command {
    let header = *command.get_styles().get_header();
    let page = command.get_after_help().map(ToString::to_string);
    let (examples, rest) = page.as_deref().map_or((None, None), page::split_examples);
    let styled = |text: &str| match text.split_once('\n') {
        Some((heading, rows)) => format!("{header}{heading}{header:#}\n{rows}"),
        None => text.to_owned(),
    };
    let usage = locale.choose("Usage", ukrainian::of("Usage").unwrap_or("Usage"));
    let template = format!(
        "{{about-with-newline}}\n{{before-help}}{header}{usage}:{header:#} {{usage}}\n\n{{all-args}}{{after-help}}"
    );
    let command = command
        .help_template(template)
        .before_help(clap::builder::Resettable::from(
            examples.map(|text| styled(text).into()),
        ))
        .after_help(clap::builder::Resettable::from(
            rest.map(|text| page::reflowed(text).into()),
        ));
    command.mut_subcommands(|command| with_examples_first(command, locale))
}

fn translated(mut command: Command, translate: &mut Translate<'_>) -> Command {
    let options = translate("OPTIONS");
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim_start();
    let usage = usage.replace("[OPTIONS]", &format!("[{options}]"));
    if let Some(about) = command.get_about().map(ToString::to_string) {
        command = command.about(translate(&about));
    }
    if let Some(about) = command.get_long_about().map(ToString::to_string) {
        command = command.long_about(translate(&about));
    }
    if let Some(page) = command.get_after_help().map(ToString::to_string) {
        command = command.after_help(page::translated(&page, translate));
    }
    let usage = with_value_names(&usage, &command, translate);
    command = command
        .override_usage(usage)
        .subcommand_help_heading(translate("Commands"))
        .subcommand_value_name(translate("COMMAND"))
        .mut_args(|argument| translated_argument(argument, translate));
    command.mut_subcommands(|command| translated(command, translate))
}

/// Returns the line of usage with the names of values and of commands in the other language.
fn with_value_names(usage: &str, command: &Command, translate: &mut Translate<'_>) -> String {
    let arguments = command.get_arguments();
    let names = arguments.filter_map(Arg::get_value_names).flatten();
    let mut usage = usage.to_owned();
    for name in names.map(AsRef::as_ref).chain(["COMMAND"]) {
        for (open, close) in [('<', '>'), ('[', ']')] {
            let shown = format!("{open}{name}{close}");
            if usage.contains(&shown) {
                let name = translate(name);
                usage = usage.replace(&shown, &format!("{open}{name}{close}"));
            }
        }
    }
    usage
}

fn translated_argument(mut argument: Arg, translate: &mut Translate<'_>) -> Arg {
    let heading = if argument.is_positional() {
        "Arguments"
    } else {
        "Options"
    };
    argument = argument.help_heading(translate(heading));
    if argument.is_hide_set() {
        return argument;
    }
    let takes_values = argument.get_action().takes_values();
    if let Some(names) = argument.get_value_names().filter(|_| takes_values) {
        let names: Vec<String> = names.iter().map(|name| translate(name)).collect();
        argument = argument.value_names(names);
    }
    let Some(help) = argument.get_help().map(ToString::to_string) else {
        return argument;
    };
    let long = argument.get_long_help().map(ToString::to_string);
    let mut short = translate(&help);
    let mut long = long.map_or_else(|| short.clone(), |long| translate(&long));
    if takes_values {
        let values = argument.get_possible_values();
        let default = default_told(&argument, translate);
        let told: Vec<String> = default
            .iter()
            .cloned()
            .chain(values_told(&values, translate))
            .collect();
        for told in &told {
            short = format!("{short} {told}");
        }
        let told = match described(&values, translate) {
            Some(values) => default.into_iter().chain([values]).collect(),
            None => vec![told.join("\n")],
        };
        for told in told.iter().filter(|told| !told.is_empty()) {
            long = format!("{long}\n\n{told}");
        }
        argument = argument.hide_default_value(true).hide_possible_values(true);
    }
    argument.help(short).long_help(long)
}

fn default_told(argument: &Arg, translate: &mut Translate<'_>) -> Option<String> {
    let values = argument.get_default_values();
    if argument.is_hide_default_value_set() || values.is_empty() {
        return None;
    }
    let values: Vec<_> = values.iter().map(|value| value.to_string_lossy()).collect();
    Some(format!("[{}: {}]", translate("default"), values.join(",")))
}

fn values_told(values: &[PossibleValue], translate: &mut Translate<'_>) -> Option<String> {
    let names: Vec<&str> = values.iter().map(PossibleValue::get_name).collect();
    let heading = translate("possible values");
    (!names.is_empty()).then(|| format!("[{heading}: {}]", names.join(", ")))
}

/// Returns the possible values, with their meanings if any has one.
fn described(values: &[PossibleValue], translate: &mut Translate<'_>) -> Option<String> {
    if values.iter().all(|value| value.get_help().is_none()) {
        return None;
    }
    let heading = translate("Possible values");
    let lines = values.iter().map(|value| {
        let help = value.get_help().map(ToString::to_string);
        let help = help.map(|help| translate(&help)).unwrap_or_default();
        format!("- {}: {help}", value.get_name())
    });
    let lines: Vec<String> = lines.collect();
    Some(format!("{heading}:\n{}", lines.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli;
    use crate::config::Config;
    use std::collections::BTreeSet;

    #[test]
    fn every_text_has_a_ukrainian_one_and_none_is_left_over() {
        let mut tree = cli::tree(&Config::default());
        tree.build();
        let (mut missing, mut used) = (BTreeSet::new(), BTreeSet::from(["Usage".to_owned()]));
        let _ = translated(tree, &mut |english| {
            used.insert(english.to_owned());
            ukrainian::of(english).map_or_else(
                |Untranslated(english)| {
                    missing.insert(english.clone());
                    english
                },
                str::to_owned,
            )
        });
        assert!(missing.is_empty(), "without a Ukrainian text: {missing:#?}");
        let obsolete: Vec<&str> = ukrainian::keys()
            .filter(|key| !used.contains(*key))
            .collect();
        assert!(obsolete.is_empty(), "of no text any more: {obsolete:#?}");
    }

    #[test]
    fn every_command_begins_with_examples_in_both_languages() {
        for locale in [Locale::English, Locale::Ukrainian] {
            let tree = in_language(cli::tree(&Config::default()), locale);
            let mut tree = with_examples_first(tree, locale);
            for command in tree
                .get_subcommands_mut()
                .filter(|command| command.get_name() != "help")
            {
                let help = command.render_long_help().to_string();
                let places = ["Examples:", "Usage:"].map(|heading| {
                    let heading = locale.choose(
                        heading,
                        ukrainian::of(heading.trim_end_matches(':')).unwrap_or("Приклади"),
                    );
                    help.find(heading)
                });
                assert!(places[0].is_some() && places[0] < places[1], "{help}");
            }
        }
    }
}
