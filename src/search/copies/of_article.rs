//! The copies of one article.

use crate::plan::article_set::ArticleSet;
use crate::schema::fields;
use crate::search::response::Copies;
use crate::search::search_error::SearchError;
use crate::search::searcher::Searcher;
use tantivy::{DocAddress, Term};

impl Searcher {
    /// Returns where the articles of the cluster of `address` are, in order of publication, it
    /// among them; it alone where it has no copies.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub(crate) fn prints(&self, address: DocAddress) -> Result<Vec<DocAddress>, SearchError> {
        let clusters = self.clusters()?;
        let key = self.columns_of(address)?.key.first(address.doc_id);
        let Some(member) = key.and_then(|key| clusters.member(key)) else {
            return Ok(vec![address]);
        };
        let mut prints = Vec::new();
        for key in clusters.members(member.cluster) {
            // Of an article that was replaced since, the file may still have the old place.
            prints.extend(self.articles_of(&Term::from_field_u64(fields().key, *key))?);
        }
        prints.dedup();
        Ok(prints)
    }

    /// Returns the copies of the article at `address`, as a hit shows them.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub(crate) fn copies_of(&self, address: DocAddress) -> Result<Copies, SearchError> {
        let mut copies = Copies::default();
        for print in self.prints(address)? {
            if print == address {
                continue;
            }
            copies.count += 1;
            let columns = self.columns_of(print)?;
            if let Some(source) = columns
                .source(print.doc_id)
                .map_err(tantivy::TantivyError::from)?
                && !copies.sources.contains(&source)
            {
                copies.sources.push(source);
            }
        }
        Ok(copies)
    }

    /// Returns the articles of the cluster of the one called `name`, it among them; none where no
    /// article is called so.
    ///
    /// # Errors
    /// Where the index cannot be read, or several articles are called so.
    pub(crate) fn prints_called(&self, name: &str) -> Result<ArticleSet, SearchError> {
        let address = match self.find_article(name) {
            Err(SearchError::UnknownArticle { .. }) => return Ok(ArticleSet::default()),
            found => found?,
        };
        let mut prints = Vec::new();
        for print in self.prints(address)? {
            prints.push((self.columns_of(print)?.segment, print.doc_id));
        }
        Ok(ArticleSet::new(prints))
    }
}
