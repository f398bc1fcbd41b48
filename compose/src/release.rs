//! The release a composition is rendered for, and the rules for its parts: Helm's for the name
//! and the Kubernetes version, Kubernetes' own (RFC 1123) for the namespace.

use serde::{Deserialize, Serialize};

/// The longest release name: Helm keeps ten characters of a DNS label for the chart.
pub const MAX_RELEASE_NAME: usize = 53;

/// The longest namespace: a DNS label.
pub const MAX_NAMESPACE: usize = 63;

/// How many API versions a composition may add.
pub const MAX_API_VERSIONS: usize = 200;

/// The Kubernetes versions that are offered: the newest minors, Helm's own default first.
pub const KUBE_VERSIONS: [&str; 8] = [
    "1.37", "1.36", "1.35", "1.34", "1.33", "1.32", "1.31", "1.30",
];

/// API versions that many clusters have and many charts ask for.
pub const KNOWN_API_VERSIONS: [&str; 5] = [
    "cert-manager.io/v1",
    "gateway.networking.k8s.io/v1",
    "keda.sh/v1alpha1",
    "monitoring.coreos.com/v1",
    "networking.istio.io/v1",
];

/// Helm's pattern for release names, as its message prints it.
const RELEASE_NAME_PATTERN: &str =
    r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

/// What `helm install` is told beside the values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReleaseSettings {
    /// The release's name.
    pub name: String,
    /// The namespace it goes to.
    pub namespace: String,
    /// The cluster's Kubernetes version; none is Helm's own default.
    pub kube_version: Option<String>,
    /// API versions the cluster has beside the built-in ones, as `--api-versions` takes them.
    pub api_versions: Vec<String>,
    /// Whether this is an upgrade rather than an install.
    pub is_upgrade: bool,
}

impl Default for ReleaseSettings {
    /// `helm template`'s own name and namespace.
    fn default() -> Self {
        Self {
            name: "release-name".to_owned(),
            namespace: "default".to_owned(),
            kube_version: None,
            api_versions: Vec::new(),
            is_upgrade: false,
        }
    }
}

/// A part of the release settings that will not do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The part, by its key in a link: `release`, `namespace`, `kube`, `api-versions`.
    pub field: String,
    /// What is wrong and how to mend it.
    pub message: String,
}

impl ReleaseSettings {
    /// Every part that Helm or Kubernetes would refuse.
    #[must_use]
    pub fn check(&self) -> Vec<FieldError> {
        let kube = self
            .kube_version
            .as_deref()
            .map_or(Ok(()), check_kube_version);
        let mut checks = vec![
            ("release", check_release_name(&self.name)),
            ("namespace", check_namespace(&self.namespace)),
            ("kube", kube),
        ];
        checks.extend(
            self.api_versions
                .iter()
                .map(|api| ("api-versions", check_api_version(api))),
        );
        checks
            .into_iter()
            .filter_map(|(field, result)| {
                let message = result.err()?;
                Some(FieldError {
                    field: field.to_owned(),
                    message,
                })
            })
            .collect()
    }
}

/// Helm's check of a release name, in Helm's words (what it prints behind
/// `Error: release name check failed: `).
///
/// # Errors
/// Helm's own sentence.
pub fn helm_check_release_name(name: &str) -> Result<(), String> {
    if name.is_empty() {
        return Err("no name provided".to_owned());
    }
    if name.len() <= MAX_RELEASE_NAME && name.split('.').all(is_dns_label) {
        return Ok(());
    }
    Err(format!(
        "release name {}: invalid release name, must match regex {RELEASE_NAME_PATTERN} and the \
         length must not be longer than {MAX_RELEASE_NAME}",
        values::go::quote(name)
    ))
}

