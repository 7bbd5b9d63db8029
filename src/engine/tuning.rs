//! The numbers that choose between ways to find the same hits: none of them changes an answer, only
//! how long it takes.

/// When the engine prefers one way to another, and what chose each number.
///
/// | field | chosen by |
/// |---|---|
/// | `window` | the scores of a few words must stay in the cache |
/// | `first_window` | a threshold is needed soon |
/// | `flush_after` | memory of candidates, and a look at the clock in between |
/// | `look_up_cost`, `match_cost`, `phrase_cost` | time of one look-up over that of one step |
/// | `join_ratio`, `few_ratio`, `drive_ratio` | where look-ups cost less than whole lists |
/// | `sparse_window` | where marking places costs less than clearing and comparing arrays |
/// | `sparse_union` | where sorting costs less than an array over all documents |
/// | `many_terms`, `rare_docs` | where one merged list costs less than asking each at every candidate |
/// | `min_growth` | sharing out the threshold anew takes microseconds |
/// | `max_deferred` | with more hits wanted, too few candidates are beaten while they wait |
/// | `spare_arrays` | memory that threads keep: 16 KiB for each |
/// | `first_phrases`, `dense_phrases` | where bounds rule out most documents |
/// | `sample` | enough documents to estimate a share |
#[derive(Debug)]
pub(crate) struct Tuning {
    /// The longest window of [`MaxScore`](crate::engine::words::max_score), in documents: a
    /// multiple of 64, at most 4,096.
    pub(crate) window: usize,
    /// The first window; each is twice as long as the one before.
    pub(crate) first_window: usize,
    /// Candidates wait for at most about this many documents.
    pub(crate) flush_after: u32,
    /// Cost of looking a document up in the skipped tiers of a word, in documents iterated.
    pub(crate) look_up_cost: u32,
    /// Cost of looking a known match up in all words, in documents iterated.
    pub(crate) match_cost: u32,
    /// Cost of looking a document up for a phrase, in documents iterated.
    pub(crate) phrase_cost: u64,
    /// Of words that must all match, those this many times as common as the rarest are only looked
    /// up.
    pub(crate) join_ratio: u32,
    /// To count matches of AND, the rarest word drives if it has less than this part of all
    /// postings.
    pub(crate) few_ratio: u64,
    /// The rarest word of a phrase drives if it has less than this part of all postings.
    pub(crate) drive_ratio: u64,
    /// Windows with fewer postings than one for this many documents are marked place by place.
    pub(crate) sparse_window: u32,
    /// Fewer postings than one for this many documents are sorted for a union.
    pub(crate) sparse_union: u64,
    /// More forms than these in one slot are merged to one list.
    pub(crate) many_terms: usize,
    /// Terms in no more documents than these are merged to one list.
    pub(crate) rare_docs: u32,
    /// The threshold must grow by this factor to be shared out anew.
    pub(crate) min_growth: f32,
    /// Candidates wait only where no more hits than these are wanted.
    pub(crate) max_deferred: usize,
    /// Arrays of scores that a thread keeps between queries.
    pub(crate) spare_arrays: usize,
    /// Documents that may have a phrase most often, looked at first.
    pub(crate) first_phrases: usize,
    /// Bounds of phrases are computed where at most one in this many documents has impacts of all
    /// words.
    pub(crate) dense_phrases: u32,
    /// Documents from which the others are estimated.
    pub(crate) sample: usize,
}

impl Tuning {
    /// For archives of some thousand to some million articles.
    pub(crate) const DEFAULT: Self = Self {
        window: 4096,
        first_window: 1024,
        flush_after: 1 << 18,
        look_up_cost: 32,
        match_cost: 32,
        phrase_cost: 32,
        join_ratio: 16,
        few_ratio: 8,
        drive_ratio: 64,
        sparse_window: 32,
        sparse_union: 16,
        many_terms: 16,
        rare_docs: 1024,
        min_growth: 1.02,
        max_deferred: 100,
        spare_arrays: 8,
        first_phrases: 512,
        dense_phrases: 8,
        sample: 256,
    };

    /// For tests, whose archives have some hundred articles: every way is taken.
    #[cfg(test)]
    pub(crate) const SMALL: Self = Self {
        window: 128,
        first_window: 64,
        flush_after: 256,
        look_up_cost: 1,
        match_cost: 8,
        drive_ratio: 8,
        sparse_window: 2,
        many_terms: 2,
        rare_docs: 64,
        first_phrases: 3,
        dense_phrases: 1,
        ..Self::DEFAULT
    };
}
