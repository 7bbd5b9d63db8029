//! Finds the articles of a JSON file of any size: the elements of its array, wherever that stands.
//!
//! The file is read once, byte by byte where there is structure and at the speed of memory within
//! texts. What is held is one article, or the whole where it is one object; nothing is parsed here.

#[cfg(test)]
mod tests;

use crate::archive::json::scan::Scan;
use memchr::{memchr, memchr2};
use serde_json::{Map, Value};
use std::io::{self, BufRead};

/// Keys whose array or object holds the articles, folded.
const LIST_KEYS: &str = "articles items data results result posts hits docs documents entries news response \
    messages rows records feed value values stories list content contents graph publications \
    pages nodes edges objects export payload channel channels chats rss статті новини";

/// Lists are looked for so many levels deep.
const MAX_LEVELS: usize = 6;
/// A key longer than this, in bytes, is none of a list.
const MAX_KEY_BYTES: usize = 40;

/// A value that may be an article.
#[derive(Debug)]
pub(crate) struct Element {
    /// The value as it stands; what came after [`Elements::new`]'s limit is cut off.
    pub(crate) json: Vec<u8>,
    /// The line where it begins, counted from 1.
    pub(crate) line: u64,
    /// The column where it begins, in bytes counted from 0.
    pub(crate) column: u64,
    /// The size in bytes of the value that was too large to be held.
    pub(crate) too_large: Option<u64>,
    pub(crate) kind: Kind,
}

/// What a value is to its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The only value of the file.
    Whole,
    /// An element of the array of a file, or one value of several.
    Part,
    /// An object in a list inside an object: an article if it looks like one, which the caller
    /// says.
    Candidate,
    /// An object around lists whose articles were handed out; they stand no longer in it.
    Remainder,
}

/// The elements of a file, one after another.
pub(crate) struct Elements<'r> {
    input: &'r mut dyn BufRead,
    max_bytes: u64,
    levels: Vec<Level>,
    /// The object at the top, without what was cut out of it.
    held: Held,
    line: u64,
    column: u64,
    is_cut: bool,
    roots: u64,
    pending: Option<Element>,
}

/// A bracket that is open around the elements.
#[derive(Debug)]
struct Level {
    is_object: bool,
    /// What stands in it is looked at.
    may_list: bool,
    /// It is an array of articles.
    is_list: bool,
    key: Vec<u8>,
}

/// Bytes up to a limit, and where they began.
#[derive(Debug, Default)]
struct Held {
    bytes: Vec<u8>,
    size_bytes: u64,
    line: u64,
    column: u64,
}

impl Held {
    fn push(&mut self, bytes: &[u8], max_bytes: u64) {
        self.size_bytes += bytes.len() as u64;
        if self.size_bytes <= max_bytes {
            self.bytes.extend_from_slice(bytes);
        }
    }

    fn element(self, kind: Kind, max_bytes: u64) -> Element {
        Element {
            too_large: (self.size_bytes > max_bytes).then_some(self.size_bytes),
            json: self.bytes,
            line: self.line,
            column: self.column,
            kind,
        }
    }
}

impl<'r> Elements<'r> {
    /// Reads elements of at most `max_bytes` bytes.
    pub(crate) fn new(input: &'r mut dyn BufRead, max_bytes: u64) -> Self {
        Self {
            input,
            max_bytes,
            levels: Vec::new(),
            held: Held::default(),
            line: 1,
            column: 0,
            is_cut: false,
            roots: 0,
            pending: None,
        }
    }

    /// Returns the next element, or `None` at the end of the file.
    ///
    /// # Errors
    /// Fails where the file cannot be read.
    pub(crate) fn next(&mut self) -> io::Result<Option<Element>> {
        loop {
            if let Some(element) = self.pending.take() {
                return Ok(Some(element));
            }
            let Some(byte) = self.peek()? else {
                return Ok(self.at_end());
            };
            match byte {
                b'"' => self.string()?,
                b'{' | b'[' => {
                    if let Some(element) = self.open(byte)? {
                        return Ok(Some(element));
                    }
                }
                b'}' | b']' => {
                    self.pass(byte);
                    if let Some(element) = self.close()? {
                        return Ok(Some(element));
                    }
                }
                b'/' if self.levels.is_empty() => self.comment()?,
                b',' if self.is_in_list() => self.skip(byte),
                _ if byte.is_ascii_whitespace() || byte == b',' || byte == b':' => self.pass(byte),
                _ => {
                    if let Some(element) = self.scalar()? {
                        return Ok(Some(element));
                    }
                }
            }
        }
    }

    /// Whether any value was met.
    pub(crate) fn has_begun(&self) -> bool {
        self.roots > 0
    }

    /// Says of the last [`Kind::Candidate`] that it is no article but a part of the object.
    pub(crate) fn reject(&mut self, element: &Element) {
        self.held.push(&element.json, self.max_bytes);
    }

