//! What to say of a query with words that no article has: which they are, and what may have been
//! meant.
//!
//! Nothing is replaced here. The answer carries whole queries to ask instead, each with the number
//! of articles that it finds.
//!
//! | module | what it holds |
//! |---|---|
//! | [`completion`] | how a query may go on |
//! | [`vocabulary`] | forms of the index and how often they occur |
//! | [`spelling`] | candidates for a misspelt word, with their cost |
//! | [`edit_cost`] | the cost of a slip |
//! | [`confusion`] | letters that are confused |
//! | [`keyboard`] | keyboard layouts |
//! | `similar_values` | similar sources, authors, sections and tags |
//! | [`rewrite`] | the query with words replaced |

pub(crate) mod completion;
pub(crate) mod confusion;
pub(crate) mod edit_cost;
pub(crate) mod keyboard;
pub(crate) mod rewrite;
pub(crate) mod similar_values;
pub(crate) mod spelling;
pub(crate) mod vocabulary;

use crate::query::ast::ColumnQuery;
use crate::query::options::MatchMode;
use crate::query::{Notice, Query, Warning};
use crate::search::advice::{QueryWord, Suggestion, SuggestionKind, WordCount};
use crate::search::columns::Columns;
use crate::search::request::SearchRequest;
use crate::search::search_error::SearchError;
use crate::search::suggest::rewrite::{Replacement, Span, rewritten, words_of};
use crate::search::suggest::spelling::{Candidate, SpellingCandidates};
use crate::text::ByteRange;
use std::sync::Arc;

/// So many words are looked into; a query with more wrong ones is in another language or is no
/// query.
const MAX_WORDS: usize = 8;
/// So many suggestions are made for one word.
const MAX_SUGGESTIONS: usize = 3;
/// So many candidates for one word are tried to find those that go with the other words.
const MAX_TRIED: usize = 6;

/// What there is to say of a query.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Advice {
    /// The words that no article has.
    pub words_without_hits: Vec<QueryWord>,
    /// What to ask instead.
    pub suggestions: Vec<Suggestion>,
    /// Where each word is found but not all together: how many articles have each.
    pub words_alone: Vec<WordCount>,
    /// Where nothing was found: how many articles have any of several words.
    pub match_any_hits: Option<u64>,
}

/// A query with its wrong words replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Replaced {
    /// The query to ask instead.
    pub query: String,
    /// A notice for each replacement.
    pub notices: Vec<Notice>,
}

/// Counts the articles that a request finds; none where its query is none.
pub(crate) type Count<'a> = dyn Fn(&SearchRequest) -> Result<u64, SearchError> + 'a;

/// Looks into the words of one request.
pub(crate) struct Suggester<'a> {
    /// The request.
    pub request: &'a SearchRequest,
    /// The columns of each segment.
    pub columns: &'a [Arc<Columns>],
    /// Finds what may have been meant.
    pub candidates: SpellingCandidates<'a>,
    /// Counts articles.
    pub count: &'a Count<'a>,
}

/// A word and what may have been meant by it, the likeliest first.
struct Wrong {
    options: Vec<(ByteRange, Candidate)>,
    /// Which option is taken.
    chosen: usize,
}

impl Wrong {
    fn replacement(&self, option: usize) -> Option<Replacement<'_>> {
        let (range, candidate) = self.options.get(option)?;
        Some(Replacement {
            range: *range,
            text: &candidate.text,
        })
    }
}

