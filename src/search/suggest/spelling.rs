//! Candidates for a word that no article has.

use crate::plan::Plan;
use crate::plan::analyze::Widening;
use crate::query::{ParseOptions, parse};
use crate::search::advice::SuggestionKind;
use crate::search::suggest::confusion::respelt;
use crate::search::suggest::edit_cost::cost;
use crate::search::suggest::keyboard::{Layout, retyped};
use crate::search::suggest::rewrite::SHORTEST_IN_CAPITALS;
use crate::search::suggest::vocabulary::Vocabulary;
use tantivy::Result;

/// A word of the archive that may have been meant.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Candidate {
    /// The word, in small letters unless it was typed in another layout; two with a space between
    /// them where they were run together.
    pub text: String,
    /// What went wrong.
    pub kind: SuggestionKind,
    /// How likely it is meant; the greater, the likelier. Comparable among the candidates of one
    /// word only.
    pub likelihood: f32,
}

/// Least length of a word that may have two typing errors, in letters.
const LONG_LETTERS: usize = 8;
/// A word of fewer letters is like too many others.
const SHORTEST_LETTERS: usize = 3;
/// Least length of each of two words that were run together, in letters.
const SHORTEST_HALF_LETTERS: usize = 3;
/// What one slip weighs against the logarithm of the number of articles that have a candidate.
///
/// On 1,104 headlines of which one word is mistyped, any word matching, MRR@10 of the text is .669
/// as they stand, .711 with a weight of 3 and .712 with 4 if the suggestions are accepted, and .715
/// without the mistake.
const SLIP_WEIGHT: f32 = 4.0;
/// What it costs to have typed in the wrong layout: next to nothing, as hardly any word comes of it
/// by chance.
const LAYOUT_COST: f32 = 0.1;
/// What it costs to have left out a space.
const SPACE_COST: f32 = 0.7;
/// So many spellings are also looked for by their keys and not only as they stand.
const MAX_ANALYSED: usize = 16;

/// Finds what may have been meant.
pub(crate) struct SpellingCandidates<'a> {
    /// The words of the archive.
    pub vocabulary: Vocabulary<'a>,
    /// What a word of the query may match beside its own keys.
    pub widening: Widening<'a>,
    /// How words are read.
    pub options: ParseOptions,
}

