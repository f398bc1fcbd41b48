//! Sprig v3.3.0, defaults.go, except for its JSON (see `encoding`).

use super::{Family, Function, Rest};
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
fn default(fallback: Value, given: Rest<Value>) -> Value {
    match given.0.into_iter().next() {
        Some(value) if value.truth() => value,
        _ => fallback,
    }
}

/// What is empty for Sprig is what `if` takes for false.
fn empty(given: Value) -> bool {
    !given.truth()
}

fn coalesce(values: Rest<Value>) -> Value {
    values.0.into_iter().find(Value::truth).unwrap_or_default()
}

fn all(values: Rest<Value>) -> bool {
    values.0.iter().all(Value::truth)
}

fn any(values: Rest<Value>) -> bool {
    values.0.iter().any(Value::truth)
}

fn ternary(yes: Value, no: Value, which: bool) -> Value {
    if which { yes } else { no }
}
