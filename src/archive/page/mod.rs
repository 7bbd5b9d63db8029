//! Saved pages: the main text without what surrounds it.
//!
//! | module | what it holds |
//! |---|---|
//! | `flat_items` | items without an element around them |
//! | `items` | a page of many short articles |
//! | `meta` | fields in `meta`, JSON-LD and microdata |
//! | `published` | which date is that of publication |
//! | `json_ld` | JSON-LD |

mod flat_items;
mod items;
pub(crate) mod json_ld;
pub(crate) mod meta;
pub(crate) mod published;

use crate::archive::fields::dateline;
use crate::archive::page::items::Items;
use crate::archive::page::meta::PageMeta;
use crate::archive::page::published::PageDates;
use crate::archive::{ArchiveFile, Flaw, ReadArticle};
use crate::article::{Article, ArticleId};
use crate::error::{Field, Problem, containment};
use crate::markup::nesting;
use crate::markup::page::{body, noise};
use dom_query::Document;

/// The most bytes of a page: 16 MiB, so that reading it can be stopped within a second.
const MAX_PAGE_BYTES: usize = 16 * 1024 * 1024;

/// Reads the articles of a page: one, or those of a page that evidently consists of many, each with
/// its place on the page.
///
/// # Errors
///
/// Fails on a page above 16 MiB, on hostile nesting and on a page without text.
pub(crate) fn articles(file: &ArchiveFile, html: &str) -> Result<PageArticles, Flaw> {
    parsed(html, || articles_of_page(file, html))
}

/// Reads a page as one article, as [`articles`] does.
///
/// # Errors
///
/// As [`articles`].
pub(crate) fn article(file: &ArchiveFile, html: &str) -> Result<ReadArticle, Flaw> {
    parsed(html, || {
        let (page, meta) = page_of(file, html)?;
        let dates = PageDates::of(&page, meta.title.as_deref().unwrap_or_default(), file.today);
        article_of_page(file, &page, meta, &dates)
    })
}

/// What a page holds.
pub(crate) enum PageArticles {
    One(Box<ReadArticle>),
    Many(Items),
}

fn parsed<T>(html: &str, read: impl FnOnce() -> Result<T, Problem>) -> Result<T, Flaw> {
    if html.len() > MAX_PAGE_BYTES {
        let bytes = |count| u64::try_from(count).unwrap_or(u64::MAX);
        let (size_bytes, max_bytes) = (bytes(html.len()), bytes(MAX_PAGE_BYTES));
        return Err(Problem::TooLarge {
            size_bytes,
            max_bytes,
        }
        .into());
    }
    nesting::check_source(html)?;
    // The page comes from anywhere and the parser is not ours: its panic costs one page, not the
    // run. Nothing of what it touched is used afterwards.
    match containment::contained(read) {
        Ok(result) => result.map_err(Flaw::from),
        Err(_) => Err(Problem::ParserFailed.into()),
    }
}

/// Parses a page and takes away what surrounds its text.
fn page_of(file: &ArchiveFile, html: &str) -> Result<(Document, PageMeta), Problem> {
    let page = Document::from(html);
    nesting::check_tree(&page)?;
    let meta = PageMeta::of(&page, file.today);
    noise::strip(&page);
    Ok((page, meta))
}

fn articles_of_page(file: &ArchiveFile, html: &str) -> Result<PageArticles, Problem> {
    let (page, meta) = page_of(file, html)?;
    let dates = PageDates::of(&page, meta.title.as_deref().unwrap_or_default(), file.today);
    let known = meta.published.or_else(|| dates.marked());
    let known = known.or_else(|| dateline::in_file_path(file));
    let items = items::of(&page, file, &meta, known);
    if items.articles.is_empty() {
        let read = article_of_page(file, &page, meta, &dates)?;
        return Ok(PageArticles::One(Box::new(read)));
    }
    Ok(PageArticles::Many(items))
}

fn article_of_page(
    file: &ArchiveFile,
    page: &Document,
    meta: PageMeta,
    dates: &PageDates,
) -> Result<ReadArticle, Problem> {
    let title = meta.title.unwrap_or_default();
    let (body_from, blocks) = body::text(page, &title, meta.body.as_deref(), file.today);
    let body = blocks.body();
    if title.is_empty() && body.is_empty() {
        return Err(Problem::NoText);
    }
    let of_address = || dateline::in_address(meta.url.as_deref()?, file.today);
    let known = meta
        .published
        .or_else(|| dates.marked())
        .or_else(of_address)
        .or_else(|| dateline::in_file_path(file));
    let dateline = dates.beside_headline();
    let mut read = ReadArticle::from(Article {
        id: ArticleId::new(&file.name),
        published: dateline::published(known, dateline, (&title, &body), file.today),
        title,
        lead: blocks.lead(),
        source: meta.source,
        section: meta.section,
        authors: meta.authors,
        url: meta.url,
        tags: meta.tags,
        lang: meta.lang,
        path: file.path.clone(),
        body,
    });
    read.doubts = meta.doubts;
    Ok(read.with_origins(&[
        (Field::Title, meta.title_from),
        (Field::Lead, "first paragraph"),
        (Field::Body, body_from),
        (Field::Author, meta.authors_from),
    ]))
}

