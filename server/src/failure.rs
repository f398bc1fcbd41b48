//! From Helm's sentence to the fields it speaks of, so that a page or a program can point at them.

use std::sync::LazyLock;

use values::{Map, Segment, ValuesPath};

use crate::problem::Cause;

/// The values that a failure message names, with what it says about each: the places of schema
/// errors, else the first dotted path in the sentence that the chart's values know.
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

/// The first word of a sentence that is the path of one of the chart's own values.
fn known_path(message: &str, defaults: &Map) -> Option<String> {
    static SEPARATORS: LazyLock<Vec<char>> =
        LazyLock::new(|| " \t\n\"'`,;()<>{}=".chars().collect());
    message
        .split(SEPARATORS.as_slice())
        .map(|word| word.trim_matches(['.', ':']).trim_start_matches("Values."))
        .find(|word| word.contains('.') && knows(defaults, word))
        .map(str::to_owned)
}

/// Whether a dotted path leads to a value.
fn knows(defaults: &Map, path: &str) -> bool {
    let mut table = Some(defaults);
    let mut found = false;
    for key in path.split('.') {
        let Some(value) = table.and_then(|table| table.get(key)) else {
            return false;
        };
        found = true;
        table = value.as_map();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn defaults() -> Map {
        let kafka = Map::from([("enabled".to_owned(), true.into())]);
        Map::from([("kafka".to_owned(), kafka.into())])
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
        assert!(causes("nothing at e.g. this.place", &defaults()).is_empty());
    }
}
