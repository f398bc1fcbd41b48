//! New certificates (follows Sprig's `getBaseCertTemplate` and Go's `x509.CreateCertificate`).

use std::net::IpAddr;

use sha2::Digest as _;

use super::Authority;
use crate::{
    functions::{
        CallError, Host,
        crypto::{
            der::{bit_string, element, integer, octet_string, oid, sequence, tag},
            key::{Other, PrivateKey},
            random,
        },
        time::Time,
    },
    value::{List, Str, Value},
};

/// What a certificate is to say, besides the key.
pub(super) struct Template {
    serial: [u8; 16],
    name: Str,
    ips: Vec<IpAddr>,
    dns: Vec<Str>,
    not_before: Time,
    not_after: Time,
    is_authority: bool,
}

impl Template {
    /// For a common name, valid for that many days from now.
    ///
    /// # Errors
    /// What is not an address, or not a string.
    pub(super) fn new(
        host: &mut Host,
        name: Str,
        ips: Option<&List>,
        dns: Option<&List>,
        days: i64,
    ) -> Result<Self, CallError> {
        const DAY: i64 = 24 * 3_600_000_000_000;
        let items = |list: Option<&List>| -> Vec<Value> {
            list.map(|list| list.iter().cloned().collect())
                .unwrap_or_default()
        };
        let ips = items(ips).iter().map(address).collect::<Result<_, _>>()?;
        let dns = items(dns)
            .iter()
            .map(|name| {
                name.as_str().cloned().ok_or_else(|| {
                    let name = name.to_str();
                    let name = name.to_string_lossy();
                    CallError(format!(
                        "error processing alternate dns name: {name} is not a string"
                    ))
                })
            })
            .collect::<Result<_, _>>()?;
        let now = host.now_unix_nanos;
        // As Go's Duration, whose days overflow after 292 years.
        let valid = i128::from(days.wrapping_mul(DAY));
        Ok(Self {
            serial: random::bytes(host),
            name,
            ips,
            dns,
            not_before: Time::utc(now),
            not_after: Time::utc(now + valid),
            is_authority: false,
        })
    }

    /// The same, of an authority.
    pub(super) fn authority(self) -> Self {
        Self {
            is_authority: true,
            ..self
        }
    }

    fn subject(&self) -> Result<Vec<u8>, CallError> {
        if self.name.is_empty() {
            return Ok(sequence(&[]));
        }
        let bytes = self.name.as_bytes();
        // As asn1.Marshal: a PrintableString as long as it can be one, `*` and `&` not counted.
        let printable = bytes
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || b"'()+,-./ :=?".contains(byte));
        let tag = if printable {
            tag::PRINTABLE_STRING
        } else if std::str::from_utf8(bytes).is_ok() {
            tag::UTF8_STRING
        } else {
            return Err("asn1: string not valid UTF-8".into());
        };
        let attribute = sequence(&[&oid(&[0x55, 4, 3]), &element(tag, bytes)]);
        Ok(sequence(&[&element(tag::SET, &attribute)]))
    }

    /// The usages, the constraints, who holds the key and who signed it, the other names: Go's
    /// order.
    fn extensions(
        &self,
        is_nameless: bool,
        authority_key: &[u8],
        public_key: &[u8],
    ) -> Result<Vec<u8>, CallError> {
        let extension = |number: u8, critical: bool, value: &[u8]| {
            let critical: &[u8] = if critical {
                &[tag::BOOLEAN, 1, 0xff]
            } else {
                &[]
            };
            sequence(&[&oid(&[0x55, 0x1d, number]), critical, &octet_string(value)])
        };
        let mut out = Vec::new();
        // Digital signature and key encipherment; an authority signs certificates, too.
        let (unused, usages) = if self.is_authority {
            (2, 0xa4)
        } else {
            (5, 0xa0)
        };
        let usage = element(tag::BIT_STRING, &[unused, usages]);
        out.extend(extension(15, true, &usage));
        let purpose = |number: u8| oid(&[0x2b, 6, 1, 5, 5, 7, 3, number]);
        let purposes = sequence(&[&purpose(1), &purpose(2)]);
        out.extend(extension(37, false, &purposes));
        let constraints: &[u8] = if self.is_authority {
            &[tag::BOOLEAN, 1, 0xff]
        } else {
            &[]
        };
        out.extend(extension(19, true, &sequence(&[constraints])));
        if self.is_authority {
            let digest = sha2::Sha256::digest(public_key);
            out.extend(extension(14, false, &octet_string(&digest[..20])));
        }
        if !authority_key.is_empty() {
            let id = sequence(&[&element(tag::context(0), authority_key)]);
            out.extend(extension(35, false, &id));
        }
        let mut names = Vec::new();
        for name in &self.dns {
            if !name.as_bytes().is_ascii() {
                let name = values::go::quote(&name.to_string_lossy());
                let error = format!("x509: {name} cannot be encoded as an IA5String");
                return Err(CallError(error));
            }
            names.extend(element(tag::context(2), name.as_bytes()));
        }
        for ip in &self.ips {
            match ip.to_canonical() {
                IpAddr::V4(ip) => names.extend(element(tag::context(7), &ip.octets())),
                IpAddr::V6(ip) => names.extend(element(tag::context(7), &ip.octets())),
            }
        }
        if !names.is_empty() {
            out.extend(extension(17, is_nameless, &sequence(&[&names])));
        }
        Ok(element(tag::around(3), &sequence(&[&out])))
    }
}

