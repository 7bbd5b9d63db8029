//! The walk through the folders of an archive, in the same order every time.

use crate::archive::detect;
use crate::archive::detect::Candidate;
use crate::archive::file::{ArchiveFile, STANDARD_INPUT};
use crate::archive::left_aside::LeftAside;
use crate::archive::read_options::ReadOptions;
use crate::error::{ArticleError, Problem};
use std::collections::{HashMap, HashSet, VecDeque};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;
use walkdir::{DirEntry, WalkDir};

/// The files of an archive, one after another; see
/// [`Archive::files`](crate::archive::Archive::files).
#[derive(Debug)]
pub struct Files {
    roots: VecDeque<Root>,
    walk: Option<(Root, walkdir::IntoIter)>,
    /// Folders entered, as walked and as they really are.
    folders: HashMap<PathBuf, PathBuf>,
    /// Real paths of everything met, so that two links to one place give one place.
    seen: HashSet<PathBuf>,
    left_aside: LeftAside,
    options: ReadOptions,
}

#[derive(Debug)]
struct Root {
    path: Arc<Path>,
    /// What stands before the path below the root in a file's name.
    label: String,
}

/// What stands for a file's name in the ids of articles from the standard input.
const STANDARD_INPUT_NAME: &str = "stdin";

/// How many bytes of a file are looked at to tell whether it holds articles.
const LOOK_BYTES: u64 = 16 * 1024;

impl Files {
    pub(crate) fn below(roots: &[PathBuf], options: ReadOptions) -> Self {
        let labels = distinct_labels(roots);
        let roots = roots
            .iter()
            .zip(labels)
            .map(|(path, label)| Root {
                path: Arc::from(path.as_path()),
                label,
            })
            .collect();
        let (folders, seen) = (HashMap::new(), HashSet::new());
        Self {
            roots,
            walk: None,
            folders,
            seen,
            left_aside: LeftAside::default(),
            options,
        }
    }

    /// Returns which files were left out so far because they hold no articles.
    pub fn left_aside(&self) -> &LeftAside {
        &self.left_aside
    }

    fn enter_folder(&mut self, path: &Path) -> Option<Result<ArchiveFile, ArticleError>> {
        match fs::canonicalize(path) {
            // The index itself may lie below a root; its files are no articles.
            Ok(real) if is_index(path) => {
                self.left_aside.add_index(real);
                self.skip_folder();
                None
            }
            Ok(real) if self.seen.insert(real.clone()) => {
                self.folders.insert(path.to_path_buf(), real);
                None
            }
            Ok(_) => {
                self.skip_folder();
                None
            }
            Err(source) => {
                self.skip_folder();
                Some(Err(unreadable(path, source)))
            }
        }
    }

    fn standard_input(&self, path: &Arc<Path>) -> ArchiveFile {
        ArchiveFile {
            path: path.to_path_buf(),
            root: Arc::clone(path),
            inner_path: None,
            name: STANDARD_INPUT_NAME.to_owned(),
            forced_format: self.options.format,
            forced_charset: self.options.charset,
            map: self.options.map.clone().unwrap_or_default(),
            time_limit: self.options.time_limit,
            is_given: true,
            size_bytes: 0,
            modified_ns: 0,
            changed_ns: 0,
            inode: 0,
            below_root: String::new(),
            today: self.options.today,
        }
    }

    fn skip_folder(&mut self) {
        if let Some((_, walk)) = &mut self.walk {
            walk.skip_current_dir();
        }
    }

    fn take_file(&mut self, entry: &DirEntry) -> Option<Result<ArchiveFile, ArticleError>> {
        let is_given = entry.depth() == 0;
        if !(entry.file_type().is_file() && (is_given || self.is_candidate(entry.path()))) {
            self.left_aside.add_file(entry.path());
            return None;
        }
        let path = match self.real_path(entry) {
            Ok(path) => path,
            Err(source) => return Some(Err(unreadable(entry.path(), source))),
        };
        if !self.seen.insert(path.clone()) {
            return None;
        }
        let metadata = match fs::metadata(&path) {
            Ok(metadata) => metadata,
            Err(source) => return Some(Err(unreadable(&path, source))),
        };
        let (root, _) = self.walk.as_ref()?;
        let below_root = below(&root.path, entry.path());
        let name = joined(&root.label, &below_root);
        let (size_bytes, modified_ns) = (metadata.len(), modified_ns(&metadata));
        let (changed_ns, inode) = changed_ns_and_inode(&metadata);
        Some(Ok(ArchiveFile {
            path,
            root: Arc::clone(&root.path),
            inner_path: None,
            name,
            forced_format: self.options.format,
            forced_charset: self.options.charset,
            map: self.options.map.clone().unwrap_or_default(),
            time_limit: self.options.time_limit,
            is_given,
            size_bytes,
            modified_ns,
            changed_ns,
            inode,
            below_root,
            today: self.options.today,
        }))
    }

    /// Says whether a file is worth reading; only where its name leaves it open is it opened.
    fn is_candidate(&self, path: &Path) -> bool {
        match detect::candidate(path) {
            Candidate::Yes => true,
            Candidate::No => false,
            Candidate::Unsure => self.options.format.is_some() || has_articles(path),
        }
    }

    /// Resolves links; a plain file in a known folder costs no call to the system.
    fn real_path(&self, entry: &DirEntry) -> io::Result<PathBuf> {
        let folder = entry
            .path()
            .parent()
            .and_then(|parent| self.folders.get(parent));
        match folder {
            Some(folder) if !entry.path_is_symlink() => Ok(folder.join(entry.file_name())),
            _ => fs::canonicalize(entry.path()),
        }
    }
}

