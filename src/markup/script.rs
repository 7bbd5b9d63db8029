//! What a script writes as a value, read as JSON: keys without quotes, other quotes, commas too
//! many, comments.

use std::io::{self, BufRead, Read};

/// A stream of a script as one of JSON. What is no value passes through.
pub(crate) struct ScriptAsJson<'r> {
    input: &'r mut dyn BufRead,
    state: State,
    depth: u32,
    /// A comma that is written once something follows it.
    has_comma: bool,
    /// A word and the blanks behind it: a key if a colon comes next.
    word: Vec<u8>,
    blanks: Vec<u8>,
    out: Vec<u8>,
    start: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Code,
    Word,
    BehindWord,
    /// A text between quotes of this kind.
    Text(u8),
    /// Behind a `\` in such a text.
    Escape(u8),
    Slash,
    LineComment,
    BlockComment,
    /// A `*` that may end a comment.
    Star,
}

/// Says whether a text that begins with a bracket is a value as only scripts write it.
pub(crate) fn is_script_value(text: &str) -> bool {
    let mut marks = text.chars().filter(|c| !c.is_whitespace());
    let is_open = |c: Option<char>| matches!(c, Some('{' | '['));
    if !is_open(marks.next()) {
        return false;
    }
    let inner = marks.find(|c| !matches!(c, '{' | '['));
    inner.is_some_and(|c| c.is_alphabetic() || matches!(c, '_' | '$' | '\'' | '`'))
}

/// No key and no blanks behind it are longer, in bytes.
const MAX_WORD_BYTES: usize = 1024;

impl<'r> ScriptAsJson<'r> {
    pub(crate) fn new(input: &'r mut dyn BufRead) -> Self {
        Self {
            input,
            state: State::Code,
            depth: 0,
            has_comma: false,
            word: Vec::new(),
            blanks: Vec::new(),
            out: Vec::new(),
            start: 0,
        }
    }

    fn take(&mut self, byte: u8) {
        match self.state {
            State::Code => self.code(byte),
            State::Word if is_of_word(byte) => {
                if self.word.len() == MAX_WORD_BYTES {
                    self.end_word(false);
                }
                self.word.push(byte);
            }
            State::Word | State::BehindWord
                if byte.is_ascii_whitespace() && self.blanks.len() < MAX_WORD_BYTES =>
            {
                self.state = State::BehindWord;
                self.blanks.push(byte);
            }
            State::Word | State::BehindWord => {
                self.end_word(byte == b':');
                self.code(byte);
            }
            State::Text(quote) => self.text(byte, quote),
            State::Escape(quote) => {
                self.state = State::Text(quote);
                match byte {
                    b'\'' | b'`' => self.out.push(byte),
                    // The line goes on.
                    b'\n' => {}
                    b'x' => self.out.extend_from_slice(b"\\u00"),
                    _ => self.out.extend_from_slice(&[b'\\', byte]),
                }
            }
            State::Slash => match byte {
                b'/' => self.state = State::LineComment,
                b'*' => self.state = State::BlockComment,
                _ => {
                    self.state = State::Code;
                    self.write(b'/');
                    self.code(byte);
                }
            },
            State::LineComment => {
                if byte == b'\n' {
                    self.state = State::Code;
                    self.out.push(byte);
                }
            }
            State::BlockComment | State::Star => {
                let is_end = self.state == State::Star && byte == b'/';
                self.state = match byte {
                    _ if is_end => State::Code,
                    b'*' => State::Star,
                    _ => State::BlockComment,
                };
                // Lines are counted.
                if byte == b'\n' {
                    self.out.push(byte);
                }
            }
        }
    }

    fn code(&mut self, byte: u8) {
        self.state = State::Code;
        match byte {
            b'"' | b'\'' | b'`' => {
                self.write(b'"');
                self.state = State::Text(byte);
            }
            b'/' => self.state = State::Slash,
            b',' if self.depth > 0 => self.has_comma = true,
            b'{' | b'[' => {
                self.write(byte);
                self.depth += 1;
            }
            b'}' | b']' => {
                self.has_comma = false;
                self.write(byte);
                self.depth = self.depth.saturating_sub(1);
            }
            _ if byte.is_ascii_whitespace() => self.out.push(byte),
            _ if self.depth > 0 && is_of_word(byte) && !byte.is_ascii_digit() => {
                self.word.push(byte);
                self.state = State::Word;
            }
            _ => self.write(byte),
        }
    }

