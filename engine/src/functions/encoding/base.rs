//! base64 and base32 with the leniency and the errors of Go's decoders.

fn corrupt(name: &str, at: usize) -> String {
    format!("illegal {name} data at input byte {at}")
}

fn base64_digit(byte: u8) -> Option<u32> {
    Some(u32::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

/// Decodes base64; newlines are skipped (follows base64.go, `decodeQuantum`).
pub(super) fn base64(text: &[u8]) -> Result<Vec<u8>, String> {
    let error = |at: usize| corrupt("base64", at);
    let newlines = |from: usize| {
        from + text[from..]
            .iter()
            .take_while(|&&byte| byte == b'\n' || byte == b'\r')
            .count()
    };
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let mut at = 0;
    loop {
        let (mut value, mut count) = (0_u32, 0_usize);
        let mut end = false;
        while count < 4 {
            let Some(&byte) = text.get(at) else {
                return if count == 0 {
                    Ok(out)
                } else {
                    Err(error(at - count))
                };
            };
            at += 1;
            if let Some(digit) = base64_digit(byte) {
                value = value << 6 | digit;
                count += 1;
                continue;
            }
            if byte == b'\n' || byte == b'\r' {
                continue;
            }
            if byte != b'=' || count < 2 {
                return Err(error(at - 1));
            }
            if count == 2 {
                at = newlines(at);
                match text.get(at) {
                    None => return Err(error(text.len())),
                    Some(b'=') => at += 1,
                    Some(_) => return Err(error(at - 1)),
                }
            }
            at = newlines(at);
            if at < text.len() {
                return Err(error(at));
            }
            end = true;
            break;
        }
        let bytes = (value << (6 * (4 - count))).to_be_bytes();
        out.extend_from_slice(&bytes[1..count]);
        if end {
            return Ok(out);
        }
    }
}

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Encodes base32, padded.
pub(super) fn to_base32(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(5) * 8);
    for chunk in bytes.chunks(5) {
        let mut group = [0_u8; 8];
        group[3..3 + chunk.len()].copy_from_slice(chunk);
        let value = u64::from_be_bytes(group);
        let digits = (chunk.len() * 8).div_ceil(5);
        for index in 0..8 {
            if index < digits {
                let digit = value >> (35 - 5 * index) & 31;
                out.push(char::from(
                    BASE32[usize::try_from(digit).unwrap_or_default()],
                ));
            } else {
                out.push('=');
            }
        }
    }
    out
}

/// Decodes base32 (follows base32.go, `decode`).
pub(super) fn base32(text: &[u8]) -> Result<Vec<u8>, String> {
    let error = |at: usize| corrupt("base32", at);
    let text: Vec<u8> = text
        .iter()
        .copied()
        .filter(|&byte| byte != b'\n' && byte != b'\r')
        .collect();
    let mut out = Vec::with_capacity(text.len() / 8 * 5);
    let mut at = 0;
    while at < text.len() {
        let (mut value, mut count, mut end) = (0_u64, 0_usize, false);
        while count < 8 {
            let Some(&byte) = text.get(at) else {
                return Err(error(at - count));
            };
            at += 1;
            let rest = &text[at..];
            if byte == b'=' && count >= 2 && rest.len() < 8 {
                if rest.len() + count < 7 {
                    return Err(error(text.len()));
                }
                if let Some(bad) = rest.iter().take(7 - count).position(|&byte| byte != b'=') {
                    return Err(error(at + bad - 1));
                }
                if matches!(count, 3 | 6) {
                    return Err(error(at - 1));
                }
                end = true;
                break;
            }
            let digit = BASE32.iter().position(|&digit| digit == byte);
            let Some(digit) = digit else {
                return Err(error(at - 1));
            };
            value = value << 5 | digit as u64;
            count += 1;
        }
        let bytes = (value << (5 * (8 - count))).to_be_bytes();
        out.extend_from_slice(&bytes[3..3 + count * 5 / 8]);
        if end {
            break;
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::{base32, base64, to_base32};

    #[test]
    fn base32_goes_there_and_back() {
        for text in ["", "f", "fo", "foo", "foob", "fooba", "foobar"] {
            assert_eq!(
                base32(to_base32(text.as_bytes()).as_bytes()).unwrap(),
                text.as_bytes()
            );
        }
        assert_eq!(to_base32(b"foob"), "MZXW6YQ=");
    }

    #[test]
    fn base64_is_lenient_as_go() {
        assert_eq!(base64(b"aGVs\nbG8=").unwrap(), b"hello");
        assert_eq!(
            base64(b"aGVsbG8").unwrap_err(),
            "illegal base64 data at input byte 4"
        );
        assert_eq!(
            base64(b"a*").unwrap_err(),
            "illegal base64 data at input byte 1"
        );
    }
}
