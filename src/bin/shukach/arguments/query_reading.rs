//! Arguments that choose how a query is read.

use clap::{Args, ValueEnum};
use shukach::date::Date;
use shukach::date::zone::Zone;
use shukach::query::ParseOptions;
use shukach::query::options::MatchMode;

/// How a query is to be read.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct ReadingArguments {
    /// Whether all words must be there, or any of them
    #[arg(long = "match", value_enum, value_name = "MODE", default_value_t = MatchChoice::All)]
    pub(crate) match_mode: MatchChoice,
    /// Take every mark and operator in the query as text
    #[arg(short = 'F', long)]
    pub(crate) literal: bool,
    /// Mend a faulty query and say how, instead of refusing it
    #[arg(long)]
    pub(crate) lenient: bool,
    /// Refuse a word before a colon that names no field, instead of taking it as text
    #[arg(long)]
    pub(crate) strict_fields: bool,
    /// Require prepositions, conjunctions, particles and question words too (між, та, для)
    #[arg(long)]
    pub(crate) strict_words: bool,
    /// Let patterns begin with fewer than two letters, as *слово does; slower
    #[arg(long)]
    pub(crate) allow_leading: bool,
    /// The day from which date:7d and the like are seen [default: today]
    #[arg(long, value_name = "DATE", value_parser = Date::parse)]
    pub(crate) now: Option<Date>,
}

impl ReadingArguments {
    pub(crate) fn options(&self) -> ParseOptions {
        self.options_in(&Zone::default())
    }

    /// Does as [`ReadingArguments::options`], with the day that it is now in `zone`.
    pub(crate) fn options_in(&self, zone: &Zone) -> ParseOptions {
        ParseOptions::new(self.now.map_or_else(|| zone.today(), |now| now.last_day()))
            .match_mode(match self.match_mode {
                MatchChoice::All => MatchMode::All,
                MatchChoice::Any => MatchMode::Any,
            })
            .is_literal(self.literal)
            .is_lenient(self.lenient)
            .has_strict_fields(self.strict_fields)
            .has_strict_words(self.strict_words)
            .allows_leading(self.allow_leading)
            .allows_negation(false)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MatchChoice {
    All,
    Any,
}
