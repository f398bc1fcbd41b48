//! The site: what the browser loads besides the page itself.

pub(crate) mod compress;
mod style;

use std::{
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use anyhow::Context as _;

use crate::{
    process::{root, step, target},
    wasm,
};

/// Builds `target/site/pkg`: all that a development server needs, which reads the style sheets
/// and public files where they are.
pub(crate) fn build_pkg(release: bool) -> anyhow::Result<PathBuf> {
    let module = wasm::build(release)?;
    let site = target().join("site");
    let pkg = site.join("pkg");
    let bound = pkg.join("chartroom_bg.wasm");
    // The profile is part of the name, so that switching profiles binds again.
    let stamp = pkg.join(if release { ".release" } else { ".dev" });
    if modified(&bound) > modified(&module) && stamp.is_file() {
        return Ok(site);
    }
    let _ = fs::remove_dir_all(&pkg);
    fs::create_dir_all(&pkg)?;
    wasm::bind(&module, release, &pkg)?;
    fs::write(stamp, "")?;
    Ok(site)
}

/// Builds the whole site in one folder, as it is embedded into a release.
pub(crate) fn build_whole(release: bool) -> anyhow::Result<PathBuf> {
    let pkg = build_pkg(release)?.join("pkg");
    let whole = target().join("site-release");
    let _ = fs::remove_dir_all(&whole);
    copy(&root().join("public"), &whole)?;
    fs::create_dir_all(whole.join("style"))?;
    fs::write(
        whole.join("style/main.css"),
        style::bundle(&root().join("style/main.css"))?,
    )?;
    copy(&pkg, &whole.join("pkg"))?;
    step("Compressing the site", || compress::folder(&whole))?;
    Ok(whole)
}

fn modified(file: &Path) -> SystemTime {
    fs::metadata(file)
        .and_then(|data| data.modified())
        .unwrap_or(SystemTime::UNIX_EPOCH)
}

/// Copies a folder; hidden files stay behind.
pub(crate) fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
