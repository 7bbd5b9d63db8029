//! What surrounds the article of a page, taken out before anything is read from it.

use dom_query::{Document, NodeId, NodeRef};
use std::collections::HashMap;

/// Elements that hold nothing to read.
const UNREAD: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "audio",
    "video", "canvas", "button", "select", "textarea", "input", "nav", "footer", "aside", "dialog",
    "menu",
];

/// Elements that are noise unless they hold the page: some servers put all of it into a form.
const UNREAD_UNLESS_MOST: &[&str] = &["form", "fieldset"];

/// Roles of what stands beside the article.
const ROLES: &[&str] = &[
    "navigation",
    "banner",
    "complementary",
    "contentinfo",
    "search",
    "dialog",
    "alertdialog",
    "menu",
    "menubar",
    "toolbar",
    "tooltip",
    "note",
];

/// Words in classes and ids of what stands beside the article.
const NOISE: &[&str] = &[
    "related",
    "relevant",
    "readmore",
    "readalso",
    "also",
    "recommend",
    "recommended",
    "recommendation",
    "recommendations",
    "similar",
    "popular",
    "trending",
    "teaser",
    "teasers",
    "promo",
    "advert",
    "adverts",
    "advertisement",
    "advertising",
    "adv",
    "ad",
    "ads",
    "banner",
    "banners",
    "adsense",
    "adsbygoogle",
    "sponsor",
    "sponsored",
    "reklama",
    "share",
    "sharing",
    "shares",
    "sharethis",
    "addthis",
    "social",
    "socials",
    "soc",
    "likes",
    "comment",
    "comments",
    "commentlist",
    "respond",
    "disqus",
    "cookie",
    "cookies",
    "gdpr",
    "consent",
    "subscribe",
    "subscription",
    "newsletter",
    "signup",
    "login",
    "breadcrumb",
    "breadcrumbs",
    "crumbs",
    "pagination",
    "pager",
    "navbar",
    "navigation",
    "nav",
    "menu",
    "sidebar",
    "footer",
    "tags",
    "taglist",
    "rating",
    "vote",
    "poll",
    "copyright",
    "print",
    "widget",
    "modal",
    "popup",
    "overlay",
    "tooltip",
    "partners",
    "informer",
    "donate",
    "trends",
    "weather",
    "currency",
    "lastnews",
    "morenews",
    "othernews",
    "topnews",
    "mostread",
    "newslist",
    "newsfeed",
    "feed",
    "announce",
    "hidden",
    "invisible",
    "skip",
    "toolbar",
    "authorbox",
    "bio",
    "chytayte",
    "chytaite",
    "chitayte",
    "shozhi",
    "interesting",
    "next",
    "prev",
    "previous",
    "complaint",
    "typo",
    "mistake",
    "orphus",
    "telegram",
    "counter",
    "noprint",
    "outbrain",
    "taboola",
    "mgid",
    "carousel",
    "slider",
];

/// Two words side by side in a class or id.
const NOISE_PAIRS: &[(&str, &str)] = &[
    ("read", "more"),
    ("read", "also"),
    ("more", "news"),
    ("other", "news"),
    ("last", "news"),
    ("latest", "news"),
    ("top", "news"),
    ("most", "read"),
    ("see", "also"),
    ("news", "list"),
    ("news", "feed"),
    ("tag", "list"),
    ("author", "box"),
    ("author", "bio"),
    ("site", "header"),
    ("site", "footer"),
    ("top", "bar"),
    ("main", "menu"),
    ("screen", "reader"),
    ("visually", "hidden"),
    ("sr", "only"),
    ("d", "none"),
    ("display", "none"),
    ("is", "hidden"),
    ("post", "navigation"),
    ("load", "more"),
    ("side", "bar"),
    ("bread", "crumbs"),
    ("post", "tags"),
    ("back", "link"),
    ("site", "title"),
    ("site", "description"),
    ("site", "branding"),
    ("error", "report"),
    ("editor", "choice"),
];

/// An element with more than this share of the page's text, in percent, is no noise, whatever it is
/// called.
const MAX_NOISE_PERCENT: usize = 50;

/// Text below an element, in characters without white space.
#[derive(Debug, Clone, Copy, Default)]
struct Weight {
    text: usize,
    linked: usize,
    has_headline: bool,
}

