//! All forms with their lemmas, in lower case and in the letters of the dictionary.

use crate::entry::Entry;
use shukach::analysis::letters::Letters;
use std::collections::BTreeMap;

/// One lemma of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reading {
    /// The codes of the lemma's letters.
    pub(crate) lemma: Box<[u8]>,
    /// The form is a verb form other than a converb.
    pub(crate) is_verb: bool,
    /// The form is a converb and nothing else.
    pub(crate) is_converb: bool,
}

/// Readings by the codes of the form's letters.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    /// The readings of each form, distinct by lemma, in the order of the source.
    pub(crate) forms: BTreeMap<Box<[u8]>, Vec<Reading>>,
    /// Count of entries left out because they have other characters: abbreviations with a full stop.
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
        let is_verb = entry.parts_of_speech().any(|part| part == "verb");
        let is_converb = entry.parts_of_speech().all(|part| part == "advp");
        let readings = self.forms.entry(form.codes().into()).or_default();
        // Пушкар and пушкар are one lemma.
        if let Some(same) = readings.iter_mut().find(|r| *r.lemma == *lemma.codes()) {
            same.is_verb |= is_verb;
            same.is_converb &= is_converb;
        } else {
            readings.push(Reading {
                lemma: lemma.codes().into(),
                is_verb,
                is_converb,
            });
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
