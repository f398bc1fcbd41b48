//! What an error tells people beside Helm's sentence: the way there, and the values on it.

use values::ValuesPath;

/// A call that led to the failure: an `include`, a `template` or a `tpl`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallSite {
    /// The file it stands in; `gotpl` for a text given to `tpl`.
    pub template: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in that line, from 1.
    pub column: usize,
    /// The named template it stands in, or the file again.
    pub inside: String,
    /// The call, as Go prints it: `include "app.labels" .`.
    pub call: String,
}

impl CallSite {
    /// `chart/templates/file.yaml:12:5`.
    #[must_use]
    pub fn place(&self) -> String {
        let Self {
            template,
            line,
            column,
            ..
        } = self;
        format!("{template}:{line}:{column}")
    }
}

/// A value that the failing expression reads, or that the message speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Involved {
    /// As the template writes it: `.Values.kafka.enable`, `$service.port`, `.`.
    pub written: String,
    /// Where it stands among the values given to the chart, if it stands there.
    pub path: Option<ValuesPath>,
    /// The value, shortened, secrets masked; none if it is not set.
    pub value: Option<String>,
    /// What set it, in the words of whoever stacked the layers.
    pub layer: Option<String>,
}

impl Involved {
    /// Where it stands, or how the template writes it.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.path {
            Some(path) if !path.is_root() => path.to_string(),
            _ => self.written.clone(),
        }
    }
}

/// What stands for a secret.
pub const MASK: &str = "••••••";
/// A longer text is cut.
const MAX_CHARS: usize = 60;

/// A value in a few words. Tables and lists tell what they hold, not what stands in it: that could
/// be a secret or very long.
#[must_use]
pub fn shortened(value: &values::Value) -> String {
    use values::Value;
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::String(text) => {
            let mut shown: String = text.chars().take(MAX_CHARS).collect();
            if shown.len() < text.len() {
                shown.push('…');
            }
            values::go::quote(&shown)
        }
        Value::List(items) => match items.len() {
            0 => "an empty list".to_owned(),
            1 => "a list of 1 item".to_owned(),
            count => format!("a list of {count} items"),
        },
        Value::Map(map) if map.is_empty() => "an empty table".to_owned(),
        Value::Map(map) => {
            let mut keys = String::new();
            for key in map.keys() {
                if keys.len() + key.len() > MAX_CHARS {
                    keys.push_str(", …");
                    break;
                }
                if !keys.is_empty() {
                    keys.push_str(", ");
                }
                keys.push_str(key);
            }
            format!("a table of {keys}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn values_are_shortened() {
        let shown = |yaml: &str| {
            let map = values::yaml::parse_map(&format!("x: {yaml}")).expect("a table");
            shortened(&map["x"])
        };
        assert_eq!(shown("null"), "null");
        assert_eq!(shown("8080"), "8080");
        assert_eq!(shown("1.5"), "1.5");
        assert_eq!(shown("'a\"b'"), r#""a\"b""#);
        assert_eq!(shown(&"ä".repeat(99)), format!("\"{}…\"", "ä".repeat(60)));
        assert_eq!(shown("[1, 2]"), "a list of 2 items");
        assert_eq!(shown("{a: 1, b: {c: 2}}"), "a table of a, b");
        assert_eq!(shown("{}"), "an empty table");
    }
}
