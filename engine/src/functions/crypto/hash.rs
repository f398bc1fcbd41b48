//! Digests and checksums.

use crate::{
    functions::{CallError, Family, Function, Host},
    value::Str,
};

pub(super) fn register(table: &mut Vec<Function>) {
    let family = Family::Crypto;
    table.extend([
        Function::new(
            family,
            "sha1sum",
            "The SHA-1 of a text in hexadecimal",
            |host: &mut Host, text: Str| digest::<sha1::Sha1>(host, &text),
        ),
        Function::new(
            family,
            "sha256sum",
            "The SHA-256 of a text in hexadecimal",
            |host: &mut Host, text: Str| digest::<sha2::Sha256>(host, &text),
        ),
        Function::new(
            family,
            "sha512sum",
            "The SHA-512 of a text in hexadecimal",
            |host: &mut Host, text: Str| digest::<sha2::Sha512>(host, &text),
        ),
        Function::new(
            family,
            "adler32sum",
            "The Adler-32 of a text in decimal",
            adler32sum,
        ),
    ]);
}

fn digest<D: sha2::Digest>(host: &mut Host, text: &Str) -> Result<String, CallError> {
    host.meter.work(text.len() / 64)?;
    let digest = D::digest(text.as_bytes());
    Ok(base16ct::lower::encode_string(&digest))
}

fn adler32sum(text: Str) -> String {
    const MODULUS: u32 = 65_521;
    let (mut a, mut b) = (1_u32, 0_u32);
    for &byte in text.as_bytes() {
        a = (a + u32::from(byte)) % MODULUS;
        b = (b + a) % MODULUS;
    }
    (b << 16 | a).to_string()
}
