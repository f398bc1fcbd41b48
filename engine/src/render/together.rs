//! The templates of one render on two threads, for who asks for it with
//! [`RenderRequest::concurrent`].
//!
//! The values of a render belong to one thread, as templates can change them; so the other thread
//! sets a stage of its own, and both take the next template by turns. As long as nobody changes
//! what others may see, no template's text depends on where or when it was executed. Where one
//! does, fails or reaches a limit, nothing of this counts: the caller executes all of them in their
//! order.

use std::rc::Rc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;

use super::beside::WORTH_A_THREAD;
use super::scope::Scopes;
use super::stage::Stage;
use super::{Files, NOTES, RenderRequest, execute_one, host_of};
use crate::chart::Chart;
use crate::eval::Program;
use crate::functions::Host;
use crate::limits::Usage;
use crate::log::Log;
use crate::output::File;
use crate::stack;
use crate::value::watch::Watch;

/// Templates that several threads execute.
#[derive(Debug)]
struct Work<'p> {
    program: &'p Program,
    /// The first template that nobody has taken.
    next: AtomicUsize,
    /// Nothing of this counts.
    failed: AtomicBool,
    /// What each template printed.
    printed: Vec<OnceLock<Arc<File>>>,
}

/// What each template printed that is no partial, all manifests read already; none if that has to
/// be found out on one thread. The stage is spoiled then.
pub(super) fn execute(
    program: &Program,
    chart: &Chart,
    request: &RenderRequest,
    stage: &Stage<'_>,
    host: &mut Host,
) -> Option<Files> {
    let templates = stage.scopes.templates();
    let work = Work {
        program,
        next: AtomicUsize::new(0),
        failed: AtomicBool::new(false),
        printed: templates.iter().map(|_| OnceLock::new()).collect(),
    };
    let other = thread::scope(|scope| {
        let other = stack::builder("templates", request.limits.depth).spawn_scoped(scope, || {
            let stage = Stage::set(chart, request, &mut Log::default());
            let mut host = host_of(request);
            match stage {
                Ok(stage) => work.help(&stage.scopes, &mut host),
                Err(_) => work.fail(),
            }
            host.meter.usage()
        });
        work.help(&stage.scopes, host);
        // Without another thread all is done here.
        other.map_or(Some(Usage::default()), |other| other.join().ok())
    })?;
    if work.failed.into_inner() || host.meter.use_again(other).is_err() {
        return None;
    }
    let printed = templates.iter().zip(work.printed);
    Some(
        printed
            .filter_map(|(template, file)| Some((template.name.clone(), file.into_inner()?)))
            .collect(),
    )
}

/// Whether these templates are enough for two threads.
pub(super) fn is_worth_it(scopes: &Scopes<'_>) -> bool {
    let templates = scopes.templates().iter().filter(|it| !it.is_partial());
    let bytes = |most: usize, length: usize| most + length.min(WORTH_A_THREAD / 2);
    templates.map(|it| it.text.len()).fold(0, bytes) >= WORTH_A_THREAD
}

impl Work<'_> {
    /// Executes templates until none is left to take.
    fn help(&self, scopes: &Scopes<'_>, host: &mut Host) {
        let watch = Rc::new(Watch::default());
        let mut taken = self.next.fetch_add(1, Ordering::Relaxed);
        for (at, template) in scopes.templates().iter().enumerate() {
            if template.is_partial() {
                if at == taken {
                    taken = self.next.fetch_add(1, Ordering::Relaxed);
                }
                continue;
            }
            // Others can see which template of a chart came last.
            let dot = scopes.dot(template);
            if at != taken {
                continue;
            }
            watch.changes_below(&dot);
            let text = execute_one(self.program, scopes, template, &dot, host);
            let Some(text) = text.ok().filter(|_| !watch.changed()) else {
                return self.fail();
            };
            let file = Arc::new(File::new(text));
            if !template.name.ends_with(NOTES) {
                file.read_ahead(&template.name, self.program.dialect());
            }
            if let Some(place) = self.printed.get(at) {
                let _ = place.set(file);
            }
            if self.failed.load(Ordering::Relaxed) {
                return;
            }
            taken = self.next.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn fail(&self) {
        self.failed.store(true, Ordering::Relaxed);
    }
}
