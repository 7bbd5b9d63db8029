//! How long an answer may take.

use shukach::search::SearchRequest;
use std::time::Duration;

/// How long an answer may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TimeLimit(pub(crate) Duration);

impl TimeLimit {
    /// Returns the limit of what is answered whole or not at all.
    pub(crate) fn whole(self) -> Duration {
        self.0
    }

    /// Limits a search, which answers with what it has found by then. A quarter of the time is left
    /// to make the hits and to write them. Without counts a search is short, and looking at the
    /// clock would only make it longer, but a cluster may be slow.
    pub(crate) fn limit(self, request: SearchRequest, is_in_cluster: bool) -> SearchRequest {
        if !request.track_total && !is_in_cluster {
            return request;
        }
        let most = self.0 / 4 * 3;
        let asked = request.timeout.unwrap_or(most);
        request.timeout(Some(asked.min(most)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_ends_early_enough_to_be_answered() {
        let limit = TimeLimit(Duration::from_secs(8));
        let request = SearchRequest::new("мир");
        let of = |request: SearchRequest| {
            limit
                .limit(request, false)
                .timeout
                .map(|time| time.as_secs())
        };
        assert_eq!(of(request.clone()), Some(6));
        let asked = |seconds| request.clone().timeout(Some(Duration::from_secs(seconds)));
        assert_eq!((of(asked(2)), of(asked(60))), (Some(2), Some(6)));
        let alone = request.clone().track_total(false);
        assert_eq!(of(alone.clone()), None);
        assert!(limit.limit(alone, true).timeout.is_some());
    }
}
