//! Converts an article to an engine document and back.

use crate::analysis::words::token_offsets::TokenOffsets;
use crate::analysis::{Language, token_streams};
use crate::archive::ReadArticle;
use crate::article::Article;
use crate::copies::{Signature, repeats};
use crate::date;
use crate::index::impacts;
use crate::index::packed_text::{pack, unpack};
use crate::schema::{Part, fields};
use crate::text;
use tantivy::TantivyDocument;
use tantivy::schema::document::{
    DeserializeError, DocumentDeserialize, DocumentDeserializer, ValueDeserialize,
    ValueDeserializer, ValueVisitor,
};

/// Returns the language of an article: the detected one, or the declared one if detection fails.
pub fn language_of(article: &Article) -> Language {
    // A body of a telegram post may be a link; its title then tells more. Both count as one text.
    let mut sample = String::with_capacity(article.title.len() + 1 + 8_000.min(article.body.len()));
    sample.push_str(&article.title);
    sample.push('\n');
    sample.push_str(text::first_chars(&article.body, 4_000));
    match Language::detect(&sample) {
        Language::Other => article
            .lang
            .as_deref()
            .map_or(Language::Other, Language::of_code),
        detected => detected,
    }
}

/// Returns the first 64 bits of the hash of everything in the article but its path.
pub fn content_hash(article: &Article) -> u64 {
    let mut hasher = blake3::Hasher::new();
    let mut add = |text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    for text in [&article.title, &article.lead, &article.body] {
        add(text);
    }
    article.for_each_fact(article.published, add);
    first_64_bits(&hasher.finalize())
}

/// Returns the key of an article: the first 64 bits of the hash of its collection and its id. Among
/// ten million articles two have the same with a probability of three in a million.
pub fn key(collection: &str, id: &str) -> u64 {
    let mut hasher = blake3::Hasher::new();
    for text in [collection.as_bytes(), b"\0", id.as_bytes()] {
        hasher.update(text);
    }
    first_64_bits(&hasher.finalize())
}

fn first_64_bits(hash: &blake3::Hash) -> u64 {
    let bytes = hash.as_bytes().iter().take(8);
    bytes.fold(0, |bits, byte| (bits << 8) | u64::from(*byte))
}

/// An article as a collection of the index holds it.
#[derive(Debug, Clone, Copy)]
pub struct CollectedArticle<'a> {
    /// The article.
    pub article: &'a Article,
    /// The collection, in which its id is unique.
    pub collection: &'a str,
    /// Its key in the index; see [`key`].
    pub key: u64,
    /// Hash of everything in it but its path; see [`content_hash`].
    pub hash: u64,
    /// The line of its file that it begins in, where it does not have the file to itself.
    pub line: Option<u64>,
    /// What an exact repeat of it has too; none where the input gives its id. See
    /// [`repeats::hash`].
    pub repeat_hash: Option<u64>,
}

impl<'a> CollectedArticle<'a> {
    /// Puts an article into a collection; nothing is known of its place in its file, and it is no
    /// repeat of another.
    pub fn new(article: &'a Article, collection: &'a str) -> Self {
        Self {
            article,
            collection,
            key: key(collection, article.id.as_str()),
            hash: content_hash(article),
            line: None,
            repeat_hash: None,
        }
    }

    /// Puts an article into a collection as it was read.
    pub fn of_read(read: &'a ReadArticle, collection: &'a str) -> Self {
        let is_made = !read.has_given_id;
        Self {
            line: read.line,
            repeat_hash: is_made.then(|| repeats::hash(&read.article, collection)),
            ..Self::new(&read.article, collection)
        }
    }
}

/// Returns how many positions of the body the lead takes, where the body begins with it as a line
/// or more; 0 where it does not.
pub(crate) fn lead_words(article: &Article) -> u32 {
    let behind = article.body.trim_start().strip_prefix(&article.lead);
    match behind {
        Some(behind) if behind.is_empty() || behind.starts_with('\n') => {
            TokenOffsets::new(&article.lead).count()
        }
        _ => 0,
    }
}

/// Makes the engine's document of an article with everything that the schema indexes, as the
/// engine's own writer takes it: what [`segment`](crate::index::segment) writes is held to it.
pub fn to_document(collected: &CollectedArticle<'_>) -> TantivyDocument {
    let language = language_of(collected.article);
    let lead_words = lead_words(collected.article);
    let mut document = to_stored_document(collected, language, lead_words);
    for (part, text) in parts_of(collected.article) {
        if part == Part::Lead && lead_words > 0 {
            continue;
        }
        let marked = token_streams::marked(language, text);
        let counted = impacts::of_part(part, lead_words, &marked);
        document.add_text(part.fields().keys, counted);
        document.add_text(part.fields().forms, marked);
    }
    // Its stream gives what those of the keys have counted.
    document.add_text(fields().impacts, "");
    document
}

