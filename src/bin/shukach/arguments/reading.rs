//! How files are read, as index and inspect take it.

use crate::exit::Failure;
use clap::Args;
use shukach::archive::{Archive, Charset, FieldMap, Format, STANDARD_INPUT, TIME_LIMIT};
use shukach::locale::Locale;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::time::Duration;

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
    /// Give up a file when one article of it takes longer than this to read
    #[arg(long, value_name = "SECONDS", default_value_t = TIME_LIMIT.as_secs())]
    pub(crate) time_limit: u64,
}

impl ReadingArguments {
    /// Opens the archive that is asked for.
    pub(crate) fn archive(&self, locale: Locale) -> Result<Archive, Failure> {
        if self
            .paths
            .iter()
            .any(|path| path == Path::new(STANDARD_INPUT))
            && io::stdin().is_terminal()
        {
            eprintln!(
                "{}",
                locale.choose(
                    "reading the standard input: type or paste articles; Ctrl-D ends them, Ctrl-C stops",
                    "читаю стандартний вхід: набирайте чи вставляйте статті; Ctrl-D закінчує, Ctrl-C зупиняє",
                )
            );
        }
        let archive = Archive::open(&self.paths)?
            .with_format(self.input_format)
            .with_charset(self.encoding)
            .with_time_limit(Duration::from_secs(self.time_limit));
        Ok(match &self.map {
            Some(map) => archive.with_map(map.clone()),
            None => archive,
        })
    }
}
