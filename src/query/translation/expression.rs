//! The syntax tree of a translated query.

use std::fmt::{self, Display, Formatter};

/// A query or a part of one, of pieces that are written in our language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Expression {
    /// A condition that stands for itself: a date, a value of a field.
    Condition(String),
    /// A word, or words in a row.
    Row(Vec<String>),
    /// All or any of these.
    Joined(Joint, Vec<Self>),
    /// Not this.
    Not(Box<Self>),
    /// Two parts with an operator on distances between them.
    Near(String, Box<[Self; 2]>),
    /// A phrase whose words may stand apart, or that is read in another way: what stands before its
    /// quotes, the words, what stands behind.
    Phrase(&'static str, Vec<String>, String),
    /// What stands before a part, as a number of mentions does.
    Before(String, Box<Self>),
    /// Only in one of these parts of an article.
    In(Parts, Box<Self>),
    /// The same with a weight.
    Weighed(Box<Self>, String),
}

/// Parts of an article, by the names of their fields; at least one.
pub(crate) type Parts = Vec<&'static str>;

/// How parts of a query are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joint {
    /// All must be there.
    And,
    /// One must be there.
    Or,
}

impl Expression {
    /// Joins two parts.
    pub(crate) fn join(self, joint: Joint, other: Self) -> Self {
        Self::join_all(joint, vec![self, other])
    }

    /// Joins parts; there is at least one.
    pub(crate) fn join_all(joint: Joint, parts: Vec<Self>) -> Self {
        let mut all = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::Joined(other, parts) if other == joint => all.extend(parts),
                part => all.push(part),
            }
        }
        match all.pop() {
            Some(only) if all.is_empty() => only,
            last => {
                all.extend(last);
                Self::lifted(all, |all| Self::Joined(joint, all))
            }
        }
    }

    /// Joins two parts by an operator on distances.
    pub(crate) fn near(self, operator: impl Into<String>, other: Self) -> Self {
        let operator = operator.into();
        Self::lifted(vec![self, other], |both| {
            match <[Self; 2]>::try_from(both) {
                Ok(both) => Self::Near(operator, Box::new(both)),
                Err(all) => Self::Joined(Joint::And, all),
            }
        })
    }

    /// Makes one of several; where all are asked for in the same parts of an article, so is what is
    /// made of them.
    fn lifted(all: Vec<Self>, make: impl FnOnce(Vec<Self>) -> Self) -> Self {
        let Some(Self::In(parts, _)) = all.first() else {
            return make(all);
        };
        let parts = parts.clone();
        let is_there = |part: &Self| matches!(part, Self::In(others, _) if *others == parts);
        if !all.iter().all(is_there) {
            return make(all);
        }
        let inner = all.into_iter().map(|part| match part {
            Self::In(_, inner) => *inner,
            other => other,
        });
        Self::In(parts, Box::new(make(inner.collect())))
    }

    /// Excludes `other`.
    pub(crate) fn without(self, other: Self) -> Self {
        self.join(Joint::And, Self::Not(Box::new(other)))
    }

    /// Says what stands before it.
    pub(crate) fn behind(self, before: impl Into<String>) -> Self {
        Self::Before(before.into(), Box::new(self))
    }

    /// Leaves only what stands in one of some parts of an article; all of them if none is given.
    /// What names a field itself stays.
    pub(crate) fn in_parts(self, parts: &[&'static str]) -> Self {
        match self {
            part if parts.is_empty() => part,
            Self::Not(part) => Self::Not(Box::new(part.in_parts(parts))),
            Self::Weighed(part, weight) if part.names_field() => {
                Self::Weighed(Box::new(part.in_parts(parts)), weight)
            }
            Self::Joined(joint, inner) if inner.iter().any(Self::names_field) => {
                let inner = inner.into_iter().map(|part| part.in_parts(parts));
                Self::join_all(joint, inner.collect())
            }
            part if part.names_field() => part,
            part => Self::In(parts.to_vec(), Box::new(part)),
        }
    }

    /// Returns what is looked for in several parts of an article, each word and phrase of it by
    /// itself, as we write it.
    fn in_each(&self, parts: &[&'static str]) -> Self {
        match self {
            Self::Joined(joint, inner) => {
                let inner = inner.iter().map(|part| part.in_each(parts));
                Self::Joined(*joint, inner.collect())
            }
            Self::Not(part) => Self::Not(Box::new(part.in_each(parts))),
            part => {
                let each = parts
                    .iter()
                    .map(|name| Self::In(vec![*name], Box::new(part.clone())));
                Self::Joined(Joint::Or, each.collect())
            }
        }
    }

    /// Returns the words of a phrase that stood in quotes. A word with marks would be several
    /// without them.
    pub(crate) fn quoted(words: Vec<String>) -> Self {
        match words.as_slice() {
            [word]
                if !word
                    .chars()
                    .all(|c| c.is_alphanumeric() || "'’".contains(c)) =>
            {
                Self::Phrase("", words, String::new())
            }
            _ => Self::Row(words),
        }
    }
}

impl Display for Expression {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Condition(text) => f.write_str(text),
            Self::Row(words) => match words.as_slice() {
                [word] => f.write_str(word),
                // A regular expression cannot stand in a phrase.
                words if has_regex(words) => write_apart(words, f),
                words => write!(f, "\"{}\"", words.join(" ")),
            },
            // A regular expression matches forms as they stand.
            Self::Phrase(_, words, _) if has_regex(words) => write_apart(words, f),
            Self::Phrase(before, words, behind) => {
                write!(f, "{before}\"{}\"{behind}", words.join(" "))
            }
            Self::Joined(joint, parts) => {
                let joint = match joint {
                    Joint::And => " AND ",
                    Joint::Or => " OR ",
                };
                for (ordinal, part) in parts.iter().enumerate() {
                    f.write_str(if ordinal == 0 { "" } else { joint })?;
                    part.write_beside(f, |part| !part.is_written_joined())?;
                }
                Ok(())
            }
            Self::Not(excluded) => {
                f.write_str("NOT ")?;
                excluded.write_beside(f, |part| part.is_one() || part.is_one_of_field())
            }
            Self::Near(operator, both) => {
                let [left, right] = both.as_ref();
                let is_chain = |part: &Self| part.is_one() || matches!(part, Self::Near(..));
                left.write_beside(f, is_chain)?;
                write!(f, " {operator} ")?;
                right.write_beside(f, Self::is_one)
            }
            Self::Before(before, part) => {
                f.write_str(before)?;
                part.write_beside(f, Self::is_one)
            }
            Self::In(parts, part) => match parts.as_slice() {
                [name] => {
                    write!(f, "{name}:")?;
                    part.write_beside(f, Self::is_one)
                }
                parts => part.in_each(parts).fmt(f),
            },
            Self::Weighed(part, weight) => {
                part.write_beside(f, |part| part.is_one() || part.is_one_of_field())?;
                write!(f, "^{weight}")
            }
        }
    }
}

