//! Random bytes and identifiers.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::functions::{CallError, Family, Function, Host};

pub(super) fn register(table: &mut Vec<Function>) {
    let family = Family::Crypto;
    table.extend([
        Function::new(family, "randBytes", "Random bytes in base64", rand_bytes),
        Function::new(family, "uuidv4", "A random UUID", uuidv4),
    ]);
}

/// Random bytes of this render.
pub(super) fn bytes<const N: usize>(host: &mut Host) -> [u8; N] {
    let mut bytes = [0; N];
    host.fill(&mut bytes);
    bytes
}

fn rand_bytes(host: &mut Host, count: i64) -> Result<String, CallError> {
    let count = usize::try_from(count).map_err(|_| "runtime error: makeslice: len out of range")?;
    host.meter.value(count.saturating_mul(2))?;
    let mut bytes = vec![0; count];
    host.fill(&mut bytes);
    Ok(STANDARD.encode(bytes))
}

fn uuidv4(host: &mut Host) -> String {
    let mut bytes = bytes::<16>(host);
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let text = base16ct::lower::encode_string(&bytes);
    format!(
        "{}-{}-{}-{}-{}",
        &text[..8],
        &text[8..12],
        &text[12..16],
        &text[16..20],
        &text[20..]
    )
}
