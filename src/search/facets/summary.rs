//! The contents of an index, for `shukach info`.

use crate::analysis::Dictionary;
use crate::date::day_of;
use crate::date::zone::Zone;
use crate::error::Result;
use crate::search::facets::FacetCounter;
use crate::search::facets::shares::by_count;
use crate::search::request::FacetRequest;
use crate::search::response::{IndexSummary, RESPONSE_VERSION};
use crate::search::searcher::Searcher;
use std::collections::HashMap;
use tantivy::DocId;

impl Searcher {
    /// Sums up what the index holds.
    ///
    /// # Errors
    /// [`crate::Error::Engine`], [`crate::Error::Io`].
    pub fn summary(&self) -> Result<IndexSummary> {
        let (mut first_day, mut last_day) = (None::<i64>, None::<i64>);
        let mut undated = 0;
        let mut languages: HashMap<String, u64> = HashMap::new();
        let mut sources = FacetCounter::new(&FacetRequest::default(), &Zone::default(), false);
        for (reader, columns) in self.engine.segment_readers().iter().zip(&self.columns) {
            let mut counter = sources.segment(columns);
            let mut by_language =
                vec![0; columns.languages().map_or(0, |column| column.num_terms())];
            let docs: Vec<DocId> = reader.doc_ids_alive().collect();
            counter.count(&docs);
            for doc in docs {
                let language = columns
                    .languages()
                    .and_then(|column| column.term_ords(doc).next());
                if let Some(count) =
                    language.and_then(|ordinal| by_language.get_mut(usize::try_from(ordinal).ok()?))
                {
                    *count += 1;
                }
                let (first, last) = (columns.first_day.first(doc), columns.last_day.first(doc));
                undated += u64::from(first.is_none());
                first_day = first_day.into_iter().chain(first).min();
                last_day = last_day.into_iter().chain(last).max();
            }
            counter.finish()?;
            for (ordinal, count) in (0..).zip(by_language) {
                let mut name = String::new();
                if let Some(column) = columns.languages() {
                    column
                        .ord_to_str(ordinal, &mut name)
                        .map_err(tantivy::TantivyError::from)?;
                }
                *languages.entry(name).or_default() += count;
            }
        }
        languages.retain(|_, count| *count > 0);
        let day = |day: Option<i64>| day.and_then(day_of).map(|day| day.to_string());
        let payload = self.index.payload();
        Ok(IndexSummary {
            schema_version: RESPONSE_VERSION,
            path: self.index.path().to_string_lossy().into_owned(),
            articles: self.engine.num_docs(),
            first_day: day(first_day),
            last_day: day(last_day),
            undated,
            sources: sources.sources(),
            languages: by_count(languages),
            size_bytes: self.index.size_bytes()?,
            segments: self.engine.segment_readers().len() as u64,
            format: payload.format,
            analyzer: payload.analyzer,
            dictionary: Dictionary::ukrainian().version().to_owned(),
            dictionary_fingerprint: payload.dictionary.clone(),
        })
    }
}
