//! `.helmignore`: which files of a chart folder are not part of the chart.
//!
//! Follows pkg/ignore/rules.go of Helm 4.3.1, its oddities included: a negated rule ignores what
//! it does *not* match.

use super::{SourceFile, glob};

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
    shape: Shape,
}

/// What tells most patterns from all others without Go's rules: nearly no file is ignored, and each
/// is held against all patterns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// It stands for itself.
    Literal,
    /// A star, and what stands for itself.
    Ending,
    /// Anything behind so many bytes that stand for themselves.
    Other(usize),
}

impl Shape {
    fn of(glob: &str) -> Self {
        let special = |text: &str| text.find(['*', '?', '[', '\\']);
        match special(glob) {
            None => Self::Literal,
            Some(0) if glob.starts_with('*') && special(&glob[1..]).is_none() => Self::Ending,
            Some(start) => Self::Other(start),
        }
    }
}

impl Pattern {
    fn new(glob: &str, whole_path: bool, negated: bool, folders_only: bool) -> Self {
        Self {
            shape: Shape::of(glob),
            glob: glob.to_owned(),
            whole_path,
            negated,
            folders_only,
        }
    }

    fn matches(&self, subject: &str) -> bool {
        match self.shape {
            Shape::Literal => subject == self.glob,
            Shape::Ending => subject
                .strip_suffix(&self.glob[1..])
                .is_some_and(|start| !start.contains('/')),
            Shape::Other(literal) => {
                let begins = subject
                    .as_bytes()
                    .starts_with(&self.glob.as_bytes()[..literal]);
                begins && glob::matches(&self.glob, subject).unwrap_or(false)
            }
        }
    }
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
        self.patterns
            .push(Pattern::new("templates/.?*", true, false, false));
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
        self.patterns
            .push(Pattern::new(glob, whole_path, negated, folders_only));
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
            let matched = || pattern.matches(subject);
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

    /// Whether the folder, or one that it lies in, is left out.
    fn ignores_folder(&self, folder: &str) -> bool {
        let above = folder.match_indices('/').map(|(end, _)| &folder[..end]);
        above.chain([folder]).any(|it| self.ignores(it, true))
    }

    /// Takes out of a list whatever is left out; of files beside each other, their folder is looked
    /// at once.
    pub(super) fn apply(&self, files: &mut Vec<SourceFile>) {
        let mut known: Option<(String, bool)> = None;
        files.retain(|file| {
            let folder = file.path.rfind('/').map_or("", |end| &file.path[..end]);
            let is_ignored = match &known {
                Some((name, is_ignored)) if name == folder => *is_ignored,
                _ => {
                    let is_ignored = self.ignores_folder(folder);
                    known = Some((folder.to_owned(), is_ignored));
                    is_ignored
                }
            };
            !is_ignored && !self.ignores(&file.path, false)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::{Pattern, Rules, Shape, SourceFile, glob};

    fn check(rules: &str, ignored: &[&str], kept: &[&str]) {
        let rules = Rules::parse(rules).unwrap();
        let paths = ignored.iter().chain(kept);
        let mut files: Vec<SourceFile> = paths.map(|path| SourceFile::new(*path, "")).collect();
        rules.apply(&mut files);
        let left: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(left, kept);
    }

    #[test]
    fn names_paths_and_folders() {
        check(
            "# comment\n.git/\n*.tmp\n/values-*.yaml\ndocs/*.md\n",
            &[
                ".git/config",
                ".git/objects/ab",
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
    fn shapes_match_as_gos_rules() {
        const GLOBS: [&str; 16] = [
            "", "*", "a", "*.tmp", ".git", "a*b", "?", "[ab]", "[^a]c", "a\\*", "\\a", "a/*", "x[",
            "a\\", "a/b", "*/b",
        ];
        const SUBJECTS: [&str; 14] = [
            "", "a", "b", "a.tmp", ".tmp", ".git", "ab", "axb", "bc", "a*", "a/b", "/", "x[", "ü",
        ];
        let mut seen = 0;
        for glob in GLOBS {
            for subject in SUBJECTS {
                let expected = glob::matches(glob, subject).unwrap_or(false);
                let pattern = Pattern::new(glob, true, false, false);
                assert_eq!(pattern.matches(subject), expected, "{glob} {subject}");
                seen += usize::from(expected && !matches!(pattern.shape, Shape::Other(_)));
            }
        }
        assert!(seen > 10, "{seen}");
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
