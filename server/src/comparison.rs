//! Two environments side by side: the values and the manifests that differ.

use std::sync::Arc;

use app::wire::{Comparison, Fate, Hunk, Resource, ResourceDifference, Side, ValueDifference};
use compose::{
    Layers, Origin, Value, ValuesPath,
    diff::{self, LineChange},
    form::SecretPaths,
};
use values::yaml;

use crate::render::Outcome;

/// Lines shown around what differs.
const CONTEXT: usize = 3;

/// One environment: its name, its layers, its render.
#[derive(Debug)]
pub struct Half<'a> {
    /// The environment.
    pub environment: &'a str,
    /// What its values are.
    pub layers: &'a Layers,
    /// What they render to.
    pub outcome: &'a Outcome,
}

/// Compares two environments. Secrets are told to differ, not what they are.
#[must_use]
pub fn between(left: &Half, right: &Half, secrets: &SecretPaths) -> Comparison {
    let resources = match (&left.outcome.result, &right.outcome.result) {
        (Ok(left), Ok(right)) => resources(&left.resources, &right.resources),
        _ => Vec::new(),
    };
    Comparison {
        left: side(left),
        right: side(right),
        values: values(left.layers, right.layers, secrets),
        resources,
    }
}

fn side(half: &Half) -> Side {
    let failure = half.outcome.result.as_ref().err();
    Side {
        environment: half.environment.to_owned(),
        failure: failure.map(|failure| failure.message.clone()),
    }
}

/// The leaves that differ, lists as a whole.
fn values(left: &Layers, right: &Layers, secrets: &SecretPaths) -> Vec<ValueDifference> {
    let mut paths = Vec::new();
    differing(
        &ValuesPath::root(),
        &Value::Map(left.full().clone()),
        &Value::Map(right.full().clone()),
        &mut paths,
    );
    let told = |layers: &Layers, path: &ValuesPath| {
        let value = layers.value(path)?;
        let text = if secrets.covers(path, value) && *value != Value::from("") {
            "••••••".to_owned()
        } else {
            yaml::print(value).trim_end().to_owned()
        };
        let origin = match layers.origin(path) {
            Origin::Chart => "chart".to_owned(),
            Origin::Environment(name) => name,
            Origin::User => "you".to_owned(),
        };
        Some((text, origin))
    };
    paths
        .into_iter()
        .map(|path| ValueDifference {
            left: told(left, &path),
            right: told(right, &path),
            path: path.to_string(),
        })
        .collect()
}

fn differing(path: &ValuesPath, left: &Value, right: &Value, out: &mut Vec<ValuesPath>) {
    match (left, right) {
        (Value::Map(left), Value::Map(right)) => {
            for (key, value) in left {
                match right.get(key) {
                    Some(other) => differing(&path.key(key), value, other, out),
                    None => out.push(path.key(key)),
                }
            }
            let new = right.keys().filter(|key| left.get(*key).is_none());
            out.extend(new.map(|key| path.key(key)));
        }
        (left, right) if compose::layers::same(left, right) => {}
        _ => out.push(path.clone()),
    }
}

/// The resources that differ: those of the left in their order, then the new ones of the right.
fn resources(left: &[Arc<Resource>], right: &[Arc<Resource>]) -> Vec<ResourceDifference> {
    let title = |resource: &Resource| format!("{} {}", resource.kind, resource.name);
    let find = |among: &[Arc<Resource>], id: &str| -> Option<usize> {
        among.iter().position(|resource| resource.id == id)
    };
    let mut out = Vec::new();
    for resource in left {
        let (fate, new) = match find(right, &resource.id) {
            Some(at) if right[at].yaml == resource.yaml => continue,
            Some(at) => (Fate::Changed, right[at].yaml.as_str()),
            None => (Fate::Left, ""),
        };
        out.push(difference(title(resource), fate, &resource.yaml, new));
    }
    for resource in right {
        if find(left, &resource.id).is_none() {
            out.push(difference(title(resource), Fate::Right, "", &resource.yaml));
        }
    }
    out
}

fn difference(title: String, fate: Fate, old: &str, new: &str) -> ResourceDifference {
    let changes = diff::changed_lines(old, new);
    let (added, removed) = diff::count(&changes);
    ResourceDifference {
        title,
        fate,
        added,
        removed,
        hunks: hunks(old, new, &changes),
    }
}

