//! An index of three nodes that is read and written while nodes fail, and what became of it.

use crate::cluster_fixture::generated_archive;
use crate::cluster_nodes::Nodes;
use shukach::article::{Article, ArticleId};
use shukach::cluster::{
    ClusterAddress, ClusterIndex, ClusterSearcher, ClusterWriter, Credentials, Layout, Sent, copy,
};
use shukach::index::Index;
use shukach::index::document::CollectedArticle;
use shukach::index::stop::StopFlag;
use shukach::search::{
    Answering, Facets, Hit, SearchError, SearchRequest, Searcher, Sort, StreamOrder,
};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

/// The queries that are asked all the time; articles that come meanwhile have none of their words.
const QUERIES: [&str; 5] = [
    "міст",
    "мир -війна",
    "гарантії безпеки",
    "\"через річку\"",
    "гарант*",
];

/// The articles that come while nodes fail.
const NEWCOMERS: &str = "source:=Прибулець";

/// Articles that are written at a time.
const BATCH: usize = 40;

/// What a right answer is.
pub(crate) struct Expected {
    total: Option<u64>,
    facets: Option<Facets>,
    ids: BTreeSet<String>,
}

/// How a question is asked.
#[derive(Clone, Copy)]
pub(crate) enum Way {
    /// The number alone, as the quickest.
    Count,
    /// The first hits, with the number and the facets.
    Search,
    /// All that, and all hits, page by page.
    Whole,
}

/// An index of three nodes, and what it must answer.
pub(crate) struct Scene {
    pub(crate) address: ClusterAddress,
    pub(crate) expected: Vec<Expected>,
    /// The articles that the cluster has acknowledged.
    pub(crate) acknowledged: BTreeSet<String>,
}

/// What came of one question.
pub(crate) struct Asked {
    pub(crate) begun: Instant,
    pub(crate) ended: Instant,
    pub(crate) outcome: Outcome,
}

#[derive(Debug, PartialEq)]
pub(crate) enum Outcome {
    Right,
    Wrong(String),
    Failed(String),
}

/// What readers and a writer saw.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) asked: Vec<Asked>,
    pub(crate) written: usize,
    pub(crate) not_written: Vec<String>,
}

impl Scene {
    pub(crate) fn new(nodes: &Nodes, name: &str) -> Self {
        let archive = generated_archive(300);
        let from = Index::open(&archive.index_path()).unwrap();
        let address = nodes.address(name);
        let to = open_or_create(&address);
        let copied = copy(&from, &to, 2, &StopFlag::default(), &mut |_| {}).unwrap();
        assert_eq!(copied.written.written, 300);
        nodes.heal_soon(name);
        nodes.wait_for_green();
        let here = Searcher::open(&from).unwrap();
        let scene = Self {
            address,
            expected: QUERIES.iter().map(|query| expected(&here, query)).collect(),
            acknowledged: BTreeSet::new(),
        };
        let there = scene.searcher();
        for number in 0..QUERIES.len() {
            assert_eq!(
                scene.ask(&there, number, Way::Whole).outcome,
                Outcome::Right
            );
        }
        scene
    }

    pub(crate) fn searcher(&self) -> ClusterSearcher {
        ClusterSearcher::open(self.address.clone(), Credentials::default()).unwrap()
    }

    /// Asks one of the questions.
    pub(crate) fn ask(&self, index: &ClusterSearcher, number: usize, way: Way) -> Asked {
        self.ask_within(None, index, number, way)
    }

    /// Does as [`Scene::ask`], within a limit.
    pub(crate) fn ask_within(
        &self,
        limit: Option<Duration>,
        index: &ClusterSearcher,
        number: usize,
        way: Way,
    ) -> Asked {
        let begun = Instant::now();
        let place = number % QUERIES.len();
        let (query, expected) = (QUERIES[place], &self.expected[place]);
        let asked = request(query).timeout(limit);
        let outcome = match wrong_in(index, &asked, expected, way) {
            Ok(None) => Outcome::Right,
            Ok(Some(wrong)) => Outcome::Wrong(format!("{query}: {wrong}")),
            Err(error) => Outcome::Failed(error.to_string()),
        };
        Asked {
            begun,
            ended: Instant::now(),
            outcome,
        }
    }

    /// Runs `fault` while readers ask and a writer writes.
    pub(crate) fn under_load<T>(&mut self, fault: impl FnOnce() -> T) -> (T, Tally) {
        let is_over = AtomicBool::new(false);
        let first = self.acknowledged.len();
        let (made, tally, acknowledged) = scope(|scope| {
            let scene = &*self;
            let readers = [Way::Count, Way::Search].map(|usual| {
                let is_over = &is_over;
                scope.spawn(move || {
                    let index = scene.searcher();
                    let mut asked = Vec::new();
                    while !is_over.load(Ordering::Relaxed) {
                        let is_whole = matches!(usual, Way::Search) && asked.len() % 4 == 3;
                        let way = if is_whole { Way::Whole } else { usual };
                        asked.push(scene.ask(&index, asked.len(), way));
                        sleep(Duration::from_millis(20));
                    }
                    asked
                })
            });
            let writer = scope.spawn(|| scene.write_until(first, &is_over));
            let made = fault();
            is_over.store(true, Ordering::Relaxed);
            let mut tally = Tally::default();
            for reader in readers {
                tally.asked.extend(reader.join().unwrap());
            }
            let (acknowledged, not_written) = writer.join().unwrap();
            tally.written = acknowledged.len();
            tally.not_written = not_written;
            (made, tally, acknowledged)
        });
        self.acknowledged.extend(acknowledged);
        (made, tally)
    }

