//! How many articles of the cluster have the words of a plan.

use crate::cluster::cluster_index::ClusterIndex;
use crate::cluster::mapping::tokens_field;
use crate::cluster::tokens::FORM;
use crate::error::Result;
use crate::plan::Plan;
use crate::plan::cache::segment_term::Scope;
use crate::plan::slot::{Frequency, Slot};
use crate::schema::{Part, indexed_parts};
use crate::search::searcher::WholeIndex;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Of the forms that a pattern stands for the commonest are counted: the commonest one of all is
/// what matters.
const MOST_FORMS: usize = 32;

/// A term of a field, of which articles are counted.
type CountedTerm = (&'static str, String);

impl WholeIndex for ClusterIndex {
    fn count_words(&self, plan: &mut Plan, parts: &[Part]) -> Result<()> {
        let mut wanted: BTreeMap<CountedTerm, u64> = BTreeMap::new();
        plan.for_each_slot_in_parts_mut(parts, &mut |parts, slot| {
            for is_own in [true, false] {
                let terms = terms_of(slot, parts, is_own);
                wanted.extend(terms.into_iter().map(|term| (term, 0)));
            }
        });
        let queries = wanted
            .keys()
            .map(|(field, term)| json!({"term": {*field: term}}));
        let totals = self.totals(&queries.collect::<Vec<Value>>())?;
        for (count, total) in wanted.values_mut().zip(totals) {
            *count = total;
        }
        let of = self.article_count()?;
        plan.for_each_slot_in_parts_mut(parts, &mut |parts, slot| {
            let commonest = |is_own: bool| {
                let terms = terms_of(slot, parts, is_own).into_iter();
                let counts = terms.filter_map(|term| wanted.get(&term).copied());
                counts.max().filter(|count| *count > 0)
            };
            let articles = commonest(true).or_else(|| commonest(false)).unwrap_or(0);
            slot.frequency = Some(Frequency { articles, of });
        });
        Ok(())
    }
}

/// Returns the terms whose articles say how common a slot is, its own or those of its spellings.
fn terms_of(slot: &Slot, parts: &[Part], is_own: bool) -> Vec<CountedTerm> {
    let keys = if is_own { &slot.terms } else { &slot.spellings };
    // The fields are those in which an index in a folder looks the slot up.
    let fields: Vec<&'static str> = match Scope::of(slot, parts) {
        Scope::Article => vec!["prominent", tokens_field(Part::Body)],
        Scope::Parts(parts) => {
            let parts = indexed_parts(&parts).iter();
            parts.copied().map(tokens_field).collect()
        }
    };
    let forms = slot.forms.iter().take(if is_own { MOST_FORMS } else { 0 });
    let forms: Vec<String> = forms.map(|form| format!("{FORM}{form}")).collect();
    let all = |field| {
        let terms = keys.iter().chain(&forms);
        terms.map(move |term: &String| (field, term.clone()))
    };
    fields.into_iter().flat_map(all).collect()
}
