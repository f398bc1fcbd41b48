//! Version ranges: `>=1.20 <2 || ^3.1`, with `x` and `*` for "any".
//!
//! Follows constraints.go of Masterminds/semver v3.5.0.

use std::sync::LazyLock;

use regex::Regex;

use super::version::{Loose, compare_prerelease};
use super::{SemverError, Version};

/// The longest range text read.
pub(super) const MAX_CONSTRAINT_LEN: usize = 512;
/// The most alternatives in one range.
pub(super) const MAX_CONSTRAINT_GROUPS: usize = 32;

const VERSION: &str = r"v?([0-9|x|X|\*]+)(\.[0-9|x|X|\*]+)?(\.[0-9|x|X|\*]+)?(-([0-9A-Za-z\-]+(\.[0-9A-Za-z\-]+)*))?(\+([0-9A-Za-z\-]+(\.[0-9A-Za-z\-]+)*))?";
const OPERATORS: &str = r"=||!=|>|<|>=|=>|<=|=<|~|~>|\^";
/// Go's `\s`.
const SPACE: &str = r"[\t\n\x0C\r ]";

fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a constant pattern that a test uses")
}

static ONE: LazyLock<Regex> = LazyLock::new(|| {
    compile(&format!(
        "^{SPACE}*({OPERATORS}){SPACE}*({VERSION}){SPACE}*$"
    ))
});
static DASH: LazyLock<Regex> = LazyLock::new(|| {
    compile(&format!(
        "{SPACE}*({VERSION}){SPACE}+-{SPACE}+({VERSION}){SPACE}*"
    ))
});
static FIND: LazyLock<Regex> =
    LazyLock::new(|| compile(&format!("({OPERATORS}){SPACE}*({VERSION})")));
static VALID: LazyLock<Regex> = LazyLock::new(|| {
    compile(&format!(
        "^({SPACE}*({OPERATORS}){SPACE}*({VERSION}){SPACE}*)((?:{SPACE}+|,{SPACE}*)({OPERATORS}){SPACE}*({VERSION}){SPACE}*)*$"
    ))
});

/// A version range: alternatives of conditions that must all hold.
#[derive(Debug, Clone)]
pub struct Constraints {
    groups: Vec<Group>,
}

#[derive(Debug, Clone)]
struct Group {
    constraints: Vec<Constraint>,
    /// One of them names a prerelease, so prereleases are looked at.
    with_prerelease: bool,
}

impl Constraints {
    /// Reads a range.
    ///
    /// # Errors
    /// With Go's sentence when it is not a range.
    pub fn parse(text: &str) -> Result<Self, SemverError> {
        if text.len() > MAX_CONSTRAINT_LEN {
            return Err(SemverError::ConstraintTooLong);
        }
        let text = rewrite_dashes(text);
        let alternatives: Vec<&str> = text.split("||").collect();
        if alternatives.len() > MAX_CONSTRAINT_GROUPS {
            return Err(SemverError::TooManyGroups);
        }
        let groups = alternatives
            .into_iter()
            .map(Group::parse)
            .collect::<Result<_, _>>()?;
        Ok(Self { groups })
    }

    /// Whether the version lies in the range.
    #[must_use]
    pub fn check(&self, version: &Version) -> bool {
        self.groups.iter().any(|group| {
            group
                .constraints
                .iter()
                .all(|constraint| constraint.check(version, group.with_prerelease).is_ok())
        })
    }

    /// Whether the version lies in the range, and if not, why.
    ///
    /// # Errors
    /// The reasons, each worded as the Go library does.
    pub fn validate(&self, version: &Version) -> Result<(), Vec<String>> {
        let mut reasons = Vec::new();
        let mut prerelease_told = false;
        for group in &self.groups {
            let mut holds = true;
            for constraint in &group.constraints {
                if !group.with_prerelease && !version.prerelease().is_empty() {
                    if !prerelease_told {
                        reasons.push(prerelease_reason(version));
                        prerelease_told = true;
                    }
                    holds = false;
                } else if let Err(reason) = constraint.check(version, group.with_prerelease) {
                    reasons.push(reason);
                    holds = false;
                }
            }
            if holds {
                return Ok(());
            }
        }
        Err(reasons)
    }
}

