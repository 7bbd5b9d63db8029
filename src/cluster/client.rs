//! Sends requests to the nodes of a cluster until one answers, within a time limit.

use crate::cluster::address::ClusterAddress;
use crate::cluster::credentials::Credentials;
use crate::cluster::exchange::{Answer, Content, Failed, Message, Nodes, reason_of, refused};
use crate::error::{ClusterProblem, Result};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// After how long another node is asked too: a hung one must not hold up what others can answer.
const PER_NODE: Duration = Duration::from_secs(10);
/// Into how many parts a time limit is divided: after one of them another node is asked too.
const PARTS: u32 = 4;
/// How long a request of a job is tried: when the network of its leader is cut, a cluster needs
/// half a minute to have another one, and half a minute more until that one misses the old.
const PATIENCE_OF_JOBS: Duration = Duration::from_mins(2);
/// How long a request of a search is tried where it has no time limit.
const PATIENCE_OF_SEARCHES: Duration = Duration::from_secs(30);
/// How often each node is tried in vain.
const ROUNDS: usize = 5;
/// How long nodes are preferred: until the cluster itself leaves out one that hangs.
const PREFERRED_FOR: Duration = Duration::from_mins(1);
/// The first pause between two rounds; each is twice as long as the one before.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// The longest time before the end of a time limit in which it is found out who is silent.
const TO_FIND_OUT: Duration = Duration::from_millis(300);

/// A client of a cluster. Threads share it; a clone asks the same nodes.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    nodes: Arc<Nodes>,
    address: Arc<ClusterAddress>,
    limit: Option<TimeLimit>,
    /// How long a request is tried.
    patience: Duration,
    /// The places of the nodes that were silent so long that others were asked.
    silent: Arc<Mutex<BTreeSet<usize>>>,
    /// Which nodes are preferred in searches: those that answered when another was silent, whose
    /// silence would hold up searches that others were asked for.
    preference: Arc<Mutex<Option<(Instant, String)>>>,
}

/// When everything that a client is asked must be answered.
#[derive(Debug, Clone, Copy)]
struct TimeLimit {
    end: Instant,
    length: Duration,
}

impl TimeLimit {
    /// Returns when no answer is waited for any more.
    fn last_moment(self) -> Instant {
        let to_find_out = TO_FIND_OUT.min(self.length / 4);
        self.end.checked_sub(to_find_out).unwrap_or(self.end)
    }
}

/// What one node made of a request.
type Outcome = (usize, Result<Answer, Failed>);

impl Client {
    /// Makes a client for jobs; asks nobody yet.
    ///
    /// # Errors
    /// [`ClusterProblem::BadAuthorities`] where the authorities cannot be read.
    pub(crate) fn new(address: ClusterAddress, credentials: Credentials) -> Result<Self> {
        Ok(Self {
            nodes: Arc::new(Nodes::new(&address, credentials)?),
            address: Arc::new(address),
            limit: None,
            patience: PATIENCE_OF_JOBS,
            silent: Arc::default(),
            preference: Arc::default(),
        })
    }

    /// Returns a client for searches, in which nobody waits as long as in jobs.
    pub(crate) fn for_searches(self) -> Self {
        Self {
            patience: PATIENCE_OF_SEARCHES,
            ..self
        }
    }

    /// Returns a client that has this time from now on for all that it is asked.
    pub(crate) fn within(&self, limit: Option<Duration>) -> Self {
        let limit = limit.and_then(|length| {
            let end = Instant::now().checked_add(length)?;
            Some(TimeLimit { end, length })
        });
        Self {
            limit,
            silent: Arc::default(),
            ..self.clone()
        }
    }

    /// Returns the nodes that were silent, since this client was made or limited, for so long that
    /// others were asked.
    pub(crate) fn silent_nodes(&self) -> Vec<String> {
        let silent = self.silent.lock().unwrap_or_else(PoisonError::into_inner);
        let silent = self.nodes.urls(silent.iter().copied());
        silent.into_iter().map(str::to_owned).collect()
    }

    fn note_silent(&self, place: usize) {
        self.nodes.mark_dead(place);
        let mut silent = self.silent.lock().unwrap_or_else(PoisonError::into_inner);
        silent.insert(place);
    }

    /// Returns the address of the index.
    pub(crate) fn address(&self) -> &ClusterAddress {
        &self.address
    }

    /// Returns how much of the time limit is left; `None` where there is none.
    pub(crate) fn time_left(&self) -> Option<Duration> {
        let limit = self.limit?;
        Some(limit.end.saturating_duration_since(Instant::now()))
    }

