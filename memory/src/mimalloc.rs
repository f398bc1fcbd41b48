//! mimalloc, asked for memory in the way that it is quickest at.

use std::alloc::{GlobalAlloc, Layout};

use libmimalloc_sys::{
    mi_free, mi_malloc, mi_malloc_aligned, mi_realloc, mi_realloc_aligned, mi_zalloc,
    mi_zalloc_aligned,
};

/// mimalloc as it is.
///
/// The crate of that name asks for every alignment explicitly, even for those that every block has
/// by nature. mimalloc then takes a larger block and a longer way whenever the block at hand is not
/// the very first choice: a sixth of a render's small values.
#[derive(Debug)]
pub struct Mimalloc;

/// Blocks of 16 bytes and more have this alignment, smaller ones that of their size
/// (`MI_MAX_ALIGN_SIZE`).
const NATURAL: usize = 16;

/// Whether any block that is large enough is aligned, too.
fn is_natural(layout: Layout, size: usize) -> bool {
    layout.align() <= NATURAL && layout.align() <= size
}

#[expect(unsafe_code, reason = "an allocator cannot be written without")]
// SAFETY: mimalloc keeps the contract of malloc, and blocks are as aligned as `is_natural` says.
unsafe impl GlobalAlloc for Mimalloc {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let memory = if is_natural(layout, layout.size()) {
            // SAFETY: mimalloc takes any size.
            unsafe { mi_malloc(layout.size()) }
        } else {
            // SAFETY: a layout's alignment is a power of two.
            unsafe { mi_malloc_aligned(layout.size(), layout.align()) }
        };
        memory.cast()
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        let memory = if is_natural(layout, layout.size()) {
            // SAFETY: mimalloc takes any size.
            unsafe { mi_zalloc(layout.size()) }
        } else {
            // SAFETY: a layout's alignment is a power of two.
            unsafe { mi_zalloc_aligned(layout.size(), layout.align()) }
        };
        memory.cast()
    }

    #[inline]
    unsafe fn dealloc(&self, memory: *mut u8, _layout: Layout) {
        // SAFETY: the caller gives back what one of the other functions gave.
        unsafe { mi_free(memory.cast()) }
    }

    #[inline]
    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        let moved = if is_natural(layout, new_size) {
            // SAFETY: the caller gives what one of the other functions gave.
            unsafe { mi_realloc(memory.cast(), new_size) }
        } else {
            // SAFETY: the same, and a layout's alignment is a power of two.
            unsafe { mi_realloc_aligned(memory.cast(), new_size, layout.align()) }
        };
        moved.cast()
    }
}
