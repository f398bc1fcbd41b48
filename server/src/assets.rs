//! The files that the page needs: style, wasm, icons. Embedded in a release build, read from disk
//! in a development build or with `--site`.
//!
//! A release's files come with their compressed twins (`main.css.br`, `main.css.gz`), made once
//! and as small as they get, and with addresses that name their content, so that a browser keeps
//! them for good.

mod stylesheet;

use std::{
    borrow::Cow,
    collections::BTreeMap,
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use sha2::{Digest as _, Sha256};

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// Where files come from.
#[derive(Debug, Clone)]
pub enum Assets {
    /// From the binary itself.
    Embedded(Arc<Embedded>),
    /// From folders, the first that has the file.
    Folders(Vec<Folder>),
}

/// The files in the binary: path, bytes and digest.
pub type Embedded = BTreeMap<&'static str, (&'static [u8], String)>;

/// An encoding of a compressed twin: what HTTP calls it, and its file ending.
pub type Encoding = (&'static str, &'static str);

/// The encodings of compressed twins, the smaller first.
const ENCODINGS: [Encoding; 2] = [("br", ".br"), ("gzip", ".gz")];

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
    /// A digest of its bytes.
    pub digest: String,
    /// How its bytes are compressed, if they are.
    pub encoding: Option<&'static str>,
    /// Whether another client may get other bytes of the same file.
    pub varies: bool,
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
            (None, Some(files)) => Self::Embedded(Arc::new(
                files
                    .iter()
                    .map(|(path, data)| (*path, (*data, digest(data))))
                    .collect(),
            )),
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
    pub fn read(&self, path: &str, accepts: impl Fn(&str) -> bool) -> Option<Asset> {
        let media_type = media_type(path);
        if let Self::Embedded(files) = self {
            let twin = |(_, ending): &Encoding| files.get(format!("{path}{ending}").as_str());
            let found = ENCODINGS
                .iter()
                .filter(|(name, _)| accepts(name))
                .find_map(|encoding| Some((twin(encoding)?, Some(encoding.0))));
            if let Some(((data, digest), encoding)) = found.or_else(|| {
                twin(&ENCODINGS[0])
                    .and(files.get(path))
                    .map(|file| (file, None))
            }) {
                return Some(Asset {
                    data: Cow::Borrowed(*data),
                    media_type,
                    digest: digest.clone(),
                    encoding,
                    varies: true,
                });
            }
        }
        let mut data = self.read_file(path)?;
        if media_type.starts_with("text/css") {
            let text = String::from_utf8_lossy(&data);
            let imported = |path: &str| {
                let data = self.read_file(path)?;
                Some(String::from_utf8_lossy(&data).into_owned())
            };
            data = Cow::Owned(stylesheet::bundle(path, &text, &imported).into_bytes());
        }
        Some(Asset {
            digest: digest(&data),
            data,
            media_type,
            encoding: None,
            varies: false,
        })
    }

    /// Where the page finds a file: with its content's digest in a release, so that the browser
    /// need not ask again.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        match self {
            // A file without a twin was not made ready: it may be one of several that are sent.
            Self::Embedded(files) => match (files.get(path), files.get(&*format!("{path}.br"))) {
                (Some((_, digest)), Some(_)) => format!("/{path}?v={}", &digest[..VERSION]),
                _ => format!("/{path}"),
            },
            Self::Folders(_) => format!("/{path}"),
        }
    }

    /// Whether a query names the content that the file has now.
    #[must_use]
    pub fn is_current(&self, path: &str, query: Option<&str>) -> bool {
        query.is_some_and(|query| self.address(path) == format!("/{path}?{query}"))
    }

    fn read_file(&self, path: &str) -> Option<Cow<'static, [u8]>> {
        let plain = |part| matches!(part, Component::Normal(_));
        if path.is_empty()
            || path.contains(['\\', '\0'])
            || !Path::new(path).components().all(plain)
        {
            return None;
        }
        match self {
            Self::Embedded(files) => files.get(path).map(|(data, _)| Cow::Borrowed(*data)),
            Self::Folders(folders) => folders.iter().find_map(|folder| folder.read(path)),
        }
    }
}

/// So many digits of a digest tell two versions of a file apart.
const VERSION: usize = 16;

fn digest(data: &[u8]) -> String {
    base16ct::lower::encode_string(&Sha256::digest(data))
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
