//! A YAML file of cases, of which only recorded fields are rewritten: comments, order and
//! formatting of all else stay as a person wrote them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use serde_json::Value;

use crate::{process::root, tools::HELM};

use super::recorder::Tally;

/// A file with a list `cases`.
#[derive(Debug)]
pub(super) struct CaseFile {
    path: PathBuf,
    /// The lines up to `cases:`.
    head: Vec<String>,
    /// What the file says besides its cases.
    document: Value,
    cases: Vec<Case>,
}

/// One case: what it says and the lines it stands in.
#[derive(Debug)]
pub(super) struct Case {
    fields: Value,
    lines: Vec<String>,
    /// The column of the case's keys.
    column: usize,
}

impl CaseFile {
    /// Reads a file.
    pub(super) fn read(path: &Path) -> anyhow::Result<Self> {
        let text = fs::read_to_string(path)?;
        Self::parse(path, &text).with_context(|| format!("in {}", path.display()))
    }

    fn parse(path: &Path, text: &str) -> anyhow::Result<Self> {
        let document: Value = serde_yaml::from_str(text)?;
        let Some(fields) = document["cases"].as_array().cloned() else {
            bail!("there is no list `cases`");
        };
        let mut lines = text.lines().map(str::to_owned);
        let mut head = Vec::new();
        for line in lines.by_ref() {
            let last = line.starts_with("cases:");
            head.push(line);
            if last {
                break;
            }
        }
        let rest: Vec<String> = lines.collect();
        let column = rest
            .iter()
            .find(|line| is_item(line))
            .map_or(0, |line| indent(line));
        let mut blocks: Vec<Vec<String>> = Vec::new();
        for line in rest {
            if is_item(&line) && indent(&line) == column {
                blocks.push(vec![line]);
            } else if let Some(block) = blocks.last_mut() {
                block.push(line);
            } else {
                head.push(line);
            }
        }
        if blocks.len() != fields.len() {
            bail!(
                "{} cases stand in {} blocks; write one `- ` each",
                fields.len(),
                blocks.len()
            );
        }
        let cases = fields
            .into_iter()
            .zip(blocks)
            .map(|(fields, lines)| Case {
                fields,
                lines,
                column: column + 2,
            })
            .collect();
        Ok(Self {
            path: path.to_owned(),
            head,
            document,
            cases,
        })
    }

    /// A field of the file itself.
    pub(super) fn field(&self, name: &str) -> &Value {
        &self.document[name]
    }

    /// The cases.
    pub(super) fn cases(&self) -> &[Case] {
        &self.cases
    }

    /// The path below the repository's root and the number of a case, counted from 1.
    pub(super) fn name(&self, index: usize) -> String {
        let path = self.path.strip_prefix(root()).unwrap_or(&self.path);
        format!("{} case {}", path.display(), index + 1)
    }

    /// Puts what was recorded in the place of the fields that were recorded before.
    pub(super) fn replace(
        &mut self,
        index: usize,
        recorded: &[&str],
        fresh: &[(&str, String)],
    ) -> anyhow::Result<()> {
        let name = self.name(index);
        match self.cases.get_mut(index) {
            Some(case) => case.replace(recorded, fresh).context(name),
            None => bail!("{name}: there is no such case"),
        }
    }

    /// Writes the file if it is another now.
    pub(super) fn write(&self, tally: &mut Tally) -> anyhow::Result<()> {
        let head = self.head.iter().map(|line| with_release(line));
        let cases = self
            .cases
            .iter()
            .flat_map(|case| case.lines.iter().cloned());
        let text: String = head
            .chain(cases)
            .flat_map(|line| [line, "\n".to_owned()])
            .collect();
        tally.write(&self.path, text.as_bytes(), false)
    }
}

impl Case {
    /// A field.
    pub(super) fn field(&self, name: &str) -> Option<&Value> {
        self.fields.get(name)
    }

    /// A field that is a text.
    pub(super) fn text(&self, name: &str) -> anyhow::Result<&str> {
        match self.field(name) {
            Some(Value::String(text)) => Ok(text),
            Some(_) => bail!("`{name}` is no text"),
            None => bail!("`{name}` is missing"),
        }
    }

