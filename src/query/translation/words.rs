//! Translates single words, escaping what would be an operator here.

use crate::query::lexer::is_word_operator;
use crate::query::translation::expression::Expression;

/// Marks that mean something in our language.
const MARKS: &str = "\"«»„“”‟()[]{}:^~*?/\\|&+-=<>";
/// Marks that mean nothing between two letters or digits.
const INNER: &str = "-&/+=";

/// Returns `text` as a word of our language, whose marks other than those that are `kept` are but
/// text; none where nothing in it can be looked for.
pub(crate) fn word(text: &str, kept: &str) -> Option<String> {
    let is_mark = |c: char| !c.is_alphanumeric() && !kept.contains(c);
    let text = text.trim_matches(is_mark);
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

/// Returns a pattern with `*` and `?` as a word of our language: as a regular expression where `?`
/// stands at an end of the word, as ours stands between letters only. None where it has no letters.
pub(crate) fn pattern(text: &str) -> Option<String> {
    let plain = word(text, "*?")?;
    let letters: Vec<char> = plain.chars().collect();
    let is_letter = |at: Option<usize>| {
        let letter = at.and_then(|at| letters.get(at));
        letter.is_some_and(|c| c.is_alphanumeric())
    };
    let is_between = |at: usize| is_letter(at.checked_sub(1)) && is_letter(Some(at + 1));
    let is_ours = (0..letters.len()).all(|at| letters[at] != '?' || is_between(at));
    if is_ours {
        return Some(plain);
    }
    let mut regex = String::from("/");
    for c in letters {
        match c {
            '?' => regex.push('.'),
            '*' => regex.push_str(".*"),
            c if c.is_alphanumeric() || "'’-".contains(c) => regex.push(c),
            _ => {}
        }
    }
    regex.push('/');
    Some(regex)
}

/// Returns a word that is to be found in this form alone; a regular expression finds forms as they
/// stand anyway.
pub(crate) fn exact(marks: &str, word: &str) -> String {
    if word.starts_with('/') {
        word.to_owned()
    } else {
        format!("{marks}{word}")
    }
}

/// Returns the words of a phrase that is written with spaces, none of whose marks means anything.
pub(crate) fn words(phrase: &str) -> Vec<String> {
    let words = phrase.split_whitespace();
    words.filter_map(|text| word(text, "")).collect()
}

/// Returns whether a value that stood without quotes is a pattern that ours cannot be: only the end
/// can be open.
pub(crate) fn is_pattern_of_value(value: &str) -> bool {
    let value = value.strip_suffix('*').unwrap_or(value);
    value.contains(['*', '?'])
}

/// Returns a condition on the `value` of a field that is no text; none where it has no letters.
pub(crate) fn value(field: &str, value: &str) -> Option<Expression> {
    if !value.chars().any(char::is_alphanumeric) {
        return None;
    }
    let plain = value.replace(['"', '\\'], " ");
    let is_word = |text: &str| text.chars().all(char::is_alphanumeric);
    let beginning = plain.strip_suffix('*').filter(|text| is_word(text));
    Some(Expression::Condition(match beginning {
        Some(beginning) => format!("{field}:{beginning}*"),
        None if is_word(&plain) => format!("{field}:{plain}"),
        None => format!("{field}:\"{}\"", plain.trim()),
    }))
}

/// Returns a text whose backslashes only took the meaning from what stands behind them, without
/// them, but for those before marks that are `kept`.
pub(crate) fn unescaped(text: &str, kept: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(c) = letters.next() {
        if c != '\\' {
            plain.push(c);
            continue;
        }
        let next = letters.next();
        if next.is_some_and(|next| kept.contains(next)) {
            plain.push(c);
        }
        plain.extend(next);
    }
    plain
}
