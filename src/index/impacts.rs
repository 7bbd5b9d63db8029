//! Token streams of an article's keys, and of the impacts computed from them.
//!
//! The engine tokenizes the fields of an article in the order of the schema, in one thread. The
//! streams of the parts count their keys where the stream of impacts, the last one, finds them; so
//! no word is analysed twice.

use crate::analysis::token_streams::{KeyStream, KeyTokenizer};
use crate::ranking::impact;
use crate::ranking::impact::ByPart;
use crate::schema::Part;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The name of the stream of impacts in the index schema.
pub const IMPACTS: &str = "impacts";

thread_local! {
    static TERM_COUNTS: RefCell<TermCounts> = RefCell::new(TermCounts::default());
}

/// The keys of an article so far.
#[derive(Debug, Clone, Default)]
struct TermCounts {
    /// How often each key stands in each part.
    often: FxHashMap<String, ByPart<u32>>,
    /// How many keys each part has.
    lengths: ByPart<u32>,
}

impl TermCounts {
    fn add(&mut self, part: Part, key: &str) {
        let place = part as usize;
        self.lengths[place] += 1;
        match self.often.get_mut(key) {
            Some(often) => often[place] += 1,
            None => self.often.entry(key.to_owned()).or_default()[place] += 1,
        }
    }
}

/// Puts before a [`marked`](crate::analysis::token_streams::marked) text of which part it is, where
/// [`PartKeyTokenizer`] reads it; never indexed. Of a body, its first `lead_words` positions count
/// as the lead too.
pub fn of_part(part: Part, lead_words: u32, marked: &str) -> String {
    match part {
        Part::Title => format!("t {marked}"),
        Part::Lead => format!("l {marked}"),
        Part::Body => format!("{lead_words} {marked}"),
    }
}

/// Returns the part, of a body how many positions are the lead, and the text.
fn part_of(text: &str) -> (Part, usize, &str) {
    let (part, text) = text.split_once(' ').unwrap_or_default();
    match part {
        "t" => (Part::Title, 0, text),
        "l" => (Part::Lead, 0, text),
        lead_words => (Part::Body, lead_words.parse().unwrap_or_default(), text),
    }
}

/// Gives the keys of a text made by [`of_part`], and counts them for the impacts of the article.
#[derive(Debug, Clone, Default)]
pub struct PartKeyTokenizer {
    keys: KeyTokenizer,
}

impl Tokenizer for PartKeyTokenizer {
    type TokenStream<'a> = PartKeyStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PartKeyStream<'a> {
        let (part, lead_words, marked) = part_of(text);
        PartKeyStream {
            part,
            lead_words,
            keys: self.keys.token_stream(marked),
        }
    }
}

/// The stream of a [`PartKeyTokenizer`].
#[derive(Debug)]
pub struct PartKeyStream<'a> {
    part: Part,
    /// How many positions of a body are the lead.
    lead_words: usize,
    keys: KeyStream<'a>,
}

impl TokenStream for PartKeyStream<'_> {
    fn advance(&mut self) -> bool {
        let has_key = self.keys.advance();
        if has_key {
            let token = self.keys.token();
            TERM_COUNTS.with_borrow_mut(|term_counts| {
                term_counts.add(self.part, &token.text);
                if token.position < self.lead_words {
                    term_counts.add(Part::Lead, &token.text);
                }
            });
        }
        has_key
    }

    fn token(&self) -> &Token {
        self.keys.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.keys.token_mut()
    }
}

/// Gives the keys counted since it was last asked, whatever its text, each as often as its
/// [`impact`] says: the engine counts terms and takes no number. Keys that the article mentions in
/// passing are left out.
#[derive(Debug, Clone, Default)]
pub struct ImpactTokenizer {
    term_counts: TermCounts,
    token: Token,
}

impl Tokenizer for ImpactTokenizer {
    type TokenStream<'a> = ImpactStream<'a>;

