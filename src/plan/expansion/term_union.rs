//! The terms of several term dictionaries, merged in order.

use tantivy::postings::TermInfo;
use tantivy::query::DfaWrapper;
use tantivy::termdict::{TermDictionary, TermStreamer};
use tantivy::{Result, TantivyError};

/// Goes through terms of several dictionaries in the order of their bytes, each once. Costs a
/// comparison for each dictionary at each term.
pub(crate) struct TermUnion<'a> {
    /// Each at a term, with the number of its dictionary; those that are at their end are gone.
    streams: Vec<(usize, Stream<'a>)>,
    term: String,
    places: Vec<(usize, TermInfo)>,
}

impl<'a> TermUnion<'a> {
    /// Starts before the first of the terms that begin with `prefix`.
    ///
    /// # Errors
    /// Where a dictionary cannot be read.
    pub(crate) fn beginning(dictionaries: &[&'a TermDictionary], prefix: &'a str) -> Result<Self> {
        Self::of(dictionaries.iter().map(|terms| {
            let range = terms.range().ge(prefix);
            Ok(Stream::Beginning(range.into_stream()?, prefix))
        }))
    }

    /// Starts before the first of the terms that `automaton` accepts.
    ///
    /// # Errors
    /// Where a dictionary cannot be read.
    pub(crate) fn near(
        dictionaries: &[&'a TermDictionary],
        automaton: &'a DfaWrapper,
    ) -> Result<Self> {
        Self::of(dictionaries.iter().map(|terms| {
            let search = terms.search(automaton);
            Ok(Stream::Near(search.into_stream()?))
        }))
    }

    fn of(streams: impl Iterator<Item = Result<Stream<'a>>>) -> Result<Self> {
        let mut merged = Self {
            streams: Vec::new(),
            term: String::new(),
            places: Vec::new(),
        };
        for (number, stream) in streams.enumerate() {
            let mut stream = stream?;
            if stream.advance() {
                merged.streams.push((number, stream));
            }
        }
        Ok(merged)
    }

    /// Goes to the next term.
    ///
    /// # Errors
    /// Where a term is not text.
    pub(crate) fn next(&mut self) -> Result<Option<MergedTerm<'_>>> {
        let keys = self.streams.iter().map(|(_, stream)| stream.key());
        let Some(first) = keys.min() else {
            return Ok(None);
        };
        let first = std::str::from_utf8(first);
        let first = first.map_err(|e| TantivyError::InvalidArgument(e.to_string()))?;
        self.term.clear();
        self.term.push_str(first);
        self.places.clear();
        self.streams.retain_mut(|(number, stream)| {
            if stream.key() != self.term.as_bytes() {
                return true;
            }
            self.places.push((*number, stream.value().clone()));
            stream.advance()
        });
        Ok(Some(MergedTerm {
            text: &self.term,
            places: &self.places,
        }))
    }
}

/// A term of one or several dictionaries.
pub(crate) struct MergedTerm<'a> {
    pub(crate) text: &'a str,
    /// The numbers of the dictionaries that have it, each with where its postings are.
    pub(crate) places: &'a [(usize, TermInfo)],
}

impl MergedTerm<'_> {
    /// Returns how many articles have it, counting those of several dictionaries several times.
    pub(crate) fn doc_freq(&self) -> u64 {
        let places = self.places.iter();
        places.map(|(_, info)| u64::from(info.doc_freq)).sum()
    }
}

/// The terms of one dictionary.
enum Stream<'a> {
    /// Those that begin so.
    Beginning(TermStreamer<'a>, &'a str),
    /// Those that an automaton accepts.
    Near(TermStreamer<'a, &'a DfaWrapper>),
}

impl Stream<'_> {
    /// Goes to the next term; tells whether there is one.
    fn advance(&mut self) -> bool {
        match self {
            Self::Beginning(stream, prefix) => {
                stream.advance() && stream.key().starts_with(prefix.as_bytes())
            }
            Self::Near(stream) => stream.advance(),
        }
    }

    fn key(&self) -> &[u8] {
        match self {
            Self::Beginning(stream, _) => stream.key(),
            Self::Near(stream) => stream.key(),
        }
    }

    fn value(&self) -> &TermInfo {
        match self {
            Self::Beginning(stream, _) => stream.value(),
            Self::Near(stream) => stream.value(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use tantivy::schema::{STRING, Schema};
    use tantivy::{Index, IndexWriter, InvertedIndexReader, TantivyDocument};

    /// Makes an index with a segment for each list of words, and opens their dictionaries.
    fn indexes(segments: &[&[&str]]) -> Vec<Arc<InvertedIndexReader>> {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("word", STRING);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 20_000_000).unwrap();
        for segment in segments {
            for word in *segment {
                let mut document = TantivyDocument::new();
                document.add_text(field, word);
                writer.add_document(document).unwrap();
            }
            writer.commit().unwrap();
        }
        let searcher = index.reader().unwrap().searcher();
        let mut readers: Vec<_> = searcher.segment_readers().iter().collect();
        readers.sort_by_key(|reader| reader.max_doc());
        let indexes = readers
            .iter()
            .map(|reader| reader.inverted_index(field).unwrap());
        indexes.collect()
    }

    #[test]
    fn terms_that_begin_alike_come_once_each_with_all_its_places() {
        let indexes = indexes(&[
            &["яр"],
            &["гарант", "гарантія", "яр"],
            &["гаразд", "гарант", "гарант", "гарантувати", "гарбуз"],
        ]);
        let dictionaries: Vec<_> = indexes.iter().map(|index| index.terms()).collect();
        let mut terms = TermUnion::beginning(&dictionaries, "гарант").unwrap();
        let mut found = Vec::new();
        while let Some(term) = terms.next().unwrap() {
            let numbers: Vec<usize> = term.places.iter().map(|(number, _)| *number).collect();
            found.push((term.text.to_owned(), numbers, term.doc_freq()));
        }
        let expected = [
            ("гарант", vec![1, 2], 3),
            ("гарантувати", vec![2], 1),
            ("гарантія", vec![1], 1),
        ];
        let expected = expected.map(|(term, numbers, freq)| (term.to_owned(), numbers, freq));
        assert_eq!(found, expected);
    }
}
