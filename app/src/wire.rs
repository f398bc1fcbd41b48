//! What crosses the wire between the page and its server: plain data, made by the server from
//! the engine's types by hand, never derived from them.

mod chart_data;
mod check;
mod reports;
pub mod shared;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use compose::form::SecretPaths;
use compose::{Composition, FormModel};
use serde::{Deserialize, Serialize};
use values::Map;

pub use chart_data::ChartData;
pub use check::{Check, Gravity, Mend};
pub use reports::{
    Comparison, EnvironmentTotals, Fate, Hunk, Report, ResourceDifference, Side, ValueDifference,
};

/// The keys of the page's query that are about looking, not about the composition, and outlive a
/// change of it.
pub const VIEW_KEYS: [&str; 10] = [
    "show", "tab", "form", "field", "against", "filter", "left", "right", "mine", "totals",
];

/// The name of the input that holds the overrides as a text, and the key of its draft and its edits.
pub const DOCUMENT: &str = "values-document";

/// Everything the page needs to draw a composition: sent once, with the first page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PageData {
    /// The chart that the page composes.
    pub chart: ChartInfo,
    /// All charts of this server, the first one first.
    pub charts: Vec<ChartInfo>,
    /// The form made from the chart.
    #[serde(with = "shared::one")]
    pub form: Arc<FormModel>,
    /// The chart's default values.
    #[serde(with = "shared::one")]
    pub defaults: Arc<Map>,
    /// The chart's environments, `base` (none) not among them, in display order.
    #[serde(with = "shared::one")]
    pub environments: Arc<Vec<Environment>>,
    /// What the link says, as far as it fits the chart.
    pub composition: Composition,
    /// What of the link was left out, and why.
    pub problems: Vec<Problem>,
    /// The render of `composition`.
    pub preview: Preview,
    /// Where this server is reached from outside, without a final slash: for links and commands.
    pub origin: String,
    /// The texts that can be made around the composition, without the texts themselves.
    pub exports: Vec<Export>,
    /// Whether the chart may change while the page is open: its files are being watched.
    pub live: bool,
    /// Digest of what the form is drawn from: chart, form, defaults, environments.
    pub shape: String,
    /// The form's secrets, where they are known already; see [`Self::secrets`].
    #[serde(skip)]
    pub known_secrets: OnceLock<Arc<SecretPaths>>,
}

impl PageData {
    /// The paths of the form's secrets, read out of it when they are first asked for.
    #[must_use]
    pub fn secrets(&self) -> &SecretPaths {
        self.known_secrets
            .get_or_init(|| Arc::new(self.form.secrets()))
    }

    /// What follows from the chart's files alone.
    #[must_use]
    pub fn chart_data(&self) -> ChartData {
        ChartData {
            form: Arc::clone(&self.form),
            defaults: Arc::clone(&self.defaults),
            environments: Arc::clone(&self.environments),
        }
    }

    /// Exchanges what follows from the chart's files alone.
    pub fn replace_chart_data(&mut self, with: ChartData) -> ChartData {
        ChartData {
            form: std::mem::replace(&mut self.form, with.form),
            defaults: std::mem::replace(&mut self.defaults, with.defaults),
            environments: std::mem::replace(&mut self.environments, with.environments),
        }
    }
}

/// A text made around a composition: a command, a manifest of another tool.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Export {
    /// Its name in addresses.
    pub name: String,
    /// A few words.
    pub title: String,
    /// One sentence.
    pub description: String,
    /// The name it is saved under.
    pub file_name: String,
    /// The language it is written in: `sh`, `yaml`, `hcl`, `text` …
    pub language: String,
    /// The text for one composition, where it was asked for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// How a chart is at present, as the server tells while its files are edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// The chart's name.
    pub name: String,
    /// SHA-256 over its files: another one is another chart.
    pub digest: String,
    /// Which files the last reload changed, in words; empty before the first one.
    pub changed: String,
    /// Why its files on disk cannot be served: the chart is still the last good one.
    pub trouble: Option<Trouble>,
}

/// Why a chart on disk cannot be served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// Helm's sentence where Helm has one.
    pub message: String,
    /// The file, and the line where it is known: `values.yaml:12`.
    pub place: Option<String>,
}

/// A chart, as its `Chart.yaml` introduces it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChartInfo {
    /// Chart name.
    pub name: String,
    /// Chart version.
    pub version: String,
    /// Version of what it installs.
    pub app_version: String,
    /// One sentence.
    pub description: String,
}

/// A named values layer of the chart: one of its `values-NAME.yaml` files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Environment {
    /// `prod` for `values-prod.yaml`.
    pub name: String,
    /// What the file sets.
    pub values: Map,
}

/// Something in a link or an edit that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The value path it concerns, in `--set` words; the query key where there is no path.
    pub path: String,
    /// What is wrong and how to mend it: one sentence.
    pub message: String,
    /// What was meant most likely, as behind `--set`; empty where nobody knows.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub mend: String,
}

