//! HTML made as text: long lists go into the page as one piece, which costs the framework nothing.
//! Everything that comes from outside is escaped on its way.

use super::highlight::escape;

/// Appends text with the words of a search marked in it.
pub(crate) fn push_marked(text: &str, words: &[String], out: &mut String) {
    let lower = text.to_ascii_lowercase();
    let mut marked = vec![false; text.len()];
    for word in words {
        for (at, found) in lower.match_indices(word.as_str()) {
            marked[at..at + found.len()].fill(true);
        }
    }
    let mut from = 0;
    while from < text.len() {
        let mark = marked[from];
        let to = (from..text.len())
            .find(|at| marked[*at] != mark)
            .unwrap_or(text.len());
        if mark {
            out.push_str("<mark>");
        }
        escape(&text[from..to], out);
        if mark {
            out.push_str("</mark>");
        }
        from = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, words: &[&str]) -> String {
        let mut out = String::new();
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        push_marked(text, &words, &mut out);
        out
    }

    #[test]
    fn what_was_searched_is_marked_and_nothing_becomes_markup() {
        assert_eq!(
            marked("Memory memory", &["mem"]),
            "<mark>Mem</mark>ory <mark>mem</mark>ory"
        );
        assert_eq!(
            marked("<b> \"é\" é", &["é", "b"]),
            "&lt;<mark>b</mark>&gt; &quot;<mark>é</mark>&quot; <mark>é</mark>"
        );
        assert_eq!(marked("aaa", &["aa"]), "<mark>aa</mark>a");
        assert_eq!(marked("", &["x"]), "");
    }
}