/// The pieces of a comparison that differ, with [`CONTEXT`] lines around them; pieces that meet
/// are one.
fn hunks(old: &str, new: &str, changes: &[LineChange]) -> Vec<Hunk> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let mut near = vec![false; changes.len()];
    for (at, _) in changes.iter().enumerate().filter(|(_, c)| c.is_change()) {
        let end = (at + CONTEXT + 1).min(near.len());
        near[at.saturating_sub(CONTEXT)..end].fill(true);
    }
    let line = |lines: &[&str], at: usize| lines.get(at).map(|line| (*line).to_owned());
    let mut hunks: Vec<Hunk> = Vec::new();
    let (mut lefts, mut rights) = (0, 0);
    let mut inside = false;
    // The lines of a run that are only on the left wait for those that are only on the right.
    let mut facing = 0;
    for (change, near) in changes.iter().zip(near) {
        if near && !inside {
            hunks.push(Hunk {
                starts: (lefts + 1, rights + 1),
                lines: Vec::new(),
            });
            facing = 0;
        }
        inside = near;
        if let (true, Some(hunk)) = (near, hunks.last_mut()) {
            match *change {
                LineChange::Same(from, to) => {
                    facing = hunk.lines.len() + 1;
                    hunk.lines.push((line(&old, from), line(&new, to)));
                }
                LineChange::Removed(from) => hunk.lines.push((line(&old, from), None)),
                LineChange::Added(to) => {
                    match hunk.lines.get_mut(facing) {
                        Some(pair) => pair.1 = line(&new, to),
                        None => hunk.lines.push((None, line(&new, to))),
                    }
                    facing += 1;
                }
            }
        }
        lefts += usize::from(!matches!(change, LineChange::Added(_)));
        rights += usize::from(!matches!(change, LineChange::Removed(_)));
    }
    hunks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(old: &str, new: &str, expected: &str) {
        let changes = diff::changed_lines(old, new);
        let mut shown = String::new();
        for hunk in hunks(old, new, &changes) {
            shown += &format!("@{},{}", hunk.starts.0, hunk.starts.1);
            for (left, right) in hunk.lines {
                let half = |text: Option<String>| text.unwrap_or_else(|| "_".to_owned());
                shown += &format!(" {}|{}", half(left), half(right));
            }
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn lines_face_each_other() {
        check("a\nb\nc", "a\nx\nc", "@1,1 a|a b|x c|c");
        check("a\nb\nc", "a\nc", "@1,1 a|a b|_ c|c");
        check("a\nb", "a\nx\ny\nb", "@1,1 a|a _|x _|y b|b");
        check("a\nb\nc\nd", "a\nx\nd", "@1,1 a|a b|x c|_ d|d");
        check("", "a", "@1,1 _|a");
    }

    #[test]
    fn only_what_is_near_a_change_is_told() {
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12";
        let new = old.replace("1\n2\n", "1\nx\n").replace("\n12", "\ny");
        check(
            old,
            &new,
            "@1,1 1|1 2|x 3|3 4|4 5|5@9,9 9|9 10|10 11|11 12|y",
        );
    }

    #[test]
    fn values_are_compared_leaf_by_leaf() {
        let map = |text: &str| yaml::parse_map(text).unwrap();
        let left = Layers::new(
            map("a: {b: 1, c: 2}\nd: [1]\ne: x"),
            Some(("dev".to_owned(), map("a: {b: 5}"))),
            map(""),
        );
        let right = Layers::new(
            map("a: {b: 1, c: 2}\nd: [1, 2]\nf: x"),
            None,
            map("a: {c: 3}"),
        );
        let found = values(&left, &right, &SecretPaths::default());
        let found: Vec<_> = found
            .iter()
            .map(|value| {
                let text = |half: &Option<(String, String)>| {
                    half.as_ref()
                        .map(|(text, origin)| format!("{text} ({origin})"))
                };
                (value.path.as_str(), text(&value.left), text(&value.right))
            })
            .collect();
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(
            found,
            [
                ("a.b", text("5 (dev)"), text("1 (chart)")),
                ("a.c", text("2 (chart)"), text("3 (you)")),
                ("d", text("- 1 (chart)"), text("- 1\n- 2 (chart)")),
                ("e", text("x (chart)"), None),
                ("f", None, text("x (chart)")),
            ]
        );
    }
}
