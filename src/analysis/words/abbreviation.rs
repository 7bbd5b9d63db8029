//! Abbreviations: whose full stops end no sentence.

use crate::analysis::characters::char_class::is_letter_or_digit;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// Those that something always follows: a name, a number, what is abbreviated.
const LEADING: [&str; 4] = [
    // Addresses and places.
    "вул просп пров бул бульв пл м с смт обл буд корп кв оф ул пр",
    // People.
    "ім им св о гр проф акад доц канд ген підполк лейт заст нач дж mr mrs ms dr prof gen st sen rep gov",
    // References.
    "ст ч п пп абз див напр пор рис табл стор т тт гл розд ред упоряд нар прим тел см vol fig vs",
    // Languages, and others.
    "англ нім фр лат польськ грец італ ісп орієнт зв",
];

/// Those that stand behind a number, and go on to what is counted or dated.
const COUNTING: &str = "р рр тис млн млрд трлн г гг тыс";

/// Months, which a year follows and a day stands before.
const MONTHS: &str = "січ лют бер берез квіт трав черв лип серп вер верес жовт лист листоп груд янв фев февр мар апр июн июл авг \
сен сент окт ноя нояб дек jan feb mar apr jun jul aug sep sept oct nov dec";

/// What is counted: it goes on where another number follows.
const COUNTED: &str =
    "год хв сек с грн коп км м см мм кг г т л га дол руб шт кв ц год міс тиж дн ч мин";

/// Units that are spelt as one of [`LEADING`]: the `м` of `12 м` is a metre and no town.
const UNITS: &str = "м с т см п";

/// The longest of all of them, in bytes.
const LONGEST_BYTES: usize = "польськ".len();

/// All that a sentence goes on behind, wherever they stand.
static LISTED: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let lists = LEADING.iter().chain([&COUNTING]);
    lists.flat_map(|list| list.split(' ')).collect()
});

/// Returns whether the full stop behind `before` belongs to an abbreviation, or to the initial of a
/// name, that ends no sentence even where a capital letter follows. `before` is the sentence up to
/// the stop.
pub fn is_open(before: &str) -> bool {
    let word = last_word(before);
    if word.is_empty() || word.len() > LONGEST_BYTES {
        return false;
    }
    let lower = word.to_lowercase();
    let rest = before.strip_suffix(word).unwrap_or_default().trim_end();
    if is_listed(UNITS, &lower) && rest.ends_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    // `т. д.`, `т. п.`: the end of an enumeration, and most often of a sentence.
    if matches!(lower.as_str(), "д" | "п") && last_word(rest.trim_end_matches('.')) == "т" {
        return false;
    }
    is_initial(word) || LISTED.contains(lower.as_str())
}

/// Returns whether the full stop behind `before` belongs to a month or unit behind a number, and
/// the sentence goes on with another number: `5 січ. 2024`, `3 год. 20 хв.`
pub fn is_open_before_number(before: &str) -> bool {
    let word = last_word(before);
    let lower = word.to_lowercase();
    let rest = before.strip_suffix(word).unwrap_or_default().trim_end();
    rest.ends_with(|c: char| c.is_ascii_digit())
        && (is_listed(MONTHS, &lower) || is_listed(COUNTED, &lower))
}

fn is_listed(list: &str, word: &str) -> bool {
    list.split(' ').any(|listed| listed == word)
}

fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
}

fn last_word(text: &str) -> &str {
    text.rsplit(|c: char| !is_letter_or_digit(c))
        .next()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_abbreviation_is_longer_than_the_longest() {
        let listed = LEADING.iter().chain([&COUNTING, &UNITS]);
        let longest = listed.flat_map(|list| list.split(' ')).map(str::len).max();
        assert_eq!(longest, Some(LONGEST_BYTES));
    }

    #[test]
    fn abbreviations_and_initials_lead_on() {
        for text in [
            "Театр ім",
            "на вул",
            "за ст",
            "Указ підписав В",
            "у 2014 р",
            "5 млн",
            "м",
            "о",
            "Дж",
            "В. о",
            "т",
            "St",
            "Див",
            "8 тис",
        ] {
            assert!(is_open(text), "{text}");
        }
    }

    #[test]
    fn whole_words_units_and_ends_of_lists_do_not() {
        for text in [
            "Кінець",
            "довжина 12 м",
            "і т. д",
            "тощо і т.п",
            "100 грн",
            "НАТО",
            "2025",
            "«так»",
            "",
            "5 т",
            "та ін",
        ] {
            assert!(!is_open(text), "{text}");
        }
    }
}
