//! Takes from untrusted text what a terminal would obey.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Returns whether a terminal may act on `c` instead of showing it: control characters, and marks
/// that turn the direction of writing.
pub fn is_active(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}')
}

/// Returns `text` on one line with every active character replaced by U+FFFD; line breaks and tabs
/// become spaces.
pub fn one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(is_active) {
        return Cow::Borrowed(text);
    }
    let show = |c: char| match c {
        '\n' | '\t' | '\r' => ' ',
        c if is_active(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    Cow::Owned(text.chars().map(show).collect())
}

/// Returns JSON with every active character inside its strings as a `\u` escape. JSON escapes the
/// control characters below U+0020 itself; the others it would let through to a terminal.
pub fn json(text: &str) -> Cow<'_, str> {
    let must_escape = |c: char| is_active(c) && !c.is_ascii_control() || c == '\u{7f}';
    if !text.contains(must_escape) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if must_escape(c) {
            let _ = write!(escaped, "\\u{:04x}", u32::from(c));
        } else {
            escaped.push(c);
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_marks_of_direction_cannot_reach_a_terminal() {
        assert_eq!(
            one_line("а\u{1b}[31mб\u{9b}в\u{202e}г\nґ"),
            "а\u{fffd}[31mб\u{fffd}в\u{fffd}г ґ"
        );
        assert!(matches!(one_line("звичайний текст"), Cow::Borrowed(_)));
    }

    #[test]
    fn json_stays_the_same_json() {
        let value = serde_json::json!({ "text": "а\u{9b}31m\u{202e}\u{7f}\u{1b}" });
        let text = value.to_string();
        let safe = json(&text);
        assert!(!safe.contains(is_active), "{safe}");
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&safe).unwrap(),
            value
        );
    }
}
