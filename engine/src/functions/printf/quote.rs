//! Quoting as strconv does, for text that need not be UTF-8.

/// The first character; U+FFFD for what is not UTF-8.
pub(super) fn first_char(text: &[u8]) -> Option<char> {
    let size = super::super::strings::char_len(text).min(text.len());
    if text.is_empty() {
        return None;
    }
    let head = std::str::from_utf8(&text[..size]).ok();
    Some(
        head.and_then(|head| head.chars().next())
            .unwrap_or('\u{fffd}'),
    )
}

/// `utf8.RuneCount`: every byte that is not UTF-8 counts as one character.
pub(super) fn char_count(text: &[u8]) -> usize {
    text.utf8_chunks()
        .map(|chunk| chunk.valid().chars().count() + chunk.invalid().len())
        .sum()
}

/// `strconv.IsPrint`.
pub(crate) fn is_print(c: char) -> bool {
    if c == '"' || c == '\\' {
        return true;
    }
    !values::go::quote(c.encode_utf8(&mut [0; 4])).contains('\\')
}

/// `strconv.CanBackquote`.
pub(super) fn can_backquote(text: &[u8]) -> bool {
    std::str::from_utf8(text).is_ok_and(|text| {
        text.chars()
            .all(|c| (c >= ' ' || c == '\t') && !"`\u{7f}\u{feff}".contains(c))
    })
}

/// `strconv.AppendQuote`.
pub(crate) fn quote_to(text: &[u8], out: &mut Vec<u8>) {
    out.reserve(text.len() + 2);
    // Nearly every text stands for itself.
    if text.iter().all(|byte| values::go::stands_for_itself(*byte)) {
        out.push(b'"');
        out.extend_from_slice(text);
        out.push(b'"');
        return;
    }
    quoted(text, out, |valid, out| {
        values::go::quoted(valid, |piece| out.extend_from_slice(piece.as_bytes()));
    });
}

/// `strconv.AppendQuoteToASCII`.
pub(super) fn quote_to_ascii(text: &[u8], out: &mut Vec<u8>) {
    quoted(text, out, |valid, out| {
        for c in valid.chars() {
            let mut put = |piece: &str| out.extend_from_slice(piece.as_bytes());
            if c.is_ascii() {
                values::go::quoted(c.encode_utf8(&mut [0; 4]), put);
            } else {
                put(&escape(c));
            }
        }
    });
}

fn escape(c: char) -> String {
    let code = u32::from(c);
    if code > 0xFFFF {
        format!("\\U{code:08x}")
    } else {
        format!("\\u{code:04x}")
    }
}

fn quoted(text: &[u8], out: &mut Vec<u8>, write: impl Fn(&str, &mut Vec<u8>)) {
    out.push(b'"');
    if let Ok(valid) = std::str::from_utf8(text) {
        write(valid, out);
        out.push(b'"');
        return;
    }
    for chunk in text.utf8_chunks() {
        write(chunk.valid(), out);
        for byte in chunk.invalid() {
            out.extend_from_slice(format!("\\x{byte:02x}").as_bytes());
        }
    }
    out.push(b'"');
}

/// `strconv.QuoteRune`.
pub(crate) fn quote_char(c: char, ascii: bool) -> String {
    match c {
        '\'' => "'\\''".to_owned(),
        '"' => "'\"'".to_owned(),
        c if ascii && !c.is_ascii() => format!("'{}'", escape(c)),
        c => {
            let quoted = values::go::quote(c.encode_utf8(&mut [0; 4]));
            format!("'{}'", &quoted[1..quoted.len() - 1])
        }
    }
}
