//! Decoding YAML into the few fixed shapes that Helm knows (Chart.yaml, the head of a manifest),
//! with the errors that Go's decoder words.
//!
//! Imitates `sigs.k8s.io/yaml.Unmarshal` into a struct: keys match whatever their case, scalars
//! become text where text is wanted, null leaves a field as it is, the first mismatch is the
//! error, and its sentence names Go's types.

use values::{Map, Value};

use crate::Dialect;

/// Collects the first mismatch while the caller walks a document.
#[derive(Debug, Default)]
pub(crate) struct Decoder {
    /// The fields on the way down, each with the struct that it belongs to.
    path: Vec<(&'static str, &'static str)>,
    error: Option<String>,
    dialect: Dialect,
    /// Whether the document is JSON and read by `encoding/json` alone: only text is text.
    json: bool,
}

impl Decoder {
    /// A decoder whose errors name the types of that Helm; callers name those of Helm 4.
    pub(crate) fn of(dialect: Dialect) -> Self {
        Self {
            dialect,
            ..Self::default()
        }
    }

    /// A decoder of JSON that was never YAML.
    pub(crate) fn of_json() -> Self {
        Self {
            json: true,
            ..Self::default()
        }
    }

    /// The table at `value`, or nothing when it is null or something else.
    pub(crate) fn table<'v>(&mut self, value: &'v Value, go_type: &str) -> Option<&'v Map> {
        match value {
            Value::Map(map) => Some(map),
            other => {
                self.mismatch(other, go_type);
                None
            }
        }
    }

    /// The list at `value`.
    pub(crate) fn list<'v>(&mut self, value: &'v Value, go_type: &str) -> Option<&'v [Value]> {
        match value {
            Value::List(list) => Some(list),
            other => {
                self.mismatch(other, go_type);
                None
            }
        }
    }

    /// Does `decode` as field `name` of struct `owner`.
    pub(crate) fn field<R>(
        &mut self,
        owner: &'static str,
        name: &'static str,
        decode: impl FnOnce(&mut Self) -> R,
    ) -> R {
        self.path.push((owner, name));
        let result = decode(self);
        self.path.pop();
        result
    }

    /// Text into `slot`.
    pub(crate) fn string(&mut self, value: &Value, slot: &mut String) {
        let text = match value {
            Value::String(text) if self.json => Some(text.clone()),
            _ if self.json => None,
            value => scalar_text(value),
        };
        match text {
            Some(text) => *slot = text,
            None => self.mismatch(value, "string"),
        }
    }

    /// A boolean into `slot`.
    pub(crate) fn bool(&mut self, value: &Value, slot: &mut bool) {
        match value {
            Value::Bool(flag) => *slot = *flag,
            other => self.mismatch(other, "bool"),
        }
    }

    /// A list of text into `slot`.
    pub(crate) fn strings(&mut self, value: &Value, slot: &mut Vec<String>) {
        if let Some(list) = self.list(value, "[]string") {
            *slot = list.iter().map(|item| self.item_text(item)).collect();
        }
    }

    /// A table of text into `slot`.
    pub(crate) fn string_map(
        &mut self,
        value: &Value,
        slot: &mut std::collections::BTreeMap<String, String>,
    ) {
        if let Some(map) = self.table(value, "map[string]string") {
            *slot = map
                .iter()
                .map(|(key, item)| (key.clone(), self.item_text(item)))
                .collect();
        }
    }

    /// Text inside a list or table, where null is the empty text.
    fn item_text(&mut self, item: &Value) -> String {
        let mut text = String::new();
        self.string(item, &mut text);
        text
    }

    /// Notes that `value` does not fit a Go type; null always does.
    fn mismatch(&mut self, value: &Value, go_type: &str) {
        let got = match value {
            Value::Null => return,
            Value::Bool(_) => "bool",
            Value::Int(_) | Value::Float(_) => "number",
            Value::String(_) => "string",
            Value::List(_) => "array",
            Value::Map(_) => "object",
        };
        if self.error.is_some() {
            return;
        }
        let go_type = self.dialect.go_type(go_type);
        let target = match self.path.last() {
            None => format!("Go value of type {go_type}"),
            Some((owner, _)) => {
                let fields: Vec<&str> = self.path.iter().map(|&(_, field)| field).collect();
                format!(
                    "Go struct field {owner}.{} of type {go_type}",
                    fields.join(".")
                )
            }
        };
        let converted = match self.json {
            true => "",
            false => "error unmarshaling JSON: while decoding JSON: ",
        };
        self.error = Some(format!(
            "{converted}json: cannot unmarshal {got} into {target}"
        ));
    }

    /// The result, unless something did not fit.
    pub(crate) fn finish<T>(self, result: T) -> Result<T, String> {
        match self.error {
            Some(error) => Err(error),
            None => Ok(result),
        }
    }
}

/// What a scalar becomes where text is wanted; nothing for lists and tables. The tree is one of
/// [`values::yaml::parse_typed`].
fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::Null | Value::List(_) | Value::Map(_) => None,
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Int(number) => Some(number.to_string()),
        Value::Float(number) => Some(shortest(*number)),
        Value::String(text) => Some(text.clone()),
    }
}

/// `strconv.FormatFloat(number, 'g', -1, 64)`: other than `%v`, it turns to powers of ten from a
/// million on.
fn shortest(number: f64) -> String {
    let scientific = format!("{number:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if (-4..6).contains(&exponent) {
        return number.to_string();
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.abs())
}

#[cfg(test)]
mod tests {
    use super::shortest;

    /// Recorded from Go 1.26.
    #[test]
    fn floats_are_gos() {
        for (number, want) in [
            (1.0, "1"),
            (1.5, "1.5"),
            (123_456.0, "123456"),
            (1_234_567.0, "1.234567e+06"),
            (1_000_000.0, "1e+06"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (-12_345_678.25, "-1.234567825e+07"),
        ] {
            assert_eq!(shortest(number), want);
        }
    }
}
