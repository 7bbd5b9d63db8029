//! Explains the score of a hit: which words matched, in which forms, where, and what each adds.

use crate::analysis::Language;
use crate::engine::boosts::recency::Fading;
use crate::engine::compile;
use crate::plan::Plan;
use crate::query::ast::Query;
use crate::query::optional::require;
use crate::schema::Part;
use crate::search::collect::tie_break::TieBreak;
use crate::search::collect::top_k::Candidate;
use crate::search::columns::facts::Facts;
use crate::search::hits::highlighter::part_texts;
use crate::search::hits::matching::Matcher;
use crate::search::hits::matching::part_text::PartText;
use crate::search::memory;
use crate::search::memory::Budget;
use crate::search::request::SearchRequest;
use crate::search::response::{Explanation, FormCount, Hit, WordExplanation};
use crate::search::search_error::SearchError;
use crate::search::searcher::Searcher;
use std::collections::BTreeMap;
use tantivy::DocAddress;
use tantivy::query::{EnableScoring, Weight};

impl Searcher {
    /// Puts into `hits` how their scores came about, as long as there is memory for it in `budget`;
    /// returns how many have it then.
    pub(crate) fn explain<'a>(
        &self,
        query: &Query,
        request: &SearchRequest,
        hits: impl Iterator<Item = (&'a Candidate<TieBreak<'a>>, &'a mut Hit)>,
        budget: &mut Budget,
    ) -> Result<usize, SearchError> {
        let mut done = 0;
        let explainer = Explainer::new(self, query, request)?;
        for (candidate, hit) in hits {
            let article = self.stored_article(candidate.address)?;
            let Some(columns) = self.columns.get(candidate.address.segment_ord as usize) else {
                continue;
            };
            let facts = columns
                .facts(candidate.address.doc_id, &request.zone)
                .map_err(tantivy::TantivyError::from)?;
            let (address, language) = (candidate.address, Language::of_code(&hit.lang));
            let texts = part_texts(&article, request);
            let explanation = explainer.explain(address, hit.score, &texts, language, &facts)?;
            let has_room = budget.spend(memory::of_explanation(&explanation));
            hit.explanation = Some(explanation);
            done += 1;
            if !has_room {
                break;
            }
        }
        Ok(done)
    }
}

/// Explains the hits of one query.
pub(crate) struct Explainer<'a> {
    searcher: &'a Searcher,
    leaves: Vec<Leaf>,
    /// The ANDs whose words count only together.
    wholes: Vec<Option<Plan>>,
    fading: Option<Fading>,
}

/// A word, phrase or condition of the query.
struct Leaf {
    text: String,
    /// Whether an article need not have it.
    is_optional: bool,
    plan: Plan,
    weight: Box<dyn Weight>,
    /// The product of the weights that stand around it.
    factor: f32,
    /// The numbers of the ANDs around it that the article must match as a whole.
    wholes: Vec<usize>,
    articles: u64,
}

impl<'a> Explainer<'a> {
    /// Prepares to explain the hits of `query`.
    ///
    /// # Errors
    /// Fails if the index cannot be read.
    pub(crate) fn new(
        searcher: &'a Searcher,
        query: &Query,
        request: &SearchRequest,
    ) -> Result<Self, SearchError> {
        let mut parts = Parts::default();
        parts.collect(query, 1.0, false, &[]);
        // The response says what was left out.
        let plan = |query: &Query| searcher.plan(query, request, &mut Vec::new());
        let wholes = parts
            .wholes
            .into_iter()
            .map(&plan)
            .collect::<Result<Vec<_>, SearchError>>()?;
        let mut leaves = Vec::with_capacity(parts.leaves.len());
        for Found {
            query,
            factor,
            wholes,
        } in parts.leaves
        {
            // What is explained is the word where it stands.
            let mut required = query.clone();
            require(&mut required);
            let Some(plan) = plan(&required)? else {
                continue;
            };
            let compiled = compile::compile(&plan, &request.parts);
            let weight = compiled.weight(EnableScoring::enabled_from_searcher(&searcher.engine))?;
            let mut articles = 0;
            for reader in searcher.engine.segment_readers() {
                articles += u64::from(weight.count(reader)?);
            }
            leaves.push(Leaf {
                text: labelled(query, factor),
                is_optional: matches!(query, Query::Word(word) if word.is_optional),
                plan,
                weight,
                factor,
                wholes,
                articles,
            });
        }
        Ok(Self {
            searcher,
            leaves,
            wholes,
            fading: request.fading(),
        })
    }