    /// Says of the last [`Kind::Candidate`] that it is an article, as what follows it in its array.
    pub(crate) fn accept(&mut self) {
        self.is_cut = true;
        self.held.push(b"null", self.max_bytes);
        if let Some(level) = self.levels.last_mut() {
            level.is_list = !level.is_object;
        }
    }

    /// Returns what stood in the object at the top before the value that was read last.
    pub(crate) fn around(&self) -> Option<Map<String, Value>> {
        let mut json = self.held.bytes.clone();
        while matches!(json.last(), Some(b' ' | b'\n' | b'\r' | b'\t' | b',')) {
            json.pop();
        }
        if json.last() == Some(&b':') {
            json.extend_from_slice(b"null");
        }
        let brackets = self.levels.iter().rev();
        json.extend(brackets.map(|level| if level.is_object { b'}' } else { b']' }));
        serde_json::from_slice(&json).ok()
    }

    fn is_in_list(&self) -> bool {
        self.levels.last().is_some_and(|level| level.is_list)
    }

    fn open(&mut self, byte: u8) -> io::Result<Option<Element>> {
        let Some(top) = self.levels.last() else {
            self.open_root(byte);
            return Ok(None);
        };
        let (is_list, is_object) = (top.is_list, top.is_object);
        let is_list_key = is_object && is_list_key(&top.key);
        let can_descend = top.may_list && self.levels.len() < MAX_LEVELS;
        if is_list {
            return self.element(Kind::Part).map(Some);
        }
        if byte == b'{'
            && !is_list
            && top.may_list
            && (!is_object || !is_list_key)
            && self.levels.len() > 1
        {
            // An element of a list that may be one of articles.
            return self.element(Kind::Candidate).map(Some);
        }
        if can_descend && is_object && is_list_key {
            self.pass(byte);
            self.levels.push(Level {
                is_object: byte == b'{',
                may_list: true,
                is_list: false,
                key: Vec::new(),
            });
            return Ok(None);
        }
        let (value, _) = self.value()?;
        if self.is_holding() {
            self.held.push(&value.bytes, self.max_bytes);
            self.held.size_bytes += value.size_bytes - value.bytes.len() as u64;
        }
        Ok(None)
    }

    fn open_root(&mut self, byte: u8) {
        self.roots += 1;
        self.is_cut = false;
        self.held = Held {
            line: self.line,
            column: self.column,
            ..Held::default()
        };
        let is_object = byte == b'{';
        self.levels.push(Level {
            is_object,
            may_list: is_object,
            is_list: !is_object,
            key: Vec::new(),
        });
        self.pass(byte);
    }

    fn close(&mut self) -> io::Result<Option<Element>> {
        let Some(level) = self.levels.pop() else {
            return Ok(None);
        };
        if !self.levels.is_empty() || !level.is_object {
            return Ok(None);
        }
        let held = std::mem::take(&mut self.held);
        let is_alone = self.roots == 1 && !self.has_more()?;
        let kind = match (self.is_cut, is_alone) {
            (true, _) => Kind::Remainder,
            (false, true) => Kind::Whole,
            (false, false) => Kind::Part,
        };
        Ok(Some(held.element(kind, self.max_bytes)))
    }

    /// What is open at the end was cut off; its parser says so.
    fn at_end(&mut self) -> Option<Element> {
        let is_object = self.levels.first()?.is_object;
        self.levels.clear();
        let mut held = std::mem::take(&mut self.held);
        let kind = match (is_object, self.is_cut) {
            (true, true) => Kind::Remainder,
            (true, false) => Kind::Whole,
            (false, _) => Kind::Part,
        };
        if kind != Kind::Whole {
            // The end is what is wrong.
            held = Held {
                line: self.line,
                column: self.column,
                ..Held::default()
            };
        }
        Some(held.element(kind, self.max_bytes))
    }

    /// Whether another value follows at the top.
    fn has_more(&mut self) -> io::Result<bool> {
        while let Some(byte) = self.peek()? {
            match byte {
                b'{' | b'[' => return Ok(true),
                b'/' => self.comment()?,
                _ => self.skip(byte),
            }
        }
        Ok(false)
    }

    fn element(&mut self, kind: Kind) -> io::Result<Element> {
        let (value, is_whole) = self.value()?;
        if !is_whole {
            // It tells of the cut; nothing around it need tell so again.
            self.levels.clear();
        }
        Ok(value.element(kind, self.max_bytes))
    }

