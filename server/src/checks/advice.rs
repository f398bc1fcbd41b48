//! What is worth knowing about rendered workloads, whatever chart they come from. Each kind of
//! advice has a short code that stays.
//!
//! | code | says |
//! | --- | --- |
//! | `request-above-limit` | a container asks for more than it may have; Kubernetes refuses it |
//! | `image-latest` | an image has no tag, or `latest`, and no digest |
//! | `memory-limit` | a container may take all memory of its node |

use app::wire::{Check, Gravity, Resource};
use compose::Quantity;
use values::{Map, Value};

/// The most that is listed of one render.
const MOST: usize = 100;

/// Advice on a resource; `table` is what it was parsed to.
#[must_use]
pub fn of(resource: &Resource, table: &Map) -> Vec<Check> {
    let mut checks = Vec::new();
    let Some(pod) = pod(table) else { return checks };
    for key in ["initContainers", "containers"] {
        for container in list(pod, key).iter().filter_map(Value::as_map) {
            about(resource, container, &mut checks);
        }
    }
    checks
}

/// The advice of a whole render as it is listed: warnings first.
#[must_use]
pub fn listed(mut checks: Vec<Check>) -> Vec<Check> {
    // Stable: within a gravity the order is that of the manifests.
    checks.sort_by_key(|check| check.gravity == Gravity::Advice);
    checks.truncate(MOST);
    checks
}

/// The pod that a workload makes.
fn pod(table: &Map) -> Option<&Map> {
    let path: &[&str] = match table.get("kind")?.as_str()? {
        "Pod" => &["spec"],
        "CronJob" => &["spec", "jobTemplate", "spec", "template", "spec"],
        "Deployment"
        | "StatefulSet"
        | "DaemonSet"
        | "ReplicaSet"
        | "Job"
        | "ReplicationController" => &["spec", "template", "spec"],
        _ => return None,
    };
    path.iter()
        .try_fold(table, |table, key| table.get(*key)?.as_map())
}

fn about(resource: &Resource, container: &Map, checks: &mut Vec<Check>) {
    let name = container
        .get("name")
        .and_then(Value::as_str)
        .unwrap_or("a container");
    let mut tell = |gravity: Gravity, code: &str, what: String| {
        checks.push(Check {
            gravity,
            code: code.to_owned(),
            message: format!("{} {}: `{name}` {what}", resource.kind, resource.name),
            resource: resource.id.clone(),
            ..Check::default()
        });
    };
    for kind in ["cpu", "memory"] {
        let (request, limit) = (
            amount(container, "requests", kind),
            amount(container, "limits", kind),
        );
        if let (Some((request, asked)), Some((limit, allowed))) = (request, limit)
            && asked > allowed
        {
            let what = format!(
                "asks for {request} of {kind} and may have {limit}; Kubernetes refuses a request above \
                 its limit"
            );
            tell(Gravity::Warning, "request-above-limit", what);
        }
    }
    let image = container
        .get("image")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if let Some(what) = loose(image) {
        let what = format!("runs `{image}`, {what}: a fixed version runs the same code everywhere");
        tell(Gravity::Advice, "image-latest", what);
    }
    if amount(container, "limits", "memory").is_none() {
        let what = "has no memory limit: it may take all that its node has".to_owned();
        tell(Gravity::Advice, "memory-limit", what);
    }
}

/// Why an image may be another one tomorrow.
fn loose(image: &str) -> Option<&'static str> {
    if image.is_empty() || image.contains('@') {
        return None;
    }
    let last = image.rsplit('/').next().unwrap_or(image);
    match last.split_once(':') {
        None => Some("which has no tag"),
        Some((_, "latest")) => Some("whose tag moves"),
        Some(_) => None,
    }
}

/// A resource as it is written, and what it comes to.
fn amount(container: &Map, part: &str, kind: &str) -> Option<(String, Quantity)> {
    let table = container.get("resources")?.as_map()?.get(part)?.as_map()?;
    let value = table.get(kind)?;
    let quantity = Quantity::from_value(value).ok()?;
    Some((compose::form::shown(value), quantity))
}

fn list<'a>(table: &'a Map, key: &str) -> &'a [Value] {
    match table.get(key) {
        Some(Value::List(list)) => list,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn codes(container: serde_json::Value) -> Vec<String> {
        let resource = Resource {
            id: "deployment/web".to_owned(),
            kind: "Deployment".to_owned(),
            name: "web".to_owned(),
            ..Resource::default()
        };
        let value = json!({"kind": "Deployment", "metadata": {"name": "web"},
            "spec": {"template": {"spec": {"containers": [container]}}}});
        let checks = listed(of(&resource, Value::from(value).as_map().unwrap()));
        assert!(
            checks
                .iter()
                .all(|check| check.resource == "deployment/web")
        );
        checks.into_iter().map(|check| check.code).collect()
    }

    #[test]
    fn each_kind_of_advice_is_given_where_it_belongs() {
        let none: [&str; 0] = [];
        let good = json!({"name": "a", "image": "registry:5000/web:1.2",
            "resources": {"requests": {"cpu": "500m"}, "limits": {"cpu": 1, "memory": "1Gi"}}});
        assert_eq!(codes(good), none);
        let digest = json!({"image": "web@sha256:00", "resources": {"limits": {"memory": "1Gi"}}});
        assert_eq!(codes(digest), none);
        for image in ["web", "web:latest", "registry:5000/web"] {
            let container = json!({"image": image, "resources": {"limits": {"memory": "1Gi"}}});
            assert_eq!(codes(container), ["image-latest"], "{image}");
        }
        assert_eq!(codes(json!({"image": "web:1"})), ["memory-limit"]);
        let above = json!({"image": "web:1",
            "resources": {"requests": {"memory": "2Gi"}, "limits": {"memory": "1024Mi"}}});
        assert_eq!(codes(above), ["request-above-limit"]);
    }
}
