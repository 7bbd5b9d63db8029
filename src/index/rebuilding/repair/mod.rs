//! A damaged index made whole of what is left of it, and of the files of its archive.
//!
//! | file | what |
//! |---|---|
//! | `damage` | which parts of the segments are damaged |
//! | `salvage` | what can be read of a damaged segment |
//! | `lost_commit` | the segments without `meta.json` |
//! | `outcome` | what became of it |
//! | `build` | the new index |
//! | `reading_again` | files of which anything is missing are read again |

mod build;
mod damage;
mod lost_commit;
mod outcome;
mod reading_again;
mod salvage;

pub use crate::index::rebuilding::repair::outcome::{LostArticle, LostOfFile, Repaired};

use crate::archive::FieldMap;
use crate::error::Result;
use crate::index::directory::IndexDirectory;
use crate::index::gate::Gate;
use crate::index::lock::IndexLock;
use crate::index::progress::Progress;
use crate::index::rebuilding::reindex::{Watcher, write_manifest};
use crate::index::rebuilding::repair::build::{Build, Doubts, Missing};
use crate::index::rebuilding::repair::damage::{Damage, of_segments};
use crate::index::rebuilding::stored_index::StoredIndex;
use crate::index::rebuilding::stored_manifest::StoredManifest;
use crate::index::rebuilding::swap::{Kept, swap};
use crate::index::rebuilding::unfinished::{remove_unfinished, scratch, unfinished};
use crate::index::sink::Sink;
use crate::index::verify::fault::{FileKind, Finding};
use crate::index::verify::files::name_of;
use crate::index::writer::{Writer, WriterOptions};
use crate::index::{Index, Payload, free_disk, verify};
use crate::schema::schema;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::SegmentMeta;

/// What is left of a damaged index.
struct Remains {
    stored: StoredIndex,
    /// The folder of its files.
    source: PathBuf,
    damaged: BTreeMap<String, Damage>,
    manifest: StoredManifest,
    map: FieldMap,
    doubts: Doubts,
    lost_segments: u64,
}

/// Makes the index in `path` whole. What is damaged is built anew beside it, from what is left of
/// the segment; then it takes the place of the old one in one step. Files of which articles are
/// missing then are read again.
///
/// # Errors
/// [`Busy`], [`NoIndex`], [`NoRoom`], [`Io`], [`Engine`]; [`OtherVersion`] where nothing is damaged
/// and another version built it. The index is as it was then, or whole but for what was to be read
/// again.
///
/// [`Busy`]: crate::Error::Busy
/// [`NoIndex`]: crate::Error::NoIndex
/// [`NoRoom`]: crate::Error::NoRoom
/// [`Io`]: crate::Error::Io
/// [`Engine`]: crate::Error::Engine
/// [`OtherVersion`]: crate::Error::OtherVersion
pub fn run(
    path: &Path,
    options: WriterOptions,
    watcher: &mut dyn Watcher,
    progress: &mut dyn Progress,
) -> Result<Repaired> {
    run_behind(path, None, options, (watcher, progress))
}

/// Does as [`run`], with a gate before every change of a file of the index. Those of the new one
/// pass none before they are moved in.
///
/// # Errors
/// As [`run`].
pub fn run_behind(
    path: &Path,
    gate: Option<Arc<dyn Gate>>,
    options: WriterOptions,
    (watcher, progress): (&mut dyn Watcher, &mut dyn Progress),
) -> Result<Repaired> {
    let mut repaired = Repaired::default();
    let checked = verify::check_files(path)?;
    if checked.findings.is_empty() {
        return match checked.refusal {
            Some(refusal) => Err(refusal),
            None => Ok(repaired),
        };
    }
    let lock = IndexLock::take(path, options.wait)?;
    // Once more under the lock: another process may have written since.
    let checked = verify::check_files(path)?;
    repaired.findings = checked.findings;
    let directory = IndexDirectory::open(path)?.with_gate(gate.clone());
    let outcome = build_and_swap(&directory, options, watcher, &mut repaired);
    if !matches!(outcome, Ok(Some(_))) {
        // Whoever writes next would remove it too, but the disk may be full.
        let _ = remove_unfinished(path);
    }
    drop(lock);
    let Some(missing) = outcome? else {
        repaired.is_interrupted = true;
        return Ok(repaired);
    };
    let index = Index::open_behind(path, gate)?;
    reading_again::read(&index, missing, (options, progress), &mut repaired)?;
    Ok(repaired)
}