    /// Reads a value with all brackets inside it; it is not whole where the file ends before it.
    fn value(&mut self) -> io::Result<(Held, bool)> {
        let mut value = Held {
            line: self.line,
            column: self.column,
            ..Held::default()
        };
        let mut scan = Scan::default();
        loop {
            let max_bytes = self.max_bytes;
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                return Ok((value, false));
            }
            let (used, is_done) = scan.read(chunk);
            let used_bytes = chunk.get(..used).unwrap_or(chunk);
            value.push(used_bytes, max_bytes);
            let (lines, column) = moved(used_bytes, self.column);
            (self.line, self.column) = (self.line + lines, column);
            self.input.consume(used);
            if is_done {
                return Ok((value, true));
            }
        }
    }

    /// Reads a string that is a key, or a value that is no list.
    fn string(&mut self) -> io::Result<()> {
        let mut text = Vec::new();
        let mut is_escaped = false;
        let mut quotes = 0;
        while quotes < 2 {
            let Some(byte) = self.peek()? else {
                break;
            };
            if byte == b'"' && !is_escaped {
                quotes += 1;
            } else if text.len() <= MAX_KEY_BYTES {
                text.push(byte);
            }
            is_escaped = byte == b'\\' && !is_escaped;
            self.pass(byte);
            if quotes == 1 && !is_escaped {
                self.pass_text()?;
            }
        }
        let is_outermost = self.levels.len() == 1;
        match self.levels.last_mut() {
            Some(level) if level.is_object => level.key = text,
            Some(level) if level.is_list && is_outermost => {
                let mut value = Held {
                    line: self.line,
                    column: self.column,
                    ..Held::default()
                };
                value.push(b"\"\"", self.max_bytes);
                self.pending = Some(value.element(Kind::Part, self.max_bytes));
            }
            _ => {}
        }
        Ok(())
    }

    /// Passes over the plain inside of a long string at once.
    fn pass_text(&mut self) -> io::Result<()> {
        let max_bytes = self.max_bytes;
        let is_held = self.is_holding();
        let chunk = self.input.fill_buf()?;
        let end = memchr2(b'"', b'\\', chunk).unwrap_or(chunk.len());
        // A short one may be a key.
        let plain = end.saturating_sub(MAX_KEY_BYTES);
        if plain == 0 {
            return Ok(());
        }
        let bytes = chunk.get(..plain).unwrap_or_default();
        if is_held {
            self.held.push(bytes, max_bytes);
        }
        let (lines, column) = moved(bytes, self.column);
        (self.line, self.column) = (self.line + lines, column);
        self.input.consume(plain);
        Ok(())
    }

    /// Reads a number or a word; in the array of the file it stands where an article should.
    fn scalar(&mut self) -> io::Result<Option<Element>> {
        let mut value = Held {
            line: self.line,
            column: self.column,
            ..Held::default()
        };
        while let Some(byte) = self.peek()? {
            if byte.is_ascii_whitespace() || b",:{}[]\"/".contains(&byte) {
                break;
            }
            value.push(&[byte], self.max_bytes);
            self.skip(byte);
        }
        if value.bytes.is_empty() {
            // A slash that begins nothing.
            self.skip(b'/');
            return Ok(None);
        }
        match self.levels.last() {
            Some(level) if level.is_list && self.levels.len() == 1 => {
                return Ok(Some(value.element(Kind::Part, self.max_bytes)));
            }
            Some(_) if self.is_holding() => self.held.push(&value.bytes, self.max_bytes),
            _ => {}
        }
        Ok(None)
    }

    /// Passes over a comment of a script.
    fn comment(&mut self) -> io::Result<()> {
        self.skip(b'/');
        let end = match self.peek()? {
            Some(b'/') => b'\n',
            Some(b'*') => b'/',
            _ => return Ok(()),
        };
        let mut before = 0;
        self.skip(b'/');
        while let Some(byte) = self.peek()? {
            self.skip(byte);
            if byte == end && (end == b'\n' || before == b'*') {
                break;
            }
            before = byte;
        }
        Ok(())
    }

    /// An array at the top is nothing by itself.
    fn is_holding(&self) -> bool {
        self.levels.first().is_some_and(|level| level.is_object)
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.input.fill_buf()?.first().copied())
    }

    /// Consumes a byte that belongs to the object at the top.
    fn pass(&mut self, byte: u8) {
        if self.is_holding() {
            self.held.push(&[byte], self.max_bytes);
        }
        self.skip(byte);
    }

    fn skip(&mut self, byte: u8) {
        self.input.consume(1);
        if byte == b'\n' {
            self.line += 1;
            self.column = 0;
        } else {
            self.column += 1;
        }
    }
}

/// Returns how many lines `bytes` end, and the column behind them.
fn moved(bytes: &[u8], column: u64) -> (u64, u64) {
    if memchr(b'\n', bytes).is_none() {
        return (0, column + bytes.len() as u64);
    }
    let lines = crate::markup::blocks::line_break_count(bytes);
    let behind = bytes
        .iter()
        .rev()
        .take_while(|byte| **byte != b'\n')
        .count();
    (lines, behind as u64)
}

fn is_list_key(key: &[u8]) -> bool {
    let Ok(key) = std::str::from_utf8(key) else {
        return false;
    };
    let folded = crate::archive::json::key::folded(key);
    LIST_KEYS.split_whitespace().any(|list| list == folded)
}
