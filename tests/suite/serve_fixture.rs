//! `shukach serve` in a process of its own, asked over real connections.

use crate::cli_fixture::NO_SETTINGS;
use serde_json::Value;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// A running server.
pub(crate) struct Server {
    child: Child,
    /// While this is open, a server that all tests share goes on: nobody drops it.
    _lifeline: Option<ChildStdin>,
    pub(crate) address: SocketAddr,
    log: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Serves the index in `index` with these further arguments.
    pub(crate) fn start(index: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shukach"));
        command.env_clear().env(NO_SETTINGS.0, NO_SETTINGS.1);
        Self::run(command, index, arguments)
    }

    /// Does as [`Server::start`] for a server that is never dropped, and so has to end with the
    /// program that runs the tests: where there is a shell, one waits for that.
    pub(crate) fn shared(index: &Path, arguments: &[&str]) -> Self {
        if cfg!(not(unix)) {
            return Self::start(index, arguments);
        }
        let mut command = Command::new("/bin/sh");
        command
            .env_clear()
            .env(NO_SETTINGS.0, NO_SETTINGS.1)
            .args(["-c", "\"$0\" \"$@\" & while read -r _; do :; done; kill $!"])
            .arg(env!("CARGO_BIN_EXE_shukach"));
        Self::run(command, index, arguments)
    }

    /// Serves the index in `index` with the settings of a file.
    pub(crate) fn with_settings(index: &Path, settings: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shukach"));
        command.env_clear().env("SHUKACH_CONFIG", settings);
        Self::run(command, index, &[])
    }

    fn run(mut command: Command, index: &Path, arguments: &[&str]) -> Self {
        command
            .args(["serve", "--listen", "127.0.0.1:0", "--index"])
            .arg(index)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        let address = first
            .split("http://")
            .nth(1)
            .unwrap_or_else(|| panic!("{first}"));
        let address = address.trim_end_matches('/').parse().unwrap();
        let log = Arc::new(Mutex::new(vec![first]));
        let written = Arc::clone(&log);
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                written.lock().unwrap().push(line);
            }
        });
        Self {
            _lifeline: child.stdin.take(),
            child,
            address,
            log,
        }
    }

    /// Asks for `target` and returns the answer.
    pub(crate) fn get(&self, target: &str) -> Answer {
        self.ask("GET", target, &[])
    }

    /// Asks with further headers, each `Name: value`; one of them may be the host.
    pub(crate) fn ask(&self, method: &str, target: &str, headers: &[&str]) -> Answer {
        let mut stream = self.connect();
        let mut request = format!("{method} {target} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|header| header.starts_with("Host:")) {
            write!(request, "Host: {}\r\n", self.address).unwrap();
        }
        for header in headers {
            write!(request, "{header}\r\n").unwrap();
        }
        request.push_str("\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        Answer::read(&answer)
    }

    /// Sends a form.
    pub(crate) fn post(&self, target: &str, form: &str) -> Answer {
        let mut stream = self.connect();
        let (address, length) = (self.address, form.len());
        let request = format!(
            "POST {target} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{form}"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        Answer::read(&answer)
    }

    /// Opens a connection.
    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        let patience = Some(Duration::from_mins(2));
        stream.set_read_timeout(patience).unwrap();
        stream
    }

    /// Returns what it has written on standard error, once `is_enough` says so.
    pub(crate) fn log_when(&self, is_enough: impl Fn(&[String]) -> bool) -> Vec<String> {
        let started = Instant::now();
        loop {
            let log = self.log.lock().unwrap().clone();
            if is_enough(&log) {
                return log;
            }
            assert!(started.elapsed() < Duration::from_mins(1), "{log:?}");
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Sends a signal.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status();
        assert!(sent.unwrap().success());
    }

    /// Returns how it ended.
    pub(crate) fn wait(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    fn read(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        let end = end.unwrap_or_else(|| panic!("{:?}", String::from_utf8_lossy(bytes)));
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap();
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        let is_chunked = headers
            .iter()
            .any(|(name, value)| name == "transfer-encoding" && value == "chunked");
        let body = &bytes[end + 4..];
        Self {
            status: status.parse().unwrap(),
            body: if is_chunked {
                joined(body)
            } else {
                body.to_vec()
            },
            headers,
        }
    }

    /// Returns the value of a header, empty where there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        let mut named = self.headers.iter().filter(|(known, _)| known == name);
        named.next().map_or("", |(_, value)| value)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error} in {self:?}"))
    }

    /// Checks the status.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(
            self.status,
            status,
            "{}",
            String::from_utf8_lossy(&self.body)
        );
        self
    }
}

/// Joins the chunks of a body; one that is broken off has no last chunk.
fn joined(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let end = rest
            .windows(2)
            .position(|two| two == b"\r\n")
            .expect("a whole body");
        let size = std::str::from_utf8(&rest[..end]).unwrap();
        let size = usize::from_str_radix(size, 16).unwrap();
        if size == 0 {
            return body;
        }
        rest = &rest[end + 2..];
        body.extend_from_slice(&rest[..size]);
        rest = &rest[size + 2..];
    }
}

/// Returns `text` as a value of a parameter.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        write!(encoded, "%{byte:02X}").unwrap();
        encoded
    })
}
