//! Go's layouts.
use super::Time;
pub(super) fn format(_time: &Time, layout: &str) -> String { layout.to_owned() }
/// Parse.
///
/// # Errors
/// Text.
pub fn parse(_layout: &str, _text: &str) -> Result<Time, String> { Ok(Time::default()) }
