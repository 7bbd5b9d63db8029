//! Stable codes of problems, for reports and counts.

use crate::error::Problem;

impl Problem {
    /// Returns the name of the problem that stands in reports; it never changes.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::DuplicateId { .. } => "duplicate-id",
            Self::Refused { .. } => "refused",
            Self::TooLarge { .. } => "too-large",
            Self::Binary { .. } => "binary",
            Self::BadBytes { .. } => "bad-bytes",
            Self::OtherEncoding { .. } => "other-encoding",
            Self::GuessedEncoding { .. } => "guessed-encoding",
            Self::RepairedEncoding { .. } => "repaired-encoding",
            Self::NoText => "no-text",
            Self::BrokenJson { .. } => "broken-json",
            Self::WrongType { .. } => "wrong-type",
            Self::BadDate { .. } => "bad-date",
            Self::UnknownText { .. } => "unknown-text",
            Self::NoBody => "no-body",
            Self::FewLetters => "few-letters",
            Self::ExtraCells { .. } => "extra-cells",
            Self::UnclosedQuote => "unclosed-quote",
            Self::NoHeader { .. } => "no-header",
            Self::BrokenFrontMatter { .. } => "broken-front-matter",
            Self::NotAnArticle { .. } => "not-an-article",
            Self::PassedOver { .. } => "passed-over",
            Self::CutText { .. } => "cut-text",
            Self::UnknownKeys { .. } => "unknown-keys",
            Self::TooMany { .. } => "too-many",
            Self::TooDeep { .. } => "too-deep",
            Self::ParserFailed => "parser-failed",
            Self::Unsupported => "unsupported",
            Self::WithoutFeature { .. } => "without-feature",
            Self::TooSlow { .. } => "too-slow",
            Self::BrokenArchive { .. } => "broken-archive",
            Self::Truncated => "truncated",
            Self::NestedContainers => "nested-containers",
            Self::Expands { .. } => "expands",
            Self::BrokenXml { .. } => "broken-xml",
            Self::NoArticles { .. } => "no-articles",
        }
    }
}
