//! Sums over the resources of a render: pods, CPU, memory, storage.
//!
//! What Kubernetes would reserve for an installed release:
//! - Deployments, StatefulSets, ReplicaSets and bare Pods by their replicas; within an autoscaler's
//!   bounds where one scales them, and at its maximum in [`Totals::pods_max`];
//! - Jobs with the pods that run at once; CronJobs not at all, as most of the time none of them runs;
//! - DaemonSets as one pod, as the number of nodes is the cluster's matter;
//! - of a pod the sum of its containers, or its largest init container if that is more; init
//!   containers that stay (sidecars) with the containers; a missing request is the limit;
//! - storage of claims, and of claim templates once per pod;
//! - neither hooks nor tests, which come and go.

use app::wire::Totals;
use compose::Quantity;
use values::{Map, Value};

/// Whether resources of a kind count in the sums.
#[must_use]
pub fn counts(kind: &str) -> bool {
    matches!(
        kind,
        "PersistentVolumeClaim"
            | "HorizontalPodAutoscaler"
            | "Deployment"
            | "StatefulSet"
            | "ReplicaSet"
            | "ReplicationController"
            | "DaemonSet"
            | "Job"
            | "Pod"
    )
}

/// Adds up parsed resources; hooks are not among them.
#[must_use]
pub fn of(resources: &[Value]) -> Totals {
    let tables: Vec<&Map> = resources.iter().filter_map(Value::as_map).collect();
    let scalers: Vec<Scaler> = tables
        .iter()
        .filter_map(|table| Scaler::read(table))
        .collect();
    let mut totals = Totals::default();
    for table in tables {
        match text(table, &["kind"]) {
            "PersistentVolumeClaim" => totals.storage += claim(table),
            kind => {
                if let Some(workload) = Workload::read(kind, table, &scalers) {
                    workload.add_to(&mut totals);
                }
            }
        }
    }
    totals
}

/// A HorizontalPodAutoscaler: whom it scales between which bounds.
struct Scaler<'a> {
    target: (&'a str, &'a str),
    min: u64,
    max: u64,
}

impl<'a> Scaler<'a> {
    fn read(table: &'a Map) -> Option<Self> {
        if text(table, &["kind"]) != "HorizontalPodAutoscaler" {
            return None;
        }
        let target = &["spec", "scaleTargetRef"];
        let target = at(table, target)?.as_map()?;
        Some(Self {
            target: (text(target, &["kind"]), text(target, &["name"])),
            min: number(table, &["spec", "minReplicas"]).unwrap_or(1),
            max: number(table, &["spec", "maxReplicas"]).unwrap_or(1),
        })
    }
}

/// A resource that makes pods.
struct Workload<'a> {
    pods: u64,
    pods_max: u64,
    pod: &'a Map,
    claims: u64,
}

impl<'a> Workload<'a> {
    fn read(kind: &str, table: &'a Map, scalers: &[Scaler]) -> Option<Self> {
        let replicas = number(table, &["spec", "replicas"]);
        let (pods, pod) = match kind {
            "Deployment" | "StatefulSet" | "ReplicaSet" | "ReplicationController" => {
                (replicas.unwrap_or(1), &["spec", "template", "spec"][..])
            }
            // One for each node; of nodes nothing is known here.
            "DaemonSet" => (1, &["spec", "template", "spec"][..]),
            "Job" => {
                let parallel = number(table, &["spec", "parallelism"]).unwrap_or(1);
                let wanted = number(table, &["spec", "completions"]).unwrap_or(parallel);
                (parallel.min(wanted), &["spec", "template", "spec"][..])
            }
            "Pod" => (1, &["spec"][..]),
            _ => return None,
        };
        let pod = at(table, pod)?.as_map()?;
        let name = text(table, &["metadata", "name"]);
        let scaler = scalers.iter().find(|scaler| scaler.target == (kind, name));
        let (pods, pods_max) = scaler.map_or((pods, pods), |scaler| {
            (
                pods.clamp(scaler.min, scaler.max.max(scaler.min)),
                scaler.max,
            )
        });
        let claims = list(table, &["spec", "volumeClaimTemplates"]);
        let claims = claims.iter().filter_map(Value::as_map).map(claim).sum();
        Some(Self {
            pods,
            pods_max,
            pod,
            claims,
        })
    }

    fn add_to(&self, totals: &mut Totals) {
        let sum = |kind, resource| self.pods.saturating_mul(pod(self.pod, kind, resource));
        totals.pods += self.pods;
        totals.pods_max += self.pods_max;
        totals.cpu_request += sum("requests", "cpu");
        totals.cpu_limit += sum("limits", "cpu");
        totals.memory_request += sum("requests", "memory");
        totals.memory_limit += sum("limits", "memory");
        totals.storage += self.pods.saturating_mul(self.claims);
    }
}

