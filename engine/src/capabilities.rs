//! What templates see as `.Capabilities`: Kubernetes version, known API versions, Helm's build.

use std::borrow::Cow;

use crate::{Dialect, Error, ErrorKind};

/// The Kubernetes version that Helm 4.3.1 assumes without a cluster.
pub const DEFAULT_KUBE_VERSION: &str = "v1.37.0";

/// The one that Helm 3.22.0 assumes, as `go install` builds it (pkg/chartutil/capabilities.go;
/// the builds of the Helm project set another one when they link).
const DEFAULT_KUBE_VERSION_HELM3: &str = "v1.20.0";

/// A Kubernetes version, as `.Capabilities.KubeVersion`.
///
/// Follows pkg/chart/common/capabilities.go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KubeVersion {
    /// As given, with a leading `v`: `v1.33.4-gke.1245000`.
    pub version: String,
    /// Without any suffix, what ranges are checked against: `v1.33.4`.
    pub normalized: String,
    /// The first number.
    pub major: String,
    /// The second number.
    pub minor: String,
}

impl KubeVersion {
    /// Reads what a person wrote: `1.33`, `v1.33.4`, `1.33.4-gke.1245000`.
    ///
    /// # Errors
    /// With Helm's sentence when it is no version.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let refused = |reason: String| {
            Error::new(
                ErrorKind::KubeVersion,
                format!("invalid kube version '{text}': {reason}"),
            )
        };
        let numbers = parse_generic(text).map_err(refused)?;
        let dotted: Vec<String> = numbers.iter().map(u64::to_string).collect();
        Ok(Self {
            version: if text.starts_with('v') {
                text.to_owned()
            } else {
                format!("v{text}")
            },
            normalized: format!("v{}", dotted.join(".")),
            major: numbers.first().copied().unwrap_or_default().to_string(),
            minor: numbers.get(1).copied().unwrap_or_default().to_string(),
        })
    }
}

impl Default for KubeVersion {
    fn default() -> Self {
        Self::default_of(Dialect::Helm4)
    }
}

impl KubeVersion {
    /// The same version as that Helm knows it: Helm 3 forgets all behind the numbers
    /// (`ParseKubeVersion` in its pkg/chartutil/capabilities.go).
    #[must_use]
    pub fn known_to(mut self, dialect: Dialect) -> Self {
        if dialect.is_helm3() {
            self.version.clone_from(&self.normalized);
        }
        self
    }

    pub(crate) fn default_of(dialect: Dialect) -> Self {
        let (version, minor) = match dialect {
            Dialect::Helm3 => (DEFAULT_KUBE_VERSION_HELM3, "20"),
            Dialect::Helm4 => (DEFAULT_KUBE_VERSION, "37"),
        };
        Self {
            version: version.to_owned(),
            normalized: version.to_owned(),
            major: "1".to_owned(),
            minor: minor.to_owned(),
        }
    }
}

/// The numbers of `ParseGeneric` (k8s.io/apimachinery/pkg/util/version): at least two, dotted;
/// whatever follows them is dropped.
fn parse_generic(text: &str) -> Result<Vec<u64>, String> {
    let quoted = values::go::quote(text);
    let start = text.trim_start_matches(['\t', '\n', '\u{c}', '\r', ' ']);
    let start = start.strip_prefix('v').unwrap_or(start);
    let digits = |from: &str| from.bytes().take_while(u8::is_ascii_digit).count();
    let mut end = digits(start);
    if end == 0 || text.contains('\n') {
        return Err(format!("could not parse {quoted} as version"));
    }
    while start[end..].starts_with('.') {
        match digits(&start[end + 1..]) {
            0 => break,
            more => end += 1 + more,
        }
    }
    let parts: Vec<&str> = start[..end].split('.').collect();
    if parts.len() < 2 {
        return Err(format!("illegal version string {quoted}"));
    }
    if parts[0].len() > 1 && parts[0].starts_with('0') {
        let part = values::go::quote(parts[0]);
        return Err(format!(
            "illegal zero-prefixed version component {part} in {quoted}"
        ));
    }
    let number = |part: &&str| {
        part.parse().map_err(|_| {
            let part = values::go::quote(part);
            format!(
                "illegal non-numeric version component {part} in {quoted}: strconv.ParseUint: \
                 parsing {part}: value out of range"
            )
        })
    };
    parts.iter().map(number).collect()
}

/// What `.Capabilities.HelmVersion` shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelmVersion {
    /// `v4.3`.
    pub version: String,
    /// The commit it was built from.
    pub git_commit: String,
    /// Whether that tree was clean.
    pub git_tree_state: String,
    /// The Go release it was built with.
    pub go_version: String,
    /// The Kubernetes release of its client library; Helm 3 has no such field.
    pub kube_client_version: Option<String>,
}

impl Default for HelmVersion {
    fn default() -> Self {
        Self::default_of(Dialect::Helm4)
    }
}

