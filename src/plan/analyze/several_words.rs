//! Words of a conjunction that are written or named otherwise together: `веб сайт` also finds
//! `вебсайт`, `Білий дім` also `White House`.

use crate::analysis::spelling::compounds;
use crate::analysis::spelling::names::Names;
use crate::analysis::spelling::variants::Variants;
use crate::analysis::words::tokenizer::Words;
use crate::plan::Plan;
use crate::plan::analyze::Analysis;
use crate::plan::analyze::words::{leading_words, only_word, text_in_a_row};
use crate::plan::slot::Slot;
use crate::query::ast::Query;

impl Analysis<'_> {
    /// Returns how many of `queries` are words that may be written otherwise together, and their
    /// plan: all of them anywhere, or the other spelling.
    pub(crate) fn several_words(&mut self, queries: &[Query]) -> Option<(usize, Plan)> {
        let mut words = leading_words(queries);
        // One that is several by itself has its spellings already.
        let single = words.iter().take_while(|word| only_word(word).is_some());
        words.truncate(single.count());
        let [first, _, ..] = words.as_slice() else {
            return None;
        };
        if !self.has_variants || !self.may_begin_several(&first.text) {
            return None;
        }
        let keyed = self.keyed(&text_in_a_row(&words));
        if keyed.len() != words.len() {
            return None;
        }
        let variants = Variants::ukrainian().of_words(&keyed).into_iter();
        let mut others: Vec<_> = variants
            .map(|found| (found.replaced, found.words))
            .collect();
        if self.transliterator.is_some() {
            others.extend(Names::table().of_words(&keyed));
        }
        let count = others.iter().map(|(count, _)| *count).max()?;
        if count < 2 {
            return None;
        }
        let apart = queries.get(..count)?.iter();
        let mut plans = vec![Plan::And(
            apart.filter_map(|query| self.plan(query)).collect(),
        )];
        for (replaced, keys) in others {
            if replaced == count {
                plans.push(Plan::Phrase(keys.into_iter().map(Slot::of_keys).collect()));
            }
        }
        Some((count, Plan::Or(plans)))
    }

    /// Returns whether `text`, one word of a query, may be the first of several that are written
    /// otherwise together. Most words are not, and cost no more than this.
    fn may_begin_several(&self, text: &str) -> bool {
        let mut form = String::new();
        if Words::new(text).next_into(&mut form).is_none() {
            return false;
        }
        compounds::is_first(&form)
            || Variants::ukrainian().may_begin_several(&form)
            || (self.transliterator.is_some() && Names::table().may_begin_several(&form))
    }
}
