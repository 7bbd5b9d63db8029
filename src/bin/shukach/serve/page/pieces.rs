//! Text of articles in pieces: what matched is marked, and nothing in it turns the direction of
//! writing. Escaping is the templates' own.

use shukach::render::sanitize::one_line;
use shukach::text::ByteRange;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) text: String,
    /// The number of the mark, from 1, if it is marked.
    pub(crate) mark: Option<usize>,
}

/// Numbers marks through several texts.
#[derive(Debug, Default)]
pub(crate) struct Marker {
    pub(crate) count: usize,
}

impl Marker {
    /// Returns `text` in pieces, on one line.
    pub(crate) fn pieces(&mut self, text: &str, highlights: &[ByteRange]) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(highlights.len() * 2 + 1);
        let mut done = 0;
        for range in highlights {
            // Marks stand in order and apart; what does not is left unmarked.
            if range.start < done || range.end > text.len() {
                continue;
            }
            push(
                &mut pieces,
                ByteRange::new(done, range.start).of(text),
                None,
            );
            self.count += 1;
            push(&mut pieces, range.of(text), Some(self.count));
            done = range.end;
        }
        push(&mut pieces, ByteRange::new(done, text.len()).of(text), None);
        pieces
    }

    /// Returns each line of `text` in pieces; empty lines are left out.
    pub(crate) fn paragraphs(&mut self, text: &str, highlights: &[ByteRange]) -> Vec<Vec<Piece>> {
        let mut paragraphs = Vec::new();
        let (mut start, mut rest) = (0, highlights);
        for line in text.split_inclusive('\n') {
            let end = start + line.len();
            let (inside, behind) = rest.split_at(rest.partition_point(|range| range.start < end));
            rest = behind;
            let here =
                |range: &ByteRange| ByteRange::new(range.start - start, range.end.min(end) - start);
            let inside: Vec<ByteRange> = inside.iter().map(here).collect();
            if !line.trim().is_empty() {
                paragraphs.push(self.pieces(line.trim_end(), &inside));
            }
            start = end;
        }
        paragraphs
    }
}

fn push(pieces: &mut Vec<Piece>, text: &str, mark: Option<usize>) {
    if !text.is_empty() {
        let text = one_line(text).into_owned();
        pieces.push(Piece { text, mark });
    }
}

/// Returns an address that a page may link to: of the web, and no other scheme.
pub(crate) fn web_address(url: Option<&str>) -> Option<String> {
    let url = url?.trim();
    let is_web = ["http://", "https://"].iter().any(|scheme| {
        url.get(..scheme.len())
            .is_some_and(|beginning| beginning.eq_ignore_ascii_case(scheme))
    });
    let is_plain = !url.contains(|c: char| c.is_whitespace() || c.is_control());
    (is_web && is_plain).then(|| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pieces: &[Piece]) -> String {
        let piece = |piece: &Piece| match piece.mark {
            Some(number) => format!("[{number}:{}]", piece.text),
            None => piece.text.clone(),
        };
        pieces.iter().map(piece).collect()
    }

    #[test]
    fn marks_are_numbered_through_paragraphs() {
        let text = "мир і мир\n\nмир\u{202e} є";
        let at = |start| ByteRange::new(start, start + 6);
        let marks = [at(0), at(10), at(18)];
        let mut marker = Marker::default();
        let paragraphs = marker.paragraphs(text, &marks);
        let shown: Vec<String> = paragraphs.iter().map(|pieces| shown(pieces)).collect();
        assert_eq!(shown, ["[1:мир] і [2:мир]", "[3:мир]\u{fffd} є"]);
        assert_eq!(marker.count, 3);
        assert_eq!(
            Marker::default()
                .pieces("мир", &[ByteRange::new(0, 99)])
                .len(),
            1
        );
    }

    #[test]
    fn only_addresses_of_the_web_are_linked_to() {
        for (url, is_linked) in [
            ("https://example.org/а?б=в", true),
            ("HTTP://example.org", true),
            ("javascript:alert(1)", false),
            ("java\nscript:alert(1)", false),
            ("https://example.org/\u{1b}", false),
            ("//example.org", false),
            ("data:text/html,x", false),
            ("file:///etc/passwd", false),
        ] {
            assert_eq!(web_address(Some(url)).is_some(), is_linked, "{url}");
        }
    }
}
