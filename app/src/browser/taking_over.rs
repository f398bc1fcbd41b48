//! The page that the server drew comes alive part by part: each is a task of its own, between which
//! the browser has time to answer a person. The page's loader (`shell/loader.js`) takes one after
//! the other, and all that are left at once when a person acts before they are through. So a part
//! is always taken over as the server drew it.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::time::Duration;

use super::IN_BROWSER;

type Task = Box<dyn FnOnce()>;

/// What waits for its turn.
struct Parts {
    parts: VecDeque<Task>,
    /// Comes behind the parts.
    last: Vec<Task>,
}

thread_local! {
    /// Whether what is made now stands in the page already.
    static TAKING_OVER: Cell<bool> = const { Cell::new(false) };
    /// The parts that wait for their turn; nothing once all were taken over.
    static PARTS: RefCell<Option<Parts>> = const { RefCell::new(None) };
}

/// Begins: from now on what is handed to [`behind`] waits for [`next_part`].
#[cfg(feature = "hydrate")]
pub(crate) fn begin() {
    PARTS.set(Some(Parts {
        parts: VecDeque::new(),
        last: Vec::new(),
    }));
}

/// Does the next of what waits; says whether there was anything.
#[cfg(feature = "hydrate")]
pub(crate) fn next_part() -> bool {
    let next = PARTS.with_borrow_mut(|parts| {
        let next = parts.as_mut();
        let next = next.and_then(|all| all.parts.pop_front().or_else(|| all.last.pop()));
        if next.is_none() {
            *parts = None;
        }
        next
    });
    let found = next.is_some();
    if let Some(part) = next {
        part();
    }
    found
}

/// Does something behind all that was handed to this function before, in a task of its own.
///
/// On the server: nothing.
pub(crate) fn behind(task: impl FnOnce() + 'static) {
    wait(Box::new(task), |all, task| all.parts.push_back(task));
}

/// Does something once every part has been taken over.
///
/// On the server: nothing.
pub(crate) fn at_last(task: impl FnOnce() + 'static) {
    wait(Box::new(task), |all, task| all.last.push(task));
}

fn wait(task: Task, push: fn(&mut Parts, Task)) {
    if !IN_BROWSER {
        return;
    }
    let alone = PARTS.with_borrow_mut(|parts| match parts {
        Some(parts) => {
            push(parts, task);
            None
        }
        None => Some(task),
    });
    if let Some(task) = alone {
        leptos::prelude::set_timeout(task, Duration::ZERO);
    }
}

/// Takes over what the server drew: while `take_over` runs, [`is_taking_over`] says so.
pub(crate) fn taking_over<T>(take_over: impl FnOnce() -> T) -> T {
    TAKING_OVER.set(true);
    let taken = take_over();
    TAKING_OVER.set(false);
    taken
}

/// Whether what is made now stands in the page already: its HTML need not be written again.
///
/// On the server: no.
pub(crate) fn is_taking_over() -> bool {
    TAKING_OVER.get()
}
