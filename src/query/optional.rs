//! Words that a conjunction asks for only to lift the articles that have them.
//!
//! Whoever types `переговори між Україною та Росією` wants articles about such talks, also where
//! they say `переговори України з Росією`. So words of closed classes are optional beside others.

use crate::analysis::language::closed_classes::is_closed_class;
use crate::analysis::words::tokenizer::forms_of;
use crate::query::ast::{Query, Word, WordMode};

/// Returns whether `word` is of a closed class and may stand in any form.
pub(crate) fn joins_or_asks(word: &Word) -> bool {
    let are_closed =
        |forms: &[String]| !forms.is_empty() && forms.iter().all(|form| is_closed_class(form));
    word.reading == WordMode::Inflected && are_closed(&forms_of(&word.text))
}

/// Returns whether one of the parts of a conjunction asks for words that it needs.
pub(crate) fn has_needed(queries: &[Query]) -> bool {
    queries.iter().any(needs_words)
}

fn needs_words(query: &Query) -> bool {
    match query {
        Query::Word(word) => !joins_or_asks(word),
        Query::Phrase(_) | Query::Near(_) | Query::AtLeast { .. } => true,
        Query::In { query, .. } | Query::Boost { query, .. } => needs_words(query),
        Query::And(queries) => has_needed(queries),
        Query::Or(queries) => queries.iter().all(needs_words),
        Query::Column(_) | Query::Published { .. } | Query::Not(_) => false,
    }
}

/// Makes a word that a conjunction does not need optional.
pub(crate) fn make_optional(word: &mut Word) {
    word.is_optional = true;
    // In capitals it would be required where the query is printed: `WHO`.
    word.text = word.text.to_lowercase();
}

/// Makes all words of `query` required.
pub(crate) fn require(query: &mut Query) {
    match query {
        Query::Word(word) => word.is_optional = false,
        Query::And(queries) | Query::Or(queries) => queries.iter_mut().for_each(require),
        Query::Near(near) => {
            require(&mut near.left);
            require(&mut near.right);
        }
        Query::AtLeast { query, .. }
        | Query::In { query, .. }
        | Query::Boost { query, .. }
        | Query::Not(query) => require(query),
        Query::Phrase(_) | Query::Column(_) | Query::Published { .. } => {}
    }
}

/// Returns the optional words of `query` in its order, each once.
pub(crate) fn optional_words(query: &Query) -> Vec<String> {
    let mut words = Vec::new();
    query.for_each_word(&mut |word| {
        if word.is_optional && !words.contains(&word.text) {
            words.push(word.text.clone());
        }
    });
    words
}
