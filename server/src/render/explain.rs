//! What people are told of a failed render beside Helm's sentence: the engine knows the place, the
//! way there and the values; here each value gets the layer that set it, and secrets are masked.

use compose::layers::Origin;
use compose::{Layers, form::SecretPaths};
use serde::Serialize;
use values::ValuesPath;

use super::Failure;

/// A failure, explained.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Explanation {
    /// The same as a text: place, marked lines, the way there and the values.
    #[serde(skip)]
    pub text: String,
    /// The lines around the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<Excerpt>,
    /// The calls that led to the place, the outermost one first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub chain: Vec<Call>,
    /// The values that the failing expression reads.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Involved>,
}

/// Lines of a text, one of them to blame.
#[derive(Debug, Clone, Serialize)]
pub struct Excerpt {
    /// `template`, `text` (given to `tpl`) or `output` (what the template printed).
    pub of: &'static str,
    /// The number of the first line, from 1.
    pub first: usize,
    /// The lines.
    pub lines: Vec<String>,
    /// The number of the line to blame.
    pub line: usize,
    /// The first and the last of its characters that are to blame, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub columns: Option<[usize; 2]>,
}

/// A call that led to the failure.
#[derive(Debug, Clone, Serialize)]
pub struct Call {
    /// The file; `gotpl` for a text given to `tpl`.
    pub template: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in that line, from 1.
    pub column: usize,
    /// `include "app.labels" .`
    pub call: String,
}

/// A value that the failing expression reads.
#[derive(Debug, Clone, Serialize)]
pub struct Involved {
    /// As the template writes it: `.Values.kafka.enabled`.
    pub written: String,
    /// Its path, in `--set` words, if it is one of the chart's values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The value in a few words, secrets masked; null if it is not set.
    pub value: Option<String>,
    /// What set it: `chart defaults`, `environment NAME`, `overrides`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer: Option<String>,
}

impl Failure {
    /// What people are told of it, for the layers that were rendered.
    #[must_use]
    pub fn explained(&self, layers: &Layers, secrets: &SecretPaths) -> Explanation {
        let is_secret = |path: &ValuesPath| {
            layers
                .value(path)
                .is_some_and(|value| secrets.covers(path, value))
        };
        let error = self.error.clone();
        let error = error
            .with_layers(|path| layer(layers, path))
            .with_secrets(is_secret);
        Explanation {
            text: error.details().to_string(),
            excerpt: error.excerpt().map(Excerpt::from),
            chain: error.chain().iter().map(Call::from).collect(),
            values: error.involved().iter().map(Involved::from).collect(),
        }
    }
}

/// What set a value, or took it away.
fn layer(layers: &Layers, path: &ValuesPath) -> Option<String> {
    match layers.origin(path) {
        Origin::User => Some("overrides".to_owned()),
        Origin::Environment(name) => Some(format!("environment {name}")),
        Origin::Chart => layers.value(path).map(|_| "chart defaults".to_owned()),
    }
}

impl From<&engine::error::Excerpt> for Excerpt {
    fn from(excerpt: &engine::error::Excerpt) -> Self {
        use engine::error::Of;
        Self {
            of: match excerpt.of {
                Of::Output => "output",
                Of::Text => "text",
                _ => "template",
            },
            first: excerpt.first,
            lines: excerpt.lines.clone(),
            line: excerpt.line,
            columns: excerpt
                .marked
                .as_ref()
                .map(|marked| [marked.start + 1, marked.end.max(marked.start + 1)]),
        }
    }
}

impl From<&engine::error::CallSite> for Call {
    fn from(site: &engine::error::CallSite) -> Self {
        Self {
            template: site.template.clone(),
            line: site.line,
            column: site.column,
            call: site.call.clone(),
        }
    }
}

impl From<&engine::error::Involved> for Involved {
    fn from(involved: &engine::error::Involved) -> Self {
        Self {
            written: involved.written.clone(),
            path: involved.path.as_ref().map(ToString::to_string),
            value: involved.value.clone(),
            layer: involved.layer.clone(),
        }
    }
}
