//! The filters of exports: each puts a text into a language so that it stays a text there,
//! whatever a link or a chart made it say.

use minijinja::{Environment, value::Serde};
use values::{Value, yaml};

/// Gives an environment all filters.
pub(super) fn add(environment: &mut Environment) {
    environment.add_filter("sh", |text: String| shell_word(&text));
    environment.add_filter("variable", |path: String| variable(&path));
    environment.add_filter("line", |text: String| line(&text));
    environment.add_filter("hcl", |text: String| hcl(&text));
    environment.add_filter("hcl_text", |text: String| hcl_text(&text));
    environment.add_filter("identifier", |text: String| identifier(&text));
    environment.add_filter("json", |value: Serde<Value>| {
        serde_json::to_string(&serde_json::Value::from(&value.0)).unwrap_or_default()
    });
    environment.add_filter("to_yaml", |value: Serde<Value>, indent: Option<usize>| {
        to_yaml(&value.0, indent.unwrap_or(0))
    });
}

/// Text as one word of a POSIX shell: as it is where that is safe, else in single quotes.
fn shell_word(text: &str) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || "-_./:@%+,".contains(c);
    if !text.is_empty() && text.chars().all(safe) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A values path as the name of a shell variable: `minio.auth.rootPassword` is
/// `MINIO_AUTH_ROOT_PASSWORD`.
fn variable(path: &str) -> String {
    let mut out = String::new();
    let mut lower = false;
    for c in path.chars() {
        if c.is_ascii_uppercase() && lower {
            out.push('_');
        }
        lower = c.is_ascii_lowercase();
        out.push(if c.is_ascii_alphanumeric() {
            c.to_ascii_uppercase()
        } else {
            '_'
        });
    }
    if out.starts_with(|c: char| c.is_ascii_digit()) {
        out.insert(0, '_');
    }
    out
}

/// Text for a comment: one line, whatever it holds.
fn line(text: &str) -> String {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    text.replace(breaks, " ")
}

/// Text as a quoted string of HCL.
fn hcl(text: &str) -> String {
    let mut out = String::from("\"");
    for c in hcl_marks(&text.replace('\\', r"\\").replace('"', "\\\"")).chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out + "\""
}

/// Text inside a heredoc of HCL. A line that is but a word could be the one that ends it, so that
/// such a one is written as a template that says just that word.
fn hcl_text(text: &str) -> String {
    let wordy = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let lines = text.split('\n').map(|line| {
        let word = line.trim();
        if word.is_empty() || !word.chars().all(wordy) {
            return hcl_marks(line);
        }
        line.replacen(word, &format!("${{\"{word}\"}}"), 1)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Text in HCL without the marks `${` and `%{`, which begin a template.
///
/// One mark is doubled. Of several in a row HCL takes the last two for that doubling, so those are
/// written as a template that says just them.
fn hcl_marks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['$', '%']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let mark = if rest.starts_with('$') { '$' } else { '%' };
        let run = rest.len() - rest.trim_start_matches(mark).len();
        let marks = &rest[..run];
        rest = &rest[run..];
        match (rest.starts_with('{'), run) {
            (true, 1) => {
                out.push(mark);
                out.push(mark);
            }
            (true, _) => {
                out.push_str("${\"");
                out.push_str(marks);
                out.push_str("\"}");
            }
            (false, _) => out.push_str(marks),
        }
    }
    out.push_str(rest);
    out
}

/// Text as an identifier of HCL.
fn identifier(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let out: String = text
        .chars()
        .map(|c| if plain(c) { c } else { '_' })
        .collect();
    match out.chars().next() {
        Some(first) if first.is_ascii_alphabetic() || first == '_' => out,
        _ => format!("_{out}"),
    }
}

/// A value as Helm prints it, without a final newline, each line behind `indent` spaces.
fn to_yaml(value: &Value, indent: usize) -> String {
    let text = yaml::print(value);
    let space = " ".repeat(indent.min(40));
    let lines = text
        .strip_suffix('\n')
        .unwrap_or(&text)
        .split('\n')
        .map(|line| {
            if line.is_empty() {
                String::new()
            } else {
                format!("{space}{line}")
            }
        });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_shell() {
        assert_eq!(shell_word("http://x:3000"), "http://x:3000");
        assert_eq!(shell_word("a=b&c=$(id)"), "'a=b&c=$(id)'");
        assert_eq!(shell_word("it's"), r"'it'\''s'");
        assert_eq!(shell_word(""), "''");
    }

    #[test]
    fn names_of_variables() {
        assert_eq!(
            variable("minio.auth.rootPassword"),
            "MINIO_AUTH_ROOT_PASSWORD"
        );
        assert_eq!(variable(r"env[0].a\.b"), "ENV_0__A__B");
        assert_eq!(variable("env.DB_PASSWORD"), "ENV_DB_PASSWORD");
        assert_eq!(variable("1"), "_1");
        assert_eq!(identifier("2.a-b"), "_2_a-b");
    }

    #[test]
    fn a_comment_stays_one_line() {
        assert_eq!(line("a\nb\r\u{2028}c"), "a b  c");
    }

    /// What Terraform 1.11 makes of these was compared with the texts themselves.
    #[test]
    fn hcl_has_no_templates() {
        assert_eq!(
            hcl_text("${a} $${b} %{c} $d {e}"),
            "$${a} ${\"$$\"}{b} %%{c} $d {e}"
        );
        assert_eq!(hcl_text("a: |\n  VALUES\n"), "a: |\n  ${\"VALUES\"}\n");
        assert_eq!(hcl("a\"b\\c\n${d}"), r#""a\"b\\c\n$${d}""#);
    }

    #[test]
    fn yaml_is_indented_and_printed_as_helm_does() {
        let value: Value =
            serde_json::from_str(r#"{"a":{"b":"x\n\ny\n"},"c":1.0,"d":"true"}"#).unwrap();
        assert_eq!(
            to_yaml(&value, 2),
            "  a:\n    b: |\n      x\n\n      y\n  c: 1\n  d: \"true\""
        );
        assert_eq!(to_yaml(&Value::Map(values::Map::new()), 4), "    {}");
    }
}
