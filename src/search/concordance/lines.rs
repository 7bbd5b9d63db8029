//! The lines of a concordance: occurrences with their context.

use crate::analysis::characters::char_class::is_letter_or_digit;
use crate::index::document::StoredArticle;
use crate::plan::Plan;
use crate::schema::Part;
use crate::search::collect::deadline::Deadline;
use crate::search::columns::Columns;
use crate::search::concordance::collation::push_sort_keys;
use crate::search::hits::highlighter::{Marker, part_texts};
use crate::search::request::{KwicRequest, KwicSort};
use crate::search::response::KwicLine;
use crate::search::search_error::SearchError;
use crate::search::searcher::Searcher;
use crate::text::{ByteRange, char_count};
use tantivy::{DocAddress, Result};

/// Reads articles and makes lines of them.
pub(crate) struct Concordance<'a> {
    searcher: &'a Searcher,
    marker: Marker<'a>,
    request: &'a KwicRequest,
}

/// Where something occurs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Occurrence {
    address: DocAddress,
    part: Part,
    range: ByteRange,
}

impl<'a> Concordance<'a> {
    /// Makes one for `plan`, whose patterns are expanded.
    pub(crate) fn new(searcher: &'a Searcher, plan: &'a Plan, request: &'a KwicRequest) -> Self {
        let marker = Marker::new(searcher, plan, &request.search);
        Self {
            searcher,
            marker: match request.sort {
                KwicSort::Left | KwicSort::Right => marker.for_many(),
                _ => marker,
            },
            request,
        }
    }

    /// Returns the lines of all articles, in their order.
    ///
    /// # Errors
    /// Fails if the index cannot be read.
    pub(crate) fn in_order(&mut self, addresses: &[DocAddress]) -> Result<Vec<KwicLine>> {
        let mut lines = vec![Vec::new(); addresses.len()];
        for ordinal in by_place(addresses, |address| *address) {
            let address = addresses[ordinal];
            let article = self.searcher.stored_article(address)?;
            let occurrences = self.occurrences(address, &article)?;
            lines[ordinal] = self.lines_of(&article, &occurrences)?;
        }
        Ok(lines.into_iter().flatten().collect())
    }

    /// Returns all occurrences in the articles in the order of their contexts, then in that of the
    /// articles. Takes some 300 bytes for each.
    ///
    /// # Errors
    /// Fails if the index cannot be read or the deadline passes.
    pub(crate) fn sorted(
        &mut self,
        addresses: &[DocAddress],
        deadline: &Deadline,
    ) -> std::result::Result<Vec<Occurrence>, SearchError> {
        let is_left = self.request.sort == KwicSort::Left;
        let mut sorted = Vec::new();
        for ordinal in by_place(addresses, |address| *address) {
            deadline.check()?;
            let address = addresses[ordinal];
            let article = self.searcher.stored_article(address)?;
            let occurrences = self.occurrences(address, &article)?;
            for (number, occurrence) in occurrences.into_iter().enumerate() {
                let text = article.text(occurrence.part);
                let (left, right) = around(text, occurrence.range, self.request.context_words);
                let mut key = Vec::new();
                if is_left {
                    push_sort_keys(left.split_whitespace().rev(), &mut key);
                } else {
                    push_sort_keys(right.split_whitespace(), &mut key);
                }
                sorted.push((key.into_boxed_slice(), ordinal, number, occurrence));
            }
        }
        sorted.sort_unstable_by(|a, b| (&a.0, a.1, a.2).cmp(&(&b.0, b.1, b.2)));
        Ok(sorted
            .into_iter()
            .map(|(.., occurrence)| occurrence)
            .collect())
    }

    /// Returns the lines of `occurrences`, in their order. Reads the articles anew.
    ///
    /// # Errors
    /// Fails if the index cannot be read.
    pub(crate) fn lines(&self, occurrences: &[Occurrence]) -> Result<Vec<KwicLine>> {
        let mut lines = vec![None; occurrences.len()];
        let in_order = by_place(occurrences, |occurrence| occurrence.address);
        let is_same = |a: &usize, b: &usize| occurrences[*a].address == occurrences[*b].address;
        for of_article in in_order.chunk_by(is_same) {
            let here: Vec<Occurrence> = of_article.iter().map(|at| occurrences[*at]).collect();
            let Some(first) = here.first() else { continue };
            let article = self.searcher.stored_article(first.address)?;
            for (at, line) in of_article.iter().zip(self.lines_of(&article, &here)?) {
                lines[*at] = Some(line);
            }
        }
        Ok(lines.into_iter().flatten().collect())
    }

