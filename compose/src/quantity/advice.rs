//! What to say about a text that is no quantity: most are a unit written the way of another world.

use super::{Kind, Quantity};

/// What is wrong with a text that is no quantity, and what was most likely meant.
#[must_use]
pub fn explain(text: &str, kind: Kind) -> String {
    let shown = crate::form::shorten(text, 60);
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return format!("a quantity is missing; write it like {}", example(kind));
    }
    let number_end = trimmed
        .char_indices()
        .find(|(at, c)| !(c.is_ascii_digit() || *c == '.' || (*at == 0 && matches!(c, '+' | '-'))))
        .map_or(trimmed.len(), |(at, _)| at);
    let (number, unit) = trimmed.split_at(number_end);
    let offers = offers(unit.trim(), kind)
        .iter()
        .map(|unit| format!("{number}{unit}"))
        .filter(|offer| offer.parse::<Quantity>().is_ok())
        .map(|offer| format!("`{offer}`"))
        .collect::<Vec<_>>();
    let advice = if offers.is_empty() {
        format!("write it like {}", example(kind))
    } else {
        format!("write {}", offers.join(" or "))
    };
    format!("`{shown}` is not a quantity: {advice}")
}

/// Units that were most likely meant by one that is none.
fn offers(unit: &str, kind: Kind) -> &'static [&'static str] {
    let lower = unit.to_ascii_lowercase();
    if kind == Kind::Cpu {
        return match lower.as_str() {
            "" | "c" | "core" | "cores" | "cpu" | "cpus" | "vcpu" | "vcpus" => &[""],
            "mc" | "mi" | "millicore" | "millicores" | "millicpu" | "mcpu" | "mcore" => &["m"],
            _ => &[],
        };
    }
    match lower.as_str() {
        "" | "b" | "byte" | "bytes" => &[""],
        "k" | "kb" | "kilobyte" | "kilobytes" => &["k", "Ki"],
        "m" | "mb" | "megabyte" | "megabytes" => &["M", "Mi"],
        "g" | "gb" | "gigabyte" | "gigabytes" => &["G", "Gi"],
        "t" | "tb" | "terabyte" | "terabytes" => &["T", "Ti"],
        "p" | "pb" => &["P", "Pi"],
        "ki" | "kib" => &["Ki"],
        "mi" | "mib" => &["Mi"],
        "gi" | "gib" => &["Gi"],
        "ti" | "tib" => &["Ti"],
        "pi" | "pib" => &["Pi"],
        _ => &[],
    }
}

const fn example(kind: Kind) -> &'static str {
    match kind {
        Kind::Cpu => "`500m` (half a core) or `2`",
        Kind::Memory => "`512Mi` or `2Gi`",
        Kind::Storage => "`10Gi` or `500Gi`",
    }
}
