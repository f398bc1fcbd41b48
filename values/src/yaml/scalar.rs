//! Scalars with their tags, as go-yaml v2.4.4 (decode.go, resolve.go) decodes them into Go's `any`.

use super::base64;
use super::error::Failure;
use super::raw::Raw;
use super::resolve::{Resolved, resolve};
use super::tree::{Content, Node};

const YAML_TAG: &str = "tag:yaml.org,2002:";

/// What a scalar is.
pub(super) fn scalar(node: &Node, value: &str, implicit: bool) -> Result<Raw, Failure> {
    let text = || Raw::Text(value.to_owned());
    if node.tag.is_empty() {
        return Ok(if implicit {
            raw(resolve(value, true), value)
        } else {
            text()
        });
    }
    let short = match node.tag.strip_prefix(YAML_TAG) {
        Some(short @ ("str" | "bool" | "int" | "float" | "null" | "timestamp")) => short,
        Some("binary") => return binary(node, value),
        _ => return Ok(text()),
    };
    if short == "str" {
        return Ok(text());
    }
    let resolved = resolve(value, short == "timestamp");
    match (short, &resolved) {
        #[expect(clippy::cast_precision_loss, reason = "as Go converts")]
        ("float", Resolved::Int(integer)) => Ok(Raw::Float(*integer as f64)),
        _ if resolved.tag().strip_prefix("!!") == Some(short) => Ok(raw(resolved, value)),
        _ => {
            let tag = resolved.tag();
            let problem = format!("cannot decode {tag} `{value}` as a !!{short}");
            Err(Failure::decoder(problem, node.start))
        }
    }
}

fn raw(resolved: Resolved, value: &str) -> Raw {
    match resolved {
        Resolved::Null => Raw::Null,
        Resolved::Bool(flag) => Raw::Bool(flag),
        Resolved::Int(integer) => Raw::Int(integer),
        Resolved::Uint(integer) => Raw::Uint(integer),
        Resolved::Float(float) => Raw::Float(float),
        Resolved::Timestamp | Resolved::Text => Raw::Text(value.to_owned()),
    }
}

fn binary(node: &Node, value: &str) -> Result<Raw, Failure> {
    match base64::decode(value) {
        // Go's JSON turns what is no UTF-8 into replacement characters.
        Some(bytes) => Ok(Raw::Text(base64::to_text(&bytes))),
        None => {
            let problem = "!!binary value contains invalid base64 data".to_owned();
            Err(Failure::decoder(problem, node.start))
        }
    }
}

/// Whether the key is `<<`.
pub(super) fn is_merge(node: &Node) -> bool {
    match &node.content {
        Content::Scalar {
            value, implicit, ..
        } => value == "<<" && (*implicit || node.tag.strip_prefix(YAML_TAG) == Some("merge")),
        _ => false,
    }
}
