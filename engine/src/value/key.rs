//! Keys that are looked up again and again.

use std::{
    ops::Deref,
    sync::atomic::{AtomicU32, Ordering},
};

use super::Str;

/// A key that stands in a template. It remembers where a map had it: the maps that one place of a
/// template meets are mostly of one shape, or the same.
#[derive(Debug, Default)]
pub struct Key {
    text: Str,
    /// A guess for whoever looks next, so nothing depends on when a thread sees it.
    place: AtomicU32,
}

impl Key {
    /// Where a map had it last, among its entries in order.
    #[inline]
    pub(super) fn place(&self) -> usize {
        self.place.load(Ordering::Relaxed) as usize
    }

    /// Remembers where a map had it.
    #[inline]
    pub(super) fn found_at(&self, place: usize) {
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        self.place.store(place, Ordering::Relaxed);
    }
}

impl From<Str> for Key {
    fn from(text: Str) -> Self {
        Self {
            text,
            place: AtomicU32::new(0),
        }
    }
}

impl Deref for Key {
    type Target = Str;

    #[inline]
    fn deref(&self) -> &Str {
        &self.text
    }
}
