//! The clusters of copies, in a file of their own beside the engine's.
//!
//! They are made anew from the signatures at the end of every job that changed an article. The
//! commit behind it names the file, so a job that was killed leaves the clusters of the last one
//! and a commit that says that they are old.
//!
//! The file is little-endian: a mark, the number of clusters, their lengths as 32-bit numbers, the
//! keys of their members as 64-bit numbers, and the first 8 bytes of the BLAKE3 hash of all that.

use crate::copies::{Clusters, Print, Signature};
use crate::error::{Error, Result};
use crate::index::directory::{IndexDirectory, number_of};
use std::io::Write;
use std::path::Path;
use tantivy::{Searcher, SegmentReader};

/// What such a file begins with.
const MARK: &[u8; 8] = b"SHKCOP01";

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

/// Writes clusters to a new file of an index and makes it durable; its name is not yet.
///
/// # Errors
/// [`Error::Io`].
pub fn write(directory: &IndexDirectory, name: &str, clusters: &Clusters) -> Result<()> {
    let mut bytes = MARK.to_vec();
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

/// Reads the clusters of a file.
///
/// # Errors
/// [`Error::Io`]; [`Error::Damaged`] where it is not what was written.
pub fn read(path: &Path) -> Result<Clusters> {
    let bytes = std::fs::read(path).map_err(Error::io("read", path))?;
    parse(&bytes).ok_or_else(|| Error::Damaged {
        path: path.parent().unwrap_or(path).to_owned(),
        what: format!(
            "{} is not what was written",
            path.file_name().unwrap_or_default().to_string_lossy()
        ),
    })
}

fn parse(bytes: &[u8]) -> Option<Clusters> {
    let (content, sum) = bytes.split_last_chunk::<8>()?;
    if checksum(content) != *sum {
        return None;
    }
    let rest = content.strip_prefix(MARK)?;
    let (count, rest) = rest.split_first_chunk::<8>()?;
    let count = usize::try_from(u64::from_le_bytes(*count)).ok()?;
    let (lengths, keys) = rest.split_at_checked(count.checked_mul(4)?)?;
    let (keys, _) = keys.as_chunks::<8>();
    let mut keys = keys.iter().map(|key| u64::from_le_bytes(*key));
    let (lengths, _) = lengths.as_chunks::<4>();
    let lengths = lengths.iter().map(|length| u32::from_le_bytes(*length));
    let members = lengths.map(|length| keys.by_ref().take(length as usize).collect::<Vec<u64>>());
    Some(Clusters::from_members(members))
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
            let clusters = Clusters::from_members(members);
            write(&directory, &name, &clusters).unwrap();
            assert_eq!(read(&path).unwrap(), clusters);
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
    fn names_count_upwards() {
        assert_eq!(next_name(""), "copies-0.bin");
        assert_eq!(next_name("copies-9.bin"), "copies-10.bin");
        assert!(is_copies("copies-10.bin") && !is_copies("manifest-1.jsonl"));
    }
}
