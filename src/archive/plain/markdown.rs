//! Markdown, with or without front matter, stripped to its text.

use crate::archive::fields::dateline;
use crate::archive::plain::front_matter;
use crate::archive::{ArchiveFile, Flaw, ReadArticle};
use crate::article::Article;
use crate::error::{Field, Problem};
use crate::markup::blocks;
use crate::markup::blocks::{Blocks, Kind};
use crate::markup::page::text;
use crate::markup::{nesting, paragraphs};
use dom_query::Document;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Stands for a line break of the source that is none of the text.
const SOFT_BREAK: char = '\u{2028}';

/// Reads the article of a Markdown file.
///
/// The title is that of the front matter, else the first heading, else the first line.
///
/// # Errors
///
/// Fails where the front matter says that it is no article, and on an empty file.
pub(crate) fn article(file: &ArchiveFile, text: &str) -> Result<ReadArticle, Flaw> {
    let text = blocks::with_unix_lines(text);
    let (mut front, markdown) = front_matter::split(&text, file.today)?;
    let doubts = std::mem::take(&mut front.doubts);
    let (has_title, has_lead) = (front.title.is_some(), front.lead.is_some());
    let mut blocks = plain(markdown)?;
    let title = front
        .title
        .clone()
        .or_else(|| blocks.title().map(str::to_owned))
        .unwrap_or_default();
    if title.is_empty() {
        return Err(Problem::NoText.into());
    }
    blocks.drop_leading(&title);
    let body = blocks.body();
    let dateline = dateline::at_head(body.lines(), file.today);
    let known = front.published.or_else(|| dateline::in_file_path(file));
    let published = dateline::published(known, dateline, (&title, &body), file.today);
    let has_given_id = front.id.is_some();
    let mut read = ReadArticle::from(Article {
        id: front.article_id(file),
        title,
        lead: front.lead.unwrap_or_else(|| blocks.lead()),
        published,
        source: front.source,
        section: front.section,
        authors: front.authors,
        url: front.url,
        tags: front.tags,
        lang: front.lang,
        path: file.path.clone(),
        body,
    });
    read.has_given_id = has_given_id;
    read.doubts = doubts;
    let front = "front matter";
    Ok(read.with_origins(&[
        (
            Field::Title,
            if has_title { front } else { "first heading" },
        ),
        (
            Field::Lead,
            if has_lead { front } else { "first paragraph" },
        ),
        (Field::Body, "text"),
        (Field::Author, front),
    ]))
}

fn plain(markdown: &str) -> Result<Blocks, Problem> {
    let markdown = without_placeholders(markdown);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_WIKILINKS;
    let mut stripper = Stripper::default();
    for event in Parser::new_ext(&markdown, options) {
        stripper.take(event)?;
    }
    stripper.flush(Kind::Paragraph);
    Ok(stripper.blocks)
}

/// Drops `{{ … }}` and `{% … %}`, the placeholders of static site generators, within a line.
///
/// They are no text, and one inside the address of an image hides the image from the parser.
fn without_placeholders(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    for line in markdown.split_inclusive('\n') {
        let mut rest = line;
        while let Some(((before, inside), close)) = rest
            .split_once("{{")
            .map(|parts| (parts, "}}"))
            .or_else(|| rest.split_once("{%").map(|p| (p, "%}")))
        {
            let Some((_, behind)) = inside.split_once(close) else {
                break;
            };
            text.push_str(before);
            rest = behind;
        }
        text.push_str(rest);
    }
    text
}

/// Collects the text of Markdown events.
#[derive(Default)]
struct Stripper {
    blocks: Blocks,
    line: String,
    html: String,
    item_depth: usize,
    /// The element whose text is not for readers: `script` or `style` inside a paragraph.
    muted_by: Option<&'static str>,
}

impl Stripper {
    fn take(&mut self, event: Event<'_>) -> Result<(), Problem> {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(end) => self.end(end)?,
            Event::Text(text) | Event::Code(text) if self.muted_by.is_none() => {
                self.line.push_str(&text);
            }
            Event::SoftBreak => self.line.push(SOFT_BREAK),
            Event::HardBreak => self.line.push('\n'),
            Event::Rule => self.flush(Kind::Paragraph),
            Event::Html(html) => self.html.push_str(&html),
            Event::InlineHtml(tag) => self.take_inline(&tag),
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Item => {
                self.flush(self.kind());
                self.item_depth += 1;
            }
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Link { .. }
            | Tag::Image { .. } => {}
            Tag::TableCell => self.line.push(' '),
            _ => self.flush(self.kind()),
        }
    }

    fn end(&mut self, end: TagEnd) -> Result<(), Problem> {
        match end {
            TagEnd::Heading(_) => self.flush(Kind::Heading),
            TagEnd::TableRow | TagEnd::TableHead => self.flush(Kind::Item),
            TagEnd::Item => {
                self.flush(Kind::Item);
                self.item_depth = self.item_depth.saturating_sub(1);
            }
            TagEnd::HtmlBlock => self.take_html_block()?,
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::FootnoteDefinition => {
                self.flush(self.kind());
            }
            _ => {}
        }
        Ok(())
    }

    fn take_html_block(&mut self) -> Result<(), Problem> {
        let html = std::mem::take(&mut self.html);
        nesting::check_source(&html)?;
        let fragment = Document::fragment(html);
        nesting::check_tree(&fragment)?;
        self.blocks.append(text::blocks(&fragment.root()));
        Ok(())
    }

    fn take_inline(&mut self, tag: &str) {
        let tag = tag.to_ascii_lowercase();
        let is = |name: &str| tag.trim_start_matches(['<', '/']).starts_with(name);
        if is("br") {
            self.line.push('\n');
        } else if let Some(name) = ["script", "style"].into_iter().find(|name| is(name)) {
            self.muted_by = (!tag.starts_with("</")).then_some(name);
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
        self.muted_by = None;
        let lines: Vec<_> = self
            .line
            .split('\n')
            .map(|line| paragraphs::join(line.split(SOFT_BREAK)))
            .collect();
        self.blocks.push(kind, &lines.join("\n"));
        self.line.clear();
    }
}

