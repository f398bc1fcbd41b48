//! Certificates: made for a render, or given and only looked at.

mod create;
mod parse;

use std::any::Any;

use super::{
    key::{self, PrivateKey},
    pem,
};
use crate::{
    functions::{CallError, Family, Function, Host, Kind, args::FromArg, encoding},
    value::{List, Object, Str, Value},
};

use create::Template;

pub(super) fn register(table: &mut Vec<Function>) {
    let family = Family::Crypto;
    table.extend([
        Function::new(
            family,
            "buildCustomCert",
            "A given certificate and key",
            build_custom_cert,
        ),
        Function::new(family, "genCA", "A certificate authority", gen_ca),
        Function::new(
            family,
            "genCAWithKey",
            "A certificate authority of a given key",
            gen_ca_with_key,
        ),
        Function::new(
            family,
            "genSelfSignedCert",
            "A self-signed certificate",
            gen_self_signed_cert,
        ),
        Function::new(
            family,
            "genSelfSignedCertWithKey",
            "A self-signed certificate of a given key",
            gen_self_signed_cert_with_key,
        ),
        Function::new(
            family,
            "genSignedCert",
            "A certificate signed by an authority",
            gen_signed_cert,
        ),
        Function::new(
            family,
            "genSignedCertWithKey",
            "A certificate of a given key, signed by an authority",
            gen_signed_cert_with_key,
        ),
    ]);
}

/// Sprig's `certificate`: a certificate and its key, in PEM.
#[derive(Debug, Clone, Default)]
struct Certificate {
    cert: Str,
    key: Str,
}

impl Object for Certificate {
    fn go_type(&self) -> &str {
        Kind::Certificate.go_type()
    }

    fn field(&self, name: &str) -> Option<Value> {
        match name {
            "Cert" => Some(Value::String(self.cert.clone())),
            "Key" => Some(Value::String(self.key.clone())),
            _ => None,
        }
    }

    fn print(&self) -> Str {
        let (cert, key) = (self.cert.as_bytes(), self.key.as_bytes());
        [b"{", cert, b" ", key, b"}"].concat().into()
    }

    fn to_json(&self) -> Value {
        Value::map([
            ("Cert".into(), Value::String(self.cert.clone())),
            ("Key".into(), Value::String(self.key.clone())),
        ])
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl From<Certificate> for Value {
    fn from(certificate: Certificate) -> Self {
        Self::Object(std::rc::Rc::new(certificate))
    }
}

impl FromArg for Certificate {
    const KIND: Kind = Kind::Certificate;

    fn from_arg(value: &Value) -> Self {
        value.downcast::<Self>().cloned().unwrap_or_default()
    }
}

/// A certificate and a key in base64, looked at and given back.
fn build_custom_cert(host: &mut Host, cert: Str, key: Str) -> Result<Certificate, CallError> {
    host.meter.work(cert.len() + key.len())?;
    let cert = encoding::base64_bytes(cert.as_bytes())
        .map_err(|_| "unable to decode base64 certificate")?;
    let key = encoding::base64_bytes(key.as_bytes())
        .map_err(|_| "unable to decode base64 private key")?;
    let block = pem::decode(&cert).ok_or("unable to decode certificate")?;
    parse::parse(&block.bytes)
        .map_err(|error| format!("error parsing certificate: decodedCert.Bytes: {error}"))?;
    key::parse(&key).map_err(|error| format!("error parsing private key: {error}"))?;
    Ok(Certificate {
        cert: cert.into(),
        key: key.into(),
    })
}

/// The key that an argument names.
fn given(host: &mut Host, text: &Str) -> Result<PrivateKey, CallError> {
    host.meter.work(text.len())?;
    key::parse(text.as_bytes()).map_err(|error| CallError(format!("parsing private key: {error}")))
}

fn gen_ca(host: &mut Host, name: Str, days: i64) -> Result<Certificate, CallError> {
    let key = key::rsa_2048(host)?;
    let template = Template::new(host, name, None, None, days)?.authority();
    signed(host, &template, &key, None)
}

fn gen_ca_with_key(
    host: &mut Host,
    name: Str,
    days: i64,
    key: Str,
) -> Result<Certificate, CallError> {
    let key = given(host, &key)?;
    let template = Template::new(host, name, None, None, days)?.authority();
    signed(host, &template, &key, None)
}

fn gen_self_signed_cert(
    host: &mut Host,
    name: Str,
    ips: List,
    dns: List,
    days: i64,
) -> Result<Certificate, CallError> {
    let template = Template::new(host, name, Some(&ips), Some(&dns), days)?;
    let key = key::rsa_2048(host)?;
    signed(host, &template, &key, None)
}

fn gen_self_signed_cert_with_key(
    host: &mut Host,
    name: Str,
    ips: List,
    dns: List,
    days: i64,
    key: Str,
) -> Result<Certificate, CallError> {
    let key = given(host, &key)?;
    let template = Template::new(host, name, Some(&ips), Some(&dns), days)?;
    signed(host, &template, &key, None)
}

fn gen_signed_cert(
    host: &mut Host,
    name: Str,
    ips: List,
    dns: List,
    days: i64,
    authority: Certificate,
) -> Result<Certificate, CallError> {
    let authority = Authority::read(host, &authority)?;
    let template = Template::new(host, name, Some(&ips), Some(&dns), days)?;
    let key = key::rsa_2048(host)?;
    signed(host, &template, &key, Some(&authority))
}

fn gen_signed_cert_with_key(
    host: &mut Host,
    name: Str,
    ips: List,
    dns: List,
    days: i64,
    authority: Certificate,
    key: Str,
) -> Result<Certificate, CallError> {
    let key = given(host, &key)?;
    let authority = Authority::read(host, &authority)?;
    let template = Template::new(host, name, Some(&ips), Some(&dns), days)?;
    signed(host, &template, &key, Some(&authority))
}

/// Who signs.
struct Authority {
    cert: parse::Parsed,
    key: PrivateKey,
}

impl Authority {
    fn read(host: &mut Host, authority: &Certificate) -> Result<Self, CallError> {
        host.meter.work(authority.cert.len())?;
        let block = pem::decode(authority.cert.as_bytes()).ok_or("unable to decode certificate")?;
        let cert = parse::parse(&block.bytes).map_err(|error| {
            format!("error parsing certificate: decodedSignerCert.Bytes: {error}")
        })?;
        let key = key::parse(authority.key.as_bytes())
            .map_err(|error| format!("error parsing private key: {error}"))?;
        Ok(Self { cert, key })
    }
}

/// A certificate of a template and its key, signed by the authority or by itself.
fn signed(
    host: &mut Host,
    template: &Template,
    key: &PrivateKey,
    authority: Option<&Authority>,
) -> Result<Certificate, CallError> {
    let der = create::create(host, template, key, authority)
        .map_err(|error| CallError(format!("error creating certificate: {error}")))?;
    Ok(Certificate {
        cert: pem::encode("CERTIFICATE", &der).into(),
        key: key.to_pem().into(),
    })
}
