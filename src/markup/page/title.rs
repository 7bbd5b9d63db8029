//! The headline of a page, without the name of the site.

use crate::markup::blocks::one_line;
use crate::markup::page::{noise, text};
use dom_query::{Document, NodeRef};

/// Where a site hangs its name behind or before a title.
const SEPARATORS: &[&str] = &[
    " | ", " - ", " – ", " — ", " :: ", " » ", " « ", " • ", " · ", " / ", " → ", " ~ ", " : ",
    " ‹ ",
];

/// A longer heading, in bytes, is none.
const MAX_HEADING_BYTES: usize = 1_000;

/// Separators that hardly stand within a headline.
const SURE_SEPARATORS: &[&str] = &[
    " | ", " :: ", " » ", " « ", " • ", " · ", " → ", " ~ ", " ‹ ",
];

/// Returns the headline: the one that the metadata name (`named`), else that of the page's heading,
/// else that of
/// `<title>`, each without the names of the site.
pub(crate) fn title(
    page: &Document,
    named: Option<String>,
    site_names: &[String],
) -> Option<String> {
    let headings = headings(page);
    let document = text_of(page, "head title")
        .or_else(|| text_of(page, "title"))
        .map(plain);
    if let Some(named) = named {
        return Some(without_site(&named, site_names, &headings));
    }
    let heading = headings
        .iter()
        .find(|heading| heading.level == 1 && !heading.is_logo);
    let agreed = || {
        // A logo for a heading, and the headline in the next that the title of the document has
        // too.
        let document = document.as_ref()?;
        headings.iter().find(|heading| {
            !heading.is_logo
                && parts(document)
                    .iter()
                    .any(|part| is_same(part, &heading.text))
        })
    };
    let heading = heading
        .filter(|heading| !site_names.iter().any(|site| is_same(site, &heading.text)))
        .or_else(agreed);
    match (heading, document) {
        (Some(heading), _) => Some(heading.text.clone()),
        (None, Some(document)) => Some(without_site(&document, site_names, &headings)),
        (None, None) => headings
            .into_iter()
            .find(|heading| !heading.is_logo)
            .map(|heading| heading.text),
    }
    .filter(|title| !title.is_empty())
}

/// A heading of a page.
struct Heading {
    text: String,
    level: u8,
    /// It names the site: all of it leads to the first page, or it is called a logo.
    is_logo: bool,
}

fn headings(page: &Document) -> Vec<Heading> {
    let mut found = Vec::new();
    for heading in page.select("h1, h2, h3").nodes() {
        let Some(text) = text::short(heading, MAX_HEADING_BYTES).map(plain) else {
            continue;
        };
        let level = match heading.node_name().as_deref() {
            Some("h1") => 1,
            Some("h2") => 2,
            _ => 3,
        };
        if !text.is_empty() {
            let is_logo = is_logo(heading, &text);
            found.push(Heading {
                text,
                level,
                is_logo,
            });
        }
    }
    found
}

fn is_logo(heading: &NodeRef<'_>, text: &str) -> bool {
    let leads_home = |link: &NodeRef<'_>| {
        let href = link.attr("href").unwrap_or_default();
        let path = href.split_once("://").map_or(href.as_ref(), |(_, rest)| {
            rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/")
        });
        let is_home = matches!(
            path.trim(),
            "/" | ""
                | "#"
                | "./"
                | "../"
                | "index.html"
                | "/index.html"
                | "/index.php"
                | "/uk/"
                | "/ua/"
                | "/ru/"
        );
        is_home && text::short(link, MAX_HEADING_BYTES).is_some_and(|own| own == text)
    };
    let links = heading.descendants_it().filter(|node| node.has_name("a"));
    let around = heading
        .ancestors_it(Some(3))
        .filter(|node| node.has_name("a"));
    let is_called = |node: &NodeRef<'_>| {
        ["class", "id"]
            .iter()
            .filter_map(|name| node.attr(name))
            .any(|value| {
                noise::words_of(&value)
                    .iter()
                    .any(|word| matches!(word.as_str(), "logo" | "brand" | "branding" | "sitename"))
            })
    };
    links.chain(around).any(|link| leads_home(&link))
        || is_called(heading)
        || heading.ancestors_it(Some(2)).any(|node| is_called(&node))
}

