//! The merged values as HTML: a button for each value, which submits the page's form with the path
//! of the field to go to, so that it leads there without WebAssembly, too.

use compose::Origin;
use compose::merged::MergedEntry;

use super::highlight;
use crate::components::header::FORM;

/// The entries. Everything that comes from outside is escaped here.
#[must_use]
pub(crate) fn html(entries: &[MergedEntry]) -> String {
    let mut out = String::with_capacity(entries.len() * 200);
    for entry in entries {
        let origin = match &entry.origin {
            None => "",
            Some(Origin::Chart) => "chart",
            Some(Origin::Environment(name)) => name,
            Some(Origin::User) => "you",
        };
        let tag = if entry.origin.is_some() {
            "button"
        } else {
            "div"
        };
        out.push('<');
        out.push_str(tag);
        out.push_str(" class=\"merged__line");
        for (is, class) in [(entry.changed, " is-yours"), (entry.differs, " is-other")] {
            if is {
                out.push_str(class);
            }
        }
        if entry.origin.is_some() {
            out.push_str("\" type=\"submit\" form=\"");
            out.push_str(FORM);
            out.push_str("\" name=\"field\" value=\"");
            highlight::escape(&entry.path.to_string(), &mut out);
        }
        out.push_str("\"><span class=\"merged__origin\">");
        highlight::escape(origin, &mut out);
        out.push_str("</span><span class=\"merged__text\">");
        out.push_str(highlight::yaml(&entry.text).trim_end_matches('\n'));
        out.push_str("</span></");
        out.push_str(tag);
        out.push('>');
    }
    out
}

#[cfg(test)]
mod tests {
    use compose::ValuesPath;

    use super::*;

    #[test]
    fn a_value_is_a_button_and_nothing_from_outside_is_markup() {
        let entry = |origin| MergedEntry {
            text: "  \"<b\": 1".to_owned(),
            path: ValuesPath::of_keys(["a", "\"<b"]),
            origin,
            changed: true,
            differs: false,
        };
        assert_eq!(
            html(&[entry(Some(Origin::Environment("<i>".to_owned())))]),
            "<button class=\"merged__line is-yours\" type=\"submit\" form=\"composition\" \
             name=\"field\" value=\"a.&quot;&lt;b\"><span class=\"merged__origin\">&lt;i&gt;</span>\
             <span class=\"merged__text\">  <b>&quot;&lt;b&quot;</b>: 1</span></button>"
        );
        assert!(html(&[entry(None)]).starts_with("<div class=\"merged__line is-yours\"><span"));
    }
}
