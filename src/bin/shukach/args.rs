//! The command line as it is typed.

use crate::arguments::completions::CompletionsArguments;
use crate::commands::analyze::AnalyzeArguments;
#[cfg(feature = "opensearch")]
use crate::commands::copy::CopyArguments;
use crate::commands::count::{CountArguments, TimelineArguments};
use crate::commands::index::IndexArguments;
use crate::commands::info::InfoArguments;
use crate::commands::inspect::InspectArguments;
use crate::commands::kwic::KwicArguments;
use crate::commands::list::ListArguments;
use crate::commands::more_like::MoreLikeArguments;
use crate::commands::optimize::OptimizeArguments;
use crate::commands::parse::ParseArguments;
use crate::commands::reindex::ReindexArguments;
use crate::commands::remove::RemoveArguments;
use crate::commands::repair::RepairArguments;
use crate::commands::search::SearchArguments;
use crate::commands::show::ShowArguments;
use crate::commands::snapshot::SnapshotArguments;
use crate::commands::translate::TranslateArguments;
use crate::commands::verify::VerifyArguments;
#[cfg(feature = "watch")]
use crate::commands::watch::WatchArguments;
use crate::config::show::ConfigArguments;
#[cfg(feature = "serve")]
use crate::serve::arguments::ServeArguments;
use crate::terminal::locale::system_locale;
use clap::{Parser, Subcommand, ValueEnum};
use shukach::locale::Locale;

const EXAMPLES: &str = "\
Examples:
  shukach demo
  shukach index ~/archive
  shukach search 'гарантії безпеки'
  shukach search '«гарантії безпеки» -реклама' --from 2025-12 --to 2026-01-15 --source 'Хвиля Поділля'
  shukach search 'школа OR вчитель' --sort -date --json
  shukach search 'гарантії безпеки' --facet section --facet week --share
  shukach count --batch queries.tsv --by month --facet source --csv > counts.csv
  shukach timeline 'мир' 'війна' --by year
  shukach more-like archive/2025/12/28/stroky.txt
  shukach show archive/2025/12/28/stroky.txt --query 'строки'

Exit codes:
  0  articles were found; everything was indexed
  1  no article was found; the index is damaged (shukach verify)
  2  the job could not be done
  3  the job was done, but some files or lines gave no article, or articles were lost
  130  Ctrl-C ended it; an index job keeps what it has read

Settings hold for every command: flags can be set for good in files and in the environment (SHUKACH_INDEX and so on);
shukach config tells which are in force.";

const MAN_EXAMPLES: &str = "\
Examples:
  shukach man > ~/.local/share/man/man1/shukach.1
  shukach man --lang uk | man -l -";

const DEMO_EXAMPLES: &str = "\
Examples:
  shukach demo";

/// Full-text search for Ukrainian news archives.
///
/// Point it at a folder of articles, and it answers with the articles that have your words in any
/// inflected form, ranked, with the sentences that match and a timeline.
#[derive(Debug, Parser)]
#[command(version, after_help = EXAMPLES, subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Language of messages [default: Ukrainian where the locale is, else English]
    #[arg(long, global = true, value_enum, value_name = "LANGUAGE")]
    lang: Option<LanguageChoice>,
}

impl Arguments {
    /// Returns the language of messages: as asked for, else that of the system.
    pub(crate) fn locale(&self) -> Locale {
        match self.lang {
            Some(LanguageChoice::Uk) => Locale::Ukrainian,
            Some(LanguageChoice::En) => Locale::English,
            None => system_locale(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LanguageChoice {
    /// Ukrainian
    Uk,
    /// English
    En,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read a folder of articles into the index; again: only what changed
    Index(IndexArguments),
    /// Keep the index up to date while files come, change and go
    #[cfg(feature = "watch")]
    Watch(Box<WatchArguments>),
    /// Show what would be read, and what is in doubt
    Inspect(InspectArguments),
    /// Find articles
    Search(Box<SearchArguments>),
    /// List articles without a query, the newest first
    List(Box<ListArguments>),
    /// Count the articles of several queries, by time and by source
    Count(Box<CountArguments>),
    /// Draw the articles of several queries over time
    Timeline(Box<TimelineArguments>),
    /// Show how a query is understood
    Parse(ParseArguments),
    /// Translate a query from the language of another search system
    Translate(TranslateArguments),
    /// Find articles like another one
    MoreLike(MoreLikeArguments),
    /// Show every occurrence of a query between the words around it
    Kwic(Box<KwicArguments>),
    /// Show a whole article, with the words of a query marked
    Show(ShowArguments),
    /// Serve a page and an API to browsers and programs
    #[cfg(feature = "serve")]
    Serve(Box<ServeArguments>),
    /// Take articles out of the index, by id, collection, path or query
    Remove(RemoveArguments),
    /// Make the index anew from what it holds, for another version of the program
    Reindex(ReindexArguments),
    /// Mend a damaged index with what is left of it and the files of the archive
    Repair(RepairArguments),
    /// Give back the room of deleted articles and make one segment of all
    Optimize(OptimizeArguments),
    /// Show what the index holds
    Info(InfoArguments),
    /// Check whether the index is what was written, and tell what is lost where it is not
    Verify(VerifyArguments),
    /// Copy the index as it is, while it may be written to
    Snapshot(SnapshotArguments),
    #[command(
        about = "Copy the index into an OpenSearch cluster, for archives that outgrow one machine"
    )]
    #[cfg(feature = "opensearch")]
    Copy(CopyArguments),
    /// Show what the index or a query makes of a text, word by word
    Analyze(AnalyzeArguments),
    /// Show the settings in force, from flags, the environment and files
    Config(ConfigArguments),
    /// Print the completions for a shell: bash, zsh, fish, powershell or elvish
    Completions(CompletionsArguments),
    /// Print the manual page, for man
    #[command(after_help = MAN_EXAMPLES)]
    Man,
    /// Index a small sample archive into a temporary folder and search it
    #[command(after_help = DEMO_EXAMPLES)]
    Demo,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory;
        Arguments::command().debug_assert();
    }
}
