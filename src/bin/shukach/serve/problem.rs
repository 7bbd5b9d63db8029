//! Failures as answers: a status, and the error as the command line gives it in JSON.

use crate::exit::Failure;
use crate::serve::site::Site;
use crate::serve::workers::Overload;
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use shukach::Error;
use shukach::error::ClusterProblem;
use shukach::locale::Locale;
use shukach::render;
use shukach::render::sanitize::one_line;
use shukach::search::{CursorProblem, SearchError};

/// The type of JSON.
pub(crate) const JSON: &str = "application/json";

/// Why a request got no answer.
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    pub(crate) failure: Failure,
}

impl Problem {
    /// Makes a problem with this message.
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            status,
            failure: Failure::Usage(message.into()),
        }
    }

    /// Makes a problem of a failure. Messages about files and nodes go to standard error, and to
    /// clients only with `--show-paths`.
    pub(crate) fn of_failure(failure: Failure, site: &Site, locale: Locale) -> Self {
        let status = status(&failure);
        let is_private = matches!(
            status,
            StatusCode::INTERNAL_SERVER_ERROR | StatusCode::SERVICE_UNAVAILABLE
        );
        if !is_private || site.shows_paths {
            return Self { status, failure };
        }
        eprintln!("{}", one_line(&failure.message(site.locale)));
        let told = if status == StatusCode::SERVICE_UNAVAILABLE {
            locale.choose(
                "the cluster does not answer in full; try again in a second",
                "кластер не відповідає повністю; спробуйте за секунду",
            )
        } else {
            locale.choose(
                "the index cannot be read; the log of the server says why",
                "індекс не вдалося прочитати; причину записано в журналі сервера",
            )
        };
        Self::new(status, told)
    }

    /// Makes a problem of a job that gave no answer.
    pub(crate) fn of_overload(overload: Overload, locale: Locale) -> Self {
        match overload {
            Overload::Busy => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                locale.choose(
                    "too many requests at a time; try again in a second",
                    "забагато запитів водночас; спробуйте за секунду",
                ),
            ),
            Overload::TimeOver => Self {
                status: StatusCode::REQUEST_TIMEOUT,
                failure: Failure::Search(SearchError::TimeOver),
            },
            Overload::Broken => Self::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                locale.choose(
                    "the request failed; the log of the server says why",
                    "відповісти не вдалося; подробиці в журналі сервера",
                ),
            ),
        }
    }

    /// Returns it as an answer in JSON.
    pub(crate) fn response(&self, locale: Locale) -> Response<Body> {
        let mut body = Vec::new();
        // Nothing stops a write into memory.
        let _ = render::json::write(&self.failure.json(locale), &mut body);
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(JSON));
        self.add_headers(headers);
        response
    }

    /// Adds the headers that go with its status.
    pub(crate) fn add_headers(&self, headers: &mut HeaderMap) {
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
        }
    }
}

fn status(failure: &Failure) -> StatusCode {
    match failure {
        Failure::Library(Error::Cluster(problem))
        | Failure::Search(SearchError::Index(Error::Cluster(problem))) => of_cluster(problem),
        Failure::Query { .. }
        | Failure::Usage(_)
        | Failure::Lines(_)
        | Failure::Queries(_)
        | Failure::Library(Error::AmbiguousId { .. }) => StatusCode::BAD_REQUEST,
        Failure::Search(SearchError::UnknownArticle { .. }) => StatusCode::NOT_FOUND,
        Failure::Search(SearchError::Cursor(CursorProblem::OtherIndex)) => StatusCode::GONE,
        Failure::Search(SearchError::TimeOver) => StatusCode::REQUEST_TIMEOUT,
        Failure::Search(SearchError::Index(_)) | Failure::Library(_) | Failure::Output(_) => {
            StatusCode::INTERNAL_SERVER_ERROR
        }
        Failure::Search(_) => StatusCode::BAD_REQUEST,
    }
}

fn of_cluster(problem: &ClusterProblem) -> StatusCode {
    match problem {
        ClusterProblem::Unsupported { .. } => StatusCode::NOT_IMPLEMENTED,
        ClusterProblem::TooMany { .. } => StatusCode::BAD_REQUEST,
        ClusterProblem::TimeOver { .. } => StatusCode::REQUEST_TIMEOUT,
        ClusterProblem::Unreachable { .. } | ClusterProblem::Partial { .. } => {
            StatusCode::SERVICE_UNAVAILABLE
        }
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
