//! Settings that hold for every command: from the environment and from files.
//!
//! What stands further up goes before what stands below:
//!
//!
//! The file of a project comes with a folder that anyone may have made, so it may not name a
//! command to run.
//!
//! | module | what it holds |
//! |---|---|
//! | `setting` | every setting |
//! | `file` | one file of settings |
//! | `found` | a value and where it was found |
//! | `problem` | what is wrong with a setting |
//! | `show` | `shukach config` |

mod file;
pub(crate) mod found;
pub(crate) mod problem;
pub(crate) mod setting;
pub(crate) mod show;

use crate::config::file::{SettingsFile, most_alike};
use crate::config::found::Found;
use crate::config::problem::{Fault, Problem, SettingPlace};
use crate::config::setting::{SETTINGS, Setting, SettingKind};
use clap::error::{ContextKind, ContextValue};
use clap::{Arg, ArgAction, Command};
use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// With this variable, no file of settings is read.
const NO_FILES: &str = "SHUKACH_NO_CONFIG";
/// The variable that names a file in the place of the user's own.
const OWN_FILE: &str = "SHUKACH_CONFIG";
const PROJECT_FILE: &str = ".shukach.toml";
const SYSTEM_FILE: &str = "/etc/shukach/config.toml";

/// The settings in force, but for the flags, and what is wrong with those that are not.
#[derive(Debug, Default)]
pub(crate) struct Config {
    found: Vec<Found>,
    pub(crate) problems: Vec<Problem>,
}

impl Config {
    /// Reads the environment and the files; `tree` knows which values its arguments take.
    pub(crate) fn read(tree: &Command) -> Self {
        let mut config = Self::default();
        let found = SETTINGS.iter().filter_map(of_environment).collect();
        config.take(found, Vec::new(), tree);
        for file in files() {
            let mut problems = Vec::new();
            let found = file.read(&mut problems);
            config.take(found, problems, tree);
        }
        config
    }

    /// Takes what one source says of settings that no earlier one has set.
    fn take(&mut self, found: Vec<Found>, mut problems: Vec<Problem>, tree: &Command) {
        for found in found {
            match check(&found, tree) {
                Some(fault) => problems.push(Problem {
                    place: found.place,
                    fault,
                }),
                None if self.get(found.setting).is_some() => {}
                None => self.found.push(found),
            }
        }
        problems.sort_by_key(|problem| problem.place.line());
        self.problems.extend(problems);
    }

    /// Returns where a setting is in force and its value, unless it is the default.
    pub(crate) fn get(&self, setting: &Setting) -> Option<&Found> {
        let is_it = |found: &&Found| found.setting.name == setting.name;
        self.found.iter().find(is_it)
    }
}

fn variable(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

fn of_environment(setting: &'static Setting) -> Option<Found> {
    let name = setting.variable();
    let value = match setting.kind {
        // No command at all is what an empty one says.
        SettingKind::Command => env::var_os(&name)?,
        _ => variable(&name)?,
    };
    Some(Found {
        setting,
        value,
        place: SettingPlace::Variable(name),
    })
}

/// Returns the files that may have settings, the strongest first.
fn files() -> Vec<SettingsFile> {
    if variable(NO_FILES).is_some() {
        return Vec::new();
    }
    let folder = env::current_dir().unwrap_or_default();
    let mut project = folder.ancestors().map(|folder| folder.join(PROJECT_FILE));
    let project = project.find(|path| path.exists());
    let project = project.map(|path| SettingsFile {
        path,
        is_of_project: true,
        is_named: false,
    });
    let own = |path: PathBuf, is_named| SettingsFile {
        path,
        is_of_project: false,
        is_named,
    };
    let users = match env::var_os(OWN_FILE) {
        Some(path) if path.is_empty() => None,
        Some(path) => Some(own(path.into(), true)),
        None => users_file().map(|path| own(path, false)),
    };
    let system = own(Path::new(SYSTEM_FILE).to_owned(), false);
    project.into_iter().chain(users).chain([system]).collect()
}

fn users_file() -> Option<PathBuf> {
    let folder = variable("XDG_CONFIG_HOME").map(PathBuf::from).or_else(|| {
        let home = variable("HOME").or_else(|| variable("USERPROFILE"))?;
        Some(Path::new(&home).join(".config"))
    });
    Some(folder?.join("shukach").join("config.toml"))
}

/// Returns what is wrong with a value, as the argument that will take it says.
fn check(found: &Found, tree: &Command) -> Option<Fault> {
    let name = found.setting.name;
    // Whether it leads somewhere is seen when it is used.
    if found.setting.kind == SettingKind::Path {
        return None;
    }
    if found.setting.kind == SettingKind::Switch {
        let value = found.value.to_string_lossy();
        let is_known = ["true", "false"].contains(&value.as_ref());
        return (!is_known).then(|| Fault::Value {
            name,
            value: value.into_owned(),
            allowed: vec!["true".to_owned(), "false".to_owned()],
            meant: None,
        });
    }
    let argument = argument_of(found.setting, tree)?.clone();
    let mut typed = OsString::from(format!("--{name}="));
    typed.push(&found.value);
    let alone = Command::new("shukach")
        .no_binary_name(true)
        .arg(argument.global(false));
    let error = alone.try_get_matches_from([typed]).err()?;
    let allowed = match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(allowed)) => allowed.clone(),
        _ => Vec::new(),
    };
    let value = found.value.to_string_lossy().into_owned();
    if allowed.is_empty() {
        return Some(Fault::Refused {
            name,
            value,
            reason: Box::new(error),
        });
    }
    let meant = most_alike(&value, allowed.iter().map(String::as_str)).map(str::to_owned);
    Some(Fault::Value {
        name,
        value,
        allowed,
        meant,
    })
}

