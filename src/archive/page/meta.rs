//! What a page tells of its article outside its text: `<meta>`, JSON-LD, `<time>`, `<title>`,
//! `<link>`.

use crate::archive::page::json_ld::JsonLd;
use crate::article::{DateSource, Published};
use crate::date::field;
use crate::error::{Doubt, Field, Problem};
use crate::markup::blocks::{names, one_line};
use crate::markup::page::title;
use crate::markup::page::title::plain;
use dom_query::Document;
use jiff::civil;
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

/// The metadata of a page; all of it is plain text without markup.
#[derive(Debug, Default)]
pub(crate) struct PageMeta {
    pub(crate) title: Option<String>,
    pub(crate) published: Option<Published>,
    pub(crate) authors: Vec<String>,
    pub(crate) section: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) lang: Option<String>,
    /// The text of the article, where the JSON-LD has it.
    pub(crate) body: Option<String>,
    /// What gives the title and the authors, where it is not the page itself.
    pub(crate) title_from: &'static str,
    pub(crate) authors_from: &'static str,
    /// Dates that cannot be one.
    pub(crate) doubts: Vec<Doubt>,
}

impl PageMeta {
    /// Reads the metadata of a parsed page.
    pub(crate) fn of(page: &Document, today: civil::Date) -> Self {
        let metas = metas(page);
        let scripts: Vec<_> = page
            .select("script[type*='ld+json']")
            .iter()
            .map(|script| script.text())
            .collect();
        let ld = JsonLd::of_scripts(scripts.iter().map(AsRef::as_ref));
        let meta = |name: &str| metas.get(name).cloned();
        let site = meta("og:site_name").or(ld.publisher).map(plain);
        let url = [canonical(page), meta("og:url"), ld.url]
            .into_iter()
            .flatten()
            .find(|url| is_address(url));
        let mut doubts = Vec::new();
        let named = [
            ("og:title", meta("og:title")),
            ("JSON-LD headline", ld.headline),
            ("twitter:title", meta("twitter:title")),
        ];
        let named = named
            .into_iter()
            .filter_map(|(name, title)| Some((name, plain(title?))))
            .find(|(_, title)| !title.is_empty());
        let title_from = named.as_ref().map_or("heading or title", |(name, _)| *name);
        let named = named.map(|(_, title)| title);
        let authors_from = if ld.authors.is_empty() {
            "meta author"
        } else {
            "JSON-LD author"
        };
        let site_names = [
            &site,
            &meta("application-name"),
            &meta("twitter:site"),
            &url.as_deref().and_then(host),
        ];
        let site_names: Vec<String> = site_names.into_iter().flatten().cloned().collect();
        Self {
            title: title::title(page, named, &site_names),
            published: published(&metas, ld.date, today, &mut doubts),
            authors: if ld.authors.is_empty() {
                let author = meta("author").or_else(|| meta("article:author"));
                author.and_then(name).into_iter().collect()
            } else {
                ld.authors.into_iter().filter_map(name).collect()
            },
            section: meta("article:section").or(ld.section).map(plain),
            source: site,
            url,
            tags: tags(page, &metas),
            lang: lang(page),
            body: ld.body,
            title_from,
            authors_from,
            doubts,
        }
    }
}

/// Returns the host of an address without `www.`
fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', ':', '?']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
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

