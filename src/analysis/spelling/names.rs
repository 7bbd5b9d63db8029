//! A reviewed table of names in Ukrainian, Russian and Latin letters, for those that follow no
//! rule.

use crate::analysis::characters::capitals::Capitals;
use crate::analysis::dictionary::Dictionary;
use crate::analysis::keys::snowball::Stemmers;
use crate::analysis::keys::{KeyAnalyzer, Keys};
use crate::analysis::spelling::keyed_word::{KeyedWord, cheap_key, ukrainian_keys};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Stands between the words of a name of several.
const SPACE: char = '_';

static TABLE: &str = include_str!("../data/names.tsv");

/// The spellings of a name: what an index may have of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spellings {
    /// Their keys in all languages.
    pub keys: Vec<String>,
    /// Of a name that is spelt as a common word: its forms with a capital, instead of a key.
    pub forms: Vec<String>,
}

/// The table.
pub(crate) struct Names {
    rows: Vec<Row>,
    /// From the first letters of a spelling to its rows. No case of a name changes them.
    by_front: FxHashMap<[char; 2], Vec<usize>>,
    /// The same of the names of several words alone.
    several_by_front: FxHashMap<[char; 2], Vec<usize>>,
}

/// A line of the table. It is analysed when a word first begins as one of its spellings does: to
/// analyse all lines would take longer than a search.
struct Row {
    line: &'static str,
    name: OnceLock<Name>,
}

/// The analysed line.
#[derive(Default)]
struct Name {
    spellings: Spellings,
    /// Its Ukrainian and Latin keys.
    keys: Vec<String>,
    /// Its Russian spellings, and the forms of the last column.
    forms: Vec<String>,
    /// Its Russian keys, each with its spelling.
    russian: Vec<(String, String)>,
    /// Of a name of several words, which has nothing of the above: each spelling as the keys of its
    /// words.
    phrases: Vec<Vec<Vec<String>>>,
}

