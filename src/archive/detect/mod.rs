//! What a stream of bytes is: by its first bytes, and by its name where those leave it open.

#[cfg(test)]
mod tests;

use crate::archive::format::Format;
use crate::markup::script;
use encoding_rs::Encoding;
use std::borrow::Cow;
use std::path::Path;

/// What a stream of bytes turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// Compressed bytes of one stream.
    Compressed(Compression),
    /// A zip archive.
    Zip,
    /// A tar archive.
    Tar,
    /// Articles.
    Articles(Format),
}

/// A way to compress one stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compression {
    Gzip,
    Zstandard,
    Bzip2,
    Xz,
}

/// Endings of files that hold no articles; a walk does not even open them.
const NEVER_ARTICLES: &[&str] = &[
    "jpg", "jpeg", "png", "gif", "webp", "svg", "ico", "bmp", "tif", "tiff", "avif", "heic", "mp3",
    "mp4", "m4a", "m4v", "ogg", "oga", "ogv", "wav", "flac", "avi", "mov", "mkv", "webm", "css",
    "map", "woff", "woff2", "ttf", "otf", "eot", "exe", "dll", "so", "o", "a", "class", "jar",
    "pyc", "bin", "iso", "db", "sqlite", "sqlite3", "rs", "py", "c", "h", "cpp", "go", "sh",
    "toml", "yaml", "yml", "lock", "ini", "cfg", "conf", "log", "doc", "xls", "xlsx", "ppt",
    "pptx", "rtf", "epub", "7z", "rar", "torrent", "part", "tmp", "bak", "swp",
];

/// Whether a walk takes a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Candidate {
    /// Its name says that it holds articles.
    Yes,
    /// Only its content can tell.
    Unsure,
    /// It holds none.
    No,
}

/// Judges a file by its name alone.
pub(crate) fn candidate(path: &Path) -> Candidate {
    let extension = path
        .extension()
        .map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    match extension {
        _ if Format::of(path).is_some() => Candidate::Yes,
        Some(extension)
            if crate::archive::format::CONTAINER_EXTENSIONS.contains(&extension.as_str()) =>
        {
            Candidate::Yes
        }
        Some(extension) if NEVER_ARTICLES.contains(&extension.as_str()) => Candidate::No,
        _ => Candidate::Unsure,
    }
}

/// Returns what the stream that begins with `head` is; `name` decides where several formats are
/// possible.
pub(crate) fn content(head: &[u8], name: &Path) -> Option<Content> {
    if let Some(container) = container(head, name) {
        return Some(container);
    }
    if head.starts_with(PDF) {
        return Some(Content::Articles(Format::Pdf));
    }
    if is_marked_up_in_commands(head) {
        return None;
    }
    let by_name = Format::of(name);
    if let Some(named @ (Format::Markdown | Format::Csv | Format::Mail | Format::Mbox)) = by_name {
        return Some(Content::Articles(named));
    }
    let text = text_of(head);
    let by_content = by_signature(text.trim_start_matches(is_blank), by_name);
    by_content.or(by_name).map(Content::Articles)
}

/// Whether the bytes look like text rather than like a picture or a program.
pub(crate) fn is_text(head: &[u8]) -> bool {
    let has_text = Encoding::for_bom(head).is_some() || !head.contains(&0);
    has_text && !is_marked_up_in_commands(head)
}

const PDF: &[u8] = b"%PDF-";

/// Whether the bytes are those of PDF or RTF: text for a program, whatever the name says.
fn is_marked_up_in_commands(head: &[u8]) -> bool {
    let mut signatures = [PDF, b"{\\rtf"].into_iter();
    signatures.any(|signature| head.starts_with(signature))
}

