//! What a cluster refuses of a request with many articles is sent again where it may take it later.

use crate::canned_node::{mapping, node};
use crate::cluster_scene::newcomer;
use serde_json::{Value, json};
use shukach::cluster::{ClusterAddress, ClusterIndex, ClusterWriter, Credentials, Sent, Written};
use shukach::index::document::CollectedArticle;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Writes one article into a cluster that first answers with this status and error; returns what
/// became of it and how often it was sent.
fn written_after(status: u16, kind: &str) -> (Written, usize) {
    let refused = json!({"status": status, "error": {"type": kind, "reason": "not now"}});
    let sent = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&sent);
    let host = node(None, move |asked| {
        if !asked.path.contains("_bulk") {
            return (200, mapping(None));
        }
        let is_first = count.fetch_add(1, Ordering::Relaxed) == 0;
        let item: Value = if is_first {
            refused.clone()
        } else {
            json!({"status": 201})
        };
        (200, json!({"errors": is_first, "items": [{"index": item}]}))
    });
    let address = ClusterAddress::parse(&format!("opensearch+http://{host}/news")).unwrap();
    let index = Arc::new(ClusterIndex::open(address, Credentials::default()).unwrap());
    let article = newcomer("1");
    let writer = ClusterWriter::start(&index, 1).unwrap();
    writer.write(Sent::new(&CollectedArticle::new(&article, "a"), None), 1);
    let written = writer.finish().unwrap();
    (written, sent.load(Ordering::Relaxed))
}

#[test]
fn an_article_that_a_shard_refuses_between_two_states_is_sent_again() {
    for (status, kind) in [
        (404, "shard_not_in_primary_mode_exception"),
        (404, "index_shard_closed_exception"),
        (404, "shard_not_found_exception"),
        (429, "rejected_execution_exception"),
        (500, "node_closed_exception"),
        (503, "unavailable_shards_exception"),
    ] {
        let (written, sent) = written_after(status, kind);
        assert_eq!(
            (written.written, written.refused, sent),
            (1, 0, 2),
            "{kind}"
        );
    }
}

#[test]
fn an_article_that_is_refused_for_good_is_reported_and_not_sent_again() {
    for (status, kind) in [
        (400, "mapper_parsing_exception"),
        (403, "cluster_block_exception"),
        (404, "index_not_found_exception"),
    ] {
        let (written, sent) = written_after(status, kind);
        assert_eq!(
            (written.written, written.refused, sent),
            (0, 1, 1),
            "{kind}"
        );
        assert_eq!(written.refusals[0].reason, "not now");
    }
}
