//! Settings from flags, the environment and files, the strongest first.

use crate::cli_fixture::{NO_SETTINGS, Ran, program, run};
use crate::index_schema::{assert_valid, validator};
use crate::sample::sample;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// A home with files of settings, and a folder in it to work in.
struct Desk {
    home: TempDir,
}

impl Desk {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir_all(home.path().join("project/deep")).unwrap();
        fs::create_dir_all(home.path().join(".config/shukach")).unwrap();
        Self { home }
    }

    fn path(&self, name: &str) -> PathBuf {
        // As the program sees the folder it stands in.
        self.home.path().canonicalize().unwrap().join(name)
    }

    fn file(self, name: &str, text: &str) -> Self {
        fs::write(self.path(name), text).unwrap();
        self
    }

    fn users(self, text: &str) -> Self {
        self.file(".config/shukach/config.toml", text)
    }

    fn project(self, text: &str) -> Self {
        self.file("project/.shukach.toml", text)
    }

    fn run_with(&self, variables: &[(&str, &str)], arguments: &[&str]) -> Ran {
        let mut command = program(self.home.path());
        command
            .env_remove(NO_SETTINGS.0)
            .envs(variables.iter().copied())
            .current_dir(self.path("project/deep"));
        run(command.args(arguments))
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(&[], arguments)
    }
}

/// Returns the value of a setting and where it comes from.
fn in_force(ran: &Ran, name: &str) -> (Value, String) {
    let report = ran.json();
    let settings = report["settings"].as_array().unwrap();
    let setting = settings.iter().find(|setting| setting["name"] == name);
    let setting = setting.unwrap_or_else(|| panic!("{name} in {report}"));
    let origin = setting["origin"].as_str().unwrap().to_owned();
    (setting["value"].clone(), origin)
}

#[test]
fn flags_go_before_the_environment_and_that_before_the_project_and_that_before_the_user() {
    let desk = Desk::new()
        .users("limit = 1\nsnippets = 1\ncolor = \"always\"\ntz = \"Europe/Warsaw\"\n")
        .project("limit = 2\nsnippets = 2\ncolor = \"never\"\n");
    let ran = desk.run_with(
        &[("SHUKACH_LIMIT", "3"), ("SHUKACH_SNIPPETS", "3")],
        &["config", "--json", "--limit", "4"],
    );
    let ran = ran.expect(0);
    let expected = [
        ("limit", "4", "flag"),
        ("snippets", "3", "environment"),
        ("color", "never", "file"),
        ("tz", "Europe/Warsaw", "file"),
        ("snippet-chars", "240", "default"),
    ];
    for (name, value, origin) in expected {
        assert_eq!(
            in_force(&ran, name),
            (value.into(), origin.into()),
            "{name}"
        );
    }
    assert_valid(&validator("config.v1.schema.json"), &ran.json());
    let places = desk.run(&["config", "--origin"]).expect(0).stdout;
    let line = |name: &str| places.lines().find(|line| line.starts_with(name)).unwrap();
    let project = desk.path("project/.shukach.toml");
    assert!(
        line("color").ends_with(&format!("{}:3", project.display())),
        "{places}"
    );
    assert!(line("snippet-chars").ends_with("# default"), "{places}");
}

#[test]
fn settings_change_what_commands_do_and_flags_change_it_back() {
    let index = sample().index_path();
    let index = index.to_str().unwrap();
    let desk = Desk::new().users(&format!(
        "index = \"{index}\"\nlimit = 2\ntranslit = false\nlang = \"uk\"\n"
    ));
    let hits = |arguments: &[&str]| {
        let ran = desk.run(arguments).expect(0);
        ran.stdout.lines().count()
    };
    assert_eq!(hits(&["search", "мир OR міст", "-l"]), 2);
    assert_eq!(hits(&["search", "мир OR міст", "-l", "-n", "3"]), 3);
    assert_eq!(hits(&["kwic", "гарантії", "--format", "tsv"]), 1 + 2);
    let narrow = desk.run(&["search", "гарантії", "-c"]).expect(0).stdout;
    let wide = desk.run(&["search", "гарантії", "-c", "--translit"]);
    let wide = wide.expect(0).stdout;
    let plain = sample().run(&["search", "гарантії", "-c"]).stdout;
    assert_eq!(wide, plain);
    assert_ne!(narrow, wide, "the switch does nothing");
    let wrong = desk.run(&["search", "(мир"]).expect(2);
    assert!(wrong.stderr.starts_with("помилка["), "{wrong:?}");
    let wrong = desk.run(&["search", "(мир", "--lang", "en"]).expect(2);
    assert!(wrong.stderr.starts_with("error["), "{wrong:?}");
}

