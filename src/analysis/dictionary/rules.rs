//! How a form becomes its lemmas or keys: rules such as "cut two letters, append `ти`", and sets of
//! them.
//!
//! A table of rules is one block of bytes that is read in place. Numbers are little-endian:
//!
//! | part | bytes |
//! |---|---|
//! | magic, with the version of this layout | 8 |
//! | count of rules, of sets, of members of all sets, of suffix letters | 4 × 4 |
//! | rules: start of the suffix (2), letters to cut (1), letters in the suffix (1) | 4 a rule |
//! | where the members of each set start, and the end of the last | 2 a set + 2 |
//! | members: ordinals of rules; the highest bit marks one that is not likely | 2 a member |
//! | weights of the members, in hundredths | 1 a member |
//! | letters of the suffixes, as codes of [`crate::analysis::dictionary::letters`] | 1 a letter |

use crate::analysis::dictionary::letters::Letters;

const MAGIC: &[u8; 8] = b"UkRules\x03";

/// In [`Rule::cut`]: the whole form goes, whatever its length.
pub const CUT_ALL: u8 = u8::MAX;

/// The bit of a member that marks it as not likely.
const UNLIKELY: u16 = 1 << 15;

/// One way from a form to a lemma or key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule<'a> {
    /// How many letters to cut from the end, or [`CUT_ALL`].
    pub cut: u8,
    /// The codes of the letters to append.
    pub suffix: &'a [u8],
}

impl Rule<'_> {
    /// Returns what the rule makes of `form`; `None` if it would be too long.
    pub fn apply(&self, form: &Letters) -> Option<Letters> {
        let mut result = *form;
        result.cut(if self.cut == CUT_ALL {
            usize::MAX
        } else {
            self.cut.into()
        });
        result.append(self.suffix)?;
        Some(result)
    }
}

/// A rule as a member of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Choice<'a> {
    /// The rule.
    pub rule: Rule<'a>,
    /// Whether it is among the likely ones of its set. The first of a set always is.
    pub is_likely: bool,
    /// What share of the words that have the set the rule leads to the right result, in hundredths;
    /// 0 where nothing was counted.
    pub weight: u8,
}

/// The rules of a dictionary and their sets, read in place.
#[derive(Debug, Clone, Copy)]
pub struct RuleTables<'a> {
    rules: &'a [[u8; 4]],
    starts: &'a [[u8; 2]],
    members: &'a [[u8; 2]],
    weights: &'a [u8],
    suffixes: &'a [u8],
}

impl<'a> RuleTables<'a> {
    /// Opens `bytes`, which takes the same few steps whatever their size; `None` if they are of
    /// another layout or not complete.
    pub fn open(bytes: &'a [u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (counts, rest) = rest.split_first_chunk::<16>()?;
        let mut counts = counts
            .as_chunks::<4>()
            .0
            .iter()
            .map(|&n| u32::from_le_bytes(n));
        let mut count = || usize::try_from(counts.next()?).ok();
        let (rule_count, set_count, member_count, letter_count) =
            (count()?, count()?, count()?, count()?);
        let (rules, rest) = rest.split_at_checked(rule_count.checked_mul(4)?)?;
        let (starts, rest) = rest.split_at_checked(set_count.checked_add(1)?.checked_mul(2)?)?;
        let (members, rest) = rest.split_at_checked(member_count.checked_mul(2)?)?;
        let (weights, suffixes) = rest.split_at_checked(member_count)?;
        (suffixes.len() == letter_count).then_some(Self {
            rules: rules.as_chunks().0,
            starts: starts.as_chunks().0,
            members: members.as_chunks().0,
            weights,
            suffixes,
        })
    }

    /// Returns the rules of a set, the likeliest first; none if there is no such set.
    pub fn set(&self, ordinal: u64) -> impl Iterator<Item = Choice<'a>> + use<'a> {
        let tables = *self;
        let (members, weights) = tables.members(ordinal).unwrap_or_default();
        members
            .iter()
            .zip(weights)
            .filter_map(move |(&member, &weight)| tables.choice(u16::from_le_bytes(member), weight))
    }

    fn members(&self, ordinal: u64) -> Option<(&'a [[u8; 2]], &'a [u8])> {
        let ordinal = usize::try_from(ordinal).ok()?;
        let start = u16::from_le_bytes(*self.starts.get(ordinal)?);
        let end = u16::from_le_bytes(*self.starts.get(ordinal.checked_add(1)?)?);
        let range = start.into()..end.into();
        Some((self.members.get(range.clone())?, self.weights.get(range)?))
    }

    fn choice(&self, member: u16, weight: u8) -> Option<Choice<'a>> {
        let is_likely = member & UNLIKELY == 0;
        let &[low, high, cut, count] = self.rules.get(usize::from(member & !UNLIKELY))?;
        let start = usize::from(u16::from_le_bytes([low, high]));
        let suffix = self.suffixes.get(start..start + usize::from(count))?;
        Some(Choice {
            rule: Rule { cut, suffix },
            is_likely,
            weight,
        })
    }
}

