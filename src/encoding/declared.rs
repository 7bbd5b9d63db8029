//! The encoding that a page or an XML document declares.

/// How far into a page its encoding is looked for, in bytes; browsers look at 1024.
const DECLARATION_BYTES: usize = 4096;

/// Reads `<meta charset=…>`, `<meta http-equiv… content="…; charset=…">` or `<?xml …
/// encoding="…"?>`.
pub(crate) fn declared_label(bytes: &[u8]) -> Option<String> {
    let beginning = bytes.get(..DECLARATION_BYTES).unwrap_or(bytes);
    let beginning = String::from_utf8_lossy(beginning).to_ascii_lowercase();
    let xml = beginning
        .split("<?xml")
        .nth(1)
        .and_then(|tag| label_behind(tag, "encoding"));
    let mut metas = beginning.split("<meta").skip(1);
    xml.or_else(|| metas.find_map(|tag| label_behind(tag, "charset")))
        .map(str::to_owned)
}

fn label_behind<'t>(tag: &'t str, key: &str) -> Option<&'t str> {
    let tag = tag.split('>').next()?;
    let (_, behind) = tag.split_once(key)?;
    let value = behind
        .trim_start()
        .strip_prefix('=')?
        .trim_start()
        .trim_start_matches(['"', '\'']);
    let label = value
        .split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '/' | '?'))
        .next();
    label.filter(|label| !label.is_empty())
}
