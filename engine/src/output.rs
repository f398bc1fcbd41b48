//! What a render gives: documents sorted as Helm installs them, hooks, CRDs, notes.

mod head;
mod kinds;
mod sort;
mod split;
mod text;

pub use kinds::INSTALL_ORDER;
pub(crate) use sort::{File, sort};
pub use split::split;
pub(crate) use text::document;

use crate::Dialect;
use crate::log::LogLine;

/// One Kubernetes resource as the chart made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// The template it came from, as in `# Source:`.
    pub name: String,
    /// Its kind; empty if it names none.
    pub kind: String,
    /// Its API version.
    pub api_version: String,
    /// Its name.
    pub resource_name: String,
    /// The namespace it names itself; empty for the release's.
    pub namespace: String,
    /// The document, from behind the `---` to before the next.
    pub content: String,
}

/// A resource that Helm makes at some moment of a release, outside of its resources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hook {
    /// The resource.
    pub manifest: Manifest,
    /// When: `pre-install`, `test`, ….
    pub events: Vec<String>,
    /// Lower ones come first.
    pub weight: i64,
    /// When it is deleted again.
    pub delete_policies: Vec<String>,
    /// When its log is shown.
    pub output_log_policies: Vec<String>,
}

impl Hook {
    /// Whether it is a test.
    #[must_use]
    pub fn is_test(&self) -> bool {
        self.events.iter().any(|event| event == "test")
    }
}

/// A file of a chart's crds/ folder; never a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crd {
    /// Its path, as in `# Source:`.
    pub name: String,
    /// The file's text.
    pub content: String,
}

/// What a chart became.
#[derive(Debug, Clone, Default)]
pub struct Rendered {
    /// The resources in the order of installation.
    pub manifests: Vec<Manifest>,
    /// The hooks in the order that Helm prints them.
    pub hooks: Vec<Hook>,
    /// The files of crds/, of the chart and its subcharts.
    pub crds: Vec<Crd>,
    /// The chart's NOTES.txt, rendered.
    pub notes: Option<String>,
    /// What Helm warns of, each a sentence.
    pub warnings: Vec<String>,
    /// The same, as Helm's log has it.
    pub log: Vec<LogLine>,
    /// How many templates were executed for it: the text of the others was known from earlier
    /// renders ([`RenderRequest::reuse`](crate::RenderRequest::reuse)).
    pub executed: usize,
}

/// What of a render is printed, in the words of `helm template`'s flags.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutputOptions {
    /// `--include-crds`.
    pub include_crds: bool,
    /// `--no-hooks`.
    pub no_hooks: bool,
    /// `--skip-tests`.
    pub skip_tests: bool,
    /// `--show-only`, as often as given.
    pub show_only: Vec<String>,
    /// The Helm that the chart was rendered for, which finds the documents for `show_only`.
    pub dialect: Dialect,
}
