//! Ctrl-C: a command ends at once with exit code 130; an index job first keeps what it has read,
//! and an unfinished output file is removed.

use shukach::index::stop::StopFlag;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

/// The exit code of a program that was interrupted.
pub(crate) const CODE: u8 = 130;

/// Whether Ctrl-C ends the program at once.
static ENDS_AT_ONCE: LazyLock<Arc<AtomicBool>> = LazyLock::new(|| Arc::new(AtomicBool::new(true)));

/// Takes Ctrl-C over from the system. Where that fails, the system ends the program.
pub(crate) fn listen() {
    let ends_at_once = Arc::clone(&ENDS_AT_ONCE);
    let _ = flag::register_conditional_shutdown(SIGINT, CODE.into(), ends_at_once);
}

/// Says that Ctrl-C ended what was being written.
#[derive(Debug, thiserror::Error)]
#[error("interrupted")]
struct Interrupted;

/// Returns whether it was Ctrl-C that ended what was being written.
pub(crate) fn is_cause_of(error: &io::Error) -> bool {
    let inner = error.get_ref();
    let interrupted = inner.and_then(|inner| inner.downcast_ref::<Interrupted>());
    interrupted.is_some()
}

/// What is written to until Ctrl-C. From then on writing fails, so that who writes can tidy up.
#[derive(Debug)]
pub(crate) struct UntilInterrupted<Inner> {
    inner: Inner,
    stop: StopFlag,
    _patience: Patience,
}

impl<Inner> UntilInterrupted<Inner> {
    /// Opens what is written to, which must not stay behind: so Ctrl-C is listened to before it is
    /// there.
    pub(crate) fn open(inner: impl FnOnce() -> io::Result<Inner>) -> io::Result<Self> {
        let (patience, stop) = Patience::of_job();
        Ok(Self {
            inner: inner()?,
            stop,
            _patience: patience,
        })
    }

    /// Returns what was written to, if Ctrl-C did not come before.
    pub(crate) fn into_inner(self) -> io::Result<Inner> {
        self.check()?;
        Ok(self.inner)
    }

    fn check(&self) -> io::Result<()> {
        if self.stop.is_raised() {
            return Err(io::Error::other(Interrupted));
        }
        Ok(())
    }
}

impl<Inner: Write> Write for UntilInterrupted<Inner> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.check()?;
        self.inner.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.check()?;
        self.inner.flush()
    }
}

/// While this lives, Ctrl-C does not end the program at once.
#[derive(Debug)]
pub(crate) struct Patience(());

impl Patience {
    /// Leaves Ctrl-C to another program that sits at the terminal too.
    pub(crate) fn new() -> Self {
        ENDS_AT_ONCE.store(false, Ordering::SeqCst);
        Self(())
    }

    /// Lets Ctrl-C, or the system when it ends programs, raise the flag; a second time ends the
    /// program at once.
    pub(crate) fn of_job() -> (Self, StopFlag) {
        let stop = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM] {
            // In this order: what ends the program looks at the flag before it is raised.
            let _ = flag::register_conditional_shutdown(signal, CODE.into(), Arc::clone(&stop));
            let _ = flag::register(signal, Arc::clone(&stop));
        }
        (Self::new(), StopFlag::of(stop))
    }
}

impl Drop for Patience {
    fn drop(&mut self) {
        ENDS_AT_ONCE.store(true, Ordering::SeqCst);
    }
}
