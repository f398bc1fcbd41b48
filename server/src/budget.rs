//! The engine's limits as they are given from outside: `NAME=VALUE` on a command line,
//! `CHARTROOM_LIMIT_NAME` in the environment. `docs/limits.md` has them all.

use std::{sync::Arc, time::Duration};

use engine::limits::{Limits, TABLE};

use crate::{config::ConfigError, render::deadline};

/// The name of the limit that is not the engine's own: it has no clock.
pub const TIME: &str = "time";

/// What one render may use.
#[derive(Debug, Clone, Default)]
pub struct Budget {
    /// All but time.
    pub limits: Limits,
    /// How long it may work; without end where this is none.
    pub time: Option<Duration>,
}

/// A limit that cannot be set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BudgetError {
    /// There is none of that name.
    #[error("there is no limit `{name}`, but {}", names().join(", "))]
    Unknown {
        /// The name.
        name: String,
    },
    /// Its value is no whole number.
    #[error("limit `{name}` is a whole number, not `{value}`")]
    NoNumber {
        /// Its name.
        name: String,
        /// The value.
        value: String,
    },
    /// Not even a name and a value.
    #[error("a limit is given as NAME=VALUE, not `{0}`")]
    NoPair(String),
}

/// The names of all limits.
#[must_use]
pub fn names() -> Vec<&'static str> {
    let own = TABLE.iter().map(|limit| limit.name);
    own.chain([TIME]).collect()
}

impl Budget {
    /// Sets what `NAME=VALUE` says; `time` in milliseconds.
    ///
    /// # Errors
    /// When it says nothing that can be set.
    pub fn set_pair(&mut self, pair: &str) -> Result<(), BudgetError> {
        let (name, value) = pair
            .split_once('=')
            .ok_or_else(|| BudgetError::NoPair(pair.to_owned()))?;
        self.set(name.trim(), value.trim())
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), BudgetError> {
        let number = value.parse().map_err(|_| BudgetError::NoNumber {
            name: name.to_owned(),
            value: value.to_owned(),
        });
        if name == TIME {
            self.time = Some(Duration::from_millis(number?));
            return Ok(());
        }
        let limit = TABLE.iter().find(|limit| limit.name == name);
        let limit = limit.ok_or_else(|| BudgetError::Unknown {
            name: name.to_owned(),
        })?;
        limit.set(&mut self.limits, number?);
        Ok(())
    }

    /// As it stands, with what the environment says in place of it.
    ///
    /// # Errors
    /// When a variable is set to something that cannot be used.
    pub fn or_env(mut self) -> Result<Self, ConfigError> {
        for name in names() {
            let variable = format!("CHARTROOM_LIMIT_{}", name.to_uppercase());
            match std::env::var(&variable) {
                Ok(value) if !value.is_empty() => {
                    self.set(name, &value).map_err(|error| ConfigError {
                        name: variable,
                        reason: error.to_string(),
                        value,
                    })?;
                }
                _ => {}
            }
        }
        Ok(self)
    }

    /// For a render that begins now.
    #[must_use]
    pub fn begin(&self) -> Limits {
        Limits {
            // Zero for ever, unless the binary's allocator counts.
            memory_in_use: Some(Arc::new(memory::held)),
            time: self.time,
            interrupt: self
                .time
                .map(|time| Arc::new(deadline::after(time)) as engine::limits::Interrupt),
            ..self.limits.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_set_by_name() {
        let mut budget = Budget::default();
        for name in names() {
            budget.set_pair(&format!("{name}=1234")).unwrap();
        }
        for limit in TABLE {
            assert_eq!(limit.get(&budget.limits), 1_234, "{}", limit.name);
        }
        assert_eq!(budget.time, Some(Duration::from_millis(1_234)));
    }

    #[test]
    fn what_is_no_limit_is_refused() {
        let refused = |pair: &str| Budget::default().set_pair(pair).unwrap_err().to_string();
        assert_eq!(
            refused("step=1"),
            "there is no limit `step`, but steps, depth, output_bytes, value_size, regex_size, \
             memory, time"
        );
        assert_eq!(
            refused("steps=many"),
            "limit `steps` is a whole number, not `many`"
        );
        assert_eq!(
            refused("steps"),
            "a limit is given as NAME=VALUE, not `steps`"
        );
    }
}