impl SpellingCandidates<'_> {
    /// Returns what `form` alone looks for.
    pub(crate) fn plan(&self, form: &str) -> Option<Plan> {
        let parsed = parse(form, &self.options).ok()?;
        Plan::widened(&parsed.query, self.widening)
    }

    /// Returns whether some article has `form` in any of its forms.
    ///
    /// # Errors
    /// Fails if the index cannot be read.
    pub(crate) fn has(&self, form: &str) -> Result<bool> {
        if self.vocabulary.articles_with(form)? > 0 {
            return Ok(true);
        }
        let plan = self.plan(form);
        plan.map_or(Ok(false), |plan| self.vocabulary.may_match(&plan))
    }

    /// Returns what `form` may stand for if its letters are right, the likeliest first.
    ///
    /// # Errors
    /// Fails if the index cannot be read.
    pub(crate) fn of(&self, form: &str) -> Result<Vec<Candidate>> {
        let mut all = Vec::new();
        let letters = form.chars().filter(|c| c.is_alphabetic()).count();
        if letters >= SHORTEST_LETTERS && form.chars().all(is_of_plain_words) {
            self.add_respelt(form, &mut all)?;
            self.add_misspelt(form, letters, &mut all)?;
        }
        sort(&mut all);
        Ok(all)
    }

    /// Returns what `typed`, as it stands in the query with the marks around it, is in another
    /// layout.
    ///
    /// # Errors
    /// Fails if the index cannot be read.
    pub(crate) fn in_other_layouts(&self, typed: &str) -> Result<Vec<Candidate>> {
        let mut all = Vec::new();
        for (from, to) in [
            (Layout::Latin, Layout::Ukrainian),
            (Layout::Latin, Layout::Russian),
            (Layout::Russian, Layout::Ukrainian),
            (Layout::Ukrainian, Layout::Latin),
        ] {
            let Some(text) = retyped(typed, from, to) else {
                continue;
            };
            let form = text.to_lowercase();
            let is_new = form != typed.to_lowercase()
                && !all
                    .iter()
                    .any(|known: &Candidate| known.text.to_lowercase() == form);
            let is_word = form
                .chars()
                .all(|c| c.is_alphanumeric() || c == '\'' || c == '-');
            if is_new && is_word && self.has(&form)? {
                let count = self.vocabulary.articles_with(&form)?;
                all.push(Candidate {
                    likelihood: likelihood(count, LAYOUT_COST),
                    kind: SuggestionKind::Layout,
                    text: if form.chars().count() < SHORTEST_IN_CAPITALS {
                        form
                    } else {
                        text
                    },
                });
            }
        }
        // A form that stands in the archive leaves no doubt; keys alone may meet by chance.
        let is_there = |candidate: &Candidate| candidate.likelihood > likelihood(0, LAYOUT_COST);
        if all.iter().any(is_there) {
            all.retain(is_there);
        }
        sort(&mut all);
        Ok(all)
    }

    fn add_respelt(&self, form: &str, all: &mut Vec<Candidate>) -> Result<()> {
        for (ordinal, text) in respelt(form).into_iter().enumerate() {
            let count = self.vocabulary.articles_with(&text)?;
            if count > 0 || ordinal < MAX_ANALYSED && self.has(&text)? {
                all.push(Candidate {
                    likelihood: likelihood(count, cost(form, &text)),
                    kind: SuggestionKind::Letters,
                    text,
                });
            }
        }
        Ok(())
    }

    fn add_misspelt(&self, form: &str, letters: usize, all: &mut Vec<Candidate>) -> Result<()> {
        let mut near = self.vocabulary.near(form, 1)?;
        if near.is_empty() && letters >= LONG_LETTERS {
            near = self.vocabulary.near(form, 2)?;
        }
        let known = all.len();
        for (text, count) in near {
            let is_known = all.iter().take(known).any(|other| other.text == text);
            if !is_known && text.chars().all(is_of_plain_words) {
                all.push(Candidate {
                    likelihood: likelihood(count, cost(form, &text)),
                    kind: SuggestionKind::Spelling,
                    text,
                });
            }
        }
        Ok(())
    }

    /// Returns the likeliest pair of words of the archive that `form` is without the space between
    /// them.
    ///
    /// # Errors
    /// Fails if the index cannot be read.
    pub(crate) fn split(&self, form: &str) -> Result<Option<String>> {
        let mut best: Option<(u64, String)> = None;
        for (at, _) in form.char_indices() {
            let (left, right) = form.split_at(at);
            let is_short = |half: &str| half.chars().count() < SHORTEST_HALF_LETTERS;
            if is_short(left) || is_short(right) {
                continue;
            }
            let left_count = self.vocabulary.articles_with(left)?;
            if left_count == 0 {
                continue;
            }
            let count = left_count.min(self.vocabulary.articles_with(right)?);
            if count > best.as_ref().map_or(0, |(most, _)| *most) {
                best = Some((count, format!("{left} {right}")));
            }
        }
        Ok(best.map(|(_, text)| text))
    }
}

impl Candidate {
    /// Makes a candidate of what is spelt with a space too many or too few, and stands in so many
    /// `articles`.
    pub(crate) fn of_spaces(text: String, articles: u64) -> Self {
        Self {
            text,
            kind: SuggestionKind::Spelling,
            likelihood: likelihood(articles, SPACE_COST),
        }
    }
}

/// Returns whether `c` stands in words without digits and marks: a slip makes no word of a number.
fn is_of_plain_words(c: char) -> bool {
    c.is_alphabetic() || c == '\''
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a count of articles needs no more precision"
)]
fn likelihood(articles: u64, cost: f32) -> f32 {
    (articles as f32).ln_1p() - SLIP_WEIGHT * cost
}

/// The likeliest first, equal ones by their letters, so that the order does not depend on that of a
/// table.
fn sort(candidates: &mut [Candidate]) {
    candidates.sort_unstable_by(|a, b| {
        b.likelihood
            .total_cmp(&a.likelihood)
            .then_with(|| a.text.cmp(&b.text))
    });
}
