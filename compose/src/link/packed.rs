//! Overrides packed into `z`: JSON, deflated, in base64url.

use std::io::{Read as _, Write as _};

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use values::{Map, Value};

use super::MAX_OVERRIDES;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The overrides as the JSON that is packed. Integers and floats stay apart: `3` and `3.0`.
pub(super) fn to_json(overrides: &Map) -> String {
    serde_json::to_string(overrides).unwrap_or_default()
}

/// Packs JSON into a word of letters, digits, `-` and `_`.
pub(super) fn pack(json: &str) -> String {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    // Writing to memory does not fail; if it did, an empty `z` would say so to its reader.
    let _ = encoder.write_all(json.as_bytes());
    BASE64.encode(encoder.finish().unwrap_or_default())
}

/// Unpacks what [`pack`] made.
pub(super) fn unpack(word: &str) -> Result<Map, String> {
    let damaged = "is damaged; copy the whole link again";
    let bytes = BASE64.decode(word.trim()).map_err(|_| damaged.to_owned())?;
    let mut json = Vec::new();
    let limit = MAX_OVERRIDES as u64 + 1;
    DeflateDecoder::new(bytes.as_slice())
        .take(limit)
        .read_to_end(&mut json)
        .map_err(|_| damaged.to_owned())?;
    if json.len() > MAX_OVERRIDES {
        return Err(format!(
            "unpacks to more than the {MAX_OVERRIDES} bytes that a link carries"
        ));
    }
    match serde_json::from_slice::<Value>(&json) {
        Ok(Value::Map(map)) => Ok(map),
        Ok(_) => Err("holds no table of values".to_owned()),
        Err(_) => Err(damaged.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back() {
        let map = Map::from([
            ("a".to_owned(), Value::Int(3)),
            ("b".to_owned(), Value::Float(3.0)),
            ("c".to_owned(), Value::List(vec![Value::Null, "x".into()])),
        ]);
        assert_eq!(unpack(&pack(&to_json(&map))), Ok(map));
    }

    #[test]
    fn bombs_and_damage_are_refused() {
        let bomb = pack(&format!("{{\"a\":\"{}\"}}", "x".repeat(10_000_000)));
        assert!(bomb.len() < 20_000);
        assert!(unpack(&bomb).unwrap_err().contains("65536"));
        for word in [
            "",
            "%%%",
            "AAAA",
            "abc!",
            &pack("[]"),
            &pack("{"),
            &pack(&"[".repeat(9000)),
        ] {
            assert!(unpack(word).is_err(), "{word}");
        }
    }
}
