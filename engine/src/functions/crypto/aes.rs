//! `encryptAES` and `decryptAES`: AES-256 in CBC with PKCS #7 padding, the initialisation vector in
//! front, in base64. The key is the password itself, cut off or filled with zeros at 32 bytes.

use aes::Aes256;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use cbc::cipher::{BlockModeDecrypt as _, BlockModeEncrypt as _, KeyIvInit as _};

use super::random;
use crate::{
    functions::{CallError, Family, Function, Host, encoding},
    value::Str,
};

const BLOCK: usize = 16;

pub(super) fn register(table: &mut Vec<Function>) {
    let family = Family::Crypto;
    table.extend([
        Function::new(
            family,
            "encryptAES",
            "Text encrypted with a password",
            encrypt,
        ),
        Function::new(
            family,
            "decryptAES",
            "Text decrypted with a password",
            decrypt,
        ),
    ]);
}

fn key(password: &Str) -> [u8; 32] {
    let mut key = [0; 32];
    for (to, from) in key.iter_mut().zip(password.as_bytes()) {
        *to = *from;
    }
    key
}

/// Nothing is encrypted to nothing.
fn encrypt(host: &mut Host, password: Str, text: Str) -> Result<String, CallError> {
    if text.is_empty() {
        return Ok(String::new());
    }
    host.meter.value((text.len() + 2 * BLOCK) / 3 * 4 + 4)?;
    let iv: [u8; BLOCK] = random::bytes(host);
    let padding = BLOCK - text.len() % BLOCK;
    let mut data = text.as_bytes().to_vec();
    data.resize(
        text.len() + padding,
        u8::try_from(padding).unwrap_or_default(),
    );
    let mut cipher = cbc::Encryptor::<Aes256>::new(&key(&password).into(), &iv.into());
    let mut out = iv.to_vec();
    for block in data.chunks_exact(BLOCK) {
        let mut block: [u8; BLOCK] = block.try_into().unwrap_or_default();
        cipher.encrypt_block((&mut block).into());
        out.extend_from_slice(&block);
    }
    Ok(STANDARD.encode(out))
}

/// Go's code looks at no length and no padding: what does not fit is a panic of its runtime, which
/// text/template makes an error.
///
/// # Errors
/// A text that is not base64, or not the length of whole blocks, or whose last byte (the wrong
/// password's, usually) is more than there is.
fn decrypt(host: &mut Host, password: Str, text: Str) -> Result<Str, CallError> {
    if text.is_empty() {
        return Ok(Str::default());
    }
    host.meter.value(text.len())?;
    let data = encoding::base64_bytes(text.as_bytes())?;
    let out_of_range =
        |range: &str| CallError(format!("runtime error: slice bounds out of range {range}"));
    let capacity = text.len() / 4 * 3;
    if capacity < BLOCK {
        return Err(out_of_range(&format!("[:16] with capacity {capacity}")));
    }
    let Some((iv, data)) = data.split_first_chunk::<BLOCK>() else {
        return Err(out_of_range(&format!("[16:{}]", data.len())));
    };
    if data.len() % BLOCK != 0 {
        return Err("crypto/cipher: input not full blocks".into());
    }
    let mut cipher = cbc::Decryptor::<Aes256>::new(&key(&password).into(), iv.into());
    let mut out = Vec::with_capacity(data.len());
    for block in data.chunks_exact(BLOCK) {
        let mut block: [u8; BLOCK] = block.try_into().unwrap_or_default();
        cipher.decrypt_block((&mut block).into());
        out.extend_from_slice(&block);
    }
    let Some(&padding) = out.last() else {
        return Err("runtime error: index out of range [-1]".into());
    };
    let Some(length) = out.len().checked_sub(usize::from(padding)) else {
        let length = out.len().cast_signed() - isize::from(padding);
        return Err(out_of_range(&format!("[:{length}]")));
    };
    out.truncate(length);
    Ok(out.into())
}
