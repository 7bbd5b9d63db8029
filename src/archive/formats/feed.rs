//! RSS 0.9 to 2.0, Atom and news sitemaps: an article per item.

use crate::archive::fields::Share;
use crate::archive::fields::record::Record;
use crate::archive::file::ArchiveFile;
use crate::archive::flaw::Flaw;
use crate::archive::read_article::ReadArticle;
use crate::archive::xml::element::Element;
use crate::archive::xml::records::Records;
use crate::error::Problem;
use crate::markup::html;
use std::io::BufRead;

/// The elements of an item that hold its text, the fullest first.
const FULL_TEXTS: &[&str] = &[
    "yandex:full-text",
    "content:encoded",
    "full-text",
    "fulltext",
    "turbo:content",
    "body",
    "content",
];

/// The elements that hold what stands before the text.
const SUMMARIES: &[&str] = &["description", "summary", "lead", "itunes:summary"];

/// The elements that tell when an item was published, the surest first; the last is when it was
/// changed.
const DATES: &[&str] = &[
    "pubdate",
    "published",
    "issued",
    "created",
    "dc:date",
    "date",
    "updated",
    "modified",
];

/// Reads the articles of a feed.
pub(crate) fn articles(
    file: &ArchiveFile,
    input: Box<dyn BufRead + '_>,
    each: &mut dyn FnMut(Result<ReadArticle, Flaw>),
) {
    let mut records = Records::new(input, |name| {
        matches!(name, "item" | "entry" | "url" | "sitemap")
    });
    let mut is_sitemap = false;
    let mut count = 0_u64;
    loop {
        match records.next_record() {
            Ok(Some(record)) => {
                let element = &record.element;
                let is_address = matches!(element.local_name(), "url" | "sitemap");
                // A sitemap that is not of news lists addresses without titles.
                if is_address && element.child("news").is_none() {
                    is_sitemap = true;
                    let kind = "addresses without a title";
                    each(Err(Problem::PassedOver { kind }.into()));
                    continue;
                }
                count += 1;
                let fields = if is_address {
                    news_of_sitemap(element)
                } else {
                    item(element, &records)
                };
                let read = fields.and_then(|fields| fields.article(file, Share::Part));
                each(ReadArticle::at_line(read, record.line));
            }
            Ok(None) => break,
            Err(flaw) if records.can_go_on() => each(Err(flaw)),
            Err(flaw) => return each(Err(flaw)),
        }
    }
    if is_sitemap && count == 0 {
        let what = "a sitemap that only lists addresses";
        each(Err(Problem::NoArticles { what }.into()));
    }
}

fn item(item: &Element, records: &Records<'_>) -> Result<Record, Flaw> {
    let mut fields = Record::default();
    fields.set("title", title(item)?);
    texts(item, &mut fields)?;
    if let Some((name, date)) = first_text(item, DATES) {
        fields.name(&[("published", name)]);
        fields.set("published", Some(date));
    }
    fields.set("url", link(item));
    // A number is unique in its feed only.
    let is_global = |id: &String| id.contains("://") || id.contains(':');
    let id = item.child_text("guid").or_else(|| item.child_text("id"));
    fields.set("id", id.filter(is_global).or_else(|| link(item)));
    let sections: Vec<String> = item.all("category").filter_map(category).collect();
    let section = item.child_text("dc:subject").or(sections.first().cloned());
    if let Some((name, authors)) = authors(item, section.as_deref()) {
        fields.name(&[("authors", name)]);
        fields.set_list("authors", authors);
    }
    fields.set("section", section);
    if sections.len() > 1 {
        fields.set_list("tags", sections);
    }
    let header = |paths: &[&str]| {
        let found = paths.iter().find_map(|path| records.header(path));
        found.map(str::to_owned)
    };
    let source = item.child_text("source").filter(|_| {
        item.child("source")
            .is_some_and(|source| source.children().next().is_none())
    });
    let source = source.or_else(|| item.at(&["source", "title"]).and_then(Element::text));
    fields.set(
        "source",
        source.or_else(|| header(&["rss/channel/title", "feed/title", "rdf/channel/title"])),
    );
    fields.set(
        "lang",
        item.attribute("lang").map(str::to_owned).or_else(|| {
            header(&[
                "rss/channel/language",
                "feed@lang",
                "rdf/channel/language",
                "rss@lang",
            ])
        }),
    );
    Ok(fields)
}

