//! Go's `net/url`: `Parse` and `String`.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

/// A URL in its parts, those that can be escaped without escapes.
#[derive(Debug, Default)]
pub(crate) struct Url {
    pub(crate) scheme: String,
    pub(super) opaque: String,
    pub(super) user: Option<User>,
    pub(crate) host: String,
    pub(crate) path: String,
    pub(super) query: String,
    pub(super) fragment: String,
    pub(super) force_query: bool,
    pub(super) omit_host: bool,
}

/// User name and password.
#[derive(Debug)]
pub(crate) struct User {
    name: String,
    password: Option<String>,
}

/// The part of a URL that text is escaped for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Path,
    User,
    Host,
    Fragment,
}

impl Part {
    /// `shouldEscape`.
    fn escapes(self, byte: u8) -> bool {
        if byte.is_ascii_alphanumeric() {
            return false;
        }
        if self == Self::Host && b"!$&'()*+,;=:[]<>\"".contains(&byte) {
            return false;
        }
        match byte {
            b'-' | b'_' | b'.' | b'~' => false,
            b'$' | b'&' | b'+' | b',' | b'/' | b':' | b';' | b'=' | b'?' | b'@' => match self {
                Self::Path => byte == b'?',
                Self::User => b"@/?:".contains(&byte),
                Self::Host => true,
                Self::Fragment => false,
            },
            b'!' | b'(' | b')' | b'*' => self != Self::Fragment,
            _ => true,
        }
    }

    fn escape(self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for c in text.bytes() {
            if self.escapes(c) {
                out.push_str(&format!("%{c:02X}"));
            } else {
                out.push(char::from(c));
            }
        }
        out
    }

    fn unescape(self, text: &str) -> Result<String, String> {
        let bytes = text.as_bytes();
        let mut out = Vec::with_capacity(bytes.len());
        let mut at = 0;
        while at < bytes.len() {
            let byte = bytes[at];
            if byte == b'%' {
                let digits = bytes.get(at + 1..at + 3).and_then(|digits| {
                    let digits = std::str::from_utf8(digits).ok()?;
                    digits
                        .bytes()
                        .all(|byte| byte.is_ascii_hexdigit())
                        .then_some(digits)
                });
                let decoded = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
                let bad = match decoded {
                    Some(decoded) => self == Self::Host && decoded < 0x80 && decoded != b'%',
                    None => true,
                };
                let Some(decoded) = decoded.filter(|_| !bad) else {
                    let end = (at + 3).min(bytes.len());
                    let escape = String::from_utf8_lossy(&bytes[at..end]);
                    return Err(format!("invalid URL escape {}", values::go::quote(&escape)));
                };
                out.push(decoded);
                at += 3;
                continue;
            }
            if self == Self::Host && byte < 0x80 && self.escapes(byte) {
                let quoted = values::go::quote(&char::from(byte).to_string());
                return Err(format!("invalid character {quoted} in host name"));
            }
            out.push(byte);
            at += 1;
        }
        Ok(String::from_utf8_lossy(&out).into_owned())
    }
}

impl Url {
    /// `url.Parse`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let wrap =
            |whole: &str, error: String| format!("parse {}: {error}", values::go::quote(whole));
        let (main, fragment) = text.split_once('#').unwrap_or((text, ""));
        let mut url = Self::without_fragment(main).map_err(|error| wrap(main, error))?;
        url.fragment = Part::Fragment
            .unescape(fragment)
            .map_err(|error| wrap(text, error))?;
        Ok(url)
    }

    fn without_fragment(text: &str) -> Result<Self, String> {
        if text.bytes().any(|byte| byte < b' ' || byte == 0x7f) {
            return Err("net/url: invalid control character in URL".to_owned());
        }
        let mut url = Self::default();
        if text == "*" {
            "*".clone_into(&mut url.path);
            return Ok(url);
        }
        let (scheme, mut rest) = split_scheme(text)?;
        url.scheme = scheme.to_lowercase();
        if rest.ends_with('?') && rest.matches('?').count() == 1 {
            url.force_query = true;
            rest = &rest[..rest.len() - 1];
        } else if let Some((before, query)) = rest.split_once('?') {
            rest = before;
            query.clone_into(&mut url.query);
        }
        if !rest.starts_with('/') {
            if !url.scheme.is_empty() {
                rest.clone_into(&mut url.opaque);
                return Ok(url);
            }
            if rest
                .split('/')
                .next()
                .is_some_and(|segment| segment.contains(':'))
            {
                return Err("first path segment in URL cannot contain colon".to_owned());
            }
        }
        let has_authority = !url.scheme.is_empty() || !rest.starts_with("///");
        if let Some(after) = rest.strip_prefix("//").filter(|_| has_authority) {
            let end = after.find('/').unwrap_or(after.len());
            url.authority(&after[..end])?;
            rest = &after[end..];
        } else if !url.scheme.is_empty() && rest.starts_with('/') {
            url.omit_host = true;
        }
        url.path = Part::Path.unescape(rest)?;
        Ok(url)
    }

    fn authority(&mut self, text: &str) -> Result<(), String> {
        let (userinfo, host) = match text.rsplit_once('@') {
            Some((userinfo, host)) => (Some(userinfo), host),
            None => (None, text),
        };
        self.host = parse_host(&self.scheme, host)?;
        let Some(userinfo) = userinfo else {
            return Ok(());
        };
        let valid = |c: char| c.is_ascii_alphanumeric() || "-._:~!$&'()*+,;=%@".contains(c);
        if !userinfo.chars().all(valid) {
            return Err("net/url: invalid userinfo".to_owned());
        }
        let (name, password) = match userinfo.split_once(':') {
            Some((name, password)) => (name, Some(Part::User.unescape(password)?)),
            None => (userinfo, None),
        };
        self.user = Some(User {
            name: Part::User.unescape(name)?,
            password,
        });
        Ok(())
    }

    /// The host without port and brackets.
    pub(crate) fn hostname(&self) -> &str {
        let host = match self.host.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
            _ => &self.host,
        };
        host.strip_prefix('[')
            .and_then(|host| host.strip_suffix(']'))
            .unwrap_or(host)
    }
}

