//! Completions in the shell, asked for as its script asks.

use crate::cli_fixture::{program, run, run_in};
use crate::sample::sample;

/// Completes the last of `words` as `shell` does.
fn completed(shell: &str, words: &[&str]) -> Vec<String> {
    let mut command = program(sample().folder());
    command
        .env("LANG", "uk_UA.UTF-8")
        .env("SHUKACH_COMPLETE", shell);
    command.env("_CLAP_COMPLETE_INDEX", words.len().to_string());
    command.args(["--", "shukach"]).args(words);
    let answer = run(&mut command).expect(0).stdout;
    answer.lines().map(str::to_owned).collect()
}

#[test]
fn the_script_of_each_shell_asks_the_program() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run_in(sample().folder(), &["completions", shell])
            .expect(0)
            .stdout;
        assert!(script.contains("SHUKACH_COMPLETE"), "{shell}: {script}");
    }
}

#[test]
fn commands_and_options_are_completed_in_the_language_of_the_user() {
    assert_eq!(completed("bash", &["more"]), ["more-like"]);
    let options = completed("bash", &["search", "--sour"]);
    assert_eq!(options, ["--source"]);
    let told = completed("zsh", &["sear"]);
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("search:Знайти статті"), "{told:?}");
}

#[test]
fn values_come_from_the_index() {
    let index = sample().index_path();
    let index = index.to_str().unwrap();
    for command in ["search", "count", "kwic", "list"] {
        let values = completed("zsh", &[command, "--index", index, "--source", "хвиля"]);
        assert_eq!(values, ["Хвиля Поділля:21"], "{command}");
    }
    let words = completed(
        "bash",
        &["list", &format!("--index={index}"), "--source", "Хвиля\\ П"],
    );
    assert_eq!(words, ["Хвиля\\ Поділля"]);
    let languages = completed("fish", &["list", "--index", index, "--language", ""]);
    let languages: Vec<&str> = languages
        .iter()
        .filter_map(|line| line.split('\t').next())
        .collect();
    assert_eq!(languages, ["uk", "ru", "en"]);
    // No index is no value, and no message.
    let none = completed("zsh", &["list", "--index", "/nowhere", "--source", ""]);
    assert_eq!(none, [""; 0]);
}
