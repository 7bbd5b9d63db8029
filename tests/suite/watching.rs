//! `shukach watch`: files that come, change, move and go are followed.

use crate::archive_fixture::{Line, TempArchive};
use crate::cli_fixture::{NO_SETTINGS, run_in};
use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a change may take to be seen on a busy computer.
const PATIENCE: Duration = Duration::from_mins(2);

/// A watching program that is ended with its test.
struct Watching(Child);

impl Watching {
    fn start(archive: &TempArchive, flags: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shukach"));
        command
            .env_clear()
            .env("HOME", archive.folder())
            .env(NO_SETTINGS.0, NO_SETTINGS.1)
            .current_dir(archive.folder())
            .args(["watch", "archive", "--index", "index", "--settle", "1s"])
            .args(flags)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        Self(command.spawn().unwrap())
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits until a query finds so many articles.
#[track_caller]
fn wait_for(archive: &TempArchive, query: &str, expected: &str) {
    let started = Instant::now();
    loop {
        let ran = archive.run(&["search", query, "-c"]);
        if ran.stdout == format!("{expected}\n") {
            return;
        }
        assert!(started.elapsed() < PATIENCE, "{query}: {ran:?}");
        std::thread::sleep(Duration::from_millis(200));
    }
}

#[test]
fn what_comes_changes_moves_and_goes_is_followed() {
    let archive = TempArchive::of_articles(&[Line::new("1", "Кіт спить.")]);
    for flags in [&[][..], &["--poll", "1s"]] {
        let watching = Watching::start(&archive, flags);
        wait_for(&archive, "кіт", "1");
        archive.write("нова.txt", "Собака\n\nСобака гавкає на подвір’ї.");
        wait_for(&archive, "собака", "1");
        archive.write("нова.txt", "Корова\n\nКорова пасеться на луці.");
        wait_for(&archive, "корова", "1");
        wait_for(&archive, "собака", "0");
        archive.remove("нова.txt");
        wait_for(&archive, "корова", "0");
        let away = archive.folder().join("деінде");
        fs::rename(archive.root(), &away).unwrap();
        std::thread::sleep(Duration::from_secs(2));
        // Readers go on, and what was read stays.
        wait_for(&archive, "кіт", "1");
        fs::write(away.join("друга.txt"), "Вівця\n\nВівця щипає траву.").unwrap();
        fs::rename(&away, archive.root()).unwrap();
        wait_for(&archive, "вівця", "1");
        archive.remove("друга.txt");
        wait_for(&archive, "вівця", "0");
        drop(watching);
    }
}

#[test]
fn once_reads_what_has_changed_and_ends() {
    let archive = TempArchive::of_articles(&[Line::new("1", "Кіт спить.")]);
    let once = ["watch", "archive", "--index", "index", "--once"];
    let ran = run_in(archive.folder(), &once).expect(0);
    assert!(
        ran.stdout.starts_with("1 article in 1 file: 1 added"),
        "{ran:?}"
    );
    let ran = run_in(archive.folder(), &once).expect(0);
    assert!(ran.stdout.contains("1 unchanged"), "{ran:?}");
    let ran = run_in(archive.folder(), &["watch", "-"]).expect(2);
    assert!(
        ran.stderr.contains("standard input cannot be watched"),
        "{ran:?}"
    );
    run_in(archive.folder(), &["watch", "немає"]).expect(2);
}

#[cfg(unix)]
#[test]
fn the_end_of_watching_is_no_failure() {
    let archive = TempArchive::of_articles(&[Line::new("1", "Кіт спить.")]);
    let mut watching = Watching::start(&archive, &[]);
    wait_for(&archive, "кіт", "1");
    let pid = watching.0.id().to_string();
    let killed = Command::new("kill").args(["-TERM", &pid]).status().unwrap();
    assert!(killed.success());
    assert_eq!(watching.0.wait().unwrap().code(), Some(0));
}
