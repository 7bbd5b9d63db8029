//! A reviewed table of names in Ukrainian, Russian and Latin letters, for those that follow no
//! rule.

use crate::analysis::characters::capitals::Capitals;
use crate::analysis::dictionary::Dictionary;
use crate::analysis::keys::snowball::Stemmers;
use crate::analysis::keys::{KeyAnalyzer, Keys};
use crate::analysis::spelling::keyed_word::{cheap_key, ukrainian_keys};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

static TABLE: &str = include_str!("../data/names.tsv");

/// The spellings of a name: what an index may have of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Spellings {
    /// Their keys in all languages.
    pub(crate) keys: Vec<String>,
    /// Of a name that is spelt as a common word: its forms with a capital, instead of a key.
    pub(crate) forms: Vec<String>,
}

/// The table.
pub(crate) struct Names {
    rows: Vec<Spellings>,
    /// From a Ukrainian or Latin key to its rows.
    by_key: FxHashMap<String, Vec<usize>>,
    /// From a Russian spelling or a form of the last column to its rows.
    by_form: FxHashMap<String, Vec<usize>>,
    /// From a Russian key to its spellings, each with its row.
    by_russian: FxHashMap<String, Vec<(String, usize)>>,
}

impl Names {
    /// Returns the table that is part of the program. The first call reads it, in some
    /// milliseconds.
    pub(crate) fn table() -> &'static Self {
        static NAMES: OnceLock<Names> = OnceLock::new();
        NAMES.get_or_init(Self::read)
    }

    fn read() -> Self {
        let mut names = Self {
            rows: Vec::new(),
            by_key: FxHashMap::default(),
            by_form: FxHashMap::default(),
            by_russian: FxHashMap::default(),
        };
        let stemmers = Stemmers::default();
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            names.add(line, &stemmers);
        }
        names
    }

    fn add(&mut self, line: &str, stemmers: &Stemmers) {
        let is_acronym = !line
            .split('\t')
            .next()
            .is_some_and(|name| name.contains(char::is_lowercase));
        let line = line.to_lowercase();
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or_default().split_whitespace();
        let (ukrainian, russian, latin, forms) = (next(), next(), next(), next());
        let row = self.rows.len();
        let mut spellings = Spellings::default();
        let mut term = String::new();
        for form in forms {
            let mut capitals = Capitals::default();
            let count = if is_acronym { form.chars().count() } else { 1 };
            (0..count).for_each(|place| capitals.insert(place));
            capitals.term(form, &mut term);
            spellings.forms.push(term.clone());
            self.by_form.entry(form.to_owned()).or_default().push(row);
        }
        if spellings.forms.is_empty() {
            for key in ukrainian.flat_map(keys_of_name) {
                self.by_key.entry(key.clone()).or_default().push(row);
                spellings.keys.push(key);
            }
        }
        for spelling in russian {
            let mut key = String::new();
            stemmers.push_russian(spelling, &mut key);
            self.by_form
                .entry(spelling.to_owned())
                .or_default()
                .push(row);
            self.by_russian
                .entry(key.clone())
                .or_default()
                .push((spelling.to_owned(), row));
            spellings.keys.push(key);
        }
        for spelling in latin {
            let mut key = String::new();
            stemmers.push_english(spelling, &mut key);
            self.by_key.entry(key.clone()).or_default().push(row);
            spellings.keys.push(key);
        }
        self.rows.push(spellings);
    }

    /// Returns the spellings of the names that `form` may be.
    pub(crate) fn of(&self, form: &str) -> Spellings {
        let mut keys = Keys::default();
        KeyAnalyzer::default().query_keys(form, &mut keys);
        let is_known = Dictionary::ukrainian().contains(form);
        let mut rows: Vec<usize> = self.by_form.get(form).cloned().unwrap_or_default();
        for key in keys.iter() {
            rows.extend(self.by_key.get(key).into_iter().flatten());
            // A Ukrainian word may be spelt as a Russian name in another case.
            if !is_known {
                let spelt = self.by_russian.get(key).into_iter().flatten();
                let spelt = spelt.filter(|(spelling, _)| is_case_of(form, spelling));
                rows.extend(spelt.map(|(_, row)| *row));
            }
        }
        let mut found = Spellings::default();
        for row in rows.iter().filter_map(|row| self.rows.get(*row)) {
            for (all, new) in [(&mut found.keys, &row.keys), (&mut found.forms, &row.forms)] {
                for one in new {
                    if !all.contains(one) {
                        all.push(one.clone());
                    }
                }
            }
        }
        found
    }
}

/// Returns whether `form` may be a case of `name`, with which it has a stem in common: it has all
/// its letters but the last. `данные` is no case of `Дания`.
fn is_case_of(form: &str, name: &str) -> bool {
    let last = name.chars().next_back().map_or(0, char::len_utf8);
    let front = name.get(..name.len() - last).unwrap_or_default();
    form.starts_with(front)
}

/// Returns the key of a name, or all where the analysis finds others than that of a lemma.
fn keys_of_name(name: &str) -> Vec<String> {
    let keys = ukrainian_keys(name);
    match cheap_key(name).filter(|key| keys.contains(key)) {
        Some(key) => vec![key],
        None => keys,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_meet_in_all_directions() {
        for (one, other) in [
            ("путин", "путіну"),
            ("львов", "львова"),
            ("biden", "байдена"),
            ("байден", "biden"),
            ("scholz", "шольца"),
            ("ердогана", "erdogan"),
            ("nato", "нато"),
            ("нато", "nato"),
            ("eu", "єс"),
            ("хаймарсів", "himars"),
            ("артемівськ", "бахмут"),
            ("киев", "києві"),
        ] {
            let spellings = Names::table().of(one).keys;
            let mut keys = Keys::default();
            KeyAnalyzer::default().query_keys(other, &mut keys);
            assert!(
                keys.iter()
                    .any(|key| spellings.iter().any(|one| one == key)),
                "{one} {other}"
            );
        }
    }

    #[test]
    fn a_name_that_is_spelt_as_a_common_word_is_found_with_a_capital_alone() {
        let sumy = Names::table().of("sumy");
        assert!(sumy.forms.contains(&"суми^1".to_owned()));
        assert!(!sumy.keys.iter().any(|key| key == "сум"));
        for common in [
            "сума",
            "сумами",
            "мова",
            "мати",
            "данные",
            "mayor",
            "майор",
            "дані",
            "гра",
            "грою",
            "мода",
            "кошти",
            "рима",
            "тиран",
            "тесля",
            "індій",
            "бровар",
            "рівний",
            "чада",
            "вода",
            "малі",
            "куб",
            "перо",
            "маска",
            "пологий",
            "малина",
            "долини",
            "вишня",
            "місто",
            "міст",
            "земля",
            "право",
            "nice",
            "may",
            "who",
            "us",
            "it",
        ] {
            let found = Names::table().of(common);
            // Cases of Суми, Рим and Малин, with a capital.
            let expected = ["сумами", "рима", "малина"].contains(&common);
            assert_eq!(!found.forms.is_empty(), expected, "{common}");
            assert!(expected || found.keys.is_empty(), "{common}: {found:?}");
        }
    }

    #[test]
    fn the_table_is_in_order_and_says_what_it_is() {
        let lines: Vec<&str> = TABLE
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        assert!(lines.len() > 600);
        assert!(lines.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(
            lines
                .iter()
                .all(|line| (2..=4).contains(&line.split('\t').count()))
        );
        assert!(TABLE.contains("CC0-1.0"));
    }
}
