//! Detects the language of a text from its letters, its most frequent words and their endings.
//!
//! | module | what it holds |
//! |---|---|
//! | `detector` | which language a text is in |
//! | `evidence` | what speaks for and against each language |
//! | `signs` | letters and endings of each language |
//! | [`stop_words`] | the commonest words of each language |
//! | [`paragraphs`] | the language of each paragraph |
//! | `closed_classes` | prepositions, conjunctions, particles |

pub(crate) mod closed_classes;
mod detector;
pub(crate) mod evidence;
pub mod paragraphs;
pub(crate) mod signs;
pub mod stop_words;

/// A language that the analysis detects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// Ukrainian, also the guess for Cyrillic text without any sign of another language.
    Ukrainian,
    /// Russian.
    Russian,
    /// English.
    English,
    /// Any other language, or too little text to tell.
    Other,
}

impl Language {
    /// Returns the ISO 639-1 code, or `und`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ukrainian => "uk",
            Self::Russian => "ru",
            Self::English => "en",
            Self::Other => "und",
        }
    }

    /// Returns the language of a declared code (`uk`, `uk-UA`, `RU`); `ua` is taken for Ukrainian.
    pub fn of_code(code: &str) -> Self {
        match code
            .split(['-', '_'])
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase()
            .as_str()
        {
            "uk" | "ua" | "ukr" => Self::Ukrainian,
            "ru" | "rus" => Self::Russian,
            "en" | "eng" => Self::English,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declared_language_is_known_by_any_of_its_codes() {
        for language in [Language::Ukrainian, Language::Russian, Language::English] {
            assert_eq!(Language::of_code(language.code()), language);
        }
        assert_eq!(Language::of_code("uk-UA"), Language::Ukrainian);
        assert_eq!(Language::of_code("ua"), Language::Ukrainian);
        assert_eq!(Language::of_code("pl"), Language::Other);
    }
}
