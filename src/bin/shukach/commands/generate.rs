//! `shukach completions` and `shukach man`.

use crate::arguments::completions::CompletionsArguments;
use crate::cli;
use crate::config::Config;
use crate::exit::{Exit, Failure};
use crate::help;
use crate::terminal::completion;
use clap::Command;
use shukach::locale::Locale;
use std::io::{self, Write};

/// Prints the completions for a shell.
pub(crate) fn completions(arguments: &CompletionsArguments) -> Result<Exit, Failure> {
    print(&completion::script(&arguments.shell.to_string())?)
}

/// Prints the manual page: the program, then each of its commands.
pub(crate) fn man(locale: Locale) -> Result<Exit, Failure> {
    let mut page = Vec::new();
    let command = tree(locale);
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for sub in command
        .get_subcommands()
        .filter(|sub| sub.get_name() != "help")
    {
        let name = format!("shukach {}", sub.get_name());
        let man = clap_mangen::Man::new(sub.clone().bin_name(name));
        man.render_name_section(&mut page)?;
        man.render_synopsis_section(&mut page)?;
        man.render_options_section(&mut page)?;
        man.render_extra_section(&mut page)?;
    }
    print(&page)
}

/// Returns all commands as everyone has them, whatever their settings.
pub(crate) fn tree(locale: Locale) -> Command {
    help::in_language(cli::tree(&Config::default()), locale)
}

fn print(text: &[u8]) -> Result<Exit, Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text)?;
    out.flush()?;
    Ok(Exit::Success)
}
