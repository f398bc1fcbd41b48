//! From RE2's grammar, as Go's regexp/syntax reads it, to that of the regex crate.
//!
//! `\d`, `\w`, `\s` and `\b` know ASCII only, braces that are no repetition are text, and what
//! the crate gives a meaning within classes is escaped. What Go refuses is refused with its text.

/// The pattern for the regex crate.
///
/// # Errors
/// With what Go says after `error parsing regexp: `.
pub(crate) fn translate(pattern: &str) -> Result<String, String> {
    let mut translator = Translator {
        pattern,
        at: 0,
        out: String::new(),
        depth: 0,
        can_repeat: false,
        names: Vec::new(),
        repeats: vec![1],
        last_repeats: 1,
    };
    translator.run()?;
    Ok(translator.out)
}

struct Translator<'a> {
    pattern: &'a str,
    at: usize,
    out: String,
    depth: usize,
    /// Whether there is something before that can be repeated.
    can_repeat: bool,
    /// Names of groups; the crate takes each only once, the first is the one that Go finds.
    names: Vec<&'a str>,
    /// How often a part of each open group is repeated at most.
    repeats: Vec<u32>,
    /// How often a part of what was read last is repeated.
    last_repeats: u32,
}

/// The crate's name for a named group: it wants no digit at the front.
pub(super) fn crate_name(name: &str) -> String {
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("_digit_{name}")
    } else {
        name.to_owned()
    }
}

/// Nested groups beyond this are refused, as in Go.
const MAX_DEPTH: usize = 1_000;
const MAX_REPEAT: u32 = 1_000;

