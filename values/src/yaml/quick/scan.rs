//! Finding bytes, eight at a time: most keys and values are too short for anything that has to be
//! called.

/// A one in each byte.
const ONES: u64 = u64::MAX / 0xFF;
/// The highest bit of each byte.
const HIGHS: u64 = ONES << 7;

/// The place of the first byte from `from` on that `marks` marks, or the end. Of a word of eight
/// bytes, the first one lowest, the lowest bit that it sets has to lie in the first byte that counts.
#[inline]
pub(super) fn first(bytes: &[u8], from: usize, marks: impl Fn(u64) -> u64) -> usize {
    let mut at = from;
    while let Some(word) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let marked = marks(u64::from_le_bytes(*word));
        if marked != 0 {
            return at + marked.trailing_zeros() as usize / 8;
        }
        at += size_of::<u64>();
    }
    while let Some(&byte) = bytes.get(at)
        && marks(ONES * u64::from(byte)) == 0
    {
        at += 1;
    }
    at
}

/// Marks the bytes below one that is below 0x80.
#[inline]
pub(super) fn below(word: u64, byte: u8) -> u64 {
    // What it borrows from the next byte can only mark that wrongly, behind a byte that counts.
    word.wrapping_sub(ONES * u64::from(byte)) & !word & HIGHS
}

/// Marks the bytes that are this one.
#[inline]
pub(super) fn is(word: u64, byte: u8) -> u64 {
    below(word ^ (ONES * u64::from(byte)), 1)
}

/// Marks the bytes that are another one.
#[inline]
pub(super) fn is_not(word: u64, byte: u8) -> u64 {
    word ^ (ONES * u64::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_byte_is_found_wherever_it_stands() {
        for length in 0..20 {
            for found in 0..length {
                for (filled, looked_for) in [(b'a', b':'), (b';', b':'), (0xBA, b':'), (b'9', 0x1F)]
                {
                    let mut bytes = vec![filled; length];
                    bytes[found] = looked_for;
                    bytes[length - 1] = looked_for;
                    for from in 0..=found {
                        assert_eq!(first(&bytes, from, |it| is(it, looked_for)), found);
                        assert_eq!(first(&bytes, from, |it| is_not(it, filled)), found);
                    }
                    let is_below = |it| below(it, b' ');
                    let expected = if looked_for < b' ' { found } else { length };
                    assert_eq!(first(&bytes, 0, is_below), expected);
                }
            }
            assert_eq!(first(&vec![b'a'; length], 0, |it| is(it, b'b')), length);
        }
        assert_eq!(first(b"abc", 7, |it| is(it, b'a')), 7);
    }
}
