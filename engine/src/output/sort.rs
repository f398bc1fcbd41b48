//! Sorting documents into resources and hooks.
//!
//! Follows pkg/release/v1/util/manifest_sorter.go of Helm 4.3.1.

use std::sync::{Arc, OnceLock};
use std::thread;

use super::head::Head;
use super::{Hook, Manifest, kinds, split};
use crate::error::{Excerpt, Of};
use crate::log::{Event, Log};
use crate::{Dialect, Error, ErrorKind, stack};

const HOOK: &str = "helm.sh/hook";
const HOOK_WEIGHT: &str = "helm.sh/hook-weight";
const HOOK_DELETE: &str = "helm.sh/hook-delete-policy";
const HOOK_OUTPUT_LOG: &str = "helm.sh/hook-output-log-policy";

/// Resources and hooks, each by kind.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sorted {
    /// The resources.
    pub(crate) manifests: Vec<Manifest>,
    /// The hooks.
    pub(crate) hooks: Vec<Hook>,
}

/// What one template printed: its text and, once somebody asked for them, the documents in it.
#[derive(Debug, Default)]
pub(crate) struct File {
    text: String,
    pieces: OnceLock<Pieces>,
}

/// The resources and hooks of one file, in its order, and what Helm logs about them.
#[derive(Debug, Default)]
struct Pieces {
    sorted: Sorted,
    log: Log,
    /// What is wrong with the document behind these; nothing follows it.
    broken: Option<Error>,
}

impl File {
    /// A file of this text.
    pub(crate) fn new(text: String) -> Self {
        Self {
            text,
            pieces: OnceLock::new(),
        }
    }

    /// Its text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Reads its documents, so that [`sort`] finds them. What is wrong with them is for it to say.
    pub(crate) fn read_ahead(&self, path: &str, dialect: Dialect) {
        if holds_manifests(path, &self.text) {
            self.pieces(path, dialect);
        }
    }

    /// As [`read_ahead`](Self::read_ahead), each half by a thread of its own.
    pub(crate) fn read_in_halves(&self, path: &str, dialect: Dialect, depth: u32) {
        if !holds_manifests(path, &self.text) || self.pieces.get().is_some() {
            return;
        }
        let documents = split(&self.text, dialect);
        let (first, second) = documents.split_at(documents.len() / 2);
        let (mut pieces, second) = thread::scope(|scope| {
            let other = stack::builder("manifests", depth)
                .spawn_scoped(scope, || Pieces::of(path, second, dialect));
            let first = Pieces::of(path, first, dialect);
            // Without a thread all is read in its turn.
            (first, other.ok().and_then(|other| other.join().ok()))
        });
        match second {
            _ if pieces.broken.is_some() => {}
            Some(second) => pieces.append(second),
            None => return,
        }
        self.pieces.get_or_init(|| pieces);
    }

    /// Its documents; whoever asks first says for which Helm, as a chart is read for one.
    fn pieces(&self, path: &str, dialect: Dialect) -> &Pieces {
        self.pieces
            .get_or_init(|| Pieces::of(path, &split(&self.text, dialect), dialect))
    }
}

impl Pieces {
    /// What these documents of a file are.
    fn of(path: &str, documents: &[&str], dialect: Dialect) -> Self {
        let mut pieces = Self::default();
        pieces.log.speak(dialect);
        for document in documents {
            if let Err(error) = sort_in(path, document, dialect, &mut pieces) {
                pieces.broken =
                    Some(error.with_hint(
                        "the text that this template printed is not a Kubernetes manifest",
                    ));
                break;
            }
        }
        pieces
    }

    /// Adds those of later documents.
    fn append(&mut self, later: Self) {
        let Sorted { manifests, hooks } = later.sorted;
        self.sorted.manifests.extend(manifests);
        self.sorted.hooks.extend(hooks);
        self.log.append(later.log.lines());
        self.broken = later.broken;
    }
}

/// Whether Helm looks for manifests in a file.
fn holds_manifests(path: &str, text: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    !name.starts_with('_') && !text.trim().is_empty()
}

/// Splits rendered files into documents and sorts them.
///
/// # Errors
/// Names the first file that has something other than a manifest.
pub(crate) fn sort<'f>(
    files: impl IntoIterator<Item = (&'f str, &'f mut Arc<File>)>,
    dialect: Dialect,
    log: &mut Log,
) -> Result<Sorted, Error> {
    let mut sorted = Sorted::default();
    for (path, file) in files {
        if !holds_manifests(path, &file.text) {
            continue;
        }
        let pieces = file.pieces(path, dialect);
        log.append(pieces.log.lines());
        if let Some(error) = &pieces.broken {
            sorted.hooks.extend_from_slice(&pieces.sorted.hooks);
            return Err(error.clone().with_hooks(sorted.hooks));
        }
        // A file that is not kept for later needs its documents no more.
        let taken = Arc::get_mut(file).and_then(|file| file.pieces.take());
        let Sorted { manifests, hooks } = match taken {
            Some(pieces) => pieces.sorted,
            None => file.pieces(path, dialect).sorted.clone(),
        };
        sorted.manifests.extend(manifests);
        sorted.hooks.extend(hooks);
    }
    sorted
        .manifests
        .sort_by_cached_key(|manifest| kinds::rank(&manifest.kind, dialect));
    sorted
        .hooks
        .sort_by_cached_key(|hook| kinds::rank(&hook.manifest.kind, dialect));
    Ok(sorted)
}

fn sort_in(path: &str, document: &str, dialect: Dialect, pieces: &mut Pieces) -> Result<(), Error> {
    let head = Head::parse(document, dialect).map_err(|error| {
        let message = format!("YAML parse error on {path}: {}", error.message);
        let made = Error::new(ErrorKind::Manifest, message).at(path, None, None);
        match error.line {
            Some(line) => made.with_excerpt(Excerpt::new(Of::Output, document, line, None)),
            None => made,
        }
    })?;
    let Pieces { sorted, log, .. } = pieces;
    let manifest = Manifest {
        name: path.to_owned(),
        kind: head.kind,
        api_version: head.api_version,
        resource_name: head.name,
        namespace: head.namespace,
        content: document.to_owned(),
    };
    let Some(hook) = head.annotations.get(HOOK) else {
        sorted.manifests.push(manifest);
        return Ok(());
    };
    let mut events = Vec::new();
    for name in hook.split(',') {
        match event(&name.trim().to_lowercase()) {
            Some(event) => events.push(event.to_owned()),
            None => {
                let types = hook.clone();
                log.say(&Event::UnknownHook { types });
                return Ok(());
            }
        }
    }
    let policies = |annotation: &str| match head.annotations.get(annotation) {
        Some(list) => list
            .split(',')
            .map(|name| name.trim().to_lowercase())
            .collect(),
        None => Vec::new(),
    };
    sorted.hooks.push(Hook {
        events,
        weight: head
            .annotations
            .get(HOOK_WEIGHT)
            .map_or(0, |text| weight(text)),
        delete_policies: policies(HOOK_DELETE),
        output_log_policies: policies(HOOK_OUTPUT_LOG),
        manifest,
    });
    Ok(())
}

/// The hook's event, by the name that Helm has for it.
fn event(name: &str) -> Option<&str> {
    match name {
        "test-success" => Some("test"),
        "pre-install" | "post-install" | "pre-delete" | "post-delete" | "pre-upgrade"
        | "post-upgrade" | "pre-rollback" | "post-rollback" | "test" => Some(name),
        _ => None,
    }
}

/// As `strconv.Atoi`; what is no number is 0.
fn weight(text: &str) -> i64 {
    text.parse().unwrap_or(0)
}