    /// Looks at the clock.
    ///
    /// # Errors
    /// [`ClusterProblem::TimeOver`].
    pub(crate) fn check_time(&self) -> Result<()> {
        match self.limit {
            Some(limit) if Instant::now() >= limit.end => Err(limit.over(Vec::new()).into()),
            _ => Ok(()),
        }
    }

    /// Sends a request until a node answers it, and returns the answer whatever its status.
    ///
    /// # Errors
    /// [`ClusterProblem::Unreachable`] and what stands with it; [`ClusterProblem::TimeOver`].
    pub(crate) fn ask(&self, method: &str, path: &str, content: Content<'_>) -> Result<Answer> {
        self.ask_within(self.patience, method, path, content)
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
        let mut until = Instant::now() + patience;
        let mut step = PER_NODE;
        if let Some(limit) = self.limit {
            until = until.min(limit.last_moment());
            step = step.min(limit.length / PARTS);
        }
        let message = Message::new(method, path, content);
        let preferring = self.preference();
        let preferring = preferring.and_then(|nodes| message.preferring(&nodes));
        let mut trial = Trial {
            client: self,
            message: Arc::new(preferring.unwrap_or(message)),
            until,
            step,
            channel: channel(),
            asked: Vec::new(),
            attempts: 0,
            pause: FIRST_PAUSE,
            last: String::new(),
            problem: None,
        };
        match trial.run() {
            Some(answer) => answer,
            None => Err(self.explain(trial).into()),
        }
    }

    /// Returns why a request got no answer.
    fn explain(&self, trial: Trial<'_>) -> ClusterProblem {
        if let Some(limit) = self.limit
            && Instant::now() >= limit.last_moment()
        {
            return limit.over(self.mute(limit.end));
        }
        if let Some(problem) = trial.problem {
            return problem;
        }
        let silent = self.nodes.urls(trial.asked);
        ClusterProblem::Unreachable {
            nodes: self.nodes.urls(0..self.nodes.count()).join(", "),
            reason: if trial.last.is_empty() {
                format!("{}: no answer in time", silent.join(", "))
            } else {
                trial.last
            },
        }
    }

    /// Returns the addresses of the nodes that do not even say who they are until `end`.
    fn mute(&self, end: Instant) -> Vec<String> {
        let names = self.names(end);
        let mute = (0..self.nodes.count()).filter(|place| !names.contains_key(place));
        let mute = self.nodes.urls(mute).into_iter();
        mute.map(str::to_owned).collect()
    }

    /// Returns what the nodes call themselves, those that say so until `end`, by their places.
    fn names(&self, end: Instant) -> BTreeMap<usize, Option<String>> {
        let (results, answers) = channel();
        let path = "/_nodes/_local?filter_path=nodes.*.name";
        let message = Arc::new(Message::new("GET", path, Content::Nothing));
        for place in 0..self.nodes.count() {
            self.send(place, end, &message, &results);
        }
        let mut names = BTreeMap::new();
        while names.len() < self.nodes.count() {
            let left = end.saturating_duration_since(Instant::now());
            let Ok((place, outcome)) = answers.recv_timeout(left) else {
                break;
            };
            if let Ok(answer) = outcome {
                let nodes = answer.body["nodes"].as_object();
                names.insert(place, nodes.and_then(|nodes| nodes.keys().next().cloned()));
            }
        }
        names
    }

    /// Finds out which nodes answer, for searches to prefer them.
    fn prefer_answering(&self, end: Instant) {
        let names = self.names(end.min(Instant::now() + TO_FIND_OUT));
        let names: Vec<String> = names.into_values().flatten().collect();
        if !names.is_empty() {
            let preference = format!("_prefer_nodes:{}", names.join(","));
            *self
                .preference
                .lock()
                .unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), preference));
        }
    }

    /// Returns which nodes are to be preferred in searches, where some were silent.
    pub(crate) fn preference(&self) -> Option<String> {
        let preference = self.preference.lock();
        let preference = preference.unwrap_or_else(PoisonError::into_inner);
        let (since, nodes) = preference.as_ref()?;
        (since.elapsed() < PREFERRED_FOR).then(|| nodes.clone())
    }

    /// Sends a message to a node in a thread of its own, which may outlive whoever waits.
    fn send(&self, place: usize, until: Instant, message: &Arc<Message>, to: &Sender<Outcome>) {
        let (nodes, message, answers) = (Arc::clone(&self.nodes), Arc::clone(message), to.clone());
        let send = move || {
            let time = until.saturating_duration_since(Instant::now());
            // Whoever asked may have gone with the answer of another node.
            let _ = answers.send((place, nodes.send(place, time, &message)));
        };
        let builder = std::thread::Builder::new().name("request".to_owned());
        if let Err(error) = builder.spawn(send) {
            let _ = to.send((place, Err(Failed::Perhaps(error.to_string()))));
        }
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
}

