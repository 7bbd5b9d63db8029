//! Finds an article by its id or file, and ids that are spelled like an unknown one.

use crate::schema::fields;
use crate::search::search_error::SearchError;
use crate::search::searcher::Searcher;
use crate::search::suggest::edit_cost::cost;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocSet, TERMINATED, Term};

/// So many ids are named that are spelt nearly like one that is not there.
const MAX_NEAR_IDS: usize = 3;

impl Searcher {
    /// Returns where the article called `name` is, or the only one of the file `name`.
    ///
    /// # Errors
    /// [`SearchError::UnknownArticle`], with ids that are spelt nearly like `name`;
    /// [`SearchError::Index`].
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
        if let Some(address) = by_id.first() {
            return Ok(Some(*address));
        }
        let of_file = self.articles_with(fields().path, name)?;
        Ok(of_file.first().copied().filter(|_| of_file.len() == 1))
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
