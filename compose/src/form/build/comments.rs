//! The comments of values.yaml as titles' helpers: helm-docs' `# --`, Bitnami's `## @param`, and
//! plain sentences; and the order in which the keys stand.

use std::collections::BTreeMap;

use values::yaml::outline;
use values::{Segment, ValuesPath};

use super::Extras;

/// The longest description that is kept.
const MAX_LENGTH: usize = 1_000;

/// What values.yaml says about its keys beside their values.
#[derive(Debug, Default)]
pub(super) struct Comments {
    positions: BTreeMap<ValuesPath, usize>,
    texts: BTreeMap<ValuesPath, String>,
    /// From `@param`, which stands in one block for many keys; it holds over the others.
    params: BTreeMap<ValuesPath, String>,
}

impl Comments {
    /// Reads a values file; one that is no YAML has no comments.
    pub(super) fn read(text: &str, extras: &Extras) -> Self {
        let mut comments = Self::default();
        comments.add(text, extras, &[], 0);
        comments
    }

    /// Adds a values file whose root is the table of these keys, and those of its subcharts.
    fn add(&mut self, text: &str, extras: &Extras, at_keys: &[String], depth: usize) {
        let comments = self;
        let under = |path: Vec<String>| ValuesPath::of_keys(at_keys.iter().cloned().chain(path));
        let first = comments.positions.len();
        for (at, entry) in outline(text).unwrap_or_default().into_iter().enumerate() {
            let path = under(entry.path);
            comments.positions.entry(path.clone()).or_insert(first + at);
            let above = describe(&entry.comment);
            let behind = entry
                .trailing
                .as_deref()
                .map(plain)
                .filter(|text| !text.is_empty() && !text.starts_with('@'));
            if let Some(text) = above.or(behind) {
                comments.texts.entry(path).or_insert_with(|| clip(&text));
            }
        }
        for line in text.lines() {
            if let Some((path, text)) = param(line) {
                let keys = path.segments().iter().filter_map(|segment| match segment {
                    Segment::Key(key) => Some(key.clone()),
                    Segment::Index(_) => None,
                });
                let path = under(keys.collect());
                comments.params.entry(path).or_insert_with(|| clip(&text));
            }
        }
        for subchart in extras.subcharts.iter().filter(|_| depth < 6) {
            let mut keys = at_keys.to_vec();
            keys.push(subchart.key.clone());
            comments.add(&subchart.values_text, &subchart.extras, &keys, depth + 1);
        }
    }

    /// Where a key stands among all; after all others when values.yaml does not have it.
    pub(super) fn position(&self, path: &ValuesPath) -> usize {
        self.positions.get(path).copied().unwrap_or(usize::MAX)
    }

    /// What the comments say about a key.
    pub(super) fn text(&self, path: &ValuesPath) -> Option<&str> {
        self.params
            .get(path)
            .or_else(|| self.texts.get(path))
            .map(String::as_str)
    }
}

fn clip(text: &str) -> String {
    crate::form::shorten(text, MAX_LENGTH)
}

/// A comment line without its `#`s.
fn plain(line: &str) -> String {
    line.trim().trim_start_matches('#').trim().to_owned()
}

/// `## @param a.b.c [modifiers] description`
fn param(line: &str) -> Option<(ValuesPath, String)> {
    let (path, _, text) = parts(line)?;
    (!text.is_empty()).then_some((path, text.to_owned()))
}

/// The same line's path and modifiers.
pub(super) fn modifiers(line: &str) -> Option<(ValuesPath, String)> {
    let (path, modifiers, _) = parts(line)?;
    (!modifiers.is_empty()).then(|| (path, modifiers.to_owned()))
}

/// Path, modifiers, description.
fn parts(line: &str) -> Option<(ValuesPath, &str, &str)> {
    let line = line
        .trim_start()
        .strip_prefix('#')?
        .trim_start_matches('#')
        .trim_start();
    let rest = line
        .strip_prefix("@param")?
        .strip_prefix([' ', '\t'])?
        .trim_start();
    let (path, rest) = rest.split_once([' ', '\t'])?;
    let rest = rest.trim_start();
    let (modifiers, text) = match rest.strip_prefix('[') {
        Some(rest) => rest.split_once(']').unwrap_or((rest, "")),
        None => ("", rest),
    };
    Some((path.parse().ok()?, modifiers, text.trim()))
}