impl TimeLimit {
    fn over(self, silent: Vec<String>) -> ClusterProblem {
        ClusterProblem::TimeOver {
            millis: u64::try_from(self.length.as_millis()).unwrap_or(u64::MAX),
            silent,
        }
    }
}

/// A request on its way: sent to one node, after a failure or a silence to the next.
struct Trial<'a> {
    client: &'a Client,
    message: Arc<Message>,
    until: Instant,
    /// After which silence another node is asked too.
    step: Duration,
    channel: (Sender<Outcome>, Receiver<Outcome>),
    /// The nodes that have not answered yet.
    asked: Vec<usize>,
    attempts: usize,
    pause: Duration,
    /// What the last node said that refused.
    last: String,
    /// Why the last node refused, where it said more than that it is busy.
    problem: Option<ClusterProblem>,
}

impl Trial<'_> {
    /// Returns what came of it; `None` where no node answered.
    fn run(&mut self) -> Option<Result<Answer>> {
        let nodes = &self.client.nodes;
        let most = ROUNDS * nodes.count();
        let mut next_at = Instant::now();
        loop {
            let now = Instant::now();
            if now >= self.until || (self.attempts == most && self.asked.is_empty()) {
                return None;
            }
            let next = if self.attempts < most {
                nodes.choose(&self.asked)
            } else {
                None
            };
            let mut wait_until = self.until;
            if let Some(place) = next {
                if now >= next_at {
                    self.note_silence();
                    let (until, message) = (self.until, &self.message);
                    self.client.send(place, until, message, &self.channel.0);
                    self.asked.push(place);
                    self.attempts += 1;
                    next_at = now + self.step;
                }
                wait_until = wait_until.min(next_at);
            }
            let time = wait_until.saturating_duration_since(Instant::now());
            if let Ok((place, outcome)) = self.channel.1.recv_timeout(time) {
                self.asked.retain(|other| *other != place);
                if let Some(result) = self.read(place, outcome) {
                    return Some(result);
                }
                next_at = Instant::now();
                if self.attempts.is_multiple_of(nodes.count()) {
                    next_at += self.pause;
                    self.pause *= 2;
                }
            }
        }
    }

    /// Remembers the nodes that have not answered, and has others search.
    fn note_silence(&mut self) {
        for silent in &self.asked {
            self.client.note_silent(*silent);
        }
        // A message that prefers nodes takes no other preference, so this is done once.
        if !self.asked.is_empty() && self.message.takes_preference() {
            self.client.prefer_answering(self.until);
            let preference = self.client.preference();
            let preferring = preference.and_then(|nodes| self.message.preferring(&nodes));
            if let Some(message) = preferring {
                self.message = Arc::new(message);
            }
        }
    }

    /// Returns what ends the trial; `None` where another node may answer.
    fn read(&mut self, place: usize, outcome: Result<Answer, Failed>) -> Option<Result<Answer>> {
        let nodes = &self.client.nodes;
        let url = nodes.urls([place]).join("");
        match outcome {
            Ok(answer) if is_busy(answer.status) => {
                self.last = format!("{url}: {}", reason_of(&answer));
                self.problem = self.client.missing_shards(&answer);
                if self.problem.is_none() && answer.status == 500 {
                    self.problem = Some(refused(&answer));
                }
                None
            }
            Ok(answer) => {
                nodes.mark_alive(place);
                if is_denied(&answer) {
                    let reason = reason_of(&answer);
                    return Some(Err(ClusterProblem::Denied { reason }.into()));
                }
                Some(Ok(answer))
            }
            Err(Failed::ForGood(problem)) => Some(Err(problem.into())),
            Err(Failed::Perhaps(reason)) => {
                nodes.mark_dead(place);
                self.last = format!("{url}: {reason}");
                None
            }
        }
    }
}

/// Returns whether the cluster may answer later.
pub(crate) fn is_busy(status: u16) -> bool {
    matches!(status, 429 | 500 | 502..=504)
}

/// Returns whether the user is refused; an index that takes no writes has the same status.
fn is_denied(answer: &Answer) -> bool {
    let is_block = answer.body["error"]["type"] == "cluster_block_exception";
    answer.status == 401 || (answer.status == 403 && !is_block)
}
