//! Errors of a settings file or an environment variable.

use crate::exit::not_utf8;
use crate::help::usage_errors;
use shukach::locale::Locale;
use std::error::Error as _;
use std::io;
use std::path::PathBuf;

/// Where a setting was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SettingPlace {
    /// A variable of the environment, by its name.
    Variable(String),
    /// A line of a file, counted from 1.
    Line(PathBuf, usize),
}

impl SettingPlace {
    /// Returns the line in a file; 0 for a variable.
    pub(crate) fn line(&self) -> usize {
        match self {
            Self::Variable(_) => 0,
            Self::Line(_, line) => *line,
        }
    }
}

impl std::fmt::Display for SettingPlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Variable(name) => write!(f, "${name}"),
            Self::Line(path, line) => write!(f, "{}:{line}", path.display()),
        }
    }
}

/// A setting that cannot be taken.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) place: SettingPlace,
    pub(crate) fault: Fault,
}

/// What is wrong with it.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The file could not be read.
    Unreadable(io::Error),
    /// The file is not UTF-8.
    NotUtf8,
    /// The file is no TOML.
    Syntax(String),
    /// There is no such setting, but perhaps one of a like name.
    Unknown {
        name: String,
        meant: Option<&'static str>,
    },
    /// The value is of another type.
    Type {
        name: &'static str,
        expected: Expected,
        found: &'static str,
    },
    /// The value is none of those that may be.
    Value {
        name: &'static str,
        value: String,
        allowed: Vec<String>,
        meant: Option<String>,
    },
    /// The value cannot be taken, for a reason that its argument gives.
    Refused {
        name: &'static str,
        value: String,
        reason: Box<clap::Error>,
    },
    /// A command that will be run stands in a file that anyone may have written.
    Untrusted { name: &'static str },
}

/// The type that a value should have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    Text,
    Number,
    Switch,
    Command,
    Map,
}

impl Expected {
    fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Text => locale.choose("a text in quotes", "текст у лапках"),
            Self::Number => locale.choose("a whole number", "ціле число"),
            Self::Switch => locale.choose("true or false", "true або false"),
            Self::Map => locale.choose(
                "a table of fields and their keys",
                "таблицю полів і їхніх ключів",
            ),
            Self::Command => locale.choose("a command, true or false", "команду, true або false"),
        }
    }
}

/// Returns the name of a type of TOML.
fn type_name(found: &str, locale: Locale) -> &str {
    let names = match found {
        "string" => ("a text in quotes", "текст у лапках"),
        "integer" => ("a whole number", "ціле число"),
        "float" => ("a fraction", "дробове число"),
        "boolean" => ("true or false", "true чи false"),
        "datetime" => ("a date", "дата"),
        "array" => ("a list", "список"),
        "table" => ("a table", "таблиця"),
        found => (found, found),
    };
    locale.choose(names.0, names.1)
}

impl Problem {
    /// Returns a message with the problem, its place and its remedy.
    pub(crate) fn message(&self, locale: Locale) -> String {
        let told = match locale {
            Locale::English => self.fault.in_english(),
            Locale::Ukrainian => self.fault.in_ukrainian(),
        };
        match (&self.place, &self.fault) {
            (SettingPlace::Line(path, _), Fault::Unreadable(_)) => {
                format!("{}: {told}", path.display())
            }
            (place, _) => format!("{place}: {told}"),
        }
    }
}

impl Fault {
    fn in_english(&self) -> String {
        match self {
            Self::Unreadable(error) => format!("cannot read: {error}"),
            Self::NotUtf8 => not_utf8(Locale::English).to_owned(),
            Self::Syntax(reason) => format!("this is no TOML: {reason}; write name = \"value\""),
            Self::Unknown { name, meant } => match meant {
                Some(meant) => format!("unknown setting \"{name}\"; did you mean \"{meant}\"?"),
                None => format!("unknown setting \"{name}\"; shukach config lists all settings"),
            },
            Self::Type {
                name,
                expected,
                found,
            } => {
                let expected = expected.name(Locale::English);
                let found = type_name(found, Locale::English);
                format!("{name}: expected {expected}, found {found}")
            }
            Self::Value {
                name,
                value,
                allowed,
                meant,
            } => {
                let way_out = meant.as_ref().map_or_else(
                    || format!("write one of {}", allowed.join(", ")),
                    |meant| format!("did you mean \"{meant}\"?"),
                );
                format!("{name}: \"{value}\" cannot be; {way_out}")
            }
            Self::Refused {
                name,
                value,
                reason,
            } => {
                let source = reason.source().map(ToString::to_string);
                let reason = source.unwrap_or_else(|| reason.kind().to_string());
                format!("{name}: \"{value}\" cannot be: {reason}")
            }
            Self::Untrusted { name } => format!(
                "{name}: a command may not stand in the file of a project, which would then run on whoever enters the folder; write it into your own config.toml, or true or false here"
            ),
        }
    }

    fn in_ukrainian(&self) -> String {
        match self {
            Self::Unreadable(error) => format!("не вдалося прочитати: {error}"),
            Self::NotUtf8 => not_utf8(Locale::Ukrainian).to_owned(),
            Self::Syntax(reason) => format!("це не TOML: {reason}; пишіть назва = \"значення\""),
            Self::Unknown { name, meant } => match meant {
                Some(meant) => {
                    format!("невідоме налаштування \"{name}\" – може, \"{meant}\"?")
                }
                None => format!(
                    "невідоме налаштування \"{name}\"; усі налаштування показує shukach config"
                ),
            },
            Self::Type {
                name,
                expected,
                found,
            } => {
                let expected = expected.name(Locale::Ukrainian);
                let found = type_name(found, Locale::Ukrainian);
                format!("{name}: тут має бути {expected}, а стоїть {found}")
            }
            Self::Value {
                name,
                value,
                allowed,
                meant,
            } => {
                let way_out = meant.as_ref().map_or_else(
                    || format!("; можна {}", allowed.join(", ")),
                    |meant| format!(" – може, \"{meant}\"?"),
                );
                format!("{name}: значення \"{value}\" не буває{way_out}")
            }
            Self::Refused {
                name,
                value,
                reason,
            } => format!(
                "{name}: значення \"{value}\" не годиться{}",
                usage_errors::why(reason)
            ),
            Self::Untrusted { name } => format!(
                "{name}: команда не може стояти у файлі проєкту, бо виконувалася б у кожного, хто зайде в теку; запишіть її до власного config.toml, а тут – true або false"
            ),
        }
    }
}
