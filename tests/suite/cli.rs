//! The command line: exit codes, messages, colours, pipes.

use crate::archive_fixture::{Line, TempArchive};
use crate::cli_fixture::{NO_SETTINGS, program, run, run_in};
use crate::sample::sample;
use std::fmt::Write;
use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};

#[test]
fn the_exit_code_tells_how_it_ended() {
    let archive = TempArchive::new().file("a.txt", "Кіт\nКіт спить.");
    archive.run_index(&[]).expect(0);
    archive.run(&["search", "кіт"]).expect(0);
    archive.run(&["search", "пес"]).expect(1);
    archive.run(&["search", "пес", "--json"]).expect(1);
    archive
        .run(&["search", "пес", "--format", "trec"])
        .expect(1);
    archive.run(&["search", "("]).expect(2);
    archive.run(&["info"]).expect(0);
    archive.write("b.txt", "\0");
    archive.run_index(&[]).expect(3);
    archive.run(&["index"]).expect(2);
}

#[test]
fn answers_go_to_stdout_and_all_else_to_stderr() {
    let archive = TempArchive::new()
        .file("a.txt", "Кіт\nКіт спить.")
        .file("b.txt", "\0");
    let ran = archive.run(&["index", "archive"]).expect(3);
    assert!(
        ran.stderr.contains("failed: ") && ran.stderr.contains("b.txt: binary"),
        "{ran:?}"
    );
    assert!(
        ran.stdout.contains("1 added") && !ran.stdout.contains("b.txt"),
        "{ran:?}"
    );
    let ran = archive.run(&["search", "кіт"]).expect(0);
    assert_eq!(ran.stderr, "");
    let ran = archive.run(&["search", "\"кіт"]).expect(2);
    assert_eq!(ran.stdout, "");
}

#[test]
fn a_search_shows_hits_with_marked_words_a_timeline_and_sources() {
    let shown = sample()
        .run(&["search", "гарантії безпеки", "--color", "never"])
        .expect(0)
        .stdout;
    assert!(shown.starts_with("гарантії безпеки · "), "{shown}");
    for part in [
        "[[безпеки]]",
        "By month\n",
        "2025-12 ",
        "By source\n",
        "Хвиля Поділля",
        "█",
    ] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    let widest = shown
        .lines()
        .filter(|line| !line.contains(" · "))
        .map(|line| line.chars().count())
        .max();
    assert!(widest <= Some(100), "{shown}");
}

#[test]
fn colours_are_for_terminals_and_those_who_ask() {
    let sample = sample();
    let search = ["search", "гарантії"];
    assert!(!sample.run(&search).stdout.contains('\u{1b}'));
    let always = ["search", "гарантії", "--color", "always"];
    assert!(sample.run(&always).stdout.contains("\u{1b}[1;33m"));
    let with = |name: &str, more: &[&str]| {
        let mut command = program(sample.folder());
        command
            .env("SHUKACH_INDEX", sample.index_path())
            .env("CLICOLOR_FORCE", "1")
            .env(name, "1");
        run(command.args(search).args(more))
            .expect(0)
            .stdout
            .contains('\u{1b}')
    };
    assert!(with("OTHER", &[]), "CLICOLOR_FORCE asks for colours");
    assert!(!with("NO_COLOR", &[]));
    assert!(
        with("NO_COLOR", &["--color", "always"]),
        "a flag is stronger than the environment"
    );
}

#[test]
fn what_a_terminal_obeys_never_reaches_it_from_an_article() {
    for format in ["text", "json"] {
        let ran = sample()
            .run(&[
                "search",
                "страховщики",
                "срочно OR номер",
                "--format",
                format,
            ])
            .expect(0);
        assert!(
            ran.stdout.contains("СРОЧНО") || ran.stdout.contains("7654321"),
            "{ran:?}"
        );
        let is_active =
            |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!ran.stdout.contains(is_active), "{ran:?}");
    }
}

