//! Clusters that refuse, are silent or are no clusters: one clear message each, in both languages.

use crate::canned_node::{Asked, Authority, mapping, node, silent_node};
use crate::cli_fixture::{program, run};
use serde_json::{Value, json};
use std::fs;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The year until which good certificates are valid.
const LATE: i32 = 2090;

/// Asks a node and returns what the program says in English and in Ukrainian.
struct Question {
    folder: TempDir,
    arguments: Vec<String>,
    environment: Vec<(&'static str, String)>,
}

impl Question {
    fn to(scheme: &str, host: impl std::fmt::Display) -> Self {
        let index = format!("opensearch+{scheme}://{host}/news");
        Self {
            folder: TempDir::new().unwrap(),
            arguments: ["search", "міст", "--index", &index]
                .map(str::to_owned)
                .into(),
            environment: Vec::new(),
        }
    }

    fn with(mut self, arguments: &[&str]) -> Self {
        self.arguments
            .extend(arguments.iter().map(|argument| (*argument).to_owned()));
        self
    }

    /// Sets a variable to the name of a file that holds `text`.
    fn file(mut self, variable: &'static str, text: &str) -> Self {
        let file = self.folder.path().join(variable);
        fs::write(&file, text).unwrap();
        self.environment
            .push((variable, file.to_str().unwrap().to_owned()));
        self
    }

    /// Checks the code of the error and that its words stand in both messages, each of one line.
    #[track_caller]
    fn fails(&self, code: &str, english: &[&str], ukrainian: &[&str]) {
        for (language, words) in [("en", english), ("uk", ukrainian)] {
            let environment = self.environment.iter().map(|(name, value)| (name, value));
            let ran = run(program(self.folder.path())
                .envs(environment)
                .args(&self.arguments)
                .args(["--lang", language]));
            let said = ran.expect(2).stderr;
            assert!(said.contains(code), "{said}");
            for word in words {
                assert!(said.contains(word), "{word}: {said}");
            }
            assert_eq!(said.trim_end().lines().count(), 1, "{said}");
            assert!(!said.contains("PASSWORD="), "{said}");
        }
    }
}

fn nothing_there(_: &Asked) -> (u16, Value) {
    (404, json!({"error": {"type": "index_not_found_exception"}}))
}

#[test]
fn a_wrong_password_or_key_is_refused_and_the_right_one_is_taken_from_its_file() {
    // RFC 7617: editor:таємниця and the like in base64.
    let right = "Basic ZWRpdG9yOnJpZ2h0";
    let address = node(None, move |asked| match asked.authorization.as_deref() {
        Some(given) if given == right || given == "ApiKey a2V5" => nothing_there(asked),
        Some(_) => (401, json!("Unauthorized")),
        None => (
            403,
            json!({"error": {"type": "security_exception", "reason": "no permissions"}}),
        ),
    });
    let editor = |password: &str| {
        let mut question =
            Question::to("http", address).file("SHUKACH_CLUSTER_PASSWORD_FILE", password);
        question
            .environment
            .push(("SHUKACH_CLUSTER_USER", "editor".to_owned()));
        question
    };
    editor("wrong").fails(
        "C102",
        &["refused the user", "Unauthorized", "SHUKACH_CLUSTER_USER"],
        &["відмовив користувачеві"],
    );
    Question::to("http", address).fails(
        "C102",
        &["no permissions"],
        &["no permissions", "відмовив"],
    );
    editor("right").fails("C106", &["no index news"], &["немає індексу news"]);
    let key = |key| Question::to("http", address).file("SHUKACH_CLUSTER_API_KEY_FILE", key);
    key("b3RoZXI").fails("C102", &["Unauthorized"], &["Unauthorized"]);
    key("a2V5\n").fails("C106", &["no index news"], &["немає індексу news"]);
}

#[test]
fn a_certificate_that_is_not_good_is_named_with_what_is_wrong() {
    let authority = Authority::new();
    let secure = |host: &str, year| node(Some(authority.sign(host, year)), nothing_there);
    let ask = |address: SocketAddr| {
        Question::to("https", address).file("SHUKACH_CLUSTER_CA", &authority.pem())
    };
    let good = secure("127.0.0.1", LATE);
    ask(good).fails("C106", &["no index news"], &["немає індексу news"]);
    let expired = secure("127.0.0.1", 2020);
    let named = expired.to_string();
    ask(expired).fails(
        "C103",
        &[&named, "has expired"],
        &[&named, "строк його дії минув"],
    );
    let other = secure("search.example", LATE);
    ask(other).fails("C103", &["of another host"], &["виданий іншому вузлу"]);
    let unknown = Question::to("https", good);
    unknown.fails(
        "C103",
        &["nobody who is trusted", "SHUKACH_CLUSTER_CA"],
        &["невідомий центр"],
    );
    let stranger = Authority::new();
    let stranger = Question::to("https", good).file("SHUKACH_CLUSTER_CA", &stranger.pem());
    stranger.fails("C103", &["nobody who is trusted"], &["невідомий центр"]);
    let none = Question::to("https", good).file("SHUKACH_CLUSTER_CA", "no certificate");
    none.fails(
        "C103",
        &["SHUKACH_CLUSTER_CA cannot be read"],
        &["не прочитано"],
    );
}

#[test]
fn http_to_a_node_with_tls_and_tls_to_one_without_name_the_other_scheme() {
    let authority = Authority::new();
    let secure = node(Some(authority.sign("127.0.0.1", LATE)), nothing_there);
    let plain = node(None, nothing_there);
    Question::to("http", secure).fails(
        "C104",
        &["does not speak http;", "opensearch+https://"],
        &["не розуміє http;", "opensearch+https://"],
    );
    Question::to("https", plain).fails(
        "C104",
        &["does not speak https;", "opensearch+http://"],
        &["не розуміє https;", "opensearch+http://"],
    );
}

#[test]
fn an_index_of_another_analyzer_and_one_of_others_are_refused_before_the_first_query() {
    for (mappings, code, english, ukrainian) in [
        (
            mapping(Some(0)),
            "C108",
            "filled with analyzer 0",
            "наповнено",
        ),
        (
            json!({"news": {"mappings": {}}}),
            "C107",
            "no index of shukach",
            "не індекс програми",
        ),
    ] {
        let searches = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&searches);
        let address = node(None, move |asked| {
            count.fetch_add(usize::from(asked.method == "POST"), Ordering::Relaxed);
            (200, mappings.clone())
        });
        Question::to("http", address).fails(code, &[english], &[ukrainian]);
        assert_eq!(searches.load(Ordering::Relaxed), 0);
    }
}

