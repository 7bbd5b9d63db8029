//! Patterns of forms: wildcards, regular expressions and words with typing errors.
//!
//! Patterns match folded forms as they stand in the index, never stems.

use crate::analysis::characters::apostrophe::{APOSTROPHE, is_apostrophe};
use crate::analysis::characters::invisible::{is_invisible, is_stress};
use crate::analysis::words::forms::HYPHEN;
use crate::query::ast::{Word, WordMode};
use regex::{Regex, RegexBuilder};
use std::str::Chars;
use unicode_normalization::UnicodeNormalization;

/// Least number of letters or digits a pattern begins with; a shorter one would match half of the
/// archive.
pub const MIN_LITERAL_CHARS: usize = 2;

/// The largest compiled regular expression, in bytes.
const MAX_REGEX_BYTES: usize = 1 << 20;

/// A pattern, ready to be compared with forms.
#[derive(Debug, Clone)]
pub struct FormPattern {
    /// The pattern as it was typed, for people.
    pub text: String,
    /// What every form that it matches begins with.
    pub prefix: String,
    /// What the whole form must look like.
    pub shape: Shape,
}

/// What a form must look like.
#[derive(Debug, Clone)]
pub enum Shape {
    /// `*` stands for any number of characters and `?` for one.
    Wildcard(Vec<char>),
    /// The regular expression must match the form as a whole.
    Regex(Regex),
    /// The form is within this many typing errors.
    Fuzzy {
        /// The form.
        form: String,
        /// 1 or 2.
        max_edits: u8,
    },
}

impl PartialEq for FormPattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for FormPattern {}

impl FormPattern {
    /// Makes the pattern of a word of a query; `None` where the word is none or its regular
    /// expression cannot be read.
    pub fn of(word: &Word) -> Option<Self> {
        let text = word.text.as_str();
        let pattern = |text: String, prefix, shape| {
            Some(Self {
                text,
                prefix,
                shape,
            })
        };
        match word.reading {
            WordMode::Wildcard => {
                let folded = fold(text);
                let prefix = folded.chars().take(literal_chars(&folded)).collect();
                let shape = Shape::Wildcard(folded.chars().collect());
                pattern(text.to_owned(), prefix, shape)
            }
            WordMode::Regex => {
                let regex = compile_regex(text).ok()?;
                pattern(format!("/{text}/"), regex_prefix(text), Shape::Regex(regex))
            }
            WordMode::Fuzzy { max_edits } => {
                let form = fold(text);
                let shape = Shape::Fuzzy { form, max_edits };
                pattern(format!("{text}~{max_edits}"), String::new(), shape)
            }
            _ => None,
        }
    }

    /// Returns whether `form` begins and looks as it must. Slips are not counted here; an automaton
    /// does it.
    pub fn matches(&self, form: &str) -> bool {
        form.starts_with(&self.prefix)
            && match &self.shape {
                Shape::Wildcard(pattern) => matches_wildcard(pattern, form),
                Shape::Regex(regex) => regex.is_match(form),
                Shape::Fuzzy { .. } => false,
            }
    }
}

/// Returns how many characters of a pattern stand before its first `*` or `?`.
pub fn literal_chars(pattern: &str) -> usize {
    pattern
        .chars()
        .take_while(|c| !matches!(c, '*' | '?'))
        .count()
}

/// Compiles a regular expression for whole forms; the case of letters does not count.
///
/// # Errors
/// What is wrong with it, in the words of the library.
pub fn compile_regex(pattern: &str) -> Result<Regex, String> {
    let folded: String = pattern
        .chars()
        .map(|c| if is_apostrophe(c) { APOSTROPHE } else { c })
        .collect();
    RegexBuilder::new(&format!("^(?:{folded})$"))
        .case_insensitive(true)
        .size_limit(MAX_REGEX_BYTES)
        .build()
        .map_err(|error| {
            let text = error.to_string();
            let last = text.lines().next_back().unwrap_or_default();
            last.trim_start_matches("error: ").trim().to_owned()
        })
}

