//! The endpoints: the parameters and the answer of each. Routes and `openapi.json` are made of this
//! one table. Parameters are listed by hand, so that an option of the command line that names a
//! file never becomes one.

use crate::commands::count::{CountArguments, TimelineArguments};
use crate::commands::info::InfoArguments;
use crate::commands::kwic::KwicArguments;
use crate::commands::list::ListArguments;
use crate::commands::more_like::MoreLikeArguments;
use crate::commands::parse::ParseArguments;
use crate::commands::search::SearchArguments;
use crate::commands::show::ShowArguments;
use crate::commands::translate::TranslateArguments;
use crate::exit::Failure;
use crate::serve::api::answers;
use crate::serve::api::answers::{Answer, Asked};
use crate::serve::api::completion::SuggestArguments;
use clap::{Args, Command};

/// One endpoint.
pub(crate) struct Endpoint {
    /// Its path below `/api/v1`.
    pub(crate) path: &'static str,
    /// What it answers, for its description.
    pub(crate) summary: &'static str,
    /// The arguments that it takes its parameters for.
    pub(crate) command: fn() -> Command,
    /// The names of its parameters, in groups.
    pub(crate) allowed: &'static [&'static [&'static str]],
    /// Words that go before them.
    pub(crate) before: &'static [&'static str],
    pub(crate) id: IdPlace,
    pub(crate) delivery: Delivery,
    /// The file that describes its JSON.
    pub(crate) schema: &'static str,
}

/// Where the id in the path goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IdPlace {
    /// There is none.
    Nowhere,
    /// To the arguments without a name.
    Argument,
    /// To `--copies`.
    Copies,
}

