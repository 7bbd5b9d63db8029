//! Three nodes of a real cluster, to be killed, stopped and cut off.

use serde_json::{Value, json};
use shukach::cluster::ClusterAddress;
use std::env;
use std::fs::File;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use ureq::Agent;

/// How many nodes there are.
pub(crate) const COUNT: usize = 3;

/// How long a cluster may take to become green.
const TO_GREEN: Duration = Duration::from_mins(4);

/// Tests use the ports one after another.
static PORTS: Mutex<()> = Mutex::new(());

/// Three nodes, each a process with a folder of its own.
pub(crate) struct Nodes {
    program: String,
    folder: TempDir,
    port: u16,
    /// Namespaces that the nodes are in, and the beginning of their addresses.
    network: Option<Network>,
    processes: Vec<Option<Child>>,
    _ports: MutexGuard<'static, ()>,
}

/// Where nodes are that can be cut off from one another.
#[derive(Debug, Clone)]
pub(crate) struct Network {
    /// What the names of the namespaces begin with; the number of the node follows.
    pub(crate) prefix: String,
    /// What the addresses begin with.
    pub(crate) hosts: &'static str,
}

/// Returns the program that becomes a node; `None` where tests run without a cluster.
pub(crate) fn node_program() -> Option<String> {
    env::var("SHUKACH_TEST_NODE").ok()
}

impl Nodes {
    /// Starts three nodes and waits until they are a cluster; `None` where tests run without.
    pub(crate) fn start(network: Option<Network>) -> Option<Self> {
        let port = env::var("PORT").map_or(9201, |port| port.parse().unwrap());
        let mut nodes = Self {
            program: node_program()?,
            folder: TempDir::new().unwrap(),
            port,
            network,
            processes: (0..COUNT).map(|_| None).collect(),
            _ports: PORTS.lock().unwrap_or_else(PoisonError::into_inner),
        };
        for node in 0..COUNT {
            nodes.run(node);
        }
        nodes.wait_for_green();
        Some(nodes)
    }

    /// Starts a node that does not run.
    pub(crate) fn run(&mut self, node: usize) {
        let number = (node + 1).to_string();
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.folder.path().join(format!("n{number}.log")))
            .unwrap();
        let mut command = match &self.network {
            Some(network) => inside(&format!("{}{number}", network.prefix), &self.program),
            None => Command::new(&self.program),
        };
        command
            .args([&number, &COUNT.to_string()])
            .arg(self.folder.path())
            .arg(self.port.to_string())
            .args(self.network.iter().map(|network| network.hosts))
            .stdout(Stdio::from(log.try_clone().unwrap()))
            .stderr(log);
        self.processes[node] = Some(command.spawn().unwrap());
    }

    /// Returns where a node listens.
    pub(crate) fn host(&self, node: usize) -> String {
        let host = match &self.network {
            Some(network) => format!("{}{}", network.hosts, node + 1),
            None => "127.0.0.1".to_owned(),
        };
        format!("{host}:{}", usize::from(self.port) + node)
    }

    /// Returns the address of an index, by these nodes.
    pub(crate) fn address_by(&self, nodes: &[usize], index: &str) -> String {
        let hosts: Vec<String> = nodes.iter().map(|node| self.host(*node)).collect();
        format!("opensearch+http://{}/{index}", hosts.join(","))
    }

    /// Returns the address of an index, by all nodes.
    pub(crate) fn address(&self, index: &str) -> ClusterAddress {
        ClusterAddress::parse(&self.address_by(&[0, 1, 2], index)).unwrap()
    }

    /// Kills a node at once, as a loss of power does.
    pub(crate) fn kill(&mut self, node: usize) {
        if let Some(mut process) = self.processes[node].take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    /// Ends a node as a service does, and waits for its end.
    pub(crate) fn end(&mut self, node: usize) {
        self.signal(node, "TERM");
        if let Some(mut process) = self.processes[node].take() {
            process.wait().unwrap();
        }
    }

    /// Sends a signal to a node.
    pub(crate) fn signal(&self, node: usize, signal: &str) {
        let process = self.processes[node].as_ref().unwrap();
        let id = process.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &id]).status();
        assert!(sent.unwrap().success());
    }

    /// Waits until all nodes are there and every shard has all its copies.
    pub(crate) fn wait_for_green(&self) {
        self.wait_for(&["green"]);
    }

    /// Waits until all nodes are there and every shard has a copy. Where most nodes were gone,
    /// making the others may take the cluster a quarter of an hour.
    pub(crate) fn wait_for_all_shards(&self) {
        self.wait_for(&["yellow", "green"]);
    }

    fn wait_for(&self, states: &[&str]) {
        let started = Instant::now();
        while !(0..COUNT).all(|node| self.is_one_of(node, states)) {
            assert!(
                started.elapsed() < TO_GREEN,
                "not {states:?}: {:?}, logs in {}",
                (0..COUNT).map(|node| self.health(node)).collect::<Vec<_>>(),
                self.folder.path().display()
            );
            sleep(Duration::from_millis(300));
        }
    }

    fn health(&self, node: usize) -> Option<Value> {
        self.ask(node, "GET", "/_cluster/health", &Value::Null)
    }

    fn is_one_of(&self, node: usize, states: &[&str]) -> bool {
        self.health(node).is_some_and(|health| {
            let state = health["status"].as_str().unwrap_or_default();
            states.contains(&state) && health["number_of_nodes"] == COUNT
        })
    }

    /// Asks a node; `None` where it does not answer or refuses.
    pub(crate) fn ask(&self, node: usize, method: &str, path: &str, body: &Value) -> Option<Value> {
        let url = format!("http://{}{path}", self.host(node));
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        if let Some(network) = &self.network {
            let ran = inside(&format!("{}0", network.prefix), "curl")
                .args(["-sf", "-m", "5", "-X", method, &url, "-d", &body])
                .args(["-H", "content-type: application/json"])
                .output()
                .unwrap();
            return serde_json::from_slice(&ran.stdout).ok();
        }
        let config = Agent::config_builder().timeout_global(Some(Duration::from_secs(5)));
        let request = ureq::http::Request::builder()
            .method(method)
            .uri(url)
            .header("content-type", "application/json")
            .body(body)
            .unwrap();
        let mut answer = config.build().new_agent().run(request).ok()?;
        let text = answer.body_mut().read_to_string().ok()?;
        serde_json::from_str(&text).ok()
    }

    /// Has copies of a lost node made anew after a second, not a minute; tests wait for that.
    pub(crate) fn heal_soon(&self, index: &str) {
        let settings = json!({"index.unassigned.node_left.delayed_timeout": "1s"});
        let done = self.ask(0, "PUT", &format!("/{index}/_settings"), &settings);
        assert_eq!(done.unwrap()["acknowledged"], true);
    }
}

impl Drop for Nodes {
    fn drop(&mut self) {
        for process in self.processes.iter_mut().flatten() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

/// Returns a command that runs a program in a namespace.
pub(crate) fn inside(namespace: &str, program: &str) -> Command {
    let mut command = Command::new("ip");
    command.args(["netns", "exec", namespace, program]);
    command
}
