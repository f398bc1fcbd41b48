//! Queries of links.

use compose::{
    form::SecretPaths,
    link::{MAX_OVERRIDES, MAX_URL, decode, encode},
};

use super::{Target, kind};

pub(crate) struct Link;

impl Target for Link {
    fn name(&self) -> &'static str {
        "link"
    }

    fn words(&self) -> &'static [&'static str] {
        &[
            "&",
            "=",
            "%",
            "%2C",
            "%00",
            "%ff",
            "%E2%82%AC",
            "+",
            "env=",
            "release=",
            "namespace=",
            "kube=1.33",
            "kube=",
            "api-versions=",
            "api=apps/v1",
            "upgrade=true",
            "set=",
            "set=a.b=1",
            "set-string=",
            "set-json=",
            "set-json=a={\"b\":[1]}",
            "set=a[0]=x",
            "set=a[65536]=1",
            "z=",
            "preset=",
            "full=true",
            "show=",
            "chart=",
            "[",
            "]",
            "{",
            "}",
            ",",
            ".",
            "\\",
            "é",
            "password=x",
            "null",
        ]
    }

    fn feed(&self, input: &[u8]) -> Result<String, String> {
        let query = String::from_utf8_lossy(input);
        let decoded = decode(&query);
        let mut outcome = String::new();
        for problem in decoded.problems.iter().take(4) {
            outcome.push_str(&kind(&problem.message));
        }
        let again = match encode(&decoded.composition, &SecretPaths::default()) {
            Ok(again) => again,
            Err(error) => {
                // What came out of a link fits into one again, unless its paths are its length.
                let size = query.len();
                return if size < MAX_OVERRIDES / 16 {
                    Err(format!("{size} bytes of query do not go back: {error}"))
                } else {
                    Ok(kind(&error.to_string()))
                };
            }
        };
        if again.text.len() > MAX_URL || !again.text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(format!("{:?} is no link", again.text));
        }
        let back = decode(&again.text);
        if again.left_out.is_empty() && back.composition != decoded.composition {
            return Err(format!(
                "{:?} is {:?}, which is {:?}",
                decoded.composition, again.text, back.composition
            ));
        }
        outcome.push_str(&kind(&again.text));
        Ok(outcome)
    }
}
