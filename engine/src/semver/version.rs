//! One version: lenient and strict parsing, and precedence.
//!
//! Follows version.go of Masterminds/semver v3.5.0.

use std::cmp::Ordering;
use std::fmt;

use super::SemverError;

/// The longest version text read.
pub(super) const MAX_VERSION_LEN: usize = 256;

/// The parts of a version, as `looseSemVerRegex` finds them:
/// `v?N(.N)?(.N)?(-IDENTIFIERS)?(+IDENTIFIERS)?`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Loose<'t> {
    /// Those that are missing are empty.
    pub(super) numbers: [&'t str; 3],
    pub(super) prerelease: &'t str,
    pub(super) metadata: &'t str,
}

impl<'t> Loose<'t> {
    pub(super) fn read(text: &'t str) -> Option<Self> {
        Self::read_by(text, digits)
    }

    /// The same where `x`, `X` or `*` may stand for a number, as in a range.
    pub(super) fn read_of_range(text: &'t str) -> Option<Self> {
        Self::read_by(text, |text| match text.as_bytes() {
            [b'x' | b'X' | b'*', ..] => text.split_at(1),
            _ => digits(text),
        })
    }

    fn read_by(text: &'t str, number: impl Fn(&'t str) -> (&'t str, &'t str)) -> Option<Self> {
        let mut rest = text.strip_prefix('v').unwrap_or(text);
        let mut numbers = [""; 3];
        for (at, found) in numbers.iter_mut().enumerate() {
            let behind = match at {
                0 => rest,
                _ => match rest.strip_prefix('.') {
                    Some(behind) => behind,
                    None => break,
                },
            };
            (*found, rest) = number(behind);
            if found.is_empty() {
                return None;
            }
        }
        let (prerelease, rest) = identifiers(rest, '-')?;
        let (metadata, rest) = identifiers(rest, '+')?;
        rest.is_empty().then_some(Self {
            numbers,
            prerelease,
            metadata,
        })
    }
}

/// What follows the sign, if it is there: identifiers with dots between them, none of them empty.
fn identifiers(text: &str, sign: char) -> Option<(&str, &str)> {
    let Some(behind) = text.strip_prefix(sign) else {
        return Some(("", text));
    };
    let (found, rest) = split_while(behind, |byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.')
    });
    let are_whole = found.split('.').all(|identifier| !identifier.is_empty());
    are_whole.then_some((found, rest))
}

/// The digits that a text begins with, and the rest.
fn digits(text: &str) -> (&str, &str) {
    split_while(text, |byte| byte.is_ascii_digit())
}

/// What a text begins with, and the rest.
fn split_while(text: &str, fits: impl Fn(u8) -> bool) -> (&str, &str) {
    let length = text.bytes().take_while(|byte| fits(*byte)).count();
    text.split_at(length)
}

/// A semantic version.
///
/// Equality and order are those of precedence: build metadata and spelling do not count.
#[derive(Debug, Clone)]
pub struct Version {
    major: u64,
    minor: u64,
    patch: u64,
    prerelease: String,
    metadata: String,
    original: String,
}

impl Version {
    /// Reads a version as Go's `NewVersion`: a leading `v` and missing parts are forgiven.
    ///
    /// # Errors
    /// When it is not even nearly a version.
    pub fn parse(text: &str) -> Result<Self, SemverError> {
        if text.len() > MAX_VERSION_LEN {
            return Err(SemverError::VersionTooLong);
        }
        let parts = Loose::read(text).ok_or(SemverError::InvalidVersion)?;
        let number = |digits: &str| match digits {
            "" => Ok(0),
            digits => parse_uint(digits, "error parsing version segment: "),
        };
        let [major, minor, patch] = parts.numbers;
        let version = Self {
            major: number(major)?,
            minor: number(minor)?,
            patch: number(patch)?,
            prerelease: parts.prerelease.to_owned(),
            metadata: parts.metadata.to_owned(),
            original: text.to_owned(),
        };
        if !version.prerelease.is_empty() {
            validate_prerelease(&version.prerelease)?;
        }
        if !version.metadata.is_empty() {
            validate_metadata(&version.metadata)?;
        }
        Ok(version)
    }

    /// Reads a version as Go's `StrictNewVersion`: exactly `X.Y.Z` and what may follow.
    ///
    /// # Errors
    /// When it is not a version by the letter.
    pub fn parse_strict(text: &str) -> Result<Self, SemverError> {
        if text.is_empty() {
            return Err(SemverError::Empty);
        }
        if text.len() > MAX_VERSION_LEN {
            return Err(SemverError::VersionTooLong);
        }
        let mut parts = text.splitn(3, '.');
        let (Some(major), Some(minor), Some(rest)) = (parts.next(), parts.next(), parts.next())
        else {
            return Err(SemverError::InvalidVersion);
        };
        let (rest, metadata) = split_extra(rest, '+');
        if let Some(metadata) = metadata {
            validate_metadata(metadata)?;
        }
        let (patch, prerelease) = split_extra(rest, '-');
        if let Some(prerelease) = prerelease {
            validate_prerelease(prerelease)?;
        }
        for part in [major, minor, patch] {
            if !part.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(SemverError::InvalidCharacters);
            }
            if part.len() > 1 && part.starts_with('0') {
                return Err(SemverError::SegmentStartsZero);
            }
        }
        Ok(Self {
            major: parse_uint(major, "")?,
            minor: parse_uint(minor, "")?,
            patch: parse_uint(patch, "")?,
            prerelease: prerelease.unwrap_or_default().to_owned(),
            metadata: metadata.unwrap_or_default().to_owned(),
            original: text.to_owned(),
        })
    }

    /// The first number.
    #[must_use]
    pub fn major(&self) -> u64 {
        self.major
    }

    /// The second number.
    #[must_use]
    pub fn minor(&self) -> u64 {
        self.minor
    }

    /// The third number.
    #[must_use]
    pub fn patch(&self) -> u64 {
        self.patch
    }

    /// What follows `-`.
    #[must_use]
    pub fn prerelease(&self) -> &str {
        &self.prerelease
    }

    /// What follows `+`.
    #[must_use]
    pub fn metadata(&self) -> &str {
        &self.metadata
    }

    /// The text it was read from.
    #[must_use]
    pub fn original(&self) -> &str {
        &self.original
    }
}

