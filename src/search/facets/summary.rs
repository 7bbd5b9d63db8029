//! The contents of an index, for `shukach info`.

use crate::analysis::Dictionary;
use crate::date::day_of;
use crate::date::zone::Zone;
use crate::error::Result;
use crate::search::facets::FacetCounter;
use crate::search::facets::shares::by_count;
use crate::search::index_summary::IndexSummary;
use crate::search::request::FacetRequest;
use crate::search::response::RESPONSE_VERSION;
use crate::search::searcher::Searcher;
use std::collections::HashMap;
use tantivy::DocId;
use tantivy::columnar::StrColumn;

impl Searcher {
    /// Sums up what the index holds.
    ///
    /// # Errors
    /// [`crate::Error::Engine`], [`crate::Error::Io`].
    pub fn summary(&self) -> Result<IndexSummary> {
        let (mut first_day, mut last_day) = (None::<i64>, None::<i64>);
        let mut undated = 0;
        let mut languages: HashMap<String, u64> = HashMap::new();
        let mut date_sources: HashMap<String, u64> = HashMap::new();
        let mut sources = FacetCounter::new(&FacetRequest::default(), &Zone::default(), false);
        for (reader, columns) in self.engine.segment_readers().iter().zip(&self.columns) {
            let mut counter = sources.segment(columns);
            let docs: Vec<DocId> = reader.doc_ids_alive().collect();
            counter.count(&docs);
            for &doc in &docs {
                let (first, last) = (columns.first_day.first(doc), columns.last_day.first(doc));
                undated += u64::from(first.is_none());
                first_day = first_day.into_iter().chain(first).min();
                last_day = last_day.into_iter().chain(last).max();
            }
            counter.finish()?;
            count_first(columns.languages(), &docs, &mut languages)?;
            count_first(columns.date_sources(), &docs, &mut date_sources)?;
        }
        let day = |day: Option<i64>| day.and_then(day_of).map(|day| day.to_string());
        let payload = self.index.payload();
        Ok(IndexSummary {
            schema_version: RESPONSE_VERSION,
            path: self.index.path().to_string_lossy().into_owned(),
            articles: self.engine.num_docs(),
            repeats: self
                .exact_repeats()?
                .iter()
                .map(|repeats| repeats.len() as u64)
                .sum(),
            first_day: day(first_day),
            last_day: day(last_day),
            undated,
            date_sources: by_count(date_sources),
            sources: sources.sources(),
            languages: by_count(languages),
            collections: self.collections()?,
            map: (!payload.map.is_empty()).then(|| payload.map.to_string()),
            size_bytes: self.index.size_bytes()?,
            segments: self.engine.segment_readers().len() as u64,
            format: payload.format,
            analyzer: payload.analyzer,
            dictionary: Dictionary::ukrainian().version().to_owned(),
            dictionary_fingerprint: payload.dictionary.clone(),
            cluster: None,
        })
    }
}

/// Counts articles by the first value of a column.
fn count_first(
    column: Option<&StrColumn>,
    docs: &[DocId],
    counts: &mut HashMap<String, u64>,
) -> Result<()> {
    let Some(column) = column else {
        return Ok(());
    };
    let mut by_ordinal = vec![0; column.num_terms()];
    for &doc in docs {
        let ordinal = column.term_ords(doc).next();
        let ordinal = ordinal.and_then(|ordinal| usize::try_from(ordinal).ok());
        if let Some(count) = ordinal.and_then(|ordinal| by_ordinal.get_mut(ordinal)) {
            *count += 1;
        }
    }
    for (ordinal, count) in (0..).zip(by_ordinal).filter(|(_, count)| *count > 0) {
        let mut name = String::new();
        column
            .ord_to_str(ordinal, &mut name)
            .map_err(tantivy::TantivyError::from)?;
        *counts.entry(name).or_default() += count;
    }
    Ok(())
}
