//! Names of months in Ukrainian, Russian and English: every case, and the short forms of datelines.

/// Returns the month, 1 to 12, that `word` names in full, in any case and any case of letters.
#[expect(clippy::match_same_arms, reason = "a language a stretch")]
pub(super) fn full(word: &str) -> Option<i8> {
    // The longest form has 11 letters; a longer word need not be lowered.
    if word.len() > 24 {
        return None;
    }
    let month = match word.to_lowercase().as_str() {
        "січень" | "січня" | "січню" | "січнем" | "січні" => 1,
        "лютий" | "лютого" | "лютому" | "лютим" | "лютім" => 2,
        "березень" | "березня" | "березню" | "березнем" | "березні" => {
            3
        }
        "квітень" | "квітня" | "квітню" | "квітнем" | "квітні" => 4,
        "травень" | "травня" | "травню" | "травнем" | "травні" => 5,
        "червень" | "червня" | "червню" | "червнем" | "червні" => 6,
        "липень" | "липня" | "липню" | "липнем" | "липні" => 7,
        "серпень" | "серпня" | "серпню" | "серпнем" | "серпні" => 8,
        "вересень" | "вересня" | "вересню" | "вереснем" | "вересні" => {
            9
        }
        "жовтень" | "жовтня" | "жовтню" | "жовтнем" | "жовтні" => {
            10
        }
        "листопад" | "листопада" | "листопаду" | "листопадом" | "листопаді" => {
            11
        }
        "грудень" | "грудня" | "грудню" | "груднем" | "грудні" => {
            12
        }
        "январь" | "января" | "январю" | "январём" | "январем" | "январе" => {
            1
        }
        "февраль" | "февраля" | "февралю" | "февралём" | "февралем" | "феврале" => {
            2
        }
        "март" | "марта" | "марту" | "мартом" | "марте" => 3,
        "апрель" | "апреля" | "апрелю" | "апрелем" | "апреле" => 4,
        "май" | "мая" | "маю" | "маем" | "мае" => 5,
        "июнь" | "июня" | "июню" | "июнем" | "июне" => 6,
        "июль" | "июля" | "июлю" | "июлем" | "июле" => 7,
        "август" | "августа" | "августу" | "августом" | "августе" => {
            8
        }
        "сентябрь" | "сентября" | "сентябрю" | "сентябрём" | "сентябрем" | "сентябре" => {
            9
        }
        "октябрь" | "октября" | "октябрю" | "октябрём" | "октябрем" | "октябре" => {
            10
        }
        "ноябрь" | "ноября" | "ноябрю" | "ноябрём" | "ноябрем" | "ноябре" => {
            11
        }
        "декабрь" | "декабря" | "декабрю" | "декабрём" | "декабрем" | "декабре" => {
            12
        }
        "january" => 1,
        "february" => 2,
        "march" => 3,
        "april" => 4,
        "may" => 5,
        "june" => 6,
        "july" => 7,
        "august" => 8,
        "september" => 9,
        "october" => 10,
        "november" => 11,
        "december" => 12,
        _ => return None,
    };
    Some(month)
}

/// Returns the month that `word` names in full or cut short, without its full stop: `бер`, `мар`,
/// `Sept`.
///
/// Short forms are words of their own elsewhere (`лист`, `сер`), so this is for datelines and
/// fields only.
pub(super) fn any(word: &str) -> Option<i8> {
    full(word).or_else(|| short(word))
}

fn short(word: &str) -> Option<i8> {
    if word.len() > 12 {
        return None;
    }
    let month = match word.to_lowercase().as_str() {
        "січ" | "янв" | "jan" => 1,
        "лют" | "фев" | "февр" | "feb" => 2,
        "бер" | "берез" | "мар" | "mar" => 3,
        "квіт" | "кві" | "апр" | "apr" => 4,
        "трав" | "тра" => 5,
        "черв" | "чер" | "июн" | "jun" => 6,
        "лип" | "липн" | "июл" | "jul" => 7,
        "серп" | "сер" | "авг" | "aug" => 8,
        "вер" | "верес" | "сен" | "сент" | "sep" | "sept" => 9,
        "жов" | "жовт" | "окт" | "oct" => 10,
        "лис" | "лист" | "листоп" | "ноя" | "нояб" | "nov" => 11,
        "гру" | "груд" | "дек" | "dec" => 12,
        _ => return None,
    };
    Some(month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_known_in_every_case_of_three_languages() {
        for (word, month) in [
            ("січня", 1),
            ("Лютому", 2),
            ("БЕРЕЗЕНЬ", 3),
            ("квітнем", 4),
            ("мае", 5),
            ("июнь", 6),
            ("July", 7),
            ("листопаді", 11),
            ("декабрём", 12),
        ] {
            assert_eq!(full(word), Some(month), "{word}");
        }
        assert_eq!(full("вересневий"), None);
    }

    #[test]
    fn short_forms_are_known_beside_a_day_only() {
        for (word, month) in [
            ("бер", 3),
            ("мар", 3),
            ("лист", 11),
            ("Sept", 9),
            ("груд", 12),
        ] {
            assert_eq!((any(word), full(word)), (Some(month), None), "{word}");
        }
    }
}
