//! The checksum at the end of each file of the engine.
//!
//! The engine's own check maps the file; where the disk fails to give a page of it, the process
//! dies. Here it is read as a stream, and the failure is an error.

use crate::index::verify::fault::FileFault;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use tantivy::directory::footer::Footer;

/// What every file of the engine ends with, behind the length of its footer.
const MAGIC: u32 = 1337;
/// The most that a footer takes, in bytes.
const MAX_FOOTER_BYTES: u32 = 50_000;
/// Length and mark, in bytes.
const TAIL_BYTES: u64 = 8;
const BUFFER_BYTES: usize = 1 << 20;

/// Compares the content of a file with the checksum in its footer; `None` where it is sound. Reads
/// all of it, some gigabytes a second where it is in memory.
///
/// # Errors
/// What the system said.
pub(crate) fn check(file: &mut File) -> io::Result<Option<FileFault>> {
    let length = file.metadata()?.len();
    let Some((sum, content_bytes)) = read_footer(file, length)? else {
        return Ok(Some(FileFault::NoFooter));
    };
    file.rewind()?;
    let mut content = file.take(content_bytes);
    let mut hasher = crc32fast::Hasher::new();
    let mut buffer = vec![0; BUFFER_BYTES];
    loop {
        let count = content.read(&mut buffer)?;
        if count == 0 {
            break;
        }
        let (read, _) = buffer.split_at(count);
        hasher.update(read);
    }
    Ok((hasher.finalize() != sum).then_some(FileFault::Altered))
}

/// Returns the checksum and the length of the content that it is of.
fn read_footer(file: &mut File, length: u64) -> io::Result<Option<(u32, u64)>> {
    let Some(tail) = length.checked_sub(TAIL_BYTES) else {
        return Ok(None);
    };
    file.seek(SeekFrom::Start(tail))?;
    let (mut footer_bytes, mut magic) = ([0; 4], [0; 4]);
    file.read_exact(&mut footer_bytes)?;
    file.read_exact(&mut magic)?;
    let footer_bytes = u32::from_le_bytes(footer_bytes);
    if u32::from_le_bytes(magic) != MAGIC || footer_bytes > MAX_FOOTER_BYTES {
        return Ok(None);
    }
    let Some(content) = tail.checked_sub(u64::from(footer_bytes)) else {
        return Ok(None);
    };
    file.seek(SeekFrom::Start(content))?;
    let mut footer = Vec::new();
    file.take(u64::from(footer_bytes))
        .read_to_end(&mut footer)?;
    let footer = serde_json::from_slice::<Footer>(&footer);
    Ok(footer.ok().map(|footer| (footer.crc, content)))
}
