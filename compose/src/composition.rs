//! A composition: all that a link carries about one chart.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use values::Map;

use crate::release::{FieldError, ReleaseSettings};

/// The environment that is none: the chart's own values alone.
pub const BASE: &str = "base";

/// Everything that decides what a chart renders to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Composition {
    /// Which chart, where a server has several: its name, or nothing for the first.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub chart: String,
    /// The environment's name; [`BASE`] is none.
    pub environment: String,
    /// What the user changed on top, as a tree of only those keys.
    pub overrides: Map,
    /// The release it is rendered for.
    pub release: ReleaseSettings,
}

impl Default for Composition {
    fn default() -> Self {
        Self {
            chart: String::new(),
            environment: BASE.to_owned(),
            overrides: Map::new(),
            release: ReleaseSettings::default(),
        }
    }
}

impl Composition {
    /// What a link of a chart starts from: nothing changed, a release that is called as the chart
    /// where that is a release's name.
    #[must_use]
    pub fn of_chart(chart: &str) -> Self {
        let mut composition = Self::default();
        if crate::release::check_release_name(chart).is_ok() {
            chart.clone_into(&mut composition.release.name);
        }
        composition
    }

    /// Whether no environment is chosen.
    #[must_use]
    pub fn is_base(&self) -> bool {
        self.environment == BASE
    }

    /// Every part of the release settings that Helm or Kubernetes would refuse.
    #[must_use]
    pub fn check(&self) -> Vec<FieldError> {
        self.release.check()
    }

    /// Whether the environment is one of a chart's, whose names are the keys of `known`.
    ///
    /// # Errors
    /// A sentence that names those there are.
    pub fn check_environment<T>(&self, known: &BTreeMap<String, T>) -> Result<(), String> {
        check_environment(&self.environment, known.keys().map(String::as_str))
    }
}

/// Whether `name` is [`BASE`] or one of `known`.
///
/// # Errors
/// A sentence that names those there are.
pub fn check_environment<'n>(
    name: &str,
    known: impl IntoIterator<Item = &'n str>,
) -> Result<(), String> {
    let known: Vec<&str> = known.into_iter().filter(|other| *other != BASE).collect();
    if name == BASE || known.contains(&name) {
        return Ok(());
    }
    let all: Vec<String> = std::iter::once(BASE)
        .chain(known)
        .map(|name| format!("`{name}`"))
        .collect();
    Err(format!(
        "the chart has no environment `{}`; choose one of {}",
        crate::form::shorten(name, 60),
        all.join(", ")
    ))
}

/// Whether a text can be an environment's name at all: what stands between `values-` and `.yaml`.
///
/// # Errors
/// A sentence that says what a name looks like.
pub fn check_environment_name(name: &str) -> Result<(), String> {
    let fits = !name.is_empty()
        && name.len() <= 63
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
        && name.as_bytes()[0].is_ascii_alphanumeric();
    if fits {
        return Ok(());
    }
    Err(format!(
        "`{}` is not an environment's name: use up to 63 letters, digits, `-`, `_` and `.`, \
         starting with a letter or digit",
        crate::form::shorten(name, 60)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_environment_is_told_with_those_there_are() {
        assert_eq!(check_environment("prod", ["dev", "prod"]), Ok(()));
        assert_eq!(check_environment(BASE, []), Ok(()));
        assert_eq!(
            check_environment("stage", ["dev", "prod"]),
            Err(
                "the chart has no environment `stage`; choose one of `base`, `dev`, `prod`"
                    .to_owned()
            )
        );
    }

    #[test]
    fn names_that_are_none() {
        for name in ["dev", "eu-west-1", "A_b.c"] {
            assert_eq!(check_environment_name(name), Ok(()), "{name}");
        }
        for name in ["", "-a", "a/b", "../x", "ü", &"a".repeat(64)] {
            assert!(check_environment_name(name).is_err(), "{name}");
        }
    }
}
