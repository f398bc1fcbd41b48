//! `.Files`: the chart's other files (follows pkg/engine/files.go).

use std::{any::Any, collections::BTreeMap, rc::Rc};

use base64::Engine as _;

use super::glob::Glob;
use crate::{
    functions::Kind,
    value::{List, ListKind, Map, MapKind, MethodResult, Object, Str, Value},
};

/// Files by path.
#[derive(Debug, Clone, Default)]
pub struct Files(BTreeMap<Str, Str>);

impl Files {
    /// The object of these files.
    pub fn new(files: impl IntoIterator<Item = (Str, Str)>) -> Self {
        Self(files.into_iter().collect())
    }

    /// The object as a value.
    #[must_use]
    pub fn into_value(self) -> Value {
        Value::Object(Rc::new(self))
    }

    fn get(&self, args: &[Value]) -> Option<&Str> {
        self.0.get(args.first()?.as_str()?)
    }

    fn glob(&self, pattern: &str) -> Self {
        // A pattern that is none matches all, as in Helm.
        let glob = Glob::new(pattern);
        let matches = |path: &Str| {
            glob.as_ref()
                .is_none_or(|glob| glob.matches(path.as_bytes()))
        };
        Self(
            self.0
                .iter()
                .filter(|(path, _)| matches(path))
                .map(clone_pair)
                .collect(),
        )
    }

    /// The files by their names without folders, as YAML without a final line break.
    fn as_yaml(&self, encode: impl Fn(&Str) -> Str) -> Value {
        let entries = self
            .0
            .iter()
            .map(|(path, data)| (base_name(path), encode(data).into()));
        let map = Value::Map(Map::from_entries(MapKind::String, entries));
        let text = map
            .to_tree()
            .map(|tree| values::yaml::print(&tree))
            .unwrap_or_default();
        text.strip_suffix('\n').unwrap_or(&text).into()
    }

    fn lines(data: Option<&Str>) -> Value {
        let Some(data) = data.filter(|data| !data.is_empty()) else {
            return Value::List(List::new(ListKind::String, Vec::new()));
        };
        let bytes = data.as_bytes();
        let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        Value::strings(bytes.split(|&byte| byte == b'\n').map(Str::from_bytes))
    }
}

fn clone_pair((path, data): (&Str, &Str)) -> (Str, Str) {
    (path.clone(), data.clone())
}

fn base_name(path: &Str) -> Str {
    let bytes = path.as_bytes();
    let start = bytes
        .iter()
        .rposition(|&byte| byte == b'/')
        .map_or(0, |at| at + 1);
    Str::from_bytes(&bytes[start..])
}

fn bytes(data: &Str) -> Value {
    let items = data
        .as_bytes()
        .iter()
        .map(|&byte| Value::Uint8(byte))
        .collect();
    Value::List(List::new(ListKind::Byte, items))
}

impl Object for Files {
    fn go_type(&self) -> &str {
        "engine.files"
    }

    fn go_kind(&self) -> &str {
        "map"
    }

    fn truth(&self) -> bool {
        !self.0.is_empty()
    }

    fn field(&self, name: &str) -> Option<Value> {
        // A map's missing key is the zero of its type.
        Some(
            self.0
                .get(name.as_bytes())
                .map_or_else(|| bytes(&Str::default()), bytes),
        )
    }

    fn method(&self, name: &str) -> Option<&'static [Kind]> {
        match name {
            "Get" | "GetBytes" | "Glob" | "Lines" => Some(&[Kind::String]),
            "AsConfig" | "AsSecrets" => Some(&[]),
            _ => None,
        }
    }

    fn call(&self, name: &str, args: &[Value]) -> MethodResult {
        Ok(match name {
            "Get" => Value::String(self.get(args).cloned().unwrap_or_default()),
            "GetBytes" => bytes(self.get(args).unwrap_or(&Str::default())),
            "Glob" => {
                let pattern = args
                    .first()
                    .and_then(Value::as_str)
                    .cloned()
                    .unwrap_or_default();
                self.glob(&pattern.to_string_lossy()).into_value()
            }
            "Lines" => Self::lines(self.get(args)),
            "AsConfig" => self.as_yaml(Str::clone),
            _ => self.as_yaml(|data| {
                base64::engine::general_purpose::STANDARD
                    .encode(data.as_bytes())
                    .into()
            }),
        })
    }

    fn entries(&self) -> Option<Vec<(Value, Value)>> {
        Some(
            self.0
                .iter()
                .map(|(path, data)| (path.clone().into(), bytes(data)))
                .collect(),
        )
    }

    fn print(&self) -> Str {
        let mut out = b"map[".to_vec();
        for (index, (path, data)) in self.0.iter().enumerate() {
            if index > 0 {
                out.push(b' ');
            }
            out.extend_from_slice(path.as_bytes());
            out.push(b':');
            bytes(data).print_to(&mut out);
        }
        out.push(b']');
        out.into()
    }

    fn to_json(&self) -> Value {
        Value::map(
            self.0
                .iter()
                .map(|(path, data)| (path.clone(), bytes(data))),
        )
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
