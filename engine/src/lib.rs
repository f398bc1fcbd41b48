#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

pub mod capabilities;
pub mod chart;
pub mod dialect;
pub mod error;
pub mod eval;
pub mod functions;
pub mod limits;
pub mod lint;
pub mod log;
pub mod objects;
pub mod output;
pub mod parse;
pub mod release;
pub mod render;
pub mod semver;
pub mod stack;
pub mod trace;
pub mod value;

pub use capabilities::{Capabilities, HelmVersion, KubeVersion};
pub use chart::{ArchiveLimits, Chart, SourceFile};
pub use dialect::Dialect;
pub use error::{Error, ErrorKind};
pub use limits::Limits;
pub use output::{Crd, Hook, Manifest, OutputOptions, Rendered};
pub use release::Release;
pub use render::{Ahead, CompiledChart, RenderRequest, render, render_logged};
pub use trace::{Traced, render_traced};
