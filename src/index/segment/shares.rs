//! How the memory of a job is shared out.

/// How much memory each part of a job may take, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shares {
    /// A thread that analyses, for the postings that it gathers.
    pub(super) thread: usize,
    /// The segment in the making, for what is one value an article.
    pub(super) segment: usize,
    /// Articles that wait for the threads or are being analysed.
    pub(super) articles: usize,
}

impl Shares {
    /// Shares `memory_bytes` out: a quarter to articles on their way, an eighth to reading them,
    /// the rest in equal parts to the threads and the segment.
    pub(super) fn of(memory_bytes: usize, threads: usize) -> Self {
        let part = memory_bytes / 8 * 5 / (threads.max(1) + 1);
        Self {
            thread: part,
            segment: part,
            articles: memory_bytes / 4,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_are_no_more_than_the_whole() {
        for memory in [0, 1, 64 << 20, 512 << 20, usize::MAX] {
            for threads in [0, 1, 2, 64] {
                let shares = Shares::of(memory, threads);
                let of_threads = shares.thread * threads.max(1);
                let all = of_threads as u128 + shares.segment as u128 + shares.articles as u128;
                assert!(all <= memory as u128, "{memory} {threads}");
            }
        }
    }
}
