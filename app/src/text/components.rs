//! Resources in groups: one per service, in the form's order; hooks and tests at the end. Within a
//! group they stand as Helm orders them, which is by kind; hooks by moment and weight.

use compose::FormModel;
use values::{Segment, ValuesPath};

use crate::wire::Resource;

/// Resources that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Group {
    /// A stable key, also good for an id.
    pub(crate) key: String,
    /// Its title: the service's.
    pub(crate) title: String,
    /// The ids of its resources, in the order of the output.
    pub(crate) ids: Vec<String>,
}

/// The key of what belongs to no service.
const SHARED: &str = "shared";

/// The key of hooks, which Helm runs apart.
const HOOKS: &str = "hooks";

/// The key of tests, which only `helm test` runs.
const TESTS: &str = "tests";

/// Groups resources by the service they belong to.
#[must_use]
pub(crate) fn group<'a>(
    form: &FormModel,
    resources: impl Iterator<Item = &'a Resource>,
) -> Vec<Group> {
    let services: Vec<(String, &str)> = form
        .cards()
        .map(|card| (label_of(&card.path), card.title.as_str()))
        .collect();
    let mut groups: Vec<(usize, Group)> = Vec::new();
    for resource in resources {
        let (rank, key, title) = place(&services, resource);
        match groups.iter_mut().find(|(_, group)| group.key == key) {
            Some((_, group)) => group.ids.push(resource.id.clone()),
            None => groups.push((
                rank,
                Group {
                    key,
                    title,
                    ids: vec![resource.id.clone()],
                },
            )),
        }
    }
    groups.sort_by_key(|(rank, _)| *rank);
    groups.into_iter().map(|(_, group)| group).collect()
}

/// The rank, key and title of the group of a resource.
fn place(services: &[(String, &str)], resource: &Resource) -> (usize, String, String) {
    if is_test(resource) {
        return (usize::MAX, TESTS.to_owned(), "Tests".to_owned());
    }
    if !resource.hooks.is_empty() {
        return (usize::MAX - 1, HOOKS.to_owned(), "Hooks".to_owned());
    }
    let Some(component) = &resource.component else {
        return (usize::MAX - 2, SHARED.to_owned(), "Shared".to_owned());
    };
    let label = kebab(component);
    match services
        .iter()
        .position(|(service, _)| belongs(service, &label))
    {
        Some(rank) => (rank, format!("service-{rank}"), services[rank].1.to_owned()),
        None => (
            usize::MAX - 3,
            format!("component-{label}"),
            component.clone(),
        ),
    }
}

/// Whether a resource is run by `helm test`.
fn is_test(resource: &Resource) -> bool {
    resource.hooks.iter().any(|event| event.starts_with("test"))
}

/// Whether a component label is that of a service: the same words, or the service's last ones
/// (`grafana` for `monitoring.grafana`).
fn belongs(service: &str, label: &str) -> bool {
    service == label
        || service
            .strip_suffix(label)
            .is_some_and(|before| before.ends_with('-'))
        || label
            .strip_prefix(service)
            .is_some_and(|after| after.starts_with('-'))
}

/// A path as a component label would be written: `train.gruModel` as `train-gru-model`.
fn label_of(path: &ValuesPath) -> String {
    let keys = path.segments().iter().map(|segment| match segment {
        Segment::Key(key) => kebab(key),
        Segment::Index(index) => index.to_string(),
    });
    keys.collect::<Vec<_>>().join("-")
}

fn kebab(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    let mut before = '-';
    for c in text.chars() {
        if c.is_ascii_uppercase() && before.is_ascii_lowercase() {
            out.push('-');
        }
        out.push(if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        });
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_the_words_of_a_path() {
        assert_eq!(
            label_of(&ValuesPath::of_keys(["train", "gruModel"])),
            "train-gru-model"
        );
        assert_eq!(kebab("inferenceLB"), "inference-lb");
    }

    #[test]
    fn a_component_finds_its_service() {
        for (service, label, is) in [
            ("kafka", "kafka", true),
            ("monitoring-grafana", "grafana", true),
            ("minio", "minio-init", true),
            ("train-gru", "gru", true),
            ("inference", "inferencelb", false),
            ("kafka", "a-kafka", false),
        ] {
            assert_eq!(belongs(service, label), is, "{service} {label}");
        }
    }
}
