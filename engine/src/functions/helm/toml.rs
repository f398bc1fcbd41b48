//! TOML as github.com/BurntSushi/toml v1.6.0 writes and reads it.
use crate::functions::Function;
pub(super) fn register(_table: &mut Vec<Function>) {}
