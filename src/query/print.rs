//! Writes a query so that parsing it gives the same query again.

use crate::query::ast::{
    ColumnQuery, Distance, Phrase, PhraseSlot, Query, ValueFit, Word, WordMode,
};
use crate::query::lexer::field::{is_pattern, without_weight};
use crate::query::optional::{has_needed, joins_or_asks};
use std::fmt::{self, Display, Formatter};

impl Distance {
    /// Returns the name of the operator without its number.
    pub fn name(self) -> &'static str {
        match self {
            Self::Near(_) => "NEAR",
            Self::Pre(_) => "PRE",
            Self::NotNear(_) => "NOTNEAR",
            Self::Sentence => "/s",
            Self::Paragraph => "/p",
        }
    }
}

impl Display for Distance {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        match self {
            Self::Near(n) | Self::Pre(n) | Self::NotNear(n) => write!(f, "/{n}"),
            Self::Sentence | Self::Paragraph => Ok(()),
        }
    }
}

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => word.fmt(f),
            Self::Phrase(phrase) => phrase.fmt(f),
            Self::Near(near) => {
                match *near.left {
                    Self::Near(_) => near.left.fmt(f)?,
                    _ => write_operand(f, &near.left, Self::is_plain)?,
                }
                write!(f, " {} ", near.distance)?;
                write_operand(f, &near.right, Self::is_plain)
            }
            Self::AtLeast { count, query, .. } => {
                write!(f, "ATLEAST/{count} ")?;
                write_operand(f, query, Self::is_plain)
            }
            Self::In { part, query, .. } => {
                write!(f, "{}:", part.name())?;
                write_operand(f, query, Self::is_plain)
            }
            Self::Column(column) => column.fmt(f),
            Self::Published { days, .. } => write!(f, "date:{days}"),
            Self::Boost { hundredths, query } => {
                write_operand(f, query, |query| {
                    query.is_plain() || matches!(query, Self::In { .. })
                })?;
                write!(f, "^{}", Decimal(*hundredths))
            }
            Self::And(queries) => write_all(f, queries),
            Self::Or(queries) => write_joined(f, queries, " OR "),
            Self::Not(query) => {
                f.write_str("NOT ")?;
                write_operand(f, query, Self::is_one)
            }
        }
    }
}

impl Query {
    /// Returns whether it is one word or phrase.
    fn is_plain(&self) -> bool {
        matches!(self, Self::Word(_) | Self::Phrase(_))
    }

    /// Returns whether it needs no parentheses after NOT.
    fn is_one(&self) -> bool {
        self.is_plain()
            || matches!(
                self,
                Self::In { .. } | Self::Column(_) | Self::Published { .. }
            )
    }
}

fn write_operand(
    f: &mut Formatter<'_>,
    query: &Query,
    stands_alone: impl Fn(&Query) -> bool,
) -> fmt::Result {
    if stands_alone(query) {
        query.fmt(f)
    } else {
        write!(f, "({query})")
    }
}

fn write_joined(f: &mut Formatter<'_>, queries: &[Query], joint: &str) -> fmt::Result {
    for (ordinal, query) in queries.iter().enumerate() {
        if ordinal > 0 {
            f.write_str(joint)?;
        }
        write_operand(f, query, |query| {
            !matches!(query, Query::And(_) | Query::Or(_))
        })?;
    }
    Ok(())
}

/// Writes an AND; a word that would be optional without it has a `+`.
fn write_all(f: &mut Formatter<'_>, queries: &[Query]) -> fmt::Result {
    let may_be_optional = has_needed(queries);
    for (ordinal, query) in queries.iter().enumerate() {
        if ordinal > 0 {
            f.write_str(" AND ")?;
        }
        match query {
            Query::Word(word) if may_be_optional && !word.is_optional && joins_or_asks(word) => {
                write!(f, "+{word}")?;
            }
            query => write_operand(f, query, |query| {
                !matches!(query, Query::And(_) | Query::Or(_))
            })?,
        }
    }
    Ok(())
}

/// Hundredths as a decimal number.
struct Decimal(u32);

impl Display for Decimal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        match (rest, rest % 10) {
            (0, _) => write!(f, "{whole}"),
            (_, 0) => write!(f, "{whole}.{}", rest / 10),
            _ => write!(f, "{whole}.{rest:02}"),
        }
    }
}

