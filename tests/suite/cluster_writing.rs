//! Archives are indexed into a real cluster as into a folder: what changed, what is gone, after a
//! kill, by several workers, and with old versions that arrive late.
//!
//! Like those of `cluster`, these tests end at once where no cluster runs.

use crate::archive_fixture::{Line, TempArchive, json_lines, read_articles};
use crate::cli_fixture::{Ran, run_in};
use crate::cluster_fixture::{Pair, ask, cluster, documents, generated_archive};
use crate::index_schema::{assert_valid, validator};
use serde_json::{Value, json};
use shukach::cluster::{ClusterAddress, ClusterIndex, ClusterWriter, Credentials, Layout, Sent};
use shukach::index::document::CollectedArticle;
use shukach::search::SearchRequest;
use std::collections::BTreeMap;
use std::fs;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// An archive and a name in the cluster.
struct Place {
    cluster: String,
    archive: TempArchive,
}

impl Place {
    fn new() -> Option<Self> {
        Some(Self {
            cluster: cluster()?,
            archive: TempArchive::new(),
        })
    }

    /// Returns the name of an index of this process.
    fn name(index: &str) -> String {
        format!("{index}-{}", std::process::id())
    }

    fn address(&self, index: &str) -> String {
        format!("{}/{}", self.cluster, Self::name(index))
    }

    /// Runs the program on an index in the cluster.
    fn run(&self, command: &[&str], index: &str) -> Ran {
        let address = self.address(index);
        let mut all = command.to_vec();
        all.extend(["--index", &address]);
        if command[0] == "index" {
            all.extend(["--replicas", "0", "--json"]);
        }
        run_in(self.archive.folder(), &all)
    }