/// An IP address, as Go's `net.ParseIP` reads it.
fn address(value: &Value) -> Result<IpAddr, CallError> {
    let Some(text) = value.as_str() else {
        let value = value.to_str();
        let value = value.to_string_lossy();
        return Err(CallError(format!(
            "error parsing ip: {value} is not a string"
        )));
    };
    let text = text.to_string_lossy();
    text.parse()
        .map_err(|_| CallError(format!("error parsing ip: {text}")))
}

/// A point in time: two digits of the year while they tell it.
fn time(time: &Time) -> Result<Vec<u8>, CallError> {
    let year: i64 = time.format("2006").parse().unwrap_or(-1);
    match year {
        1950..2050 => Ok(element(
            tag::UTC_TIME,
            time.format("060102150405Z").as_bytes(),
        )),
        0..=9_999 => Ok(element(
            tag::GENERALIZED_TIME,
            time.format("20060102150405Z").as_bytes(),
        )),
        _ => Err("asn1: structure error: cannot represent time as GeneralizedTime".into()),
    }
}

/// The certificate in DER.
///
/// # Errors
/// In Go's words and order: a key that cannot sign or be signed, a name that cannot be written, a
/// key that is not the authority's.
pub(super) fn create(
    host: &mut Host,
    template: &Template,
    key: &PrivateKey,
    authority: Option<&Authority>,
) -> Result<Vec<u8>, CallError> {
    let signer = authority.map_or(key, |authority| &authority.key);
    if let PrivateKey::Other(Other::P224) = signer {
        return Err("keys of the curve P-224 are not supported".into());
    }
    let (Some(algorithm), Some(signer_key)) = (signer.signature_algorithm(), signer.public())
    else {
        return Err("x509: certificate private key does not implement crypto.Signer".into());
    };
    let Some(public) = key.public() else {
        return Err(match key {
            PrivateKey::Other(Other::P224) => "keys of the curve P-224 are not supported",
            PrivateKey::Other(Other::X25519) => "X25519 keys are not supported",
            _ => "x509: unsupported public key type: *dsa.PublicKey",
        }
        .into());
    };
    let issuer = match authority {
        Some(authority) => authority.cert.subject.clone(),
        None => template.subject()?,
    };
    let subject = template.subject()?;
    let authority_key = match authority {
        Some(authority) if issuer != subject => &authority.cert.subject_key[..],
        _ => &[],
    };
    let certified = authority.and_then(|authority| authority.cert.public.as_ref());
    if certified.is_some_and(|certified| *certified != signer_key) {
        return Err("x509: provided PrivateKey doesn't match parent's PublicKey".into());
    }
    let extensions = template.extensions(subject == sequence(&[]), authority_key, &public.bytes)?;
    let body = sequence(&[
        &element(tag::around(0), &integer(&[2])),
        &integer(&template.serial),
        &algorithm,
        &issuer,
        &sequence(&[&time(&template.not_before)?, &time(&template.not_after)?]),
        &subject,
        &sequence(&[&public.algorithm, &bit_string(&public.bytes)]),
        &extensions,
    ]);
    let signature = signer.sign(host, &body)?;
    Ok(sequence(&[&body, &algorithm, &bit_string(&signature)]))
}
