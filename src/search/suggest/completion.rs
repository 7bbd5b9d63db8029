//! Words of the archive that begin as the last word of a query does.

use crate::analysis::Words;
use crate::search::request::SearchRequest;
use crate::search::response::RESPONSE_VERSION;
use crate::search::search_error::SearchError;
use crate::search::searcher::Searcher;
use crate::search::suggest::vocabulary::Vocabulary;
use crate::text::ByteRange;
use serde::Serialize;

/// The least length of a beginning, in letters; too many words begin like shorter ones.
const SHORTEST_LETTERS: usize = 2;

/// How a query may go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CompletionsResponse {
    /// [`RESPONSE_VERSION`].
    pub schema_version: u32,
    /// The query as it was typed.
    pub query: String,
    /// Words that begin as its last word does, the commonest first.
    pub completions: Vec<Completion>,
}

/// A word that the last one of a query may become.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Completion {
    /// The form, in small letters.
    pub word: String,
    /// The whole query with it.
    pub query: String,
    /// How many articles have the form in the part where it is commonest.
    pub articles: u64,
}

impl Searcher {
    /// Returns at most `limit` forms of the archive that begin as the last word of the query does.
    /// The query need not be a whole one. Costs a walk through the forms with that beginning.
    ///
    /// # Errors
    /// [`SearchError::Index`].
    pub fn completions(&self, request: &SearchRequest) -> Result<CompletionsResponse, SearchError> {
        let query = &request.query;
        let mut completions = Vec::new();
        if let Some((at, beginning)) = last_word(query) {
            let vocabulary = Vocabulary::new(&self.engine, &request.parts);
            let before = ByteRange::new(0, at).of(query);
            let found = vocabulary.beginning_with(&beginning, request.limit)?;
            completions.extend(found.into_iter().map(|(word, articles)| Completion {
                query: format!("{before}{word}"),
                word,
                articles,
            }));
        }
        Ok(CompletionsResponse {
            schema_version: RESPONSE_VERSION,
            query: query.clone(),
            completions,
        })
    }
}

/// Returns the last word of `query`, if it ends in one that is long enough, and where it begins.
fn last_word(query: &str) -> Option<(usize, String)> {
    let mut words = Words::new(query);
    let (mut form, mut last) = (String::new(), None);
    while let Some(word) = words.next_into(&mut form) {
        last = Some((word.range.start, word.range.end, form.clone()));
    }
    let (start, end, form) = last?;
    let letters = form.chars().filter(|c| c.is_alphanumeric()).count();
    (end == query.len() && letters >= SHORTEST_LETTERS).then_some((start, form))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_is_one_that_is_still_being_typed() {
        let word = |start, form: &str| Some((start, form.to_owned()));
        assert_eq!(last_word("гарантії БЕЗП"), word(17, "безп"));
        assert_eq!(last_word("title:мир"), word(6, "мир"));
        assert_eq!(last_word("мир "), None);
        assert_eq!(last_word("м"), None);
        assert_eq!(last_word(""), None);
    }
}
