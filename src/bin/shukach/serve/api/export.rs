//! Every hit, written while it is made: nothing of an earlier one is kept.

use crate::arguments::answer::AnswerArguments;
use crate::arguments::shared::Format;
use crate::commands::list::ListArguments;
use crate::commands::search::SearchArguments;
use crate::exit::Failure;
use crate::serve::api::answers::{Asked, CSV, TSV};
use axum::body::{Body, Bytes};
use hyper::body::Frame;
use shukach::render::hit_lines::{HitLines, LineForm};
use shukach::search::{Answering, Hit, SearchError, SearchRequest, SearchResponse, StreamOrder};
use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// How much is written at a time, in bytes.
const CHUNK_BYTES: usize = 32 * 1024;
/// How many chunks may wait for a slow reader.
const CHUNKS: usize = 4;

/// What is exported.
pub(crate) struct Export {
    request: SearchRequest,
    order: StreamOrder,
    form: LineForm,
    format: Format,
    is_all: bool,
    no_timing: bool,
}

impl Export {
    /// Reads what to export: a search, or a list where `is_list` says so.
    pub(crate) fn of(asked: &Asked<'_>, is_list: bool) -> Result<Self, Failure> {
        let locale = asked.locale;
        if is_list {
            let arguments: ListArguments = asked.arguments()?;
            let request = arguments.request("", locale);
            return Self::new(request, StreamOrder::Request, &arguments.answer, asked);
        }
        let arguments: SearchArguments = asked.arguments()?;
        arguments.check(asked.searcher)?;
        let request = arguments.whole_request(locale)?;
        Self::new(request, arguments.order(), &arguments.answer, asked)
    }

    fn new(
        request: SearchRequest,
        order: StreamOrder,
        answer: &AnswerArguments,
        asked: &Asked<'_>,
    ) -> Result<Self, Failure> {
        if let Some(conflict) = answer.conflict(false, asked.locale) {
            return Err(Failure::Usage(conflict.to_owned()));
        }
        let Some(form) = answer.line_form(request.collapse) else {
            let told = asked.locale.choose(
                "format is ndjson, csv, tsv, markdown or ids here",
                "format тут буває ndjson, csv, tsv, markdown або ids",
            );
            return Err(Failure::Usage(told.to_owned()));
        };
        let request = if request.accept_suggestions {
            let mended = asked.searcher.with_suggestions(&request);
            mended
                .map_err(|error| Failure::of_search(&request.query, error))?
                .0
        } else {
            request
        };
        Ok(Self {
            order,
            form,
            format: answer.format(),
            is_all: answer.all,
            no_timing: answer.no_timing,
            request,
        })
    }

    /// Returns the type of what is written.
    pub(crate) fn media(&self) -> &'static str {
        match self.format {
            Format::Csv => CSV,
            Format::Tsv => TSV,
            Format::Markdown => "text/markdown; charset=utf-8",
            Format::Ndjson => "application/x-ndjson",
            Format::Ids | Format::Text | Format::Json | Format::Trec => "text/plain; charset=utf-8",
        }
    }

    /// Finds the hits of a page; for an export of all hits only their counts. Errors of the query
    /// come out here, before the first hit is written.
    pub(crate) fn found(&self, asked: &Asked<'_>) -> Result<SearchResponse, Failure> {
        let request = self.request.clone();
        let request = if self.is_all {
            request.limit(0)
        } else {
            request
        };
        let found = asked.found(&asked.limited(request))?;
        // Counts of an export are whole, unless its own `timeout` says otherwise.
        if self.is_all && found.partial && self.request.timeout.is_none() {
            return Err(Failure::Search(SearchError::TimeOver));
        }
        Ok(found)
    }

    /// Writes the hits, and what stands before and behind them.
    pub(crate) fn write(
        &self,
        mut found: SearchResponse,
        asked: &Asked<'_>,
        out: &mut ChunkWriter,
    ) -> Result<(), Failure> {
        let started = Instant::now();
        let mut lines = HitLines::new(self.form.clone(), &mut *out)?;
        if self.is_all {
            let make = |hits: &[Hit]| {
                if asked.shows_paths {
                    return self.form.lines(hits).map_err(Failure::from);
                }
                let mut hits = hits.to_vec();
                asked.hide_paths(&mut hits);
                self.form.lines(&hits).map_err(Failure::from)
            };
            let mut write = |made: Vec<u8>| lines.made(&made).map_err(Failure::from);
            asked
                .searcher
                .for_all_hits(&self.request, self.order, &make, &mut write)?;
            found.took_ms += started.elapsed().as_secs_f64() * 1_000.0;
        } else {
            lines.hits(&found.hits)?;
        }
        if self.no_timing {
            found.took_ms = 0.0;
        }
        lines.finish(&found)?;
        out.flush()?;
        Ok(())
    }
}

/// Hands what is written on, in chunks, to a body that is being sent.
pub(crate) struct ChunkWriter {
    chunk: Vec<u8>,
    sender: Sender<io::Result<Bytes>>,
}

impl ChunkWriter {
    /// Returns a writer and the body that it fills.
    pub(crate) fn new() -> (Self, Body) {
        let (sender, receiver) = channel(CHUNKS);
        let writer = Self {
            chunk: Vec::with_capacity(CHUNK_BYTES),
            sender,
        };
        (writer, Body::new(Chunks(receiver)))
    }

    /// Breaks the body off, so that its reader sees that it is not whole.
    pub(crate) fn fail(self, failure: &Failure) {
        let error = io::Error::other(failure.to_string());
        let _ = self.sender.blocking_send(Err(error));
    }
}

impl Write for ChunkWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.chunk.extend_from_slice(bytes);
        if self.chunk.len() >= CHUNK_BYTES {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let chunk = Bytes::from(std::mem::take(&mut self.chunk));
        if chunk.is_empty() {
            return Ok(());
        }
        let gone = |_| io::Error::from(io::ErrorKind::BrokenPipe);
        self.sender.blocking_send(Ok(chunk)).map_err(gone)
    }
}

/// A body made of chunks.
struct Chunks(Receiver<io::Result<Bytes>>);

impl hyper::body::Body for Chunks {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let chunk = self.0.poll_recv(context);
        chunk.map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)))
    }
}