#[test]
fn a_query_that_is_wrong_is_shown_with_the_place() {
    let ran = sample().run(&["search", "мир (і безпека"]).expect(2);
    let lines: Vec<&str> = ran.stderr.lines().collect();
    assert_eq!(lines[1..], ["  мир (і безпека", "      ^"], "{ran:?}");
    assert!(
        lines[0].starts_with("error[Q103]: ") && lines[0].contains("is never closed"),
        "{ran:?}"
    );
}

#[test]
fn a_query_without_a_word_is_refused_with_an_example() {
    for query in ["", "  ", "—", "«»"] {
        let ran = sample().run(&["search", query]).expect(2);
        assert!(
            ran.stderr.contains("shukach search '"),
            "{query:?}: {ran:?}"
        );
    }
    let ran = sample().run(&["search", "-- -мир"]).expect(2);
    assert!(ran.stderr.contains("error"), "{ran:?}");
    sample().run(&["search"]).expect(2);
}

#[test]
fn a_date_that_is_wrong_is_named_with_its_flag_and_the_fix() {
    for (flag, date, fix) in [
        ("--from", "2025-13", "months run from 01 to 12"),
        ("--to", "колись", "2025-12-28"),
    ] {
        let ran = sample().run(&["search", "мир", flag, date]).expect(2);
        for part in [flag, date, fix] {
            assert!(ran.stderr.contains(part), "{part} in {ran:?}");
        }
    }
    let ran = sample()
        .run(&["search", "мир", "--from", "2026", "--to", "2025"])
        .expect(2);
    assert!(
        ran.stderr.contains("--from 2026 lies after --to 2025"),
        "{ran:?}"
    );
}

#[test]
fn a_missing_index_is_told_with_the_command_that_makes_one() {
    let archive = TempArchive::new();
    for command in [&["search", "мир"][..], &["info"]] {
        let ran = archive.run(command).expect(2);
        let index = archive.index_path();
        let way_out = format!("shukach index PATH --index {}", index.display());
        assert!(
            ran.stderr.contains("no index in") && ran.stderr.contains(&way_out),
            "{ran:?}"
        );
        assert!(!index.exists());
    }
}

#[test]
fn without_a_flag_the_index_is_where_the_environment_says_or_at_home() {
    let archive = TempArchive::new().file("a.txt", "Кіт\nКіт спить.");
    run_in(archive.folder(), &["index", "archive"]).expect(0);
    assert!(
        archive
            .folder()
            .join(".local/share/shukach/meta.json")
            .exists()
    );
    let mut command = program(archive.folder());
    command.env("SHUKACH_INDEX", archive.folder().join("other"));
    run(command.args(["search", "кіт"])).expect(2);
    let mut command = program(archive.folder());
    command.env("XDG_DATA_HOME", archive.folder().join(".local/share"));
    run(command.args(["search", "кіт"])).expect(0);
}

