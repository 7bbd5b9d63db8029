//! The help, its examples and messages for faulty command lines, in both languages.

use crate::cli_fixture::{Ran, program, run};
use tempfile::TempDir;

fn run_with(variables: &[(&str, &str)], arguments: &[&str]) -> Ran {
    let folder: TempDir = tempfile::tempdir().unwrap();
    let mut command = program(folder.path());
    run(command.envs(variables.iter().copied()).args(arguments))
}

/// Checks that the parts stand in `text` in this order.
#[track_caller]
fn assert_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let (_, behind) = rest
            .split_once(part)
            .unwrap_or_else(|| panic!("{part} in {text}"));
        rest = behind;
    }
}

const PARTS: [&str; 7] = [
    "Знайти статті\n\nПриклади:\n",
    "Використання: shukach search [ПАРАМЕТРИ] [ЗАПИТ]...",
    "Аргументи:\n",
    "Параметри:\n",
    "[типово: 10]",
    "[можливі значення: auto, year, quarter, month, week, day, none]",
    "Запити:\n  гарантії безпеки         обидва слова",
];

#[test]
fn help_is_in_the_language_of_the_flag_of_the_settings_or_of_the_system() {
    for arguments in [
        &["search", "--help", "--lang", "uk"][..],
        &["--lang=uk", "search", "--help"],
        &["help", "search", "--lang", "uk"],
        &["--lang", "uk", "help", "search"],
    ] {
        assert_order(&run_with(&[], arguments).expect(0).stdout, &PARTS);
    }
    for variables in [
        &[("LANG", "uk_UA.UTF-8")][..],
        &[("LC_ALL", "uk_UA.UTF-8"), ("LANG", "C")],
        &[("SHUKACH_LANG", "uk"), ("LANG", "en_GB.UTF-8")],
    ] {
        let help = run_with(variables, &["search", "--help"]).expect(0).stdout;
        assert_order(&help, &PARTS);
    }
    let english = run_with(
        &[("LANG", "uk_UA.UTF-8")],
        &["search", "--help", "--lang", "en"],
    );
    let english = english.expect(0).stdout;
    assert_order(
        &english,
        &[
            "Find articles\n\nExamples:\n",
            "Usage: ",
            "Options:",
            "Queries:",
        ],
    );
    assert!(!english.contains("ЗАПИТ"), "{english}");
}

#[test]
fn a_faulty_command_line_is_told_in_ukrainian_with_what_was_meant() {
    for (arguments, told) in [
        (
            &["serch", "мир"][..],
            &["невідома команда 'serch'", "'search'"][..],
        ),
        (
            &["search", "мир", "--limt", "3"],
            &["невідомий аргумент '--limt'", "'--limit'"],
        ),
        (
            &["search", "мир", "--color", "alwys"],
            &["'alwys' для '--color <КОЛИ>'", "можна auto", "'always'"],
        ),
        (
            &["search", "мир", "--limit", "десять"],
            &["'десять' для '--limit <N>'", "ціле число"],
        ),
        (
            &["search", "мир", "--from", "2025-13"],
            &["дата \"2025-13\"", "місяць має бути 01–12"],
        ),
        (
            &["search", "мир", "--limit"],
            &["'--limit <N>' потребує значення"],
        ),
        (
            &["search"],
            &[
                "бракує обов’язкового: '<ЗАПИТ>...'",
                "Використання: shukach search",
            ],
        ),
        (
            &["search", "мир", "-c", "-l"],
            &["не можна вживати разом із"],
        ),
        (&["search", "мир", "-n1", "-n2"], &["можна вжити лише раз"]),
    ] {
        let ran = run_with(&[("LANG", "uk_UA.UTF-8")], arguments).expect(2);
        assert_eq!(ran.stdout, "");
        assert!(ran.stderr.starts_with("помилка: "), "{ran:?}");
        assert_order(&ran.stderr, told);
        let ran = run_with(&[("LANG", "C.UTF-8")], arguments).expect(2);
        assert!(ran.stderr.starts_with("error: "), "{ran:?}");
    }
}

#[test]
fn what_went_wrong_is_told_in_ukrainian_with_the_way_out() {
    for (arguments, told) in [
        (
            &["info", "--index", "nowhere"][..],
            "немає індексу в nowhere; створіть його так: shukach index ШЛЯХ",
        ),
        (&["index", "nowhere"], "немає такого файлу чи теки: nowhere"),
        (
            &["search", "мир", "--null"],
            "--null закінчує ідентифікатори",
        ),
        (&["count", "мир", "--share"], "додайте --by month"),
    ] {
        let ran = run_with(&[("LANG", "uk_UA.UTF-8")], arguments).expect(2);
        assert!(
            ran.stderr.starts_with("помилка: ") && ran.stderr.contains(told),
            "{ran:?}"
        );
    }
}

#[test]
fn the_manual_is_in_the_language_too() {
    let page = run_with(&[], &["man", "--lang", "uk"]).expect(0).stdout;
    assert_order(
        &page,
        &[
            "Повнотекстовий пошук",
            "Приклади:",
            "Знайти статті",
            "Приклади:",
        ],
    );
}
