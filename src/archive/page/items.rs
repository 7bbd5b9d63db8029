//! A page of many short articles, as the news of a day: each item with its date, its headline and
//! its text.

use crate::archive::fields::short_hash;
use crate::archive::file::ArchiveFile;
use crate::archive::page::flat_items;
use crate::archive::page::meta::PageMeta;
use crate::archive::read_article::ReadArticle;
use crate::article::{Article, ArticleId, DateSource, Published};
use crate::date::dateline::Dateline;
use crate::date::{Date, field};
use crate::error::Field;
use crate::markup::page::text;
use dom_query::{Document, NodeRef};
use jiff::civil;
use std::cell::LazyCell;
use std::collections::BTreeMap;

/// Fewer items are parts of one article.
const MIN_ITEMS: usize = 6;

/// The least share of the items that are articles, and of the page's text that is theirs, in
/// percent.
const MOST_PERCENT: usize = 75;

/// An item has a text of its own, in letters beside its headline; others are links.
const MIN_LETTERS: usize = 40;

/// A headline is no shorter, in characters, and no longer, in bytes.
const MIN_TITLE_CHARS: usize = 8;
const MAX_TITLE_BYTES: usize = 600;

/// A date stands in an element of its own that is no longer, in bytes.
const MAX_DATE_BYTES: usize = 100;

/// An article of a page of many.
pub(crate) struct Item {
    /// Its place on the page: `#anchor`, else `#` and its ordinal from 1.
    pub(crate) place: String,
    pub(crate) read: ReadArticle,
}

/// The articles of a page of many.
#[derive(Default)]
pub(crate) struct Items {
    pub(crate) articles: Vec<Item>,
    /// How many elements beside them have no headline or no text.
    pub(crate) passed_over: usize,
}

/// Returns the articles of a page that evidently consists of many: its text is a row of equal
/// elements, most with a date, a headline and a text; those among them that lack the date alone are
/// articles without one. `known` is the day of the page, which gives times without a day theirs.
pub(crate) fn of(
    page: &Document,
    file: &ArchiveFile,
    meta: &PageMeta,
    known: Option<Published>,
) -> Items {
    let known = known.and_then(|published| match published.date {
        Date::Day(day) => Some(day),
        Date::Instant { .. } => Some(published.date.first_day()),
        _ => None,
    });
    let whole = LazyCell::new(|| text::blocks(&page.root()).letters());
    let parts_of = |page: &Document| {
        rows(page).into_iter().find_map(|row| {
            let parts: Vec<Part> = row
                .iter()
                .filter_map(|node| Part::of(node, known, file.today))
                .collect();
            let dated = parts.iter().filter(|part| part.published.is_some());
            let (count, letters) = dated.fold((0, 0), |(count, letters), part| {
                (count + 1, letters + part.letters)
            });
            let is_row_of_articles = count >= MIN_ITEMS
                && count * 100 >= row.len() * MOST_PERCENT
                && letters * 100 >= *whole * MOST_PERCENT;
            is_row_of_articles.then(|| (row.len() - parts.len(), parts))
        })
    };
    let found = parts_of(page).or_else(|| {
        let mut pages = flat_items::wrapped(page, MIN_ITEMS).into_iter();
        pages.find_map(|page| parts_of(&page))
    });
    let Some((passed_over, parts)) = found else {
        return Items::default();
    };
    let articles = (1..).zip(parts);
    let articles = articles.map(|(ordinal, part)| part.item(ordinal, file, meta));
    Items {
        articles: articles.collect(),
        passed_over,
    }
}

/// Returns the rows of equal elements, the longest first.
fn rows(page: &Document) -> Vec<Vec<NodeRef<'_>>> {
    let mut rows: Vec<Vec<NodeRef<'_>>> = Vec::new();
    for parent in page.root().descendants_it().filter(NodeRef::is_element) {
        let mut by_kind: BTreeMap<String, Vec<NodeRef<'_>>> = BTreeMap::new();
        for child in parent.children_it(false).filter(NodeRef::is_element) {
            by_kind
                .entry(flat_items::kind_of(&child))
                .or_default()
                .push(child);
        }
        rows.extend(by_kind.into_values().filter(|row| row.len() >= MIN_ITEMS));
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.len()));
    rows
}

/// What an element has of an article.
struct Part {
    title: String,
    body: String,
    published: Option<Published>,
    url: Option<String>,
    anchor: Option<String>,
    letters: usize,
}