    fn token_stream<'a>(&'a mut self, _: &'a str) -> ImpactStream<'a> {
        self.term_counts.often.clear();
        self.term_counts.lengths = ByPart::default();
        TERM_COUNTS
            .with_borrow_mut(|term_counts| std::mem::swap(term_counts, &mut self.term_counts));
        let mut counts = ByPart::default();
        for (part, counts) in Part::ALL.into_iter().zip(&mut counts) {
            *counts = impact::mention(part, self.term_counts.lengths[part as usize]);
        }
        // All at one place, as no places are kept.
        self.token.position = 0;
        ImpactStream {
            keys: self.term_counts.often.iter(),
            token: &mut self.token,
            counts,
            left: 0,
        }
    }
}

/// The stream of an [`ImpactTokenizer`].
#[derive(Debug)]
pub struct ImpactStream<'a> {
    keys: std::collections::hash_map::Iter<'a, String, ByPart<u32>>,
    token: &'a mut Token,
    /// What a mention counts in each part.
    counts: ByPart<f32>,
    /// How often the key is still to be given.
    left: u32,
}

impl TokenStream for ImpactStream<'_> {
    fn advance(&mut self) -> bool {
        while self.left == 0 {
            let Some((key, often)) = self.keys.next() else {
                return false;
            };
            if let Some(impact) = impact::of(*often, self.counts) {
                self.token.text.clear();
                self.token.text.push_str(key);
                self.left = impact;
            }
        }
        self.left -= 1;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Language;
    use crate::analysis::token_streams::marked;
    use std::collections::BTreeMap;

    /// Returns the terms of both streams as the engine asks for them, and how often it gets each of
    /// the second.
    fn impacts(texts: ByPart<&str>, lead_words: u32) -> (Vec<String>, BTreeMap<String, u32>) {
        let (mut keys, mut found) = (Vec::new(), BTreeMap::new());
        for (part, text) in Part::ALL.into_iter().zip(texts) {
            let text = of_part(part, lead_words, &marked(Language::Ukrainian, text));
            let mut tokenizer = PartKeyTokenizer::default();
            let mut stream = tokenizer.token_stream(&text);
            while stream.advance() {
                keys.push(stream.token().text.clone());
            }
        }
        let mut tokenizer = ImpactTokenizer::default();
        let mut stream = tokenizer.token_stream("");
        while stream.advance() {
            *found.entry(stream.token().text.clone()).or_default() += 1;
        }
        (keys, found)
    }

    #[test]
    fn a_key_stands_as_often_as_its_impact_says() {
        let (keys, found) = impacts(["Міст", "Міст 7", "Міст і мости 7 1"], 0);
        assert_eq!(keys, ["міст", "міст", "7", "міст", "і", "міст", "7", "1"]);
        let lengths = [(Part::Title, 1), (Part::Lead, 2), (Part::Body, 5)];
        let counts = lengths.map(|(part, length)| impact::mention(part, length));
        let expected = [("міст", [1, 1, 2])].map(|(key, often)| {
            let impact = impact::of(often, counts).unwrap();
            (key.to_owned(), impact)
        });
        assert_eq!(found, BTreeMap::from(expected), "all else is in passing");
    }

    #[test]
    fn a_lead_that_the_body_begins_with_counts_as_if_it_stood_apart() {
        let body = "Міст і мости\nМіст закрили, мости ні.";
        let (_, apart) = impacts(["Мости", "Міст і мости", body], 0);
        let (_, within) = impacts(["Мости", "", body], 3);
        assert_eq!(within, apart);
    }

    #[test]
    fn an_article_has_nothing_of_the_one_before_it() {
        for title in ["Міст", "Дім", ""] {
            let (keys, found) = impacts([title, "", "Дощ"], 0);
            assert_eq!(
                found.into_keys().collect::<Vec<_>>(),
                keys[..keys.len() - 1]
            );
        }
    }
}
