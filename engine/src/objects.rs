//! The built-in objects that are more than maps: `.Files` and `.Capabilities`.
//!
//! `.Values`, `.Chart`, `.Release`, `.Template` and `.Subcharts` are plain maps in Helm 4, so
//! they need nothing here.

mod capabilities;
mod files;
mod glob;

pub use capabilities::capabilities;
pub use files::Files;
