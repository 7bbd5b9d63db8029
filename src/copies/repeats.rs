//! Exact repeats: articles that a reader cannot tell from one another, so that one of them is kept.

use crate::analysis::characters::apostrophe::is_apostrophe;
use crate::analysis::characters::invisible::is_invisible;
use crate::article::{Article, DateSource, Published};
use unicode_normalization::UnicodeNormalization;

/// Returns the first 64 bits of the hash of an article's collection and of all that its readers see
/// of it but its id and path; texts count by their normalised content. An estimated date does not
/// count: it follows from the text and the day of reading.
pub fn hash(article: &Article, collection: &str) -> u64 {
    let mut hasher = blake3::Hasher::new();
    let mut add = |text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    add(collection);
    for text in [&article.title, &article.lead, &article.body] {
        add(&normalized(text));
    }
    let is_known = |date: &Published| date.date_source != DateSource::Estimate;
    article.for_each_fact(article.published.filter(is_known), add);
    let hash = hasher.finalize();
    let bytes = hash.as_bytes().iter().take(8);
    bytes.fold(0, |bits, byte| (bits << 8) | u64::from(*byte))
}

/// Returns a text as it is compared: a run of white space is one space, at the ends it is none;
/// what is invisible is left out; quotation marks, apostrophes and dashes have one shape each; a
/// letter and its mark are one character where there is one.
fn normalized(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    if has_marks(text) {
        text.nfc().for_each(|c| add(&mut made, c));
    } else {
        text.chars().for_each(|c| add(&mut made, c));
    }
    made.truncate(made.trim_end().len());
    made
}

fn add(made: &mut String, c: char) {
    match c {
        c if c.is_whitespace() => {
            if !made.is_empty() && !made.ends_with(' ') {
                made.push(' ');
            }
        }
        '«' | '»' | '„' | '“' | '”' | '‟' => made.push('"'),
        '‐'..='―' | '−' => made.push('-'),
        c if c.is_ascii_alphanumeric() => made.push(c),
        c if is_invisible(c) => {}
        c if is_apostrophe(c) => made.push('\''),
        c => made.push(c),
    }
}

/// Returns whether a text has characters of the block "Combining Diacritical Marks": in UTF-8 they
/// begin with two bytes that begin no others.
fn has_marks(text: &str) -> bool {
    memchr::memchr2(0xCC, 0xCD, text.as_bytes()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_invisible_characters_and_shapes_of_marks_do_not_count() {
        let plain = normalized("«Міст» — це п'ять років. Їх чекали.");
        for other in [
            "  \"Міст\" - це  п’ять\u{a0}років.\r\n\r\nЇх чекали.\n",
            "“Міст” – це пʼять ро\u{ad}ків.\u{200b} І\u{308}х чекали.",
        ] {
            assert_eq!(normalized(other), plain);
        }
    }

    #[test]
    fn words_case_numbers_and_other_marks_count() {
        let plain = normalized("Курс зріс на 5 %: Міст відкрито.");
        for other in [
            "Курс зріс на -5 %: Міст відкрито.",
            "Курс зріс на 5 %: міст відкрито.",
            "Курс зріс на 5 %: Міст відкрито!",
            "Курс зріс на 5 % Міст відкрито.",
            "Курс зріс на5 %: Міст відкрито.",
        ] {
            assert_ne!(normalized(other), plain, "{other}");
        }
    }
}
