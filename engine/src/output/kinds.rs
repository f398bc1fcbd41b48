//! The order of kinds in an installation.
//!
//! Follows pkg/release/v1/util/kind_sorter.go of Helm 4.3.1.

use crate::Dialect;

/// Kinds that Helm knows, in the order in which it installs them.
pub const INSTALL_ORDER: [&str; 38] = [
    "PriorityClass",
    "Namespace",
    "NetworkPolicy",
    "ResourceQuota",
    "LimitRange",
    "PodSecurityPolicy",
    "PodDisruptionBudget",
    "ServiceAccount",
    "Secret",
    "SecretList",
    "ConfigMap",
    "StorageClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "CustomResourceDefinition",
    "ClusterRole",
    "ClusterRoleList",
    "ClusterRoleBinding",
    "ClusterRoleBindingList",
    "Role",
    "RoleList",
    "RoleBinding",
    "RoleBindingList",
    "Service",
    "DaemonSet",
    "Pod",
    "ReplicationController",
    "ReplicaSet",
    "Deployment",
    "HorizontalPodAutoscaler",
    "StatefulSet",
    "Job",
    "CronJob",
    "IngressClass",
    "Ingress",
    "APIService",
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
];

/// The last ones of [`INSTALL_ORDER`] are not known to Helm 3 (its pkg/releaseutil/kind_sorter.go).
const KNOWN_TO_HELM3: usize = INSTALL_ORDER.len() - 2;

/// What kinds are sorted by: known kinds first, in their order; the others behind them, by name.
pub(super) fn rank(kind: &str, dialect: Dialect) -> (usize, String) {
    let known = match dialect {
        Dialect::Helm3 => KNOWN_TO_HELM3,
        Dialect::Helm4 => INSTALL_ORDER.len(),
    };
    match INSTALL_ORDER[..known]
        .iter()
        .position(|known| *known == kind)
    {
        Some(place) => (place, String::new()),
        None => (usize::MAX, kind.to_owned()),
    }
}
