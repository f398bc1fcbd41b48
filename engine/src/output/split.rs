//! Cutting a template's output into documents.
//!
//! Follows pkg/release/v1/util/manifest.go of Helm 4.3.1: a document begins at every line that
//! begins with `---`, whatever follows.

/// The documents of a text, those of only white space left out.
#[must_use]
pub fn split(text: &str) -> Vec<&str> {
    let text = text.trim_start();
    let mut documents = Vec::new();
    let mut start = 0;
    let mut line = 0;
    while line <= text.len() {
        if text[line..].starts_with("---") {
            keep(&text[start..line], &mut documents);
            let behind = &text[line + 3..];
            let blanks = behind.len() - behind.trim_start_matches([' ', '\t']).len();
            start = line + 3 + blanks;
        }
        match text[line..].find('\n') {
            Some(end) => line += end + 1,
            None => break,
        }
    }
    keep(&text[start..], &mut documents);
    documents
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

    #[test]
    fn documents_begin_at_dashes() {
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
}
