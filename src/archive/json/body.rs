//! The text of a JSON article, out of all the keys that may hold it.

use crate::archive::json::entries::{Entries, Entry};
use crate::archive::json::value;
use crate::error::{Doubt, Field, Problem};
use crate::markup::{blocks, html, paragraphs};
use serde_json::Value;
use std::borrow::Cow;

/// The least length of a text under an unknown key that counts as prose, in characters.
const PROSE_CHARS: usize = 80;
/// The least number of its words.
const PROSE_WORDS: usize = 12;
/// Two versions of a text are compared by the beginning of so many letters.
const SAME_LETTERS: usize = 80;

/// The text, and what was not sure about it.
#[derive(Debug, Default)]
pub(crate) struct Body<'v> {
    pub(crate) text: String,
    /// The key that gave it.
    pub(crate) key: Option<&'v str>,
    pub(crate) doubts: Vec<Doubt>,
}

/// Reads the text of an article. Of one text given twice the one with paragraphs counts, of a text
/// and its beginning the whole; a text under a key that is not known is taken where there is no
/// other.
pub(crate) fn read<'v>(entries: &Entries<'v>) -> Body<'v> {
    let mut body = Body::default();
    for entry in entries.of_field(Field::Body) {
        if let Some(text) = body.text_of(&entry) {
            body.take(&entry, text);
        }
    }
    body.look_at_unknown(entries);
    body
}

impl<'v> Body<'v> {
    fn text_of(&mut self, entry: &Entry<'v>) -> Option<String> {
        let text = match entry.value {
            Value::Number(_) => Err("a number"),
            value => value::text(value),
        };
        match text.map(|text| text.map(|text| readable(&text))) {
            Ok(None) => None,
            Ok(Some(Ok(text))) => Some(text).filter(|text| !text.trim().is_empty()),
            Ok(Some(Err(problem))) => {
                self.doubts.push(Doubt::of(Field::Body, problem));
                None
            }
            Err(found) => {
                let problem = Problem::WrongType {
                    key: Cow::Owned(entry.key.to_owned()),
                    expected: "a string",
                    found,
                };
                self.doubts.push(Doubt::of(Field::Body, problem));
                None
            }
        }
    }

    /// Takes a text, or decides between it and the one there is.
    fn take(&mut self, entry: &Entry<'v>, text: String) {
        let is_better = match self.key {
            None => true,
            Some(_) => match relation(&self.text, &text) {
                Relation::Same => !self.text.contains('\n') && text.contains('\n'),
                Relation::Longer => true,
                Relation::Shorter => false,
                Relation::Other => {
                    self.doubt_unknown(entry.key);
                    false
                }
            },
        };
        if is_better {
            self.text = text;
            self.key = Some(entry.key);
        }
    }

    /// A text that no key explains is the body where there is none, and a doubt in any case.
    fn look_at_unknown(&mut self, entries: &Entries<'v>) {
        let lead = entries.of_field(Field::Lead);
        let is_lead = |text: &str| {
            lead.iter()
                .filter_map(|entry| entry.value.as_str())
                .any(|lead| !matches!(relation(lead, text), Relation::Other | Relation::Longer))
        };
        for entry in entries.unknown() {
            let Some(text) = prose(entry.value).filter(|text| !is_lead(text)) else {
                continue;
            };
            if self.key.is_none() {
                self.text = text;
                self.key = Some(entry.key);
                self.doubt_unknown(entry.key);
            } else if matches!(
                relation(&self.text, &text),
                Relation::Other | Relation::Longer
            ) {
                self.doubt_unknown(entry.key);
            }
        }
    }

    fn doubt_unknown(&mut self, key: &str) {
        let problem = Problem::UnknownText {
            key: key.to_owned(),
        };
        self.doubts.push(Doubt::of(Field::Body, problem));
    }
}

fn readable(text: &str) -> Result<String, Problem> {
    Ok(match html::read(text)? {
        Some(markup) => blocks::with_unix_lines(&markup.text()).into_owned(),
        None => paragraphs::unwrap_lines(&blocks::with_unix_lines(text)).into_owned(),
    })
}

