//! What a page is asked for, and the addresses of other pages from there: all state is in them.

use crate::arguments::opened::Opened;
use crate::arguments::repeated::repeated;
use crate::config;
use crate::config::Config;
use crate::exit::Failure;
use crate::serve::api::endpoint;
use crate::serve::parameters::{Parameters, Reading};
use crate::serve::time_limit::TimeLimit;
use clap::{ArgMatches, Command, FromArgMatches};
use shukach::locale::Locale;
use std::collections::BTreeMap;
use std::ffi::OsString;

/// The commands that pages take their parameters for, with the settings in force.
pub(crate) struct Commands(BTreeMap<&'static str, Command>);

/// The endpoints whose arguments pages use.
const USED: [&str; 6] = [
    "/search",
    "/list",
    "/timeline",
    "/kwic",
    "/articles/{id}",
    "/articles/{id}/similar",
];

impl Commands {
    pub(crate) fn new(config: &Config) -> Self {
        let used = USED.into_iter().filter_map(endpoint::at);
        let ready = used.map(|used| (used.path, config::apply(config, (used.command)())));
        Self(ready.collect())
    }

    /// Returns the options of the command line that ask the same.
    pub(crate) fn options(&self, path: &str, matches: &ArgMatches) -> Vec<String> {
        let command = self.0.get(path);
        command.map_or_else(Vec::new, |command| repeated(command, matches))
    }
}

/// Asks for hits without counts: the script shows them while the whole page is on its way.
pub(crate) const NO_COUNTS: &str = "no-counts";

/// A hidden field of a form.
pub(crate) struct Hidden {
    pub(crate) name: String,
    pub(crate) value: String,
}

/// What a page is asked for.
pub(crate) struct PageRequest<'a> {
    pub(crate) searcher: &'a Opened,
    pub(crate) commands: &'a Commands,
    /// The path of the page.
    pub(crate) path: &'a str,
    /// What stands in its address; without those that are empty, as forms send them.
    pub(crate) parameters: Parameters,
    pub(crate) locale: Locale,
    pub(crate) theme: &'static str,
    pub(crate) shows_paths: bool,
    pub(crate) has_token: bool,
    pub(crate) time_limit: TimeLimit,
}

impl PageRequest<'_> {
    /// Returns those parameters that the endpoint at `path` takes, as its arguments; `before` goes
    /// before them.
    pub(crate) fn matches(
        &self,
        path: &str,
        before: &[&str],
        id: Option<&str>,
    ) -> Result<ArgMatches, Failure> {
        let (Some(endpoint), Some(command)) = (endpoint::at(path), self.commands.0.get(path))
        else {
            return Err(Failure::Usage(path.to_owned()));
        };
        let before: Vec<OsString> = before.iter().map(Into::into).collect();
        // What belongs to another page is kept for it.
        let taken = self.parameters.only(|name, _| endpoint.allows(name));
        taken.matches(&Reading {
            command,
            allowed: &|name| endpoint.allows(name),
            before: &before,
            id,
            locale: self.locale,
        })
    }

    /// Does as [`PageRequest::matches`], and returns them as `A`.
    pub(crate) fn arguments<A: FromArgMatches>(
        &self,
        path: &str,
        before: &[&str],
        id: Option<&str>,
    ) -> Result<A, Failure> {
        let matches = self.matches(path, before, id)?;
        A::from_arg_matches(&matches).map_err(|error| Failure::Usage(error.to_string()))
    }

    /// Returns the query, empty where there is none.
    pub(crate) fn query(&self) -> &str {
        self.parameters.get("query").unwrap_or_default().trim()
    }

    /// Returns the state without what belongs to this page alone, as its place in the list.
    pub(crate) fn first_page(&self) -> Parameters {
        let of_page = ["cursor", "offset", "id", NO_COUNTS];
        self.parameters.only(|name, _| !of_page.contains(&name))
    }

    /// Returns the state as hidden fields of a form that has fields called `own`.
    pub(crate) fn hidden(&self, own: &[&str]) -> Vec<Hidden> {
        let hidden = |(name, value): (&str, &str)| Hidden {
            name: name.to_owned(),
            value: value.to_owned(),
        };
        let state = self.first_page().only(|name, _| !own.contains(&name));
        state.pairs().map(hidden).collect()
    }

    /// Returns the address of this page with another value of a parameter, from its first hit.
    pub(crate) fn with(&self, name: &str, value: &str) -> String {
        self.first_page().with(name, value).address(self.path)
    }

    /// Returns the address of this page without a parameter, from its first hit.
    pub(crate) fn without(&self, name: &str) -> String {
        self.first_page().without(name).address(self.path)
    }

    /// Returns the address of an article, with the query marked in it.
    pub(crate) fn article(&self, id: &str) -> String {
        let mut place = Parameters::default().and("id", id);
        let reading = ["query", "match", "literal", "lenient", "now"];
        for (name, value) in self.parameters.pairs() {
            if reading.contains(&name) {
                place = place.and(name, value);
            }
        }
        place.address("/article")
    }
}
