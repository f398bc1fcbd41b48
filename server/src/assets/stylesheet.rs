//! One style sheet of many: what it imports is put in its place, so that a browser asks once.

/// Imports within imports deeper than this stay as they are.
const MAX_DEPTH: usize = 4;

/// The style sheet at `path` with its `@import url("…");` lines replaced by the files they name,
/// as far as `read` has them.
pub(super) fn bundle(path: &str, text: &str, read: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len() * 4);
    add(path, text, read, 0, &mut out);
    out
}

fn add(
    path: &str,
    text: &str,
    read: &dyn Fn(&str) -> Option<String>,
    depth: usize,
    out: &mut String,
) {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    for line in text.lines() {
        let imported = imported(line)
            .filter(|_| depth < MAX_DEPTH)
            .and_then(|name| {
                let path = format!("{folder}/{name}");
                Some((read(&path)?, path))
            });
        match imported {
            Some((text, path)) => add(&path, &text, read, depth + 1, out),
            None => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
}

/// The file that a line imports, if that is all it does.
fn imported(line: &str) -> Option<&str> {
    line.trim()
        .strip_prefix("@import url(\"")?
        .strip_suffix("\");")
}

#[cfg(test)]
mod tests {
    use super::bundle;

    #[test]
    fn imports_are_put_in_place_and_unknown_ones_stay() {
        let read = |path: &str| (path == "style/parts/a.css").then(|| "a {}\n".to_owned());
        let text = "@import url(\"parts/a.css\");\n@import url(\"b.css\");\nc {}\n";
        let bundled = bundle("style/main.css", text, &read);
        assert_eq!(bundled, "a {}\n@import url(\"b.css\");\nc {}\n");
    }

    #[test]
    fn a_sheet_that_imports_itself_ends() {
        let text = "@import url(\"main.css\");\n";
        let read = |_: &str| Some(text.to_owned());
        assert_eq!(bundle("style/main.css", text, &read), text);
    }
}
