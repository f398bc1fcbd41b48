//! PEM, read and written as Go's encoding/pem does.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::functions::encoding;

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"\n-----END ";
const DASHES: &[u8] = b"-----";

/// One block.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) kind: Vec<u8>,
    pub(super) bytes: Vec<u8>,
}

/// A block as text, 64 characters a line.
pub(super) fn encode(kind: &str, bytes: &[u8]) -> String {
    let mut out = format!("-----BEGIN {kind}-----\n");
    let text = STANDARD.encode(bytes);
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, next) = rest.split_at(rest.len().min(64));
        out.push_str(line);
        out.push('\n');
        rest = next;
    }
    out.push_str("-----END ");
    out.push_str(kind);
    out.push_str("-----\n");
    out
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    memchr::memmem::find(text, what)
}

/// A line without what is blank at its end, what follows it, and how much was read.
fn line(text: &[u8]) -> (&[u8], &[u8], usize) {
    let (mut end, next) = match memchr::memchr(b'\n', text) {
        Some(at) => (at, at + 1),
        None => (text.len(), text.len()),
    };
    if next > end && end > 0 && text[end - 1] == b'\r' {
        end -= 1;
    }
    let blank = |byte: &&u8| matches!(byte, b' ' | b'\t');
    end -= text[..end].iter().rev().take_while(blank).count();
    (&text[..end], &text[next..], next)
}

/// The first block of a text (follows pem.go, `Decode`).
pub(super) fn decode(text: &[u8]) -> Option<Block> {
    let mut rest = text;
    loop {
        // The first end, and the last beginning before it.
        let end = find(rest, END)?;
        let begin = memchr::memmem::rfind(&rest[..end], BEGIN);
        let Some(begin) = begin.filter(|&at| at == 0 || rest[at - 1] == b'\n') else {
            rest = &rest[end + END.len()..];
            continue;
        };
        let after_end = &rest[end + END.len()..];
        match block(
            &rest[begin + BEGIN.len()..],
            end - begin - BEGIN.len(),
            after_end,
        ) {
            Some(block) => return Some(block),
            None => rest = after_end,
        }
    }
}

/// The block whose type begins `rest`, whose end line begins at `end` there and whose end's type
/// begins `trailer`.
fn block(mut rest: &[u8], end: usize, trailer: &[u8]) -> Option<Block> {
    let (first, next, consumed) = line(rest);
    // The end's line break may be the one of the first line.
    let mut end = end.cast_signed() - consumed.cast_signed();
    let kind = first.strip_suffix(DASHES)?;
    rest = next;
    let mut headers = false;
    loop {
        if rest.is_empty() {
            return None;
        }
        let (header, next, consumed) = line(rest);
        if !header.contains(&b':') {
            break;
        }
        headers = true;
        rest = next;
        end -= consumed.cast_signed();
    }
    if headers && end < 0 {
        return None;
    }
    let behind = trailer.strip_prefix(kind)?.strip_prefix(DASHES)?;
    if !line(behind).0.is_empty() {
        return None;
    }
    let data = match usize::try_from(end) {
        Ok(end) if end > 0 => rest.get(..end)?,
        _ => &[],
    };
    let data: Vec<u8> = data
        .iter()
        .copied()
        .filter(|byte| !matches!(byte, b' ' | b'\t'))
        .collect();
    Some(Block {
        kind: kind.to_vec(),
        bytes: encoding::base64_bytes(&data).ok()?,
    })
}
