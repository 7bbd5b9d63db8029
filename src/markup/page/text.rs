//! The elements of a page into headings, paragraphs and items.

use crate::markup::blocks::{Blocks, Kind};
use dom_query::NodeRef;

/// Elements that hold nothing to read.
const UNREAD: &[&str] = &[
    "script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "embed",
    "audio", "video", "canvas", "button", "select", "textarea", "input", "nav", "footer", "aside",
    "dialog",
];

/// Returns the text below `node` on one line, or `None` where it has more than `max_bytes`.
pub(crate) fn short(node: &NodeRef<'_>, max_bytes: usize) -> Option<String> {
    let mut text = String::new();
    for part in node.descendants_it().filter(NodeRef::is_text) {
        text.push_str(&part.text());
        if text.len() > max_bytes {
            return None;
        }
    }
    Some(crate::markup::blocks::one_line(&text))
}

/// Returns the text below `root`, without scripts, navigation and forms.
pub(crate) fn blocks(root: &NodeRef<'_>) -> Blocks {
    let mut reader = PageReader::default();
    let mut pending = vec![Step::Enter(*root)];
    while let Some(step) = pending.pop() {
        match step {
            Step::Leave(element) => reader.leave(&element),
            Step::Enter(node) if node.is_text() => reader.take_text(&node.text()),
            Step::Enter(node) => {
                let name = node
                    .node_name()
                    .map(|name| name.to_ascii_lowercase())
                    .unwrap_or_default();
                if UNREAD.contains(&name.as_str()) {
                    continue;
                }
                reader.enter(&name);
                pending.push(Step::Leave(name));
                pending.extend(node.children_it(true).map(Step::Enter));
            }
        }
    }
    reader.flush(Kind::Paragraph);
    reader.blocks
}

enum Step<'d> {
    Enter(NodeRef<'d>),
    Leave(String),
}

#[derive(Default)]
struct PageReader {
    blocks: Blocks,
    line: String,
    item_depth: usize,
    pre_depth: usize,
}

impl PageReader {
    fn enter(&mut self, element: &str) {
        match element {
            "br" => self.take_break(),
            "td" | "th" => self.line.push(' '),
            _ if is_block(element) => self.flush(self.kind()),
            _ => {}
        }
        match element {
            "li" | "dt" | "dd" | "tr" => self.item_depth += 1,
            "pre" => self.pre_depth += 1,
            _ => {}
        }
    }

    fn leave(&mut self, element: &str) {
        match element {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.flush(Kind::Heading),
            "figcaption" => self.flush(Kind::Caption),
            _ if is_block(element) => self.flush(self.kind()),
            _ => {}
        }
        match element {
            "li" | "dt" | "dd" | "tr" => self.item_depth = self.item_depth.saturating_sub(1),
            "pre" => self.pre_depth = self.pre_depth.saturating_sub(1),
            _ => {}
        }
    }

    fn take_text(&mut self, text: &str) {
        if self.pre_depth > 0 {
            self.line.push_str(text);
            return;
        }
        let is_apart = |c: Option<char>| c.is_none_or(char::is_whitespace);
        if text.starts_with(char::is_whitespace) && !is_apart(self.line.chars().next_back()) {
            self.line.push(' ');
        }
        for (ordinal, word) in text.split_whitespace().enumerate() {
            if ordinal > 0 {
                self.line.push(' ');
            }
            self.line.push_str(word);
        }
        if text.ends_with(char::is_whitespace) && !is_apart(self.line.chars().next_back()) {
            self.line.push(' ');
        }
    }

    /// A second break in a row ends the paragraph, as old pages without `<p>` mean it.
    fn take_break(&mut self) {
        if self.line.trim_end_matches(' ').ends_with('\n') {
            self.flush(self.kind());
        } else {
            self.line.push('\n');
        }
    }

    fn kind(&self) -> Kind {
        if self.item_depth > 0 {
            Kind::Item
        } else {
            Kind::Paragraph
        }
    }

    fn flush(&mut self, kind: Kind) {
        self.blocks.push(kind, &self.line);
        self.line.clear();
    }
}

pub(crate) fn is_block(element: &str) -> bool {
    matches!(
        element,
        "address"
            | "article"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "li"
            | "main"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "tfoot"
            | "thead"
            | "tr"
            | "ul"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use dom_query::Document;

    fn text(html: &str) -> String {
        blocks(&Document::from(html).root()).body()
    }

    #[test]
    fn headings_paragraphs_and_items_get_lines_of_their_own() {
        let html = "<h2>Ціни</h2><p>Хліб <b>по</b>дорожчав,\n сіль&nbsp;— <a href=x>ні</a>.</p>\
                    <ul><li>житній<li><p>білий</p></ul><table><tr><td>2025<td>7</table>Кінець";
        assert_eq!(
            text(html),
            "Ціни\n\nХліб подорожчав, сіль — ні.\n\nжитній\nбілий\n2025 7\n\nКінець"
        );
    }

    #[test]
    fn breaks_make_lines_and_two_of_them_a_paragraph() {
        assert_eq!(
            text("Перший<br>рядок<br> <br>Другий"),
            "Перший\nрядок\n\nДругий"
        );
    }

    #[test]
    fn scripts_navigation_and_comments_are_not_read() {
        let html = "<nav>Меню</nav><p>Текст<!-- ні --><script>1<2</script></p><aside>Читайте</aside><footer>©</footer>";
        assert_eq!(text(html), "Текст");
    }
}
