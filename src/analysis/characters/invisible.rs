//! Drops characters that readers do not see as letters: stress marks, soft hyphens, zero-width
//! characters.

/// Returns whether `c` shows nothing and may stand inside a word: the soft hyphen, zero-width
/// spaces and joiners, the byte order mark, marks of direction.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

/// Returns whether `c` joins the letter before it (Unicode block "Combining Diacritical Marks").
pub fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Returns whether `mark` over the lower-case letter `letter` is a stress mark, which no Cyrillic
/// word is spelt with. `й` and `ї` written as two characters are letters, not stress.
pub fn is_stress(mark: char, letter: char) -> bool {
    matches!(mark, '\u{300}' | '\u{301}' | '\u{341}')
        && matches!(
            letter,
            'а' | 'е' | 'є' | 'и' | 'і' | 'ї' | 'о' | 'у' | 'ю' | 'я' | 'ы' | 'э' | 'ё'
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::words::tokenizer::forms_of;

    #[test]
    fn each_character_is_what_it_is() {
        for (c, expected) in [
            ('\u{ad}', (true, false)),
            ('\u{200b}', (true, false)),
            ('\u{2060}', (true, false)),
            ('\u{feff}', (true, false)),
            ('\u{301}', (false, true)),
            ('\u{308}', (false, true)),
            (' ', (false, false)),
            ('а', (false, false)),
        ] {
            assert_eq!((is_invisible(c), is_combining(c)), expected, "{c:?}");
        }
    }

    #[test]
    fn a_stress_mark_stands_over_a_cyrillic_vowel() {
        for (mark, letter, expected) in [
            ('\u{301}', 'а', true),
            ('\u{300}', 'ї', true),
            ('\u{341}', 'ы', true),
            ('\u{301}', 'к', false),
            ('\u{301}', 'e', false),
            ('\u{308}', 'і', false),
            ('\u{306}', 'и', false),
        ] {
            assert_eq!(is_stress(mark, letter), expected, "{letter}{mark}");
        }
    }

    #[test]
    fn stress_marks_are_dropped() {
        assert_eq!(forms_of("за́мок і замо́к"), ["замок", "і", "замок"]);
    }

    #[test]
    fn soft_hyphens_and_zero_width_characters_inside_a_word_are_dropped() {
        assert_eq!(forms_of("без\u{ad}пе\u{200b}ка\u{feff}"), ["безпека"]);
    }

    #[test]
    fn letters_written_as_two_characters_are_composed_and_not_taken_for_stress() {
        assert_eq!(
            forms_of("и\u{306}ого ї\u{301}жак і\u{308}жа"),
            ["його", "їжак", "їжа"]
        );
    }
}
