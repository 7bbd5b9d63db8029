//! The number of weighted mentions an article needs to exceed the threshold.

use crate::ranking;
use tantivy::Score;

/// Returns how many weighted mentions an article needs for scoring `to_beat`, where `weight` is the
/// idf of what is mentioned, a little less for the rounding of sums; infinitely many where no
/// number of them suffices.
pub(crate) fn mentions_for(to_beat: Score, weight: f32) -> f32 {
    let mentions = ranking::mentions_below(to_beat * (1.0 - ROUNDING), weight);
    mentions.map_or(f32::INFINITY, |mentions| mentions * (1.0 - ROUNDING))
}

/// More than the relative error of a sum of mentions.
pub(crate) const ROUNDING: f32 = 1e-5;
