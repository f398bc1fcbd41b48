//! Cutting a template's output into documents.

use std::sync::LazyLock;

use memchr::memmem;
use regex::Regex;

use crate::Dialect;

/// The documents of a text, those of only white space left out.
#[must_use]
pub fn split(text: &str, dialect: Dialect) -> Vec<&str> {
    match dialect {
        Dialect::Helm3 => split_as_helm3(text),
        Dialect::Helm4 => split_at_lines(text),
    }
}

/// A document begins at every line that begins with `---`, whatever follows
/// (pkg/release/v1/util/manifest.go of Helm 4.3.1).
fn split_at_lines(text: &str) -> Vec<&str> {
    let text = text.trim_start();
    let mut documents = Vec::new();
    let mut start = 0;
    let first = text.starts_with("---").then_some(0);
    let others = memmem::find_iter(text.as_bytes(), "\n---").map(|found| found + 1);
    for line in first.into_iter().chain(others) {
        keep(&text[start..line], &mut documents);
        let behind = &text[line + 3..];
        let blanks = behind.len() - behind.trim_start_matches([' ', '\t']).len();
        start = line + 3 + blanks;
    }
    keep(&text[start..], &mut documents);
    documents
}

/// `sep` of pkg/releaseutil/manifest.go of Helm 3.22.0; Go's `\s` is these five characters.
static SEPARATOR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:\A|[\t\n\x0C\r ]*\n)---[\t\n\x0C\r ]*")
        .expect("a constant pattern that a test uses")
});

/// White space around a separator belongs to it, so that of two separators with nothing between
/// them the second one is part of the next document.
fn split_as_helm3(text: &str) -> Vec<&str> {
    SEPARATOR
        .split(text.trim())
        .filter(|document| !document.is_empty())
        .map(str::trim)
        .collect()
}

fn keep<'t>(document: &'t str, documents: &mut Vec<&'t str>) {
    let document = document.trim_start();
    if !document.is_empty() {
        documents.push(document);
    }
}

#[cfg(test)]
mod tests {
    use super::split;
    use crate::Dialect;

    #[test]
    fn documents_begin_at_dashes() {
        let split = |text| split(text, Dialect::Helm4);
        assert_eq!(
            split("\n\n---\na: 1\n---\n  \n--- \t\nb: 2\n"),
            ["a: 1\n", "b: 2\n"]
        );
        assert_eq!(split("---a: 1"), ["a: 1"]);
        assert_eq!(split("----\na"), ["-\na"]);
        assert_eq!(split("a: |\n  ---\nb: 1"), ["a: |\n  ---\nb: 1"]);
        assert_eq!(split("---\n---"), Vec::<&str>::new());
        assert_eq!(split("  ---\nx: 1"), ["x: 1"]);
        assert!(split("").is_empty());
    }

    #[test]
    fn helm3_takes_white_space_for_part_of_the_separator() {
        let split = |text| split(text, Dialect::Helm3);
        assert_eq!(split("---\na: 1\n\n---\n\nb: 2\n\n"), ["a: 1", "b: 2"]);
        assert_eq!(split("a: 1\n---\n---\nb: 2"), ["a: 1", "---\nb: 2"]);
        assert_eq!(split("---a: 1 \n"), ["a: 1"]);
        assert_eq!(split("a: 1\n  ---\nb: 2"), ["a: 1\n  ---\nb: 2"]);
        assert_eq!(split("---\n---"), ["---"]);
        assert!(split(" \n").is_empty());
    }
}
