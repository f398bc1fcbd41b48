//! A chart as the archive that `helm package` would write: one folder with the chart's name.
//!
//! The same files always give the same bytes (fixed times, owners, modes and order), so that the
//! digest in the index never changes under an unchanged chart.

use std::io::{self, Write as _};

use flate2::{Compression, GzBuilder};
use sha2::{Digest as _, Sha256};

/// A packaged chart.
#[derive(Debug)]
pub struct Package {
    /// `flts-0.1.0.tgz`.
    pub file_name: String,
    /// The archive.
    pub data: Vec<u8>,
    /// Its SHA-256, in hexadecimal.
    pub digest: String,
}

/// The time of every entry: 1980-01-01, which archives of all kinds can hold.
pub(crate) const MTIME: u64 = 315_532_800;

impl Package {
    /// Packs the files of a chart: paths relative to its folder, in the order given by Helm
    /// (`Chart.yaml` first), the rest sorted.
    ///
    /// # Errors
    /// When a path cannot stand in an archive.
    pub fn build<'a>(
        name: &str,
        version: &str,
        files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
    ) -> io::Result<Self> {
        let mut files: Vec<_> = files.into_iter().collect();
        files.sort_by_key(|(path, _)| (rank(path), *path));
        let gzip = GzBuilder::new().mtime(0).operating_system(255);
        let mut archive = tar::Builder::new(gzip.write(Vec::new(), Compression::best()));
        for (path, data) in files {
            let mut header = tar::Header::new_ustar();
            header.set_entry_type(tar::EntryType::Regular);
            header.set_size(data.len() as u64);
            header.set_mode(0o644);
            header.set_mtime(MTIME);
            archive.append_data(&mut header, format!("{name}/{path}"), data)?;
        }
        let mut gzip = archive.into_inner()?;
        gzip.flush()?;
        Ok(Self::from_archive(name, version, gzip.finish()?))
    }

    /// An archive that exists already.
    #[must_use]
    pub fn from_archive(name: &str, version: &str, data: Vec<u8>) -> Self {
        let digest = base16ct::lower::encode_string(&Sha256::digest(&data));
        Self {
            file_name: format!("{name}-{version}.tgz"),
            data,
            digest,
        }
    }
}

/// Helm writes these before all other files.
fn rank(path: &str) -> usize {
    const FIRST: [&str; 4] = [
        "Chart.yaml",
        "Chart.lock",
        "values.yaml",
        "values.schema.json",
    ];
    FIRST
        .iter()
        .position(|first| *first == path)
        .unwrap_or(FIRST.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_files_same_bytes_in_helms_order() {
        let files: [(&str, &[u8]); 3] = [
            ("templates/a.yaml", b"a"),
            ("values.yaml", b"{}"),
            ("Chart.yaml", b"name: x"),
        ];
        let one = Package::build("x", "1.0.0", files).unwrap();
        let mut turned = files;
        turned.reverse();
        let two = Package::build("x", "1.0.0", turned).unwrap();
        assert_eq!(one.data, two.data);
        assert_eq!(one.file_name, "x-1.0.0.tgz");
        assert_eq!(one.digest.len(), 64);

        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(one.data.as_slice()));
        let names: Vec<_> = archive
            .entries()
            .unwrap()
            .map(|entry| entry.unwrap().path().unwrap().display().to_string())
            .collect();
        assert_eq!(
            names,
            ["x/Chart.yaml", "x/values.yaml", "x/templates/a.yaml"]
        );
    }
}
