//! What was damaged, and what became of it.

use crate::index::progress::JobSummary;
use crate::index::verify::fault::Finding;

/// An article that is lost.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LostArticle {
    /// Its collection.
    pub collection: String,
    /// Its id.
    pub id: String,
    /// The file that it came from, with the path within it where that is a container.
    pub path: String,
}

/// Articles that are lost with their ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostOfFile {
    /// The file that they came from, which is gone.
    pub path: String,
    /// How many.
    pub articles: u64,
}

/// What was damaged, and what became of it.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Repaired {
    /// The damaged files; none where there was nothing to do.
    pub findings: Vec<Finding>,
    /// Articles of segments that are whole.
    pub kept: u64,
    /// Articles of damaged segments that were written anew from what is left.
    pub rebuilt: u64,
    /// What reading files again brought; `None` where none was to be read or is there.
    pub read_again: Option<JobSummary>,
    /// Files and lines that gave no article then, and had given one.
    pub newly_failed: u64,
    /// Articles that are lost with the files that they came from.
    pub lost: Vec<LostArticle>,
    /// Articles that are lost of known files, and their ids with them.
    pub lost_of_files: Vec<LostOfFile>,
    /// Articles that are lost and of which nothing is known.
    pub lost_unnamed: u64,
    /// Segments of which it is not even known how many articles they had.
    pub lost_segments: u64,
    /// Articles without the tags, the order of authors and the days as they are written that they
    /// may have had, as their files are gone.
    pub incomplete: u64,
    /// Whether it is in doubt which articles were removed for good, so that some may have come
    /// back.
    pub removals_in_doubt: bool,
    /// Lines of the manifest that cannot be understood.
    pub lost_lines: u64,
    /// Whether it was stopped before anything was changed.
    pub is_interrupted: bool,
}

impl Repaired {
    /// Returns how many articles are lost, as far as it is known.
    pub fn lost_count(&self) -> u64 {
        let of_files = self.lost_of_files.iter().map(|of_file| of_file.articles);
        self.lost.len() as u64 + of_files.sum::<u64>() + self.lost_unnamed
    }

    /// Returns whether everything is as it was before the damage.
    pub fn is_whole(&self) -> bool {
        self.lost_count() + self.incomplete + self.newly_failed == 0
            && !self.removals_in_doubt
            && (self.lost_segments == 0 || self.read_again.is_some())
    }
}
