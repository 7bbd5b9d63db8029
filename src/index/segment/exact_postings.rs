//! The articles of each value of the fields that are indexed as they stand: ids, sources, keys.

use crate::index::segment::term_table::TermTable;
use tantivy::DocId;

/// The values of one field.
#[derive(Debug, Default)]
pub(super) struct ExactPostings {
    values: TermTable,
    /// A value by number, and an article, in the order of the articles.
    pairs: Vec<(u32, DocId)>,
    value_count: u64,
}

impl ExactPostings {
    /// Adds a value of article `doc`, which is not before any other.
    pub(super) fn add(&mut self, doc: DocId, value: &[u8]) {
        self.value_count += 1;
        let pair = (self.values.number_of(value), doc);
        // A value may stand twice in an article.
        let again = self.pairs.iter().rev().take_while(|(_, at)| *at == doc);
        if !again.into_iter().any(|known| *known == pair) {
            self.pairs.push(pair);
        }
    }

    /// Returns how many values were added.
    pub(super) fn value_count(&self) -> u64 {
        self.value_count
    }

    /// Gives each value with its articles, in order.
    pub(super) fn for_each<E>(
        &self,
        mut give: impl FnMut(&[u8], &mut dyn Iterator<Item = DocId>) -> Result<(), E>,
    ) -> Result<(), E> {
        let sorted = self.values.sorted();
        let mut ranks = vec![0_u32; sorted.len()];
        for (rank, number) in (0..).zip(&sorted) {
            if let Some(place) = ranks.get_mut(*number as usize) {
                *place = rank;
            }
        }
        let rank = |(number, _): &(u32, DocId)| ranks.get(*number as usize).copied();
        let mut pairs = self.pairs.clone();
        // Stable: the articles of a value stay in order.
        pairs.sort_by_key(rank);
        for pairs in pairs.chunk_by(|left, right| left.0 == right.0) {
            if let Some((number, _)) = pairs.first() {
                give(
                    self.values.term(*number),
                    &mut pairs.iter().map(|(_, doc)| *doc),
                )?;
            }
        }
        Ok(())
    }

    /// Returns the memory that it takes, in bytes.
    pub(super) fn mem_usage(&self) -> usize {
        self.values.mem_usage() + self.pairs.capacity() * size_of::<(u32, DocId)>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_in_order_with_their_articles_once_each() {
        let mut postings = ExactPostings::default();
        for (doc, value) in [(0, "б"), (0, "а"), (0, "б"), (2, "а"), (3, "в"), (3, "а")] {
            postings.add(doc, value.as_bytes());
        }
        let mut all = Vec::new();
        postings
            .for_each(|value, docs| {
                all.push((value.to_vec(), docs.collect::<Vec<_>>()));
                Ok::<(), ()>(())
            })
            .unwrap();
        let expected = [("а", vec![0, 2, 3]), ("б", vec![0]), ("в", vec![3])];
        assert_eq!(
            all,
            expected.map(|(value, docs)| (value.as_bytes().to_vec(), docs))
        );
        assert_eq!(postings.value_count(), 6);
    }
}