    /// Writes new articles, and returns those that were acknowledged and why others were not.
    fn write_until(&self, first: usize, is_over: &AtomicBool) -> (Vec<String>, Vec<String>) {
        let index = open_or_create(&self.address);
        let (mut acknowledged, mut failures) = (Vec::new(), Vec::new());
        let mut number = first;
        while !is_over.load(Ordering::Relaxed) {
            let ids: Vec<String> = (number..number + BATCH)
                .map(|n| format!("new{n}"))
                .collect();
            number += BATCH;
            let writer = ClusterWriter::start(&index, 1).unwrap();
            for id in &ids {
                let article = newcomer(id);
                writer.write(
                    Sent::new(&CollectedArticle::new(&article, "new"), None),
                    1_000,
                );
            }
            match writer.finish() {
                Ok(written) if written.refused == 0 => acknowledged.extend(ids),
                Ok(written) => {
                    let reasons = written.refusals.into_iter();
                    failures.extend(reasons.map(|refused| refused.reason));
                }
                Err(error) => failures.push(error.to_string()),
            }
            sleep(Duration::from_millis(50));
        }
        (acknowledged, failures)
    }

    /// Checks that everything acknowledged is there once, and that all questions are answered as
    /// before.
    #[track_caller]
    pub(crate) fn check(&self) {
        open_or_create(&self.address).refresh().unwrap();
        self.check_what_is_visible();
    }

    /// Does as [`Scene::check`], where all that was acknowledged is visible.
    #[track_caller]
    pub(crate) fn check_what_is_visible(&self) {
        let index = self.searcher();
        for number in 0..QUERIES.len() {
            assert_eq!(self.ask(&index, number, Way::Whole).outcome, Outcome::Right);
        }
        let there = ids(&index, &request(NEWCOMERS)).unwrap();
        let once: BTreeSet<String> = there.iter().cloned().collect();
        assert_eq!(there.len(), once.len(), "articles are there twice");
        let lost: Vec<&String> = self.acknowledged.difference(&once).collect();
        assert!(lost.is_empty(), "lost: {lost:?}");
    }
}

fn open_or_create(address: &ClusterAddress) -> Arc<ClusterIndex> {
    let layout = Layout {
        shards: 3,
        replicas: 1,
    };
    let credentials = Credentials::default();
    Arc::new(ClusterIndex::open_or_create(address.clone(), credentials, layout).unwrap())
}

/// Returns an article that none of the questions finds.
pub(crate) fn newcomer(id: &str) -> Article {
    Article {
        id: ArticleId::new(id),
        title: "Прибув".to_owned(),
        lead: String::new(),
        body: format!("Хтось прийшов: {id}."),
        published: None,
        source: Some("Прибулець".to_owned()),
        section: None,
        authors: Vec::new(),
        url: None,
        tags: Vec::new(),
        lang: Some("uk".to_owned()),
        path: "/new.jsonl".into(),
    }
}

fn request(query: &str) -> SearchRequest {
    SearchRequest::new(query).related(false).sort(Sort::Newest)
}

fn expected(index: &impl Answering, query: &str) -> Expected {
    let request = request(query);
    let response = index.search(&request).unwrap();
    Expected {
        total: response.total,
        facets: response.facets,
        ids: ids(index, &request).unwrap().into_iter().collect(),
    }
}

/// Returns what is wrong with the answer of an index; `None` where nothing is.
fn wrong_in(
    index: &ClusterSearcher,
    request: &SearchRequest,
    expected: &Expected,
    way: Way,
) -> Result<Option<String>, SearchError> {
    if matches!(way, Way::Count) {
        let count = Some(index.count(request)?.value);
        return Ok((count != expected.total).then(|| format!("{count:?}")));
    }
    let response = index.search(request)?;
    if response.total != expected.total || response.facets != expected.facets {
        return Ok(Some(format!("{:?} and facets", response.total)));
    }
    if matches!(way, Way::Whole) {
        let all = ids(index, request)?;
        let once: BTreeSet<String> = all.iter().cloned().collect();
        if all.len() != once.len() || once != expected.ids {
            return Ok(Some(format!("{} hits, {} ids", all.len(), once.len())));
        }
    }
    Ok(None)
}

fn ids(index: &impl Answering, request: &SearchRequest) -> Result<Vec<String>, SearchError> {
    let mut all = Vec::new();
    let make = |hits: &[Hit]| -> Result<Vec<String>, SearchError> {
        Ok(hits.iter().map(|hit| hit.id.clone()).collect())
    };
    let mut each = |ids: Vec<String>| {
        all.extend(ids);
        Ok(())
    };
    index.for_all_hits(request, StreamOrder::Request, &make, &mut each)?;
    Ok(all)
}

impl Tally {
    /// Checks that every answer was right and everything was written.
    #[track_caller]
    pub(crate) fn check(&self) {
        for asked in &self.asked {
            let took = asked.ended - asked.begun;
            assert_eq!(asked.outcome, Outcome::Right, "after {took:?}");
        }
        assert_eq!(self.not_written, Vec::<String>::new());
        assert!(self.asked.len() > 3 && self.written > 0);
    }

    /// Returns how long after `moment` the first question was answered that was asked since.
    pub(crate) fn first_answer_after(&self, moment: Instant) -> Duration {
        let since = self.asked.iter().filter(|asked| asked.begun >= moment);
        let ended = since.map(|asked| asked.ended).min();
        ended.expect("an answer") - moment
    }
}
