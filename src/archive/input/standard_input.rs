//! The standard input, read so that Ctrl-C is answered while nothing comes.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

/// How many bytes one piece has at most.
const PIECE_BYTES: usize = 64 * 1024;

/// How many pieces may wait.
const WAITING_PIECES: usize = 4;

/// How long nothing may come before the flag is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// The standard input; it ends once reading is stopped, also while it waits for more.
///
/// A thread reads ahead. A read cannot be called off, so after a stop the thread waits on until the
/// process ends.
pub(crate) struct StandardInput<'a> {
    pieces: Receiver<io::Result<Vec<u8>>>,
    piece: Vec<u8>,
    start: usize,
    is_stopped: &'a dyn Fn() -> bool,
}

impl<'a> StandardInput<'a> {
    pub(crate) fn open(is_stopped: &'a dyn Fn() -> bool) -> Self {
        let (sender, pieces) = sync_channel(WAITING_PIECES);
        thread::spawn(move || {
            let mut input = io::stdin().lock();
            loop {
                let mut piece = vec![0; PIECE_BYTES];
                let read = input.read(&mut piece).map(|count| {
                    piece.truncate(count);
                    piece
                });
                let is_last = !matches!(&read, Ok(piece) if !piece.is_empty());
                if sender.send(read).is_err() || is_last {
                    return;
                }
            }
        });
        Self {
            pieces,
            piece: Vec::new(),
            start: 0,
            is_stopped,
        }
    }
}

impl Read for StandardInput<'_> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        while self.start == self.piece.len() {
            match self.pieces.recv_timeout(LOOK_EVERY) {
                Ok(piece) => {
                    self.piece = piece?;
                    self.start = 0;
                    if self.piece.is_empty() {
                        return Ok(0);
                    }
                }
                Err(RecvTimeoutError::Timeout) if !(self.is_stopped)() => {}
                Err(_) => return Ok(0),
            }
        }
        let mut rest = self.piece.get(self.start..).unwrap_or_default();
        let count = rest.read(target)?;
        self.start += count;
        Ok(count)
    }
}
