//! The head of an export's template: what it is called and what it makes.
//!
//! ```text
//! {#
//! title: Argo CD
//! file: application.yaml
//! language: yaml
//! description: An Application with the values inside.
//! #}
//! ```
//!
//! Each line is a key and its text. `title` and `description` must be there; `file`, the name
//! under which a browser saves the text, is the template's own name without it; `language`, for
//! whoever shows the text, is `text` without it.

/// What the head says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Front {
    /// A few words: what stands on its button.
    pub(super) title: String,
    /// The name it is saved under.
    pub(super) file_name: String,
    /// `sh`, `yaml`, `hcl`, `text` …
    pub(super) language: String,
    /// One sentence.
    pub(super) description: String,
}

/// What is wrong with a template, and in which of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) line: usize,
    pub(super) message: String,
}

/// Takes the head off a template. Also says how many lines it took, for messages about the rest.
pub(super) fn split(name: &str, text: &str) -> Result<(Front, usize, String), Fault> {
    let fault = |line, message: &str| Fault {
        line,
        message: message.to_owned(),
    };
    let text = text.replace("\r\n", "\n");
    let form = "a template begins with `{#`, lines such as `title: …`, and `#}`";
    let (head, rest) = text
        .strip_prefix("{#")
        .and_then(|text| text.split_once("#}"))
        .ok_or_else(|| fault(1, form))?;
    let rest = rest.strip_prefix('\n').unwrap_or(rest);
    let mut front = Front {
        title: String::new(),
        file_name: name.to_owned(),
        language: "text".to_owned(),
        description: String::new(),
    };
    for (at, line) in head.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let (key, value) = line.split_once(':').ok_or_else(|| fault(at + 1, form))?;
        let slot = match key.trim() {
            "title" => &mut front.title,
            "file" => &mut front.file_name,
            "language" => &mut front.language,
            "description" => &mut front.description,
            other => {
                let message = format!(
                    "the head knows no `{other}`: use `title`, `file`, `language` and `description`"
                );
                return Err(fault(at + 1, &message));
            }
        };
        value.trim().clone_into(slot);
    }
    if front.title.is_empty() || front.description.is_empty() {
        return Err(fault(1, "the head must have a `title` and a `description`"));
    }
    if !is_file_name(&front.file_name) {
        let message = "`file` is a plain name: letters, digits, `.`, `-` and `_`";
        return Err(fault(1, message));
    }
    // The newline behind the head is gone with it.
    let taken = head.matches('\n').count() + 1;
    Ok((front, taken, rest.to_owned()))
}

/// Whether a text can be saved under, and stand in a header.
pub(super) fn is_file_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 100
        && !text.starts_with('.')
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_and_taken_off() {
        let text = "{#\ntitle: A B\ndescription: Does: this.\n#}\n#!/bin/sh\n";
        let (front, taken, rest) = split("a.sh", text).unwrap();
        assert_eq!(
            (front.title.as_str(), front.description.as_str()),
            ("A B", "Does: this.")
        );
        assert_eq!(
            (front.file_name.as_str(), front.language.as_str()),
            ("a.sh", "text")
        );
        assert_eq!((taken, rest.as_str()), (4, "#!/bin/sh\n"));
    }

    #[test]
    fn a_bad_head_is_told_with_its_line() {
        let line = |text: &str| split("a", text).unwrap_err().line;
        assert_eq!(line("helm install"), 1);
        assert_eq!(line("{#\ntitle: A\nfoo: b\n#}"), 3);
        assert_eq!(line("{#\ntitle: A\njust words\n#}"), 3);
        assert_eq!(line("{# title: A #}"), 1);
        assert_eq!(line("{#\ntitle: A\ndescription: B\nfile: ../x\n#}"), 1);
    }
}
