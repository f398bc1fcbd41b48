//! What can be wrong with a YAML text: Go's sentence, and where.

use super::YamlError;
use super::reader::Mark;

/// Which of go-yaml's stages found the mistake: its line numbers depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Reader,
    Scanner,
    Parser,
    Decoder,
}

/// A mistake as go-yaml keeps it, before it becomes a sentence.
#[derive(Debug, Clone)]
pub(super) struct Failure {
    stage: Stage,
    /// What is wrong, in go-yaml's words.
    pub(super) problem: String,
    /// Where it is wrong.
    pub(super) mark: Mark,
    /// Where what was being read starts.
    pub(super) context: Mark,
}

impl Failure {
    pub(super) fn reader(problem: &str, mark: Mark) -> Self {
        Self {
            stage: Stage::Reader,
            problem: problem.to_owned(),
            mark,
            context: mark,
        }
    }

    pub(super) fn scanner(problem: &str, mark: Mark, context: Mark) -> Self {
        Self {
            stage: Stage::Scanner,
            problem: problem.to_owned(),
            mark,
            context,
        }
    }

    pub(super) fn parser(problem: &str, mark: Mark, context: Mark) -> Self {
        Self {
            stage: Stage::Parser,
            problem: problem.to_owned(),
            mark,
            context,
        }
    }

    pub(super) fn decoder(problem: String, mark: Mark) -> Self {
        Self {
            stage: Stage::Decoder,
            problem,
            mark,
            context: mark,
        }
    }

    /// Whether a character is refused, whatever it stands for.
    pub(super) fn is_reader(&self) -> bool {
        self.stage == Stage::Reader
    }

    /// The line as go-yaml's `parser.fail` (decode.go) counts it: often one less than the line
    /// that a person would name.
    fn go_line(&self) -> usize {
        match self.stage {
            Stage::Reader | Stage::Decoder => 0,
            Stage::Scanner if self.mark.line != 0 => self.mark.line + 1,
            Stage::Parser if self.mark.line != 0 => self.mark.line,
            Stage::Scanner | Stage::Parser => self.context.line,
        }
    }

    /// go-yaml's sentence, without the prefix of sigs.k8s.io/yaml.
    pub(super) fn go_message(&self) -> String {
        match self.go_line() {
            0 => format!("yaml: {}", self.problem),
            line => format!("yaml: line {line}: {}", self.problem),
        }
    }
}

impl From<Failure> for YamlError {
    fn from(failure: Failure) -> Self {
        Self {
            message: format!("error converting YAML to JSON: {}", failure.go_message()),
            line: Some(failure.mark.line + 1),
            column: Some(failure.mark.column + 1),
        }
    }
}
