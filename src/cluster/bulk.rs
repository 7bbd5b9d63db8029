//! Many changes of documents in one request, each answer read.

use crate::cluster::client::is_busy;
use crate::cluster::cluster_index::{ClusterIndex, Documents};
use crate::cluster::document::{Sent, name_of_key};
use crate::cluster::exchange::refused;
use crate::error::{ClusterProblem, Result};
use crate::index::sink::Refused;
use serde_json::{Value, json};
use std::fmt::Write;
use std::time::Duration;

/// The size in bytes at which a request is sent.
pub(crate) const REQUEST_BYTES: usize = 4 << 20;
/// How often changes are sent that the cluster is too busy to take.
const ATTEMPTS: u32 = 10;
/// The first pause before they are sent again; each is twice as long as the one before.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
/// The most refused articles that are kept.
const MOST_REFUSALS: usize = 100_000;

/// What became of the changes that were sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// How many the cluster has taken.
    pub written: u64,
    /// How many are of documents that it has in a newer version.
    pub stale: u64,
    /// How many it refused.
    pub refused: u64,
    /// The first hundred thousand of these.
    pub refusals: Vec<Refused>,
}

impl Written {
    pub(crate) fn add(&mut self, other: Self) {
        self.written += other.written;
        self.stale += other.stale;
        self.refused += other.refused;
        self.refusals.extend(other.refusals);
        self.refusals.truncate(MOST_REFUSALS);
    }

    fn refuse(&mut self, change: Change, reason: &str) {
        self.refused += 1;
        if self.refusals.len() < MOST_REFUSALS {
            self.refusals.push(Refused {
                reason: reason.to_owned(),
                ..change.subject
            });
        }
    }

    /// Returns these where nothing was refused.
    ///
    /// # Errors
    /// [`ClusterProblem::Refused`] with the first refusal.
    pub(crate) fn whole(self) -> Result<Self> {
        match self.refusals.into_iter().next() {
            Some(first) => Err(ClusterProblem::Refused {
                status: 200,
                reason: format!("{}: {}", first.id, first.reason),
            }
            .into()),
            None => Ok(Self {
                refusals: Vec::new(),
                ..self
            }),
        }
    }
}

/// A change of one document. A change of an older version than the cluster has changes nothing.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    /// The lines of the bulk interface.
    pub(crate) text: String,
    /// What it is a change of.
    subject: Refused,
}

impl Change {
    /// Puts an article into the cluster; analyses it.
    pub(crate) fn of_article(sent: &Sent, version: u64) -> Self {
        let article = &sent.collected.article;
        Self {
            text: lines(&name_of_key(sent.key), version, Some(&sent.to_document())),
            subject: Refused {
                key: sent.key,
                id: article.id.to_string(),
                path: article.path.clone(),
                line: sent.collected.line,
                reason: String::new(),
                is_new: sent.is_new,
            },
        }
    }

    /// Puts a document of this name into the cluster, or takes it out.
    pub(crate) fn of_document(name: &str, version: u64, document: Option<&Value>) -> Self {
        Self {
            text: lines(name, version, document),
            subject: Refused {
                key: 0,
                id: name.to_owned(),
                path: name.into(),
                line: None,
                reason: String::new(),
                is_new: false,
            },
        }
    }
}

fn lines(name: &str, version: u64, document: Option<&Value>) -> String {
    let what = json!({"_id": name, "version": version, "version_type": "external_gte"});
    let action = if document.is_some() {
        "index"
    } else {
        "delete"
    };
    let mut text = json!({action: what}).to_string();
    text.push('\n');
    if let Some(document) = document {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{document}");
    }
    text
}

/// Sends changes in requests of a good size, as [`send`].
///
/// # Errors
/// As [`send`].
pub(crate) fn send_all(
    index: &ClusterIndex,
    to: Documents,
    changes: impl IntoIterator<Item = Change>,
) -> Result<Written> {
    let mut written = Written::default();
    let mut waiting = Vec::new();
    let mut bytes = 0;
    for change in changes {
        bytes += change.text.len();
        waiting.push(change);
        if bytes >= REQUEST_BYTES {
            written.add(send(index, to, std::mem::take(&mut waiting))?);
            bytes = 0;
        }
    }
    written.add(send(index, to, waiting)?);
    Ok(written)
}

/// Sends changes until the cluster has taken or refused each. Where it is not known whether a
/// request arrived, it is sent again: the same version may come twice.
///
/// # Errors
/// [`ClusterProblem::Refused`] where the request as a whole is refused, and what a request fails
/// with.
pub(crate) fn send(
    index: &ClusterIndex,
    to: Documents,
    mut waiting: Vec<Change>,
) -> Result<Written> {
    let mut written = Written::default();
    let mut pause = FIRST_PAUSE;
    for attempt in 1.. {
        if waiting.is_empty() {
            break;
        }
        let lines: String = waiting.iter().map(|change| change.text.as_str()).collect();
        let answer = index.bulk(to, &lines)?;
        if answer.status == 413 && waiting.len() > 1 {
            let second = waiting.split_off(waiting.len() / 2);
            written.add(send(index, to, waiting)?);
            waiting = second;
            continue;
        }
        if answer.status == 413 {
            for change in waiting {
                written.refuse(change, "it is too large for the cluster");
            }
            break;
        }
        if answer.status >= 300 {
            return Err(refused(&answer).into());
        }
        let items = answer.body["items"].as_array();
        let mut items = items.into_iter().flatten();
        let mut again = Vec::new();
        for change in waiting {
            let item = items.next().and_then(Value::as_object);
            let item = item.and_then(|item| item.values().next());
            let error = item.map_or(&Value::Null, |item| &item["error"]);
            match item.and_then(|item| item["status"].as_u64()) {
                Some(200 | 201) => written.written += 1,
                // What is to be taken out is not there.
                Some(404) if error.is_null() => written.written += 1,
                Some(409) => written.stale += 1,
                status if attempt < ATTEMPTS && may_pass(status, error) => again.push(change),
                _ => written.refuse(change, error["reason"].as_str().unwrap_or("no answer")),
            }
        }
        waiting = again;
        if !waiting.is_empty() {
            std::thread::sleep(pause);
            pause *= 2;
        }
    }
    Ok(written)
}

/// Returns whether what was refused may be taken later: the cluster is busy, or a shard is between
/// two states, as after nodes came back, for which it says "not found".
fn may_pass(status: Option<u64>, error: &Value) -> bool {
    let Some(status) = status.and_then(|status| u16::try_from(status).ok()) else {
        return true;
    };
    let kind = error["type"].as_str().unwrap_or_default();
    let is_between_states = kind.starts_with("index_shard_")
        || [
            "shard_not_in_primary_mode_exception",
            "illegal_index_shard_state_exception",
            "shard_not_found_exception",
        ]
        .contains(&kind);
    is_busy(status) || (status == 404 && is_between_states)
}
