//! Sprig v3.3.0, crypto.go: hashes, random values, passwords, keys and certificates.
//!
//! What is random follows from the render's seed alone, so that a preview repeats.

mod aes;
mod hash;
mod password;
mod random;

use super::{CallError, CallResult, Family, Function, Kind, Rest};
use crate::value::{List, Str, Value};

pub(super) fn register(table: &mut Vec<Function>) {
    hash::register(table);
    random::register(table);
    password::register(table);
    aes::register(table);
    register_unavailable(table);
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
        Function::new(family, "genPrivateKey", "A private key in PEM", |_: Str| {
            refuse("genPrivateKey")
        }),
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
    ]);
}

fn refuse(name: &str) -> CallResult {
    Err(CallError(format!("{name} is not available yet")))
}
