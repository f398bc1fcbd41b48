//! The images that a resource runs.
//!
//! Containers are found by the name of their list, wherever it stands: pods, workloads, cron jobs
//! and custom resources that hold a pod's template all have them.

use values::{Value, yaml::Node};

/// A parsed resource in either form.
pub(super) trait Tree {
    /// Visits what a table or list holds, with its keys where it has some.
    fn each(&self, visit: &mut dyn FnMut(Option<&str>, &Self));
    /// A text.
    fn text(&self) -> Option<&str>;
    /// Whether it is a list.
    fn is_list(&self) -> bool;
}

impl Tree for Value {
    fn each(&self, visit: &mut dyn FnMut(Option<&str>, &Self)) {
        match self {
            Self::Map(map) => map.iter().for_each(|(key, value)| visit(Some(key), value)),
            Self::List(list) => list.iter().for_each(|value| visit(None, value)),
            _ => {}
        }
    }

    fn text(&self) -> Option<&str> {
        self.as_str()
    }

    fn is_list(&self) -> bool {
        matches!(self, Self::List(_))
    }
}

impl Tree for Node<'_> {
    fn each(&self, visit: &mut dyn FnMut(Option<&str>, &Self)) {
        match self {
            Self::Map(map) => map.iter().for_each(|(key, node)| visit(Some(key), node)),
            Self::List(list) => list.iter().for_each(|node| visit(None, node)),
            _ => {}
        }
    }

    fn text(&self) -> Option<&str> {
        self.as_str()
    }

    fn is_list(&self) -> bool {
        matches!(self, Self::List(_))
    }
}

/// The images of all containers in a resource, each once, sorted.
pub(super) fn of<T: Tree>(resource: &T) -> Vec<String> {
    let mut images = Vec::new();
    collect(resource, &mut images);
    images.sort();
    images.dedup();
    images
}

fn collect<T: Tree>(value: &T, images: &mut Vec<String>) {
    value.each(&mut |key, value| {
        if value.is_list() && key.is_some_and(is_container_list) {
            value.each(&mut |_, container| {
                container.each(&mut |key, value| {
                    if let (Some("image"), Some(image)) = (key, value.text())
                        && !image.is_empty()
                    {
                        images.push(image.to_owned());
                    }
                });
            });
        } else {
            collect(value, images);
        }
    });
}

/// `containers`, `initContainers`, `ephemeralContainers`, and an operator's own lists of them.
fn is_container_list(key: &str) -> bool {
    key.ends_with("ontainers")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(yaml: &str, expected: &[&str]) {
        assert_eq!(of(&values::yaml::parse(yaml).unwrap()), expected);
        if let Some(node) = values::yaml::read_quickly(yaml) {
            assert_eq!(of(&node), expected);
        }
    }

    #[test]
    fn containers_are_found_wherever_they_stand() {
        check(
            "kind: CronJob\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          \
             initContainers: [{image: a:1}]\n          containers: [{image: b:1}, {image: a:1}]\n",
            &["a:1", "b:1"],
        );
        check(
            "kind: Database\nspec:\n  instances:\n  - sidecarContainers: [{name: x, image: c}]\n",
            &["c"],
        );
    }

    #[test]
    fn what_is_no_container_has_no_image() {
        check("kind: ConfigMap\ndata: {image: a, containers: b}\n", &[]);
        check("containers: [1, {image: 2}, {image: ''}, {}]\n", &[]);
        check("", &[]);
    }
}
