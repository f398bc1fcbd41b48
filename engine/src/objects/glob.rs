//! The patterns of `.Files.Glob`: those of github.com/gobwas/glob with `/` as separator.
//!
//! `*` and `?` stop at a `/`, `**` does not; `[abc]`, `[!abc]`, `[a-z]`, `{one,two}` and `\` work
//! as usual.

use regex::bytes::Regex;

/// A compiled pattern.
#[derive(Debug, Clone)]
pub(super) struct Glob(Regex);

impl Glob {
    /// Compiles a pattern; none if it is malformed.
    pub(super) fn new(pattern: &str) -> Option<Self> {
        let mut regex = String::from("(?s-u)^");
        let mut open = 0_usize;
        let mut chars = pattern.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '*' if chars.peek() == Some(&'*') => {
                    while chars.next_if_eq(&'*').is_some() {}
                    regex.push_str(".*");
                }
                '*' => regex.push_str("[^/]*"),
                '?' => regex.push_str("[^/]"),
                '\\' => push_literal(chars.next()?, &mut regex),
                '{' => {
                    open += 1;
                    regex.push_str("(?:");
                }
                '}' if open > 0 => {
                    open -= 1;
                    regex.push(')');
                }
                ',' if open > 0 => regex.push('|'),
                '[' => {
                    regex.push('[');
                    if chars.next_if_eq(&'!').is_some() {
                        regex.push('^');
                    }
                    push_class(&mut chars, &mut regex)?;
                }
                c => push_literal(c, &mut regex),
            }
        }
        if open > 0 {
            return None;
        }
        regex.push('$');
        Regex::new(&regex).ok().map(Self)
    }

    /// Whether the whole path matches.
    pub(super) fn matches(&self, path: &[u8]) -> bool {
        self.0.is_match(path)
    }
}

fn push_literal(c: char, regex: &mut String) {
    regex.push_str(&regex::escape(c.encode_utf8(&mut [0; 4])));
}

/// The rest of a class: a list of characters, or one range; gobwas knows nothing in between.
fn push_class(
    chars: &mut std::iter::Peekable<std::str::Chars<'_>>,
    regex: &mut String,
) -> Option<()> {
    let mut any = false;
    loop {
        match chars.next()? {
            ']' if any => break,
            '-' if any && chars.peek() != Some(&']') => regex.push('-'),
            '\\' => push_literal(chars.next()?, regex),
            c => {
                if matches!(c, '[' | '^' | '&' | '~' | '-' | ']') {
                    regex.push('\\');
                }
                regex.push(c);
            }
        }
        any = true;
    }
    regex.push(']');
    Some(())
}

#[cfg(test)]
mod tests {
    use super::Glob;

    #[test]
    fn matches_as_gobwas_does() {
        for (pattern, path, expected) in [
            ("files/*", "files/a.json", true),
            ("files/*", "files/b/a.json", false),
            ("files/**", "files/b/a.json", true),
            ("**.yaml", "a/b.yaml", true),
            ("f?le", "file", true),
            ("{a,b}/*.txt", "b/x.txt", true),
            ("{a,b}/*.txt", "c/x.txt", false),
            ("[a-c]x", "bx", true),
            ("[!a-c]x", "bx", false),
            ("a.c", "abc", false),
        ] {
            let found = Glob::new(pattern).is_some_and(|glob| glob.matches(path.as_bytes()));
            assert_eq!(found, expected, "{pattern} on {path}");
        }
        assert!(Glob::new("{a").is_none());
    }
}