#[test]
fn a_file_of_queries_is_answered_and_its_bad_lines_are_named() {
    let archive = TempArchive::of_articles(&[
        Line::new("кіт", "Кіт спить."),
        Line::new("пес", "Пес гавкає."),
    ]);
    archive.index();
    archive.write(
        "../queries.tsv",
        b"\xef\xbb\xbfq1\t\xd0\xba\xd0\xbe\xd1\x82\xd0\xb8\r\n"
            .iter()
            .chain("\n# тварини\nпси коти\nq3\t(пес\nq 4\tпси\tі ще щось\nq5\tкінь\n".as_bytes())
            .chain(b"q6\t\xef\xf1\n\t\xd0\xbf\n")
            .copied()
            .collect::<Vec<u8>>(),
    );
    let ran = archive
        .run(&["search", "--queries", "queries.tsv", "--format", "trec"])
        .expect(2);
    let answers: Vec<String> = ran
        .stdout
        .lines()
        .map(|line| line.split(' ').take(4).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(answers, ["q1 Q0 кіт 1", "q_4 Q0 пес 1"]);
    assert!(ran.stdout.lines().all(|line| line.ends_with(" shukach")));
    for part in [
        "queries.tsv:5:",
        "error[Q103]",
        "queries.tsv:8:",
        "this is not UTF-8",
    ] {
        assert!(ran.stderr.contains(part), "{part} in {ran:?}");
    }
    let mut command = program(archive.folder());
    command
        .args([
            "search",
            "--queries",
            "-",
            "--format",
            "trec",
            "--index",
            "index",
        ])
        .write_stdin("q1\tпсом\n");
    assert!(
        run(&mut command)
            .expect(0)
            .stdout
            .starts_with("q1 Q0 пес 1 ")
    );
    let ran = archive
        .run(&["search", "--queries", "nowhere.tsv"])
        .expect(2);
    assert!(ran.stderr.contains("cannot read nowhere.tsv"), "{ran:?}");
}

#[test]
fn a_reader_that_has_had_enough_is_no_failure() {
    let sample = sample();
    let mut queries = String::new();
    for n in 0..500 {
        let _ = writeln!(queries, "q{n}\tміст OR світло OR гарантія");
    }
    let path = sample.folder().join("many.tsv");
    fs::write(&path, queries).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_shukach"))
        .env(NO_SETTINGS.0, NO_SETTINGS.1)
        .args(["search", "--format", "json", "--index"])
        .arg(sample.index_path())
        .arg("--queries")
        .arg(path)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn help_shows_examples_and_every_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let help = run_in(folder.path(), &["--help"]).expect(0).stdout;
    for part in [
        "Examples:",
        "shukach search '",
        "Exit codes:",
        "\n  0  ",
        "\n  1  ",
        "\n  2  ",
        "\n  3  ",
    ] {
        assert!(help.contains(part), "{part} in {help}");
    }
    let help = run_in(folder.path(), &["search", "--help"])
        .expect(0)
        .stdout;
    assert!(
        help.contains("«гарантії безпеки»") && help.contains("=гарантія"),
        "{help}"
    );
    let version = run_in(folder.path(), &["--version"]).expect(0).stdout;
    assert_eq!(
        version.trim(),
        concat!("shukach ", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn a_mistyped_command_is_answered_with_the_right_one() {
    let folder = tempfile::tempdir().unwrap();
    let ran = run_in(folder.path(), &["serch", "мир"]).expect(2);
    assert!(ran.stderr.contains("'search'"), "{ran:?}");
    run_in(folder.path(), &[]).expect(2);
}

#[test]
fn the_demo_shows_commands_with_their_answers() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = program(folder.path());
    let ran = run(command.env("TMPDIR", folder.path()).arg("demo")).expect(0);
    assert!(ran.stdout.matches("\n$ ").count() >= 4, "{ran:?}");
    for part in [
        "broken on purpose",
        "69 added",
        "[[безпеки]]",
        "By month",
        "the index keeps both words under one key",
        "Did you mean:",
        "[N030]",
        "\"hits\": [",
    ] {
        assert!(ran.stdout.contains(part), "{part} in {ran:?}");
    }
    assert_eq!(ran.stderr.matches("failed: ").count(), 2, "{ran:?}");
}

#[test]
fn words_of_a_query_need_no_quotes() {
    let quoted = sample()
        .run(&["search", "гарантії безпеки", "--format", "trec"])
        .expect(0);
    let apart = sample()
        .run(&["search", "гарантії", "безпеки", "--format", "trec"])
        .expect(0);
    assert_eq!(quoted.stdout, apart.stdout);
}

#[test]
fn the_manual_names_every_command() {
    let help = run_in(sample().folder(), &["--help"]).expect(0).stdout;
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .map_while(|line| line.split_whitespace().next())
        .collect();
    assert!(commands.len() > 10, "{help}");
    let page = run_in(sample().folder(), &["man"]).expect(0).stdout;
    assert!(page.starts_with(".ie"), "{page}");
    for command in commands.iter().filter(|command| **command != "help") {
        let name = format!("shukach {command}").replace('-', "\\-");
        assert!(page.contains(&name), "{name}");
    }
}