#[cfg(test)]
mod tests {
    use crate::archive::tests::{problem, read_one};

    #[test]
    fn the_title_is_that_of_the_front_matter_else_the_first_heading_else_the_first_line() {
        let title = |text: &str| read_one("a.md", text.as_bytes()).title;
        assert_eq!(title("---\ntitle: Міст\n---\n# Інше\n\nТекст."), "Міст");
        assert_eq!(
            title("Вступ.\n\n# Міст **відкрито**\n\nТекст."),
            "Міст відкрито"
        );
        assert_eq!(title("Міст відкрито.\n\nТекст."), "Міст відкрито.");
    }

    #[test]
    fn markup_becomes_plain_lines() {
        let text = "# Бюджет\n\nРада *ухвалила*\n[бюджет](https://example.org) `2026`.\n\n## Видатки\n\n\
                    - школи\n- **лікарні**\n  - нові\n\n![Мер у залі](/a.jpg)\n\n| Рік | Сума |\n|--|--|\n| 2025 | 7 |\n";
        let article = read_one("a.md", text.as_bytes());
        assert_eq!(
            article.body,
            "Рада ухвалила бюджет 2026.\n\nВидатки\n\nшколи\nлікарні\nнові\n\nМер у залі\n\nРік Сума\n2025 7"
        );
        assert_eq!(article.lead, "Рада ухвалила бюджет 2026.");
    }

    #[test]
    fn raw_html_scripts_comments_and_placeholders_go() {
        let text = "# Т\n\n<div class=\"x\"><b>Абзац</b> один</div>\n\n<script>\nlet a = 1;\n</script>\n\n\
                    Другий<!--more--> абзац<br>з рядком <script>x()</script>\n\n![Фото 1]({{ site.path }}1.jpg)\n";
        let article = read_one("a.md", text.as_bytes());
        assert_eq!(
            article.body,
            "Абзац один\n\nДругий абзац\nз рядком\n\nФото 1"
        );
    }

    #[test]
    fn broken_front_matter_leaves_the_article_and_a_doubt() {
        let article = read_one(
            "a.md",
            "---\ntitle: [Міст\ntags: міст\n---\n# Міст\n\nТекст.".as_bytes(),
        );
        assert_eq!(
            (article.title.as_str(), article.body.as_str()),
            ("[Міст", "Міст\n\nТекст.")
        );
    }

    #[test]
    fn a_draft_is_no_article() {
        let told = problem(
            "a.md",
            "+++\ntitle = 'Міст'\ndraft = true\n+++\nТекст.".as_bytes(),
        );
        assert_eq!(told, "not an article: draft: true");
    }

    #[test]
    fn wrapped_lines_and_broken_words_are_joined() {
        let text = "# Т\n\nРух мостом відновили в се-\nреду вранці. Поїзди до Івано-\nФранківська\nпішли.  \nКінець.";
        let body =
            "Рух мостом відновили в середу вранці. Поїзди до Івано-Франківська пішли.\nКінець.";
        assert_eq!(read_one("a.md", text.as_bytes()).body, body);
    }

    #[test]
    fn notes_of_obsidian_and_bodies_of_html_are_read() {
        let text = "---\ntitle: Міст\ncreated: 2024-05-06\n---\nМер [[Оля Гай|Гай]] відкрила [[міст]].\n\n\
                    <div class=\"wp-block\">\n<p>Люди <b>раді</b>.</p>\n</div>\n\n{% include ads.html %}\n";
        assert_eq!(
            read_one("a.md", text.as_bytes()).body,
            "Мер Гай відкрила міст.\n\nЛюди раді."
        );
    }

    #[test]
    fn an_empty_file_is_told() {
        assert_eq!(
            problem("a.md", b"\n"),
            "no text: neither a title nor a body"
        );
    }

    #[test]
    fn hostile_nesting_neither_overflows_nor_hangs() {
        for unit in [">", "- ", "[", "*a ", "<div>\n\n", "![", "`"] {
            let text = format!("# Т\n\n{}слово", unit.repeat(20_000));
            let _ = super::plain(&text);
        }
    }
}
