//! New inputs from old ones: bytes changed, pieces moved, words of the target's language put in.

use crate::random::Random;

/// A longer input finds no more and takes longer.
const MAX_BYTES: usize = 1 << 14;

/// Bytes at which readers tend to decide something.
const BYTES: &[u8] = b"\0\t\n\r \"#$%&'*+,-./0129:;<=>?@[\\]_`aez{|}~\x7f\x80\xc0\xef\xff";

/// An input like one of the pool's.
pub(crate) fn mutate(pool: &[Vec<u8>], words: &[&str], random: &mut Random) -> Vec<u8> {
    let mut input = random.pick(pool).clone();
    for _ in 0..=random.below(5) {
        once(&mut input, pool, words, random);
    }
    input.truncate(MAX_BYTES);
    input
}

fn once(input: &mut Vec<u8>, pool: &[Vec<u8>], words: &[&str], random: &mut Random) {
    let at = random.below(input.len() + 1);
    match random.below(10) {
        0 | 1 => {
            let word = random.pick(words);
            input.splice(at..at, word.bytes());
        }
        2 => {
            let word = random.pick(words);
            let end = (at + word.len()).min(input.len());
            input.splice(at..end, word.bytes());
        }
        3 => {
            if let Some(byte) = input.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
        4 => {
            let byte = *random.pick(BYTES);
            match input.get_mut(at) {
                Some(old) => *old = byte,
                None => input.push(byte),
            }
        }
        5 => {
            let end = at + random.below(1 + (input.len() - at).min(16));
            input.drain(at..end);
        }
        6 => {
            let end = at + random.below(1 + (input.len() - at).min(64));
            let piece = input[at..end].to_vec();
            let times = 1 + random.below(8);
            input.splice(at..at, piece.repeat(times));
        }
        7 => {
            let end = at + random.below(1 + (input.len() - at).min(64));
            let piece: Vec<u8> = input.drain(at..end).collect();
            let to = random.below(input.len() + 1);
            input.splice(to..to, piece);
        }
        8 => {
            let other = random.pick(pool);
            let from = random.below(other.len() + 1);
            let end = from + random.below(1 + other.len() - from);
            input.splice(at..at, other[from..end].iter().copied());
        }
        _ => number(input, at, random),
    }
}

/// Another number in place of the one behind `at`.
fn number(input: &mut Vec<u8>, at: usize, random: &mut Random) {
    const NUMBERS: &[&str] = &[
        "0",
        "-1",
        "1",
        "255",
        "65535",
        "65536",
        "65537",
        "2147483647",
        "4294967296",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "1e308",
        "1e309",
        "0.1",
        "1e-400",
        "00",
        "0x7f",
        "99999999999999999999",
    ];
    let digit = |byte: &u8| byte.is_ascii_digit();
    let Some(start) = input[at..].iter().position(digit).map(|from| at + from) else {
        return;
    };
    let size = input[start..].iter().take_while(|byte| digit(byte)).count();
    let new = random.pick(NUMBERS);
    input.splice(start..start + size, new.bytes());
}
