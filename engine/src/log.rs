//! What Helm writes to its log beside the result: warnings about values, deprecated charts, ….

mod event;

use std::fmt;

pub use event::Event;

use crate::Dialect;

/// How much a line matters, in slog's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// `level=DEBUG`: only kept by a log that asks for it.
    Debug,
    /// `level=INFO`: the warnings about values, which Helm sends through Go's plain log.
    Info,
    /// `level=WARN`.
    Warn,
    /// `level=ERROR`: said beside the error itself.
    Error,
}

/// One line of Helm's log. Displays as Helm's command line prints it (slog's text form without a
/// time).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// How much it matters.
    pub level: Level,
    /// The message.
    pub message: String,
    /// Named details.
    pub attributes: Vec<(&'static str, String)>,
    /// Whether the message is all that is printed, as Helm 3 does.
    pub is_plain: bool,
}

impl LogLine {
    /// A line that Helm only prints with `--debug`.
    #[must_use]
    pub fn debug(message: &str, name: &'static str, value: &str) -> Self {
        Self {
            level: Level::Debug,
            message: message.to_owned(),
            attributes: vec![(name, value.to_owned())],
            is_plain: false,
        }
    }

    /// A line that Helm prints with Go's plain log.
    #[must_use]
    pub fn info(message: impl Into<String>) -> Self {
        Self {
            level: Level::Info,
            message: message.into(),
            attributes: Vec::new(),
            is_plain: false,
        }
    }

    /// The message and its details as one sentence for people.
    #[must_use]
    pub fn sentence(&self) -> String {
        let mut text = self.message.clone();
        for (name, value) in &self.attributes {
            text.push_str(&format!(", {name}: {value}"));
        }
        text
    }
}

impl fmt::Display for LogLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_plain {
            return f.write_str(&self.message);
        }
        let level = match self.level {
            Level::Debug => "DEBUG",
            Level::Info => "INFO",
            Level::Warn => "WARN",
            Level::Error => "ERROR",
        };
        write!(f, "level={level} msg={}", quoted(&self.message))?;
        for (name, value) in &self.attributes {
            write!(f, " {name}={}", quoted(value))?;
        }
        Ok(())
    }
}

/// Text as slog's TextHandler prints it: quoted only when it must be (`needsQuoting`).
fn quoted(text: &str) -> String {
    let plain = !text.is_empty()
        && text.chars().all(|c| {
            if c.is_ascii() {
                c > ' ' && c != '"' && c != '=' && c != '\u{7f}'
            } else {
                c != '\u{fffd}' && !c.is_whitespace() && !c.is_control()
            }
        });
    if plain {
        text.to_owned()
    } else {
        values::go::quote(text)
    }
}

/// The lines of one render, in the order they were said.
#[derive(Debug, Clone, Default)]
pub struct Log {
    lines: Vec<LogLine>,
    debug: bool,
    dialect: Dialect,
}

impl Log {
    /// A log that keeps what Helm only says with `--debug`, too.
    #[must_use]
    pub fn with_debug() -> Self {
        Self {
            debug: true,
            ..Self::default()
        }
    }

    /// From here on, the words of that Helm.
    pub(crate) fn speak(&mut self, dialect: Dialect) {
        self.dialect = dialect;
    }

    /// Says what both Helms say.
    pub fn say(&mut self, event: &Event) {
        self.lines.push(event.line(self.dialect));
    }

    /// Says what Helm 4 alone says.
    pub fn push(
        &mut self,
        level: Level,
        message: impl Into<String>,
        attributes: Vec<(&'static str, String)>,
    ) {
        if self.dialect.is_helm3() || (level == Level::Debug && !self.debug) {
            return;
        }
        self.lines.push(LogLine {
            level,
            message: message.into(),
            attributes,
            is_plain: false,
        });
    }

    /// Whether it keeps what Helm only says with `--debug`.
    #[must_use]
    pub fn is_debug(&self) -> bool {
        self.debug
    }

    /// Takes over what another log has.
    pub(crate) fn append(&mut self, lines: &[LogLine]) {
        self.lines.extend_from_slice(lines);
    }

    /// What was said.
    #[must_use]
    pub fn lines(&self) -> &[LogLine] {
        &self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::{Event, Level, LogLine};
    use crate::Dialect;

    #[test]
    fn lines_look_like_slog() {
        let line = LogLine {
            level: Level::Warn,
            message: "returned non-bool value".to_owned(),
            attributes: vec![("path", "a.b".to_owned()), ("chart", "x y".to_owned())],
            is_plain: false,
        };
        assert_eq!(
            line.to_string(),
            r#"level=WARN msg="returned non-bool value" path=a.b chart="x y""#
        );
        assert_eq!(
            line.sentence(),
            "returned non-bool value, path: a.b, chart: x y"
        );
    }

    #[test]
    fn helms_have_words_of_their_own() {
        let event = Event::ConditionIsNoBool {
            path: "a.b".to_owned(),
            chart: "x".to_owned(),
        };
        assert_eq!(
            event.line(Dialect::Helm4).to_string(),
            r#"level=WARN msg="returned non-bool value" path=a.b chart=x"#
        );
        assert_eq!(
            event.line(Dialect::Helm3).to_string(),
            "dependencies.go:64: Warning: Condition path 'a.b' for chart x returned non-bool value"
        );
    }
}
