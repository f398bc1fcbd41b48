//! What is admitted here must be admitted by boon.

#![allow(clippy::unwrap_used, reason = "a test says what went wrong by failing")]

use serde_json::{Value as Json, json};
use values::Value;

use super::super::Compiled;
use super::Quick;

fn read(schema: &Json) -> Option<Quick> {
    Quick::new(schema.to_string().as_bytes())
}

/// Whether the quick check admits; whether it gives an answer at all comes first.
fn quickly(schema: &Json, values: &Json) -> Option<bool> {
    let quick = read(schema)?;
    let tree = Value::from(values.clone());
    let admits = quick.admits(tree.as_map().unwrap());
    let compiled = Compiled::new(schema.to_string().as_bytes()).unwrap();
    let valid = compiled.schemas.validate(values, compiled.index).is_ok();
    assert_eq!(admits, valid, "{schema} on {values}");
    Some(admits)
}

#[test]
fn agrees_with_boon() {
    let schemas = [
        json!({"properties": {"a": {"type": "integer", "minimum": 1, "exclusiveMaximum": 5}}}),
        json!({"properties": {"a": {"type": ["string", "null"], "minLength": 2, "maxLength": 3}}}),
        json!({"properties": {"a": {"pattern": "^[a-z]+\\.\\d$"}}}),
        json!({"properties": {"a": {"pattern": "^[^\\s,:]+(x|y)?$"}}}),
        json!({"properties": {"a": {"pattern": "^[\\w-.]+$"}}}),
        json!({"properties": {"a": {"pattern": "^\\S{1,3}$"}}}),
        json!({"properties": {"a": {"pattern": "{{[[a]|^x|\\.1}*$"}}}),
        json!({"patternProperties": {"^\\w[^-\\w]?$": {"type": "string"}}}),
        json!({"properties": {"a": {"pattern": "\\b-|\\Bb"}}}),
        json!({"properties": {"a": {"enum": [1, "x", null, [1], {"b": 2}]}}}),
        json!({"properties": {"a": {"const": 1.5}}}),
        json!({"required": ["a"], "additionalProperties": false, "properties": {"a": true}}),
        json!({"patternProperties": {"^a": {"type": "string"}}, "additionalProperties": {"type": "number"}}),
        json!({"properties": {"a": {"items": {"$ref": "#/$defs/n"}, "minItems": 1, "uniqueItems": true}},
            "$defs": {"n": {"type": "number"}}}),
        json!({"if": {"properties": {"a": {"const": 1}}}, "then": {"required": ["b"]}, "else": {"maxProperties": 1}}),
        json!({"properties": {"a": {"oneOf": [{"type": "integer"}, {"minimum": 3}]}}}),
        json!({"properties": {"a": {"anyOf": [{"type": "string"}, {"not": {"type": "integer"}}]}}}),
        json!({"allOf": [{"properties": {"a": {"$ref": "#"}}}, {"type": "object"}]}),
        json!({"$schema": "http://json-schema.org/draft-07/schema#",
            "properties": {"a": {"$ref": "#/definitions/s", "type": "integer"}},
            "definitions": {"s": {"type": "string"}}}),
        json!({"$schema": "http://json-schema.org/schema#", "$id": "https://example.com/a.json",
            "properties": {"a": {"$ref": "#/$defs/s", "maxLength": 1}},
            "$defs": {"s": {"type": "string"}}}),
        json!({"$schema": "https://json-schema.org/schema",
            "properties": {"a": {"$ref": "#/$defs/own/s"}},
            "$defs": {"own": {"s": {"items": {"$ref": "#/$defs/own/n"}}, "n": {"type": "string"}}}}),
        json!({"$schema": "http://json-schema.org/draft/2020-12/schema",
            "properties": {"a": {"$ref": "#/own/deep"}}, "own": {"deep": {"$ref": "#/own/deeper"},
            "deeper": {"type": "integer"}}}),
    ];
    let values = [
        json!({}),
        json!({"a": 1}),
        json!({"a": 5, "b": 1}),
        json!({"a": 1.5}),
        json!({"a": "x"}),
        json!({"a": "ab.1"}),
        json!({"a": "a b"}),
        json!({"a": "a\u{b}"}),
        json!({"a": "\u{a0}"}),
        json!({"a": "\u{e9}-"}),
        json!({"\u{e9}a": 1, "ab": "x"}),
        json!({"a-": 1, "a_": 1}),
        json!({"a": null}),
        json!({"a": []}),
        json!({"a": [1]}),
        json!({"a": [1, 1]}),
        json!({"a": ["x"]}),
        json!({"a": {"b": 2}}),
        json!({"a": {"a": {}}}),
        json!({"a": "x", "b": 1}),
        json!({"a": "x", "b": "y"}),
        json!({"a": true}),
    ];
    for schema in &schemas {
        for values in &values {
            assert!(quickly(schema, values).is_some(), "{schema} is unknown");
        }
    }
}

#[test]
fn gives_up_on_the_rest() {
    for schema in [
        json!({"$schema": "http://json-schema.org/draft-04/schema#"}),
        json!({"$id": "x"}),
        json!({"$ref": "other.json"}),
        json!({"$ref": "#/nowhere"}),
        json!({"$ref": "#/own/nowhere", "own": {}}),
        json!({"$ref": "#/own/a", "own": {"a": {"type": 1}}}),
        json!({"$ref": "#/own/a/b", "own": {"a": {"$id": "x", "b": {}}}}),
        json!({"$id": "http://json-schema.org/schema"}),
        json!({"$id": "https://example.com/a.json#b"}),
        json!({"properties": {"a": {"$id": "https://example.com/a.json"}}}),
        json!({"type": "strange"}),
        json!({"title": 1}),
        json!({"required": ["a", "a"]}),
        json!({"$defs": {"unused": {"minimum": "1"}}}),
        json!({"properties": {"a": {"multipleOf": 2}}}),
        json!({"pattern": "\\p{L}"}),
        json!({"pattern": "(?=x)"}),
        json!({"pattern": "(?i)x"}),
        json!({"pattern": "[^-\\W]"}),
        json!({"pattern": "x++"}),
        json!({"pattern": ".{0,1024}"}),
        json!({"pattern": "\\u0041"}),
        json!({"unevaluatedProperties": false}),
    ] {
        assert!(read(&schema).is_none(), "{schema}");
    }
    // Round and round.
    let schema = json!({"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/a"}}});
    assert!(!read(&schema).unwrap().admits(&values::Map::new()));
}

#[test]
fn knows_the_schema_of_the_bundled_chart() {
    let schema = include_str!("../../../../../chart/values.schema.json");
    assert!(Quick::new(schema.as_bytes()).is_some());
}
