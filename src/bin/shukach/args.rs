//! The command line as it is typed.

use crate::arguments::answer::AnswerArguments;
use crate::arguments::facets::FacetArguments;
use crate::arguments::links::LinkArguments;
use crate::arguments::matching::WordArguments;
use crate::arguments::query_reading::ReadingArguments;
use crate::cli;
use crate::commands::analyze::AnalyzeArguments;
use crate::commands::count::{CountArguments, TimelineArguments};
use crate::commands::generate::CompletionsArguments;
use crate::commands::kwic::KwicArguments;
use crate::commands::more_like::MoreLikeArguments;
use crate::commands::parse::ParseArguments;
use crate::commands::show::ShowArguments;
use crate::commands::translate::TranslateArguments;
use crate::config::show::ConfigArguments;
use clap::{Args, Parser, Subcommand, ValueEnum};
use shukach::date::Date;
use shukach::date::zone::Zone;
use shukach::locale::Locale;
use shukach::query::ParseOptions;
use shukach::render::shell::SearchCommand;
use shukach::schema::Part;
use shukach::search::{SearchRequest, Sort};
use std::env;
use std::path::PathBuf;
use std::time::Duration;

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
  1  no article was found
  2  the job could not be done
  3  the index job was done, but some files or lines gave no article
  130  Ctrl-C ended it; an index job keeps what it has read

Settings hold for every command: flags can be set for good in files and in the environment (SHUKACH_INDEX and so on);
shukach config tells which are in force.";

const INDEX_EXAMPLES: &str = "\
Examples:
  shukach index ~/archive
  shukach index ~/archive/2025 ~/archive/telegram.jsonl --index /tmp/index
  shukach index ~/archive --checksum --json";

const INFO_EXAMPLES: &str = "\
Examples:
  shukach info
  shukach info --index /tmp/index --json";

const MAN_EXAMPLES: &str = "\
Examples:
  shukach man > ~/.local/share/man/man1/shukach.1
  shukach man --lang uk | man -l -";

const DEMO_EXAMPLES: &str = "\
Examples:
  shukach demo";

const SEARCH_EXAMPLES: &str = "\
Examples:
  shukach search 'гарантії безпеки'
  shukach search '«гарантії безпеки» -реклама' --from 2025-12 --source 'Хвиля Поділля'
  shukach search 'школа OR вчитель' --sort -date --limit 20
  shukach search 'мир NEAR/5 воля' --facet section --share
  shukach search 'міст' --format csv --fields published,source,title,url -o mosty.csv";

pub(crate) const QUERY_HELP: &str = "\
Queries:
  гарантії безпеки         both words, in any inflected form, anywhere in the article
  «гарантії безпеки»       side by side in this order, in any inflected form; also \"…\" and „…“
  =гарантія  ==Мир         exactly this form; with exactly these capitals
  мир -війна               without the word; also NOT and НЕ
  школа OR вчитель         either; also АБО and |
  (а OR б) AND в           AND, І and ТА join; NOT goes before NEAR, NEAR before AND, AND before OR
  мир NEAR/5 воля          at most 5 words apart (БІЛЯ/5); PRE/5 (ПЕРЕД/5) in this order; NOTNEAR/5 (НЕБІЛЯ/5)
  \"а б в\"~3               in any order with at most 3 other words between
  мир /s воля              in one sentence (/речення); /p (/абзац) in one paragraph
  ATLEAST/3 мир            at least 3 mentions (МІНІМУМ/3)
  \"угода * (мир|воля)\"    * stands for one word, (…|…) for either
  гарант*  сл?во           beginnings and letters; /гарант(ія|ії)/ a regular expression; слово~1 with one slip
  title:мир                in the title (заголовок); text (текст), lead (лід)
  source:\"Хвиля\"          of a source (джерело); author, section, lang, url, tag (автор, розділ, мова, адреса, тег)
  source:=\"Хвиля\"         with no other words; source:==\"…\" exactly this value, character by character
  date:2025-12             of a day, month or year (дата); a..b, >=a, 7d, вчора, last-month
  мир^2 воля               the first word weighs more
  \\( \\- \\\"                  a backslash takes the meaning from a mark; -F from all

Put the query between '…' so that the shell leaves it alone, and phrases between «…».

A word that no article has is named in the answer, with other queries to ask; --accept-suggestions asks them at once.";

/// Full-text search for Ukrainian news archives.
///
/// Point it at a folder of articles, and it answers with the articles that have your words in any inflected
/// form, ranked, with the sentences that match and a timeline.
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
            None => cli::system_locale(),
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
    /// Find articles
    Search(Box<SearchArguments>),
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
    /// Show what the index holds
    Info(InfoArguments),
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

#[derive(Debug, Args)]
pub(crate) struct IndexFolder {
    #[arg(
        help = "Folder of the index [default: shukach in $XDG_DATA_HOME or ~/.local/share]",
        long,
        value_name = "DIR"
    )]
    pub(crate) index: Option<PathBuf>,
}

