//! Certificates against those that real Helm made of the same keys: all but the serial number, the
//! time and the signature must be the same bytes. See `tests/cases/README.md`.

#![expect(clippy::unwrap_used, reason = "a broken case file fails the test")]
#![allow(
    clippy::disallowed_methods,
    reason = "the cases are files; the sandbox is for the engine itself"
)]

use base64::{Engine as _, engine::general_purpose::STANDARD};
use engine::{
    eval::{Program, TemplateFile},
    functions::Host,
    limits::{Limits, Meter},
    value::{Map, MapKind, Value},
};

/// 2024-05-06 07:08:09 UTC.
const NOW: i128 = 1_714_979_289_000_000_000;

fn render(template: &str, values: &values::Map, seed: u64) -> String {
    let files = [TemplateFile {
        name: "case".to_owned(),
        text: template.into(),
    }];
    let program = Program::compile(&files).unwrap();
    let values = Value::Map(Map::from_values(MapKind::Values, values));
    let dot = Value::map([("Values".into(), values)]);
    let mut host = Host::new(Meter::new(Limits::default()), seed, NOW);
    let text = program.execute("case", &dot, &mut host).unwrap();
    text.to_string_lossy().into_owned()
}

/// The elements of a DER text: whole, and contents.
fn elements(mut der: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut out = Vec::new();
    while !der.is_empty() {
        let (header, length) = match der[1] {
            length @ 0..0x80 => (2, usize::from(length)),
            count => {
                let count = usize::from(count - 0x80);
                let length = der[2..2 + count]
                    .iter()
                    .fold(0, |length, &byte| length << 8 | usize::from(byte));
                (2 + count, length)
            }
        };
        let (element, rest) = der.split_at(header + length);
        out.push((element, &element[header..]));
        der = rest;
    }
    out
}

/// The parts of a certificate that follow from the template and the keys; the lengths of the times.
fn stable(der: &[u8]) -> (Vec<Vec<u8>>, Vec<u8>) {
    let outer = elements(elements(der)[0].1);
    let body = elements(outer[0].1);
    let mut parts: Vec<Vec<u8>> = [0, 2, 3, 5, 6, 7]
        .iter()
        .map(|&index| body[index].0.to_vec())
        .collect();
    parts.push(outer[1].0.to_vec());
    (parts, body[4].1.to_vec())
}

fn pem(text: &str) -> Vec<u8> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('-')).collect();
    STANDARD.decode(lines.concat()).unwrap()
}

#[test]
fn certificates_are_those_of_helm() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/certificates.yaml");
    let text = std::fs::read_to_string(path).unwrap();
    let file = values::yaml::parse_map(&text).unwrap();
    let shared = file["values"].as_map().unwrap();
    let values::Value::List(cases) = &file["cases"] else {
        panic!("no cases")
    };
    assert!(cases.len() >= 15);
    for case in cases {
        let case = case.as_map().unwrap();
        let template = case["template"].as_str().unwrap();
        let snippet = |field: &str| format!("{{{{ $c := {template} }}}}{{{{ $c.{field} }}}}");
        let want = STANDARD.decode(case["cert"].as_str().unwrap()).unwrap();
        let ours = pem(&render(&snippet("Cert"), shared, 1));
        let ((want, want_times), (got, times)) = (stable(&want), stable(&ours));
        assert_eq!(got, want, "{template}");
        // From the host's clock on, in as many digits.
        assert!(times.windows(13).any(|part| part == b"240506070809Z"));
        assert_eq!(times.len(), want_times.len(), "{template}");
        let key = render(&snippet("Key"), shared, 1);
        assert_eq!(key, case["key"].as_str().unwrap(), "{template}");
    }
}

#[test]
fn the_same_seed_gives_the_same_certificate() {
    let template = "{{ $ca := genCA \"ca\" 2 }}{{ $c := genSignedCert \"a\" nil nil 1 $ca }}\
                    {{ $ca.Cert }}{{ $c.Cert }}{{ $c.Key }}";
    let values = values::Map::default();
    let first = render(template, &values, 1);
    assert_eq!(first, render(template, &values, 1));
    assert_ne!(first, render(template, &values, 2));
}

#[test]
fn validity_is_in_days_from_now() {
    let template = "{{ $ca := genCAWithKey \"ca\" 2 (genPrivateKey \"ecdsa\") }}{{ $ca.Cert }}";
    let (_, times) = stable(&pem(&render(template, &values::Map::default(), 1)));
    assert_eq!(&times[2..15], b"240506070809Z");
    assert_eq!(&times[17..], b"240508070809Z");
}

#[test]
fn a_thousand_authorities_run_into_a_limit() {
    let files = [TemplateFile {
        name: "case".to_owned(),
        text: "{{ range until 1000 }}{{ genCA \"a\" 1 }}{{ end }}".into(),
    }];
    let program = Program::compile(&files).unwrap();
    let steps = Limits::default().steps / 100;
    let limits = Limits {
        steps,
        ..Limits::default()
    };
    let mut host = Host::new(Meter::new(limits), 1, NOW);
    let error = program.execute("case", &Value::map([]), &mut host);
    let error = error.unwrap_err().to_string();
    assert!(error.contains("(limit `steps`)"), "{error}");
}

/// What openssl says of certificates of each type of key, where there is one.
#[test]
fn signatures_hold() {
    use std::process::Command;
    if Command::new("openssl").arg("version").output().is_err() {
        return;
    }
    let text = include_str!("cases/certificates.yaml");
    let file = values::yaml::parse_map(text).unwrap();
    let shared = file["values"].as_map().unwrap();
    let folder = std::env::temp_dir().join(format!("certificates-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for kind in ["ed25519", "ecdsa", "p384", "p521", "rsa"] {
        let template = format!(
            "{{{{ $ca := genCAWithKey \"ca\" 9 .Values.keys.{kind} }}}}\
             {{{{ $c := genSignedCert \"a\" (list \"::1\") (list \"a.b\") 9 $ca }}}}\
             {{{{ $ca.Cert }}}}|{{{{ $c.Cert }}}}"
        );
        let made = render(&template, shared, 3);
        let (authority, cert) = made.split_once('|').unwrap();
        std::fs::write(folder.join("ca.pem"), authority).unwrap();
        std::fs::write(folder.join("cert.pem"), cert).unwrap();
        let time = (NOW / 1_000_000_000 + 60).to_string();
        let output = Command::new("openssl")
            .args([
                "verify",
                "-x509_strict",
                "-auth_level",
                "0",
                "-attime",
                &time,
            ])
            .args(["-CAfile", "ca.pem", "cert.pem"])
            .current_dir(&folder)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{kind}: {said}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
