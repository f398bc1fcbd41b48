//! Sprig v3.3.0, crypto.go: hashes and random values. What makes keys, certificates and password
//! hashes is known by name, but refuses.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::Digest as _;

use super::{CallError, CallResult, Family, Function, Host, Kind, Rest};
use crate::value::{List, Str, Value};

pub(super) fn register(table: &mut Vec<Function>) {
    let family = Family::Crypto;
    table.extend([
        Function::new(
            family,
            "sha1sum",
            "The SHA-1 of a text in hexadecimal",
            |text: Str| hex(&sha1::Sha1::digest(text.as_bytes())),
        ),
        Function::new(
            family,
            "sha256sum",
            "The SHA-256 of a text in hexadecimal",
            |text: Str| hex(&sha2::Sha256::digest(text.as_bytes())),
        ),
        Function::new(
            family,
            "sha512sum",
            "The SHA-512 of a text in hexadecimal",
            |text: Str| hex(&sha2::Sha512::digest(text.as_bytes())),
        ),
        Function::new(
            family,
            "adler32sum",
            "The Adler-32 of a text in decimal",
            adler32sum,
        ),
        Function::new(family, "randBytes", "Random bytes in base64", rand_bytes),
        Function::new(family, "uuidv4", "A random UUID", uuidv4),
    ]);
    register_unavailable(table);
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
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

fn random(host: &mut Host, count: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(count + 8);
    while bytes.len() < count {
        bytes.extend_from_slice(&host.random_u64().to_le_bytes());
    }
    bytes.truncate(count);
    bytes
}

fn rand_bytes(host: &mut Host, count: i64) -> Result<String, CallError> {
    let count = usize::try_from(count).map_err(|_| "runtime error: makeslice: len out of range")?;
    host.meter.value(count.saturating_mul(2))?;
    Ok(STANDARD.encode(random(host, count)))
}

fn uuidv4(host: &mut Host) -> String {
    let mut bytes = random(host, 16);
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let text = hex(&bytes);
    format!(
        "{}-{}-{}-{}-{}",
        &text[..8],
        &text[8..12],
        &text[12..16],
        &text[16..20],
        &text[20..]
    )
}

/// An argument that is a certificate. There are none yet.
struct Certificate;

impl super::args::FromArg for Certificate {
    const KIND: Kind = Kind::Certificate;

    fn from_arg(_value: &Value) -> Self {
        Self
    }
}

fn register_unavailable(table: &mut Vec<Function>) {
    let family = Family::Crypto;
    table.extend([
        Function::new(family, "bcrypt", "A password's bcrypt hash", |_: Str| {
            refuse("bcrypt")
        }),
        Function::new(
            family,
            "htpasswd",
            "A line of an htpasswd file",
            |_: Str, _: Str| refuse("htpasswd"),
        ),
        Function::new(family, "genPrivateKey", "A private key in PEM", |_: Str| {
            refuse("genPrivateKey")
        }),
        Function::new(
            family,
            "derivePassword",
            "A password derived from a master password",
            |_: u32, _: Str, _: Str, _: Str, _: Str| refuse("derivePassword"),
        ),
        Function::new(
            family,
            "buildCustomCert",
            "A given certificate and key",
            |_: Str, _: Str| refuse("buildCustomCert"),
        ),
        Function::new(
            family,
            "genCA",
            "A certificate authority",
            |_: Str, _: i64| refuse("genCA"),
        ),
        Function::new(
            family,
            "genCAWithKey",
            "A certificate authority of a given key",
            |_: Str, _: i64, _: Str| refuse("genCAWithKey"),
        ),
        Function::new(
            family,
            "genSelfSignedCert",
            "A self-signed certificate",
            |_: Str, _: List, _: List, _: i64| refuse("genSelfSignedCert"),
        ),
        Function::new(
            family,
            "genSelfSignedCertWithKey",
            "A self-signed certificate of a given key",
            |_: Str, _: List, _: List, _: i64, _: Str| refuse("genSelfSignedCertWithKey"),
        ),
        Function::new(
            family,
            "genSignedCert",
            "A certificate signed by an authority",
            |_: Str, _: List, _: List, _: i64, _: Certificate| refuse("genSignedCert"),
        ),
        Function::new(
            family,
            "genSignedCertWithKey",
            "A certificate of a given key, signed by an authority",
            |_: Rest<Value>| refuse("genSignedCertWithKey"),
        ),
        Function::new(
            family,
            "encryptAES",
            "Text encrypted with a password",
            |_: Str, _: Str| refuse("encryptAES"),
        ),
        Function::new(
            family,
            "decryptAES",
            "Text decrypted with a password",
            |_: Str, _: Str| refuse("decryptAES"),
        ),
    ]);
}

fn refuse(name: &str) -> CallResult {
    Err(CallError(format!("{name} is not available yet")))
}
