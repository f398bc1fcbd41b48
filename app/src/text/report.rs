//! Reports of other environments as HTML: drawn on the server only, shown as they are.

use super::highlight::escape;
use super::{manifest, units};
use crate::wire::{
    Comparison, EnvironmentTotals, Fate, Hunk, ResourceDifference, Totals, ValueDifference,
};

/// The rows of the totals: title, how a number is told, the number.
type Row = (&'static str, fn(u64) -> String, fn(&Totals) -> u64);

const ROWS: [Row; 7] = [
    ("Pods", |count| count.to_string(), |totals| totals.pods),
    (
        "Pods at HPA maximum",
        |count| count.to_string(),
        |totals| totals.pods_max,
    ),
    ("CPU requests", units::cpu, |totals| totals.cpu_request),
    ("CPU limits", units::cpu, |totals| totals.cpu_limit),
    ("Memory requests", units::bytes, |totals| {
        totals.memory_request
    }),
    ("Memory limits", units::bytes, |totals| totals.memory_limit),
    ("Storage", units::bytes, |totals| totals.storage),
];

/// A table of totals: a column for each environment, with the difference to the chosen one.
#[must_use]
pub(crate) fn totals(all: &[EnvironmentTotals], chosen: &str) -> String {
    let mut out = String::from("<table class=\"totals\"><thead><tr><td></td>");
    for one in all {
        out.push_str("<th scope=\"col\"");
        if one.environment == chosen {
            out.push_str(" aria-current=\"true\"");
        }
        out.push('>');
        escape(&one.environment, &mut out);
        out.push_str("</th>");
    }
    out.push_str("</tr></thead><tbody>");
    let here = all.iter().find(|one| one.environment == chosen);
    let here = here.and_then(|one| one.totals.as_ref().ok());
    for (title, tell, read) in ROWS {
        out.push_str(&["<tr><th scope=\"row\">", title, "</th>"].concat());
        for one in all {
            out.push_str("<td>");
            match &one.totals {
                Ok(totals) => {
                    out.push_str(&tell(read(totals)));
                    if let Some(here) = here.filter(|_| one.environment != chosen) {
                        difference(read(totals), read(here), tell, &mut out);
                    }
                }
                Err(message) => {
                    out.push_str("<span title=\"");
                    escape(message, &mut out);
                    out.push_str("\">fails</span>");
                }
            }
            out.push_str("</td>");
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table>");
    out
}

/// How far a number is from the chosen environment's.
fn difference(there: u64, here: u64, tell: fn(u64) -> String, out: &mut String) {
    if there != here {
        let sign = if there > here { "+" } else { "−" };
        let far = tell(there.abs_diff(here));
        out.push_str(&["<span class=\"totals__far\">", sign, &far, "</span>"].concat());
    }
}

/// Two environments: what of the values differs, then what of the manifests.
#[must_use]
pub(crate) fn comparison(comparison: &Comparison) -> String {
    let (left, right) = (&comparison.left, &comparison.right);
    let mut out = String::with_capacity(64 << 10);
    for side in [left, right] {
        if let Some(failure) = &side.failure {
            out.push_str("<p class=\"compare__failure\">The chart does not render for ");
            escape(&side.environment, &mut out);
            out.push_str(": ");
            escape(failure, &mut out);
            out.push_str("</p>");
        }
    }
    let names = [&*left.environment, &*right.environment];
    part(
        "Values",
        &units::count(comparison.values.len(), "difference"),
        &mut out,
    );
    if !comparison.values.is_empty() {
        out.push_str("<table class=\"compare__values\"><thead><tr><th scope=\"col\">Value</th>");
        for name in names {
            out.push_str("<th scope=\"col\">");
            escape(name, &mut out);
            out.push_str("</th>");
        }
        out.push_str("</tr></thead><tbody>");
        for value in &comparison.values {
            value_row(value, names, &mut out);
        }
        out.push_str("</tbody></table>");
    }
    out.push_str("</details>");
    if left.failure.is_none() && right.failure.is_none() {
        let resources = &comparison.resources;
        let (added, removed) = resources.iter().fold((0, 0), |(added, removed), one| {
            (added + one.added, removed + one.removed)
        });
        let mut sums = units::count(resources.len(), "resource");
        sums.push_str(if resources.len() == 1 {
            " differs "
        } else {
            " differ "
        });
        sums.push_str(&manifest::delta(added, removed));
        part("Manifests", &sums, &mut out);
        for resource in resources {
            resource_block(resource, names, &mut out);
        }
        out.push_str("</details>");
    }
    out
}

/// The beginning of a part that folds away; `sums` is HTML.
fn part(title: &str, sums: &str, out: &mut String) {
    let parts = [
        "<details class=\"compare__part\" open><summary><h3 class=\"compare__title\">",
        title,
        " <span class=\"compare__sums\">",
        sums,
        "</span></h3></summary>",
    ];
    out.push_str(&parts.concat());
}

fn value_row(value: &ValueDifference, names: [&str; 2], out: &mut String) {
    out.push_str(
        "<tr><th scope=\"row\"><button type=\"button\" class=\"compare__path\" data-path=\"",
    );
    escape(&value.path, out);
    out.push_str("\">");
    // Long paths break after their dots.
    for part in value.path.split_inclusive('.') {
        escape(part, out);
        out.push_str("<wbr>");
    }
    out.push_str("</button></th>");
    for (half, name) in [&value.left, &value.right].into_iter().zip(names) {
        out.push_str("<td data-side=\"");
        escape(name, out);
        out.push_str("\">");
        match half {
            Some((text, origin)) => {
                out.push_str("<code>");
                escape(if text.is_empty() { "\"\"" } else { text }, out);
                out.push_str("</code> <span class=\"origin\">");
                escape(origin, out);
                out.push_str("</span>");
            }
            None => out.push_str("<span class=\"compare__none\">not set</span>"),
        }
        out.push_str("</td>");
    }
    out.push_str("</tr>");
}

fn resource_block(resource: &ResourceDifference, names: [&str; 2], out: &mut String) {
    out.push_str("<details class=\"compare__resource\"");
    if resource.fate == Fate::Changed {
        out.push_str(" open");
    }
    out.push_str("><summary class=\"resource__summary\"><h4 class=\"resource__heading\">");
    escape(&resource.title, out);
    out.push_str("</h4>");
    let only = match resource.fate {
        Fate::Changed => None,
        Fate::Left => Some(names[0]),
        Fate::Right => Some(names[1]),
    };
    if let Some(name) = only {
        out.push_str("<span class=\"resource__tag\">only in ");
        escape(name, out);
        out.push_str("</span>");
    }
    out.push_str(&manifest::delta(resource.added, resource.removed));
    out.push_str("</summary>");
    for hunk in &resource.hunks {
        hunk_block(hunk, resource.fate, names, out);
    }
    out.push_str("</details>");
}

/// The two sides of a hunk, line beside line; one side where there is no other.
fn hunk_block(hunk: &Hunk, fate: Fate, names: [&str; 2], out: &mut String) {
    out.push_str("<div class=\"compare__hunk\">");
    for (index, name) in names.into_iter().enumerate() {
        if (fate, index) == (Fate::Left, 1) || (fate, index) == (Fate::Right, 0) {
            continue;
        }
        let start = if index == 0 {
            hunk.starts.0
        } else {
            hunk.starts.1
        };
        out.push_str("<pre class=\"yaml compare__side\" tabindex=\"0\" aria-label=\"");
        escape(name, out);
        out.push_str(&[" from line ", &start.to_string(), "\">"].concat());
        out.push_str(&["<i class=\"compare__place\">", &start.to_string(), "</i>"].concat());
        for (left, right) in &hunk.lines {
            let (own, mark) = if index == 0 {
                (left, "del")
            } else {
                (right, "ins")
            };
            let tag = if left == right { "span" } else { mark };
            match own {
                Some(line) => {
                    out.push_str(&["<", tag, ">"].concat());
                    escape(line, out);
                    out.push_str(&["\n</", tag, ">"].concat());
                }
                None => out.push_str("<span class=\"compare__gap\">\n</span>"),
            }
        }
        out.push_str("</pre>");
    }
    out.push_str("</div>");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Side;

    #[test]
    fn totals_tell_how_far_they_are_from_the_chosen_ones() {
        let one = |environment: &str, pods| EnvironmentTotals {
            environment: environment.to_owned(),
            totals: Ok(Totals {
                pods,
                ..Totals::default()
            }),
        };
        let html = totals(&[one("base", 3), one("dev", 5), one("prod", 2)], "base");
        assert!(html.contains("<td>3</td>"), "{html}");
        assert!(
            html.contains("<td>5<span class=\"totals__far\">+2</span></td>"),
            "{html}"
        );
        assert!(
            html.contains("<td>2<span class=\"totals__far\">−1</span></td>"),
            "{html}"
        );
    }

    #[test]
    fn nothing_from_outside_becomes_markup() {
        let bad = || "<script>\"".to_owned();
        let html = comparison(&Comparison {
            left: Side {
                environment: bad(),
                failure: None,
            },
            right: Side::default(),
            values: vec![ValueDifference {
                path: bad(),
                left: Some((bad(), bad())),
                right: None,
            }],
            resources: vec![ResourceDifference {
                title: bad(),
                fate: Fate::Left,
                added: 0,
                removed: 1,
                hunks: vec![Hunk {
                    starts: (1, 1),
                    lines: vec![(Some(bad()), None)],
                }],
            }],
        });
        assert!(!html.contains("<script>"), "{html}");
    }
}
