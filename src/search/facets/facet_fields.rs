//! Requested facets: values with counts, shares and queries.

use crate::query::field::Column;
use crate::search::columns::Columns;
use crate::search::copies::publishers::FirstPublishers;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use tantivy::columnar::{Cardinality, StrColumn};
use tantivy::{DocId, Result};

/// The counts of one column so far.
#[derive(Debug)]
pub(crate) struct ColumnCounter {
    /// The column.
    pub column: Column,
    pub(crate) counts: HashMap<String, u64>,
    pub(crate) without: u64,
    /// Where articles count for the source that published their text first.
    pub(crate) publishers: Option<Arc<FirstPublishers>>,
}

impl ColumnCounter {
    /// Starts counting.
    pub(crate) fn new(column: Column) -> Self {
        Self {
            column,
            counts: HashMap::new(),
            without: 0,
            publishers: None,
        }
    }

    /// Returns how many articles have each value, in no order.
    pub(crate) fn by_value(&self) -> impl Iterator<Item = (String, u64)> {
        let counts = self.counts.iter();
        counts.map(|(value, count)| (value.clone(), *count))
    }

    /// Returns how many articles have no value.
    pub(crate) fn without(&self) -> u64 {
        self.without
    }

    /// Starts with a segment.
    pub(crate) fn segment<'a>(&self, columns: &'a Columns) -> SegmentColumn<'a> {
        let publishers = self.publishers.clone();
        let values = columns.text(self.column);
        SegmentColumn {
            by_ordinal: vec![0; values.map_or(0, |values| values.num_terms())],
            values,
            without: 0,
            first: publishers.map(|publishers| ByCluster {
                publishers,
                keys: &columns.key,
                counts: FxHashMap::default(),
            }),
        }
    }

    /// Adds the counts of a segment.
    ///
    /// # Errors
    /// Where the values cannot be read.
    pub(crate) fn add(&mut self, segment: &SegmentColumn<'_>) -> Result<()> {
        self.without += segment.without;
        let clusters = segment.first.iter().flat_map(ByCluster::counts);
        for (source, count) in clusters {
            match source {
                Some(source) => *self.counts.entry(source).or_default() += count,
                None => self.without += count,
            }
        }
        let Some(values) = segment.values else {
            return Ok(());
        };
        let counted = || {
            (0..)
                .zip(&segment.by_ordinal)
                .filter(|(_, count)| **count > 0)
        };
        let ordinals: Vec<u64> = counted().map(|(ordinal, _)| ordinal).collect();
        let mut counts = counted().map(|(_, count)| *count);
        // Looked up together, as in a walk through the dictionary.
        let mut add = |value: &[u8]| {
            if let (Some(count), Ok(value)) = (counts.next(), str::from_utf8(value)) {
                *self.counts.entry(value.to_owned()).or_default() += count;
            }
        };
        values
            .dictionary()
            .sorted_ords_to_term_cb(&ordinals, &mut add)?;
        Ok(())
    }
}

/// Counts of one column in one segment.
pub(crate) struct SegmentColumn<'a> {
    values: Option<&'a StrColumn>,
    by_ordinal: Vec<u64>,
    pub(crate) without: u64,
    /// Articles that have copies count here instead.
    first: Option<ByCluster<'a>>,
}

/// Articles of one segment by their cluster.
struct ByCluster<'a> {
    publishers: Arc<FirstPublishers>,
    keys: &'a tantivy::columnar::Column<u64>,
    counts: FxHashMap<u32, u64>,
}

impl ByCluster<'_> {
    /// Counts those of `docs` that have copies and returns the others.
    fn count(&mut self, docs: &[DocId]) -> Vec<DocId> {
        let mut others = Vec::with_capacity(docs.len());
        for &doc in docs {
            match self.publishers.cluster(self.keys.first(doc)) {
                Some(cluster) => *self.counts.entry(cluster).or_default() += 1,
                None => others.push(doc),
            }
        }
        others
    }

    /// Returns the sources that published first, a source several times.
    fn counts(&self) -> impl Iterator<Item = (Option<String>, u64)> {
        let counts: BTreeMap<&u32, &u64> = self.counts.iter().collect();
        let source = |cluster: &u32| self.publishers.source(*cluster).map(str::to_owned);
        counts
            .into_iter()
            .map(move |(cluster, count)| (source(cluster), *count))
    }
}

impl SegmentColumn<'_> {
    /// Counts articles, each once for each of its values. Where an article has one value at most,
    /// many at a time cost least.
    pub(crate) fn count(&mut self, docs: &[DocId]) {
        let others = self.first.as_mut().map(|first| first.count(docs));
        let docs = others.as_deref().unwrap_or(docs);
        let Some(values) = self.values else {
            self.without += docs.len() as u64;
            return;
        };
        if values.ords().get_cardinality() == Cardinality::Multivalued {
            for doc in docs {
                let mut has_value = false;
                for ordinal in values.term_ords(*doc) {
                    has_value |= self.add_one(Some(ordinal));
                }
                self.without += u64::from(!has_value);
            }
            return;
        }
        let mut ordinals = vec![None; docs.len()];
        values.ords().first_vals(docs, &mut ordinals);
        for ordinal in ordinals {
            let has_value = self.add_one(ordinal);
            self.without += u64::from(!has_value);
        }
    }

    /// Counts one value; tells whether there is one.
    fn add_one(&mut self, ordinal: Option<u64>) -> bool {
        let at = ordinal.and_then(|ordinal| usize::try_from(ordinal).ok());
        let count = at.and_then(|at| self.by_ordinal.get_mut(at));
        count.map(|count| *count += 1).is_some()
    }
}

/// Counts by period.
#[derive(Debug, Default)]
pub(crate) struct PeriodCounts {
    /// By the number of the period.
    pub counts: BTreeMap<i64, u64>,
    /// Articles whose date is not known so exactly.
    pub undated: u64,
}

impl PeriodCounts {
    /// Returns how many articles a period has.
    pub(crate) fn of(&self, ordinal: i64) -> u64 {
        self.counts.get(&ordinal).copied().unwrap_or(0)
    }

    /// Returns the numbers of all periods from the first with articles to the last.
    pub(crate) fn ordinals(&self) -> impl Iterator<Item = i64> {
        let first = self.counts.first_key_value().map(|(first, _)| *first);
        let last = self.counts.last_key_value().map(|(last, _)| *last);
        first
            .zip(last)
            .into_iter()
            .flat_map(|(first, last)| first..=last)
    }
}
