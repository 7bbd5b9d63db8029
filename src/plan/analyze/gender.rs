//! Surnames typed in one gender: `Зеленська` finds him too, behind all articles on her.

use crate::analysis::spelling::surnames::{Surname, is_first_name, is_known_name};
use crate::analysis::words::tokenizer::Words;
use crate::plan::Plan;
use crate::plan::analyze::Analysis;
use crate::query::ast::{Query, Word, WordMode};
use std::sync::Arc;

impl Analysis<'_> {
    /// Lets the word that `plan` is for count less in the other gender, if it is a surname that is
    /// declined as an adjective. `before` and `behind` are what stands beside it in the query,
    /// which tells whether it is one.
    pub(crate) fn prefer_gender(
        &self,
        query: &Query,
        [before, behind]: [Option<&Query>; 2],
        plan: &mut Plan,
    ) {
        let (Query::Word(word), Plan::Phrase(slots)) = (query, plan) else {
            return;
        };
        let [slot] = slots.as_mut_slice() else { return };
        if !self.has_variants || word.reading != WordMode::Inflected {
            return;
        }
        let Some((form, is_capitalised)) = only_word(word) else {
            return;
        };
        let Some(surname) = Surname::of(&form, &slot.terms) else {
            return;
        };
        let is_alone = before.is_none() && behind.is_none();
        let is_beside_name = || {
            let mut beside = [before, behind].into_iter().flatten();
            beside.any(|query| match query {
                Query::Word(word) => only_word(word).is_some_and(|(form, _)| is_first_name(&form)),
                _ => false,
            })
        };
        let may_be_name = is_capitalised || surname.key.ends_with("ький");
        let is_surname = is_known_name(&form, &surname.key)
            || (is_alone && is_capitalised)
            || (may_be_name && is_beside_name());
        if !is_surname {
            return;
        }
        // What counts less is what a slot has as spellings.
        Arc::make_mut(&mut slot.terms).retain(|term| *term != surname.key);
        let forms = Arc::make_mut(&mut slot.forms);
        for form in surname.forms {
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
        Arc::make_mut(&mut slot.spellings).insert(0, surname.key);
    }
}

/// Returns the form of a `word` that is one word of a text, and whether it begins with a capital.
fn only_word(word: &Word) -> Option<(String, bool)> {
    let mut words = Words::new(&word.text);
    let (mut form, mut next) = (String::new(), String::new());
    let is_capitalised = words.next_into(&mut form)?.is_capitalised();
    words
        .next_into(&mut next)
        .is_none()
        .then_some((form, is_capitalised))
}
