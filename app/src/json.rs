//! JSON between the page and its server, read in the browser with little code.
//!
//! `serde_json` compiles its parser anew into every type that it reads, a sixth of the page's
//! wasm. Here the text becomes a [`tree::Tree`] once, and the types read themselves from the tree.
//! What does not fit is an error without words: both ends are built together.

mod read;
mod tree;

use leptos::server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType, codec::Post};
use serde::{Serialize, de::DeserializeOwned};

/// Input and output of the page's server functions.
pub(crate) type Json = Post<JsonText>;

/// JSON as this module reads and writes it.
#[derive(Debug)]
pub struct JsonText;

/// The text is not what the type expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the server's answer cannot be read: reload the page")]
pub struct Unreadable;

impl ContentType for JsonText {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for JsonText {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for JsonText {
    type Error = Unreadable;

    fn encode(value: &T) -> Result<Bytes, Unreadable> {
        serde_json::to_vec(value)
            .map(Bytes::from)
            .map_err(|_| Unreadable)
    }
}

// The server tells a program that asks it what is wrong, as its API does.
#[cfg(feature = "ssr")]
impl<T: DeserializeOwned> Decodes<T> for JsonText {
    type Error = serde_json::Error;

    fn decode(bytes: Bytes) -> Result<T, serde_json::Error> {
        serde_json::from_slice(&bytes)
    }
}

#[cfg(not(feature = "ssr"))]
impl<T: DeserializeOwned> Decodes<T> for JsonText {
    type Error = Unreadable;

    fn decode(bytes: Bytes) -> Result<T, Unreadable> {
        from_str(std::str::from_utf8(&bytes).map_err(|_| Unreadable)?)
    }
}

/// Reads a value from its JSON.
///
/// # Errors
/// When the text is not JSON, or not that of such a value.
pub(crate) fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, Unreadable> {
    T::deserialize(read::read(text).ok_or(Unreadable)?)
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};
    use values::Value;

    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct All {
        text: String,
        flag: bool,
        count: u64,
        small: u8,
        ratio: f64,
        maybe: Option<String>,
        none: Option<u8>,
        list: Vec<(String, i64)>,
        values: Value,
        choices: Vec<Choice>,
        #[serde(default)]
        left_out: String,
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    enum Choice {
        Plain,
        Wrapped(String),
        Full { size: f64 },
        Pair(u8, u8),
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(tag = "kind")]
    enum Tagged {
        Number { least: Option<f64> },
        Nothing,
    }

    fn all() -> All {
        All {
            text: "\"quoted\" \\ \u{8}\t\n ü \u{1F600} </script>".to_owned(),
            flag: true,
            count: 1 << 40,
            small: 255,
            ratio: 2.0,
            maybe: Some(String::new()),
            none: None,
            list: vec![("a".to_owned(), -1), ("b".to_owned(), i64::MIN)],
            values: serde_json::from_str(r#"{"a":[1,1.0,0.1,-2e-7,null,{}],"b":"x"}"#).unwrap(),
            choices: vec![
                Choice::Plain,
                Choice::Wrapped("w".to_owned()),
                Choice::Full { size: 0.5 },
                Choice::Pair(1, 2),
            ],
            left_out: String::new(),
        }
    }

    #[test]
    fn what_serde_json_writes_comes_back() {
        for text in [
            serde_json::to_string(&all()).unwrap(),
            serde_json::to_string_pretty(&all()).unwrap(),
            serde_json::to_string(&all())
                .unwrap()
                .replace('<', "\\u003c"),
        ] {
            assert_eq!(from_str::<All>(&text), Ok(all()));
        }
        for tagged in [Tagged::Number { least: Some(1.0) }, Tagged::Nothing] {
            let text = serde_json::to_string(&tagged).unwrap();
            assert_eq!(from_str::<Tagged>(&text), Ok(tagged));
        }
    }

    #[test]
    fn pairs_of_surrogates_are_one_character() {
        assert_eq!(
            from_str::<String>(r#""\ud83d\ude00\u00fc\/""#).as_deref(),
            Ok("\u{1F600}ü/")
        );
        assert!(from_str::<String>(r#""\ud83d""#).is_err());
    }

    #[test]
    fn depth_has_an_end() {
        let nested = |depth: usize| ["[".repeat(depth), "]".repeat(depth)].concat();
        assert!(from_str::<Value>(&nested(128)).is_ok());
        assert!(from_str::<Value>(&nested(129)).is_err());
        assert!(from_str::<Value>(&"[".repeat(1_000_000)).is_err());
        let wide = ["[", &"[],".repeat(1000), "[]]"].concat();
        assert!(from_str::<Value>(&wide).is_ok());
    }

    #[test]
    fn whatever_does_not_fit_is_an_error() {
        for text in [
            "",
            "{",
            "[1",
            "[1,]",
            "nul",
            "\"a",
            "\"\\x\"",
            "{\"a\"}",
            "1 2",
            "-",
            "{\"text\":1}",
        ] {
            assert!(from_str::<All>(text).is_err(), "{text}");
            assert!(
                from_str::<Value>(text).is_err() || text.contains("text"),
                "{text}"
            );
        }
        assert!(from_str::<u8>("256").is_err());
        assert!(from_str::<Choice>("\"Other\"").is_err());
    }
}
