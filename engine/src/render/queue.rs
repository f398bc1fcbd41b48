//! What one thread hands to others while they work.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Things that wait for a thread to take them.
#[derive(Debug)]
pub(super) struct Queue<T> {
    waiting: Mutex<Waiting<T>>,
    more: Condvar,
}

#[derive(Debug)]
struct Waiting<T> {
    things: VecDeque<T>,
    /// No more are to come.
    closed: bool,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        let waiting = Waiting {
            things: VecDeque::new(),
            closed: false,
        };
        Self {
            waiting: Mutex::new(waiting),
            more: Condvar::new(),
        }
    }
}

impl<T> Queue<T> {
    fn waiting(&self) -> MutexGuard<'_, Waiting<T>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands on one more.
    pub(super) fn add(&self, thing: T) {
        self.waiting().things.push_back(thing);
        self.more.notify_one();
    }

    /// No more are to come; what waits is still taken.
    pub(super) fn close(&self) {
        self.waiting().closed = true;
        self.more.notify_all();
    }

    /// No more are to come, and what waits is dropped: whoever takes stops after what it is at.
    pub(super) fn stop(&self) {
        self.waiting().things.clear();
        self.close();
    }

    /// The next one, once there is one; none when no more are to come. Several threads may ask.
    pub(super) fn next(&self) -> Option<T> {
        let mut waiting = self.waiting();
        loop {
            if let Some(thing) = waiting.things.pop_front() {
                return Some(thing);
            }
            if waiting.closed {
                return None;
            }
            waiting = self
                .more
                .wait(waiting)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}
