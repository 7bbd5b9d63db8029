//! The command `shukach`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the binary owns the terminal; the library never prints"
)]

mod args;
pub(crate) mod arguments;
mod cli;
mod command;
pub(crate) mod commands;
mod config;
mod exit;
mod help;
mod panics;
#[cfg(feature = "serve")]
mod serve;
pub(crate) mod terminal;

use crate::args::Arguments;
use crate::commands::generate;
use crate::config::Config;
use crate::exit::ErrorForm;
use crate::terminal::{completion, interrupt};
use clap::CommandFactory;
use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

fn main() -> ExitCode {
    let typed: Vec<OsString> = env::args_os().collect();
    let config = Config::read(&Arguments::command());
    let locale = cli::locale(&typed, &config);
    // It changes a variable, so it comes before any thread.
    match completion::answered(|| generate::tree(locale), &typed, &config) {
        Ok(false) => {}
        Ok(true) => return ExitCode::SUCCESS,
        Err(error) => error.exit(),
    }
    interrupt::listen();
    panics::hush();
    let arguments = match cli::parse(&typed, &config, locale) {
        Ok(arguments) => arguments,
        Err(told) => return help::shown::of_usage(&told, &typed, &config, locale),
    };
    let locale = arguments.locale();
    let form = ErrorForm::of(&typed);
    exit::of_command(
        panics::caught(locale, || command::run(arguments.command, &config, locale)),
        form,
        locale,
    )
}
