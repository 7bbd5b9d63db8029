//! The collections of an index: their articles, days and roots.

use crate::date::day_of;
use crate::error::{Error, Result};
use crate::index::manifest;
use crate::search::index_summary::CollectionSummary;
use crate::search::searcher::Searcher;
use std::collections::BTreeMap;
use std::io;

/// What is counted of a collection.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    articles: u64,
    first_day: Option<i64>,
    last_day: Option<i64>,
}

impl Searcher {
    /// Sums up the collections, in the order of their names.
    ///
    /// # Errors
    /// [`Error::Engine`], [`Error::Io`].
    pub(crate) fn collections(&self) -> Result<Vec<CollectionSummary>> {
        let mut by_name: BTreeMap<String, Counts> = BTreeMap::new();
        for (segment, columns) in self.engine.segment_readers().iter().zip(&self.columns) {
            let Some(column) = &columns.collection else {
                continue;
            };
            let mut by_ordinal = vec![Counts::default(); column.num_terms()];
            for doc in segment.doc_ids_alive() {
                let ordinal = column.term_ords(doc).next();
                let ordinal = ordinal.and_then(|ordinal| usize::try_from(ordinal).ok());
                let Some(counts) = ordinal.and_then(|ordinal| by_ordinal.get_mut(ordinal)) else {
                    continue;
                };
                counts.add(Counts {
                    articles: 1,
                    first_day: columns.first_day.first(doc),
                    last_day: columns.last_day.first(doc),
                });
            }
            for (ordinal, counts) in (0..)
                .zip(by_ordinal)
                .filter(|(_, counts)| counts.articles > 0)
            {
                let mut name = String::new();
                let found = column.ord_to_str(ordinal, &mut name);
                found.map_err(tantivy::TantivyError::from)?;
                by_name.entry(name).or_default().add(counts);
            }
        }
        let mut roots = self.roots_by_collection()?;
        let day = |day: Option<i64>| day.and_then(day_of).map(|day| day.to_string());
        let summary = by_name.into_iter().map(|(name, counts)| CollectionSummary {
            articles: counts.articles,
            first_day: day(counts.first_day),
            last_day: day(counts.last_day),
            roots: roots.remove(&name).unwrap_or_default(),
            name,
        });
        Ok(summary.collect())
    }

    fn roots_by_collection(&self) -> Result<BTreeMap<String, Vec<String>>> {
        let payload = self.index.payload();
        let (dir, bytes) = (self.index.path(), payload.manifest_bytes);
        let roots = match manifest::read_roots(dir, &payload.manifest, bytes) {
            // A writer has put another manifest in its place since the index was opened.
            Err(Error::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                return Ok(BTreeMap::new());
            }
            roots => roots?,
        };
        let mut by_collection: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (_, root) in roots.iter() {
            let paths = by_collection.entry(root.collection.clone()).or_default();
            paths.push(root.path.clone());
        }
        Ok(by_collection)
    }
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.articles += other.articles;
        self.first_day = self.first_day.into_iter().chain(other.first_day).min();
        self.last_day = self.last_day.into_iter().chain(other.last_day).max();
    }
}
