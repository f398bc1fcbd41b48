//! Compositions kept in the browser: the list as plain data, its file, and how it is drawn.
//! Secrets are taken out before an entry is made, and again from a file that is read.

use compose::form::SecretPaths;
use compose::{Composition, Value, ValuesPath};
use serde::{Deserialize, Serialize};

use super::highlight::escape;
use super::{changes, units, values};
use crate::json;

/// How many entries are kept.
pub(crate) const MOST: usize = 200;

/// The version of the file and of what the browser keeps.
const VERSION: u32 = 1;

/// One kept composition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// Its own name among all that are ever exported and imported.
    pub(crate) id: String,
    /// When it was kept, in milliseconds since 1970.
    pub(crate) at: f64,
    /// How it is called.
    pub(crate) title: String,
    /// Whether it is kept whatever happens.
    #[serde(default)]
    pub(crate) star: bool,
    /// The chart's name.
    pub(crate) chart: String,
    /// The chart's version.
    pub(crate) version: String,
    /// The composition's query.
    pub(crate) query: String,
    /// The composition, without secrets.
    pub(crate) composition: Composition,
}

/// The file that is exported and imported, and what the browser keeps.
#[derive(Debug, Serialize, Deserialize)]
struct File {
    #[serde(rename = "chartroom-history")]
    version: u32,
    entries: Vec<Entry>,
}

/// The entries as a file.
#[must_use]
pub(crate) fn print(entries: &[Entry]) -> String {
    let file = File {
        version: VERSION,
        entries: entries.to_vec(),
    };
    serde_json::to_string(&file).unwrap_or_default()
}

/// Reads a file.
///
/// # Errors
/// A sentence for the person who chose it.
pub(crate) fn read(text: &str, secrets: &SecretPaths) -> Result<Vec<Entry>, String> {
    let file: File =
        json::from_str(text).map_err(|_| "This is no history file of Chartroom".to_owned())?;
    if file.version > VERSION {
        return Err("This file comes from a newer Chartroom".to_owned());
    }
    let mut entries = file.entries;
    for entry in &mut entries {
        entry.composition = clean(&entry.composition, secrets);
    }
    Ok(entries)
}

/// A composition without its secrets.
#[must_use]
pub(crate) fn clean(composition: &Composition, secrets: &SecretPaths) -> Composition {
    Composition {
        overrides: secrets.take_out(&composition.overrides).0,
        ..composition.clone()
    }
}

/// Adds an entry; one of the newest entry's very composition only makes that one newer.
pub(crate) fn add(entries: &mut Vec<Entry>, entry: Entry) {
    match entries.first_mut() {
        Some(newest) if newest.composition == entry.composition && newest.chart == entry.chart => {
            newest.at = entry.at;
        }
        _ => entries.insert(0, entry),
    }
    trim(entries);
}

/// Merges imported entries; those that are there already stay as they are. Says how many came.
pub(crate) fn merge(entries: &mut Vec<Entry>, more: Vec<Entry>) -> usize {
    let mut came = 0;
    for entry in more {
        if !entries.iter().any(|old| old.id == entry.id) {
            entries.push(entry);
            came += 1;
        }
    }
    trim(entries);
    came
}

/// Newest first; of too many the oldest go, those with a star last.
fn trim(entries: &mut Vec<Entry>) {
    entries.sort_by(|a, b| b.at.total_cmp(&a.at));
    while entries.len() > MOST {
        let oldest = oldest(entries).unwrap_or(entries.len() - 1);
        entries.remove(oldest);
    }
}

/// Stores the entries. A full storage holds fewer: the oldest without a star go, never the newest.
/// Says whether the rest is stored; `store` says it of a text.
pub(crate) fn store(entries: &mut Vec<Entry>, store: &dyn Fn(&str) -> bool) -> bool {
    while !store(&print(entries)) {
        match oldest(entries) {
            Some(at @ 1..) => entries.remove(at),
            _ => return false,
        };
    }
    true
}

/// The oldest entry without a star.
fn oldest(entries: &[Entry]) -> Option<usize> {
    entries.iter().rposition(|entry| !entry.star)
}

/// What an entry is called until somebody names it: `prod, 3 changes`.
#[must_use]
pub(crate) fn title(composition: &Composition) -> String {
    let changes = compose::layers::leaves(&composition.overrides).len();
    [
        &composition.environment,
        ", ",
        &units::count(changes, "change"),
    ]
    .concat()
}

/// What the list shows beside the entries.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Look {
    /// The entry that is being renamed.
    pub(crate) renamed: Option<String>,
    /// The entry that is compared with now.
    pub(crate) compared: Option<String>,
}

