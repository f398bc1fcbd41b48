//! What the linter looks at, read from disk.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use engine::lint::{Folder, Source, loader};
use engine::{ArchiveLimits, Dialect};

use super::super::disk::{self, absolute, go_error};

/// `filepath.Join`: the two as one path, without `.` and `..`.
pub(super) fn join(folder: &str, name: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let rooted = folder.starts_with('/');
    for part in folder.split('/').chain([name]) {
        match part {
            "" | "." => {}
            ".." => match parts.last() {
                Some(&last) if last != ".." => {
                    parts.pop();
                }
                _ if rooted => {}
                _ => parts.push(part),
            },
            part => parts.push(part),
        }
    }
    format!("{}{}", if rooted { "/" } else { "" }, parts.join("/"))
}

/// Reads the chart at a path.
pub(super) fn read(path: &str, dialect: Dialect) -> Result<Source, String> {
    if path.ends_with(".tgz") || path.ends_with(".tar.gz") {
        return archive(path, dialect);
    }
    let chart_yaml = join(path, "Chart.yaml");
    let info = fs::metadata(&chart_yaml).map_err(|error| {
        let error = go_error(&error);
        format!("unable to check Chart.yaml file in chart: stat {chart_yaml}: {error}")
    })?;
    let folder = absolute(Path::new(path));
    let read = |name: &str| {
        let file = folder.join(name);
        fs::read(&file).map_err(|error| {
            let call = match error.kind() {
                ErrorKind::IsADirectory => "read",
                _ => "open",
            };
            format!("{call} {}: {}", file.display(), go_error(&error))
        })
    };
    let kind = |name: &str| match fs::metadata(folder.join(name)) {
        Ok(info) if info.is_dir() => Folder::Present,
        Ok(_) => Folder::NoFolder,
        Err(_) => Folder::Missing,
    };
    let mut load_log = Vec::new();
    let chart = disk::load(&folder, loader(dialect), &mut load_log).map(Arc::new);
    Ok(Source {
        dialect,
        chart_yaml: read("Chart.yaml"),
        chart_yaml_is_folder: info.is_dir(),
        values_yaml: fs::metadata(folder.join("values.yaml"))
            .is_ok()
            .then(|| read("values.yaml")),
        schema: read("values.schema.json").unwrap_or_default(),
        templates: kind("templates"),
        crds: kind("crds"),
        chart,
        load_log,
        folder: folder.display().to_string(),
    })
}

/// Helm unpacks an archive into a folder of its own, whose name some findings show.
fn archive(path: &str, dialect: Dialect) -> Result<Source, String> {
    let packed = fs::read(path).map_err(|error| {
        let error = go_error(&error);
        format!("unable to open tarball: open {path}: {error}")
    })?;
    Source::from_archive(
        dialect,
        "/tmp/helm-lint",
        &packed,
        &ArchiveLimits::default(),
    )
    .map_err(|error| format!("unable to extract tarball: {error}"))
}
