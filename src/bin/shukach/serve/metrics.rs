//! Counts and times of requests, in the text format of Prometheus.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The upper ends of the classes of times, in seconds.
const BOUNDS: [f64; 10] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// Counts since the start.
pub(crate) struct Metrics {
    started: Instant,
    routes: Mutex<BTreeMap<String, RouteCounts>>,
}

/// The requests of one route.
#[derive(Default)]
struct RouteCounts {
    by_status: BTreeMap<u16, u64>,
    /// How many took at most as long as each bound says, and all.
    within: [u64; BOUNDS.len() + 1],
    seconds: f64,
}

/// A number that is what it is now.
pub(crate) struct Gauge {
    pub(crate) name: &'static str,
    pub(crate) help: &'static str,
    pub(crate) value: u64,
}

impl Metrics {
    /// Starts to count.
    pub(crate) fn new() -> Self {
        Self {
            started: Instant::now(),
            routes: Mutex::new(BTreeMap::new()),
        }
    }

    /// Counts a request.
    pub(crate) fn count(&self, route: &str, status: u16, took: Duration) {
        let mut routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        let counts = routes.entry(route.to_owned()).or_default();
        *counts.by_status.entry(status).or_default() += 1;
        let seconds = took.as_secs_f64();
        counts.seconds += seconds;
        let bounds = BOUNDS.iter().copied().chain([f64::INFINITY]);
        for (count, bound) in counts.within.iter_mut().zip(bounds) {
            *count += u64::from(seconds <= bound);
        }
    }

    /// Returns all of it as text.
    pub(crate) fn text(&self, gauges: &[Gauge]) -> String {
        let mut text = String::new();
        let uptime = Gauge {
            name: "shukach_uptime_seconds",
            help: "Seconds since the start.",
            value: self.started.elapsed().as_secs(),
        };
        for Gauge { name, help, value } in gauges.iter().chain([&uptime]) {
            let _ = writeln!(
                text,
                "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}"
            );
        }
        let routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        let name = "shukach_requests_total";
        let _ = writeln!(
            text,
            "# HELP {name} Requests by route and status.\n# TYPE {name} counter"
        );
        for (route, counts) in routes.iter() {
            for (status, count) in &counts.by_status {
                let _ = writeln!(
                    text,
                    "{name}{{route=\"{route}\",status=\"{status}\"}} {count}"
                );
            }
        }
        let name = "shukach_request_seconds";
        let _ = writeln!(
            text,
            "# HELP {name} Time until the answer began.\n# TYPE {name} histogram"
        );
        for (route, counts) in routes.iter() {
            let bounds = BOUNDS.iter().map(ToString::to_string);
            for (count, bound) in counts.within.iter().zip(bounds.chain(["+Inf".to_owned()])) {
                let _ = writeln!(
                    text,
                    "{name}_bucket{{route=\"{route}\",le=\"{bound}\"}} {count}"
                );
            }
            let all: u64 = counts.by_status.values().sum();
            let _ = writeln!(text, "{name}_sum{{route=\"{route}\"}} {}", counts.seconds);
            let _ = writeln!(text, "{name}_count{{route=\"{route}\"}} {all}");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_counted_by_route_status_and_time() {
        let metrics = Metrics::new();
        metrics.count("/search", 200, Duration::from_millis(7));
        metrics.count("/search", 200, Duration::from_mins(1));
        metrics.count("/search", 400, Duration::from_millis(1));
        let text = metrics.text(&[]);
        for line in [
            "shukach_requests_total{route=\"/search\",status=\"200\"} 2",
            "shukach_requests_total{route=\"/search\",status=\"400\"} 1",
            "shukach_request_seconds_bucket{route=\"/search\",le=\"0.005\"} 1",
            "shukach_request_seconds_bucket{route=\"/search\",le=\"0.01\"} 2",
            "shukach_request_seconds_bucket{route=\"/search\",le=\"10\"} 2",
            "shukach_request_seconds_bucket{route=\"/search\",le=\"+Inf\"} 3",
            "shukach_request_seconds_count{route=\"/search\"} 3",
        ] {
            assert!(text.lines().any(|shown| shown == line), "{line} in {text}");
        }
    }
}
