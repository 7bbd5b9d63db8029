//! The clusters of copies and the places of exact repeats, in a file of their own beside the
//! engine's.
//!
//! Clusters are made anew from the signatures, and places from the manifest, at the end of every
//! job that changed any. The commit behind it names the file, so a job that was killed leaves the
//! file of the last one and a commit that says that it is old.
//!
//! The file is little-endian: a mark, the length of the [repeats](crate::index::repeats) in bytes
//! and their lines, the number of clusters, their lengths as 32-bit numbers, the keys of their
//! members as 64-bit numbers, and the first 8 bytes of the BLAKE3 hash of all that.

use crate::copies::{Clusters, Print, Signature};
use crate::error::{Error, Result};
use crate::index::directory::{IndexDirectory, number_of};
use crate::index::repeats::Repeats;
use std::io::Write;
use std::path::Path;
use tantivy::directory::error::OpenReadError;
use tantivy::directory::{Directory, OwnedBytes};
use tantivy::{Searcher, SegmentReader, TantivyError};

/// What such a file begins with.
const MARK: &[u8; 8] = b"SHKCOP02";
/// What it began with in format 4, which had no repeats.
const MARK_OF_CLUSTERS: &[u8; 8] = b"SHKCOP01";

/// What such a file holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Copies {
    /// The clusters of copies.
    pub clusters: Clusters,
    /// The places of exact repeats.
    pub repeats: Repeats,
}

impl Copies {
    /// Returns whether no article is a copy of another or was read twice.
    pub fn is_empty(&self) -> bool {
        self.clusters.is_empty() && self.repeats.is_empty()
    }
}

/// Returns whether a file of this name holds clusters.
pub fn is_copies(name: &str) -> bool {
    name.strip_prefix("copies-")
        .and_then(|rest| rest.strip_suffix(".bin"))
        .is_some()
}

/// Returns the name for the clusters that come after those of `name`.
pub fn next_name(name: &str) -> String {
    name_of(number_of(name).map_or(0, |number| number + 1))
}

/// Returns the name for clusters with this number.
pub(crate) fn name_of(number: u64) -> String {
    format!("copies-{number}.bin")
}

/// Puts the articles of a commit into clusters. 1,000,000 articles take some two seconds and 150
/// bytes each.
///
/// # Errors
/// [`Error::Engine`] where a column cannot be read.
pub fn clusters(searcher: &Searcher) -> Result<Clusters> {
    let count = usize::try_from(searcher.num_docs()).unwrap_or_default();
    let mut prints = Vec::with_capacity(count);
    for segment in searcher.segment_readers() {
        add_prints(segment, &mut prints)?;
    }
    Ok(Clusters::of(prints))
}

fn add_prints(segment: &SegmentReader, prints: &mut Vec<Print>) -> tantivy::Result<()> {
    let columns = segment.fast_fields();
    let (keys, signatures) = (columns.u64("key")?, columns.column_opt::<u64>("signature")?);
    let Some(signatures) = signatures else {
        return Ok(());
    };
    let date = |name| columns.column_opt::<i64>(name);
    let published_at = date("published_at")?;
    let (first_day, last_day) = (date("first_day")?, date("last_day")?);
    for doc in segment.doc_ids_alive() {
        let signature = Signature::from_numbers(signatures.values_for_doc(doc));
        let Some((key, signature)) = keys.first(doc).zip(signature) else {
            continue;
        };
        let value = |column: &Option<tantivy::columnar::Column<i64>>| column.as_ref()?.first(doc);
        let day = |column| i32::try_from(value(column)?).ok();
        prints.push(Print {
            key,
            published_at: value(&published_at),
            days: day(&first_day).zip(day(&last_day)),
            signature,
        });
    }
    Ok(())
}

/// Writes copies to a new file of an index and makes it durable; its name is not yet.
///
/// # Errors
/// [`Error::Io`].
pub fn write(directory: &IndexDirectory, name: &str, copies: &Copies) -> Result<()> {
    let (repeats, clusters) = (copies.repeats.as_bytes(), &copies.clusters);
    let mut bytes = MARK.to_vec();
    bytes.extend((repeats.len() as u64).to_le_bytes());
    bytes.extend(repeats);
    bytes.extend((clusters.len() as u64).to_le_bytes());
    for members in clusters.iter() {
        let length = u32::try_from(members.len()).unwrap_or(u32::MAX);
        bytes.extend(length.to_le_bytes());
    }
    for key in clusters.iter().flatten() {
        bytes.extend(key.to_le_bytes());
    }
    bytes.extend(checksum(&bytes));
    let write = || -> std::io::Result<()> {
        let mut file = directory.create(name)?;
        file.write_all(&bytes)?;
        file.sync()
    };
    write().map_err(Error::io("write", directory.folder().join(name)))
}

/// Reads a file whole.
///
/// # Errors
/// [`Error::Io`]; [`Error::Damaged`] where it is not what was written.
pub fn read(path: &Path) -> Result<Copies> {
    let bytes = std::fs::read(path).map_err(Error::io("read", path))?;
    parse(&OwnedBytes::new(bytes)).ok_or_else(|| damaged(path))
}

