//! goutils v1.1.1: `Abbreviate` and `Wrap`. All positions are bytes.

use crate::{
    functions::{CallError, Host, cast::slice_bounds},
    value::Str,
};

fn index(number: i64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

pub(super) fn abbrev(width: i64, text: Str) -> Str {
    if width < 4 {
        text
    } else {
        abbreviate(text.as_bytes(), 0, index(width))
    }
}

pub(super) fn abbrev_both(left: i64, right: i64, text: Str) -> Result<Str, CallError> {
    if right < 4 || left > 0 && right < 7 {
        return Ok(text);
    }
    Ok(abbreviate(text.as_bytes(), left, index(right)))
}

/// `AbbreviateFull`.
fn abbreviate(text: &[u8], offset: i64, width: usize) -> Str {
    if text.len() <= width {
        return Str::from_bytes(text);
    }
    let room = width - 3;
    let mut offset = usize::try_from(offset).unwrap_or_default().min(text.len());
    if text.len() - offset < room {
        offset = text.len() - room;
    }
    if offset <= 4 {
        return [&text[..room], b"..."].concat().into();
    }
    if width < 7 {
        return Str::default();
    }
    if offset + room < text.len() {
        let rest = abbreviate(&text[offset..], 0, room);
        return [b"...", rest.as_bytes()].concat().into();
    }
    [b"...", &text[text.len() - room..]].concat().into()
}

pub(super) fn wrap(host: &mut Host, width: i64, text: Str) -> Result<Str, CallError> {
    wrapped(host, text.as_bytes(), width, b"\n", false)
}

pub(super) fn wrap_with(
    host: &mut Host,
    width: i64,
    separator: Str,
    text: Str,
) -> Result<Str, CallError> {
    let separator = if separator.is_empty() {
        b"\n"
    } else {
        separator.as_bytes()
    };
    wrapped(host, text.as_bytes(), width, separator, true)
}

/// `WrapCustom`.
fn wrapped(
    host: &mut Host,
    text: &[u8],
    width: i64,
    separator: &[u8],
    cut_words: bool,
) -> Result<Str, CallError> {
    let width = index(width.max(1));
    let mut out = Vec::new();
    let mut offset = 0;
    while text.len() - offset > width {
        if text[offset] == b' ' {
            offset += 1;
            continue;
        }
        let last_space = text[offset..=offset + width]
            .iter()
            .rposition(|&byte| byte == b' ');
        let end = match last_space {
            Some(space) => offset + space,
            None if cut_words => {
                out.extend_from_slice(&text[offset..offset + width]);
                out.extend_from_slice(separator);
                host.meter.value(out.len())?;
                offset += width;
                continue;
            }
            None => match text[offset + width..].iter().position(|&byte| byte == b' ') {
                Some(space) => offset + width + space,
                None => break,
            },
        };
        out.extend_from_slice(&text[offset..end]);
        out.extend_from_slice(separator);
        host.meter.value(out.len())?;
        offset = end + 1;
        if offset > text.len() {
            let size = i64::try_from(text.len()).unwrap_or(i64::MAX);
            return Err(slice_bounds(Some(size + 1), size, text.len()));
        }
    }
    out.extend_from_slice(&text[offset..]);
    Ok(out.into())
}