/// Returns the date of the JSON-LD, else that of the `<meta>` elements. A date that cannot be one
/// gives way to the next and leaves a doubt.
fn published(
    metas: &HashMap<String, String>,
    ld: Option<String>,
    today: civil::Date,
    doubts: &mut Vec<Doubt>,
) -> Option<Published> {
    let ld = ld.map(|text| ("datePublished", text, DateSource::JsonLd));
    let of_meta = |name: &&'static str| Some((*name, metas.get(*name)?.clone(), DateSource::Meta));
    for (key, text, source) in ld.into_iter().chain(DATE_NAMES.iter().filter_map(of_meta)) {
        match field::parse(&text, today) {
            Ok(date) => return Some(Published::new(date, source)),
            Err(source) => {
                let key = key.into();
                doubts.push(Doubt::of(
                    Field::Published,
                    Problem::BadDate { key, source },
                ));
            }
        }
    }
    None
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

#[cfg(test)]
mod tests {
    use super::*;

    fn meta(html: &str) -> PageMeta {
        PageMeta::of(&Document::from(html), civil::date(2026, 11, 30))
    }

    fn title_of(html: &str) -> String {
        meta(html).title.unwrap_or_default()
    }

    #[test]
    fn no_markup_is_left_in_the_fields() {
        let page = "<meta property=og:title content='&lt;b&gt;Міст&lt;/b&gt; &amp;quot;Північний&amp;quot;'>\
                    <meta name=author content='&lt;a href=x&gt;Оля Гай&lt;/a&gt;'>";
        assert_eq!(title_of(page), "Міст \"Північний\"");
        assert_eq!(meta(page).authors, ["Оля Гай"]);
    }

    #[test]
    fn the_date_is_that_of_json_ld_then_meta() {
        let ld = |date: &str| {
            format!(
                r#"<script type="application/ld+json">{{"@type":"NewsArticle","datePublished":"{date}",}}</script>"#
            )
        };
        let metas = "<meta property='article:published_time' content='2024-01-02'>";
        let dated = |html: &str| {
            let page = meta(html);
            let published = page.published.unwrap();
            (
                published.date.to_string(),
                published.date_source,
                page.doubts.len(),
            )
        };
        let of_meta = ("2024-01-02".to_owned(), DateSource::Meta);
        assert_eq!(
            dated(&format!("{metas}{}", ld("2024-01-01"))),
            ("2024-01-01".to_owned(), DateSource::JsonLd, 0)
        );
        assert_eq!(dated(metas), (of_meta.0.clone(), of_meta.1, 0));
        assert_eq!(
            dated(&format!("{metas}{}", ld("1970-01-01T00:00:00Z"))),
            (of_meta.0, of_meta.1, 1)
        );
    }

    #[test]
    fn meta_elements_have_many_names_and_forms_of_dates() {
        for content in [
            "name=pubdate content='31.03.2016'",
            "name=DC.date.issued content='2016-03-31'",
            "itemprop=datePublished content='20160331'",
            "property=article:published_time content='31 марта 2016'",
            "name=publish-date content='Thu, 31 Mar 2016 00:00:00 +0300'",
            "name=date content='31/03/2016'",
        ] {
            let published = meta(&format!("<meta {content}>")).published.unwrap();
            assert_eq!(
                (published.date.to_string().as_str(), published.date_source),
                ("2016-03-31", DateSource::Meta),
                "{content}"
            );
        }
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

    #[test]
    fn the_name_of_the_site_is_cut_off_either_side() {
        let site = "<meta property=og:site_name content='Вісті'>";
        for page in [
            format!("{site}<title>Міст відкрито | Вісті</title>"),
            format!("{site}<title>Вісті :: Міст відкрито</title>"),
            format!("{site}<title>ВІСТІ — Міст відкрито — Вісті</title>"),
            "<title>Міст відкрито - Вісті Києва</title><h1>Міст відкрито</h1>".to_owned(),
            "<title>Вісті Києва » Міст відкрито</title><h1>Міст відкрито</h1>".to_owned(),
            "<title>Міст відкрито | Вісті</title>".to_owned(),
            "<title>Міст відкрито • visti.ua</title><link rel=canonical href='https://www.visti.ua/1'>".to_owned(),
            "<title>Міст відкрито - visti.ua</title><link rel=canonical href='https://www.visti.ua/1'>".to_owned(),
            "<meta property=og:title content='Міст відкрито - Вісті'><h1>Міст відкрито</h1>".to_owned(),
        ] {
            assert_eq!(title_of(&page), "Міст відкрито", "{page}");
        }
    }

    #[test]
    fn a_logo_is_no_headline() {
        for logo in [
            "<h1><a href=/>Вісті</a></h1>",
            "<h1><a href='https://visti.ua/'>Вісті</a></h1>",
            "<h1 class=logo>Вісті</h1>",
            "<div class=site-logo><h1>Вісті</h1></div>",
            "<a href='/'><h1>Вісті</h1></a>",
        ] {
            for (title, heading) in [
                ("Міст відкрито | Вісті", "h2"),
                ("Вісті - Міст відкрито", "h3"),
                ("Міст відкрито", "h2"),
            ] {
                let page = format!(
                    "<title>{title}</title>{logo}<{heading}>Міст відкрито</{heading}><p>Рух.</p>"
                );
                assert_eq!(title_of(&page), "Міст відкрито", "{page}");
            }
            let page = format!("<title>Міст відкрито — Вісті</title>{logo}<p>Рух.</p>");
            assert_eq!(title_of(&page), "Міст відкрито", "{page}");
        }
    }

    #[test]
    fn a_dash_and_a_date_that_belong_to_the_title_stay() {
        for title in [
            "Міст відкрито - мер",
            "Міст відкрито — мер",
            "Концерт 31 березня 2016",
            "Міст: мер за",
        ] {
            assert_eq!(title_of(&format!("<title>{title}</title>")), title);
            assert_eq!(
                title_of(&format!(
                    "<meta property=og:title content='{title}'><h1>Вісті</h1>"
                )),
                title
            );
        }
    }
}
