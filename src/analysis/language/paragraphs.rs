//! The language of each paragraph of an article, which may quote and translate.

use crate::analysis::language::Language;
use crate::analysis::language::evidence::Evidence;

/// The shortest paragraph that may be in another language than its article, in words.
const FEWEST_WORDS: i32 = 6;
/// How much of a paragraph is looked at, in words.
const SAMPLE_WORDS: usize = 24;
/// How much of it is looked at to see that it is in the article's language, in bytes: some ten
/// words.
const GLANCE_BYTES: usize = 160;

/// Detects the language of each word of a text in turn.
///
/// A paragraph (a line) is in the language of the article unless it has six words or more and
/// speaks clearly for another of the three languages. Index and highlighter both ask here, so that
/// what is marked is what was indexed.
#[derive(Debug, Clone)]
pub struct Paragraphs<'a> {
    text: &'a str,
    article: Language,
    paragraph: Language,
    /// Where the current paragraph ends, in bytes.
    end: usize,
}

impl<'a> Paragraphs<'a> {
    /// Starts at the beginning of `text`, of an article in language `article`.
    pub fn new(text: &'a str, article: Language) -> Self {
        Self {
            text,
            article,
            paragraph: article,
            end: 0,
        }
    }

    /// Returns the language of the word at `offset`, in bytes; offsets must not go back.
    pub fn language_at(&mut self, offset: usize) -> Language {
        while offset >= self.end {
            let Some(rest) = self.text.get(self.end..).filter(|rest| !rest.is_empty()) else {
                return self.paragraph;
            };
            let line = rest.split_inclusive('\n').next().unwrap_or(rest);
            self.end += line.len();
            if offset < self.end {
                self.paragraph = language_of(line, self.article);
            }
        }
        self.paragraph
    }
}

fn language_of(line: &str, article: Language) -> Language {
    if is_plainly(article, line) {
        return article;
    }
    Evidence::of(line, SAMPLE_WORDS).verdict_against(article, FEWEST_WORDS)
}

/// Returns whether a glance at the letters is enough: some of the language's own, none of its
/// neighbours'. So it is with nearly all paragraphs, and they cost next to nothing.
fn is_plainly(language: Language, line: &str) -> bool {
    let (mut own, mut foreign) = (0, 0);
    let bytes = line.as_bytes();
    let glance = bytes.get(..GLANCE_BYTES).unwrap_or(bytes);
    match language {
        Language::Ukrainian => count_letters(glance, &mut own, &mut foreign),
        Language::Russian => count_letters(glance, &mut foreign, &mut own),
        Language::English => return glance.is_ascii(),
        Language::Other => return false,
    }
    own >= 3 && foreign == 0
}

/// Counts і ї є and ы э ъ ё, by their bytes in UTF-8.
fn count_letters(bytes: &[u8], ukrainian: &mut u32, russian: &mut u32) {
    for pair in bytes.windows(2) {
        match pair {
            [0xd1, 0x96 | 0x97 | 0x94] => *ukrainian += 1,
            [0xd1, 0x8a | 0x8b | 0x8d | 0x91] => *russian += 1,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn languages(text: &str, article: Language) -> Vec<Language> {
        let mut paragraphs = Paragraphs::new(text, article);
        let starts = text.split('\n').scan(0, |next, line| {
            let start = *next;
            *next += line.len() + 1;
            Some(start)
        });
        starts.map(|at| paragraphs.language_at(at)).collect()
    }

    #[test]
    fn each_paragraph_has_its_language() {
        let text = "Голова громади звернувся до мешканців.\n\
            Мы просим всех жителей сохранять спокойствие и не покидать дома.\n\
            The mayor said that the water would be back in the evening.\n\
            Воду підвезуть до школи.";
        assert_eq!(
            languages(text, Language::Ukrainian),
            [
                Language::Ukrainian,
                Language::Russian,
                Language::English,
                Language::Ukrainian
            ]
        );
        assert_eq!(
            languages(text, Language::Russian)[3],
            Language::Russian,
            "four words do not outweigh the article"
        );
    }

    #[test]
    fn a_short_or_doubtful_paragraph_is_in_the_language_of_its_article() {
        for text in [
            "Мы были дома",
            "Рада проекту мера",
            "Это было",
            "",
            "12 345",
        ] {
            assert_eq!(
                languages(text, Language::Ukrainian),
                [Language::Ukrainian],
                "{text}"
            );
        }
        let quoting = "Він сказав: «Это было вчера», і додав, що більше нічого не знає.";
        assert_eq!(
            languages(quoting, Language::Ukrainian),
            [Language::Ukrainian]
        );
    }

    #[test]
    fn a_ukrainian_answer_in_a_russian_article_is_ukrainian() {
        let text = "Об этом сообщили в мэрии города.\nМи зробили все, що могли, щоб люди мали воду, — каже інженер.";
        assert_eq!(
            languages(text, Language::Russian),
            [Language::Russian, Language::Ukrainian]
        );
    }

    proptest! {
        #[test]
        fn a_paragraph_does_not_depend_on_its_neighbours(lines in proptest::collection::vec("[а-яіїєыэa-z ]{0,60}", 1..6)) {
            let text = lines.join("\n");
            let together = languages(&text, Language::Ukrainian);
            for (line, language) in lines.iter().zip(together).filter(|(line, _)| !line.is_empty()) {
                prop_assert_eq!(languages(line, Language::Ukrainian), vec![language]);
            }
        }
    }
}
