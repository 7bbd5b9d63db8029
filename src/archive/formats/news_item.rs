//! NewsML-G2 and NITF: the items of news agencies.

use crate::archive::fields::Share;
use crate::archive::fields::record::Record;
use crate::archive::file::ArchiveFile;
use crate::archive::flaw::Flaw;
use crate::archive::read_article::ReadArticle;
use crate::archive::xml::element::{Element, Node};
use crate::archive::xml::records::Records;
use crate::error::Problem;
use std::io::BufRead;

/// Reads the articles of a file of NewsML-G2: of one item, of a message with several, or of an
/// item's content.
pub(crate) fn newsml_articles(
    file: &ArchiveFile,
    input: Box<dyn BufRead + '_>,
    each: &mut dyn FnMut(Result<ReadArticle, Flaw>),
) {
    // The content alone is kept by some archives.
    let is_record = |name: &str| matches!(name, "newsitem" | "contentset");
    read(file, input, is_record, each);
}

/// Reads the article of a NITF file.
pub(crate) fn nitf_articles(
    file: &ArchiveFile,
    input: Box<dyn BufRead + '_>,
    each: &mut dyn FnMut(Result<ReadArticle, Flaw>),
) {
    read(file, input, |name| name == "nitf", each);
}

fn read(
    file: &ArchiveFile,
    input: Box<dyn BufRead + '_>,
    is_record: fn(&str) -> bool,
    each: &mut dyn FnMut(Result<ReadArticle, Flaw>),
) {
    let mut records = Records::new(input, is_record);
    loop {
        match records.next_record() {
            Ok(Some(record)) => {
                // Pictures, graphics and packages are items too.
                if is_other_medium(&record.element) {
                    continue;
                }
                let read =
                    article(&record.element).and_then(|fields| fields.article(file, Share::Part));
                each(ReadArticle::at_line(read, record.line));
            }
            Ok(None) => return,
            Err(flaw) if records.can_go_on() => each(Err(flaw)),
            Err(flaw) => return each(Err(flaw)),
        }
    }
}

fn is_other_medium(item: &Element) -> bool {
    let class = item.at(&["itemmeta", "itemclass"]);
    let class = class.and_then(|class| class.attribute("qcode"));
    class.is_some_and(|class| !class.ends_with(":text") && !class.ends_with(":composite"))
}

fn article(item: &Element) -> Result<Record, Flaw> {
    let mut fields = Record::default();
    if item.local_name() == "newsitem" {
        item_fields(item, &mut fields);
    }
    if let Some(nitf) = item.descendant("nitf") {
        nitf_fields(nitf, &mut fields)?;
    }
    if let Some(content) = item.descendant("contentset") {
        // XHTML, or whatever else stands in the item.
        if let Some(body) = content
            .descendant("html")
            .and_then(|html| html.child("body"))
        {
            fields.set_html("body", Some(body.inner_markup()))?;
        }
        for data in ["inlinedata", "inlinexml"] {
            let inline = content.child(data);
            let markup = inline.map(|inline| match inline.children().next() {
                Some(_) => inline.inner_markup(),
                None => inline.text().unwrap_or_default(),
            });
            fields.set_html("body", markup)?;
        }
    }
    if fields.get("body").is_none() && fields.get("title").is_none() {
        let what = "a news item without text";
        return Err(Problem::NoArticles { what }.into());
    }
    Ok(fields)
}

fn item_fields(item: &Element, fields: &mut Record) {
    let at = |path: &[&str]| item.at(path).and_then(Element::text);
    fields.set(
        "id",
        item.attribute("guid").filter(|guid| guid.contains(':')),
    );
    fields.set(
        "title",
        at(&["contentmeta", "headline"]).map(|text| one_line(&text)),
    );
    fields.set(
        "published",
        at(&["itemmeta", "firstcreated"])
            .or_else(|| at(&["contentmeta", "contentcreated"]))
            .or_else(|| at(&["itemmeta", "versioncreated"])),
    );
    let name_of = |element: &Element| {
        element
            .child_text("name")
            .or_else(|| element.attribute("literal").map(str::to_owned))
            .or_else(|| {
                let code = element.attribute("qcode")?;
                Some(code.rsplit(':').next().unwrap_or(code).to_owned())
            })
    };
    fields.set(
        "source",
        item.at(&["itemmeta", "provider"]).and_then(name_of),
    );
    let Some(meta) = item.child("contentmeta") else {
        return;
    };
    let authors = meta.all("creator").chain(meta.all("contributor"));
    fields.set_list(
        "authors",
        authors.filter_map(|author| author.child_text("name")),
    );
    if meta.child("creator").is_none() {
        fields.set("author", meta.child_text("by"));
    }
    fields.set("lead", meta.child_text("description"));
    let language = meta
        .child("language")
        .and_then(|language| language.attribute("tag"));
    fields.set("lang", language.or_else(|| item.attribute("lang")));
    fields.set("section", at(&["itemmeta", "service", "name"]));
    fields.set_list(
        "tags",
        meta.all("subject")
            .filter_map(|subject| subject.child_text("name")),
    );
}

fn nitf_fields(nitf: &Element, fields: &mut Record) -> Result<(), Problem> {
    let at = |path: &[&str]| {
        nitf.at(path)
            .and_then(Element::text)
            .map(|text| one_line(&text))
    };
    let head = nitf.at(&["body", "body.head"]);
    let headline = at(&["body", "body.head", "hedline", "hl1"]);
    fields.set("title", headline.or_else(|| at(&["head", "title"])));
    let attribute = |path: &[&str], name: &str| {
        let element = nitf.at(path)?;
        element.attribute(name).map(str::to_owned)
    };
    fields.set(
        "published",
        attribute(&["head", "docdata", "date.issue"], "norm")
            .or_else(|| attribute(&["head", "pubdata"], "date.publication"))
            .or_else(|| attribute(&["head", "docdata", "date.release"], "norm"))
            .or_else(|| attribute(&["body", "body.head", "dateline", "story.date"], "norm")),
    );
    fields.set(
        "id",
        attribute(&["head", "docdata", "doc-id"], "id-string").filter(|id| id.contains(':')),
    );
    fields.set("source", attribute(&["head", "pubdata"], "name"));
    fields.set(
        "section",
        attribute(&["head", "pubdata"], "position.section"),
    );
    if let Some(head) = head {
        let bylines = head.all("byline").filter_map(|byline| {
            let person = byline.descendant("person").and_then(Element::text);
            person.or_else(|| byline.text()).map(|name| one_line(&name))
        });
        fields.set_list("authors", bylines);
        fields.set_html("lead", head.child("abstract").map(Element::inner_markup))?;
    }
    if let Some(keys) = nitf.at(&["head", "docdata", "key-list"]) {
        let keys = keys.all("keyword").filter_map(|key| key.attribute("key"));
        fields.set_list("tags", keys.map(str::to_owned));
    }
    let body = nitf.at(&["body", "body.content"]);
    fields.set_html("body", body.map(|body| html_of(body).inner_markup()))
}

/// Gives the elements that NITF has of its own the names of HTML.
fn html_of(element: &Element) -> Element {
    let name = match element.local_name() {
        "hl1" | "hl2" | "hedline" => "h2",
        "media" => "aside",
        "media-caption" => "figcaption",
        "bq" | "pre" => "blockquote",
        other => other,
    };
    let content = element.content.iter().map(|node| match node {
        Node::Element(child) => Node::Element(html_of(child)),
        text @ Node::Text(_) => text.clone(),
    });
    Element {
        name: name.to_owned(),
        attributes: Vec::new(),
        content: content.collect(),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
