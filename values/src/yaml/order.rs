//! The order of a table's keys in print: go-yaml's natural order (v2.4.4, sorter.go), in which
//! `a2` stands before `a10`.

use crate::go::unicode::{is_digit, is_letter};

/// Whether go-yaml prints the key `a` before the key `b`.
#[must_use]
pub fn natural_less(a: &str, b: &str) -> bool {
    less(a, b, false)
}

/// The same for go-yaml v3 (v3.0.5, sorter.go), which puts letters behind digits first.
#[must_use]
pub(super) fn natural_less_v3(a: &str, b: &str) -> bool {
    less(a, b, true)
}

fn less(a: &str, b: &str, v3: bool) -> bool {
    // Most keys differ in letters.
    let bytes = a.bytes().zip(b.bytes()).find(|(x, y)| x != y);
    if let Some((x, y)) = bytes
        && x.is_ascii_alphabetic()
        && y.is_ascii_alphabetic()
    {
        return x < y;
    }
    let difference = a.char_indices().zip(b.chars()).find(|((_, x), y)| x != y);
    let Some(((at, x), y)) = difference else {
        return a.len() < b.len();
    };
    match (is_letter(x), is_letter(y)) {
        (true, true) => return x < y,
        (false, false) => {}
        (left_is_letter, right_is_letter) => {
            let behind_digit = v3 && a[..at].chars().next_back().is_some_and(is_digit);
            return if behind_digit {
                left_is_letter
            } else {
                right_is_letter
            };
        }
    }
    // Behind digits other than 0, a 0 is a digit like any other and no leading one.
    let mut start = 0;
    if x == '0' || y == '0' {
        let digits_before = a[..at].chars().rev().take_while(|before| is_digit(*before));
        if digits_before.into_iter().any(|before| before != '0') {
            start = 1;
        }
    }
    let (x_number, x_length) = leading_number(&a[at..], start);
    let (y_number, y_length) = leading_number(&b[at..], start);
    if x_number != y_number {
        return x_number < y_number;
    }
    if x_length != y_length {
        return x_length < y_length;
    }
    x < y
}

/// The digits at the start, read behind `start`, and how many they are.
fn leading_number(text: &str, start: i64) -> (i64, usize) {
    text.chars()
        .take_while(|character| is_digit(*character))
        .fold((start, 0), |(number, length), digit| {
            let digit = i64::from(u32::from(digit)) - i64::from(u32::from('0'));
            (number.wrapping_mul(10).wrapping_add(digit), length + 1)
        })
}

/// Sorts by [`natural_less`]. That relation is not transitive for odd keys, which the standard
/// sort may answer with a panic; this one then gives some order, as Go does.
pub fn sort_naturally<T: Copy>(items: &mut [T], key: impl for<'k> Fn(&'k T) -> &'k str) {
    sort_by(items, |a, b| natural_less(key(a), key(b)));
}

/// Sorts by any relation, a stable merge sort.
pub(super) fn sort_by<T: Copy>(items: &mut [T], less: impl Fn(&T, &T) -> bool) {
    if items.windows(2).all(|pair| less(&pair[0], &pair[1])) {
        return;
    }
    let mut sorted = items.to_vec();
    let mut run = 1;
    while run < items.len() {
        sorted.clear();
        for chunk in items.chunks(run * 2) {
            let (left, right) = chunk.split_at(run.min(chunk.len()));
            merge(left, right, &less, &mut sorted);
        }
        items.copy_from_slice(&sorted);
        run *= 2;
    }
}

fn merge<T: Copy>(
    mut left: &[T],
    mut right: &[T],
    less: &impl Fn(&T, &T) -> bool,
    out: &mut Vec<T>,
) {
    while let ([x, left_rest @ ..], [y, right_rest @ ..]) = (left, right) {
        if less(y, x) {
            out.push(*y);
            right = right_rest;
        } else {
            out.push(*x);
            left = left_rest;
        }
    }
    out.extend_from_slice(left);
    out.extend_from_slice(right);
}
