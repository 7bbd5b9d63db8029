//! The program, run as people run it, but in an environment that knows nothing of its user.

use assert_cmd::Command;
use serde_json::Value;
use std::path::Path;

/// How a run of the program ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// Returns what was printed as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error} in {self:?}"))
    }

    /// Checks how it ended.
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:?}");
        self
    }
}

/// The variable with which the program reads no file of settings.
pub(crate) const NO_SETTINGS: (&str, &str) = ("SHUKACH_NO_CONFIG", "1");

/// Returns the program in `folder` without any environment but a home there; it reads no settings
/// of this computer.
pub(crate) fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shukach"));
    command.env_clear().env("HOME", folder).current_dir(folder);
    command.env(NO_SETTINGS.0, NO_SETTINGS.1);
    // Windows starts no process without it.
    if let Some(root) = std::env::var_os("SystemRoot") {
        command.env("SystemRoot", root);
    }
    command
}

/// Runs the program in `folder`.
pub(crate) fn run_in(folder: &Path, arguments: &[&str]) -> Ran {
    run(program(folder).args(arguments))
}

/// Runs a command that was put together with [`program`].
pub(crate) fn run(command: &mut Command) -> Ran {
    let output = command.output().unwrap();
    Ran {
        code: output
            .status
            .code()
            .unwrap_or_else(|| panic!("killed: {output:?}")),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}
