//! The page's query string: its pairs, and the keys that are the page's own.

use serde::{Deserialize, Serialize};

/// What of the page's address is about looking, not about the composition: it stands in links
/// that work without WebAssembly and never reaches a download.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct View {
    /// The path of the card whose settings are open: `show=kafka`.
    pub(crate) show: Option<String>,
    /// The path of the field that was gone to: `field=kafka.replicas`.
    pub(crate) field: Option<String>,
    /// What is searched: `q=memory`.
    pub(crate) q: Option<String>,
    /// The open tab of the preview: `tab=notes`.
    pub(crate) tab: Option<String>,
    /// How much of the form is shown: `form=all`.
    pub(crate) form: Option<String>,
    /// What the manifests are compared with: `against=env`.
    pub(crate) against: Option<String>,
    /// What is looked for in the manifests: `filter=kafka`.
    pub(crate) filter: Option<String>,
    /// The environment on the left of a comparison: `left=dev`.
    pub(crate) left: Option<String>,
    /// The one on its right: `right=prod`.
    pub(crate) right: Option<String>,
    /// Whether a comparison leaves the user's changes out: `mine=false`.
    pub(crate) theirs: bool,
    /// Whether the totals of every environment are looked at: `totals=all`.
    pub(crate) totals: bool,
    /// Texts that a form without scripts could not take, by path or key: `draft=kafka.replicas=x`.
    #[serde(skip)]
    pub(crate) drafts: Vec<(String, String)>,
    /// Secrets that such a form could not take: `unkept=minio.auth.rootPassword`.
    #[serde(skip)]
    pub(crate) unkept: Vec<String>,
    /// What of it such a form carries on, beside the card that is open.
    pub(crate) carried: Vec<(String, String)>,
}

/// Splits a query into the page's own keys and the rest, which is the composition's.
#[cfg(any(feature = "ssr", test))]
#[must_use]
pub(crate) fn split_view(query: &str) -> (String, View) {
    let mut view = View::default();
    let mut rest = Vec::new();
    for part in query.split('&').filter(|part| !part.is_empty()) {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        if crate::wire::VIEW_KEYS.contains(&key) && !matches!(key, "show" | "field") {
            view.carried.push((key.to_owned(), decode(value)));
        }
        match key {
            "show" => view.show = Some(decode(value)),
            "field" => view.field = Some(decode(value)),
            "q" => view.q = Some(decode(value)),
            "tab" => view.tab = Some(decode(value)),
            "form" => view.form = Some(decode(value)),
            "against" => view.against = Some(decode(value)),
            "filter" => view.filter = Some(decode(value)),
            "left" => view.left = Some(decode(value)),
            "right" => view.right = Some(decode(value)),
            "mine" => view.theirs = value == "false",
            "totals" => view.totals = value == "all",
            "draft" => {
                let draft = decode(value);
                if let Some((key, text)) = draft.split_once('=') {
                    view.drafts.push((key.to_owned(), text.to_owned()));
                }
            }
            "unkept" => view.unkept.push(decode(value)),
            _ => rest.push(part),
        }
    }
    (rest.join("&"), view)
}

/// A query with one more pair.
#[must_use]
pub(crate) fn with_pair(query: &str, key: &str, value: &str) -> String {
    let glue = if query.is_empty() { "" } else { "&" };
    format!("{query}{glue}{key}={}", encode(value))
}

/// Percent-encodes all but what RFC 3986 calls unreserved, and the marks that stay readable.
#[must_use]
pub(crate) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~=,:/[]{}".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for nibble in [byte >> 4, byte & 15] {
                out.push(char::from(b"0123456789ABCDEF"[usize::from(nibble)]));
            }
        }
    }
    out
}

/// Undoes percent-encoding, `+` as a space included; broken escapes stay as they are.
#[must_use]
pub(crate) fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (escaped, bytes[at]) {
            (Some(byte), _) => {
                out.push(byte);
                at += 2;
            }
            (None, b'+') => out.push(b' '),
            (None, byte) => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_s_own_keys_are_taken_out() {
        let (rest, view) =
            split_view("env=prod&show=train.gru&set=a=1&tab=notes&form=all&field=a.b");
        assert_eq!(rest, "env=prod&set=a=1");
        assert_eq!(view.show.as_deref(), Some("train.gru"));
        assert_eq!(view.field.as_deref(), Some("a.b"));
        assert_eq!(view.tab.as_deref(), Some("notes"));
        assert_eq!(view.form.as_deref(), Some("all"));
    }

    #[test]
    fn encoding_is_undone_by_decoding() {
        for text in ["", "a b&c=d", "100%", "é+#", "x[0].y={a,b}"] {
            assert_eq!(decode(&encode(text)), text);
        }
        assert_eq!(decode("%zz%4"), "%zz%4");
    }
}
