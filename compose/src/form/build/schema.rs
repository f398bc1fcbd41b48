//! JSON Schema as far as a form needs it: references followed, `allOf` and `oneOf … null` folded
//! in, so that each place has one flat table of keywords.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::hints::Ui;

/// How many references and `allOf`s may lead from one place to the next.
const MAX_HOPS: usize = 16;

/// How many keywords and properties are looked at in all; a hostile schema names the same ones
/// without end.
const MAX_STEPS: usize = 500_000;

/// A schema document.
#[derive(Debug)]
pub(super) struct Schema<'s> {
    root: &'s Json,
    steps: Cell<usize>,
}

/// An `if` with what it leads to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Branch<'s> {
    pub(super) condition: &'s Json,
    pub(super) then: Option<&'s Json>,
    pub(super) otherwise: Option<&'s Json>,
}

/// What a schema says about one place.
#[derive(Debug, Clone, Default)]
pub(super) struct Flat<'s> {
    words: BTreeMap<&'s str, &'s Json>,
    /// In the order of the schema.
    properties: Vec<(&'s str, Vec<&'s Json>)>,
    /// Where each property stands in them.
    names: BTreeMap<&'s str, usize>,
    branches: Vec<Branch<'s>>,
    required: BTreeSet<&'s str>,
    types: Vec<&'s str>,
    /// Every `x-ui`, the nearest first.
    hints: Vec<&'s Json>,
    /// The references that were followed to get here.
    pub(super) refs: Vec<&'s str>,
    /// Whether one of several alternatives is null.
    null: bool,
    /// Whether a part forbids keys beside the properties.
    closed: bool,
}

impl<'s> Schema<'s> {
    pub(super) fn new(root: &'s Json) -> Self {
        Self {
            root,
            steps: Cell::new(MAX_STEPS),
        }
    }

    /// Everything that is said about a node, its own words over those it refers to.
    pub(super) fn flatten(&self, node: &'s Json) -> Flat<'s> {
        self.flatten_all(&[node])
    }

    /// Everything that several nodes say about one place, the first of them over the others.
    pub(super) fn flatten_all(&self, nodes: &[&'s Json]) -> Flat<'s> {
        let mut flat = Flat::default();
        for node in nodes {
            self.fold(node, &mut flat, MAX_HOPS);
        }
        self.fold_alternatives(&mut flat);
        flat
    }

    /// Adds what `node` says to what is already said, which holds.
    fn fold(&self, node: &'s Json, flat: &mut Flat<'s>, hops: usize) {
        let Json::Object(words) = node else { return };
        let cost = 1
            + words.len()
            + words
                .get("properties")
                .and_then(Json::as_object)
                .map_or(0, |p| p.len());
        if hops == 0 || self.steps.get() < cost {
            return;
        }
        self.steps.set(self.steps.get() - cost);
        for (word, value) in words {
            flat.add(word, value);
        }
        if let Some(condition) = words.get("if") {
            flat.branches.push(Branch {
                condition,
                then: words.get("then"),
                otherwise: words.get("else"),
            });
        }
        if let Some(Json::String(reference)) = words.get("$ref")
            && !flat.refs.contains(&reference.as_str())
        {
            flat.refs.push(reference);
            if let Some(target) = self.find(reference) {
                self.fold(target, flat, hops - 1);
            }
        }
        if let Some(Json::Array(all)) = words.get("allOf") {
            for part in all.iter().take(20) {
                self.fold(part, flat, hops - 1);
            }
        }
    }

    /// Folds `oneOf`/`anyOf` in where that says what a person enters: one shape or null, or
    /// several types.
    fn fold_alternatives(&self, flat: &mut Flat<'s>) {
        for word in ["oneOf", "anyOf"] {
            let Some(Json::Array(all)) = flat.words.get(word) else {
                continue;
            };
            let parts: Vec<Flat<'s>> = all
                .iter()
                .take(50)
                .map(|part| {
                    let mut flat = Flat::default();
                    self.fold(part, &mut flat, MAX_HOPS / 2);
                    flat
                })
                .collect();
            let (nulls, others): (Vec<_>, Vec<_>) =
                parts.into_iter().partition(|part| part.types == ["null"]);
            flat.null |= !nulls.is_empty();
            match <[_; 1]>::try_from(others) {
                Ok([one]) => flat.absorb(one),
                Err(others) if flat.types.is_empty() && flat.properties.is_empty() => {
                    if others.iter().all(|part| !part.types.is_empty()) {
                        let types: BTreeSet<&str> = others
                            .iter()
                            .flat_map(|part| part.types.iter().copied())
                            .collect();
                        flat.types = types.into_iter().collect();
                    }
                }
                Err(_) => {}
            }
        }
    }

    /// The node that a reference within the document points to.
    fn find(&self, reference: &str) -> Option<&'s Json> {
        let pointer = reference.strip_prefix('#')?;
        let pointer = pointer
            .replace("%24", "$")
            .replace("%7B", "{")
            .replace("%7D", "}");
        self.root.pointer(&pointer)
    }
}

impl<'s> Flat<'s> {
    /// Adds one keyword to what is already said: tables of keywords join, all else stands.
    fn add(&mut self, word: &'s str, value: &'s Json) {
        match (word, value) {
            ("properties", Json::Object(all)) => {
                for (key, node) in all {
                    self.property(key, &[node]);
                }
            }
            ("required", Json::Array(all)) => {
                self.required.extend(all.iter().filter_map(Json::as_str));
            }
            ("type", _) if !self.types.is_empty() => {}
            ("type", Json::String(one)) => self.types.push(one),
            ("type", Json::Array(all)) => self.types.extend(all.iter().filter_map(Json::as_str)),
            ("x-ui", hints) => self.hints.push(hints),
            ("additionalProperties" | "unevaluatedProperties", Json::Bool(false)) => {
                self.closed = true;
            }
            (word, value) => {
                self.words.entry(word).or_insert(value);
            }
        }
    }

    /// Adds what is said about a key.
    fn property(&mut self, key: &'s str, nodes: &[&'s Json]) {
        if let Some(at) = self.names.get(key).copied() {
            if let Some((_, all)) = self.properties.get_mut(at) {
                all.extend(nodes);
            }
        } else {
            self.names.insert(key, self.properties.len());
            self.properties.push((key, nodes.to_vec()));
        }
    }

    /// The `if`s, with what they lead to.
    pub(super) fn branches(&self) -> &[Branch<'s>] {
        &self.branches
    }

    /// Adds what another says.
    fn absorb(&mut self, other: Self) {
        for (word, value) in other.words {
            self.words.entry(word).or_insert(value);
        }
        for (key, nodes) in other.properties {
            self.property(key, &nodes);
        }
        self.branches.extend(other.branches);
        self.required.extend(other.required);
        if self.types.is_empty() {
            self.types = other.types;
        }
        self.hints.extend(other.hints);
        self.refs.extend(other.refs);
        self.closed |= other.closed;
    }

    pub(super) fn word(&self, word: &str) -> Option<&'s Json> {
        self.words.get(word).copied()
    }