/// Writes a table of these rules and of these sets, whose members must be among the rules; `None`
/// if they are not, or if there are more than the layout can number.
#[cfg(any(test, feature = "dictionary-tool"))]
pub fn encode(rules: &[Rule<'_>], sets: &[Vec<Choice<'_>>]) -> Option<Vec<u8>> {
    let (mut heads, mut suffixes) = (Vec::new(), Vec::new());
    let mut ordinals = std::collections::BTreeMap::new();
    for (ordinal, rule) in (0..UNLIKELY).zip(rules) {
        let known = suffixes
            .windows(rule.suffix.len().max(1))
            .position(|w| w == rule.suffix);
        let start = if rule.suffix.is_empty() {
            0
        } else {
            known.unwrap_or(suffixes.len())
        };
        if start == suffixes.len() {
            suffixes.extend_from_slice(rule.suffix);
        }
        heads.extend_from_slice(&u16::try_from(start).ok()?.to_le_bytes());
        heads.extend_from_slice(&[rule.cut, u8::try_from(rule.suffix.len()).ok()?]);
        ordinals.insert(rule, ordinal);
    }
    let (mut starts, mut members, mut weights) = (vec![0, 0], Vec::new(), Vec::new());
    for set in sets {
        for choice in set {
            let mark = if choice.is_likely { 0 } else { UNLIKELY };
            members.extend((ordinals.get(&choice.rule)? | mark).to_le_bytes());
            weights.push(choice.weight);
        }
        starts.extend_from_slice(&u16::try_from(members.len() / 2).ok()?.to_le_bytes());
    }
    let mut bytes = MAGIC.to_vec();
    for count in [rules.len(), sets.len(), members.len() / 2, suffixes.len()] {
        bytes.extend_from_slice(&u32::try_from(count).ok()?.to_le_bytes());
    }
    for part in [heads, starts, members, weights, suffixes] {
        bytes.extend_from_slice(&part);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn codes(word: &str) -> Vec<u8> {
        Letters::of(word).unwrap().codes().to_vec()
    }

    fn sample() -> Vec<u8> {
        let (ty, out) = (codes("ти"), codes("один"));
        let rules = [
            Rule {
                cut: 2,
                suffix: &ty,
            },
            Rule {
                cut: 0,
                suffix: &[],
            },
            Rule {
                cut: CUT_ALL,
                suffix: &out,
            },
        ];
        let likely = |ordinal: usize| Choice {
            rule: rules[ordinal],
            is_likely: true,
            weight: 75,
        };
        let unlikely = |ordinal: usize| Choice {
            rule: rules[ordinal],
            is_likely: false,
            weight: 20,
        };
        let sets = [
            vec![likely(1)],
            vec![likely(0), unlikely(1)],
            vec![likely(2)],
        ];
        encode(&rules, &sets).unwrap()
    }

    fn results(tables: &RuleTables<'_>, set: u64, form: &str) -> Vec<(String, bool)> {
        let form = Letters::of(form).unwrap();
        let text = |choice: Choice<'_>| {
            let mut text = String::new();
            choice.rule.apply(&form).unwrap().write_to(&mut text);
            (text, choice.is_likely)
        };
        tables.set(set).map(text).collect()
    }

    #[test]
    fn a_set_gives_its_results_in_its_order() {
        let bytes = sample();
        let tables = RuleTables::open(&bytes).unwrap();
        assert_eq!(results(&tables, 0, "замок"), [("замок".to_owned(), true)]);
        let two = [("читти".to_owned(), true), ("читаю".to_owned(), false)];
        assert_eq!(results(&tables, 1, "читаю"), two);
        assert_eq!(results(&tables, 2, "єдиного"), [("один".to_owned(), true)]);
    }

    #[test]
    fn each_rule_of_a_set_has_its_weight() {
        let bytes = sample();
        let tables = RuleTables::open(&bytes).unwrap();
        let weights: Vec<_> = tables.set(1).map(|choice| choice.weight).collect();
        assert_eq!(weights, [75, 20]);
    }

    #[test]
    fn a_set_with_a_rule_that_is_not_in_the_table_is_not_written() {
        let choice = Choice {
            rule: Rule {
                cut: 1,
                suffix: &[],
            },
            is_likely: true,
            weight: 0,
        };
        assert!(encode(&[], &[vec![choice]]).is_none());
    }

    #[test]
    fn a_set_that_is_not_there_gives_nothing() {
        let bytes = sample();
        let tables = RuleTables::open(&bytes).unwrap();
        for set in [3, 70_000, u64::MAX] {
            assert_eq!(tables.set(set).count(), 0);
        }
    }

    #[test]
    fn another_layout_and_an_incomplete_table_are_not_opened() {
        let bytes = sample();
        assert!(RuleTables::open(b"").is_none());
        assert!(RuleTables::open(&bytes[1..]).is_none());
        assert!(RuleTables::open(&bytes[..bytes.len() - 1]).is_none());
        assert!(RuleTables::open(&[&bytes[..], b"a"].concat()).is_none());
    }

    proptest! {
        #[test]
        fn damaged_tables_do_not_panic(place in 0..80_usize, byte: u8, set in 0..5_u64) {
            let mut bytes = sample();
            let place = place % bytes.len();
            bytes[place] = byte;
            let form = Letters::of("читаю").unwrap();
            if let Some(tables) = RuleTables::open(&bytes) {
                for choice in tables.set(set) {
                    let _ = choice.rule.apply(&form);
                }
            }
        }
    }
}
