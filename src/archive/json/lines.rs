//! JSON Lines: one article a line, a broken line alone is lost.

use crate::archive::input::bounded_line::{Line, next_line};
use crate::archive::input::{Input, MAX_ARTICLE_BYTES};
use crate::archive::{ArchiveFile, Flaw, ReadArticle, json};
use crate::encoding;
use crate::encoding::Hints;
use crate::error::Problem;
use std::io::BufRead;

/// Reads the articles of a stream line by line; no more than one line is held.
pub(crate) fn articles(
    file: &ArchiveFile,
    input: &mut Input<'_>,
    each: &mut dyn FnMut(Result<ReadArticle, Flaw>),
) {
    match input.head() {
        Ok(head) if encoding::is_utf16(head) => articles_of_utf16(file, input, each),
        Ok(head) => {
            let hints = Hints {
                forced: file.forced_charset,
                declared: None,
                around: encoding::of_head(head),
            };
            articles_of_lines(file, input, hints, each);
        }
        Err(error) => each(Err(error.into())),
    }
}

/// In UTF-16 a line ends in two bytes, so the stream is decoded as a whole.
fn articles_of_utf16(
    file: &ArchiveFile,
    input: &mut Input<'_>,
    each: &mut dyn FnMut(Result<ReadArticle, Flaw>),
) {
    let bytes = match input.whole() {
        Ok(bytes) => bytes,
        Err(flaw) => return each(Err(flaw)),
    };
    match encoding::decode(&bytes, Hints::default()) {
        Ok(decoded) => {
            articles_of_lines(file, &mut decoded.text.as_bytes(), Hints::default(), each);
        }
        Err(problem) => each(Err(problem.into())),
    }
}

fn articles_of_lines(
    file: &ArchiveFile,
    input: &mut dyn BufRead,
    hints: Hints<'_>,
    each: &mut dyn FnMut(Result<ReadArticle, Flaw>),
) {
    let mut buffer = Vec::new();
    for line in 1.. {
        match next_line(input, &mut buffer, b'\n', MAX_ARTICLE_BYTES) {
            Ok(Line::End) => return,
            Ok(Line::TooLong { size_bytes }) => {
                let problem = Problem::TooLarge {
                    size_bytes,
                    max_bytes: MAX_ARTICLE_BYTES,
                };
                each(Err(Flaw::at(line, problem)));
            }
            Ok(Line::Whole) if buffer.trim_ascii().is_empty() => {}
            Ok(Line::Whole) => {
                read_line(file, &buffer, hints, &mut |result| {
                    each(ReadArticle::at_line(result, line));
                });
            }
            Err(error) => return each(Err(Flaw::at(line, error.into()))),
        }
    }
}

fn read_line(
    file: &ArchiveFile,
    line: &[u8],
    hints: Hints<'_>,
    each: &mut dyn FnMut(Result<ReadArticle, Flaw>),
) {
    let mut decoded = match encoding::decode(line, hints) {
        Ok(decoded) => decoded,
        Err(problem) => return each(Err(problem.into())),
    };
    json::line(file, decoded.text.trim(), &mut |result| {
        each(result.map(|mut read| {
            read.encoding = Some(decoded.encoding);
            read.doubts.append(&mut decoded.doubts);
            read
        }));
    });
}

#[cfg(test)]
mod tests {
    use crate::archive::tests::read_all;

    #[test]
    fn blank_lines_marks_and_windows_ends_are_passed_over() {
        let text = "\u{FEFF}{\"title\": \"Один\"}\r\n\r\n  \n{\"title\": \"Два\"}";
        let (articles, problems) = read_all("a.jsonl", text.as_bytes());
        let titles: Vec<&str> = articles
            .iter()
            .map(|article| article.title.as_str())
            .collect();
        assert_eq!((titles, problems.len()), (vec!["Один", "Два"], 0));
    }

    #[test]
    fn a_wrong_line_is_told_with_its_number_and_the_others_come_in() {
        let mut bytes = "{\"title\": \"Один\"}\n{\"title\": \n\n[1]\n"
            .as_bytes()
            .to_vec();
        bytes.extend_from_slice(b"{\"title\": \"\xD0\"}\n\0\n{\"title\": \"b\", \"date\": \"9999\"}\n{\"title\": 1}\n{\"title\": \"c\"}");
        let (articles, problems) = read_all("a.ndjson", &bytes);
        assert_eq!(articles.len(), 5);
        assert_eq!(
            problems,
            [
                "a.ndjson:2: broken JSON at column 9: EOF while parsing a value",
                "a.ndjson:4: article: expected an object, found an array",
                "a.ndjson:6: binary: too little of it is text, see byte 0",
            ]
        );
    }

    #[test]
    fn an_id_is_made_of_the_file_and_the_text_where_none_is_given() {
        let text = "{\"title\": \"Один\"}\n{\"title\": \"Два\", \"id\": \"д 2\"}\n{\"title\": \"Один\"}\n{\"body\": \"Один\"}\n";
        let (articles, _) = read_all("a.jsonl", text.as_bytes());
        let ids: Vec<&str> = articles.iter().map(|article| article.id.as_str()).collect();
        let [first, second, third, fourth] = ids.as_slice() else {
            panic!("{ids:?}")
        };
        assert!(
            first.starts_with("archive/a.jsonl#") && first.len() == "archive/a.jsonl#".len() + 12
        );
        assert_eq!(*second, "д 2");
        assert!(first == third && first != fourth);
    }

    #[test]
    fn utf_16_lines_are_read() {
        let text = "\u{FEFF}{\"title\": \"Один\"}\r\n{\"title\": \"Два\"}\r\n";
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (articles, problems) = read_all("a.jsonl", &bytes);
        assert_eq!((articles.len(), problems.len()), (2, 0));
    }
}
