//! Where a chart comes from: a folder, an archive, or the binary.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use engine::{ArchiveLimits, Chart, SourceFile};

use super::ChartError;
use crate::repository::Package;

/// A chart's bytes, before they are a chart.
#[derive(Debug)]
pub enum Source {
    /// Files with their paths below the chart's folder.
    Files(Vec<SourceFile>),
    /// A `.tgz`.
    Archive(Vec<u8>),
}

/// What a chart folder may hold; Helm's own bound for archives is 100 MiB.
const MAX_BYTES: u64 = 100 << 20;

impl Source {
    /// Reads a chart folder or archive.
    ///
    /// # Errors
    /// When it cannot be read, or holds more than 100 MiB.
    pub fn read(path: &Path) -> io::Result<Self> {
        if fs::metadata(path)?.is_file() {
            return fs::read(path).map(Self::Archive);
        }
        let mut files = Vec::new();
        let mut left = MAX_BYTES;
        walk(path, |name, path, metadata| {
            left = left.checked_sub(metadata.len()).ok_or_else(|| {
                io::Error::other(format!("the chart holds more than {MAX_BYTES} bytes"))
            })?;
            files.push(SourceFile::new(name, fs::read(path)?));
            Ok(())
        })?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self::Files(files))
    }

    /// The chart itself, as Helm loads it.
    pub(super) fn chart(&self) -> Result<Chart, ChartError> {
        Ok(match self {
            Self::Files(files) => Chart::load(files.clone())?,
            Self::Archive(data) => Chart::load_archive(data, &ArchiveLimits::default())?,
        })
    }

    /// Its archive: the one that was read, or a new one of the files that Helm would pack.
    pub(super) fn package(self, chart: &Chart) -> io::Result<Package> {
        match self {
            Self::Archive(data) => Ok(Package::from_archive(chart.name(), chart.version(), data)),
            Self::Files(_) => Package::build(chart.name(), chart.version(), chart.files()),
        }
    }
}

/// Visits all files below a folder: path below it, path, what the disk says of it.
pub(super) fn walk(
    folder: &Path,
    mut visit: impl FnMut(String, &Path, &fs::Metadata) -> io::Result<()>,
) -> io::Result<()> {
    let mut folders = vec![(folder.to_owned(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        for (name, path) in list(&folder)? {
            let name = format!("{prefix}{name}");
            // As Helm does, links are followed; whoever starts the server chose the folder.
            let metadata = fs::metadata(&path)?;
            if !metadata.is_dir() {
                visit(name, &path, &metadata)?;
            } else if name != ".git" {
                folders.push((path, name + "/"));
            }
        }
    }
    Ok(())
}

fn list(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    fs::read_dir(folder)?
        .map(|entry| {
            let entry = entry?;
            Ok((
                entry.file_name().to_string_lossy().into_owned(),
                entry.path(),
            ))
        })
        .collect()
}
