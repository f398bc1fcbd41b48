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

/// What one resource adds to the sums.
#[derive(Debug)]
pub enum Part {
    /// The bytes that a claim asks for.
    Claim(u64),
    /// Bounds for the replicas of another.
    Scaler(Scaler),
    /// Pods.
    Workload(Box<Workload>),
}

impl Part {
    /// What a parsed resource adds; a hook adds nothing, and is not to be asked for.
    #[must_use]
    pub fn of(resource: &Map) -> Option<Self> {
        match text(resource, &["kind"]) {
            "PersistentVolumeClaim" => Some(Self::Claim(claim(resource))),
            "HorizontalPodAutoscaler" => Scaler::read(resource).map(Self::Scaler),
            kind => {
                let workload = Workload::read(kind, resource)?;
                Some(Self::Workload(Box::new(workload)))
            }
        }
    }
}

/// Adds up the parts of a render.
#[must_use]
pub fn sum<'a>(parts: impl Iterator<Item = &'a Part> + Clone) -> Totals {
    let mut totals = Totals::default();
    let scalers: Vec<&Scaler> = parts
        .clone()
        .filter_map(|part| match part {
            Part::Scaler(scaler) => Some(scaler),
            Part::Claim(_) | Part::Workload(_) => None,
        })
        .collect();
    for part in parts {
        match part {
            Part::Claim(bytes) => totals.storage += bytes,
            Part::Workload(workload) => workload.add_to(&mut totals, &scalers),
            Part::Scaler(_) => {}
        }
    }
    totals
}

/// A HorizontalPodAutoscaler: whom it scales between which bounds.
#[derive(Debug)]
pub struct Scaler {
    target: (String, String),
    min: u64,
    max: u64,
}

impl Scaler {
    fn read(table: &Map) -> Option<Self> {
        let target = &["spec", "scaleTargetRef"];
        let target = at(table, target)?.as_map()?;
        let word = |key| text(target, &[key]).to_owned();
        Some(Self {
            target: (word("kind"), word("name")),
            min: number(table, &["spec", "minReplicas"]).unwrap_or(1),
            max: number(table, &["spec", "maxReplicas"]).unwrap_or(1),
        })
    }
}

/// A resource that makes pods.
#[derive(Debug)]
pub struct Workload {
    /// Its kind and name.
    own: (String, String),
    /// How many pods, where nothing scales them.
    pods: u64,
    /// What one pod reserves: CPU and memory as requests, CPU and memory as limits.
    requests: [u64; 2],
    limits: [u64; 2],
    /// The storage of one pod's own claims.
    claims: u64,
}

impl Workload {
    fn read(kind: &str, table: &Map) -> Option<Self> {
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
        let claims = list(table, &["spec", "volumeClaimTemplates"]);
        let claims = claims.iter().filter_map(Value::as_map).map(claim).sum();
        let one = |kind| ["cpu", "memory"].map(|resource| amounts(pod, kind, resource));
        Some(Self {
            own: (kind.to_owned(), name.to_owned()),
            pods,
            requests: one("requests"),
            limits: one("limits"),
            claims,
        })
    }

    fn add_to(&self, totals: &mut Totals, scalers: &[&Scaler]) {
        let scaler = scalers.iter().find(|scaler| scaler.target == self.own);
        let (pods, pods_max) = scaler.map_or((self.pods, self.pods), |scaler| {
            (
                self.pods.clamp(scaler.min, scaler.max.max(scaler.min)),
                scaler.max,
            )
        });
        let [cpu_request, memory_request] = self.requests;
        let [cpu_limit, memory_limit] = self.limits;
        totals.pods += pods;
        totals.pods_max += pods_max;
        totals.cpu_request += pods.saturating_mul(cpu_request);
        totals.cpu_limit += pods.saturating_mul(cpu_limit);
        totals.memory_request += pods.saturating_mul(memory_request);
        totals.memory_limit += pods.saturating_mul(memory_limit);
        totals.storage += pods.saturating_mul(self.claims);
    }
}

/// What one pod asks for: its containers together, or the largest init container if that is more.
/// An init container that stays (a sidecar) counts with the containers.
fn amounts(spec: &Map, kind: &str, resource: &str) -> u64 {
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
        let parts: Vec<Part> = resources
            .into_iter()
            .filter_map(|resource| Part::of(Value::from(resource).as_map()?))
            .collect();
        let totals = sum(parts.iter());
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
