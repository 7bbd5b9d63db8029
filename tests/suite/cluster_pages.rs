//! Pages of an index in a cluster follow one another by their cursors.

use crate::cluster_fixture::{Pair, cluster, generated_archive};
use shukach::date::Date;
use shukach::query::ParseOptions;
use shukach::search::{Answering, CursorProblem, SearchError, SearchRequest, SearchResponse, Sort};

/// Returns the ids of all hits, page by page.
fn paged(index: &impl Answering, request: &SearchRequest) -> Vec<String> {
    let mut ids = Vec::new();
    let mut next = request.clone();
    loop {
        let response = index.search(&next).unwrap();
        for hit in &response.hits {
            assert_eq!(hit.rank, ids.len() as u64 + 1, "{}", request.query);
            ids.push(hit.id.clone());
        }
        let Some(cursor) = response.next_cursor else {
            return ids;
        };
        assert_eq!(response.hits.len(), request.limit);
        next = request.clone().cursor(Some(cursor));
    }
}

#[test]
fn no_hit_comes_twice_or_is_lost_between_pages() {
    let Some(cluster) = cluster() else { return };
    let generated = generated_archive(450);
    let pair = Pair::copied(&cluster, "pages", &generated.index_path());
    for query in ["мир -війна", "мир /s війна", "гарант*"] {
        for (sort, limit) in [(Sort::Score, 150), (Sort::Newest, 64), (Sort::Oldest, 200)] {
            for has_counts in [sort == Sort::Score, false] {
                let request = SearchRequest::new(query)
                    .related(false)
                    .sort(sort)
                    .limit(limit)
                    .track_total(has_counts);
                let pages = paged(&pair.there, &request);
                let (here, there) = pair.streamed(&request);
                assert_eq!(pages, there, "{query} {sort:?}");
                if sort != Sort::Score {
                    assert_eq!(pages, here, "{query} {sort:?}");
                }
            }
        }
    }
    let options = ParseOptions::new(jiff::civil::date(2026, 5, 1)).allows_empty(true);
    let undated = SearchRequest::new("")
        .options(options)
        .undated(true)
        .sort(Sort::Oldest)
        .limit(9);
    assert_eq!(paged(&pair.there, &undated), paged(&pair.here, &undated));
}

#[test]
fn hits_that_fit_into_the_memory_are_followed_by_a_page_of_the_others() {
    let Some(cluster) = cluster() else { return };
    let generated = generated_archive(300);
    let pair = Pair::copied(&cluster, "memory", &generated.index_path());
    let whole = SearchRequest::new("міст").related(false).limit(250);
    let ids = |response: &SearchResponse| {
        let hits = response.hits.iter().map(|hit| hit.id.clone());
        hits.collect::<Vec<String>>()
    };
    let all = ids(&pair.there.search(&whole).unwrap());
    for (has_counts, query) in [(true, "міст"), (false, "міст"), (true, "мир /s війна")]
    {
        let request = SearchRequest::new(query).related(false).limit(250);
        let small = request.track_total(has_counts).max_memory(64 << 10);
        let mut found = Vec::new();
        let mut next = small.clone();
        loop {
            let response = pair.there.search(&next).unwrap();
            found.extend(ids(&response));
            let told = response.notices.iter();
            let is_told = told
                .map(|notice| notice.code)
                .any(|code| code == "memory_limit");
            assert_eq!(is_told, response.partial, "{query}");
            let Some(cursor) = response.next_cursor else {
                assert!(!response.partial);
                break;
            };
            assert!(response.partial && response.hits.len() < 250);
            next = small.clone().cursor(Some(cursor));
        }
        if query == "міст" {
            assert!(all.len() > 50 && all.starts_with(&found[..50]));
            assert_eq!(found, all);
        }
    }
}

#[test]
fn a_cursor_of_another_question_or_state_is_refused_with_the_remedy() {
    let Some(cluster) = cluster() else { return };
    let generated = generated_archive(60);
    let pair = Pair::copied(&cluster, "cursors", &generated.index_path());
    let request = SearchRequest::new("міст").limit(3);
    let there = pair.there.search(&request).unwrap().next_cursor;
    let here = pair.here.search(&request).unwrap().next_cursor;
    let problem = |request: SearchRequest| match pair.there.search(&request) {
        Err(SearchError::Cursor(problem)) => problem,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        problem(request.clone().cursor(here)),
        CursorProblem::OtherIndex
    );
    let broken = Some("c3.x".to_owned());
    assert_eq!(
        problem(request.clone().cursor(broken)),
        CursorProblem::Broken
    );
    let later = request.clone().from(Some(Date::parse("2026").unwrap()));
    assert_eq!(
        problem(later.cursor(there.clone())),
        CursorProblem::OtherQuestion
    );
    let next = request.clone().cursor(there.clone());
    assert_eq!(pair.there.search(&next).unwrap().hits[0].rank, 4);
    pair.copy_again(&generated_archive(61).index_path());
    assert_eq!(problem(next), CursorProblem::OtherIndex);
}