/// The entries as HTML, those with a star apart and first.
#[must_use]
pub(crate) fn html(
    entries: &[Entry],
    look: &Look,
    now: &Composition,
    secrets: &SecretPaths,
    time: &dyn Fn(f64) -> String,
) -> String {
    let mut out = String::new();
    for (star, heading) in [(true, "Starred"), (false, "Latest first")] {
        let mut some = entries.iter().filter(|entry| entry.star == star).peekable();
        if some.peek().is_none() {
            continue;
        }
        out.push_str("<section><h3 class=kept__heading>");
        out.push_str(heading);
        out.push_str("</h3><ul>");
        for entry in some {
            row(entry, look, now, secrets, time, &mut out);
        }
        out.push_str("</ul></section>");
    }
    out
}

fn row(
    entry: &Entry,
    look: &Look,
    now: &Composition,
    secrets: &SecretPaths,
    time: &dyn Fn(f64) -> String,
    out: &mut String,
) {
    let is = |chosen: &Option<String>| chosen.as_deref() == Some(entry.id.as_str());
    out.push_str("<li class=kept__entry><div class=kept__about>");
    if is(&look.renamed) {
        out.push_str(
            "<input class=\"input kept__name\" maxlength=120 aria-label=\"Name\" id=\"kept-name-",
        );
        escape(&entry.id, out);
        out.push_str("\" data-id=\"");
        escape(&entry.id, out);
        out.push_str("\" value=\"");
        escape(&entry.title, out);
        out.push_str("\">");
    } else {
        out.push_str("<strong class=kept__title>");
        escape(&entry.title, out);
        out.push_str("</strong>");
    }
    out.push_str("<span class=kept__time>");
    escape(&time(entry.at), out);
    out.push_str(" · ");
    escape(&entry.chart, out);
    out.push(' ');
    escape(&entry.version, out);
    out.push_str("</span></div><div class=kept__acts>");
    let compared = is(&look.compared);
    let rename = if is(&look.renamed) { "Done" } else { "Rename" };
    for (act, label, pressed) in [
        ("open", "Open", None),
        ("compare", "Compare", Some(compared)),
        ("star", "Star", Some(entry.star)),
        ("rename", rename, None),
        ("delete", "Delete", None),
    ] {
        out.push_str("<button type=button class=\"button button--quiet\" data-act=");
        out.push_str(act);
        out.push_str(" id=\"kept-");
        out.push_str(act);
        out.push('-');
        escape(&entry.id, out);
        out.push_str("\" data-id=\"");
        escape(&entry.id, out);
        out.push_str("\" aria-label=\"");
        out.push_str(label);
        out.push(' ');
        escape(&entry.title, out);
        out.push('"');
        if let Some(pressed) = pressed {
            out.push_str(if pressed {
                " aria-pressed=true"
            } else {
                " aria-pressed=false"
            });
        }
        out.push('>');
        out.push_str(match (act, pressed) {
            ("star", Some(true)) => "★",
            ("star", _) => "☆",
            _ => label,
        });
        out.push_str("</button>");
    }
    out.push_str("</div>");
    if compared {
        comparison(&entry.composition, now, secrets, out);
    }
    out.push_str("</li>");
}

