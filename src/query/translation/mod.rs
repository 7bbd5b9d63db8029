//! Queries of other systems in our language, for those who bring saved searches along.
//!
//! | step | file |
//! |---|---|
//! | read what the other system would understand | `lucene`, `manticore`, `lexis` and `factiva`; the latter two by the rules of `connectors`, cut into `tokens` |
//! | … a text from left to right | `source` |
//! | … its fields and dates | `names`, `days` |
//! | put it together | `expression` |
//! | escape what would mean something else here | `words` |
//! | report what has no counterpart here | `untranslatable` |
//!
//! What comes out is parsed by [`parse()`], so that it keeps the rules of our language. What our
//! language lacks is an error; a notice says what it counts differently.

mod connectors;
mod days;
mod expression;
mod factiva;
mod lexis;
mod lucene;
mod manticore;
mod names;
mod source;
mod tokens;
mod untranslatable;
mod words;

use crate::locale::Locale;
use crate::query::ast::Query;
use crate::query::diagnostics::error::{QueryError, QueryProblem};
use crate::query::diagnostics::notice::{Notice, Warning};
use crate::query::options::ParseOptions;
use crate::query::parse::{MAX_QUERY_BYTES, parse};
use crate::query::parser::parsed::ParsedQuery;
use crate::query::tree::GRAMMAR_VERSION;
use crate::text::ByteRange;
use jiff::civil;
use serde::Serialize;

/// A language of queries that is not ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Lucene's classic syntax: Elasticsearch's `query_string`, Datashare, Aleph.
    Lucene,
    /// The syntax of Manticore and Sphinx.
    Manticore,
    /// The terms and connectors of Lexis and Nexis.
    Lexis,
    /// Factiva's free text.
    Factiva,
}

impl Dialect {
    /// Returns the name that people write.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lucene => "lucene",
            Self::Manticore => "manticore",
            Self::Lexis => "lexis",
            Self::Factiva => "factiva",
        }
    }
}

/// A query in our language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// The query as it can be typed. Relative dates are still relative.
    pub text: String,
    /// What that means.
    pub query: Query,
    /// Where it does not find quite the same as the original.
    pub warnings: Vec<Warning>,
}

/// Translates `text` from `dialect`; `today` is the day that its relative dates are seen from.
///
/// # Errors
/// Where the other system would not understand it either, where our language has no counterpart,
/// and where the translation breaks a rule of ours. Ranges are bytes of `text`.
///
/// ```
/// use shukach::query::translation::{Dialect, translate};
///
/// let today = jiff::civil::date(2026, 3, 18);
/// let translation = translate("гаранті! w/5 безпек!", Dialect::Lexis, today).unwrap();
/// assert_eq!(translation.text, "гаранті* NEAR/5 безпек*");
/// ```
pub fn translate(
    text: &str,
    dialect: Dialect,
    today: civil::Date,
) -> Result<Translation, QueryError> {
    let range = ByteRange::new(0, text.len());
    let whole = |problem| QueryError { problem, range };
    if text.len() > MAX_QUERY_BYTES {
        return Err(whole(QueryProblem::TooLong {
            bytes: text.len(),
            limit_bytes: MAX_QUERY_BYTES,
        }));
    }
    let mut warnings = Vec::new();
    let expression = match dialect {
        Dialect::Lucene => lucene::read(text, &mut warnings),
        Dialect::Manticore => manticore::read(text, &mut warnings),
        Dialect::Lexis => lexis::read(text, &mut warnings),
        Dialect::Factiva => factiva::read(text, &mut warnings),
    }?;
    let expression = expression.ok_or_else(|| whole(QueryProblem::Empty))?;
    let mut text = expression.to_string();
    let parsed = checked(&text, today, &mut warnings).map_err(whole)?;
    let here = parse(&text, &options(today));
    if here.is_ok_and(|here| here.query != parsed.query) {
        // The other system requires words that are optional here: they get a `+`.
        text = parsed.query.to_string();
    }
    let is_of_mixed = |warning: &Warning| matches!(warning, Warning::MixedOperators { .. });
    warnings.extend(
        parsed
            .warnings
            .into_iter()
            .filter(|warning| !is_of_mixed(warning)),
    );
    Ok(Translation {
        text,
        query: parsed.query,
        warnings,
    })
}

/// Returns how a translation is read where nothing is refused for its cost.
fn options(today: civil::Date) -> ParseOptions {
    ParseOptions {
        allows_leading: true,
        allows_negation: true,
        ..ParseOptions::new(today)
    }
}

/// Parses a translation, all of whose words are required; adds to `warnings` which flags it needs
/// to mean the same.
fn checked(
    text: &str,
    today: civil::Date,
    warnings: &mut Vec<Warning>,
) -> Result<ParsedQuery, QueryProblem> {
    let all = ParseOptions {
        has_strict_words: true,
        ..options(today)
    };
    let parsed = parse(text, &all).map_err(|error| error.problem)?;
    for (flag, without) in [
        (
            "--allow-leading",
            ParseOptions {
                allows_leading: false,
                ..all
            },
        ),
        (
            "--all",
            ParseOptions {
                allows_negation: false,
                ..all
            },
        ),
    ] {
        let again = parse(text, &without);
        if again.is_ok_and(|again| again.query == parsed.query) {
            continue;
        }
        warnings.push(Warning::Needs { flag });
    }
    Ok(parsed)
}

/// The version of the shape of [`TranslationReport`]. Within a version fields are only added.
pub const TRANSLATION_VERSION: u32 = 1;

/// How a query was translated. Its JSON is described by `index-schema/translation.v1.schema.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TranslationReport {
    /// [`TRANSLATION_VERSION`].
    pub schema_version: u32,
    /// [`GRAMMAR_VERSION`].
    pub grammar_version: u32,
    /// The name of the language that it was written in.
    pub from: &'static str,
    /// The query as it was typed.
    pub query: String,
    /// The query in our language.
    pub translation: String,
    /// Where it does not find quite the same.
    pub notices: Vec<Notice>,
}

impl TranslationReport {
    /// Translates `text` as [`translate`] does.
    ///
    /// # Errors
    /// Those of [`translate`].
    pub fn of(
        text: &str,
        dialect: Dialect,
        today: civil::Date,
        locale: Locale,
    ) -> Result<Self, QueryError> {
        let translation = translate(text, dialect, today)?;
        let warnings = translation.warnings.iter();
        Ok(Self {
            schema_version: TRANSLATION_VERSION,
            grammar_version: GRAMMAR_VERSION,
            from: dialect.name(),
            query: text.to_owned(),
            notices: warnings.map(|warning| warning.notice(locale)).collect(),
            translation: translation.text,
        })
    }
}
