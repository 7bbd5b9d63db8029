//! Commands that can be copied into a shell.

use crate::render::sanitize::one_line;
use std::borrow::Cow;

/// A command `shukach search` with everything but its query.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SearchCommand {
    /// The options with their values, as the program is given them.
    pub options: Vec<String>,
    /// Whether the commands that narrow to a facet value are shown for all values, and not
    /// only for the fullest.
    pub has_all_buckets: bool,
}

impl SearchCommand {
    /// Gives an option a value, in the place of any that it has.
    pub(crate) fn set(&mut self, option: &str, value: &str) {
        let at = self.options.iter().position(|known| known == option);
        match at.and_then(|at| self.options.get_mut(at + 1)) {
            Some(known) => value.clone_into(known),
            None => self.options.extend([option, value].map(str::to_owned)),
        }
    }

    /// Returns the same command for queries as they are understood, which are written with
    /// operators.
    #[must_use]
    pub fn of_understood(&self) -> Self {
        let mut command = self.clone();
        command.options.retain(|option| option != "--literal");
        command
    }

    /// Returns the command for `query` as a shell of Unix reads it, without what a terminal would
    /// obey.
    pub fn with_query(&self, query: &str) -> String {
        let mut options = String::new();
        for option in &self.options {
            options.push(' ');
            options.push_str(&quoted(option));
        }
        let query = always_quoted(query);
        if query.starts_with("'-") {
            // It is no option, though it begins like one.
            format!("shukach search{options} -- {query}")
        } else {
            format!("shukach search {query}{options}")
        }
    }
}

/// Returns `word` as a shell reads it as one word; the same if nothing in it means something to a
/// shell.
pub fn quoted(word: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./,:=+@%".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(always_quoted(word))
    }
}

fn always_quoted(word: &str) -> String {
    format!("'{}'", one_line(word).replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn apostrophes_and_dashes_come_through_a_shell() {
        let command = SearchCommand {
            options: ["--source", "Хвиля Поділля", "--from", "2025-12"]
                .map(str::to_owned)
                .into(),
            ..SearchCommand::default()
        };
        assert_eq!(
            command.with_query("п'ять \"зв'язків\""),
            "shukach search 'п'\\''ять \"зв'\\''язків\"' --source 'Хвиля Поділля' --from 2025-12"
        );
        assert_eq!(
            SearchCommand::default().with_query("-кіт пес"),
            "shukach search -- '-кіт пес'"
        );
        assert_eq!(quoted(""), "''");
        assert_eq!(quoted("а\u{1b}b"), "'а\u{fffd}b'");
    }

    proptest! {
        #[test]
        fn what_is_quoted_is_one_word_of_a_shell(word in "[ -~а-яіїєґ’]{0,20}") {
            let quoted = quoted(&word).into_owned();
            let (mut back, mut is_quoted) = (String::new(), false);
            let mut rest = quoted.chars();
            while let Some(c) = rest.next() {
                match c {
                    '\'' => is_quoted = !is_quoted,
                    '\\' if !is_quoted => back.extend(rest.next()),
                    c => {
                        prop_assert!(is_quoted || !" $&|;<>()*?#~!`\"{}[]".contains(c), "{}", quoted);
                        back.push(c);
                    }
                }
            }
            prop_assert!(!is_quoted);
            prop_assert_eq!(back, word);
        }
    }
}
