//! Placeholder.
use super::Function;
pub(super) fn register(_table: &mut Vec<Function>) {}
