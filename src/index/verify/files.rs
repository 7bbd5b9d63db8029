//! The files of a commit, each compared with its checksum.

use crate::error::{Error, Result};
use crate::index::directory::{IndexDirectory, META, without_content};
use crate::index::manifest::Extent;
use crate::index::rebuilding::stored_manifest::StoredManifest;
use crate::index::seal::{Sealed, unseal};
use crate::index::verify::checksum;
use crate::index::verify::fault::{FileFault, FileKind, Finding};
use crate::index::{Payload, copies, has_manifest};
use crate::locale::Locale;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use tantivy::SegmentMeta;
use tantivy::index::SegmentComponent;

/// The files that every segment has.
const COMPONENTS: [(SegmentComponent, FileKind); 6] = [
    (SegmentComponent::Terms, FileKind::Terms),
    (SegmentComponent::Postings, FileKind::Postings),
    (SegmentComponent::Positions, FileKind::Positions),
    (SegmentComponent::FieldNorms, FileKind::Lengths),
    (SegmentComponent::FastFields, FileKind::Columns),
    (SegmentComponent::Store, FileKind::Texts),
];

/// What was found of the files of a commit.
#[derive(Debug, Default)]
pub struct CheckedFiles {
    /// What is wrong, in the order: `meta.json`, segments, manifest, copies.
    pub findings: Vec<Finding>,
    /// The files that were read.
    pub files: u64,
    /// How much they hold, in bytes.
    pub bytes: u64,
    /// Files of an older program that kept no checksum of them.
    pub without_checksum: Vec<String>,
    /// The segments; none where `meta.json` is damaged.
    pub(crate) segments: Vec<SegmentMeta>,
    /// `None` where `meta.json` is damaged.
    pub(crate) payload: Option<Payload>,
    /// Why the index cannot be searched by this program, though its files may be sound.
    pub(crate) refusal: Option<Error>,
}

impl CheckedFiles {
    /// Returns whether any file of the segment with this name is damaged.
    pub fn is_damaged(&self, segment: &str) -> bool {
        let mut findings = self.findings.iter();
        findings.any(|finding| finding.segment.as_deref() == Some(segment))
    }

    /// Returns whether anything is wrong.
    pub fn has_findings(&self) -> bool {
        !self.findings.is_empty()
    }

    fn note(&mut self, name: &str, kind: FileKind, checked: io::Result<Option<FileFault>>) {
        self.files += 1;
        if let Some(fault) = fault_of(checked) {
            self.findings.push(Finding::file(name, kind, fault));
        }
    }

    fn check_segment(&mut self, folder: &Path, segment: &SegmentMeta) {
        let name = name_of(segment);
        // Opened before any is read: a writer may remove them meanwhile.
        let opened = segment_files(segment).into_iter().map(|(file, kind)| {
            let opened = File::open(folder.join(&file));
            (file, kind, opened)
        });
        for (file, kind, opened) in opened.collect::<Vec<_>>() {
            let check = |mut opened: File| {
                self.bytes += opened.metadata()?.len();
                checksum::check(&mut opened)
            };
            let checked = opened.and_then(check);
            let before = self.findings.len();
            self.note(&file, kind, checked);
            for finding in self.findings.iter_mut().skip(before) {
                finding.segment = Some(name.clone());
                finding.articles = Some(u64::from(segment.num_docs()));
            }
        }
    }

    fn check_manifest(&mut self, folder: &Path, extent: &Extent) {
        if extent.name.is_empty() {
            return;
        }
        self.bytes += extent.bytes;
        let checked = check_extent(folder, extent);
        let checked = match checked {
            Ok(None) if extent.hash.is_none() => Ok(unread_lines(folder, extent)),
            checked => checked,
        };
        self.note(&extent.name, FileKind::Manifest, checked);
        if extent.hash.is_none() {
            self.without_checksum.push(extent.name.clone());
        }
    }

    fn check_copies(&mut self, folder: &Path, name: &str) {
        if name.is_empty() {
            return;
        }
        let path = folder.join(name);
        self.bytes += path.metadata().map_or(0, |metadata| metadata.len());
        let checked = match copies::read(&path) {
            Ok(_) => Ok(None),
            Err(Error::Io { source, .. }) => Err(source),
            Err(_) => Ok(Some(FileFault::Altered)),
        };
        self.note(name, FileKind::Copies, checked);
    }
}

/// Returns the names of the files of a segment, with what they hold.
pub(crate) fn segment_files(segment: &SegmentMeta) -> Vec<(String, FileKind)> {
    let mut components = COMPONENTS.to_vec();
    if segment.has_deletes() {
        components.push((SegmentComponent::Delete, FileKind::Removals));
    }
    let name = |component| segment.relative_path(component);
    let named = components
        .into_iter()
        .map(|(component, kind)| (name(component).to_string_lossy().into_owned(), kind));
    named.collect()
}

/// Returns the name that the files of a segment begin with.
pub(crate) fn name_of(segment: &SegmentMeta) -> String {
    segment.id().uuid_string()
}

