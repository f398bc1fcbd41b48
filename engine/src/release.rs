//! The release that a render is for: its name, its namespace, and whether it is an upgrade.

use crate::value::{Map, MapKind, Str, Value};
use crate::{Error, ErrorKind};

/// The pattern that Helm names when it refuses a name.
const NAME_PATTERN: &str = r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";
/// The longest name.
const MAX_NAME: usize = 53;

/// What templates see as `.Release`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Its name.
    pub name: String,
    /// The namespace it is installed in.
    pub namespace: String,
    /// Which revision this is; 1 for `helm template`.
    pub revision: i64,
    /// Whether an older one is replaced.
    pub is_upgrade: bool,
    /// Who installs it: `Helm`.
    pub service: String,
}

impl Default for Release {
    /// That of `helm template` without a name.
    fn default() -> Self {
        Self {
            name: "release-name".to_owned(),
            namespace: "default".to_owned(),
            revision: 1,
            is_upgrade: false,
            service: "Helm".to_owned(),
        }
    }
}

impl Release {
    /// A first release of this name in this namespace.
    #[must_use]
    pub fn new(name: impl Into<String>, namespace: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            namespace: namespace.into(),
            ..Self::default()
        }
    }

    /// Refuses a name that Helm refuses (pkg/chart/v2/util/validate_name.go).
    ///
    /// # Errors
    /// With Helm's sentence.
    pub fn validate(&self) -> Result<(), Error> {
        let refuse = |why: &str| {
            let name = values::go::quote(&self.name);
            let message = format!("release name {name}: {why}");
            Err(Error::new(ErrorKind::ReleaseName, message))
        };
        if self.name.is_empty() {
            return refuse("no name provided");
        }
        if self.name.len() > MAX_NAME || !is_name(&self.name) {
            return refuse(&format!(
                "invalid release name, must match regex {NAME_PATTERN} and the length must not be longer than {MAX_NAME}"
            ));
        }
        Ok(())
    }

    /// `.Release`.
    pub(crate) fn to_value(&self) -> Value {
        let entries = [
            ("Name", Value::str(self.name.as_str())),
            ("Namespace", Value::str(self.namespace.as_str())),
            ("IsUpgrade", Value::Bool(self.is_upgrade)),
            ("IsInstall", Value::Bool(!self.is_upgrade)),
            ("Revision", Value::Int(self.revision)),
            ("Service", Value::str(self.service.as_str())),
        ];
        Value::Map(Map::from_entries(
            MapKind::Any,
            entries.map(|(key, value)| (Str::from(key), value)),
        ))
    }
}

/// Labels of lower-case letters, digits and inner hyphens, joined by dots.
fn is_name(text: &str) -> bool {
    text.split('.').all(|label| {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let inner = label.bytes().all(|byte| allowed(byte) || byte == b'-');
        inner
            && label.bytes().next().is_some_and(allowed)
            && label.bytes().last().is_some_and(allowed)
    })
}

#[cfg(test)]
mod tests {
    use super::Release;

    #[test]
    fn names_are_checked() {
        for name in ["a", "a-b", "a.b-c.1", "0"] {
            assert!(Release::new(name, "default").validate().is_ok(), "{name}");
        }
        for name in [
            "",
            "A",
            "a_b",
            "-a",
            "a-",
            "a..b",
            "a.",
            "ä",
            &"a".repeat(54),
        ] {
            assert!(Release::new(name, "default").validate().is_err(), "{name}");
        }
    }
}