    fn text(&mut self, byte: u8, quote: u8) {
        match byte {
            b'\\' => self.state = State::Escape(quote),
            _ if byte == quote => {
                self.out.push(b'"');
                self.state = State::Code;
            }
            b'"' => self.out.extend_from_slice(b"\\\""),
            b'\n' => self.out.extend_from_slice(b"\\n"),
            b'\t' => self.out.extend_from_slice(b"\\t"),
            b'\r' => {}
            _ => self.out.push(byte),
        }
    }

    fn end_word(&mut self, is_key: bool) {
        let word = std::mem::take(&mut self.word);
        if is_key {
            self.write(b'"');
            self.out.extend_from_slice(&word);
            self.out.push(b'"');
        } else {
            let value: &[u8] = match word.as_slice() {
                b"undefined" | b"NaN" => b"null",
                word => word,
            };
            for byte in value {
                self.write(*byte);
            }
        }
        self.out.append(&mut self.blanks);
    }

    /// Writes a byte of a value, with the comma that stands before it.
    fn write(&mut self, byte: u8) {
        if std::mem::take(&mut self.has_comma) && !matches!(byte, b'}' | b']') {
            self.out.push(b',');
        }
        self.out.push(byte);
    }
}

fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || !byte.is_ascii()
}

impl BufRead for ScriptAsJson<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.start == self.out.len() {
            self.out.clear();
            self.start = 0;
            let chunk = self.input.fill_buf()?.to_vec();
            if chunk.is_empty() {
                if matches!(self.state, State::Word | State::BehindWord) {
                    self.end_word(false);
                    self.state = State::Code;
                }
                break;
            }
            self.input.consume(chunk.len());
            for byte in chunk {
                self.take(byte);
            }
        }
        Ok(self.out.get(self.start..).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        self.start = (self.start + count).min(self.out.len());
    }
}

impl Read for ScriptAsJson<'_> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(target)?;
        self.consume(count);
        Ok(count)
    }
}

/// Returns JSON that was written as in a script, if that is what is wrong with it.
pub(crate) fn mended(json: &[u8]) -> Vec<u8> {
    let mut json = json;
    let mut out = Vec::new();
    // What is in memory can be read.
    let _ = ScriptAsJson::new(&mut json).read_to_end(&mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(script: &str) -> String {
        String::from_utf8(mended(script.as_bytes())).unwrap()
    }

    #[test]
    fn values_of_scripts_become_json() {
        for (script, expected) in [
            (
                "[{title: 'Міст', n: 1,},]",
                r#"[{"title": "Міст", "n": 1}]"#,
            ),
            (
                r#"{a: 'Мер: "так"', 'b' : `два
рядки`}"#,
                r#"{"a": "Мер: \"так\"", "b" : "два\nрядки"}"#,
            ),
            (r"{a: 'п\'ять \x41'}", r#"{"a": "п'ять \u0041"}"#),
            (
                "{a: true, b: undefined, /* , } */ c: [1, 2,], // так\n d: null}",
                "{\"a\": true, \"b\": null,  \"c\": [1, 2], \n \"d\": null}",
            ),
            (
                r#"{"a": "// не коментар", "b": "x,}"}"#,
                r#"{"a": "// не коментар", "b": "x,}"}"#,
            ),
        ] {
            let read = json(script);
            assert_eq!(
                serde_json::from_str::<serde_json::Value>(&read).unwrap(),
                serde_json::from_str::<serde_json::Value>(expected).unwrap(),
                "{read}"
            );
        }
    }

    #[test]
    fn json_stays_as_it_is() {
        let text = r#"[{"a": "x \" \\ \u0041", "b": [1.5e3, -2, true, null]}]"#;
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(value(&json(text)), value(text));
        assert!(!is_script_value(text));
        assert!(is_script_value("[{title: 1}]") && is_script_value("{ 'a': 1}"));
    }
}