/// Titles are text, but many feeds write markup and references of HTML into them.
fn title(item: &Element) -> Result<Option<String>, Problem> {
    let title = item.child_text("title").map(|title| html::text(&title));
    let title = title.transpose()?;
    Ok(title.map(|title| title.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// Takes the fullest text as the body, and a shorter one beside it as the lead.
fn texts(item: &Element, fields: &mut Record) -> Result<(), Problem> {
    let html_of = |names: &[&'static str]| -> Result<Option<(&'static str, String)>, Problem> {
        for name in names {
            let Some(element) = item.child(name) else {
                continue;
            };
            let text = html::text(&markup_of(element))?;
            // An export may keep nothing of a body but its punctuation.
            if text.contains(char::is_alphanumeric) {
                return Ok(Some((*name, text)));
            }
        }
        Ok(None)
    };
    let full = html_of(FULL_TEXTS)?;
    let summary = html_of(SUMMARIES)?;
    match (full, summary) {
        (Some((_, full)), Some((name, summary)))
            if summary.chars().count() > full.chars().count() =>
        {
            fields.name(&[("body", name)]);
            fields.set("body", Some(summary));
        }
        (Some((name, full)), summary) => {
            if let Some((name, summary)) = summary.filter(|(_, summary)| !is_start(summary, &full))
            {
                fields.name(&[("lead", name)]);
                fields.set("lead", Some(summary));
            }
            fields.name(&[("body", name)]);
            fields.set("body", Some(full));
        }
        (None, Some((name, summary))) => {
            fields.name(&[("body", name)]);
            fields.set("body", Some(summary));
        }
        (None, None) => {}
    }
    Ok(())
}

/// Says whether a summary is no more than the first words of the text, cut off somewhere.
fn is_start(summary: &str, full: &str) -> bool {
    let cut = summary.trim_end_matches(|c: char| !c.is_alphanumeric());
    cut.split_whitespace()
        .zip(full.split_whitespace())
        .all(|(a, b)| a == b)
}

/// Returns the content as HTML: XHTML stands there as elements, all else as text that is HTML.
fn markup_of(element: &Element) -> String {
    if element.children().next().is_some() {
        return element.inner_markup();
    }
    let text = element.text().unwrap_or_default();
    match element.attribute("type") {
        // In Atom this alone says that the text is no HTML.
        Some("text" | "text/plain") => text.replace('&', "&amp;").replace('<', "&lt;"),
        _ => text,
    }
}

fn first_text(item: &Element, names: &[&'static str]) -> Option<(&'static str, String)> {
    names
        .iter()
        .find_map(|name| Some((*name, item.child_text(name)?)))
}

/// RSS writes the address as text, Atom as an attribute of the link that is the page itself.
fn link(item: &Element) -> Option<String> {
    let is_page = |link: &&Element| {
        link.attribute("href").is_some()
            && link.attribute("rel").is_none_or(|rel| rel == "alternate")
    };
    let by_text = item.all("link").find_map(Element::text);
    let by_attribute = || {
        let link = item.all("link").find(is_page)?;
        link.attribute("href").map(str::to_owned)
    };
    let by_id = || {
        let guid = item.child("guid").or_else(|| item.child("id"))?;
        let is_permanent = guid.attribute("ispermalink") != Some("false");
        guid.text()
            .filter(|text| is_permanent && text.starts_with("http"))
    };
    by_text.or_else(by_attribute).or_else(by_id)
}

fn category(category: &Element) -> Option<String> {
    let text = category.text();
    text.or_else(|| {
        let name = category
            .attribute("label")
            .or_else(|| category.attribute("term"));
        name.map(str::to_owned)
    })
}

fn authors(item: &Element, section: Option<&str>) -> Option<(&'static str, Vec<String>)> {
    ["dc:creator", "author", "yandex:author", "creator"]
        .into_iter()
        .map(|name| -> (&'static str, Vec<String>) {
            let name_of = |author: &Element| author.child_text("name").or_else(|| author.text());
            let authors = item
                .all(name)
                .filter_map(name_of)
                .filter(|author| section != Some(author.as_str()));
            (name, authors.collect())
        })
        .find(|(_, names)| !names.is_empty())
}

fn news_of_sitemap(address: &Element) -> Result<Record, Flaw> {
    let mut fields = Record::default();
    let Some(news) = address.child("news") else {
        return Err(Problem::NoText.into());
    };
    let at = |path: &[&str]| news.at(path).and_then(Element::text);
    fields.set("title", title(news)?);
    fields.set("published", news.child_text("publication_date"));
    fields.set("url", address.child_text("loc"));
    fields.set("source", at(&["publication", "name"]));
    fields.set("lang", at(&["publication", "language"]));
    let keywords = news.child_text("keywords").unwrap_or_default();
    fields.set_list("tags", keywords.split(',').map(str::to_owned));
    Ok(fields)
}