impl fmt::Display for Version {
    /// All three numbers, without a leading `v`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)?;
        if !self.prerelease.is_empty() {
            write!(f, "-{}", self.prerelease)?;
        }
        if !self.metadata.is_empty() {
            write!(f, "+{}", self.metadata)?;
        }
        Ok(())
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.major, self.minor, self.patch)
            .cmp(&(other.major, other.minor, other.patch))
            .then_with(
                || match (self.prerelease.is_empty(), other.prerelease.is_empty()) {
                    (true, true) => Ordering::Equal,
                    (true, false) => Ordering::Greater,
                    (false, true) => Ordering::Less,
                    (false, false) => compare_prerelease(&self.prerelease, &other.prerelease),
                },
            )
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Version {}

/// The order of two prereleases, part by part.
pub(super) fn compare_prerelease(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.split('.'), b.split('.'));
    loop {
        let (left, right) = (a.next(), b.next());
        if left.is_none() && right.is_none() {
            return Ordering::Equal;
        }
        let order = compare_part(left.unwrap_or_default(), right.unwrap_or_default());
        if order != Ordering::Equal {
            return order;
        }
    }
}

/// Numbers by value and before words, words by their bytes.
fn compare_part(a: &str, b: &str) -> Ordering {
    if a == b {
        return Ordering::Equal;
    }
    if a.is_empty() {
        return Ordering::Less;
    }
    if b.is_empty() {
        return Ordering::Greater;
    }
    match (a.parse::<u64>(), b.parse::<u64>()) {
        (Ok(a), Ok(b)) => a.cmp(&b),
        (Ok(_), Err(_)) => Ordering::Less,
        (Err(_), Ok(_)) => Ordering::Greater,
        (Err(_), Err(_)) => a.cmp(b),
    }
}

/// The part before and the part after the first mark.
fn split_extra(text: &str, mark: char) -> (&str, Option<&str>) {
    match text.split_once(mark) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

/// As `strconv.ParseUint(…, 10, 64)` of text that holds digits only.
fn parse_uint(digits: &str, prefix: &'static str) -> Result<u64, SemverError> {
    if digits.is_empty() {
        return Err(SemverError::NoDigits);
    }
    digits.parse().map_err(|_| SemverError::OutOfRange {
        text: digits.to_owned(),
        prefix,
    })
}

/// Whether only the letters that identifiers may have occur.
fn is_identifier(part: &str) -> bool {
    part.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn validate_prerelease(text: &str) -> Result<(), SemverError> {
    for part in text.split('.') {
        if part.is_empty() {
            return Err(SemverError::InvalidPrerelease);
        } else if part.bytes().all(|byte| byte.is_ascii_digit()) {
            if part.len() > 1 && part.starts_with('0') {
                return Err(SemverError::SegmentStartsZero);
            }
        } else if !is_identifier(part) {
            return Err(SemverError::InvalidPrerelease);
        }
    }
    Ok(())
}

fn validate_metadata(text: &str) -> Result<(), SemverError> {
    if text
        .split('.')
        .all(|part| !part.is_empty() && is_identifier(part))
    {
        Ok(())
    } else {
        Err(SemverError::InvalidMetadata)
    }
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::Loose;

    #[test]
    fn versions_are_read_as_by_the_pattern() {
        let pattern = Regex::new(
            r"^v?([0-9]+)(\.[0-9]+)?(\.[0-9]+)?(-([0-9A-Za-z\-]+(\.[0-9A-Za-z\-]+)*))?(\+([0-9A-Za-z\-]+(\.[0-9A-Za-z\-]+)*))?$",
        )
        .unwrap();
        let pieces = [
            "", "v", "1", ".2", ".03", ".", "-", "-a.b", "-0.-", "+", "+m.1",
        ];
        let mut versions = 0;
        for number in 0..pieces.len().pow(5) {
            let text: String = (0..5)
                .map(|at| pieces[number / pieces.len().pow(at) % pieces.len()])
                .collect();
            let expected = pattern.captures(&text).map(|parts| {
                let group = |at: usize| parts.get(at).map_or("", |found| found.as_str());
                let behind = |at: usize| group(at).trim_start_matches('.');
                (
                    [group(1), behind(2), behind(3)],
                    group(5).to_owned(),
                    group(8).to_owned(),
                )
            });
            let found = Loose::read(&text);
            versions += usize::from(found.is_some());
            let found =
                found.map(|it| (it.numbers, it.prerelease.to_owned(), it.metadata.to_owned()));
            assert_eq!(found, expected, "{text:?}");
        }
        assert!(versions > 1_000, "{versions}");
    }
}
