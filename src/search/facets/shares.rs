//! Shares of counts, and their order.

use crate::search::response::FacetCount;

/// Returns which part of `all` articles `count` are, from 0 to 1.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of articles lie far below 2^52"
)]
pub(crate) fn share(count: u64, all: u64) -> f64 {
    if all == 0 {
        0.0
    } else {
        count as f64 / all as f64
    }
}

/// Returns counts in order, the most first and equal ones by name.
pub(crate) fn by_count(counts: impl IntoIterator<Item = (String, u64)>) -> Vec<FacetCount> {
    let mut counts: Vec<FacetCount> = counts
        .into_iter()
        .map(|(value, count)| FacetCount { value, count })
        .collect();
    counts.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    counts
}
