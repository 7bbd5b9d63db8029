//! A settings file: TOML, with the line of every setting.

use crate::config::found::Found;
use crate::config::problem::{Expected, Fault, Problem, SettingPlace};
use crate::config::setting::{SETTINGS, Setting, SettingKind};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{env, fs, io};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Names less alike than this are not offered for each other; 1 is the same.
const LEAST_LIKENESS: f64 = 0.8;

/// A file of settings.
#[derive(Debug)]
pub(crate) struct SettingsFile {
    pub(crate) path: PathBuf,
    /// Whether it came with a folder, so that anyone may have written it.
    pub(crate) is_of_project: bool,
    /// Whether it was named, so that it must be there.
    pub(crate) is_named: bool,
}

impl SettingsFile {
    /// Reads the settings of the file; what is wrong with it goes to `problems`. A file that is not
    /// there has none.
    pub(crate) fn read(&self, problems: &mut Vec<Problem>) -> Vec<Found> {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound && !self.is_named => {
                return Vec::new();
            }
            Err(error) => {
                problems.push(self.problem(1, Fault::Unreadable(error)));
                return Vec::new();
            }
        };
        let text = match std::str::from_utf8(&bytes) {
            Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
            Err(error) => {
                let line = line_of(&bytes, error.valid_up_to());
                problems.push(self.problem(line, Fault::NotUtf8));
                return Vec::new();
            }
        };
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let line = line_of(text.as_bytes(), error.span().map_or(0, |span| span.start));
            let reason = error.message().replace('\n', "; ");
            problems.push(self.problem(line, Fault::Syntax(reason)));
        }
        if !errors.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        for (name, value) in table.get_ref() {
            let line = line_of(text.as_bytes(), name.span().start);
            match self.value(name.get_ref(), value) {
                Ok((setting, value)) => found.push(Found {
                    setting,
                    value,
                    place: SettingPlace::Line(self.path.clone(), line),
                }),
                Err(fault) => problems.push(self.problem(line, fault)),
            }
        }
        found
    }

    fn problem(&self, line: usize, fault: Fault) -> Problem {
        Problem {
            place: SettingPlace::Line(self.path.clone(), line),
            fault,
        }
    }

    fn value(
        &self,
        name: &str,
        value: &Spanned<DeValue<'_>>,
    ) -> Result<(&'static Setting, OsString), Fault> {
        let Some(setting) = Setting::of_name(name) else {
            return Err(Fault::Unknown {
                name: name.to_owned(),
                meant: most_alike(name, SETTINGS.iter().map(|setting| setting.name)),
            });
        };
        let expected = match setting.kind {
            SettingKind::Text | SettingKind::Path => Expected::Text,
            SettingKind::Number => Expected::Number,
            SettingKind::Switch => Expected::Switch,
            SettingKind::Command => Expected::Command,
            SettingKind::Map => Expected::Map,
        };
        let value = value.get_ref();
        let text = match (setting.kind, value) {
            (SettingKind::Path, DeValue::String(path)) => self.absolute(path),
            (SettingKind::Text | SettingKind::Map, DeValue::String(text)) => text.as_ref().into(),
            (SettingKind::Map, DeValue::Table(keys)) => map(setting.name, keys)?.into(),
            (SettingKind::Number, DeValue::Integer(number)) => {
                let decimal = i128::from_str_radix(number.as_str(), number.radix());
                decimal.map_or_else(
                    |_| number.as_str().into(),
                    |number| number.to_string().into(),
                )
            }
            (SettingKind::Switch | SettingKind::Command, DeValue::Boolean(is_on)) => {
                is_on.to_string().into()
            }
            (SettingKind::Command, DeValue::String(_)) if self.is_of_project => {
                return Err(Fault::Untrusted { name: setting.name });
            }
            (SettingKind::Command, DeValue::String(command)) => command.as_ref().into(),
            (_, value) => {
                return Err(Fault::Type {
                    name: setting.name,
                    expected,
                    found: value.type_str(),
                });
            }
        };
        Ok((setting, text))
    }

    /// Returns a path as it is meant here: `~` is the user's home, and what is relative lies beside
    /// this file.
    fn absolute(&self, path: &str) -> OsString {
        let home = env::var_os("HOME").or_else(|| env::var_os("USERPROFILE"));
        if let (Some(below), Some(home)) = (path.strip_prefix("~/"), home) {
            return Path::new(&home).join(below).into();
        }
        let folder = self.path.parent().unwrap_or(Path::new("."));
        folder.join(path).into()
    }
}

/// Returns a table of fields and their keys, each one or a list, in the words of its flag.
fn map(name: &'static str, keys: &DeTable<'_>) -> Result<String, Fault> {
    let mut pairs = Vec::new();
    for (field, value) in keys {
        let several = match value.get_ref() {
            DeValue::Array(several) => several.iter().collect(),
            _ => vec![value],
        };
        for key in several {
            let DeValue::String(key) = key.get_ref() else {
                let (expected, found) = (Expected::Text, key.get_ref().type_str());
                return Err(Fault::Type {
                    name,
                    expected,
                    found,
                });
            };
            pairs.push(format!("{}={key}", field.get_ref()));
        }
    }
    Ok(pairs.join(","))
}

fn line_of(text: &[u8], byte: usize) -> usize {
    let before = text.iter().take(byte);
    before.filter(|byte| **byte == b'\n').count() + 1
}

/// Returns the name that looks most like `typed`, if one does.
pub(crate) fn most_alike<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let alike = names.map(|name| (strsim::jaro_winkler(typed, name), name));
    alike
        .filter(|(likeness, _)| *likeness >= LEAST_LIKENESS)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_offered_for_one_that_is_mistyped_and_for_no_other() {
        let near = |typed: &str| most_alike(typed, SETTINGS.iter().map(|setting| setting.name));
        assert_eq!(near("colour"), Some("color"));
        assert_eq!(near("snippet_chars"), Some("snippet-chars"));
        assert_eq!(near("lexikon"), Some("lexicon"));
        assert_eq!(near("beverage"), None);
    }
}
