//! Mail addresses and URLs as Helm's linter judges them: `IsEmail`, `IsURL` and `IsRequestURL` of
//! github.com/asaskevich/govalidator v0.0.0-20230301143203, whose patterns the two files hold.

use std::sync::LazyLock;

use regex::Regex;

use crate::functions::parse_url;

/// A pattern of Go's; RE2's syntax is regex's but for `-_` in a class and ASCII `\d` and `\s`.
fn compile(pattern: &str) -> Option<Regex> {
    let pattern = pattern
        .trim_end()
        .replace("a-zA-Z0-9-_", "a-zA-Z0-9\\-_")
        .replace("\\d", "[0-9]")
        .replace("[^\\s]", "[^\\t\\n\\f\\r ]")
        .replace("\\S", "[^\\t\\n\\f\\r ]");
    Regex::new(&pattern).ok()
}

static EMAIL: LazyLock<Option<Regex>> = LazyLock::new(|| compile(include_str!("email.regex")));
static URL: LazyLock<Option<Regex>> = LazyLock::new(|| compile(include_str!("url.regex")));

fn matches(pattern: &Option<Regex>, text: &str) -> bool {
    pattern
        .as_ref()
        .is_some_and(|pattern| pattern.is_match(text))
}

/// Whether it is a mail address.
pub(super) fn is_email(text: &str) -> bool {
    matches(&EMAIL, text)
}

/// Whether it could be the address of a page, with or without a scheme.
pub(super) fn is_url(text: &str) -> bool {
    if text.len() <= 3 || text.chars().count() >= 2083 || text.starts_with('.') {
        return false;
    }
    let with_scheme = if text.contains(':') && !text.contains("://") {
        format!("http://{text}")
    } else {
        text.to_owned()
    };
    let Ok(url) = parse_url(&with_scheme) else {
        return false;
    };
    let nowhere = url.host.is_empty() && !url.path.is_empty() && !url.path.contains('.');
    !url.host.starts_with('.') && !nowhere && matches(&URL, text)
}

/// Whether it is a whole URL, with a scheme.
pub(super) fn is_request_url(text: &str) -> bool {
    // `ParseRequestURI` knows no fragments: the mark is one character of the path.
    parse_url(&text.replace('#', "%23")).is_ok_and(|url| !url.scheme.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{EMAIL, URL, is_email, is_request_url, is_url};

    #[test]
    fn the_patterns_compile() {
        assert!(EMAIL.is_some() && URL.is_some());
    }

    #[test]
    fn addresses_are_judged() {
        assert!(is_email("a@example.com") && !is_email("a@"));
        assert!(is_url("example.com/x") && is_url("https://example.com") && !is_url("a b"));
        assert!(is_request_url("https://example.com/#x") && !is_request_url("example.com"));
    }
}
