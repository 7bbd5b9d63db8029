//! Conjunctions that join nothing, as in `І знову`, `Павло І` and `World War I`; parentheses
//! without a word, as in `10(!)`.

use crate::query::ast::{QueryRange, Word, WordMode};
use crate::query::diagnostics::notice::Warning;
use crate::query::lexer::lexeme::{Lexeme, LexemeKind};

/// Reads `І`, `I` and `&` as words, or leaves them out, where they join nothing.
pub(crate) fn settle_conjunctions(
    lexemes: Vec<Lexeme>,
    text: &str,
    warnings: &mut Vec<Warning>,
) -> Vec<Lexeme> {
    let mut settled: Vec<Lexeme> = Vec::with_capacity(lexemes.len());
    let mut rest = lexemes.into_iter().peekable();
    while let Some(mut lexeme) = rest.next() {
        let sign = lexeme.range.of(text);
        if lexeme.kind != LexemeKind::And || !matches!(sign, "І" | "I" | "&") {
            settled.push(lexeme);
            continue;
        }
        let left = settled
            .last()
            .filter(|left| left.kind.is_operand() || left.kind.ends_operand());
        let right = rest.peek().filter(|right| right.kind.begins_operand());
        let is_cyrillic = |lexeme: &Lexeme| lexeme.range.of(text).chars().any(is_cyrillic);
        let joins = match (left, right) {
            (Some(left), Some(right)) => sign != "I" || is_cyrillic(left) || is_cyrillic(right),
            _ => false,
        };
        let operator = sign.to_owned();
        if !joins && operator == "&" {
            warnings.push(Warning::Ignored { mark: operator });
            continue;
        }
        if !joins {
            lexeme.kind = LexemeKind::Word(Word {
                text: operator.to_lowercase(),
                reading: WordMode::Inflected,
                is_optional: false,
                place: QueryRange(lexeme.range),
            });
            if operator == "І" {
                warnings.push(Warning::OperatorAsWord { operator });
            }
        }
        settled.push(lexeme);
    }
    settled
}

fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..='\u{52f}').contains(&c)
}

impl LexemeKind {
    /// Returns whether it stands at the end of an operand that has other tokens before.
    fn ends_operand(&self) -> bool {
        matches!(self, Self::Close | Self::Boost(_))
    }

    /// Returns whether an operand may begin with it.
    fn begins_operand(&self) -> bool {
        self.is_operand()
            || matches!(
                self,
                Self::Open | Self::Not | Self::Must | Self::Field(_) | Self::AtLeast(_)
            )
    }
}

/// Leaves out parentheses around no word, as prose has them: `10(!) років`. Where there is nothing
/// else, or a field before them, they stay, to be reported.
pub(crate) fn without_empty_parentheses(lexemes: Vec<Lexeme>) -> Vec<Lexeme> {
    if !lexemes.iter().any(|lexeme| lexeme.kind.is_operand()) {
        return lexemes;
    }
    let mut kept: Vec<Lexeme> = Vec::with_capacity(lexemes.len());
    for lexeme in lexemes {
        let is_empty = lexeme.kind == LexemeKind::Close
            && kept
                .last()
                .is_some_and(|last| last.kind == LexemeKind::Open)
            && !matches!(
                kept.iter().rev().nth(1).map(|before| &before.kind),
                Some(LexemeKind::Field(_))
            );
        if is_empty {
            kept.pop();
        } else {
            kept.push(lexeme);
        }
    }
    kept
}
