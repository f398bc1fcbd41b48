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

/// `values.yaml and 2 templates changed`; empty where nothing did.
pub(super) fn words(before: &BTreeMap<String, u64>, now: &BTreeMap<String, u64>) -> String {
    let gone = before.keys().filter(|path| !now.contains_key(*path));
    let other = now
        .iter()
        .filter(|(path, number)| before.get(*path) != Some(*number))
        .map(|(path, _)| path);
    let (templates, files): (Vec<&String>, Vec<&String>) = gone
        .chain(other)
        .partition(|path| path.contains("templates/"));
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
