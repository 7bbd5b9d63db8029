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

impl Ord for LazyId<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.address.segment_ord == other.address.segment_ord {
            let ordinal = |id: &Self| id.columns.id_ordinal(id.address.doc_id);
            ordinal(self).cmp(&ordinal(other))
        } else {
            self.text().cmp(other.text())
        }
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
