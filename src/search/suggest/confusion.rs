//! Letters that writers of Ukrainian and Russian confuse.

/// Pairs of letters, either of which may be meant by the other.
const PAIRS: [(char, char); 12] = [
    ('и', 'і'),
    ('і', 'ї'),
    ('е', 'є'),
    ('г', 'ґ'),
    ('ы', 'и'),
    ('ы', 'і'),
    ('э', 'е'),
    ('э', 'є'),
    ('ё', 'е'),
    ('ъ', '\''),
    ('ъ', 'ї'),
    ('ь', '\''),
];

/// Returns whether one of two small letters is often written for the other.
pub(crate) fn are_confused(a: char, b: char) -> bool {
    PAIRS.iter().any(|&pair| pair == (a, b) || pair == (b, a))
}

/// What may be meant by a Russian letter in a Ukrainian word.
fn ukrainian_for(letter: char) -> &'static [&'static str] {
    match letter {
        'ы' => &["и", "і"],
        'э' => &["е", "є"],
        'ё' => &["е", "йо", "ьо"],
        'ъ' => &["'", "ї"],
        _ => &[],
    }
}

/// What else may be meant by a Ukrainian letter.
fn others_for(letter: char) -> &'static [&'static str] {
    match letter {
        'и' | 'ї' => &["і"],
        'і' => &["и", "ї"],
        'е' => &["є"],
        'є' => &["е"],
        'г' => &["ґ"],
        'ґ' => &["г"],
        'ь' => &["'"],
        _ => &[],
    }
}

/// The most letters of a word that are exchanged beside the Russian ones.
const MAX_EXCHANGED: usize = 2;
/// The most spellings of a word. The longest words of news have a few dozen.
const MAX_SPELLINGS: usize = 400;

/// Returns how else `form`, in small letters, may be written: with Ukrainian letters for all
/// Russian ones, and with up to two letters exchanged that are confused. Without `form` itself.
pub(crate) fn respelt(form: &str) -> Vec<String> {
    let mut spellings = vec![(String::with_capacity(form.len() + 4), 0)];
    for letter in form.chars() {
        let russian = ukrainian_for(letter);
        let mut longer: Vec<(String, usize)> = Vec::with_capacity(spellings.len() * 2);
        let mut extend = |(begun, exchanged): &(String, usize), end: &str, cost: usize| {
            if exchanged + cost <= MAX_EXCHANGED && longer.len() < MAX_SPELLINGS {
                longer.push((format!("{begun}{end}"), exchanged + cost));
            }
        };
        // Those with fewer exchanges first, so that the limit takes the unlikely ones.
        if russian.is_empty() {
            let mut same = [0; 4];
            for begun in &spellings {
                extend(begun, letter.encode_utf8(&mut same), 0);
            }
        }
        for other in russian {
            for begun in &spellings {
                extend(begun, other, 0);
            }
        }
        for other in others_for(letter) {
            for begun in &spellings {
                extend(begun, other, 1);
            }
        }
        spellings = longer;
    }
    let spellings = spellings.into_iter().map(|(spelling, _)| spelling);
    spellings.filter(|spelling| spelling != form).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn russian_letters_give_way_to_those_that_may_be_meant() {
        for (typed, meant) in [
            ("мыр", "мир"),
            ("высновки", "висновки"),
            ("экономіка", "економіка"),
            ("объект", "об'єкт"),
            ("обьєкт", "об'єкт"),
            ("сёмга", "сьомга"),
            ("украіна", "україна"),
            ("грати", "ґрати"),
            ("києв", "киев"),
        ] {
            assert!(respelt(typed).contains(&meant.to_owned()), "{typed}");
        }
        assert!(respelt("слово").is_empty());
        assert!(are_confused('ы', 'и') && are_confused('и', 'ы') && !are_confused('и', 'а'));
    }

    proptest! {
        #[test]
        fn spellings_are_limited_and_have_no_russian_letter(form in "[а-яіїєґы]{0,40}") {
            let spellings = respelt(&form);
            prop_assert!(spellings.len() <= MAX_SPELLINGS);
            for spelling in spellings {
                prop_assert!(!spelling.contains(['ы', 'э', 'ё', 'ъ']));
                prop_assert!(spelling != form);
            }
        }
    }
}
