//! Links to articles that a terminal can open (OSC 8).
//!
//! Addresses come from archives, so they are untrusted: only `http`, `https` and files are linked
//! to, and nothing but printable ASCII gets into the escape sequence.

use crate::render::sanitize::is_active;
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

/// What is written in an address as `%XX`, beside all that is not ASCII; `%` stays, as it may stand
/// for itself.
const IN_URL: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');
/// The same in the path of a file.
const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
/// The longest address that is linked to, in bytes; terminals refuse longer ones.
const MAX_TARGET_BYTES: usize = 2_000;

/// How to link to articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Links {
    /// The name of this computer, by which a terminal knows whether it can open its files.
    pub host: &'static str,
}

impl Links {
    /// Returns `text` as a link to an address on the web; as it is where that cannot be linked to.
    pub(crate) fn to_url(text: &str, url: &str) -> String {
        let is_web = ["http://", "https://"].iter().any(|scheme| {
            url.get(..scheme.len())
                .is_some_and(|beginning| beginning.eq_ignore_ascii_case(scheme))
        });
        if !is_web || url.contains(is_active) {
            return text.to_owned();
        }
        linked(text, &utf8_percent_encode(url, IN_URL).to_string())
    }

    /// Returns `text` as a link to a file; as it is where its path is not absolute.
    pub(crate) fn to_file(self, text: &str, path: &str) -> String {
        if path.contains(is_active) {
            return text.to_owned();
        }
        let encoded = |path: &str| utf8_percent_encode(path, IN_PATH).to_string();
        if path.starts_with('/') {
            let target = format!("file://{}{}", encoded(self.host), encoded(path));
            return linked(text, &target);
        }
        match path.split_once(":\\") {
            Some((drive, below)) if drive.len() == 1 => {
                let below = encoded(&below.replace('\\', "/"));
                linked(text, &format!("file:///{drive}:/{below}"))
            }
            _ => text.to_owned(),
        }
    }
}

fn linked(text: &str, target: &str) -> String {
    if target.len() > MAX_TARGET_BYTES {
        return text.to_owned();
    }
    format!("\x1b]8;;{target}\x1b\\{text}\x1b]8;;\x1b\\")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LINKS: Links = Links { host: "olena-pc" };

    #[test]
    fn files_and_pages_are_linked_to_and_nothing_else() {
        let shown = LINKS.to_file("текст", "/home/o/a b%/кіт#1.txt");
        let target = "file://olena-pc/home/o/a%20b%25/%D0%BA%D1%96%D1%82%231.txt";
        assert_eq!(shown, format!("\x1b]8;;{target}\x1b\\текст\x1b]8;;\x1b\\"));
        let shown = Links::to_url("т", "HTTPS://приклад.example/а?b=%20&c=[1]#d");
        assert!(shown.contains("/%D0%B0?b=%20&c=[1]#d\x1b\\т"), "{shown:?}");
        let shown = LINKS.to_file("т", "C:\\Архів\\a.txt");
        assert!(shown.contains(";file:///C:/%D0%90"), "{shown:?}");
        for url in [
            "javascript:alert(1)",
            "ftp://a",
            "",
            "http:/",
            "ht",
            "file:///etc/passwd",
        ] {
            assert_eq!(Links::to_url("т", url), "т", "{url}");
        }
        assert_eq!(LINKS.to_file("т", "a.txt"), "т");
        let long = format!("https://a.example/{}", "а".repeat(1_000));
        assert_eq!(Links::to_url("т", &long), "т");
    }

    proptest! {
        #[test]
        fn no_address_breaks_out_of_its_link(rest in "\\PC*|[\\x00-\\x9f\u{202e};а]*") {
            for shown in [Links::to_url("т", &format!("https://{rest}")), LINKS.to_file("т", &format!("/{rest}"))] {
                let escapes = shown.matches('\x1b').count();
                prop_assert!(shown == "т" || escapes == 4, "{:?}", shown);
                prop_assert!(!shown.replace('\x1b', "").contains(is_active), "{:?}", shown);
            }
        }
    }
}
