//! What to ask instead, for people.

use super::sanitize::one_line;
use super::shell::SearchCommand;
use super::text::articles;
use crate::search::{SearchResponse, Suggestion, SuggestionKind};
use std::io::{self, Write};

const INDENT: &str = "    ";

/// Writes which words have no hits and what to ask instead, as commands like `command`; in an answer that found
/// nothing also what else might help.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write(
    response: &SearchResponse,
    command: &SearchCommand,
    out: &mut impl Write,
) -> io::Result<()> {
    if !response.words_without_hits.is_empty() {
        let words = response.words_without_hits.iter();
        let words: Vec<String> = words.map(|word| in_quotes(&word.word)).collect();
        writeln!(out, "No article has {}.", words.join(" or "))?;
    }
    if !response.suggestions.is_empty() {
        return write_suggestions(&response.suggestions, command, out);
    }
    if response.total > 0 {
        return Ok(());
    }
    if response.words_alone.is_empty() {
        return writeln!(
            out,
            "Try fewer words, another spelling, or --match any for articles with some of the words."
        );
    }
    write_alone(response, command, out)
}

fn write_suggestions(
    suggestions: &[Suggestion],
    command: &SearchCommand,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut queries: Vec<&str> = Vec::new();
    let (found, lost): (Vec<&Suggestion>, Vec<&Suggestion>) = suggestions
        .iter()
        .partition(|suggestion| suggestion.hits > 0);
    if !found.is_empty() {
        writeln!(out, "Did you mean:")?;
    }
    for suggestion in found {
        // Two wrong words share the query that mends both.
        if !queries.contains(&suggestion.query.as_str()) {
            queries.push(&suggestion.query);
            let reason = if suggestion.kind == SuggestionKind::Layout {
                ", in another keyboard layout"
            } else {
                ""
            };
            writeln!(
                out,
                "{INDENT}{}  ({}{reason})",
                command.with_query(&suggestion.query),
                articles(suggestion.hits)
            )?;
        }
    }
    for suggestion in lost {
        writeln!(
            out,
            "Did you mean {} by {}? No article has it with the rest of the query.",
            in_quotes(&suggestion.replacement),
            in_quotes(&suggestion.word)
        )?;
    }
    Ok(())
}

fn write_alone(
    response: &SearchResponse,
    command: &SearchCommand,
    out: &mut impl Write,
) -> io::Result<()> {
    let words = &response.words_alone;
    if words.iter().all(|word| word.articles == 0) {
        return writeln!(
            out,
            "The archive has {}, but not with these dates and sources.",
            if words.len() == 1 {
                "this word"
            } else {
                "these words"
            }
        );
    }
    let counts: Vec<String> = words
        .iter()
        .map(|word| format!("{} in {}", in_quotes(&word.word), articles(word.articles)))
        .collect();
    writeln!(
        out,
        "No article has it all as it was asked for. Each word alone: {}.",
        counts.join(", ")
    )?;
    if let Some(hits) = response.match_any_hits.filter(|&hits| hits > 0) {
        let mut any = command.clone();
        any.options.extend(["--match", "any"].map(str::to_owned));
        writeln!(
            out,
            "Articles with some of the words:\n{INDENT}{}  ({})",
            any.with_query(&response.query),
            articles(hits)
        )?;
    }
    Ok(())
}

fn in_quotes(word: &str) -> String {
    format!("\"{}\"", one_line(word))
}
