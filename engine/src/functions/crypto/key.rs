//! Private keys: made, read from PEM, written to PEM, signing.

mod generate;
mod parse;
mod primes;

use ed25519_dalek::ed25519::signature::Signer as _;
use rsa::traits::{PrivateKeyParts as _, PublicKeyParts as _};

pub(super) use generate::generate;
pub(super) use parse::parse;

use super::{
    der::{self, bit_string, integer, octet_string, oid, sequence, tag},
    pem,
};
use crate::functions::{CallError, Family, Function, Host};
use crate::value::Str;

/// Object identifiers, encoded.
pub(super) mod oids {
    pub(in super::super) const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
    pub(in super::super) const DSA: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x38, 4, 1];
    pub(in super::super) const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];
    pub(in super::super) const ED25519: &[u8] = &[0x2b, 0x65, 0x70];
    pub(in super::super) const X25519: &[u8] = &[0x2b, 0x65, 0x6e];
    pub(in super::super) const P224: &[u8] = &[0x2b, 0x81, 4, 0, 0x21];
    pub(in super::super) const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];
    pub(in super::super) const P384: &[u8] = &[0x2b, 0x81, 4, 0, 0x22];
    pub(in super::super) const P521: &[u8] = &[0x2b, 0x81, 4, 0, 0x23];
    pub(super) const SHA256_RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11];
    pub(super) const SHA256_ECDSA: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];
    pub(super) const SHA384_ECDSA: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 3];
    pub(super) const SHA512_ECDSA: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 4];
}

/// A private key of one of the types that Sprig knows.
#[derive(Debug, Clone)]
pub(super) enum PrivateKey {
    Rsa(Box<rsa::PrivateKey>),
    Dsa(Dsa),
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
    P521(p521::ecdsa::SigningKey),
    Ed25519(Box<ed25519_dalek::SigningKey>),
    Other(Other),
}

/// A key that Go reads, but that nothing here makes certificates with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Other {
    P224,
    X25519,
}

/// The numbers of a DSA key, in big-endian bytes; it is only ever written down.
#[derive(Clone)]
pub(super) struct Dsa {
    pub(super) p: Vec<u8>,
    pub(super) q: Vec<u8>,
    pub(super) g: Vec<u8>,
    pub(super) y: Vec<u8>,
    pub(super) x: Vec<u8>,
}

impl std::fmt::Debug for Dsa {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dsa").finish_non_exhaustive()
    }
}

/// What a certificate says of a public key.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PublicKey {
    /// The algorithm, as an encoded sequence.
    pub(super) algorithm: Vec<u8>,
    /// The key itself.
    pub(super) bytes: Vec<u8>,
}

pub(super) fn register(table: &mut Vec<Function>) {
    table.push(Function::new(
        Family::Crypto,
        "genPrivateKey",
        "A private key in PEM: rsa, dsa, ecdsa or ed25519",
        gen_private_key,
    ));
}

/// An unknown type is told in the text.
fn gen_private_key(host: &mut Host, kind: Str) -> Result<Str, CallError> {
    let kind = match kind.as_bytes() {
        b"" | b"rsa" => generate::Kind::Rsa4096,
        b"dsa" => generate::Kind::Dsa,
        b"ecdsa" => generate::Kind::P256,
        b"ed25519" => generate::Kind::Ed25519,
        other => return Ok([b"Unknown type ", other].concat().into()),
    };
    Ok(generate(host, kind)?.to_pem().into())
}

/// A key for the functions that make their own.
pub(super) fn rsa_2048(host: &mut Host) -> Result<PrivateKey, CallError> {
    generate(host, generate::Kind::Rsa2048)
}

impl PrivateKey {
    /// The key as Sprig writes it: each type in its own form (crypto.go, `pemBlockForKey`).
    pub(super) fn to_pem(&self) -> String {
        match self {
            Self::Rsa(key) => pem::encode("RSA PRIVATE KEY", &pkcs1(key)),
            Self::Dsa(key) => {
                let numbers = [&[][..], &key.p, &key.q, &key.g, &key.y, &key.x];
                let der: Vec<u8> = numbers.iter().flat_map(|bytes| integer(bytes)).collect();
                pem::encode("DSA PRIVATE KEY", &sequence(&[&der]))
            }
            Self::Ed25519(key) => {
                let der = sequence(&[
                    &integer(&[]),
                    &sequence(&[&oid(oids::ED25519)]),
                    &octet_string(&octet_string(key.as_bytes())),
                ]);
                pem::encode("PRIVATE KEY", &der)
            }
            Self::Other(_) => String::new(),
            Self::P256(key) => self.ec_pem(&key.to_bytes(), oids::P256),
            Self::P384(key) => self.ec_pem(&key.to_bytes(), oids::P384),
            Self::P521(key) => self.ec_pem(&key.to_bytes(), oids::P521),
        }
    }

    fn ec_pem(&self, secret: &[u8], curve: &[u8]) -> String {
        let point = self.public().map(|key| key.bytes).unwrap_or_default();
        let der = sequence(&[
            &integer(&[1]),
            &octet_string(secret),
            &der::element(tag::around(0), &oid(curve)),
            &der::element(tag::around(1), &bit_string(&point)),
        ]);
        pem::encode("EC PRIVATE KEY", &der)
    }

