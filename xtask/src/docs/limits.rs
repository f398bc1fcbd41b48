//! The limits of a render, and what they are where.

use engine::{Limits, limits::TABLE};

/// A row for each limit: in the library and the commands, and on a server.
pub(super) fn table() -> anyhow::Result<String> {
    let (library, server) = (Limits::default(), Limits::for_service());
    let mut out = String::from(
        "| name | bounds | `template`, `lint`, library | `serve` |\n| --- | --- | ---: | ---: |\n",
    );
    for limit in TABLE {
        let (name, help) = (limit.name, limit.help);
        let (own, served) = (limit.get(&library), limit.get(&server));
        out.push_str(&format!("| `{name}` | {help} | {own} | {served} |\n"));
    }
    out.push_str("| `time` | milliseconds that the render works | none | 800 |\n");
    Ok(out)
}