impl HelmVersion {
    pub(crate) fn default_of(dialect: Dialect) -> Self {
        let (version, kube_client_version) = match dialect {
            Dialect::Helm3 => ("v3.22", None),
            Dialect::Helm4 => ("v4.3", Some("v1.37")),
        };
        Self {
            version: version.to_owned(),
            git_commit: String::new(),
            git_tree_state: String::new(),
            go_version: "go1.26.8".to_owned(),
            kube_client_version: kube_client_version.map(str::to_owned),
        }
    }
}

/// What templates may ask of the cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capabilities {
    /// The Kubernetes version.
    pub kube_version: KubeVersion,
    /// The API versions, in Helm's order.
    pub api_versions: Vec<Cow<'static, str>>,
    /// Helm's build.
    pub helm_version: HelmVersion,
}

impl Default for Capabilities {
    /// Those of `helm template` without flags.
    fn default() -> Self {
        Self::default_of(Dialect::Helm4)
    }
}

impl Capabilities {
    /// Those of that Helm's `helm template` without flags.
    #[must_use]
    pub fn default_of(dialect: Dialect) -> Self {
        Self {
            kube_version: KubeVersion::default_of(dialect),
            api_versions: DEFAULT_API_VERSIONS.iter().map(|&it| it.into()).collect(),
            helm_version: HelmVersion::default_of(dialect),
        }
    }

    /// Helm 4's defaults with another Kubernetes version and more API versions.
    #[must_use]
    pub fn with(kube_version: Option<KubeVersion>, more: &[String]) -> Self {
        Self::default().and(kube_version, more)
    }

    /// These with another Kubernetes version and more API versions.
    #[must_use]
    pub fn and(self, kube_version: Option<KubeVersion>, more: &[String]) -> Self {
        let mut capabilities = self;
        if let Some(kube_version) = kube_version {
            capabilities.kube_version = kube_version;
        }
        let more = more.iter().cloned().map(Cow::Owned);
        capabilities.api_versions.extend(more);
        capabilities
    }

    /// Whether the API version is known.
    #[must_use]
    pub fn has(&self, api_version: &str) -> bool {
        self.api_versions.iter().any(|known| known == api_version)
    }
}

/// `allKnownVersions` of Helm 4.3.1 and Helm 3.22.0: what client-go's scheme and the CRD packages register.
const DEFAULT_API_VERSIONS: &[&str] = &[
    "v1",
    "admissionregistration.k8s.io/v1",
    "admissionregistration.k8s.io/v1alpha1",
    "admissionregistration.k8s.io/v1beta1",
    "internal.apiserver.k8s.io/v1alpha1",
    "apps/v1",
    "apps/v1beta1",
    "apps/v1beta2",
    "authentication.k8s.io/v1",
    "authentication.k8s.io/v1alpha1",
    "authentication.k8s.io/v1beta1",
    "authorization.k8s.io/v1",
    "authorization.k8s.io/v1beta1",
    "autoscaling/v1",
    "autoscaling/v2",
    "batch/v1",
    "batch/v1beta1",
    "certificates.k8s.io/v1",
    "certificates.k8s.io/v1beta1",
    "certificates.k8s.io/v1alpha1",
    "coordination.k8s.io/v1alpha2",
    "coordination.k8s.io/v1beta1",
    "coordination.k8s.io/v1",
    "discovery.k8s.io/v1",
    "discovery.k8s.io/v1beta1",
    "events.k8s.io/v1",
    "events.k8s.io/v1beta1",
    "extensions/v1beta1",
    "flowcontrol.apiserver.k8s.io/v1",
    "flowcontrol.apiserver.k8s.io/v1beta1",
    "flowcontrol.apiserver.k8s.io/v1beta2",
    "flowcontrol.apiserver.k8s.io/v1beta3",
    "lifecycle.k8s.io/v1alpha1",
    "networking.k8s.io/v1",
    "networking.k8s.io/v1beta1",
    "node.k8s.io/v1",
    "node.k8s.io/v1alpha1",
    "node.k8s.io/v1beta1",
    "policy/v1",
    "policy/v1beta1",
    "rbac.authorization.k8s.io/v1",
    "rbac.authorization.k8s.io/v1beta1",
    "rbac.authorization.k8s.io/v1alpha1",
    "resource.k8s.io/v1",
    "resource.k8s.io/v1beta2",
    "resource.k8s.io/v1beta1",
    "resource.k8s.io/v1alpha3",
    "scheduling.k8s.io/v1alpha3",
    "scheduling.k8s.io/v1beta1",
    "scheduling.k8s.io/v1",
    "storage.k8s.io/v1beta1",
    "storage.k8s.io/v1",
    "storage.k8s.io/v1alpha1",
    "storagemigration.k8s.io/v1",
    "storagemigration.k8s.io/v1beta1",
    "apiextensions.k8s.io/v1beta1",
    "apiextensions.k8s.io/v1",
];