impl IndexFolder {
    /// Returns the folder of the index.
    pub(crate) fn path(&self) -> PathBuf {
        let data = || {
            let home = env::var_os("HOME")
                .or_else(|| env::var_os("USERPROFILE"))
                .map_or_else(|| ".".into(), PathBuf::from);
            let share = env::var_os("XDG_DATA_HOME").filter(|path| !path.is_empty());
            share
                .map_or_else(|| home.join(".local/share"), PathBuf::from)
                .join("shukach")
        };
        self.index.clone().unwrap_or_else(data)
    }
}

/// Which articles an answer may hold.
#[derive(Debug, Args)]
pub(crate) struct FilterArguments {
    /// First day, month or year: 2025, 2025-12, 2025-12-28
    #[arg(long, value_name = "DATE", value_parser = Date::parse)]
    pub(crate) from: Option<Date>,
    /// Last day, month or year, included
    #[arg(long, value_name = "DATE", value_parser = Date::parse)]
    pub(crate) to: Option<Date>,
    /// Only this source; can be repeated
    #[arg(long, value_name = "SOURCE")]
    pub(crate) source: Vec<String>,
    /// Whose days are meant, in dates and in counts: a name of the IANA database, or written for the days
    /// that the articles themselves name
    #[arg(long, value_name = "ZONE", default_value = "Europe/Kyiv", value_parser = Zone::parse)]
    pub(crate) tz: Zone,
}

impl FilterArguments {
    /// Puts them into a request.
    pub(crate) fn within(&self, request: SearchRequest) -> SearchRequest {
        SearchRequest {
            from: self.from,
            to: self.to,
            sources: self.source.clone(),
            zone: self.tz.clone(),
            ..request
        }
    }
}

#[derive(Debug, Args)]
#[command(after_help = INDEX_EXAMPLES)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct IndexArguments {
    /// Files or folders to read: .txt .md .html .json .jsonl .ndjson
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) folder: IndexFolder,
    /// Keep articles whose file is gone
    #[arg(long)]
    pub(crate) keep_missing: bool,
    /// Go on where a path holds no article files, and remove what the index holds from there
    #[arg(long)]
    pub(crate) allow_empty: bool,
    /// Compare the content of every file, not only of those whose size or time of change differs
    #[arg(long)]
    pub(crate) checksum: bool,
    /// Threads that analyse and write [default: one a processor, at most 4]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    pub(crate) threads: Option<u16>,
    /// Show no progress and list no failures
    #[arg(short, long)]
    pub(crate) quiet: bool,
    /// Print the summary as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = format!("{SEARCH_EXAMPLES}\n\n{QUERY_HELP}"))]
