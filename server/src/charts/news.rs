//! What pages are told about the chart they show.

use serde::Serialize;

use super::ChartError;

/// How a chart is at present.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct News {
    /// The chart's name.
    pub name: String,
    /// SHA-256 over its files: another one is another chart.
    pub digest: String,
    /// Which files the last reload changed, in words; empty before the first one.
    pub changed: String,
    /// Why its files on disk cannot be served: the chart is still the last good one.
    pub trouble: Option<Trouble>,
}

/// Why a chart on disk cannot be served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trouble {
    /// Helm's sentence where Helm has one.
    pub message: String,
    /// The file, and the line where it is known: `values.yaml:12`.
    pub place: Option<String>,
}

impl From<ChartError> for Trouble {
    fn from(error: ChartError) -> Self {
        match error {
            ChartError::Read(error) => Self {
                message: format!("cannot read the chart: {error}"),
                place: None,
            },
            ChartError::Engine(error) => {
                let message = error.to_string();
                let place = error.template().map(|file| match error.line() {
                    Some(line) => format!("{file}:{line}"),
                    None => file.to_owned(),
                });
                Self { message, place }
            }
            ChartError::File { file, message } => Self {
                place: Some(match line_of(&message) {
                    Some(line) => format!("{file}:{line}"),
                    None => file,
                }),
                message,
            },
            ChartError::Twice(_) => Self {
                message: error.to_string(),
                place: None,
            },
        }
    }
}

/// The line that a reader's message names: `yaml: line 3: …`, `… at line 3 column 4`.
fn line_of(message: &str) -> Option<&str> {
    let (_, rest) = message.split_once("line ")?;
    let digits = rest.find(|c: char| !c.is_ascii_digit());
    Some(&rest[..digits.unwrap_or(rest.len())]).filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_readers_message_names_its_line() {
        let trouble = Trouble::from(ChartError::File {
            file: "values.yaml".to_owned(),
            message: "yaml: line 12: did not find expected key".to_owned(),
        });
        assert_eq!(trouble.place.as_deref(), Some("values.yaml:12"));
        assert_eq!(line_of("expected `,` at line 7 column 2"), Some("7"));
        assert_eq!(line_of("no line at all"), None);
    }
}