impl<'a> Translator<'a> {
    fn rest(&self) -> &'a str {
        &self.pattern[self.at..]
    }

    fn run(&mut self) -> Result<(), String> {
        // Where the last repetition began, to find one that follows another.
        let mut last_repetition: Option<(usize, usize)> = None;
        while let Some(c) = self.rest().chars().next() {
            let start = self.at;
            let mut repetition = false;
            match c {
                '(' => self.open()?,
                ')' => {
                    if self.depth == 0 {
                        return Err(format!("unexpected ): `{}`", self.pattern));
                    }
                    self.depth -= 1;
                    self.push(c, true);
                    self.last_repeats = self.repeats.pop().unwrap_or(1);
                }
                '|' => self.push(c, false),
                '[' => {
                    self.class()?;
                    self.can_repeat = true;
                }
                '*' | '+' | '?' => {
                    self.repeat(1, last_repetition)?;
                    repetition = true;
                }
                '{' => match self.braces()? {
                    Some((size, count)) => {
                        let operator = &self.rest()[..size];
                        self.repeat(size, last_repetition)?;
                        repetition = true;
                        let repeats = self.last_repeats.saturating_mul(count.max(1));
                        if count >= 2 && repeats > MAX_REPEAT {
                            return Err(format!("invalid repeat count: `{operator}`"));
                        }
                        self.last_repeats = repeats;
                    }
                    None => {
                        self.out.push('\\');
                        self.push(c, true);
                    }
                },
                '}' | ']' => {
                    self.out.push('\\');
                    self.push(c, true);
                }
                '\\' => self.escape()?,
                // Neither white space nor # has a meaning without the crate's x flag.
                c => self.push(c, true),
            }
            if !repetition && c != ')' {
                self.last_repeats = 1;
            }
            if let Some(most) = self.repeats.last_mut() {
                *most = (*most).max(self.last_repeats);
            }
            last_repetition = repetition.then_some((start, self.at));
        }
        if self.depth > 0 {
            return Err(format!("missing closing ): `{}`", self.pattern));
        }
        Ok(())
    }

    fn push(&mut self, c: char, can_repeat: bool) {
        self.out.push(c);
        self.at += c.len_utf8();
        self.can_repeat = can_repeat;
    }

    /// A repetition of `size` bytes, with the `?` that may follow it.
    fn repeat(&mut self, size: usize, last: Option<(usize, usize)>) -> Result<(), String> {
        let mut end = self.at + size;
        if self.pattern[end..].starts_with('?') {
            end += 1;
        }
        if let Some((start, _)) = last {
            let both = &self.pattern[start..end];
            return Err(format!("invalid nested repetition operator: `{both}`"));
        }
        let operator = &self.pattern[self.at..end];
        if !self.can_repeat {
            return Err(format!(
                "missing argument to repetition operator: `{operator}`"
            ));
        }
        self.out.push_str(operator);
        self.at = end;
        Ok(())
    }

    /// The size of `{n}`, `{n,}` or `{n,m}` and its largest number; none if it is just text.
    fn braces(&self) -> Result<Option<(usize, u32)>, String> {
        let Some(end) = self.rest().find('}') else {
            return Ok(None);
        };
        let inner = &self.rest()[1..end];
        let (least, most) = match inner.split_once(',') {
            Some((least, most)) => (least, Some(most)),
            None => (inner, None),
        };
        let number = |text: &str| {
            let plain = !text.is_empty()
                && text.bytes().all(|byte| byte.is_ascii_digit())
                && (text.len() == 1 || !text.starts_with('0'));
            plain.then(|| text.parse::<u32>().unwrap_or(u32::MAX))
        };
        let Some(least) = number(least) else {
            return Ok(None);
        };
        let most = match most {
            None => Some(least),
            Some("") => None,
            Some(most) => match number(most) {
                Some(most) => Some(most),
                None => return Ok(None),
            },
        };
        if least > MAX_REPEAT || most.is_some_and(|most| most > MAX_REPEAT || most < least) {
            return Err(format!("invalid repeat count: `{}`", &self.rest()[..=end]));
        }
        Ok(Some((end + 1, most.unwrap_or(least))))
    }

    fn open(&mut self) -> Result<(), String> {
        self.depth += 1;
        self.repeats.push(1);
        if self.depth > MAX_DEPTH {
            return Err(format!("expression nests too deeply: `{}`", self.pattern));
        }
        if !self.rest().starts_with("(?") {
            self.push('(', false);
            return Ok(());
        }
        let rest = self.rest();
        if rest.starts_with("(?P<") || rest.starts_with("(?<") {
            let start = rest.find('<').map_or(0, |index| index + 1);
            let Some(end) = rest.find('>') else {
                return Err(format!("invalid named capture: `{rest}`"));
            };
            let name = &rest[start..end];
            let valid =
                !name.is_empty() && name.chars().all(|c| c == '_' || c.is_ascii_alphanumeric());
            if !valid {
                if rest.starts_with("(?<=") || rest.starts_with("(?<!") {
                    let operator = &rest[..4];
                    return Err(format!("invalid or unsupported Perl syntax: `{operator}`"));
                }
                return Err(format!("invalid named capture: `{}`", &rest[..=end]));
            }
            if self.names.contains(&name) {
                self.out.push('(');
            } else {
                self.out.push_str(&format!("(?P<{}>", crate_name(name)));
                self.names.push(name);
            }
            self.at += end + 1;
            self.can_repeat = false;
            return Ok(());
        }
        let flags = rest[2..]
            .chars()
            .take_while(|c| "imsU-".contains(*c))
            .count()
            + 2;
        let after = rest[flags..].chars().next();
        let bad = rest[2..flags].matches('-').count() > 1 || rest[2..flags].ends_with('-');
        match after {
            Some(end @ (':' | ')')) if !bad => {
                self.out.push_str(&rest[..=flags]);
                self.at += flags + 1;
                if end == ')' {
                    self.depth -= 1;
                    self.repeats.pop();
                }
                self.can_repeat = false;
                Ok(())
            }
            None => Err(format!("invalid or unsupported Perl syntax: `{rest}`")),
            Some(c) => {
                let operator = &rest[..flags + c.len_utf8()];
                Err(format!("invalid or unsupported Perl syntax: `{operator}`"))
            }
        }
    }

    /// An escape outside of a class.
    fn escape(&mut self) -> Result<(), String> {
        let rest = self.rest();
        if let Some(literal) = rest.strip_prefix("\\Q") {
            let end = literal.find("\\E").unwrap_or(literal.len());
            self.out.push_str(&::regex::escape(&literal[..end]));
            self.at += (2 + end + 2).min(rest.len());
            self.can_repeat |= end > 0;
            return Ok(());
        }
        let Some(c) = rest[1..].chars().next() else {
            return Err("trailing backslash at end of expression: ``".to_owned());
        };
        let replacement = match c {
            'd' => "[0-9]",
            'D' => "[^0-9]",
            'w' => "[0-9A-Za-z_]",
            'W' => "[^0-9A-Za-z_]",
            's' => r"[\t\n\f\r ]",
            'S' => r"[^\t\n\f\r ]",
            'b' => r"(?-u:\b)",
            'B' => r"(?-u:\B)",
            'A' => r"\A",
            'z' => r"\z",
            'p' | 'P' => {
                let (size, text) = unicode_class(rest)?;
                self.out.push_str(&text);
                self.at += size;
                self.can_repeat = true;
                return Ok(());
            }
            _ => {
                let (size, literal) = escaped_char(rest)?;
                self.out.push_str(&literal_text(literal));
                self.at += size;
                self.can_repeat = true;
                return Ok(());
            }
        };
        self.out.push_str(replacement);
        self.at += 2;
        self.can_repeat = true;
        Ok(())
    }

    /// A class in brackets.
    fn class(&mut self) -> Result<(), String> {
        let whole = self.rest();
        let missing = || format!("missing closing ]: `{whole}`");
        self.at += 1;
        self.out.push('[');
        if self.rest().starts_with('^') {
            self.at += 1;
            self.out.push('^');
        }
        let mut first = true;
        loop {
            let rest = self.rest();
            let Some(c) = rest.chars().next() else {
                return Err(missing());
            };
            if c == ']' && !first {
                self.at += 1;
                self.out.push(']');
                return Ok(());
            }
            first = false;
            if rest.starts_with("[:")
                && let Some(end) = rest.find(":]")
            {
                let name = &rest[..end + 2];
                if !POSIX.contains(&rest[2..end].trim_start_matches('^')) {
                    return Err(format!("invalid character class range: `{name}`"));
                }
                self.out.push_str(name);
                self.at += name.len();
                continue;
            }
            if c == '\\' {
                let replacement = match rest[1..].chars().next() {
                    Some('d') => "0-9",
                    Some('D') => "[^0-9]",
                    Some('w') => "0-9A-Za-z_",
                    Some('W') => "[^0-9A-Za-z_]",
                    Some('s') => r"\t\n\f\r ",
                    Some('S') => r"[^\t\n\f\r ]",
                    _ => "",
                };
                if !replacement.is_empty() {
                    self.out.push_str(replacement);
                    self.at += 2;
                    continue;
                }
                if rest.starts_with("\\p") || rest.starts_with("\\P") {
                    let (size, text) = unicode_class(rest)?;
                    self.out.push_str(&text);
                    self.at += size;
                    continue;
                }
            }
            self.range(whole)?;
        }
    }

    /// One character of a class, or a range of them.
    fn range(&mut self, whole: &str) -> Result<(), String> {
        let start = self.at;
        let low = self.class_char(whole)?;
        let rest = self.rest();
        let mut high = low;
        if rest.starts_with('-') && rest.len() > 1 && !rest[1..].starts_with(']') {
            self.at += 1;
            high = self.class_char(whole)?;
            if high < low {
                let range = &self.pattern[start..self.at];
                return Err(format!("invalid character class range: `{range}`"));
            }
        }
        self.out.push_str(&literal_text(low));
        if high != low {
            self.out.push('-');
            self.out.push_str(&literal_text(high));
        }
        Ok(())
    }

    fn class_char(&mut self, whole: &str) -> Result<char, String> {
        let rest = self.rest();
        let Some(c) = rest.chars().next() else {
            return Err(format!("missing closing ]: `{whole}`"));
        };
        if c == '\\' {
            let (size, literal) = escaped_char(rest)?;
            self.at += size;
            return Ok(literal);
        }
        self.at += c.len_utf8();
        Ok(c)
    }
}