impl Iterator for Files {
    type Item = Result<ArchiveFile, ArticleError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some((_, walk)) = &mut self.walk else {
                let root = self.roots.pop_front()?;
                if *root.path == *Path::new(STANDARD_INPUT) {
                    if self.seen.insert(root.path.to_path_buf()) {
                        return Some(Ok(self.standard_input(&root.path)));
                    }
                    continue;
                }
                let walk = WalkDir::new(&root.path)
                    .follow_links(true)
                    .sort_by_file_name()
                    .into_iter();
                self.walk = Some((root, walk));
                continue;
            };
            let found = match walk.next() {
                None => {
                    self.walk = None;
                    None
                }
                Some(Err(error)) => walk_error(error).map(Err),
                Some(Ok(entry)) if entry.depth() > 0 && is_hidden(entry.file_name()) => {
                    if entry.file_type().is_dir() {
                        self.skip_folder();
                    }
                    None
                }
                Some(Ok(entry)) if entry.file_type().is_dir() => self.enter_folder(entry.path()),
                Some(Ok(entry)) => self.take_file(&entry),
            };
            if found.is_some() {
                return found;
            }
        }
    }
}

/// A loop of links is no fault of the archive; nor is a dead link to what would not be read anyway.
fn walk_error(error: walkdir::Error) -> Option<ArticleError> {
    if error.loop_ancestor().is_some() {
        return None;
    }
    let path = error.path().map(Path::to_path_buf).unwrap_or_default();
    let source = error.into_io_error()?;
    let is_dead_link = source.kind() == io::ErrorKind::NotFound;
    let is_hidden = path.file_name().is_some_and(is_hidden);
    let is_other = is_dead_link && detect::candidate(&path) != Candidate::Yes;
    (!is_hidden && !is_other).then(|| unreadable(&path, source))
}

fn unreadable(path: &Path, source: io::Error) -> ArticleError {
    ArticleError {
        path: path.to_path_buf(),
        inner_path: None,
        line: None,
        byte: None,
        problem: Problem::Unreadable(source),
    }
}

/// Says whether the head of a file looks like articles. What cannot be read is left aside: nobody
/// said that it holds any.
fn has_articles(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LOOK_BYTES).read_to_end(&mut head));
    read.is_ok() && detect::content(&head, path).is_some()
}

/// Says whether a folder holds an index: the engine's list of segments and a manifest.
fn is_index(folder: &Path) -> bool {
    let is_manifest = |entry: fs::DirEntry| {
        let name = entry.file_name();
        let name = name.as_encoded_bytes();
        name.starts_with(b"manifest-") && name.ends_with(b".jsonl")
    };
    folder.join("meta.json").is_file()
        && fs::read_dir(folder).is_ok_and(|entries| entries.flatten().any(is_manifest))
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// Returns the path below `root` with `/`; for a root that is a file, its own name.
fn below(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    if relative.as_os_str().is_empty() {
        return root
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
    }
    names(relative).join("/")
}

fn names(path: &Path) -> Vec<String> {
    let name = |component: Component<'_>| match component {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    };
    path.components().filter_map(name).collect()
}

fn joined(label: &str, below_root: &str) -> String {
    if label.is_empty() {
        below_root.to_owned()
    } else {
        format!("{label}/{below_root}")
    }
}

/// Names each root by its last folder, by as many more as it takes where two would be called the
/// same: equal names would make two files one article.
fn distinct_labels(roots: &[PathBuf]) -> Vec<String> {
    let folders: Vec<Vec<String>> = roots.iter().map(|root| names(folder_of(root))).collect();
    let label = |ordinal: usize, depth: usize| -> String {
        let names = folders.get(ordinal).map(Vec::as_slice).unwrap_or_default();
        names
            .get(names.len().saturating_sub(depth)..)
            .unwrap_or_default()
            .join("/")
    };
    let is_distinct = |ordinal: usize, depth: usize| {
        let own = folders.get(ordinal);
        let others = (0..folders.len()).filter(|other| folders.get(*other) != own);
        others
            .into_iter()
            .all(|other| label(other, depth) != label(ordinal, depth))
    };
    let shortest = |ordinal: usize| {
        let most = folders.get(ordinal).map_or(1, Vec::len);
        (1..=most)
            .find(|depth| is_distinct(ordinal, *depth))
            .unwrap_or(most)
    };
    (0..folders.len())
        .map(|ordinal| label(ordinal, shortest(ordinal)))
        .collect()
}

fn folder_of(root: &Path) -> &Path {
    if root.is_dir() {
        root
    } else {
        root.parent().unwrap_or(root)
    }
}

fn modified_ns(metadata: &fs::Metadata) -> i64 {
    let Ok(modified) = metadata.modified() else {
        return 0;
    };
    match modified.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |ns| -ns),
    }
}

/// Returns when a file last changed in any way, and its number in the file system; 0 for what the
/// system does not keep.
#[cfg(unix)]
fn changed_ns_and_inode(metadata: &fs::Metadata) -> (i64, u64) {
    use std::os::unix::fs::MetadataExt;
    let seconds = metadata.ctime().saturating_mul(1_000_000_000);
    (
        seconds.saturating_add(metadata.ctime_nsec()),
        metadata.ino(),
    )
}

#[cfg(not(unix))]
fn changed_ns_and_inode(_: &fs::Metadata) -> (i64, u64) {
    (0, 0)
}