#[test]
fn commands_to_copy_repeat_what_was_typed_and_not_what_is_set() {
    let index = sample().index_path();
    let index = index.to_str().unwrap();
    let desk = Desk::new().users(&format!("index = \"{index}\"\nby = \"year\"\nlimit = 4\n"));
    let typed = [
        "search",
        "гаратнії",
        "--limit",
        "10",
        "--in",
        "title,lead",
        "--no-translit",
        "--snippets",
        "1",
    ];
    let shown = desk.run(&typed).expect(1).stdout;
    let command = "    shukach search 'гарантії' --no-translit --in title,lead --limit 10  (";
    assert!(shown.contains(command), "{shown}");
}

#[test]
fn paths_of_a_file_are_meant_from_its_folder() {
    let desk = Desk::new().project("index = \"data/ix\"\n");
    let ran = desk.run(&["config", "--json"]).expect(0);
    let index = desk.path("project").join("data/ix");
    let expected = index.to_str().unwrap().into();
    assert_eq!(in_force(&ran, "index"), (expected, "file".into()));
    let desk = Desk::new().users("lexicon = \"~/names.tsv\"\n");
    let ran = desk.run(&["config", "--json"]).expect(0);
    let (lexicon, _) = in_force(&ran, "lexicon");
    let lexicon = lexicon.as_str().unwrap();
    assert!(
        lexicon.ends_with("/names.tsv") && !lexicon.contains('~'),
        "{lexicon}"
    );
}

#[test]
fn what_is_wrong_is_told_with_file_and_line_and_a_way_out() {
    let faulty = "\n\ncolour = \"never\"\nlimit = \"ten\"\ncolor = \"alwys\"\nsnippet-chars = 1\ntz = \"Mars\"\n";
    let desk = Desk::new().users(faulty);
    let ran = desk.run(&["search", "мир"]).expect(2);
    assert_eq!(ran.stdout, "");
    let file = desk.path(".config/shukach/config.toml");
    let lines: Vec<&str> = ran.stderr.lines().collect();
    let told = [
        (3, "did you mean \"color\"?"),
        (4, "expected a whole number, found a text in quotes"),
        (5, "did you mean \"always\"?"),
        (6, "not in 20..=10000"),
        (7, "unknown time zone"),
    ];
    assert_eq!(lines.len(), told.len(), "{ran:?}");
    for (line, (number, way_out)) in lines.iter().zip(told) {
        assert!(line.contains(&format!("config.toml:{number}: ")), "{line}");
        assert!(line.contains(way_out), "{line}");
    }
    let shown = desk.run(&["config", "--lang", "uk"]).expect(2);
    assert!(shown.stdout.contains("limit = 10\n"), "{shown:?}");
    for told in [
        "може, \"color\"?",
        "snippet-chars: значення \"1\" не годиться; тут має бути число від 20 до 10000",
        "tz: значення \"Mars\" не годиться: такого часового поясу немає",
    ] {
        assert!(shown.stderr.contains(told), "{shown:?}");
    }
    desk.run(&["--help"]).expect(0);
    desk.run(&["completions", "bash"]).expect(0);
    fs::write(&file, b"limit = 1\n# \xcc\xe8\xf0\n").unwrap();
    let ran = desk.run(&["info"]).expect(2);
    assert!(
        ran.stderr.contains("config.toml:2: this is not UTF-8"),
        "{ran:?}"
    );
    fs::write(file, "limit = [1\n").unwrap();
    let ran = desk.run(&["info"]).expect(2);
    assert!(
        ran.stderr.contains("config.toml:1: this is no TOML"),
        "{ran:?}"
    );
    let ran = desk.run_with(
        &[("SHUKACH_CONFIG", "/dev/null"), ("SHUKACH_BY", "ever")],
        &["info"],
    );
    assert!(ran.expect(2).stderr.starts_with("error: $SHUKACH_BY: by: "));
}

