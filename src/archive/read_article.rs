//! An article as it was read, with what is known of the reading.

use crate::archive::flaw::Flaw;
use crate::archive::format::Format;
use crate::article::Article;
use crate::encoding;
use crate::error::{Doubt, Field, Problem};
use std::borrow::Cow;
use std::path::Path;

/// An article as it was read, with where its fields come from and what is in doubt.
#[derive(Debug)]
pub struct ReadArticle {
    /// The article.
    pub article: Article,
    /// The path within the file, where that is a container; `None` elsewhere.
    pub inner_path: Option<String>,
    /// The line where the article begins, counted from 1, where it does not have the file to
    /// itself.
    pub line: Option<u64>,
    /// Whether the input gives its id; else it is made of the name of the file.
    pub has_given_id: bool,
    /// The format it was read as; `None` only while the reader of the format is at work.
    pub format: Option<Format>,
    /// The encoding of the bytes, by its name in HTML (`windows-1251`); `None` where the format is
    /// no text.
    pub encoding: Option<&'static str>,
    /// Where fields come from, in no order; a field that speaks for itself may be left out.
    pub origins: Vec<Origin>,
    /// What is in doubt, in the order in which it was met.
    pub doubts: Vec<Doubt>,
}

/// Where a field of an article comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The field.
    pub field: Field,
    /// The key, element or rule that gave it: `headline`, `og:title`, `first line`.
    pub name: Cow<'static, str>,
}

