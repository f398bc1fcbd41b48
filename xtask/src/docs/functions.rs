//! The reference of template functions, from the engine's table.

use std::fmt::Write as _;

use engine::functions::{Function, TABLE};

/// A section for each family, a row for each function.
pub(super) fn reference() -> anyhow::Result<String> {
    let mut functions: Vec<&Function> = TABLE.iter().collect();
    functions.sort_by_key(|function| (function.family, function.name));
    let mut out = format!("{} functions.\n", functions.len());
    for family in functions.chunk_by(|a, b| a.family == b.family) {
        let Some(first) = family.first() else {
            continue;
        };
        let (title, origin) = (first.family.title(), first.family.origin());
        write!(out, "\n## {title}\n\nFrom {origin}.\n\n")?;
        out.push_str("| function | what |\n| --- | --- |\n");
        for function in family {
            let help = function.help.replace('|', "\\|");
            writeln!(out, "| `{}` | {help} |", signature(function))?;
        }
    }
    Ok(out)
}

/// The name and the Go types of the parameters.
fn signature(function: &Function) -> String {
    let fixed = function.params.iter().map(|kind| kind.go_type().to_owned());
    let rest = function
        .variadic
        .map(|kind| format!("{}...", kind.go_type()));
    std::iter::once(function.name.to_owned())
        .chain(fixed.chain(rest).map(|kind| kind.replace(' ', "")))
        .collect::<Vec<_>>()
        .join(" ")
}
