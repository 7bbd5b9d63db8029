//! Surnames typed in one gender: `Зеленська` finds him too, behind all articles on her.

use crate::analysis::spelling::surnames::{Surname, is_first_name, is_known_name};
use crate::plan::Plan;
use crate::plan::analyze::Analysis;
use crate::plan::analyze::words::only_word;
use crate::query::ast::{Query, WordMode};
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
        let (word, slots) = match (query, plan) {
            (Query::Word(word), Plan::Phrase(slots)) => (word, slots),
            (Query::In { query, .. }, Plan::Only(_, plan))
            | (Query::Boost { query, .. }, Plan::Boost(_, plan)) => {
                return self.prefer_gender(query, [before, behind], plan);
            }
            _ => return,
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
                Query::Word(word) => only_word(word)
                    .is_some_and(|(form, is_capitalised)| is_first_name(&form, is_capitalised)),
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
