//! Nodes that die, hang, are slow or restart: every answer is right or refused, and what was
//! acknowledged is there once.
//!
//! `tests/opensearch/faults` starts these tests; without it they have no nodes and end at once.
//! Each prints the faults that it tried and the articles that were lost.

use crate::cluster_fixture::{documents, generated_archive};
use crate::cluster_nodes::{COUNT, Nodes};
use crate::cluster_scene::{Outcome, Scene, Way};
use crate::cluster_writing::divide;
use crate::slow_proxy::slow_proxy;
use serde_json::Value;
use shukach::cluster::ClusterAddress;
use std::env;
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Returns how often a fault is tried: twice, or as the variable says.
fn rounds(variable: &str, default: usize) -> usize {
    env::var(variable).map_or(default, |rounds| rounds.parse().unwrap())
}

/// Returns three nodes where faults are tried at length.
fn nodes_for_long_tests() -> Option<Nodes> {
    env::var_os("SHUKACH_FAULTS")?;
    Nodes::start(None)
}

#[test]
fn a_killed_node_costs_no_answer_and_no_article() {
    let Some(mut nodes) = Nodes::start(None) else {
        return;
    };
    let mut scene = Scene::new(&nodes, "killed");
    let rounds = rounds("SHUKACH_KILLS", 2);
    let mut longest = Duration::ZERO;
    let mut answers = 0;
    for round in 0..rounds {
        let victim = round % COUNT;
        let (killed, tally) = scene.under_load(|| {
            sleep(Duration::from_millis(700 + 100 * (round as u64 % 7)));
            nodes.kill(victim);
            let killed = Instant::now();
            sleep(Duration::from_secs(3));
            nodes.run(victim);
            nodes.wait_for_green();
            killed
        });
        tally.check();
        scene.check();
        answers += tally.asked.len();
        let first = tally.first_answer_after(killed);
        longest = longest.max(first);
        println!(
            "kill {}: node {}, first right answer after {first:.2?}, {} answers, {} articles acknowledged",
            round + 1,
            victim + 1,
            tally.asked.len(),
            tally.written
        );
    }
    println!(
        "{rounds} kills, {answers} answers, 0 wrong, 0 failed, first right answer after at most {longest:.2?}, \
         {} articles acknowledged, 0 lost, 0 doubled",
        scene.acknowledged.len()
    );
}

