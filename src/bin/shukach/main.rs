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
mod help;
mod index;
mod info;
mod interrupt;
mod kwic;
mod lexicon;
mod links;
mod more_like;
mod output;
mod pager;
mod parse;
mod progress;
mod reading;
mod search;
mod show;
mod translate;
mod words;
mod wrong_usage;

use args::Arguments;
use clap::CommandFactory;
use config::Config;
use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

fn main() -> ExitCode {
    interrupt::listen();
    let typed: Vec<OsString> = env::args_os().collect();
    let config = Config::read(&Arguments::command());
    let locale = cli::locale(&typed, &config);
    let arguments = match cli::parse(&typed, &config, locale) {
        Ok(arguments) => arguments,
        Err(told) => return exit::of_usage(&told, locale),
    };
    let locale = arguments.locale();
    exit::of_command(command::run(arguments.command, &config, locale), locale)
}
