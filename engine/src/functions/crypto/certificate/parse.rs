//! Given certificates (follows crypto/x509, parser.go: the order of its checks decides which
//! error is told). Only what signing asks of a certificate is kept.

use crate::functions::crypto::{
    der::{Reader, dotted, tag},
    key::{PublicKey, oids},
};

/// What an authority's certificate says.
#[derive(Debug)]
pub(super) struct Parsed {
    /// Its subject, as it stands there.
    pub(super) subject: Vec<u8>,
    /// Its subject key identifier; empty for none.
    pub(super) subject_key: Vec<u8>,
    /// Its key, if it is of a type that Go knows.
    pub(super) public: Option<PublicKey>,
}

/// Reads a certificate.
///
/// # Errors
/// In crypto/x509's words.
pub(super) fn parse(der: &[u8]) -> Result<Parsed, String> {
    let mut outer = Reader(der);
    let mut input = outer
        .enter(tag::SEQUENCE)
        .ok_or("x509: malformed certificate")?;
    let mut body = input
        .enter(tag::SEQUENCE)
        .ok_or("x509: malformed tbs certificate")?;
    let version = match body
        .optional(tag::around(0))
        .ok_or("x509: malformed version")?
    {
        Some(mut inner) => inner
            .int64()
            .filter(|version| *version >= 0 && inner.is_empty())
            .ok_or("x509: malformed version")?,
        None => 0,
    };
    if version > 2 {
        return Err("x509: invalid version".to_owned());
    }
    let serial = body.integer().ok_or("x509: malformed serial number")?;
    if serial[0] >= 0x80 {
        return Err("x509: negative serial number".to_owned());
    }
    let algorithm = body
        .read(tag::SEQUENCE)
        .ok_or("x509: malformed signature algorithm identifier")?;
    let outer_algorithm = input
        .read(tag::SEQUENCE)
        .ok_or("x509: malformed algorithm identifier")?;
    if algorithm != outer_algorithm {
        return Err("x509: inner and outer signature algorithm identifiers don't match".to_owned());
    }
    identifier(algorithm)?;
    name(body.enter(tag::SEQUENCE).ok_or("x509: malformed issuer")?)?;
    let mut validity = body
        .enter(tag::SEQUENCE)
        .ok_or("x509: malformed validity")?;
    time(&mut validity)?;
    time(&mut validity)?;
    let subject = body.whole(tag::SEQUENCE).ok_or("x509: malformed issuer")?;
    name(
        Reader(subject)
            .enter(tag::SEQUENCE)
            .ok_or("x509: invalid RDNSequence")?,
    )?;
    let public = public(body.enter(tag::SEQUENCE).ok_or("x509: malformed spki")?)?;
    let mut subject_key = Vec::new();
    if version > 0 {
        body.optional(tag::context(1))
            .ok_or("x509: malformed issuerUniqueID")?;
        body.optional(tag::context(2))
            .ok_or("x509: malformed subjectUniqueID")?;
    }
    if version == 2 {
        let found = body
            .optional(tag::around(3))
            .ok_or("x509: malformed extensions")?;
        if let Some(mut found) = found {
            let list = found
                .enter(tag::SEQUENCE)
                .ok_or("x509: malformed extensions")?;
            subject_key = extensions(list)?;
        }
    }
    input.bit_string().ok_or("x509: malformed signature")?;
    if !outer.is_empty() {
        return Err("x509: trailing data".to_owned());
    }
    Ok(Parsed {
        subject: subject.to_vec(),
        subject_key,
        public,
    })
}

/// An algorithm and its parameters, as they stand there.
fn identifier(bytes: &[u8]) -> Result<(&[u8], &[u8]), String> {
    let mut reader = Reader(bytes);
    let oid = reader.oid().ok_or("x509: malformed OID")?;
    if reader.is_empty() {
        return Ok((oid, &[]));
    }
    let parameters = reader.any().ok_or("x509: malformed parameters")?;
    Ok((oid, parameters.whole))
}

