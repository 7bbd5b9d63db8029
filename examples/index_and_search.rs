//! Indexes a folder of articles and prints the best hits of a query:
//! `cargo run --example index_and_search -- FOLDER QUERY`
#![expect(clippy::print_stdout, reason = "an example talks to its reader")]

use shukach::index::job::{self, JobOptions};
use shukach::{Archive, Index, SearchRequest, Searcher};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or("tests/archive".to_owned());
    let query = arguments.next().unwrap_or("гарантії безпеки".to_owned());

    let place = tempfile::tempdir()?;
    let index = Index::open_or_create(place.path())?;
    let archive = Archive::open(&[folder.into()])?;
    let summary = job::run(&index, &archive, &JobOptions::default(), &mut ())?;
    println!("{} articles indexed", summary.added);

    let request = SearchRequest::new(query).limit(5);
    for hit in Searcher::open(&index)?.search(&request)?.hits {
        println!(
            "{}. {} ({:.2}, {})",
            hit.rank, hit.title, hit.score, hit.path
        );
    }
    Ok(())
}