/// Whether Helm takes a release name; the message is for the field beside it.
///
/// # Errors
/// What is wrong, and a name that would do.
pub fn check_release_name(name: &str) -> Result<(), String> {
    if helm_check_release_name(name).is_ok() {
        return Ok(());
    }
    if name.is_empty() {
        return Err("a release needs a name".to_owned());
    }
    let what = if name.len() > MAX_RELEASE_NAME {
        format!(
            "is {} characters long; Helm takes at most {MAX_RELEASE_NAME}",
            name.len()
        )
    } else {
        "is not a release name: use a-z, 0-9, `-` and `.`, with a letter or digit at both ends and \
         beside each dot"
            .to_owned()
    };
    Err(told(name, &what, &mended(name, MAX_RELEASE_NAME, true)))
}

/// Whether Kubernetes takes a namespace's name.
///
/// # Errors
/// What is wrong, and a name that would do.
pub fn check_namespace(name: &str) -> Result<(), String> {
    if name.is_empty() {
        return Err("a release needs a namespace; `default` always exists".to_owned());
    }
    if name.len() > MAX_NAMESPACE {
        let what = format!(
            "is {} characters long; a namespace has at most {MAX_NAMESPACE}",
            name.len()
        );
        return Err(told(name, &what, &mended(name, MAX_NAMESPACE, false)));
    }
    if !is_dns_label(name) {
        let what = "is not a namespace: use a-z, 0-9 and `-`, with a letter or digit at both ends";
        return Err(told(name, what, &mended(name, MAX_NAMESPACE, false)));
    }
    Ok(())
}

/// Whether Helm's `--kube-version` takes a text: `1.33`, `v1.33.2`, `v1.33.4-gke.1245000`.
///
/// # Errors
/// Helm's reason, and how to write it.
pub fn check_kube_version(version: &str) -> Result<(), String> {
    helm_check_kube_version(version)
        .map_err(|reason| format!("{reason}; write it like `1.33` or `v1.33.2`"))
}

/// [`check_kube_version`] with nothing but Helm's own reason (what it prints behind
/// `Error: invalid kube version '…': `). `k8s.io/apimachinery`'s `version.ParseGeneric`.
///
/// # Errors
/// Helm's own sentence.
pub fn helm_check_kube_version(version: &str) -> Result<(), String> {
    let quoted = values::go::quote(version);
    let body = version.trim_start_matches(['\t', '\n', '\x0c', '\r', ' ']);
    let body = body.strip_prefix('v').unwrap_or(body);
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let first = digits(body);
    // Go's pattern ends in `.*`, which stops at a line break.
    if first == 0 || body.contains('\n') {
        return Err(format!("could not parse {quoted} as version"));
    }
    let mut components = vec![&body[..first]];
    let mut rest = &body[first..];
    while let Some(next) = rest.strip_prefix('.') {
        let length = digits(next);
        if length == 0 {
            break;
        }
        components.push(&next[..length]);
        rest = &next[length..];
    }
    if components.len() < 2 {
        return Err(format!("illegal version string {quoted}"));
    }
    if components[0].starts_with('0') && components[0] != "0" {
        return Err(format!(
            "illegal zero-prefixed version component \"{}\" in {quoted}",
            components[0]
        ));
    }
    for component in components {
        if component.parse::<u64>().is_err() {
            return Err(format!(
                "illegal non-numeric version component \"{component}\" in {quoted}: \
                 strconv.ParseUint: parsing \"{component}\": value out of range"
            ));
        }
    }
    Ok(())
}

/// Whether a text can be an entry of `--api-versions`: `v1`, `apps/v1`, `batch/v1/CronJob`.
///
/// # Errors
/// How to write one.
pub fn check_api_version(text: &str) -> Result<(), String> {
    let part = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'))
    };
    if text.len() <= 253 && text.split('/').count() <= 3 && text.split('/').all(part) {
        return Ok(());
    }
    Err(format!(
        "`{}` is not an API version; write it like `monitoring.coreos.com/v1` or \
         `monitoring.coreos.com/v1/ServiceMonitor`",
        crate::form::shorten(text, 60)
    ))
}

