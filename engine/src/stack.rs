//! Threads whose stacks are deep enough for templates, which call each other as deep as
//! [`Limits::depth`](crate::Limits::depth) lets them: deeper than the stack of any caller is sure
//! to be.

use std::{
    cell::Cell,
    io,
    thread::{self, JoinHandle},
};

use crate::{Error, ErrorKind};

/// Address space for each level, enough in a debug build; pages that are never touched cost
/// nothing.
const LEVEL_BYTES: usize = 80 << 10;
/// Levels beside those of templates: values, blocks and parentheses within each other, and what
/// the caller has on the stack.
const SPARE_LEVELS: usize = 300;

thread_local! {
    /// The depth that this thread's stack is made for.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// Starts a thread that renders with limits up to this depth without another thread's help: who
/// renders often saves the time that one takes.
///
/// # Errors
/// When the system gives no more threads.
pub fn spawn<T: Send + 'static>(
    name: &str,
    depth: u32,
    work: impl FnOnce() -> T + Send + 'static,
) -> io::Result<JoinHandle<T>> {
    builder(name, depth).spawn(move || {
        DEPTH.set(depth);
        work()
    })
}

/// Does some work on a stack for this depth: here if this thread has one, else on a fresh thread.
pub(crate) fn deep<R: Send>(depth: u32, work: impl FnOnce() -> R + Send) -> Result<R, Error> {
    if DEPTH.get() >= depth.max(1) {
        return Ok(work());
    }
    thread::scope(|scope| {
        let thread = builder("render", depth)
            .spawn_scoped(scope, work)
            .map_err(|error| {
                Error::new(ErrorKind::Limit, format!("no thread to render: {error}"))
            })?;
        Ok(thread
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

/// A thread with a stack for this depth.
pub(crate) fn builder(name: &str, depth: u32) -> thread::Builder {
    let levels = (depth as usize).saturating_add(SPARE_LEVELS);
    thread::Builder::new()
        .name(name.to_owned())
        .stack_size(levels.saturating_mul(LEVEL_BYTES))
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::{deep, spawn};

    #[test]
    fn a_deep_thread_needs_no_other() {
        let here = |depth| {
            let caller = thread::current().id();
            deep(depth, || thread::current().id()).is_ok_and(|id| id == caller)
        };
        assert!(!here(1));
        let thread = spawn("deep", 10, move || (here(10), here(11)));
        assert_eq!(thread.unwrap().join().unwrap(), (true, false));
    }
}
