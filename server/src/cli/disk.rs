//! Charts and values files on disk.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use engine::chart::ignore::{FILE_NAME, Rules};
use engine::chart::{Loader, MAX_FILE_BYTES_HELM3};
use engine::log::{Event, LogLine};
use engine::{ArchiveLimits, Chart, Dialect, SourceFile};

use super::symlink;

/// Helm's `MaxDecompressedChartSize`.
const MAX_CHART_BYTES: u64 = 100 * 1024 * 1024;
/// Folders in folders; a link that leads back up would never end.
const MAX_DEPTH: usize = 64;

/// The words that Go has for a failed call.
pub(super) fn go_error(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or directory".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "is a directory".to_owned(),
        io::ErrorKind::NotADirectory => "not a directory".to_owned(),
        _ => {
            let text = error.to_string();
            let text = text.split(" (os error").next().unwrap_or(&text);
            text.to_lowercase()
        }
    }
}

/// Reads a file that the user names.
pub(super) fn read_file(name: &str) -> Result<Vec<u8>, String> {
    if name.trim() == "-" {
        let mut data = Vec::new();
        io::stdin()
            .read_to_end(&mut data)
            .map_err(|error| go_error(&error))?;
        return Ok(data);
    }
    if let Some((scheme @ ("http" | "https" | "oci"), _)) = name.split_once("://") {
        return Err(format!(
            "values are not fetched from other hosts ({scheme}): {name}"
        ));
    }
    let opened = fs::File::open(name).map_err(|error| format!("open {name}: {}", go_error(&error)));
    let mut data = Vec::new();
    opened?
        .read_to_end(&mut data)
        .map_err(|error| format!("read {name}: {}", go_error(&error)))?;
    Ok(data)
}

/// Where the chart is that the user names (`LocateChart`).
pub(super) fn locate(name: &str) -> Result<PathBuf, String> {
    let name = name.trim();
    if !name.is_empty() && fs::metadata(name).is_ok() {
        return Ok(absolute(Path::new(name)));
    }
    if name.starts_with(['/', '.']) {
        return Err(format!("path {} not found", values::go::quote(name)));
    }
    if name.contains("://") {
        return Err(format!("charts are not fetched from other hosts: {name}"));
    }
    match name.split_once('/') {
        Some((repository, _)) => Err(format!("repo {repository} not found")),
        None => Err(format!(
            "non-absolute URLs should be in form of repo_name/path_to_chart, got: {name}"
        )),
    }
}

/// The path from the root, without `.` and `..`.
pub(super) fn absolute(path: &Path) -> PathBuf {
    let joined = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut out = PathBuf::new();
    for part in joined.components() {
        match part {
            std::path::Component::ParentDir => {
                out.pop();
            }
            std::path::Component::CurDir => {}
            part => out.push(part),
        }
    }
    out
}

/// Loads the chart at a path; what Helm logs on the way goes to `log`.
pub(super) fn load(path: &Path, loader: Loader, log: &mut Vec<LogLine>) -> Result<Chart, String> {
    load_telling(path, loader, log, &mut |_| {})
}

/// The same; `read` is told of each file of a folder as soon as it is read.
pub(super) fn load_telling(
    path: &Path,
    loader: Loader,
    log: &mut Vec<LogLine>,
    read: &mut dyn FnMut(&SourceFile),
) -> Result<Chart, String> {
    if fs::metadata(path).is_ok_and(|metadata| metadata.is_dir()) {
        return load_folder(path, loader, log, read);
    }
    load_archive(path, loader)
}

fn load_archive(path: &Path, loader: Loader) -> Result<Chart, String> {
    let shown = path.display();
    let data = fs::read(path).map_err(|error| format!("open {shown}: {}", go_error(&error)))?;
    if !data.starts_with(&[0x1f, 0x8b, 0x08]) {
        let name = path.to_string_lossy();
        if name.ends_with(".yml") || name.ends_with(".yaml") {
            return Err(format!(
                "file '{shown}' seems to be a YAML file, but expected a gzipped archive"
            ));
        }
        return Err(format!(
            "file '{shown}' does not appear to be a gzipped archive; got '{}'",
            content_type(&data)
        ));
    }
    let limits = ArchiveLimits::default();
    Chart::load_archive_with(&data, &limits, loader).map_err(|error| match error.kind() {
        // Helm says no more about a broken archive.
        engine::ErrorKind::Archive if loader == Loader::Detecting => {
            "unable to load chart archive".to_owned()
        }
        _ => error.to_string(),
    })
}

/// The part of `http.DetectContentType` that matters for files given by mistake: it is asked
/// about the first 512 bytes, zeros behind a shorter file.
fn content_type(data: &[u8]) -> &'static str {
    let binary = |byte: &u8| matches!(byte, 0..=8 | 11 | 14..=26 | 28..=31);
    if data.starts_with(b"PK\x03\x04") {
        "application/zip"
    } else if data.starts_with(b"%PDF-") {
        "application/pdf"
    } else if data.len() >= 512 && !data[..512].iter().any(binary) {
        "text/plain; charset=utf-8"
    } else {
        "application/octet-stream"
    }
}

