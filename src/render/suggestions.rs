//! What to ask instead, for people.

use crate::locale::Locale;
use crate::render::sanitize::one_line;
use crate::render::shell::SearchCommand;
use crate::render::wording::articles;
use crate::search::{QueryWord, SearchResponse, Suggestion, SuggestionKind};
use std::io::{self, Write};

const INDENT: &str = "    ";

/// Writes which words have no hits and what to ask instead, as commands like `command`; in an
/// answer that found nothing also what else might help.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write(
    response: &SearchResponse,
    command: &SearchCommand,
    locale: Locale,
    out: &mut impl Write,
) -> io::Result<()> {
    if !response.words_without_hits.is_empty() {
        let words = response.words_without_hits.iter();
        let words: Vec<String> = words.map(|word| in_quotes(&word.word)).collect();
        match locale {
            Locale::English => writeln!(out, "No article has {}.", words.join(" or "))?,
            Locale::Ukrainian => writeln!(out, "Немає в жодній статті: {}.", words.join(", "))?,
        }
    }
    if !response.suggestions.is_empty() {
        write_suggestions(&response.suggestions, command, locale, out)?;
        return write_any(response, command, locale, out);
    }
    if response.has_hits() {
        return Ok(());
    }
    if response.words_alone.is_empty() {
        if has_any(response) {
            return write_any(response, command, locale, out);
        }
        let is_one = |word: &QueryWord| word.word == response.query.trim();
        let way_out = if response.words_without_hits.iter().any(is_one) {
            locale.choose("Try another spelling.", "Спробуйте інше написання.")
        } else {
            locale.choose(
                "Try fewer words, another spelling, or --match any for articles with some of the words.",
                "Спробуйте менше слів, інше написання або --match any, щоб досить було деяких зі слів.",
            )
        };
        return writeln!(out, "{way_out}");
    }
    write_alone(response, locale, out)?;
    write_any(response, command, locale, out)
}

fn write_suggestions(
    suggestions: &[Suggestion],
    command: &SearchCommand,
    locale: Locale,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut queries: Vec<&str> = Vec::new();
    let (found, lost): (Vec<&Suggestion>, Vec<&Suggestion>) = suggestions
        .iter()
        .partition(|suggestion| suggestion.hits > 0);
    if !found.is_empty() {
        writeln!(
            out,
            "{}",
            locale.choose("Did you mean:", "Можливо, малося на увазі:")
        )?;
    }
    for suggestion in found {
        // Two wrong words share the query that mends both.
        if !queries.contains(&suggestion.query.as_str()) {
            queries.push(&suggestion.query);
            let reason = if suggestion.kind == SuggestionKind::Layout {
                locale.choose(
                    ", in another keyboard layout",
                    ", в іншій розкладці клавіатури",
                )
            } else {
                ""
            };
            writeln!(
                out,
                "{INDENT}{}  ({}{reason})",
                command.with_query(&suggestion.query),
                articles(suggestion.hits, locale)
            )?;
        }
    }
    for suggestion in lost {
        let meant = in_quotes(&suggestion.replacement);
        let typed = in_quotes(&suggestion.word);
        match locale {
            Locale::English => writeln!(
                out,
                "Did you mean {meant} by {typed}? No article has it with the rest of the query."
            )?,
            Locale::Ukrainian => writeln!(
                out,
                "Може, замість {typed} малося на увазі {meant}? З рештою запиту такої статті немає."
            )?,
        }
    }
    Ok(())
}

fn write_alone(response: &SearchResponse, locale: Locale, out: &mut impl Write) -> io::Result<()> {
    let words = &response.words_alone;
    if words.iter().all(|word| word.articles == 0) {
        let these = match (locale, words.len()) {
            (Locale::English, 1) => "this word",
            (Locale::English, _) => "these words",
            (Locale::Ukrainian, 1) => "це слово",
            (Locale::Ukrainian, _) => "ці слова",
        };
        return match locale {
            Locale::English => writeln!(
                out,
                "The archive has {these}, but not with these dates and sources."
            ),
            Locale::Ukrainian => writeln!(
                out,
                "В архіві {these} є, але не з такими датами й джерелами."
            ),
        };
    }
    let counts: Vec<String> = words
        .iter()
        .map(|word| {
            let between = locale.choose("in", "–");
            let count = articles(word.articles, locale);
            format!("{} {between} {count}", in_quotes(&word.word))
        })
        .collect();
    writeln!(
        out,
        "{}: {}.",
        locale.choose(
            "No article has it all as it was asked for. Each word alone",
            "Жодна стаття не має всього так, як у запиті. Кожне слово окремо",
        ),
        counts.join(", ")
    )
}

/// Returns whether some articles have some of the words.
fn has_any(response: &SearchResponse) -> bool {
    response.match_any_hits.is_some_and(|hits| hits > 0)
}

/// Offers the articles with some of the words, if there are any.
fn write_any(
    response: &SearchResponse,
    command: &SearchCommand,
    locale: Locale,
    out: &mut impl Write,
) -> io::Result<()> {
    if let Some(hits) = response.match_any_hits.filter(|&hits| hits > 0) {
        let mut any = command.clone();
        any.set("--match", "any");
        let heading = locale.choose(
            "Articles with some of the words:",
            "Статті з деякими зі слів:",
        );
        writeln!(
            out,
            "{heading}\n{INDENT}{}  ({})",
            any.with_query(&response.query),
            articles(hits, locale)
        )?;
    }
    Ok(())
}

fn in_quotes(word: &str) -> String {
    format!("\"{}\"", one_line(word))
}
