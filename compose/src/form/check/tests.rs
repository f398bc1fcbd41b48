//! What is said at a field.

use super::*;
use crate::form::build;

fn model() -> FormModel {
    let schema = serde_json::json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "on": {"type": "boolean"},
            "replicas": {"type": "integer", "minimum": 1, "maximum": 20},
            "ratio": {"type": "number", "exclusiveMaximum": 1},
            "memory": {"type": "string", "x-ui": {"widget": "memory", "min": "64Mi", "max": "16Gi"}},
            "level": {"enum": ["debug", "info", "warn"]},
            "host": {"type": "string", "pattern": "^[a-z.]+$", "minLength": 1},
            "port": {"type": ["integer", "string"]},
            "labels": {"type": "object", "additionalProperties": {"type": "string"}},
            "args": {"type": "array", "items": {"type": "string"}, "maxItems": 2},
            "password": {"type": "string", "format": "password", "minLength": 8},
            "extra": {"type": "object"}
        }
    });
    build(Some(&schema), &values::Map::new(), "")
}

fn said(path: &str, json: &str) -> String {
    let value = serde_json::from_str::<Value>(json).unwrap();
    check(&model(), &path.parse().unwrap(), &value).unwrap_err()
}

#[test]
fn messages_say_what_would_do() {
    assert_eq!(said("on", "1"), "must be true or false, not `1`");
    assert_eq!(
        said("on", "\"true\""),
        "must be true or false, not the text \"true\"; write it without quotes"
    );
    assert_eq!(said("replicas", "21"), "must be between 1 and 20, not 21");
    assert_eq!(said("replicas", "1.5"), "must be a whole number, not 1.5");
    assert_eq!(
        said("replicas", "\"3\""),
        "must be a number, not the text \"3\""
    );
    assert_eq!(
        said("memory", "\"2GB\""),
        "`2GB` is not a quantity: write `2G` or `2Gi`"
    );
    assert_eq!(
        said("memory", "\"32Gi\""),
        "must be between 64Mi and 16Gi, not 32Gi"
    );
    assert_eq!(
        said("level", "\"inof\""),
        "must be one of `debug`, `info`, `warn`, not `inof`; did you mean `info`?"
    );
    assert_eq!(
        said("host", "\"A\""),
        "`A` does not have the form that the chart asks for: ^[a-z.]+$"
    );
    assert_eq!(said("host", "\"\""), "must not be empty");
    assert_eq!(
        said("host", "5"),
        "must be text, not `5`; in a link or on a command line, `set-string` makes it text"
    );
    assert_eq!(
        said("labels", "{\"a\": true}"),
        "`a` must be text, not `true`; in a link or on a command line, `set-string` makes it text"
    );
    assert_eq!(
        said("args", "[\"a\",\"b\",\"c\"]"),
        "must have at most 2 entries, not 3"
    );
    assert_eq!(
        said("password", "\"secret\""),
        "must have at least 8 characters, not 6"
    );
    assert_eq!(said("extra", "[]"), "must be a table, not a list");
}

#[test]
fn what_will_do_passes() {
    for (path, json) in [
        ("on", "false"),
        ("on", "null"),
        ("replicas", "20.0"),
        ("memory", "\"1.5Gi\""),
        ("memory", "\"\""),
        ("port", "\"http\""),
        ("port", "80"),
        ("labels", "{\"a\": \"b\", \"gone\": null}"),
        ("unknown", "1"),
    ] {
        let value = serde_json::from_str::<Value>(json).unwrap();
        assert_eq!(
            check(&model(), &path.parse().unwrap(), &value),
            Ok(()),
            "{path}"
        );
    }
}

#[test]
fn typing_becomes_values() {
    let model = model();
    let typed =
        |path: &str, text: &str| parse_input(model.field(&path.parse().unwrap()).unwrap(), text);
    assert_eq!(typed("replicas", " 5 "), Ok(Value::Int(5)));
    assert_eq!(typed("replicas", ""), Ok(Value::Null));
    assert_eq!(
        typed("replicas", "five").unwrap_err(),
        "must be a whole number, not `five`"
    );
    assert_eq!(typed("ratio", "0.5"), Ok(Value::Float(0.5)));
    assert_eq!(typed("port", "80"), Ok(Value::Int(80)));
    assert_eq!(typed("port", "http"), Ok("http".into()));
    assert_eq!(typed("level", "warn"), Ok("warn".into()));
    assert_eq!(
        typed("memory", "1 GB").unwrap_err(),
        "`1 GB` is not a quantity: write `1G` or `1Gi`"
    );
}
