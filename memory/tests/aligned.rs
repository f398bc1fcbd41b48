//! What mimalloc gives is as aligned as it was asked for.

#![expect(unsafe_code, reason = "an allocator cannot be asked without")]

use std::alloc::{GlobalAlloc, Layout};

use memory::Mimalloc;

const SIZES: [usize; 14] = [
    1, 2, 7, 8, 12, 16, 24, 40, 48, 100, 1_000, 10_008, 100_000, 5_000_000,
];
const ALIGNMENTS: [usize; 9] = [1, 2, 4, 8, 16, 32, 64, 4_096, 65_536];

#[test]
fn every_layout_is_kept() {
    for align in ALIGNMENTS {
        // Several of each size, so that not only a page's first block is seen.
        let mut held = Vec::new();
        for size in SIZES {
            let layout = Layout::from_size_align(size, align).expect("sizes are small");
            for _ in 0..9 {
                // SAFETY: no size is zero.
                let memory = unsafe { Mimalloc.alloc(layout) };
                assert!(
                    !memory.is_null() && memory.addr().is_multiple_of(align),
                    "{layout:?}"
                );
                // SAFETY: as above.
                let zeroed = unsafe { Mimalloc.alloc_zeroed(layout) };
                assert!(
                    !zeroed.is_null() && zeroed.addr().is_multiple_of(align),
                    "{layout:?}"
                );
                // SAFETY: it was asked for with that size, and is set to zero.
                let bytes = unsafe { std::slice::from_raw_parts(zeroed, size) };
                assert!(bytes.iter().all(|byte| *byte == 0), "{layout:?}");
                held.push((memory, layout));
                held.push((zeroed, layout));
            }
        }
        for (memory, layout) in held {
            let more = layout.size() * 2 + 1;
            // SAFETY: it comes from `alloc` with that layout, and the new size is not zero.
            let moved = unsafe { Mimalloc.realloc(memory, layout, more) };
            assert!(
                !moved.is_null() && moved.addr().is_multiple_of(align),
                "{layout:?}"
            );
            let layout = Layout::from_size_align(more, align).expect("sizes are small");
            // SAFETY: it comes from `realloc` with that layout.
            unsafe { Mimalloc.dealloc(moved, layout) };
        }
    }
}
