//! The records of an XML document, one after another.

use crate::archive::flaw::Flaw;
use crate::archive::input::lines::{Lines, TooLong};
use crate::archive::input::{Expansion, MAX_ARTICLE_BYTES, MAX_EXPANSION};
use crate::archive::xml::element::{Element, Node, local};
use crate::error::Problem;
use quick_xml::Reader;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::borrow::Cow;
use std::error::Error;
use std::io::{self, BufRead};
use std::mem;

/// Elements nested deeper than this give their text to the last one that is not.
const MAX_DEPTH: usize = 200;

/// More attributes of one element are passed over.
const MAX_ATTRIBUTES: usize = 100;

/// The most bytes kept of what stands around the records: the title and language of a feed.
const MAX_HEADER_BYTES: usize = 64 * 1024;

/// Reads records; see [`Records::next_record`].
pub(crate) struct Records<'a> {
    reader: Reader<Lines<'a>>,
    is_record: fn(&str) -> bool,
    header: Header,
    buffer: Vec<u8>,
    /// The last record was too long, and what stands behind it can be read.
    can_go_on: bool,
}

/// A record with the line that it begins on.
pub(crate) struct Record {
    pub(crate) element: Element,
    pub(crate) line: u64,
}

impl<'a> Records<'a> {
    /// Makes a reader of the elements that `is_record` takes, by their local name in lower case.
    pub(crate) fn new(input: Box<dyn BufRead + 'a>, is_record: fn(&str) -> bool) -> Self {
        Self {
            reader: reader(Lines::new(input)),
            is_record,
            header: Header::default(),
            buffer: Vec::new(),
            can_go_on: false,
        }
    }

    /// Says whether records may follow the one that was too long.
    pub(crate) fn can_go_on(&self) -> bool {
        self.can_go_on
    }

    /// Returns the first text read so far outside the records at this path of local names:
    /// `rss/channel/title`; attributes stand as `feed@lang`.
    pub(crate) fn header(&self, path: &str) -> Option<&str> {
        let text = self.header.texts.iter().find(|(at, _)| at == path);
        text.map(|(_, text)| text.trim())
            .filter(|text| !text.is_empty())
    }

    /// Reads up to the end of the next record; `None` at the end of the document.
    ///
    /// # Errors
    ///
    /// Fails where the markup is broken beyond mending and where the document ends within a record;
    /// nothing more comes then. Fails where a record is too long for an article; the next one can
    /// be asked for if [`Records::can_go_on`] says so.
    pub(crate) fn next_record(&mut self) -> Result<Option<Record>, Flaw> {
        let mut buffer = mem::take(&mut self.buffer);
        let mut record = OpenRecord::default();
        self.can_go_on = false;
        self.reader.get_mut().begin_record();
        let result = loop {
            buffer.clear();
            match self.reader.read_event_into(&mut buffer) {
                Ok(Event::Eof) if record.open.is_empty() => break Ok(None),
                Ok(Event::Eof) => break Err(Flaw::at(record.line, Problem::Truncated)),
                Ok(event) => {
                    let line = self.reader.get_ref().line();
                    if let Some(record) = record.take(event, line, self.is_record, &mut self.header)
                    {
                        break Ok(Some(record));
                    }
                }
                Err(error) => {
                    let problem = problem(&error);
                    if let (Problem::TooLarge { .. }, Some(root)) = (&problem, record.open.first())
                    {
                        self.can_go_on = self.pass_over(&root.name);
                        break Err(Flaw::at(record.line, problem));
                    }
                    break Err(Flaw::at(self.reader.get_ref().line(), problem));
                }
            }
        };
        self.buffer = buffer;
        result
    }
}

impl Records<'_> {
    /// Passes over the rest of an element, whatever it holds; says whether its end was found.
    fn pass_over(&mut self, name: &str) -> bool {
        let nothing = reader(Lines::new(Box::new(io::empty())));
        let mut lines = mem::replace(&mut self.reader, nothing).into_inner();
        lines.begin_record();
        let end = format!("</{name}");
        let found = lines.skip_past(end.as_bytes()).unwrap_or(false);
        self.reader = reader(lines);
        found
    }
}

