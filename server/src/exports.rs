//! Texts around a composition, each one template file: those in `server/exports/`, and those of a
//! team's own folder (`--exports DIR`), which need no compilation.
//!
//! A template is minijinja (Jinja2's language) behind a head of four lines ([`front`]); what it
//! sees is [`Context`]; its name is its file's, without `.j2`. A template of a folder that is
//! called like one of ours takes its place.

mod fill;
mod filters;
mod front;

use std::{fs, path::Path};

use minijinja::{AutoEscape, Environment, UndefinedBehavior, syntax::SyntaxConfig, value::Serde};
use serde::Serialize;

pub use fill::Filler;
use front::{Fault, Front};

/// The exports that come with Chartroom, in display order: name, template.
const FILES: [(&str, &str); 8] = [
    (
        "install-command",
        include_str!("../exports/install-command.j2"),
    ),
    (
        "install-command-helm3",
        include_str!("../exports/install-command-helm3.j2"),
    ),
    ("install.sh", include_str!("../exports/install.sh.j2")),
    ("curl", include_str!("../exports/curl.j2")),
    ("argo-cd", include_str!("../exports/argo-cd.j2")),
    ("flux", include_str!("../exports/flux.j2")),
    ("kustomize", include_str!("../exports/kustomize.j2")),
    ("terraform", include_str!("../exports/terraform.j2")),
];

/// What a template's file name ends in.
const ENDING: &str = ".j2";

/// The templates, parsed.
#[derive(Debug)]
pub struct Exports {
    environment: Environment<'static>,
    all: Vec<Export>,
}

/// A template.
#[derive(Debug)]
pub struct Export {
    /// What there is to say about it before it is filled.
    pub about: app::wire::Export,
    /// Where it comes from, for messages.
    file: String,
    /// How many lines of that file are its head.
    head: usize,
}

/// What a template sees. Texts go through filters: `sh`, `hcl`, `to_yaml`, `json`, `line` (for
/// comments), `variable` and `identifier` (for names).
#[derive(Debug, Serialize)]
pub struct Context<'a> {
    /// `name`, `version`, `app_version`, `description`.
    pub chart: &'a app::wire::ChartInfo,
    /// `name`, `namespace`, `kube_version`, `api_versions`, `is_upgrade`.
    pub release: &'a compose::ReleaseSettings,
    /// The environment's name; `base` is none.
    pub environment: &'a str,
    /// This server, without a final slash; it is a Helm repository.
    pub origin: &'a str,
    /// The composition's values on this server, as Helm takes an address.
    pub values_url: &'a str,
    /// What `helm template` prints for the composition, on this server.
    pub manifests_url: &'a str,
    /// The composition on this server.
    pub page_url: &'a str,
    /// Paths of secrets that the addresses do not carry.
    pub secrets: &'a [String],
    /// Environment and overrides, merged, without secrets.
    pub values: &'a values::Map,
    /// Paths of secrets that `values` does not hold: `secrets`, and those of the environment.
    pub withheld: &'a [String],
}

/// A template that cannot be used: in which file, where, and why.
#[derive(Debug, thiserror::Error)]
#[error("{file}, line {line}: {message}")]
pub struct ExportError {
    /// The template's file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl Exports {
    /// Reads the templates: ours, and those in `folder`.
    ///
    /// # Errors
    /// When one cannot be read or parsed, or fails for a plain composition.
    pub fn new(folder: Option<&Path>) -> Result<Self, ExportError> {
        let mut exports = Self {
            environment: environment(),
            all: Vec::new(),
        };
        for (name, text) in FILES {
            exports.add(name, &format!("exports/{name}{ENDING}"), text)?;
        }
        if let Some(folder) = folder {
            for (name, file, text) in read(folder)? {
                if exports.all.iter().any(|known| known.about.name == name) {
                    tracing::info!(name, file, "An export of ours is replaced");
                }
                exports.add(&name, &file, &text)?;
            }
        }
        exports.try_all()?;
        Ok(exports)
    }

    /// All exports, in display order.
    #[must_use]
    pub fn all(&self) -> &[Export] {
        &self.all
    }