/// Returns the parts of an article that have a text.
fn parts_of(article: &Article) -> impl Iterator<Item = (Part, &str)> {
    let parts = Part::ALL.map(|part| (part, text_of(article, part)));
    parts.into_iter().filter(|(_, text)| !text.is_empty())
}

/// Returns the text of a part of an article.
pub(crate) fn text_of(article: &Article, part: Part) -> &str {
    match part {
        Part::Title => &article.title,
        Part::Lead => &article.lead,
        Part::Body => &article.body,
    }
}

/// Makes the engine's document of an article in `language` whose body begins with this number of
/// words of its lead, without the terms of its texts.
pub(crate) fn to_stored_document(
    collected: &CollectedArticle<'_>,
    language: Language,
    lead_words: u32,
) -> TantivyDocument {
    let fields = fields();
    let article = collected.article;
    let mut document = TantivyDocument::new();
    document.add_text(fields.id, article.id.as_str());
    document.add_text(fields.collection, collected.collection);
    document.add_u64(fields.key, collected.key);
    document.add_text(fields.path, article.path.to_string_lossy());
    document.add_u64(fields.content_hash, collected.hash);
    let lead_words = Some(lead_words).filter(|words| *words > 0);
    for (field, number) in [
        (fields.line, collected.line),
        (fields.lead_words, lead_words.map(u64::from)),
        (fields.repeat_hash, collected.repeat_hash),
    ] {
        if let Some(number) = number {
            document.add_u64(field, number);
        }
    }
    let signature = Signature::of(&article.title, &article.body);
    for number in signature.iter().flat_map(Signature::to_numbers) {
        document.add_u64(fields.signature, number);
    }
    let lang = match (language, article.lang.as_deref()) {
        (Language::Other, Some(declared)) => declared,
        (detected, _) => detected.code(),
    };
    document.add_text(fields.lang, lang);
    let optional = [
        (fields.source, &article.source),
        (fields.section, &article.section),
        (fields.url, &article.url),
    ];
    for (field, value) in optional {
        if let Some(value) = value {
            document.add_text(field, value);
        }
    }
    for name in &article.authors {
        document.add_text(fields.author, name);
    }
    for tag in &article.tags {
        document.add_text(fields.tags, tag);
    }
    if let Some(published) = article.published {
        document.add_text(fields.published, published.date.to_string());
        document.add_text(fields.date_source, published.date_source.as_str());
        document.add_i64(fields.published_at, published.date.indexed_second());
        document.add_i64(
            fields.first_day,
            date::day_number(published.date.first_day()),
        );
        document.add_i64(fields.last_day, date::day_number(published.date.last_day()));
        if let Some(day) = published.written_day {
            document.add_i64(fields.written_day, date::day_number(day));
        }
    }
    for (part, text) in parts_of(article) {
        document.add_bytes(part.fields().stored, &pack(text));
    }
    document
}

/// What the store gives back of an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of Article")]
pub struct StoredArticle {
    pub title: String,
    pub lead: String,
    pub body: String,
    pub published: Option<String>,
    pub date_source: Option<String>,
    pub url: Option<String>,
}

/// All stored fields are texts; those of the parts are packed.
struct StoredText(String);

struct StoredTextVisitor;

impl ValueVisitor for StoredTextVisitor {
    type Value = StoredText;

    fn visit_string(&self, text: String) -> Result<StoredText, DeserializeError> {
        Ok(StoredText(text))
    }

    fn visit_bytes(&self, packed: Vec<u8>) -> Result<StoredText, DeserializeError> {
        let text = unpack(&packed).ok_or_else(|| DeserializeError::custom("no packed text"))?;
        Ok(StoredText(text))
    }
}

impl ValueDeserialize for StoredText {
    fn deserialize<'de, D: ValueDeserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, DeserializeError> {
        deserializer.deserialize_any(StoredTextVisitor)
    }
}

impl DocumentDeserialize for StoredArticle {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(
        mut deserializer: D,
    ) -> Result<Self, DeserializeError> {
        let fields = fields();
        let mut article = Self::default();
        while let Some((field, StoredText(text))) = deserializer.next_field()? {
            match field {
                field if field == fields.title.stored => article.title = text,
                field if field == fields.lead.stored => article.lead = text,
                field if field == fields.body.stored => article.body = text,
                field if field == fields.published => article.published = Some(text),
                field if field == fields.date_source => article.date_source = Some(text),
                field if field == fields.url => article.url = Some(text),
                _ => {}
            }
        }
        Ok(article)
    }
}

impl StoredArticle {
    /// Returns the text of `part`.
    pub fn text(&self, part: Part) -> &str {
        match part {
            Part::Title => &self.title,
            Part::Lead => &self.lead,
            Part::Body => &self.body,
        }
    }
}