#[test]
fn no_hits_are_given_where_shards_are_missing() {
    let partial = json!({
        "_shards": {"total": 3, "successful": 2, "failed": 1},
        "hits": {"total": {"value": 24}, "hits": []},
    });
    let refused = json!({"error": {
        "type": "search_phase_execution_exception", "reason": "Partial shards failure",
        "failed_shards": [{"shard": 0}, {"shard": 1}],
    }});
    for (status, body) in [(200, partial), (503, refused)] {
        let address = node(None, move |asked| {
            if asked.path.ends_with("/_mapping") {
                (200, mapping(None))
            } else {
                (status, body.clone())
            }
        });
        Question::to("http", address).fails(
            "C105",
            &["shards of news", "none are given"],
            &["шарди індексу news"],
        );
    }
}

#[test]
fn a_node_that_is_silent_is_named_when_time_is_over() {
    let silent = silent_node();
    let started = Instant::now();
    for command in ["search", "list", "count", "timeline", "kwic"] {
        let mut question = Question::to("http", silent).with(&["--timeout", "600"]);
        question.arguments[0] = command.to_owned();
        if command == "list" {
            question.arguments.remove(1);
        }
        let named = format!("http://{silent}");
        question.fails(
            "C113",
            &["600 ms", "silent: ", &named],
            &["600 мс", "мовчать: ", &named],
        );
    }
    // Without a limit each of the ten runs would wait for half a minute.
    assert!(started.elapsed() < Duration::from_mins(1));
}

#[test]
fn a_silent_node_holds_up_no_answer_that_another_can_give() {
    let silent = silent_node();
    let answering = node(None, nothing_there);
    for hosts in [
        format!("{silent},{answering}"),
        format!("{answering},{silent}"),
    ] {
        let question = Question::to("http", hosts).with(&["--timeout", "20s"]);
        question.fails("C106", &["no index news"], &["немає індексу news"]);
    }
}

#[test]
fn a_slow_node_is_waited_for_until_time_is_over() {
    // No node is silent that answers some requests.
    let slow = node(None, |asked| {
        if !asked.path.starts_with("/_nodes/") {
            std::thread::sleep(Duration::from_secs(3));
        }
        nothing_there(asked)
    });
    let ask = |limit| Question::to("http", slow).with(&["--timeout", limit]);
    ask("20s").fails("C106", &["no index news"], &["немає індексу news"]);
    ask("1s").fails("C113", &["1000 ms", "narrow the query"], &["звузьте запит"]);
}
