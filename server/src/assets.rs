//! The files that the page needs: style, wasm, icons. Embedded in a release build, read from disk
//! in a development build or with `--site`.

mod stylesheet;

use std::{
    borrow::Cow,
    path::{Component, Path, PathBuf},
};

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// Where files come from.
#[derive(Debug, Clone)]
pub enum Assets {
    /// From the binary itself: (path, bytes), sorted by path.
    Embedded(&'static [(&'static str, &'static [u8])]),
    /// From folders, the first that has the file.
    Folders(Vec<Folder>),
}

/// A folder on disk and the path it appears under.
#[derive(Debug, Clone)]
pub struct Folder {
    /// A prefix of request paths without slashes around it; empty for the root.
    pub at: String,
    /// The folder.
    pub path: PathBuf,
}

/// One file to serve.
#[derive(Debug)]
pub struct Asset {
    /// Its bytes.
    pub data: Cow<'static, [u8]>,
    /// Its media type.
    pub media_type: &'static str,
}

impl Assets {
    /// The files of `site` if given, else what was embedded, else the repository's own folders.
    #[must_use]
    pub fn locate(site: Option<&Path>) -> Self {
        let folder = |at: &str, path: PathBuf| Folder {
            at: at.to_owned(),
            path,
        };
        match (site, SITE) {
            (Some(site), _) => Self::Folders(vec![folder("", site.to_owned())]),
            (None, Some(files)) => Self::Embedded(files),
            (None, None) => {
                let root = repository();
                let target = std::env::var_os("CARGO_TARGET_DIR")
                    .map_or_else(|| root.join("target"), |target| root.join(target));
                Self::Folders(vec![
                    folder("style", root.join("style")),
                    folder("", root.join("public")),
                    folder("", target.join("site")),
                ])
            }
        }
    }

    /// Reads a file by its request path without the leading slash; a style sheet comes with all
    /// that it imports.
    #[must_use]
    pub fn read(&self, path: &str) -> Option<Asset> {
        let mut asset = self.read_file(path)?;
        if asset.media_type.starts_with("text/css") {
            let text = String::from_utf8_lossy(&asset.data);
            let imported = |path: &str| {
                let data = self.read_file(path)?.data;
                Some(String::from_utf8_lossy(&data).into_owned())
            };
            asset.data = Cow::Owned(stylesheet::bundle(path, &text, &imported).into_bytes());
        }
        Some(asset)
    }

    fn read_file(&self, path: &str) -> Option<Asset> {
        let plain = |part| matches!(part, Component::Normal(_));
        if path.is_empty()
            || path.contains(['\\', '\0'])
            || !Path::new(path).components().all(plain)
        {
            return None;
        }
        let data = match self {
            Self::Embedded(files) => files
                .iter()
                .find(|(name, _)| *name == path)
                .map(|(_, data)| Cow::Borrowed(*data)),
            Self::Folders(folders) => folders.iter().find_map(|folder| folder.read(path)),
        }?;
        Some(Asset {
            data,
            media_type: media_type(path),
        })
    }
}

impl Folder {
    fn read(&self, path: &str) -> Option<Cow<'static, [u8]>> {
        let rest = match self.at.as_str() {
            "" => path,
            at => path.strip_prefix(at)?.strip_prefix('/')?,
        };
        std::fs::read(self.path.join(rest)).ok().map(Cow::Owned)
    }
}

/// The repository that a development build was made in.
pub(crate) fn repository() -> PathBuf {
    let server = Path::new(env!("CARGO_MANIFEST_DIR"));
    server.parent().unwrap_or(server).to_owned()
}

/// The media type by file ending; only what a site of ours holds.
fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