/// Returns the argument of a setting, from the first command that has it.
pub(crate) fn argument_of<'a>(setting: &Setting, tree: &'a Command) -> Option<&'a Arg> {
    let commands = tree
        .get_subcommands()
        .filter(|command| setting.is_for(command.get_name()));
    let mut arguments = tree
        .get_arguments()
        .chain(commands.flat_map(Command::get_arguments));
    arguments.find(|argument| argument.get_id() == setting.argument)
}

/// Gives the arguments of `command` the values in force for their defaults, and each flag that
/// switches something off the flag that switches it on again.
pub(crate) fn apply(config: &Config, mut command: Command) -> Command {
    let name = command.get_name().to_owned();
    for setting in SETTINGS.iter().filter(|setting| setting.is_for(&name)) {
        let has_it = |argument: &Arg| argument.get_id() == setting.argument;
        if !command.get_arguments().any(has_it) {
            continue;
        }
        let found = config.get(setting);
        let value = found.map(|found| found.value.as_os_str());
        if setting.kind == SettingKind::Switch {
            command = with_switch(command, setting, value);
        } else if let Some(found) = found.filter(|found| found.is_list()) {
            command = command.mut_arg(setting.argument, |argument| {
                with_list(argument, &found.value)
            });
        } else if let Some(value) = value {
            command = command.mut_arg(setting.argument, |argument| with_default(argument, value));
        }
    }
    command
}

/// Makes each path of a list a default, where the argument takes several.
fn with_list(argument: Arg, paths: &OsStr) -> Arg {
    if !matches!(argument.get_action(), ArgAction::Append) {
        return with_default(argument, paths);
    }
    let paths = env::split_paths(paths).map(PathBuf::into_os_string);
    let paths: Vec<OsString> = paths.filter(|path| !path.is_empty()).collect();
    argument.default_values(paths).hide_default_value(true)
}

fn with_default(argument: Arg, value: &OsStr) -> Arg {
    let values = argument.get_possible_values();
    let is_possible = |value: &OsStr| {
        values
            .iter()
            .any(|known| Some(known.get_name()) == value.to_str())
    };
    // One command may know fewer values than another of an argument with the same name.
    if !values.is_empty() && !is_possible(value) {
        return argument;
    }
    // A default described in words would be shown twice.
    let is_told = argument.get_default_values().is_empty();
    argument
        .default_value(value.to_owned())
        .hide_default_value(is_told)
}

fn with_switch(command: Command, setting: &'static Setting, value: Option<&OsStr>) -> Command {
    let on = Arg::new(setting.name)
        .long(setting.name)
        .action(ArgAction::SetTrue)
        .hide(true)
        .overrides_with(setting.argument);
    let off = |argument: Arg| {
        let argument = argument.overrides_with(setting.name).default_value_if(
            setting.name,
            "true",
            Some("false"),
        );
        match value {
            Some(value) if value == "false" => argument.default_value("true"),
            _ => argument,
        }
    };
    command.mut_arg(setting.argument, off).arg(on)
}