#[cfg(test)]
mod tests {
    use crate::archive::tests::{problem, read_one};
    use crate::article::DateSource;

    const PAGE: &str = r#"<!doctype html><html lang="uk"><head><meta charset="utf-8"><title>Міст відкрито | Вісті</title>
<meta property="og:site_name" content="Вісті"><script>var a = "<p>ні</p>";</script></head><body>
<nav><ul><li><a href="/">Головна</a><li><a href="/s">Спорт</a></ul></nav>
<article><h1>Міст відкрито</h1><time datetime="2025-12-28T10:00">28 грудня</time>
<p>Новий міст через річку відкрили після трьох років ремонту. На церемонію прийшли сотні містян, і рух
автобусів відновили ще до обіду, розповіли в міській раді.</p><!-- коментар -->
<h2>Що далі</h2><p>Узимку, додав мер, добудують сходи й освітлення, а навесні посадять дерева вздовж
набережної, щоб влітку тут було затишно гуляти.</p><ul><li>сходи</li><li>ліхтарі</li></ul></article>
<aside>Читайте також: інші новини</aside><footer>Усі права захищено</footer></body></html>"#;

    #[test]
    fn the_main_text_comes_without_what_surrounds_it() {
        let article = read_one("a.html", PAGE.as_bytes());
        assert_eq!(article.title, "Міст відкрито");
        assert!(
            article.body.contains("Новий міст через річку"),
            "{}",
            article.body
        );
        assert!(
            article.body.contains("\n\nЩо далі\n\nУзимку"),
            "{}",
            article.body
        );
        assert!(article.body.ends_with("сходи\nліхтарі"), "{}", article.body);
        for other in ["Головна", "Читайте", "права", "коментар", "var a", "<"]
        {
            assert!(!article.body.contains(other), "{other} in {}", article.body);
        }
        assert!(article.lead.starts_with("Новий міст"), "{}", article.lead);
        assert_eq!(article.source.as_deref(), Some("Вісті"));
        let published = article.published.unwrap();
        assert_eq!(published.date.to_string(), "2025-12-28T10:00:00+02:00");
        assert_eq!(published.date_source, DateSource::Time);
    }

    #[test]
    fn a_page_of_one_sentence_is_not_lost() {
        let article = read_one("a.html", "<h1>Зима</h1><p>Випав сніг.</p>".as_bytes());
        assert_eq!(
            (article.title.as_str(), article.body.as_str()),
            ("Зима", "Випав сніг.")
        );
        let article = read_one("a.htm", "<title>Зима</title>Випав сніг.".as_bytes());
        assert_eq!(
            (article.title.as_str(), article.body.as_str()),
            ("Зима", "Випав сніг.")
        );
    }

    #[test]
    fn the_date_of_a_bare_page_comes_from_its_path_or_text() {
        let page = "<h1>Зима</h1><p>Сніг випав сьогодні, 28 грудня 2025 року.</p>".as_bytes();
        assert_eq!(
            read_one("2024/11/a.html", page)
                .published
                .unwrap()
                .date_source,
            DateSource::Path
        );
        assert_eq!(
            read_one("a.html", page).published.unwrap().date_source,
            DateSource::Estimate
        );
    }

    #[test]
    fn a_page_without_text_is_told() {
        assert_eq!(
            problem("a.html", b"<html><script>1</script>"),
            "no text: neither a title nor a body"
        );
        assert_eq!(
            problem("a.html", b""),
            "no text: neither a title nor a body"
        );
    }

    #[test]
    fn a_hostile_page_is_told_and_does_not_overflow() {
        let page = "<div>".repeat(100_000);
        assert_eq!(
            problem("a.html", page.as_bytes()),
            "elements are nested deeper than 1000"
        );
        let page = format!("{}<p>Текст є.", "<div><b>".repeat(450));
        assert_eq!(read_one("a.html", page.as_bytes()).body, "Текст є.");
    }
}
