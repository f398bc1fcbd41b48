//! When a render has had its time.
//!
//! What counts is the time that its thread worked, so that a good chart does not fail because the
//! machine is busy; three times as much by the clock on the wall is the end in any case.

use std::{
    sync::OnceLock,
    time::{Duration, Instant},
};

/// Asks whether `time` is over; to be asked on the thread that renders, and on no other, as its
/// work is counted from the first question on.
pub(crate) fn after(time: Duration) -> impl Fn() -> bool + Send + Sync {
    let started = Instant::now();
    // The engine renders on a thread of its own, so the clock of the one that calls it is no start.
    let worked = OnceLock::new();
    move || {
        let worked = *worked.get_or_init(thread_time);
        let elapsed = started.elapsed();
        elapsed > time && (elapsed > time * 3 || thread_time().saturating_sub(worked) > time)
    }
}

/// How long the calling thread has worked.
#[cfg(unix)]
pub(crate) fn thread_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or_default())
}

/// Elsewhere the clock on the wall must do.
#[cfg(not(unix))]
pub(crate) fn thread_time() -> Duration {
    use std::sync::LazyLock;

    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn what_another_thread_has_worked_before_does_not_count() {
        let busy = Instant::now();
        while thread_time() < Duration::from_millis(300) {
            assert!(busy.elapsed() < Duration::from_secs(60));
        }
        // Made here, by a thread that has worked long; asked on a fresh one.
        let over = after(Duration::from_millis(100));
        thread::spawn(move || {
            assert!(!over());
            let working = thread_time();
            while !over() {
                assert!(
                    thread_time() - working < Duration::from_millis(250),
                    "the other thread's work was taken off"
                );
            }
        })
        .join()
        .unwrap();
    }

    #[test]
    fn work_counts_and_waiting_counts_a_third() {
        let over = after(Duration::from_millis(50));
        assert!(!over());
        thread::sleep(Duration::from_millis(200));
        assert!(over(), "three times the limit is the end");

        let over = after(Duration::from_millis(20));
        let started = Instant::now();
        while !over() {
            assert!(
                started.elapsed() < Duration::from_secs(5),
                "work has no end"
            );
        }
    }
}
