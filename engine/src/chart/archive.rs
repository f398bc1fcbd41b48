//! Reading a packaged chart (`.tgz`) without trusting it.
//!
//! Follows pkg/chart/loader/archive/archive.go of Helm 4.3.1: same checks, same sentences. Links
//! and devices in an archive are never followed; like Helm, they count as empty files.

use std::io::{self, Read};

use flate2::read::MultiGzDecoder;

use super::SourceFile;
use crate::value::Str;
use crate::{Dialect, Error, ErrorKind};

fn refused(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Archive, message)
}

/// What an archive may hold, those in its charts/ folder together with it: packed zeros in packed
/// zeros would else take any amount of memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArchiveLimits {
    /// Bytes of all files together; Helm's `MaxDecompressedChartSize`, which counts each archive
    /// for itself.
    pub bytes: u64,
    /// Number of entries, a bound that Helm lacks.
    pub entries: usize,
}

impl Default for ArchiveLimits {
    fn default() -> Self {
        Self {
            bytes: 100 * 1024 * 1024,
            entries: 50_000,
        }
    }
}

/// What one file may have in Helm 3 (`MaxDecompressedFileSize` in its pkg/chart/loader).
pub const MAX_FILE_BYTES_HELM3: u64 = 5 * 1024 * 1024;

/// What is left of [`ArchiveLimits`] for one chart.
#[derive(Debug)]
pub(crate) struct Room {
    /// Whose rules the files are read by.
    pub(super) dialect: Dialect,
    limits: ArchiveLimits,
    bytes: u64,
    entries: usize,
    /// Bytes of subcharts' files, which lie in the charts around them as well.
    copies: u64,
}

/// How often the bytes of a chart may lie in charts within each other.
const MAX_COPIES: u64 = 4;

impl Room {
    /// All of it.
    pub(crate) fn new(limits: &ArchiveLimits, dialect: Dialect) -> Self {
        Self {
            dialect,
            limits: *limits,
            bytes: limits.bytes,
            entries: limits.entries,
            copies: limits.bytes.saturating_mul(MAX_COPIES),
        }
    }

    /// Makes room for the files of a subchart.
    pub(super) fn copy(&mut self, bytes: u64) -> Result<(), Error> {
        let left = self.copies.checked_sub(bytes);
        self.copies = left.ok_or_else(|| self.too_large())?;
        Ok(())
    }

    fn too_large(&self) -> Error {
        let bytes = self.limits.bytes;
        let what = if self.dialect.is_helm3() {
            "file size"
        } else {
            "size"
        };
        refused(format!(
            "decompressed chart is larger than the maximum {what} {bytes}"
        ))
    }
}

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Removes a byte order mark.
pub(super) fn without_bom(data: Str) -> Str {
    match data.as_bytes().strip_prefix(BOM) {
        Some(text) => Str::from_bytes(text),
        None => data,
    }
}

