//! The tree of a query as plain data, for people and programs that want to see how it was read.

use crate::locale::Locale;
use crate::query::ast::{PhraseSlot, Query, ValueFit, Word, WordMode};
use crate::query::diagnostics::error::QueryError;
use crate::query::diagnostics::notice::Notice;
use crate::query::options::ParseOptions;
use crate::query::parse::parse;
use crate::text::{ByteRange, char_count};
use serde::Serialize;

/// A part of a query with the parts below it; what does not belong to its kind is null.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QueryNode {
    /// What it is: `word`, `phrase`, `any_word`, `near`, `pre`, `not_near`, `sentence`,
    /// `paragraph`, `at_least`, `in`, `column`, `date`, `boost`, `and`, `or`, `not`, `one_of`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The word, pattern or value.
    pub text: Option<String>,
    /// How a word is read: `inflected`, `exact`, `cased`, `fuzzy`, `wildcard`, `regex`.
    pub reading: Option<&'static str>,
    /// Whether an article need not have this word.
    pub optional: Option<bool>,
    /// The number of the operator: of words, mentions, slips or other words between.
    pub number: Option<u8>,
    /// The weight of a boost.
    pub factor: Option<f64>,
    /// The field.
    pub field: Option<&'static str>,
    /// Whether a value must be this as a whole.
    pub whole: Option<bool>,
    /// Whether it must be this character by character.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub literal: Option<bool>,
    /// The first day of a date.
    pub first_day: Option<String>,
    /// The last day of a date.
    pub last_day: Option<String>,
    /// Where it stands, in bytes of the query.
    pub bytes: ByteRange,
    /// Where it stands, in characters of the query.
    pub chars: ByteRange,
    /// What it is made of.
    pub children: Vec<QueryNode>,
}

impl QueryNode {
    /// Makes the tree of `query`, which stood in `text`.
    pub fn of(query: &Query, text: &str) -> Self {
        Builder { text }.node(query)
    }
}

struct Builder<'a> {
    text: &'a str,
}

impl Builder<'_> {
    fn empty(&self, kind: &'static str, bytes: ByteRange) -> QueryNode {
        let chars_before = |end: usize| char_count(ByteRange::new(0, end).of(self.text));
        QueryNode {
            kind,
            text: None,
            reading: None,
            optional: None,
            number: None,
            factor: None,
            field: None,
            whole: None,
            literal: None,
            first_day: None,
            last_day: None,
            bytes,
            chars: ByteRange::new(chars_before(bytes.start), chars_before(bytes.end)),
            children: Vec::new(),
        }
    }

    fn node(&self, query: &Query) -> QueryNode {
        let node = |kind| self.empty(kind, query.range());
        let parent = |kind, queries: &[&Query]| QueryNode {
            children: queries.iter().map(|query| self.node(query)).collect(),
            ..node(kind)
        };
        match query {
            Query::Word(word) => self.word(word),
            Query::Phrase(phrase) => QueryNode {
                number: phrase.max_others,
                children: phrase
                    .slots
                    .iter()
                    .map(|slot| self.slot(slot, query))
                    .collect(),
                ..node("phrase")
            },
            Query::Near(near) => {
                use crate::query::ast::Distance as D;
                let (kind, number) = match near.distance {
                    D::Near(n) => ("near", Some(n)),
                    D::Pre(n) => ("pre", Some(n)),
                    D::NotNear(n) => ("not_near", Some(n)),
                    D::Sentence => ("sentence", None),
                    D::Paragraph => ("paragraph", None),
                };
                QueryNode {
                    number,
                    ..parent(kind, &[&near.left, &near.right])
                }
            }
            Query::AtLeast { count, query, .. } => QueryNode {
                number: Some(*count),
                ..parent("at_least", &[query])
            },
            Query::In { part, query, .. } => QueryNode {
                field: Some(part.name()),
                ..parent("in", &[query])
            },
            Query::Column(column) => QueryNode {
                field: Some(column.column.name()),
                text: Some(column.value.clone()),
                whole: Some(column.fit != ValueFit::Words),
                literal: (column.fit == ValueFit::Literal).then_some(true),
                ..node("column")
            },
            Query::Published { days, .. } => QueryNode {
                first_day: days.first.map(|day| day.to_string()),
                last_day: days.last.map(|day| day.to_string()),
                ..node("date")
            },
            Query::Boost { hundredths, query } => QueryNode {
                factor: Some(f64::from(*hundredths) / 100.0),
                ..parent("boost", &[query])
            },
            Query::And(queries) => parent("and", &queries.iter().collect::<Vec<_>>()),
            Query::Or(queries) => parent("or", &queries.iter().collect::<Vec<_>>()),
            Query::Not(query) => parent("not", &[query]),
        }
    }

    fn word(&self, word: &Word) -> QueryNode {
        let (reading, number) = match word.reading {
            WordMode::Inflected => ("inflected", None),
            WordMode::Exact => ("exact", None),
            WordMode::Cased => ("cased", None),
            WordMode::Fuzzy { max_edits } => ("fuzzy", Some(max_edits)),
            WordMode::Wildcard => ("wildcard", None),
            WordMode::Regex => ("regex", None),
        };
        QueryNode {
            text: Some(word.text.clone()),
            reading: Some(reading),
            optional: Some(word.is_optional),
            number,
            ..self.empty("word", word.place.0)
        }
    }

    fn slot(&self, slot: &PhraseSlot, phrase: &Query) -> QueryNode {
        match slot {
            PhraseSlot::Any => self.empty("any_word", phrase.range()),
            PhraseSlot::OneOf(words) if words.len() == 1 => self.word(&words[0]),
            PhraseSlot::OneOf(words) => QueryNode {
                children: words.iter().map(|word| self.word(word)).collect(),
                ..self.empty("one_of", phrase.range())
            },
        }
    }
}

/// The version of the query language. It grows when a query that was understood before is
/// understood otherwise.
pub const GRAMMAR_VERSION: u32 = 2;

/// The version of the shape of [`ParseReport`]. Within a version fields are only added.
pub const PARSE_VERSION: u32 = 1;

/// How a query was understood. Its JSON is described by `index-schema/parse.v1.schema.json`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ParseReport {
    /// [`PARSE_VERSION`].
    pub schema_version: u32,
    /// [`GRAMMAR_VERSION`].
    pub grammar_version: u32,
    /// The query as it was typed.
    pub query: String,
    /// The query as it was understood; parsed again it gives the same tree.
    pub understood: String,
    /// Its parts.
    pub tree: QueryNode,
    /// What to know about the reading.
    pub notices: Vec<Notice>,
}

impl ParseReport {
    /// Parses `text` and reports how it was understood.
    ///
    /// # Errors
    /// As [`parse`].
    pub fn of(text: &str, options: &ParseOptions, locale: Locale) -> Result<Self, QueryError> {
        let parsed = parse(text, options)?;
        Ok(Self {
            schema_version: PARSE_VERSION,
            grammar_version: GRAMMAR_VERSION,
            query: text.to_owned(),
            understood: parsed.query.to_string(),
            tree: QueryNode::of(&parsed.query, text),
            notices: parsed
                .warnings
                .iter()
                .map(|warning| warning.notice(locale))
                .collect(),
        })
    }
}