fn split_scheme(text: &str) -> Result<(&str, &str), String> {
    for (index, byte) in text.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if index > 0 => {}
            b':' if index == 0 => return Err("missing protocol scheme".to_owned()),
            b':' => return Ok((&text[..index], &text[index + 1..])),
            _ => break,
        }
    }
    Ok(("", text))
}

fn parse_host(scheme: &str, host: &str) -> Result<String, String> {
    match host.rfind('[') {
        Some(0) => return parse_bracketed(host),
        Some(_) => return Err("invalid IP-literal".to_owned()),
        None => {}
    }
    // Only web addresses are strict; others may list hosts, each with its port (go.dev/issue/75223).
    let colon = if matches!(scheme, "http" | "https") {
        host.find(':')
    } else {
        host.rfind(':')
    };
    if let Some(colon) = colon {
        check_port(&host[colon..])?;
    }
    Part::Host.unescape(host)
}

/// An address of IPv6 in brackets, perhaps with a zone (RFC 6874) and a port.
fn parse_bracketed(host: &str) -> Result<String, String> {
    let (name, port) = host[1..].rsplit_once(']').ok_or("missing ']' in host")?;
    check_port(port)?;
    let name = match name.find("%25") {
        Some(zone) => {
            let (address, zone) = name.split_at(zone);
            // `encodeZone` lets more through, which no address has.
            Part::Host.unescape(address)? + &Part::Path.unescape(zone)?
        }
        None => Part::Host.unescape(name)?,
    };
    let address = name.split_once('%').map_or(&*name, |(address, _)| address);
    if address.parse::<Ipv6Addr>().is_err() {
        if address.parse::<Ipv4Addr>().is_ok() {
            return Err("invalid IP-literal".to_owned());
        }
        let quoted = values::go::quote(&name);
        return Err(format!(
            "invalid host: ParseAddr({quoted}): unable to parse IP"
        ));
    }
    Ok(format!("[{name}]{port}"))
}

/// `validOptionalPort`.
fn check_port(port: &str) -> Result<(), String> {
    let digits = port.strip_prefix(':').unwrap_or("x");
    if port.is_empty() || digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(());
    }
    Err(format!(
        "invalid port {} after host",
        values::go::quote(port)
    ))
}

impl fmt::Display for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Part::User.escape(&self.name))?;
        match &self.password {
            Some(password) => write!(f, ":{}", Part::User.escape(password)),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Url {
    /// `URL.String`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.scheme.is_empty() {
            write!(f, "{}:", self.scheme)?;
        }
        if !self.opaque.is_empty() {
            f.write_str(&self.opaque)?;
        } else {
            let somebody = !self.host.is_empty() || self.user.is_some();
            if !self.scheme.is_empty() || somebody {
                if somebody || !self.omit_host && !self.path.is_empty() {
                    f.write_str("//")?;
                }
                if let Some(user) = &self.user {
                    write!(f, "{user}@")?;
                }
                f.write_str(&Part::Host.escape(&self.host))?;
            }
            let path = if self.path == "*" {
                "*".to_owned()
            } else {
                Part::Path.escape(&self.path)
            };
            if !path.is_empty() && !path.starts_with('/') && !self.host.is_empty() {
                f.write_str("/")?;
            }
            let nothing_yet = self.scheme.is_empty() && !somebody;
            if nothing_yet
                && path
                    .split('/')
                    .next()
                    .is_some_and(|segment| segment.contains(':'))
            {
                f.write_str("./")?;
            }
            f.write_str(&path)?;
        }
        if self.force_query || !self.query.is_empty() {
            write!(f, "?{}", self.query)?;
        }
        if !self.fragment.is_empty() {
            write!(f, "#{}", Part::Fragment.escape(&self.fragment))?;
        }
        Ok(())
    }
}