    fn occurrences(
        &mut self,
        address: DocAddress,
        article: &StoredArticle,
    ) -> Result<Vec<Occurrence>> {
        let found = self.marker.occurrences(address, article)?;
        let mut occurrences = Vec::new();
        for (text, ranges) in part_texts(article, &self.request.search).iter().zip(found) {
            // The body mostly begins with the lead; one line for each place is enough.
            if text.part == Part::Lead && article.body.starts_with(text.text) {
                continue;
            }
            occurrences.extend(ranges.into_iter().map(|range| Occurrence {
                address,
                part: text.part,
                range,
            }));
        }
        Ok(occurrences)
    }

    /// Returns the lines of one article.
    fn lines_of(
        &self,
        article: &StoredArticle,
        occurrences: &[Occurrence],
    ) -> Result<Vec<KwicLine>> {
        let Some(first) = occurrences.first() else {
            return Ok(Vec::new());
        };
        let doc = first.address.doc_id;
        let columns: &Columns = self.searcher.columns_of(first.address)?;
        let (id, source) = (columns.id(doc)?, columns.source(doc)?);
        let (path, file_line) = (columns.path(doc)?, columns.line(doc));
        let line = |Occurrence { part, range, .. }: &Occurrence| {
            let text = article.text(*part);
            let (left, right) = around(text, *range, self.request.context_words);
            KwicLine {
                number: 0,
                id: id.clone(),
                published: article.published.clone(),
                source: source.clone(),
                url: article.url.clone(),
                path: path.clone(),
                line: file_line,
                title: article.title.clone(),
                part: part.name(),
                left: left.to_owned(),
                keyword: range.of(text).to_owned(),
                right: right.to_owned(),
                offset_bytes: range.start,
                offset_chars: char_count(ByteRange::new(0, range.start).of(text)),
            }
        };
        Ok(occurrences.iter().map(line).collect())
    }
}

/// Returns the ordinals of `items` in the order of the index.
fn by_place<T>(items: &[T], place: impl Fn(&T) -> DocAddress) -> Vec<usize> {
    let mut by_place: Vec<usize> = (0..items.len()).collect();
    by_place.sort_by_key(|ordinal| place(&items[*ordinal]));
    by_place
}

/// Returns at most `max_words` words of `text` on each side of `range`, with the marks between
/// them.
fn around(text: &str, range: ByteRange, max_words: usize) -> (&str, &str) {
    let before = ByteRange::new(0, range.start).of(text);
    let after = ByteRange::new(range.end, text.len()).of(text);
    let mut seen = Seen::default();
    let far = before
        .char_indices()
        .rev()
        .find(|(_, c)| seen.ends(*c, max_words));
    let left = far.map_or(0, |(at, space)| at + space.len_utf8());
    let mut seen = Seen::default();
    let far = after.char_indices().find(|(_, c)| seen.ends(*c, max_words));
    let right = far.map_or(after.len(), |(at, _)| at);
    (
        ByteRange::new(left, before.len()).of(before).trim_start(),
        ByteRange::new(0, right).of(after).trim_end(),
    )
}

/// The words that a walk from a match has passed.
#[derive(Default)]
struct Seen {
    words: usize,
    is_inside: bool,
}

impl Seen {
    /// Goes over `c`; tells whether it is the space behind the last word that is wanted.
    fn ends(&mut self, c: char, max_words: usize) -> bool {
        if c.is_whitespace() {
            self.words += usize::from(self.is_inside);
            self.is_inside = false;
            return self.words >= max_words;
        }
        self.is_inside |= is_letter_or_digit(c);
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_words_stand_on_each_side_with_the_marks_between_them() {
        let text = "Учора — перед обідом — був «новий міст», а нині його нема.";
        let start = text.find("міст").unwrap_or_default();
        let range = ByteRange::new(start, start + "міст".len());
        assert_eq!(around(text, range, 2), ("був «новий ", "», а нині"));
        assert_eq!(
            around(text, range, 3),
            ("обідом — був «новий ", "», а нині його")
        );
        assert_eq!(around(text, range, 100).1, "», а нині його нема.");
        let first = ByteRange::new(0, "Учора".len());
        assert_eq!(around(text, first, 1), ("", " — перед"));
    }
}