impl Part {
    fn of(node: &NodeRef<'_>, known: Option<civil::Date>, today: civil::Date) -> Option<Self> {
        let (published, stamp) = dated(node, known, today).unzip();
        let stamp = stamp.unwrap_or_default();
        let title = headline(node, &stamp)?;
        let mut blocks = text::blocks(node);
        let letters = blocks.letters();
        blocks.retain(|line| line != stamp && line != title);
        let body = blocks.body();
        let body = body.strip_prefix(&stamp).unwrap_or(&body).trim_start();
        let body = body.strip_prefix(&title).unwrap_or(body).trim().to_owned();
        if body.chars().filter(|c| c.is_alphabetic()).count() < MIN_LETTERS {
            return None;
        }
        let links = || node.descendants_it().filter(|link| link.has_name("a"));
        // Other links lead to what the item speaks of.
        let url = links()
            .filter(|link| link.text().trim().ends_with(title.as_str()))
            .filter_map(|link| link.attr("href"))
            .find(|href| href.starts_with("http"));
        let anchor = node.attr("id").or_else(|| {
            let mut named = links().filter_map(|link| link.attr("name").or(link.attr("id")));
            named.next()
        });
        Some(Self {
            title,
            body,
            published,
            url: url.map(|url| url.to_string()),
            anchor: anchor
                .map(|anchor| anchor.trim().to_owned())
                .filter(|a| !a.is_empty()),
            letters,
        })
    }

    fn item(self, ordinal: usize, file: &ArchiveFile, meta: &PageMeta) -> Item {
        let date = self.published.map(|published| published.date.to_string());
        let date = date.unwrap_or_default();
        let hash = short_hash(&[&self.title, &self.body, &date]);
        let read = ReadArticle::from(Article {
            id: ArticleId::new(&format!("{}#{hash}", file.name)),
            lead: crate::markup::blocks::first_paragraph(&self.body),
            title: self.title,
            published: self.published,
            source: meta.source.clone(),
            section: meta.section.clone(),
            authors: Vec::new(),
            url: self.url,
            tags: Vec::new(),
            lang: meta.lang.clone(),
            path: file.path.clone(),
            body: self.body,
        });
        Item {
            place: format!("#{}", self.anchor.unwrap_or_else(|| ordinal.to_string())),
            read: read.with_origins(&[
                (Field::Title, "headline of the item"),
                (Field::Lead, "first paragraph"),
                (Field::Body, "item of the page"),
            ]),
        }
    }
}

/// Returns the date of an item and how it is written.
fn dated(
    node: &NodeRef<'_>,
    known: Option<civil::Date>,
    today: civil::Date,
) -> Option<(Published, String)> {
    for element in node.descendants_it().filter(NodeRef::is_element) {
        let Some(shown) = text::short(&element, MAX_DATE_BYTES) else {
            continue;
        };
        if element.has_name("time")
            && let Some(stamp) = element.attr("datetime")
            && let Ok(date) = field::parse(&stamp, today)
        {
            return Some((Published::new(date, DateSource::Time), shown));
        }
        if let Some(known) = known.filter(|_| is_clock(&shown))
            && let Ok(date) = field::parse(&format!("{known} {shown}"), today)
        {
            return Some((Published::new(date, DateSource::Dateline), shown));
        }
        let line = Dateline::read(&shown, today).filter(|line| line.is_bare);
        let written = line.and_then(|line| {
            let near = || line.written_near(known?);
            line.written().or_else(near)
        });
        if let Some(date) = written {
            return Some((Published::new(date, DateSource::Dateline), shown));
        }
    }
    None
}

/// Says whether a text is a time of day: `10:05`.
fn is_clock(text: &str) -> bool {
    let is_number = |part: &str| part.len() <= 2 && part.parse::<u8>().is_ok();
    text.split_once(':')
        .is_some_and(|(hour, minute)| is_number(hour) && minute.len() == 2 && is_number(minute))
}

/// Returns the headline of an item: its heading, else its first link or words in bold that are no
/// date.
fn headline(node: &NodeRef<'_>, stamp: &str) -> Option<String> {
    let of = |names: &[&str]| {
        let elements = node
            .descendants_it()
            .filter(|element| names.iter().any(|name| element.has_name(name)));
        elements
            .filter_map(|element| text::short(&element, MAX_TITLE_BYTES))
            .map(|title| title.trim_start_matches(stamp).trim().to_owned())
            .find(|title| title.chars().nth(MIN_TITLE_CHARS).is_some())
    };
    of(&["h1", "h2", "h3", "h4", "h5", "h6"]).or_else(|| of(&["a", "b", "strong"]))
}

#[cfg(test)]
mod tests {
    use crate::archive::tests::{passed_over, read_all};

    const TEXT: &str = "Подробиці розповіли в міській раді, роботи тривали три роки без перерви.";

    fn page(item: impl Fn(usize) -> String, count: usize) -> String {
        let items: String = (1..=count).map(item).collect();
        format!(
            "<html><head><title>Новини за 2 січня 2024 | Вісті</title><meta property=og:site_name \
             content=Вісті></head><body><h1>Новини за день</h1><time datetime=2024-01-02>2 січня \
             2024</time><div id=list>{items}</div></body></html>"
        )
    }

