//! Private keys from PEM (follows Sprig's `parsePrivateKeyPEM` and Go's crypto/x509).

use crypto_bigint::BoxedUint;

use super::{Dsa, Other, PrivateKey, oids};
use crate::functions::crypto::{
    asn1::{Type, explicit, field, optional, unmarshal},
    der, pem,
};

const PKCS1: Type = Type::Struct(
    "pkcs1PrivateKey",
    &[
        field(Type::Int),
        field(Type::BigInt),
        field(Type::Int),
        field(Type::BigInt),
        field(Type::BigInt),
        field(Type::BigInt),
        optional(Type::BigInt),
        optional(Type::BigInt),
        optional(Type::BigInt),
        optional(Type::Any),
    ],
);
const PKCS8: Type = Type::Struct(
    "pkcs8",
    &[
        field(Type::Int),
        field(Type::Struct(
            "AlgorithmIdentifier",
            &[field(Type::Oid), optional(Type::Any)],
        )),
        field(Type::Octets),
    ],
);
const EC: Type = Type::Struct(
    "ecPrivateKey",
    &[
        field(Type::Int),
        field(Type::Octets),
        explicit(Type::Oid, 0),
        explicit(Type::Bits, 1),
    ],
);
const DSA: Type = Type::Struct(
    "DSAKeyFormat",
    &[
        field(Type::Int),
        field(Type::BigInt),
        field(Type::BigInt),
        field(Type::BigInt),
        field(Type::BigInt),
        field(Type::BigInt),
    ],
);

/// The key in the first block of a PEM text.
///
/// # Errors
/// In Sprig's and Go's words.
pub(in super::super) fn parse(text: &[u8]) -> Result<PrivateKey, String> {
    let block = pem::decode(text).ok_or("no PEM data in input")?;
    let kind = String::from_utf8_lossy(&block.kind);
    if kind == "PRIVATE KEY" {
        return pkcs8(&block.bytes).map_err(|error| format!("decoding PEM as PKCS#8: {error}"));
    }
    let Some(kind) = kind.strip_suffix(" PRIVATE KEY") else {
        return Err(format!("no private key data in PEM block of type {kind}"));
    };
    let parsing = |error| format!("parsing {kind} private key from PEM: {error}");
    match kind {
        "RSA" => pkcs1(&block.bytes).map_err(parsing),
        "EC" => ec(None, &block.bytes).map_err(parsing),
        "DSA" => dsa(&block.bytes).map_err(parsing),
        _ => Err(format!("invalid private key type {kind} PRIVATE KEY")),
    }
}

/// The error of a text that is another kind of key, or its own.
fn instead(bytes: &[u8], others: [(Type, &str); 2], error: String) -> String {
    for (kind, name) in others {
        if unmarshal(bytes, kind).is_ok() {
            return format!(
                "x509: failed to parse private key (use {name} instead for this key format)"
            );
        }
    }
    error
}

fn small(bytes: Option<&[u8]>) -> i64 {
    let bytes = bytes.unwrap_or_default();
    let start = if bytes.first().is_some_and(|&byte| byte >= 0x80) {
        -1
    } else {
        0
    };
    bytes
        .iter()
        .fold(start, |number, &byte| number << 8 | i64::from(byte))
}

fn pkcs1(bytes: &[u8]) -> Result<PrivateKey, String> {
    let others = [(EC, "ParseECPrivateKey"), (PKCS8, "ParsePKCS8PrivateKey")];
    let (fields, rest) = unmarshal(bytes, PKCS1).map_err(|error| instead(bytes, others, error))?;
    if !rest.is_empty() {
        return Err("asn1: syntax error: trailing data".to_owned());
    }
    let number = |index: usize| fields.get(index).copied().flatten();
    if small(number(0)) > 1 {
        return Err("x509: unsupported private key version".to_owned());
    }
    let positive = |bytes: &[u8]| bytes.first().is_some_and(|&byte| byte < 0x80) && bytes != [0];
    let parts = [1, 3, 4, 5, 6, 7, 8].map(number);
    if parts.into_iter().flatten().any(|bytes| !positive(bytes)) {
        return Err("x509: private key contains zero or negative value".to_owned());
    }
    let uint = |index: usize| BoxedUint::from_be_slice_vartime(number(index).unwrap_or_default());
    let exponent = small(number(2));
    public(number(1).unwrap_or_default(), exponent)?;
    let key = rsa::PrivateKey::from_components(
        uint(1),
        BoxedUint::from(exponent.cast_unsigned()),
        uint(3),
        vec![uint(4), uint(5)],
    );
    key.map(|key| PrivateKey::Rsa(Box::new(key)))
        .map_err(|error| {
            match error {
                rsa::Error::InvalidModulus => "crypto/rsa: p * q != n",
                rsa::Error::InvalidExponent => "crypto/rsa: d does not match dP",
                _ => "crypto/rsa: invalid prime",
            }
            .to_owned()
        })
}

