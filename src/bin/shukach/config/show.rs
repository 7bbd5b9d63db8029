//! `shukach config`: the settings in force, and where each comes from.

use crate::arguments::index_folder::default_folder;
use crate::config::problem::SettingPlace;
use crate::config::setting::{SETTINGS, Setting, SettingKind};
use crate::config::{Config, argument_of};
use crate::exit::{Exit, Failure};
use clap::parser::ValueSource;
use clap::{ArgMatches, Args, Command};
use serde::Serialize;
use shukach::locale::Locale;
use shukach::render;
use std::io::{self, Write};

const EXAMPLES: &str = "\
Examples:
  shukach config
  shukach config --origin
  shukach config > ~/.config/shukach/config.toml

Files of settings, the strongest first; flags go before the environment (SHUKACH_NAME), and that before the files:
  .shukach.toml                    in this folder, or the next one above it that has such a file
  $XDG_CONFIG_HOME/shukach/config.toml  your own, else in ~/.config; SHUKACH_CONFIG names another one
  /etc/shukach/config.toml         for all users

What is printed is TOML, as the files are. SHUKACH_NO_CONFIG=1 leaves all files unread. The flag of a setting can be given
here too, to see what it changes.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ConfigArguments {
    /// Tell where each value comes from: a flag, the environment, a line of a file, or the default
    #[arg(long)]
    origin: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[arg(skip)]
    pub(crate) in_force: Vec<InForce>,
}

/// A setting with its value in force.
#[derive(Debug)]
pub(crate) struct InForce {
    setting: &'static Setting,
    /// As its argument is typed; of a switch `true` or `false`.
    value: Option<String>,
    origin: Origin,
}

#[derive(Debug)]
enum Origin {
    Flag,
    Found(SettingPlace),
    Default,
}

impl InForce {
    /// Returns all settings as `shukach config` was given them.
    pub(crate) fn all(config: &Config, matches: &ArgMatches) -> Vec<Self> {
        let value = |setting: &'static Setting| Self::of(setting, config, matches);
        SETTINGS.iter().map(value).collect()
    }

    fn of(setting: &'static Setting, config: &Config, matches: &ArgMatches) -> Self {
        let is_typed = |id| matches.value_source(id) == Some(ValueSource::CommandLine);
        let found = config.get(setting);
        if setting.kind == SettingKind::Switch {
            let is_flag = is_typed(setting.argument) || is_typed(setting.name);
            let origin = Origin::of(is_flag, found.map(|found| &found.place));
            return Self {
                setting,
                value: Some((!matches.get_flag(setting.argument)).to_string()),
                origin,
            };
        }
        let typed = matches
            .get_raw(setting.argument)
            .and_then(|mut raw| raw.next());
        let value = typed.map(|value| value.to_string_lossy().into_owned());
        let default = || match setting.name {
            "index" => Some(default_folder().to_string_lossy().into_owned()),
            _ => None,
        };
        Self {
            setting,
            value: value.or_else(default),
            origin: Origin::of(is_typed(setting.argument), found.map(|found| &found.place)),
        }
    }

    /// Returns the setting as a line of a file.
    fn line(&self) -> String {
        let name = self.setting.name;
        match &self.value {
            None => format!("# {name} ="),
            Some(value) => format!("{name} = {}", toml(self.setting.kind, value)),
        }
    }
}

/// Returns a value as TOML writes it.
fn toml(kind: SettingKind, value: &str) -> String {
    let is_switch = ["true", "false"].contains(&value);
    match kind {
        SettingKind::Number | SettingKind::Switch => value.to_owned(),
        SettingKind::Command if is_switch => value.to_owned(),
        // A string of JSON is one of TOML.
        _ => render::sanitize::json(&serde_json::Value::from(value).to_string()).into_owned(),
    }
}

impl Origin {
    fn of(is_flag: bool, place: Option<&SettingPlace>) -> Self {
        match (is_flag, place) {
            (true, _) => Self::Flag,
            (false, Some(place)) => Self::Found(place.clone()),
            (false, None) => Self::Default,
        }
    }

    fn text(&self, setting: &Setting, locale: Locale) -> String {
        match self {
            Self::Flag => format!("--{}", setting.name),
            Self::Found(place) => place.to_string(),
            Self::Default => locale.choose("default", "типово").to_owned(),
        }
    }
}

/// The settings as JSON; `index-schema/config.v1.schema.json` describes it.
#[derive(Serialize)]
struct Report<'a> {
    schema_version: u32,
    settings: Vec<ReportedSetting<'a>>,
    problems: Vec<String>,
}

#[derive(Serialize)]
struct ReportedSetting<'a> {
    name: &'a str,
    value: Option<&'a str>,
    origin: &'static str,
    variable: Option<&'a str>,
    path: Option<String>,
    line: Option<usize>,
}

impl<'a> ReportedSetting<'a> {
    fn of(setting: &'a InForce) -> Self {
        let (origin, place) = match &setting.origin {
            Origin::Flag => ("flag", None),
            Origin::Found(place @ SettingPlace::Variable(_)) => ("environment", Some(place)),
            Origin::Found(place @ SettingPlace::Line(..)) => ("file", Some(place)),
            Origin::Default => ("default", None),
        };
        let (variable, path, line) = match place {
            Some(SettingPlace::Variable(name)) => (Some(name.as_str()), None, None),
            Some(SettingPlace::Line(path, line)) => (None, Some(path), Some(*line)),
            None => (None, None, None),
        };
        Self {
            name: setting.setting.name,
            value: setting.value.as_deref(),
            origin,
            variable,
            path: path.map(|path| path.to_string_lossy().into_owned()),
            line,
        }
    }
}

/// Prints the settings, and their errors on standard error.
pub(crate) fn run(
    arguments: &ConfigArguments,
    config: &Config,
    locale: Locale,
) -> Result<Exit, Failure> {
    let problems = config
        .problems
        .iter()
        .map(|problem| problem.message(locale));
    let problems: Vec<String> = problems.collect();
    let mut out = io::stdout().lock();
    if arguments.json {
        let report = Report {
            schema_version: 1,
            settings: arguments.in_force.iter().map(ReportedSetting::of).collect(),
            problems: problems.clone(),
        };
        render::json::write(&report, &mut out)?;
    } else {
        let widest = arguments
            .in_force
            .iter()
            .map(|setting| setting.line().chars().count());
        let widest = widest.max().unwrap_or(0);
        for setting in &arguments.in_force {
            let line = setting.line();
            if arguments.origin {
                let origin = setting.origin.text(setting.setting, locale);
                let origin = render::sanitize::one_line(&origin).into_owned();
                writeln!(out, "{line:<widest$}  # {origin}")?;
            } else {
                writeln!(out, "{line}")?;
            }
        }
    }
    out.flush()?;
    if problems.is_empty() {
        Ok(Exit::Success)
    } else {
        Err(Failure::Lines(problems))
    }
}

/// Gives `command` the argument of every setting, so that it can be seen what a flag does.
pub(crate) fn with_settings(command: Command, tree: &Command) -> Command {
    let arguments = SETTINGS
        .iter()
        .filter_map(|setting| argument_of(setting, tree));
    let own = arguments.filter(|argument| !argument.is_global_set());
    let own: Vec<clap::Arg> = own.map(|argument| argument.clone().hide(true)).collect();
    command.args(own)
}
