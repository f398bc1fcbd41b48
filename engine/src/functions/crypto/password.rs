//! Password hashes: `bcrypt`, `htpasswd`; and the Master Password algorithm, `derivePassword`.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::random;
use crate::{
    functions::{CallError, Family, Function, Host},
    value::Str,
};

/// How long a bcrypt hash takes, in the meter's steps.
const BCRYPT_STEPS: usize = 600_000;
/// How long the key of `derivePassword` takes.
const SCRYPT_STEPS: usize = 2_000_000;
/// golang.org/x/crypto's `bcrypt.DefaultCost`.
const BCRYPT_COST: u32 = 10;

pub(super) fn register(table: &mut Vec<Function>) {
    let family = Family::Crypto;
    table.extend([
        Function::new(family, "bcrypt", "A password's bcrypt hash", bcrypt),
        Function::new(family, "htpasswd", "A line of an htpasswd file", htpasswd),
        Function::new(
            family,
            "derivePassword",
            "A password derived from a master password",
            derive_password,
        ),
    ]);
}

/// A bcrypt hash of cost 10, in Go's form `$2a$`. What went wrong is the text, not an error.
fn bcrypt(host: &mut Host, password: Str) -> Result<Str, CallError> {
    const FAILED: &str = "failed to encrypt string with bcrypt: ";
    if password.len() > 72 {
        let reason = "bcrypt: password length exceeds 72 bytes";
        return Ok(format!("{FAILED}{reason}").into());
    }
    host.meter.work(BCRYPT_STEPS)?;
    let salt = random::bytes(host);
    Ok(
        match ::bcrypt::hash_with_salt(password.as_bytes(), BCRYPT_COST, salt) {
            Ok(hash) => hash.format_for_version(::bcrypt::Version::TwoA).into(),
            Err(error) => format!("{FAILED}{error}").into(),
        },
    )
}

fn htpasswd(host: &mut Host, user: Str, password: Str) -> Result<Str, CallError> {
    if user.as_bytes().contains(&b':') {
        return Ok([b"invalid username: ", user.as_bytes()].concat().into());
    }
    let hash = bcrypt(host, password)?;
    Ok([user.as_bytes(), b":", hash.as_bytes()].concat().into())
}

/// The shapes of a type of password; each letter stands for a set of [`characters`].
fn shapes(kind: &[u8]) -> Option<&'static [&'static str]> {
    Some(match kind {
        b"maximum" => &["anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"],
        b"long" => &[
            "CvcvnoCvcvCvcv",
            "CvcvCvcvnoCvcv",
            "CvcvCvcvCvcvno",
            "CvccnoCvcvCvcv",
            "CvccCvcvnoCvcv",
            "CvccCvcvCvcvno",
            "CvcvnoCvccCvcv",
            "CvcvCvccnoCvcv",
            "CvcvCvccCvcvno",
            "CvcvnoCvcvCvcc",
            "CvcvCvcvnoCvcc",
            "CvcvCvcvCvccno",
            "CvccnoCvccCvcv",
            "CvccCvccnoCvcv",
            "CvccCvccCvcvno",
            "CvcvnoCvccCvcc",
            "CvcvCvccnoCvcc",
            "CvcvCvccCvccno",
            "CvccnoCvcvCvcc",
            "CvccCvcvnoCvcc",
            "CvccCvcvCvccno",
        ],
        b"medium" => &["CvcnoCvc", "CvcCvcno"],
        b"short" => &["Cvcn"],
        b"basic" => &["aaanaaan", "aannaaan", "aaannaaa"],
        b"pin" => &["nnnn"],
        _ => return None,
    })
}

/// The characters that a letter of a shape stands for.
fn characters(letter: u8) -> &'static [u8] {
    match letter {
        b'C' => b"BCDFGHJKLMNPQRSTVWXYZ",
        b'v' => b"aeiou",
        b'c' => b"bcdfghjklmnpqrstvwxyz",
        b'a' => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz",
        b'n' => b"0123456789",
        b'o' => b"@&%?,=[]_:-+*$#!'^~;()/.",
        _ => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()",
    }
}

/// The password of a site, the same one for the same arguments. An unknown type is told in the
/// text.
fn derive_password(
    host: &mut Host,
    counter: u32,
    kind: Str,
    password: Str,
    user: Str,
    site: Str,
) -> Result<Str, CallError> {
    const NAMESPACE: &[u8] = b"com.lyndir.masterpassword";
    let Some(shapes) = shapes(kind.as_bytes()) else {
        let text = [b"cannot find password template ", kind.as_bytes()].concat();
        return Ok(text.into());
    };
    host.meter.work(SCRYPT_STEPS)?;
    let length = |text: &Str| u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes();
    let salt = [NAMESPACE, &length(&user), user.as_bytes()].concat();
    let mut key = [0; 64];
    let failed = |error: &dyn std::fmt::Display| CallError(error.to_string());
    let params = scrypt::Params::new(15, 8, 2).map_err(|error| failed(&error))?;
    scrypt::scrypt(password.as_bytes(), &salt, &params, &mut key)
        .map_err(|error| failed(&error))?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|error| failed(&error))?;
    for part in [
        NAMESPACE,
        &length(&site),
        site.as_bytes(),
        &counter.to_be_bytes(),
    ] {
        mac.update(part);
    }
    let seed = mac.finalize().into_bytes();
    let shape = shapes[usize::from(seed[0]) % shapes.len()];
    let derived: Vec<u8> = shape
        .bytes()
        .zip(&seed[1..])
        .map(|(letter, byte)| {
            let set = characters(letter);
            set[usize::from(*byte) % set.len()]
        })
        .collect();
    Ok(derived.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::{Limits, Meter};

    #[test]
    fn a_hash_is_of_its_password_and_of_the_seed() {
        let hash = |seed| {
            let mut host = Host::new(Meter::new(Limits::default()), seed, 0);
            bcrypt(&mut host, "secret".into())
                .unwrap()
                .to_string_lossy()
                .into_owned()
        };
        assert!(::bcrypt::verify("secret", &hash(1)).unwrap());
        assert!(!::bcrypt::verify("other", &hash(1)).unwrap());
        assert_eq!(hash(1), hash(1));
        assert_ne!(hash(1), hash(2));
    }
}
