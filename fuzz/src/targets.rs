//! What is fed, one file each.

mod archive;
mod chart;
mod link;
mod set;
mod template;
mod values;

/// What reads strangers' input.
pub(crate) trait Target {
    /// Its name, which is that of its folder in `corpus`.
    fn name(&self) -> &'static str;

    /// Words of its language.
    fn words(&self) -> &'static [&'static str];

    /// Reads an input. What it comes to, in few words, so that inputs that come to something new
    /// are kept to make others from.
    ///
    /// # Errors
    /// What must hold for any input and does not for this one. A panic is caught by the caller.
    fn feed(&self, input: &[u8]) -> Result<String, String>;
}

/// All targets.
pub(crate) static ALL: &[&(dyn Target + Sync)] = &[
    &template::Template,
    &values::Values,
    &archive::Archive,
    &chart::Charts,
    &set::Set,
    &link::Link,
];

/// An error's words without what differs from input to input.
fn kind(message: &str) -> String {
    let mut out = String::new();
    let mut quoted = false;
    for c in message.chars().take(400) {
        match c {
            '"' => quoted = !quoted,
            c if quoted || c.is_ascii_digit() => {}
            c if c.is_ascii_alphabetic() || c == ' ' => out.push(c),
            _ => {}
        }
    }
    out.truncate(80);
    out
}
