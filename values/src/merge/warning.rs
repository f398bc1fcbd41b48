//! The warnings of Helm's `coalesce.go`, with values printed as Go's `%v` prints them.

use std::fmt::Write as _;

use crate::{Value, go};

/// A table of the chart under a value of the user that is none.
pub(super) fn table_lost(full_key: &str, chart: &Value) -> String {
    format!(
        "warning: cannot overwrite table with non table for {full_key} ({})",
        print(chart)
    )
}

/// A plain value of the chart under a table of the user.
pub(super) fn scalar_lost(full_key: &str, chart: &Value) -> String {
    format!(
        "warning: destination for {full_key} is a table. Ignoring non-table value ({})",
        print(chart)
    )
}

/// As [`scalar_lost`], at the top of the chart's values.
pub(super) fn not_a_table(prefix: &str, key: &str) -> String {
    format!("warning: skipped value for {prefix}.{key}: Not a table.")
}

/// A value as `fmt` prints it with `%v`.
fn print(value: &Value) -> String {
    let mut text = String::new();
    print_into(value, &mut text);
    text
}

fn print_into(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("<nil>"),
        Value::Bool(flag) => {
            let _ = write!(out, "{flag}");
        }
        Value::Int(number) => {
            let _ = write!(out, "{number}");
        }
        Value::Float(number) => out.push_str(&go::format_float(*number)),
        Value::String(text) => out.push_str(text),
        Value::List(list) => {
            out.push('[');
            for (at, item) in list.iter().enumerate() {
                if at > 0 {
                    out.push(' ');
                }
                print_into(item, out);
            }
            out.push(']');
        }
        Value::Map(map) => {
            out.push_str("map[");
            for (at, (key, item)) in map.iter().enumerate() {
                if at > 0 {
                    out.push(' ');
                }
                let _ = write!(out, "{key}:");
                print_into(item, out);
            }
            out.push(']');
        }
    }
}
