//! Reads the structure of a query: NOT before AND before OR, parentheses before all.

use super::MatchMode;
use super::ast::Query;
use super::error::{QueryError, QueryProblem};
use super::lexer::{Lexeme, LexemeKind, lex};
use crate::text::ByteRange;
use serde::Serialize;

/// The longest query that is read, in bytes.
pub const MAX_QUERY_BYTES: usize = 16 << 10;
/// The deepest nesting of parentheses and NOTs.
pub const MAX_DEPTH: usize = 64;
/// The most words and phrases.
pub const MAX_WORDS: usize = 1_024;

/// Something the user should know that is no error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// A code that never changes its meaning.
    pub code: &'static str,
    /// The notice for people.
    pub message: String,
}

/// A query that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedQuery {
    /// What it means.
    pub query: Query,
    /// What to tell the user about the reading.
    pub notices: Vec<Notice>,
}

/// Parses `text`; words that no operator joins go together as `mode` says.
///
/// # Errors
/// See [`QueryProblem`]; ordinary prose gives none.
pub fn parse(text: &str, mode: MatchMode) -> Result<ParsedQuery, QueryError> {
    let whole = ByteRange::new(0, text.len());
    if text.len() > MAX_QUERY_BYTES {
        let problem = QueryProblem::TooLong {
            bytes: text.len(),
            limit_bytes: MAX_QUERY_BYTES,
        };
        return Err(QueryError {
            problem,
            range: whole,
        });
    }
    let mut notices = Vec::new();
    let lexemes = read_headline(lex(text)?, text, &mut notices);
    let word_count = lexemes.iter().filter(|lexeme| lexeme.is_operand()).count();
    if word_count == 0 {
        return Err(QueryError {
            problem: QueryProblem::Empty,
            range: whole,
        });
    }
    if word_count > MAX_WORDS {
        return Err(QueryError {
            problem: QueryProblem::TooManyWords { limit: MAX_WORDS },
            range: whole,
        });
    }
    let mut parser = Parser {
        text,
        lexemes: &lexemes,
        next: 0,
        mode,
        depth: 0,
    };
    let query = parser.or()?;
    if let Some(lexeme) = parser.peek() {
        return Err(QueryError {
            problem: QueryProblem::UnopenedParenthesis,
            range: lexeme.range,
        });
    }
    if !has_positive(&query) {
        return Err(QueryError {
            problem: QueryProblem::OnlyNegative,
            range: whole,
        });
    }
    Ok(ParsedQuery { query, notices })
}

impl Lexeme {
    fn is_operand(&self) -> bool {
        matches!(self.kind, LexemeKind::Word(..) | LexemeKind::Phrase(..))
    }
}

/// In a headline pasted in capitals (`ЦЕ НЕ ВІЙНА`) the Ukrainian operators are words.
fn read_headline(lexemes: Vec<Lexeme>, text: &str, notices: &mut Vec<Notice>) -> Vec<Lexeme> {
    let is_upper = |text: &str| !text.chars().any(char::is_lowercase);
    let is_cyrillic_operator = |lexeme: &Lexeme| {
        let word = lexeme.range.of(text);
        !lexeme.is_operand()
            && word
                .chars()
                .next()
                .is_some_and(|c| c.is_alphabetic() && !c.is_ascii())
    };
    let words: Vec<&str> = lexemes
        .iter()
        .filter(|lexeme| lexeme.is_operand())
        .map(|lexeme| lexeme.range.of(text))
        .collect();
    let is_headline = words.iter().all(|word| is_upper(word))
        && words
            .iter()
            .any(|word| word.chars().any(char::is_uppercase));
    if !is_headline || !lexemes.iter().any(is_cyrillic_operator) {
        return lexemes;
    }
    notices.push(Notice {
        code: "N011",
        message: "all words are in capitals, so І, ТА, АБО and НЕ were read as words; use AND, OR, NOT for operators".to_owned(),
    });
    let reread = |lexeme: Lexeme| {
        if is_cyrillic_operator(&lexeme) {
            let word = lexeme.range.of(text).to_owned();
            Lexeme {
                kind: LexemeKind::Word(word, super::Exactness::Inflected),
                ..lexeme
            }
        } else {
            lexeme
        }
    };
    lexemes.into_iter().map(reread).collect()
}

