//! Reads documents from the store. The engine takes the memory that a damaged length asks for, and
//! no process survives that, so lengths are checked before.

use tantivy::error::DataCorruption;
use tantivy::schema::document::DocumentDeserialize;
use tantivy::store::StoreReader;
use tantivy::{DocId, Result, TantivyError};

/// Reads a document.
///
/// # Errors
/// [`TantivyError::DataCorruption`] where its lengths are damaged, and those of the engine.
pub fn read<D: DocumentDeserialize>(store: &StoreReader, doc: DocId) -> Result<D> {
    if can_be_read(&store.get_document_bytes(doc)?) {
        #[expect(clippy::disallowed_methods, reason = "the lengths are checked here")]
        return store.get(doc);
    }
    let what = format!("the texts of document {doc} cannot be read");
    Err(TantivyError::DataCorruption(DataCorruption::comment_only(
        what,
    )))
}

/// The codes of the engine's types that a store of ours has had.
mod codes {
    pub(super) const TEXT: u8 = 0;
    pub(super) const U64: u8 = 1;
    pub(super) const I64: u8 = 2;
    pub(super) const BYTES: u8 = 4;
    pub(super) const DATE: u8 = 5;
}

/// Set on the last byte of a number.
const STOP: u8 = 128;

/// Returns whether the values of an article lie within its `bytes`: the number of values, then of
/// each its field, its type, and the value, texts with their length before them.
fn can_be_read(bytes: &[u8]) -> bool {
    walk(bytes).is_some()
}

fn walk(mut rest: &[u8]) -> Option<()> {
    let rest = &mut rest;
    for _ in 0..number(rest)? {
        skip(rest, size_of::<u32>())?;
        let (code, after) = rest.split_first()?;
        *rest = after;
        let length = match *code {
            codes::TEXT | codes::BYTES => usize::try_from(number(rest)?).ok()?,
            codes::U64 | codes::I64 | codes::DATE => size_of::<u64>(),
            _ => return None,
        };
        skip(rest, length)?;
    }
    Some(())
}

fn skip(rest: &mut &[u8], count: usize) -> Option<()> {
    *rest = rest.get(count..)?;
    Some(())
}

/// Reads a number: seven bits a byte, the lowest first.
fn number(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..u64::BITS).step_by(7) {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        number |= u64::from(byte & !STOP) << shift;
        if byte & STOP != 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::schema;
    use tantivy::directory::{Directory, RamDirectory};
    use tantivy::store::{Compressor, StoreWriter};
    use tantivy::{TantivyDocument, doc};

    /// A text and a number.
    fn article() -> Vec<u8> {
        let mut bytes = vec![2 | STOP, 7, 0, 0, 0, codes::TEXT, 3 | STOP];
        bytes.extend(b"abc");
        bytes.extend([8, 0, 0, 0, codes::U64]);
        bytes.extend([1; 8]);
        bytes
    }

    #[test]
    fn an_article_is_readable_when_it_is_whole() {
        assert!(can_be_read(&article()));
        assert!(can_be_read(&[STOP]));
        for end in 0..article().len() {
            assert!(!can_be_read(&article()[..end]), "{end}");
        }
    }

    #[test]
    fn lengths_that_lead_out_of_it_are_found_before_memory_is_taken_for_them() {
        let mut long = article();
        long.splice(6..7, [127, 127, 127, 127, 127, 127, 1 | STOP]);
        assert!(!can_be_read(&long));
        let mut endless = article();
        endless.splice(6..7, [127; 20]);
        assert!(!can_be_read(&endless));
        let mut other = article();
        other[5] = 12;
        assert!(!can_be_read(&other));
    }

    #[test]
    fn a_damaged_length_is_an_error_and_the_documents_beside_it_are_read() {
        let title = crate::schema::fields().id;
        let directory = RamDirectory::create();
        let file = directory.open_write("store".as_ref()).unwrap();
        let mut writer = StoreWriter::new(file, Compressor::None, 1 << 14, false).unwrap();
        let whole = doc!(title => "Міст");
        writer.store(&whole, schema()).unwrap();
        let mut damaged = article();
        // 220 TB.
        damaged.splice(6..7, [0, 0, 0, 0, 0, 0, 0x32 | STOP]);
        writer.store_bytes(&damaged).unwrap();
        writer.store(&whole, schema()).unwrap();
        writer.close().unwrap();
        let store = StoreReader::open(directory.open_read("store".as_ref()).unwrap(), 1).unwrap();
        let read = |doc| read::<TantivyDocument>(&store, doc);
        assert!(read(0).is_ok() && read(2).is_ok());
        assert!(matches!(read(1), Err(TantivyError::DataCorruption(_))));
    }
}
