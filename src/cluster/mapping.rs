//! Settings and mapping of an index: its analysis, its fields and the versions that filled it.

use crate::analysis::Dictionary;
use crate::cluster::address::ClusterAddress;
use crate::cluster::tokens::FREQUENCY_PER_MENTION;
use crate::error::ClusterProblem;
use crate::index::Payload;
use crate::ranking;
use crate::schema::Part;
use serde_json::{Map, Value, json};

/// The version of the fields in a cluster.
pub(crate) const CLUSTER_FORMAT: u32 = 2;

/// The longest value that is indexed as it stands, in characters.
const LONGEST_VALUE: u32 = 8_000;

/// How an index is laid out in the cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Into how many shards it is divided.
    pub shards: u32,
    /// How many further copies of each shard there are.
    pub replicas: u32,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            shards: 3,
            replicas: 1,
        }
    }
}

/// Returns the name of the field with the tokens of a part.
pub(crate) fn tokens_field(part: Part) -> &'static str {
    match part {
        Part::Title => "title_a",
        Part::Lead => "lead_a",
        Part::Body => "body_a",
    }
}

/// Returns the body of the request that makes an index.
pub(crate) fn index_body(layout: Layout) -> Value {
    let tokens = json!({"type": "text", "analyzer": "ua_pre"});
    let value = json!({"type": "keyword", "ignore_above": LONGEST_VALUE});
    let text = json!({"type": "text", "index": false});
    let kept = json!({"type": "keyword", "index": false, "doc_values": false});
    let number = json!({"type": "long"});
    let mut properties = Map::new();
    let groups: [(&[&str], &Value); 5] = [
        (&["title_a", "lead_a", "body_a"], &tokens),
        (
            &[
                "id",
                "collection",
                "key",
                "path",
                "lang",
                "source",
                "section",
                "author",
                "url",
                "tags",
                "date_source",
                "share",
            ],
            &value,
        ),
        (&["title", "lead", "body"], &text),
        (&["published"], &kept),
        (
            &[
                "line",
                "published_at",
                "first_day",
                "last_day",
                "written_day",
            ],
            &number,
        ),
    ];
    for (names, kind) in groups {
        for name in names {
            properties.insert((*name).to_owned(), kind.clone());
        }
    }
    properties.insert("removed".to_owned(), json!({"type": "boolean"}));
    for hash in ["content_hash", "repeat_hash"] {
        properties.insert(hash.to_owned(), json!({"type": "long", "index": false}));
    }
    properties.insert(
        "mentions".to_owned(),
        json!({
            "type": "text", "analyzer": "ua_mentions", "search_analyzer": "ua_pre",
            "index_options": "freqs", "norms": false, "similarity": "ua_mentions",
        }),
    );
    properties.insert(
        "prominent".to_owned(),
        json!({"type": "text", "analyzer": "ua_words", "index_options": "docs", "norms": false}),
    );
    let own = Payload::default();
    json!({
        "settings": {
            "number_of_shards": layout.shards,
            "number_of_replicas": layout.replicas,
            "similarity": {"ua_mentions": {
                "type": "BM25", "b": 0.0,
                "k1": f64::from((ranking::K1 * FREQUENCY_PER_MENTION).round()),
            }},
            "analysis": {
                "tokenizer": {"ua_words": {"type": "whitespace", "max_token_length": 4096}},
                "filter": {
                    "ua_beside": {
                        "type": "pattern_capture", "preserve_original": false,
                        "patterns": ["([^|]+)"],
                    },
                    "ua_frequency": {"type": "delimited_term_freq", "delimiter": "|"},
                },
                "analyzer": {
                    "ua_words": {"type": "custom", "tokenizer": "ua_words"},
                    "ua_pre": {
                        "type": "custom", "tokenizer": "ua_words", "filter": ["ua_beside"],
                    },
                    "ua_mentions": {
                        "type": "custom", "tokenizer": "ua_words", "filter": ["ua_frequency"],
                    },
                },
            },
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": {"shukach": {
                "format": CLUSTER_FORMAT,
                "analyzer": own.analyzer,
                "dictionary": own.dictionary,
                "dictionary_version": Dictionary::ukrainian().version(),
            }},
            "_source": {"excludes": ["title_a", "lead_a", "body_a", "mentions", "prominent"]},
            "properties": properties,
        },
    })
}

/// Returns the body of the request that makes the index of files beside one of articles.
pub(crate) fn files_body(replicas: u32) -> Value {
    json!({
        "settings": {"number_of_shards": 1, "number_of_replicas": replicas},
        "mappings": {
            "dynamic": "strict",
            "_meta": {"shukach_files": {"format": CLUSTER_FORMAT}},
            "properties": {
                "key": {"type": "keyword"},
                "kind": {"type": "keyword"},
                "share": {"type": "keyword"},
                // What it says is read by the program alone.
                "record": {"type": "object", "enabled": false},
            },
        },
    })
}

/// Checks that the index that has these `mappings` was filled by this version of the program.
///
/// # Errors
/// [`ClusterProblem::ForeignIndex`], [`ClusterProblem::OtherVersion`].
pub(crate) fn check(mappings: &Value, address: &ClusterAddress) -> Result<(), ClusterProblem> {
    let meta = &mappings["_meta"]["shukach"];
    if !meta.is_object() {
        return Err(ClusterProblem::ForeignIndex {
            index: address.name.clone(),
        });
    }
    let own = Payload::default();
    for (what, found, expected) in [
        ("format", &meta["format"], json!(CLUSTER_FORMAT)),
        ("analyzer", &meta["analyzer"], json!(own.analyzer)),
        ("dictionary", &meta["dictionary"], json!(own.dictionary)),
    ] {
        if *found != expected {
            let text = |value: &Value| value.as_str().map_or(value.to_string(), str::to_owned);
            return Err(ClusterProblem::OtherVersion {
                address: address.to_string(),
                what,
                found: text(found),
                expected: text(&expected),
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_is_of_this_version_or_is_refused_with_what_differs() {
        let address = ClusterAddress::parse("opensearch+http://localhost/news").unwrap();
        let mut body = index_body(Layout::default());
        assert_eq!(check(&body["mappings"], &address), Ok(()));
        body["mappings"]["_meta"]["shukach"]["analyzer"] = json!(0);
        let problem = check(&body["mappings"], &address).unwrap_err();
        assert!(problem.to_string().contains("analyzer 0"), "{problem}");
        let foreign = check(&json!({}), &address).unwrap_err();
        assert_eq!(foreign.code(), "C107");
    }
}
