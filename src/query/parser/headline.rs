//! Headlines pasted in capitals (`ЦЕ НЕ ВІЙНА`).

use crate::query::lexer::lexeme::{LexemeKind, WordOperators};
use crate::query::lexer::{is_word_in_headlines, lex};
use crate::query::options::ParseOptions;

/// Returns whether all words of a query are in capitals; names of fields and their values are none.
pub(crate) fn is_in_capitals(text: &str, options: &ParseOptions) -> bool {
    let are_capitals =
        |text: &str| text.contains(char::is_uppercase) && !text.contains(char::is_lowercase);
    if are_capitals(text) {
        return true;
    }
    if !text.contains(':') || !text.contains(char::is_uppercase) {
        return false;
    }
    lex(text, options, WordOperators::All).is_ok_and(|lexed| {
        let words = lexed
            .lexemes
            .iter()
            .filter(|lexeme| matches!(lexeme.kind, LexemeKind::Word(_) | LexemeKind::Phrase(_)));
        let words: String = words.map(|word| word.range.of(text)).collect();
        are_capitals(&words)
    })
}

/// Returns whether a headline has words that would be operators elsewhere.
pub(crate) fn has_operators(text: &str) -> bool {
    text.split_whitespace().any(is_word_in_headlines)
}