/// Compares the files of these kinds with their checksums; they must not be replaced meanwhile.
///
/// # Errors
/// [`Error::Damaged`] with the first fault.
pub(crate) fn expect_sound(
    folder: &Path,
    segments: &[SegmentMeta],
    kinds: &[FileKind],
) -> Result<()> {
    let files = segments.iter().flat_map(segment_files);
    for (name, kind) in files.filter(|(_, kind)| kinds.contains(kind)) {
        if let Some(fault) = check_file(&folder.join(&name)) {
            return Err(damaged(folder, &Finding::file(&name, kind, fault)));
        }
    }
    Ok(())
}

/// Compares a file of a segment with its checksum; returns what is wrong with it.
pub(crate) fn check_file(path: &Path) -> Option<FileFault> {
    fault_of(File::open(path).and_then(|mut file| checksum::check(&mut file)))
}

/// Returns the error of a job that cannot go on over what was found.
pub(crate) fn damaged(folder: &Path, finding: &Finding) -> Error {
    Error::Damaged {
        path: folder.to_owned(),
        what: finding.message(Locale::English),
    }
}

fn fault_of(checked: io::Result<Option<FileFault>>) -> Option<FileFault> {
    match checked {
        Ok(fault) => fault,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Some(FileFault::Missing),
        Err(error) => Some(FileFault::Unreadable(error.to_string())),
    }
}

/// Compares the files of the last commit in `folder` with their checksums, once. Where a file is
/// missing, a writer may have replaced it meanwhile.
///
/// # Errors
/// [`Error::NoIndex`], [`Error::NoPermission`].
pub(crate) fn check_once(folder: &Path) -> Result<CheckedFiles> {
    let mut checked = CheckedFiles::default();
    let meta = match std::fs::read(folder.join(META)) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            let path = folder.to_owned();
            return Err(Error::NoPermission { path });
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound && !has_manifest(folder) => {
            let path = folder.to_owned();
            return Err(Error::NoIndex { path });
        }
        meta => meta,
    };
    checked.bytes += meta.as_ref().map_or(0, Vec::len) as u64;
    let compared = meta.map(|meta| match unseal(meta) {
        Sealed::Sound(_) => None,
        Sealed::Broken => Some(FileFault::Altered),
        Sealed::WithoutSum(text) => {
            checked.without_checksum.push(META.to_owned());
            // A program that keeps the hash of the manifest seals.
            has(&text, b"manifest_hash").then_some(FileFault::Altered)
        }
    });
    checked.note(META, FileKind::Commit, compared);
    if !checked.findings.is_empty() {
        return Ok(checked);
    }
    let opened = IndexDirectory::open(folder).and_then(tantivy::Index::open);
    let metas = match opened.and_then(|engine| engine.load_metas()) {
        Ok(metas) => metas,
        Err(error) => {
            checked.findings.push(malformed(&error));
            return Ok(checked);
        }
    };
    match Payload::check(metas.payload.as_deref(), folder) {
        Ok(payload) => checked.payload = Some(payload),
        Err(error @ Error::OtherVersion { .. }) => {
            checked.refusal = Some(error);
            let text = metas.payload.as_deref().unwrap_or_default();
            checked.payload = serde_json::from_str(text).ok();
        }
        Err(error) => {
            checked.findings.push(malformed(&error));
        }
    }
    for segment in &metas.segments {
        checked.check_segment(folder, segment);
    }
    checked.segments = metas.segments;
    if let Some(payload) = checked.payload.clone() {
        checked.check_manifest(folder, &payload.extent());
        checked.check_copies(folder, &payload.copies);
    }
    Ok(checked)
}

fn malformed(error: &impl ToString) -> Finding {
    let fault = FileFault::Malformed(without_content(error.to_string()));
    Finding::file(META, FileKind::Commit, fault)
}

fn has(text: &[u8], name: &[u8]) -> bool {
    text.windows(name.len()).any(|window| window == name)
}

/// Returns what is wrong with the lines of a manifest that has no checksum.
fn unread_lines(folder: &Path, extent: &Extent) -> Option<FileFault> {
    let manifest = StoredManifest::salvage(&folder.join(&extent.name), Some(extent.bytes));
    (manifest.lost_lines > 0).then_some(FileFault::Lines(manifest.lost_lines))
}

/// Compares the first bytes of a manifest with what its commit says of them.
fn check_extent(folder: &Path, extent: &Extent) -> io::Result<Option<FileFault>> {
    let file = File::open(folder.join(&extent.name))?;
    let (bytes, expected) = (file.metadata()?.len(), extent.bytes);
    if bytes < expected {
        return Ok(Some(FileFault::Short { bytes, expected }));
    }
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(file.take(expected))?;
    let hash = *hasher.finalize().as_bytes();
    let is_other = extent
        .hash
        .is_some_and(|written| *written.as_bytes() != hash);
    Ok(is_other.then_some(FileFault::Altered))
}