/// Returns what is to be read again; `None` where it was stopped.
fn build_and_swap(
    directory: &IndexDirectory,
    options: WriterOptions,
    watcher: &mut dyn Watcher,
    repaired: &mut Repaired,
) -> Result<Option<Missing>> {
    let path = directory.folder();
    let remains = Remains::find(directory, &mut repaired.findings)?;
    let segments = &remains.stored.metas.segments;
    let versions = Payload::check(remains.stored.metas.payload.as_deref(), path);
    let is_ours = versions.is_ok() && remains.stored.engine.schema() == *schema();
    let is_current = is_ours && !remains.doubts.commit;
    let stays = |meta: &SegmentMeta| is_current && !remains.damaged.contains_key(&name_of(meta));
    let (kept, rebuilt): (Vec<_>, Vec<_>) = segments.iter().cloned().partition(stays);
    let articles = rebuilt.iter().map(|meta| u64::from(meta.num_docs())).sum();
    let room = free_disk::room_of(&remains.source, &rebuilt);
    free_disk::expect(path, room)?;
    watcher.start(articles, room);
    repaired.lost_lines = remains.manifest.lost_lines;
    repaired.lost_segments = remains.lost_segments;
    repaired.removals_in_doubt = remains.doubts.manifest;
    let fresh = Index::open_or_create(&unfinished(path))?;
    let mut writer = Writer::open(&fresh, options)?;
    writer.set_map(&remains.map);
    let mut build = Build::new(writer, remains.manifest, remains.doubts);
    let stop = watcher.stop_flag();
    let engine = &remains.stored.engine;
    for meta in &kept {
        repaired.kept += build.keep(&engine.segment(meta.clone()))?;
    }
    let mut done = 0;
    for meta in rebuilt {
        if stop.is_raised() {
            return Ok(None);
        }
        let damage = remains.damaged.get(&name_of(&meta)).copied();
        let segment = engine.segment(meta);
        let values = scratch(path, "values");
        let folders = (remains.source.as_path(), values.as_path());
        build.rebuild(&segment, damage.unwrap_or_default(), folders, &mut || {
            done += 1;
            watcher.advance(done);
        })?;
    }
    watcher.finishing();
    repaired.rebuilt = build.rebuilt;
    let (mut writer, manifest, missing) = build.finish();
    write_manifest(&mut writer, manifest)?;
    writer.finish()?;
    let kept = Kept {
        segments: kept,
        opstamp: remains.stored.metas.opstamp,
    };
    swap(directory, &kept)?;
    Ok(Some(missing))
}

impl Remains {
    fn find(directory: &IndexDirectory, findings: &mut Vec<Finding>) -> Result<Self> {
        let path = directory.folder();
        let is_damaged = |kind| findings.iter().any(|finding| finding.kind() == Some(kind));
        let doubts = Doubts {
            commit: is_damaged(FileKind::Commit),
            manifest: is_damaged(FileKind::Manifest) || is_damaged(FileKind::Commit),
        };
        if doubts.commit {
            return Self::without_commit(path, findings);
        }
        let stored = StoredIndex::open(directory)?;
        let payload = stored.payload.clone().unwrap_or_default();
        let manifest = if doubts.manifest {
            StoredManifest::salvage(&path.join(&payload.manifest), Some(payload.manifest_bytes))
        } else {
            stored.manifest()?
        };
        Ok(Self {
            source: path.to_owned(),
            damaged: of_segments(findings),
            map: payload.map,
            manifest,
            stored,
            doubts,
            lost_segments: 0,
        })
    }

    fn without_commit(path: &Path, findings: &mut Vec<Finding>) -> Result<Self> {
        remove_unfinished(path)?;
        let source = scratch(path, "found");
        let found = lost_commit::find(path, &source)?;
        let damaged = of_segments(&found.findings);
        findings.extend(found.findings);
        let manifest = match &found.manifest {
            Some(path) => StoredManifest::salvage(path, None),
            None => StoredManifest::default(),
        };
        // The map of fields stood in the commit; each file says by which it was read.
        let maps = manifest
            .files
            .values()
            .filter_map(|entry| entry.map.clone());
        let map = maps.max_by_key(|map| !map.is_empty());
        Ok(Self {
            stored: StoredIndex {
                path: path.to_owned(),
                engine: found.engine,
                metas: found.metas,
                payload: None,
            },
            source,
            damaged,
            manifest,
            map: map.unwrap_or_default(),
            doubts: Doubts {
                commit: true,
                manifest: true,
            },
            lost_segments: found.lost_segments.len() as u64,
        })
    }
}
