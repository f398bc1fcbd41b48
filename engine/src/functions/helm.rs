//! Helm's own functions: pkg/engine/funcs.go and engine.go of Helm 4.3.1. `include` and `tpl` are
//! carried out by the evaluator.

use super::{
    Call, CallError, Family, Function, Host, Kind, Special,
    encoding::to_json,
    json::{self, Style},
};
use crate::{
    eval::mark_message,
    log::Event,
    value::{List, ListKind, Map, MapKind, Str, Value},
};

mod durations;
mod texts;
mod toml;
mod yaml;

pub(super) use texts::Texts;
use yaml::{Dialect, yaml};

pub(super) fn register(table: &mut Vec<Function>) {
    let family = Family::Helm;
    for (name, help, special) in [
        (
            "include",
            "The text that a named template prints",
            Special::Include,
        ),
        (
            "tpl",
            "The text that a template given as text prints",
            Special::Tpl,
        ),
    ] {
        table.push(Function {
            name,
            family,
            help,
            params: &[Kind::String, Kind::Any],
            variadic: None,
            call: Call::Special(special),
        });
    }
    table.extend([
        Function::new(
            family,
            "required",
            "The value, or this error if there is none",
            required,
        ),
        Function::new(family, "fail", "Ends the render with this error", fail),
        Function::new(
            family,
            "lookup",
            "An object of the cluster; here always empty",
            lookup,
        ),
        Function::new(
            family,
            "getHostByName",
            "The address of a host; here always empty",
            |_name: Str| "",
        ),
        Function::new(family, "toYaml", "A value as YAML", to_yaml),
        Function::new(
            family,
            "mustToYaml",
            "A value as YAML, or an error",
            must_to_yaml,
        ),
        Function::new(
            family,
            "toYamlPretty",
            "A value as YAML, lists indented",
            to_yaml_pretty,
        ),
        Function::new(family, "fromYaml", "The map of a YAML text", from_yaml),
        Function::new(
            family,
            "fromYamlArray",
            "The list of a YAML text",
            from_yaml_array,
        ),
        Function::new(family, "toJson", "A value as JSON", to_json_or_nothing),
        Function::new(
            family,
            "mustToJson",
            "A value as JSON, or an error",
            must_to_json,
        ),
        Function::new(family, "fromJson", "The map of a JSON text", from_json),
        Function::new(
            family,
            "fromJsonArray",
            "The list of a JSON text",
            from_json_array,
        ),
    ]);
    toml::register(table);
    durations::register(table);
}

/// The message as Helm marks it, so that it is all that is left of the error.
fn warning(message: &Str) -> CallError {
    CallError(mark_message(&message.to_string_lossy()))
}

/// Nil and empty text are missing; 0 and false are not.
fn required(host: &mut Host, message: Str, value: Value) -> Result<Value, CallError> {
    let is_nil = match &value {
        Value::Nil => true,
        Value::String(text) if text.is_empty() => false,
        _ => return Ok(value),
    };
    unless_linting(host, &message, |message| Event::Missing { is_nil, message })
}

fn fail(host: &mut Host, message: Str) -> Result<Value, CallError> {
    unless_linting(host, &message, |message| Event::Failed { message })
}

/// The error; or for the linter, which wants to see the rest of the template, a line of its log.
fn unless_linting(
    host: &mut Host,
    message: &Str,
    event: impl FnOnce(String) -> Event,
) -> Result<Value, CallError> {
    let Some(log) = &mut host.lint else {
        return Err(warning(message));
    };
    log.say(&event(message.to_string_lossy().into_owned()));
    Ok(Value::str(""))
}

/// There is no cluster: nothing is ever found.
fn lookup(_api_version: Str, _kind: Str, _namespace: Str, _name: Str) -> Map {
    Map::new(MapKind::Any)
}

/// Errors give empty text.
fn to_yaml(host: &mut Host, value: Value) -> Result<Str, CallError> {
    Ok(yaml(host, &value, Dialect::Marshal)?.unwrap_or_default())
}

fn must_to_yaml(host: &mut Host, value: Value) -> Result<Str, CallError> {
    yaml(host, &value, Dialect::Marshal)?.map_err(CallError)
}

fn to_yaml_pretty(host: &mut Host, value: Value) -> Result<Str, CallError> {
    Ok(yaml(host, &value, Dialect::Pretty)?.unwrap_or_default())
}

/// A map whose only entry is the error.
fn error_map(message: &str) -> Map {
    Map::from_entries(MapKind::Any, [("Error".into(), Value::str(message))])
}

/// What is no map gives a map with the key `Error`.
fn from_yaml(host: &mut Host, text: Str) -> Result<Map, CallError> {
    host.meter.work(text.len() / 16)?;
    if let Some(map) = host.texts.table(&text) {
        return Ok(map);
    }
    Ok(match values::yaml::parse_map(&text.to_string_lossy()) {
        Ok(map) => Map::from_values(MapKind::Any, &map),
        Err(error) => error_map(&error.message),
    })
}

/// What is no list gives a list of the error.
fn from_yaml_array(host: &mut Host, text: Str) -> Result<List, CallError> {
    host.meter.work(text.len() / 16)?;
    let parsed = values::yaml::parse(&text.to_string_lossy());
    Ok(match parsed.map(|value| Value::from(&value)) {
        Ok(Value::List(list)) => list,
        Ok(Value::Nil) => List::nil(ListKind::Any),
        Ok(other) => error_list(&format!(
            "error unmarshaling JSON: while decoding JSON: {}",
            cannot_unmarshal(&other, "[]interface {}")
        )),
        Err(error) => error_list(&error.message),
    })
}

fn error_list(message: &str) -> List {
    List::new(ListKind::Any, vec![Value::str(message)])
}

fn cannot_unmarshal(value: &Value, target: &str) -> String {
    let name = json::type_name(value);
    format!("json: cannot unmarshal {name} into Go value of type {target}")
}

fn to_json_or_nothing(host: &mut Host, value: Value) -> Result<Str, CallError> {
    Ok(to_json(host, &value, Style::default())?.unwrap_or_default())
}

fn must_to_json(host: &mut Host, value: Value) -> Result<Str, CallError> {
    to_json(host, &value, Style::default())?
}

fn from_json(text: Str) -> Map {
    match json::decode(text.as_bytes()) {
        Ok(Value::Map(map)) => map,
        Ok(Value::Nil) => Map::new(MapKind::Any),
        Ok(other) => error_map(&cannot_unmarshal(&other, "map[string]interface {}")),
        Err(error) => error_map(&error),
    }
}

fn from_json_array(text: Str) -> List {
    match json::decode(text.as_bytes()) {
        Ok(Value::List(list)) => list,
        Ok(Value::Nil) => List::nil(ListKind::Any),
        Ok(other) => error_list(&cannot_unmarshal(&other, "[]interface {}")),
        Err(error) => error_list(&error),
    }
}