/// What one pod asks for: its containers together, or the largest init container if that is more.
/// An init container that stays (a sidecar) counts with the containers.
fn pod(spec: &Map, kind: &str, resource: &str) -> u64 {
    let containers = list(spec, &["containers"]).iter().filter_map(Value::as_map);
    let mut running: u64 = containers
        .map(|container| amount(container, kind, resource))
        .sum();
    let mut starting = 0;
    for container in list(spec, &["initContainers"])
        .iter()
        .filter_map(Value::as_map)
    {
        let amount = amount(container, kind, resource);
        if text(container, &["restartPolicy"]) == "Always" {
            running += amount;
        } else {
            starting = starting.max(amount);
        }
    }
    running.max(starting)
}

/// One container's CPU in millicores or memory in bytes; a missing request is the limit.
fn amount(container: &Map, kind: &str, resource: &str) -> u64 {
    let value = at(container, &["resources", kind, resource]).or_else(|| {
        at(container, &["resources", "limits", resource]).filter(|_| kind == "requests")
    });
    let quantity = value.and_then(|value| Quantity::from_value(value).ok());
    quantity.map_or(0, |quantity| {
        count(if resource == "cpu" {
            quantity.milli()
        } else {
            quantity.bytes()
        })
    })
}

/// The storage that a claim or claim template asks for, in bytes.
fn claim(table: &Map) -> u64 {
    at(table, &["spec", "resources", "requests", "storage"])
        .and_then(|value| Quantity::from_value(value).ok())
        .map_or(0, |quantity| count(quantity.bytes()))
}

/// No quantity is below zero, and none so large that sums of them overflow.
fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default().min(1 << 50)
}

fn at<'a>(table: &'a Map, path: &[&str]) -> Option<&'a Value> {
    let (last, tables) = path.split_last()?;
    let table = tables
        .iter()
        .try_fold(table, |table, key| table.get(*key)?.as_map())?;
    table.get(*last)
}

fn text<'a>(table: &'a Map, path: &[&str]) -> &'a str {
    at(table, path).and_then(Value::as_str).unwrap_or_default()
}

fn list<'a>(table: &'a Map, path: &[&str]) -> &'a [Value] {
    match at(table, path) {
        Some(Value::List(list)) => list,
        _ => &[],
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturating"
)]
fn number(table: &Map, path: &[&str]) -> Option<u64> {
    match at(table, path)? {
        // A count of pods beyond a million is a mistake, and must not overflow the sums.
        Value::Int(number) => Some((*number).clamp(0, 1_000_000) as u64),
        Value::Float(number) => Some(number.clamp(0.0, 1e6) as u64),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn sums_what_kubernetes_reserves() {
        let resources = [
            json!({"kind": "Deployment", "metadata": {"name": "web"}, "spec": {"replicas": 2,
            "template": {"spec": {
                "initContainers": [{"resources": {"requests": {"cpu": "900m"}}}],
                "containers": [
                    {"resources": {"requests": {"cpu": "500m", "memory": "1Gi"}, "limits": {"cpu": 1}}},
                    {"resources": {"limits": {"memory": "512Mi"}}},
                ]}}}}),
            json!({"kind": "HorizontalPodAutoscaler", "spec": {"minReplicas": 3, "maxReplicas": 9,
                "scaleTargetRef": {"kind": "Deployment", "name": "web"}}}),
            json!({"kind": "StatefulSet", "metadata": {"name": "db"}, "spec": {"replicas": 2,
                "template": {"spec": {}},
                "volumeClaimTemplates": [{"spec": {"resources": {"requests": {"storage": "10Gi"}}}}]}}),
            json!({"kind": "PersistentVolumeClaim", "spec": {"resources": {"requests": {"storage": "5Gi"}}}}),
            json!({"kind": "Job", "spec": {"template": {"spec": {}}}}),
            json!({"kind": "Service", "spec": {}}),
        ];
        let totals = of(&resources.map(Value::from));
        let expected = Totals {
            pods: 3 + 2 + 1,
            pods_max: 9 + 2 + 1,
            cpu_request: 3 * 900,
            cpu_limit: 3 * 1000,
            memory_request: 3 * ((1 << 30) + (512 << 20)),
            memory_limit: 3 * (512 << 20),
            storage: 25 << 30,
        };
        assert_eq!(totals, expected);
    }
}
