//! Words of other systems as words of ours.

use super::super::lexer::is_word_operator;
use super::expression::Expression;

/// Marks that mean something in our language.
const MARKS: &str = "\"«»„“”‟()[]{}:^~*?/\\|&+-=<>";
/// Marks that mean nothing between two letters or digits.
const INNER: &str = "-&/+=";

/// Returns `text` as a word of our language, whose marks other than those that are `kept` are but text; none where nothing
/// in it can be looked for.
pub(super) fn word(text: &str, kept: &str) -> Option<String> {
    if !text.chars().any(char::is_alphanumeric) {
        return None;
    }
    if is_word_operator(text) {
        return Some(text.to_lowercase());
    }
    let mut word = String::with_capacity(text.len());
    let mut before: Option<char> = None;
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let is_letter = |c: char| c.is_alphanumeric();
        let is_inner =
            before.is_some_and(is_letter) && letters.peek().copied().is_some_and(is_letter);
        let is_harmless = (INNER.contains(c) && is_inner)
            || (c == ':' && is_inner && before.is_some_and(char::is_numeric));
        if MARKS.contains(c) && !kept.contains(c) && !is_harmless {
            word.push('\\');
        }
        word.push(c);
        before = Some(c);
    }
    Some(word)
}

/// Returns the words of a phrase that is written with spaces; as [`word`].
pub(super) fn words(phrase: &str, kept: &str) -> Vec<String> {
    let words = phrase.split_whitespace();
    words.filter_map(|text| word(text, kept)).collect()
}

/// Returns a condition on the `value` of a field that is no text; none where it has no letters.
pub(super) fn value(field: &str, value: &str) -> Option<Expression> {
    if !value.chars().any(char::is_alphanumeric) {
        return None;
    }
    let plain = value.replace(['"', '\\'], " ");
    let beginning = plain.strip_suffix('*').filter(|beginning| {
        let mut letters = beginning.chars();
        letters.all(char::is_alphanumeric)
    });
    Some(Expression::Condition(match beginning {
        Some(beginning) => format!("{field}:{beginning}*"),
        None if plain.chars().all(char::is_alphanumeric) => format!("{field}:{plain}"),
        None => format!("{field}:\"{}\"", plain.trim()),
    }))
}

/// Returns a text whose backslashes only took the meaning from what stands behind them, without them.
pub(super) fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(c) = letters.next() {
        match c {
            '\\' => plain.extend(letters.next()),
            c => plain.push(c),
        }
    }
    plain
}
