//! Where front matter begins and ends, and in which syntax it is.

use crate::archive::plain::front_matter::key;

/// The front matter of a text, still as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fenced<'t> {
    pub(crate) syntax: Syntax,
    pub(crate) source: &'t str,
    /// The line on which `source` begins, counted from 1.
    pub(crate) first_line: u64,
    /// The text behind it.
    pub(crate) body: &'t str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Syntax {
    /// Between `---` lines.
    Yaml,
    /// Between `+++` lines.
    Toml,
    /// An object at the beginning.
    Json,
    /// `Title: …` lines up to a blank one.
    Lines,
}

/// Finds the front matter at the beginning of a text.
///
/// A `---` above prose is a rule across the page: there must be a key that front matter has, or
/// nothing but keys.
pub(crate) fn find(text: &str) -> Option<Fenced<'_>> {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let (before, _) = text.split_at_checked(text.len() - start.len())?;
    let first_line = before.bytes().filter(|byte| *byte == b'\n').count();
    let first_line = u64::try_from(first_line).ok()? + 1;
    let (first, behind) = start.split_once('\n').unwrap_or((start, ""));
    let found = match first.trim_end() {
        "---" => {
            let (source, body) = up_to(behind, &["---", "..."])?;
            (has_keys(source, ':') || source.trim().is_empty()).then_some((
                Syntax::Yaml,
                source,
                body,
                1,
            ))
        }
        "+++" => {
            let (source, body) = up_to(behind, &["+++"])?;
            (has_keys(source, '=') || source.trim().is_empty()).then_some((
                Syntax::Toml,
                source,
                body,
                1,
            ))
        }
        _ if first.starts_with('{') => {
            object(start).map(|(source, body)| (Syntax::Json, source, body, 0))
        }
        _ => lines(start).map(|(source, body)| (Syntax::Lines, source, body, 0)),
    };
    found.map(|(syntax, source, body, offset)| Fenced {
        syntax,
        source,
        first_line: first_line + offset,
        body,
    })
}

fn up_to<'t>(text: &'t str, fences: &[&str]) -> Option<(&'t str, &'t str)> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if fences.contains(&line.trim_end()) {
            return Some((text.get(..start)?, text.get(start + line.len()..)?));
        }
        start += line.len();
    }
    None
}

/// Returns whether lines of `source` are keys with values.
fn has_keys(source: &str, separator: char) -> bool {
    let is_beside = |line: &&str| {
        line.trim().is_empty()
            || line.starts_with([' ', '\t', '#', '-', ']', '}', '['])
            || key_of(line, separator).is_some()
    };
    let mut keys = source.lines().filter_map(|line| key_of(line, separator));
    keys.any(key::is_known)
        || (source.lines().any(|line| key_of(line, separator).is_some())
            && source.lines().all(|line| is_beside(&line)))
}

/// Returns the key at the beginning of a line.
pub(crate) fn key_of(line: &str, separator: char) -> Option<&str> {
    let (key, value) = line.split_once(separator)?;
    let name = key.trim_end().trim_matches(['"', '\'']);
    let is_name = !name.is_empty()
        && name.len() <= 64
        && !key.starts_with(char::is_whitespace)
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' '))
        && name.split(' ').count() <= 3;
    let is_apart = separator == '=' || value.is_empty() || value.starts_with(char::is_whitespace);
    (is_name && is_apart).then_some(name)
}

/// An object that has a key of front matter and text behind it.
fn object(text: &str) -> Option<(&str, &str)> {
    let mut stream = serde_json::Deserializer::from_str(text)
        .into_iter::<serde_json::Map<String, serde_json::Value>>();
    let object = stream.next()?.ok()?;
    let (source, body) = text.split_at_checked(stream.byte_offset())?;
    let is_front =
        object.keys().any(|name| key::is_known(name)) && body.starts_with(['\n', '\r', ' ']);
    is_front.then_some((source, body))
}

/// `Title: …` and other keys that are known, two at least, up to a blank line.
fn lines(text: &str) -> Option<(&str, &str)> {
    let (mut end, mut count, mut has_title) = (0, 0, false);
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            break;
        }
        let name =
            key_of(line.trim_end(), ':').filter(|name| name.is_ascii() && key::is_known(name))?;
        has_title |= name.eq_ignore_ascii_case("title");
        count += 1;
        end += line.len();
    }
    (count >= 2 && has_title)
        .then(|| text.split_at_checked(end))
        .flatten()
}
