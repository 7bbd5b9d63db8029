//! Shows help on the terminal, paged where it is long, and says what is wrong with a command line.

use crate::config::Config;
use crate::config::setting::Setting;
use crate::exit::{ErrorForm, Exit, Failure};
use crate::help::usage_errors;
use crate::terminal::colour::ColourChoice;
use crate::terminal::output;
use crate::terminal::pager::PagerArguments;
use clap::error::ErrorKind;
use shukach::locale::Locale;
use shukach::render::style::Style;
use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

/// Prints the help or version that was asked for, or the error of the command line, and returns the
/// exit code.
pub(crate) fn of_usage(
    told: &clap::Error,
    typed: &[OsString],
    config: &Config,
    locale: Locale,
) -> ExitCode {
    let code = ExitCode::from(u8::try_from(told.exit_code()).unwrap_or(2));
    if told.kind() == ErrorKind::DisplayHelp {
        show_help(told, typed, config, locale);
        return code;
    }
    if is_help(told.kind()) {
        // A reader that has gone away needs no help.
        let _ = told.print();
    } else if ErrorForm::of(typed) == ErrorForm::Json {
        Failure::Usage(usage_errors::in_one_line(told, locale)).report_json(locale);
        return Exit::Failed.into();
    } else if locale == Locale::Ukrainian {
        eprint!("{}", usage_errors::in_ukrainian(told));
    } else {
        let _ = told.print();
    }
    code
}

/// Prints a page of help; on a terminal through the pager, which passes short ones unchanged.
fn show_help(told: &clap::Error, typed: &[OsString], config: &Config, locale: Locale) {
    let pager = Setting::of_name("pager").and_then(|setting| config.get(setting));
    let pager = PagerArguments::of_help(
        typed.iter().any(|word| word == "--no-pager"),
        pager.map(|found| found.value.clone()),
    );
    match pager.start() {
        Some(mut pager) => {
            let page = match output::layout(ColourChoice::Auto, locale).style {
                Style::Colour => told.render().ansi().to_string(),
                Style::Plain => told.render().to_string(),
            };
            // A reader that has seen enough closes the pager.
            let _ = pager.write_all(page.as_bytes());
            let _ = pager.finish();
        }
        None => {
            let _ = told.print();
        }
    }
}

/// Returns whether it is the help, as when nothing was typed.
fn is_help(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    )
}
