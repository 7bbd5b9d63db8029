//! The command `shukach`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the binary owns the terminal; the library never prints"
)]

mod analyze;
mod answer;
mod args;
mod cli;
mod command;
mod config;
mod count;
mod demo;
mod destination;
mod exit;
mod facets;
mod generate;
mod index;
mod info;
mod kwic;
mod lexicon;
mod more_like;
mod output;
mod pager;
mod parse;
mod progress;
mod reading;
mod search;
mod show;

use args::Arguments;
use clap::CommandFactory;
use config::Config;
use exit::Exit;
use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

fn main() -> ExitCode {
    let typed: Vec<OsString> = env::args_os().collect();
    let config = Config::read(&Arguments::command());
    let arguments = match cli::parse(&typed, &config) {
        Ok(arguments) => arguments,
        Err(told) => return exit::of_usage(&told, cli::locale(&typed, &config)),
    };
    let locale = arguments.locale();
    let outcome = command::run(arguments.command, &config, locale);
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
