//! What a browser has to load, as a release sends it.

use std::{fs, path::Path};

use anyhow::bail;

use super::table::{Goal, Table};
use crate::process::target;

/// The compressed files of a release's site, in KB, each beside what it may have.
fn sizes(site: &Path) -> anyhow::Result<[(&'static str, f64, f64); 2]> {
    let kilobytes = |path: &str| -> anyhow::Result<f64> {
        Ok(fs::metadata(site.join(path))?.len() as f64 / 1000.0)
    };
    let wasm = kilobytes("pkg/chartroom_bg.wasm.br")?;
    let rest = kilobytes("pkg/chartroom.js.br")? + kilobytes("style/main.css.br")?;
    Ok([
        ("wasm, brotli", wasm, 400.0),
        ("CSS and JavaScript, brotli", rest, 40.0),
    ])
}

/// Sizes of what `cargo xtask build --release` has just made.
pub(super) fn measure(table: &mut Table) -> anyhow::Result<()> {
    for (name, size, limit) in sizes(&target().join("site-release"))? {
        table.add(name, size, "KB", Goal::Under(limit));
    }
    Ok(())
}

/// # Errors
/// When a file is larger than its goal.
pub(crate) fn check(site: &Path) -> anyhow::Result<()> {
    for (name, size, limit) in sizes(site)? {
        println!("{name}: {size:.1} KB of {limit} KB");
        if size > limit {
            bail!("{name}: {size:.1} KB; the goal is {limit} KB");
        }
    }
    Ok(())
}