impl ReadArticle {
    /// Notes where fields come from; those of no field, as of a list without entries, say nothing.
    pub(crate) fn with_origins(self, origins: &[(Field, &'static str)]) -> Self {
        let origins = origins.iter().map(|(field, name)| Origin {
            field: *field,
            name: Cow::Borrowed(name),
        });
        Self {
            origins: origins.collect(),
            ..self
        }
    }

    /// Puts `line`, where the article begins, beside it or beside what is wrong with it.
    pub(crate) fn at_line(read: Result<Self, Flaw>, line: u64) -> Result<Self, Flaw> {
        match read {
            Ok(read) => Ok(Self {
                line: Some(line),
                ..read
            }),
            Err(flaw) => Err(Flaw::at(line, flaw.problem)),
        }
    }

    /// Repairs the texts that had been read in a wrong encoding before they came, where decoding
    /// had no whole text to do so.
    pub(crate) fn repair_texts(&mut self) {
        let article = &mut self.article;
        let texts = [
            (Field::Title, &mut article.title),
            (Field::Lead, &mut article.lead),
            (Field::Body, &mut article.body),
        ];
        for (field, text) in texts {
            if let Some((repaired, slip)) = encoding::repaired(text) {
                *text = repaired;
                let problem = Problem::RepairedEncoding { slip };
                self.doubts.push(Doubt::of(field, problem));
            }
        }
    }

    /// Takes away the `[+1234 chars]` with which an export says that it cut the text, and notes it.
    fn check_cut(&mut self) {
        let Some((end, chars)) = cut_mark(&self.article.body) else {
            return;
        };
        self.article.body.truncate(end);
        // A lead that was taken from the body ends as it did.
        if let Some((end, _)) = cut_mark(&self.article.lead) {
            self.article.lead.truncate(end);
        }
        self.doubts
            .push(Doubt::of(Field::Body, Problem::CutText { chars }));
    }

    /// Notes what is in doubt about the text whatever the format: that there is none, or that it
    /// lost its letters.
    pub(crate) fn check_text(&mut self) {
        self.check_cut();
        self.check_lost_letters();
        let body = &self.article.body;
        if body.trim().is_empty() {
            self.doubts.push(Doubt::of(Field::Body, Problem::NoBody));
        } else if has_few_letters(body) {
            self.doubts
                .push(Doubt::of(Field::Body, Problem::FewLetters));
        }
    }

    /// A stream is decoded without a count of what was lost.
    fn check_lost_letters(&mut self) {
        let is_bad = |doubt: &Doubt| matches!(doubt.problem, Problem::BadBytes { .. });
        let texts = [&self.article.title, &self.article.body];
        let count: usize = texts
            .map(|text| encoding::lost_letters(text.as_bytes()))
            .iter()
            .sum();
        if count > 0 && !self.doubts.iter().any(is_bad) {
            let encoding = self.encoding.unwrap_or("UTF-8");
            let problem = Problem::BadBytes { count, encoding };
            self.doubts.push(problem.into());
        }
    }

    /// Returns the file itself, also where the article comes out of a container.
    pub fn file_path(&self) -> &Path {
        let path = self.article.path.as_path();
        let inner = self
            .inner_path
            .as_ref()
            .map_or(0, |inner| Path::new(inner).components().count());
        path.ancestors().nth(inner).unwrap_or(path)
    }
}

impl From<Article> for ReadArticle {
    fn from(article: Article) -> Self {
        Self {
            article,
            inner_path: None,
            line: None,
            has_given_id: false,
            format: None,
            encoding: None,
            origins: Vec::new(),
            doubts: Vec::new(),
        }
    }
}

/// So much of a text tells whether it has letters, in characters.
const SAMPLE_CHARS: usize = 2_000;
/// A shorter text may well be a score or a price.
const MIN_CHARS: usize = 20;
/// A text of fewer letters or digits in a hundred characters has lost them.
const FEW_PERCENT: usize = 25;

fn has_few_letters(text: &str) -> bool {
    let sample = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .take(SAMPLE_CHARS);
    // A text with this many letters has not lost them, whatever follows.
    let enough = SAMPLE_CHARS.min(text.len()) * FEW_PERCENT;
    let (mut chars, mut letters) = (0, 0);
    for c in sample {
        chars += 1;
        // The commonest letters need no table.
        letters +=
            usize::from(matches!(c, '\u{400}'..='\u{481}' | 'a'..='z') || c.is_alphanumeric());
        if letters * 100 >= enough {
            return false;
        }
    }
    chars >= MIN_CHARS && letters * 100 < chars * FEW_PERCENT
}

/// Returns where a text ends before `[+1234 chars]`, in bytes, and that number.
fn cut_mark(text: &str) -> Option<(usize, u64)> {
    let text = text.trim_end().strip_suffix(" chars]")?;
    let (text, digits) = text.rsplit_once("[+")?;
    Some((text.trim_end().len(), digits.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use crate::archive::tests::{doubts, read_one};

    #[test]
    fn a_text_that_lost_its_letters_is_in_doubt() {
        assert_eq!(
            doubts(
                "a.txt",
                "Міст\n, . – , , « » . , . , , – . « » . , . : ; – , .".as_bytes()
            ),
            ["few-letters"]
        );
        assert_eq!(
            doubts(
                "a.json",
                r#"{"title": "Міст", "body": "????? ??? ????????, ?? ?????? ????"}"#.as_bytes()
            ),
            ["few-letters"]
        );
        assert_eq!(
            doubts("a.txt", "Матч\n3:2".as_bytes()),
            Vec::<String>::new()
        );
        assert_eq!(
            doubts(
                "a.txt",
                "Курс\n41,25 / 41,30; 43,10 / 43,25; 45,00".as_bytes()
            ),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_text_that_an_export_cut_is_in_doubt_and_loses_the_mark() {
        let json =
            r#"{"title": "Міст", "content": "Новий міст через річку відкрили… [+1234 chars]"}"#;
        assert_eq!(doubts("a.json", json.as_bytes()), ["cut-text"]);
        let article = read_one("a.json", json.as_bytes());
        assert_eq!(article.body, "Новий міст через річку відкрили…");
    }

    #[test]
    fn bad_bytes_far_in_a_stream_are_in_doubt() {
        let rows = "Новина дня,Текст новини.\n".repeat(5000);
        for (name, head, item, end) in [
            (
                "a.csv",
                format!("title,text\n{rows}"),
                [&b"Title"[..], b",\xD0x\xFF\n"].concat(),
                "",
            ),
            (
                "a.rss",
                format!("<rss><channel>{}", "<!-- коментар -->".repeat(5000)),
                b"<item><title>Bridge</title><description>a\xD0x\xFF b</description></item>"
                    .to_vec(),
                "</channel></rss>",
            ),
        ] {
            let bytes = [head.as_bytes(), item.as_slice(), end.as_bytes()].concat();
            assert_eq!(doubts(name, &bytes), ["bad-bytes"], "{name}");
        }
    }

    #[test]
    fn a_title_without_text_is_in_doubt() {
        assert_eq!(
            doubts("a.json", r#"{"title": "Міст"}"#.as_bytes()),
            ["no-body"]
        );
        assert_eq!(doubts("a.html", "<h1>Міст</h1>".as_bytes()), ["no-body"]);
    }
}