/// What Go asks of a public key (follows crypto/internal/fips140/rsa, `checkPublicKey`).
fn public(modulus: &[u8], exponent: i64) -> Result<(), String> {
    let error = if modulus.last().is_none_or(|last| last & 1 == 0) {
        "crypto/rsa: public modulus is even"
    } else if exponent <= 1 {
        "crypto/rsa: public exponent too small or negative"
    } else if exponent & 1 == 0 {
        "crypto/rsa: public exponent is even"
    } else if exponent > i64::from(i32::MAX) {
        "crypto/rsa: public exponent too large"
    } else {
        return Ok(());
    };
    Err(error.to_owned())
}

fn ec(curve: Option<&[u8]>, bytes: &[u8]) -> Result<PrivateKey, String> {
    let others = [
        (PKCS8, "ParsePKCS8PrivateKey"),
        (PKCS1, "ParsePKCS1PrivateKey"),
    ];
    let (fields, _) = unmarshal(bytes, EC).map_err(|error| {
        let error = format!("x509: failed to parse EC private key: {error}");
        instead(bytes, others, error)
    })?;
    let part = |index: usize| fields.get(index).copied().flatten();
    let version = small(part(0));
    if version != 1 {
        return Err(format!("x509: unknown EC private key version {version}"));
    }
    let curve = curve.or_else(|| part(2)).unwrap_or_default();
    let size = match curve {
        oids::P224 => 28,
        oids::P256 => 32,
        oids::P384 => 48,
        oids::P521 => 66,
        _ => return Err("x509: unknown elliptic curve".to_owned()),
    };
    // Both too many zeros and too few are put up with.
    let secret = der::without_zeros(part(1).unwrap_or_default());
    if secret.len() > size {
        return Err("x509: invalid private key length".to_owned());
    }
    let mut padded = vec![0; size - secret.len()];
    padded.extend_from_slice(secret);
    let key = match curve {
        oids::P256 => p256::ecdsa::SigningKey::from_slice(&padded).map(PrivateKey::P256),
        oids::P384 => p384::ecdsa::SigningKey::from_slice(&padded).map(PrivateKey::P384),
        oids::P521 => p521::ecdsa::SigningKey::from_slice(&padded).map(PrivateKey::P521),
        _ => return Ok(PrivateKey::Other(Other::P224)),
    };
    let error = if secret.is_empty() {
        "ecdsa: private key is zero"
    } else {
        "input overflows the modulus"
    };
    key.map_err(|_| error.to_owned())
}

fn dsa(bytes: &[u8]) -> Result<PrivateKey, String> {
    let (fields, _) = unmarshal(bytes, DSA)?;
    let part = |index: usize| {
        let bytes = fields.get(index).copied().flatten();
        bytes.unwrap_or_default().to_vec()
    };
    Ok(PrivateKey::Dsa(Dsa {
        p: part(1),
        q: part(2),
        g: part(3),
        y: part(4),
        x: part(5),
    }))
}

fn pkcs8(bytes: &[u8]) -> Result<PrivateKey, String> {
    let others = [(EC, "ParseECPrivateKey"), (PKCS1, "ParsePKCS1PrivateKey")];
    let (fields, _) = unmarshal(bytes, PKCS8).map_err(|error| instead(bytes, others, error))?;
    let part = |index: usize| fields.get(index).copied().flatten();
    let algorithm = part(1).unwrap_or_default();
    let parameters = part(2);
    let inner = part(3).unwrap_or_default();
    let embedded = |kind: &str, error: String| {
        format!("x509: failed to parse {kind} private key embedded in PKCS#8: {error}")
    };
    match algorithm {
        oids::RSA => pkcs1(inner).map_err(|error| embedded("RSA", error)),
        oids::EC => {
            let mut reader = der::Reader(parameters.unwrap_or_default());
            ec(reader.oid(), inner).map_err(|error| embedded("EC", error))
        }
        oids::ED25519 => {
            if parameters.is_some() {
                return Err("x509: invalid Ed25519 private key parameters".to_owned());
            }
            let secret = octets(inner)
                .map_err(|error| format!("x509: invalid Ed25519 private key: {error}"))?;
            let secret: [u8; 32] = secret.try_into().map_err(|_| {
                let length = secret.len();
                format!("x509: invalid Ed25519 private key length: {length}")
            })?;
            let key = ed25519_dalek::SigningKey::from_bytes(&secret);
            Ok(PrivateKey::Ed25519(Box::new(key)))
        }
        oids::X25519 => {
            if parameters.is_some() {
                return Err("x509: invalid X25519 private key parameters".to_owned());
            }
            let secret = octets(inner)
                .map_err(|error| format!("x509: invalid X25519 private key: {error}"))?;
            if secret.len() != 32 {
                return Err("crypto/ecdh: invalid private key size".to_owned());
            }
            Ok(PrivateKey::Other(Other::X25519))
        }
        other => Err(format!(
            "x509: PKCS#8 wrapping contained private key with unknown algorithm: {}",
            der::dotted(other)
        )),
    }
}

/// The contents of an octet string, as `asn1.Unmarshal` into `[]byte`.
fn octets(bytes: &[u8]) -> Result<&[u8], String> {
    let (fields, _) = unmarshal(bytes, Type::Octets)?;
    Ok(fields.first().copied().flatten().unwrap_or_default())
}
