//! The files of one segment against each other.

use crate::index::verify::fault::{Contradiction, FileKind, Finding};
use crate::index::verify::files::name_of;
use crate::schema::{Part, fields};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Result, SegmentMeta, SegmentReader, TERMINATED};

/// Compares how many articles the files of a segment are of, and finds each article by its key.
///
/// # Errors
/// Where a file cannot be understood.
pub(crate) fn check(reader: &SegmentReader, meta: &SegmentMeta) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for (part, found, expected) in counts(reader, meta)? {
        if found != expected {
            findings.push(Contradiction::ArticleCount {
                part,
                expected: u64::from(expected),
                found: u64::from(found),
            });
        }
    }
    if findings.is_empty() {
        let lost = count_not_found(reader)?;
        if lost > 0 {
            let finding = Finding::contradiction(Contradiction::Keys);
            return Ok(vec![finding.within(&name_of(meta), lost)]);
        }
    }
    let articles = u64::from(meta.num_docs());
    let within =
        |contradiction| Finding::contradiction(contradiction).within(&name_of(meta), articles);
    Ok(findings.into_iter().map(within).collect())
}

/// Returns of how many articles each part of the segment is, and of how many it should be.
fn counts(reader: &SegmentReader, meta: &SegmentMeta) -> Result<Vec<(FileKind, u32, u32)>> {
    let max_doc = meta.max_doc();
    let keys = reader.fast_fields().u64("key")?;
    let mut counts = vec![
        (FileKind::Columns, keys.num_docs(), max_doc),
        (FileKind::Removals, reader.num_docs(), meta.num_docs()),
        (FileKind::Texts, count_texts(reader)?, max_doc),
    ];
    for part in Part::ALL {
        let norms = reader.get_fieldnorms_reader(part.fields().keys)?;
        counts.push((FileKind::Lengths, norms.num_docs(), max_doc));
    }
    Ok(counts)
}

/// Returns how many texts the store has: the last one is there, and the next is not.
fn count_texts(reader: &SegmentReader) -> Result<u32> {
    let store = reader.get_store_reader(1)?;
    let max_doc = reader.max_doc();
    let has = |doc| store.get_document_bytes(doc).is_ok();
    Ok(match max_doc.checked_sub(1) {
        Some(last) if !has(last) => last,
        _ => max_doc + u32::from(has(max_doc)),
    })
}

/// Returns how many articles the list of their key does not have, and how many lists have another.
fn count_not_found(reader: &SegmentReader) -> Result<u64> {
    let column = reader.fast_fields().u64("key")?;
    let index = reader.inverted_index(fields().key)?;
    let mut terms = index.terms().stream()?;
    let (mut found, mut wrong) = (0_u64, 0_u64);
    while terms.advance() {
        let key = terms.key().try_into().map(u64::from_be_bytes).ok();
        let mut docs =
            index.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
        while docs.doc() != TERMINATED {
            if docs.doc() < reader.max_doc() && column.first(docs.doc()) == key {
                found += 1;
            } else {
                wrong += 1;
            }
            docs.advance();
        }
    }
    Ok(wrong + u64::from(reader.max_doc()).saturating_sub(found))
}
