//! Ctrl-C: what runs ends at once with exit code 130, but an index job first keeps what it has read.

use shukach::index::stop::StopFlag;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
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

/// While this lives, Ctrl-C does not end the program at once.
#[derive(Debug)]
pub(crate) struct Patience(());

impl Patience {
    /// Leaves Ctrl-C to another program that sits at the terminal too.
    pub(crate) fn new() -> Self {
        ENDS_AT_ONCE.store(false, Ordering::SeqCst);
        Self(())
    }

    /// Lets Ctrl-C, or the system when it ends programs, raise the flag; a second time ends the program at once.
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
