//! What Shukach promises, a module a promise; one binary, so that it is linked once.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a fixture that cannot be made fails its test"
)]

/// Each step of the analysis in the whole, and what holds for any text.
mod analysis_steps;
/// A module of the library uses only those before it; the library neither prints nor exits.
mod architecture;
/// Archives in temporary folders, and what their indexes hold.
mod archive_fixture;
/// Files that are no articles and folders that are no indexes.
mod bad_input;
/// A node that answers what a test says, with or without TLS.
#[cfg(feature = "opensearch")]
mod canned_node;
/// The command line: exit codes, messages, colours, pipes.
mod cli;
/// The program, run as people run it.
mod cli_fixture;
/// An index in a cluster answers as the one in a folder.
#[cfg(feature = "opensearch")]
mod cluster;
/// Requests with many articles, some of which a cluster refuses.
#[cfg(feature = "opensearch")]
mod cluster_bulk;
/// Nodes of a cluster that are cut off from the others.
#[cfg(feature = "opensearch")]
mod cluster_cut_off;
/// Nodes of a cluster that die, hang, are slow or restart.
#[cfg(feature = "opensearch")]
mod cluster_faults;
/// Copies, similar articles, contents and the server of an index in a cluster.
#[cfg(feature = "opensearch")]
mod cluster_features;
/// The same articles in a folder and in a cluster.
#[cfg(feature = "opensearch")]
mod cluster_fixture;
/// Clusters that refuse, are silent or are no clusters: a clear message for each.
#[cfg(feature = "opensearch")]
mod cluster_messages;
/// Three nodes of a real cluster, to be killed, stopped and cut off.
#[cfg(feature = "opensearch")]
mod cluster_nodes;
/// Pages of an index in a cluster follow one another by their cursors.
#[cfg(feature = "opensearch")]
mod cluster_pages;
/// An index of three nodes that is read and written while nodes fail.
#[cfg(feature = "opensearch")]
mod cluster_scene;
/// Archives are indexed into a cluster, also by workers that are killed or know not of each other.
#[cfg(feature = "opensearch")]
mod cluster_writing;
/// Copies of articles: found, shown as one hit, counted once, listed.
mod completion;
/// Compressed files, archives and the standard input.
mod containers;
mod copies;
/// A killed process loses nothing that was committed, and the next one mends the rest.
mod crash;
/// Dependencies: each is explained, and their licences, sources and versions are ones that we
/// accept.
mod dependencies;
/// Words lead to their lemmas, whatever they look like.
mod dictionary;
/// What a job that has ended means, however other jobs end.
mod durability;
/// Estimated dates are shown as such, counted with a notice and left out on demand.
mod estimated_dates;
/// Estimated days of publication, measured where the real ones are known.
mod estimates;
/// The counts of an answer, beside those of a plain scan.
mod facet_scan;
/// Facets, counts and timelines: what they count, what they look like, messages for faulty queries.
mod facets;
/// Whatever the disk does at whatever moment, the index is that of a commit.
mod faults;
/// A disk that fails, or loses what it was not asked to keep.
mod faulty_disk;
mod field_maps;
/// The samples of every input format, whole, cut and damaged.
mod formats;
/// Commands that make an index anew, on a disk without room for it.
mod full_disk;
/// Natural phrases: words that join and ask leave no article out.
mod function_words;
/// The help, its examples and messages for faulty command lines, in both languages.
mod help;
/// Hits alone, without any counts, are those of the whole answer.
mod hits_alone;
/// The JSON Schemas and the index schema describe what is really read and written.
mod index_schema;
/// An archive into an index: what comes in, what changes, what is refused.
mod ingest;
/// What was read and why: `inspect`, reports, counts.
mod inspect;
/// A run that is interrupted keeps what it has read, and the next one does the rest.
mod interrupt;
/// A concordance: every occurrence between the words around it.
mod kwic;
/// A file of the user's own words, for queries.
mod lexicon;
/// How much memory a job takes.
mod limits;
/// Links to articles that terminals can open.
mod links;
/// Articles listed without a query.
mod lists;
/// What is highlighted in a text is what matched, by the index and by a plain scan alike.
mod living_archive;
mod marks;
/// Copies, measured on an archive that says which of its articles are copies.
mod measured_copies;
/// What `reindex`, `repair` and `optimize` print, in both languages.
mod mending_outputs;
/// Files import one another in one direction, inside a module too, and each `mod.rs` is a map.
mod module_graph;
/// Articles like another one: those that share its key terms.
mod more_like;
/// Small things that a newcomer stumbles over.
mod newcomers;
/// The forms of an answer for other programs, and where it goes.
mod newsroom;
mod outputs;
/// Pages of `shukach serve`, read as a browser reads them.
mod page_fixture;
/// Pages of twenty layouts: title, date and text.
mod page_layouts;
/// Pages of `shukach serve` hold no code, whatever articles hold, and ask for the token.
mod page_safety;
/// Every hit, at any depth.
mod pages;
/// The query language on the command line: parsing, errors, notices, explanations, languages.
mod query_cli;
/// How queries are understood, and messages for faulty ones, as golden files.
mod query_trees;
/// Random queries with every operator, over a few words.
mod random_queries;
/// README and docs are true: their commands run, their links lead somewhere, their tables are
/// complete.
mod readme;
/// Indexes made anew from what they hold, of this and of older versions.
mod rebuilding;
/// The sample archive's judgements: ranking may not get worse.
mod relevance;
/// The sample archive, indexed once for all tests that only read.
mod removal;
/// Damaged indexes made whole of what is left of them.
mod repairing;
/// Whatever happens to files with exact repeats, the index is that of a fresh one.
mod repeat_sequences;
/// Exact repeats are stored once with all their places; hits tell the line of their file.
mod repeats;
mod sample;
/// Searching finds exactly what a plain scan over the articles finds.
mod scan;
/// The query language and the order, the counts and the dates of what it finds.
mod search;
/// The API answers what the command line does, with the same errors.
mod serve_api;
/// `shukach serve` in a process of its own, asked over real connections.
mod serve_fixture;
/// What the API says of itself, what it leaves unsaid, packs and picks up.
mod serve_http;
/// Pages for people: whole without a script, and in both languages.
mod serve_page;
/// Who may ask, what browsers are told, limits, the log and the end of `shukach serve`.
mod serve_safety;
/// Settings from flags, the environment and files, the strongest first.
mod settings;
/// Several indexes searched as one.
mod several_indexes;
/// Several workers, each with a share of one archive and an index of its own.
mod shares;
/// A whole article, with the words of a query marked.
mod show;
/// A network that takes its time.
#[cfg(feature = "opensearch")]
mod slow_proxy;
/// `shukach snapshot` copies an index while it is written to.
mod snapshot;
/// A word that no article has is named, and what may have been meant is offered and never taken
/// unasked.
mod suggestions;
/// Source files are tidy: no leftovers, no catch-all names, no mixed alphabets.
mod tidy;
/// Queries of other systems in our language.
mod translations;
/// Answers to people who read Ukrainian.
mod ukrainian;
/// `shukach verify` tells every damage that could change an answer.
mod verify;
/// The keys of some thousand words, as a golden file.
mod vocabulary;
/// `shukach watch` follows the files.
mod watching;
/// Phrases whose words may stand in any order.
mod word_order;
/// The inflected forms, spellings and languages in which a word is found.
mod words;
/// `--tz written` counts every article on the day that it names itself.
mod written_days;
/// Words are found however people write them.
mod written_words;
