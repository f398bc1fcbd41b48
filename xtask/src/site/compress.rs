//! Compressed twins of a site's files, as small as they get: a release sends them as they are.

use std::{fs, io::Write as _, path::Path};

use anyhow::Context as _;

/// What is worth compressing, by file ending.
const WORTH: [&str; 8] = [
    "css",
    "js",
    "wasm",
    "svg",
    "txt",
    "json",
    "webmanifest",
    "ico",
];

/// Writes `FILE.br` and `FILE.gz` beside each file of a folder.
pub(super) fn folder(folder: &Path) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            self::folder(&path)?;
        } else if worth(&path) {
            let data =
                fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            let name = path.to_string_lossy();
            fs::write(format!("{name}.br"), brotli(&data)?)?;
            fs::write(format!("{name}.gz"), gzip(&data)?)?;
        }
    }
    Ok(())
}

fn worth(path: &Path) -> bool {
    path.extension()
        .and_then(|ending| ending.to_str())
        .is_some_and(|ending| WORTH.contains(&ending))
}

/// Brotli at its best.
pub(crate) fn brotli(data: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut out = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 24,
        size_hint: data.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*data, &mut out, &parameters)?;
    Ok(out)
}

fn gzip(data: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(data)?;
    Ok(encoder.finish()?)
}
