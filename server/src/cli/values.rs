//! The values that a command line gives, merged in Helm's order.
//!
//! Follows `MergeValues` (pkg/cli/values/options.go) of Helm 4.3.1 and 3.22.0.

use engine::Dialect;
use engine::chart::load_values;
use values::Map;
use values::merge::merge_maps;
use values::set::{self, Flag, SetError};

use super::disk::read_file;
use super::flags::Flags;

/// All values files, then the `--set` family, each kind of flag on its own.
pub(super) fn merge(flags: &Flags, dialect: Dialect) -> Result<Map, String> {
    let mut merged = Map::new();
    for name in flags.all("values") {
        let text = read_file(name)?;
        let map = load_values(&String::from_utf8_lossy(&text), dialect)
            .map_err(|error| format!("failed to parse {name}: {error}"))?;
        merged = merge_maps(merged, &map);
    }
    for flag in [
        Flag::Json,
        Flag::Set,
        Flag::String,
        Flag::File,
        Flag::Literal,
    ] {
        for text in flags.all(flag.as_str().trim_start_matches('-')) {
            lay(flag, text, dialect, &mut merged).map_err(|error| match flag {
                Flag::Json if dialect.is_helm3() => {
                    format!("failed parsing --set-json data {text}")
                }
                _ => flag.describe(text, &error),
            })?;
        }
    }
    Ok(merged)
}

fn lay(flag: Flag, text: &str, dialect: Dialect, values: &mut Map) -> Result<(), SetError> {
    let read =
        &mut |name: &str| read_file(name).map(|data| String::from_utf8_lossy(&data).into_owned());
    match flag {
        _ if dialect.is_helm3() => set::parse_as_helm3(flag, text, values, read),
        Flag::Json => set::parse_set_json(text, values),
        Flag::Set => set::parse_set(text, values),
        Flag::String => set::parse_set_string(text, values),
        Flag::Literal => set::parse_set_literal(text, values),
        Flag::File => set::parse_set_file(text, values, read),
    }
}
