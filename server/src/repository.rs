//! Chartroom as a Helm repository: each loaded chart as an archive, and the index of them.

pub mod index;
pub mod package;

pub use package::Package;
