//! Semantic versions and version ranges as Masterminds/semver v3.5.0 understands them.
//!
//! Helm compares chart versions, `kubeVersion` and Sprig's `semverCompare` with that library, so
//! its grammar, its leniency (`1.2`, `v1`, `1.x`) and its error texts are kept.

mod constraint;
mod version;

pub use constraint::Constraints;
pub use version::Version;

/// Why a version or a range was refused; displays as the Go library's error.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SemverError {
    /// Not a version at all.
    #[error("invalid semantic version")]
    InvalidVersion,
    /// Nothing was given where a strict version is needed.
    #[error("version string empty")]
    Empty,
    /// Something other than digits between the dots of a strict version.
    #[error("invalid characters in version")]
    InvalidCharacters,
    /// A number with a leading zero.
    #[error("version segment starts with 0")]
    SegmentStartsZero,
    /// Build metadata with empty or odd parts.
    #[error("invalid metadata string")]
    InvalidMetadata,
    /// A prerelease with empty or odd parts.
    #[error("invalid prerelease string")]
    InvalidPrerelease,
    /// More than 256 bytes.
    #[error("version string is too long (max {} bytes)", version::MAX_VERSION_LEN)]
    VersionTooLong,
    /// A number that does not fit 64 bits, as `strconv.ParseUint` words it.
    #[error("{prefix}strconv.ParseUint: parsing {}: value out of range", values::go::quote(.text))]
    OutOfRange {
        /// The digits.
        text: String,
        /// What the caller put before Go's text.
        prefix: &'static str,
    },
    /// Digits were expected and nothing stood there.
    #[error("strconv.ParseUint: parsing \"\": invalid syntax")]
    NoDigits,
    /// A range that is not one.
    #[error("improper constraint: {}", values::go::quote(.0))]
    ImproperConstraint(String),
    /// A range whose version cannot be read.
    #[error("constraint parser error")]
    ConstraintParser,
    /// A range of more than 512 bytes.
    #[error(
        "constraint string is too long (max {} bytes)",
        constraint::MAX_CONSTRAINT_LEN
    )]
    ConstraintTooLong,
    /// More than 32 alternatives.
    #[error(
        "too many constraint groups (max {})",
        constraint::MAX_CONSTRAINT_GROUPS
    )]
    TooManyGroups,
}

/// Whether `version` lies in `range`; anything unreadable does not.
///
/// As Helm's `IsCompatibleRange` (pkg/chart/v2/util/compatible.go).
#[must_use]
pub fn is_compatible_range(range: &str, version: &str) -> bool {
    match (Version::parse(version), Constraints::parse(range)) {
        (Ok(version), Ok(range)) => range.check(&version),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Constraints, SemverError, Version, is_compatible_range};

    #[test]
    fn versions_are_coerced() {
        for (given, want) in [
            ("1", "1.0.0"),
            ("v1.2", "1.2.0"),
            ("1.2.3-beta.1+b5", "1.2.3-beta.1+b5"),
            ("01.02.3", "1.2.3"),
        ] {
            assert_eq!(Version::parse(given).unwrap().to_string(), want);
        }
        for given in ["", "a", "1.2.3.4", "1.2-", "1.2.3-a..b", "1.x"] {
            assert_eq!(
                Version::parse(given),
                Err(SemverError::InvalidVersion),
                "{given}"
            );
        }
        assert_eq!(
            Version::parse("1.2.3-01"),
            Err(SemverError::SegmentStartsZero)
        );
        assert_eq!(
            Version::parse("99999999999999999999")
                .unwrap_err()
                .to_string(),
            "error parsing version segment: strconv.ParseUint: parsing \"99999999999999999999\": \
             value out of range"
        );
    }

    #[test]
    fn strict_versions_are_not() {
        assert!(Version::parse_strict("1.2.3").is_ok());
        assert_eq!(
            Version::parse_strict("1.2"),
            Err(SemverError::InvalidVersion)
        );
        assert_eq!(
            Version::parse_strict("v1.2.3"),
            Err(SemverError::InvalidCharacters)
        );
        assert_eq!(
            Version::parse_strict("1.02.3"),
            Err(SemverError::SegmentStartsZero)
        );
        assert_eq!(Version::parse_strict(""), Err(SemverError::Empty));
    }

    #[test]
    fn prereleases_are_ordered() {
        let sorted = [
            "1.0.0-1",
            "1.0.0-2",
            "1.0.0-10",
            "1.0.0-a",
            "1.0.0-a.1",
            "1.0.0-b",
            "1.0.0",
        ];
        for pair in sorted.windows(2) {
            let (a, b) = (
                Version::parse(pair[0]).unwrap(),
                Version::parse(pair[1]).unwrap(),
            );
            assert!(a < b, "{a} < {b}");
        }
    }

    #[test]
    fn ranges_hold() {
        for (range, version, want) in [
            (">=1.20", "v1.37.0", true),
            (">=1.20.0-0", "v1.33.4-gke.1", true),
            (">=1.20", "1.33.4-gke.1", false),
            ("^1.2.3", "1.9.0", true),
            ("^1.2.3", "2.0.0", false),
            ("^0.2", "0.2.9", true),
            ("^0.2", "0.3.0", false),
            ("~1.2", "1.2.9", true),
            ("~1.2", "1.3.0", false),
            ("1.x", "1.99.0", true),
            ("!=1.2", "1.2.4", false),
            ("!=1.2", "1.3.0", true),
            (">1.2", "1.2.9", false),
            (">1.2", "1.3.0", true),
            ("<=1.2", "1.2.9", true),
            ("1.0 - 2.0", "1.5.0", true),
            (">=1.0, <2.0", "1.5.0", true),
            (">=1.0 <2.0", "2.0.0", false),
            ("<1.0 || >=3", "3.1.0", true),
            ("*", "4.5.6", true),
            ("", "4.5.6", false),
            ("0.0.0", "4.5.6", false),
            ("abc", "1.0.0", false),
        ] {
            assert_eq!(
                is_compatible_range(range, version),
                want,
                "{range} {version}"
            );
        }
    }

    #[test]
    fn reasons_are_worded_as_in_go() {
        let range = Constraints::parse(">=2, <3").unwrap();
        let reasons = range.validate(&Version::parse("1.2").unwrap()).unwrap_err();
        assert_eq!(reasons, [r#""1.2.0" is less than "2""#]);
        assert_eq!(
            Constraints::parse("a b").unwrap_err().to_string(),
            r#"improper constraint: "a b""#
        );
    }
}
