//! The text of the article of a page.

use crate::date::dateline;
use crate::date::dateline::Dateline;
use crate::markup::blocks::{Blocks, Kind};
use crate::markup::page::noise::words_of;
use crate::markup::page::text;
use dom_query::{Document, NodeId, NodeRef};
use dom_smoothie::{Config, Readability};
use jiff::civil;
use std::collections::HashSet;

/// What a page marks as the text of its article, and what is called so, the surest first.
const MARKED: &[&str] = &["[itemprop~='articleBody' i]", "[property~='articleBody' i]"];

/// What a page marks as its article.
const ARTICLE: &[&str] = &["article", "main", "[role='main']"];

/// Words that, with one of [`TEXT`], name the container of a text in a class: `article-body`,
/// `news_text`.
const OF: &[&str] = &[
    "article",
    "post",
    "news",
    "entry",
    "story",
    "material",
    "publication",
    "single",
    "page",
    "item",
    "detail",
    "full",
    "content",
    "main",
    "blog",
    "text",
    "body",
];
const TEXT: &[&str] = &[
    "body",
    "content",
    "text",
    "description",
    "paragraphs",
    "story",
    "inner",
];

/// So much of the text of a page, in percent, is its article.
const MOST_PERCENT: usize = 60;

/// A paragraph of the article has so many characters.
const PARAGRAPH_CHARS: usize = 40;

/// Finds the text of the article in a page without noise. `title` is its headline, `marked` the
/// `articleBody` of its JSON-LD. Returns also where it was found.
///
/// What the page marks as its text is taken at its word; else what Readability finds, if it has
/// most of the paragraphs behind the headline; else all of those.
pub(crate) fn text(
    page: &Document,
    title: &str,
    marked: Option<&str>,
    today: civil::Date,
) -> (&'static str, Blocks) {
    let whole = trimmed(text::blocks(&page.root()), title, today);
    let all_chars = whole.prose_chars(PARAGRAPH_CHARS);
    let enough =
        |blocks: &Blocks| blocks.prose_chars(PARAGRAPH_CHARS) * 100 >= all_chars * MOST_PERCENT;
    let opening = whole.clone();
    let (mut from, mut found) = MARKED
        .iter()
        .map(|selector| trimmed(of_selector(page, selector), title, today))
        .find(|blocks| !blocks.is_empty())
        .map(|blocks| ("articleBody", blocks))
        .or_else(|| {
            Some(trimmed(of_containers(page), title, today))
                .filter(|blocks| !blocks.is_empty() && enough(blocks))
                .map(|blocks| ("class of a text", blocks))
        })
        .or_else(|| {
            let mut articles = ARTICLE
                .iter()
                .map(|selector| trimmed(of_selector(page, selector), title, today));
            articles
                .find(|blocks| !blocks.is_empty() && enough(blocks))
                .map(|blocks| ("article or main", blocks))
        })
        .unwrap_or_else(|| {
            let readable = trimmed(readable(page), title, today);
            if !readable.is_empty() && enough(&readable) {
                ("readability", readable)
            } else {
                ("whole page", whole)
            }
        });
    found.open_with(&opening, PARAGRAPH_CHARS);
    let Some(marked_text) = marked else {
        return (from, found);
    };
    let marked = of_marked(marked_text, title, today);
    if marked.letters() * 100 > found.letters() * 130 {
        return ("JSON-LD articleBody", marked);
    }
    // The page has the paragraphs, the metadata know which belong to the article.
    if marked.letters() * 100 > found.letters() * 70 {
        found.retain_words_of(marked_text);
        from = "page and JSON-LD";
    }
    (from, found)
}

/// Returns the text of JSON-LD, a line a paragraph.
fn of_marked(marked: &str, title: &str, today: civil::Date) -> Blocks {
    let mut blocks = Blocks::default();
    if marked.contains('<') {
        blocks.append(text::blocks(&Document::fragment(marked).root()));
    } else {
        for line in marked.lines() {
            blocks.push(Kind::Paragraph, line);
        }
    }
    trimmed(blocks, title, today)
}

/// Returns the text of the elements that match, each once even where they lie in one another.
fn of_selector(page: &Document, selector: &str) -> Blocks {
    let selection = page.select(selector);
    of_nodes(
        page,
        &selection.nodes().iter().map(|node| node.id).collect(),
    )
}

