//! The templates of one render on two threads, for who asks for it with
//! [`RenderRequest::concurrent`].
//!
//! The values of a render belong to one thread, as templates can change them; so the other thread
//! sets a stage of its own, once it is seen that there is enough to do, and both take the next template
//! by turns. As long as nobody changes what others may see, no template's text depends on where or when
//! it was executed. From the first one that does, or fails, the caller goes on alone, in Helm's order.

use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
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

/// Steps after which it can be told how many are to come.
const ENOUGH_SEEN: u64 = 1_000;

/// Steps to come for which another thread is started: fewer are sooner done by one.
const WORTH_A_STAGE: u64 = 2_000;

/// How far two threads got.
#[derive(Debug)]
pub(super) struct Done {
    /// What the templates before the next one printed, all manifests read already.
    pub(super) files: Files,
    /// The next template, by its place among all.
    pub(super) next: usize,
    /// The budget that is left.
    pub(super) host: Host,
    /// Whether the stage is as these templates leave it.
    pub(super) is_stage_good: bool,
}

/// Executes templates, from the first one on.
pub(super) fn execute(
    program: &Program,
    chart: &Chart,
    request: &RenderRequest,
    stage: &Stage<'_>,
) -> Done {
    let templates = stage.scopes.templates();
    let work = Work {
        program,
        next: AtomicUsize::new(0),
        stopped_at: AtomicUsize::new(templates.len()),
        printed: templates.iter().map(|_| OnceLock::new()).collect(),
    };
    let ended = thread::scope(|scope| {
        let mut is_alone = true;
        work.help(&stage.scopes, &mut host_of(request), |host, at| {
            if is_alone && is_worth_a_stage(host.meter.steps(), at + 1, templates.len()) {
                is_alone = false;
                // Without another thread all is done here.
                let thread = stack::builder("templates", request.limits.depth);
                let _ = thread.spawn_scoped(scope, || {
                    if let Ok(stage) = Stage::set(chart, request, &mut Log::default()) {
                        work.help(&stage.scopes, &mut host_of(request), |_, _| {});
                    }
                });
            }
        })
    });
    let stopped_at = work.stopped_at.into_inner();
    let is_behind_it = ended.at == Some(stopped_at) && ended.executed;
    let is_stage_good = is_behind_it || ended.at.is_none_or(|at| at < stopped_at);
    let next = stopped_at + usize::from(is_behind_it);
    let mut host = host_of(request);
    let mut files = Files::new();
    for (template, printed) in templates.iter().zip(work.printed).take(next) {
        if template.is_partial() {
            continue;
        }
        match printed.into_inner() {
            Some((file, usage)) if host.meter.use_again(usage).is_ok() => {
                files.insert(template.name.clone(), file);
            }
            // Which template it was that passed a limit is for one thread to say.
            _ => {
                return Done {
                    files: Files::new(),
                    next: 0,
                    host: host_of(request),
                    is_stage_good: false,
                };
            }
        }
    }
    Done {
        files,
        next,
        host,
        is_stage_good,
    }
}

/// Whether these templates are enough for two threads.
pub(super) fn is_worth_it(scopes: &Scopes<'_>) -> bool {
    let templates = scopes.templates().iter().filter(|it| !it.is_partial());
    let bytes = templates.map(|it| it.text.len().min(WORTH_A_THREAD / 2));
    bytes.sum::<usize>() >= WORTH_A_THREAD
}

/// Whether another thread is worth it after so many steps for so many of all templates: those to
/// come take as long as those before, as far as anybody can tell.
fn is_worth_a_stage(steps: u64, done: usize, all: usize) -> bool {
    let (done, left) = (done as u64, all.saturating_sub(done) as u64);
    steps >= ENOUGH_SEEN && steps.saturating_mul(left) >= WORTH_A_STAGE.saturating_mul(done)
}

/// How a thread ended.
#[derive(Debug)]
struct Ended {
    /// The last template that it made a dot for.
    at: Option<usize>,
    /// Whether it executed that one, and it did not fail.
    executed: bool,
}

/// Templates that several threads execute.
#[derive(Debug)]
struct Work<'p> {
    program: &'p Program,
    /// The first template that nobody has taken.
    next: AtomicUsize,
    /// The first one that changed what others see, or failed.
    stopped_at: AtomicUsize,
    /// What each template printed, and what that took.
    printed: Vec<OnceLock<(Arc<File>, Usage)>>,
}

impl Work<'_> {
    /// Executes templates until none is left to take, or somebody stops; tells after each which
    /// one it was.
    fn help(
        &self,
        scopes: &Scopes<'_>,
        host: &mut Host,
        mut tell: impl FnMut(&Host, usize),
    ) -> Ended {
        let watch = Rc::new(Watch::default());
        let mut ended = Ended {
            at: None,
            executed: false,
        };
        let mut taken = self.take();
        for (at, template) in scopes.templates().iter().enumerate() {
            // What was taken before the place where somebody stopped is still to be executed.
            if self.stopped_at.load(Ordering::Relaxed) < taken {
                return ended;
            }
            if !template.is_partial() {
                // Of a chart that it did not execute a template can see which came last there.
                let dot = scopes.dot(template);
                ended.at = Some(at);
                ended.executed = false;
                if at == taken {
                    watch.changes_below(&dot);
                    let before = host.meter.usage();
                    let Ok(text) = execute_one(self.program, scopes, template, &dot, host) else {
                        self.stop(at);
                        return ended;
                    };
                    ended.executed = true;
                    let file = Arc::new(File::new(text));
                    if !template.name.ends_with(NOTES) {
                        file.read_ahead(&template.name, self.program.dialect());
                    }
                    if let Some(place) = self.printed.get(at) {
                        let _ = place.set((file, host.meter.usage().since(before)));
                    }
                    if watch.changed() {
                        self.stop(at);
                        return ended;
                    }
                    tell(host, at);
                }
            }
            if at == taken {
                if self.stopped_at.load(Ordering::Relaxed) < self.printed.len() {
                    return ended;
                }
                taken = self.take();
            }
        }
        ended
    }

    fn take(&self) -> usize {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    fn stop(&self, at: usize) {
        self.stopped_at.fetch_min(at, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::is_worth_a_stage;

    #[test]
    fn a_stage_is_for_what_is_to_come() {
        for (steps, done, all, worth_it) in [
            (999, 1, 50, false),
            (1_000, 1, 50, true),
            (1_000, 1, 2, false),
            (2_000, 1, 2, true),
            (2_000, 40, 50, false),
            (20_000, 40, 50, true),
            (u64::MAX, 50, 50, false),
            (u64::MAX, 1, 50, true),
        ] {
            let got = is_worth_a_stage(steps, done, all);
            assert_eq!(got, worth_it, "{steps} steps, {done} of {all}");
        }
    }
}
