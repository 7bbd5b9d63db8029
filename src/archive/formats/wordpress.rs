//! Exports of WordPress (WXR): published posts; pages, attachments, menus and drafts are no
//! articles.

use crate::archive::fields::Share;
use crate::archive::fields::record::Record;
use crate::archive::file::ArchiveFile;
use crate::archive::flaw::Flaw;
use crate::archive::read_article::ReadArticle;
use crate::archive::xml::element::Element;
use crate::archive::xml::records::Records;
use crate::error::Problem;
use crate::markup::html;
use std::collections::HashMap;
use std::io::BufRead;

/// More authors than any newsroom has; who names more may not fill memory.
const MAX_AUTHORS: usize = 100_000;

/// Reads the articles of an export.
pub(crate) fn articles(
    file: &ArchiveFile,
    input: Box<dyn BufRead + '_>,
    each: &mut dyn FnMut(Result<ReadArticle, Flaw>),
) {
    let mut records = Records::new(input, |name| matches!(name, "item" | "author"));
    let mut names: HashMap<String, String> = HashMap::new();
    let mut count = 0_u64;
    loop {
        match records.next_record() {
            Ok(Some(record)) if record.element.name == "wp:author" => {
                let author = &record.element;
                let login = author.child_text("wp:author_login");
                let name = author.child_text("wp:author_display_name");
                if let (Some(login), Some(name)) = (login, name)
                    && names.len() < MAX_AUTHORS
                {
                    names.insert(login, name);
                }
            }
            Ok(Some(record)) => {
                if !is_published_post(&record.element) {
                    let kind = "drafts, pages and attachments";
                    each(Err(Problem::PassedOver { kind }.into()));
                    continue;
                }
                count += 1;
                let fields = post(&record.element, &names, &records);
                let read = fields.and_then(|fields| fields.article(file, Share::Part));
                each(ReadArticle::at_line(read, record.line));
            }
            Ok(None) => break,
            Err(flaw) if records.can_go_on() => each(Err(flaw)),
            Err(flaw) => return each(Err(flaw)),
        }
    }
    if count == 0 {
        let what = "an export without published posts";
        each(Err(Problem::NoArticles { what }.into()));
    }
}

/// What is no post at all is of another type; what has not been published, or only for some, of
/// another status.
fn is_published_post(item: &Element) -> bool {
    let kind = item.child_text("wp:post_type");
    let status = item.child_text("wp:status");
    // Themes for newspapers have types of their own: `news`, `article`.
    let is_post = !matches!(
        kind.as_deref(),
        Some(
            "page"
                | "attachment"
                | "nav_menu_item"
                | "revision"
                | "custom_css"
                | "customize_changeset"
                | "oembed_cache"
                | "user_request"
                | "wp_block"
                | "wp_template"
                | "wp_template_part"
                | "wp_global_styles"
                | "wp_navigation"
                | "feedback"
        )
    );
    let is_open = item.child_text("wp:post_password").is_none();
    is_post && is_open && matches!(status.as_deref(), None | Some("publish"))
}

fn post(
    item: &Element,
    names: &HashMap<String, String>,
    records: &Records<'_>,
) -> Result<Record, Flaw> {
    let mut fields = Record::default();
    fields.name(&[
        ("body", "content:encoded"),
        ("lead", "excerpt:encoded"),
        ("author", "dc:creator"),
        ("url", "link"),
    ]);
    let title = item.child_text("title").map(|title| html::text(&title));
    fields.set("title", title.transpose()?);
    fields.set_html(
        "body",
        item.child_text("content:encoded")
            .map(|html| without_shortcodes(&html)),
    )?;
    fields.set_html("lead", item.child_text("excerpt:encoded"))?;
    if let Some((name, date)) = published(item) {
        fields.name(&[("published", name)]);
        fields.set("published", Some(date));
    }
    fields.set("url", item.child_text("link"));
    fields.set(
        "id",
        item.child_text("guid").filter(|guid| guid.contains(':')),
    );
    let author = item.child_text("dc:creator");
    fields.set(
        "author",
        author.map(|login| names.get(&login).cloned().unwrap_or(login)),
    );
    let terms = |domain: &str| -> Vec<String> {
        let categories = item.all("category");
        let of_domain = categories.filter(|term| term.attribute("domain") == Some(domain));
        of_domain.filter_map(Element::text).collect()
    };
    fields.set_list("section", terms("category"));
    fields.set_list("tags", terms("post_tag"));
    fields.set("source", records.header("rss/channel/title"));
    fields.set("lang", records.header("rss/channel/language"));
    Ok(fields)
}

/// `wp:post_date_gmt` is exact; `pubDate` is 1970 or 30 November -0001 where a plugin wrote it
/// badly.
fn published(item: &Element) -> Option<(&'static str, String)> {
    let real = |name: &'static str| {
        let date = item.child_text(name)?;
        (!date.starts_with("0000") && !date.contains("-0001")).then_some((name, date))
    };
    real("wp:post_date_gmt")
        .map(|(name, date)| (name, format!("{}Z", date.replace(' ', "T"))))
        .or_else(|| real("wp:post_date"))
        .or_else(|| real("pubdate"))
}

/// Takes `[gallery ids="1,2"]` and `[/caption]` away: orders to WordPress, which no reader ever
/// saw.
fn without_shortcodes(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, behind)) = rest.split_once('[') {
        text.push_str(before);
        let name = behind.trim_start_matches('/');
        let is_name = name.starts_with(|c: char| c.is_ascii_lowercase());
        match behind.split_once(']') {
            Some((inside, after)) if is_name && is_shortcode(inside) => rest = after,
            _ => {
                text.push('[');
                rest = behind;
            }
        }
    }
    text.push_str(rest);
    text
}

fn is_shortcode(inside: &str) -> bool {
    let inside = inside
        .trim_start_matches('/')
        .trim_end_matches('/')
        .trim_end();
    let (name, attributes) = inside.split_once(' ').unwrap_or((inside, ""));
    let is_plain = name
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-'));
    is_plain && name.len() > 2 && (attributes.is_empty() || attributes.contains('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortcodes_go_and_brackets_of_people_stay() {
        assert_eq!(
            without_shortcodes("а [caption id=\"1\"]фото[/caption] б [gallery] [ред.] [sic] [a=b]"),
            "а фото б  [ред.]  [a=b]"
        );
    }
}
