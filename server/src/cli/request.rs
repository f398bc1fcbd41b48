//! What commands that render charts take from flags, environment and clock.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use engine::{Dialect, KubeVersion, Limits, log::Log};

use super::flags::Flags;
use crate::budget::Budget;

/// `--kube-version`, if it is given.
pub(super) fn kube_version(flags: &Flags, dialect: Dialect) -> Result<Option<KubeVersion>, String> {
    match flags.text("kube-version") {
        None | Some("") => Ok(None),
        Some(text) => match KubeVersion::parse(text) {
            Ok(version) => Ok(Some(version.known_to(dialect))),
            Err(error) => Err(error.to_string()),
        },
    }
}

/// The namespace given, or the environment's, or `default`.
pub(super) fn namespace(flags: &Flags) -> String {
    flags
        .text("namespace")
        .map(str::to_owned)
        .or_else(|| std::env::var("HELM_NAMESPACE").ok())
        .filter(|namespace| !namespace.is_empty())
        .unwrap_or_else(|| "default".to_owned())
}

/// What a render may use: the environment's limits, and those of `--limit`, which no command of
/// Helm's has.
pub(super) fn limits(flags: &Flags) -> Result<Limits, String> {
    let mut budget = Budget::default()
        .or_env()
        .map_err(|error| error.to_string())?;
    for pair in flags.all("limit") {
        budget.set_pair(pair).map_err(|error| {
            let pair = ::values::go::quote(pair);
            format!("invalid argument {pair} for \"--limit\" flag: {error}")
        })?;
    }
    Ok(budget.begin())
}

/// The time since 1970.
pub(super) fn now() -> Duration {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
}

/// Where what Helm says of a render is gathered: with `--debug` all of it.
pub(super) fn log(flags: &Flags) -> Log {
    if flags.is("debug") {
        Log::with_debug()
    } else {
        Log::default()
    }
}
