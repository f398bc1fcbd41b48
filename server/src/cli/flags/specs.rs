//! The flags of Helm's commands, in the groups that Helm declares them in (pkg/cmd/flags.go,
//! pkg/cmd/install.go and pkg/cli/environment.go of Helm 4.3.1).

use super::{Spec, Takes, Use};

const fn flag(name: &'static str, short: Option<char>, takes: Takes) -> Spec {
    Spec {
        name,
        short,
        takes,
        usage: Use::Honoured,
    }
}

const fn ignored(name: &'static str, takes: Takes) -> Spec {
    Spec {
        name,
        short: None,
        takes,
        usage: Use::Ignored,
    }
}

const fn deprecated(name: &'static str, takes: Takes, notice: &'static str) -> Spec {
    Spec {
        name,
        short: None,
        takes,
        usage: Use::Deprecated(notice),
    }
}

const NO_EFFECT: &str = "this flag has no effect for 'helm template' and will be removed in Helm 5";

/// What every command of both Helms knows.
pub(in crate::cli) const GLOBAL: &[Spec] = &[
    flag("debug", None, Takes::Switch),
    flag("help", Some('h'), Takes::Switch),
    flag("namespace", Some('n'), Takes::Text),
    ignored("burst-limit", Takes::Number),
    ignored("kube-apiserver", Takes::Text),
    ignored("kube-as-group", Takes::Texts),
    ignored("kube-as-user", Takes::Text),
    ignored("kube-ca-file", Takes::Text),
    ignored("kube-context", Takes::Text),
    ignored("kube-insecure-skip-tls-verify", Takes::Switch),
    ignored("kube-tls-server-name", Takes::Text),
    ignored("kube-token", Takes::Text),
    ignored("kubeconfig", Takes::Text),
    ignored("qps", Takes::Float),
    ignored("registry-config", Takes::Text),
    ignored("repository-cache", Takes::Text),
    ignored("repository-config", Takes::Text),
    // The Kubernetes client's log: hidden, and read all the same (`addKlogFlags`).
    ignored("add-dir-header", Takes::LogSwitch),
    ignored("alsologtostderr", Takes::LogSwitch),
    ignored("alsologtostderrthreshold", Takes::LogLevel),
    ignored("legacy-stderr-threshold-behavior", Takes::LogSwitch),
    ignored("log-backtrace-at", Takes::Text),
    ignored("log-dir", Takes::Text),
    ignored("log-file", Takes::Text),
    ignored("log-file-max-size", Takes::Text),
    ignored("logtostderr", Takes::LogSwitch),
    ignored("one-output", Takes::LogSwitch),
    ignored("skip-headers", Takes::LogSwitch),
    ignored("skip-log-headers", Takes::LogSwitch),
    ignored("stderrthreshold", Takes::LogLevel),
    Spec {
        name: "v",
        short: Some('v'),
        takes: Takes::LogLevel,
        usage: Use::Ignored,
    },
    ignored("vmodule", Takes::Text),
];

/// What every command of Helm 4 knows, too.
pub(in crate::cli) const GLOBAL_HELM4: &[Spec] = &[
    flag("color", None, Takes::Text),
    flag("colour", None, Takes::Text),
    ignored("content-cache", Takes::Text),
];

/// Where a chart comes from (`addChartPathOptionsFlags`).
pub(in crate::cli) const CHART_PATH: &[Spec] = &[
    flag("repo", None, Takes::Text),
    ignored("ca-file", Takes::Text),
    ignored("cert-file", Takes::Text),
    ignored("insecure-skip-tls-verify", Takes::Switch),
    ignored("key-file", Takes::Text),
    ignored("keyring", Takes::Text),
    ignored("pass-credentials", Takes::Switch),
    ignored("password", Takes::Text),
    ignored("plain-http", Takes::Switch),
    ignored("username", Takes::Text),
    flag("verify", None, Takes::Switch),
    flag("version", None, Takes::Text),
];

/// The values of a chart (`addValueOptionsFlags`).
pub(in crate::cli) const VALUES: &[Spec] = &[
    flag("set", None, Takes::Texts),
    flag("set-file", None, Takes::Texts),
    flag("set-json", None, Takes::Texts),
    flag("set-literal", None, Takes::Texts),
    flag("set-string", None, Takes::Texts),
    flag("values", Some('f'), Takes::List),
];