fn container(head: &[u8], name: &Path) -> Option<Content> {
    let compressed = |compression| Some(Content::Compressed(compression));
    match head {
        [0x1F, 0x8B, 8, ..] => compressed(Compression::Gzip),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => compressed(Compression::Zstandard),
        [
            b'B',
            b'Z',
            b'h',
            b'1'..=b'9',
            0x31,
            0x41,
            0x59,
            0x26,
            0x53,
            0x59,
            ..,
        ] => compressed(Compression::Bzip2),
        [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => compressed(Compression::Xz),
        [b'P', b'K', 3, 4, ..] => Some(zip_content(head, name)),
        [b'P', b'K', 5, 6, ..] => Some(Content::Zip),
        _ if head.get(257..262) == Some(b"ustar") => Some(Content::Tar),
        _ => None,
    }
}

/// Office documents are zip archives whose first member tells them.
fn zip_content(head: &[u8], name: &Path) -> Content {
    let has = |part: &[u8]| head.windows(part.len()).any(|window| window == part);
    match Format::of(name) {
        Some(office @ (Format::Docx | Format::Odt)) => Content::Articles(office),
        _ if has(b"mimetypeapplication/vnd.oasis.opendocument.text") => {
            Content::Articles(Format::Odt)
        }
        _ if has(b"[Content_Types].xml") && has(b"word/") => Content::Articles(Format::Docx),
        _ => Content::Zip,
    }
}

fn text_of(head: &[u8]) -> Cow<'_, str> {
    match Encoding::for_bom(head) {
        Some((encoding, _)) => encoding.decode(head).0,
        None => String::from_utf8_lossy(head),
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{FEFF}'
}

fn by_signature(text: &str, by_name: Option<Format>) -> Option<Format> {
    match text.as_bytes() {
        [b'<', ..] => by_markup(text, by_name),
        [b'{' | b'[', ..] if is_json(text) => match by_name {
            Some(named @ (Format::Json | Format::JsonLines)) => Some(named),
            _ if is_json_line(text) => Some(Format::JsonLines),
            _ => Some(Format::Json),
        },
        _ if text.starts_with("WARC/") => Some(Format::Warc),
        _ if text.starts_with("filedesc:") => Some(Format::Arc),
        _ if text.starts_with("From ") && header_names(text).contains("from") => Some(Format::Mbox),
        _ => by_headers(text)
            .or_else(|| is_script_with_json(text, by_name).then_some(Format::Json))
            .or_else(|| (by_name.is_none() && is_table(text)).then_some(Format::Csv)),
    }
}

fn is_json(text: &str) -> bool {
    let mut marks = text
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
        .take(2);
    matches!(
        (marks.next(), marks.next()),
        (Some(b'{'), Some(b'"' | b'}')) | (Some(b'['), Some(b'{' | b']'))
    )
}

/// Whether the first line is a JSON value of its own and another follows.
fn is_json_line(text: &str) -> bool {
    let Some((line, rest)) = text.split_once('\n') else {
        return false;
    };
    rest.trim_start().starts_with('{')
        && serde_json::from_str::<serde::de::IgnoredAny>(line.trim_end()).is_ok()
}

/// Whether a script begins by giving a JSON value a name: `const data = [{…`, `callback({…`.
fn is_script_with_json(text: &str, by_name: Option<Format>) -> bool {
    if by_name.is_some_and(|format| format != Format::Json) {
        return false;
    }
    script_value(text).is_some_and(|value| {
        is_json(value) || (script::is_script_value(value) && has_key_of_title(value))
    })
}

/// Whether a value of a script has a key of an article, as the settings of a program have not.
fn has_key_of_title(value: &str) -> bool {
    ["title", "headline", "заголовок"].iter().any(|name| {
        value.match_indices(name).any(|(at, _)| {
            let behind = value.get(at + name.len()..).unwrap_or_default();
            behind.trim_start_matches(['"', '\'', ' ']).starts_with(':')
        })
    })
}

/// Returns what stands behind the name of `const data = …`, `module.exports = …` or `callback(…`.
pub(crate) fn script_value(text: &str) -> Option<&str> {
    let mut text = text;
    loop {
        text = text.trim_start_matches(is_blank);
        text = if let Some(comment) = text.strip_prefix("//") {
            comment.split_once('\n')?.1
        } else if let Some(comment) = text.strip_prefix("/*") {
            comment.split_once("*/")?.1
        } else {
            break;
        };
    }
    let is_name =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | '[' | ']' | '"' | '\'');
    let (name, _) = text.split_once(['=', '('])?;
    let is_plain = name.len() <= 200
        && name
            .chars()
            .all(|c| is_name(c) || matches!(c, ' ' | '\t' | ':'));
    let value = text.get(name.len() + 1..)?;
    (is_plain && name.contains(char::is_alphabetic)).then(|| value.trim_start_matches(is_blank))
}

