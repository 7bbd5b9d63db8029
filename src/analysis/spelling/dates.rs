//! Dates in words and in numbers: `24.02.2022`, `24 лютого 2022 року`, `2022-02-24`, `24/02/2022`.

use crate::analysis::keys::snowball::Stemmers;
use crate::analysis::spelling::keyed_word::{KeyedWord, ukrainian_keys};
use crate::analysis::words::endings;
use std::sync::LazyLock;

/// The months as they stand behind a day, in Ukrainian and Russian, and in English.
const MONTHS: [[&str; 3]; 12] = [
    ["січня", "января", "january"],
    ["лютого", "февраля", "february"],
    ["березня", "марта", "march"],
    ["квітня", "апреля", "april"],
    ["травня", "мая", "may"],
    ["червня", "июня", "june"],
    ["липня", "июля", "july"],
    ["серпня", "августа", "august"],
    ["вересня", "сентября", "september"],
    ["жовтня", "октября", "october"],
    ["листопада", "ноября", "november"],
    ["грудня", "декабря", "december"],
];

/// The keys of each month in each language, and of the word for a year.
struct Keys {
    months: Vec<[Vec<String>; 3]>,
    years: [Vec<String>; 2],
}

static KEYS: LazyLock<Keys> = LazyLock::new(|| {
    let stemmers = Stemmers::default();
    let russian = |word: &str| {
        let mut key = String::new();
        stemmers.push_russian(word, &mut key);
        vec![key]
    };
    let english = |word: &str| {
        let mut key = String::new();
        stemmers.push_english(word, &mut key);
        vec![key]
    };
    let keys = |[uk, ru, en]: &[&str; 3]| [ukrainian_keys(uk), russian(ru), english(en)];
    Keys {
        months: MONTHS.iter().map(keys).collect(),
        years: [ukrainian_keys("року"), russian("года")],
    }
});

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct CivilDate {
    day: usize,
    month: usize,
    year: usize,
}

/// Calls `each` with the other ways to write the date that `words` begin with.
pub(crate) fn of_words(words: &[KeyedWord], each: &mut dyn FnMut(usize, Vec<Vec<String>>)) {
    let starts_date = words.first().is_some_and(|first| {
        first.form.starts_with(|c: char| c.is_ascii_digit()) || words.len() > 2
    });
    let Some((replaced, date)) = starts_date.then(|| date_of(words)).flatten() else {
        return;
    };
    let typed: Vec<Vec<String>> = words
        .iter()
        .take(replaced)
        .map(|word| word.keys.iter().map(str::to_owned).collect())
        .collect();
    let is_typed = |spelling: &[Vec<String>]| {
        let meets =
            |(one, other): (&Vec<String>, &Vec<String>)| one.iter().any(|key| other.contains(key));
        spelling.len() == typed.len() && spelling.iter().zip(&typed).all(meets)
    };
    for spelling in date.spellings() {
        if !is_typed(&spelling) {
            each(replaced, spelling);
        }
    }
}

impl CivilDate {
    fn of(day: usize, month: usize, year: usize) -> Option<Self> {
        let is_date = (1..=31).contains(&day) && (1..=12).contains(&month);
        (is_date && (1000..=2199).contains(&year)).then_some(Self { day, month, year })
    }

    /// Returns the keys of the words of each way to write it.
    fn spellings(self) -> Vec<Vec<Vec<String>>> {
        let Self { day, month, year } = self;
        let number = |text: String| vec![text];
        let mut spellings = vec![vec![number(format!("{day:02}.{month:02}.{year}"))]];
        if let Some([uk, ru, en]) = KEYS.months.get(month - 1) {
            let days = if day < 10 {
                vec![day.to_string(), format!("{day:02}")]
            } else {
                vec![day.to_string()]
            };
            let [uk_year, ru_year] = &KEYS.years;
            let year = || number(year.to_string());
            spellings.extend([
                vec![days.clone(), uk.clone(), year()],
                vec![days.clone(), uk.clone(), year(), uk_year.clone()],
                vec![days.clone(), ru.clone(), year()],
                vec![days.clone(), ru.clone(), year(), ru_year.clone()],
                vec![en.clone(), days.clone(), year()],
                vec![days, en.clone(), year()],
            ]);
        }
        let (day, month, year) = (format!("{day:02}"), format!("{month:02}"), year.to_string());
        spellings.push(vec![
            number(year.clone()),
            number(month.clone()),
            number(day.clone()),
        ]);
        spellings.push(vec![number(day), number(month), number(year)]);
        spellings
    }
}

