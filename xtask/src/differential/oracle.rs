//! Helm's own engine, which answers in a Go program.

use std::{
    fmt,
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdin, ChildStdout, Stdio},
};

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use super::step;
use crate::process::{command, root, run, target};

/// A template and the values that it is over.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Question {
    pub(super) template: String,
    pub(super) values: serde_json::Value,
}

/// What an engine makes of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Answer {
    /// What it prints.
    #[serde(default)]
    pub(super) text: Option<String>,
    /// Why it does not.
    #[serde(default)]
    pub(super) error: String,
}

impl Answer {
    /// Whether a limit ended it, which are each side's own, or it shows the whole dot, of which ours
    /// has only a part.
    pub(super) fn is_left_out(&self) -> bool {
        ["timeout", "panic: ", "not UTF-8"]
            .iter()
            .any(|start| self.error.starts_with(start))
            || self.error.contains("limit `")
            || self
                .text
                .as_ref()
                .is_some_and(|text| text.contains("map[BasePath:"))
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.text {
            Some(text) => write!(f, "{text:?}"),
            None => write!(f, "error: {}", self.error),
        }
    }
}

/// The program, waiting for questions.
pub(super) struct Oracle {
    child: Child,
    asks: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Oracle {
    /// Builds and starts it.
    pub(super) fn start() -> anyhow::Result<Self> {
        let program = target().join("tools/helm-engine");
        step("Building Helm's engine (go build)", || {
            run(command("go")
                .current_dir(root().join("xtask/oracle/engine"))
                .args(["build", "-o"])
                .arg(&program)
                .arg("."))
        })?;
        let mut child = command(&program)
            // Dates are read in the local zone.
            .env("TZ", "UTC")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        let asks = child.stdin.take().context("it has no standard input")?;
        let answers = child.stdout.take().context("it has no standard output")?;
        Ok(Self {
            child,
            asks,
            answers: BufReader::new(answers),
        })
    }

    /// Its answers, in the order of the questions.
    pub(super) fn ask(&mut self, questions: &[Question]) -> anyhow::Result<Vec<Answer>> {
        let Self { asks, answers, .. } = self;
        let mut lines = Vec::new();
        for question in questions {
            serde_json::to_writer(&mut lines, question)?;
            lines.push(b'\n');
        }
        // It answers while it is still being asked: a pipe holds less than a batch.
        std::thread::scope(|scope| {
            let asking = scope.spawn(|| asks.write_all(&lines).and_then(|()| asks.flush()));
            let mut given = Vec::with_capacity(questions.len());
            let mut line = String::new();
            for _ in questions {
                line.clear();
                answers.read_line(&mut line)?;
                given.push(serde_json::from_str(&line).context("Helm's engine stopped")?);
            }
            asking
                .join()
                .map_err(|_| anyhow::anyhow!("the thread that asks panicked"))??;
            Ok(given)
        })
    }
}

impl Drop for Oracle {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
