//! What an input may take, where the system can tell.

use std::time::Duration;

/// Address space for stacks, which are never filled, and for what an input may need.
#[cfg(target_os = "linux")]
const MAX_ADDRESSES: u64 = 3 << 30;

/// Ends the process when it needs more than this.
#[cfg(target_os = "linux")]
pub(crate) fn bound_memory() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limit = Rlimit {
        current: Some(MAX_ADDRESSES),
        maximum: Some(MAX_ADDRESSES),
    };
    // A lower bound that is set already is as good.
    let _ = setrlimit(Resource::As, limit);
}

/// Elsewhere address space is no measure of memory.
#[cfg(not(target_os = "linux"))]
pub(crate) fn bound_memory() {}

/// How long the process has worked; a busy machine makes no input slow.
#[cfg(unix)]
pub(crate) fn work() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    let time = clock_gettime(ClockId::ProcessCPUTime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or_default())
}

/// Elsewhere the clock on the wall must do.
#[cfg(not(unix))]
pub(crate) fn work() -> Duration {
    use std::{sync::LazyLock, time::Instant};
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}