    pub(super) fn text(&self, word: &str) -> Option<&'s str> {
        self.word(word).and_then(Json::as_str)
    }

    pub(super) fn number(&self, word: &str) -> Option<f64> {
        self.word(word).and_then(Json::as_f64)
    }

    pub(super) fn count(&self, word: &str) -> Option<usize> {
        self.word(word)
            .and_then(Json::as_u64)
            .and_then(|n| usize::try_from(n).ok())
    }

    pub(super) fn flag(&self, word: &str) -> bool {
        self.word(word) == Some(&Json::Bool(true))
    }

    /// The types that are admitted, null aside; none when the schema does not say.
    pub(super) fn types(&self) -> Vec<&'s str> {
        self.types
            .iter()
            .copied()
            .filter(|name| *name != "null")
            .collect()
    }

    pub(super) fn is_nullable(&self) -> bool {
        let lists_null = |word: &Json| word.as_array().is_some_and(|all| all.contains(&Json::Null));
        self.null || self.types.contains(&"null") || self.word("enum").is_some_and(lists_null)
    }

    /// In the order of the schema.
    pub(super) fn properties(&self) -> &[(&'s str, Vec<&'s Json>)] {
        &self.properties
    }

    pub(super) const fn required(&self) -> &BTreeSet<&'s str> {
        &self.required
    }

    /// Whether keys beside `properties` are admitted.
    pub(super) const fn is_open(&self) -> bool {
        !self.closed
    }

    /// What is said about keys beside `properties`.
    pub(super) fn additional(&self) -> Option<&'s Json> {
        let patterns = || {
            let patterns = self.word("patternProperties")?.as_object()?;
            (patterns.len() == 1).then(|| patterns.values().next())?
        };
        let says = |node: &&Json| node.as_object().is_some_and(|words| !words.is_empty());
        self.word("additionalProperties")
            .filter(says)
            .or_else(patterns)
    }

    /// One word of the nearest `x-ui` that has it.
    pub(super) fn hint(&self, word: &str) -> Option<&'s Json> {
        self.hints.iter().find_map(|hints| hints.get(word))
    }

    /// The paths that the root names as those that nearly every installation sets.
    pub(super) fn essential(&self) -> Vec<values::ValuesPath> {
        let all = self.hint("essential").and_then(Json::as_array);
        all.into_iter()
            .flatten()
            .take(50)
            .filter_map(|path| path.as_str()?.parse().ok())
            .collect()
    }

    /// The hints for the form.
    pub(super) fn ui(&self) -> Ui<'s> {
        Ui::new(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat<'s>(root: &'s Json, at: &str) -> Flat<'s> {
        Schema::new(root).flatten(root.pointer(at).unwrap())
    }

    #[test]
    fn words_beside_a_reference_hold() {
        let root = serde_json::json!({
            "$defs": {"size": {"type": "string", "title": "Size", "x-ui": {"order": 1, "short": true}}},
            "properties": {"a": {"$ref": "#/$defs/size", "title": "Mine", "x-ui": {"order": 2}}}
        });
        let flat = flat(&root, "/properties/a");
        assert_eq!(flat.text("title"), Some("Mine"));
        assert_eq!(flat.types(), ["string"]);
        assert_eq!(flat.ui().order, Some(2));
        assert!(flat.ui().short);
        assert_eq!(flat.refs, ["#/$defs/size"]);
    }

    #[test]
    fn references_that_run_in_circles_end() {
        let root = serde_json::json!({
            "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a", "type": "string"},
                "wide": {"allOf": [{"$ref": "#/$defs/wide"}, {"$ref": "#/$defs/wide"}]}},
        });
        assert_eq!(flat(&root, "/$defs/a").types(), ["string"]);
        assert!(flat(&root, "/$defs/wide").types().is_empty());
    }

    #[test]
    fn null_among_alternatives_makes_nullable() {
        let root =
            serde_json::json!({"oneOf": [{"type": "integer", "minimum": 1}, {"type": "null"}]});
        let flat = flat(&root, "");
        assert!(flat.is_nullable());
        assert_eq!(flat.number("minimum"), Some(1.0));
        assert_eq!(flat.types(), ["integer"]);
    }

    #[test]
    fn several_types_add_up() {
        let root = serde_json::json!({"anyOf": [{"type": "integer"}, {"type": "string"}]});
        assert_eq!(flat(&root, "").types(), ["integer", "string"]);
    }
}