pub(crate) struct SearchArguments {
    /// What to look for
    #[arg(value_name = "QUERY", required_unless_present = "queries")]
    pub(crate) query: Vec<String>,
    #[command(flatten)]
    pub(crate) folder: IndexFolder,
    #[command(flatten)]
    pub(crate) filter: FilterArguments,
    /// How many hits to show
    #[arg(
        short = 'n',
        long,
        value_name = "N",
        default_value_t = 10,
        allow_negative_numbers = true
    )]
    pub(crate) limit: usize,
    /// How many hits to leave out first
    #[arg(
        long,
        value_name = "N",
        default_value_t = 0,
        allow_negative_numbers = true
    )]
    pub(crate) offset: usize,
    /// The best first (score), the oldest first (date) or the newest first (-date) [default: score]
    #[arg(long, value_enum, allow_hyphen_values = true)]
    pub(crate) sort: Option<SortChoice>,
    /// Buckets of the timeline
    #[arg(long, value_enum, default_value_t = PeriodChoice::Month)]
    pub(crate) by: PeriodChoice,
    #[command(flatten)]
    pub(crate) facets: FacetArguments,
    #[command(flatten)]
    pub(crate) reading: ReadingArguments,
    #[command(flatten)]
    pub(crate) words: WordArguments,
    /// Let scores fade with age: after so many days an article counts half
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=36_500))]
    pub(crate) recent: Option<u32>,
    /// With --match any, do not also find words that begin alike (гарантувати beside гарантія)
    #[arg(long)]
    pub(crate) no_related: bool,
    /// Replace words that no article has by what was most likely meant, and say so
    #[arg(long)]
    pub(crate) accept_suggestions: bool,
    /// Answer with what is found after so many milliseconds, and say so
    #[arg(long, value_name = "MS")]
    pub(crate) timeout: Option<u64>,
    /// Tell of each hit which forms matched, where, and how its score came about
    #[arg(long)]
    pub(crate) explain: bool,
    #[command(flatten)]
    pub(crate) answer: AnswerArguments,
    /// Answer many queries: a file with one query a line, its id and a tab before it; - for standard input
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    pub(crate) queries: Option<PathBuf>,
    /// Colours
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColourChoice::Auto)]
    pub(crate) color: ColourChoice,
    #[command(flatten)]
    pub(crate) links: LinkArguments,
    /// The options that another query is asked with.
    #[arg(skip)]
    pub(crate) repeated: Vec<String>,
}

impl SearchArguments {
    /// Returns the request for one query.
    pub(crate) fn request(&self, query: &str, locale: Locale) -> SearchRequest {
        SearchRequest {
            options: ParseOptions {
                allows_negation: self.answer.all,
                ..self.reading.options_in(&self.filter.tz)
            },
            locale,
            limit: self.limit,
            offset: self.offset,
            sort: match self.sort {
                None | Some(SortChoice::Score) => Sort::Score,
                Some(SortChoice::Oldest) => Sort::Oldest,
                Some(SortChoice::Newest) => Sort::Newest,
            },
            cursor: self.answer.cursor.clone(),
            track_total: !self.answer.no_counts,
            timeline: self.by.period(),
            facets: self.facets.request(),
            depth: self.answer.depth(),
            snippets: self.answer.snippets,
            snippet_chars: usize::from(self.answer.snippet_chars),
            half_life_days: self.recent,
            related: !self.no_related,
            timeout: self.timeout.map(Duration::from_millis),
            explain: self.explain,
            accept_suggestions: self.accept_suggestions,
            ..self
                .words
                .within(self.filter.within(SearchRequest::new(query)))
        }
    }

    /// Returns the command that asks another query in the same way, for people to copy; what concerns only the
    /// look of the answer, and the page, is left out.
    pub(crate) fn command(&self) -> SearchCommand {
        SearchCommand {
            options: self.repeated.clone(),
            has_all_buckets: self.facets.commands,
        }
    }
}

#[derive(Debug, Args)]
#[command(after_help = INFO_EXAMPLES)]
pub(crate) struct InfoArguments {
    #[command(flatten)]
    pub(crate) folder: IndexFolder,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Colours
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColourChoice::Auto)]
    pub(crate) color: ColourChoice,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SortChoice {
    Score,
    #[value(name = "date")]
    Oldest,
    #[value(name = "-date")]
    Newest,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PeriodChoice {
    Year,
    Month,
    Week,
    Day,
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PartChoice {
    Title,
    Lead,
    Body,
}

impl PartChoice {
    /// Returns the chosen parts, each once, in reading order.
    pub(crate) fn parts(choices: &[Self]) -> Vec<Part> {
        let mut parts: Vec<Part> = choices.iter().map(|part| (*part).into()).collect();
        parts.sort_unstable();
        parts.dedup();
        parts
    }
}

impl From<PartChoice> for Part {
    fn from(choice: PartChoice) -> Self {
        match choice {
            PartChoice::Title => Self::Title,
            PartChoice::Lead => Self::Lead,
            PartChoice::Body => Self::Body,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// One JSON document
    Json,
    /// A JSON object a line: each hit, then a summary
    Ndjson,
    /// A table for spreadsheets
    Csv,
    /// A table for scripts, with tabs between the cells
    Tsv,
    /// A list for documents
    Markdown,
    /// The ids, one a line
    Ids,
    /// A TREC run
    Trec,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColourChoice {
    Auto,
    Always,
    Never,
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
