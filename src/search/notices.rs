//! Notices that accompany a response.

use crate::query::{Notice, ParsedQuery, Warning};
use crate::search::prepare::Prepared;
use crate::search::request::SearchRequest;

/// A response with its notices.
#[derive(Debug)]
pub struct WithNotices<T> {
    /// The answer.
    pub value: T,
    /// Its notices.
    pub notices: Vec<Notice>,
}

/// Returns the notices of a query, of its time limit and of how many dates are `estimates`.
pub(crate) fn notices(
    parsed: &ParsedQuery,
    prepared: &Prepared,
    request: &SearchRequest,
    estimates: u64,
) -> Vec<Notice> {
    let is_over = prepared.deadline.has_stopped();
    notices_of(parsed, is_over, request, estimates)
}

/// Does as [`notices`], where time `is_over` or not.
pub(crate) fn notices_of(
    parsed: &ParsedQuery,
    is_over: bool,
    request: &SearchRequest,
    estimates: u64,
) -> Vec<Notice> {
    let limit = request.timeout.unwrap_or_default().as_millis();
    let millis = u64::try_from(limit).unwrap_or(u64::MAX);
    let time_limit = is_over.then_some(Warning::TimeLimit { millis });
    let not_counted = (!request.track_total).then_some(Warning::NotCounted);
    let date_notice = (estimates > 0 && request.counts_dates())
        .then_some(Warning::EstimatedDates { count: estimates });
    let warnings = parsed
        .warnings
        .iter()
        .chain(&time_limit)
        .chain(&not_counted)
        .chain(&date_notice);
    warnings
        .map(|warning| warning.notice(request.locale))
        .collect()
}