/// Takes navigation, teasers, share bars, comments, cookie notices and what is hidden out of a
/// page. Costs two walks.
pub(crate) fn strip(page: &Document) {
    let root = page.root();
    let weights = weights(&root);
    let total = weights.get(&root.id).map_or(0, |weight| weight.text);
    let mut known = HashMap::new();
    let mut pending = vec![root];
    while let Some(node) = pending.pop() {
        let children: Vec<NodeRef<'_>> = node.children_it(true).collect();
        for child in children {
            if child.is_comment() {
                child.remove_from_parent();
            } else if child.is_element() {
                let weight = weights.get(&child.id).copied().unwrap_or_default();
                if is_noise(&child, weight, total, &mut known) {
                    child.remove_from_parent();
                } else {
                    pending.push(child);
                }
            }
        }
    }
}

fn weights(root: &NodeRef<'_>) -> HashMap<NodeId, Weight> {
    enum Step<'d> {
        Enter(NodeRef<'d>, bool),
        Leave(NodeRef<'d>),
    }
    let mut weights: HashMap<NodeId, Weight> = HashMap::new();
    let mut pending = vec![Step::Enter(*root, false)];
    while let Some(step) = pending.pop() {
        match step {
            Step::Enter(node, is_linked) if node.is_text() => {
                let count = node.text().chars().filter(|c| !c.is_whitespace()).count();
                let linked = if is_linked { count } else { 0 };
                let weight = Weight {
                    text: count,
                    linked,
                    has_headline: false,
                };
                add_to_parent(&mut weights, &node, weight);
            }
            Step::Enter(node, is_linked) => {
                if node.is_element() && UNREAD.iter().any(|name| node.has_name(name)) {
                    continue;
                }
                let is_linked = is_linked || node.has_name("a");
                pending.push(Step::Leave(node));
                pending.extend(
                    node.children_it(true)
                        .map(|child| Step::Enter(child, is_linked)),
                );
            }
            Step::Leave(node) => {
                let mut weight = weights.get(&node.id).copied().unwrap_or_default();
                weight.has_headline |= node.has_name("h1");
                weights.insert(node.id, weight);
                add_to_parent(&mut weights, &node, weight);
            }
        }
    }
    weights
}

fn add_to_parent(weights: &mut HashMap<NodeId, Weight>, node: &NodeRef<'_>, weight: Weight) {
    if let Some(parent) = node.parent() {
        let sum = weights.entry(parent.id).or_default();
        sum.text += weight.text;
        sum.linked += weight.linked;
        sum.has_headline |= weight.has_headline;
    }
}

fn is_noise(
    element: &NodeRef<'_>,
    weight: Weight,
    total: usize,
    known: &mut HashMap<String, bool>,
) -> bool {
    let name = element.node_name().unwrap_or_default().to_ascii_lowercase();
    if matches!(
        name.as_str(),
        "html" | "body" | "head" | "meta" | "link" | "title"
    ) {
        return false;
    }
    if UNREAD.contains(&name.as_str()) {
        return true;
    }
    let is_most = weight.text * 100 > total * MAX_NOISE_PERCENT;
    if is_most || is_body(element) {
        return false;
    }
    if is_hidden(element) || UNREAD_UNLESS_MOST.contains(&name.as_str()) {
        return true;
    }
    if weight.has_headline || matches!(name.as_str(), "article" | "main" | "h1" | "time") {
        return false;
    }
    let role = element
        .attr("role")
        .unwrap_or_default()
        .to_ascii_lowercase();
    ROLES.contains(&role.as_str()) || is_called_noise(element, known) || is_link_list(&name, weight)
}

/// Returns whether the page says that the element is the text of its article.
fn is_body(element: &NodeRef<'_>) -> bool {
    let itemprop = element.attr("itemprop").unwrap_or_default();
    itemprop
        .split_whitespace()
        .any(|name| name.eq_ignore_ascii_case("articleBody"))
}

fn is_hidden(element: &NodeRef<'_>) -> bool {
    let style: String = element
        .attr("style")
        .unwrap_or_default()
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect::<String>()
        .to_ascii_lowercase();
    element.has_attr("hidden")
        || element
            .attr("aria-hidden")
            .is_some_and(|value| value.eq_ignore_ascii_case("true"))
        || [
            "display:none",
            "visibility:hidden",
            "opacity:0;",
            "font-size:0",
            "text-indent:-9",
        ]
        .iter()
        .any(|rule| style.contains(rule))
        || style.ends_with("opacity:0")
}

/// Returns whether a class or id speaks of noise; `known` keeps what was found out, as a page has
/// few of them often.
fn is_called_noise(element: &NodeRef<'_>, known: &mut HashMap<String, bool>) -> bool {
    ["class", "id", "data-block", "data-component"]
        .iter()
        .any(|attribute| {
            element.attr(attribute).is_some_and(|value| {
                if let Some(is_noise) = known.get(value.as_ref()) {
                    return *is_noise;
                }
                let is_noise = value.split_whitespace().any(names_noise);
                known.insert(value.to_string(), is_noise);
                is_noise
            })
        })
}

fn names_noise(name: &str) -> bool {
    let words = words_of(name);
    let mut pairs = words.iter().zip(words.iter().skip(1));
    words.iter().any(|word| NOISE.contains(&word.as_str()))
        || pairs.any(|(a, b)| NOISE_PAIRS.contains(&(a.as_str(), b.as_str())))
}

/// Splits `relatedNews_top-3` into `related`, `news`, `top`, `3`.
pub(crate) fn words_of(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for c in name.chars().take(80) {
        if !c.is_alphanumeric() || (c.is_uppercase() && was_small) {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        was_small = c.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A list of nothing but links leads away from the page.
fn is_link_list(name: &str, weight: Weight) -> bool {
    matches!(name, "ul" | "ol" | "dl" | "div" | "section" | "table")
        && weight.text > 0
        && weight.linked * 100 >= weight.text * 90
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::page::text;

    fn text(body: &str) -> String {
        let page = Document::from(format!("<html><body>{body}</body></html>"));
        strip(&page);
        text::blocks(&page.root()).body()
    }

    #[test]
    fn what_stands_beside_the_article_goes() {
        let article =
            "<article><h1>Міст відкрито</h1><p>Рух мостом відновили вранці.</p></article>";
        for noise in [
            "<div class=\"related-news\"><a href=/2>Гороскоп</a></div>",
            "<div class=relatedNews>Гороскоп</div>",
            "<section id=read_also><p>Гороскоп</p></section>",
            "<div class='b-share__bar'>Гороскоп</div>",
            "<p hidden>Гороскоп</p>",
            "<p style='display: none'>Гороскоп</p>",
            "<div aria-hidden=true>Гороскоп</div>",
            "<div class='visually-hidden'>Гороскоп</div>",
            "<div role=navigation>Гороскоп</div>",
            "<div class=cookie-notice>Гороскоп</div>",
            "<div id=comments><p>Гороскоп</p></div>",
            "<ul><li><a href=/2>Гороскоп</a></li></ul>",
            "<div><a href=/2><h3>Гороскоп</h3></a></div>",
            "<nav>Гороскоп</nav><aside>Гороскоп</aside>",
            "<!-- <article>Гороскоп</article> -->",
            "<template><p>Гороскоп</p></template><noscript>Гороскоп</noscript>",
        ] {
            for page in [
                format!("{article}{noise}"),
                format!("{noise}{article}"),
                article.replace("</article>", &format!("{noise}</article>")),
            ] {
                assert_eq!(
                    text(&page),
                    "Міст відкрито\n\nРух мостом відновили вранці.",
                    "{page}"
                );
            }
        }
    }

    #[test]
    fn what_only_sounds_like_noise_stays() {
        for page in [
            "<div class='content-with-sidebar'><h1>Міст</h1><p>Рух відновили.</p></div><p>Ще абзац тексту тут.</p>",
            "<div class=no-comments><p>Рух відновили вранці, кажуть у мерії міста.</p></div><p>Ще.</p>",
            "<p class=shadow>Рух</p><p class=address>Ще</p><p class=thread>І ще</p>",
            "<div itemprop=articleBody class=feed><p>Рух</p></div><p>Далі йде довгий другий абзац.</p>",
            "<p>Рух <a href=/x>відновили вранці, кажуть</a></p><p>Ще.</p>",
        ] {
            let all = Document::from(page);
            assert_eq!(text(page), text::blocks(&all.root()).body(), "{page}");
        }
    }
}