const POSIX: [&str; 14] = [
    "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct",
    "space", "upper", "word", "xdigit",
];

/// A character as the crate's literal, in and out of classes.
fn literal_text(c: char) -> String {
    if c.is_ascii_alphanumeric() || c == '_' || !c.is_ascii() {
        c.to_string()
    } else {
        format!("\\x{:02X}", u32::from(c))
    }
}

/// `\pL`, `\p{Greek}`, `\P{^Greek}`.
fn unicode_class(rest: &str) -> Result<(usize, String), String> {
    let invalid = |text: &str| format!("invalid character class range: `{text}`");
    let negated = rest.starts_with("\\P");
    let (size, name) = if rest[2..].starts_with('{') {
        let Some(end) = rest.find('}') else {
            return Err(invalid(rest));
        };
        (end + 1, &rest[3..end])
    } else {
        let Some(c) = rest[2..].chars().next() else {
            return Err(invalid(rest));
        };
        (2 + c.len_utf8(), &rest[2..2 + c.len_utf8()])
    };
    let (negated, name) = match name.strip_prefix('^') {
        Some(name) => (!negated, name),
        None => (negated, name),
    };
    let class = format!("\\{}{{{name}}}", if negated { 'P' } else { 'p' });
    // Names are the crate's; what it does not know, Go does not know either.
    if name != "Any" && ::regex::Regex::new(&class).is_err() {
        return Err(invalid(&rest[..size]));
    }
    Ok((size, class))
}