/// The files of a gzipped tar, their first folder removed from the paths.
///
/// # Errors
/// When it is no archive, breaks a limit, or names files outside of its folder.
pub(crate) fn read(packed: &[u8], room: &mut Room) -> Result<Vec<SourceFile>, Error> {
    check_header(packed)?;
    let limits = room.limits;
    let helm3 = room.dialect.is_helm3();
    let mut files = Vec::new();
    // Padding and headers count little; without this a stream of them would never end.
    let unpacked =
        MultiGzDecoder::new(packed).take(room.bytes.saturating_mul(2).saturating_add(1 << 20));
    let mut archive = tar::Archive::new(unpacked);
    let entries = archive.entries().map_err(|error| unreadable(&error))?;
    for entry in entries {
        let Some(left) = room.entries.checked_sub(1) else {
            return Err(refused(format!(
                "chart archive has more than the maximum of {} entries",
                limits.entries
            )));
        };
        room.entries = left;
        let mut entry = entry.map_err(|error| unreadable(&error))?;
        let kind = entry.header().entry_type();
        let full = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if kind.is_dir()
            || full.ends_with('/')
            || kind.is_pax_global_extensions()
            || kind.is_pax_local_extensions()
        {
            continue;
        }
        let path = inner_path(&full)?;
        let size = if kind.is_file() || kind.is_contiguous() || kind.is_gnu_sparse() {
            entry.size()
        } else {
            0
        };
        if size > room.bytes {
            return Err(room.too_large());
        }
        if helm3 && size > MAX_FILE_BYTES_HELM3 {
            let full = values::go::quote(&full);
            return Err(refused(format!(
                "decompressed chart file {full} is larger than the maximum file size {MAX_FILE_BYTES_HELM3}"
            )));
        }
        let mut data = Vec::new();
        if size > 0 {
            (&mut entry)
                .take(room.bytes)
                .read_to_end(&mut data)
                .map_err(|e| unreadable(&e))?;
        }
        let read = data.len() as u64;
        room.bytes = room.bytes.saturating_sub(read);
        if read < size || room.bytes == 0 {
            return Err(room.too_large());
        }
        files.push(SourceFile {
            path,
            data: without_bom(data.into()),
        });
    }
    if files.is_empty() {
        return Err(refused("no files in chart archive"));
    }
    Ok(files)
}

/// The first thing that Go's gzip reader looks at.
fn check_header(packed: &[u8]) -> Result<(), Error> {
    match packed {
        [] => Err(refused("EOF")),
        short if short.len() < 10 => Err(refused("unexpected EOF")),
        [0x1f, 0x8b, 8, ..] => Ok(()),
        _ => Err(refused("gzip: invalid header")),
    }
}

/// The path below the archive's folder, cleaned and checked.
fn inner_path(full: &str) -> Result<String, Error> {
    let delimiter = if full.contains('\\') { '\\' } else { '/' };
    let (first, rest) = full.split_once(delimiter).unwrap_or((full, ""));
    let rest = rest.replace(delimiter, "/");
    if rest.starts_with('/') {
        return Err(refused("chart illegally contains absolute paths"));
    }
    let path = clean(&rest);
    if path == "." {
        return Err(refused(format!(
            "chart illegally contains content outside the base directory: {}",
            values::go::quote(full)
        )));
    }
    if path.starts_with("..") {
        return Err(refused("chart illegally references parent directory"));
    }
    let bytes = path.as_bytes();
    if bytes.len() > 2 && bytes[0].is_ascii_alphabetic() && &bytes[1..3] == b":/" {
        return Err(refused("chart contains illegally named files"));
    }
    if first == "Chart.yaml" {
        return Err(refused("chart yaml not in base directory"));
    }
    Ok(path)
}

/// Go's `path.Clean` of a relative path.
fn clean(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|&last| last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    if parts.is_empty() {
        ".".to_owned()
    } else {
        parts.join("/")
    }
}

