//! Percent-encoding, as little of it as a query needs: what `--set` is full of stays readable.

use std::fmt::Write as _;

/// Whether a byte stands for itself in the queries that are written here. Beyond what URLs demand,
/// quotes, `$`, parentheses and the like are encoded, so that a link survives a shell and a chat.
const fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'-' | b'.'
                | b'_'
                | b'~'
                | b'['
                | b']'
                | b'{'
                | b'}'
                | b'='
                | b','
                | b':'
                | b'/'
                | b'@'
                | b'*'
                | b'?'
        )
}

/// Appends a text in its encoded form.
pub(super) fn encode_into(text: &str, out: &mut String) {
    for byte in text.bytes() {
        if is_plain(byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

/// Undoes the encoding, and that of HTML forms, which write a blank as `+`. A `%` without two
/// hexadecimal digits behind it stands for itself. None when the bytes are not UTF-8.
#[must_use]
pub fn decode(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let digit = |at: usize| {
        bytes
            .get(at)
            .and_then(|byte| char::from(*byte).to_digit(16))
    };
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or_default());
                at += 3;
                continue;
            }
            (b'+', ..) => out.push(b' '),
            (byte, ..) => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_set_is_full_of_stays_readable() {
        let mut out = String::new();
        encode_into("a[0].b={x,y}", &mut out);
        assert_eq!(out, "a[0].b={x,y}");
        out.clear();
        encode_into("a b+c&d#e%'$ü", &mut out);
        assert_eq!(out, "a%20b%2Bc%26d%23e%25%27%24%C3%BC");
        assert_eq!(decode(&out).as_deref(), Some("a b+c&d#e%'$ü"));
    }

    #[test]
    fn odd_texts_are_read_as_far_as_they_go() {
        assert_eq!(decode("100%").as_deref(), Some("100%"));
        assert_eq!(decode("%zz%4").as_deref(), Some("%zz%4"));
        assert_eq!(decode("%ff"), None);
        assert_eq!(decode("a+b").as_deref(), Some("a b"));
    }
}