    #[test]
    fn a_page_of_dated_items_is_as_many_articles() {
        let in_blocks = |n: usize| {
            format!(
                "<div class=item id=n{n}><span class=t>10:{n:02}</span><h3>Новина про міст {n}</h3><p>{TEXT} {n}</p></div>"
            )
        };
        let in_list = |n: usize| {
            format!(
                "<li><b>02.01.2024</b> <a href='https://visti.example/{n}'>Новина про міст {n}</a><br>{TEXT} {n}</li>"
            )
        };
        for html in [page(in_blocks, 12), page(in_list, 12)] {
            let (articles, problems) = read_all("day.html", html.as_bytes());
            assert_eq!((articles.len(), problems.len()), (12, 0), "{html}");
            let third = &articles[2];
            assert_eq!(third.title, "Новина про міст 3");
            assert_eq!(third.body, format!("{TEXT} 3"));
            let date = third.published.unwrap().date.to_string();
            assert!(date.starts_with("2024-01-02"), "{date}");
            assert_eq!(third.source.as_deref(), Some("Вісті"));
        }
        let (articles, _) = read_all("day.html", page(in_blocks, 12).as_bytes());
        assert!(
            articles[2].path.ends_with("day.html/#n3"),
            "{:?}",
            articles[2].path
        );
        assert!(articles[2].id.as_str().contains("day.html#"));
    }

    #[test]
    fn items_without_an_element_around_them_are_articles_too() {
        let heading_first = |n: usize| {
            format!("<h3 id=n{n}>Новина про міст {n}</h3><p class=date>02.01.2024</p><p>{TEXT}</p>")
        };
        let date_first = |n: usize| {
            format!("<p class=date>02.01.2024</p><h3>Новина про міст {n}</h3><p>{TEXT}</p>")
        };
        let between_rules = |n: usize| {
            format!("<p><b>02.01.2024</b></p><p><b>Новина про міст {n}</b></p><p>{TEXT}</p><hr>")
        };
        let in_terms = |n: usize| {
            format!("<dt><i>02.01.2024</i> <b>Новина про міст {n}</b></dt><dd>{TEXT}</dd>")
        };
        let pages = [
            page(heading_first, 12),
            page(date_first, 12),
            page(between_rules, 12),
            page(in_terms, 12),
        ];
        for html in pages {
            let (articles, problems) = read_all("day.html", html.as_bytes());
            assert_eq!((articles.len(), problems.len()), (12, 0), "{html}");
            for (n, article) in (1..).zip(&articles) {
                assert_eq!(article.title, format!("Новина про міст {n}"));
                assert_eq!(article.body, TEXT);
                assert!(article.published.is_some());
            }
        }
        let sections = |n: usize| format!("<h3>Частина {n} про міст</h3><p>{TEXT}</p>");
        let (articles, _) = read_all("day.html", page(sections, 12).as_bytes());
        assert_eq!(articles.len(), 1);
    }

    #[test]
    fn an_item_without_a_date_is_an_article_and_one_without_text_is_counted() {
        let item = |n: usize| {
            let time = if n == 5 { "" } else { "<span>10:00</span>" };
            let text = if n == 7 { "" } else { TEXT };
            format!("<div class=item>{time}<h3>Новина про міст {n}</h3><p>{text}</p></div>")
        };
        let (articles, problems) = read_all("day.html", page(item, 12).as_bytes());
        assert_eq!(articles.len(), 11);
        assert_eq!(articles[4].title, "Новина про міст 5");
        assert_eq!(articles[4].published, None);
        assert!(articles[3].published.is_some());
        assert_eq!(problems.len(), 0, "{problems:?}");
        let kinds = passed_over("day.html", page(item, 12).as_bytes());
        assert_eq!(kinds["items without a headline or text"], 1);
    }

    #[test]
    fn a_page_of_one_article_stays_one() {
        let links = |n: usize| {
            format!(
                "<li><time datetime=2024-01-02>10:{n:02}</time> <a href=/{n}>Інша новина міста {n}</a></li>"
            )
        };
        let chronicle = |n: usize| format!("<p><b>10:{n:02}</b> {TEXT}</p>");
        let article = format!(
            "<article><h1>Міст</h1>{}</article>",
            format!("<p>{TEXT}</p>").repeat(20)
        );
        let with_list =
            page(links, 12).replace("<div id=list>", &format!("{article}<div id=list>"));
        for html in [page(links, 12), page(chronicle, 12), with_list] {
            let (articles, _) = read_all("day.html", html.as_bytes());
            assert_eq!(articles.len(), 1, "{html}");
        }
    }
}