/// Returns the repeats of a file, which is mapped into memory and not compared with its checksum:
/// what is asked for is all that is read.
///
/// # Errors
/// [`Error::Io`]; [`Error::Damaged`] where it is no such file.
pub fn read_repeats(path: &Path) -> Result<Repeats> {
    let folder = IndexDirectory::open(path.parent().unwrap_or(path))?;
    let name = Path::new(path.file_name().unwrap_or_default());
    let file = match folder.open_read(name) {
        Err(OpenReadError::FileDoesNotExist(_)) => {
            let gone = std::io::Error::from(std::io::ErrorKind::NotFound);
            return Err(Error::io("read", path)(gone));
        }
        file => file.map_err(TantivyError::from)?,
    };
    let bytes = file.read_bytes().map_err(Error::io("read", path))?;
    let (repeats, _) = split(&bytes).ok_or_else(|| damaged(path))?;
    Ok(repeats)
}

fn damaged(path: &Path) -> Error {
    Error::Damaged {
        path: path.parent().unwrap_or(path).to_owned(),
        what: format!(
            "{} is not what was written",
            path.file_name().unwrap_or_default().to_string_lossy()
        ),
    }
}

/// Returns the repeats of a file and what stands behind them.
fn split(bytes: &OwnedBytes) -> Option<(Repeats, OwnedBytes)> {
    if bytes.starts_with(MARK_OF_CLUSTERS) {
        let (repeats, clusters) = bytes.clone().split(MARK_OF_CLUSTERS.len());
        return Some((Repeats::of_lines(repeats.slice(0..0)), clusters));
    }
    let rest = bytes.strip_prefix(MARK)?;
    let (length, rest) = rest.split_first_chunk::<8>()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    let start = bytes.len() - rest.len();
    let end = start
        .checked_add(length)
        .filter(|end| *end <= bytes.len())?;
    let repeats = Repeats::of_lines(bytes.slice(start..end));
    Some((repeats, bytes.slice(end..bytes.len())))
}

fn parse(bytes: &OwnedBytes) -> Option<Copies> {
    let (content, sum) = bytes.split_last_chunk::<8>()?;
    if checksum(content) != *sum {
        return None;
    }
    let (repeats, rest) = split(&bytes.slice(0..content.len()))?;
    let (count, rest) = rest.split_first_chunk::<8>()?;
    let count = usize::try_from(u64::from_le_bytes(*count)).ok()?;
    let (lengths, keys) = rest.split_at_checked(count.checked_mul(4)?)?;
    let (keys, _) = keys.as_chunks::<8>();
    let mut keys = keys.iter().map(|key| u64::from_le_bytes(*key));
    let (lengths, _) = lengths.as_chunks::<4>();
    let lengths = lengths.iter().map(|length| u32::from_le_bytes(*length));
    let members = lengths.map(|length| keys.by_ref().take(length as usize).collect::<Vec<u64>>());
    let clusters = Clusters::from_members(members);
    Some(Copies { clusters, repeats })
}

fn checksum(bytes: &[u8]) -> [u8; 8] {
    let hash = *blake3::hash(bytes).as_bytes();
    let (first, _) = hash.as_chunks();
    first.first().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_come_back_from_their_file_and_from_no_other() {
        let dir = tempfile::tempdir().unwrap();
        let directory = IndexDirectory::open(dir.path()).unwrap();
        let name = next_name("");
        let path = dir.path().join(&name);
        for members in [vec![], vec![vec![7, 3], vec![u64::MAX, 0, 5]]] {
            let line = format!(
                "{{\"holder\":\"{:016x}\",\"id\":\"б\",\"path\":\"/а/б\"}}\n",
                7
            );
            let lines = line.repeat(members.len());
            let copies = Copies {
                clusters: Clusters::from_members(members),
                repeats: Repeats::of_lines(OwnedBytes::new(lines.into_bytes())),
            };
            write(&directory, &name, &copies).unwrap();
            assert_eq!(read(&path).unwrap(), copies);
            assert_eq!(read_repeats(&path).unwrap(), copies.repeats);
        }
        let whole = std::fs::read(&path).unwrap();
        for end in 0..whole.len() {
            std::fs::write(&path, &whole[..end]).unwrap();
            assert!(matches!(read(&path), Err(Error::Damaged { .. })), "{end}");
        }
        for at in 0..whole.len() {
            let mut other = whole.clone();
            other[at] ^= 1;
            std::fs::write(&path, &other).unwrap();
            assert!(matches!(read(&path), Err(Error::Damaged { .. })), "{at}");
        }
    }

    #[test]
    fn a_file_of_format_4_has_clusters_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(name_of(0));
        let mut bytes = MARK_OF_CLUSTERS.to_vec();
        bytes.extend(1_u64.to_le_bytes());
        bytes.extend(2_u32.to_le_bytes());
        bytes.extend([3_u64, 7].map(u64::to_le_bytes).as_flattened());
        bytes.extend(checksum(&bytes));
        std::fs::write(&path, bytes).unwrap();
        let clusters = Clusters::from_members(vec![vec![3, 7]]);
        let repeats = Repeats::default();
        assert_eq!(read(&path).unwrap(), Copies { clusters, repeats });
    }

    #[test]
    fn names_count_upwards() {
        assert_eq!(next_name(""), "copies-0.bin");
        assert_eq!(next_name("copies-9.bin"), "copies-10.bin");
        assert!(is_copies("copies-10.bin") && !is_copies("manifest-1.jsonl"));
    }
}