fn name(mut names: Reader<'_>) -> Result<(), String> {
    let invalid = |what: &str| format!("x509: invalid RDNSequence{what}");
    while !names.is_empty() {
        let mut set = names.enter(tag::SET).ok_or_else(|| invalid(""))?;
        while !set.is_empty() {
            let mut attribute = set
                .enter(tag::SEQUENCE)
                .ok_or_else(|| invalid(": invalid attribute"))?;
            attribute
                .oid()
                .ok_or_else(|| invalid(": invalid attribute type"))?;
            let value = attribute
                .any()
                .ok_or_else(|| invalid(": invalid attribute value"))?;
            string(value.tag, value.contents)
                .map_err(|error| invalid(&format!(": invalid attribute value: {error}")))?;
        }
    }
    Ok(())
}

/// Checks a string of that type.
fn string(tag: u8, bytes: &[u8]) -> Result<(), String> {
    const T61_STRING: u8 = 20;
    const NUMERIC_STRING: u8 = 18;
    const BMP_STRING: u8 = 30;
    let (good, name) = match tag {
        T61_STRING => (true, ""),
        tag::PRINTABLE_STRING => (
            bytes
                .iter()
                .all(|byte| byte.is_ascii_alphanumeric() || b"'()+,-./ :=?*&".contains(byte)),
            "PrintableString",
        ),
        tag::UTF8_STRING => (std::str::from_utf8(bytes).is_ok(), "UTF-8 string"),
        BMP_STRING => {
            let reserved =
                |point: u16| matches!(point, 0xfffe | 0xffff | 0xfdd0..=0xfdef | 0xd800..=0xdfff);
            let points = bytes
                .chunks_exact(2)
                .map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            (
                bytes.len().is_multiple_of(2) && !points.into_iter().any(reserved),
                "BMPString",
            )
        }
        tag::IA5_STRING => (bytes.is_ascii(), "IA5String"),
        NUMERIC_STRING => (
            bytes
                .iter()
                .all(|byte| byte.is_ascii_digit() || *byte == b' '),
            "NumericString",
        ),
        other => return Err(format!("unsupported string type: {other}")),
    };
    if good {
        Ok(())
    } else {
        Err(format!("invalid {name}"))
    }
}

fn time(reader: &mut Reader<'_>) -> Result<(), String> {
    // Fields of two digits and what they are at most, behind the year.
    let good = |bytes: &[u8], year: usize| {
        let Some((digits, b"Z")) = bytes.split_last_chunk::<1>() else {
            return false;
        };
        let number = |at: usize| -> u32 {
            digits
                .get(at..at + 2)
                .and_then(|two| std::str::from_utf8(two).ok())
                .and_then(|two| two.parse().ok())
                .unwrap_or(99)
        };
        let seconds = digits.len() == year + 10;
        digits.iter().all(u8::is_ascii_digit)
            && (seconds || year == 2 && digits.len() == year + 8)
            && (1..=12).contains(&number(year))
            && (1..=31).contains(&number(year + 2))
            && number(year + 4) < 24
            && number(year + 6) < 60
            && (!seconds || number(year + 8) < 60)
    };
    if reader.peek(tag::UTC_TIME) {
        let bytes = reader.read(tag::UTC_TIME);
        bytes
            .filter(|bytes| good(bytes, 2))
            .ok_or("x509: malformed UTCTime")?;
    } else if reader.peek(tag::GENERALIZED_TIME) {
        let bytes = reader.read(tag::GENERALIZED_TIME);
        bytes
            .filter(|bytes| good(bytes, 4))
            .ok_or("x509: malformed GeneralizedTime")?;
    } else {
        return Err("x509: unsupported time format".to_owned());
    }
    Ok(())
}

