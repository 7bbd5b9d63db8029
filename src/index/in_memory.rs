//! Some articles as an index in memory, which is searched as any other and gone with its last user.

use crate::error::Result;
use crate::index::document::{CollectedArticle, to_document};
use crate::index::{Index, Payload, tokenizers};
use crate::schema;
use std::path::PathBuf;
use tantivy::directory::RamDirectory;

/// The memory that is planned for the writer, in bytes; the articles take what they take.
const WRITER_BYTES: usize = 16_000_000;

impl Index {
    /// Makes an index of `articles`, whose keys differ, in one segment. Costs their analysis, and
    /// memory of about their length.
    ///
    /// # Errors
    /// [`crate::Error::Engine`] where the engine fails.
    pub fn in_memory<'a>(articles: impl IntoIterator<Item = CollectedArticle<'a>>) -> Result<Self> {
        let builder = tantivy::Index::builder()
            .schema(schema::schema().clone())
            .tokenizers(tokenizers());
        let mut articles = articles.into_iter().peekable();
        let mut engine = if articles.peek().is_none() {
            // The engine cannot read a segment without articles.
            builder.create_in_ram()?
        } else {
            let directory = RamDirectory::create();
            let mut writer = builder.single_segment_index_writer(directory, WRITER_BYTES)?;
            for collected in articles {
                writer.add_document(to_document(&collected))?;
            }
            writer.finalize()?
        };
        engine.set_tokenizers(tokenizers());
        Ok(Self {
            path: PathBuf::new(),
            engine,
            payload: Payload::default(),
            gate: None,
            members: Vec::new(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{SearchRequest, Searcher};

    #[test]
    fn an_index_of_no_articles_finds_none() {
        let searcher = Searcher::open(&Index::in_memory([]).unwrap()).unwrap();
        for query in ["міст", "мо*", "\"новий міст\"", "міст /s річка"] {
            let response = searcher.search(&SearchRequest::new(query)).unwrap();
            assert_eq!(response.total, Some(0), "{query}");
        }
    }
}
