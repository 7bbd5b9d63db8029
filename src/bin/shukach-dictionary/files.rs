//! The source on disk and the data files.

use crate::data::Data;
use crate::error::Error;
use sha2::{Digest, Sha256};
use shukach::analysis::dictionary::language_data::Source;
use std::fs;
use std::path::Path;

const PACKAGE: &str = "the Maven package ua.net.nlp:morfologik-ukrainian-search:4.9.1";

/// The source of forms and lemmas; its licence stands in `ua/net/nlp/README` of the package.
pub(crate) const DICTIONARY: Source<'_> = Source {
    version: "morfologik-ukrainian-search 4.9.1",
    copyright: "© Andriy Rysin and contributors",
    license: "Apache-2.0",
    sha256: "2e9139cf018ec0ba9f6921131c3f1e1bd86715d146bf2b242e421db71e12a580",
};

/// The source of `uk.frequencies.tsv`.
pub(crate) const FREQUENCIES: Source<'_> = Source {
    version: "frequency.parquet of ukvocab 0.4.0, from UberText 2.0",
    copyright: "© lang-uk, Dmytro Chaplynskyi",
    license: "CC-BY-4.0",
    sha256: "d2e51f1041ba554bfbeb562b26c78b6489eab9f118b49ea8bd22c3406f521d39",
};

/// Reads the file `ukrainian.dict` and refuses any other.
pub(crate) fn read_source(path: &Path) -> Result<Vec<u8>, Error> {
    let bytes = read(path)?;
    let found = hexadecimal(&Sha256::digest(&bytes));
    let expected = DICTIONARY.sha256;
    if found == expected {
        return Ok(bytes);
    }
    let path = path.to_owned();
    Err(Error::OtherSource {
        path,
        found,
        expected,
        package: PACKAGE,
    })
}

/// Writes the data files into `folder`.
pub(crate) fn write(data: &Data, folder: &Path) -> Result<(), Error> {
    for (name, bytes) in contents(data) {
        let path = folder.join(name);
        fs::write(&path, bytes).map_err(|source| Error::Io {
            action: "write",
            path,
            source,
        })?;
    }
    Ok(())
}

/// Returns the names of the files in `folder` that are not what `data` is.
pub(crate) fn different(data: &Data, folder: &Path) -> Result<Vec<&'static str>, Error> {
    let mut names = Vec::new();
    for (name, bytes) in contents(data) {
        if read(&folder.join(name))? != bytes {
            names.push(name);
        }
    }
    Ok(names)
}

fn contents(data: &Data) -> [(&'static str, &[u8]); 5] {
    [
        ("uk.fst", &data.forms.words),
        ("uk.rules", &data.forms.rules),
        ("uk-endings.fst", &data.endings.words),
        ("uk-endings.rules", &data.endings.rules),
        ("uk.meta.json", data.description.as_bytes()),
    ]
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    let failed = |source| Error::Io {
        action: "read",
        path: path.to_owned(),
        source,
    };
    fs::read(path).map_err(failed)
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xF]);
    digits
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Packed;

    fn sample() -> Data {
        let packed = || Packed::of(std::iter::once((&b"a"[..], vec![]))).unwrap();
        let (forms, endings) = (packed(), packed());
        Data {
            forms,
            endings,
            description: "{}\n".to_owned(),
            report: String::new(),
        }
    }

    #[test]
    fn another_file_is_refused_with_the_way_to_the_right_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("other.dict");
        fs::write(&path, b"abc").unwrap();
        let message = read_source(&path).err().unwrap().to_string();
        let found = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        for part in [
            "other.dict",
            found,
            DICTIONARY.sha256,
            "morfologik-ukrainian-search:4.9.1",
        ] {
            assert!(message.contains(part), "{message}");
        }
    }

    #[test]
    fn files_just_written_do_not_differ_and_a_changed_one_does() {
        let folder = tempfile::tempdir().unwrap();
        let data = sample();
        write(&data, folder.path()).unwrap();
        assert!(different(&data, folder.path()).unwrap().is_empty());
        fs::write(folder.path().join("uk.rules"), b"other").unwrap();
        assert_eq!(different(&data, folder.path()).unwrap(), ["uk.rules"]);
    }
}
