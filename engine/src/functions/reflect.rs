//! Sprig v3.3.0, reflect.go.

use super::{CallError, Family, Function, Host, cast::deep_equal};
use crate::value::{Str, Value};

pub(super) fn register(table: &mut Vec<Function>) {
    let family = Family::Reflect;
    table.extend([
        Function::new(family, "typeOf", "The Go type of a value", type_of),
        Function::new(
            family,
            "typeIs",
            "Whether a value has this Go type",
            type_is,
        ),
        Function::new(
            family,
            "typeIsLike",
            "Whether a value has this Go type or points to one",
            type_is_like,
        ),
        Function::new(family, "kindOf", "The Go kind of a value", kind_of),
        Function::new(
            family,
            "kindIs",
            "Whether a value has this Go kind",
            kind_is,
        ),
        Function::new(
            family,
            "deepEqual",
            "Whether two values have the same type and content",
            |host: &mut Host, a: Value, b: Value| -> Result<bool, CallError> {
                host.measure(&a)?;
                Ok(deep_equal(&a, &b))
            },
        ),
    ]);
}

fn type_of(value: Value) -> Str {
    value.go_type().into()
}

fn type_is(target: Str, value: Value) -> bool {
    target == *value.go_type()
}

fn type_is_like(target: Str, value: Value) -> bool {
    let name = value.go_type();
    target == *name || name.strip_prefix('*').is_some_and(|name| target == *name)
}

fn kind_of(value: Value) -> Str {
    value.go_kind().into()
}

fn kind_is(target: Str, value: Value) -> bool {
    target == *value.go_kind()
}
