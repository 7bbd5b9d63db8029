//! Unifies all characters that people type as an apostrophe between letters.

/// The apostrophe of all forms and keys.
pub const APOSTROPHE: char = '\'';

/// Returns whether `c` is one of the characters that stand for an apostrophe between two letters.
///
/// The list: U+0027, U+0060, U+00B4, U+02B9, U+02BB, U+02BC, U+02BD, U+02C8, U+2018, U+2019,
/// U+201B, U+2032, U+FF07, U+FF40. Between letters only: elsewhere the same characters are
/// quotation marks.
pub fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`'
            | '\u{b4}'
            | '\u{2b9}'
            | '\u{2bb}'
            | '\u{2bc}'
            | '\u{2bd}'
            | '\u{2c8}'
            | '\u{2018}'
            | '\u{2019}'
            | '\u{201b}'
            | '\u{2032}'
            | '\u{ff07}'
            | '\u{ff40}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::words::tokenizer::forms_of;

    #[test]
    fn apostrophes_are_told_from_other_marks() {
        for c in "'`´ʹʻʼʽˈ‘’‛′＇｀".chars() {
            assert!(is_apostrophe(c), "U+{:04X}", u32::from(c));
        }
        for c in "\"«»“”„‚ʺ-.,а ".chars() {
            assert!(!is_apostrophe(c), "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn every_apostrophe_between_letters_gives_the_same_form() {
        for c in
            "'`\u{b4}\u{2b9}\u{2bb}\u{2bc}\u{2bd}\u{2018}\u{2019}\u{201b}\u{2032}\u{ff07}\u{ff40}"
                .chars()
        {
            assert_eq!(
                forms_of(&format!("здоров{c}я")),
                ["здоров'я"],
                "U+{:04X}",
                u32::from(c)
            );
        }
    }

    #[test]
    fn quotation_marks_around_a_word_are_not_part_of_it() {
        assert_eq!(forms_of("‘слово’ та 'інше'"), ["слово", "та", "інше"]);
    }
}
