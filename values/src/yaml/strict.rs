//! What go-yaml's strict mode says beyond the ordinary one: keys that a table has twice.

use super::decode::decode;
use super::tree::{Content, Document, MAX_DEPTH, NodeId};
use super::{YamlError, checked};
use crate::go::quote;

/// Refuses a text that `sigs.k8s.io/yaml.UnmarshalStrict` refuses before it looks at the target:
/// one that cannot be read, or that sets a key twice.
///
/// # Errors
/// With Go's text.
pub fn check_strictly(text: &str) -> Result<(), YamlError> {
    let document = Document::compose(text, MAX_DEPTH)?;
    decode(&document, MAX_DEPTH)?;
    let mut found = Vec::new();
    if !document.nodes.is_empty() {
        collect(&document, 0, &mut found);
    }
    if found.is_empty() {
        return Ok(());
    }
    Err(YamlError {
        message: format!(
            "error converting YAML to JSON: yaml: unmarshal errors:\n  {}",
            found.join("\n  ")
        ),
        line: None,
        column: None,
    })
}

/// In the order in which go-yaml fills the tables: what is in a value, then the value's key.
/// Composing has bounded the depth.
fn collect(document: &Document, id: NodeId, found: &mut Vec<String>) {
    match &document.nodes[id].content {
        Content::Sequence(items) => {
            for &item in items {
                collect(document, item, found);
            }
        }
        Content::Mapping(children) => {
            let mut seen = std::collections::HashSet::new();
            for pair in children.chunks_exact(2) {
                collect(document, pair[1], found);
                let key = &document.nodes[pair[0]];
                if super::scalar::is_merge(key) {
                    continue;
                }
                let Ok(key) = checked::key(document, key) else {
                    continue;
                };
                let line = document.nodes[pair[1]].start.line + 1;
                let name = quote(&key);
                if !seen.insert(key) {
                    found.push(format!("line {line}: key {name} already set in map"));
                }
            }
        }
        Content::Scalar { .. } | Content::Alias { .. } => {}
    }
}

#[cfg(test)]
mod tests {
    use super::check_strictly;

    /// Recorded from sigs.k8s.io/yaml as Helm 4.3.1 links it.
    #[test]
    fn keys_set_twice_are_told() {
        assert!(check_strictly("a: 1\nb: {a: 1}\n").is_ok());
        assert!(check_strictly("").is_ok());
        assert_eq!(
            check_strictly("a: 1\na: 2\n").unwrap_err().message,
            "error converting YAML to JSON: yaml: unmarshal errors:\n  line 2: key \"a\" already set in map"
        );
    }
}
