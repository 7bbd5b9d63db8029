//! A panic ends a command with a message like any other failure.
//!
//! The library has none that it knows of; the search engine may panic over an index that was
//! damaged on the disk.

use crate::exit::Failure;
use shukach::error::containment;
use shukach::locale::Locale;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// What the last panic said, with its place.
static LAST: Mutex<String> = Mutex::new(String::new());

/// Keeps panics from printing what only programmers understand; with `RUST_BACKTRACE` they do.
pub(crate) fn hush() {
    let print = take_hook();
    set_hook(Box::new(move |panic| {
        // One that is caught and reported as a problem of one file needs no words of its own.
        if containment::is_contained() {
            return;
        }
        let told = described(panic);
        let is_main = thread::current().name() == Some("main");
        if std::env::var_os("RUST_BACKTRACE").is_some() {
            print(panic);
        } else if !is_main {
            eprintln!("{told}");
        }
        *LAST.lock().unwrap_or_else(PoisonError::into_inner) = told;
    }));
}

fn described(panic: &PanicHookInfo<'_>) -> String {
    let said = panic.payload_as_str().unwrap_or_default();
    match panic.location() {
        Some(place) => format!("{}:{}: {said}", place.file(), place.line()),
        None => said.to_owned(),
    }
}

/// Runs a command; a panic is a failure.
pub(crate) fn caught<T>(
    locale: Locale,
    command: impl FnOnce() -> Result<T, Failure>,
) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(command)).unwrap_or_else(|_| {
        let last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
        let told = locale.choose(
            "internal error; check the index with shukach verify, and if it is sound, please report this",
            "збій програми; перевірте індекс командою shukach verify, а якщо він цілий, повідомте нас про це",
        );
        Err(Failure::Usage(format!("{told} ({last})")))
    })
}