impl Names {
    /// Returns the table that is part of the program. The first call cuts it into lines, in less
    /// than a millisecond.
    pub(crate) fn table() -> &'static Self {
        static NAMES: OnceLock<Names> = OnceLock::new();
        NAMES.get_or_init(Self::read)
    }

    fn read() -> Self {
        let mut names = Self {
            rows: Vec::new(),
            by_front: FxHashMap::default(),
            several_by_front: FxHashMap::default(),
        };
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let row = names.rows.len();
            let by_front = if line.contains(SPACE) {
                &mut names.several_by_front
            } else {
                &mut names.by_front
            };
            for spelling in line.split_whitespace() {
                let rows = by_front.entry(front_of(spelling)).or_default();
                if rows.last() != Some(&row) {
                    rows.push(row);
                }
            }
            let name = OnceLock::new();
            names.rows.push(Row { line, name });
        }
        names
    }

    /// Returns whether the table has a name of this `key` that begins as `form` does.
    pub(crate) fn has_key(&self, form: &str, key: &str) -> bool {
        let rows = self.by_front.get(&front_of(form)).into_iter().flatten();
        let mut names = rows.filter_map(|row| self.rows.get(*row)).map(Row::name);
        names.any(|name| name.keys.iter().any(|known| known == key))
    }

    /// Returns whether the table has a name of several words that may begin with `form`.
    pub(crate) fn may_begin_several(&self, form: &str) -> bool {
        self.several_by_front.contains_key(&front_of(form))
    }

    /// Returns the other spellings of the names of several words that `words` begin with: of how
    /// many of them each is, and the keys of each of its own words.
    pub(crate) fn of_words(&self, words: &[KeyedWord]) -> Vec<(usize, Vec<Vec<String>>)> {
        let mut found = Vec::new();
        let Some(first) = words.first() else {
            return found;
        };
        let rows = self.several_by_front.get(&front_of(&first.form));
        let rows = rows.into_iter().flatten();
        for name in rows.filter_map(|row| self.rows.get(*row)).map(Row::name) {
            let is_here = |phrase: &&Vec<Vec<String>>| {
                phrase.len() <= words.len()
                    && phrase.iter().zip(words).all(|(keys, word)| {
                        word.keys
                            .iter()
                            .any(|key| keys.iter().any(|own| own == key))
                    })
            };
            if let Some(here) = name.phrases.iter().find(is_here) {
                let others = name.phrases.iter().filter(|phrase| *phrase != here);
                found.extend(others.map(|phrase| (here.len(), phrase.clone())));
            }
        }
        found
    }

    /// Returns the spellings of the names that `form` may be.
    pub(crate) fn of(&self, form: &str) -> Spellings {
        let mut found = Spellings::default();
        let Some(rows) = self.by_front.get(&front_of(form)) else {
            return found;
        };
        let mut keys = Keys::default();
        KeyAnalyzer::default().query_keys(form, &mut keys);
        let is_known = Dictionary::ukrainian().contains(form);
        let rows = rows.iter().filter_map(|row| self.rows.get(*row));
        for name in rows.map(Row::name) {
            if !name.is_of(form, &keys, is_known) {
                continue;
            }
            let spellings = &name.spellings;
            for (all, new) in [
                (&mut found.keys, &spellings.keys),
                (&mut found.forms, &spellings.forms),
            ] {
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

impl Row {
    fn name(&self) -> &Name {
        self.name.get_or_init(|| Name::of(self.line))
    }
}

impl Name {
    fn of(line: &str) -> Self {
        let stemmers = Stemmers::default();
        let is_acronym = !line
            .split('\t')
            .next()
            .is_some_and(|name| name.contains(char::is_lowercase));
        let line = line.to_lowercase();
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or_default().split_whitespace();
        let (ukrainian, russian, latin, forms) = (next(), next(), next(), next());
        let mut name = Self::default();
        if line.contains(SPACE) {
            let key = |push: fn(&Stemmers, &str, &mut String), word: &str| {
                let mut key = String::new();
                push(&stemmers, word, &mut key);
                vec![key]
            };
            let phrase = |spelling: &str, keys: &dyn Fn(&str) -> Vec<String>| {
                spelling.split(SPACE).map(keys).collect::<Vec<_>>()
            };
            let all = &mut name.phrases;
            all.extend(ukrainian.map(|name| phrase(name, &ukrainian_keys)));
            all.extend(
                russian.map(|name| phrase(name, &|word| key(Stemmers::push_russian_name, word))),
            );
            all.extend(latin.map(|name| phrase(name, &|word| key(Stemmers::push_english, word))));
            return name;
        }
        let mut term = String::new();
        for form in forms {
            let mut capitals = Capitals::default();
            let count = if is_acronym { form.chars().count() } else { 1 };
            (0..count).for_each(|place| capitals.insert(place));
            capitals.term(form, &mut term);
            name.spellings.forms.push(term.clone());
            name.forms.push(form.to_owned());
        }
        if name.forms.is_empty() {
            name.keys.extend(ukrainian.flat_map(keys_of_name));
        }
        name.spellings.keys.clone_from(&name.keys);
        for spelling in russian {
            let mut key = String::new();
            stemmers.push_russian_name(spelling, &mut key);
            name.forms.push(spelling.to_owned());
            name.russian.push((key.clone(), spelling.to_owned()));
            name.spellings.keys.push(key);
        }
        for spelling in latin {
            let mut key = String::new();
            stemmers.push_english(spelling, &mut key);
            name.keys.push(key.clone());
            name.spellings.keys.push(key);
        }
        name
    }

    /// Returns whether `form` with these `keys` may be this name; `is_known` says whether it is a
    /// Ukrainian word.
    fn is_of(&self, form: &str, keys: &Keys, is_known: bool) -> bool {
        self.forms.iter().any(|known| known == form)
            || keys.iter().any(|key| {
                let is_spelt = |(known, spelling): &(String, String)| {
                    known == key && is_case_of(form, spelling)
                };
                // A Ukrainian word may be spelt as a Russian name in another case.
                self.keys.iter().any(|known| known == key)
                    || (!is_known && self.russian.iter().any(is_spelt))
            })
    }
}

/// Returns the first letters of a word as keys have them.
pub(crate) fn front_of<const N: usize>(word: &str) -> [char; N] {
    let mut letters = word.chars().flat_map(char::to_lowercase).map(|c| match c {
        'ґ' => 'г',
        'ё' => 'е',
        other => other,
    });
    [(); N].map(|()| letters.next().unwrap_or_default())
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
    fn names_of_several_words_meet_as_phrases() {
        let keyed = |text: &str| {
            let word = |form: &str| {
                let mut word = KeyedWord {
                    form: form.to_owned(),
                    ..KeyedWord::default()
                };
                KeyAnalyzer::default().query_keys(form, &mut word.keys);
                word
            };
            text.split(' ').map(word).collect::<Vec<_>>()
        };
        for (one, other) in [
            ("білого дому", "white house"),
            ("white house", "білий дім"),
            ("белом доме", "білий дім"),
            ("верховній раді", "verkhovna rada"),
            ("xi jinping", "сі цзіньпіном"),
            ("кривому розі", "kryvyi rih"),
            ("кривой рог", "кривий ріг"),
        ] {
            let found = Names::table().of_words(&keyed(one));
            let other = keyed(other);
            let meets = |keys: &Vec<Vec<String>>| {
                keys.len() == other.len()
                    && keys.iter().zip(&other).all(|(keys, word)| {
                        word.keys
                            .iter()
                            .any(|key| keys.iter().any(|own| own == key))
                    })
            };
            assert!(found.iter().any(|(_, keys)| meets(keys)), "{one} {other:?}");
        }
        assert_eq!(Names::table().of_words(&keyed("білий сніг")), []);
        assert_eq!(Names::table().of_words(&keyed("білий")), []);
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
