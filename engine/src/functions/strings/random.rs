//! Text that differs from seed to seed: Sprig's random strings and xstrings' shuffle.

use crate::{
    functions::{CallError, Family, Function, Host},
    value::Str,
};

pub(super) fn register(table: &mut Vec<Function>) {
    let family = Family::Strings;
    table.extend([
        Function::new(
            family,
            "randAlphaNum",
            "Random letters and digits",
            rand_alpha_num,
        ),
        Function::new(family, "randAlpha", "Random letters", rand_alpha),
        Function::new(family, "randNumeric", "Random digits", rand_numeric),
        Function::new(family, "randAscii", "Random printable ASCII", rand_ascii),
        Function::new(
            family,
            "shuffle",
            "Text with its characters in random order",
            shuffle,
        ),
    ]);
}

const DIGITS: &[u8] = b"0123456789";
const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BOTH: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Characters of a set; a negative count gives none, as goutils' error is dropped.
fn pick(host: &mut Host, count: i64, set: &[u8]) -> Result<Str, CallError> {
    let count = usize::try_from(count).unwrap_or(0);
    host.meter.value(count)?;
    host.meter.work(count)?;
    let text: Vec<u8> = (0..count)
        .map(|_| set[usize::try_from(host.random_below(set.len() as u64)).unwrap_or_default()])
        .collect();
    Ok(text.into())
}

fn rand_alpha_num(host: &mut Host, count: i64) -> Result<Str, CallError> {
    pick(host, count, BOTH)
}

fn rand_alpha(host: &mut Host, count: i64) -> Result<Str, CallError> {
    pick(host, count, LETTERS)
}

fn rand_numeric(host: &mut Host, count: i64) -> Result<Str, CallError> {
    pick(host, count, DIGITS)
}

fn rand_ascii(host: &mut Host, count: i64) -> Result<Str, CallError> {
    let printable: Vec<u8> = (32..127).collect();
    pick(host, count, &printable)
}

fn shuffle(host: &mut Host, text: String) -> Result<String, CallError> {
    host.meter.work(text.len())?;
    let mut characters: Vec<char> = text.chars().collect();
    for index in (1..characters.len()).rev() {
        let other = host.random_below(index as u64 + 1);
        characters.swap(index, usize::try_from(other).unwrap_or_default());
    }
    Ok(characters.into_iter().collect())
}
