//! The page of several queries over one another.

use crate::commands::count::TimelineArguments;
use crate::exit::Failure;
use crate::serve::api::endpoint;
use crate::serve::page::asked::{Hidden, PageRequest};
use crate::serve::page::failure::FailureView;
use crate::serve::page::frame::Frame;
use crate::serve::page::search::Files;
use crate::serve::page::timeline::LinesView;
use askama::Template;

#[derive(Template)]
#[template(path = "compare.html")]
struct ComparePage {
    frame: Frame,
    failure: Option<FailureView>,
    queries: Vec<String>,
    answer: Option<LinesView>,
    hidden: Vec<Hidden>,
    exports: Vec<Files>,
}

/// How many queries can be compared.
const QUERIES: usize = 6;

/// Returns the page.
pub(crate) fn page(asked: &PageRequest<'_>) -> Result<String, Failure> {
    let queries: Vec<String> = asked.parameters.all("query").map(str::to_owned).collect();
    let (answer, failure) = if queries.is_empty() {
        (None, None)
    } else {
        match found(asked, &queries) {
            Ok(answer) => (Some(answer), None),
            Err(failure @ (Failure::Library(_) | Failure::Output(_))) => return Err(failure),
            Err(failure) => (None, Some(FailureView::of(&failure, asked))),
        }
    };
    let title = asked.locale.choose("Compare", "Порівняння");
    let page = ComparePage {
        frame: Frame::new(asked, &format!("{title}: {}", queries.join(" · "))),
        failure,
        answer,
        hidden: asked.hidden(&["query"]),
        exports: exports(asked),
        queries,
    };
    page.render()
        .map_err(|error| Failure::Usage(error.to_string()))
}

fn found(asked: &PageRequest<'_>, queries: &[String]) -> Result<LinesView, Failure> {
    if queries.len() > QUERIES {
        let told = asked.locale.choose(
            "compare 6 queries at most",
            "порівняти можна щонайбільше 6 запитів",
        );
        return Err(Failure::Usage(told.to_owned()));
    }
    let timeline: TimelineArguments = asked.arguments("/timeline", &[], None)?;
    let response =
        timeline.response(asked.searcher, Some(asked.time_limit.whole()), asked.locale)?;
    Ok(LinesView::of(&response, asked))
}

fn exports(asked: &PageRequest<'_>) -> Vec<Files> {
    let taken = endpoint::at("/timeline");
    let state = asked
        .parameters
        .only(|name, _| taken.is_some_and(|endpoint| endpoint.allows(name)));
    let what = asked.locale.choose("Numbers", "Числа");
    let forms = [("true", "CSV"), ("false", "JSON")];
    vec![Files::of(what, ("/api/v1/timeline", "csv"), &state, &forms)]
}