    fn replace(&mut self, recorded: &[&str], fresh: &[(&str, String)]) -> anyhow::Result<()> {
        let mut kept = Vec::new();
        let mut place = None;
        let mut dropping = false;
        for line in self.lines.drain(..) {
            if let Some(key) = key_at(&line, self.column) {
                dropping = recorded.contains(&key);
                if dropping && is_item(&line) {
                    bail!("write the fields of the case before `{key}`, which is recorded");
                }
            } else if is_between(&line, self.column) {
                dropping = false;
            }
            if dropping {
                place.get_or_insert(kept.len());
            } else {
                kept.push(line);
            }
        }
        let place = place.unwrap_or_else(|| {
            let last = kept.iter().rposition(|line| !is_between(line, self.column));
            last.map_or(kept.len(), |last| last + 1)
        });
        let indent = " ".repeat(self.column);
        let lines = fresh
            .iter()
            .map(|(key, value)| format!("{indent}{key}: {value}"));
        kept.splice(place..place, lines);
        self.lines = kept;
        Ok(())
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn is_item(line: &str) -> bool {
    line.trim_start_matches(' ').starts_with("- ")
}

/// Whether a line is a comment or empty, and no part of a field's text.
fn is_between(line: &str, column: usize) -> bool {
    let text = line.trim_start_matches(' ');
    text.is_empty() || (text.starts_with('#') && indent(line) <= column)
}

/// The key that begins in that column, also behind the dash of the case.
fn key_at(line: &str, column: usize) -> Option<&str> {
    let start = match line.get(..column)? {
        blank if blank.trim_start_matches(' ').is_empty() => column,
        dash if dash.trim_start_matches(' ') == "- " => column,
        _ => return None,
    };
    let text = line.get(start..)?;
    let key = text.split_once(':')?.0;
    let plain = key
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    (plain && !key.is_empty()).then_some(key)
}

/// A comment that names the release that recorded, with the one that records now.
pub(super) fn with_release(line: &str) -> String {
    if !line.starts_with('#') {
        return line.to_owned();
    }
    let release = |word: &str| {
        let bare = word.trim_end_matches([':', '.', ',']);
        let digits = bare.strip_prefix('v').unwrap_or_default();
        let numbers = digits
            .split('.')
            .filter(|part| part.parse::<u32>().is_ok())
            .count();
        (numbers == 3 && digits.split('.').count() == 3).then(|| bare.to_owned())
    };
    let words: Vec<&str> = line.split(' ').collect();
    let Some(at) = words.iter().position(|word| release(word).is_some()) else {
        return line.to_owned();
    };
    let helm = at.checked_sub(1).and_then(|before| words.get(before));
    if !helm.is_some_and(|word| word.trim_end_matches(':').eq_ignore_ascii_case("helm")) {
        return line.to_owned();
    }
    match words.get(at).copied().and_then(release) {
        Some(old) => line.replacen(&old, HELM, 1),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test says what went wrong by failing")]

    use super::*;

    const TEXT: &str = "\
# Recorded from helm: v4.0.0 (see the README).
cases:
  # The first.
  - template: |
      - expect: this is text
      # so is this
    expect: >-
      folded
      text
    # Why the second.
  - template: \"x\"   # aside

  # The end.
";

    const WANTED: &str = "
  - template: |
      - expect: this is text
      # so is this
    error: \"no\"
    # Why the second.
  - template: \"x\"   # aside
    expect: \"y\"

  # The end.";

    #[test]
    fn only_recorded_fields_are_rewritten() {
        let mut file = CaseFile::parse(Path::new("x.yaml"), TEXT).unwrap();
        file.replace(0, &["expect", "error"], &[("error", "\"no\"".to_owned())])
            .unwrap();
        file.replace(1, &["expect", "error"], &[("expect", "\"y\"".to_owned())])
            .unwrap();
        let lines: Vec<String> = file
            .cases
            .iter()
            .flat_map(|case| case.lines.clone())
            .collect();
        assert_eq!(lines.join("\n"), WANTED.trim_start_matches('\n'));
        assert_eq!(file.head.len(), 3);
    }

    #[test]
    fn a_header_names_the_release_that_records() {
        let line = "# Recorded from Helm v4.0.0: `helm template` of a chart.";
        let wanted = format!("# Recorded from Helm {HELM}: `helm template` of a chart.");
        assert_eq!(with_release(line), wanted);
        assert_eq!(with_release("# go-yaml v2.4.4"), "# go-yaml v2.4.4");
    }
}
