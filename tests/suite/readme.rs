//! README and docs are true: their commands run, their links lead somewhere, their tables are
//! complete.

use crate::archive_fixture::copy_folder;
use crate::cli_fixture::{program, run};
use crate::sample::{archive, repository};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Returns the text of a page, by its path in the repository.
pub(crate) fn page(path: &str) -> String {
    let bytes = fs::read(repository().join(path)).expect(path);
    String::from_utf8(bytes).unwrap()
}

/// Returns the paths of the README and of all pages in `docs`, sorted.
fn guides() -> Vec<String> {
    let mut pages = vec!["README.md".to_owned()];
    for entry in walkdir::WalkDir::new(repository().join("docs")).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        if path.extension().is_some_and(|extension| extension == "md") {
            let name = path.strip_prefix(repository()).unwrap();
            pages.push(name.to_str().unwrap().replace('\\', "/"));
        }
    }
    assert!(pages.len() > 8, "docs was not found");
    pages
}

/// A command of a page.
#[derive(Debug, PartialEq, Eq)]
struct Shown {
    arguments: Vec<String>,
    code: i32,
    /// The lines below it up to the next command or the end of the block.
    output: Vec<String>,
}

/// Returns the lines `$ shukach …` of all ```` ```console ```` blocks; behind one may stand `# exit
/// 3`.
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
                output: Vec::new(),
            });
        } else if let Some(shown) = commands.last_mut().filter(|_| is_console) {
            shown.output.push(line.to_owned());
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
            code: 1,
            output: vec!["output".to_owned()],
        }]
    );
}

/// Returns `text` with `N ms` for every time taken.
fn without_time(text: &str) -> String {
    let taken = regex::Regex::new(r"\b\d+ ms\b").unwrap();
    taken.replace_all(text, "N ms").into_owned()
}

#[test]
fn the_commands_of_the_readme_and_of_the_docs_run_in_their_order() {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&archive(), &folder.path().join("archive"));
    let mut count = 0;
    for guide in guides() {
        for shown in commands(&page(&guide)) {
            let mut command = program(folder.path());
            command
                .env("SHUKACH_INDEX", folder.path().join("index"))
                .env("TMPDIR", folder.path())
                .args(&shown.arguments);
            let ran = run(&mut command);
            assert_eq!(ran.code, shown.code, "{guide}: {shown:?}: {ran:?}");
            let home = folder.path().to_str().unwrap();
            let output = without_time(&ran.stdout.replace(home, "/home/olena"));
            for line in &shown.output {
                let is_there = output.contains(without_time(line).trim_end());
                assert!(is_there, "{guide}: {line:?} is not in {output}");
            }
            count += 1;
        }
    }
    assert!(count > 50, "only {count} commands were seen");
}

/// Returns the targets of all links `[…](target)` of a page that are not on the web.
fn links(page: &str) -> Vec<&str> {
    let targets = page.split("](").skip(1);
    targets
        .filter_map(|rest| rest.split_once(')'))
        .map(|(target, _)| target)
        .filter(|target| !target.contains("://"))
        .collect()
}

/// Returns the anchors of the headings of a page, as forges make them.
fn anchors(page: &str) -> BTreeSet<String> {
    let headings = page.lines().filter(|line| line.starts_with('#'));
    headings
        .map(|line| line.trim_start_matches('#').trim().to_lowercase())
        .map(|heading| {
            let kept = heading
                .chars()
                .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
            kept.map(|c| if c == ' ' { '-' } else { c }).collect()
        })
        .collect()
}

/// Returns the paths of all pages.
fn pages() -> Vec<String> {
    let mut pages = guides();
    let others = ["ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md"];
    pages.extend(others.map(str::to_owned));
    pages.push("index-schema/README.md".to_owned());
    pages
}

#[test]
fn every_link_of_a_page_leads_to_a_file_and_a_heading() {
    let mut count = 0;
    for name in pages() {
        let text = page(&name);
        for link in links(&text) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let folder = Path::new(&name).parent().unwrap();
            let target = if file.is_empty() {
                repository().join(&name)
            } else {
                repository().join(folder).join(file)
            };
            assert!(target.exists(), "{name}: {link}");
            if !anchor.is_empty() {
                let text = String::from_utf8(fs::read(target).unwrap()).unwrap();
                assert!(anchors(&text).contains(anchor), "{name}: {link}");
            }
            count += 1;
        }
    }
    assert!(count > 30, "only {count} links were seen");
}

#[test]
fn every_source_file_that_a_page_names_is_there() {
    let mut count = 0;
    for name in pages() {
        let text = page(&name);
        for code in text.split('`').skip(1).step_by(2) {
            let path = Path::new(code);
            let is_source = path
                .extension()
                .is_some_and(|extension| extension == "rs" || extension == "tsv");
            let is_path = code.contains('/') && !code.contains(' ');
            if !is_path || !(is_source || path.starts_with("src")) {
                continue;
            }
            let root = repository();
            let is_there = root.join(path).exists() || root.join("src").join(path).exists();
            assert!(is_there, "{name}: {code}");
            count += 1;
        }
    }
    assert!(count > 30, "only {count} paths were seen");
}

#[test]
fn the_readme_is_short_and_names_the_commands_that_continuous_integration_runs() {
    let readme = page("README.md");
    assert!(readme.lines().count() <= 150);
    let checks = page(".ci/run");
    for command in [
        "cargo test --locked",
        "cargo run --release --locked -- demo",
    ] {
        assert!(readme.contains(&format!("\n{command} ")), "{command}");
        assert!(checks.contains(&format!("\nstep {command}\n")), "{command}");
    }
}

/// Returns the page of the fields of the index, made of their descriptions in the schema.
fn page_of_fields() -> String {
    let schema: Value = serde_json::from_str(shukach::schema::SCHEMA_JSON).unwrap();
    let mut page = "# Fields of the index\n\n\
        This page is generated from the schema that the program itself reads, \
        [index-schema](../index-schema/README.md).\n\n\
        | field | content |\n|---|---|\n"
        .to_owned();
    for field in schema["fields"].as_array().unwrap() {
        let (name, description) = (&field["name"], &field["description"]);
        let (name, description) = (name.as_str().unwrap(), description.as_str().unwrap());
        writeln!(page, "| `{name}` | {} |", description.replace('|', "\\|")).unwrap();
    }
    page
}

#[test]
fn the_page_of_fields_is_that_of_the_schema() {
    let path = repository().join("docs/index-fields.md");
    let expected = page_of_fields();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &expected).unwrap();
    }
    let found = fs::read(&path).unwrap_or_default();
    assert!(
        found == expected.as_bytes(),
        "docs/index-fields.md is out of date; renew it: UPDATE=1 cargo test --locked --test suite readme::"
    );
}

#[test]
fn the_table_of_exit_codes_lists_all_of_them() {
    let page = page("docs/output.md");
    let codes: Vec<String> = page
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
