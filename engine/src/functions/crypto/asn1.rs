//! Reading structures as encoding/asn1 does, in whose words a private key that is none is refused.

use super::der::tag;

/// What a field of a Go struct is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Type {
    /// `int`.
    Int,
    /// `*big.Int`.
    BigInt,
    /// `[]byte`.
    Octets,
    /// `asn1.ObjectIdentifier`.
    Oid,
    /// `asn1.BitString`.
    Bits,
    /// A struct of that name.
    Struct(&'static str, &'static [Field]),
    /// `asn1.RawValue`, or what nobody asks for.
    Any,
}

/// A field, and what its tag says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub(super) kind: Type,
    pub(super) optional: bool,
    /// `explicit,tag:N`.
    pub(super) explicit: Option<u8>,
}

/// A field that must be there.
pub(super) const fn field(kind: Type) -> Field {
    Field {
        kind,
        optional: false,
        explicit: None,
    }
}

/// A field that may be there.
pub(super) const fn optional(kind: Type) -> Field {
    Field {
        kind,
        optional: true,
        explicit: None,
    }
}

/// A field that may be there, in an element of its own.
pub(super) const fn explicit(kind: Type, tag: u8) -> Field {
    Field {
        kind,
        optional: true,
        explicit: Some(tag),
    }
}

/// The contents of the fields; those of a struct in a struct stand in its place.
pub(super) type Fields<'a> = Vec<Option<&'a [u8]>>;

fn syntax(what: &str) -> String {
    format!("asn1: syntax error: {what}")
}

fn structure(what: &str) -> String {
    format!("asn1: structure error: {what}")
}

#[derive(Debug, Clone, Copy)]
struct Header {
    byte: u8,
    length: usize,
    /// Where the contents begin.
    at: usize,
}

/// Follows asn1.go, `parseTagAndLength`.
fn header(bytes: &[u8], mut at: usize) -> Result<Header, String> {
    let mut next = || {
        let byte = bytes.get(at).copied();
        at += 1;
        byte.ok_or_else(|| syntax("truncated tag or length"))
    };
    let byte = next()?;
    if byte & 0x1f == 0x1f {
        // A tag of several bytes: no structure that is read here has one.
        return Err(syntax("non-minimal tag"));
    }
    let first = next()?;
    let mut length = usize::from(first);
    if first >= 0x80 {
        let count = first & 0x7f;
        if count == 0 {
            return Err(syntax("indefinite length found (not DER)"));
        }
        length = 0;
        for _ in 0..count {
            let byte = next()?;
            if length >= 1 << 23 {
                return Err(structure("length too large"));
            }
            length = length << 8 | usize::from(byte);
            if length == 0 {
                return Err(structure("superfluous leading zeros in length"));
            }
        }
        if length < 0x80 {
            return Err(structure("non-minimal length"));
        }
    }
    Ok(Header { byte, length, at })
}

impl Type {
    fn tag(self) -> u8 {
        match self {
            Self::Int | Self::BigInt => tag::INTEGER,
            Self::Octets => tag::OCTET_STRING,
            Self::Oid => tag::OID,
            Self::Bits => tag::BIT_STRING,
            Self::Struct(..) | Self::Any => tag::SEQUENCE,
        }
    }

    /// The Go type's name; a pointer or slice has none.
    fn name(self) -> &'static str {
        match self {
            Self::Int => "int",
            Self::Oid => "ObjectIdentifier",
            Self::Bits => "BitString",
            Self::Struct(name, _) => name,
            Self::BigInt | Self::Octets | Self::Any => "",
        }
    }
}

/// The fields of a struct, and what follows it (follows asn1.go, `Unmarshal`).
///
/// # Errors
/// In encoding/asn1's words.
pub(super) fn unmarshal<'a>(bytes: &'a [u8], kind: Type) -> Result<(Fields<'a>, &'a [u8]), String> {
    let mut fields = Vec::new();
    let end = parse(bytes, 0, field(kind), &mut fields)?;
    Ok((fields, &bytes[end..]))
}

/// Reads one field and tells where the next one begins (follows asn1.go, `parseField`).
fn parse<'a>(
    bytes: &'a [u8],
    at: usize,
    field: Field,
    fields: &mut Fields<'a>,
) -> Result<usize, String> {
    if at == bytes.len() {
        if field.optional {
            fields.push(None);
            return Ok(at);
        }
        return Err(syntax("sequence truncated"));
    }
    let mut found = header(bytes, at)?;
    if let Some(number) = field.explicit {
        if found.byte != tag::around(number) || found.length == 0 {
            fields.push(None);
            return Ok(at);
        }
        found = header(bytes, found.at)?;
    }
    let any = matches!(field.kind, Type::Any);
    if !any && found.byte != field.kind.tag() {
        if field.optional {
            fields.push(None);
            return Ok(at);
        }
        return Err(structure(&format!(
            "tags don't match ({} vs {{class:{} tag:{} length:{} isCompound:{}}}) \
             {{optional:false explicit:false application:false private:false \
             defaultValue:<nil> tag:<nil> stringType:0 timeType:0 set:false omitEmpty:false}} \
             {} @{}",
            field.kind.tag() & 0x1f,
            found.byte >> 6,
            found.byte & 0x1f,
            found.length,
            found.byte & 0x20 != 0,
            field.kind.name(),
            found.at,
        )));
    }
    let end = found.at + found.length;
    let Some(inner) = bytes.get(found.at..end) else {
        return Err(syntax("data truncated"));
    };
    match field.kind {
        Type::Struct(_, parts) => {
            let mut at = 0;
            for part in parts {
                at = parse(inner, at, *part, fields)?;
            }
        }
        Type::Any => fields.push(bytes.get(at..end)),
        Type::Int | Type::BigInt => {
            match inner {
                [] => return Err(structure("empty integer")),
                [0, 0..0x80, ..] | [0xff, 0x80..=0xff, ..] => {
                    return Err(structure("integer not minimally-encoded"));
                }
                _ if matches!(field.kind, Type::Int) && inner.len() > 8 => {
                    return Err(structure("integer too large"));
                }
                _ => {}
            }
            fields.push(Some(inner));
        }
        Type::Bits => match inner {
            [] => return Err(syntax("zero length BIT STRING")),
            [8..=0xff, ..] | [1..=0xff] => {
                return Err(syntax("invalid padding bits in BIT STRING"));
            }
            [_, bits @ ..] => fields.push(Some(bits)),
        },
        Type::Oid if inner.is_empty() => return Err(syntax("zero length OBJECT IDENTIFIER")),
        Type::Octets | Type::Oid => fields.push(Some(inner)),
    }
    Ok(end)
}
