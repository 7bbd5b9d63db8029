//! Documents of Word and OpenDocument: the text that their paragraphs, lists and tables hold.

use crate::archive::file::ArchiveFile;
use crate::archive::flaw::Flaw;
use crate::archive::input::MAX_ARTICLE_BYTES;
use crate::archive::plain::text;
use crate::archive::read_article::ReadArticle;
use crate::archive::xml::element::{Element, Node};
use crate::archive::xml::records::Records;
use crate::error::Problem;
use crate::markup::blocks::{Blocks, Kind};
use std::io::{BufReader, Cursor, Read};
use zip::ZipArchive;

/// Reads the article of a Word document.
///
/// # Errors
///
/// Fails on a broken archive and on a document without text.
pub(crate) fn docx_article(file: &ArchiveFile, bytes: &[u8]) -> Result<ReadArticle, Flaw> {
    let is_block = |name: &str| matches!(name, "p" | "tbl");
    article(file, bytes, "word/document.xml", is_block)
}

/// Reads the article of an OpenDocument text.
///
/// # Errors
///
/// Fails on a broken archive and on a document without text.
pub(crate) fn odt_article(file: &ArchiveFile, bytes: &[u8]) -> Result<ReadArticle, Flaw> {
    let is_block = |name: &str| matches!(name, "p" | "h" | "list" | "table");
    article(file, bytes, "content.xml", is_block)
}

fn article(
    file: &ArchiveFile,
    bytes: &[u8],
    member: &str,
    is_block: fn(&str) -> bool,
) -> Result<ReadArticle, Flaw> {
    let broken = |error: zip::result::ZipError| Problem::BrokenArchive {
        reason: error.to_string(),
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let content = archive.by_name(member).map_err(broken)?;
    let content = BufReader::new(content.take(MAX_ARTICLE_BYTES));
    let mut records = Records::new(Box::new(content), is_block);
    let mut blocks = Blocks::default();
    while let Some(record) = records.next_record()? {
        push(&record.element, &mut blocks);
    }
    let body = blocks.body();
    if body.is_empty() {
        return Err(Problem::NoText.into());
    }
    // The date of a document is that of its file, not of an article; so it is read as the text it
    // holds.
    text::article(file, &body)
}

fn push(block: &Element, blocks: &mut Blocks) {
    match block.local_name() {
        "tbl" | "table" => {
            let mut rows = Vec::new();
            collect(block, &["tr", "table-row"], &mut rows);
            for row in rows {
                let mut cells = Vec::new();
                collect(row, &["tc", "table-cell"], &mut cells);
                let cells: Vec<String> = cells.into_iter().map(line).collect();
                blocks.push(Kind::Item, &cells.join(" "));
            }
        }
        "list" => {
            let mut items = Vec::new();
            collect(block, &["p", "h"], &mut items);
            for item in items {
                blocks.push(Kind::Item, &line(item));
            }
        }
        name => blocks.push(kind(block, name), &line(block)),
    }
}

fn kind(paragraph: &Element, name: &str) -> Kind {
    let properties = paragraph.child("ppr");
    let style = properties
        .and_then(|properties| properties.child("pstyle"))
        .and_then(|style| style.attribute("val"))
        .unwrap_or_default()
        .to_lowercase();
    let has = |name: &str| properties.is_some_and(|properties| properties.child(name).is_some());
    let is_heading = name == "h"
        || style.starts_with("heading")
        || style.starts_with("title")
        || has("outlinelvl")
        // Word in Ukrainian numbers its styles of headings.
        || style.parse::<u8>().is_ok_and(|level| (1..=9).contains(&level));
    if is_heading {
        Kind::Heading
    } else if has("numpr") {
        Kind::Item
    } else {
        Kind::Paragraph
    }
}

/// Collects the elements of these names that do not lie in one another.
fn collect<'e>(element: &'e Element, names: &[&str], found: &mut Vec<&'e Element>) {
    for child in element.children() {
        if names.contains(&child.local_name()) {
            found.push(child);
        } else {
            collect(child, names, found);
        }
    }
}

fn line(element: &Element) -> String {
    let mut text = String::new();
    push_text(element, &mut text);
    text
}

/// Adds what a reader sees. In Word text stands in `t` alone; what was deleted, and the orders of
/// fields, do not.
fn push_text(element: &Element, text: &mut String) {
    let is_word = element.name.starts_with("w:");
    for node in &element.content {
        match node {
            Node::Text(part) if !is_word || element.local_name() == "t" => text.push_str(part),
            Node::Text(_) => {}
            Node::Element(child) => match child.name.as_str() {
                "w:tab" | "text:tab" | "text:s" => text.push(' '),
                "w:br" | "w:cr" | "text:line-break" => text.push('\n'),
                "w:nobreakhyphen" => text.push('-'),
                "w:del"
                | "w:instrtext"
                | "office:annotation"
                | "text:note"
                | "w:pict"
                | "mc:fallback"
                | "text:tracked-changes" => {}
                "w:p" | "text:p" if !text.is_empty() => {
                    text.push(' ');
                    push_text(child, text);
                }
                _ => push_text(child, text),
            },
        }
    }
}
