//! What pages are told of a chart that cannot be served any more.

use app::wire::Trouble;

use super::ChartError;

/// What to say of a chart on disk that cannot be served.
pub(super) fn trouble(error: ChartError) -> Trouble {
    match error {
        ChartError::Read(error) => Trouble {
            message: format!("cannot read the chart: {error}"),
            place: None,
        },
        ChartError::Engine(error) => {
            let message = error.to_string();
            let place = error.template().map(|file| match error.line() {
                Some(line) => format!("{file}:{line}"),
                None => file.to_owned(),
            });
            Trouble { message, place }
        }
        ChartError::File { file, message } => Trouble {
            place: Some(match line_of(&message) {
                Some(line) => format!("{file}:{line}"),
                None => file,
            }),
            message,
        },
        ChartError::Twice(_) => Trouble {
            message: error.to_string(),
            place: None,
        },
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
        let told = trouble(ChartError::File {
            file: "values.yaml".to_owned(),
            message: "yaml: line 12: did not find expected key".to_owned(),
        });
        assert_eq!(told.place.as_deref(), Some("values.yaml:12"));
        assert_eq!(line_of("expected `,` at line 7 column 2"), Some("7"));
        assert_eq!(line_of("no line at all"), None);
    }
}
