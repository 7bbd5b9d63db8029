//! Cuts a text into sentences for snippets.

use crate::text::ByteRange;

/// Abbreviations whose full stop ends no sentence, in lower case.
const ABBREVIATIONS: &[&str] = &[
    "ст",
    "вул",
    "просп",
    "пров",
    "бул",
    "пл",
    "м",
    "с",
    "смт",
    "р",
    "рр",
    "ім",
    "обл",
    "тис",
    "млн",
    "млрд",
    "грн",
    "коп",
    "стор",
    "див",
    "напр",
    "ред",
    "т",
    "п",
    "пор",
    "кв",
    "буд",
    "проф",
    "акад",
    "доц",
    "св",
    "о",
    "гр",
    "г",
    "ул",
    "mr",
    "mrs",
    "dr",
    "st",
    "no",
];

/// Returns the sentences of `text` in order, without the white space around them. A line break always
/// ends one; a full stop does not after an abbreviation, an initial or before a small letter.
pub fn sentences(text: &str) -> Vec<ByteRange> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let is_end = match c {
            '\n' => true,
            '!' | '?' | '…' => chars.peek().is_none_or(|(_, next)| next.is_whitespace()),
            '.' => {
                let before = ByteRange::new(start, at).of(text);
                let after = text.get(end..).unwrap_or_default();
                after.starts_with(char::is_whitespace)
                    && !ends_with_abbreviation(before)
                    && starts_sentence(after)
            }
            _ => false,
        };
        if is_end {
            push(&mut sentences, text, ByteRange::new(start, end));
            start = end;
        }
    }
    push(&mut sentences, text, ByteRange::new(start, text.len()));
    sentences
}

fn push(sentences: &mut Vec<ByteRange>, text: &str, range: ByteRange) {
    let sentence = range.of(text);
    let trimmed = sentence.trim();
    if !trimmed.is_empty() {
        let from = range.start + (sentence.len() - sentence.trim_start().len());
        sentences.push(ByteRange::new(from, from + trimmed.len()));
    }
}

fn ends_with_abbreviation(before: &str) -> bool {
    let word = before
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let mut letters = word.chars();
    let is_initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    is_initial || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

fn starts_sentence(after: &str) -> bool {
    let first = after
        .chars()
        .find(|c| !c.is_whitespace() && !"«\"„“(–—-".contains(*c));
    first.is_none_or(|c| !c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text)
            .into_iter()
            .map(|range| range.of(text))
            .collect()
    }

    #[test]
    fn sentences_end_at_full_stops_and_line_breaks() {
        assert_eq!(
            cut("Перше речення. Друге! Третє?\nЗаголовок\n\nКінець"),
            ["Перше речення.", "Друге!", "Третє?", "Заголовок", "Кінець"]
        );
    }

    #[test]
    fn abbreviations_and_initials_end_none() {
        for text in [
            "Будинок на вул. Шевченка відремонтують за 5 млн. Гривень вистачить",
            "Лист підписав І. П. Коваль",
        ] {
            assert_eq!(cut(text), [text]);
        }
        assert_eq!(cut("Це було о 5 год. потому пішов дощ.").len(), 1);
    }

    proptest! {
        #[test]
        fn sentences_are_in_order_and_cover_every_word(text in "[а-яА-Я .!?\n]{0,80}") {
            let mut end = 0;
            let mut letters = 0;
            for range in sentences(&text) {
                prop_assert!(range.start >= end && range.end <= text.len());
                prop_assert!(!range.of(&text).is_empty());
                letters += range.of(&text).chars().filter(|c| c.is_alphabetic()).count();
                end = range.end;
            }
            prop_assert_eq!(letters, text.chars().filter(|c| c.is_alphabetic()).count());
        }
    }
}
