//! Abbreviations: whose full stops end no sentence.

use crate::analysis::characters::char_class::is_letter_or_digit;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// Those that something always follows: a name, a number, what is abbreviated.
const LEADING: [&str; 4] = [
    // Addresses and places.
    "вул просп пров бул бульв пл м с смт обл буд корп кв оф ул пр",
    // People.
    "ім им св о гр проф акад доц канд ген полк підполк лейт серж адм заст нач дж mr mrs ms dr prof gen st sen rep gov",
    // References.
    "ст ч п пп абз див напр пор рис табл стор т тт гл розд ред упоряд нар прим тел см vol fig vs",
    // Languages, and others.
    "англ нім фр лат польськ грец італ ісп орієнт зв",
];

/// The year: behind its number it ends a sentence, unless the sentence begins with the date
/// (`У 2014 р. Росія …`). The first of them is a river too (`р. Дніпро`).
const YEARS: &str = "р рр г гг";

/// What the number of a date stands behind at the beginning of a sentence.
const BEFORE_DATES: &str = "у в з із зі до від по після на за протягом с от после к";

/// Sums: they go on to what is counted.
const SUMS: &str = "тис млн млрд трлн тыс дол";

/// What is counted by [`SUMS`], with a capital where all of a text has them.
const SUMMED: &str =
    "гривень гривні гривен доларів долларов долара євро евро рублів рублей осіб людей сша тонн";

/// Months, which a year follows and a day stands before.
const MONTHS: &str = "січ лют бер берез квіт трав черв лип серп вер верес жовт лист листоп груд янв фев февр мар апр июн июл авг \
сен сент окт ноя нояб дек jan feb mar apr jun jul aug sep sept oct nov dec";

/// What is counted: it goes on where another number follows.
const COUNTED: &str =
    "год хв сек с грн коп км м см мм кг г т л га дол руб шт кв ц чол міс тиж дн ч мин чел";

/// Units that are spelt as one of [`LEADING`]: the `м` of `12 м` is a metre and no town.
const UNITS: &str = "м с т см п";

/// The longest of all of them, in bytes.
const LONGEST_BYTES: usize = "польськ".len();

/// All that a sentence goes on behind, wherever they stand.
static LISTED: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| LEADING.iter().flat_map(|list| list.split(' ')).collect());

/// Returns whether the full stop between `before` and `after` belongs to an abbreviation, or to the
/// initial of a name, that ends no sentence even where a capital letter follows. `before` is the
/// sentence up to the stop.
pub fn is_open(before: &str, after: &str) -> bool {
    let word = last_word(before);
    if word.is_empty() || word.len() > LONGEST_BYTES {
        return false;
    }
    let lower = word.to_lowercase();
    let before_word = before.strip_suffix(word).unwrap_or_default();
    // `25 м/с`, `25 °C`.
    if before_word.ends_with(['/', '°']) {
        return false;
    }
    let rest = before_word.trim_end();
    let is_behind_number = rest.ends_with(|c: char| c.is_ascii_digit());
    if is_listed(UNITS, &lower) && is_behind_number {
        return false;
    }
    // `т. д.`, `т. п.`, `у. о.`: the end of an enumeration or sum, and most often of a sentence.
    match (lower.as_str(), last_word(rest.trim_end_matches('.'))) {
        ("д" | "п", "т") | ("о" | "е", "у") => return false,
        _ => {}
    }
    if is_listed(YEARS, &lower) {
        return !is_behind_number || is_first_date(rest);
    }
    if is_listed(SUMS, &lower) {
        return is_listed(SUMMED, &first_word(after).to_lowercase());
    }
    is_initial(word) || LISTED.contains(lower.as_str())
}

/// Returns whether a sentence begins with the number at the end of `text`, or with a preposition
/// before it.
fn is_first_date(text: &str) -> bool {
    let front = text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '–' | '—'));
    let front = front.trim().to_lowercase();
    front.is_empty() || is_listed(BEFORE_DATES, &front)
}

fn first_word(text: &str) -> &str {
    let text = text.trim_start();
    text.split(|c: char| !is_letter_or_digit(c))
        .next()
        .unwrap_or_default()
}

/// Returns whether the full stop behind `before` belongs to a month, or to a unit behind a number,
/// and the sentence goes on with another number: `у січ. 2024`, `3 год. 20 хв.`
pub fn is_open_before_number(before: &str) -> bool {
    let word = last_word(before);
    let lower = word.to_lowercase();
    let rest = before.strip_suffix(word).unwrap_or_default().trim_end();
    is_listed(MONTHS, &lower)
        || (is_listed(COUNTED, &lower) && rest.ends_with(|c: char| c.is_ascii_digit()))
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
        let listed = LEADING.iter().chain([&YEARS, &SUMS, &UNITS]);
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
            "1990–1995 рр",
            "біля р",
            "м",
            "о",
            "Дж",
            "В. о",
            "т",
            "St",
            "Див",
        ] {
            assert!(is_open(text, " Назва"), "{text}");
        }
        assert!(is_open("5 млн", " Гривень вистачить") && is_open("3 млрд. дол", " США"));
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
            "8 тис",
            "народився у 2014 р",
            "вітер 25 м/с",
            "до 25 °C",
            "100 у. о",
        ] {
            assert!(!is_open(text, " Назва"), "{text}");
        }
    }
}
