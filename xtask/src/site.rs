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
pub(crate) fn build_pkg() -> anyhow::Result<()> {
    bind(false, &target().join("site/pkg"))?;
    Ok(())
}

/// The site of a release.
pub(crate) struct Whole {
    /// The folder that is embedded.
    pub(crate) folder: PathBuf,
    /// Whether the page's wasm is as small as it gets; not every compiler can do that.
    pub(crate) small: bool,
}

/// Builds the whole site in one folder, as it is embedded into a release.
pub(crate) fn build_whole() -> anyhow::Result<Whole> {
    let pkg = target().join("wasm/pkg-release");
    let small = bind(true, &pkg)?;
    let whole = target().join("site-release");
    // What is embedded is compiled anew whenever it is written anew.
    let made = modified(&whole.join("style/main.css.br"));
    if made
        > newest(&pkg)?
            .max(newest(&root().join("public"))?)
            .max(newest(&root().join("style"))?)
    {
        return Ok(Whole {
            folder: whole,
            small,
        });
    }
    let _ = fs::remove_dir_all(&whole);
    copy(&root().join("public"), &whole)?;
    fs::create_dir_all(whole.join("style"))?;
    fs::write(
        whole.join("style/main.css"),
        style::bundle(&root().join("style/main.css"))?,
    )?;
    copy(&pkg, &whole.join("pkg"))?;
    step("Compressing the site", || compress::folder(&whole))?;
    Ok(Whole {
        folder: whole,
        small,
    })
}

/// Compiles the page's module, and binds it to JavaScript unless that has been done. Says whether
/// it is small.
fn bind(release: bool, pkg: &Path) -> anyhow::Result<bool> {
    let page = wasm::build(release)?;
    // This program, too, decides what is bound.
    let newest = modified(&page.module).max(modified(&std::env::current_exe()?));
    if modified(&pkg.join("chartroom_bg.wasm")) <= newest {
        let _ = fs::remove_dir_all(pkg);
        fs::create_dir_all(pkg)?;
        wasm::bind(&page, release, pkg)?;
    }
    Ok(page.small)
}

/// When something in a folder was last written, made or taken away.
fn newest(folder: &Path) -> anyhow::Result<SystemTime> {
    let mut newest = modified(folder);
    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?
    {
        let path = entry?.path();
        newest = newest.max(if path.is_dir() {
            self::newest(&path)?
        } else {
            modified(&path)
        });
    }
    Ok(newest)
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
