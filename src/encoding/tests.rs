use crate::encoding::*;
use crate::markup::html;
use encoding_rs::{IBM866, ISO_8859_5, KOI8_R, KOI8_U, WINDOWS_1251, WINDOWS_1252, X_MAC_CYRILLIC};
use std::path::{Path, PathBuf};

const UKRAINIAN: &str = "Гарантії безпеки обговорили в Києві\n\nУ п’ятницю посли зібралися, щоб оцінити наслідки \
    домовленостей. Її учасники, зокрема й ґазди з Яремчі, кажуть: «Це ще не все». Щасливий їжак і єнот живуть у лісі.\n";
const RUSSIAN: &str = "Мост через реку открыли после ремонта\n\nЖители города, которые пришли на церемонию, \
    обрадовались. Подъезд к нему ещё строят, это займёт около месяца.\n";

fn encoded(charset: Charset, text: &str) -> Vec<u8> {
    if charset == Charset::CP1125 {
        let byte = |c: char| (0..=255_u8).find(|byte| charset.decode(&[*byte]) == c.to_string());
        return text.chars().filter_map(byte).collect();
    }
    let is_encodable = |c: &char| charset.encode(&c.to_string()).is_some();
    let encodable: String = text.chars().filter(is_encodable).collect();
    charset.encode(&encodable).unwrap()
}

fn read(bytes: &[u8]) -> (String, &'static str, Vec<&'static str>) {
    read_with(bytes, Hints::default())
}

fn read_with(bytes: &[u8], hints: Hints<'_>) -> (String, &'static str, Vec<&'static str>) {
    let decoded = decode(bytes, hints).unwrap();
    let doubts = decoded.doubts.iter();
    let codes = doubts.map(|doubt| doubt.problem.code()).collect();
    (decoded.text.into_owned(), decoded.encoding, codes)
}

#[test]
fn utf_8_and_utf_16_are_known_with_and_without_their_mark() {
    let kyiany = ("Кияни".to_owned(), "UTF-8", vec![]);
    assert_eq!(read("\u{FEFF}Кияни".as_bytes()), kyiany);
    assert_eq!(read("Кияни".as_bytes()), kyiany);
    for text in [format!("\u{FEFF}{UKRAINIAN}"), UKRAINIAN.to_owned()] {
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&little), (UKRAINIAN.to_owned(), "UTF-16LE", vec![]));
        assert_eq!(read(&big), (UKRAINIAN.to_owned(), "UTF-16BE", vec![]));
        assert!(is_utf16(&little) && is_utf16(&big));
    }
    for text in [UKRAINIAN, "Bridge opened", "a", ""] {
        assert!(!is_utf16(text.as_bytes()), "{text}");
    }
}

#[test]
fn ukrainian_and_russian_are_known_in_every_8_bit_encoding() {
    for (charset, text) in [
        (Charset::known(WINDOWS_1251), UKRAINIAN),
        (Charset::known(KOI8_U), UKRAINIAN),
        (Charset::CP1125, UKRAINIAN),
        (Charset::known(X_MAC_CYRILLIC), UKRAINIAN),
        (Charset::known(ISO_8859_5), UKRAINIAN),
        (Charset::known(WINDOWS_1251), RUSSIAN),
        (Charset::known(KOI8_R), RUSSIAN),
        (Charset::known(IBM866), RUSSIAN),
        (Charset::known(X_MAC_CYRILLIC), RUSSIAN),
        (Charset::known(ISO_8859_5), RUSSIAN),
    ] {
        let bytes = encoded(charset, text);
        let expected = charset.decode(&bytes).into_owned();
        let (found, encoding, doubts) = read(&bytes);
        assert_eq!(
            (found, doubts),
            (expected, vec![]),
            "{charset}, read as {encoding}"
        );
        let is_same = charset.name() == encoding || encoding.starts_with("KOI8");
        assert!(is_same, "{charset}: {encoding}");
    }
}

