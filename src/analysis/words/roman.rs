//! Roman numbers typed in Cyrillic letters: the `ХХІ` of most Ukrainian texts is `XXI`.
//!
//! Only І and Х serve: with С and М too, `СМІХ` in a headline would be the number 909. So numbers
//! go up to 39, which is enough for centuries, congresses and kings.

/// The longest number, in bytes of Cyrillic: `ХХХІІІ`.
const MAX_BYTES: usize = 12;

/// What stands for the ones behind the tens.
const ONES: [&str; 5] = ["", "і", "іі", "ііі", "іх"];

/// Words in small letters, and slips of the pen for `їх`, but for capitals numbers.
const WORDS: [&str; 2] = ["хі", "іх"];

/// Returns whether a form may be such a number by its length: a quick check, as most words are
/// longer.
pub fn may_be_roman(form: &str) -> bool {
    form.len() <= MAX_BYTES && form.starts_with(['х', 'і'])
}

/// Returns the Latin form of `form` if it is a Roman number of two digits or more in Cyrillic
/// letters; `are_capitals` tells whether they are capitals in the text, all of them.
pub fn latin(form: &str, are_capitals: bool) -> Option<String> {
    let is_word = !are_capitals && WORDS.contains(&form);
    let ones = form.trim_start_matches('х');
    let tens = (form.len() - ones.len()) / 'х'.len_utf8();
    let is_number = tens <= 3 && ONES.contains(&ones) && form.chars().nth(1).is_some();
    (is_number && !is_word).then(|| {
        let latin = |c| if c == 'х' { 'x' } else { 'i' };
        form.chars().map(latin).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::words::tokenizer::forms_of;

    #[test]
    fn numbers_of_two_digits_and_more_become_latin() {
        for (number, expected) in [
            ("ХХІ", "xxi"),
            ("ХІХ", "xix"),
            ("ІІ", "ii"),
            ("ІХ", "ix"),
            ("ХІ", "xi"),
            ("ХХХІІІ", "xxxiii"),
            ("ххі", "xxi"),
            ("хх", "xx"),
            ("Ххі", "xxi"),
        ] {
            assert_eq!(forms_of(number), [expected], "{number}");
            assert_eq!(forms_of(expected), [expected], "{number}");
        }
        assert_eq!(forms_of("ХІХ–ХХ ст."), ["xix", "xx", "ст"]);
    }

    #[test]
    fn words_and_what_is_no_number_stay_cyrillic() {
        for word in [
            "СМІХ",
            "МІХ",
            "СС",
            "СМС",
            "СІМ",
            "І",
            "Х",
            "Хі",
            "хі",
            "іх",
            "Іх",
            "ХХХХ",
            "ІІІІ",
            "ІХІ",
            "ХІХІ",
            "їх",
            "ІХТІОЛОГ",
        ] {
            assert_eq!(forms_of(word), [word.to_lowercase()], "{word}");
        }
    }

    #[test]
    fn the_case_decides_where_letters_make_a_word_too() {
        for (form, are_capitals, expected) in [
            ("хі", true, Some("xi")),
            ("хі", false, None),
            ("ххі", false, Some("xxi")),
            ("", false, None),
        ] {
            assert_eq!(latin(form, are_capitals).as_deref(), expected, "{form}");
        }
        assert!(may_be_roman("ххі") && !may_be_roman("слово") && !may_be_roman(""));
    }
}
