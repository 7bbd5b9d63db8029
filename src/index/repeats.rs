//! Where the articles stand that the index holds once though they were read several times.
//!
//! The manifest has every repeat beside the file that it was read from. At the end of a job they
//! are written once more into the file of [`copies`](crate::index::copies): a line of JSON each, in
//! the order of the articles that stand for them, so that a searcher finds those of a hit by
//! bisection and reads no others.

use crate::index::file_entry::Entry;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tantivy::directory::OwnedBytes;

/// Where one more print of an article stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeated {
    /// The key of the article that the index holds, in 16 hexadecimal digits.
    holder: String,
    /// The id that it would have if it were the first.
    pub id: String,
    /// Its file, with the path within it where that is a container.
    pub path: String,
    /// The line that it begins in, where it does not have the file to itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
}

impl Repeated {
    /// Returns whether it is called `name`: an id, or the collection of all its prints and an id.
    pub fn is_named(&self, name: &str) -> bool {
        let before = name.strip_suffix(self.id.as_str());
        before.is_some_and(|before| before.is_empty() || before.ends_with(':'))
    }
}

/// What stands before the key in every line.
const BEFORE_KEY: &str = "{\"holder\":\"";

/// All repeats of an index, as their lines.
#[derive(Debug, Clone)]
pub struct Repeats(OwnedBytes);

impl Default for Repeats {
    fn default() -> Self {
        Self(OwnedBytes::empty())
    }
}

impl PartialEq for Repeats {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Repeats {
    /// Puts together those that the entries of files have.
    pub fn of_files<'e>(files: impl Iterator<Item = (&'e Arc<str>, &'e Entry)>) -> Self {
        let mut repeated: Vec<Repeated> = Vec::new();
        for (path, entry) in files {
            repeated.extend(entry.repeats.iter().map(|repeat| Repeated {
                holder: format!("{:016x}", repeat.holder),
                id: repeat.id.to_string(),
                path: match &repeat.inner_path {
                    Some(inner) => format!("{path}/{inner}"),
                    None => path.to_string(),
                },
                line: repeat.line.map(u64::from),
            }));
        }
        let order = |one: &Repeated| (one.holder.clone(), one.path.clone(), one.line);
        repeated.sort_by_cached_key(order);
        let lines = repeated
            .iter()
            .map(|one| format!("{}\n", serde_json::json!(one)));
        Self(OwnedBytes::new(lines.collect::<String>().into_bytes()))
    }

    /// Takes the lines of a file.
    pub(crate) fn of_lines(lines: OwnedBytes) -> Self {
        Self(lines)
    }

    /// Returns the lines.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// Returns whether no article was read twice.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns how many there are. Looks at all lines.
    pub fn len(&self) -> usize {
        memchr::memchr_iter(b'\n', self.as_bytes()).count()
    }

    /// Returns where the article with this key stands beside the place that it has itself.
    pub fn of(&self, key: u64) -> Vec<Repeated> {
        if self.is_empty() {
            return Vec::new();
        }
        let start = format!("{BEFORE_KEY}{key:016x}\"");
        let bytes = self.as_bytes();
        let mut rest = bytes.get(first_line(bytes, start.as_bytes())..);
        let mut found = Vec::new();
        while let Some(lines) = rest.filter(|lines| lines.starts_with(start.as_bytes())) {
            let end = memchr::memchr(b'\n', lines).unwrap_or(lines.len());
            let line = lines.get(..end).unwrap_or_default();
            found.extend(serde_json::from_slice(line).ok());
            rest = lines.get(end + 1..);
        }
        found
    }

    /// Returns all of them, each with the key of the article that stands for it.
    pub fn iter(&self) -> impl Iterator<Item = (u64, Repeated)> {
        let lines = self.as_bytes().split(|byte| *byte == b'\n');
        let lines = lines.filter_map(|line| serde_json::from_slice::<Repeated>(line).ok());
        lines.filter_map(|one| Some((u64::from_str_radix(&one.holder, 16).ok()?, one)))
    }
}

/// Returns where the first line begins that is not before `start`.
fn first_line(bytes: &[u8], start: &[u8]) -> usize {
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let before = bytes.get(low..middle).unwrap_or_default();
        let line_start = memchr::memrchr(b'\n', before).map_or(low, |at| low + at + 1);
        let line = bytes.get(line_start..high).unwrap_or_default();
        let length = memchr::memchr(b'\n', line).map_or(line.len(), |at| at + 1);
        if line.get(..start.len().min(line.len())) < Some(start) {
            low = line_start + length;
        } else {
            high = line_start;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::ContentHash;
    use crate::index::file_entry::Repeat;

    fn entry(repeats: &[(u64, &str)]) -> Entry {
        let repeats = repeats.iter().map(|(holder, id)| Repeat {
            holder: *holder,
            id: (*id).into(),
            inner_path: None,
            line: Some(7),
        });
        Entry {
            repeats: repeats.collect(),
            ..Entry::new("a".into(), ContentHash::from_bytes([0; 32]))
        }
    }

    #[test]
    fn the_places_of_an_article_are_found_among_many() {
        let keys: Vec<u64> = (0..200_u64).map(|n| n.wrapping_mul(n) << 40).collect();
        let files: Vec<(Arc<str>, Entry)> = keys
            .iter()
            .map(|key| {
                let path = format!("/архів/{key}.txt");
                (
                    path.as_str().into(),
                    entry(&[(*key, "перша"), (*key ^ 1, "друга")]),
                )
            })
            .collect();
        let all = Repeats::of_files(files.iter().map(|(path, entry)| (path, entry)));
        assert_eq!(all.len(), 400);
        for key in keys {
            let path = format!("/архів/{key}.txt");
            let found = all.of(key);
            let found: Vec<_> = found.iter().map(|one| (&*one.id, &*one.path)).collect();
            assert_eq!(found, [("перша", &*path)]);
            let mut of_file = all.iter().filter(|(_, one)| one.path == path);
            assert!(of_file.all(|(holder, _)| holder == key || holder == key ^ 1));
        }
        assert!(all.of(2).is_empty() && all.of(u64::MAX).is_empty());
        assert!(Repeats::default().of(0).is_empty());
    }
}
