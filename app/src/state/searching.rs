//! What can be searched, and going to a hit.

use std::sync::Arc;

use compose::BASE;
use leptos::prelude::*;

use super::looking::element_id;
use super::{ComposerState, keys};
use crate::text::query;
use crate::text::search::{self, Entry, Go};

/// What the page knows of searching.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Searching {
    /// What is searched, as it stands in the address: `q=memory`.
    pub(crate) query: RwSignal<Option<String>>,
    /// The hit that was gone to last.
    pub(crate) went: RwSignal<Go>,
    /// The cards and fields of the chart that the page was drawn for, once somebody searched.
    form: StoredValue<Option<(u32, Arc<Vec<Entry>>)>>,
}

impl Searching {
    /// As the link asks for it.
    pub(crate) fn new(query: Option<String>, field: &str) -> Self {
        let went = if field.is_empty() {
            Go::Nowhere
        } else {
            Go::Field(field.to_owned())
        };
        Self {
            query: RwSignal::new(query),
            went: RwSignal::new(went),
            form: StoredValue::new(None),
        }
    }
}

impl ComposerState {
    /// The fields and cards, and the resources as they are now.
    pub(crate) fn places(&self) -> Vec<Entry> {
        let chart = self.live.chart.get();
        let form = match self.searching.form.get_value() {
            Some((of, entries)) if of == chart => entries,
            _ => {
                let entries = Arc::new(search::of_form(&self.fixed().data.form));
                self.searching
                    .form
                    .set_value(Some((chart, Arc::clone(&entries))));
                entries
            }
        };
        let mut out = form.to_vec();
        self.shown.with(|shown| {
            for (id, entry) in &shown.resources {
                let resource = &entry.resource;
                out.push(Entry::new(
                    Go::Resource(id.clone()),
                    [&resource.kind, " ", &resource.name].concat(),
                    resource.source.clone(),
                    String::new(),
                ));
            }
        });
        out
    }

    /// Everything that can be searched: places, commands and environments.
    pub(crate) fn everything(&self) -> Vec<Entry> {
        let mut out = self.places();
        let fixed = self.fixed();
        let environments = fixed
            .data
            .environments
            .iter()
            .map(|found| found.name.clone());
        out.extend(search::of_commands(
            std::iter::once(BASE.to_owned()).chain(environments),
        ));
        out
    }

    /// Goes where a hit leads.
    pub(crate) fn go(&self, go: Go) {
        match &go {
            Go::Nowhere => {}
            Go::Field(path) => self.jump(path),
            Go::Resource(id) => self.reveal(id),
            Go::Command(name) => {
                keys::run(*self, name);
                return;
            }
            Go::Environment(name) => {
                self.choose_environment(name);
                return;
            }
        }
        self.searching.went.set(go);
    }

    /// The address of a hit, for a link that works without WebAssembly.
    pub(crate) fn address_of(&self, go: &Go, searched: &str) -> String {
        let links = self.links();
        let mut out = links.with(|links| query::with_pair(&links.query, "q", searched));
        match go {
            Go::Field(path) => out = query::with_pair(&out, "field", path),
            Go::Resource(id) => {
                out.push_str("&tab=manifests#");
                out.push_str(&query::encode(&element_id(id)));
            }
            Go::Nowhere | Go::Command(_) | Go::Environment(_) => {}
        }
        ["/?", &out].concat()
    }
}
