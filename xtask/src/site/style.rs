//! The style sheet of a release: one file of many, without comments and indentation.

use std::{fs, path::Path};

use anyhow::Context as _;

/// A style sheet with what its `@import url("…");` lines name in their place.
pub(super) fn bundle(path: &Path) -> anyhow::Result<String> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let folder = path.parent().unwrap_or(path);
    let mut out = String::new();
    for line in without_comments(&text).lines().map(str::trim) {
        let imported = line
            .strip_prefix("@import url(\"")
            .and_then(|rest| rest.strip_suffix("\");"));
        match imported {
            Some(name) => out.push_str(&bundle(&folder.join(name))?),
            None if line.is_empty() => {}
            None => {
                out.push_str(line);
                // The line's end stays: it is a space between words, and compresses to nothing.
                out.push('\n');
            }
        }
    }
    Ok(out)
}

fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::without_comments;

    #[test]
    fn comments_are_taken_out() {
        assert_eq!(without_comments("a /* b */ c/**/d /* e"), "a  cd ");
    }
}
