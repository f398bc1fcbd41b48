//! From Helm's sentence to the fields it speaks of, so that a page or a program can point at them.

use values::{Map, Segment, Value, ValuesPath};

use crate::problem::Cause;

/// The values that a failure message names, with what it says about each: the places of schema
/// errors, else a dotted path in the sentence that the chart's values know.
#[must_use]
pub fn causes(message: &str, defaults: &Map) -> Vec<Cause> {
    let schema: Vec<_> = message.lines().filter_map(schema_error).collect();
    if !schema.is_empty() {
        return schema;
    }
    let sentence = message.lines().last().unwrap_or_default();
    known_path(message, defaults)
        .map(|path| Cause::new(path, sentence))
        .into_iter()
        .collect()
}

/// One line of Helm's schema report: `- at '/kafka/replicas': got string, want integer`.
fn schema_error(line: &str) -> Option<Cause> {
    let rest = line.trim_start().strip_prefix("- at '")?;
    let (pointer, message) = rest.split_once("': ")?;
    Some(Cause::new(pointer_to_path(pointer), message))
}

/// A JSON pointer in `--set` words: `/kafka/hosts/0/a.b` is `kafka.hosts[0].a\.b`.
fn pointer_to_path(pointer: &str) -> String {
    let segments = pointer.split('/').skip(1).map(|part| {
        let part = part.replace("~1", "/").replace("~0", "~");
        match part.parse() {
            Ok(index) => Segment::Index(index),
            Err(_) => Segment::Key(part),
        }
    });
    ValuesPath::from(segments.collect::<Vec<_>>()).to_string()
}

/// The path in a sentence that is one of the chart's own values: rather a single value (the one to
/// change) than a table (a service that the sentence is about).
fn known_path(message: &str, defaults: &Map) -> Option<String> {
    let separator = |c: char| c.is_whitespace() || "\"'`,;()<>{}=".contains(c);
    let mut tables = None;
    for word in message.split(separator) {
        let path = word.trim_matches(['.', ':']).trim_start_matches("Values.");
        match find(defaults, path) {
            Some(Value::Map(_)) if tables.is_none() => tables = Some(path),
            None | Some(Value::Map(_)) => {}
            Some(_) => return Some(path.to_owned()),
        }
    }
    tables.map(str::to_owned)
}

/// The value at a path of at least two keys.
fn find<'v>(defaults: &'v Map, path: &str) -> Option<&'v Value> {
    let (first, rest) = path.split_once('.')?;
    rest.split('.')
        .try_fold(defaults.get(first)?, |value, key| value.as_map()?.get(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn defaults() -> Map {
        let kafka = Map::from([("enabled".to_owned(), true.into())]);
        let train = Map::from([("gru".to_owned(), kafka.clone().into())]);
        Map::from([
            ("kafka".to_owned(), kafka.into()),
            ("train".to_owned(), train.into()),
        ])
    }

    #[test]
    fn schema_places_become_paths() {
        let message = "values don't meet the specifications of the schema(s) in the following \
                       chart(s):\nflts:\n- at '/kafka/replicas': got string, want integer\n- at \
                       '/hosts/0/a.b': missing property 'x'\n\n";
        let causes = causes(message, &defaults());
        assert_eq!(
            causes,
            [
                Cause::new("kafka.replicas", "got string, want integer"),
                Cause::new(r"hosts[0].a\.b", "missing property 'x'"),
            ]
        );
    }

    #[test]
    fn a_sentence_names_a_known_value() {
        let message = "execution error at (flts/templates/eda.yaml:3:4): eda needs Kafka: set \
                       kafka.enabled=true";
        assert_eq!(
            causes(message, &defaults()),
            [Cause::new("kafka.enabled", message)]
        );
        let message = "train.gru and eval need Kafka: set kafka.enabled=true";
        assert_eq!(causes(message, &defaults())[0].path, "kafka.enabled");
        assert_eq!(causes("train.gru fails", &defaults())[0].path, "train.gru");
        assert!(causes("nothing at e.g. this.place", &defaults()).is_empty());
    }
}
