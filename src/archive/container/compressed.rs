//! Compressed streams.

use crate::archive::detect::Compression;
use flate2::bufread::MultiGzDecoder;
use std::io::{self, BufRead, Read};
use std::path::Path;

/// How large a window a stream may ask for, as a power of 2 in bytes: 128 MiB, as `zstd --long`
/// writes.
const MAX_ZSTD_WINDOW_LOG: u32 = 27;

/// How much memory a stream of xz may ask for, in KiB.
const MAX_XZ_KIB: u32 = 128 * 1024;

/// Returns what `packed` unpacks to, all its members one after another.
pub(crate) fn unpacked<'a>(
    compression: Compression,
    packed: impl BufRead + 'a,
) -> io::Result<Box<dyn Read + 'a>> {
    Ok(match compression {
        Compression::Gzip => Box::new(MultiGzDecoder::new(packed)),
        Compression::Bzip2 => Box::new(bzip2::bufread::MultiBzDecoder::new(packed)),
        Compression::Zstandard => {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(packed)?;
            decoder.window_log_max(MAX_ZSTD_WINDOW_LOG)?;
            Box::new(decoder)
        }
        Compression::Xz => Box::new(lzma_rust2::XzReader::new_mem_limit(
            packed, true, MAX_XZ_KIB,
        )),
    })
}

/// Returns the name of what is inside a compressed file: `a.jsonl` of `a.jsonl.gz`, `a.tar` of
/// `a.tgz`.
pub(crate) fn inner_name(name: &str) -> String {
    let path = Path::new(name);
    let extension = path
        .extension()
        .map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    match extension.as_deref() {
        Some("gz" | "zst" | "bz2" | "xz") => path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default(),
        Some("tgz" | "tbz" | "tbz2" | "txz" | "tzst") => {
            path.with_extension("tar").to_string_lossy().into_owned()
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_inside_tells_the_format() {
        assert_eq!(inner_name("новини.jsonl.GZ"), "новини.jsonl");
        assert_eq!(inner_name("a.tgz"), "a.tar");
        assert_eq!(inner_name("a.txt"), "a.txt");
    }
}
