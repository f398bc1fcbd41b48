//! Helm values as data: the tree itself, Helm's merge rules, the `--set` grammar, paths,
//! and YAML as the libraries that Helm links read and print it.
//!
//! Both halves of Chartroom stand on this crate (the engine on the server, the composer in the
//! browser), so it stays small, does no I/O and knows nothing of templates, charts or the web.

pub mod go;
pub mod merge;
pub mod path;
pub mod secret;
pub mod set;
pub mod suggest;
mod value;
pub mod yaml;

pub use path::{Segment, ValuesPath};
pub use value::{Map, Value};