/// Returns how many of `words` are the date that they begin with.
pub(crate) fn length(words: &[KeyedWord]) -> Option<usize> {
    date_of(words).map(|(count, _)| count)
}

/// Returns the date that `words` begin with and how many of them it takes.
fn date_of(words: &[KeyedWord]) -> Option<(usize, CivilDate)> {
    let first = words.first()?;
    if first.form.len() == 10 {
        let mut parts = first.form.split('.').map(|part| part.parse().ok());
        let [day, month, year] = [parts.next()??, parts.next()??, parts.next()??];
        return Some((1, CivilDate::of(day, month, year)?));
    }
    let [_, second, third] = words.get(..3)? else {
        return None;
    };
    let number = |word: &KeyedWord| {
        let digits = endings::number_of(&word.form).unwrap_or(&word.form);
        digits.parse::<usize>().ok()
    };
    let padded = |word: &KeyedWord| (word.form.len() == 2).then(|| number(word)).flatten();
    let year = |word: &KeyedWord| {
        let is_year = endings::number_of(&word.form).unwrap_or(&word.form).len() == 4;
        is_year.then(|| number(word)).flatten()
    };
    if let (Some(year), Some(month), Some(day)) = (year(first), padded(second), padded(third)) {
        return Some((3, CivilDate::of(day, month, year)?));
    }
    let year = year(third)?;
    if let (Some(day), Some(month)) = (padded(first), padded(second)) {
        return Some((3, CivilDate::of(day, month, year)?));
    }
    let (day, month) = match (number(first), month_of(second)) {
        (Some(day), Some(month)) => (day, month),
        _ => (number(second)?, month_of(first)?),
    };
    let date = CivilDate::of(day, month, year)?;
    let has_year_word = words.get(3).is_some_and(|word| {
        KEYS.years
            .iter()
            .flatten()
            .any(|key| word.keys.iter().any(|known| known == key))
    });
    Some((if has_year_word { 4 } else { 3 }, date))
}

fn month_of(word: &KeyedWord) -> Option<usize> {
    let is_of = |keys: &[Vec<String>; 3]| {
        keys.iter()
            .flatten()
            .any(|key| word.keys.iter().any(|known| known == key))
    };
    KEYS.months.iter().position(is_of).map(|place| place + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{KeyAnalyzer, Words};

    fn date(text: &str) -> Option<(usize, [usize; 3])> {
        let (mut words, mut all, mut word) = (Words::new(text), Vec::new(), KeyedWord::default());
        while let Some(place) = words.next_into(&mut word.form) {
            KeyAnalyzer::default().query_word_keys(place, &word.form, &mut word.keys);
            all.push(word.clone());
        }
        date_of(&all).map(|(count, date)| (count, [date.day, date.month, date.year]))
    }

    #[test]
    fn dates_are_read_in_all_their_spellings() {
        for (text, words) in [
            ("24.02.2022", 1),
            ("24 лютого 2022", 3),
            ("24 лютого 2022 року", 4),
            ("24-го лютого 2022-го", 3),
            ("24 февраля 2022 года", 4),
            ("February 24, 2022", 3),
            ("24 February 2022", 3),
            ("2022-02-24", 3),
            ("24/02/2022", 3),
        ] {
            assert_eq!(date(text), Some((words, [24, 2, 2022])), "{text}");
        }
        for text in [
            "24 лютого",
            "2022",
            "45.02.2022",
            "24 міста 2022",
            "1 2 3",
            "",
            "хліб і сіль",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
