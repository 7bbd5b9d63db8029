//! Sends requests to the nodes of a cluster: the next node each time, another one where it fails.

use crate::cluster::address::ClusterAddress;
use crate::cluster::credentials::Credentials;
use crate::error::{ClusterProblem, Result};
use serde_json::Value;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use ureq::Agent;
use ureq::http::{Method, Request};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

/// How long one node may take to answer: a hung one must not hold up what others can answer.
const PER_NODE: Duration = Duration::from_secs(10);
/// How long a connection may take.
const TO_CONNECT: Duration = Duration::from_secs(3);
/// How long a node that failed is asked only if no other is left.
const DEAD_FOR: Duration = Duration::from_secs(10);
/// How long a request is tried where nothing else is said.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often each node is tried in vain.
const ROUNDS: usize = 5;
/// The first pause between two rounds; each is twice as long as the one before.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// The longest answer, in bytes.
const LONGEST_ANSWER: u64 = 1 << 30;

/// A node and since when it is thought dead.
#[derive(Debug)]
struct Node {
    /// `https://host:9200`.
    url: String,
    /// In milliseconds since the client was made; 0 where it is alive.
    failed_at: AtomicU64,
}

/// A client of a cluster. Threads share it.
#[derive(Debug)]
pub(crate) struct Client {
    agent: Agent,
    address: ClusterAddress,
    nodes: Vec<Node>,
    next: AtomicUsize,
    credentials: Credentials,
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

impl Client {
    /// Makes a client; asks nobody yet.
    ///
    /// # Errors
    /// [`ClusterProblem::Certificate`] where the authorities cannot be read.
    pub(crate) fn new(address: ClusterAddress, credentials: Credentials) -> Result<Self> {
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .user_agent(concat!("shukach/", env!("CARGO_PKG_VERSION")))
            .max_idle_connections_per_host(8)
            .timeout_connect(Some(TO_CONNECT));
        if let Some(pem) = &credentials.authorities {
            let unreadable = |reason: String| ClusterProblem::Certificate {
                node: "SHUKACH_CLUSTER_CA".to_owned(),
                reason,
            };
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
            nodes: address.nodes.iter().map(node).collect(),
            address,
            next: AtomicUsize::new(0),
            credentials,
            started: Instant::now(),
        })
    }

    /// Returns the address of the index.
    pub(crate) fn address(&self) -> &ClusterAddress {
        &self.address
    }

    /// Sends a request until a node answers it, and returns the answer whatever its status.
    ///
    /// # Errors
    /// [`ClusterProblem::Unreachable`] and what stands with it.
    pub(crate) fn ask(&self, method: &str, path: &str, content: Content<'_>) -> Result<Answer> {
        self.ask_within(PATIENCE, method, path, content)
    }

    /// Does as [`Client::ask`] and takes a status that is no success for an error.
    ///
    /// # Errors
    /// As [`Client::ask`], and [`ClusterProblem::Refused`].
    pub(crate) fn get(&self, method: &str, path: &str, content: Content<'_>) -> Result<Value> {
        let answer = self.ask(method, path, content)?;
        if answer.status >= 300 {
            return Err(refused(&answer).into());
        }
        Ok(answer.body)
    }

    /// Does as [`Client::ask`], for so long.
    ///
    /// # Errors
    /// As [`Client::ask`].
    pub(crate) fn ask_within(
        &self,
        patience: Duration,
        method: &str,
        path: &str,
        content: Content<'_>,
    ) -> Result<Answer> {
        let deadline = Instant::now() + patience;
        let mut last = String::new();
        let mut missing = None;
        let mut pause = FIRST_PAUSE;
        for attempt in 1..=ROUNDS * self.nodes.len() {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            let node = self.choose();
            match self.send(node, left.min(PER_NODE), method, path, content) {
                Ok(answer) if !is_busy(answer.status) => {
                    node.failed_at.store(0, Ordering::Relaxed);
                    if matches!(answer.status, 401 | 403) {
                        let reason = reason_of(&answer);
                        return Err(ClusterProblem::Denied { reason }.into());
                    }
                    return Ok(answer);
                }
                Ok(answer) => {
                    last = format!("{}: {}", node.url, reason_of(&answer));
                    missing = self.missing_shards(&answer);
                }
                Err(Failed::ForGood(problem)) => return Err(problem.into()),
                Err(Failed::Perhaps(reason)) => {
                    self.mark_dead(node);
                    last = format!("{}: {reason}", node.url);
                }
            }
            if attempt % self.nodes.len() == 0 {
                let left = deadline.saturating_duration_since(Instant::now());
                std::thread::sleep(pause.min(left));
                pause *= 2;
            }
        }
        if let Some(missing) = missing {
            return Err(missing.into());
        }
        let nodes = self.nodes.iter().map(|node| node.url.as_str());
        Err(ClusterProblem::Unreachable {
            nodes: nodes.collect::<Vec<_>>().join(", "),
            reason: last,
        }
        .into())
    }

