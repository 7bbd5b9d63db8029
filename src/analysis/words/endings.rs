//! Endings that people write behind what is no word of their language: `47-ї`, `YouTube'і`,
//! `ТЦКів`.
//!
//! Such a word is one word with its ending, and its key is that of what stands before the ending.

use crate::analysis::characters::apostrophe::APOSTROPHE;

/// Stands between a number or a name and its ending.
const HYPHEN: char = '-';

/// The endings of ordinal and collective numbers, Ukrainian, Russian and English.
const ORDINAL: &str = "а я е є у ю ї й х м го му ма ми мі та ті ти те тя ту га ге гу гі ша ше шу ші \
на не ну ні ий ого ому им их ими ій ої ою ма ох ьох ом ьом ти тьох рьох тий тій тої тих тим тими тому того \
ая ое ые ый ой ую ых ым ыми ть th st nd rd";

/// The endings of names and nouns, Ukrainian and Russian.
const NOUN: &str = "а я у ю і ї о е є и ы ом ем єм ою ею єю ой ей ові еві єві ів їв ев ов ам ям ами ями ах ях \
ець івець івця івцю івцем івцеві івці івців івцям івцями івцях івка івки івку івкою \
івський івська івське івські івського івської івському івським івських івською івську \
шник шника шнику шником шники шників шникам шниками шниках ник ника нику ником ники ників никам никами никах \
шка шки шку шкою шок шкам шками шках";

/// What is written behind a number without a space and is a word of its own.
const UNITS: &str = "грн гривень гривні коп дол руб євро тис млн млрд трлн мм см дм км кг мг мкг мл га \
хв год сек кВт квт мвт гвт вт кв мгц ггц гц кб мб гб тб км/год ккал атм м т г л с р рр шт % \
mm cm km kg mg ml kw mw gw gb mb tb mln bn usd eur uah";

/// The longest ending, in bytes of Cyrillic.
pub(crate) const LONGEST_BYTES: usize = 2 * "івського".len();

fn is_listed(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split(' ').any(|listed| listed == word)
}

/// Returns whether `letters`, in small letters, are the ending of a number.
pub(crate) fn is_ordinal(letters: &str) -> bool {
    is_listed(ORDINAL, letters)
}

/// Returns whether `letters`, in small letters, are the ending of a name.
pub(crate) fn is_of_noun(letters: &str) -> bool {
    is_listed(NOUN, letters)
}

/// Returns whether `letters`, in small letters, are a unit that may be glued to its number.
pub(crate) fn is_unit(letters: &str) -> bool {
    is_listed(UNITS, letters)
}

/// Returns the digits of `form` if it is a number with an ending: `47` of `47-ї` and of `47th`.
pub(crate) fn number_of(form: &str) -> Option<&str> {
    let ending = form.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = form
        .strip_suffix(ending)
        .filter(|digits| !digits.is_empty())?;
    is_ordinal(ending.strip_prefix(HYPHEN).unwrap_or(ending)).then_some(digits)
}

/// Returns the Latin name of `form` if it has a Cyrillic ending: `youtube` of `youtube'і` and of
/// `youtube-ом`.
pub(crate) fn latin_name_of(form: &str) -> Option<&str> {
    let is_latin = |c: char| c.is_ascii_alphanumeric() || ('\u{c0}'..'\u{250}').contains(&c);
    let behind = form.trim_start_matches(is_latin);
    let name = form.strip_suffix(behind)?;
    let ending = behind.strip_prefix([HYPHEN, APOSTROPHE]).unwrap_or(behind);
    (name.chars().nth(1).is_some() && is_of_noun(ending)).then_some(name)
}

/// Returns the Latin name of `form` if it has an ending in Latin letters that look like Cyrillic
/// ones behind an apostrophe, as they are typed by mistake: `google` of `google'a`.
pub(crate) fn name_with_look_alike(form: &str) -> Option<&str> {
    let (name, ending) = form.split_once(APOSTROPHE)?;
    let is_name = name.len() > 2 && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_name && ["a", "y", "i", "e", "o"].contains(&ending)).then_some(name)
}

/// Returns the acronym of `form`, whose first `capitals` letters are capitals and no others, if the
/// rest is an ending: `тцк` of `ТЦКів`.
pub(crate) fn acronym_of(form: &str, capitals: usize) -> Option<&str> {
    let (at, _) = form.char_indices().nth(capitals).filter(|_| capitals > 1)?;
    let (acronym, behind) = form.split_at_checked(at)?;
    let ending = behind.strip_prefix([HYPHEN, APOSTROPHE]).unwrap_or(behind);
    is_of_noun(ending).then_some(acronym)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_their_endings() {
        for (form, expected) in [
            ("47-ї", Some("47")),
            ("47-ма", Some("47")),
            ("2024-му", Some("2024")),
            ("90-х", Some("90")),
            ("90-ті", Some("90")),
            ("2-га", Some("2")),
            ("5-ти", Some("5")),
            ("90х", Some("90")),
            ("47th", Some("47")),
            ("47", None),
            ("80-річчя", None),
            ("5g", None),
            ("-ї", None),
            ("", None),
        ] {
            assert_eq!(number_of(form), expected, "{form}");
        }
    }

    #[test]
    fn names_are_told_from_their_endings() {
        for (form, expected) in [
            ("telegram'і", Some("telegram")),
            (concat!("himars", "ів"), Some("himars")),
            ("starlink-ами", Some("starlink")),
            ("iphone-ом", Some("iphone")),
            ("x'у", None),
            ("telegram", None),
            ("телеграмі", None),
            (concat!("z", "вір"), None),
        ] {
            assert_eq!(latin_name_of(form), expected, "{form}");
        }
        assert_eq!(name_with_look_alike("google'a"), Some("google"));
        for other in ["google's", "qur'an", "o'a", "google", "a'a'a"] {
            assert_eq!(name_with_look_alike(other), None, "{other}");
        }
        for (form, capitals, expected) in [
            ("кппом", 3, Some("кпп")),
            ("тцків", 3, Some("тцк")),
            ("дснсівці", 4, Some("дснс")),
            ("зсушники", 3, Some("зсу")),
            ("бплашками", 4, Some("бпла")),
            ("збудова", 1, None),
            ("відбудова", 3, None),
            ("сша", 3, None),
        ] {
            assert_eq!(acronym_of(form, capitals), expected, "{form}");
        }
    }

    #[test]
    fn no_listed_ending_is_longer_than_the_longest() {
        let all = [ORDINAL, NOUN, UNITS];
        let all = all.iter().flat_map(|list| list.split(' '));
        assert!(
            all.clone()
                .all(|one| one.len() <= LONGEST_BYTES && !one.is_empty())
        );
    }
}
