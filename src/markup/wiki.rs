//! Wiki markup as text.

use crate::error::Problem;
use crate::markup::blocks::{Blocks, Kind};
use crate::markup::html;

/// Templates that stand in one another deeper than this are text.
const MAX_TEMPLATE_DEPTH: usize = 50;

/// Returns the text of wiki markup, without templates, tables, files and footnotes.
pub(crate) fn plain(wiki: &str) -> Result<Option<String>, Problem> {
    let text = without_pairs(wiki, "<!--", "-->");
    let text = without_pairs(&text, "{{", "}}");
    let text = without_pairs(&text, "{|", "|}");
    let text = without_footnotes(&text);
    let text = with_links_as_text(&text);
    let mut blocks = Blocks::default();
    let mut paragraph = String::new();
    let flush = |paragraph: &mut String, blocks: &mut Blocks| {
        blocks.push(Kind::Paragraph, paragraph);
        paragraph.clear();
    };
    for line in text.lines() {
        let line = line.trim().replace("'''", "").replace("''", "");
        if line.starts_with("__") && line.ends_with("__") {
            continue;
        }
        if line.starts_with("==") && line.ends_with('=') {
            flush(&mut paragraph, &mut blocks);
            blocks.push(Kind::Heading, line.trim_matches(['=', ' ']));
        } else if line.starts_with(['*', '#', ':', ';']) {
            flush(&mut paragraph, &mut blocks);
            blocks.push(
                Kind::Item,
                line.trim_start_matches(['*', '#', ':', ';', ' ']),
            );
        } else if line.is_empty() {
            flush(&mut paragraph, &mut blocks);
        } else {
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(&line);
        }
    }
    flush(&mut paragraph, &mut blocks);
    let body = blocks.body();
    // References of HTML and the few elements that wikis allow.
    let body = if body.contains(['<', '&']) {
        html::text(&body)?
    } else {
        body
    };
    Ok((!body.trim().is_empty()).then_some(body))
}

/// Cuts out what stands between `open` and `close`, one in another too; what never closes stays.
fn without_pairs(text: &str, open: &str, close: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Where `out` ended when each of the open ones began.
    let mut starts: Vec<usize> = Vec::new();
    let mut opens = text.match_indices(open).map(|(at, _)| at).peekable();
    let mut closes = text.match_indices(close).map(|(at, _)| at).peekable();
    let mut read_to = 0;
    loop {
        while opens.next_if(|at| *at < read_to).is_some() {}
        while closes.next_if(|at| *at < read_to).is_some() {}
        let next_open = opens.peek().copied();
        let next_close = closes.peek().copied();
        let (at, is_open) = match (next_open, next_close) {
            // Nothing closes any more.
            (_, None) => break,
            (Some(open_at), Some(close_at)) if open_at < close_at => (open_at, true),
            (_, Some(close_at)) => (close_at, false),
        };
        out.push_str(text.get(read_to..at).unwrap_or_default());
        if is_open {
            if starts.len() < MAX_TEMPLATE_DEPTH {
                starts.push(out.len());
            }
            out.push_str(open);
            read_to = at + open.len();
        } else {
            match starts.pop() {
                Some(start) => out.truncate(start),
                None => out.push_str(close),
            }
            read_to = at + close.len();
        }
    }
    out.push_str(text.get(read_to..).unwrap_or_default());
    out
}

/// Cuts out `<ref>…</ref>` and `<ref … />`; what never closes stays.
fn without_footnotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("<ref") {
        let Some((tag, after)) = behind.split_once('>') else {
            break;
        };
        let is_note = tag.is_empty() || tag.starts_with(' ') || tag.ends_with('/');
        if !is_note || tag.ends_with('/') {
            // `<references />` is where the notes stand, and they are gone.
            out.push_str(before);
            rest = after;
            continue;
        }
        let Some((_, after)) = after.split_once("</ref>") else {
            break;
        };
        out.push_str(before);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// `[[місто|Львів]]` gives `Львів`, `[https://… слова]` the words, and a link to a file or category
/// nothing.
fn with_links_as_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('[') {
        let Some(inner) = behind.strip_prefix('[') else {
            out.push_str(before);
            rest = behind;
            if !(behind.starts_with("http") || behind.starts_with("//")) {
                out.push('[');
            } else if let Some((link, after)) = behind.split_once(']') {
                out.push_str(link.split_once(' ').map_or("", |(_, words)| words));
                rest = after;
            }
            continue;
        };
        let Some((link, after)) = inner.split_once("]]") else {
            break;
        };
        out.push_str(before);
        rest = after;
        if link.contains("[[") {
            // A file whose caption has a link of its own: the caption goes with it.
            rest = after.split_once("]]").map_or(after, |(_, after)| after);
            continue;
        }
        let (target, words) = link.split_once('|').unwrap_or((link, link));
        if !is_of_namespace(target) {
            out.push_str(words.rsplit('|').next().unwrap_or(words));
        }
    }
    out.push_str(rest);
    out
}

/// Says whether a link leads to a file or puts its page into a category.
fn is_of_namespace(target: &str) -> bool {
    let space = target.trim_start_matches(':').split_once(':');
    space.is_some_and(|(space, _)| {
        matches!(
            space.trim().to_lowercase().as_str(),
            "файл"
                | "file"
                | "зображення"
                | "image"
                | "категорія"
                | "category"
                | "категория"
                | "изображение"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wiki_markup_becomes_text() {
        let wiki = "{{Картка|назва={{lang|uk|Міст}}}}<!-- ні -->\n'''Міст''' у [[Львів|Львові]] відкрили<ref name=\"a\">Вісті</ref> \
                    [[Файл:a.jpg|міні|підпис]] торік<ref name=\"b\" />.\nРядок другий&nbsp;є.\n\n== Історія ==\n* [https://a.ua сайт]\n\
                    {| class=\"wikitable\"\n| а\n|}\n[[Категорія:Мости]]";
        assert_eq!(
            plain(wiki).unwrap_or_default().unwrap(),
            "Міст у Львові відкрили торік. Рядок другий\u{a0}є.\n\nІсторія\n\nсайт"
        );
    }

    #[test]
    fn what_never_closes_is_read_in_time() {
        let wiki = format!("{}слово", "{{[[{|<ref".repeat(100_000));
        assert!(plain(&wiki).is_ok());
    }
}
