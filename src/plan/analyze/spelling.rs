//! Other spellings of the words of a query.

use crate::analysis::spelling::names::Names;
use crate::analysis::spelling::variants::{KeyedWord, Variants};
use crate::plan::slot::Slot;
use std::sync::Arc;

/// A text has no more spellings than this; further ones are left out. A phrase of the longest
/// quotes has two or three.
const MAX_SPELLINGS: usize = 16;

/// What may stand for some words of a text.
struct Step {
    /// Of how many words it takes the place.
    replaced: usize,
    slots: Vec<Slot>,
}

/// Returns the spellings of `words`, as they stand first; each is a phrase. A variant of one word
/// for one word gives no spelling of its own but a further term of its slot.
/// Where `has_names`, names of several words stand in other languages too.
pub(crate) fn spellings(words: &[KeyedWord], has_names: bool) -> Vec<Vec<Slot>> {
    let steps: Vec<Vec<Step>> = (0..words.len())
        .map(|at| {
            let words = words.get(at..).unwrap_or_default();
            let mut steps = steps_at(words);
            if has_names {
                steps.extend(names_at(words));
            }
            steps
        })
        .collect();
    let mut all = Vec::new();
    extend(&steps, &mut Vec::new(), &mut all);
    all
}

/// Returns what may stand for the first of `words` or for several from there on.
fn steps_at(words: &[KeyedWord]) -> Vec<Step> {
    let keys = words
        .first()
        .map(|word| word.keys.iter().map(str::to_owned));
    let mut own: Vec<String> = keys.into_iter().flatten().collect();
    let mut others = Vec::new();
    for mut variant in Variants::ukrainian().of_words(words) {
        if variant.replaced == 1 && variant.words.len() == 1 {
            let new = variant.words.remove(0).into_iter();
            own.extend(new.filter(|key| !own.contains(key)).collect::<Vec<_>>());
        } else {
            let slots = variant.words.into_iter().map(Slot::of_keys).collect();
            others.push(Step {
                replaced: variant.replaced,
                slots,
            });
        }
    }
    let mut slot = Slot::of_keys(own);
    Arc::make_mut(&mut slot.forms).extend(
        words
            .iter()
            .take(1)
            .flat_map(|word| word.forms.iter().cloned()),
    );
    others.insert(
        0,
        Step {
            replaced: 1,
            slots: vec![slot],
        },
    );
    others
}

/// Returns the names of several words in other languages that may stand for what `words` begin
/// with.
fn names_at(words: &[KeyedWord]) -> impl Iterator<Item = Step> {
    let found = Names::table().of_words(words).into_iter();
    found.map(|(replaced, keys)| Step {
        replaced,
        slots: keys.into_iter().map(Slot::of_keys).collect(),
    })
}

/// Adds to `all` every spelling of what `steps` are for that begins with `slots`.
fn extend(steps: &[Vec<Step>], slots: &mut Vec<Slot>, all: &mut Vec<Vec<Slot>>) {
    let Some(first) = steps.first() else {
        all.push(slots.clone());
        return;
    };
    for step in first {
        if all.len() >= MAX_SPELLINGS {
            return;
        }
        let length = slots.len();
        slots.extend_from_slice(&step.slots);
        extend(steps.get(step.replaced..).unwrap_or_default(), slots, all);
        slots.truncate(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{KeyAnalyzer, Words};

    fn of(text: &str) -> Vec<String> {
        let mut words = Words::new(text);
        let mut all = Vec::new();
        let mut word = KeyedWord::default();
        while words.next_into(&mut word.form).is_some() {
            KeyAnalyzer::default().query_keys(&word.form, &mut word.keys);
            all.push(word.clone());
        }
        let shown = |slots: Vec<Slot>| {
            slots
                .iter()
                .map(|slot| slot.terms.join("|"))
                .collect::<Vec<_>>()
                .join(" ")
        };
        spellings(&all, true).into_iter().map(shown).collect()
    }

    #[test]
    fn a_variant_of_one_word_is_a_further_term() {
        let found = of("проєкт");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].contains("проєкт") && found[0].contains("проект"),
            "{found:?}"
        );
    }

    #[test]
    fn a_variant_of_more_or_fewer_words_is_a_spelling_of_its_own() {
        let found = of("новий вебсайт");
        assert!(
            found.len() == 2 && found[1].contains("веб") && found[1].contains("сайт"),
            "{found:?}"
        );
        assert_eq!(found[1].split(' ').count(), 3, "{found:?}");
        let found = of("на веб-сайті");
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[1].split(' ').count(), 2, "{found:?}");
    }

    #[test]
    fn a_long_text_has_a_limited_number_of_spellings() {
        assert_eq!(of(&"вебсайт ".repeat(50)).len(), MAX_SPELLINGS);
        assert!(of("").iter().all(String::is_empty));
    }
}
