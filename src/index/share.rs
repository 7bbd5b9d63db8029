//! A share of the files of an archive, for one of several workers.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// One of several shares of an archive's files: `3/16` is the third of sixteen.
///
/// A file belongs to exactly one of them, by the hash of its path below its root. So workers that
/// know nothing of each other take all files between them, and no file twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Share {
    number: u16,
    of: u16,
}

/// A text is not a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a share is written as 3/16, the third of sixteen; the first is 1/16, the last 16/16")]
pub struct ShareError;

impl Share {
    /// Returns whether the file at this path below its root, with `/`, belongs to the share.
    pub fn has(self, below_root: &str) -> bool {
        let hash = blake3::hash(below_root.as_bytes());
        let first = hash.as_bytes().first_chunk();
        let hash = first.map_or(0, |bytes| u64::from_le_bytes(*bytes));
        hash % u64::from(self.of) + 1 == u64::from(self.number)
    }

    /// Returns whether it is one of the shares that `other` is one of.
    pub fn is_beside(self, other: Self) -> bool {
        self.of == other.of
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl FromStr for Share {
    type Err = ShareError;

    fn from_str(text: &str) -> Result<Self, ShareError> {
        let (number, of) = text.split_once('/').ok_or(ShareError)?;
        let number = number.trim().parse().map_err(|_| ShareError)?;
        let of = of.trim().parse().map_err(|_| ShareError)?;
        if (1..=of).contains(&number) {
            Ok(Self { number, of })
        } else {
            Err(ShareError)
        }
    }
}

impl From<Share> for String {
    fn from(share: Share) -> Self {
        share.to_string()
    }
}

impl TryFrom<String> for Share {
    type Error = ShareError;

    fn try_from(text: String) -> Result<Self, ShareError> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_a_number_of_a_count_is_a_share() {
        for text in ["1/1", "3/16", "65535/65535"] {
            assert_eq!(text.parse::<Share>().unwrap().to_string(), text);
        }
        for text in [
            "", "3", "/", "0/3", "4/3", "0/0", "a/b", "-1/3", "1/3/5", "1/65536",
        ] {
            assert_eq!(text.parse::<Share>(), Err(ShareError), "{text}");
        }
    }

    #[test]
    fn the_share_of_a_name_never_changes() {
        // Indexes of several workers rely on it across versions.
        let share = |name: &str| {
            (1..=16).find(|number| {
                Share {
                    number: *number,
                    of: 16,
                }
                .has(name)
            })
        };
        let shares = ["a.txt", "2025/12/rutte.txt", "київ.jsonl"].map(share);
        assert_eq!(shares, [Some(13), Some(15), Some(3)]);
    }

    #[test]
    fn shares_are_about_equal() {
        for number in 1..=7 {
            let share = Share { number, of: 7 };
            let files = (0..7_000).filter(|file| share.has(&format!("2025/{file}.txt")));
            assert!((850..1_150).contains(&files.count()), "{share}");
        }
    }

    proptest! {
        #[test]
        fn a_file_belongs_to_exactly_one_share(name in ".*", of in 1_u16..40) {
            let shares = (1..=of).map(|number| Share { number, of });
            prop_assert_eq!(shares.filter(|share| share.has(&name)).count(), 1);
        }
    }
}
