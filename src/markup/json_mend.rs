//! JSON that newsrooms write by hand, made readable.

use serde_json::Value;

/// Reads the JSON values of a script, one after another; broken ones are mended.
///
/// Mended are comments, a comma too many, a semicolon at the end, raw line breaks and quotation
/// marks inside of strings, and what hides a script from old browsers. Costs one pass more where a
/// script is broken.
pub(crate) fn values(script: &str) -> Vec<Value> {
    let script = bare(script);
    let read = |text: &str| -> Result<Vec<Value>, serde_json::Error> {
        serde_json::Deserializer::from_str(text)
            .into_iter()
            .collect()
    };
    read(script)
        .or_else(|_| read(&mended(script)))
        .unwrap_or_default()
}

/// Takes off what stands around the JSON of a script.
fn bare(script: &str) -> &str {
    let mut text = script.trim();
    loop {
        let before = text;
        for mark in [
            "<!--",
            "//<![CDATA[",
            "/*<![CDATA[*/",
            "<![CDATA[",
            "// <![CDATA[",
        ] {
            text = text.strip_prefix(mark).unwrap_or(text).trim_start();
        }
        for mark in ["-->", "//]]>", "/*]]>*/", "]]>", "// ]]>", "//", ";"] {
            text = text.strip_suffix(mark).unwrap_or(text).trim_end();
        }
        if text == before {
            return text;
        }
    }
}

fn mended(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let mut chars = script.char_indices().peekable();
    let mut in_string = false;
    let mut is_escaped = false;
    while let Some((at, c)) = chars.next() {
        let rest = || script.get(at + c.len_utf8()..).unwrap_or_default();
        if in_string {
            match c {
                _ if is_escaped => {
                    is_escaped = false;
                    out.push(c);
                    continue;
                }
                '\\' => is_escaped = true,
                '"' if ends_string(rest()) => in_string = false,
                '"' => out.push('\\'),
                _ if c.is_control() => {
                    out.push(' ');
                    continue;
                }
                _ => {}
            }
            out.push(c);
            continue;
        }
        match c {
            '"' => {
                in_string = true;
                out.push(c);
            }
            '/' if rest().starts_with('/') => while chars.next_if(|(_, c)| *c != '\n').is_some() {},
            '/' if rest().starts_with('*') => {
                let length = rest().find("*/").map_or(usize::MAX, |end| end + 2);
                let end = at.saturating_add(1).saturating_add(length);
                while chars.next_if(|(next, _)| *next < end).is_some() {}
            }
            ';' => {}
            ',' if closes_or_repeats(rest()) => {}
            _ => out.push(c),
        }
    }
    out
}

/// Returns whether a quotation mark is the end of a string, by what stands behind it.
fn ends_string(rest: &str) -> bool {
    rest.trim_start()
        .chars()
        .next()
        .is_none_or(|c| matches!(c, ',' | ':' | '}' | ']' | '/' | ';'))
}

/// Returns whether a comma is one too many.
fn closes_or_repeats(rest: &str) -> bool {
    let mut rest = rest.trim_start();
    while let Some(comment) = rest.strip_prefix("//") {
        rest = comment
            .split_once('\n')
            .map_or("", |(_, behind)| behind)
            .trim_start();
    }
    rest.is_empty() || rest.starts_with(['}', ']', ',', ';'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_broken_is_mended() {
        for script in [
            r#"{"a":"b","c":["d"]}"#,
            r#"{"a":"b","c":["d",],}"#,
            r#"{"a":"b","c":["d"]};"#,
            "<!-- {\"a\":\"b\",\"c\":[\"d\"]} -->",
            "//<![CDATA[\n{\"a\":\"b\",\"c\":[\"d\"]}\n//]]>",
            "{ // один\n\"a\":\"b\", /* два */ \"c\":[\"d\"] }",
            "{\"a\":\"b\",,\"c\":[\"d\"]}",
            "{\"a\":\"b\", // кінець, так\n\"c\":[\"d\", // ще\n]}",
        ] {
            let expected: Value = serde_json::from_str(r#"{"a":"b","c":["d"]}"#).unwrap();
            assert_eq!(values(script), [expected], "{script}");
        }
    }

    #[test]
    fn strings_keep_what_looks_like_a_fault() {
        let read = |script: &str| {
            values(script)
                .first()
                .and_then(|v| v["a"].as_str().map(str::to_owned))
        };
        assert_eq!(
            read("{\"a\":\"Мер:\nміст\",}").as_deref(),
            Some("Мер: міст")
        );
        assert_eq!(
            read(r#"{"a":"https://a.b/c,}",}"#).as_deref(),
            Some("https://a.b/c,}")
        );
        assert_eq!(
            read(r#"{"a":"Міст "Північний" відкрито",}"#).as_deref(),
            Some("Міст \"Північний\" відкрито")
        );
        assert_eq!(
            read(r#"{"a":"Міст \"Північний\"",}"#).as_deref(),
            Some("Міст \"Північний\"")
        );
    }

    #[test]
    fn several_values_of_one_script_are_read_and_nonsense_is_none() {
        assert_eq!(values("{\"a\":1}\n{\"b\":2}").len(), 2);
        assert!(values("{\"@type\": \"Article\", headline: }").is_empty());
        assert!(values("").is_empty());
        assert!(values(&"/*".repeat(1000)).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn no_script_makes_it_panic(script in "[{}\\[\\],:;\"/*\\\\a\n -]{0,60}") {
            let _ = values(&script);
        }
    }
}