impl Suggester<'_> {
    /// Looks into a query; `finds_nothing` says that no article matches it. Costs a few
    /// microseconds a word where each is in the archive, else a walk through the dictionaries for
    /// each wrong word and a count for each suggestion.
    ///
    /// # Errors
    /// As the search itself.
    pub(crate) fn advise(&self, query: &Query, finds_nothing: bool) -> Result<Advice, SearchError> {
        let words = words_of(&self.request.query, query);
        let unfound = self.unfound(&words)?;
        let mut advice = Advice {
            words_without_hits: unfound.iter().map(|&at| self.named(&words, at)).collect(),
            ..Advice::default()
        };
        let mut wrong = self.wrong(&words, &unfound)?;
        if finds_nothing {
            for (word, near) in self.conditions_without_hits(query)? {
                wrong.extend(near);
                advice.words_without_hits.push(word);
            }
            let in_order = |word: &QueryWord| word.range.start;
            advice.words_without_hits.sort_by_key(in_order);
        }
        if finds_nothing && words.len() > 1 && self.request.options.match_mode == MatchMode::All {
            let mut any = self.request.clone();
            any.options.match_mode = MatchMode::Any;
            advice.match_any_hits = Some((self.count)(&any)?);
        }
        if wrong.is_empty() {
            if finds_nothing && advice.words_without_hits.is_empty() {
                advice.words_alone = self.counts(&words)?;
            }
            return Ok(advice);
        }
        self.choose(&mut wrong)?;
        advice.suggestions = self.suggestions(&wrong)?;
        Ok(advice)
    }

    /// Replaces every word that no article has by what was most likely meant.
    ///
    /// # Errors
    /// As the search itself.
    pub(crate) fn replaced(&self, query: &Query) -> Result<Replaced, SearchError> {
        let words = words_of(&self.request.query, query);
        let unfound = self.unfound(&words)?;
        let mut wrong = self.wrong(&words, &unfound)?;
        if self.total(&self.request.query)? == 0 {
            let values = self.conditions_without_hits(query)?.into_iter();
            wrong.extend(values.filter_map(|(_, near)| near));
        }
        self.choose(&mut wrong)?;
        let taken: Vec<Replacement<'_>> = wrong
            .iter()
            .filter_map(|wrong| wrong.replacement(wrong.chosen))
            .collect();
        let notice = |replacement: &Replacement<'_>| {
            let warning = Warning::Replaced {
                word: replacement.range.of(&self.request.query).to_owned(),
                replacement: replacement.in_case(&self.request.query),
            };
            warning.notice(self.request.locale)
        };
        Ok(Replaced {
            notices: taken.iter().map(notice).collect(),
            query: rewritten(&self.request.query, taken),
        })
    }

    /// Returns the places in `words` of those that no article has in any form or spelling.
    fn unfound(&self, words: &[Span]) -> Result<Vec<usize>, SearchError> {
        let mut unfound = Vec::new();
        for (at, word) in words.iter().enumerate() {
            if !self.candidates.has(&word.form)? {
                unfound.push(at);
            }
        }
        Ok(unfound)
    }

    /// Returns the exact forms, patterns and conditions of a query that no article meets, whatever
    /// its date and source, each with what may have been meant.
    fn conditions_without_hits(
        &self,
        query: &Query,
    ) -> Result<Vec<(QueryWord, Option<Wrong>)>, SearchError> {
        let mut conditions = Vec::new();
        query.for_each_condition(&mut |condition| conditions.push(condition));
        let mut unmet = Vec::new();
        for condition in conditions.into_iter().take(MAX_WORDS) {
            let range = self.with_field(condition.range());
            let word = range.of(&self.request.query).to_owned();
            if !word.is_empty() && self.alone(condition)? == 0 {
                let near = self.near_value(condition, range)?;
                unmet.push((QueryWord { word, range }, near));
            }
        }
        Ok(unmet)
    }

    /// Returns the nearest value in place of one that no article has; `range` is its place with the
    /// field.
    fn near_value(
        &self,
        condition: &Query,
        range: ByteRange,
    ) -> Result<Option<Wrong>, SearchError> {
        let Query::Column(typed) = condition else {
            return Ok(None);
        };
        let near = similar_values::most_similar(self.columns, typed.column, &typed.value)?;
        let Some(value) = near else {
            return Ok(None);
        };
        let meant = Query::Column(ColumnQuery {
            value,
            ..typed.clone()
        });
        if self.alone(&meant)? == 0 {
            return Ok(None);
        }
        let mut text = meant.to_string();
        if range == condition.range() {
            // In parentheses behind the field.
            let field = format!("{}:", typed.column.name());
            text = text.replacen(&field, "", 1);
        }
        let candidate = Candidate {
            text,
            kind: SuggestionKind::Spelling,
            likelihood: 1.0,
        };
        let options = vec![(range, candidate)];
        Ok(Some(Wrong { options, chosen: 0 }))
    }

    /// Returns the place of a value with the name of its field, if one stands right before it.
    fn with_field(&self, value: ByteRange) -> ByteRange {
        let before = ByteRange::new(0, value.start).of(&self.request.query);
        let is_name = |c: char| c.is_alphabetic() || matches!(c, ':' | '_');
        let without = before.trim_end_matches(is_name);
        let has_field = before.ends_with(':');
        let start = if has_field {
            without.len()
        } else {
            value.start
        };
        ByteRange::new(start, value.end)
    }

    /// Returns how many articles meet a condition, whatever their dates and sources.
    fn alone(&self, condition: &Query) -> Result<u64, SearchError> {
        (self.count)(&SearchRequest {
            query: condition.to_string(),
            timeline: None,
            from: None,
            to: None,
            only: Vec::new(),
            date_sources: Vec::new(),
            undated: false,
            ..self.request.clone()
        })
    }

    /// Returns how many articles the request would find with another `query`.
    fn total(&self, query: &str) -> Result<u64, SearchError> {
        (self.count)(&SearchRequest {
            query: query.to_owned(),
            timeline: None,
            ..self.request.clone()
        })
    }

    fn named(&self, words: &[Span], at: usize) -> QueryWord {
        let range = words
            .get(at)
            .map_or(ByteRange::new(0, 0), |word| word.range);
        QueryWord {
            word: range.of(&self.request.query).to_owned(),
            range,
        }
    }

    fn counts(&self, words: &[Span]) -> Result<Vec<WordCount>, SearchError> {
        let mut counts: Vec<WordCount> = Vec::new();
        for (at, word) in words.iter().enumerate().take(MAX_WORDS) {
            let QueryWord { word: text, range } = self.named(words, at);
            counts.push(WordCount {
                articles: self.total(&word.form)?,
                word: text,
                range,
            });
        }
        Ok(counts)
    }

    fn wrong(&self, words: &[Span], unfound: &[usize]) -> Result<Vec<Wrong>, SearchError> {
        let mut all = Vec::new();
        for &at in unfound.iter().take(MAX_WORDS) {
            let Some(word) = words.get(at) else { continue };
            let mut options = self.in_other_layouts(word)?;
            for candidate in self.candidates.of(&word.form)? {
                options.push((word.range, candidate));
            }
            options.extend(self.with_other_spaces(words, at)?);
            options.sort_by(|(_, a), (_, b)| b.likelihood.total_cmp(&a.likelihood));
            self.drop_equal(&mut options);
            all.push(Wrong { options, chosen: 0 });
        }
        let is_layout = |wrong: &Wrong| {
            let best = wrong.options.first();
            best.is_some_and(|(_, candidate)| candidate.kind == SuggestionKind::Layout)
        };
        if all.iter().any(is_layout) {
            self.add_other_words_of_the_layout(words, unfound, &mut all)?;
        }
        Ok(all)
    }

    /// Keeps of the likeliest options that look for the same, as two cases of one word do, the
    /// first.
    fn drop_equal(&self, options: &mut Vec<(ByteRange, Candidate)>) {
        options.truncate(2 * MAX_TRIED);
        let mut plans = Vec::with_capacity(options.len());
        options.retain(|(range, candidate)| {
            let plan = (*range, self.candidates.plan(&candidate.text.to_lowercase()));
            let is_new = !plans.contains(&plan);
            plans.push(plan);
            is_new
        });
    }

    /// Adds the words that the archive has by chance as they were typed in the wrong layout: in `yt
    /// ufhfynsq` also `yt`, if more articles have what it is in the right one.
    fn add_other_words_of_the_layout(
        &self,
        words: &[Span],
        unfound: &[usize],
        all: &mut Vec<Wrong>,
    ) -> Result<(), SearchError> {
        let vocabulary = self.candidates.vocabulary;
        for (at, word) in words.iter().enumerate().take(MAX_WORDS) {
            if unfound.contains(&at) || !word.form.is_ascii() {
                continue;
            }
            let options = self.in_other_layouts(word)?;
            if let Some((_, best)) = options.first()
                && vocabulary.articles_with(&best.text.to_lowercase())?
                    > vocabulary.articles_with(&word.form)?
            {
                all.push(Wrong { options, chosen: 0 });
            }
        }
        let start = |wrong: &Wrong| wrong.options.first().map(|(range, _)| range.start);
        all.sort_by_key(start);
        Ok(())
    }

    /// Returns the word at `at` as two words that stand side by side in some article, and joined
    /// with its neighbours.
    fn with_other_spaces(
        &self,
        words: &[Span],
        at: usize,
    ) -> Result<Vec<(ByteRange, Candidate)>, SearchError> {
        let Some(word) = words.get(at) else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        if let Some(text) = self.candidates.split(&word.form)? {
            let articles = self.total(&format!("\"{text}\""))?;
            if articles > 0 {
                found.push((word.range, Candidate::of_spaces(text, articles)));
            }
        }
        for joined in word.joined_with(words, at, &self.request.query) {
            let articles = self.candidates.vocabulary.articles_with(&joined.form)?;
            if articles > 0 {
                found.push((joined.range, Candidate::of_spaces(joined.form, articles)));
            }
        }
        Ok(found)
    }

    fn in_other_layouts(&self, word: &Span) -> Result<Vec<(ByteRange, Candidate)>, SearchError> {
        for range in word.typed_ranges(&self.request.query) {
            let found = self
                .candidates
                .in_other_layouts(range.of(&self.request.query))?;
            if !found.is_empty() {
                return Ok(found
                    .into_iter()
                    .map(|candidate| (range, candidate))
                    .collect());
            }
        }
        Ok(Vec::new())
    }

    /// Chooses an option for each word. Where all words must be there, one with which something is
    /// found goes before a likelier one with which nothing is.
    fn choose(&self, wrong: &mut [Wrong]) -> Result<(), SearchError> {
        if self.request.options.match_mode == MatchMode::Any {
            return Ok(());
        }
        for at in 0..wrong.len() {
            let options = wrong.get(at).map_or(0, |wrong| wrong.options.len());
            for option in 0..options.min(MAX_TRIED) {
                if self.total(&self.query_with(wrong, at, option))? > 0 {
                    if let Some(wrong) = wrong.get_mut(at) {
                        wrong.chosen = option;
                    }
                    break;
                }
            }
        }
        Ok(())
    }

    /// Returns the query with the chosen option for each word but the one at `at`, which has
    /// `option`.
    fn query_with(&self, wrong: &[Wrong], at: usize, option: usize) -> String {
        let replacements = wrong.iter().enumerate().filter_map(|(other, wrong)| {
            wrong.replacement(if other == at { option } else { wrong.chosen })
        });
        rewritten(&self.request.query, replacements.collect())
    }

    fn suggestions(&self, wrong: &[Wrong]) -> Result<Vec<Suggestion>, SearchError> {
        let mut suggestions = Vec::new();
        for (at, word) in wrong.iter().enumerate() {
            let is_chosen_first = |option: &usize| (*option != word.chosen, *option);
            let mut order: Vec<usize> = (0..word.options.len().min(MAX_TRIED)).collect();
            order.sort_by_key(is_chosen_first);
            let wanted = match self.request.options.match_mode {
                MatchMode::All => MAX_SUGGESTIONS,
                // The other words find their articles whatever this one is, so a count tells
                // nothing of it.
                MatchMode::Any => 1,
            };
            let first = suggestions.len();
            for option in order {
                if suggestions.len() - first >= wanted {
                    break;
                }
                let query = self.query_with(wrong, at, option);
                // Two wrong words share the query that mends both.
                let known = suggestions
                    .iter()
                    .find(|known: &&Suggestion| known.query == query);
                let hits = match known {
                    Some(known) => known.hits,
                    None => self.total(&query)?,
                };
                if let Some((_, candidate)) = word.options.get(option)
                    && let Some(replacement) = word.replacement(option)
                    && (hits > 0 || option == word.chosen)
                {
                    suggestions.push(Suggestion {
                        kind: candidate.kind,
                        word: replacement.range.of(&self.request.query).to_owned(),
                        range: replacement.range,
                        replacement: replacement.in_case(&self.request.query),
                        query,
                        hits,
                    });
                }
            }
        }
        Ok(suggestions)
    }
}
