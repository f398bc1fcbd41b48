//! Sprig v3.3.0, defaults.go, except for its JSON (see `encoding`).

use super::{Family, Function};
use crate::value::Value;

pub(super) fn register(table: &mut Vec<Function>) {
    let family = Family::Defaults;
    table.extend([
        Function::new(
            family,
            "default",
            "The second argument, or the first if that is empty",
            default,
        ),
        Function::new(
            family,
            "empty",
            "Whether a value is the zero of its type",
            empty,
        ),
        Function::new(
            family,
            "coalesce",
            "The first value that is not empty",
            coalesce,
        ),
        Function::new(family, "all", "Whether no value is empty", all),
        Function::new(family, "any", "Whether some value is not empty", any),
        Function::new(
            family,
            "ternary",
            "The first value if the last is true, else the second",
            ternary,
        ),
    ]);
}

/// `default "x" .Values.y`: only the first value given counts.
fn default(fallback: Value, given: &[Value]) -> Value {
    match given.first() {
        Some(value) if value.truth() => value.clone(),
        _ => fallback,
    }
}

/// What is empty for Sprig is what `if` takes for false.
fn empty(given: Value) -> bool {
    !given.truth()
}

fn coalesce(values: &[Value]) -> Value {
    let found = values.iter().find(|value| value.truth());
    found.cloned().unwrap_or_default()
}

fn all(values: &[Value]) -> bool {
    values.iter().all(Value::truth)
}

fn any(values: &[Value]) -> bool {
    values.iter().any(Value::truth)
}

fn ternary(yes: Value, no: Value, which: bool) -> Value {
    if which { yes } else { no }
}
