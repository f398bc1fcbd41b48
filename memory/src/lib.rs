//! An allocator that knows what each thread holds, so that one render can be stopped before it
//! takes the memory of all, and a way to end a process without giving its memory back in parts.
//!
//! It adds two numbers in the thread's own storage to whatever allocator it is put around. An
//! allocator cannot be written without `unsafe`: this crate is the only one that has it, and has
//! nothing else. So mimalloc's own interface, which Rust cannot vouch for, is here too, and the
//! call that ends a process.

mod leave;
mod mimalloc;

pub use leave::leave;
pub use mimalloc::Mimalloc;

use std::{
    alloc::{GlobalAlloc, Layout},
    cell::Cell,
};

thread_local! {
    /// Needs no destructor, so it is there from a thread's first allocation to its last.
    static HELD: Cell<isize> = const { Cell::new(0) };
}

/// Bytes that the calling thread has taken and not given back. What it gives back for another one
/// counts here, so it may be below zero: the difference between two moments tells something.
#[must_use]
pub fn held() -> i64 {
    HELD.get() as i64
}

#[inline]
fn add(bytes: isize) {
    // One way to the thread's storage, not two.
    HELD.with(|held| held.set(held.get().wrapping_add(bytes)));
}

/// An allocator that counts for [`held`] what another one does.
#[derive(Debug)]
pub struct Counted<A> {
    inner: A,
}

impl<A> Counted<A> {
    /// Counts what this one does.
    pub const fn new(inner: A) -> Self {
        Self { inner }
    }
}

/// A size as a difference; no allocation is larger than `isize::MAX`.
fn difference(size: usize) -> isize {
    size.cast_signed()
}

#[expect(unsafe_code, reason = "an allocator cannot be written without")]
// SAFETY: every call is handed on as it came, and what the inner allocator gives is given back as
// it is; counting touches neither the memory nor the allocator.
unsafe impl<A: GlobalAlloc> GlobalAlloc for Counted<A> {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps the promises of `alloc`.
        let memory = unsafe { self.inner.alloc(layout) };
        if !memory.is_null() {
            add(difference(layout.size()));
        }
        memory
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps the promises of `alloc_zeroed`.
        let memory = unsafe { self.inner.alloc_zeroed(layout) };
        if !memory.is_null() {
            add(difference(layout.size()));
        }
        memory
    }

    #[inline]
    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        add(-difference(layout.size()));
        // SAFETY: the caller keeps the promises of `dealloc`.
        unsafe { self.inner.dealloc(memory, layout) }
    }

    #[inline]
    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        // SAFETY: the caller keeps the promises of `realloc`.
        let moved = unsafe { self.inner.realloc(memory, layout, new_size) };
        if !moved.is_null() {
            add(difference(new_size) - difference(layout.size()));
        }
        moved
    }
}