impl Group {
    fn parse(text: &str) -> Result<Self, SemverError> {
        let constraints = match plain(text) {
            Some(conditions) => conditions
                .into_iter()
                .map(Constraint::new)
                .collect::<Result<Vec<_>, _>>()?,
            None if VALID.is_match(text) => FIND
                .find_iter(text)
                .map(|found| Constraint::parse(found.as_str()))
                .collect::<Result<_, _>>()?,
            None => return Err(SemverError::ImproperConstraint(text.to_owned())),
        };
        let with_prerelease = constraints
            .iter()
            .any(|constraint| !constraint.version.prerelease().is_empty());
        Ok(Self {
            constraints,
            with_prerelease,
        })
    }
}

/// A condition as it is written, taken apart.
#[derive(Debug, PartialEq, Eq)]
struct Written<'t> {
    operator: &'t str,
    version: &'t str,
    /// Without the points between them; a missing one is empty.
    numbers: [&'t str; 3],
    prerelease: &'t str,
}

/// What the patterns would find in a text of the plainest kind: operators, versions of numbers and
/// of wildcards, spaces and commas. Nearly all are that plain, and the patterns take a millisecond
/// to compile.
fn plain(text: &str) -> Option<Vec<Written<'_>>> {
    const OPERATORS: [&str; 11] = [">=", "=>", "<=", "=<", "!=", "~>", "=", ">", "<", "~", "^"];
    let mut found = Vec::new();
    let mut rest = text.trim_start_matches(' ');
    loop {
        let signs = OPERATORS.iter().find(|sign| rest.starts_with(**sign));
        let (operator, behind) = rest.split_at(signs.map_or(0, |sign| sign.len()));
        let behind = behind.trim_start_matches(' ');
        let (version, behind) = behind.split_at(behind.find([' ', ',']).unwrap_or(behind.len()));
        let Loose {
            numbers,
            prerelease,
            ..
        } = Loose::read_of_range(version)?;
        found.push(Written {
            operator,
            version,
            numbers,
            prerelease,
        });
        let next = behind.trim_start_matches(' ');
        rest = match next.strip_prefix(',') {
            Some(next) => next.trim_start_matches(' '),
            None if next.is_empty() => return Some(found),
            None => next,
        };
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    TildeOrEqual,
    NotEqual,
    Greater,
    Less,
    GreaterOrEqual,
    LessOrEqual,
    Tilde,
    Caret,
}

/// One condition.
#[derive(Debug, Clone)]
struct Constraint {
    operator: Operator,
    version: Version,
    /// The version as written, for the messages.
    written: String,
    /// Some part is `x` or missing.
    dirty: bool,
    minor_dirty: bool,
    patch_dirty: bool,
}

impl Constraint {
    fn parse(text: &str) -> Result<Self, SemverError> {
        let parts = ONE
            .captures(text)
            .ok_or_else(|| SemverError::ImproperConstraint(text.to_owned()))?;
        let group = |at: usize| parts.get(at).map_or("", |found| found.as_str());
        Self::new(Written {
            operator: group(1),
            version: group(2),
            numbers: [group(3), group(4), group(5)].map(|part| part.trim_start_matches('.')),
            prerelease: group(7),
        })
    }

