//! The destination of an answer: standard output, or a file that is written completely or not at
//! all.

use crate::exit::Failure;
use crate::terminal::interrupt;
use crate::terminal::interrupt::UntilInterrupted;
use crate::terminal::pager::{Pager, PagerArguments};
use shukach::Error;
use std::fs;
use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Where an answer goes.
pub(crate) enum Destination {
    /// Standard output.
    Stdout(BufWriter<StdoutLock<'static>>),
    /// A pager before the terminal.
    Paged(Pager),
    /// A file beside the one that was asked for, which takes its place in the end.
    File(BufWriter<UntilInterrupted<NamedTempFile>>, PathBuf),
    /// A pipe or device, which no file may take the place of.
    Stream(BufWriter<fs::File>),
}

impl Destination {
    /// Opens the file `path`, or standard output where there is none.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else {
            return Ok(Self::Stdout(BufWriter::new(io::stdout().lock())));
        };
        let failed = |source| cannot_write(path, source);
        if fs::metadata(path).is_ok_and(|known| !known.is_file() && !known.is_dir()) {
            let stream = fs::OpenOptions::new().write(true).open(path);
            return Ok(Self::Stream(BufWriter::new(stream.map_err(failed)?)));
        }
        // What a link points to is replaced, and not the link.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let folder = path.parent().filter(|folder| *folder != Path::new(""));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".shukach-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // As of any new file; the system takes away what the user wants to be taken away.
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let folder = folder.unwrap_or(Path::new("."));
        let file = UntilInterrupted::open(|| builder.tempfile_in(folder));
        Ok(Self::File(BufWriter::new(file.map_err(failed)?), path))
    }

    /// Does as [`Destination::open`], but has long answers to a terminal paged.
    pub(crate) fn open_paged(path: Option<&Path>, pager: &PagerArguments) -> Result<Self, Failure> {
        match pager.start().filter(|_| path.is_none()) {
            Some(pager) => Ok(Self::Paged(pager)),
            None => Self::open(path),
        }
    }

    /// Writes what is left; a file takes its place only now.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        match self {
            Self::Stdout(mut out) => Ok(out.flush()?),
            Self::Paged(pager) => Ok(pager.finish()?),
            Self::Stream(mut out) => Ok(out.flush()?),
            Self::File(out, path) => {
                let failed = |source| cannot_write(&path, source);
                let file = out
                    .into_inner()
                    .map_err(|error| failed(error.into_error()))?;
                let file = file.into_inner().map_err(failed)?;
                file.persist(&path).map_err(|error| failed(error.error))?;
                Ok(())
            }
        }
    }

    /// Returns whether links come through to a terminal, if there is one behind it.
    pub(crate) fn passes_links(&self) -> bool {
        match self {
            Self::Stdout(_) => true,
            Self::Paged(pager) => pager.passes_links(),
            Self::File(..) | Self::Stream(_) => false,
        }
    }

    /// Returns whether it may be a terminal.
    pub(crate) fn is_stdout(&self) -> bool {
        matches!(self, Self::Stdout(_) | Self::Paged(_))
    }
}

fn cannot_write(path: &Path, source: io::Error) -> Failure {
    if interrupt::is_cause_of(&source) {
        return Failure::Output(source);
    }
    Failure::Library(Error::Io {
        action: "write",
        path: path.to_owned(),
        source,
    })
}

impl Write for Destination {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(out) => out.write(bytes),
            Self::Paged(pager) => pager.write(bytes),
            Self::File(out, _) => out.write(bytes),
            Self::Stream(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(out) => out.flush(),
            Self::Paged(pager) => pager.flush(),
            Self::File(out, _) => out.flush(),
            Self::Stream(out) => out.flush(),
        }
    }
}
