//! Failures as answers: a status, and the error as the command line gives it in JSON.

use crate::exit::Failure;
use crate::serve::site::Site;
use crate::serve::workers::Overload;
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, Response, StatusCode};
use shukach::Error;
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
    /// Makes a problem that is told in these words.
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            status,
            failure: Failure::Usage(message.into()),
        }
    }

    /// Makes a problem of what answering gave. What happens to files of this computer is told on
    /// standard error, and to those who ask only where paths may be shown.
    pub(crate) fn of_failure(failure: Failure, site: &Site, locale: Locale) -> Self {
        let status = status(&failure);
        if status != StatusCode::INTERNAL_SERVER_ERROR || site.shows_paths {
            return Self { status, failure };
        }
        eprintln!("{}", one_line(&failure.message(site.locale)));
        let told = locale.choose(
            "the index cannot be read; the log of the server says why",
            "індекс не вдалося прочитати; причину записано в журналі сервера",
        );
        Self::new(status, told)
    }

    /// Makes a problem of a question that the workers did not answer.
    pub(crate) fn of_overload(overload: Overload, locale: Locale) -> Self {
        match overload {
            Overload::Busy => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                locale.choose(
                    "too many questions at a time; try again in a second",
                    "забагато запитів водночас; спробуйте за секунду",
                ),
            ),
            Overload::TimeOver => Self::new(
                StatusCode::REQUEST_TIMEOUT,
                locale.choose(
                    "this takes too long; narrow the question, by dates or sources",
                    "це триває задовго; звузьте запит датами чи джерелами",
                ),
            ),
            Overload::Broken => Self::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                locale.choose(
                    "answering failed; the log of the server says how",
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
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}

fn status(failure: &Failure) -> StatusCode {
    match failure {
        Failure::Query { .. }
        | Failure::Usage(_)
        | Failure::Lines(_)
        | Failure::Queries(_)
        | Failure::Library(Error::AmbiguousId { .. }) => StatusCode::BAD_REQUEST,
        Failure::Search(SearchError::UnknownArticle { .. }) => StatusCode::NOT_FOUND,
        Failure::Search(SearchError::Cursor(CursorProblem::OtherIndex)) => StatusCode::GONE,
        Failure::Search(SearchError::Index(_)) | Failure::Library(_) | Failure::Output(_) => {
            StatusCode::INTERNAL_SERVER_ERROR
        }
        Failure::Search(_) => StatusCode::BAD_REQUEST,
    }
}
