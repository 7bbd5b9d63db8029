//! `shukach demo`: indexes and searches the sample archive, showing each command.

use crate::exit::{Exit, Failure};
use include_dir::{Dir, include_dir};
use shukach::Error;
use shukach::locale::Locale;
use shukach::render::shell::quoted;
use std::env;
use std::ffi::OsString;
use std::path::Path;

static ARCHIVE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/tests/archive");

/// A command of the demo, introduced by what its answer shows.
struct Step {
    english: &'static str,
    ukrainian: &'static str,
    /// As it would be typed after the name of the program and before `--index`.
    command: &'static [&'static str],
}

const STEPS: &[Step] = &[
    Step {
        english: "\
# Read an archive. Two lines of this one are broken on purpose: they are reported with their place,
# and everything else is indexed.",
        ukrainian: "\
# Зчитати архів. Два рядки в ньому зламано навмисно: Шукач каже, де вони, а решту індексує.",
        command: &["index", "ARCHIVE"],
    },
    Step {
        english: "# Both words, in any inflected form; adjacent words rank higher.",
        ukrainian: "# Обидва слова в будь-якій формі; ті, що стоять поруч, – вище.",
        command: &["search", "гарантії безпеки", "--limit", "3"],
    },
    Step {
        english: "# A phrase, or another word.",
        ukrainian: "# Словосполучення або інше слово.",
        command: &[
            "search",
            "«реставрація замку» OR кіт",
            "--limit",
            "3",
            "--by",
            "none",
        ],
    },
    Step {
        english: "\
# One word without another, newest first. This marks місто (city) as well: міст is both \"bridge\" and
# the genitive plural of місто, and the index keeps both words under one key.",
        ukrainian: "\
# Одне слово без іншого, найновіші спершу. Позначено й «місто»: «міст» – це і називний відмінок слова
# «міст», і родовий множини слова «місто», тож в індексі обидва мають один ключ.",
        command: &[
            "search",
            "міст -футбол",
            "--from",
            "2025-12",
            "--sort",
            "-date",
            "--limit",
            "3",
        ],
    },
    Step {
        english: "# The keys show it.",
        ukrainian: "# Ось ці ключі.",
        command: &["analyze", "міст місто мостами містами"],
    },
    Step {
        english: "# An equals sign asks for one form only.",
        ukrainian: "# Знак рівності шукає лише цю форму.",
        command: &["search", "=міст", "--limit", "1", "--by", "none"],
    },
    Step {
        english: "\
# A typing error, and a word in the wrong keyboard layout. Nothing is replaced silently: the answer
# offers another query …",
        ukrainian: "\
# Описка і слово не в тій розкладці. Нічого не замінено потай: відповідь пропонує інший запит …",
        command: &["search", "гаратнії ,tpgtrb"],
    },
    Step {
        english: "# … and searches for it only when asked to.",
        ukrainian: "# … і шукає його, лише коли попросити.",
        command: &[
            "search",
            "гаратнії ,tpgtrb",
            "--accept-suggestions",
            "--limit",
            "1",
            "--by",
            "none",
        ],
    },
    Step {
        english: "# The same for programs: JSON with the fields that you choose.",
        ukrainian: "# Те саме для програм: JSON з полями на вибір.",
        command: &[
            "search",
            "«гарантія безпеки»",
            "--json",
            "--fields",
            "id,title,published,source",
            "--limit",
            "2",
            "--by",
            "year",
        ],
    },
    Step {
        english: "# What the index holds.",
        ukrainian: "# Що є в індексі.",
        command: &["info"],
    },
];

/// Runs a command line that was typed.
type Run<'a> = &'a dyn Fn(&[OsString], Locale) -> Result<Exit, Failure>;

/// Runs every step with `run_typed` in a new temporary folder, which stays for the user to look at.
pub(crate) fn run(run_typed: Run<'_>, locale: Locale) -> Result<Exit, Failure> {
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
    for step in STEPS {
        let typed = step.typed(&program, &folder);
        println!("{}", locale.choose(step.english, step.ukrainian));
        let shown: Vec<_> = typed.iter().map(|word| quoted(word)).collect();
        println!("$ {}", shown.join(" "));
        let typed: Vec<OsString> = typed.into_iter().map(OsString::from).collect();
        if run_typed(&typed, locale)? == Exit::Interrupted {
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

impl Step {
    /// Returns the command line, with the paths of the archive and of the index below `folder`.
    fn typed(&self, program: &str, folder: &Path) -> Vec<String> {
        let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
        let word = |word: &&str| match *word {
            "ARCHIVE" => path("archive"),
            word => word.to_owned(),
        };
        let mut typed = vec![program.to_owned()];
        typed.extend(self.command.iter().map(word));
        if self.command.first() != Some(&"analyze") {
            typed.extend(["--index".to_owned(), path("index")]);
        }
        typed
    }
}