/// What differs between a kept composition and the one on the page.
fn comparison(then: &Composition, now: &Composition, secrets: &SecretPaths, out: &mut String) {
    let mut rows: Vec<[String; 3]> = Vec::new();
    let mut differs = |name: &str, then: &str, now: &str| {
        if then != now {
            rows.push([name, then, now].map(str::to_owned));
        }
    };
    differs("environment", &then.environment, &now.environment);
    differs("release", &then.release.name, &now.release.name);
    differs("namespace", &then.release.namespace, &now.release.namespace);
    differs(
        "Kubernetes version",
        then.release.kube_version.as_deref().unwrap_or_default(),
        now.release.kube_version.as_deref().unwrap_or_default(),
    );
    differs(
        "API versions",
        &then.release.api_versions.join(", "),
        &now.release.api_versions.join(", "),
    );
    let word = |upgrade| if upgrade { "upgrade" } else { "install" };
    differs(
        "Helm command",
        word(then.release.is_upgrade),
        word(now.release.is_upgrade),
    );
    let shown =
        |composition: &Composition, path: &ValuesPath| match path.get_in(&composition.overrides) {
            None => "not changed".to_owned(),
            Some(Value::Null) => "null".to_owned(),
            Some(value) if secrets.covers(path, value) => "••••••".to_owned(),
            Some(value) => values::shown(value),
        };
    for path in changes::paths(&then.overrides, &now.overrides) {
        rows.push([path.to_string(), shown(then, &path), shown(now, &path)]);
    }
    if rows.is_empty() {
        out.push_str("<p class=kept__same>Nothing differs from what is on the page.</p>");
        return;
    }
    out.push_str(
        "<table class=kept__table><thead><tr><th scope=col>Value<th scope=col>Then<th scope=col>Now\
         </tr></thead><tbody>",
    );
    for [name, then, now] in rows {
        out.push_str("<tr><th scope=row>");
        escape(&name, out);
        out.push_str("</th><td>");
        escape(&then, out);
        out.push_str("</td><td>");
        escape(&now, out);
        out.push_str("</td></tr>");
    }
    out.push_str("</tbody></table>");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: &str, at: f64, star: bool) -> Entry {
        Entry {
            id: id.to_owned(),
            at,
            title: id.to_owned(),
            star,
            chart: "c".to_owned(),
            version: "1".to_owned(),
            query: String::new(),
            composition: Composition {
                environment: id.to_owned(),
                ..Composition::default()
            },
        }
    }

    fn ids(entries: &[Entry]) -> Vec<&str> {
        entries.iter().map(|entry| entry.id.as_str()).collect()
    }

    #[test]
    fn the_oldest_without_a_star_go_first() {
        let mut entries = vec![entry("old", 0.0, true), entry("old too", 1.0, false)];
        for n in 0..MOST {
            #[expect(clippy::cast_precision_loss, reason = "a small number")]
            add(&mut entries, entry(&n.to_string(), 2.0 + n as f64, false));
        }
        assert_eq!(entries.len(), MOST);
        assert_eq!(entries.last().map(|entry| entry.id.as_str()), Some("old"));
        assert_eq!(entries[0].id, (MOST - 1).to_string());
        assert!(!ids(&entries).contains(&"old too"));
    }

    #[test]
    fn a_full_storage_holds_the_newest_and_those_with_a_star() {
        let mut entries = vec![
            entry("new", 4.0, false),
            entry("newer", 3.0, false),
            entry("star", 2.0, true),
            entry("old", 1.0, false),
        ];
        let room = print(&entries[..2]).len();
        assert!(store(&mut entries, &|text| text.len() <= room));
        assert_eq!(ids(&entries), ["new", "star"]);
        assert!(!store(&mut entries, &|_| false), "switched off");
        assert_eq!(ids(&entries), ["new", "star"]);
    }

    #[test]
    fn the_same_composition_again_only_makes_its_entry_newer() {
        let mut entries = Vec::new();
        add(&mut entries, entry("a", 1.0, false));
        add(
            &mut entries,
            Entry {
                id: "b".to_owned(),
                at: 2.0,
                ..entry("a", 1.0, false)
            },
        );
        assert_eq!(ids(&entries), ["a"]);
        assert!((entries[0].at - 2.0).abs() < f64::EPSILON);
    }

    #[test]
    fn a_file_comes_back_and_is_merged_by_id() {
        let secrets = SecretPaths::default();
        let text = print(&[entry("a", 1.0, true), entry("b", 2.0, false)]);
        let more = read(&text, &secrets).expect("a good file");
        let mut entries = vec![entry("b", 3.0, false)];
        assert_eq!(merge(&mut entries, more), 1);
        assert_eq!(ids(&entries), ["b", "a"]);
    }

    #[test]
    fn a_bad_file_is_told_and_secrets_in_a_file_are_dropped() {
        let secrets = SecretPaths::default();
        for bad in [
            "",
            "[]",
            "{\"entries\":[]}",
            "{\"chartroom-history\":9,\"entries\":[]}",
        ] {
            assert!(read(bad, &secrets).is_err(), "{bad}");
        }
        let mut with = entry("a", 1.0, false);
        ValuesPath::of_keys(["db", "password"])
            .set(&mut with.composition.overrides, "hunter2".into());
        let read = read(&print(&[with]), &secrets).expect("a good file");
        assert!(read[0].composition.overrides.is_empty());
    }

    #[test]
    fn rows_tell_what_differs_and_hold_no_markup_from_outside() {
        let mut then = entry("a", 1.0, false);
        then.title = "<b>".to_owned();
        ValuesPath::of_keys(["x"]).set(&mut then.composition.overrides, 1.into());
        let look = Look {
            compared: Some("a".to_owned()),
            ..Look::default()
        };
        let secrets = SecretPaths::default();
        let html = html(&[then], &look, &Composition::default(), &secrets, &|_| {
            String::new()
        });
        assert!(html.contains("&lt;b&gt;") && !html.contains("<b>"));
        assert!(html.contains("<th scope=row>x</th><td>1</td><td>not changed</td>"));
        assert!(html.contains("<th scope=row>environment</th><td>a</td><td>base</td>"));
    }
}
