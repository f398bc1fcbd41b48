//! Go's `filepath.Match`: `*`, `?`, `[…]`, `\`; a `*` never crosses a `/`.
//!
//! Follows path/filepath/match.go of Go 1.26 (Unix).

/// The pattern is malformed: `filepath.ErrBadPattern`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("syntax error in pattern")]
pub struct BadPattern;

/// Whether the whole name matches the pattern.
///
/// # Errors
/// When the pattern is malformed.
pub fn matches(pattern: &str, name: &str) -> Result<bool, BadPattern> {
    let (mut pattern, mut name) = (pattern, name);
    'pattern: while !pattern.is_empty() {
        let (star, chunk, rest) = scan_chunk(pattern);
        pattern = rest;
        if star && chunk.is_empty() {
            return Ok(!name.contains('/'));
        }
        let (tail, ok) = match_chunk(chunk, name)?;
        // The last chunk must use the name up; an earlier one may leave some.
        if ok && (tail.is_empty() || !pattern.is_empty()) {
            name = tail;
            continue;
        }
        if star {
            let mut skipped = 0;
            for c in name.chars() {
                if c == '/' {
                    break;
                }
                skipped += c.len_utf8();
                let (tail, ok) = match_chunk(chunk, &name[skipped..])?;
                if ok {
                    if pattern.is_empty() && !tail.is_empty() {
                        continue;
                    }
                    name = tail;
                    continue 'pattern;
                }
            }
        }
        // The rest is looked at for its syntax only.
        while !pattern.is_empty() {
            let (_, chunk, rest) = scan_chunk(pattern);
            pattern = rest;
            match_chunk(chunk, "")?;
        }
        return Ok(false);
    }
    Ok(name.is_empty())
}

/// Whether stars stand in front, the part up to the next star, and the rest.
fn scan_chunk(pattern: &str) -> (bool, &str, &str) {
    let trimmed = pattern.trim_start_matches('*');
    let star = trimmed.len() != pattern.len();
    let mut in_range = false;
    let mut bytes = trimmed.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' => {
                bytes.next();
            }
            b'[' => in_range = true,
            b']' => in_range = false,
            b'*' if !in_range => return (star, &trimmed[..at], &trimmed[at..]),
            _ => {}
        }
    }
    (star, trimmed, "")
}

/// Matches a chunk without stars at the start of `name`; gives what is left of it.
fn match_chunk<'n>(chunk: &str, name: &'n str) -> Result<(&'n str, bool), BadPattern> {
    let (mut chunk, mut name) = (chunk, name);
    // Once something differs, only the syntax is checked.
    let mut failed = false;
    while let Some(first) = chunk.chars().next() {
        failed |= name.is_empty();
        let next = name.chars().next();
        match first {
            '[' => {
                if let (false, Some(c)) = (failed, next) {
                    name = &name[c.len_utf8()..];
                }
                chunk = &chunk[1..];
                let negated = chunk.starts_with('^');
                if negated {
                    chunk = &chunk[1..];
                }
                let (mut found, mut ranges) = (false, 0);
                loop {
                    if chunk.starts_with(']') && ranges > 0 {
                        chunk = &chunk[1..];
                        break;
                    }
                    let low = take_char(&mut chunk)?;
                    let mut high = low;
                    if chunk.starts_with('-') {
                        chunk = &chunk[1..];
                        high = take_char(&mut chunk)?;
                    }
                    found |= next.is_some_and(|c| low <= c && c <= high);
                    ranges += 1;
                }
                failed |= found == negated;
            }
            '?' => {
                if let (false, Some(c)) = (failed, next) {
                    failed = c == '/';
                    name = &name[c.len_utf8()..];
                }
                chunk = &chunk[1..];
            }
            _ => {
                if first == '\\' {
                    chunk = &chunk[1..];
                }
                let Some(wanted) = chunk.chars().next() else {
                    return Err(BadPattern);
                };
                if !failed {
                    failed = next != Some(wanted);
                    name = &name[next.map_or(0, char::len_utf8)..];
                }
                chunk = &chunk[wanted.len_utf8()..];
            }
        }
    }
    Ok(if failed { ("", false) } else { (name, true) })
}

/// One end of a range in brackets.
fn take_char(chunk: &mut &str) -> Result<char, BadPattern> {
    let rest = *chunk;
    if rest.is_empty() || rest.starts_with('-') || rest.starts_with(']') {
        return Err(BadPattern);
    }
    let rest = rest.strip_prefix('\\').unwrap_or(rest);
    let c = rest.chars().next().ok_or(BadPattern)?;
    *chunk = &rest[c.len_utf8()..];
    if chunk.is_empty() {
        Err(BadPattern)
    } else {
        Ok(c)
    }
}

#[cfg(test)]
mod tests {
    use super::{BadPattern, matches};

    #[test]
    fn agrees_with_go() {
        // From the table of path/filepath/match_test.go.
        for (pattern, name, want) in [
            ("abc", "abc", true),
            ("*", "abc", true),
            ("*c", "abc", true),
            ("a*", "a", true),
            ("a*", "ab/c", false),
            ("a*/b", "abc/b", true),
            ("a*/b", "a/c/b", false),
            ("a*b*c*d*e*/f", "axbxcxdxexxx/f", true),
            ("a*b*c*d*e*/f", "axbxcxdxexxx/fff", false),
            ("a*b?c*x", "abxbbxdbxebxczzx", true),
            ("a*b?c*x", "abxbbxdbxebxczzy", false),
            ("ab[c]", "abc", true),
            ("ab[b-d]", "abc", true),
            ("ab[e-g]", "abc", false),
            ("ab[^c]", "abc", false),
            ("ab[^e-g]", "abc", true),
            ("a\\*b", "a*b", true),
            ("a\\*b", "ab", false),
            ("a?b", "a☺b", true),
            ("a[^a]b", "a☺b", true),
            ("a???b", "a☺b", false),
            ("[a-ζ]*", "α", true),
            ("*[a-ζ]", "A", false),
            ("a?b", "a/b", false),
            ("a*b", "a/b", false),
            ("[\\]a]", "]", true),
            ("[\\-x]", "x", true),
            ("*x", "xxx", true),
            (".?*", ".git", true),
        ] {
            assert_eq!(matches(pattern, name), Ok(want), "{pattern} {name}");
        }
        for pattern in [
            "[]a]", "[-]", "[x-]", "[-x]", "[a-b-c]", "[", "[^", "[^bc", "a[", "\\",
        ] {
            assert_eq!(matches(pattern, "a"), Err(BadPattern), "{pattern}");
        }
    }
}
