//! One file of an archive: its identity and its hash.

use crate::archive::fields::field_map::FieldMap;
use crate::archive::flaw::Flaw;
use crate::archive::format::Format;
use crate::archive::hash::ContentHash;
use crate::archive::input::{Meter, Watched};
use crate::encoding::Charset;
use crate::error::ArticleError;
use jiff::civil;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// What stands for the standard input among the paths to read.
pub const STANDARD_INPUT: &str = "-";

/// A file of an archive, not yet read, or a member of one that is a container.
#[derive(Debug, Clone)]
pub struct ArchiveFile {
    /// The file, absolute and without symbolic links; `-` for the standard input.
    pub path: PathBuf,
    /// The path within the file, where that is a container.
    pub inner_path: Option<String>,
    /// The name below the archive: the root's own name, then the path below it, with `/`, then the
    /// path within a container. For a root that is a file, the name of its folder and its own.
    pub name: String,
    /// The format it must be read as; by default the content and the name tell.
    pub forced_format: Option<Format>,
    /// The encoding that it is read in, whatever it looks like.
    pub forced_charset: Option<Charset>,
    /// Keys that hold fields in JSON and tables.
    pub map: Arc<FieldMap>,
    /// How long reading one article may take.
    pub time_limit: Duration,
    /// The length in bytes when it was listed; 0 for the standard input.
    pub size_bytes: u64,
    /// The time of the last change, in nanoseconds since 1970-01-01 UTC; 0 where the system knows
    /// none.
    pub modified_ns: i64,
    /// The time of the last change to content, name or permissions (ctime), in nanoseconds since
    /// 1970-01-01 UTC; 0 where the system keeps none. No program can set it back.
    pub changed_ns: i64,
    /// The number of the file in its file system (inode); 0 where the system has none.
    pub inode: u64,
    /// The root that it was found below.
    pub root: Arc<Path>,
    /// Whether it was named by itself and not found in a folder; then it is read whatever it looks
    /// like.
    pub is_given: bool,
    /// The part of the name that may tell a date; the folders above the root may not.
    pub below_root: String,
    /// The day of reading, for [`field::parse`](crate::date::field::parse).
    pub(crate) today: civil::Date,
}

impl ArchiveFile {
    /// Says whether this is the standard input, which can be read once only.
    pub fn is_standard_input(&self) -> bool {
        self.path == Path::new(STANDARD_INPUT)
    }

    /// Returns whether it is read as what it looks like, in the encoding that it seems to have.
    pub fn is_read_plainly(&self) -> bool {
        self.forced_format.is_none() && self.forced_charset.is_none()
    }

    /// Computes the hash of the content, reading the file in pieces; once `is_stopped` says so, of
    /// what was read until then.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be read.
    pub fn content_hash(
        &self,
        is_stopped: &dyn Fn() -> bool,
    ) -> Result<ContentHash, Box<ArticleError>> {
        let mut hasher = blake3::Hasher::new();
        let meter = Meter::default();
        File::open(&self.path)
            .and_then(|file| {
                let watched = Watched::packed(file, is_stopped, &meter);
                hasher.update_reader(watched).map(|_| ())
            })
            .map_err(|source| Box::new(self.error(Flaw::from(source))))?;
        Ok(ContentHash::from_bytes(*hasher.finalize().as_bytes()))
    }

    /// Returns the path that articles of it have: the file's, with the path within it behind.
    pub fn article_path(&self) -> PathBuf {
        match &self.inner_path {
            // Not `join`, which an inner path that looks absolute would replace.
            Some(inner) => {
                let mut path = self.path.clone().into_os_string();
                path.push("/");
                path.push(inner);
                path.into()
            }
            None => self.path.clone(),
        }
    }

    /// Returns the member of this container at `inner_path`.
    pub(crate) fn member(&self, inner_path: &str) -> Self {
        let inner_path = plain_path(inner_path);
        let below = |path: &str| format!("{path}/{inner_path}");
        Self {
            inner_path: Some(match &self.inner_path {
                Some(outer) => below(outer),
                None => inner_path.clone(),
            }),
            name: below(&self.name),
            below_root: below(&self.below_root),
            is_given: false,
            ..self.clone()
        }
    }

    /// Returns the name that may tell the format: the last part of the path.
    pub(crate) fn file_name(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or_default()
    }

    pub(crate) fn error(&self, flaw: Flaw) -> ArticleError {
        ArticleError {
            path: self.path.clone(),
            inner_path: self.inner_path.clone(),
            byte: None,
            line: flaw.line,
            problem: flaw.problem,
        }
    }
}

/// Returns the path of a member as a name: without control characters, and without the parts that
/// would lead out of the container. Nothing is written there, but what prints it should not be
/// fooled.
fn plain_path(inner_path: &str) -> String {
    let inner_path = inner_path.replace('\\', "/");
    let clean = |c: char| if c.is_control() { '_' } else { c };
    let (scheme, rest) = inner_path
        .split_once("://")
        .map_or(("", inner_path.as_str()), |(scheme, rest)| (scheme, rest));
    let parts: Vec<&str> = rest
        .split('/')
        .filter(|part| !matches!(*part, "" | "." | ".."))
        .collect();
    let path = parts.join("/");
    let path = if scheme.is_empty() {
        path
    } else {
        format!("{scheme}://{path}")
    };
    path.chars().map(clean).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_a_member_cannot_lead_elsewhere() {
        assert_eq!(plain_path("../../etc/passwd"), "etc/passwd");
        assert_eq!(plain_path("/a/./b\\c\u{1b}[2J.txt"), "a/b/c_[2J.txt");
        assert_eq!(
            plain_path("20240102/https://example.org/a//b"),
            "20240102/https://example.org/a/b"
        );
    }
}