    /// Starts indexing the archive in a process of its own.
    fn start(&self, index: &str, more: &[&str]) -> Child {
        Command::new(env!("CARGO_BIN_EXE_shukach"))
            .env_clear()
            .env("SHUKACH_NO_CONFIG", "1")
            .current_dir(self.archive.folder())
            .args(["index", "archive", "--json", "--replicas", "0", "--index"])
            .arg(self.address(index))
            .args(more)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    fn documents(&self, index: &str) -> BTreeMap<String, Value> {
        documents(&self.cluster, &Self::name(index))
    }
}

/// Divides a generated archive into files of this number of articles.
pub(crate) fn divide(archive: &TempArchive, each: usize) {
    let text = fs::read(archive.root().join("all.jsonl")).unwrap();
    let lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').collect();
    for (number, some) in lines.chunks(each).enumerate() {
        let lines = some.join(&b'\n');
        if !lines.is_empty() {
            archive.write(&format!("{number}/part.jsonl"), lines);
        }
    }
    archive.remove("all.jsonl");
}

/// Returns what a job counted.
fn counts(summary: &Value) -> Vec<(&'static str, u64)> {
    let all = [
        "files",
        "found",
        "added",
        "updated",
        "unchanged",
        "moved",
        "removed",
        "withheld",
        "repeated",
        "failed",
    ];
    all.map(|name| (name, summary[name].as_u64().unwrap()))
        .to_vec()
}

#[test]
fn an_archive_is_brought_into_a_cluster_as_into_a_folder_whatever_changes_in_it() {
    let Some(place) = Place::new() else { return };
    let archive = &place.archive;
    archive.write("a.txt", "Міст\n\nТекст про міст через річку.");
    archive.write("b.txt", "Кіт\n\nКіт спить під мостом.");
    archive.write("again/b.txt", "Кіт\n\nКіт спить під мостом.");
    let line = |id: &str, text: &str| Line::new(id, text).dated("2025-12-01");
    archive.write(
        "lines.jsonl",
        json_lines(&[line("1", "Порт працює."), line("2", "Школа стоїть.")]),
    );
    archive.write("other.jsonl", json_lines(&[line("1", "Інший порт.")]));
    let both = |told: &str| {
        let here = archive.run(&["index", "archive", "--json"]);
        let there = place.run(&["index", "archive"], "changes");
        assert_eq!(there.code, here.code, "{told}: {there:?}");
        let (here, there) = (here.json(), there.json());
        assert_eq!(counts(&there), counts(&here), "{told}");
        let pair = Pair::of(&archive.index_path(), &place.address("changes"));
        for query in ["міст OR кіт OR порт OR школа OR замок", "порт", "міст -кіт"]
        {
            assert!(pair.agree_on(&SearchRequest::new(query)), "{told}");
        }
        here
    };
    both("new");
    both("unchanged");
    archive.write("a.txt", "Міст\n\nМіст зачинили на ремонт.");
    archive.write(
        "lines.jsonl",
        json_lines(&[line("2", "Школа стоїть."), line("3", "Замок.")]),
    );
    both("changed");
    archive.remove("again/b.txt");
    fs::rename(archive.root().join("a.txt"), archive.root().join("c.txt")).unwrap();
    both("moved and gone");
    archive.remove("other.jsonl");
    archive.remove("b.txt");
    both("gone");
    let told = both("nothing more");
    assert_eq!(told["unchanged"], told["found"]);
    assert_eq!(place.documents("changes").len(), 3);
}

#[test]
fn a_killed_job_is_gone_on_with_and_ends_as_one_that_was_not() {
    let Some(cluster) = cluster() else { return };
    let archive = generated_archive(900);
    divide(&archive, 90);
    let place = Place { cluster, archive };
    place.run(&["index", "archive"], "whole").expect(0);
    let mut killed = 0;
    for delay in [300, 600, 900, 1_200, 1_500] {
        let mut job = place.start("killed", &["--threads", "1"]);
        thread::sleep(Duration::from_millis(delay));
        killed += u32::from(job.try_wait().unwrap().is_none());
        let _ = job.kill();
        job.wait().unwrap();
    }
    assert!(killed > 0, "no job was still running");
    place.run(&["index", "archive"], "killed").expect(0);
    assert_eq!(place.documents("killed"), place.documents("whole"));
    let told = place.run(&["index", "archive"], "killed").expect(0).json();
    assert_eq!(
        (&told["unchanged"], &told["added"]),
        (&900.into(), &0.into())
    );
    println!("{killed} jobs were killed while they ran");
}

#[test]
fn what_a_killed_job_has_sent_goes_where_its_file_is_gone_before_the_next() {
    let Some(place) = Place::new() else { return };
    place.archive.write("a.txt", "Міст\n\nТекст про міст.");
    place.archive.write("b.txt", "Кіт\n\nКіт спить.");
    place.run(&["index", "archive"], "orphans").expect(0);
    // As a kill between articles and files leaves it.
    let files = format!("{}-files", Place::name("orphans"));
    let query = json!({"query": {"term": {"kind": "file"}}});
    let path = format!("{files}/_delete_by_query?refresh=true");
    let deleted = ask(&place.cluster, "POST", &path, &query);
    assert_eq!(deleted["deleted"], 2, "{deleted}");
    place.archive.remove("b.txt");
    let told = place.run(&["index", "archive"], "orphans").expect(0).json();
    assert_eq!(
        (&told["removed"], &told["unchanged"]),
        (&1.into(), &1.into())
    );
    assert_eq!(place.documents("orphans").len(), 1);
}

#[test]
fn three_workers_at_once_on_shares_give_what_one_job_gives() {
    let Some(cluster) = cluster() else { return };
    let archive = generated_archive(600);
    divide(&archive, 20);
    let place = Place { cluster, archive };
    place.run(&["index", "archive"], "one").expect(0);
    let shares = ["1/3", "2/3", "3/3"];
    let workers = shares.map(|share| place.start("shared", &["--share", share]));
    for mut worker in workers {
        assert!(worker.wait().unwrap().success());
    }
    let without_share = |mut documents: BTreeMap<String, Value>| {
        let mut shares = BTreeMap::new();
        for document in documents.values_mut() {
            let share = document.as_object_mut().unwrap().remove("share");
            *shares
                .entry(share.map(|share| share.to_string()))
                .or_insert(0) += 1;
        }
        (documents, shares)
    };
    let (together, counts) = without_share(place.documents("shared"));
    assert_eq!(together, place.documents("one"));
    assert_eq!(counts.len(), 3, "{counts:?}");
    for share in shares {
        // What other workers brought is not gone.
        let told = place.run(&["index", "archive", "--share", share], "shared");
        let told = told.expect(0).json();
        assert_eq!((&told["added"], &told["removed"]), (&0.into(), &0.into()));
    }
    let refused = place
        .run(&["index", "archive", "--share", "1/5"], "shared")
        .expect(2);
    assert!(refused.stderr.contains("1/3"), "{}", refused.stderr);
    let refused = place.run(&["index", "archive"], "shared").expect(2);
    assert!(refused.stderr.contains("1/3"), "{}", refused.stderr);
}

#[test]
fn an_ingest_that_is_replayed_in_another_order_with_old_versions_changes_nothing() {
    let Some(cluster) = cluster() else { return };
    let archive = generated_archive(300);
    let old = read_articles(&archive.root());
    let mut new = old.clone();
    for article in new.iter_mut().step_by(2) {
        article.body.push_str(" Доповнено.");
    }
    let name = Place::name("replayed");
    let address = ClusterAddress::parse(&format!("{cluster}/{name}")).unwrap();
    let layout = Layout {
        shards: 3,
        replicas: 0,
    };
    let index = ClusterIndex::open_or_create(address, Credentials::default(), layout);
    let index = Arc::new(index.unwrap());
    let sent = |article| Sent::new(&CollectedArticle::new(article, "архів"), None);
    let write = |articles: Vec<(Sent, u64)>| {
        let writer = ClusterWriter::start(&index, 3).unwrap();
        for (article, version) in articles {
            assert!(writer.write(article, version));
        }
        let written = writer.finish().unwrap();
        assert_eq!(written.refused, 0, "{written:?}");
        written
    };
    let older = || old.iter().map(|article| (sent(article), 10));
    let newer = || new.iter().map(|article| (sent(article), 20));
    write(older().collect());
    write(newer().collect());
    let before = documents(&cluster, &name);
    assert_eq!(before.len(), 300);
    let mut mixed: Vec<(Sent, u64)> = newer().zip(older()).flat_map(|(a, b)| [a, b]).collect();
    mixed.reverse();
    let written = write(mixed);
    assert_eq!((written.written, written.stale), (300, 300));
    assert_eq!(documents(&cluster, &name), before);
}

#[test]
fn articles_that_the_cluster_refuses_are_named_and_sent_again_by_the_next_job() {
    let Some(place) = Place::new() else { return };
    place.archive.write("a.txt", "Міст\n\nТекст про міст.");
    place.run(&["index", "archive"], "blocked").expect(0);
    place.archive.write("b.txt", "Кіт\n\nКіт спить.");
    let settings = format!("{}/_settings", Place::name("blocked"));
    let block = |is_blocked: bool| {
        let body = json!({"index.blocks.write": is_blocked});
        let answer = ask(&place.cluster, "PUT", &settings, &body);
        assert_eq!(answer["acknowledged"], true, "{answer}");
    };
    block(true);
    let told = place.run(&["index", "archive"], "blocked").expect(3).json();
    assert_eq!((&told["failed"], &told["added"]), (&1.into(), &0.into()));
    assert_eq!(told["failures"][0]["code"], "refused", "{told}");
    let path = told["failures"][0]["path"].as_str().unwrap();
    assert!(path.ends_with("b.txt"), "{told}");
    block(false);
    let told = place.run(&["index", "archive"], "blocked").expect(0).json();
    assert_eq!((&told["failed"], &told["added"]), (&0.into(), &1.into()));
    assert_eq!(place.documents("blocked").len(), 2);
}

#[test]
fn what_a_job_into_a_cluster_cannot_do_is_refused() {
    let Some(place) = Place::new() else { return };
    place.archive.write("a.txt", "Міст\n\nТекст про міст.");
    for option in [["--max-memory", "128M"], ["--wait", "5s"]] {
        let told = place.run(&["index", "archive", option[0], option[1]], "refused-jobs");
        let told = told.expect(2).stderr;
        assert!(told.contains("C111") && told.contains(option[0]), "{told}");
    }
}

#[test]
fn removed_articles_stay_away_from_jobs_copies_and_old_versions_until_they_are_restored() {
    let Some(place) = Place::new() else { return };
    let archive = &place.archive;
    archive.write("a.txt", "Міст\n\nТекст про міст через річку.");
    archive.write("b.txt", "Кіт\n\nКіт спить.");
    archive.write("c/d.txt", "Порт\n\nПорт працює.");
    archive.write(
        "lines.jsonl",
        json_lines(&[Line::new("7", "Школа стоїть.")]),
    );
    place.run(&["index", "archive"], "removed").expect(0);
    let before = place.documents("removed");
    assert_eq!(before.len(), 4);
    let all = "міст OR кіт OR порт OR школа";
    let count = || {
        let ran = place.run(&["search", all, "-c"], "removed");
        ran.stdout.trim().parse::<u32>().unwrap()
    };
    // More than one of a hundred is removed only where nobody need be asked.
    place.run(&["remove", "7"], "removed").expect(2);
    let tried = place.run(&["remove", "7", "--dry-run", "--json"], "removed");
    let tried = tried.expect(0).json();
    assert_valid(&validator("removal.v1.schema.json"), &tried);
    assert_eq!((&tried["removed"], &tried["total"]), (&1.into(), &4.into()));
    assert_eq!(count(), 4);
    for which in [["archive:7", "--yes"], ["--query=кіт", "--yes"]] {
        let told = place.run(&["remove", which[0], which[1], "--json"], "removed");
        let told = told.expect(0).json();
        assert_eq!(
            (&told["removed"], &told["lasting"]),
            (&1.into(), &true.into())
        );
    }
    assert_eq!(count(), 2);
    assert_eq!(place.run(&["search", "-кіт", "-c"], "removed").code, 2);
    place.run(&["show", "archive/b.txt"], "removed").expect(2);
    let unknown = place.run(&["remove", "7", "--yes"], "removed").expect(1);
    assert!(unknown.stderr.contains('7'), "{unknown:?}");

    // A job that finds nothing new, and one that reads the files again.
    let told = place.run(&["index", "archive"], "removed").expect(0).json();
    assert_eq!((&told["withheld"], &told["added"]), (&2.into(), &0.into()));
    archive.write("b.txt", "Кіт\n\nКіт спить, а миші танцюють.");
    let told = place.run(&["index", "archive"], "removed").expect(0).json();
    assert_eq!((&told["withheld"], &told["added"]), (&2.into(), &0.into()));
    assert_eq!(count(), 2);
    // An old version that arrives late, and a copy of a folder that holds all of them.
    let address = ClusterAddress::parse(&place.address("removed")).unwrap();
    let index = Arc::new(ClusterIndex::open(address, Credentials::default()).unwrap());
    let writer = ClusterWriter::start(&index, 1).unwrap();
    for article in read_articles(&archive.root()) {
        let collected = CollectedArticle::new(&article, "archive");
        assert!(writer.write(Sent::new(&collected, None), 1_000));
    }
    assert_eq!(writer.finish().unwrap().written, 0);
    archive.index();
    let from = archive.index_path();
    let to = place.address("removed");
    let copy = [
        "copy",
        "--from",
        from.to_str().unwrap(),
        "--to",
        &to,
        "--json",
    ];
    let told = run_in(archive.folder(), &copy).expect(0).json();
    assert_valid(&validator("copy-summary.v1.schema.json"), &told);
    assert_eq!(told["withheld"], 2, "{told}");
    assert_eq!(count(), 2);

    let told = place
        .run(&["index", "archive", "--restore"], "removed")
        .expect(0)
        .json();
    assert_eq!((&told["withheld"], &told["added"]), (&0.into(), &2.into()));
    assert_eq!(count(), 4);
    assert_eq!(place.documents("removed").len(), 4);
    // What is removed by its path alone comes back with its file.
    let told = place.run(
        &["remove", "--path", "archive/c", "--yes", "--json"],
        "removed",
    );
    let told = told.expect(0).json();
    assert_eq!(
        (&told["removed"], &told["lasting"]),
        (&1.into(), &false.into())
    );
    assert_eq!(count(), 3);
    let told = place.run(&["index", "archive"], "removed").expect(0).json();
    assert_eq!((&told["added"], count()), (&1.into(), 4));
}

#[test]
fn an_index_is_made_anew_beside_the_old_one_also_after_a_kill_and_keeps_what_was_removed() {
    let Some(cluster) = cluster() else { return };
    let archive = generated_archive(400);
    let place = Place { cluster, archive };
    place.run(&["index", "archive"], "anew").expect(0);
    place.run(&["remove", "g7", "--yes"], "anew").expect(0);
    let name = Place::name("anew");
    let before = place.documents("anew");
    let files = documents(&place.cluster, &format!("{name}-files"));
    assert_eq!(before.len(), 400);
    // As one of an older version, whose articles are analysed otherwise.
    let meta = &ask(
        &place.cluster,
        "GET",
        &format!("{name}/_mapping"),
        &json!({}),
    );
    let mut meta = meta[format!("{name}-000001")]["mappings"]["_meta"].clone();
    meta["shukach"]["analyzer"] = json!(0);
    let body = json!({ "_meta": meta });
    ask(&place.cluster, "PUT", &format!("{name}/_mapping"), &body);
    let refused = place.run(&["search", "міст"], "anew").expect(2);
    assert!(refused.stderr.contains("reindex"), "{refused:?}");

    let mut killed = 0;
    for delay in [200, 500] {
        let mut job = Command::new(env!("CARGO_BIN_EXE_shukach"))
            .env_clear()
            .env("SHUKACH_NO_CONFIG", "1")
            .args([
                "reindex",
                "--threads",
                "1",
                "--index",
                &place.address("anew"),
            ])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(delay));
        killed += u32::from(job.try_wait().unwrap().is_none());
        let _ = job.kill();
        job.wait().unwrap();
    }
    println!("{killed} runs were killed");
    let told = place.run(&["reindex", "--json"], "anew").expect(0).json();
    assert_valid(&validator("reindex-summary.v1.schema.json"), &told);
    if killed == 2 {
        assert_eq!(
            (&told["from"]["analyzer"], &told["articles"]),
            (&0.into(), &399.into())
        );
    }
    assert_eq!(place.documents("anew"), before);
    assert_eq!(documents(&place.cluster, &format!("{name}-files")), files);
    let left = ask(&place.cluster, "GET", &format!("{name}-*"), &json!({}));
    assert_eq!(left.as_object().unwrap().len(), 2, "{left}");
    let pair = |query: &str| place.run(&["search", query, "-c"], "anew").stdout;
    assert_ne!(pair("міст").trim(), "0");
    let told = place.run(&["index", "archive"], "anew").expect(0).json();
    assert_eq!((&told["added"], &told["withheld"]), (&0.into(), &1.into()));
}