/// The key of a certificate (follows parser.go, `parsePublicKey`).
fn public(mut info: Reader<'_>) -> Result<Option<PublicKey>, String> {
    let algorithm = info
        .whole(tag::SEQUENCE)
        .ok_or("x509: malformed public key algorithm identifier")?;
    let contents = Reader(algorithm).read(tag::SEQUENCE).unwrap_or_default();
    let (oid, parameters) = identifier(contents)?;
    let bytes = info
        .bit_string()
        .ok_or("x509: malformed subjectPublicKey")?;
    let error = match oid {
        oids::RSA => rsa(parameters, &bytes),
        oids::EC => ec(parameters, &bytes),
        oids::ED25519 if !parameters.is_empty() => {
            Some("x509: Ed25519 key encoded with illegal parameters")
        }
        oids::ED25519 if bytes.len() != 32 => Some("x509: wrong Ed25519 public key size"),
        oids::X25519 if !parameters.is_empty() => {
            Some("x509: X25519 key encoded with illegal parameters")
        }
        oids::X25519 if bytes.len() != 32 => Some("crypto/ecdh: invalid public key"),
        oids::DSA => dsa(parameters, &bytes),
        oids::ED25519 | oids::X25519 => None,
        _ => return Ok(None),
    };
    if let Some(error) = error {
        return Err(error.to_owned());
    }
    Ok(Some(PublicKey {
        algorithm: algorithm.to_vec(),
        bytes,
    }))
}

fn positive(number: &[u8]) -> bool {
    number.first().is_some_and(|&byte| byte < 0x80) && number != [0]
}

fn rsa(parameters: &[u8], bytes: &[u8]) -> Option<&'static str> {
    if parameters != [tag::NULL, 0] {
        return Some("x509: RSA key missing NULL parameters");
    }
    let Some(mut key) = Reader(bytes).enter(tag::SEQUENCE) else {
        return Some("x509: invalid RSA public key");
    };
    let Some(modulus) = key.integer() else {
        return Some("x509: invalid RSA modulus");
    };
    let Some(exponent) = key.int64() else {
        return Some("x509: invalid RSA public exponent");
    };
    if !positive(modulus) {
        return Some("x509: RSA modulus is not a positive number");
    }
    (exponent <= 0).then_some("x509: RSA public exponent is not a positive number")
}

fn ec(parameters: &[u8], bytes: &[u8]) -> Option<&'static str> {
    let Some(curve) = Reader(parameters).oid() else {
        return Some("x509: invalid ECDSA parameters");
    };
    // A curve whose points nobody checks here is checked for its length alone.
    let size = match curve {
        oids::P224 => 28,
        oids::P256 => 32,
        oids::P384 => 48,
        oids::P521 => 66,
        _ => return Some("x509: unsupported elliptic curve"),
    };
    if bytes.first() != Some(&4) {
        return Some("ecdsa: invalid uncompressed public key");
    }
    let good = bytes.len() == 1 + 2 * size
        && match curve {
            oids::P256 => p256::ecdsa::VerifyingKey::from_sec1_bytes(bytes).is_ok(),
            oids::P384 => p384::ecdsa::VerifyingKey::from_sec1_bytes(bytes).is_ok(),
            oids::P521 => p521::ecdsa::VerifyingKey::from_sec1_bytes(bytes).is_ok(),
            _ => true,
        };
    (!good).then_some(match curve {
        oids::P224 => "invalid P224 point encoding",
        oids::P256 => "invalid P256 point encoding",
        oids::P384 => "invalid P384 point encoding",
        _ => "invalid P521 point encoding",
    })
}

fn dsa(parameters: &[u8], bytes: &[u8]) -> Option<&'static str> {
    let Some(y) = Reader(bytes).integer() else {
        return Some("x509: invalid DSA public key");
    };
    let numbers = Reader(parameters)
        .enter(tag::SEQUENCE)
        .and_then(|mut list| Some([list.integer()?, list.integer()?, list.integer()?]));
    let Some(numbers) = numbers else {
        return Some("x509: invalid DSA parameters");
    };
    let good = positive(y) && numbers.into_iter().all(positive);
    (!good).then_some("x509: zero or negative DSA parameter")
}

