//! Reading in a thread of its own, so that whoever waits can give it up at any moment: also within
//! a page of 16 MiB, a block of bzip2 or a call to a system that does not answer.

use crate::archive::file::ArchiveFile;
use crate::archive::left_aside::LeftAside;
use crate::archive::read_article::ReadArticle;
use crate::error::{ArticleError, Problem};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

/// How many articles may wait for whoever asked for them.
const WAITING_ARTICLES: usize = 2;

/// How long nothing may come before the flag and the clock are looked at.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// The stack of a main thread; parsers of nested formats need more than other threads have.
const STACK_BYTES: usize = 8 << 20;

/// What comes from the thread.
enum Message {
    Read(Box<Result<ReadArticle, ArticleError>>),
    End(LeftAside),
}

/// What both threads see.
#[derive(Debug, Default)]
struct Shared {
    is_given_up: AtomicBool,
    /// Counts the reader's requests for more of the file; while it grows, the reader is not stuck.
    asked: AtomicU64,
}

/// Reads a file as [`ArchiveFile::read_until`] says.
pub(crate) fn read(
    file: &ArchiveFile,
    is_stopped: &dyn Fn() -> bool,
    each: &mut dyn FnMut(Result<ReadArticle, ArticleError>),
) -> LeftAside {
    let shared = Arc::new(Shared::default());
    let Ok(messages) = start(file.clone(), Arc::clone(&shared)) else {
        // No thread is to be had.
        return file.read_here(is_stopped, each);
    };
    let mut asked = 0;
    // A process that was suspended has not waited.
    let mut waited = Duration::ZERO;
    while !is_stopped() {
        match messages.recv_timeout(LOOK_EVERY) {
            Ok(Message::Read(read)) => {
                each(*read);
                waited = Duration::ZERO;
            }
            Ok(Message::End(left_aside)) => return left_aside,
            Err(RecvTimeoutError::Timeout) => {
                let now_asked = shared.asked.load(Ordering::Relaxed);
                if now_asked != asked {
                    asked = now_asked;
                    waited = Duration::ZERO;
                    continue;
                }
                waited += LOOK_EVERY;
                if waited > file.time_limit {
                    let seconds = file.time_limit.as_secs();
                    each(Err(file.error(Problem::TooSlow { seconds }.into())));
                    break;
                }
            }
            Err(RecvTimeoutError::Disconnected) => {
                each(Err(file.error(Problem::ParserFailed.into())));
                break;
            }
        }
    }
    // The thread ends when it next asks for more, or with the program.
    shared.is_given_up.store(true, Ordering::Relaxed);
    LeftAside::default()
}

fn start(file: ArchiveFile, shared: Arc<Shared>) -> io::Result<Receiver<Message>> {
    let (sender, messages) = sync_channel(WAITING_ARTICLES);
    thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(move || read_and_send(&file, &shared, &sender))?;
    Ok(messages)
}

fn read_and_send(file: &ArchiveFile, shared: &Shared, sender: &SyncSender<Message>) {
    let is_given_up = || {
        shared.asked.fetch_add(1, Ordering::Relaxed);
        shared.is_given_up.load(Ordering::Relaxed)
    };
    // Nobody hears of it any more where sending fails.
    let left_aside = file.read_here(&is_given_up, &mut |read| {
        let _ = sender.send(Message::Read(Box::new(read)));
    });
    let _ = sender.send(Message::End(left_aside));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::Archive;
    use std::process::Command;

    /// A file of which the system never gives the first byte.
    fn silent_file(folder: &tempfile::TempDir) -> ArchiveFile {
        let pipe = folder.path().join("pipe");
        let made = Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        let text = folder.path().join("a.txt");
        std::fs::write(&text, "Міст").unwrap();
        let file = Archive::open(&[text]).unwrap().files().next().unwrap();
        ArchiveFile {
            path: pipe,
            ..file.unwrap()
        }
    }

    #[test]
    fn reading_is_given_up_at_any_moment() {
        let folder = tempfile::tempdir().unwrap();
        let file = silent_file(&folder);
        let looks = AtomicU64::new(0);
        let is_stopped = || looks.fetch_add(1, Ordering::Relaxed) > 0;
        file.read_until(&is_stopped, &mut |read| panic!("{read:?}"));
    }

    #[test]
    fn what_takes_too_long_is_given_up_and_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = ArchiveFile {
            time_limit: Duration::ZERO,
            ..silent_file(&folder)
        };
        let mut told = Vec::new();
        file.read_until(&|| false, &mut |read| told.push(read.unwrap_err().problem));
        assert!(matches!(told.as_slice(), [Problem::TooSlow { seconds: 0 }]));
    }
}
