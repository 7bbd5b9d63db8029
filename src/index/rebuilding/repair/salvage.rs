//! What can be read of a segment of which parts are damaged.
//!
//! - Words are made of the texts again.
//! - Where the columns are damaged, most values stand in the postings too; tags, days as they are
//!   written and hashes do not.
//! - Where the texts are damaged, an article whose text still has the hash that it had when it was
//!   read is whole, and no other is taken.
//! - Where it is lost which articles were removed, all of them are returned.

use crate::error::containment::contained;
use crate::index::directory::IndexDirectory;
use crate::index::rebuilding::repair::damage::Damage;
use crate::index::rebuilding::stored_articles::{
    StoredArticle, StoredArticles, open_alive, open_store,
};
use crate::index::rebuilding::values::{Columns, PostedValues, Values};
use std::fs;
use std::io;
use std::path::Path;
use tantivy::directory::{CompositeWrite, TerminatingWrite};
use tantivy::fastfield::FastFieldsWriter;
use tantivy::fieldnorm::FieldNormsSerializer;
use tantivy::index::SegmentComponent;
use tantivy::{Result, Segment, SegmentReader};

/// What became of an article.
pub(crate) enum Salvaged {
    /// It is there.
    Article {
        found: Box<StoredArticle>,
        /// Whether none of its values is missing.
        is_whole: bool,
    },
    /// Its text is lost.
    Lost {
        id: String,
        collection: Option<String>,
        path: String,
    },
}

/// Hands what is left of the articles of a segment to `each`; `source` is the folder of its files
/// and `scratch` one that may be written to. Returns how many articles are lost without their
/// names.
///
/// # Errors
/// Those of `each`.
pub(crate) fn salvage(
    segment: &Segment,
    damage: Damage,
    (source, scratch): (&Path, &Path),
    each: &mut dyn FnMut(Salvaged) -> crate::error::Result<()>,
) -> crate::error::Result<u64> {
    let unnamed = u64::from(segment.meta().num_docs());
    let Some(values) = values(segment, damage, (source, scratch)) else {
        return Ok(unnamed);
    };
    let is_whole = matches!(values, Values::Columns(_));
    let store = attempt(|| open_store(segment));
    let alive = if damage.removals {
        None
    } else {
        match attempt(|| open_alive(segment)) {
            Some(alive) => alive,
            None => return Ok(unnamed),
        }
    };
    let articles = StoredArticles::of_parts(segment, store, values, alive);
    let mut lost = 0;
    for doc in articles.docs() {
        let found = attempt(|| articles.read(doc));
        if let Some(found) = found.filter(|found| !damage.texts || found.as_read().is_some()) {
            let found = Box::new(found);
            each(Salvaged::Article { found, is_whole })?;
            continue;
        }
        let name = |name| attempt(|| articles.values().text(name, doc)).flatten();
        match name("id").zip(name("path")) {
            Some((id, path)) => each(Salvaged::Lost {
                id,
                collection: name("collection"),
                path,
            })?,
            None => lost += 1,
        }
    }
    Ok(lost)
}

/// Opens the values of a segment: its columns, or where they are damaged those that its postings
/// have. `source` is the folder of its files and `scratch` one that may be written to.
pub(crate) fn values(
    segment: &Segment,
    damage: Damage,
    (source, scratch): (&Path, &Path),
) -> Option<Values> {
    if !damage.columns {
        attempt(|| Columns::open(segment)).map(|columns| Values::Columns(Box::new(columns)))
    } else if damage.terms {
        None
    } else {
        attempt(|| posted(segment, source, scratch)).map(Values::Posted)
    }
}

/// Reads what may be damaged; the engine panics at some of it.
fn attempt<T>(read: impl FnOnce() -> Result<T>) -> Option<T> {
    contained(read).ok()?.ok()
}

/// Reads the values that the postings have, with an empty file in the place of every other one.
///
/// # Errors
/// Where they cannot be understood.
fn posted(segment: &Segment, source: &Path, scratch: &Path) -> Result<PostedValues> {
    let folder = scratch.join(segment.id().uuid_string());
    fs::create_dir_all(&folder)?;
    for component in [SegmentComponent::Terms, SegmentComponent::Postings] {
        let name = segment.relative_path(component);
        link(&source.join(&name), &folder.join(&name))?;
    }
    let schema = segment.schema();
    let index = tantivy::Index::builder()
        .schema(schema.clone())
        .open_or_create(IndexDirectory::open(&folder)?)?;
    let meta = index.new_segment_meta(segment.id(), segment.meta().max_doc());
    let bare = index.segment(meta);
    let lengths = bare.open_write(SegmentComponent::FieldNorms)?;
    FieldNormsSerializer::from_write(lengths)?.close()?;
    let mut positions = CompositeWrite::wrap(bare.open_write(SegmentComponent::Positions)?);
    for (field, entry) in schema.fields() {
        if entry.is_indexed() {
            positions.for_field(field);
        }
    }
    positions.close()?;
    bare.open_write(SegmentComponent::Store)?.terminate()?;
    let mut columns = bare.open_write(SegmentComponent::FastFields)?;
    let tokenizers = index.fast_field_tokenizer().clone();
    FastFieldsWriter::from_schema_and_tokenizer_manager(&schema, tokenizers)?
        .serialize(&mut columns, None)?;
    columns.terminate()?;
    PostedValues::read(&SegmentReader::open(&bare)?)
}

/// Gives a file a second name, or copies it where the file system knows no such thing.
pub(crate) fn link(from: &Path, to: &Path) -> io::Result<()> {
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(|_| ()))
}