/// Returns a value that reads like a text of people: long, of words, not of addresses or code.
fn prose(value: &Value) -> Option<String> {
    let is_short = |text: &str| text.len() < PROSE_CHARS;
    if matches!(value, Value::String(text) if is_short(text)) || value.is_number() {
        return None;
    }
    let text = readable(&value::text(value).ok()??).ok()?;
    let (mut chars, mut letters) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        chars += 1;
        letters += usize::from(c.is_alphabetic());
    }
    let is_prose = chars >= PROSE_CHARS
        && letters * 10 >= chars * 7
        && text.split_whitespace().nth(PROSE_WORDS).is_some()
        && !text.trim_start().starts_with(['{', '[', '<'])
        && !text.starts_with("http");
    is_prose.then_some(text)
}

/// How a second text stands to a first.
#[derive(Debug, PartialEq, Eq)]
enum Relation {
    Same,
    /// It goes on where the first ends.
    Longer,
    /// It is a piece of the first.
    Shorter,
    Other,
}

fn relation(first: &str, second: &str) -> Relation {
    let (mut ours, mut theirs) = (letters(first), letters(second));
    loop {
        match (ours.next(), theirs.next()) {
            (None, None) => return Relation::Same,
            (None, Some(_)) => return Relation::Longer,
            (Some(_), None) => return Relation::Shorter,
            (Some(a), Some(b)) if a == b => {}
            // Beginnings that were cut end in `…` or `[+1234 chars]`, and markup may have cost a
            // letter.
            (Some(_), Some(_)) => break,
        }
    }
    let begins_with = |whole: &str, part: &str| {
        letters(whole)
            .take(SAME_LETTERS)
            .eq(letters(part).take(SAME_LETTERS))
    };
    if begins_with(first, second) {
        return if second.len() > first.len() {
            Relation::Longer
        } else {
            Relation::Shorter
        };
    }
    let (whole, part): (String, String) = (letters(first).collect(), letters(second).collect());
    if whole.contains(&part) {
        Relation::Shorter
    } else if part.contains(&whole) {
        Relation::Longer
    } else {
        Relation::Other
    }
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use crate::archive::tests::{doubts, read_one};

    const PROSE: &str = "Новий міст через річку відкрили після трьох років ремонту, і рух автобусів відновили ще до обіду, розповіли в міській раді.";

    fn body(entries: &str) -> String {
        read_one(
            "a.json",
            format!("{{\"title\": \"Т\", {entries}}}").as_bytes(),
        )
        .body
    }

    fn codes(entries: &str) -> Vec<String> {
        doubts(
            "a.json",
            format!("{{\"title\": \"Т\", {entries}}}").as_bytes(),
        )
    }

    #[test]
    fn a_text_given_twice_counts_once() {
        for entries in [
            format!(
                r#""article_html": "<p>{PROSE}</p><p>Два.</p>", "article_text": "{PROSE} Два.""#
            ),
            format!(r#""text": "{PROSE} Два.", "content_html": "<p>{PROSE}</p><p>Два.</p>""#),
        ] {
            assert_eq!(body(&entries), format!("{PROSE}\n\nДва."));
            assert_eq!(codes(&entries), Vec::<String>::new());
        }
        let entries = format!(
            r#""text": "{PROSE}", "text_entities": [{{"type": "plain", "text": "{PROSE}"}}]"#
        );
        assert_eq!((body(&entries).as_str(), codes(&entries)), (PROSE, vec![]));
    }

    #[test]
    fn of_a_text_and_its_beginning_the_whole_counts() {
        let entries = format!(
            r#""text": "{PROSE}… [+512 chars]", "full_content": "{PROSE} Два. Три. Чотири. П’ять.""#
        );
        assert_eq!(body(&entries), format!("{PROSE} Два. Три. Чотири. П’ять."));
    }

    #[test]
    fn a_text_under_an_unknown_key_is_taken_with_a_doubt() {
        let entries = format!(r#""x_17": "{PROSE}", "photo": "https://visti.ua/a.jpg""#);
        assert_eq!(
            (body(&entries).as_str(), codes(&entries)),
            (PROSE, vec!["unknown-text".to_owned()])
        );
    }

    #[test]
    fn another_text_beside_the_body_is_in_doubt_but_not_what_repeats_it() {
        assert_eq!(
            codes(&format!(r#""body": "Довго.", "expert_view": "{PROSE}""#)),
            ["unknown-text"]
        );
        assert_eq!(
            codes(&format!(r#""body": "Вступ. {PROSE}", "x": "{PROSE}""#)),
            Vec::<String>::new()
        );
        assert_eq!(
            codes(&format!(
                r#""body": "Довго.", "lead": "{PROSE}", "x": "{PROSE}""#
            )),
            Vec::<String>::new()
        );
    }
}
