//! The id of an article, read only if a tie needs it.

use crate::search::columns::Columns;
use std::cell::OnceCell;
use std::cmp::Ordering;
use tantivy::DocAddress;

/// An id in the order of ids. Within a segment the order is known without reading the ids.
#[derive(Clone)]
pub struct LazyId<'a> {
    columns: &'a Columns,
    address: DocAddress,
    text: OnceCell<String>,
}

impl<'a> LazyId<'a> {
    /// Makes the id of the article at `address`, whose segment has these `columns`.
    pub(crate) fn new(columns: &'a Columns, address: DocAddress) -> Self {
        Self {
            columns,
            address,
            text: OnceCell::new(),
        }
    }

    /// Returns the id; the first call reads it. Empty where the column cannot be read.
    pub fn text(&self) -> &str {
        self.text
            .get_or_init(|| self.columns.id(self.address.doc_id).unwrap_or_default())
    }
}

impl LazyId<'_> {
    /// Returns a text that no other article has and whose order is that of ids: the id, the
    /// collection, in which it is unique, and the place in the index, as two indexes that are
    /// searched as one may hold the same article.
    pub(crate) fn unique_text(&self) -> String {
        let DocAddress {
            segment_ord,
            doc_id,
        } = self.address;
        let (id, collection) = (self.text(), self.collection());
        format!("{id}\0{collection}\0{segment_ord:08x}{doc_id:08x}")
    }

    fn collection(&self) -> String {
        let collection = self.columns.collection(self.address.doc_id);
        collection.unwrap_or_default()
    }
}

impl Ord for LazyId<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_names = if self.address.segment_ord == other.address.segment_ord {
            let ordinals = |id: &Self| {
                let doc = id.address.doc_id;
                (
                    id.columns.id_ordinal(doc),
                    id.columns.collection_ordinal(doc),
                )
            };
            ordinals(self).cmp(&ordinals(other))
        } else {
            let by_id = self.text().cmp(other.text());
            by_id.then_with(|| self.collection().cmp(&other.collection()))
        };
        by_names.then(self.address.cmp(&other.address))
    }
}

impl PartialOrd for LazyId<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for LazyId<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for LazyId<'_> {}
