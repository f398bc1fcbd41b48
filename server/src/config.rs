//! What can be set from outside: a struct of small structs, each of which names its variables.
//!
//! Everything has a default that works; flags of `chartroom serve` win over the environment.
//! Tests set fields and never touch the environment.

mod bind;
mod limits;
mod paths;

pub use bind::Bind;
pub use limits::Limits;
pub use paths::Paths;

/// The whole configuration of a server.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// Where it listens, and how it is reached from outside.
    pub bind: Bind,
    /// What one request may cost.
    pub limits: Limits,
    /// Charts and site on disk.
    pub paths: Paths,
}

/// A variable whose value cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("`{name}` cannot be used: {reason}: `{value}`")]
pub struct ConfigError {
    /// The variable.
    pub name: String,
    /// Its value.
    pub value: String,
    /// What is wrong with it.
    pub reason: String,
}

impl Config {
    /// Reads the environment.
    ///
    /// # Errors
    /// When a variable is set to something that cannot be used.
    pub fn from_env() -> Result<Self, ConfigError> {
        Ok(Self {
            bind: Bind::from_env()?,
            limits: Limits::from_env()?,
            paths: Paths::from_env(),
        })
    }
}

/// A variable, parsed; `default` when it is unset or empty.
fn variable<T>(name: &'static str, default: T) -> Result<T, ConfigError>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    match std::env::var(name) {
        Ok(value) if !value.is_empty() => value.parse().map_err(|e: T::Err| ConfigError {
            name: name.to_owned(),
            reason: e.to_string(),
            value,
        }),
        _ => Ok(default),
    }
}
