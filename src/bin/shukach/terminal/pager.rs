//! Sends long answers through a pager on a terminal.

use crate::terminal::interrupt::Patience;
use clap::Args;
use std::env;
use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::{Child, ChildStdin, Command, Stdio};

/// What is used where the environment names no other: short answers pass through it unchanged.
const DEFAULT: &str = "less -FIRX";

/// The first version of less that passes links as it does colours.
const LINKS_SINCE: u32 = 566;

#[derive(Debug, Args)]
pub(crate) struct PagerArguments {
    #[arg(
        help = "Print at once, not through $SHUKACH_PAGER, $PAGER or less",
        long
    )]
    no_pager: bool,
    /// Page with this command; true is the usual one and false none
    #[arg(long, value_name = "COMMAND")]
    pager: Option<OsString>,
}

impl PagerArguments {
    /// Makes those of a page of help, whose command line was not read to its end.
    pub(crate) fn of_help(no_pager: bool, pager: Option<OsString>) -> Self {
        Self { no_pager, pager }
    }

    /// Starts the pager, if the output is a terminal and one is wanted and there.
    pub(crate) fn start(&self) -> Option<Pager> {
        if self.no_pager || !io::stdout().is_terminal() {
            return None;
        }
        Pager::start(&command(self.pager.clone(), env::var_os("PAGER"))?)
    }
}

/// Returns the command of the pager: as it is set, else as all programs have it, else the default;
/// none if it is empty, `false` or `cat`.
fn command(set: Option<OsString>, of_all: Option<OsString>) -> Option<OsString> {
    let set = set.filter(|command| command != "true");
    let command = set.or(of_all).unwrap_or_else(|| DEFAULT.into());
    (!["", "false", "cat"].iter().any(|none| command == *none)).then_some(command)
}

/// A running pager. It is waited for when it is dropped, so that nothing is printed over it.
pub(crate) struct Pager {
    child: Child,
    /// None once nothing more will come.
    input: Option<BufWriter<ChildStdin>>,
    is_default: bool,
    /// Whoever sits before the pager presses Ctrl-C for it; it must not lose the program that it
    /// reads from.
    _patience: Patience,
}

impl Pager {
    fn start(command: &OsString) -> Option<Self> {
        let shell = if cfg!(windows) {
            ("cmd", "/C")
        } else {
            ("sh", "-c")
        };
        let mut pager = Command::new(shell.0);
        pager.arg(shell.1).arg(command).stdin(Stdio::piped());
        if env::var_os("LESS").is_none() {
            // Colours pass, and what fits on the screen is not paged.
            pager.env("LESS", "FIRX");
        }
        if env::var_os("LESSCHARSET").is_none() {
            // What we print is UTF-8, also where the system knows nothing of the user's locale.
            pager.env("LESSCHARSET", "utf-8");
        }
        let mut child = pager.spawn().ok()?;
        let input = child.stdin.take().map(BufWriter::new);
        let is_default = command == DEFAULT;
        Some(Self {
            child,
            input,
            is_default,
            _patience: Patience::new(),
        })
    }

    /// Returns whether the pager lets links through: less does so of late, of others nobody knows.
    pub(crate) fn passes_links(&self) -> bool {
        self.is_default && less_version().is_some_and(|version| version >= LINKS_SINCE)
    }

    /// Sends what is left and waits until the reader has had enough.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.flush()
    }
}

/// Returns the version of less, which prints `less 643 (…)`.
fn less_version() -> Option<u32> {
    let told = Command::new("less").arg("--version").output().ok()?;
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    let number = told.strip_prefix("less ")?;
    let end = number.find(|c: char| !c.is_ascii_digit());
    let (number, _) = number.split_at(end.unwrap_or(number.len()));
    number.parse().ok()
}

impl Write for Pager {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.input {
            Some(input) => input.write(bytes),
            None => Ok(bytes.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.input.as_mut().map_or(Ok(()), BufWriter::flush)
    }
}

impl Drop for Pager {
    fn drop(&mut self) {
        self.input = None;
        // A pager that ends badly has been seen to by whoever sat before it.
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(ours: Option<&str>, others: Option<&str>) -> Option<OsString> {
        command(ours.map(OsString::from), others.map(OsString::from))
    }

    #[test]
    fn our_own_variable_goes_before_the_common_one_and_cat_is_none() {
        assert_eq!(chosen(Some("most"), Some("more")), Some("most".into()));
        assert_eq!(chosen(None, Some("more")), Some("more".into()));
        assert_eq!(chosen(None, None), Some(DEFAULT.into()));
        assert_eq!(chosen(Some(""), Some("more")), None);
        assert_eq!(chosen(None, Some("cat")), None);
        assert_eq!(chosen(Some("false"), Some("more")), None);
        assert_eq!(chosen(Some("true"), Some("more")), Some("more".into()));
    }
}
