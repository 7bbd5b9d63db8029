//! Dispatches to the commands.

use crate::args::Command;
use crate::cli;
#[cfg(feature = "opensearch")]
use crate::commands::copy;
#[cfg(feature = "watch")]
use crate::commands::watch;
use crate::commands::{
    analyze, count, demo, generate, index, info, inspect, kwic, list, more_like, optimize, parse,
    reindex, remove, repair, search, show, snapshot, translate, verify,
};
use crate::config;
use crate::config::Config;
use crate::exit::{Exit, Failure};
#[cfg(feature = "serve")]
use crate::serve;
use shukach::locale::Locale;
use std::ffi::OsString;

/// Runs `command`. With settings that cannot be taken nothing is done, but for what does without
/// them.
pub(crate) fn run(command: Command, config: &Config, locale: Locale) -> Result<Exit, Failure> {
    let does_without = matches!(
        command,
        Command::Config(_) | Command::Completions(_) | Command::Man | Command::Demo
    );
    if !does_without && !config.problems.is_empty() {
        let problems = config.problems.iter();
        let told = problems.map(|problem| problem.message(locale));
        return Err(Failure::Lines(told.collect()));
    }
    match command {
        Command::Index(arguments) => index::run(&arguments, locale),
        #[cfg(feature = "watch")]
        Command::Watch(arguments) => watch::run(*arguments, locale),
        Command::Inspect(arguments) => inspect::run(&arguments, locale),
        Command::Search(arguments) => search::run(&arguments, locale),
        Command::List(arguments) => list::run(&arguments, locale),
        Command::MoreLike(arguments) => more_like::run(&arguments, locale),
        Command::Count(arguments) => count::run(&arguments, locale),
        Command::Timeline(arguments) => count::run_timeline(&arguments, locale),
        Command::Show(arguments) => show::run(&arguments, locale),
        Command::Kwic(arguments) => kwic::run(&arguments, locale),
        Command::Parse(arguments) => parse::run(&arguments, locale),
        Command::Translate(arguments) => translate::run(&arguments, locale),
        #[cfg(feature = "serve")]
        Command::Serve(arguments) => serve::run(&arguments, config, locale),
        Command::Remove(arguments) => remove::run(&arguments, locale),
        Command::Reindex(arguments) => reindex::run(&arguments, locale),
        Command::Repair(arguments) => repair::run(&arguments, locale),
        Command::Optimize(arguments) => optimize::run(&arguments, locale),
        Command::Info(arguments) => info::run(&arguments, locale),
        Command::Snapshot(arguments) => snapshot::run(&arguments, locale),
        #[cfg(feature = "opensearch")]
        Command::Copy(arguments) => copy::run(&arguments, locale),
        Command::Verify(arguments) => verify::run(&arguments, locale),
        Command::Analyze(arguments) => analyze::run(&arguments, locale),
        Command::Config(arguments) => config::show::run(&arguments, config, locale),
        Command::Completions(arguments) => generate::completions(&arguments),
        Command::Man => generate::man(locale),
        Command::Demo => demo::run(&run_typed, locale),
    }
}

/// Reads a command line and runs it without any settings, so that it does the same for everyone.
fn run_typed(typed: &[OsString], locale: Locale) -> Result<Exit, Failure> {
    let config = Config::default();
    let arguments =
        cli::parse(typed, &config, locale).map_err(|error| Failure::Usage(error.to_string()))?;
    run(arguments.command, &config, locale)
}
