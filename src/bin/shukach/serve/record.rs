//! Counts each request and writes a line about it.

use crate::serve::arguments::LogForm;
use crate::serve::site::Site;
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::Response;
use axum::middleware::Next;
use jiff::{Timestamp, Unit};
use serde::Serialize;
use shukach::render::sanitize::{json, one_line};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

/// Where a request comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// A line of the log in JSON.
#[derive(Serialize)]
struct Line<'a> {
    time: String,
    peer: Option<String>,
    method: &'a str,
    target: &'a str,
    status: u16,
    took_ms: f64,
}

/// Counts the request and writes its line.
pub(crate) async fn keep(
    State(site): State<Arc<Site>>,
    request: Request,
    next: Next,
) -> Response<Body> {
    let started = Instant::now();
    let method = request.method().clone();
    let uri = request.uri().clone();
    let extensions = request.extensions();
    let peer = extensions.get().map(|Peer(peer)| peer.ip().to_string());
    let matched = extensions
        .get()
        .map(|path: &MatchedPath| path.as_str().to_owned());
    let response = next.run(request).await;
    let took = started.elapsed();
    let status = response.status().as_u16();
    // Unknown paths share one row, so that the table cannot grow without bound.
    let route = matched.as_deref().unwrap_or("other");
    site.metrics.count(route, status, took);
    if site.log != LogForm::None {
        let target = uri.path_and_query().map_or("", |target| target.as_str());
        let now = Timestamp::now();
        let line = Line {
            time: now.round(Unit::Millisecond).unwrap_or(now).to_string(),
            peer,
            method: method.as_str(),
            target,
            status,
            took_ms: took.as_secs_f64() * 1_000.0,
        };
        eprintln!("{}", line.text(site.log));
    }
    response
}

impl Line<'_> {
    fn text(&self, form: LogForm) -> String {
        if form == LogForm::Json {
            let line = serde_json::to_string(self).unwrap_or_default();
            return json(&line).into_owned();
        }
        let Self {
            time,
            method,
            status,
            took_ms,
            ..
        } = self;
        let peer = self.peer.as_deref().unwrap_or("-");
        let target = one_line(self.target);
        format!("{time} {peer} {method} {target} {status} {took_ms:.1} ms")
    }
}
