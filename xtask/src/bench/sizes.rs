//! What a browser has to load, as a release sends it.

use std::fs;

use super::table::{Goal, Table};
use crate::process::target;

/// Sizes of the compressed files that `cargo xtask build --release` has just made.
pub(super) fn measure(table: &mut Table) -> anyhow::Result<()> {
    let site = target().join("site-release");
    let kilobytes = |path: &str| -> anyhow::Result<f64> {
        Ok(fs::metadata(site.join(path))?.len() as f64 / 1000.0)
    };
    let wasm = kilobytes("pkg/chartroom_bg.wasm.br")?;
    let rest = kilobytes("pkg/chartroom.js.br")? + kilobytes("style/main.css.br")?;
    table.add("wasm, brotli", wasm, "KB", Goal::Under(400.0));
    table.add("CSS and JavaScript, brotli", rest, "KB", Goal::Under(40.0));
    Ok(())
}