/// Tells pages from the vocabularies of XML by the first element.
fn by_markup(text: &str, by_name: Option<Format>) -> Option<Format> {
    let (name, is_html_doctype) = root_element(text);
    let local = name.rsplit(':').next().unwrap_or_default();
    match local {
        "rss" if text.contains("wordpress.org/export") => Some(Format::WordPress),
        "rss" | "feed" | "urlset" | "sitemapindex" => Some(Format::Feed),
        "rdf" if name.contains(':') && text.contains("purl.org/rss") => Some(Format::Feed),
        "newsitem" | "newsmessage" | "contentset" | "packageitem" => Some(Format::NewsMl),
        "nitf" => Some(Format::Nitf),
        "mediawiki" => Some(Format::MediaWiki),
        _ if is_html_doctype || is_html_element(local) => Some(page_kind(text)),
        _ => by_name,
    }
}

fn page_kind(text: &str) -> Format {
    let is_telegram = text.contains("<title>Exported Data</title>")
        || text.contains("class=\"message default clearfix\"");
    if is_telegram {
        Format::TelegramHtml
    } else {
        Format::Html
    }
}

/// Returns the name of the first element in lower case, and whether `<!doctype html` stands before
/// it.
fn root_element(text: &str) -> (String, bool) {
    let mut rest = text;
    let mut is_html_doctype = false;
    loop {
        rest = rest.trim_start_matches(is_blank);
        let Some(tag) = rest.strip_prefix('<') else {
            return (String::new(), is_html_doctype);
        };
        let end = if tag.starts_with("!--") {
            "-->"
        } else if tag.starts_with('?') {
            "?>"
        } else if tag.starts_with('!') {
            is_html_doctype |= tag
                .get(..13)
                .is_some_and(|doctype| doctype.eq_ignore_ascii_case("!doctype html"));
            ">"
        } else {
            let is_end = |c: char| c.is_whitespace() || matches!(c, '>' | '/');
            let name = tag.split(is_end).next().unwrap_or_default();
            return (name.to_ascii_lowercase(), is_html_doctype);
        };
        match tag.split_once(end) {
            Some((_, behind)) => rest = behind,
            None => return (String::new(), is_html_doctype),
        }
    }
}

fn is_html_element(name: &str) -> bool {
    matches!(
        name,
        "html"
            | "head"
            | "body"
            | "title"
            | "meta"
            | "link"
            | "script"
            | "style"
            | "div"
            | "p"
            | "h1"
            | "h2"
            | "h3"
            | "article"
            | "section"
            | "main"
            | "header"
            | "table"
            | "center"
            | "font"
            | "span"
            | "a"
            | "b"
            | "i"
            | "br"
            | "img"
            | "ul"
            | "ol"
    )
}

/// The headers that only mails and saved pages begin with.
fn by_headers(text: &str) -> Option<Format> {
    let names = header_names(text);
    let is_mail = names.contains("mime-version")
        || names.contains("message-id")
        || names.contains("received")
        || (names.contains("from") && names.contains("subject") && names.contains("date"));
    if !is_mail {
        return None;
    }
    let beginning = text.to_ascii_lowercase();
    if names.contains("snapshot-content-location")
        || beginning.contains("multipart/related") && !names.contains("to")
    {
        return Some(Format::Mhtml);
    }
    (names.contains("from") || names.contains("subject")).then_some(Format::Mail)
}

/// Returns the names of the header lines at the head of a text, in lower case.
fn header_names(text: &str) -> std::collections::BTreeSet<String> {
    let is_name = |name: &str| {
        !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let lines = text.lines().skip(usize::from(text.starts_with("From ")));
    lines
        .take_while(|line| !line.trim().is_empty())
        .filter(|line| !line.starts_with([' ', '\t']))
        .map_while(|line| line.split_once(':'))
        .map(|(name, _)| name)
        .take_while(|name| is_name(name))
        .map(str::to_ascii_lowercase)
        .collect()
}

/// Whether the first line names columns of articles.
fn is_table(text: &str) -> bool {
    // Spreadsheets write the delimiter before the header.
    let mut lines = text.lines().skip_while(|line| line.starts_with("sep="));
    let line = lines.next().unwrap_or_default().to_lowercase();
    let Some(delimiter) = [',', ';', '\t', '|']
        .into_iter()
        .max_by_key(|delimiter| line.matches(*delimiter).count())
        .filter(|delimiter| line.contains(*delimiter))
    else {
        return false;
    };
    let columns = line
        .split(delimiter)
        .map(|column| column.trim().trim_matches('"'));
    let known = columns.filter(|column| {
        matches!(
            *column,
            "title"
                | "headline"
                | "text"
                | "body"
                | "content"
                | "url"
                | "link"
                | "date"
                | "published"
                | "author"
                | "заголовок"
                | "назва"
                | "текст"
                | "дата"
        )
    });
    known.count() >= 2
}
