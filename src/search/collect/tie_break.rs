//! Breaks ties between equal scores: exact words, then date, then id and collection.

use crate::search::collect::exact_forms::ExactForms;
use crate::search::columns::Columns;
use crate::search::columns::lazy_id::LazyId;
use std::cell::OnceCell;
use std::cmp::Ordering;
use std::rc::Rc;
use tantivy::DocAddress;

/// Breaks the ties of an article with others; the greater comes first. What costs time is looked up
/// only where it is needed.
#[derive(Clone)]
pub(crate) struct TieBreak<'a> {
    pub(crate) exactness: Exactness<'a>,
    /// First second of its date: the newer first, without a date last.
    pub(crate) published_at: Option<i64>,
    pub(crate) id: LazyId<'a>,
}

impl<'a> TieBreak<'a> {
    /// Makes that of the article at `address`, whose segment has these `columns`; `forms` are those
    /// that the query was typed in, none where they do not count.
    pub(crate) fn new(
        columns: &'a Columns,
        address: DocAddress,
        forms: Option<&Rc<ExactForms<'a>>>,
    ) -> Self {
        Self {
            exactness: Exactness {
                forms: forms.cloned(),
                address,
                count: OnceCell::new(),
            },
            published_at: columns.published_at.first(address.doc_id),
            id: LazyId::new(columns, address),
        }
    }

    /// Compares with an article that has this number of exact words, date and
    /// [`LazyId::unique_text`].
    pub(crate) fn compare_to(&self, exact: usize, published_at: Option<i64>, id: &str) -> Ordering {
        let by_both = self.compare_words_and_dates(exact, published_at);
        by_both.then_with(|| id.cmp(self.id.unique_text().as_str()))
    }

    fn compare_words_and_dates(&self, exact: usize, published_at: Option<i64>) -> Ordering {
        let by_words = self.exactness.count().cmp(&exact);
        by_words.then(self.published_at.cmp(&published_at))
    }
}

impl Ord for TieBreak<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_both = self.compare_words_and_dates(other.exactness.count(), other.published_at);
        // Ids of one segment are in order without being read.
        by_both.then_with(|| other.id.cmp(&self.id))
    }
}

impl PartialOrd for TieBreak<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for TieBreak<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for TieBreak<'_> {}

/// How many words stand in an article as they were typed.
#[derive(Clone)]
pub(crate) struct Exactness<'a> {
    forms: Option<Rc<ExactForms<'a>>>,
    address: DocAddress,
    count: OnceCell<usize>,
}

impl Exactness<'_> {
    /// Returns the number; the first call looks it up. None where the postings cannot be read.
    pub(crate) fn count(&self) -> usize {
        *self.count.get_or_init(|| {
            let forms = self.forms.as_ref();
            forms.map_or(0, |forms| forms.count(self.address).unwrap_or_default())
        })
    }
}