#[test]
fn a_value_that_a_command_does_not_know_leaves_its_default() {
    let index = sample().index_path();
    let index = index.to_str().unwrap();
    let desk = Desk::new().users(&format!(
        "index = \"{index}\"\nby = \"none\"\nlimit = 0x2\n"
    ));
    let found = desk.run(&["search", "міст"]).expect(0).stdout;
    assert!(
        !found.contains("By month") && found.contains("\n  2 ") && !found.contains("\n  3 "),
        "{found}"
    );
    // A timeline without periods is none, and counts have periods only where they are asked for.
    let drawn = desk.run(&["timeline", "міст"]).expect(0).stdout;
    assert!(drawn.contains("2025-Q3 "), "{drawn}");
    let desk = Desk::new().users(&format!("index = \"{index}\"\nby = \"year\"\n"));
    assert!(
        desk.run(&["timeline", "міст"])
            .expect(0)
            .stdout
            .contains("\n    2025 ")
    );
    assert_eq!(
        desk.run(&["count", "міст"])
            .expect(0)
            .stdout
            .lines()
            .count(),
        1
    );
}

#[test]
fn the_file_of_a_project_names_no_command_to_run() {
    let desk = Desk::new().project("pager = \"touch /tmp/pwned\"\n");
    let ran = desk.run(&["config"]).expect(2);
    assert!(
        ran.stderr
            .contains(".shukach.toml:1: pager: a command may not stand"),
        "{ran:?}"
    );
    assert!(!ran.stdout.contains("pwned"), "{ran:?}");
    Desk::new()
        .project("pager = false\n")
        .run(&["config"])
        .expect(0);
    let desk = Desk::new().users("pager = \"less -R\"\n");
    let ran = desk.run(&["config", "--json"]).expect(0);
    assert_eq!(in_force(&ran, "pager"), ("less -R".into(), "file".into()));
}

#[test]
fn the_users_file_can_be_another_one_or_none() {
    let desk = Desk::new()
        .users("limit = 1\n")
        .file("other.toml", "limit = 2\n");
    let other = desk.path("other.toml");
    let limit = |variables: &[(&str, &str)]| {
        let ran = desk.run_with(variables, &["config", "--json"]).expect(0);
        in_force(&ran, "limit").0
    };
    assert_eq!(limit(&[]), "1");
    assert_eq!(limit(&[("SHUKACH_CONFIG", other.to_str().unwrap())]), "2");
    assert_eq!(limit(&[("SHUKACH_CONFIG", "")]), "10");
    assert_eq!(limit(&[NO_SETTINGS]), "10");
    let missing = desk.run_with(&[("SHUKACH_CONFIG", "/nowhere.toml")], &["config"]);
    assert!(
        missing
            .expect(2)
            .stderr
            .contains("/nowhere.toml: cannot read")
    );
}

#[test]
fn what_config_prints_is_a_file_of_settings() {
    let desk = Desk::new().users("limit = 7\npager = \"less \\\"-R\\\"\"\nvariants = false\n");
    let printed = desk.run(&["config", "--origin"]).expect(0).stdout;
    let desk = desk.file("printed.toml", &printed);
    let again = desk.path("printed.toml");
    let ran = desk.run_with(
        &[("SHUKACH_CONFIG", again.to_str().unwrap())],
        &["config", "--json"],
    );
    let ran = ran.expect(0);
    for (name, value) in [
        ("limit", "7"),
        ("pager", "less \"-R\""),
        ("variants", "false"),
    ] {
        assert_eq!(
            in_force(&ran, name),
            (value.into(), "file".into()),
            "{name}"
        );
    }
}