struct Parser<'a> {
    text: &'a str,
    lexemes: &'a [Lexeme],
    next: usize,
    mode: MatchMode,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Lexeme> {
        self.lexemes.get(self.next)
    }

    fn peek_kind(&self) -> Option<&LexemeKind> {
        self.peek().map(|lexeme| &lexeme.kind)
    }

    fn or(&mut self) -> Result<Query, QueryError> {
        let mut queries = vec![self.sequence()?];
        while self.peek_kind() == Some(&LexemeKind::Or) {
            self.next += 1;
            queries.push(self.sequence()?);
        }
        Ok(join(queries, Query::Or))
    }

    /// Reads queries side by side; those that AND joins are one.
    fn sequence(&mut self) -> Result<Query, QueryError> {
        let mut groups = vec![vec![self.unary()?]];
        loop {
            match self.peek_kind() {
                None | Some(LexemeKind::Or | LexemeKind::Close) => break,
                Some(LexemeKind::And) => {
                    self.next += 1;
                    let query = self.unary()?;
                    if let Some(group) = groups.last_mut() {
                        group.push(query);
                    }
                }
                Some(_) => groups.push(vec![self.unary()?]),
            }
        }
        Ok(match self.mode {
            MatchMode::All => join(groups.into_iter().flatten().collect(), Query::And),
            MatchMode::Any => any_of(
                groups
                    .into_iter()
                    .map(|group| join(group, Query::And))
                    .collect(),
            ),
        })
    }

    fn unary(&mut self) -> Result<Query, QueryError> {
        let Some(lexeme) = self.peek().cloned() else {
            return Err(self.missing_operand(self.next));
        };
        if self.depth >= MAX_DEPTH {
            return Err(QueryError {
                problem: QueryProblem::TooDeep { limit: MAX_DEPTH },
                range: lexeme.range,
            });
        }
        self.next += 1;
        let range = lexeme.range;
        match lexeme.kind {
            LexemeKind::Word(text, exactness) => Ok(Query::Word {
                text,
                exactness,
                range,
            }),
            LexemeKind::Phrase(text, exactness) => Ok(Query::Phrase {
                text,
                exactness,
                range,
            }),
            LexemeKind::Not => {
                self.depth += 1;
                let query = self.unary()?;
                self.depth -= 1;
                Ok(Query::Not(Box::new(query)))
            }
            LexemeKind::Open => {
                self.depth += 1;
                let query = self.or()?;
                self.depth -= 1;
                if self.peek_kind() != Some(&LexemeKind::Close) {
                    return Err(QueryError {
                        problem: QueryProblem::UnclosedParenthesis,
                        range,
                    });
                }
                self.next += 1;
                Ok(query)
            }
            LexemeKind::And | LexemeKind::Or | LexemeKind::Close => {
                Err(self.missing_operand(self.next - 1))
            }
        }
    }

    /// Tells which operator lacks the word that should stand at lexeme number `at`.
    fn missing_operand(&self, at: usize) -> QueryError {
        let previous = at
            .checked_sub(1)
            .and_then(|before| self.lexemes.get(before));
        let here = self.lexemes.get(at);
        if let Some(open) = previous.filter(|lexeme| lexeme.kind == LexemeKind::Open) {
            let problem = if here.is_none() {
                QueryProblem::UnclosedParenthesis
            } else {
                QueryProblem::Empty
            };
            return QueryError {
                problem,
                range: open.range,
            };
        }
        let (lexeme, side) = match (previous, here) {
            (Some(operator), _) => (operator, "after"),
            (None, Some(operator)) => (operator, "before"),
            (None, None) => {
                return QueryError {
                    problem: QueryProblem::Empty,
                    range: ByteRange::new(0, self.text.len()),
                };
            }
        };
        if lexeme.kind == LexemeKind::Close {
            return QueryError {
                problem: QueryProblem::UnopenedParenthesis,
                range: lexeme.range,
            };
        }
        let operator = lexeme.range.of(self.text).to_owned();
        QueryError {
            problem: QueryProblem::MissingOperand { operator, side },
            range: lexeme.range,
        }
    }
}

fn join(mut queries: Vec<Query>, all: fn(Vec<Query>) -> Query) -> Query {
    if queries.len() == 1 {
        queries.remove(0)
    } else {
        all(queries)
    }
}

/// Any of the queries; but what is excluded stays excluded.
fn any_of(queries: Vec<Query>) -> Query {
    let (excluded, wanted): (Vec<_>, Vec<_>) = queries
        .into_iter()
        .partition(|query| matches!(query, Query::Not(_)));
    if wanted.is_empty() {
        return join(excluded, Query::And);
    }
    let mut all = vec![join(wanted, Query::Or)];
    all.extend(excluded);
    join(all, Query::And)
}