    /// What there is to say about each of them.
    #[must_use]
    pub fn list(&self) -> Vec<app::wire::Export> {
        self.all.iter().map(|export| export.about.clone()).collect()
    }

    /// The export of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Export> {
        self.all.iter().find(|export| export.about.name == name)
    }

    /// Fills a template.
    ///
    /// # Errors
    /// When the template fails.
    pub fn render(&self, export: &Export, context: &Context) -> Result<String, ExportError> {
        self.environment
            .get_template(&export.about.name)
            .and_then(|template| template.render(Serde(context)))
            .map_err(|error| export.error(&error))
    }

    /// Adds a template, in place of one of the same name.
    fn add(&mut self, name: &str, file: &str, text: &str) -> Result<(), ExportError> {
        let broken = |Fault { line, message }| ExportError {
            file: file.to_owned(),
            line,
            message,
        };
        let (front, head, body) = front::split(name, text).map_err(broken)?;
        let Front {
            title,
            file_name,
            language,
            description,
        } = front;
        let export = Export {
            about: app::wire::Export {
                name: name.to_owned(),
                title,
                description,
                file_name,
                language,
                text: String::new(),
            },
            file: file.to_owned(),
            head,
        };
        self.environment
            .add_template_owned(name.to_owned(), body)
            .map_err(|error| export.error(&error))?;
        match self.all.iter_mut().find(|known| known.about.name == name) {
            Some(known) => *known = export,
            None => self.all.push(export),
        }
        Ok(())
    }

    /// Fills each template once, so that one with a wrong name in it is told at the start and not
    /// to a visitor.
    fn try_all(&self) -> Result<(), ExportError> {
        let chart = app::wire::ChartInfo {
            name: "chart".to_owned(),
            version: "1.0.0".to_owned(),
            app_version: "1".to_owned(),
            description: "A chart".to_owned(),
        };
        let secrets = ["auth.password".to_owned()];
        let context = Context {
            chart: &chart,
            release: &compose::ReleaseSettings::default(),
            environment: compose::BASE,
            origin: "http://127.0.0.1:3000",
            values_url: "http://127.0.0.1:3000/values.yaml",
            manifests_url: "http://127.0.0.1:3000/manifests.yaml",
            page_url: "http://127.0.0.1:3000/",
            secrets: &secrets,
            values: &values::Map::new(),
            withheld: &secrets,
        };
        self.all
            .iter()
            .try_for_each(|export| self.render(export, &context).map(drop))
    }
}

impl Export {
    fn error(&self, error: &minijinja::Error) -> ExportError {
        let message = match error.detail() {
            Some(detail) => format!("{}: {detail}", error.kind()),
            None => error.kind().to_string(),
        };
        ExportError {
            file: self.file.clone(),
            line: error.line().unwrap_or(1) + self.head,
            message,
        }
    }
}

/// Jinja2 without its surprises: what is not there is an error, and lines of tags leave no trace.
fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    let mut syntax = SyntaxConfig::builder();
    syntax
        .keep_trailing_newline(true)
        .trim_blocks(true)
        .lstrip_blocks(true);
    // Only other delimiters than Jinja2's own can be refused.
    environment.set_syntax(syntax.build().unwrap_or_default());
    filters::add(&mut environment);
    environment
}

/// The templates of a folder, by name: name, file, text.
fn read(folder: &Path) -> Result<Vec<(String, String, String)>, ExportError> {
    let unreadable = |path: &Path, error: std::io::Error| ExportError {
        file: path.display().to_string(),
        line: 1,
        message: format!("cannot be read: {error}"),
    };
    let mut templates = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| unreadable(folder, error))? {
        let path = entry.map_err(|error| unreadable(folder, error))?.path();
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let Some(name) = file.strip_suffix(ENDING) else {
            continue;
        };
        if !front::is_file_name(name) {
            let message = "a template's name has letters, digits, `.`, `-` and `_`";
            return Err(ExportError {
                file: path.display().to_string(),
                line: 1,
                message: message.to_owned(),
            });
        }
        let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, error))?;
        templates.push((name.to_owned(), path.display().to_string(), text));
    }
    templates.sort();
    Ok(templates)
}

#[cfg(test)]
#[path = "exports/tests.rs"]
mod tests;
