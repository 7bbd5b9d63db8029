//! What a page tells of its article outside its text: `<meta>`, JSON-LD, `<time>`, `<title>`,
//! `<link>`.

use super::blocks::{names, one_line};
use super::json_ld::JsonLd;
use crate::article::{DateSource, Published};
use crate::date::written::Written;
use dom_query::Document;
use std::collections::HashMap;

/// The names of `<meta>` elements that hold the date of publication, the surest first.
const DATE_NAMES: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.date",
    "publish-date",
    "publishdate",
    "pubdate",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
];

/// Where a site hangs its name behind or before a title.
const SEPARATORS: &[&str] = &[" | ", " - ", " – ", " — ", " :: ", " » ", " • "];

/// The metadata of a page; all of it is plain text without markup.
#[derive(Debug, Default)]
pub(super) struct PageMeta {
    pub(super) title: Option<String>,
    pub(super) published: Option<Published>,
    pub(super) authors: Vec<String>,
    pub(super) section: Option<String>,
    pub(super) source: Option<String>,
    pub(super) url: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) lang: Option<String>,
}

impl PageMeta {
    /// Reads the metadata of a parsed page.
    pub(super) fn of(page: &Document) -> Self {
        let metas = metas(page);
        let scripts: Vec<_> = page
            .select("script[type*='ld+json']")
            .iter()
            .map(|script| script.text())
            .collect();
        let ld = JsonLd::of_scripts(scripts.iter().map(AsRef::as_ref));
        let meta = |name: &str| metas.get(name).cloned();
        let site = meta("og:site_name").or(ld.publisher);
        Self {
            title: title(page, &metas, (ld.headline, site.as_deref())),
            published: published(page, &metas, ld.date),
            authors: if ld.authors.is_empty() {
                let author = meta("author").or_else(|| meta("article:author"));
                author.and_then(name).into_iter().collect()
            } else {
                ld.authors.into_iter().filter_map(name).collect()
            },
            section: meta("article:section").or(ld.section).map(plain),
            source: site.map(plain),
            url: [canonical(page), meta("og:url"), ld.url]
                .into_iter()
                .flatten()
                .find(|url| is_address(url)),
            tags: tags(page, &metas),
            lang: lang(page),
        }
    }
}

/// Collects the first non-empty content of every `<meta>`, by its name in small letters.
fn metas(page: &Document) -> HashMap<String, String> {
    let mut metas = HashMap::new();
    for element in &page.select("meta[content]") {
        let content = one_line(&element.attr_or("content", ""));
        if content.is_empty() {
            continue;
        }
        for key in ["property", "name", "itemprop"] {
            if let Some(name) = element.attr(key) {
                metas
                    .entry(name.trim().to_ascii_lowercase())
                    .or_insert_with(|| content.clone());
            }
        }
    }
    metas
}

fn title(
    page: &Document,
    metas: &HashMap<String, String>,
    (headline, site): (Option<String>, Option<&str>),
) -> Option<String> {
    let text = |selector: &str| {
        let texts = page.select(selector);
        texts
            .iter()
            .map(|element| one_line(&element.text()))
            .find(|text| !text.is_empty())
    };
    let h1 = text("h1");
    let candidates = [
        metas.get("og:title").cloned(),
        headline,
        h1.clone(),
        text("head title").or_else(|| text("title")),
    ];
    let title = candidates
        .into_iter()
        .flatten()
        .map(plain)
        .find(|title| !title.is_empty())?;
    Some(without_site(&title, site, h1.as_deref()))
}

/// Cuts the name of the site off a title, if the site or the page's own heading bears it out.
fn without_site(title: &str, site: Option<&str>, h1: Option<&str>) -> String {
    if let Some(h1) = h1.filter(|h1| !h1.is_empty())
        && let Some(rest) = title.strip_prefix(h1)
        && SEPARATORS
            .iter()
            .any(|separator| rest.starts_with(separator))
    {
        return h1.to_owned();
    }
    let same = |part: &str| {
        site.is_some_and(|site| part.trim().to_lowercase() == site.trim().to_lowercase())
    };
    let mut title = title;
    while let Some((head, _)) = SEPARATORS
        .iter()
        .filter_map(|separator| title.rsplit_once(separator))
        .find(|(head, tail)| same(tail) && !head.trim().is_empty())
    {
        title = head.trim_end();
    }
    title.to_owned()
}

fn published(
    page: &Document,
    metas: &HashMap<String, String>,
    ld: Option<Written>,
) -> Option<Published> {
    let meta = || {
        let mut found = DATE_NAMES.iter().filter_map(|name| metas.get(*name));
        found.find_map(|text| Written::parse(text).ok())
    };
    let from = |date_source| move |date| Published::new(date, date_source);
    ld.map(from(DateSource::JsonLd))
        .or_else(|| meta().map(from(DateSource::Meta)))
        .or_else(|| time(page).map(from(DateSource::Time)))
}

