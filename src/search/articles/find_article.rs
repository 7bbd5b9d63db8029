//! Finds an article by its id or file, and ids that are spelled like an unknown one.

use crate::error::Error;
use crate::index::document;
use crate::schema::fields;
use crate::search::search_error::SearchError;
use crate::search::searcher::Searcher;
use crate::search::suggest::edit_cost::cost;
use std::collections::BTreeSet;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocSet, TERMINATED, Term};

/// The most ids that are offered for one that is unknown.
const MAX_NEAR_IDS: usize = 3;

impl Searcher {
    /// Returns where the article called `name` is, an id or `COLLECTION:ID`, or the only one of the
    /// file `name`; of an exact repeat the article that stands for it.
    ///
    /// # Errors
    /// [`SearchError::UnknownArticle`], with ids that are spelt nearly like `name`;
    /// [`Error::AmbiguousId`] where several collections have the id; [`SearchError::Index`].
    pub(crate) fn find_article(&self, name: &str) -> Result<DocAddress, SearchError> {
        match self.article(name)? {
            Some(address) => Ok(address),
            None => Err(SearchError::UnknownArticle {
                id: name.to_owned(),
                near: self.near_ids(name)?,
            }),
        }
    }

    /// Checks that an article is called `name`, or is the only one of the file `name`.
    ///
    /// # Errors
    /// [`SearchError::UnknownArticle`], with ids that are spelt nearly like `name`;
    /// [`SearchError::Index`].
    pub fn check_article(&self, name: &str) -> Result<(), SearchError> {
        self.find_article(name).map(|_| ())
    }

    fn article(&self, name: &str) -> Result<Option<DocAddress>, SearchError> {
        let by_id = self.articles_with(fields().id, name)?;
        if let Some(first) = by_id.first() {
            let collections = self.collections_of(&by_id)?;
            if collections.len() > 1 {
                let (id, collections) = (name.to_owned(), collections.into_iter().collect());
                return Err(Error::AmbiguousId { id, collections }.into());
            }
            return Ok(Some(*first));
        }
        // Both a collection and an id may hold colons.
        for (at, _) in name.match_indices(':') {
            let (collection, id) = name.split_at(at);
            let key = document::key(collection, id.strip_prefix(':').unwrap_or_default());
            let term = Term::from_field_u64(fields().key, key);
            if let Some(address) = self.articles_of(&term)?.first() {
                return Ok(Some(*address));
            }
        }
        let of_file = self.articles_with(fields().path, name)?;
        if of_file.is_empty() {
            // It may be a repeat of an article that stands for it.
            let holders = self.holders_of(name)?;
            return Ok(holders.first().copied().filter(|_| holders.len() == 1));
        }
        Ok(of_file.first().copied().filter(|_| of_file.len() == 1))
    }

    fn collections_of(&self, addresses: &[DocAddress]) -> Result<BTreeSet<String>, SearchError> {
        let name = |address: &DocAddress| {
            let columns = self.columns_of(*address)?;
            let collection = columns.collection(address.doc_id);
            collection.map_err(tantivy::TantivyError::from)
        };
        let names = addresses.iter().map(name);
        Ok(names.collect::<tantivy::Result<_>>()?)
    }

    fn articles_with(&self, field: Field, value: &str) -> Result<Vec<DocAddress>, SearchError> {
        self.articles_of(&Term::from_field_text(field, value))
    }

    /// Returns where the articles with `term` are.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub(crate) fn articles_of(&self, term: &Term) -> Result<Vec<DocAddress>, SearchError> {
        let mut addresses = Vec::new();
        for (ordinal, reader) in (0..).zip(self.engine.segment_readers()) {
            let inverted = reader.inverted_index(term.field())?;
            let postings = inverted.read_postings(term, IndexRecordOption::Basic);
            let Some(mut postings) = postings.map_err(tantivy::TantivyError::from)? else {
                continue;
            };
            let mut doc = postings.doc();
            while doc != TERMINATED {
                if !reader.is_deleted(doc) {
                    addresses.push(DocAddress::new(ordinal, doc));
                }
                doc = postings.advance();
            }
        }
        Ok(addresses)
    }

    /// Returns ids of the index that are spelt nearly like `id`, the likeliest first.
    fn near_ids(&self, id: &str) -> Result<Vec<String>, SearchError> {
        let field = fields().id;
        let automaton =
            FuzzyTermQuery::new(Term::from_field_text(field, id), 2, true).automaton()?;
        let mut ids = Vec::new();
        for reader in self.engine.segment_readers() {
            let inverted = reader.inverted_index(field)?;
            let search = inverted.terms().search(&automaton);
            let mut stream = search.into_stream().map_err(tantivy::TantivyError::from)?;
            while stream.advance() {
                ids.extend(std::str::from_utf8(stream.key()).map(str::to_owned));
            }
        }
        ids.sort_by(|a, b| cost(id, a).total_cmp(&cost(id, b)).then_with(|| a.cmp(b)));
        ids.dedup();
        let mut near = Vec::new();
        for id in ids {
            if near.len() == MAX_NEAR_IDS {
                break;
            }
            // Its article may have been removed.
            if !self.articles_with(field, &id)?.is_empty() {
                near.push(id);
            }
        }
        Ok(near)
    }
}
