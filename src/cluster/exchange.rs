//! One request to one node, and what its answer or its silence means.

use crate::cluster::address::ClusterAddress;
use crate::cluster::credentials::Credentials;
use crate::error::{CertificateFlaw, ClusterProblem, Result};
use serde_json::Value;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use ureq::Agent;
use ureq::http::{Method, Request};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

/// How long a connection may take.
const TO_CONNECT: Duration = Duration::from_secs(3);
/// How long a node that failed is asked only if no other is left.
const DEAD_FOR: Duration = Duration::from_secs(10);
/// The longest answer, in bytes.
const LONGEST_ANSWER: u64 = 1 << 30;

/// A node and since when it is thought dead.
#[derive(Debug)]
struct Node {
    /// `https://host:9200`.
    url: String,
    /// In milliseconds since the nodes were first asked; 0 where it is alive.
    failed_at: AtomicU64,
}

/// The nodes of a cluster, and how they are spoken to. Threads share them.
#[derive(Debug)]
pub(crate) struct Nodes {
    agent: Agent,
    list: Vec<Node>,
    next: AtomicUsize,
    credentials: Credentials,
    is_tls: bool,
    started: Instant,
}

/// What a node answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

/// What is sent.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Content<'a> {
    Nothing,
    Json(&'a Value),
    /// Lines of JSON, for many things at once.
    Lines(&'a str),
}

/// A request that any node may answer.
#[derive(Debug)]
pub(crate) struct Message {
    method: Method,
    path: String,
    kind: &'static str,
    body: Vec<u8>,
    /// Whether it may say which nodes are to search. Pages of a state are where the state is.
    takes_preference: bool,
}

/// Why a node gave no answer.
#[derive(Debug)]
pub(crate) enum Failed {
    /// No other node will.
    ForGood(ClusterProblem),
    /// Another one may, or the same one later.
    Perhaps(String),
}

impl Message {
    pub(crate) fn new(method: &str, path: &str, content: Content<'_>) -> Self {
        let (kind, body) = match content {
            Content::Nothing => ("application/json", Vec::new()),
            Content::Json(value) => ("application/json", value.to_string().into_bytes()),
            Content::Lines(lines) => ("application/x-ndjson", lines.as_bytes().to_vec()),
        };
        let is_page = matches!(content, Content::Json(body) if !body["pit"].is_null());
        let searches = path.contains("/_search?") || path.contains("/_search/point_in_time?");
        Self {
            method: Method::from_bytes(method.as_bytes()).unwrap_or(Method::GET),
            path: path.to_owned(),
            kind,
            body,
            takes_preference: searches && !is_page,
        }
    }

    /// Returns the same message, which prefers that these nodes search; `None` where it cannot.
    pub(crate) fn preferring(&self, preference: &str) -> Option<Self> {
        self.takes_preference.then(|| Self {
            path: format!("{}&preference={preference}", self.path),
            method: self.method.clone(),
            kind: self.kind,
            body: self.body.clone(),
            takes_preference: false,
        })
    }

    /// Returns whether it may say which nodes are to search.
    pub(crate) fn takes_preference(&self) -> bool {
        self.takes_preference
    }
}

impl Nodes {
    /// Prepares for asking the nodes of `address`; asks none yet.
    ///
    /// # Errors
    /// [`ClusterProblem::BadAuthorities`] where they cannot be read.
    pub(crate) fn new(address: &ClusterAddress, credentials: Credentials) -> Result<Self> {
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .user_agent(concat!("shukach/", env!("CARGO_PKG_VERSION")))
            .max_idle_connections_per_host(8)
            .timeout_connect(Some(TO_CONNECT));
        if let Some(pem) = &credentials.authorities {
            let unreadable = |reason: String| ClusterProblem::BadAuthorities { reason };
            let mut roots: Vec<Certificate<'static>> = Vec::new();
            for item in parse_pem(pem) {
                match item {
                    Ok(PemItem::Certificate(certificate)) => roots.push(certificate),
                    Ok(_) => {}
                    Err(error) => return Err(unreadable(error.to_string()).into()),
                }
            }
            if roots.is_empty() {
                return Err(unreadable("it holds no certificate in PEM".to_owned()).into());
            }
            let tls = TlsConfig::builder().root_certs(RootCerts::new_with_certs(&roots));
            config = config.tls_config(tls.build());
        }
        let node = |host: &String| Node {
            url: format!("{}://{host}", address.scheme()),
            failed_at: AtomicU64::new(0),
        };
        Ok(Self {
            agent: config.build().new_agent(),
            list: address.nodes.iter().map(node).collect(),
            next: AtomicUsize::new(0),
            credentials,
            is_tls: address.is_tls,
            started: Instant::now(),
        })
    }

    /// Returns how many nodes there are.
    pub(crate) fn count(&self) -> usize {
        self.list.len()
    }

    /// Returns the addresses of the nodes at these places.
    pub(crate) fn urls(&self, places: impl IntoIterator<Item = usize>) -> Vec<&str> {
        let nodes = places.into_iter().filter_map(|place| self.list.get(place));
        nodes.map(|node| node.url.as_str()).collect()
    }

    /// Returns the place of the next node that none of `but` is: one that is not thought dead, or
    /// else any.
    pub(crate) fn choose(&self, but: &[usize]) -> Option<usize> {
        let count = self.list.len();
        let first = self.next.fetch_add(1, Ordering::Relaxed);
        let in_turn = || {
            let turn = (0..count).map(|step| first.wrapping_add(step) % count);
            turn.filter(|place| !but.contains(place))
        };
        let alive = in_turn().find(|place| self.is_alive(*place));
        alive.or_else(|| in_turn().next())
    }

    fn is_alive(&self, place: usize) -> bool {
        let failed_at = self.list.get(place);
        let failed_at = failed_at.map_or(0, |node| node.failed_at.load(Ordering::Relaxed));
        let dead_for = u64::try_from(DEAD_FOR.as_millis()).unwrap_or(u64::MAX);
        failed_at == 0 || failed_at + dead_for < self.now()
    }

    /// Remembers that a node did not answer.
    pub(crate) fn mark_dead(&self, place: usize) {
        if let Some(node) = self.list.get(place) {
            node.failed_at.store(self.now().max(1), Ordering::Relaxed);
        }
    }

    /// Remembers that a node did answer.
    pub(crate) fn mark_alive(&self, place: usize) {
        if let Some(node) = self.list.get(place) {
            node.failed_at.store(0, Ordering::Relaxed);
        }
    }

    fn now(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Sends a message to the node at `place`, and waits so long for its answer.
    ///
    /// # Errors
    /// [`Failed`].
    pub(crate) fn send(
        &self,
        place: usize,
        time: Duration,
        message: &Message,
    ) -> Result<Answer, Failed> {
        let url = self.list.get(place).map_or("", |node| node.url.as_str());
        let mut request = Request::builder()
            .method(message.method.clone())
            .uri(format!("{url}{}", message.path));
        if !message.body.is_empty() {
            request = request.header("content-type", message.kind);
        }
        if let Some(header) = self.credentials.header() {
            request = request.header("authorization", header);
        }
        let request = request.body(message.body.as_slice()).map_err(|error| {
            Failed::ForGood(ClusterProblem::BadAddress {
                address: error.to_string(),
                why: "a request cannot be made of it",
            })
        })?;
        let request = self.agent.configure_request(request);
        let request = request
            .allow_non_standard_methods(true)
            .timeout_global(Some(time))
            .build();
        let mut response = self
            .agent
            .run(request)
            .map_err(|error| self.failure(url, &error))?;
        let status = response.status().as_u16();
        let body = response.body_mut().with_config().limit(LONGEST_ANSWER);
        let bytes = body
            .read_to_vec()
            .map_err(|error| self.failure(url, &error))?;
        let parsed = serde_json::from_slice(&bytes);
        let body = match parsed {
            Ok(body) => body,
            // A refusal may be a plain text.
            Err(_) if status >= 300 || bytes.is_empty() => {
                Value::String(String::from_utf8_lossy(&bytes).into_owned())
            }
            Err(error) => {
                return Err(Failed::ForGood(ClusterProblem::Garbled {
                    node: url.to_owned(),
                    reason: error.to_string(),
                }));
            }
        };
        Ok(Answer { status, body })
    }

    /// Returns what an error of the transport means.
    fn failure(&self, url: &str, error: &ureq::Error) -> Failed {
        let text = error.to_string();
        if text.contains("ertificate") {
            return Failed::ForGood(ClusterProblem::Certificate {
                node: url.to_owned(),
                flaw: CertificateFlaw::of(&text),
            });
        }
        // The node answered with what is no TLS, or with what is no HTTP.
        let speaks_otherwise = if self.is_tls {
            text.contains("InvalidContentType") || text.contains("corrupt message")
        } else {
            matches!(error, ureq::Error::Protocol(_))
        };
        if speaks_otherwise {
            let (scheme, other) = if self.is_tls {
                ("https", "http")
            } else {
                ("http", "https")
            };
            return Failed::ForGood(ClusterProblem::WrongScheme {
                node: url.to_owned(),
                scheme,
                other,
            });
        }
        Failed::Perhaps(text)
    }
}

/// Returns what a refusal says.
pub(crate) fn refused(answer: &Answer) -> ClusterProblem {
    ClusterProblem::Refused {
        status: answer.status,
        reason: reason_of(answer),
    }
}

/// Returns the reason that an answer names.
pub(crate) fn reason_of(answer: &Answer) -> String {
    let error = &answer.body["error"];
    let root = &error["root_cause"][0]["reason"];
    let named = [root, &error["reason"], error, &answer.body];
    let named = named.iter().find_map(|value| value.as_str());
    let named = named.map_or_else(|| answer.body.to_string(), str::to_owned);
    let reason: String = named.chars().take(300).collect();
    if reason.is_empty() {
        format!("status {}", answer.status)
    } else {
        reason
    }
}