    /// The public key, as a certificate has it; a DSA key has no place in one that Go makes.
    pub(super) fn public(&self) -> Option<PublicKey> {
        let ec = |curve: &[u8], point: &[u8]| PublicKey {
            algorithm: sequence(&[&oid(oids::EC), &oid(curve)]),
            bytes: point.to_vec(),
        };
        Some(match self {
            Self::Rsa(key) => PublicKey {
                algorithm: sequence(&[&oid(oids::RSA), &der::element(tag::NULL, &[])]),
                bytes: sequence(&[&integer(&key.n_bytes()), &integer(&key.e_bytes())]),
            },
            Self::Dsa(_) | Self::Other(_) => return None,
            Self::P256(key) => ec(
                oids::P256,
                key.verifying_key().to_sec1_point(false).as_bytes(),
            ),
            Self::P384(key) => ec(
                oids::P384,
                key.verifying_key().to_sec1_point(false).as_bytes(),
            ),
            Self::P521(key) => ec(
                oids::P521,
                key.verifying_key().to_sec1_point(false).as_bytes(),
            ),
            Self::Ed25519(key) => PublicKey {
                algorithm: sequence(&[&oid(oids::ED25519)]),
                bytes: key.verifying_key().to_bytes().to_vec(),
            },
        })
    }

    /// How it signs, as an encoded sequence; none for a DSA key, which is no `crypto.Signer`.
    pub(super) fn signature_algorithm(&self) -> Option<Vec<u8>> {
        Some(match self {
            Self::Rsa(_) => sequence(&[&oid(oids::SHA256_RSA), &der::element(tag::NULL, &[])]),
            Self::Dsa(_) | Self::Other(_) => return None,
            Self::P256(_) => sequence(&[&oid(oids::SHA256_ECDSA)]),
            Self::P384(_) => sequence(&[&oid(oids::SHA384_ECDSA)]),
            Self::P521(_) => sequence(&[&oid(oids::SHA512_ECDSA)]),
            Self::Ed25519(_) => sequence(&[&oid(oids::ED25519)]),
        })
    }

    /// Signs a message.
    ///
    /// # Errors
    /// In Go's words: an RSA key that is too small.
    pub(super) fn sign(&self, host: &mut Host, message: &[u8]) -> Result<Vec<u8>, CallError> {
        let failed = |error: &dyn std::fmt::Display| CallError(error.to_string());
        match self {
            Self::Rsa(key) => {
                use sha2::Digest as _;
                let bits = key.n().bit_width_vartime();
                if bits < 1024 {
                    return Err(CallError(format!(
                        "crypto/rsa: {bits}-bit keys are insecure (see \
                         https://go.dev/pkg/crypto/rsa#hdr-Minimum_key_size)"
                    )));
                }
                let size = usize::try_from(bits).unwrap_or_default() / 512;
                host.meter.work(size * size * size * 500)?;
                let digest = sha2::Sha256::digest(message);
                key.sign_with_rng(
                    host.generator(),
                    rsa::Pkcs1v15Sign::new::<sha2::Sha256>(),
                    &digest,
                )
                .map_err(|error| failed(&error))
            }
            Self::Dsa(_) | Self::Other(_) => Err(failed(&"not a signer")),
            Self::P256(key) => {
                let signature: p256::ecdsa::DerSignature =
                    key.try_sign(message).map_err(|error| failed(&error))?;
                Ok(signature.as_bytes().to_vec())
            }
            Self::P384(key) => {
                let signature: p384::ecdsa::DerSignature =
                    key.try_sign(message).map_err(|error| failed(&error))?;
                Ok(signature.as_bytes().to_vec())
            }
            Self::P521(key) => {
                let signature: p521::ecdsa::DerSignature =
                    key.try_sign(message).map_err(|error| failed(&error))?;
                Ok(signature.as_bytes().to_vec())
            }
            Self::Ed25519(key) => {
                let signature = key.try_sign(message).map_err(|error| failed(&error))?;
                Ok(signature.to_bytes().to_vec())
            }
        }
    }
}

/// PKCS #1, with what the Chinese remainder theorem saves to compute.
fn pkcs1(key: &rsa::PrivateKey) -> Vec<u8> {
    let mut parts = vec![
        integer(&[]),
        integer(&key.n_bytes()),
        integer(&key.e_bytes()),
        integer(&key.d().to_be_bytes()),
    ];
    for prime in key.primes() {
        parts.push(integer(&prime.to_be_bytes()));
    }
    for exponent in [key.dp(), key.dq()] {
        parts.push(integer(
            &exponent.map(|e| e.to_be_bytes()).unwrap_or_default(),
        ));
    }
    let coefficient = key.crt_coefficient();
    parts.push(integer(
        &coefficient.map(|c| c.to_be_bytes()).unwrap_or_default(),
    ));
    sequence(&[&parts.concat()])
}