/// Checks the extensions, and gives the subject key identifier.
fn extensions(mut list: Reader<'_>) -> Result<Vec<u8>, String> {
    let mut seen = Vec::new();
    let mut found = Vec::new();
    while !list.is_empty() {
        let mut extension = list
            .enter(tag::SEQUENCE)
            .ok_or("x509: malformed extension")?;
        let oid = extension
            .oid()
            .ok_or("x509: malformed extension OID field")?;
        let mut critical = false;
        if extension.peek(tag::BOOLEAN) {
            critical = extension
                .boolean()
                .ok_or("x509: malformed extension critical field")?;
        }
        let value = extension
            .read(tag::OCTET_STRING)
            .ok_or("x509: malformed extension value field")?;
        if seen.contains(&oid) {
            let oid = dotted(oid);
            return Err(format!(
                "x509: certificate contains duplicate extension with OID \"{oid}\""
            ));
        }
        seen.push(oid);
        found.push((oid, critical, value));
    }
    let mut subject_key = Vec::new();
    for (oid, critical, value) in found {
        let [0x55, 0x1d, number] = *oid else {
            continue;
        };
        let mut value = Reader(value);
        match number {
            14 => {
                if critical {
                    return Err(
                        "x509: subject key identifier incorrectly marked critical".to_owned()
                    );
                }
                subject_key = value
                    .read(tag::OCTET_STRING)
                    .ok_or("x509: invalid subject key identifier")?
                    .to_vec();
            }
            15 => {
                value.bit_string().ok_or("x509: invalid key usage")?;
            }
            17 => other_names(value)?,
            19 => constraints(value).ok_or("x509: invalid basic constraints")?,
            35 => authority_key(value, critical)?,
            37 => {
                let mut list = value
                    .enter(tag::SEQUENCE)
                    .ok_or("x509: invalid extended key usages")?;
                while !list.is_empty() {
                    list.oid().ok_or("x509: invalid extended key usages")?;
                }
            }
            // Policies, constraints of names, lists of what was revoked: rare, and nothing here
            // needs them.
            _ => {}
        }
    }
    Ok(subject_key)
}

fn constraints(mut value: Reader<'_>) -> Option<()> {
    let mut inner = value.enter(tag::SEQUENCE)?;
    if inner.peek(tag::BOOLEAN) {
        inner.boolean()?;
    }
    if inner.peek(tag::INTEGER) {
        inner.int64().filter(|length| *length >= 0)?;
    }
    Some(())
}

fn authority_key(mut value: Reader<'_>, critical: bool) -> Result<(), String> {
    if critical {
        return Err("x509: authority key identifier incorrectly marked critical".to_owned());
    }
    let invalid = "x509: invalid authority key identifier";
    let mut inner = value.enter(tag::SEQUENCE).ok_or(invalid)?;
    if inner.peek(tag::context(0)) {
        inner.read(tag::context(0)).ok_or(invalid)?;
    }
    Ok(())
}

fn other_names(mut value: Reader<'_>) -> Result<(), String> {
    let mut list = value
        .enter(tag::SEQUENCE)
        .ok_or("x509: invalid subject alternative names")?;
    while !list.is_empty() {
        let name = list.any().ok_or("x509: invalid subject alternative name")?;
        let ascii = name.contents.is_ascii();
        let error = match name.tag ^ 0x80 {
            1 if !ascii => "x509: SAN rfc822Name is malformed",
            2 if !ascii => "x509: SAN dNSName is malformed",
            6 if !ascii => "x509: SAN uniformResourceIdentifier is malformed",
            7 if !matches!(name.contents.len(), 4 | 16) => {
                let length = name.contents.len();
                return Err(format!("x509: cannot parse IP address of length {length}"));
            }
            _ => continue,
        };
        return Err(error.to_owned());
    }
    Ok(())
}
