//! An index whose `meta.json` is lost, put together from the files that lie in its folder.
//!
//! Which of the segments belonged to the last commit is lost as well: a segment that a merge had
//! replaced may be among them. They are ordered by their age, so that what was written last counts.

use crate::error::{Error, Result};
use crate::index::directory::{IndexDirectory, META, number_of};
use crate::index::manifest;
use crate::index::rebuilding::repair::damage::Damage;
use crate::index::rebuilding::repair::salvage::{link, values};
use crate::index::verify::fault::{FileKind, Finding};
use crate::index::verify::files::{check_file, segment_files};
use crate::schema::schema;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use tantivy::fastfield::AliveBitSet;
use tantivy::index::SegmentId;
use tantivy::{Directory, IndexMeta, SegmentMeta};

/// The end of a file that says which articles of a segment were removed.
const REMOVALS: &str = ".del";

/// What was found in a folder.
pub(crate) struct Found {
    pub(crate) engine: tantivy::Index,
    /// The segments, the oldest first.
    pub(crate) metas: IndexMeta,
    pub(crate) findings: Vec<Finding>,
    /// The manifest that was written last.
    pub(crate) manifest: Option<PathBuf>,
    /// Segments of which not even the number of articles is left.
    pub(crate) lost_segments: Vec<String>,
}

/// Puts together what lies in the folder `path`, in the folder `scratch`.
///
/// # Errors
/// [`Error::Io`], [`Error::Engine`].
pub(crate) fn find(path: &Path, scratch: &Path) -> Result<Found> {
    fs::create_dir_all(scratch).map_err(Error::io("create", scratch))?;
    let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut manifests: Vec<(u64, PathBuf)> = Vec::new();
    for entry in fs::read_dir(path)
        .map_err(Error::io("list", path))?
        .flatten()
    {
        let name = entry.file_name().to_string_lossy().into_owned();
        if manifest::is_manifest(&name) {
            manifests.push((number_of(&name).unwrap_or_default(), entry.path()));
        } else if let Some((segment, _)) = name.split_once('.')
            && SegmentId::from_uuid_string(segment).is_ok()
        {
            link(&entry.path(), &scratch.join(&name)).map_err(Error::io("copy", entry.path()))?;
            names.entry(segment.to_owned()).or_default().push(name);
        }
    }
    let engine = tantivy::Index::builder()
        .schema(schema().clone())
        .open_or_create(IndexDirectory::open(scratch)?)?;
    let mut findings = Vec::new();
    let mut lost_segments = Vec::new();
    let mut segments: Vec<(SystemTime, SegmentMeta)> = Vec::new();
    for (segment, files) in names {
        let Some(meta) = meta_of(&engine, scratch, (&segment, &files), &mut findings) else {
            lost_segments.push(segment);
            continue;
        };
        let age = files.iter().filter(|name| !name.ends_with(REMOVALS));
        let age = age.filter_map(|name| scratch.join(name).metadata().ok()?.modified().ok());
        segments.push((age.max().unwrap_or(SystemTime::UNIX_EPOCH), meta));
    }
    segments.sort_by_key(|(age, meta)| (*age, meta.id()));
    let mut metas = engine.load_metas()?;
    metas.segments = segments.into_iter().map(|(_, meta)| meta).collect();
    let text = serde_json::to_vec(&metas).map_err(io::Error::from);
    let text = text.map_err(Error::io("write", scratch))?;
    let directory = IndexDirectory::open(scratch)?;
    directory
        .atomic_write(Path::new(META), &text)
        .map_err(Error::io("write", scratch))?;
    manifests.sort();
    Ok(Found {
        metas: engine.load_metas()?,
        engine,
        findings,
        manifest: manifests.pop().map(|(_, path)| path),
        lost_segments,
    })
}

/// Returns what `meta.json` would say of a segment, and notes which of its files are damaged; none
/// where the number of its articles is lost.
fn meta_of(
    engine: &tantivy::Index,
    folder: &Path,
    (segment, files): (&str, &[String]),
    findings: &mut Vec<Finding>,
) -> Option<SegmentMeta> {
    let id = SegmentId::from_uuid_string(segment).ok()?;
    let from = findings.len();
    let mut damage = Damage::default();
    let unread = engine.segment(engine.new_segment_meta(id, 0));
    for (name, kind) in segment_files(unread.meta()) {
        if let Some(fault) = check_file(&folder.join(&name)) {
            damage.note(kind);
            findings.push(Finding::file(&name, kind, fault));
        }
    }
    let values = values(&unread, damage, (folder, &folder.join("counted")));
    let mut meta = values.map(|values| engine.new_segment_meta(id, values.max_doc()));
    let stamp = |name: &String| -> Option<u64> {
        let rest = name.strip_prefix(segment)?.strip_prefix('.')?;
        rest.strip_suffix(REMOVALS)?.parse().ok()
    };
    // The last one counts.
    if let Some((stamp, name)) = files
        .iter()
        .filter_map(|name| Some((stamp(name)?, name)))
        .max()
    {
        let alive = match check_file(&folder.join(name)) {
            None => alive_of(engine, name),
            Some(fault) => {
                findings.push(Finding::file(name, FileKind::Removals, fault));
                None
            }
        };
        meta = meta.map(|meta| {
            let max_doc = meta.max_doc();
            let alive = alive.and_then(|alive| u32::try_from(alive.num_alive_docs()).ok());
            let removed = alive.map_or(0, |alive| max_doc.saturating_sub(alive));
            meta.with_delete_meta(removed, stamp)
        });
    }
    for finding in findings.iter_mut().skip(from) {
        finding.segment = Some(segment.to_owned());
        finding.articles = meta.as_ref().map(|meta| u64::from(meta.num_docs()));
    }
    meta
}

fn alive_of(engine: &tantivy::Index, name: &str) -> Option<AliveBitSet> {
    let file = engine.directory().open_read(Path::new(name)).ok()?;
    Some(AliveBitSet::open(file.read_bytes().ok()?))
}
