//! The methods of `.Values`, `.Template` and the dot: Helm's `common.Values`, a map with methods
//! (follows pkg/chart/common/values.go; in Helm 3 pkg/chartutil/values.go). Its `Encode` needs a writer, which no template has.

use std::any::Any;

use crate::{
    functions::Kind,
    value::{Map, MapKind, MethodResult, Object, Str, Value},
};

/// The types of the parameters of the method of that name, if there is one: in Go a method hides
/// a key of its name.
pub(crate) fn method(name: &[u8]) -> Option<&'static [Kind]> {
    match name {
        b"AsMap" | b"YAML" => Some(&[]),
        b"PathValue" | b"Table" => Some(&[Kind::String]),
        _ => None,
    }
}

/// A map as the receiver of these methods.
#[derive(Debug)]
pub(crate) struct ValuesMethods(pub(crate) Map);

impl ValuesMethods {
    /// The table at a path with dots.
    fn table(&self, path: &str) -> Result<Map, String> {
        let mut table = self.0.clone();
        for key in path.split('.') {
            table = match table.get(key.as_bytes()) {
                Some(Value::Map(map)) if !map.kind().is_strings() => map,
                _ => return Err(format!("{} is not a table", quote(key))),
            };
        }
        Ok(table)
    }

    /// The value at a path with dots that is no table.
    fn path_value(&self, path: &str) -> MethodResult {
        if path.is_empty() {
            return Err("YAML path cannot be empty".to_owned());
        }
        let (table, key) = match path.rsplit_once('.') {
            Some((before, key)) => (self.table(before).ok(), key),
            None => (Some(self.0.clone()), path),
        };
        table
            .and_then(|table| table.get(key.as_bytes()))
            .filter(|value| value.as_map().is_none_or(|map| map.kind() != MapKind::Any))
            .ok_or_else(|| format!("{} is not a value", quote(key)))
    }
}

impl Object for ValuesMethods {
    fn go_type(&self) -> &str {
        self.0.kind().go_type()
    }

    fn go_kind(&self) -> &'static str {
        "map"
    }

    fn method(&self, name: &str) -> Option<&'static [Kind]> {
        method(name.as_bytes())
    }

    fn call(&self, name: &str, args: &[Value]) -> MethodResult {
        let path = args.first().and_then(Value::as_str).cloned();
        let path = path.unwrap_or_default();
        let path = path.to_string_lossy();
        match name {
            "AsMap" if self.0.is_empty() => Ok(Value::Map(Map::new(MapKind::Any))),
            // The same map, not a copy: what is set in it is set in the values.
            "AsMap" => Ok(Value::Map(self.0.with_kind(MapKind::Any))),
            "YAML" => {
                let tree = Value::Map(self.0.clone()).to_tree();
                let tree = tree.map_err(|error| error.to_string())?;
                Ok(values::yaml::print(&tree).into())
            }
            "Table" => {
                let table = self.table(&path)?;
                Ok(Value::Map(table.with_kind(self.0.kind())))
            }
            "PathValue" => self.path_value(&path),
            _ => Err(format!("{name} is not a method")),
        }
    }

    fn print(&self) -> Str {
        Value::Map(self.0.clone()).to_str()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// As `%q`.
fn quote(key: &str) -> String {
    let mut out = Vec::new();
    crate::functions::quote_to(key.as_bytes(), &mut out);
    String::from_utf8_lossy(&out).into_owned()
}