/// Reads the `<time>` that is marked as the date of publication, else the first of the article,
/// else the only one of the page: the times of a list of other news say nothing about this article.
fn time(page: &Document) -> Option<Written> {
    let dates = |selector: &str| -> Vec<Written> {
        let times = page.select(selector);
        times
            .iter()
            .filter_map(|time| Written::parse(&time.attr("datetime")?).ok())
            .collect()
    };
    let marked = "time[datetime][itemprop='datePublished'], time[datetime][pubdate]";
    let first = dates(marked).into_iter().next();
    first
        .or_else(|| dates("article time[datetime]").into_iter().next())
        .or_else(|| {
            let all = dates("time[datetime]");
            let only = all.first().copied()?;
            let is_same = |written: &Written| written.date == only.date;
            all.iter().all(is_same).then_some(only)
        })
}

fn canonical(page: &Document) -> Option<String> {
    page.select("link[rel='canonical'][href]")
        .attr("href")
        .map(|href| href.trim().to_owned())
}

fn lang(page: &Document) -> Option<String> {
    let lang = page.select("html[lang]").attr("lang")?;
    Some(lang.trim().to_owned()).filter(|lang| !lang.is_empty())
}

/// Reads the tags: an element for each, or all in one with commas between. The `keywords` of many
/// sites are the same on all their pages, so they come last.
fn tags(page: &Document, metas: &HashMap<String, String>) -> Vec<String> {
    let elements = page.select("meta[property='article:tag'][content]");
    let each: Vec<String> = elements
        .iter()
        .map(|element| plain(element.attr_or("content", "").to_string()))
        .collect();
    if !each.is_empty() {
        return names(each.iter().map(String::as_str));
    }
    let all = ["news_keywords", "keywords"]
        .iter()
        .find_map(|name| metas.get(*name));
    names(all.into_iter().flat_map(|all| all.split(',')))
}

fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// Some sites give the address of a profile for a name.
fn name(text: String) -> Option<String> {
    Some(plain(text)).filter(|text| !text.is_empty() && !is_address(text))
}

/// Takes markup out of a value: some sites put it there, escaped once too often.
fn plain(text: String) -> String {
    if text.contains(['<', '&']) {
        one_line(&Document::fragment(text).text())
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meta(html: &str) -> PageMeta {
        PageMeta::of(&Document::from(html))
    }

    fn title_of(html: &str) -> String {
        meta(html).title.unwrap_or_default()
    }

    #[test]
    fn the_name_of_the_site_is_cut_off_the_title() {
        let site = "<meta property=og:site_name content='Вісті'>";
        assert_eq!(
            title_of(&format!("{site}<title>Міст відкрито | Вісті</title>")),
            "Міст відкрито"
        );
        assert_eq!(
            title_of("<title>Міст відкрито - Вісті Києва</title><h1>Міст відкрито</h1>"),
            "Міст відкрито"
        );
    }

    #[test]
    fn a_dash_that_belongs_to_the_title_stays() {
        assert_eq!(
            title_of("<title>Міст відкрито - мер</title>"),
            "Міст відкрито - мер"
        );
        let page = "<meta property=og:title content='Міст відкрито — мер'><h1>Вісті</h1>";
        assert_eq!(title_of(page), "Міст відкрито — мер");
    }

    #[test]
    fn no_markup_is_left_in_the_fields() {
        let page = "<meta property=og:title content='&lt;b&gt;Міст&lt;/b&gt; &amp;quot;Північний&amp;quot;'>\
                    <meta name=author content='&lt;a href=x&gt;Оля Гай&lt;/a&gt;'>";
        assert_eq!(title_of(page), "Міст \"Північний\"");
        assert_eq!(meta(page).authors, ["Оля Гай"]);
    }

    #[test]
    fn the_date_is_that_of_json_ld_then_meta_then_time() {
        let ld = r#"<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-01-01"}</script>"#;
        let metas = "<meta property='article:published_time' content='2024-01-02'>";
        let time = "<article><time datetime='2024-01-03'>3 січня</time></article>";
        let dated = |html: &str| {
            let published = meta(html).published.unwrap();
            (published.date.to_string(), published.date_source)
        };
        assert_eq!(
            dated(&format!("{time}{metas}{ld}")),
            ("2024-01-01".to_owned(), DateSource::JsonLd)
        );
        assert_eq!(
            dated(&format!("{time}{metas}")),
            ("2024-01-02".to_owned(), DateSource::Meta)
        );
        assert_eq!(dated(time), ("2024-01-03".to_owned(), DateSource::Time));
    }

    #[test]
    fn the_times_of_other_news_are_not_its_date() {
        let page = "<ul><li><time datetime='2024-01-03'></time><li><time datetime='2024-01-04'></time></ul>";
        assert_eq!(meta(page).published, None);
    }

    #[test]
    fn source_section_address_and_language_are_read() {
        let page = meta(
            "<html lang=uk><meta property=og:site_name content=Вісті><meta property=article:section content=Місто>\
             <meta property=article:tag content=мости><meta property=article:tag content=' річка '>\
             <meta name=keywords content='новини, місто'>\
             <link rel=canonical href='https://example.org/mist'>",
        );
        assert_eq!(page.tags, ["мости", "річка"]);
        assert_eq!(page.source.as_deref(), Some("Вісті"));
        assert_eq!(page.section.as_deref(), Some("Місто"));
        assert_eq!(page.url.as_deref(), Some("https://example.org/mist"));
        assert_eq!(page.lang.as_deref(), Some("uk"));
    }
}
