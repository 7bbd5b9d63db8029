//! A limit on how deep a page may nest, before it costs time or stack.
//!
//! The tree builder of HTML walks the open elements at every tag, so 100,000 nested elements take
//! it minutes; and what walks the finished tree may recurse. No article needs the thousandth level.

use crate::error::Problem;
use dom_query::Document;
use std::collections::HashMap;

/// The deepest nesting of elements that is read; browsers stop at 512.
const MAX_DEPTH: usize = 1000;

/// Elements without content or whose end tag may be left out: they stay open in no deep way.
const NEVER_DEEP: &[&str] = &[
    "a", "area", "base", "body", "br", "caption", "col", "colgroup", "dd", "dt", "embed", "head",
    "hr", "html", "img", "input", "li", "link", "meta", "optgroup", "option", "p", "param", "rp",
    "rt", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];

/// Elements whose content is text, whatever it looks like.
const RAW_TEXT: &[&str] = &[
    "script", "style", "textarea", "title", "iframe", "noembed", "xmp",
];

/// Refuses the source of a page that opens far more elements than it closes, in time linear in its
/// length.
///
/// # Errors
///
/// Fails where more elements stand open than [`MAX_DEPTH`].
pub(super) fn check_source(html: &str) -> Result<(), Problem> {
    let mut open_counts: HashMap<String, usize> = HashMap::new();
    let mut depth = 0_usize;
    let mut rest = html;
    while let Some((_, behind)) = rest.split_once('<') {
        rest = behind;
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, behind)| behind);
            continue;
        }
        let (is_end, tag) = rest
            .strip_prefix('/')
            .map_or((false, rest), |tag| (true, tag));
        let Some(name) = element_name(tag) else {
            continue;
        };
        rest = behind_tag(tag);
        if RAW_TEXT.contains(&name.as_str()) && !is_end {
            rest = behind_raw_text(rest, &name);
            continue;
        }
        if NEVER_DEEP.contains(&name.as_str()) || is_self_closed(tag, &name) {
            continue;
        }
        let open = open_counts.entry(name).or_default();
        if !is_end {
            *open += 1;
            depth += 1;
        } else if *open > 0 {
            *open -= 1;
            depth -= 1;
        }
        if depth > MAX_DEPTH {
            return Err(Problem::TooDeep {
                max_depth: MAX_DEPTH,
            });
        }
    }
    Ok(())
}

/// Refuses a parsed page that nests deeper than [`MAX_DEPTH`], so that nothing behind can overflow.
///
/// # Errors
///
/// Fails where it does.
pub(super) fn check_tree(document: &Document) -> Result<(), Problem> {
    let mut pending = vec![(document.root(), 0_usize)];
    while let Some((node, depth)) = pending.pop() {
        // The parser adds `html` and `body` of its own.
        if depth > MAX_DEPTH + 4 {
            return Err(Problem::TooDeep {
                max_depth: MAX_DEPTH,
            });
        }
        pending.extend(node.children_it(false).map(|child| (child, depth + 1)));
    }
    Ok(())
}

fn element_name(tag: &str) -> Option<String> {
    if !tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = tag
        .find(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<'))
        .unwrap_or(tag.len());
    // No element that nests has a longer name; the rest of an endless one does not matter.
    tag.get(..end).map(|name| {
        name.chars()
            .take(32)
            .collect::<String>()
            .to_ascii_lowercase()
    })
}

/// `<path …/>` is closed in SVG, while in HTML `<div/>` stays open.
fn is_self_closed(tag: &str, name: &str) -> bool {
    let is_closed = tag
        .split('>')
        .next()
        .is_some_and(|inside| inside.ends_with('/'));
    is_closed
        && !matches!(
            name,
            "div" | "span" | "section" | "article" | "b" | "i" | "em" | "font" | "table"
        )
}

/// Passes over the attributes, where a quoted value may hold what looks like tags.
fn behind_tag(tag: &str) -> &str {
    let mut rest = tag;
    while let Some(found) = rest.find(['=', '>']) {
        let Some((_, behind)) = rest.split_at_checked(found + 1) else {
            break;
        };
        if rest.as_bytes().get(found) == Some(&b'>') {
            return behind;
        }
        rest = behind.trim_start();
        for quote in ['"', '\''] {
            if let Some(value) = rest.strip_prefix(quote) {
                rest = value.split_once(quote).map_or("", |(_, behind)| behind);
                break;
            }
        }
    }
    ""
}

fn behind_raw_text<'h>(html: &'h str, name: &str) -> &'h str {
    let mut rest = html;
    while let Some((_, behind)) = rest.split_once("</") {
        if element_name(behind).is_some_and(|end| end == name) {
            return behind;
        }
        rest = behind;
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_closed_is_not_deep() {
        let page = "<div><p>один<p>два<br><img src=a><svg><path d=''/></svg></div>".repeat(5000);
        assert!(check_source(&page).is_ok());
    }

    #[test]
    fn markup_inside_scripts_and_comments_does_not_count() {
        let page = "<script>'<div>'</script><!-- <div> --><style><b></style>".repeat(2000);
        assert!(check_source(&page).is_ok());
    }

    #[test]
    fn a_hundred_thousand_open_elements_are_refused() {
        for unit in [
            "<div>",
            "<DIV/>",
            "<span><!-- </span> -->",
            "<div></span>",
            "<div title=\"</div>\">",
            "<div title=a\"</div>\">",
            "<x-y>",
            "<table><tr><td>",
        ] {
            let problem = check_source(&unit.repeat(100_000)).unwrap_err();
            assert_eq!(
                problem.to_string(),
                "elements are nested deeper than 1000",
                "{unit}"
            );
        }
    }

    #[test]
    fn a_deep_tree_is_refused_however_it_came_about() {
        assert!(check_tree(&Document::from("<div>".repeat(990))).is_ok());
        assert!(check_tree(&Document::from("<div>".repeat(1200))).is_err());
    }
}
