//! When a render has had its time.
//!
//! What counts is the time that its thread worked, so that a good chart does not fail because the
//! machine is busy; three times as much by the clock on the wall is the end in any case.

use std::time::{Duration, Instant};

/// Asks whether `time` is over; to be made and asked on the thread that renders.
pub(super) fn after(time: Duration) -> impl Fn() -> bool + Send + Sync {
    let (started, worked) = (Instant::now(), thread_time());
    move || {
        let elapsed = started.elapsed();
        elapsed > time && (elapsed > time * 3 || thread_time().saturating_sub(worked) > time)
    }
}

/// How long the calling thread has worked.
#[cfg(unix)]
fn thread_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or_default())
}

/// Elsewhere the clock on the wall must do.
#[cfg(not(unix))]
fn thread_time() -> Duration {
    use std::sync::LazyLock;

    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

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