/// Returns how many characters a regular expression begins with that every match begins with too.
pub fn regex_literal_chars(pattern: &str) -> usize {
    let mut depth = 0_u32;
    for (at, c) in pattern.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            // One side of a bar outside parentheses need not begin as the other.
            '|' if depth == 0 && !pattern.get(..at).is_some_and(|text| text.ends_with('\\')) => {
                return 0;
            }
            _ => {}
        }
    }
    let is_literal = |c: &char| c.is_alphanumeric() || is_apostrophe(*c) || *c == HYPHEN;
    let literal = pattern.chars().take_while(is_literal).count();
    let next = pattern.chars().nth(literal);
    let is_quantified = next.is_some_and(|c| "?*{".contains(c));
    literal.saturating_sub(usize::from(is_quantified))
}

fn regex_prefix(pattern: &str) -> String {
    let literal = pattern.chars().take(regex_literal_chars(pattern));
    fold(&literal.collect::<String>())
}

/// Brings the letters of a pattern into the form that words have in the index.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfd() {
        let is_mark = folded
            .chars()
            .next_back()
            .is_some_and(|letter| is_stress(c, letter));
        match c {
            c if is_invisible(c) || is_mark => {}
            c if is_apostrophe(c) => folded.push(APOSTROPHE),
            '\u{2010}' | '\u{2011}' => folded.push(HYPHEN),
            c => folded.extend(c.to_lowercase()),
        }
    }
    folded.nfc().collect()
}

/// Compares a form with a wildcard from the left; a star that took too little takes one more. Costs
/// at most the product of their lengths.
fn matches_wildcard(pattern: &[char], form: &str) -> bool {
    let mut at = 0;
    let mut rest = form.chars();
    // The pattern after the last star, and the form after what the star matched.
    let mut star: Option<(usize, Chars<'_>)> = None;
    loop {
        let before = rest.clone();
        let next = rest.next();
        match (pattern.get(at), next) {
            (Some('*'), _) => {
                at += 1;
                if at == pattern.len() {
                    return true;
                }
                rest = before;
                star = Some((at, rest.clone()));
            }
            (Some('?'), Some(_)) => at += 1,
            (Some(c), Some(here)) if *c == here => at += 1,
            (None, None) => return true,
            (_, None) => return false,
            _ => {
                let Some((behind, from)) = &mut star else {
                    return false;
                };
                from.next();
                at = *behind;
                rest = from.clone();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::ast::QueryRange;
    use crate::text::ByteRange;
    use proptest::prelude::*;

    fn pattern(text: &str, reading: WordMode) -> FormPattern {
        FormPattern::of(&Word {
            is_optional: false,
            text: text.into(),
            reading,
            place: QueryRange(ByteRange::new(0, 0)),
        })
        .unwrap()
    }

    #[test]
    fn a_star_stands_for_any_letters_and_a_question_mark_for_one() {
        let matches = |text, form| pattern(text, WordMode::Wildcard).matches(form);
        assert!(matches("гарант*", "гарант") && matches("гарант*", "гарантіями"));
        assert!(!matches("гарант*", "гаран"));
        assert!(matches("сл?во", "слово") && !matches("сл?во", "слво"));
        assert!(matches("без*ки", "безпеки") && !matches("без*ки", "безпека"));
        assert!(matches("П’ЯТ*", "п'ятниця") && matches("івано-фра*", "івано-франківськ"));
    }

    #[test]
    fn a_regular_expression_matches_the_whole_form_whatever_the_case() {
        let matches = |text, form| pattern(text, WordMode::Regex).matches(form);
        assert!(matches("Гарант(ія|ії)", "гарантії") && !matches("гарант", "гарантії"));
        assert!(matches("п’ять", "п'ять"));
        assert!(compile_regex("гара(").is_err());
    }

    #[test]
    fn only_letters_that_every_match_begins_with_count() {
        for (regex, literal) in [
            ("гарант.*", 6),
            ("ма?ти", 1),
            ("мир|війна", 0),
            ("ми(р|ф)", 2),
            (".*", 0),
            ("га{2}", 1),
            ("п'ят[ьи]", 4),
        ] {
            assert_eq!(regex_literal_chars(regex), literal, "{regex}");
        }
    }

    proptest! {
        #[test]
        fn wildcards_agree_with_the_regular_expressions_they_stand_for(
            text in "[абв*?]{1,8}", form in "[абв]{0,10}",
        ) {
            let regex = text.replace('*', ".*").replace('?', ".");
            let expected = compile_regex(&regex).unwrap().is_match(&form);
            let chars: Vec<char> = text.chars().collect();
            prop_assert_eq!(matches_wildcard(&chars, &form), expected);
        }
    }
}