/// The description in a block of comment lines above a key; none when there is only code.
fn describe(comment: &str) -> Option<String> {
    let lines: Vec<String> = comment.lines().map(plain).collect();
    if let Some(start) = lines
        .iter()
        .rposition(|line| line.starts_with("-- ") || line == "--")
    {
        return helm_docs(&lines[start..]);
    }
    let mut words: Vec<&str> = Vec::new();
    let mut in_schema = false;
    for line in &lines {
        if line.starts_with("@schema") {
            in_schema = !in_schema;
            continue;
        }
        if in_schema || line.starts_with('@') || is_rule(line) {
            continue;
        }
        // A blank line ends a paragraph that was about something above.
        if line.is_empty() {
            words.clear();
        } else if looks_like_yaml(line) {
            break;
        } else {
            words.push(line);
        }
    }
    let text = words.join(" ");
    (!text.is_empty()).then_some(text)
}

/// `-- (type) description`, up to the first `@` line or blank one.
fn helm_docs(lines: &[String]) -> Option<String> {
    let first = lines.first()?.trim_start_matches('-').trim_start();
    let first = match first.strip_prefix('(') {
        Some(rest) => rest
            .split_once(')')
            .map_or(first, |(_, text)| text.trim_start()),
        None => first,
    };
    let more = lines[1..]
        .iter()
        .take_while(|line| !line.starts_with('@') && !line.is_empty());
    let words: Vec<&str> = std::iter::once(first)
        .chain(more.map(String::as_str))
        .collect();
    let text = words.join(" ").trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// A line of dashes or equals signs, as headings are drawn.
fn is_rule(line: &str) -> bool {
    line.len() >= 3
        && line
            .chars()
            .all(|c| matches!(c, '-' | '=' | '#' | '*' | '~'))
}

/// Whether a comment line is a value that was commented out.
fn looks_like_yaml(line: &str) -> bool {
    if line.starts_with("- ") || line == "-" || line.starts_with('{') || line.starts_with('[') {
        return true;
    }
    let Some((key, rest)) = line.split_once(':') else {
        return false;
    };
    let is_key = !key.is_empty() && !key.contains(' ') && !key.starts_with("http");
    let prose = key.chars().next().is_some_and(char::is_uppercase) && rest.contains(' ');
    let ends = rest.is_empty() || rest.starts_with(' ');
    is_key
        && ends
        && !prose
        && !matches!(
            key,
            "ref" | "Ref" | "e.g" | "Note" | "NOTE" | "see" | "default"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn helm_docs_comments() {
        assert_eq!(
            describe("-- (int) How many\nto run.\n@default -- 1").as_deref(),
            Some("How many to run.")
        );
        assert_eq!(
            describe("Old words\n\n-- New words").as_deref(),
            Some("New words")
        );
    }

    #[test]
    fn plain_comments_without_the_code_in_them() {
        assert_eq!(
            describe("# This sets the count: see https://x.y\n# limits:\n#   cpu: 1").as_deref(),
            Some("This sets the count: see https://x.y")
        );
        assert_eq!(describe("limits:\n  cpu: 100m"), None);
        assert_eq!(describe("=====\nKafka\n====="), Some("Kafka".to_owned()));
        assert_eq!(describe(""), None);
        assert_eq!(
            describe("@schema\ntype: string\n@schema\nThe name"),
            Some("The name".to_owned())
        );
    }

    #[test]
    fn bitnami_parameters() {
        let (path, text) = param("## @param auth.password [nullable,array] The password").unwrap();
        assert_eq!(
            (path.to_string().as_str(), text.as_str()),
            ("auth.password", "The password")
        );
        assert!(param("# @parameters a b").is_none());
        assert!(param("## @param lonely").is_none());
    }
}
