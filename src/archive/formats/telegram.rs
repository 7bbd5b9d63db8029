//! The pages of a Telegram Desktop export, `messages.html` and those that follow it: an article per
//! message with text.

use crate::archive::fields::Share;
use crate::archive::fields::record::Record;
use crate::archive::file::ArchiveFile;
use crate::archive::flaw::Flaw;
use crate::archive::read_article::ReadArticle;
use crate::error::Problem;
use crate::markup::nesting;
use dom_query::{Document, Selection};

/// Reads the articles of a page.
pub(crate) fn articles(
    file: &ArchiveFile,
    html: &str,
    each: &mut dyn FnMut(Result<ReadArticle, Flaw>),
) {
    if let Err(problem) = nesting::check_source(html) {
        return each(Err(problem.into()));
    }
    let page = Document::from(html);
    if let Err(problem) = nesting::check_tree(&page) {
        return each(Err(problem.into()));
    }
    let channel = text_of(&page.select(".page_header .text").first());
    for _ in page.select(".message.service").nodes() {
        each(Err(passed_over("service messages")));
    }
    for node in page.select(".message.default").nodes() {
        let message = Selection::from(*node);
        // A message without a text is a picture, a sticker or a call.
        let text = message.select(".body > .text").first();
        if text.text().trim().is_empty() {
            each(Err(passed_over("messages without text")));
            continue;
        }
        let read = fields(&message, &text, channel.as_deref());
        each(read.and_then(|fields| fields.article(file, Share::Part)));
    }
}

fn passed_over(kind: &'static str) -> Flaw {
    Problem::PassedOver { kind }.into()
}

fn fields(
    message: &Selection<'_>,
    text: &Selection<'_>,
    channel: Option<&str>,
) -> Result<Record, Flaw> {
    let mut fields = Record::default();
    fields.name(&[
        ("body", ".text"),
        ("published", ".date"),
        ("source", ".page_header"),
        ("author", ".from_name"),
    ]);
    fields.set_html("body", Some(format!("<div>{}</div>", text.inner_html())))?;
    let date = message.select(".date").first().attr("title");
    fields.set("published", date.map(|date| with_offset(&date)));
    fields.set("source", channel);
    // In a channel the author is the channel itself.
    let author = text_of(&message.select(".signature").first())
        .or_else(|| text_of(&message.select(".body > .from_name").first()))
        .filter(|author| Some(author.as_str()) != channel);
    fields.set("author", author);
    if let (Some(id), Some(channel)) = (message.attr("id"), channel) {
        let number = id.trim_start_matches("message");
        fields.set("id", Some(format!("telegram:{channel}/{number}")));
    }
    Ok(fields)
}

fn text_of(selection: &Selection<'_>) -> Option<String> {
    let text = selection.text();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// `02.01.2024 10:00:00 UTC+02:00` as `2024-01-02T10:00:00+02:00`; what looks otherwise stays.
fn with_offset(title: &str) -> String {
    let mut parts = title.split_whitespace();
    let (Some(day), Some(time)) = (parts.next(), parts.next()) else {
        return title.to_owned();
    };
    let offset = parts.next().and_then(|zone| zone.strip_prefix("UTC"));
    match day.split('.').collect::<Vec<_>>().as_slice() {
        [day, month, year] => {
            let offset = offset.unwrap_or_default();
            format!("{year}-{month}-{day}T{time}{offset}")
        }
        _ => title.to_owned(),
    }
}
