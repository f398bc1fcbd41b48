//! The one error of this crate: what went wrong, where, and how Helm says it.
//!
//! Text is made last. `{}` is Helm's own sentence, byte for byte, so that it can be compared with
//! what `helm template` prints behind `Error: `. `{:#}` is for people: the place in the template,
//! the calls that led there, the values involved, and a hint.

mod detail;
mod excerpt;
mod people;

use std::fmt;

use values::ValuesPath;

use crate::output::Hook;

pub use detail::{CallSite, Involved, MASK, shortened};
pub use excerpt::{Excerpt, Of};

/// What kind of thing went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The chart itself cannot be read or may not be installed.
    Chart,
    /// The archive that a chart is packed in cannot be read.
    Archive,
    /// Chart.yaml names dependencies that are not in charts/, or values break one.
    Dependencies,
    /// The release's name is refused.
    ReleaseName,
    /// The Kubernetes version given cannot be read.
    KubeVersion,
    /// The chart asks for another Kubernetes version.
    Incompatible,
    /// The values do not fit the chart (a table where a subchart's values are expected, …).
    Values,
    /// The values break values.schema.json.
    Schema,
    /// A template cannot be parsed.
    Parse,
    /// A template failed while it ran, `fail` and `required` included.
    Execute,
    /// What a template printed is not a manifest.
    Manifest,
    /// A budget is used up.
    Limit,
    /// `--show-only` names a template that printed nothing.
    ShowOnly,
}

impl ErrorKind {
    /// Whether Helm had begun the release when this happened, so that its command line adds
    /// "Use --debug flag to render out invalid YAML".
    #[must_use]
    pub fn has_release(self) -> bool {
        matches!(
            self,
            Self::Incompatible | Self::Parse | Self::Execute | Self::Manifest | Self::Limit
        )
    }
}

/// Why a chart could not be loaded or rendered.
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Debug, Clone)]
struct Inner {
    kind: ErrorKind,
    message: String,
    headline: Option<String>,
    template: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    inside: Option<String>,
    excerpt: Option<Excerpt>,
    chain: Vec<CallSite>,
    involved: Vec<Involved>,
    output: Option<String>,
    hooks: Vec<Hook>,
    hint: Option<String>,
}

impl Error {
    /// An error with Helm's sentence.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            headline: None,
            template: None,
            line: None,
            column: None,
            inside: None,
            excerpt: None,
            chain: Vec::new(),
            involved: Vec::new(),
            output: None,
            hooks: Vec::new(),
            hint: None,
        }))
    }

    /// Adds the place, if none is known yet. Lines and columns count from 1.
    #[must_use]
    pub fn at(mut self, template: &str, line: Option<usize>, column: Option<usize>) -> Self {
        if self.0.template.is_none() {
            self.0.template = Some(template.to_owned());
            self.0.line = line;
            self.0.column = column;
        }
        self
    }

    /// Adds the lines around the place.
    #[must_use]
    pub fn with_excerpt(mut self, excerpt: Excerpt) -> Self {
        self.0.excerpt = Some(excerpt);
        self
    }

    /// Adds what went wrong in short: Helm's sentence without the way there.
    #[must_use]
    pub(crate) fn with_headline(mut self, headline: impl Into<String>) -> Self {
        self.0.headline = Some(headline.into());
        self
    }

    /// Adds the calls that led to the place, the outermost one first, and the named template that
    /// the place is in.
    #[must_use]
    pub(crate) fn with_chain(mut self, chain: Vec<CallSite>, inside: String) -> Self {
        self.0.chain = chain;
        self.0.inside = Some(inside);
        self
    }

    /// Adds the values involved.
    #[must_use]
    pub(crate) fn with_involved(mut self, involved: Vec<Involved>) -> Self {
        self.0.involved = involved;
        self
    }

    /// Names the layer that set each of the values involved, for whoever stacked the layers.
    #[must_use]
    pub fn with_layers(mut self, layer: impl Fn(&ValuesPath) -> Option<String>) -> Self {
        for involved in &mut self.0.involved {
            involved.layer = involved.path.as_ref().and_then(&layer);
        }
        self
    }

    /// Masks the values involved that are secrets, beside those whose name says so.
    #[must_use]
    pub fn with_secrets(mut self, is_secret: impl Fn(&ValuesPath) -> bool) -> Self {
        for involved in &mut self.0.involved {
            if let (Some(path), Some(value)) = (&involved.path, &mut involved.value)
                && is_secret(path)
            {
                MASK.clone_into(value);
            }
        }
        self
    }

    /// Adds what the templates printed, for those who want to see what is wrong with it.
    #[must_use]
    pub fn with_output(mut self, output: impl Into<String>) -> Self {
        self.0.output = Some(output.into());
        self
    }

    /// Adds the hooks that were found before it went wrong.
    #[must_use]
    pub(crate) fn with_hooks(mut self, hooks: Vec<Hook>) -> Self {
        self.0.hooks = hooks;
        self
    }

    /// Adds what might help, never part of Helm's sentence.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// Puts words before the sentence.
    #[must_use]
    pub fn context(mut self, before: &str) -> Self {
        self.0.message.insert_str(0, before);
        self
    }

    /// What kind of thing went wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Whether charts that Chart.yaml names are not in charts/.
    #[must_use]
    pub fn is_missing_dependency(&self) -> bool {
        self.0.kind == ErrorKind::Dependencies
            && self
                .0
                .message
                .get(1..)
                .is_some_and(|rest| rest.starts_with("n error occurred while checking"))
    }

    /// Helm's sentence.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The template (`chart/templates/file.yaml`), if one is to blame.
    #[must_use]
    pub fn template(&self) -> Option<&str> {
        self.0.template.as_deref()
    }

    /// The line in the template, from 1.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.0.line
    }

    /// The column in that line, from 1.
    #[must_use]
    pub fn column(&self) -> Option<usize> {
        self.0.column
    }

    /// What went wrong in short: Helm's sentence without the way there.
    #[must_use]
    pub fn headline(&self) -> &str {
        self.0.headline.as_deref().unwrap_or(&self.0.message)
    }

    /// The named template that the place is in, or the file itself.
    #[must_use]
    pub fn inside(&self) -> Option<&str> {
        self.0.inside.as_deref()
    }

    /// The lines around the place.
    #[must_use]
    pub fn excerpt(&self) -> Option<&Excerpt> {
        self.0.excerpt.as_ref()
    }

    /// The calls that led to the place, the outermost one first.
    #[must_use]
    pub fn chain(&self) -> &[CallSite] {
        &self.0.chain
    }

    /// The values that the failing expression reads, or that the sentence is about.
    #[must_use]
    pub fn involved(&self) -> &[Involved] {
        &self.0.involved
    }

    /// What the templates printed, if that is what is wrong: Helm shows it with `--debug`.
    #[must_use]
    pub fn output(&self) -> Option<&str> {
        self.0.output.as_deref()
    }

    /// The hooks found before a text that is no manifest: Helm shows them with `--debug`, too.
    #[must_use]
    pub fn hooks(&self) -> &[Hook] {
        &self.0.hooks
    }

    /// For people, all but [`headline`](Self::headline) and [`hint`](Self::hint): the marked lines,
    /// the calls that led there, the values involved.
    #[must_use]
    pub fn details(&self) -> impl fmt::Display + '_ {
        people::Details(self)
    }

    /// What might help.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            people::write(self, f)
        } else {
            f.write_str(&self.0.message)
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {}
