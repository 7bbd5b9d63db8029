//! How files are read, as index and inspect take it.

use crate::exit::Failure;
use clap::Args;
use shukach::archive::{Archive, Charset, FieldMap, Format};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct ReadingArguments {
    /// Files or folders to read; - is the standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Read every file in this format, whatever it looks like: text, html, json and so on
    #[arg(long = "format", value_name = "FORMAT")]
    pub(crate) input_format: Option<Format>,
    /// Read every file in this encoding, whatever it looks like: windows-1251, KOI8-U and so on
    #[arg(long, value_name = "ENCODING")]
    pub(crate) encoding: Option<Charset>,
    /// Take fields of JSON and tables from these keys: title=headline,body=content.text
    #[arg(long, value_name = "FIELD=KEY,…")]
    pub(crate) map: Option<FieldMap>,
}

impl ReadingArguments {
    /// Opens the archive that is asked for.
    pub(crate) fn archive(&self) -> Result<Archive, Failure> {
        let archive = Archive::open(&self.paths)?
            .with_format(self.input_format)
            .with_charset(self.encoding);
        Ok(match &self.map {
            Some(map) => archive.with_map(map.clone()),
            None => archive,
        })
    }
}
