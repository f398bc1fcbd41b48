//! String and character constants (follows Go's `strconv.Unquote` and `UnquoteChar`).

use std::borrow::Cow;

/// The constant is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("invalid syntax")]
pub(super) struct BadConstant;

/// The bytes of a string constant, quotes and escapes resolved.
pub(super) fn unquote(text: &[u8]) -> Result<Cow<'_, [u8]>, BadConstant> {
    let [quote, body @ .., end] = text else {
        return Err(BadConstant);
    };
    if quote != end {
        return Err(BadConstant);
    }
    if *quote == b'`' {
        // Carriage returns are dropped from raw strings.
        return Ok(match memchr::memchr(b'\r', body) {
            None => Cow::Borrowed(body),
            Some(_) => body.iter().copied().filter(|&byte| byte != b'\r').collect(),
        });
    }
    if memchr::memchr3(b'\\', b'\n', *quote, body).is_none() {
        return Ok(Cow::Borrowed(body));
    }
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while !rest.is_empty() {
        rest = unquote_char(rest, *quote, &mut out)?.1;
    }
    Ok(Cow::Owned(out))
}

/// Appends the first, possibly escaped, character of `text`; gives it and what follows.
pub(super) fn unquote_char<'t>(
    text: &'t [u8],
    quote: u8,
    out: &mut Vec<u8>,
) -> Result<(u32, &'t [u8]), BadConstant> {
    let (&first, rest) = text.split_first().ok_or(BadConstant)?;
    if first == quote || first == b'\n' {
        return Err(BadConstant);
    }
    if first >= 0x80 {
        let (found, width) = super::lexer::decode(text);
        out.extend_from_slice(&text[..width]);
        return Ok((found.map_or(0xFFFD, u32::from), &text[width..]));
    }
    if first != b'\\' {
        out.push(first);
        return Ok((u32::from(first), rest));
    }
    let (&kind, rest) = rest.split_first().ok_or(BadConstant)?;
    let simple = |code: u8, out: &mut Vec<u8>| {
        out.push(code);
        Ok((u32::from(code), rest))
    };
    match kind {
        b'a' => simple(0x07, out),
        b'b' => simple(0x08, out),
        b'f' => simple(0x0C, out),
        b'n' => simple(b'\n', out),
        b'r' => simple(b'\r', out),
        b't' => simple(b'\t', out),
        b'v' => simple(0x0B, out),
        b'\\' => simple(b'\\', out),
        b'\'' | b'"' if kind == quote => simple(kind, out),
        b'x' | b'u' | b'U' => {
            let digits = match kind {
                b'x' => 2,
                b'u' => 4,
                _ => 8,
            };
            let (code, rest) = take_number(rest, digits, 16)?;
            if kind == b'x' {
                // One byte, which need not be UTF-8.
                out.push(u8::try_from(code).map_err(|_| BadConstant)?);
            } else {
                let found = char::from_u32(code).ok_or(BadConstant)?;
                out.extend_from_slice(found.encode_utf8(&mut [0; 4]).as_bytes());
            }
            Ok((code, rest))
        }
        b'0'..=b'7' => {
            let (code, rest) = take_number(&text[1..], 3, 8)?;
            out.push(u8::try_from(code).map_err(|_| BadConstant)?);
            Ok((code, rest))
        }
        _ => Err(BadConstant),
    }
}

fn take_number(text: &[u8], digits: usize, radix: u32) -> Result<(u32, &[u8]), BadConstant> {
    if text.len() < digits {
        return Err(BadConstant);
    }
    let mut number = 0_u32;
    for &digit in &text[..digits] {
        let digit = char::from(digit).to_digit(radix).ok_or(BadConstant)?;
        number = number
            .checked_mul(radix)
            .and_then(|n| n.checked_add(digit))
            .ok_or(BadConstant)?;
    }
    Ok((number, &text[digits..]))
}