#[test]
fn a_headline_is_enough() {
    for line in [
        "Гарантії безпеки",
        "Міст відкрито",
        "Ціни на їжу",
        "Новини",
        "Київ",
    ] {
        for charset in [
            Charset::known(WINDOWS_1251),
            Charset::known(KOI8_U),
            Charset::CP1125,
            Charset::known(ISO_8859_5),
        ] {
            assert_eq!(read(&encoded(charset, line)).0, line, "{charset}");
        }
    }
}

#[test]
fn texts_in_latin_letters_stay_as_they_are() {
    let latin = Charset::known(WINDOWS_1252);
    for text in [
        "Le café de l’été a fermé ses portes “hier”, señor Müller reviendra à Noël — peut-être.",
        "Kyiv’s “security guarantees” – a primer",
    ] {
        let (found, encoding, _) = read(&encoded(latin, text));
        assert_eq!(found, text, "{encoding}");
    }
}

#[test]
fn what_is_declared_is_checked_against_the_bytes() {
    let bytes = encoded(Charset::known(WINDOWS_1251), UKRAINIAN);
    let declared = |label| Hints {
        declared: Some(label),
        ..Hints::default()
    };
    let right = (UKRAINIAN.to_owned(), "windows-1251", vec![]);
    let wrong = (UKRAINIAN.to_owned(), "windows-1251", vec!["other-encoding"]);
    assert_eq!(read_with(&bytes, declared("CP1251")), right);
    for label in [
        "utf-8",
        "iso-8859-1",
        "koi8-u",
        "x-mac-cyrillic",
        "nonsense",
    ] {
        assert_eq!(read_with(&bytes, declared(label)), wrong, "{label}");
    }
    let utf_8 = (UKRAINIAN.to_owned(), "UTF-8", vec!["other-encoding"]);
    let read = read_with(UKRAINIAN.as_bytes(), declared("windows-1251"));
    assert_eq!(read, utf_8);
}

#[test]
fn an_encoding_can_be_forced() {
    let bytes = encoded(Charset::known(KOI8_U), "Київ");
    let forced = |label| Hints {
        forced: Charset::for_label(label),
        ..Hints::default()
    };
    assert_eq!(read_with(&bytes, forced("koi8-u")).0, "Київ");
    assert_ne!(read_with(&bytes, forced("cp1251")).0, "Київ");
}

#[test]
fn bad_bytes_are_replaced_and_told() {
    let mut bytes = UKRAINIAN.as_bytes().to_vec();
    bytes.splice(2..2, [0xFF]);
    let replaced = UKRAINIAN.replacen('Г', "Г\u{FFFD}", 1);
    assert_eq!(read(&bytes), (replaced, "UTF-8", vec!["bad-bytes"]));
    let doubts = decode(&bytes, Hints::default()).unwrap().doubts;
    assert_eq!(doubts[0].byte, Some(2));
    let cut = &UKRAINIAN.as_bytes()[..41];
    assert_eq!(read(cut).2, ["bad-bytes"]);
    let given = "Міст \u{FFFD} був";
    assert_eq!(read(given.as_bytes()).2, Vec::<&str>::new());
}

#[test]
fn what_is_mostly_no_text_is_refused() {
    for bytes in [
        &b"\x89PNG\0\xFF"[..],
        b"\x7FELF\0\0",
        b"\0",
        b"PK\x03\x04\x14\0\0\0\x08\0\x01\x02\x03",
    ] {
        let decoded = decode(bytes, Hints::default());
        assert!(matches!(decoded, Err(Problem::Binary { .. })), "{bytes:?}");
    }
}

#[test]
fn texts_that_were_read_wrongly_before_are_repaired() {
    let line = UKRAINIAN.trim_end();
    let cp1251 = Charset::known(WINDOWS_1251);
    let as_1251 = |text: &str| cp1251.decode(text.as_bytes()).into_owned();
    let as_1252 = |bytes: &[u8]| Charset::known(WINDOWS_1252).decode(bytes).into_owned();
    for (slipped, from) in [
        (as_1251(line), "UTF-8 as 1251"),
        (as_1252(line.as_bytes()), "UTF-8 as 1252"),
        (as_1252(&encoded(cp1251, line)), "1251 as 1252"),
    ] {
        let (text, _, doubts) = read(slipped.as_bytes());
        let expected = (line, vec!["repaired-encoding"]);
        assert_eq!((text.as_str(), doubts), expected, "{from}");
    }
}