impl Expression {
    /// Writes it beside an operator, in parentheses unless it stands alone.
    fn write_beside(
        &self,
        f: &mut Formatter<'_>,
        stands_alone: impl Fn(&Self) -> bool,
    ) -> fmt::Result {
        if stands_alone(self) {
            write!(f, "{self}")
        } else {
            write!(f, "({self})")
        }
    }

    /// Returns whether it is one word, phrase or condition.
    fn is_one(&self) -> bool {
        match self {
            Self::Condition(_) => true,
            Self::Phrase(_, words, _) | Self::Row(words) => words.len() == 1 || !has_regex(words),
            _ => false,
        }
    }

    /// Returns whether it is one word or phrase in a part of the article.
    fn is_one_of_field(&self) -> bool {
        matches!(self, Self::In(parts, part) if parts.len() == 1 && part.is_one())
    }

    /// Returns whether AND or OR stands in it outside parentheses.
    fn is_written_joined(&self) -> bool {
        match self {
            Self::Joined(..) => true,
            Self::In(parts, _) => parts.len() > 1,
            _ => false,
        }
    }

    /// Returns whether a field is named in it.
    fn names_field(&self) -> bool {
        match self {
            Self::Condition(_) | Self::In(..) => true,
            Self::Joined(_, parts) => parts.iter().any(Self::names_field),
            Self::Not(part) | Self::Weighed(part, _) | Self::Before(_, part) => part.names_field(),
            Self::Near(_, both) => both.iter().any(Self::names_field),
            Self::Row(_) | Self::Phrase(..) => false,
        }
    }

    /// Returns whether it is a condition, or has one in it that holds for all of it.
    pub(crate) fn is_condition(&self) -> bool {
        match self {
            Self::Condition(_) | Self::In(..) | Self::Before(..) => true,
            Self::Joined(_, parts) => parts.iter().any(Self::is_condition),
            _ => false,
        }
    }
}

/// Writes words in a row one behind the other; `*` is any word between them.
fn write_apart(words: &[String], f: &mut Formatter<'_>) -> fmt::Result {
    let mut distance = None;
    for word in words {
        if word == "*" {
            distance = distance.map(|distance: usize| distance + 1);
            continue;
        }
        if let Some(distance) = distance {
            write!(f, " PRE/{distance} ")?;
        }
        f.write_str(word)?;
        distance = Some(1);
    }
    Ok(())
}

fn has_regex(words: &[String]) -> bool {
    words.iter().any(|word| word.starts_with('/'))
}
