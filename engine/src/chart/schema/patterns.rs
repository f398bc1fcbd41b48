//! A schema's regular expressions. Helm's library has them read by Go; boon takes them for ECMAScript's.
//!
//! So boon gets each pattern in the regex crate's own words, and one that Go refuses as something that boon
//! refuses, too. The name of an empty group at its front tells what was written.

use std::collections::HashMap;

use crate::functions::translate_regex;

/// What boon got for the patterns of a schema.
#[derive(Debug, Default)]
pub(super) struct Patterns {
    /// By what was written.
    taken: HashMap<String, String>,
    /// What was written, by what boon got.
    written: HashMap<String, String>,
}

/// What Go says when it compiles a pattern.
pub(super) fn compile_error(pattern: &str) -> Option<String> {
    translated(pattern).err()
}

/// A pattern for the regex crate.
///
/// # Errors
/// With the text of `regexp.Compile`.
pub(super) fn translated(pattern: &str) -> Result<String, String> {
    translate_regex(pattern).map_err(|problem| format!("error parsing regexp: {problem}"))
}

impl Patterns {
    /// The pattern as boon is to have it.
    pub(super) fn take(&mut self, pattern: &str) -> String {
        if let Some(taken) = self.taken.get(pattern) {
            return taken.clone();
        }
        let translated = translated(pattern);
        if translated.as_ref().is_ok_and(|same| same == pattern) {
            return pattern.to_owned();
        }
        // Go's groups cannot have such a name. Left open, it is an error for boon.
        let mut taken = format!("(?P<written[{}]>", self.taken.len());
        if let Ok(translated) = translated {
            taken.push(')');
            taken.push_str(&translated);
        }
        self.taken.insert(pattern.to_owned(), taken.clone());
        self.written.insert(taken.clone(), pattern.to_owned());
        taken
    }

    /// What was written for a text that boon has; itself for all but patterns.
    pub(super) fn written<'t>(&'t self, text: &'t str) -> &'t str {
        self.written.get(text).map_or(text, String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::Patterns;

    #[test]
    fn what_boon_gets_means_the_same() {
        for (pattern, text, fits) in [
            (r"^[\w-.]+$", "a-b.c", true),
            ("^{{.*}}$", "{{x}}", true),
            (r"\b", "\u{663}", false),
            (r"\ba", "\u{e9}a", true),
            (r"^\B", "\u{e9}", true),
            (r"\B", "a", false),
            (r"^\s$", "\u{a0}", false),
            (r"^\s$", "\u{b}", false),
            (r"^(a|b$|c)", "bc", false),
            (r"\a", "\u{7}", true),
        ] {
            let mut patterns = Patterns::default();
            let taken = patterns.take(pattern);
            assert_eq!(patterns.written(&taken), pattern);
            let schema = serde_json::json!({"pattern": taken});
            let mut compiler = boon::Compiler::new();
            compiler.add_resource("file:///s", schema).unwrap();
            let mut schemas = boon::Schemas::new();
            let index = compiler.compile("file:///s", &mut schemas).unwrap();
            let valid = schemas.validate(&text.into(), index).is_ok();
            assert_eq!(valid, fits, "{pattern} on {text:?}");
        }
    }
}
