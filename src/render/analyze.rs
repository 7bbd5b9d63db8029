//! The analysis of a text as a table.

use crate::analysis::Reason;
use crate::analysis::report::{KeyReport, Report, WordReport};
use crate::locale::Locale;
use crate::render::sanitize::one_line;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

const HEADS: [&str; COLUMNS] = [
    "pos", "bytes", "chars", "sent", "par", "text", "form", "keys",
];
const UKRAINIAN_HEADS: [&str; COLUMNS] = [
    "поз",
    "байти",
    "символи",
    "реч",
    "абз",
    "текст",
    "форма",
    "ключі",
];
const COLUMNS: usize = 8;

/// Writes the words of `report`, one a line, under the names of the columns.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write(report: &Report, locale: Locale, out: &mut impl Write) -> io::Result<()> {
    let heads = locale.choose(HEADS, UKRAINIAN_HEADS).map(str::to_owned);
    let rows: Vec<[String; COLUMNS]> = std::iter::once(heads)
        .chain(report.words.iter().map(|word| cells(word, locale)))
        .collect();
    let widths: Vec<usize> = (0..COLUMNS)
        .map(|column| {
            rows.iter()
                .map(|row| row[column].width())
                .max()
                .unwrap_or(0)
        })
        .collect();
    let language = locale.choose("language", "мова");
    writeln!(out, "{language}: {}", report.language)?;
    for row in &rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width.saturating_sub(cell.width()) + 2));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn cells(word: &WordReport, locale: Locale) -> [String; COLUMNS] {
    let keys: Vec<String> = if word.whole {
        vec![locale.choose("(whole)", "(ціле)").to_owned()]
    } else {
        word.keys.iter().map(|report| key(report, locale)).collect()
    };
    [
        word.position.to_string(),
        format!("{}–{}", word.bytes.start, word.bytes.end),
        format!("{}–{}", word.start_chars, word.end_chars),
        word.sentence.to_string(),
        word.paragraph.to_string(),
        one_line(&word.text).into_owned(),
        one_line(&word.form).into_owned(),
        one_line(&keys.join(", ")).into_owned(),
    ]
}

fn key(report: &KeyReport, locale: Locale) -> String {
    let (english, ukrainian) = match report.reason {
        Reason::Dictionary => ("dictionary", "словник"),
        Reason::Supplement => ("supplement", "доповнення"),
        Reason::Lexicon => ("lexicon", "ваш список"),
        Reason::Variant => ("variant", "інше написання"),
        Reason::Transliteration => ("other language", "інша мова"),
        Reason::Guess => ("guess", "здогад"),
        Reason::Form => ("form", "форма"),
        Reason::Year => ("year", "рік"),
        Reason::Russian => ("Russian", "російське"),
        Reason::English => ("English", "латинка"),
    };
    let reason = locale.choose(english, ukrainian);
    match report.weight {
        Some(weight) => format!("{} ({reason} {weight})", report.key),
        None => format!("{} ({reason})", report.key),
    }
}

/// Writes a line of `word`, a tab and `keys` with `|` between them.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write_keys(word: &str, keys: &[String], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}\t{}", one_line(word), one_line(&keys.join("|")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Side;
    use crate::render::json;

    const TEXT: &str = "Чатботам не вірять. 24.02.2022 Бровари";

    const TABLE: [&str; 7] = [
        "language: uk",
        "pos  bytes  chars  sent  par  text        form        keys",
        "0    0–16   0–8    1     1    Чатботам    чатботам    чатбот (supplement)",
        "1    17–21  9–11   1     1    не          не          не (dictionary)",
        "2    22–34  12–18  1     1    вірять      вірять      вірити (dictionary)",
        "3    36–46  20–30  2     1    24.02.2022  24.02.2022  24.02.2022 (form), 2022 (year)",
        "4    47–61  31–38  2     1    Бровари     бровари     бровар (dictionary)",
    ];

    #[test]
    fn the_table_shows_each_word_with_its_keys_and_their_reasons() {
        let mut out = Vec::new();
        write(
            &Report::of(TEXT, Side::Index, None),
            Locale::English,
            &mut out,
        )
        .unwrap();
        let table = String::from_utf8(out).unwrap();
        assert_eq!(table.lines().collect::<Vec<_>>(), TABLE);
    }

    #[test]
    fn ukrainians_read_the_table_in_ukrainian() {
        let mut out = Vec::new();
        let report = Report::of("Бровари-2", Side::Index, None);
        write(&report, Locale::Ukrainian, &mut out).unwrap();
        let expected = [
            "мова: uk",
            "поз  байти  символи  реч  абз  текст      форма      ключі",
            "0    0–16   0–9      1    1    Бровари-2  бровари-2  (ціле)",
            "0    0–14   0–7      1    1    Бровари    бровари    бровар (словник)",
            "1    15–16  8–9      1    1    2          2          2 (форма)",
        ];
        let table = String::from_utf8(out).unwrap();
        assert_eq!(table.lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_guess_is_shown_with_its_weight_and_a_whole_without_keys() {
        let mut out = Vec::new();
        let report = Report::of("Мемоферма-2", Side::Index, None);
        write(&report, Locale::English, &mut out).unwrap();
        let table = String::from_utf8(out).unwrap();
        let lines: Vec<_> = table.lines().skip(2).collect();
        assert!(lines[0].ends_with("мемоферма-2  (whole)"), "{table}");
        let weight = report.words[1].keys[0].weight.unwrap();
        let shown = format!("мемоферм (guess {weight})");
        assert!(lines[1].contains(&shown) && shown.len() == "мемоферм (guess 0.00)".len());
    }

    #[test]
    fn the_json_names_the_places_of_each_word() {
        let mut out = Vec::new();
        json::write(&Report::of(TEXT, Side::Index, None), &mut out).unwrap();
        let report: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(report["language"], "uk");
        assert_eq!(report["side"], "index");
        let number = &report["words"][3];
        assert_eq!(number["form"], "24.02.2022");
        assert_eq!(number["bytes"]["start"], 36);
        assert_eq!(number["start_chars"], 20);
        assert_eq!(number["sentence"], 2);
        assert_eq!(number["keys"][1]["reason"], "year");
    }

    #[test]
    fn control_characters_cannot_break_the_lines_of_keys() {
        let mut out = Vec::new();
        write_keys("а\u{1b}\nб", &["а".to_owned(), "б".to_owned()], &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "а\u{fffd} б\tа|б\n");
    }
}
