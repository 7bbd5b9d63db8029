//! Options of parsing.

use jiff::civil;

/// Makes for each field of a request a method of the same name that sets it.
macro_rules! setters {
    ($($field:ident: $type:ty),+ $(,)?) => {$(
        #[doc = concat!("Sets [`", stringify!($field), "`](#structfield.", stringify!($field), ").")]
        #[must_use]
        pub fn $field(mut self, $field: $type) -> Self {
            self.$field = $field;
            self
        }
    )+};
}

pub(crate) use setters;

/// How a query is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
pub struct ParseOptions {
    /// How words go together that no operator joins.
    pub match_mode: MatchMode,
    /// Whether all marks and operators are text.
    pub is_literal: bool,
    /// Whether a faulty query is repaired with a notice instead of refused.
    pub is_lenient: bool,
    /// Whether a word before a colon that names no field is an error, not text.
    pub has_strict_fields: bool,
    /// Whether words of closed classes must be there too, as all others.
    pub has_strict_words: bool,
    /// Whether patterns may begin with fewer than [`crate::query::pattern::MIN_LITERAL_CHARS`]
    /// letters.
    pub allows_leading: bool,
    /// Whether a query may only exclude.
    pub allows_negation: bool,
    /// Whether a query may be empty, which every article meets.
    pub allows_empty: bool,
    /// The day from which `7d` and `вчора` are seen.
    pub today: civil::Date,
}

impl ParseOptions {
    /// All words must be there, every operator counts, and faults are refused.
    pub const fn new(today: civil::Date) -> Self {
        Self {
            match_mode: MatchMode::All,
            is_literal: false,
            is_lenient: false,
            has_strict_fields: false,
            has_strict_words: false,
            allows_leading: false,
            allows_negation: false,
            allows_empty: false,
            today,
        }
    }

    setters! {
        match_mode: MatchMode,
        is_literal: bool,
        is_lenient: bool,
        has_strict_fields: bool,
        has_strict_words: bool,
        allows_leading: bool,
        allows_negation: bool,
        allows_empty: bool,
        today: civil::Date,
    }
}

/// How the words of a query that no operator joins go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MatchMode {
    /// Every word must be there.
    #[default]
    All,
    /// One word must be there; the more, the higher the hit.
    Any,
}
