//! What people are told of values that break a schema: where they stand, what they are, and which
//! key may have been meant.

use values::{Map, Segment, Value, ValuesPath, secret::name_says_secret, suggest::nearest};

use crate::error::{Involved, MASK, shortened};

/// More would hide the ones that matter.
const MAX_MISFITS: usize = 8;

/// The values that the lines of a report are about.
#[derive(Debug, Default)]
pub(super) struct Misfits {
    pub(super) involved: Vec<Involved>,
    pub(super) hint: Option<String>,
}

impl Misfits {
    /// Reads what a schema's check said of the values of one chart, which stand at `chart`.
    pub(super) fn add(&mut self, report: &str, chart: &ValuesPath, values: &Map) {
        for line in report.lines() {
            let Some((pointer, message)) = line
                .trim_start()
                .strip_prefix("- at '")
                .and_then(|rest| rest.split_once("': "))
            else {
                continue;
            };
            let place = pointer_to_path(pointer);
            let unknown = unknown_keys(message);
            if unknown.is_empty() {
                self.involve(chart, &place, values);
            }
            for key in unknown {
                let path = place.key(key);
                self.involve(chart, &path, values);
                let table = if place.is_root() {
                    Some(values)
                } else {
                    place.get_in(values).and_then(Value::as_map)
                };
                if self.hint.is_none() {
                    let others = table.into_iter().flat_map(Map::keys);
                    let near = nearest(key, others.map(String::as_str).filter(|it| *it != key));
                    let shown = beneath(chart, &path);
                    self.hint = near.map(|near| {
                        format!("the chart knows no `{shown}`; did you mean `{near}`?")
                    });
                }
            }
        }
    }

    fn involve(&mut self, chart: &ValuesPath, place: &ValuesPath, values: &Map) {
        let path = beneath(chart, place);
        let is_known = |it: &Involved| it.path.as_ref() == Some(&path);
        if place.is_root()
            || self.involved.len() >= MAX_MISFITS
            || self.involved.iter().any(is_known)
        {
            return;
        }
        let is_secret = path
            .segments()
            .iter()
            .any(|segment| matches!(segment, Segment::Key(key) if name_says_secret(key)));
        let value = place.get_in(values).map(|value| match value {
            Value::String(text) if is_secret && !text.is_empty() => MASK.to_owned(),
            other => shortened(other),
        });
        self.involved.push(Involved {
            written: path.to_string(),
            path: Some(path),
            value,
            layer: None,
        });
    }
}

/// A path of a subchart as one of the whole chart.
fn beneath(chart: &ValuesPath, path: &ValuesPath) -> ValuesPath {
    let segments = chart.segments().iter().chain(path.segments());
    ValuesPath::from(segments.cloned().collect::<Vec<_>>())
}

/// The keys in `additional properties 'a', 'b' not allowed`.
fn unknown_keys(message: &str) -> Vec<&str> {
    message
        .strip_prefix("additional properties '")
        .and_then(|rest| rest.strip_suffix("' not allowed"))
        .map_or_else(Vec::new, |names| names.split("', '").collect())
}

/// `/kafka/hosts/0` is `kafka.hosts[0]`.
fn pointer_to_path(pointer: &str) -> ValuesPath {
    let segments = pointer.split('/').skip(1).map(|part| {
        let part = part.replace("~1", "/").replace("~0", "~");
        match part.parse() {
            Ok(index) => Segment::Index(index),
            Err(_) => Segment::Key(part),
        }
    });
    ValuesPath::from(segments.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::{Misfits, ValuesPath};

    #[test]
    fn reports_name_values() {
        let values = "replicas: 3\nreplica: 2\nsub: {password: x, hosts: [a]}";
        let values = values::yaml::parse_map(values).expect("a table");
        let mut misfits = Misfits::default();
        let report = "- at '': additional properties 'replica', 'far' not allowed\n\
                      - at '/sub': oneOf failed\n  - at '/sub/password': got string\n\
                      - at '/sub/hosts/0': got string, want number\n- at '/replicas': x\n";
        misfits.add(report, &ValuesPath::of_keys(["kid"]), &values);
        let told: Vec<String> = misfits
            .involved
            .iter()
            .map(|it| format!("{} {}", it.name(), it.value.as_deref().unwrap_or("-")))
            .collect();
        assert_eq!(
            told,
            [
                "kid.replica 2",
                "kid.far -",
                "kid.sub a table of hosts, password",
                "kid.sub.password ••••••",
                "kid.sub.hosts[0] \"a\"",
                "kid.replicas 3",
            ]
        );
        assert_eq!(
            misfits.hint.as_deref(),
            Some("the chart knows no `kid.replica`; did you mean `replicas`?")
        );
    }
}