#[test]
fn a_job_during_which_a_node_dies_ends_as_one_that_saw_nothing() {
    let Some(mut nodes) = nodes_for_long_tests() else {
        return;
    };
    let archive = generated_archive(2_700);
    divide(&archive, 90);
    let cluster = format!("opensearch+http://{}", nodes.host(0));
    let job = |nodes: &Nodes, index: &str| {
        let address = nodes.address(index).to_string();
        let mut job = Command::new(env!("CARGO_BIN_EXE_shukach"));
        job.env_clear()
            .env("SHUKACH_NO_CONFIG", "1")
            .current_dir(archive.folder())
            .args(["index", "archive", "--json", "--threads", "1", "--index"])
            .args([&address, "--shards", "3", "--replicas", "1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        job
    };
    let summary = |ran: &Output| -> Value {
        assert!(ran.status.success(), "{ran:?}");
        serde_json::from_slice(&ran.stdout).unwrap()
    };
    summary(&job(&nodes, "whole").output().unwrap());
    let whole = documents(&cluster, "whole");
    assert!(!whole.is_empty());
    for victim in 0..COUNT {
        let index = format!("during{victim}");
        let mut started = job(&nodes, &index);
        let mut again = job(&nodes, &index);
        let mut running = started.spawn().unwrap();
        // What is written before there is a second copy is away as long as its node is.
        let health = format!("/_cluster/health/{index}?timeout=50ms");
        while nodes
            .ask(0, "GET", &health, &Value::Null)
            .is_none_or(|health| health["status"] != "green")
        {
            sleep(Duration::from_millis(50));
        }
        sleep(Duration::from_millis(300 * victim as u64));
        let was_running = running.try_wait().unwrap().is_none();
        nodes.kill(victim);
        let ended = running.wait_with_output().unwrap();
        assert_eq!(summary(&ended)["added"], 2_700);
        nodes.run(victim);
        nodes.wait_for_green();
        assert!(was_running, "the job had ended before the kill");
        assert_eq!(documents(&cluster, &index), whole);
        assert_eq!(summary(&again.output().unwrap())["unchanged"], 2_700);
        println!(
            "node {} killed during a job: 2,700 articles, 0 lost",
            victim + 1
        );
    }
}

#[test]
fn nodes_that_restart_in_turn_cost_no_answer_and_no_article() {
    let Some(mut nodes) = nodes_for_long_tests() else {
        return;
    };
    let mut scene = Scene::new(&nodes, "restarted");
    let rounds = rounds("SHUKACH_RESTARTS", 2);
    let mut answers = 0;
    for _ in 0..rounds {
        let ((), tally) = scene.under_load(|| {
            for node in 0..COUNT {
                nodes.end(node);
                nodes.run(node);
                nodes.wait_for_green();
            }
        });
        tally.check();
        scene.check();
        answers += tally.asked.len();
    }
    println!(
        "{rounds} rolling restarts of {COUNT} nodes, {answers} answers, 0 wrong, 0 failed, {} articles \
         acknowledged, 0 lost, 0 doubled",
        scene.acknowledged.len()
    );
}

#[test]
fn one_node_of_three_refuses_searches_and_nothing_is_lost() {
    let Some(mut nodes) = nodes_for_long_tests() else {
        return;
    };
    let mut scene = Scene::new(&nodes, "alone");
    let ((), tally) = scene.under_load(|| sleep(Duration::from_secs(5)));
    tally.check();
    scene.check();
    let limits = [None, Some(LIMIT), Some(LIMIT), Some(LIMIT)];
    let mut refused = 0;
    for survivor in 0..COUNT {
        let gone = (0..COUNT).filter(|node| *node != survivor);
        let gone: Vec<usize> = gone.collect();
        for node in &gone {
            nodes.kill(*node);
        }
        let index = scene.searcher();
        for (number, limit) in limits.iter().enumerate() {
            let asked = scene.ask_within(*limit, &index, number, Way::Search);
            let Outcome::Failed(error) = &asked.outcome else {
                panic!("{:?}", asked.outcome);
            };
            println!("refused after {:.1?}: {error}", asked.ended - asked.begun);
            assert!(
                error.starts_with("shards of alone did not answer")
                    || error.contains("no node")
                    || error.contains("time limit"),
                "{error}"
            );
            refused += 1;
        }
        for node in gone {
            nodes.run(node);
        }
        nodes.wait_for_all_shards();
        // The cluster may refuse writes for some minutes more: "shard is not in primary mode".
        scene.check_what_is_visible();
    }
    println!(
        "2 of 3 nodes killed {COUNT} times, {refused} searches refused, 0 short, 0 of {} articles lost",
        300 + scene.acknowledged.len()
    );
}

/// How long searches may take beside a node that hangs.
const LIMIT: Duration = Duration::from_secs(3);

#[test]
fn beside_a_hung_node_no_search_goes_over_its_deadline() {
    let Some(nodes) = nodes_for_long_tests() else {
        return;
    };
    let scene = Scene::new(&nodes, "hung");
    let (mut right, mut named, mut longest) = (0, 0, Duration::ZERO);
    for node in 0..COUNT {
        nodes.signal(node, "STOP");
        for number in 0..15 {
            // Each as a new command.
            let asked = scene.ask_within(Some(LIMIT), &scene.searcher(), number, Way::Search);
            longest = longest.max(asked.ended - asked.begun);
            match asked.outcome {
                Outcome::Right => right += 1,
                Outcome::Failed(error) => {
                    assert!(error.contains("time limit of 3000 ms"), "{error}");
                    assert!(error.contains(&nodes.host(node)), "{error}");
                    named += 1;
                }
                wrong @ Outcome::Wrong(_) => panic!("{wrong:?}"),
            }
        }
        nodes.signal(node, "CONT");
        nodes.wait_for_green();
    }
    println!(
        "{COUNT} hung nodes, searches within {LIMIT:?}: {right} right, {named} refused with the node named, \
         0 wrong, the longest took {longest:.2?}"
    );
    assert!(longest < LIMIT + Duration::from_secs(1), "{longest:?}");
}

#[test]
fn a_slow_node_is_passed_over_or_named() {
    let Some(nodes) = nodes_for_long_tests() else {
        return;
    };
    let mut scene = Scene::new(&nodes, "slow");
    let slow = slow_proxy(&nodes.host(0), Duration::from_secs(20));
    let beside = format!("opensearch+http://{slow},{}/slow", nodes.host(1));
    let alone = format!("opensearch+http://{slow}/slow");
    let mut longest = Duration::ZERO;
    for number in 0..20 {
        for (address, is_right) in [(&beside, true), (&alone, false)] {
            scene.address = ClusterAddress::parse(address).unwrap();
            let asked = scene.ask_within(Some(LIMIT), &scene.searcher(), number, Way::Search);
            longest = longest.max(asked.ended - asked.begun);
            match asked.outcome {
                Outcome::Right => assert!(is_right),
                Outcome::Failed(error) => {
                    assert!(!is_right && error.contains(&slow.to_string()), "{error}");
                }
                wrong @ Outcome::Wrong(_) => panic!("{wrong:?}"),
            }
        }
    }
    println!(
        "a node that answers after 20 s, searches within {LIMIT:?}: 20 right beside another node, 20 refused \
         with the node named, the longest took {longest:.2?}"
    );
    assert!(longest < LIMIT + Duration::from_secs(1), "{longest:?}");
}
