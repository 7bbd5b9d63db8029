//! The arguments of the command.

use crate::error::Error;
use std::ffi::OsString;
use std::path::PathBuf;

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Args {
    /// The file `ukrainian.dict`.
    pub(crate) source: PathBuf,
    /// The folder of the data files.
    pub(crate) out: PathBuf,
    /// Compare with the files in `out` and write nothing.
    pub(crate) check: bool,
}

/// Reads the arguments that follow the name of the program.
pub(crate) fn parse(mut args: impl Iterator<Item = OsString>) -> Result<Args, Error> {
    let (mut source, mut out, mut check) = (None, PathBuf::from("src/analysis/data"), false);
    while let Some(arg) = args.next() {
        match arg.to_str() {
            Some("--check") => check = true,
            Some("--out") => out = args.next().ok_or(Error::Usage)?.into(),
            Some(option) if option.starts_with('-') => return Err(Error::Usage),
            _ if source.is_some() => return Err(Error::Usage),
            _ => source = Some(arg.into()),
        }
    }
    Ok(Args {
        source: source.ok_or(Error::Usage)?,
        out,
        check,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(args: &[&str]) -> Option<Args> {
        parse(args.iter().map(OsString::from)).ok()
    }

    #[test]
    fn the_folder_has_a_default() {
        let out = "src/analysis/data".into();
        assert_eq!(
            parsed(&["a.dict"]),
            Some(Args {
                source: "a.dict".into(),
                out,
                check: false
            })
        );
        let out = "x".into();
        let args = ["--check", "a.dict", "--out", "x"];
        assert_eq!(
            parsed(&args),
            Some(Args {
                source: "a.dict".into(),
                out,
                check: true
            })
        );
    }

    #[test]
    fn a_missing_or_second_source_and_an_unknown_option_are_refused() {
        for args in [&[][..], &["a", "b"], &["a", "--quiet"], &["a", "--out"]] {
            assert_eq!(parsed(args), None, "{args:?}");
        }
    }
}