/// One render of a composition, good or failed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    /// Digest of chart and all inputs: two previews with the same digest are the same.
    pub digest: String,
    /// Digest of the chart that was rendered.
    pub chart_digest: String,
    /// The canonical query of the composition (no leading `?`), secrets left out.
    pub query: String,
    /// Paths of secrets that the query leaves out.
    pub secrets_left_out: Vec<String>,
    /// Messages at fields: out of range, bad quantity, unmet requirement.
    pub problems: Vec<Problem>,
    /// Helm's warnings.
    pub warnings: Vec<String>,
    /// All that is wrong or worth knowing, gravest first: problems, failure and warnings among it.
    pub checks: Vec<Check>,
    /// Render time on the server, in microseconds.
    pub micros: u64,
    /// The manifests, or why there are none.
    pub outcome: Outcome,
}

impl Preview {
    /// The resources that it holds.
    pub fn resources_mut(&mut self) -> &mut [Arc<Resource>] {
        match &mut self.outcome {
            Outcome::Manifests(manifests) => &mut manifests.resources,
            Outcome::Failed(_) => &mut [],
        }
    }
}

/// What a render gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Outcome {
    /// The chart rendered.
    Manifests(Manifests),
    /// The chart failed, as Helm would.
    Failed(Failure),
}

/// Resources in install order, and what goes with them.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Manifests {
    /// The resources, hooks last, as `helm template` prints them.
    #[serde(with = "shared::all")]
    pub resources: Vec<Arc<Resource>>,
    /// The ids of all resources in their order, where `resources` are only those that are not in
    /// the render that the page has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order: Vec<String>,
    /// NOTES.txt as Helm prints it after an install.
    pub notes: Option<String>,
    /// Sums over the resources.
    pub totals: Totals,
}

impl Manifests {
    /// Leaves out what stands in an earlier render, which whoever reads this has.
    #[must_use]
    pub fn since(self, earlier: &[Arc<Resource>]) -> Self {
        let earlier: HashMap<&str, &Arc<Resource>> = earlier
            .iter()
            .map(|resource| (resource.id.as_str(), resource))
            .collect();
        let is_known = |resource: &Arc<Resource>| {
            let known = earlier.get(resource.id.as_str());
            known.is_some_and(|known| Arc::ptr_eq(known, resource) || ***known == **resource)
        };
        let order = self.resources.iter();
        let order = order.map(|resource| resource.id.clone()).collect();
        let mut resources = self.resources;
        resources.retain(|resource| !is_known(resource));
        Self {
            resources,
            order,
            ..self
        }
    }
}

/// One Kubernetes object of the output.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Resource {
    /// Stable key: `kind/name`, made unique.
    pub id: String,
    /// Kubernetes kind.
    pub kind: String,
    /// `metadata.name`.
    pub name: String,
    /// The template that printed it: `flts/templates/kafka.yaml`.
    pub source: String,
    /// The hook events, empty for an ordinary resource.
    pub hooks: Vec<String>,
    /// A hook's weight: Helm runs lower ones first.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub hook_weight: i64,
    /// When Helm deletes a hook again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub delete_policies: Vec<String>,
    /// The images that its containers run, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<String>,
    /// The service it belongs to: its `app.kubernetes.io/component` label, where there is one.
    pub component: Option<String>,
    /// The YAML text, without the `---` line.
    pub yaml: String,
}

impl Resource {
    /// The same without its YAML text.
    #[must_use]
    pub fn without_text(&self) -> Self {
        let Self {
            id,
            kind,
            name,
            source,
            hooks,
            hook_weight,
            delete_policies,
            images,
            component,
            yaml: _,
        } = self;
        Self {
            id: id.clone(),
            kind: kind.clone(),
            name: name.clone(),
            source: source.clone(),
            hooks: hooks.clone(),
            hook_weight: *hook_weight,
            delete_policies: delete_policies.clone(),
            images: images.clone(),
            component: component.clone(),
            yaml: String::new(),
        }
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands out references"
)]
const fn is_zero(number: &i64) -> bool {
    *number == 0
}

/// Sums over all workloads of the output.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Totals {
    /// Pods as installed.
    pub pods: u64,
    /// Pods with every autoscaler at its maximum.
    pub pods_max: u64,
    /// CPU requests, in millicores.
    pub cpu_request: u64,
    /// CPU limits, in millicores.
    pub cpu_limit: u64,
    /// Memory requests, in bytes.
    pub memory_request: u64,
    /// Memory limits, in bytes.
    pub memory_limit: u64,
    /// Storage of all claims, in bytes.
    pub storage: u64,
}

/// Why a render failed, in both voices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Helm's own sentence, byte for byte.
    pub message: String,
    /// The place, where the failure has one: `flts/templates/kafka.yaml:12:5`.
    pub place: Option<String>,
    /// The value path it names, if the page can point at a field.
    pub path: Option<String>,
    /// How to mend it, where that is known.
    pub hint: Option<String>,
    /// For people: the marked lines, the calls that led there, the values involved and what set
    /// them. Empty where nothing is known beside the sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub explained: String,
}