fn told(name: &str, what: &str, mended: &str) -> String {
    let hint = if mended.is_empty() {
        String::new()
    } else {
        format!(", for example `{mended}`")
    };
    format!("`{}` {what}{hint}", crate::form::shorten(name, 60))
}

fn is_dns_label(text: &str) -> bool {
    let bytes = text.as_bytes();
    let ends = |at: Option<&u8>| at.is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    ends(bytes.first())
        && ends(bytes.last())
        && bytes
            .iter()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-')
}

/// The nearest name that would do; empty when nothing is left of it.
fn mended(name: &str, longest: usize, dots: bool) -> String {
    let mut label = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_lowercase() || c.is_ascii_digit() || (dots && c == '.') {
            label.push(c);
        } else if !label.ends_with(['-', '.']) {
            label.push('-');
        }
    }
    let pieces: Vec<&str> = label
        .split('.')
        .map(|piece| piece.trim_matches('-'))
        .filter(|piece| !piece.is_empty())
        .collect();
    let mut label = pieces.join(".");
    label.truncate(longest);
    label.trim_matches(['-', '.']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn release_names_are_helms() {
        for name in ["a", "flts", "a-b.c-d", "0", &"a".repeat(53)] {
            assert_eq!(check_release_name(name), Ok(()), "{name}");
        }
        for name in [
            "A",
            "a_b",
            "-a",
            "a-",
            "a..b",
            ".a",
            "a.-b",
            "ä",
            &"a".repeat(54),
            "",
        ] {
            assert!(check_release_name(name).is_err(), "{name}");
        }
        assert_eq!(
            helm_check_release_name("A_b").unwrap_err(),
            "release name \"A_b\": invalid release name, must match regex \
             ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$ and the length \
             must not be longer than 53"
        );
        assert_eq!(
            check_release_name("My Release_").unwrap_err(),
            "`My Release_` is not a release name: use a-z, 0-9, `-` and `.`, with a letter or \
             digit at both ends and beside each dot, for example `my-release`"
        );
    }

    #[test]
    fn what_is_offered_instead_would_do() {
        for name in [
            "A_b",
            "..a..b..",
            "x".repeat(99).as_str(),
            "a.-.b",
            "Ünï c0dé",
            "é",
        ] {
            let release = mended(name, MAX_RELEASE_NAME, true);
            assert!(
                release.is_empty() || check_release_name(&release).is_ok(),
                "{release}"
            );
            let namespace = mended(name, MAX_NAMESPACE, false);
            assert!(
                namespace.is_empty() || check_namespace(&namespace).is_ok(),
                "{namespace}"
            );
        }
    }

    #[test]
    fn namespaces_are_dns_labels() {
        assert_eq!(check_namespace("ml-prod"), Ok(()));
        for name in ["", "ml.prod", "ML", "-", &"a".repeat(64)] {
            assert!(check_namespace(name).is_err(), "{name}");
        }
    }

    #[test]
    fn kubernetes_versions_are_read_as_helm_reads_them() {
        for version in [
            "1.33",
            "v1.33.2",
            "1.33.2+k3s1",
            " 1.2",
            "v1.33.4-gke.1245000",
            "1.02",
        ] {
            assert_eq!(helm_check_kube_version(version), Ok(()), "{version}");
        }
        for (version, reason) in [
            ("foo", "could not parse \"foo\" as version"),
            ("", "could not parse \"\" as version"),
            ("1", "illegal version string \"1\""),
            ("v1.", "illegal version string \"v1.\""),
            (
                "01.2",
                "illegal zero-prefixed version component \"01\" in \"01.2\"",
            ),
        ] {
            assert_eq!(helm_check_kube_version(version).unwrap_err(), reason);
        }
    }

    #[test]
    fn api_versions_have_up_to_three_parts() {
        for api in ["v1", "apps/v1", "monitoring.coreos.com/v1/ServiceMonitor"] {
            assert_eq!(check_api_version(api), Ok(()));
        }
        for api in ["", "a//b", "a/b/c/d", "a b"] {
            assert!(check_api_version(api).is_err(), "{api}");
        }
    }
}
