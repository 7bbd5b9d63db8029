//! Dumps of MediaWiki: the pages of the main namespace, in their last revision.

use crate::archive::fields::Share;
use crate::archive::fields::record::Record;
use crate::archive::file::ArchiveFile;
use crate::archive::flaw::Flaw;
use crate::archive::read_article::ReadArticle;
use crate::archive::xml::element::Element;
use crate::archive::xml::records::Records;
use crate::error::Problem;
use crate::markup::wiki;
use std::io::BufRead;

/// Reads the articles of a dump.
pub(crate) fn articles(
    file: &ArchiveFile,
    input: Box<dyn BufRead + '_>,
    each: &mut dyn FnMut(Result<ReadArticle, Flaw>),
) {
    let mut records = Records::new(input, |name| name == "page");
    loop {
        match records.next_record() {
            Ok(Some(record)) => {
                let page = &record.element;
                let is_main = page.child_text("ns").is_none_or(|ns| ns == "0");
                // A redirection has no text of its own.
                if !is_main || page.child("redirect").is_some() {
                    let kind = "redirects and pages that are no articles";
                    each(Err(Problem::PassedOver { kind }.into()));
                    continue;
                }
                let read =
                    fields(page, &records).and_then(|fields| fields.article(file, Share::Part));
                each(ReadArticle::at_line(read, record.line));
            }
            Ok(None) => return,
            Err(flaw) if records.can_go_on() => each(Err(flaw)),
            Err(flaw) => return each(Err(flaw)),
        }
    }
}

fn fields(page: &Element, records: &Records<'_>) -> Result<Record, Flaw> {
    let mut fields = Record::default();
    fields.name(&[
        ("body", "revision/text"),
        ("published", "revision/timestamp"),
    ]);
    fields.set("title", page.child_text("title"));
    let revisions: Vec<&Element> = page.all("revision").collect();
    if let (Some(first), Some(last)) = (revisions.first(), revisions.last()) {
        fields.set(
            "body",
            wiki::plain(&last.child_text("text").unwrap_or_default())?,
        );
        // A dump of the last revisions alone does not tell when a page was first written.
        if revisions.len() > 1 {
            fields.set("published", first.child_text("timestamp"));
        }
    }
    let site = records.header("mediawiki/siteinfo/dbname");
    if let (Some(site), Some(id)) = (site, page.child_text("id")) {
        fields.set("id", Some(format!("{site}:{id}")));
    }
    fields.set("source", records.header("mediawiki/siteinfo/sitename"));
    fields.set("lang", records.header("mediawiki@lang"));
    Ok(fields)
}
