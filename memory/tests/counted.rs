//! With the allocator in place.

use std::{alloc::System, thread};

use memory::{Counted, held};

#[global_allocator]
static ALLOCATOR: Counted<System> = Counted::new(System);

const MIB: usize = 1 << 20;
const ONE: i64 = 1 << 20;

#[test]
fn what_is_taken_counts_until_it_is_given_back() {
    let before = held();
    let mut text = vec![1_u8; MIB];
    assert_eq!(held() - before, ONE);
    text.reserve_exact(MIB);
    assert_eq!(held() - before, 2 * ONE);
    text.truncate(10);
    text.shrink_to_fit();
    assert_eq!(held() - before, 10);
    let zeros = vec![0_u8; MIB];
    assert_eq!(held() - before, ONE + 10);
    drop((text, zeros));
    assert_eq!(held(), before);
}

#[test]
fn threads_count_for_themselves() {
    let before = held();
    let counted = thread::spawn(|| {
        let before = held();
        let text = vec![1_u8; MIB];
        (held() - before, text)
    });
    let (counted, text) = counted.join().unwrap_or_default();
    assert_eq!(counted, ONE);
    assert_eq!(text.len(), MIB);
    assert!(held() - before < ONE);
}
