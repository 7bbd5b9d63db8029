//! The analysis as tantivy's token streams: one of keys, one of forms, at the same positions. An
//! index job does not use them: they are the reference that `index::segment` is tested against.

use crate::analysis::keys::{Context, KeyAnalyzer, Keys};
use crate::analysis::language::Language;
use crate::analysis::language::paragraphs::Paragraphs;
use crate::analysis::words::forms::FormTerms;
use crate::analysis::words::tokenizer::{Word, Words};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

/// The name of the stream of keys in the index schema.
pub const KEYS: &str = "keys";
/// The name of the stream of forms in the index schema.
pub const FORMS: &str = "forms";

/// Puts the language of an article before a text to index, where the token streams read it.
///
/// A field's tokenizer sees nothing of the article but that field's text, and a headline alone is
/// too short to tell its language; so the language travels in the first character, which is never
/// indexed.
pub fn marked(language: Language, text: &str) -> String {
    let mut marked = String::with_capacity(text.len() + 1);
    marked.push(match language {
        Language::Ukrainian => 'u',
        Language::Russian => 'r',
        Language::English => 'e',
        Language::Other => 'o',
    });
    marked.push_str(text);
    marked
}

fn unmark(text: &str) -> (Language, &str) {
    let mut chars = text.chars();
    let language = match chars.next() {
        Some('u') => Language::Ukrainian,
        Some('r') => Language::Russian,
        Some('e') => Language::English,
        _ => Language::Other,
    };
    (language, chars.as_str())
}

/// Returns the tokenizers of keys and forms.
pub fn tokenizers() -> TokenizerManager {
    // The engine's own manager, for its `raw`, and for its `default`, which the engine asks for
    // even where a field is not text.
    let manager = TokenizerManager::default();
    manager.register(KEYS, TextAnalyzer::builder(KeyTokenizer::default()).build());
    manager.register(
        FORMS,
        TextAnalyzer::builder(FormTokenizer::default()).build(),
    );
    manager
}

/// Gives the keys of a [`marked`] text; the keys of a word share its position.
#[derive(Debug, Clone, Default)]
pub struct KeyTokenizer {
    analyzer: KeyAnalyzer,
    form: String,
    token: Token,
}

/// Yields the forms of a [`marked`] text and the other terms of [`FormTerms`].
#[derive(Debug, Clone, Default)]
pub struct FormTokenizer {
    token: Token,
}

impl Tokenizer for KeyTokenizer {
    type TokenStream<'a> = KeyStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> KeyStream<'a> {
        let (language, text) = unmark(text);
        self.token.reset();
        KeyStream {
            tokenizer: self,
            paragraphs: Paragraphs::new(text, language),
            words: Words::new(text),
            keys: Keys::default(),
            next_key: 0,
        }
    }
}

impl Tokenizer for FormTokenizer {
    type TokenStream<'a> = FormStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> FormStream<'a> {
        let (_, text) = unmark(text);
        self.token.reset();
        FormStream {
            token: &mut self.token,
            terms: FormTerms::new(text),
        }
    }
}

/// The stream of a [`KeyTokenizer`].
#[derive(Debug)]
pub struct KeyStream<'a> {
    tokenizer: &'a mut KeyTokenizer,
    paragraphs: Paragraphs<'a>,
    words: Words<'a>,
    keys: Keys,
    next_key: usize,
}

impl TokenStream for KeyStream<'_> {
    fn advance(&mut self) -> bool {
        if self.next_key >= self.keys.len() {
            let KeyTokenizer {
                analyzer,
                form,
                token,
            } = &mut *self.tokenizer;
            let Some(word) = self.words.next_into(form) else {
                return false;
            };
            let language = self.paragraphs.language_at(word.range.start);
            let context = Context::of(word, form, language);
            analyzer.index_keys(form, context, &mut self.keys);
            self.next_key = 0;
            place(token, word);
        }
        let Some(key) = self.keys.get(self.next_key) else {
            return false;
        };
        self.next_key += 1;
        self.tokenizer.token.text.clear();
        self.tokenizer.token.text.push_str(key);
        true
    }

    fn token(&self) -> &Token {
        &self.tokenizer.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokenizer.token
    }
}

/// The stream of a [`FormTokenizer`].
#[derive(Debug)]
pub struct FormStream<'a> {
    token: &'a mut Token,
    terms: FormTerms<'a>,
}

impl TokenStream for FormStream<'_> {
    fn advance(&mut self) -> bool {
        while self.terms.next_term(&mut self.token.text).is_none() {
            let Some(word) = self.terms.next_word() else {
                return false;
            };
            place(self.token, word);
        }
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

fn place(token: &mut Token, word: Word) {
    token.offset_from = word.range.start;
    token.offset_to = word.range.end;
    token.position = word.position as usize;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(name: &str, language: Language, text: &str) -> Vec<(usize, String)> {
        let mut analyzer = tokenizers().get(name).unwrap();
        let marked = marked(language, text);
        let mut stream = analyzer.token_stream(&marked);
        let mut tokens = Vec::new();
        while stream.advance() {
            tokens.push((stream.token().position, stream.token().text.clone()));
        }
        tokens
    }

    #[test]
    fn forms_and_keys_stand_at_the_same_positions() {
        let text = "Гарантіями безпеки";
        let forms = tokens(FORMS, Language::Ukrainian, text);
        let expected = [
            (0, "гарантіями"),
            (0, "гарантіями^1"),
            (0, "."),
            (0, "¶"),
            (1, "безпеки"),
        ];
        assert_eq!(forms, expected.map(|(at, term)| (at, term.to_owned())));
        let keys = tokens(KEYS, Language::Ukrainian, text);
        assert!(
            keys.contains(&(0, "гаранті".to_owned())) && keys.contains(&(1, "безпек".to_owned())),
            "{keys:?}"
        );
    }

    #[test]
    fn the_mark_of_the_language_is_no_word_and_chooses_the_analysis() {
        let keys = tokens(KEYS, Language::Russian, "мира");
        assert!(
            keys.iter().all(|(_, key)| key.starts_with("ru/")),
            "{keys:?}"
        );
        assert_eq!(
            tokens(FORMS, Language::English, "ural")[0],
            (0, "ural".to_owned())
        );
    }

    #[test]
    fn all_lemmas_of_a_form_share_its_position() {
        let keys = tokens(KEYS, Language::Ukrainian, "три замок");
        let positions: Vec<_> = keys.iter().map(|(position, _)| *position).collect();
        assert!(
            positions.is_sorted() && positions.last() == Some(&1),
            "{keys:?}"
        );
    }

    #[test]
    fn a_tokenizer_can_be_used_for_one_text_after_another() {
        let mut tokenizer = FormTokenizer::default();
        for text in ["uперший", "uдругий текст"] {
            let mut stream = tokenizer.token_stream(text);
            assert!(stream.advance());
            assert_eq!(stream.token().position, 0);
        }
    }
}
