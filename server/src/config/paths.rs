//! Charts and site on disk.

use std::path::PathBuf;

/// Places on disk.
#[derive(Debug, Clone, Default)]
pub struct Paths {
    /// `CHARTROOM_CHARTS`: chart folders and archives, separated as in `PATH`; the first is the
    /// one that `/` shows. Without any, the FLTS chart that comes with Chartroom.
    pub charts: Vec<PathBuf>,
    /// `CHARTROOM_SITE_DIR`: a folder with `pkg/`, `style/` and the public files at its root;
    /// by default the one embedded at build time, or in a development build the source folders.
    pub site: Option<PathBuf>,
    /// `CHARTROOM_EXPORTS`: a folder with a team's own export templates (`NAME.j2`), beside ours.
    pub exports: Option<PathBuf>,
}

impl Paths {
    pub(super) fn from_env() -> Self {
        let charts = std::env::var_os("CHARTROOM_CHARTS").unwrap_or_default();
        Self {
            charts: std::env::split_paths(&charts)
                .filter(|p| !p.as_os_str().is_empty())
                .collect(),
            site: path("CHARTROOM_SITE_DIR"),
            exports: path("CHARTROOM_EXPORTS"),
        }
    }
}

/// A path, unless the variable is unset or empty.
fn path(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable)
        .filter(|path| !path.is_empty())
        .map(PathBuf::from)
}
