//! The text that lies under an editor's input, line by line: painted, and marked where it is wrong.

use super::highlight;

/// The text as HTML; `wrong` are the numbers of marked lines, from 1.
#[must_use]
pub(crate) fn html(text: &str, wrong: &[(usize, String)]) -> String {
    let mut painted = highlight::yaml(text);
    // Behind a last line break there is one more line to write on.
    if !text.ends_with('\n') {
        painted.pop();
    }
    let mut out = String::with_capacity(painted.len() * 2);
    for (at, line) in painted.split('\n').enumerate() {
        out.push_str(if wrong.iter().any(|(line, _)| *line == at + 1) {
            "<span class=\"editor__line editor__line--wrong\">"
        } else {
            "<span class=\"editor__line\">"
        });
        out.push_str(line);
        out.push_str("\n</span>");
    }
    out
}

/// A text as the content of a `textarea`, whose first line break HTML would leave out.
#[must_use]
pub(crate) fn content(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    if text.starts_with('\n') {
        out.push('\n');
    }
    highlight::escape(text, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_there_the_last_one_too() {
        let lines = |text| html(text, &[]).matches("<span").count();
        assert_eq!(
            [lines(""), lines("a"), lines("a\n"), lines("a\n\nb")],
            [1, 1, 2, 3]
        );
        assert_eq!(
            html("a: 1\nb", &[(2, String::new())]),
            "<span class=\"editor__line\"><b>a</b>: 1\n</span>\
             <span class=\"editor__line editor__line--wrong\">b\n</span>"
        );
    }
}