fn text_of(page: &Document, selector: &str) -> Option<String> {
    let texts = page.select(selector);
    texts
        .iter()
        .map(|element| one_line(&element.text()))
        .find(|text| !text.is_empty())
}

/// Cuts the name of the site off both ends of a title, if the site, a heading of the page or a sure
/// separator bears it out.
fn without_site(title: &str, site_names: &[String], headings: &[Heading]) -> String {
    let parts = parts(title);
    if parts.len() < 2 {
        return title.to_owned();
    }
    let articles = headings.iter().filter(|heading| !heading.is_logo);
    if let Some(heading) = articles
        .into_iter()
        .find(|heading| is_side(title, &heading.text))
    {
        return heading.text.clone();
    }
    let logos = headings
        .iter()
        .filter(|heading| heading.is_logo)
        .map(|heading| heading.text.as_str());
    let sites: Vec<&str> = site_names.iter().map(String::as_str).chain(logos).collect();
    let whole = title.trim();
    let mut title = whole;
    loop {
        let before = title;
        for separator in SEPARATORS {
            if let Some((head, tail)) = title.rsplit_once(separator)
                && sites.iter().any(|site| is_site(site, tail))
                && !head.trim().is_empty()
            {
                title = head.trim();
            }
            if let Some((head, tail)) = title.split_once(separator)
                && sites.iter().any(|site| is_site(site, head))
                && !tail.trim().is_empty()
            {
                title = tail.trim();
            }
        }
        if title == before {
            break;
        }
    }
    if title == whole {
        without_short_end(title)
    } else {
        title
    }
    .to_owned()
}

/// Cuts a short end off behind a separator that hardly stands within a headline.
fn without_short_end(title: &str) -> &str {
    let words = |text: &str| text.split_whitespace().count();
    SURE_SEPARATORS
        .iter()
        .find_map(|separator| {
            let (head, tail) = title.rsplit_once(separator)?;
            if words(tail) <= 4 && words(tail) < words(head) {
                return Some(head.trim_end());
            }
            let (head, tail) = title.split_once(separator)?;
            (words(head) <= 2 && words(head) * 2 < words(tail)).then_some(tail.trim_start())
        })
        .unwrap_or(title)
}

/// Returns the parts of a title between separators.
fn parts(title: &str) -> Vec<&str> {
    let mut parts = vec![title];
    for separator in SEPARATORS {
        parts = parts
            .iter()
            .flat_map(|part| part.split(separator))
            .collect();
    }
    parts
}

/// Returns whether `heading` is the beginning or the end of a title, with a separator beside it.
fn is_side(title: &str, heading: &str) -> bool {
    let title = title.trim();
    let behind = title
        .strip_prefix(heading)
        .is_some_and(|rest| SEPARATORS.iter().any(|s| rest.starts_with(s)));
    let before = title
        .strip_suffix(heading)
        .is_some_and(|rest| SEPARATORS.iter().any(|s| rest.ends_with(s)));
    !heading.is_empty() && (behind || before)
}

fn is_same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// Returns whether a part of a title names the site: as it is called, or its host.
fn is_site(site: &str, part: &str) -> bool {
    let bare = |text: &str| -> String {
        text.trim()
            .trim_start_matches('@')
            .to_lowercase()
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect()
    };
    let (site, part) = (bare(site), bare(part));
    !part.is_empty() && site == part
}

/// Takes markup out of a value: some sites put it there, escaped once too often.
pub(crate) fn plain(text: String) -> String {
    if text.contains(['<', '&']) {
        one_line(&Document::fragment(text).text())
    } else {
        text
    }
}