fn unreadable(error: &io::Error) -> Error {
    if error.kind() == io::ErrorKind::UnexpectedEof {
        return refused("unexpected EOF");
    }
    refused(format!("archive cannot be read: {error}"))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::{ArchiveLimits, Room, SourceFile};
    use crate::{Dialect, Error};

    fn read(packed: &[u8], limits: &ArchiveLimits) -> Result<Vec<SourceFile>, Error> {
        super::read(packed, &mut Room::new(limits, Dialect::Helm4))
    }

    /// An archive of these entries; the names are written as they are.
    fn pack(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut tar = Vec::new();
        for (name, data) in entries {
            let mut header = tar::Header::new_gnu();
            header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
            header.set_size(data.len() as u64);
            header.set_entry_type(tar::EntryType::Regular);
            header.set_mode(0o644);
            header.set_cksum();
            tar.extend_from_slice(header.as_bytes());
            tar.extend_from_slice(data);
            tar.resize(tar.len().div_ceil(512) * 512, 0);
        }
        tar.resize(tar.len() + 1024, 0);
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(&tar).unwrap();
        gzip.finish().unwrap()
    }

    fn refusal(name: &str) -> String {
        read(&pack(&[(name, b"x")]), &ArchiveLimits::default())
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn the_first_folder_is_dropped() {
        let files = read(
            &pack(&[("a/Chart.yaml", b"\xEF\xBB\xBFx"), ("a/./b//c", b"")]),
            &ArchiveLimits::default(),
        )
        .unwrap();
        let found: Vec<_> = files
            .iter()
            .map(|f| (f.path.as_str(), f.data.as_bytes()))
            .collect();
        assert_eq!(found, [("Chart.yaml", b"x".as_slice()), ("b/c", b"")]);
    }

    #[test]
    fn paths_stay_inside() {
        assert_eq!(
            refusal("a/../../etc/passwd"),
            "chart illegally references parent directory"
        );
        assert_eq!(
            refusal("a//etc/passwd"),
            "chart illegally contains absolute paths"
        );
        assert_eq!(
            refusal("a\\..\\..\\x"),
            "chart illegally references parent directory"
        );
        assert_eq!(refusal("a/c:/x"), "chart contains illegally named files");
        assert_eq!(
            refusal("Chart.yaml"),
            "chart illegally contains content outside the base directory: \"Chart.yaml\""
        );
        assert_eq!(refusal("Chart.yaml/x"), "chart yaml not in base directory");
    }

    #[test]
    fn sizes_are_bounded() {
        let limits = ArchiveLimits {
            bytes: 10,
            entries: 2,
        };
        // As in Helm, the last byte of the room counts as too many.
        for size in [10, 11] {
            let packed = pack(&[("a/b", &[0; 11][..size])]);
            assert_eq!(
                read(&packed, &limits).unwrap_err().to_string(),
                "decompressed chart is larger than the maximum size 10"
            );
        }
        assert!(read(&pack(&[("a/b", b"1"), ("a/c", b"2")]), &limits).is_ok());
        let packed = pack(&[("a/b", b"1"), ("a/c", b"2"), ("a/d", b"3")]);
        assert_eq!(
            read(&packed, &limits).unwrap_err().to_string(),
            "chart archive has more than the maximum of 2 entries"
        );
        assert!(read(&pack(&[("a/b", &[0; 9])]), &limits).is_ok());
        assert_eq!(
            read(b"hello, sailor", &limits).unwrap_err().to_string(),
            "gzip: invalid header"
        );
    }

    #[test]
    fn archives_within_archives_share_the_room() {
        let yaml = |name: &str| format!("apiVersion: v2\nname: {name}\nversion: 1.0.0\n");
        let zeros = [0; 3_000];
        let inner = pack(&[("s/Chart.yaml", yaml("s").as_bytes()), ("s/zeros", &zeros)]);
        let outer = |copies: usize| {
            let names: Vec<String> = (0..copies).map(|n| format!("c/charts/s{n}.tgz")).collect();
            let chart = yaml("c");
            let mut entries = vec![("c/Chart.yaml", chart.as_bytes())];
            entries.extend(names.iter().map(|name| (name.as_str(), inner.as_slice())));
            pack(&entries)
        };
        let load = |copies: usize, bytes: u64, entries: usize| {
            let limits = ArchiveLimits { bytes, entries };
            let loaded = crate::Chart::load_archive(&outer(copies), &limits);
            loaded.map(drop).map_err(|error| error.to_string())
        };
        assert!(load(2, 9_000, 7).is_ok());
        let error = load(3, 9_000, 10).unwrap_err();
        assert!(
            error.contains("larger than the maximum size 9000"),
            "{error}"
        );
        let error = load(2, 9_000, 6).unwrap_err();
        assert!(
            error.contains("more than the maximum of 6 entries"),
            "{error}"
        );
    }
}