impl Display for Word {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.reading {
            WordMode::Exact => write!(f, "={}", self.text),
            WordMode::Cased => write!(f, "=={}", self.text),
            _ => write_unmarked(f, self),
        }
    }
}

/// Writes a word without the marks that a whole phrase can have.
fn write_unmarked(f: &mut Formatter<'_>, word: &Word) -> fmt::Result {
    match word.reading {
        WordMode::Fuzzy { max_edits } => write!(f, "{}~{max_edits}", word.text),
        WordMode::Regex => write!(f, "/{}/", word.text),
        _ => f.write_str(&word.text),
    }
}

impl Phrase {
    /// Returns the reading that all its words have, those with marks of their own aside.
    fn common_reading(&self) -> WordMode {
        let mut words = self.slots.iter().flat_map(|slot| match slot {
            PhraseSlot::OneOf(words) => words.as_slice(),
            PhraseSlot::Any => &[],
        });
        let is_pattern =
            |word: &&Word| matches!(word.reading, WordMode::Wildcard | WordMode::Fuzzy { .. });
        let Some(first) = words.clone().find(|word| !is_pattern(word)) else {
            return WordMode::Inflected;
        };
        // A pattern would be asked for its capitals.
        let is_cased = first.reading == WordMode::Cased;
        if words.all(|word| (is_pattern(&word) && !is_cased) || word.reading == first.reading) {
            first.reading
        } else {
            WordMode::Inflected
        }
    }
}

impl Display for Phrase {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let common = self.common_reading();
        f.write_str(match common {
            WordMode::Exact => "=\"",
            WordMode::Cased => "==\"",
            _ => "\"",
        })?;
        let mut ends_in_digit = false;
        for (ordinal, slot) in self.slots.iter().enumerate() {
            let shown = SlotText { slot, common }.to_string();
            if ordinal > 0 {
                // Two numbers with a space between them may be one: 1 000.
                let is_number = shown.starts_with(|c: char| c.is_ascii_digit());
                f.write_str(if ends_in_digit && is_number {
                    ", "
                } else {
                    " "
                })?;
            }
            f.write_str(&shown)?;
            ends_in_digit = shown.ends_with(|c: char| c.is_ascii_digit());
        }
        f.write_str("\"")?;
        match self.max_others {
            Some(others) => write!(f, "~{others}"),
            None => Ok(()),
        }
    }
}

/// A slot of a phrase whose words have a common reading.
struct SlotText<'a> {
    slot: &'a PhraseSlot,
    common: WordMode,
}

impl Display for SlotText<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let write_word = |f: &mut Formatter<'_>, word: &Word| {
            if word.reading == self.common {
                write_unmarked(f, word)
            } else {
                word.fmt(f)
            }
        };
        match self.slot {
            PhraseSlot::Any => f.write_str("*"),
            PhraseSlot::OneOf(words) if words.len() == 1 => write_word(f, &words[0]),
            PhraseSlot::OneOf(words) => {
                for (ordinal, word) in words.iter().enumerate() {
                    f.write_str(if ordinal == 0 { "(" } else { "|" })?;
                    write_word(f, word)?;
                }
                f.write_str(")")
            }
        }
    }
}

impl Display for ColumnQuery {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mark = match self.fit {
            ValueFit::Words => "",
            ValueFit::Whole => "=",
            ValueFit::Literal => {
                let value = self.value.replace('\\', "\\\\").replace('"', "\\\"");
                return write!(f, "{}:==\"{value}\"", self.column.name());
            }
        };
        write!(f, "{}:{mark}", self.column.name())?;
        let value = self.value.as_str();
        let is_plain = |c: char| !c.is_whitespace() && !"()|".contains(c);
        let is_first = |c: char| c.is_alphanumeric() || "./*".contains(c);
        let is_bare = value.chars().all(is_plain)
            && value.starts_with(is_first)
            && without_weight(value) == value
            && !is_pattern(self.column, value);
        if is_bare {
            f.write_str(&self.value)
        } else if value.ends_with('\\') {
            // It would take the meaning from a quote.
            write!(f, "({value} )")
        } else if self.value.contains('"') {
            write!(f, "«{}»", self.value)
        } else {
            write!(f, "\"{}\"", self.value)
        }
    }
}
