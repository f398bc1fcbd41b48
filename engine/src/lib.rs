//! Renders Helm charts as Helm does: everything between a chart's files and its manifests.
//!
//! The engine does no I/O, reads no clock and no environment, and has no randomness of its own:
//! files, values, seed and time come in as data, manifests go out as text.

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
pub mod trace;
pub mod value;

pub use capabilities::{Capabilities, HelmVersion, KubeVersion};
pub use chart::{ArchiveLimits, Chart, SourceFile};
pub use dialect::Dialect;
pub use error::{Error, ErrorKind};
pub use limits::Limits;
pub use output::{Crd, Hook, Manifest, OutputOptions, Rendered};
pub use release::Release;
pub use render::{CompiledChart, RenderRequest, render, render_logged};
pub use trace::{Traced, render_traced};
