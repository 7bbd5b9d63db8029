//! All forms with their lemmas, in lower case and in the letters of the dictionary.

use crate::entry::Entry;
use shukach::analysis::dictionary::letters::Letters;
use std::collections::BTreeMap;

/// Vocative, imperative, short adjective, not standard.
const RARE_TAGS: [&str; 4] = ["v_kly", "impr", "short", "subst"];

/// What kind of verb form a reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EntryKind {
    /// Among others, a verb form other than a converb.
    Verb,
    /// A converb and nothing else.
    Converb,
    /// Anything else.
    Other,
}

/// One lemma of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reading {
    /// The codes of the lemma's letters.
    pub(crate) lemma: Box<[u8]>,
    /// What kind of verb form it is.
    pub(crate) kind: EntryKind,
    /// The form is nothing but a vocative, an imperative, a short adjective or not standard.
    pub(crate) is_rare: bool,
    /// The lemma is a proper name and nothing else.
    pub(crate) is_name: bool,
    /// The form has this lemma in texts often enough, seen beside its other lemmas.
    pub(crate) is_likely: bool,
}

impl Reading {
    /// Makes what an entry tells; all readings are likely as long as nothing else is known.
    fn new(entry: &Entry<'_>, lemma: &Letters) -> Self {
        let kind = if entry.parts_of_speech().any(|part| part == "verb") {
            EntryKind::Verb
        } else if entry.parts_of_speech().all(|part| part == "advp") {
            EntryKind::Converb
        } else {
            EntryKind::Other
        };
        Self {
            lemma: lemma.codes().into(),
            kind,
            is_rare: entry.readings().all(is_rare),
            is_name: entry.lemma.starts_with(char::is_uppercase),
            is_likely: true,
        }
    }

    /// Merges another entry of the same form and lemma.
    fn add(&mut self, other: &Self) {
        self.kind = match (self.kind, other.kind) {
            (EntryKind::Verb, _) | (_, EntryKind::Verb) => EntryKind::Verb,
            (EntryKind::Converb, EntryKind::Converb) => EntryKind::Converb,
            _ => EntryKind::Other,
        };
        self.is_rare &= other.is_rare;
        self.is_name &= other.is_name;
    }
}

fn is_rare(reading: &str) -> bool {
    reading.split(':').any(|tag| RARE_TAGS.contains(&tag))
}

/// Readings by the codes of the form's letters.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    /// The readings of each form, distinct by lemma, in the order of the source.
    pub(crate) forms: BTreeMap<Box<[u8]>, Vec<Reading>>,
    /// Count of entries left out because they have other characters: abbreviations with a full
    /// stop.
    pub(crate) left_out: usize,
}

impl Lexicon {
    /// Adds an entry; one with characters that no word of a text has is only counted.
    pub(crate) fn add(&mut self, entry: &Entry<'_>) {
        let lemma = Letters::of(&entry.lemma.to_lowercase());
        let (Some(form), Some(lemma)) = (Letters::of(entry.form), lemma) else {
            self.left_out += 1;
            return;
        };
        let reading = Reading::new(entry, &lemma);
        let readings = self.forms.entry(form.codes().into()).or_default();
        // Пушкар and пушкар are one lemma.
        match readings
            .iter_mut()
            .find(|other| other.lemma == reading.lemma)
        {
            Some(same) => same.add(&reading),
            None => readings.push(reading),
        }
    }

    /// Returns the readings of a form; none if it is unknown.
    pub(crate) fn readings(&self, form: &[u8]) -> &[Reading] {
        self.forms.get(form).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
pub(crate) fn lexicon_of(entries: &[(&str, &str, &str)]) -> Lexicon {
    let mut lexicon = Lexicon::default();
    for &(form, lemma, tags) in entries {
        lexicon.add(&Entry {
            form,
            lemma: lemma.to_owned(),
            tags,
        });
    }
    lexicon
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_a_noun_are_one_lemma() {
        let lexicon = lexicon_of(&[("пушкаря", "Пушкар", "noun"), ("пушкаря", "пушкар", "noun")]);
        assert_eq!(
            lexicon.forms.values().map(Vec::len).collect::<Vec<_>>(),
            [1]
        );
    }

    #[test]
    fn a_reading_is_rare_only_if_all_are() {
        let lexicon = lexicon_of(&[
            ("рядку", "рядок", "noun:inanim:m:v_dav|noun:inanim:m:v_kly"),
            ("друже", "друг", "noun:anim:m:v_kly"),
        ]);
        let is_rare = |form| lexicon.readings(Letters::of(form).unwrap().codes())[0].is_rare;
        assert!(is_rare("друже") && !is_rare("рядку"));
    }

    #[test]
    fn ge_with_upturn_is_folded_in_the_lemma_too() {
        let lexicon = lexicon_of(&[("ганку", "ґанок", "noun")]);
        let form = Letters::of("ганку").unwrap();
        let lemma = Letters::of("ганок").unwrap();
        assert_eq!(*lexicon.readings(form.codes())[0].lemma, *lemma.codes());
    }

    #[test]
    fn an_abbreviation_with_a_full_stop_is_left_out() {
        let lexicon = lexicon_of(&[("вул.", "вул.", "noun")]);
        assert!(lexicon.forms.is_empty());
        assert_eq!(lexicon.left_out, 1);
    }
}