/// Tells whether every way to match a query asks for a word to be there.
fn has_positive(query: &Query) -> bool {
    match query {
        Query::Word { .. } | Query::Phrase { .. } => true,
        Query::And(queries) => queries.iter().any(has_positive),
        Query::Or(queries) => queries.iter().all(has_positive),
        Query::Not(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tree(text: &str) -> String {
        parse(text, MatchMode::All).unwrap().query.to_string()
    }

    fn code(text: &str) -> &'static str {
        parse(text, MatchMode::All).unwrap_err().problem.code()
    }

    #[test]
    fn words_side_by_side_must_all_be_there() {
        assert_eq!(tree("гарантії безпеки"), "гарантії AND безпеки");
        assert_eq!(
            tree("гарантії AND безпеки І НАТО"),
            "гарантії AND безпеки AND НАТО"
        );
    }

    #[test]
    fn not_binds_before_and_and_and_before_or() {
        assert_eq!(tree("а б АБО в НЕ г"), "(а AND б) OR (в AND NOT г)");
        assert_eq!(tree("а (б | в) -г"), "а AND (б OR в) AND NOT г");
        assert_eq!(tree("а НЕ (б в)"), "а AND NOT (б AND в)");
    }

    #[test]
    fn any_of_the_words_will_do_in_that_mode_but_exclusions_hold() {
        let tree = |text| parse(text, MatchMode::Any).unwrap().query.to_string();
        assert_eq!(tree("гарантії безпеки"), "гарантії OR безпеки");
        assert_eq!(
            tree("гарантії безпеки -реклама"),
            "(гарантії OR безпеки) AND NOT реклама"
        );
        assert_eq!(tree("а AND б в"), "(а AND б) OR в");
    }

    #[test]
    fn a_headline_in_capitals_has_no_ukrainian_operators() {
        let parsed = parse("ЦЕ НЕ ВІЙНА", MatchMode::All).unwrap();
        assert_eq!(parsed.query.to_string(), "ЦЕ AND НЕ AND ВІЙНА");
        assert_eq!(parsed.notices[0].code, "N011");
        assert_eq!(tree("ЦЕ НЕ війна"), "ЦЕ AND NOT війна");
    }

    #[test]
    fn each_mistake_has_its_code_and_its_place() {
        assert_eq!(code(""), "Q101");
        assert_eq!(code(" ?! "), "Q101");
        assert_eq!(code("-слово"), "Q102");
        assert_eq!(code("а АБО НЕ б"), "Q102");
        assert_eq!(code("(а б"), "Q103");
        assert_eq!(code("а ("), "Q103");
        assert_eq!(code("\"а б"), "Q104");
        assert_eq!(code("а) б"), "Q105");
        assert_eq!(code("а OR"), "Q120");
        assert_eq!(code("OR а"), "Q120");
        assert_eq!(code("==Слово"), "Q190");
        assert_eq!(code(&"а".repeat(20_000)), "Q901");
        assert_eq!(
            code(&format!("{}а{}", "(".repeat(100), ")".repeat(100))),
            "Q902"
        );
        assert_eq!(code(&"а ".repeat(2_000)), "Q903");
        let text = "мир (і безпека";
        assert_eq!(parse(text, MatchMode::All).unwrap_err().range.of(text), "(");
    }

    proptest! {
        #[test]
        fn any_text_is_understood_or_refused_without_panic(text in "\\PC{0,40}|[а-яA-ZІТАНЕ \"«»()|&=-]{0,40}") {
            for mode in [MatchMode::All, MatchMode::Any] {
                if let Err(error) = parse(&text, mode) {
                    prop_assert!(text.get(error.range.start..error.range.end).is_some());
                }
            }
        }

        #[test]
        fn a_printed_query_parses_to_the_same_query(text in "([а-яі]{1,5}|=[а-я]{2,4}|\"[а-я]{1,3} [а-я]{1,3}\"|-[а-я]{2,3}|AND|OR|NOT|\\(|\\)){1}( ([а-яі]{1,5}|=[а-я]{2,4}|-[а-я]{2,3}|AND|АБО|НЕ|\\(|\\))){0,8}") {
            if let Ok(parsed) = parse(&text, MatchMode::All) {
                let printed = parsed.query.to_string();
                let again = parse(&printed, MatchMode::All).map(|parsed| parsed.query.to_string());
                prop_assert_eq!(again.as_ref(), Ok(&printed));
            }
        }
    }
}