    fn new(written: Written<'_>) -> Result<Self, SemverError> {
        let operator = match written.operator {
            "!=" => Operator::NotEqual,
            ">" => Operator::Greater,
            "<" => Operator::Less,
            ">=" | "=>" => Operator::GreaterOrEqual,
            "<=" | "=<" => Operator::LessOrEqual,
            "~" | "~>" => Operator::Tilde,
            "^" => Operator::Caret,
            _ => Operator::TildeOrEqual,
        };
        let [major, minor, patch] = written.numbers;
        let prerelease = match written.prerelease {
            "" => String::new(),
            identifiers => format!("-{identifiers}"),
        };
        let any = |part: &str| matches!(part, "x" | "X" | "*" | "");
        let (mut dirty, mut minor_dirty, mut patch_dirty) = (false, false, false);
        let text = if any(major) {
            dirty = true;
            format!("0.0.0{prerelease}")
        } else if any(minor) {
            (dirty, minor_dirty) = (true, true);
            format!("{major}.0.0{prerelease}")
        } else if any(patch) {
            (dirty, patch_dirty) = (true, true);
            format!("{major}.{minor}.0{prerelease}")
        } else {
            written.version.to_owned()
        };
        let version = Version::parse(&text).map_err(|_| SemverError::ConstraintParser)?;
        let written = written.version.to_owned();
        Ok(Self {
            operator,
            version,
            written,
            dirty,
            minor_dirty,
            patch_dirty,
        })
    }

    /// `Ok` when it holds, else the reason.
    fn check(&self, version: &Version, with_prerelease: bool) -> Result<(), String> {
        if !version.prerelease().is_empty() && !with_prerelease {
            return Err(prerelease_reason(version));
        }
        match self.operator {
            Operator::TildeOrEqual if self.dirty => self.tilde(version),
            Operator::TildeOrEqual => {
                self.demand(*version == self.version, version, "is not equal to", "")
            }
            Operator::NotEqual => self.not_equal(version),
            Operator::Greater => self.demand(
                self.is_greater(version),
                version,
                "is less than or equal to",
                "",
            ),
            Operator::Less => self.demand(
                *version < self.version,
                version,
                "is greater than or equal to",
                "",
            ),
            Operator::GreaterOrEqual => {
                self.demand(*version >= self.version, version, "is less than", "")
            }
            Operator::LessOrEqual => {
                self.demand(self.is_at_most(version), version, "is greater than", "")
            }
            Operator::Tilde => self.tilde(version),
            Operator::Caret => self.caret(version),
        }
    }

    fn demand(&self, holds: bool, version: &Version, what: &str, tail: &str) -> Result<(), String> {
        if holds {
            Ok(())
        } else {
            Err(format!("\"{version}\" {what} \"{}\"{tail}", self.written))
        }
    }

    fn not_equal(&self, version: &Version) -> Result<(), String> {
        let differs = if self.dirty {
            let wanted = &self.version;
            if wanted.major() != version.major()
                || (wanted.minor() != version.minor() && !self.minor_dirty)
            {
                true
            } else if self.minor_dirty {
                false
            } else if wanted.patch() != version.patch() && !self.patch_dirty {
                true
            } else if self.patch_dirty {
                let (a, b) = (version.prerelease(), wanted.prerelease());
                (!a.is_empty() || !b.is_empty()) && compare_prerelease(a, b).is_ne()
            } else {
                *version != self.version
            }
        } else {
            *version != self.version
        };
        self.demand(differs, version, "is equal to", "")
    }

    fn is_greater(&self, version: &Version) -> bool {
        if !self.dirty {
            return *version > self.version;
        }
        if version.major() != self.version.major() {
            return version.major() > self.version.major();
        }
        if self.minor_dirty {
            return false;
        }
        if self.patch_dirty {
            return version.minor() > self.version.minor();
        }
        *version > self.version
    }

    fn is_at_most(&self, version: &Version) -> bool {
        if !self.dirty {
            return *version <= self.version;
        }
        version.major() <= self.version.major()
            && (version.major() != self.version.major()
                || version.minor() <= self.version.minor()
                || self.minor_dirty)
    }

    fn tilde(&self, version: &Version) -> Result<(), String> {
        self.demand(*version >= self.version, version, "is less than", "")?;
        let wanted = &self.version;
        let zero = (wanted.major(), wanted.minor(), wanted.patch()) == (0, 0, 0);
        if zero && !self.minor_dirty && !self.patch_dirty {
            return Ok(());
        }
        self.demand(
            version.major() == wanted.major(),
            version,
            "does not have same major version as",
            "",
        )?;
        self.demand(
            version.minor() == wanted.minor() || self.minor_dirty,
            version,
            "does not have same major and minor version as",
            "",
        )
    }

