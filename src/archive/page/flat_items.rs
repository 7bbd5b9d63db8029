//! Items of a page that have no element of their own around them: headings, dates and paragraphs in
//! a row, or texts between lines.

use dom_query::{Document, NodeRef};
use std::collections::HashMap;
use std::fmt::Write;

/// A rule between two items.
const SEPARATOR: &str = "hr";

/// A page has its items in one way: more ways to cut it are not tried.
const MAX_WAYS: usize = 8;

/// Returns pages in which what may be an item has an element around it: one for each row of at
/// least `min_items` that begin alike, at most 8.
pub(crate) fn wrapped(page: &Document, min_items: usize) -> Vec<Document> {
    let mut pages = Vec::new();
    for parent in page.root().descendants_it().filter(NodeRef::is_element) {
        let children: Vec<NodeRef<'_>> = parent
            .children_it(false)
            .filter(NodeRef::is_element)
            .collect();
        let names: Vec<String> = children.iter().map(kind_of).collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for name in &names {
            *counts.entry(name).or_default() += 1;
        }
        let mut begins_items = |kind: &&String| {
            let count = counts.remove(kind.as_str()).unwrap_or_default();
            // An item has at least one element beside its first.
            count + 1 >= min_items && count * 2 <= names.len() + 1
        };
        let kinds = names
            .iter()
            .filter(|kind| begins_items(kind))
            .take(MAX_WAYS);
        pages.extend(kinds.map(|kind| page_of(&children, &names, kind)));
        if pages.len() >= MAX_WAYS {
            break;
        }
    }
    pages
}

/// Returns the name and first class of an element.
pub(crate) fn kind_of(node: &NodeRef<'_>) -> String {
    let name = node.node_name().unwrap_or_default();
    let class = node.class().unwrap_or_default();
    let class = class.split_whitespace().next().unwrap_or_default();
    format!("{name}.{class}")
}

/// Returns a page of items that each begin with an element of this `kind`.
fn page_of(children: &[NodeRef<'_>], names: &[String], kind: &str) -> Document {
    let is_separator = kind.split('.').next() == Some(SEPARATOR);
    let mut html = String::from("<body><div>");
    let mut is_open = is_separator;
    if is_open {
        html.push_str("<div class=item>");
    }
    for (child, name) in children.iter().zip(names) {
        if name == kind {
            if is_open {
                html.push_str("</div>");
            }
            html.push_str("<div class=item");
            if let Some(id) = child.attr("id").filter(|id| !id.contains(['"', '&'])) {
                let _ = write!(html, " id=\"{id}\"");
            }
            html.push('>');
            is_open = true;
        }
        if is_open {
            html.push_str(&child.html());
        }
    }
    html.push_str("</div></div>");
    Document::from(html)
}