/// How an answer comes.
#[derive(Clone, Copy)]
pub(crate) enum Delivery {
    /// At once.
    Whole(fn(&Asked<'_>) -> Result<Answer, Failure>),
    /// As it is made.
    Export,
}

impl Endpoint {
    /// Returns whether it takes a parameter called `name`.
    pub(crate) fn allows(&self, name: &str) -> bool {
        self.allowed.iter().any(|group| group.contains(&name))
    }
}

/// Returns the command whose arguments are `A`.
fn command<A: Args>(name: &'static str) -> Command {
    A::augment_args(Command::new(name).no_binary_name(true))
}

const QUERY: &[&str] = &["query"];
const FILTERS: &[&str] = &[
    "from",
    "to",
    "undated",
    "date-source",
    "dates",
    "source",
    "author",
    "section",
    "tag",
    "collection",
    "language",
    "tz",
];
const READING: &[&str] = &[
    "match",
    "literal",
    "lenient",
    "strict-fields",
    "strict-words",
    "allow-leading",
    "now",
];
const WORDS: &[&str] = &["no-translit", "translit", "no-variants", "variants", "in"];
const PAGE: &[&str] = &["limit", "offset"];
const HITS: &[&str] = &["cursor", "fields", "snippets", "snippet-chars"];
pub(crate) const COUNTS: &[&str] = &["by", "facet", "facet-limit", "facet-match", "share"];
const SEARCH: &[&str] = &[
    "sort",
    "collapse",
    "unique",
    "recent",
    "no-related",
    "related",
    "accept-suggestions",
    "timeout",
    "explain",
    "no-counts",
    "no-timing",
];
const COPIES: &[&str] = &["copies"];
const SEVERAL: &[&str] = &[
    "unique",
    "by",
    "share",
    "csv",
    "no-bom",
    "separator",
    "no-timing",
];
const FACET: &[&str] = &["facet"];
const NOW: &[&str] = &["now"];
const TIMING: &[&str] = &["no-timing"];
const SORT: &[&str] = &["sort"];
const FORMAT: &[&str] = &["format"];

/// All of them.
pub(crate) static ENDPOINTS: [Endpoint; 14] = [
    Endpoint {
        path: "/search",
        summary: "Find articles, as shukach search --json",
        command: || command::<SearchArguments>("search"),
        allowed: &[
            QUERY, FILTERS, READING, WORDS, PAGE, HITS, COUNTS, SEARCH, COPIES,
        ],
        before: &["--json"],
        id: IdPlace::Nowhere,
        delivery: Delivery::Whole(answers::search),
        schema: "search-response.v1.schema.json",
    },
    Endpoint {
        path: "/list",
        summary: "List articles without a query, as shukach list --json",
        command: || command::<ListArguments>("list"),
        allowed: &[
            FILTERS,
            PAGE,
            HITS,
            COUNTS,
            SORT,
            NOW,
            TIMING,
            &["no-counts"],
        ],
        before: &["--json"],
        id: IdPlace::Nowhere,
        delivery: Delivery::Whole(answers::list),
        schema: "search-response.v1.schema.json",
    },
    Endpoint {
        path: "/count",
        summary: "Count the articles of several queries, as shukach count --json; csv=true gives a table",
        command: || command::<CountArguments>("count"),
        allowed: &[QUERY, FILTERS, READING, WORDS, SEVERAL, FACET],
        before: &[],
        id: IdPlace::Nowhere,
        delivery: Delivery::Whole(answers::count),
        schema: "counts-response.v1.schema.json",
    },
    Endpoint {
        path: "/timeline",
        summary: "Count several queries over time, as shukach timeline --json; csv=true gives a table",
        command: || command::<TimelineArguments>("timeline"),
        allowed: &[QUERY, FILTERS, READING, WORDS, SEVERAL],
        before: &[],
        id: IdPlace::Nowhere,
        delivery: Delivery::Whole(answers::timeline),
        schema: "counts-response.v1.schema.json",
    },
    Endpoint {
        path: "/facets",
        summary: "Count what a query finds, without hits, as shukach search --limit 0 --json",
        command: || command::<SearchArguments>("search"),
        allowed: &[
            QUERY,
            FILTERS,
            READING,
            WORDS,
            COUNTS,
            &["unique", "no-related", "related", "timeout", "no-timing"],
        ],
        before: &["--json", "--limit=0"],
        id: IdPlace::Nowhere,
        delivery: Delivery::Whole(answers::search),
        schema: "search-response.v1.schema.json",
    },
    Endpoint {
        path: "/kwic",
        summary: "Every occurrence between the words around it, as shukach kwic --json; format=csv and tsv give tables",
        command: || command::<KwicArguments>("kwic"),
        allowed: &[
            QUERY,
            FILTERS,
            READING,
            WORDS,
            PAGE,
            SORT,
            FORMAT,
            TIMING,
            &["context"],
        ],
        before: &[],
        id: IdPlace::Nowhere,
        delivery: Delivery::Whole(answers::kwic),
        schema: "kwic-response.v1.schema.json",
    },
    Endpoint {
        path: "/articles/{id}",
        summary: "A whole article, as shukach show --json",
        command: || command::<ShowArguments>("show"),
        allowed: &[QUERY, READING],
        before: &["--json"],
        id: IdPlace::Argument,
        delivery: Delivery::Whole(answers::article),
        schema: "article-response.v1.schema.json",
    },
    Endpoint {
        path: "/articles/{id}/similar",
        summary: "Articles like another one, as shukach more-like --json",
        command: || command::<MoreLikeArguments>("more-like"),
        allowed: &[FILTERS, PAGE, TIMING, &["in"]],
        before: &["--json"],
        id: IdPlace::Argument,
        delivery: Delivery::Whole(answers::similar),
        schema: "more-like-response.v1.schema.json",
    },
    Endpoint {
        path: "/copies/{id}",
        summary: "An article and its copies, as shukach search --copies ID --json",
        command: || command::<SearchArguments>("search"),
        allowed: &[
            QUERY,
            FILTERS,
            READING,
            WORDS,
            PAGE,
            HITS,
            COUNTS,
            &["sort", "no-timing"],
        ],
        before: &["--json"],
        id: IdPlace::Copies,
        delivery: Delivery::Whole(answers::search),
        schema: "search-response.v1.schema.json",
    },
    Endpoint {
        path: "/parse",
        summary: "How a query is understood, as shukach parse --json",
        command: || command::<ParseArguments>("parse"),
        allowed: &[QUERY, READING],
        before: &["--json"],
        id: IdPlace::Nowhere,
        delivery: Delivery::Whole(answers::parse),
        schema: "parse.v1.schema.json",
    },
    Endpoint {
        path: "/translate",
        summary: "A query of another search system in our language, as shukach translate --json",
        command: || command::<TranslateArguments>("translate"),
        allowed: &[QUERY, NOW, &["from"]],
        before: &["--json"],
        id: IdPlace::Nowhere,
        delivery: Delivery::Whole(answers::translate),
        schema: "translation.v1.schema.json",
    },
    Endpoint {
        path: "/suggest",
        summary: "Words of the archive that begin as the last word of a query does",
        command: || command::<SuggestArguments>("suggest"),
        allowed: &[QUERY, &["limit", "in"]],
        before: &[],
        id: IdPlace::Nowhere,
        delivery: Delivery::Whole(answers::suggest),
        schema: "completions-response.v1.schema.json",
    },
    Endpoint {
        path: "/info",
        summary: "What the index holds, as shukach info --json",
        command: || command::<InfoArguments>("info"),
        allowed: &[],
        before: &["--json"],
        id: IdPlace::Nowhere,
        delivery: Delivery::Whole(answers::info),
        schema: "info.v1.schema.json",
    },
    Endpoint {
        path: "/export",
        summary: "Every hit as it is made, as shukach search --all --format ndjson; also csv, tsv, markdown and ids; with limit, offset or cursor these hits alone",
        command: || command::<SearchArguments>("search"),
        allowed: &[
            QUERY, FILTERS, READING, WORDS, PAGE, HITS, SEARCH, COPIES, FORMAT,
        ],
        before: &[],
        id: IdPlace::Nowhere,
        delivery: Delivery::Export,
        schema: "search-line.v1.schema.json",
    },
];

/// Returns the endpoint at `path`.
pub(crate) fn at(path: &str) -> Option<&'static Endpoint> {
    ENDPOINTS.iter().find(|endpoint| endpoint.path == path)
}

/// Returns the command that an export of a list takes its parameters for.
pub(crate) fn list_command() -> Command {
    command::<ListArguments>("list")
}
