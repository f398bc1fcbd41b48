//! `.helmignore`: which files of a chart folder are not part of the chart.
//!
//! Follows pkg/ignore/rules.go of Helm 4.3.1, its oddities included: a negated rule ignores what
//! it does *not* match.

use super::glob;

/// The name of the file with the rules.
pub const FILE_NAME: &str = ".helmignore";

/// The rules of one `.helmignore`.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    patterns: Vec<Pattern>,
}

#[derive(Debug, Clone)]
struct Pattern {
    glob: String,
    /// Compared with the whole path, else with the last name only.
    whole_path: bool,
    negated: bool,
    folders_only: bool,
}

impl Rules {
    /// Only what Helm always ignores: names in templates/ that begin with a dot.
    #[must_use]
    pub fn defaults() -> Self {
        let mut rules = Self::default();
        rules.add_defaults();
        rules
    }

    /// Reads a `.helmignore` and adds the defaults.
    ///
    /// # Errors
    /// With Helm's sentence for a rule that it refuses.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut rules = Self::default();
        for line in text.trim_start_matches('\u{feff}').lines() {
            rules.add(line)?;
        }
        rules.add_defaults();
        Ok(rules)
    }

    fn add_defaults(&mut self) {
        self.patterns.push(Pattern {
            glob: "templates/.?*".to_owned(),
            whole_path: true,
            negated: false,
            folders_only: false,
        });
    }

    fn add(&mut self, line: &str) -> Result<(), String> {
        let rule = line.trim();
        if rule.is_empty() || rule.starts_with('#') {
            return Ok(());
        }
        if rule.contains("**") {
            return Err("double-star (**) syntax is not supported".to_owned());
        }
        glob::matches(rule, "abc").map_err(|error| error.to_string())?;
        let (negated, rule) = match rule.strip_prefix('!') {
            Some(rest) => (true, rest),
            None => (false, rule),
        };
        let (folders_only, rule) = match rule.strip_suffix('/') {
            Some(rest) => (true, rest),
            None => (false, rule),
        };
        let (whole_path, glob) = match rule.strip_prefix('/') {
            Some(rest) => (true, rest),
            None => (rule.contains('/'), rule),
        };
        self.patterns.push(Pattern {
            glob: glob.to_owned(),
            whole_path,
            negated,
            folders_only,
        });
        Ok(())
    }

    /// Whether the folder or file at this path (relative, with `/`) is left out.
    #[must_use]
    pub fn ignores(&self, path: &str, is_folder: bool) -> bool {
        if matches!(path, "" | "." | "./") {
            return false;
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        for pattern in &self.patterns {
            let subject = if pattern.whole_path { path } else { name };
            let matched = || {
                may_match(&pattern.glob, subject)
                    && glob::matches(&pattern.glob, subject).unwrap_or(false)
            };
            if pattern.negated {
                if (pattern.folders_only && !is_folder) || !matched() {
                    return true;
                }
            } else if (!pattern.folders_only || is_folder) && matched() {
                return true;
            }
        }
        false
    }

    /// Whether the file, or a folder that it lies in, is left out.
    #[must_use]
    pub fn ignores_within(&self, path: &str) -> bool {
        path.match_indices('/')
            .any(|(at, _)| self.ignores(&path[..at], true))
            || self.ignores(path, false)
    }
}

/// False if the ends of a pattern tell that it does not match: nearly no file is ignored, and each
/// is held against all patterns.
fn may_match(glob: &str, subject: &str) -> bool {
    let is_literal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'/');
    let agree = |wanted: Option<&u8>, found: Option<&u8>| match wanted {
        Some(&byte) if is_literal(byte) => found == Some(&byte),
        _ => true,
    };
    let (glob, subject) = (glob.as_bytes(), subject.as_bytes());
    agree(glob.first(), subject.first()) && agree(glob.last(), subject.last())
}

#[cfg(test)]
mod tests {
    use super::{Rules, glob, may_match};

    fn check(rules: &str, ignored: &[&str], kept: &[&str]) {
        let rules = Rules::parse(rules).unwrap();
        for path in ignored {
            assert!(rules.ignores_within(path), "{path} is ignored");
        }
        for path in kept {
            assert!(!rules.ignores_within(path), "{path} is kept");
        }
    }

    #[test]
    fn names_paths_and_folders() {
        check(
            "# comment\n.git/\n*.tmp\n/values-*.yaml\ndocs/*.md\n",
            &[
                ".git/config",
                "a/b.tmp",
                "values-dev.yaml",
                "docs/x.md",
                "templates/.hidden",
            ],
            &[
                "git",
                "charts/a/values-dev.yaml",
                "docs/a/x.md",
                "templates/x.yaml",
            ],
        );
    }

    #[test]
    fn what_matches_may_match() {
        const GLOBS: [&str; 14] = [
            "", "*", "a", "*.tmp", ".git", "a*b", "?", "[ab]", "[^a]c", "a\\*", "\\a", "a/*", "x[",
            "a\\",
        ];
        const SUBJECTS: [&str; 14] = [
            "", "a", "b", "a.tmp", ".tmp", ".git", "ab", "axb", "bc", "a*", "a/b", "/", "x[", "ü",
        ];
        let mut seen = 0;
        for glob in GLOBS {
            for subject in SUBJECTS {
                if glob::matches(glob, subject).unwrap_or(false) {
                    seen += 1;
                    assert!(may_match(glob, subject), "{glob} {subject}");
                }
            }
        }
        assert!(seen > 20, "{seen}");
        assert!(!may_match("*.tmp", "values.yaml") && !may_match(".git", "git"));
    }

    #[test]
    fn negation_ignores_the_others() {
        check("!keep.txt\n", &["other.txt", "Chart.yaml"], &["keep.txt"]);
    }

    #[test]
    fn refused_rules() {
        assert_eq!(
            Rules::parse("a/**").unwrap_err(),
            "double-star (**) syntax is not supported"
        );
        assert_eq!(Rules::parse("[a").unwrap_err(), "syntax error in pattern");
    }
}