    fn caret(&self, version: &Version) -> Result<(), String> {
        self.demand(*version >= self.version, version, "is less than", "")?;
        let wanted = &self.version;
        let same_major = "does not have same major version as";
        if wanted.major() > 0 || self.minor_dirty {
            return self.demand(version.major() == wanted.major(), version, same_major, "");
        }
        self.demand(version.major() == 0, version, same_major, "")?;
        let same_minor = "does not have same minor version as";
        if wanted.minor() > 0 || self.patch_dirty {
            let tail = ". Expected minor versions to match when constraint major version is 0";
            return self.demand(version.minor() == wanted.minor(), version, same_minor, tail);
        }
        self.demand(version.minor() == 0, version, same_minor, "")?;
        let tail = ". Expect version and constraint to equal when major and minor versions are 0";
        self.demand(
            version.patch() == wanted.patch(),
            version,
            "does not equal",
            tail,
        )
    }
}

fn prerelease_reason(version: &Version) -> String {
    format!(
        "\"{version}\" is a prerelease version and the constraint is only looking for release versions"
    )
}

/// `1.0 - 2.0` becomes `>= 1.0, <= 2.0 `.
fn rewrite_dashes(text: &str) -> String {
    let mut out = text.to_owned();
    let is_space = |byte: u8| b"\t\n\x0C\r ".contains(&byte);
    let mut around = text.as_bytes().windows(3);
    if !around.any(|of| of[1] == b'-' && is_space(of[0]) && is_space(of[2])) {
        return out;
    }
    for found in DASH.captures_iter(text) {
        let group = |at: usize| found.get(at).map_or("", |part| part.as_str());
        out = out.replacen(group(0), &format!(">= {}, <= {} ", group(1), group(11)), 1);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Constraint, FIND, VALID, Written, plain};

    /// What the patterns find, in the terms of [`plain`].
    fn by_patterns(text: &str) -> Option<Vec<String>> {
        VALID.is_match(text).then(|| {
            let found = FIND.find_iter(text);
            found
                .map(|found| format!("{:?}", Constraint::parse(found.as_str())))
                .collect()
        })
    }

    #[test]
    fn plain_ranges_are_those_that_the_patterns_find() {
        let operators = [
            "", "=", "!=", ">", "<", ">=", "=>", "<=", "=<", "~", "~>", "^", ">>", "> ", "==",
        ];
        let versions = [
            "1",
            "v1.2",
            "1.2.3",
            "1.2.3-0",
            "1.2-a.b",
            "1.2.3+m",
            "1.2.3-a+b.c",
            "1.2.3-",
            "1.2.3-a.",
            "1..2",
            "x",
            "1.x",
            "v2.X.*",
            "*",
            "*.1-a",
            "1x",
            "xx",
            "x|1",
            "",
            "1.2.3.4",
            "v",
            "1 2",
            "-1",
        ];
        let separators = [" ", ", ", ",", "  ", " ,", ",,", ""];
        let mut plain_ones = 0;
        for operator in operators {
            for version in versions {
                for separator in separators {
                    for text in [
                        format!("{operator}{version}"),
                        format!(" {operator}{version}{separator}<2.0.0 "),
                        format!(">=1.0{separator}{operator}{version}{separator}"),
                    ] {
                        let Some(found) = plain(&text) else { continue };
                        plain_ones += 1;
                        let found = found.into_iter().map(Constraint::new);
                        let found: Vec<String> = found.map(|it| format!("{it:?}")).collect();
                        assert_eq!(by_patterns(&text), Some(found), "{text:?}");
                    }
                }
            }
        }
        assert!(plain_ones > 1_000, "{plain_ones}");
        let written = Written {
            operator: ">=",
            version: "v1.20.0-0",
            numbers: ["1", "20", "0"],
            prerelease: "0",
        };
        assert_eq!(plain(" >= v1.20.0-0 "), Some(vec![written]));
    }
}