#[test]
fn one_field_is_repaired_while_another_is_as_it_should_be() {
    let slipped = Charset::known(WINDOWS_1251).decode("Гарантії безпеки".as_bytes());
    let body = RUSSIAN.trim();
    let json = |title: &str| format!("{{\"title\": \"{title}\", \"body\": \"{body}\"}}");
    assert_eq!(read(json(&slipped).as_bytes()).0, json("Гарантії безпеки"));
}

#[test]
fn texts_that_are_right_are_not_repaired() {
    for text in [
        UKRAINIAN,
        RUSSIAN,
        "СССР и РСФСР: РС, СР, ССР",
        "Ñandú, mañana, año; São Paulo: ação, coração",
        "Çüğ şıöÇ Öğüç",
        "àâäéèêëîïôöùûü",
        "РСП «Ґ»: С° і Р±",
    ] {
        assert_eq!(read(text.as_bytes()).2, Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn pages_and_feeds_declare_their_encoding() {
    for (head, label) in [
        ("<meta charset=windows-1251>", Some("windows-1251")),
        (
            "<META http-equiv='Content-Type' content='text/html; charset=KOI8-U'>",
            Some("koi8-u"),
        ),
        (
            "<?xml version=\"1.0\" encoding=\"windows-1251\"?>",
            Some("windows-1251"),
        ),
        ("<p>Текст", None),
    ] {
        assert_eq!(declared_label(head.as_bytes()).as_deref(), label);
    }
}

/// Compares with real samples where they are at hand: a folder that holds `derived-uk` and
/// `native-ru`.
#[test]
fn samples_of_every_encoding_are_read_letter_for_letter() {
    let Some(folder) = std::env::var_os("SHUKACH_ENCODING_SAMPLES").map(PathBuf::from) else {
        return;
    };
    let files = |name: &str| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder.join(name)).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect()
    };
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let declared = |bytes: &[u8]| {
        let label = declared_label(bytes);
        let hints = Hints {
            declared: label.as_deref(),
            ..Hints::default()
        };
        let decoded = decode(bytes, hints).unwrap();
        (decoded.text.into_owned(), decoded.encoding)
    };
    let derived = files("derived-uk");
    let expected = derived
        .iter()
        .find(|path| name(path).contains("expected"))
        .unwrap();
    let expected = String::from_utf8(std::fs::read(expected).unwrap()).unwrap();
    for path in &derived {
        let (text, _) = declared(&std::fs::read(path).unwrap());
        if name(path).contains("mojibake") {
            let whole = text.trim_end_matches(|c: char| c == '\u{FFFD}' || c.is_whitespace());
            assert!(expected.contains(whole), "{path:?}: {text}");
        } else if name(path).starts_with("address") {
            // Letters that the encoding lacks were written as references.
            assert_eq!(html::without_references(&text), expected, "{path:?}");
        } else {
            let text = html::without_references(&text);
            // The last line stands in the texts alone.
            let lines = expected.lines().filter(|line| !line.is_empty());
            for line in lines.take_while(|line| !line.starts_with("Ґанок")) {
                assert!(text.contains(line), "{path:?} lacks {line}");
            }
        }
    }
    let native = files("native-ru");
    for path in &native {
        let bytes = std::fs::read(path).unwrap();
        let label = name(path);
        let label = label.split("__").next().unwrap().replace("-russian", "");
        let charset = Charset::for_label(&label).unwrap();
        let expected = charset.decode(&bytes).into_owned();
        assert_eq!(read(&bytes).0, expected, "{path:?} undeclared");
        assert_eq!(declared(&bytes), (expected, charset.name()), "{path:?}");
    }
    assert!(derived.len() + native.len() > 20);
}
