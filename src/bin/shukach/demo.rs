//! `shukach demo`: the main job on the sample archive, with the commands that do it.

use crate::cli;
use crate::config::Config;
use crate::exit::{Exit, Failure};
use include_dir::{Dir, include_dir};
use shukach::Error;
use shukach::locale::Locale;
use shukach::render::shell::quoted;
use std::env;
use std::ffi::OsString;
use std::path::Path;

static ARCHIVE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/tests/archive");

/// What is shown, as it would be typed behind the name of the program.
const COMMANDS: &[&[&str]] = &[
    &["index", "ARCHIVE", "--index", "INDEX"],
    &[
        "search",
        "гарантії безпеки",
        "--limit",
        "3",
        "--index",
        "INDEX",
    ],
    &[
        "search",
        "«реставрація замку» OR кіт",
        "--limit",
        "3",
        "--by",
        "none",
        "--index",
        "INDEX",
    ],
    &[
        "search",
        "міст -футбол",
        "--from",
        "2025-12",
        "--sort",
        "-date",
        "--limit",
        "3",
        "--index",
        "INDEX",
    ],
    &["info", "--index", "INDEX"],
];

pub(crate) fn run(locale: Locale) -> Result<Exit, Failure> {
    let folder = tempfile::Builder::new()
        .prefix("shukach-demo-")
        .tempdir()?
        .keep();
    let archive = folder.join("archive");
    std::fs::create_dir(&archive)?;
    ARCHIVE.extract(&archive).map_err(|source| Error::Io {
        action: "write",
        path: archive.clone(),
        source,
    })?;
    let program = env::args().next().unwrap_or_else(|| "shukach".to_owned());
    for command in COMMANDS {
        if run_one((&program, command), &folder, locale)? == Exit::Interrupted {
            return Ok(Exit::Interrupted);
        }
        println!();
    }
    let folder = folder.display();
    match locale {
        Locale::English => println!(
            "The sample archive and its index are in {folder}; remove the folder when you are done."
        ),
        Locale::Ukrainian => println!(
            "Зразковий архів та його індекс лежать у {folder}; видаліть цю теку, коли вона вже не потрібна."
        ),
    }
    Ok(Exit::Success)
}

fn run_one(
    (program, command): (&str, &[&str]),
    folder: &Path,
    locale: Locale,
) -> Result<Exit, Failure> {
    let place = |word: &&str| match *word {
        "ARCHIVE" => folder.join("archive").to_string_lossy().into_owned(),
        "INDEX" => folder.join("index").to_string_lossy().into_owned(),
        word => word.to_owned(),
    };
    let words: Vec<String> = command.iter().map(place).collect();
    let typed: Vec<String> = words.iter().map(|word| quoted(word).into_owned()).collect();
    println!("$ {program} {}", typed.join(" "));
    // The demo is the same for everyone.
    let config = Config::default();
    let typed = std::iter::once(program.into()).chain(words.iter().map(OsString::from));
    let arguments = cli::parse(&typed.collect::<Vec<_>>(), &config, locale)
        .map_err(|error| Failure::Usage(error.to_string()))?;
    crate::command::run(arguments.command, &config, locale)
}
