//! Makes the data files of the Ukrainian dictionary. Only for the maintainers of Shukach: the files
//! are committed, and nothing that a user builds or runs needs this tool.
//!
//! The source is the file `ua/net/nlp/ukrainian.dict` inside the Maven package
//! `ua.net.nlp:morfologik-ukrainian-search:4.9.1`:
//!
//! ```text
//! cargo run --release --features dictionary-tool --bin shukach-dictionary -- ukrainian.dict
//! ```
//!
//! Every run gives the same bytes; `--check` compares them with the committed files.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command talks to its terminal"
)]

mod args;
mod cfsa2;
mod converbs;
mod convert;
mod data;
mod endings;
mod entry;
mod error;
mod files;
mod lexicon;
mod likelihood;
mod pack;

use crate::error::Error;
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("shukach-dictionary: {error}");
            ExitCode::from(2)
        }
    }
}

/// Returns whether the files are in order: written, or equal to the committed ones.
fn run() -> Result<bool, Error> {
    let args = args::parse(std::env::args_os().skip(1))?;
    let source = files::read_source(&args.source)?;
    let data = convert::convert(&source)?;
    println!("{}", data.report);
    if !args.check {
        files::write(&data, &args.out)?;
        return Ok(true);
    }
    let different = files::different(&data, &args.out)?;
    for name in &different {
        eprintln!(
            "{} differs from what the source gives",
            args.out.join(name).display()
        );
    }
    Ok(different.is_empty())
}