    /// Explains the score of an article, of which the language and other facts are known.
    ///
    /// # Errors
    /// Fails if the index cannot be read.
    pub(crate) fn explain(
        &self,
        address: DocAddress,
        score: f32,
        texts: &[PartText<'_>],
        language: Language,
        facts: &Facts,
    ) -> tantivy::Result<Explanation> {
        let mut words = Vec::new();
        let recency = self
            .fading
            .map_or(1.0, |fading| fading.share(facts.last_day));
        let score = score / recency;
        let mut closeness = score;
        let matches = |plan: &Option<Plan>| {
            plan.as_ref()
                .is_none_or(|plan| Matcher::new(plan).matches(texts, language, facts).is_some())
        };
        let is_whole: Vec<bool> = self.wholes.iter().map(matches).collect();
        for leaf in &self.leaves {
            if leaf.wholes.iter().any(|whole| !is_whole[*whole]) {
                continue;
            }
            let Some(marks) = Matcher::new(&leaf.plan).matches(texts, language, facts) else {
                continue;
            };
            let mut counts: BTreeMap<(Part, String), u64> = BTreeMap::new();
            for (text, marks) in texts.iter().zip(&marks) {
                for word in marks {
                    let form = word.range.of(text.text).to_lowercase();
                    *counts.entry((text.part, form)).or_default() += 1;
                }
            }
            let score = self.score(leaf, address)? * leaf.factor;
            closeness -= score;
            words.push(WordExplanation {
                text: leaf.text.clone(),
                optional: leaf.is_optional,
                score,
                articles: leaf.articles,
                forms: counts
                    .into_iter()
                    .map(|((part, form), count)| FormCount {
                        form,
                        part: part.name(),
                        count,
                    })
                    .collect(),
            });
        }
        // What is left of it by rounding is nothing.
        let is_rounding = closeness < score * 1e-4;
        Ok(Explanation {
            words,
            closeness: if is_rounding { 0.0 } else { closeness },
            recency,
        })
    }

    fn score(&self, leaf: &Leaf, address: DocAddress) -> tantivy::Result<f32> {
        let reader = self.searcher.engine.segment_reader(address.segment_ord);
        let mut cursor = leaf.weight.scorer(reader, 1.0)?;
        let doc = address.doc_id;
        let is_there = cursor.doc() == doc || (cursor.doc() < doc && cursor.seek(doc) == doc);
        Ok(if is_there { cursor.score() } else { 0.0 })
    }
}

/// Returns `query` with the weight that stands around it.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a weight has a few digits and no sign"
)]
fn labelled(query: &Query, factor: f32) -> String {
    let hundredths = (factor * 100.0).round() as u32;
    if hundredths == 100 {
        return query.to_string();
    }
    let query = Box::new(query.clone());
    Query::Boost { hundredths, query }.to_string()
}

/// The parts of a query whose scores are added up.
#[derive(Default)]
struct Parts<'a> {
    leaves: Vec<Found<'a>>,
    /// The ANDs whose words count only together.
    wholes: Vec<&'a Query>,
}

struct Found<'a> {
    query: &'a Query,
    /// The product of the weights that stand around it.
    factor: f32,
    /// The numbers of the ANDs around it that must match as a whole.
    wholes: Vec<usize>,
}

impl<'a> Parts<'a> {
    /// Collects the parts of `query`; what is excluded adds nothing. An AND or NOT inside an OR
    /// need not match where the query does.
    fn collect(&mut self, query: &'a Query, factor: f32, is_choice: bool, around: &[usize]) {
        match query {
            Query::And(queries) if is_choice => {
                let mut around = around.to_vec();
                around.push(self.wholes.len());
                self.wholes.push(query);
                for query in queries {
                    self.collect(query, factor, false, &around);
                }
            }
            Query::And(queries) => {
                for query in queries {
                    self.collect(query, factor, false, around);
                }
            }
            Query::Or(queries) => {
                for query in queries {
                    self.collect(query, factor, true, around);
                }
            }
            Query::Boost { hundredths, query } => {
                let factor = factor * compile::factor(*hundredths);
                self.collect(query, factor, is_choice, around);
            }
            Query::Not(_) => {}
            query => self.leaves.push(Found {
                query,
                factor,
                wholes: around.to_vec(),
            }),
        }
    }
}
