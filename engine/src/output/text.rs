//! The text that `helm template` prints.
//!
//! Follows pkg/cmd/template.go and `renderResources` (pkg/action/action.go) of Helm 4.3.1.

use std::fmt::Write;
use std::sync::LazyLock;

use regex::Regex;

use super::{Hook, OutputOptions, Rendered, split};
use crate::chart::glob;
use crate::{Dialect, Error, ErrorKind};

static SOURCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("# Source: [^/]+/(.+)").expect("a constant pattern that a test uses")
});

impl Rendered {
    /// What `helm template` prints, byte for byte.
    ///
    /// # Errors
    /// When `show_only` names a template that made nothing.
    pub fn to_text(&self, options: &OutputOptions) -> Result<String, Error> {
        let printed = self
            .manifests
            .iter()
            .chain(self.hooks.iter().map(|hook| &hook.manifest));
        let size = printed
            .map(|it| it.name.len() + it.content.len() + AROUND)
            .sum();
        let mut release = String::with_capacity(size);
        if options.include_crds {
            for crd in &self.crds {
                document(&mut release, &crd.name, &crd.content);
            }
        }
        for manifest in &self.manifests {
            document(&mut release, &manifest.name, &manifest.content);
        }
        let text = options.finished(release, &self.hooks);
        if options.show_only.is_empty() {
            Ok(text)
        } else {
            options.only_shown(&text)
        }
    }
}

impl OutputOptions {
    /// What was made of a release, and behind it those of its hooks that are asked for.
    #[must_use]
    pub fn with_hooks(&self, made: &str, hooks: &[Hook]) -> String {
        self.finished(made.to_owned(), hooks)
    }

    fn finished(&self, mut text: String, hooks: &[Hook]) -> String {
        text.truncate(text.trim_end().len());
        text.drain(..text.len() - text.trim_start().len());
        text.push('\n');
        if !self.no_hooks {
            for hook in hooks {
                if !(self.skip_tests && hook.is_test()) {
                    document(&mut text, &hook.manifest.name, &hook.manifest.content);
                }
            }
        }
        text
    }

    /// Of a text that Helm would print, the documents of the templates in `show_only`.
    ///
    /// # Errors
    /// When one of them made nothing.
    pub fn only_shown(&self, text: &str) -> Result<String, Error> {
        only(text, &self.show_only, self.dialect)
    }
}

/// More than what stands around a document and its name.
const AROUND: usize = 20;

/// One document as Helm prints it.
pub(crate) fn document(out: &mut String, name: &str, content: &str) {
    for part in ["---\n# Source: ", name, "\n", content, "\n"] {
        out.push_str(part);
    }
}

/// The documents of these templates, in the order of the patterns.
fn only(text: &str, patterns: &[String], dialect: Dialect) -> Result<String, Error> {
    let documents: Vec<(&str, &str)> = split(text, dialect)
        .into_iter()
        .filter_map(|document| {
            let path = SOURCE.captures(document)?.get(1)?.as_str();
            Some((path, document))
        })
        .collect();
    let mut out = String::new();
    for pattern in patterns {
        let mut missing = true;
        for (path, document) in &documents {
            if glob::matches(pattern, path).unwrap_or(false) {
                let _ = writeln!(out, "---\n{document}");
                missing = false;
            }
        }
        if missing {
            return Err(Error::new(
                ErrorKind::ShowOnly,
                format!("could not find template {pattern} in chart"),
            ));
        }
    }
    Ok(out)
}