/// Returns the text of the elements whose class says that they hold the text.
fn of_containers(page: &Document) -> Blocks {
    let is_container = |node: &NodeRef<'_>| {
        let is_holder = ["div", "section", "article"]
            .iter()
            .any(|name| node.has_name(name));
        is_holder
            && node
                .class()
                .is_some_and(|class| class.split_whitespace().any(is_text_class))
    };
    let containers: Vec<NodeRef<'_>> = page.root().descendants_it().filter(is_container).collect();
    // The innermost with paragraphs: `post-content` around everything says less than `article-body`
    // in it.
    let ids: HashSet<NodeId> = containers.iter().map(|node| node.id).collect();
    let mut holders: HashSet<NodeId> = HashSet::new();
    for node in &containers {
        let outer = node
            .ancestors_it(None)
            .filter(|ancestor| ids.contains(&ancestor.id));
        // Whoever holds a holder is known already.
        for ancestor in outer {
            if !holders.insert(ancestor.id) {
                break;
            }
        }
    }
    let innermost = containers
        .iter()
        .map(|node| node.id)
        .filter(|id| !holders.contains(id));
    of_nodes(page, &innermost.collect())
}

fn is_text_class(class: &str) -> bool {
    let words = words_of(class);
    let Some((last, before)) = words.split_last() else {
        return false;
    };
    if before.is_empty() {
        return matches!(
            last.as_str(),
            "articlebody"
                | "articletext"
                | "newstext"
                | "fulltext"
                | "posttext"
                | "body"
                | "storytext"
        );
    }
    TEXT.contains(&last.as_str())
        && before
            .last()
            .is_some_and(|word| OF.contains(&word.as_str()))
}

/// Returns the text of the nodes, in the order of the page, each once even where they lie in one
/// another.
fn of_nodes(page: &Document, nodes: &HashSet<NodeId>) -> Blocks {
    let mut blocks = Blocks::default();
    let mut pending = if nodes.is_empty() {
        Vec::new()
    } else {
        vec![page.root()]
    };
    while let Some(node) = pending.pop() {
        if nodes.contains(&node.id) {
            blocks.append(text::blocks(&node));
        } else {
            pending.extend(node.children_it(true));
        }
    }
    blocks
}

/// Above so many elements a page is not given to Readability, which weighs every one several times.
const MAX_READABLE_ELEMENTS: usize = 50_000;

fn readable(page: &Document) -> Blocks {
    if page
        .root()
        .descendants_it()
        .nth(MAX_READABLE_ELEMENTS)
        .is_some()
    {
        return Blocks::default();
    }
    let config = Config {
        disable_json_ld: true,
        ..Config::default()
    };
    let content = Readability::with_document(page.clone(), None, Some(config))
        .and_then(|mut readability| readability.parse())
        .map(|article| article.content);
    match content {
        Ok(content) => text::blocks(&Document::fragment(content).root()),
        Err(_) => Blocks::default(),
    }
}

/// Takes off what stands above the text (trail, headline, byline) and the notes of the site within
/// and below it.
fn trimmed(mut blocks: Blocks, title: &str, today: civil::Date) -> Blocks {
    blocks.drop_through(title);
    blocks.retain_before_prose(PARAGRAPH_CHARS, |text| {
        let is_mark = Dateline::read(text, today).is_some()
            || dateline::is_stamp(text, today)
            || dateline::is_name(text);
        !is_mark
    });
    blocks.retain(|text| !is_note(text));
    blocks
}

/// Beginnings of what a site adds to a text, in small letters.
const NOTES: &[&str] = &[
    "читайте також",
    "читати також",
    "читайте ще",
    "читайте:",
    "також читайте",
    "дивіться також",
    "слухайте також",
    "по темі",
    "за темою:",
    "більше новин",
    "теги:",
    "тег:",
    "мітки:",
    "підписуйтесь",
    "підписуйтеся",
    "підпишіться",
    "на правах реклами",
    "якщо ви помітили помилку",
    "якщо ви знайшли помилку",
    "знайшли помилку",
    "помітили помилку",
    "усі права захищено",
    "всі права захищено",
    "передрук матеріалів",
    "ми використовуємо cookie",
    "цей сайт використовує",
    "приєднуйтесь",
    "долучайтесь",
    "стежте за",
    "новини за темою",
    "вас може зацікавити",
    "читайте также",
    "читать также",
    "смотрите также",
    "подписывайтесь",
    "теги :",
    "если вы нашли ошибку",
    "все права защищены",
    "read also",
    "read more",
    "related:",
    "tags:",
];

/// Notes that begin like texts do, so that they are notes only where little stands behind them.
const SHORT_NOTES: &[&str] = &[
    "реклама",
    "рекомендуємо",
    "advertisement",
    "поділи",
    "поделиться",
    "share",
    "коментар",
    "комментар",
];

/// Such a note has at most so many characters.
const SHORT_NOTE_CHARS: usize = 30;

/// Another note has at most so many characters.
const NOTE_CHARS: usize = 250;

fn is_note(text: &str) -> bool {
    let head: String = text
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .chars()
        .take(40)
        .collect();
    let head = head.to_lowercase();
    let begins = |notes: &[&str]| notes.iter().any(|note| head.starts_with(note));
    let count = text.chars().count();
    (count <= NOTE_CHARS && begins(NOTES)) || (count <= SHORT_NOTE_CHARS && begins(SHORT_NOTES))
}