fn load_folder(
    path: &Path,
    loader: Loader,
    log: &mut Vec<LogLine>,
    read: &mut dyn FnMut(&SourceFile),
) -> Result<Chart, String> {
    let chart_yaml = path.join("Chart.yaml");
    if loader == Loader::Detecting
        && let Err(error) = fs::read(&chart_yaml)
    {
        let shown = chart_yaml.display();
        return Err(format!(
            "unable to detect chart at {shown}: open {shown}: {}",
            go_error(&error)
        ));
    }
    let rules = match fs::read(path.join(FILE_NAME)) {
        Ok(text) => Rules::parse(&String::from_utf8_lossy(&text))?,
        Err(_) => Rules::defaults(),
    };
    let mut walk = Walk {
        rules,
        files: Vec::new(),
        buffer: Vec::new(),
        left: MAX_CHART_BYTES,
        dialect: loader.dialect(),
        log,
        read,
    };
    walk.folder(path, "", 0)?;
    Chart::load_with(walk.files, loader).map_err(|error| error.to_string())
}

/// A walk through a chart's folder, links followed as Helm does (internal/sympath).
struct Walk<'l> {
    rules: Rules,
    files: Vec<SourceFile>,
    /// What is read lies here before its place is made: memory that has been touched is used again.
    buffer: Vec<u8>,
    left: u64,
    dialect: Dialect,
    log: &'l mut Vec<LogLine>,
    /// Is told of each file.
    read: &'l mut dyn FnMut(&SourceFile),
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path, prefix: &str, depth: usize) -> Result<(), String> {
        if depth > MAX_DEPTH {
            return Err(format!(
                "folders are nested deeper than {MAX_DEPTH} levels: {prefix}"
            ));
        }
        let failed = |error: &io::Error| format!("open {}: {}", folder.display(), go_error(error));
        let mut names = Vec::new();
        for entry in fs::read_dir(folder).map_err(|error| failed(&error))? {
            names.push(entry.map_err(|error| failed(&error))?.file_name());
        }
        names.sort();
        for name in names {
            let full = folder.join(&name);
            let path = format!("{prefix}{}", name.to_string_lossy());
            self.entry(&full, &path, depth)?;
        }
        Ok(())
    }

    fn entry(&mut self, full: &Path, path: &str, depth: usize) -> Result<(), String> {
        let shown = full.display();
        let info = fs::symlink_metadata(full)
            .map_err(|error| format!("lstat {shown}: {}", go_error(&error)))?;
        let info = if info.is_symlink() {
            let resolved = symlink::evaluate(full)
                .map_err(|error| format!("error evaluating symlink {shown}: {error}"))?;
            let event = Event::SymbolicLink {
                path: shown.to_string(),
                resolved: resolved.display().to_string(),
            };
            self.log.push(event.line(self.dialect));
            fs::symlink_metadata(&resolved)
                .map_err(|error| format!("lstat {}: {}", resolved.display(), go_error(&error)))?
        } else {
            info
        };
        if info.is_dir() {
            if self.rules.ignores(path, true) {
                return Ok(());
            }
            return self.folder(full, &format!("{path}/"), depth + 1);
        }
        // The engine looks into these two before it ignores them.
        let is_needed = matches!(path, "Chart.yaml" | FILE_NAME);
        if !is_needed && self.rules.ignores(path, false) {
            return Ok(());
        }
        if !info.is_file() {
            return Err(format!(
                "cannot load irregular file {shown} as it has file mode type bits set"
            ));
        }
        if self.dialect.is_helm3() && info.len() > MAX_FILE_BYTES_HELM3 {
            let name = path.rsplit('/').next().unwrap_or(path);
            return Err(format!(
                "chart file {} is larger than the maximum file size {MAX_FILE_BYTES_HELM3}",
                values::go::quote(name)
            ));
        }
        let too_large = || {
            format!(
                "error reading {path}: chart exceeds maximum decompressed size of {MAX_CHART_BYTES} bytes"
            )
        };
        if info.len() > self.left {
            return Err(too_large());
        }
        let failed =
            |error: &io::Error| format!("error reading {path}: open {shown}: {}", go_error(error));
        let file = fs::File::open(full).map_err(|error| failed(&error))?;
        self.buffer.clear();
        // One byte more, so that the end is seen without growing.
        self.buffer
            .reserve(usize::try_from(info.len()).unwrap_or(0) + 1);
        file.take(self.left + 1)
            .read_to_end(&mut self.buffer)
            .map_err(|error| failed(&error))?;
        self.left = self
            .left
            .checked_sub(self.buffer.len() as u64)
            .ok_or_else(too_large)?;
        let file = SourceFile::new(path, self.buffer.as_slice());
        (self.read)(&file);
        self.files.push(file);
        Ok(())
    }
}
