//! A resource as HTML: its heading, what stands above its text, its text. Kept in strings, so that
//! hundreds of resources are few nodes to the framework.

use super::highlight;
pub(crate) use super::highlight::escape;
use super::{download, query, units};
use compose::diff;

use crate::state::marks::Mark;
use crate::state::shown::Entry;

/// Kind, name, hook events, lines, and what changed.
#[must_use]
pub(crate) fn heading(entry: &Entry, mark: Option<&Mark>) -> String {
    let mut out = String::with_capacity(256);
    let resource = &entry.resource;
    out.push_str("<h4 class=\"resource__heading\"><span class=\"resource__kind\">");
    escape(&resource.kind, &mut out);
    out.push_str("</span> <span class=\"resource__name\">");
    escape(&resource.name, &mut out);
    out.push_str("</span></h4>");
    for event in &resource.hooks {
        tag(event, &mut out);
    }
    if mark.is_some_and(|mark| mark.old.is_none()) {
        tag("new", &mut out);
    }
    if let Some(mark) = mark {
        out.push_str(&delta(mark.added, mark.removed));
    }
    out
}

/// The heading of a resource that is no longer there.
#[must_use]
pub(crate) fn gone_heading(entry: &Entry) -> String {
    let mut out = heading(entry, None);
    out.push_str(&delta(0, entry.lines));
    out
}

/// Lines added and removed, as marks; nothing where there are none.
#[must_use]
pub(crate) fn delta(added: usize, removed: usize) -> String {
    let mut out = String::new();
    if added + removed > 0 {
        out.push_str("<span class=\"delta\">");
        for (count, class, sign, words) in [
            (added, "plus", "+", "added"),
            (removed, "minus", "−", "removed"),
        ] {
            if count > 0 {
                let words = [&units::count(count, "line"), " ", words].concat();
                let count = count.to_string();
                out.push_str(
                    &[
                        "<span class=\"delta__",
                        class,
                        "\" title=\"",
                        &words,
                        "\">",
                        sign,
                        &count,
                        "</span> ",
                    ]
                    .concat(),
                );
            }
        }
        out.push_str("</span>");
    }
    out
}

/// The template that printed it, how Helm treats it, its lines; to copy and to download.
#[must_use]
pub(crate) fn facts(entry: &Entry, link: &str) -> String {
    let resource = &entry.resource;
    let mut out = String::with_capacity(512);
    out.push_str("<span class=\"resource__source\" title=\"The template that printed it\">");
    // Where it is too long for its line it breaks between folders.
    for part in resource.source.split_inclusive('/') {
        escape(part, &mut out);
        out.push_str("<wbr>");
    }
    out.push_str("</span>");
    if !resource.hooks.is_empty() {
        fact("weight ", &resource.hook_weight.to_string(), &mut out);
        let policies = resource.delete_policies.join(", ");
        if !policies.is_empty() {
            fact("deleted: ", &policies, &mut out);
        }
    }
    fact("", &units::count(entry.lines, "line"), &mut out);
    let title = [&*resource.kind, " ", &*resource.name].concat();
    out.push_str(
        "<button type=\"button\" class=\"button button--quiet\" data-copy aria-label=\"Copy ",
    );
    escape(&title, &mut out);
    out.push_str("\">Copy</button><a class=\"button button--quiet\" download=\"");
    escape(&file_name(&resource.kind, &resource.name), &mut out);
    out.push_str("\" href=\"");
    let part = query::with_pair("", "resource", &resource.id);
    escape(
        &download::download("/manifests.yaml", link, &part),
        &mut out,
    );
    out.push_str("\" aria-label=\"Download ");
    escape(&title, &mut out);
    out.push_str("\">Download</a>");
    out
}

/// Its text: painted and marked where it is looked at, else as it is.
#[must_use]
pub(crate) fn body(entry: &Entry, mark: Option<&Mark>, painted: bool) -> String {
    let yaml = &entry.resource.yaml;
    match mark {
        Some(mark) => {
            let old = mark.old.as_ref();
            let old = old.map_or("", |old| old.resource.yaml.as_str());
            highlight::numbered_against(old, yaml, &mark.changes)
        }
        None if painted => highlight::numbered(yaml),
        None => highlight::plain(yaml),
    }
}

/// The text of a resource that is no longer there.
#[must_use]
pub(crate) fn gone_body(entry: &Entry) -> String {
    let yaml = &entry.resource.yaml;
    highlight::numbered_against(yaml, "", &diff::changed_lines(yaml, ""))
}

/// `Deployment-flts-kafka.yaml`, of characters that every file system takes.
fn file_name(kind: &str, name: &str) -> String {
    let safe = |c: char| match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '.' => c,
        _ => '-',
    };
    let mut out: String = [kind, "-", name].concat().chars().map(safe).collect();
    out.push_str(".yaml");
    out
}

fn tag(text: &str, out: &mut String) {
    out.push_str("<span class=\"resource__tag\">");
    escape(text, out);
    out.push_str("</span>");
}

fn fact(label: &str, text: &str, out: &mut String) {
    out.push_str("<span>");
    out.push_str(label);
    escape(text, out);
    out.push_str("</span>");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Resource;

    #[test]
    fn hostile_names_stay_text() {
        let entry = Entry {
            resource: std::sync::Arc::new(Resource {
                id: "a/\"><script>".to_owned(),
                kind: "<b>".to_owned(),
                name: "\"><script>".to_owned(),
                source: "<i>".to_owned(),
                hooks: vec!["<u>".to_owned()],
                yaml: "<s>".to_owned(),
                ..Resource::default()
            }),
            lines: 1,
        };
        let html = [
            heading(&entry, None),
            gone_heading(&entry),
            facts(&entry, "set=a%22"),
            body(&entry, None, true),
            body(&entry, None, false),
        ]
        .concat();
        for tag in ["<script", "<b><", "<i>", "<u>", "<s>"] {
            assert!(!html.contains(tag), "{tag} in {html}");
        }
    }

    #[test]
    fn file_names_are_safe() {
        assert_eq!(file_name("Role", "system:a/b"), "Role-system-a-b.yaml");
    }
}
