//! The README tells the truth: its commands run, its tables are complete.

use crate::archive_fixture::copy_folder;
use crate::cli_fixture::{program, run};
use crate::sample::{archive, repository};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

fn readme() -> String {
    let path = repository().join("README.md");
    let bytes = fs::read(path).expect("README.md");
    String::from_utf8(bytes).unwrap()
}

/// A command of the README.
#[derive(Debug, PartialEq, Eq)]
struct Shown {
    arguments: Vec<String>,
    code: i32,
}

/// Returns the lines `$ shukach …` of all ```` ```console ```` blocks; behind one may stand `# exit 3`.
fn commands(readme: &str) -> Vec<Shown> {
    let mut is_console = false;
    let mut commands = Vec::new();
    for line in readme.lines() {
        if let Some(language) = line.trim_start().strip_prefix("```") {
            is_console = language.trim() == "console";
        } else if let Some(command) = line.strip_prefix("$ shukach ").filter(|_| is_console) {
            let (command, code) = command.rsplit_once("# exit ").unwrap_or((command, "0"));
            commands.push(Shown {
                arguments: split(command),
                code: code.trim().parse().unwrap(),
            });
        }
    }
    commands
}

/// Splits a line as a shell does that knows words, `'…'`, `"…"` and `\`.
pub(crate) fn split(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut rest = line.chars();
    while let Some(c) = rest.next() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None | Some('"'), '\\') => word.get_or_insert_default().extend(rest.next()),
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    assert_eq!(quote, None, "a quote is not closed: {line}");
    words.extend(word);
    words
}

#[test]
fn commands_are_read_as_a_shell_reads_them() {
    let text = "```console\n$ shukach search 'мир -війна' --from=\"2025 12\" \\'a ''  # exit 1\noutput\n```\n$ shukach no\n```\n$ shukach no\n```\n";
    assert_eq!(
        commands(text),
        [Shown {
            arguments: ["search", "мир -війна", "--from=2025 12", "'a", ""]
                .map(str::to_owned)
                .into(),
            code: 1
        }]
    );
}

#[test]
fn the_commands_of_the_readme_run_in_their_order() {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&archive(), &folder.path().join("archive"));
    let commands = commands(&readme());
    assert!(commands.len() >= 3, "{commands:?}");
    for shown in commands {
        let mut command = program(folder.path());
        command
            .env("SHUKACH_INDEX", folder.path().join("index"))
            .env("TMPDIR", folder.path())
            .args(&shown.arguments);
        let ran = run(&mut command);
        assert_eq!(ran.code, shown.code, "{shown:?}: {ran:?}");
    }
}

/// Returns what stands in backquotes in the first cell of every table row that begins with it.
fn first_cells(text: &str) -> Vec<&str> {
    text.lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'))
        .map(|(cell, _)| cell)
        .collect()
}

#[test]
fn the_table_of_fields_lists_the_fields_of_the_index() {
    let schema: Value = serde_json::from_str(shukach::schema::SCHEMA_JSON).unwrap();
    let fields = schema["fields"].as_array().unwrap();
    let fields: BTreeSet<&str> = fields
        .iter()
        .filter_map(|field| field["name"].as_str())
        .collect();
    let readme = readme();
    // A table is of fields if its first row is one; exit codes and flags have tables of their own.
    let tables = readme.split("\n\n").map(first_cells);
    let table = tables
        .filter(|cells| cells.first().is_some_and(|cell| fields.contains(cell)))
        .flatten()
        .collect::<Vec<_>>();
    assert_eq!(table.iter().copied().collect::<BTreeSet<_>>(), fields);
    assert_eq!(table.len(), fields.len(), "a field stands there twice");
}

#[test]
fn the_table_of_exit_codes_lists_all_of_them() {
    let readme = readme();
    let codes: Vec<String> = readme
        .lines()
        .filter_map(|line| line.strip_prefix('|')?.split_once('|'))
        .map(|(cell, _)| cell.trim().trim_matches('`').to_owned())
        .filter(|cell| cell.len() == 1 && cell.chars().all(|c| c.is_ascii_digit()))
        .collect();
    assert_eq!(codes, ["0", "1", "2", "3"]);
}

#[test]
fn cargo_run_runs_the_program_and_not_the_dictionary_tool() {
    let manifest = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).unwrap();
    let manifest = String::from_utf8(manifest).unwrap();
    assert!(manifest.contains("\ndefault-run = \"shukach\"\n"));
}
