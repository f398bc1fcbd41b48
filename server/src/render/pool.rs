//! Threads that render: as many as there are CPUs, away from the async ones, with a bounded queue.
//!
//! Threads of our own rather than tokio's blocking pool: their number is fixed, and their stacks are
//! deep enough for templates, so that the engine needs no further thread for each render.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
};

use engine::stack;
use tokio::sync::oneshot;

use crate::error::AppError;

type Job = Box<dyn FnOnce() + Send>;

/// A fixed number of threads with a bounded queue before them.
#[derive(Debug, Clone)]
pub(crate) struct Pool {
    queue: SyncSender<Job>,
}

impl Pool {
    /// Starts `threads` threads, before which `waiting` jobs may queue; `depth` is that of the
    /// limits that they will render with.
    ///
    /// # Errors
    /// When the system gives no more threads.
    pub(crate) fn start(threads: usize, waiting: usize, depth: u32) -> std::io::Result<Self> {
        // A queue of nothing would refuse work while a thread is just about to take it.
        let (queue, jobs) = sync_channel::<Job>(waiting.max(1));
        let jobs = Arc::new(Mutex::new(jobs));
        for number in 0..threads.max(1) {
            let jobs = Arc::clone(&jobs);
            stack::spawn(&format!("render-{number}"), depth, move || work(&jobs))?;
        }
        Ok(Self { queue })
    }

    /// Does some work on one of the threads. A job whose caller has gone is not begun.
    ///
    /// # Errors
    /// [`AppError::Busy`] when the queue is full, [`AppError::Internal`] when the work panics.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, AppError> {
        let (sender, receiver) = oneshot::channel();
        let job: Job = Box::new(move || {
            if !sender.is_closed() {
                let _ = sender.send(catch_unwind(AssertUnwindSafe(work)));
            }
        });
        self.queue.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => AppError::Busy,
            TrySendError::Disconnected(_) => AppError::Internal("no render threads".to_owned()),
        })?;
        match receiver.await {
            Ok(Ok(result)) => Ok(result),
            Ok(Err(panic)) => Err(AppError::Internal(format!(
                "render panicked: {}",
                words(&*panic)
            ))),
            Err(_) => Err(AppError::Internal("a render thread went away".to_owned())),
        }
    }
}

fn work(jobs: &Mutex<Receiver<Job>>) {
    loop {
        // The lock is held only while waiting for a job, never while doing it.
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = job else { return };
        job();
    }
}

/// What a panic said.
pub(crate) fn words(panic: &(dyn std::any::Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without a word")
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc, time::Duration};

    use super::*;

    #[tokio::test]
    async fn a_full_queue_refuses_and_a_panic_is_an_error() {
        let pool = Pool::start(1, 1, 0).unwrap();
        let panicked: Result<(), _> = pool.run(|| panic!("no")).await;
        assert!(matches!(panicked, Err(AppError::Internal(message)) if message.ends_with("no")));

        let (release, gate) = mpsc::channel::<()>();
        let (begun, started) = oneshot::channel();
        let first = tokio::spawn({
            let pool = pool.clone();
            async move {
                pool.run(move || {
                    let _ = begun.send(());
                    gate.recv().is_ok()
                })
                .await
            }
        });
        started.await.unwrap();
        let second = tokio::spawn({
            let pool = pool.clone();
            async move { pool.run(|| 2).await }
        });
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert!(matches!(pool.run(|| 3).await, Err(AppError::Busy)));
        release.send(()).unwrap();
        assert!(first.await.unwrap().unwrap());
        assert_eq!(second.await.unwrap().unwrap(), 2);
    }
}
