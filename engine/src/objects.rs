//! The built-in objects that are more than maps: `.Files` and `.Capabilities`; and the methods
//! that `.Values` has beside its keys.
//!
//! `.Chart`, `.Release` and `.Subcharts` are plain maps in Helm 4, so they need nothing here.

mod capabilities;
mod files;
mod glob;
mod values;

pub use capabilities::capabilities;
pub use files::Files;
pub(crate) use values::{ValuesMethods, method as values_method};
