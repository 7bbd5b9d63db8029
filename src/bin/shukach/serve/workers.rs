//! Worker threads: a bounded number of jobs at a time, and a bounded queue.

use crate::serve::time_limit::TimeLimit;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::{task, time};

/// Why a job gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Overload {
    /// The queue is full, or it has waited too long in it.
    Busy,
    /// It took too long.
    TimeOver,
    /// It panicked.
    Broken,
}

/// Worker threads with a bounded queue.
pub(crate) struct Workers {
    places: Arc<Semaphore>,
    place_count: usize,
    waiting: AtomicUsize,
    queue: usize,
    time_limit: Duration,
}

/// One that waits; counted until it is dropped.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Workers {
    /// Makes workers that run `places` jobs at a time, while up to `queue` others wait.
    pub(crate) fn new(places: usize, queue: usize, time_limit: Duration) -> Self {
        Self {
            places: Arc::new(Semaphore::new(places)),
            place_count: places,
            waiting: AtomicUsize::new(0),
            queue,
            time_limit,
        }
    }

    /// Runs `job` in a thread of its own once it is its turn.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Overload> {
        let place = self.place().await?;
        let running = task::spawn_blocking(move || {
            let answer = job();
            // The place is taken until the job ends, also where nobody waits for it any more.
            drop(place);
            answer
        });
        match time::timeout(self.time_limit, running).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(_)) => Err(Overload::Broken),
            Err(_) => Err(Overload::TimeOver),
        }
    }

    /// Returns a place once one is free.
    pub(crate) async fn place(&self) -> Result<OwnedSemaphorePermit, Overload> {
        if let Ok(place) = Arc::clone(&self.places).try_acquire_owned() {
            return Ok(place);
        }
        let before = self.waiting.fetch_add(1, Ordering::Relaxed);
        let _waiting = Waiting(&self.waiting);
        if before >= self.queue {
            return Err(Overload::Busy);
        }
        let turn = Arc::clone(&self.places).acquire_owned();
        match time::timeout(self.time_limit, turn).await {
            Ok(Ok(place)) => Ok(place),
            _ => Err(Overload::Busy),
        }
    }

    /// Returns how long an answer may take.
    pub(crate) fn time_limit(&self) -> TimeLimit {
        TimeLimit(self.time_limit)
    }

    /// Returns how many jobs run.
    pub(crate) fn running(&self) -> usize {
        self.place_count
            .saturating_sub(self.places.available_permits())
    }

    /// Returns how many wait.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;
    use tokio::runtime::{Builder, Runtime};

    fn runtime() -> Runtime {
        let mut builder = Builder::new_multi_thread();
        builder.worker_threads(1).enable_time().build().unwrap()
    }

    #[test]
    fn who_finds_the_queue_full_is_sent_away_at_once() {
        let runtime = runtime();
        let workers = Arc::new(Workers::new(1, 1, Duration::from_mins(1)));
        let (go, gate) = mpsc::channel::<()>();
        let (started, has_started) = mpsc::channel();
        let ask = |job: Box<dyn FnOnce() -> u8 + Send>| {
            let workers = Arc::clone(&workers);
            runtime.spawn(async move { workers.run(job).await })
        };
        let first = ask(Box::new(move || {
            let _ = started.send(());
            let _ = gate.recv();
            1
        }));
        has_started.recv().unwrap();
        let second = ask(Box::new(|| 2));
        while workers.waiting() == 0 {
            std::thread::yield_now();
        }
        assert_eq!(workers.running(), 1);
        let third = runtime.block_on(workers.run(|| 3));
        assert_eq!(third, Err(Overload::Busy));
        go.send(()).unwrap();
        assert_eq!(runtime.block_on(first).unwrap(), Ok(1));
        assert_eq!(runtime.block_on(second).unwrap(), Ok(2));
        assert_eq!((workers.running(), workers.waiting()), (0, 0));
    }

    #[test]
    fn a_job_that_takes_too_long_or_panics_is_told_and_frees_its_place() {
        let runtime = runtime();
        let workers = Workers::new(1, 0, Duration::from_millis(20));
        let (go, gate) = mpsc::channel::<()>();
        let slow = runtime.block_on(workers.run(move || gate.recv().is_ok()));
        assert_eq!(slow, Err(Overload::TimeOver));
        // The thread still runs, and so its place is taken.
        assert_eq!(workers.running(), 1);
        go.send(()).unwrap();
        while workers.running() > 0 {
            std::thread::yield_now();
        }
        let workers = Workers::new(1, 0, Duration::from_mins(1));
        let broken = runtime.block_on(workers.run(|| panic!("on purpose")));
        assert_eq!(broken, Err::<(), _>(Overload::Broken));
        assert_eq!(runtime.block_on(workers.run(|| 4)), Ok(4));
    }
}