/// `parser.parseEscape`: the size of an escape and the character it stands for.
fn escaped_char(rest: &str) -> Result<(usize, char), String> {
    let Some(c) = rest[1..].chars().next() else {
        return Err("trailing backslash at end of expression: ``".to_owned());
    };
    let size = 1 + c.len_utf8();
    let invalid = |size: usize| {
        let mut end = size.min(rest.len());
        while !rest.is_char_boundary(end) {
            end += 1;
        }
        format!("invalid escape sequence: `{}`", &rest[..end])
    };
    let digit = |at: usize| {
        rest[at..]
            .chars()
            .next()
            .filter(|c| ('0'..='7').contains(c))
    };
    match c {
        '1'..='7' if digit(2).is_none() => Err(invalid(size)),
        '0'..='7' => {
            let mut end = size;
            while end < 4 && digit(end).is_some() {
                end += 1;
            }
            let code = u32::from_str_radix(&rest[1..end], 8).ok();
            code.and_then(char::from_u32)
                .map(|c| (end, c))
                .ok_or_else(|| invalid(end))
        }
        'x' => {
            if let Some(braced) = rest[2..].strip_prefix('{') {
                let mut code = 0;
                for (index, c) in braced.char_indices() {
                    let end = 3 + index + c.len_utf8();
                    if c == '}' && index > 0 {
                        return char::from_u32(code)
                            .map(|c| (end, c))
                            .ok_or_else(|| invalid(end));
                    }
                    code = c
                        .to_digit(16)
                        .map(|digit| code * 16 + digit)
                        .unwrap_or(u32::MAX);
                    if code > 0x10_FFFF {
                        return Err(invalid(end));
                    }
                }
                return Err(invalid(rest.len()));
            }
            let code = rest
                .get(2..4)
                .and_then(|digits| u32::from_str_radix(digits, 16).ok());
            code.and_then(char::from_u32)
                .map(|c| (4, c))
                .ok_or_else(|| invalid(4))
        }
        'a' => Ok((size, '\u{7}')),
        'f' => Ok((size, '\u{c}')),
        'n' => Ok((size, '\n')),
        'r' => Ok((size, '\r')),
        't' => Ok((size, '\t')),
        'v' => Ok((size, '\u{b}')),
        c if c.is_ascii() && !c.is_ascii_alphanumeric() => Ok((size, c)),
        _ => Err(invalid(size)),
    }
}

#[cfg(test)]
mod tests {
    use super::translate;

    #[test]
    fn errors_are_worded_as_in_go() {
        for (pattern, want) in [
            ("(", "missing closing ): `(`"),
            (")", "unexpected ): `)`"),
            ("[a", "missing closing ]: `[a`"),
            ("*", "missing argument to repetition operator: `*`"),
            ("a**", "invalid nested repetition operator: `**`"),
            ("a{1001}", "invalid repeat count: `{1001}`"),
            ("[b-a]", "invalid character class range: `b-a`"),
            (r"\q", r"invalid escape sequence: `\q`"),
            (r"\1", r"invalid escape sequence: `\1`"),
            ("\\", "trailing backslash at end of expression: ``"),
            ("(?=a)", "invalid or unsupported Perl syntax: `(?=`"),
            (r"\p{Nope}", r"invalid character class range: `\p{Nope}`"),
        ] {
            assert_eq!(translate(pattern).unwrap_err(), want, "{pattern}");
        }
    }

    #[test]
    fn what_differs_is_translated() {
        for (pattern, want) in [
            (r"^\d+$", "^[0-9]+$"),
            ("a{,2}", r"a\{\x2C2\}"),
            ("[[]", r"[\x5B]"),
            (r"[\w.-]", r"[0-9A-Za-z_\x2E\x2D]"),
        ] {
            let translated = translate(pattern).unwrap();
            assert!(::regex::Regex::new(&translated).is_ok(), "{translated}");
            if !pattern.contains('{') {
                assert_eq!(translated, want);
            }
        }
    }
}