fn reader(lines: Lines<'_>) -> Reader<Lines<'_>> {
    let mut reader = Reader::from_reader(lines);
    // What feeds get wrong all the time.
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    config.expand_empty_elements = true;
    reader
}

/// A record of which the end has not come yet.
#[derive(Default)]
struct OpenRecord {
    open: Vec<Element>,
    /// How many elements are open below the deepest that is kept.
    flat_depth: usize,
    line: u64,
}

impl OpenRecord {
    fn take(
        &mut self,
        event: Event<'_>,
        line: u64,
        is_record: fn(&str) -> bool,
        header: &mut Header,
    ) -> Option<Record> {
        match event {
            Event::Start(tag) => {
                let element = element_of(&tag);
                if self.open.is_empty() && !is_record(element.local_name()) {
                    header.start(&element);
                } else if self.open.len() < MAX_DEPTH {
                    if self.open.is_empty() {
                        self.line = line;
                    }
                    self.open.push(element);
                } else {
                    self.flat_depth += 1;
                }
                None
            }
            Event::End(tag) => {
                let name = tag.name().as_ref().to_ascii_lowercase();
                let name = name.trim_end();
                if self.open.is_empty() {
                    header.end(name);
                    None
                } else if self.flat_depth > 0 {
                    self.flat_depth -= 1;
                    None
                } else {
                    let line = self.line;
                    close(&mut self.open, name).map(|element| Record { element, line })
                }
            }
            Event::Text(text) => self.take_text(&text.xml10_content(), header),
            Event::CData(text) => self.take_text(&text.xml10_content(), header),
            Event::GeneralRef(reference) => self.take_text(&resolved(&reference), header),
            _ => None,
        }
    }

    fn take_text(&mut self, text: &str, header: &mut Header) -> Option<Record> {
        match self.open.last_mut() {
            None => header.text(text),
            Some(element) => match element.content.last_mut() {
                Some(Node::Text(before)) => before.push_str(text),
                _ => element.content.push(Node::Text(text.to_owned())),
            },
        }
        None
    }
}

/// Closes the element called `name` and those left open in it; returns the record once that is
/// closed. An end without a start is passed over.
fn close(open: &mut Vec<Element>, name: &str) -> Option<Element> {
    let depth = open.iter().rposition(|element| element.name == name)?;
    while open.len() > depth {
        let closed = open.pop()?;
        match open.last_mut() {
            Some(parent) => parent.content.push(Node::Element(closed)),
            None => return Some(closed),
        }
    }
    None
}

/// The texts outside the records.
#[derive(Default)]
struct Header {
    path: Vec<String>,
    texts: Vec<(String, String)>,
    bytes: usize,
}

impl Header {
    fn start(&mut self, element: &Element) {
        if self.path.len() < MAX_DEPTH {
            self.path.push(element.name.clone());
        }
        let path = self.place();
        for (key, value) in &element.attributes {
            self.push(format!("{path}@{}", local(key)), value);
        }
        self.push(path, "");
    }

    fn end(&mut self, name: &str) {
        if let Some(depth) = self.path.iter().rposition(|open| open == name) {
            self.path.truncate(depth);
        }
    }

    /// Adds to the text of the element that was opened last, if that is the one.
    fn text(&mut self, text: &str) {
        let path = self.place();
        self.bytes += text.len();
        if self.bytes > MAX_HEADER_BYTES {
            return;
        }
        if let Some((_, before)) = self.texts.last_mut().filter(|(at, _)| *at == path) {
            before.push_str(text);
        }
    }

    fn push(&mut self, path: String, text: &str) {
        self.bytes += path.len() + text.len();
        if self.bytes <= MAX_HEADER_BYTES {
            self.texts.push((path, text.to_owned()));
        }
    }

    fn place(&self) -> String {
        let names: Vec<&str> = self.path.iter().map(|name| local(name)).collect();
        names.join("/")
    }
}

fn element_of(tag: &BytesStart<'_>) -> Element {
    let mut attributes = Vec::new();
    for attribute in tag
        .html_attributes()
        .with_checks(false)
        .flatten()
        .take(MAX_ATTRIBUTES)
    {
        let value = quick_xml::escape::unescape_with(&attribute.value, resolve_html5_entity);
        let value = value.map_or_else(|_| attribute.value.to_string(), Cow::into_owned);
        attributes.push((attribute.key.as_ref().to_ascii_lowercase(), value));
    }
    Element {
        name: tag.name().as_ref().to_ascii_lowercase(),
        attributes,
        content: Vec::new(),
    }
}

/// Returns what a reference stands for. One that only the document's own DTD could tell stays as it
/// is written: nothing is expanded, so nothing can explode.
fn resolved(reference: &BytesRef<'_>) -> String {
    if reference.is_char_ref() {
        return match reference.resolve_char_ref() {
            Ok(Some(c)) if c != '\0' => c.to_string(),
            _ => char::REPLACEMENT_CHARACTER.to_string(),
        };
    }
    let name = reference.xml10_content();
    match resolve_html5_entity(&name) {
        Some(text) => text.to_owned(),
        None => format!("&{name};"),
    }
}

fn problem(error: &quick_xml::Error) -> Problem {
    let quick_xml::Error::Io(io) = error else {
        return Problem::BrokenXml {
            reason: error.to_string(),
        };
    };
    let inner = io.get_ref();
    if inner.is_some_and(<dyn Error + Send + Sync>::is::<TooLong>) {
        return Problem::TooLarge {
            size_bytes: MAX_ARTICLE_BYTES + 1,
            max_bytes: MAX_ARTICLE_BYTES,
        };
    }
    if inner.is_some_and(<dyn Error + Send + Sync>::is::<Expansion>) {
        return Problem::Expands {
            max_times: MAX_EXPANSION,
        };
    }
    io::Error::new(io.kind(), io.to_string()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn read(xml: &str) -> (Vec<Element>, Option<String>, Option<Problem>) {
        let input = Box::new(Cursor::new(xml.to_owned()));
        let mut records = Records::new(input, |name| name == "item");
        let mut elements = Vec::new();
        loop {
            match records.next_record() {
                Ok(Some(record)) => elements.push(record.element),
                Ok(None) => break (elements, None, None),
                Err(flaw) => break (elements, None, Some(flaw.problem)),
            }
        }
    }

    #[test]
    fn records_come_as_trees_with_references_resolved() {
        let (items, _, problem) = read(
            "\n<?xml version='1.0'?><rss><item><T:a x='1 &lt; 2'>Київ &mdash; Львів &#1111; R&D &щось;</T:a>\
             <b/><![CDATA[<p>&amp;]]></item><item>",
        );
        let item = &items[0];
        let a = item.child("a").unwrap();
        assert_eq!(a.text().unwrap(), "Київ — Львів ї R&D &щось;");
        assert_eq!(a.attribute("x"), Some("1 < 2"));
        assert_eq!(item.content.last(), Some(&Node::Text("<p>&amp;".into())));
        assert!(matches!(problem, Some(Problem::Truncated)));
    }

    #[test]
    fn ends_that_do_not_fit_do_not_hide_the_next_record() {
        let (items, _, problem) =
            read("<rss><item><a><b>1</a></x></item><item><a>2</a></item></rss>");
        let texts: Vec<Option<String>> = items.iter().map(Element::text).collect();
        assert_eq!(texts, [Some("1".into()), Some("2".into())]);
        assert!(problem.is_none());
    }

    #[test]
    fn the_header_knows_the_feed_but_not_its_picture() {
        let xml = "<rss xml:lang='uk'><channel><image><title>Логотип</title></image><title>Вісті</title><item/></channel></rss>";
        let mut records = Records::new(Box::new(Cursor::new(xml)), |name| name == "item");
        assert!(records.next_record().unwrap().is_some());
        assert_eq!(records.header("rss/channel/title"), Some("Вісті"));
        assert_eq!(records.header("rss@lang"), Some("uk"));
    }

    #[test]
    fn bombs_do_not_explode() {
        let laughs =
            "<!DOCTYPE a [<!ENTITY a 'ха'><!ENTITY b '&a;&a;&a;'>]><rss><item>&b;</item></rss>";
        assert_eq!(read(laughs).0[0].text().unwrap(), "&b;");
        let deep = format!("<item>{}x", "<a>".repeat(300_000));
        assert!(read(&deep).2.is_some());
        let attributes = format!("<item {}>x</item>", "a='1' ".repeat(200_000));
        assert_eq!(read(&attributes).0[0].attributes.len(), MAX_ATTRIBUTES);
        let references = format!("<item>{}</item>", "&#1111;".repeat(500_000));
        assert_eq!(
            read(&references).0[0].text().unwrap().chars().count(),
            500_000
        );
    }

    #[test]
    fn a_record_that_is_too_long_does_not_end_the_document() {
        let long = "ї".repeat(33 << 20);
        let xml = format!(
            "<rss><item>1</item><item><a><![CDATA[{long}]]></a></Item ><item>3</item></rss>"
        );
        let mut records = Records::new(Box::new(Cursor::new(xml)), |name| name == "item");
        let mut text = || {
            records
                .next_record()
                .map(|record| record.unwrap().element.text())
        };
        assert_eq!(text().unwrap(), Some("1".into()));
        assert!(matches!(
            text().unwrap_err().problem,
            Problem::TooLarge { .. }
        ));
        assert_eq!(text().unwrap(), Some("3".into()));
    }

    #[test]
    fn a_record_without_an_end_is_given_up_in_time() {
        let long = format!("<item>{}", "ї".repeat(33 << 20));
        assert!(matches!(read(&long).2, Some(Problem::TooLarge { .. })));
    }
}
