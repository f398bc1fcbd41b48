//! The voice for people: what went wrong, where, on which way, with which values, and a hint.

use std::fmt;

use super::{Error, Of};

pub(super) fn write(error: &Error, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(error.headline().trim_end())?;
    let details = Details(error).to_string();
    if !details.is_empty() {
        write!(f, "\n{details}")?;
    }
    let Some(hint) = error.hint() else {
        return Ok(());
    };
    let margin = margin(error);
    if error.excerpt().is_some() && error.chain().is_empty() && error.involved().is_empty() {
        write!(f, "\n{:margin$} |", "")?;
    }
    write!(f, "\n{:margin$} = hint: {hint}", "")
}

fn margin(error: &Error) -> usize {
    error.excerpt().map_or(1, super::Excerpt::margin)
}

/// All but what went wrong and the hint: the place, the way there, the values.
pub(super) struct Details<'e>(pub(super) &'e Error);

impl fmt::Display for Details<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(error) = self;
        let margin = margin(error);
        let mut parts = Vec::new();
        if let Some(place) = place(error) {
            parts.push(format!("{:margin$}--> {place}", ""));
        }
        if let Some(excerpt) = error.excerpt() {
            parts.push(excerpt.to_string());
        }
        let has_more = !(error.chain().is_empty() && error.involved().is_empty());
        if error.excerpt().is_some() && has_more {
            parts.push(format!("{:margin$} |", ""));
        }
        if !error.chain().is_empty() {
            parts.push(format!("{:margin$} = reached by:", ""));
            let width = error.chain().iter().map(|site| site.place().len()).max();
            let width = width.unwrap_or_default();
            for site in error.chain() {
                let (place, call) = (site.place(), &site.call);
                parts.push(format!("{:margin$}     {place:width$}  {call}", ""));
            }
        }
        if !error.involved().is_empty() {
            parts.push(format!("{:margin$} = values:", ""));
            for value in error.involved() {
                let shown = value.value.as_deref().unwrap_or("not set");
                let layer = value.layer.as_ref();
                let layer = layer.map_or_else(String::new, |layer| format!(" ({layer})"));
                parts.push(format!(
                    "{:margin$}     {}: {shown}{layer}",
                    "",
                    value.name()
                ));
            }
        }
        f.write_str(&parts.join("\n"))
    }
}

fn place(error: &Error) -> Option<String> {
    let template = error.template()?;
    let mut place = match error.excerpt().map(|excerpt| (excerpt.of, excerpt.line)) {
        Some((Of::Output, line)) => return Some(format!("what {template} printed, line {line}")),
        Some((Of::Text, _)) => "the text given to `tpl`".to_owned(),
        _ => template.to_owned(),
    };
    for number in [error.line(), error.column()].into_iter().flatten() {
        place.push_str(&format!(":{number}"));
    }
    if let Some(inside) = error.inside().filter(|inside| *inside != template)
        && !place.starts_with("the text")
    {
        place.push_str(&format!(" in {}", values::go::quote(inside)));
    }
    Some(place)
}
