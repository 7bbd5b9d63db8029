//! The command `shukach`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the binary owns the terminal; the library never prints"
)]

mod analyze;
mod answer;
mod args;
mod demo;
mod destination;
mod exit;
mod index;
mod info;
mod kwic;
mod lexicon;
mod more_like;
mod output;
mod parse;
mod progress;
mod search;
mod show;

use args::{Arguments, Command};
use clap::Parser;
use exit::{Exit, Failure};
use shukach::locale::Locale;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let locale = arguments.locale();
    let outcome = run(arguments.command, locale);
    match outcome {
        Ok(exit) => exit.into(),
        // Whoever reads our output has had enough of it; that is no failure of ours.
        Err(failure) if failure.is_broken_pipe() => Exit::Success.into(),
        Err(failure) => {
            failure.report(locale);
            Exit::Failed.into()
        }
    }
}

fn run(command: Command, locale: Locale) -> Result<Exit, Failure> {
    match command {
        Command::Index(arguments) => index::run(&arguments),
        Command::Search(arguments) => search::run(&arguments, locale),
        Command::MoreLike(arguments) => more_like::run(&arguments, locale),
        Command::Show(arguments) => show::run(&arguments, locale),
        Command::Kwic(arguments) => kwic::run(&arguments, locale),
        Command::Parse(arguments) => parse::run(&arguments, locale),
        Command::Info(arguments) => info::run(&arguments),
        Command::Analyze(arguments) => analyze::run(&arguments),
        Command::Demo => demo::run(locale),
    }
}
