//! How much of the computer a command that writes may take.

use clap::Args;
use shukach::index::writer::WriterOptions;

/// The least memory that makes sense, in bytes.
const LEAST_BYTES: usize = 64 << 20;

#[derive(Debug, Args)]
pub(crate) struct ResourceArguments {
    /// Threads that analyse and write [default: one a processor, at most 4]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    threads: Option<u16>,
    /// Memory for all that is read and not yet written: 256M, 2G; at least 64M [default: 512M]
    #[arg(long, value_name = "SIZE", value_parser = memory)]
    max_memory: Option<usize>,
}

impl ResourceArguments {
    /// Returns whether the memory is limited.
    pub(crate) fn has_limit(&self) -> bool {
        self.max_memory.is_some()
    }

    /// Returns the options of a writer that takes no more.
    pub(crate) fn limit(&self, mut options: WriterOptions) -> WriterOptions {
        if let Some(threads) = self.threads {
            options.threads = usize::from(threads);
        }
        options.memory_bytes = self.max_memory.unwrap_or(options.memory_bytes);
        options
    }
}

/// Reads a size that is enough to index with.
fn memory(text: &str) -> Result<usize, String> {
    let bytes = size(text)?;
    if bytes < LEAST_BYTES {
        return Err("at least 64M are needed".to_owned());
    }
    Ok(bytes)
}

/// Reads a size in bytes, or with `K`, `M` or `G` behind it: 1024 of them and so on.
pub(crate) fn size(text: &str) -> Result<usize, String> {
    let shifts: [(char, u32); 3] = [('K', 10), ('M', 20), ('G', 30)];
    let upper = text.trim().to_ascii_uppercase();
    let with_unit = |(unit, shift): &(char, u32)| Some((upper.strip_suffix(*unit)?, *shift));
    let (digits, shift) = shifts.iter().find_map(with_unit).unwrap_or((&upper, 0));
    let number: usize = digits
        .trim_end()
        .parse()
        .map_err(|_| "write a size as 256M or 2G".to_owned())?;
    number
        .checked_mul(1 << shift)
        .ok_or_else(|| "more than this computer can count".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_in_every_unit() {
        assert_eq!(memory("512M"), Ok(512 << 20));
        assert_eq!(memory("2g"), Ok(2 << 30));
        assert_eq!(memory("131072K"), Ok(128 << 20));
        assert_eq!(memory("100000000"), Ok(100_000_000));
        for wrong in [
            "",
            "M",
            "-1G",
            "1M",
            "1.5G",
            "256MM",
            "99999999999999999999G",
        ] {
            assert!(memory(wrong).is_err(), "{wrong}");
        }
    }
}
