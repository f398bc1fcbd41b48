//! The programs that checks need: the real Helm, above all. Taken from PATH where they are the
//! right ones, otherwise built with Go into `target/tools`.

use std::path::{Path, PathBuf};

use crate::process::{capture, command, find, run, step, target};

/// The release of Helm that Chartroom follows.
pub(crate) const HELM: &str = "v4.3.1";
/// The release of Helm 3 that must agree except where Helm itself differs.
pub(crate) const HELM3: &str = "v3.22.0";

/// A real Helm.
#[derive(Debug, Clone)]
pub(crate) struct Helm {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// The release it was built from.
    pub(crate) version: &'static str,
}

/// Helm 4, if it is here or can be built.
pub(crate) fn helm() -> anyhow::Result<Option<Helm>> {
    provide("helm", "helm", HELM, "helm.sh/helm/v4/cmd/helm")
}

/// Helm 3, if it is here or can be built.
pub(crate) fn helm3() -> anyhow::Result<Option<Helm>> {
    provide("helm3", "helm", HELM3, "helm.sh/helm/v3/cmd/helm")
}

fn provide(
    name: &str,
    binary: &str,
    version: &'static str,
    package: &str,
) -> anyhow::Result<Option<Helm>> {
    let folder = target().join("tools").join(format!("{name}-{version}"));
    let own = folder.join(binary);
    if let Some(path) = find(name).filter(|path| is_release(path, version)) {
        return Ok(Some(Helm { path, version }));
    }
    if own.is_file() {
        return Ok(Some(Helm { path: own, version }));
    }
    if find("go").is_none() {
        return Ok(None);
    }
    step(
        &format!("Building Helm {version} with Go (some minutes, once)"),
        || {
            run(command("go")
                .args(["install", &format!("{package}@{version}")])
                .env("GOBIN", &folder)
                .env("GOFLAGS", "-modcacherw"))
        },
    )?;
    Ok(Some(Helm { path: own, version }))
}

/// Whether a Helm on PATH says that it is that release. A Helm built with `go install` knows only
/// its minor version, so such a one counts only where this task has put it.
fn is_release(helm: &Path, version: &str) -> bool {
    let Ok(output) = capture(command(helm).args(["version", "--template", "{{.Version}}"])) else {
        return false;
    };
    String::from_utf8_lossy(&output.stdout).trim() == version
}

/// Installs packages of Debian, without what they merely recommend.
pub(crate) fn apt_install(packages: &[&str]) -> anyhow::Result<()> {
    run(command("apt-get").args(["update", "-qq"]))?;
    run(command("apt-get")
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(["install", "-y", "-qq", "--no-install-recommends"])
        .args(packages))
}
