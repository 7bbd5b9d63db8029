//! Which segments are merged at the end of a job.
//!
//! A query repeats its work in every segment, so a few large segments answer faster than many small
//! ones; but the articles of one night should not rewrite the whole index. So a segment stays if it
//! holds more articles than all smaller ones together. One job leaves one segment, many jobs leave
//! at most as many as the article count has binary digits, and an article is rewritten at most as
//! often (the binary case of the logarithmic method of Bentley and Saxe, "Decomposable searching
//! problems", 1980).

use tantivy::SegmentMeta;
use tantivy::index::SegmentId;

/// Share of deleted articles from which a segment is written anew.
const DELETED_SHARE: f64 = 0.2;
/// Segments of this size or more are not merged; a merge would take many minutes.
const MAX_ARTICLES: u32 = 5_000_000;

/// The articles of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Size {
    alive: u32,
    deleted: u32,
}

impl Size {
    fn has_many_deleted(self) -> bool {
        f64::from(self.deleted) > DELETED_SHARE * (f64::from(self.alive) + f64::from(self.deleted))
    }
}

/// Returns those of `segments` that are to become one; none where nothing is to be done.
pub fn to_merge(segments: &[SegmentMeta]) -> Vec<SegmentId> {
    let mut sized: Vec<(Size, SegmentId)> = segments
        .iter()
        .map(|segment| {
            let size = Size {
                alive: segment.num_docs(),
                deleted: segment.num_deleted_docs(),
            };
            (size, segment.id())
        })
        .filter(|(size, _)| size.alive <= MAX_ARTICLES)
        .collect();
    sized.sort_by_key(|(size, id)| (std::cmp::Reverse(size.alive), *id));
    let alone: Vec<Size> = sized.iter().map(|(size, _)| *size).collect();
    let first = first_to_merge(&alone);
    sized.drain(first..).map(|(_, id)| id).collect()
}

/// Returns all `segments`, so that they become one without deleted articles; none where they are
/// that already.
pub fn all(segments: &[SegmentMeta]) -> Vec<SegmentId> {
    match segments {
        [only] if only.num_deleted_docs() == 0 => Vec::new(),
        segments => segments.iter().map(SegmentMeta::id).collect(),
    }
}

/// Returns from which place on `sizes`, the largest first, become one.
fn first_to_merge(sizes: &[Size]) -> usize {
    let mut smaller: u64 = sizes.iter().map(|size| u64::from(size.alive)).sum();
    sizes
        .iter()
        .position(|size| {
            smaller -= u64::from(size.alive);
            u64::from(size.alive) <= smaller || size.has_many_deleted()
        })
        .unwrap_or(sizes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(alive: &[u32]) -> Vec<Size> {
        let clean = |&alive| Size { alive, deleted: 0 };
        alive.iter().map(clean).collect()
    }

    #[test]
    fn a_segment_stays_while_it_outweighs_all_smaller_ones() {
        for (alive, first) in [
            (&[][..], 0),
            (&[7], 1),
            (&[7, 7], 0),
            (&[100, 5], 2),
            (&[100, 5, 5], 1),
            (&[100, 60, 39], 3),
            (&[100, 60, 40], 0),
            (&[100, 20, 9, 9], 2),
        ] {
            assert_eq!(first_to_merge(&sizes(alive)), first, "{alive:?}");
        }
    }

    #[test]
    fn a_segment_with_many_deleted_articles_is_written_anew_with_all_smaller_ones() {
        let mut sizes = sizes(&[100, 50, 10]);
        sizes[1].deleted = 12;
        assert_eq!(first_to_merge(&sizes), 3);
        sizes[1].deleted = 13;
        assert_eq!(first_to_merge(&sizes), 1);
    }

    #[test]
    fn many_small_jobs_leave_few_segments_and_write_an_article_few_times() {
        let (mut segments, mut written) = (Vec::new(), 0_u64);
        for _ in 0..1_000 {
            segments.push(10_u32);
            segments.sort_unstable_by_key(|alive| std::cmp::Reverse(*alive));
            let first = first_to_merge(&sizes(&segments));
            let merged: u32 = segments.drain(first..).sum();
            if merged > 0 {
                written += u64::from(merged);
                segments.push(merged);
            }
            assert!(segments.len() <= 10, "{segments:?}");
        }
        assert!(
            written <= 10_000 * 10,
            "{written} articles were written anew"
        );
    }
}
