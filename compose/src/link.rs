//! The link: one query that carries a composition, readable, in Helm's own `--set` words.
//!
//! `env=prod&release=flts&namespace=ml&kube=1.33&set=inference.replicas=5&set=kafka.enabled=false`

mod decode;
mod encode;
mod packed;
mod percent;

use serde::{Deserialize, Serialize};
use values::ValuesPath;

pub use decode::{decode, decode_over};
pub use encode::{encode, encode_over};
pub use percent::decode as percent_decode;

use crate::composition::Composition;

/// The keys of a query. Any other is a problem.
pub mod keys {
    /// The chart, where a server has several.
    pub const CHART: &str = "chart";
    /// The environment.
    pub const ENV: &str = "env";
    /// The release's name.
    pub const RELEASE: &str = "release";
    /// The release's namespace.
    pub const NAMESPACE: &str = "namespace";
    /// The Kubernetes version.
    pub const KUBE: &str = "kube";
    /// An API version that the cluster has; may be repeated.
    pub const API_VERSIONS: &str = "api-versions";
    /// Short for [`API_VERSIONS`].
    pub const API: &str = "api";
    /// `true` for an upgrade instead of an install.
    pub const UPGRADE: &str = "upgrade";
    /// Helm's `--set`; may be repeated.
    pub const SET: &str = "set";
    /// Helm's `--set-string`; may be repeated.
    pub const SET_STRING: &str = "set-string";
    /// Helm's `--set-json`; may be repeated.
    pub const SET_JSON: &str = "set-json";
    /// All overrides, compressed.
    pub const PACKED: &str = "z";
    /// A saved composition to start from.
    pub const PRESET: &str = "preset";
    /// Of `values.yaml`: `true` for all values instead of what differs. No part of a composition.
    pub const FULL: &str = "full";
    /// What the page shows beside the form. No part of a composition.
    pub const SHOW: &str = "show";

    /// All of them.
    pub const ALL: [&str; 15] = [
        CHART,
        ENV,
        RELEASE,
        NAMESPACE,
        KUBE,
        API_VERSIONS,
        API,
        UPGRADE,
        SET,
        SET_STRING,
        SET_JSON,
        PACKED,
        PRESET,
        FULL,
        SHOW,
    ];
}

/// From this many bytes of query on, overrides are compressed into `z`.
pub const MAX_READABLE: usize = 4 * 1024;

/// The most bytes of overrides, as JSON, that a link carries; also the most that a link's `z` may
/// grow to when it is unpacked.
pub const MAX_OVERRIDES: usize = 64 * 1024;

/// The most bytes of query that are looked at.
pub const MAX_QUERY: usize = 512 * 1024;

/// The longest query that is written: common servers and proxies refuse a longer address.
pub const MAX_URL: usize = 60_000;

/// The pairs of a query or of a form's body, decoded, in order.
///
/// # Errors
/// The key (or what there is of it) of a part that is not UTF-8 once its `%` are decoded.
pub fn pairs(query: &str) -> Result<Vec<(String, String)>, String> {
    query
        .split('&')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            match (percent::decode(key), percent::decode(value)) {
                (Some(key), Some(value)) => Ok((key, value)),
                _ => Err(crate::form::shorten(key, 60)),
            }
        })
        .collect()
}

/// Appends a pair to a query, encoded.
pub fn push_pair(query: &mut String, key: &str, value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    percent::encode_into(key, query);
    query.push('=');
    percent::encode_into(value, query);
}

/// A query that carries a composition.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// The query, without `?`; empty for a composition that is all defaults.
    pub text: String,
    /// The secrets that stayed out of it.
    pub left_out: Vec<ValuesPath>,
    /// Whether the overrides had to be compressed.
    pub packed: bool,
}

/// Why there is no link.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// The overrides are beyond [`MAX_OVERRIDES`].
    #[error(
        "these overrides are {0} bytes long, and a link carries at most {MAX_OVERRIDES}: download \
         values.yaml and hand it to `helm install -f` instead"
    )]
    TooLarge(usize),
    /// The query is beyond [`MAX_URL`] even when compressed.
    #[error(
        "this link would be {0} bytes long even compressed, and servers take at most {MAX_URL}: \
         download values.yaml and hand it to `helm install -f` instead"
    )]
    TooLong(usize),
}

/// What a query says that is no part of a composition.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct View {
    /// Whether `values.yaml` is to hold all values.
    pub full: bool,
    /// What the page is to show.
    pub show: Option<String>,
}

/// What a query says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Decoded {
    /// All that fits.
    pub composition: Composition,
    /// The id of a saved composition to start from, which only the server can look up; decode
    /// again with [`decode_over`] then.
    pub preset: Option<String>,
    /// What is no part of the composition.
    pub view: View,
    /// All that does not fit, in the order in which it stands.
    pub problems: Vec<LinkProblem>,
}

/// A part of a query that was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkProblem {
    /// The key of the part, as it stands in the query.
    pub part: String,
    /// The values path that it is about, if it is about one.
    pub path: Option<String>,
    /// What is wrong and how to mend it.
    pub message: String,
}
