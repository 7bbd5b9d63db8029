//! Small pseudo-random archives.

use crate::analysis::Language;
use crate::analysis::token_streams::marked;
use crate::index::{impacts, tokenizers};
use crate::ranking::impact;
use crate::ranking::impact::ByPart;
use crate::schema::{Part, fields, schema};
use std::collections::BTreeMap;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::indexer::NoMergePolicy;
use tantivy::{DocAddress, Index, IndexWriter, Searcher, TantivyDocument, Term};

/// Common ones first; the key of each is [`KEY`] and its own form.
pub(crate) const WORDS: [&str; 6] = ["qa", "qb", "qc", "qd", "qe", "qf"];

/// What English keys begin with.
pub(crate) const KEY: &str = "en/";

/// The words of an article in the order of [`Part::ALL`].
pub(crate) type Texts = [Vec<usize>; 3];

/// Articles in an index, of which some were deleted, and the same articles as a list.
pub(crate) struct Corpus {
    pub(crate) searcher: Searcher,
    pub(crate) articles: BTreeMap<DocAddress, Texts>,
    /// How many articles have each word in each part.
    pub(crate) doc_freqs: [[u64; 3]; WORDS.len()],
    /// How many do more than mention it in passing.
    pub(crate) prominent: [u64; WORDS.len()],
}

/// Numbers that look random and depend on the seed alone.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    /// Returns a word; the first are more likely.
    fn word(&mut self) -> usize {
        let most = self.below(WORDS.len()) + 1;
        self.below(most)
    }

    fn text(&mut self, longest: usize) -> Vec<usize> {
        let length = self.below(longest + 1);
        let topic = self.word();
        (0..length)
            .map(|_| {
                if self.below(3) == 0 {
                    topic
                } else {
                    self.word()
                }
            })
            .collect()
    }
}

impl Corpus {
    /// Makes segments of several blocks of postings.
    pub(crate) fn new(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let mut segments = Vec::new();
        for _ in 0..3 {
            let count = dice.below(500) + 20;
            let texts = (0..count).map(|_| {
                // Equal articles have equal scores.
                if dice.below(4) == 0 {
                    [vec![0], vec![1, 0], vec![2, 1, 0]]
                } else {
                    let [title, lead, mut body] = [3, 6, 25].map(|longest| dice.text(longest));
                    if dice.below(2) == 0 {
                        body.splice(0..0, lead.iter().copied());
                    }
                    [title, lead, body]
                }
            });
            segments.push(texts.collect());
        }
        Self::of(segments, || dice.below(9) == 0)
    }

    /// Makes segments of these articles, and deletes those that it is told to, in the order of
    /// their ids.
    pub(crate) fn of(segments: Vec<Vec<Texts>>, mut is_gone: impl FnMut() -> bool) -> Self {
        let index = Index::builder()
            .schema(schema().clone())
            .tokenizers(tokenizers());
        let index = index.create_in_ram().unwrap();
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 20_000_000).unwrap();
        writer.set_merge_policy(Box::new(NoMergePolicy));
        let mut by_id = BTreeMap::new();
        for (segment, articles) in segments.into_iter().enumerate() {
            for (number, texts) in articles.into_iter().enumerate() {
                let id = format!("{segment}-{number}");
                writer.add_document(document(&id, &texts)).unwrap();
                by_id.insert(id, texts);
            }
            writer.commit().unwrap();
        }
        for id in by_id.keys().filter(|_| is_gone()) {
            writer.delete_term(Term::from_field_text(fields().id, id));
        }
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        let mut articles = BTreeMap::new();
        for (ordinal, reader) in (0..).zip(searcher.segment_readers()) {
            let ids = reader.fast_fields().str("id").unwrap().unwrap();
            for doc in 0..reader.max_doc() {
                let mut id = String::new();
                ids.ord_to_str(ids.term_ords(doc).next().unwrap(), &mut id)
                    .unwrap();
                articles.insert(DocAddress::new(ordinal, doc), by_id[&id].clone());
            }
        }
        let mut doc_freqs = [[0; 3]; WORDS.len()];
        let mut prominent = [0; WORDS.len()];
        for texts in articles.values() {
            for (word, count) in prominent.iter_mut().enumerate() {
                let is_there = counts_of(word, texts) != [0; 3];
                *count += u64::from(is_there && impact_of(word, texts).is_some());
            }
            for (word, counts) in doc_freqs.iter_mut().enumerate() {
                for (text, count) in indexed(texts).iter().zip(counts) {
                    *count += u64::from(text.contains(&word));
                }
            }
        }
        Self {
            searcher,
            articles,
            doc_freqs,
            prominent,
        }
    }
}

/// Returns the words of each part that its own fields have: not those of a lead that the body
/// begins with.
pub(crate) fn indexed([title, lead, body]: &Texts) -> Texts {
    let lead = if body.starts_with(lead) {
        &[]
    } else {
        lead.as_slice()
    };
    [title.clone(), lead.to_vec(), body.clone()]
}

/// Returns the length of a text as the index keeps it.
pub(crate) fn known_length(text: &[usize]) -> u32 {
    let id = FieldNormReader::fieldnorm_to_id(u32::try_from(text.len()).unwrap());
    FieldNormReader::id_to_fieldnorm(id)
}

pub(crate) fn counts_of(word: usize, texts: &Texts) -> ByPart<u32> {
    let count = |text: &Vec<usize>| text.iter().filter(|here| **here == word).count();
    texts
        .each_ref()
        .map(|text| u32::try_from(count(text)).unwrap())
}

/// Returns the impact of a word; none where it is mentioned in passing.
pub(crate) fn impact_of(word: usize, texts: &Texts) -> Option<u32> {
    let [title, lead, body] = texts
        .each_ref()
        .map(|text| u32::try_from(text.len()).unwrap());
    let lengths = [(Part::Title, title), (Part::Lead, lead), (Part::Body, body)];
    let counts = lengths.map(|(part, length)| impact::mention(part, length));
    impact::of(counts_of(word, texts), counts)
}

fn document(id: &str, texts: &Texts) -> TantivyDocument {
    let mut document = TantivyDocument::new();
    document.add_text(fields().id, id);
    let [_, lead, body] = texts;
    let is_of_body = !lead.is_empty() && body.starts_with(lead);
    let lead_words = if is_of_body { lead.len() } else { 0 };
    if is_of_body {
        document.add_u64(fields().lead_words, lead_words as u64);
    }
    let lead_words = u32::try_from(lead_words).unwrap();
    for (part, text) in Part::ALL.into_iter().zip(indexed(texts)) {
        let words: Vec<&str> = text.iter().map(|word| WORDS[*word]).collect();
        let text = marked(Language::English, &words.join(" "));
        document.add_text(
            part.fields().keys,
            impacts::of_part(part, lead_words, &text),
        );
        document.add_text(part.fields().forms, text);
    }
    document.add_text(fields().impacts, "");
    document
}
