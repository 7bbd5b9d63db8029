//! The contents of an index in a cluster, for `shukach info`.

use crate::analysis::Dictionary;
use crate::cluster::cluster_index::{ClusterIndex, total_of};
use crate::cluster::exchange::Content;
use crate::cluster::mapping::CLUSTER_FORMAT;
use crate::cluster::request::conditions::all_articles;
use crate::date::day_of;
use crate::error::Result;
use crate::index::Payload;
use crate::search::facets::shares::by_count;
use crate::search::response::FacetCount;
use crate::search::{
    ClusterSummary, CollectionSummary, IndexSummary, RESPONSE_VERSION, SearchRequest,
};
use serde_json::{Value, json};
use std::collections::HashMap;

/// How many articles there are, and of which days.
struct Days {
    articles: u64,
    first: Option<String>,
    last: Option<String>,
    undated: u64,
}

impl ClusterIndex {
    /// Sums up what the index holds. Sizes are those of all copies of the shards.
    ///
    /// # Errors
    /// As [`ClusterIndex::search`]; [`crate::error::ClusterProblem::Denied`] where the user may not
    /// see the statistics of the index.
    pub(crate) fn summary(&self) -> Result<IndexSummary> {
        let all = all_articles();
        let days = self.days_of(&all)?;
        let path = format!("/{}/_stats/store,segments?level=shards", self.target);
        let stats = self.whole(self.client.ask("GET", &path, Content::Nothing)?)?;
        let total = &stats["_all"]["total"];
        let number = |value: &Value| value.as_u64().unwrap_or_default();
        let own = Payload::default();
        Ok(IndexSummary {
            schema_version: RESPONSE_VERSION,
            path: self.address().to_string(),
            articles: days.articles,
            repeats: 0,
            first_day: days.first,
            last_day: days.last,
            undated: days.undated,
            date_sources: self.values_of("date_source")?,
            sources: self.count_facets(&all, &SearchRequest::new(""))?.sources(),
            languages: self.values_of("lang")?,
            collections: self.collections()?,
            map: None,
            size_bytes: number(&total["store"]["size_in_bytes"]),
            segments: number(&total["segments"]["count"]),
            format: CLUSTER_FORMAT,
            // Others are refused.
            analyzer: own.analyzer,
            dictionary: Dictionary::ukrainian().version().to_owned(),
            dictionary_fingerprint: own.dictionary,
            cluster: Some(held(&stats)),
        })
    }

    fn collections(&self) -> Result<Vec<CollectionSummary>> {
        let mut collections = Vec::new();
        for count in self.values_of("collection")? {
            let query = json!({"bool": {
                "filter": [{"term": {"collection": count.value}}, all_articles()],
            }});
            let days = self.days_of(&query)?;
            collections.push(CollectionSummary {
                name: count.value,
                articles: days.articles,
                first_day: days.first,
                last_day: days.last,
                roots: Vec::new(),
            });
        }
        collections.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(collections)
    }

    /// Counts all articles by the values of a field.
    fn values_of(&self, field: &str) -> Result<Vec<FacetCount>> {
        let counts = self.counts(&all_articles(), &[field])?.into_iter();
        let named = counts.filter_map(|(values, count)| {
            let value = values.first().and_then(Value::as_str)?;
            Some((value.to_owned(), count))
        });
        Ok(by_count(named.collect::<HashMap<String, u64>>()))
    }

    fn days_of(&self, query: &Value) -> Result<Days> {
        let found = self.search(&json!({
            "size": 0, "track_total_hits": true, "query": query, "aggs": {
                "first": {"min": {"field": "first_day"}},
                "last": {"max": {"field": "last_day"}},
                "undated": {"missing": {"field": "first_day"}},
            },
        }))?;
        let found_in = &found["aggregations"];
        let day = |name: &str| {
            let day = found_in[name]["value"].as_f64()?;
            #[expect(
                clippy::cast_possible_truncation,
                reason = "days are some tens of thousands"
            )]
            day_of(day as i64).map(|day| day.to_string())
        };
        Ok(Days {
            articles: total_of(&found),
            first: day("first"),
            last: day("last"),
            undated: found_in["undated"]["doc_count"].as_u64().unwrap_or(0),
        })
    }
}

/// Returns how the cluster holds the index that has these statistics.
fn held(stats: &Value) -> ClusterSummary {
    let indexes = stats["indices"].as_object();
    let shards = indexes.into_iter().flatten().map(|(_, index)| {
        let shards = index["shards"].as_object();
        shards.map_or(0, |shards| shards.len() as u64)
    });
    let count = |name: &str| stats["_shards"][name].as_u64().unwrap_or(0);
    ClusterSummary {
        shards: shards.sum(),
        indexes: indexes
            .into_iter()
            .flatten()
            .map(|(name, _)| name.clone())
            .collect(),
        copies: count("successful"),
        missing_copies: count("total").saturating_sub(count("successful")),
    }
}
