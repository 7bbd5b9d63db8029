//! The same articles in a folder and in a cluster.

use crate::archive_fixture::{Line, TempArchive, json_lines};
use serde_json::{Value, json};
use shukach::cluster::{ClusterAddress, ClusterIndex, ClusterSearcher, Credentials, Layout, copy};
use shukach::index::Index;
use shukach::index::stop::StopFlag;
use shukach::query::Notice;
use shukach::search::{Answering, Hit, SearchError, SearchRequest, Searcher, StreamOrder};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use ureq::Agent;
use ureq::http::Request;

/// Returns the address of the cluster, without an index; `None` where none runs.
pub(crate) fn cluster() -> Option<String> {
    env::var("SHUKACH_TEST_CLUSTER").ok()
}

/// Asks the first node of a cluster for something by itself.
pub(crate) fn ask(cluster: &str, method: &str, path: &str, body: &Value) -> Value {
    let nodes = cluster.strip_prefix("opensearch+").unwrap();
    let node = nodes.split(',').next().unwrap();
    let agent: Agent = Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let request = Request::builder()
        .method(method)
        .uri(format!("{node}/{path}"))
        .header("content-type", "application/json")
        .body(body.to_string())
        .unwrap();
    let mut response = agent.run(request).unwrap();
    let text = response.body_mut().read_to_string().unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Returns the documents of an index, at most ten thousand, by their names.
pub(crate) fn documents(cluster: &str, index: &str) -> BTreeMap<String, Value> {
    ask(cluster, "POST", &format!("{index}/_refresh"), &json!({}));
    let body = json!({"size": 10_000, "query": {"match_all": {}}});
    let found = ask(cluster, "POST", &format!("{index}/_search"), &body);
    let hits = found["hits"]["hits"].as_array().into_iter().flatten();
    let named = hits.map(|hit| {
        let name = hit["_id"].as_str().unwrap().to_owned();
        (name, hit["_source"].clone())
    });
    named.collect()
}

/// An index in a folder and its copy in a cluster.
pub(crate) struct Pair {
    pub(crate) here: Searcher,
    pub(crate) there: ClusterSearcher,
    pub(crate) address: ClusterAddress,
    /// The shares of the first ten hits that both have, and how many answers they are of.
    overlap: Cell<(f64, f64)>,
}

impl Pair {
    /// Copies the index in `folder`, which the cluster calls `name` and the process.
    pub(crate) fn copied(cluster: &str, name: &str, folder: &Path) -> Self {
        let address = format!("{cluster}/{name}-{}", std::process::id());
        let address = ClusterAddress::parse(&address).unwrap();
        let layout = Layout {
            shards: 3,
            replicas: env::var("SHUKACH_TEST_REPLICAS").map_or(0, |n| n.parse().unwrap()),
        };
        let credentials = Credentials::default();
        let to = ClusterIndex::open_or_create(address.clone(), credentials.clone(), layout);
        let from = Index::open(folder).unwrap();
        let stop = StopFlag::default();
        let summary = copy(&from, &Arc::new(to.unwrap()), 2, &stop, &mut |_| {}).unwrap();
        assert_eq!(summary.articles, summary.written.written, "{summary:?}");
        Self {
            here: Searcher::open(&from).unwrap(),
            there: ClusterSearcher::open(address.clone(), credentials).unwrap(),
            address,
            overlap: Cell::default(),
        }
    }

    /// Opens an index in a folder and one in a cluster that hold the same articles.
    pub(crate) fn of(folder: &Path, address: &str) -> Self {
        let address = ClusterAddress::parse(address).unwrap();
        Self {
            here: Searcher::open(&Index::open(folder).unwrap()).unwrap(),
            there: ClusterSearcher::open(address.clone(), Credentials::default()).unwrap(),
            address,
            overlap: Cell::default(),
        }
    }

    /// Copies the index in `folder` into the same one, beside what is there.
    pub(crate) fn copy_again(&self, folder: &Path) {
        let to = ClusterIndex::open(self.address.clone(), Credentials::default()).unwrap();
        let from = Index::open(folder).unwrap();
        let stop = StopFlag::default();
        copy(&from, &Arc::new(to), 2, &stop, &mut |_| {}).unwrap();
    }

    /// Checks that both answer alike; `false` where neither can answer.
    #[track_caller]
    pub(crate) fn agree_on(&self, request: &SearchRequest) -> bool {
        let here = match self.here.search(request) {
            Ok(here) => here,
            Err(SearchError::Query(_)) => {
                assert!(self.there.search(request).is_err(), "{}", request.query);
                return false;
            }
            Err(error) => panic!("{}: {error}", request.query),
        };
        // In a folder a pattern stands for the commonest thousand of its forms, there for all.
        let is_capped = |notice: &Notice| notice.code == "expansion_capped";
        if here.notices.iter().any(is_capped) {
            return false;
        }
        let asked = format!("{:?} {request:?}", request.query);
        let there = self
            .there
            .search(request)
            .unwrap_or_else(|error| panic!("{asked}: {error}"));
        assert_eq!(there.total, here.total, "{asked}");
        assert_eq!(there.facets, here.facets, "{asked}");
        assert_eq!(there.understood, here.understood, "{asked}");
        let (here_all, there_all) = self.streamed(request);
        let set = |ids: Vec<String>| ids.into_iter().collect::<BTreeSet<String>>();
        assert_eq!(set(there_all), set(here_all), "{asked}");
        self.compare_hits(&here.hits, &there.hits, &asked);
        true
    }

    fn compare_hits(&self, here: &[Hit], there: &[Hit], asked: &str) {
        assert_eq!(here.len(), there.len(), "{asked}");
        // What stands near what is scored by the forms that were found, of patterns roughly.
        let signs = ["NEAR", "PRE", "БІЛЯ", " /", "~", "*", "?"];
        let query = asked.split(" SearchRequest").next().unwrap_or_default();
        let is_positional = signs.iter().any(|sign| query.contains(sign));
        for hit in there {
            let Some(same) = here.iter().find(|other| other.id == hit.id) else {
                continue;
            };
            let difference = (hit.score - same.score).abs();
            assert!(
                is_positional || difference <= 0.01 * same.score.abs(),
                "{}: {} and {}: {asked}",
                hit.id,
                hit.score,
                same.score
            );
            let shown = |hit: &Hit| (hit.snippets.clone(), hit.title_highlights.clone());
            assert_eq!(shown(hit), shown(same), "{asked}");
            assert_eq!(hit.published, same.published);
            assert_eq!((&hit.source, &hit.path), (&same.source, &same.path));
        }
        let first = |hits: &[Hit]| -> BTreeSet<String> {
            hits.iter().take(10).map(|hit| hit.id.clone()).collect()
        };
        let (mine, theirs) = (first(here), first(there));
        if !mine.is_empty() {
            let common = mine.intersection(&theirs).count();
            let (sum, count) = self.overlap.get();
            let share = f64::from(u32::try_from(common).unwrap())
                / f64::from(u32::try_from(mine.len()).unwrap());
            self.overlap.set((sum + share, count + 1.0));
        }
    }

    /// Returns which share of the first ten hits both had, on average.
    pub(crate) fn overlap(&self) -> f64 {
        let (sum, count) = self.overlap.get();
        sum / count
    }

    /// Returns the ids of all hits of both in the order of the request.
    pub(crate) fn streamed(&self, request: &SearchRequest) -> (Vec<String>, Vec<String>) {
        (
            streamed(&self.here, request),
            streamed(&self.there, request),
        )
    }
}

fn streamed(index: &impl Answering, request: &SearchRequest) -> Vec<String> {
    let mut all = Vec::new();
    let make = |hits: &[Hit]| -> Result<Vec<(u64, String)>, SearchError> {
        Ok(hits.iter().map(|hit| (hit.rank, hit.id.clone())).collect())
    };
    let mut each = |made: Vec<(u64, String)>| {
        all.extend(made);
        Ok(())
    };
    index
        .for_all_hits(request, StreamOrder::Request, &make, &mut each)
        .unwrap();
    for (place, (rank, _)) in (1..).zip(&all) {
        assert_eq!(*rank, place, "{}", request.query);
    }
    all.into_iter().map(|(_, id)| id).collect()
}

/// Sentences that the generated articles are made of.
const SENTENCES: &[&str] = &[
    "Гарантії безпеки обговорили в Києві.",
    "Про гарантії та безпеку говорили довго!",
    "Міст через річку відкрили навесні.",
    "Мости на річці ремонтують, і кіт спить під мостом.",
    "Війна не спинила школу: вчителі працюють.",
    "Мир настане, коли закінчиться війна.",
    "Угоду про мир підписали в Івано-Франківську.",
    "Зерно везуть через порт.",
    "Володимир Зеленський зустрівся з Рютте.",
    "Бюджет лікарні зріс, здоров’я людей важливе.",
    "Дощі залили замок, а книги вціліли.",
    "Літаки F-16 охороняють небо.",
    "Президент Zelensky visited the school.",
    "Рекламу зняли з ефіру.",
    "Проєкт нового мосту готовий; проект старого забули.",
];

/// Makes and indexes an archive of so many articles of some sentences each, the same every time.
pub(crate) fn generated_archive(count: usize) -> TempArchive {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut below = |n: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % n
    };
    let sources = ["Хвиля Поділля", "Міський вісник", "Хвиля", ""];
    let sections = ["суспільство", "економіка", ""];
    let dates = [
        "2025-11-30T22:30:00Z",
        "2025-11-30T21:30:00Z",
        "2025-12-31T22:00:00Z",
        "2025-12-31T21:59:59Z",
        "2026-01-31T23:59:00+02:00",
        "2026-02-28",
        "2026-03-01",
        "2025",
        "2025-12",
        "",
    ];
    let lines = (0..count).map(|number| {
        let mut body = String::new();
        for _ in 0..=below(9) {
            body.push_str(SENTENCES[below(SENTENCES.len())]);
            body.push_str(if below(3) == 0 { "\n" } else { " " });
        }
        // No two are prints of one text.
        let _ = write!(body, "Номер {number}.");
        let mut line = Line::new(&format!("g{number}"), &body)
            .titled(SENTENCES[below(SENTENCES.len())])
            .dated(dates[below(dates.len())])
            .from(sources[below(sources.len())]);
        sections[below(sections.len())].clone_into(&mut line.section);
        line.tags = (0..below(3))
            .map(|_| ["мости", "мир", "школа"][below(3)].to_owned())
            .collect();
        line
    });
    let archive = TempArchive::new();
    let archive = archive.file("all.jsonl", json_lines(&lines.collect::<Vec<Line>>()));
    archive.index();
    archive
}
