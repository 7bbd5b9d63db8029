//! Parameters of an address become the words of a command line, so that both are read by the same
//! parser and refused with the same messages. Only those that an endpoint names are taken.

use crate::exit::Failure;
use crate::help::usage_errors;
use clap::{ArgAction, ArgMatches, Command};
use shukach::locale::Locale;
use std::ffi::OsString;
use std::fmt::Write as _;

/// The largest values of some numbers: one request must not take all the memory.
const MOST: [(&str, u64); 6] = [
    ("limit", 1_000),
    ("offset", 100_000),
    ("snippets", 100),
    ("context", 200),
    ("facet-limit", 1_000),
    ("timeout", 600_000),
];
/// The most queries of one request.
const MOST_QUERIES: usize = 20;
/// The parameter that is a query, where that is no option.
pub(crate) const QUERY: &str = "query";

/// Names with their values, in the order of the address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Parameters {
    pairs: Vec<(String, String)>,
}

/// What parameters are read against.
pub(crate) struct Reading<'a> {
    /// The command whose arguments they are.
    pub(crate) command: &'a Command,
    /// The names that are taken.
    pub(crate) allowed: &'a dyn Fn(&str) -> bool,
    /// Words that go before them.
    pub(crate) before: &'a [OsString],
    /// What the path of the address names.
    pub(crate) id: Option<&'a str>,
    /// The language of messages.
    pub(crate) locale: Locale,
}

impl Parameters {
    /// Reads the query of an address.
    pub(crate) fn of(query: Option<&str>) -> Self {
        let query = query.unwrap_or_default();
        let pairs = form_urlencoded::parse(query.as_bytes());
        Self {
            pairs: pairs.into_owned().collect(),
        }
    }

    /// Returns the first value of `name`.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let mut pairs = self.pairs.iter();
        let pair = pairs.find(|(known, _)| known == name);
        pair.map(|(_, value)| value.as_str())
    }

    /// Returns all values of `name`.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.pairs.iter().filter(move |(known, _)| known == name);
        named.map(|(_, value)| value.as_str())
    }

    /// Returns the names with their values.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.pairs.iter();
        pairs.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Keeps those that `is_kept` accepts.
    #[must_use]
    pub(crate) fn only(&self, is_kept: impl Fn(&str, &str) -> bool) -> Self {
        let pairs = self.pairs.iter();
        let kept = pairs.filter(|(name, value)| is_kept(name, value));
        Self {
            pairs: kept.cloned().collect(),
        }
    }

    /// Leaves out `name`.
    #[must_use]
    pub(crate) fn without(&self, name: &str) -> Self {
        self.only(|known, _| known != name)
    }

    /// Gives `name` this value alone.
    #[must_use]
    pub(crate) fn with(&self, name: &str, value: &str) -> Self {
        self.without(name).and(name, value)
    }

    /// Adds a value of `name`.
    #[must_use]
    pub(crate) fn and(mut self, name: &str, value: &str) -> Self {
        self.pairs.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Returns the address of `path` with them.
    pub(crate) fn address(&self, path: &str) -> String {
        if self.pairs.is_empty() {
            return path.to_owned();
        }
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.pairs);
        format!("{path}?{}", query.finish())
    }

    /// Returns them as arguments of a command.
    pub(crate) fn matches(&self, reading: &Reading<'_>) -> Result<ArgMatches, Failure> {
        let words = self.words(reading)?;
        let mut command = reading.command.clone();
        let told =
            |error: clap::Error| Failure::Usage(usage_errors::in_one_line(&error, reading.locale));
        command.try_get_matches_from_mut(words).map_err(told)
    }

    fn words(&self, reading: &Reading<'_>) -> Result<Vec<OsString>, Failure> {
        let locale = reading.locale;
        let mut words = reading.before.to_vec();
        let mut behind: Vec<OsString> = reading.id.map(Into::into).into_iter().collect();
        let takes_queries = reading.command.get_positionals().next().is_some();
        for (name, value) in &self.pairs {
            // The language is known by then.
            if name == "lang" {
                continue;
            }
            if !(reading.allowed)(name) {
                return Err(unknown(name, reading));
            }
            let mut arguments = reading.command.get_arguments();
            let argument = arguments.find(|argument| argument.get_long() == Some(name));
            match argument {
                Some(argument) if argument.get_action().takes_values() => {
                    check_size(name, value, locale)?;
                    words.push(format!("--{name}={value}").into());
                }
                Some(_) if is_on(name, value, locale)? => words.push(format!("--{name}").into()),
                Some(_) => {}
                None if name == QUERY && takes_queries => behind.push(value.into()),
                None => return Err(unknown(name, reading)),
            }
        }
        if behind.len() > MOST_QUERIES {
            return Err(Failure::Usage(match locale {
                Locale::English => format!("no more than {MOST_QUERIES} queries at a time"),
                Locale::Ukrainian => format!("не більше ніж {MOST_QUERIES} запитів за раз"),
            }));
        }
        words.push("--".into());
        words.extend(behind);
        Ok(words)
    }
}

/// Returns whether the value of a flag sets it.
pub(crate) fn is_on(name: &str, value: &str, locale: Locale) -> Result<bool, Failure> {
    match value {
        "" | "1" | "true" => Ok(true),
        "0" | "false" => Ok(false),
        _ => Err(Failure::Usage(match locale {
            Locale::English => format!("{name} is true or false"),
            Locale::Ukrainian => format!("{name} буває true або false"),
        })),
    }
}

fn check_size(name: &str, value: &str, locale: Locale) -> Result<(), Failure> {
    let most = MOST.iter().find(|(known, _)| *known == name);
    let Some((_, most)) =
        most.filter(|(_, most)| value.parse().is_ok_and(|size: u64| size > *most))
    else {
        return Ok(());
    };
    Err(Failure::Usage(match locale {
        Locale::English => format!("{name} may be {most} at most"),
        Locale::Ukrainian => format!("{name} може бути щонайбільше {most}"),
    }))
}

fn unknown(name: &str, reading: &Reading<'_>) -> Failure {
    let known = reading.command.get_arguments().filter_map(|argument| {
        let long = argument.get_long().unwrap_or(QUERY);
        ((reading.allowed)(long) && !argument.is_hide_set()).then_some(long)
    });
    let distance = |known: &&str| strsim::damerau_levenshtein(known, name);
    let near = known
        .min_by_key(distance)
        .filter(|near| distance(near) <= 2);
    let name: String = name.chars().take(100).collect();
    let mut told = match reading.locale {
        Locale::English => format!("there is no parameter \"{name}\""),
        Locale::Ukrainian => format!("параметра \"{name}\" немає"),
    };
    if let Some(near) = near {
        let meant = reading.locale.choose("did you mean", "може,");
        let _ = write!(told, "; {meant} \"{near}\"?");
    }
    Failure::Usage(told)
}

/// Returns whether a parameter is a flag.
pub(crate) fn is_flag(argument: &clap::Arg) -> bool {
    matches!(argument.get_action(), ArgAction::SetTrue)
}
