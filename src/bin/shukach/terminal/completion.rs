//! Completions in the shell: commands, options, and the values that the index has.

use crate::arguments::index_folder::default_folder;
use crate::config::Config;
use crate::config::setting::Setting;
use clap::Command;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clap_complete::env::{CompleteEnv, Shells};
use shukach::index::Index;
use shukach::query::ParseOptions;
use shukach::query::field::Column;
use shukach::search::{FacetField, FacetRequest, SearchRequest, Searcher};
use std::env;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::PathBuf;

/// The variable by which a shell asks; its value is the shell.
const VARIABLE: &str = "SHUKACH_COMPLETE";

/// The name of the program.
const PROGRAM: &str = "shukach";

/// The options whose values are those of a column.
const COLUMNS: [(&str, Column); 6] = [
    ("source", Column::Source),
    ("author", Column::Author),
    ("section", Column::Section),
    ("tag", Column::Tag),
    ("collection", Column::Collection),
    ("language", Column::Lang),
];

/// The most values that are offered, those of the most articles.
const MAX_VALUES: usize = 1000;

/// Returns the script that has a shell ask the program.
pub(crate) fn script(shell: &str) -> io::Result<Vec<u8>> {
    let mut script = Vec::new();
    let shells = Shells::builtins();
    let shell = shells.completer(shell).ok_or(io::ErrorKind::Unsupported)?;
    shell.write_registration(VARIABLE, PROGRAM, PROGRAM, PROGRAM, &mut script)?;
    Ok(script)
}

/// Answers a shell that asks for completions of what is `typed`; returns whether one did.
///
/// # Errors
/// Where the shell is unknown or the answer cannot be written.
pub(crate) fn answered(
    tree: impl Fn() -> Command,
    typed: &[OsString],
    config: &Config,
) -> Result<bool, clap::Error> {
    let Some(shell) = env::var_os(VARIABLE) else {
        return Ok(false);
    };
    let folders = folders(typed, config);
    let is_bash = shell.to_string_lossy().ends_with("bash");
    let with_values = || {
        tree().mut_subcommands(|command| {
            let has = |command: &Command, option: &str| {
                command
                    .get_arguments()
                    .any(|argument| argument.get_id() == option)
            };
            COLUMNS
                .into_iter()
                .fold(command, |command, (option, column)| {
                    if !has(&command, option) {
                        return command;
                    }
                    let folders = folders.clone();
                    let values =
                        move |current: &OsStr| candidates(&folders, column, current, is_bash);
                    command.mut_arg(option, |argument| {
                        argument.add(ArgValueCompleter::new(values))
                    })
                })
        })
    };
    let directory = env::current_dir().ok();
    CompleteEnv::with_factory(with_values)
        .var(VARIABLE)
        .completer(PROGRAM)
        .try_complete(typed, directory.as_deref())
}

/// Returns the folders of the indexes that a command is about: those that are typed, else those of
/// the settings.
fn folders(typed: &[OsString], config: &Config) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    let mut words = typed.iter().map(|word| word.to_string_lossy());
    while let Some(word) = words.next() {
        if word == "--index" {
            folders.extend(words.next().map(|folder| PathBuf::from(folder.as_ref())));
        } else if let Some(folder) = word.strip_prefix("--index=") {
            folders.push(folder.into());
        }
    }
    if folders.is_empty()
        && let Some(found) = Setting::of_name("index").and_then(|setting| config.get(setting))
    {
        folders.extend(env::split_paths(&found.value));
    }
    if folders.is_empty() {
        folders.push(default_folder());
    }
    folders
}

/// Returns the values of a column that begin as `current` does. Without an index there is none: a
/// shell has no place for a message.
fn candidates(
    folders: &[PathBuf],
    column: Column,
    current: &OsStr,
    is_bash: bool,
) -> Vec<CompletionCandidate> {
    let current = current.to_string_lossy().replace('\\', "").to_lowercase();
    let values = values(folders, column).unwrap_or_default().into_iter();
    let fitting = values.filter(|(value, _)| value.to_lowercase().starts_with(&current));
    let candidate = |(place, (value, count)): (usize, (String, u64))| {
        let text = if is_bash { escaped(&value) } else { value };
        CompletionCandidate::new(text)
            .help(Some(count.to_string().into()))
            .display_order(Some(place))
    };
    fitting.enumerate().map(candidate).collect()
}

fn values(folders: &[PathBuf], column: Column) -> Option<Vec<(String, u64)>> {
    let searcher = Searcher::open(&Index::open_all(folders).ok()?).ok()?;
    let facets = FacetRequest::default()
        .fields(vec![FacetField::Column(column)])
        .limit(MAX_VALUES);
    let request = SearchRequest::new("");
    let options = ParseOptions::new(request.options.today).allows_empty(true);
    let request = request
        .options(options)
        .limit(0)
        .timeline(None)
        .facets(facets);
    let answer = searcher.search(&request).ok()?;
    let facet = answer.facets?.fields.into_iter().next()?;
    let values = facet.values.into_iter();
    Some(values.map(|value| (value.value, value.count)).collect())
}

/// Returns a value as a word of bash, which takes it as it is.
fn escaped(value: &str) -> String {
    let mut word = String::with_capacity(value.len());
    for c in value.chars() {
        if !c.is_alphanumeric() && !matches!(c, '-' | '_' | '.' | '/' | ',' | ':') {
            word.push('\\');
        }
        word.push(c);
    }
    word
}
