//! Which files of a chart changed, in words.

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

/// Up to this many files beside templates are named.
const NAMED: usize = 2;

/// What each file holds, as a number.
pub(super) fn numbers<'f>(
    files: impl Iterator<Item = (&'f str, &'f [u8])>,
) -> BTreeMap<String, u64> {
    files
        .map(|(path, data)| {
            let mut hasher = DefaultHasher::new();
            data.hash(&mut hasher);
            (path.to_owned(), hasher.finish())
        })
        .collect()
}

/// Whether nothing but templates changed, came or went.
pub(super) fn are_of_templates(
    before: &BTreeMap<String, u64>,
    now: &BTreeMap<String, u64>,
) -> bool {
    fn others(files: &BTreeMap<String, u64>) -> impl Iterator<Item = (&String, &u64)> {
        files.iter().filter(|(path, _)| !is_template(path))
    }
    others(before).eq(others(now))
}

fn is_template(path: &str) -> bool {
    path.contains("templates/")
}

/// `values.yaml and 2 templates changed`; empty where nothing did.
pub(super) fn words(before: &BTreeMap<String, u64>, now: &BTreeMap<String, u64>) -> String {
    let gone = before.keys().filter(|path| !now.contains_key(*path));
    let other = now
        .iter()
        .filter(|(path, number)| before.get(*path) != Some(*number))
        .map(|(path, _)| path);
    let (templates, files): (Vec<&String>, Vec<&String>) =
        gone.chain(other).partition(|path| is_template(path));
    let mut parts: Vec<String> = match files.len() {
        0..=NAMED => files.iter().map(ToString::to_string).collect(),
        many => vec![format!("{many} files")],
    };
    match templates.len() {
        0 => {}
        1 => parts.push("1 template".to_owned()),
        many => parts.push(format!("{many} templates")),
    }
    if parts.is_empty() {
        return String::new();
    }
    format!("{} changed", parts.join(" and "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, u64)]) -> BTreeMap<String, u64> {
        list.iter()
            .map(|(path, number)| ((*path).to_owned(), *number))
            .collect()
    }

    #[test]
    fn changes_of_templates_are_known() {
        let before = files(&[("values.yaml", 1), ("templates/a.yaml", 1)]);
        let edited = files(&[("values.yaml", 1), ("templates/b.yaml", 2)]);
        let other = files(&[("values.yaml", 2), ("templates/a.yaml", 1)]);
        let more = files(&[
            ("README.md", 1),
            ("values.yaml", 1),
            ("templates/a.yaml", 1),
        ]);
        assert!(are_of_templates(&before, &edited));
        assert!(!are_of_templates(&before, &other));
        assert!(!are_of_templates(&before, &more));
    }

    #[test]
    fn changes_are_counted_and_named() {
        let before = files(&[
            ("values.yaml", 1),
            ("templates/a.yaml", 1),
            ("templates/b.yaml", 1),
        ]);
        assert_eq!(words(&before, &before), "");
        let now = files(&[
            ("values.yaml", 2),
            ("templates/a.yaml", 2),
            ("templates/c.yaml", 1),
        ]);
        assert_eq!(words(&before, &now), "values.yaml and 3 templates changed");
        let now = files(&[("a", 1), ("b", 1), ("c", 1), ("templates/a.yaml", 1)]);
        assert_eq!(
            words(&before, &now),
            "5 files and 1 template changed".replace('5', "4")
        );
    }
}
