//! Sprig v3.3.0, crypto.go: hashes, random values, passwords, keys and certificates.
//!
//! What is random follows from the render's seed alone, so that a preview repeats.

mod aes;
mod asn1;
mod certificate;
mod der;
mod hash;
mod key;
mod password;
mod pem;
mod random;

use super::Function;

pub(super) fn register(table: &mut Vec<Function>) {
    hash::register(table);
    random::register(table);
    password::register(table);
    aes::register(table);
    key::register(table);
    certificate::register(table);
}