    /// Returns that shards are missing, where that is why a search was refused.
    fn missing_shards(&self, answer: &Answer) -> Option<ClusterProblem> {
        let error = &answer.body["error"];
        let is_of_shards = error["type"] == "search_phase_execution_exception"
            || error["type"] == "no_shard_available_action_exception";
        let failed = error["failed_shards"].as_array().map_or(0, Vec::len) as u64;
        is_of_shards.then(|| ClusterProblem::Partial {
            index: self.address.name.clone(),
            failed: failed.max(1),
        })
    }

    /// Returns the next node that is not thought dead, or the next one.
    fn choose(&self) -> &Node {
        let first = self.next.fetch_add(1, Ordering::Relaxed);
        let now = self.now();
        let dead_for = u64::try_from(DEAD_FOR.as_millis()).unwrap_or(u64::MAX);
        let is_alive = |node: &&Node| {
            let failed_at = node.failed_at.load(Ordering::Relaxed);
            failed_at == 0 || failed_at + dead_for < now
        };
        let in_turn = || {
            let turn = self.nodes.iter().cycle();
            turn.skip(first % self.nodes.len()).take(self.nodes.len())
        };
        let node = in_turn().find(is_alive).or_else(|| in_turn().next());
        node.unwrap_or(&self.nodes[0])
    }

    fn mark_dead(&self, node: &Node) {
        node.failed_at.store(self.now().max(1), Ordering::Relaxed);
    }

    fn now(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn send(
        &self,
        node: &Node,
        time: Duration,
        method: &str,
        path: &str,
        content: Content<'_>,
    ) -> Result<Answer, Failed> {
        let (kind, body) = match content {
            Content::Nothing => ("application/json", Vec::new()),
            Content::Json(value) => ("application/json", value.to_string().into_bytes()),
            Content::Lines(lines) => ("application/x-ndjson", lines.as_bytes().to_vec()),
        };
        let method = Method::from_bytes(method.as_bytes()).unwrap_or(Method::GET);
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", node.url));
        if !body.is_empty() {
            request = request.header("content-type", kind);
        }
        if let Some(header) = self.credentials.header() {
            request = request.header("authorization", header);
        }
        let request = request.body(body).map_err(|error| {
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
            .map_err(|error| self.failure(node, &error))?;
        let status = response.status().as_u16();
        let body = response.body_mut().with_config().limit(LONGEST_ANSWER);
        let bytes = body
            .read_to_vec()
            .map_err(|error| self.failure(node, &error))?;
        let parsed = serde_json::from_slice(&bytes);
        let body = match parsed {
            Ok(body) => body,
            // A refusal may be a plain text.
            Err(_) if status >= 300 || bytes.is_empty() => {
                Value::String(String::from_utf8_lossy(&bytes).into_owned())
            }
            Err(error) => {
                return Err(Failed::ForGood(ClusterProblem::Garbled {
                    node: node.url.clone(),
                    reason: error.to_string(),
                }));
            }
        };
        Ok(Answer { status, body })
    }

    /// Returns what an error of the transport means.
    fn failure(&self, node: &Node, error: &ureq::Error) -> Failed {
        let text = error.to_string();
        if text.contains("ertificate") {
            return Failed::ForGood(ClusterProblem::Certificate {
                node: node.url.clone(),
                reason: text,
            });
        }
        let is_tls = self.address.is_tls;
        // The node answered with what is no TLS, or with what is no HTTP.
        let speaks_otherwise = if is_tls {
            text.contains("InvalidContentType") || text.contains("corrupt message")
        } else {
            matches!(error, ureq::Error::Protocol(_))
        };
        if speaks_otherwise {
            let (scheme, other) = if is_tls {
                ("https", "http")
            } else {
                ("http", "https")
            };
            return Failed::ForGood(ClusterProblem::WrongScheme {
                node: node.url.clone(),
                scheme,
                other,
            });
        }
        Failed::Perhaps(text)
    }
}

/// Why a node gave no answer.
enum Failed {
    /// No other node will.
    ForGood(ClusterProblem),
    /// Another one may, or the same one later.
    Perhaps(String),
}

/// Returns whether the cluster may answer later.
fn is_busy(status: u16) -> bool {
    matches!(status, 429 | 502..=504)
}

/// Returns what a refusal says.
pub(crate) fn refused(answer: &Answer) -> ClusterProblem {
    ClusterProblem::Refused {
        status: answer.status,
        reason: reason_of(answer),
    }
}

fn reason_of(answer: &Answer) -> String {
    let error = &answer.body["error"];
    let root = &error["root_cause"][0]["reason"];
    let told = [root, &error["reason"], error, &answer.body];
    let told = told.iter().find_map(|value| value.as_str());
    let told = told.map_or_else(|| answer.body.to_string(), str::to_owned);
    let told: String = told.chars().take(300).collect();
    if told.is_empty() {
        format!("status {}", answer.status)
    } else {
        told
    }
}
