//! The built-in objects that are more than maps: `.Files` and `.Capabilities`; and the methods
//! that `.Values` has beside its keys.
//!
//! `.Release` and `.Subcharts` are plain maps, as is `.Chart` in Helm 4; in Helm 3 it is a struct.

mod capabilities;
mod chart;
mod files;
mod glob;
mod values;

pub use capabilities::capabilities;
pub use chart::chart;
pub use files::Files;
pub(crate) use values::{ValuesMethods, method as values_method};
