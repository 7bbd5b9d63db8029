//! A limit on how deep a page may nest, before it costs time or stack.
//!
//! The tree builder of HTML walks the open elements at every tag, so 100,000 nested elements take
//! it minutes; and what walks the finished tree may recurse. No article needs the thousandth level.

use crate::error::Problem;
use dom_query::Document;
use std::collections::HashMap;

/// The deepest nesting of elements that is read; browsers stop at 512.
const MAX_DEPTH: usize = 1000;

/// The most attributes in one tag: the parser compares each with all before it.
const MAX_ATTRIBUTES: usize = 1_000;

/// The most character references and lone `<` in one text: the parser copies the text at each.
const MAX_PIECES: usize = 20_000;

/// The most texts between the rows and cells of tables: the parser moves each before its table, and
/// copies what is there.
const MAX_MISPLACED: usize = 2_000;

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
pub(crate) fn check_source(html: &str) -> Result<(), Problem> {
    let mut open_counts: HashMap<String, usize> = HashMap::new();
    let mut depth = 0_usize;
    let mut pieces = 0_usize;
    let (mut misplaced, mut is_between_cells) = (0_usize, false);
    let mut rest = html;
    while let Some((before, behind)) = rest.split_once('<') {
        if is_between_cells && !before.trim().is_empty() {
            misplaced += 1;
            check_count(
                "texts between the cells of a table",
                misplaced,
                MAX_MISPLACED,
            )?;
        }
        pieces += piece_count(before);
        check_pieces(pieces)?;
        rest = behind;
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, behind)| behind);
            pieces = 0;
            continue;
        }
        let (is_end, tag) = rest
            .strip_prefix('/')
            .map_or((false, rest), |tag| (true, tag));
        let Some(name) = element_name(tag) else {
            pieces += 1;
            continue;
        };
        pieces = 0;
        is_between_cells = match name.as_str() {
            "table" => !is_end,
            "tbody" | "thead" | "tfoot" | "tr" => true,
            "td" | "th" | "caption" => is_end,
            _ => is_between_cells && is_end,
        };
        rest = behind_tag(tag);
        check_attributes(tag, rest)?;
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
    check_pieces(pieces + piece_count(rest))
}

fn piece_count(text: &str) -> usize {
    text.bytes()
        .filter(|byte| matches!(byte, b'&' | b'\r' | 0))
        .count()
}

fn check_pieces(count: usize) -> Result<(), Problem> {
    check_count("character references in one text", count, MAX_PIECES)
}

fn check_count(what: &'static str, count: usize, max: usize) -> Result<(), Problem> {
    if count > max {
        return Err(Problem::TooMany { what, max });
    }
    Ok(())
}

/// Counts what may set attributes apart, which is more than there are by a few at most.
fn check_attributes(tag: &str, behind: &str) -> Result<(), Problem> {
    let inside = tag.get(..tag.len() - behind.len()).unwrap_or_default();
    if inside.len() <= MAX_ATTRIBUTES {
        return Ok(());
    }
    let (mut count, mut quote) = (0_usize, None);
    for byte in inside.bytes() {
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if matches!(byte, b'"' | b'\'') => {
                quote = Some(byte);
                count += 1;
            }
            None => count += usize::from(byte.is_ascii_whitespace() || byte == b'/'),
        }
    }
    check_count("attributes in one tag", count, MAX_ATTRIBUTES)
}

/// Refuses a parsed page that nests deeper than [`MAX_DEPTH`], so that nothing behind can overflow.
///
/// # Errors
///
/// Fails where it does.
pub(crate) fn check_tree(document: &Document) -> Result<(), Problem> {
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

    /// Joins 200,000 attributes.
    fn numbered(attribute: impl Fn(usize) -> String) -> String {
        let all: Vec<String> = (0..200_000).map(attribute).collect();
        all.concat()
    }

    #[test]
    fn hosts_of_attributes_and_references_are_refused() {
        for page in [
            format!("<p {}>а</p>", numbered(|n| format!("a{n}=1 "))),
            format!("<p {}>а</p>", numbered(|n| format!("a{n}='1'"))),
            format!("<p {}", "a/".repeat(200_000)),
            format!("<p>{}</p>", "&#1072;".repeat(1_000_000)),
            format!("<p>{}", "&amp; ".repeat(1_000_000)),
            "1 < 2 ".repeat(100_000),
            format!("<table>{}", "a<tr>".repeat(100_000)),
        ] {
            let told = check_source(&page).unwrap_err().to_string();
            assert!(told.starts_with("more than "), "{told}");
        }
        let page = format!(
            "<p title='{}'>{}</p>",
            "a b ".repeat(5_000),
            "&#1072;&nbsp;".repeat(5_000)
        );
        assert!(check_source(&page.repeat(10)).is_ok());
    }

    #[test]
    fn a_deep_tree_is_refused_however_it_came_about() {
        assert!(check_tree(&Document::from("<div>".repeat(990))).is_ok());
        assert!(check_tree(&Document::from("<div>".repeat(1200))).is_err());
    }
}
