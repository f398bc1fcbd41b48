//! The composition as a link, computed in the browser at once, without waiting for the server.

use compose::form::SecretPaths;
use compose::{Composition, link};
use leptos::prelude::*;

use super::ComposerState;
use crate::wire::PageData;

/// The composition's link.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Links {
    /// The canonical query, without `?`.
    pub(crate) query: String,
    /// The paths of the secrets that stay out of it.
    pub(crate) left_out: Vec<String>,
    /// Why there is no link, for a composition too long for one.
    pub(crate) problem: Option<String>,
}

impl ComposerState {
    /// The composition's link, as it changes.
    pub(crate) fn links(&self) -> Memo<Links> {
        self.links
    }
}

/// The link of a composition.
pub(crate) fn of(data: &PageData, composition: &Composition) -> Links {
    let none = SecretPaths::default();
    // They are many, and not looked for where there is nothing to hide.
    let secrets = if composition.overrides.is_empty() {
        &none
    } else {
        data.secrets()
    };
    match link::encode_over(
        composition,
        &Composition::of_chart(&data.chart.name),
        secrets,
    ) {
        Ok(query) => Links {
            query: query.text,
            left_out: query.left_out.iter().map(ToString::to_string).collect(),
            problem: None,
        },
        Err(error) => Links {
            problem: Some(error.to_string()),
            ..Links::default()
        },
    }
}
