//! The list of all settings.

/// What a setting looks like in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SettingKind {
    /// A text, in the words of its flag.
    Text,
    /// A file or folder; a relative one is meant from the folder of the file that names it.
    Path,
    /// A whole number.
    Number,
    /// `true` or `false`. Its argument is a flag that switches it off.
    Switch,
    /// A command that will be run, or `true` or `false`.
    Command,
    /// A table of fields and their keys, or one text in the words of its flag.
    Map,
}

/// A setting: a flag that files and the environment can give for good.
#[derive(Debug)]
pub(crate) struct Setting {
    /// Its name in files; that of its flag without the dashes.
    pub(crate) name: &'static str,
    /// The id of its argument, in each command that has it.
    pub(crate) argument: &'static str,
    pub(crate) kind: SettingKind,
    /// The commands that it is for; none means each that has the argument.
    commands: &'static [&'static str],
}

impl Setting {
    /// Returns the name of the variable of the environment that says the same.
    pub(crate) fn variable(&self) -> String {
        format!("SHUKACH_{}", self.name.to_uppercase().replace('-', "_"))
    }

    /// Returns whether the setting is for `command`, if that has its argument.
    pub(crate) fn is_for(&self, command: &str) -> bool {
        self.commands.is_empty() || self.commands.contains(&command)
    }

    /// Returns the setting called `name`.
    pub(crate) fn of_name(name: &str) -> Option<&'static Self> {
        SETTINGS.iter().find(|setting| setting.name == name)
    }
}

const fn setting(name: &'static str, argument: &'static str, kind: SettingKind) -> Setting {
    Setting {
        name,
        argument,
        kind,
        commands: &[],
    }
}

/// All of them, in the order in which they are shown.
pub(crate) static SETTINGS: [Setting; 19] = [
    setting("index", "index", SettingKind::Path),
    setting("lexicon", "lexicon", SettingKind::Path),
    setting("lang", "lang", SettingKind::Text),
    setting("color", "color", SettingKind::Text),
    setting("hyperlinks", "hyperlinks", SettingKind::Text),
    setting("pager", "pager", SettingKind::Command),
    setting("tz", "tz", SettingKind::Text),
    setting("limit", "limit", SettingKind::Number),
    setting("snippets", "snippets", SettingKind::Number),
    setting("snippet-chars", "snippet_chars", SettingKind::Number),
    setting("sort", "sort", SettingKind::Text),
    Setting {
        // `count` has no periods unless it is asked for them.
        commands: &["search", "timeline", "config"],
        ..setting("by", "by", SettingKind::Text)
    },
    setting("match", "match_mode", SettingKind::Text),
    setting("translit", "no_translit", SettingKind::Switch),
    setting("variants", "no_variants", SettingKind::Switch),
    setting("related", "no_related", SettingKind::Switch),
    setting("threads", "threads", SettingKind::Number),
    setting("max-memory", "max_memory", SettingKind::Text),
    setting("map", "map", SettingKind::Map),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::Arguments;
    use clap::{Command, CommandFactory};

    #[test]
    fn every_setting_is_named_as_its_flag_is() {
        let tree = Arguments::command();
        let mut arguments: Vec<&clap::Arg> = tree.get_arguments().collect();
        arguments.extend(tree.get_subcommands().flat_map(Command::get_arguments));
        for setting in &SETTINGS {
            let long = match setting.kind {
                SettingKind::Switch => format!("no-{}", setting.name),
                _ => setting.name.to_owned(),
            };
            let named = arguments
                .iter()
                .find(|argument| argument.get_id() == setting.argument)
                .and_then(|argument| argument.get_long());
            assert_eq!(named, Some(long.as_str()), "{}", setting.name);
        }
    }
}
