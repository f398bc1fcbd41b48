//! A render that is followed: the same templates in the same order, with a tracer.

use std::{rc::Rc, sync::Arc};

use super::{Files, scope::Scopes};
use crate::{
    Error, Hook, Manifest,
    chart::Chart,
    eval::Program,
    functions::Host,
    output::File,
    trace::{self, Given, Numbers, Printed, Trace, spans::Spans, tracer::Tracer},
    value::{Map, Str, watch::Watch},
};

/// Follows one render.
#[derive(Debug)]
pub(super) struct Follower {
    numbers: Numbers,
    tracer: Tracer,
    /// What each template printed, and where from.
    files: Vec<(String, String, Str, Rc<Spans>)>,
}

impl Follower {
    /// Follows what is done with these values from now on.
    pub(super) fn new(values: &Map) -> Self {
        let watch = Rc::new(Watch::default());
        let numbers = Numbers::watch(values, &watch);
        Self {
            tracer: Tracer::new(watch, numbers.addresses()),
            numbers,
            files: Vec::new(),
        }
    }

    /// The text of each template that is no partial, and how many these are.
    pub(super) fn execute(
        &mut self,
        program: &Program,
        scopes: &Scopes<'_>,
        host: &mut Host,
    ) -> Result<(Files, usize), Error> {
        let mut files = Files::new();
        for template in scopes.templates() {
            if template.is_partial() {
                continue;
            }
            let dot = scopes.dot(template);
            let tracer = Some(&mut self.tracer);
            let values = Some(scopes.values());
            let bytes = program.execute_with(&template.name, &dot, values, host, tracer)?;
            let text = bytes.to_string_lossy().into_owned();
            let spans = self.tracer.spans(&bytes).unwrap_or_default();
            files.insert(template.name.clone(), Arc::new(File::new(text.clone())));
            self.files.push((template.name.clone(), text, bytes, spans));
        }
        let executed = files.len();
        Ok((files, executed))
    }

    /// Where these came from.
    pub(super) fn trace(
        &self,
        chart: &Chart,
        values: &values::Map,
        manifests: &[Manifest],
        hooks: &[Hook],
    ) -> Trace {
        let mut printed = Printed::new(chart.dialect());
        for (name, text, bytes, spans) in &self.files {
            printed.add(name, text, bytes.as_bytes(), spans);
        }
        let given = Given::new(chart, values);
        trace::of(
            &self.tracer.found(),
            &self.numbers,
            &given,
            printed,
            manifests,
            hooks,
        )
    }
}
