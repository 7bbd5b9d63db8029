//! The language of messages.

/// The language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Locale {
    /// English.
    #[default]
    English,
    /// Ukrainian.
    Ukrainian,
}

impl Locale {
    /// Reads a name of a locale as systems give it (`uk_UA.UTF-8`, `uk`): Ukrainian where its
    /// language is `uk`, English for all others.
    pub fn of_name(name: &str) -> Self {
        let language = name.split(['_', '.', '-', '@']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("uk") {
            Self::Ukrainian
        } else {
            Self::English
        }
    }

    /// Returns that of two texts which is in this language.
    pub fn choose<T>(self, english: T, ukrainian: T) -> T {
        match self {
            Self::English => english,
            Self::Ukrainian => ukrainian,
        }
    }
}

/// Returns `count` with an English noun, which stands in the plural unless it is one.
pub fn english_count(count: u64, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

/// Returns that of three forms of a noun which goes with `count`: of 1, of 2, of 5 (стаття, статті,
/// статей).
pub fn ukrainian_plural<T>(count: u64, [one, few, many]: [T; 3]) -> T {
    match (count % 10, count % 100) {
        (_, 11..=14) => many,
        (1, _) => one,
        (2..=4, _) => few,
        _ => many,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_nouns_are_singular_for_one_alone() {
        let counts = [0, 1, 2, 21].map(|count| english_count(count, "file"));
        assert_eq!(counts, ["0 files", "1 file", "2 files", "21 files"]);
    }

    #[test]
    fn names_of_locales_are_read_by_their_language() {
        for name in ["uk", "uk_UA", "uk_UA.UTF-8", "UK-UA"] {
            assert_eq!(Locale::of_name(name), Locale::Ukrainian, "{name}");
        }
        for name in ["", "C", "en_GB.UTF-8", "C.UTF-8", "ukr"] {
            assert_eq!(Locale::of_name(name), Locale::English, "{name}");
        }
    }
}
