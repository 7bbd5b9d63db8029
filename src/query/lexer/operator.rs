//! Words that are operators, and where they are.

use crate::query::ast::Word;
use crate::query::lexer::lexeme::{LexemeKind, WordOperators};

/// Returns the word in lower case if it looks like an operator but was read as a word, so that the
/// printed query is read as a word again.
pub(crate) fn without_operator(word: Word) -> Word {
    Word {
        text: if is_word_operator(&word.text) {
            word.text.to_lowercase()
        } else {
            word.text
        },
        ..word
    }
}

/// Returns whether a word may be read as an operator.
pub(crate) fn is_word_operator(word: &str) -> bool {
    OPERATORS.contains(&word)
}

/// Returns whether a word that may be read as an operator is but a word in a headline in capitals.
pub(crate) fn is_word_in_headlines(word: &str) -> bool {
    is_word_operator(word) && operator(word, WordOperators::Headline).is_none()
}

/// Every operator that is a word.
const OPERATORS: [&str; 16] = [
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "PRE",
    "NOTNEAR",
    "ATLEAST",
    "І",
    "I",
    "ТА",
    "АБО",
    "НЕ",
    "БІЛЯ",
    "ПЕРЕД",
    "НЕБІЛЯ",
    "МІНІМУМ",
];

/// Returns the operator that `word` is.
pub(crate) fn operator(word: &str, operators: WordOperators) -> Option<LexemeKind> {
    let (kind, is_english) = match word {
        "AND" => (LexemeKind::And, true),
        "OR" => (LexemeKind::Or, true),
        "NOT" => (LexemeKind::Not, true),
        "І" | "I" | "ТА" => (LexemeKind::And, false),
        "АБО" => (LexemeKind::Or, false),
        "НЕ" => (LexemeKind::Not, false),
        _ => return None,
    };
    let is_operator = match operators {
        WordOperators::All => true,
        WordOperators::Headline => is_english,
        WordOperators::None => false,
    };
    is_operator.then_some(kind)
}
