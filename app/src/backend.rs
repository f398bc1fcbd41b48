//! The server as the page sees it: server functions find a [`Backend`] in their context, so that
//! this crate draws pages without knowing the engine, and tests can hand it a fake one.

use std::{future::Future, pin::Pin, sync::Arc};

use compose::Composition;
use compose::merged::MergedEntry;

use crate::wire::{Comparison, EnvironmentTotals, Export, PageData, Preview};

/// A boxed answer, so that [`Backend`] can be a trait object.
pub type Answer<T> = Pin<Box<dyn Future<Output = Result<T, BackendError>> + Send>>;

/// What the page asks of its server.
pub trait Backend: Send + Sync {
    /// The page for a link's query: takes what fits, lists the rest in `problems`.
    fn page(&self, query: String) -> Answer<PageData>;
    /// Renders a composition; leaves out what stands in the render of the digest `have`, if that is
    /// still known.
    fn preview(&self, composition: Composition, have: String) -> Answer<Preview>;
    /// The totals of every environment, with the overrides of a composition on top.
    fn totals(&self, composition: Composition) -> Answer<Vec<EnvironmentTotals>>;
    /// What differs between two environments; with `mine` the overrides lie on top of both.
    fn compare(
        &self,
        composition: Composition,
        environments: [String; 2],
        mine: bool,
    ) -> Answer<Comparison>;
    /// The page's data again, for a composition that an open page holds: its chart has changed.
    fn reload(&self, composition: Composition) -> Answer<PageData>;
    /// All exports, filled for a composition.
    fn exports(&self, composition: Composition) -> Answer<Vec<Export>>;
    /// All values of a composition, merged, of which those that contain `filter`.
    fn merged(&self, composition: Composition, filter: String) -> Answer<Vec<MergedEntry>>;
}

/// The backend as it travels through Leptos' context.
pub type SharedBackend = Arc<dyn Backend>;

/// Why the server could not answer; a chart that fails to render is an answer, not this.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BackendError {
    /// Too many renders at once.
    #[error("the server is busy: try again in a moment")]
    Busy,
    /// The input is beyond a limit.
    #[error("{0}")]
    Refused(String),
    /// A fault of ours; details are in the server's log.
    #[error("the server failed to answer")]
    Internal,
}
