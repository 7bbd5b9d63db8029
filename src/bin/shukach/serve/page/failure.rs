//! A faulty query on a page: the place, what is wrong, and a link that mends it.

use crate::exit::Failure;
use crate::serve::page::asked::PageRequest;
use shukach::query::{ParseOptions, QueryErrorReport, parse};
use shukach::render::sanitize::one_line;
use shukach::text::ByteRange;

/// A failure as it is shown.
#[derive(Debug, Default)]
pub(crate) struct FailureView {
    pub(crate) message: String,
    pub(crate) code: Option<&'static str>,
    /// The query before the fault, the fault, and the query behind it.
    pub(crate) place: Option<[String; 3]>,
    /// A query that is not faulty, and where it leads.
    pub(crate) mended: Option<(String, String)>,
}

impl FailureView {
    /// Makes the view of `failure`.
    pub(crate) fn of(failure: &Failure, asked: &PageRequest<'_>) -> Self {
        let Failure::Query { query, error } = failure else {
            let message = failure.message(asked.locale);
            return Self {
                message: one_line(&message).into_owned(),
                ..Self::default()
            };
        };
        let report = QueryErrorReport::of(query, error, asked.locale);
        let range = error.range;
        let cut = |start, end| one_line(ByteRange::new(start, end).of(query)).into_owned();
        let mended = mended(query, &report).filter(|mended| mended != query);
        Self {
            message: one_line(&report.message).into_owned(),
            code: Some(report.code),
            place: Some([
                cut(0, range.start),
                cut(range.start, range.end),
                cut(range.end, query.len()),
            ]),
            mended: mended.map(|mended| {
                let href = asked.with("query", &mended);
                (one_line(&mended).into_owned(), href)
            }),
        }
    }
}

/// Returns a query that was perhaps meant: with what the error itself suggests, else as lenient
/// reading takes it.
fn mended(query: &str, report: &QueryErrorReport) -> Option<String> {
    let options = ParseOptions::new(shukach::date::today()).allows_negation(true);
    if let Some(suggestion) = &report.suggestion {
        let before = ByteRange::new(0, report.bytes.start).of(query);
        let behind = ByteRange::new(report.bytes.end, query.len()).of(query);
        let mended = format!("{before}{suggestion}{behind}");
        if parse(&mended, &options).is_ok() {
            return Some(mended);
        }
    }
    let parsed = parse(query, &options.is_lenient(true)).ok()?;
    Some(parsed.query.to_string())
}
