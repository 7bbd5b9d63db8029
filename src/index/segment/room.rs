//! Room for the articles on their way to the threads: a few very large ones must not take what
//! thousands of common ones do not.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// What an article takes while it is analysed, in bytes for each byte of its text: the text itself,
/// and two numbers of 8 bytes for each word and each ambiguity of it.
const BYTES_PER_TEXT_BYTE: usize = 5;

/// Room that articles share.
#[derive(Debug)]
pub(super) struct Room {
    bytes: usize,
    taken: Mutex<usize>,
    left: Condvar,
}

/// The place of an article; free again when it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    room: Arc<Room>,
    bytes: usize,
}

impl Room {
    /// Makes room of so many bytes.
    pub(super) fn new(bytes: usize) -> Self {
        Self {
            bytes,
            taken: Mutex::new(0),
            left: Condvar::new(),
        }
    }

    /// Waits for a place for an article of so much text. One that is larger than the whole room
    /// gets all of it.
    pub(super) fn enter(self: &Arc<Self>, text_bytes: usize) -> Place {
        let bytes = text_bytes.saturating_mul(BYTES_PER_TEXT_BYTE);
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |taken: &mut usize| *taken > 0 && taken.saturating_add(bytes) > self.bytes;
        let waited = self.left.wait_while(taken, is_full);
        let mut taken = waited.unwrap_or_else(PoisonError::into_inner);
        *taken = taken.saturating_add(bytes);
        Place {
            room: Arc::clone(self),
            bytes,
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let taken = self.room.taken.lock();
        let mut taken = taken.unwrap_or_else(PoisonError::into_inner);
        *taken = taken.saturating_sub(self.bytes);
        self.room.left.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn articles_wait_until_there_is_room_and_the_largest_comes_alone() {
        let room = Arc::new(Room::new(100 * BYTES_PER_TEXT_BYTE));
        let inside = Arc::new(AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for number in 0..64_usize {
                let (room, inside) = (&room, &inside);
                scope.spawn(move || {
                    let text_bytes = [1, 30, 60, 1_000][number % 4];
                    let place = room.enter(text_bytes);
                    let before = inside.fetch_add(text_bytes, Ordering::SeqCst);
                    assert!(before == 0 || before + text_bytes <= 100, "{before}");
                    std::thread::yield_now();
                    inside.fetch_sub(text_bytes, Ordering::SeqCst);
                    drop(place);
                });
            }
        });
        assert_eq!(*room.taken.lock().unwrap(), 0);
    }
}