/// What only `helm template` knows, those of `helm install` included, in both Helms.
pub(in crate::cli) const TEMPLATE: &[Spec] = &[
    flag("api-versions", Some('a'), Takes::List),
    flag("dependency-update", None, Takes::Switch),
    flag("generate-name", Some('g'), Takes::Switch),
    flag("include-crds", None, Takes::Switch),
    flag("is-upgrade", None, Takes::Switch),
    flag("kube-version", None, Takes::Text),
    flag("name-template", None, Takes::Text),
    flag("no-hooks", None, Takes::Switch),
    flag("output-dir", None, Takes::Text),
    flag("post-renderer", None, Takes::Text),
    flag("release-name", None, Takes::Switch),
    flag("show-only", Some('s'), Takes::Texts),
    flag("skip-schema-validation", None, Takes::Switch),
    flag("skip-tests", None, Takes::Switch),
    ignored("create-namespace", Takes::Switch),
    ignored("description", Takes::Text),
    flag("devel", None, Takes::Switch),
    ignored("disable-openapi-validation", Takes::Switch),
    ignored("enable-dns", Takes::Switch),
    Spec {
        name: "labels",
        short: Some('l'),
        takes: Takes::Pairs,
        usage: Use::Ignored,
    },
    ignored("post-renderer-args", Takes::Texts),
    ignored("replace", Takes::Switch),
    ignored("skip-crds", Takes::Switch),
    ignored("take-ownership", Takes::Switch),
    ignored("timeout", Takes::Duration),
    ignored("wait-for-jobs", Takes::Switch),
];

/// What `helm template` of Helm 4 knows beside [`TEMPLATE`].
pub(in crate::cli) const TEMPLATE_HELM4: &[Spec] = &[
    flag("dry-run", None, Takes::Optional("unset")),
    ignored("force-conflicts", Takes::Switch),
    ignored("force-replace", Takes::Switch),
    ignored("rollback-on-failure", Takes::Switch),
    ignored("server-side", Takes::Switch),
    ignored("wait", Takes::Wait),
    deprecated("atomic", Takes::Switch, "use --rollback-on-failure instead"),
    deprecated("force", Takes::Switch, "use --force-replace instead"),
    deprecated("hide-notes", Takes::Switch, NO_EFFECT),
    deprecated("validate", Takes::Switch, "use '--dry-run=server' instead"),
    deprecated("render-subchart-notes", Takes::Switch, NO_EFFECT),
];

/// What only `chartroom template` knows.
pub(in crate::cli) const TEMPLATE_HERE: &[Spec] = &[
    flag("explain", None, Takes::Switch),
    flag("trace", None, Takes::Text),
];

/// What `helm template` of Helm 3 knows beside [`TEMPLATE`] (cmd/helm/install.go and template.go of
/// Helm 3.22.0).
pub(in crate::cli) const TEMPLATE_HELM3: &[Spec] = &[
    ignored("atomic", Takes::Switch),
    flag("dry-run", None, Takes::Optional("client")),
    ignored("force", Takes::Switch),
    ignored("hide-notes", Takes::Switch),
    ignored("render-subchart-notes", Takes::Switch),
    flag("validate", None, Takes::Switch),
    ignored("wait", Takes::Switch),
];

/// What the commands of `helm show` know beside [`CHART_PATH`].
pub(in crate::cli) const SHOW: &[Spec] = &[flag("devel", None, Takes::Switch)];

/// What only `helm show values` knows.
pub(in crate::cli) const SHOW_VALUES: &[Spec] = &[flag("jsonpath", None, Takes::Text)];

/// What no command of Helm's knows.
pub(in crate::cli) const OWN: &[Spec] = &[flag("limit", None, Takes::Texts)];

/// What only `helm lint` knows.
pub(in crate::cli) const LINT: &[Spec] = &[
    flag("kube-version", None, Takes::Text),
    flag("quiet", None, Takes::Switch),
    flag("skip-schema-validation", None, Takes::Switch),
    flag("strict", None, Takes::Switch),
    flag("with-subcharts", None, Takes::Switch),
];
