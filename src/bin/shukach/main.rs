//! The command `shukach`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the binary owns the terminal; the library never prints"
)]

mod analyze;
mod args;
mod demo;
mod exit;
mod index;
mod info;
mod more_like;
mod output;
mod progress;
mod search;

use args::{Arguments, Command};
use clap::Parser;
use exit::Exit;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.command {
        Command::Index(arguments) => index::run(&arguments),
        Command::Search(arguments) => search::run(&arguments),
        Command::MoreLike(arguments) => more_like::run(&arguments),
        Command::Info(arguments) => info::run(&arguments),
        Command::Analyze(arguments) => analyze::run(&arguments),
        Command::Demo => demo::run(),
    };
    match outcome {
        Ok(exit) => exit.into(),
        // Whoever reads our output has had enough of it; that is no failure of ours.
        Err(failure) if failure.is_broken_pipe() => Exit::Success.into(),
        Err(failure) => {
            failure.report();
            Exit::Failed.into()
        }
    }
}
