//! A whole article, with the words of a query marked in it.

use crate::analysis::Language;
use crate::query::field::Column;
use crate::schema::Part;
use crate::search::hits::highlighter::part_texts;
use crate::search::hits::matching::Matcher;
use crate::search::request::SearchRequest;
use crate::search::response::{ArticleResponse, MarkedText, Place, RESPONSE_VERSION};
use crate::search::search_error::SearchError;
use crate::search::searcher::Searcher;
use crate::text::{ByteRange, char_ranges};

impl Searcher {
    /// Returns the article called `id`, or the only one of the file `id`, with what matches the
    /// query of `request` marked. Without a query nothing is marked. Of `request` only what
    /// concerns words is used.
    ///
    /// # Errors
    /// [`SearchError::UnknownArticle`], [`SearchError::Query`], [`SearchError::Index`].
    pub fn show(&self, id: &str, request: &SearchRequest) -> Result<ArticleResponse, SearchError> {
        let address = self.find_article(id)?;
        let article = self.stored_article(address)?;
        let columns = self.columns_of(address)?;
        let doc = address.doc_id;
        let facts = columns
            .facts(doc, &request.zone)
            .map_err(tantivy::TantivyError::from)?;
        let known = |column: Column| {
            let all = facts.values.iter().filter(move |(of, _)| *of == column);
            all.map(|(_, value)| value.clone())
        };
        let lang = known(Column::Lang).next().unwrap_or_default();
        let mut marks = vec![Vec::new(); Part::ALL.len()];
        let mut matches = None;
        if !request.query.is_empty() {
            let (_, prepared) = self.prepare(request)?;
            let found = Matcher::new(&prepared.plan).matches(
                &part_texts(&article, request),
                Language::of_code(&lang),
                &facts,
            );
            matches = Some(found.is_some());
            for (marks, words) in marks.iter_mut().zip(found.into_iter().flatten()) {
                *marks = words.into_iter().map(|word| word.range).collect();
            }
        }
        let io = tantivy::TantivyError::from;
        let own = Place {
            id: columns.id(doc).map_err(io)?,
            path: columns.path(doc).map_err(io)?,
            line: columns.line(doc),
        };
        let places = self.all_places(columns.key.first(doc), || own);
        let mut marks = marks.into_iter();
        let mut marked = |text: &String| MarkedText::new(text, marks.next().unwrap_or_default());
        Ok(ArticleResponse {
            schema_version: RESPONSE_VERSION,
            id: columns.id(doc).map_err(tantivy::TantivyError::from)?,
            title: marked(&article.title),
            lead: marked(&article.lead),
            body: marked(&article.body),
            published: article.published,
            date_source: article.date_source,
            source: known(Column::Source).next(),
            section: known(Column::Section).next(),
            author: Some(known(Column::Author).collect::<Vec<_>>().join(", "))
                .filter(|names| !names.is_empty()),
            url: article.url,
            tags: known(Column::Tag).collect(),
            path: columns.path(doc).map_err(tantivy::TantivyError::from)?,
            lang,
            line: columns.line(doc),
            places,
            query: Some(request.query.clone()).filter(|query| !query.is_empty()),
            matches,
        })
    }
}

impl MarkedText {
    fn new(text: &str, highlights: Vec<ByteRange>) -> Self {
        Self {
            text: text.to_owned(),
            highlights_chars: char_ranges(text, &highlights),
            highlights,
        }
    }
}
