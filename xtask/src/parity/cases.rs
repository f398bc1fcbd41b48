//! The cases of the comparison with the real Helm.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;

use super::{Args, random};
use crate::{
    process::{command, root, run},
    tools::Helm,
};

/// One comparison: what follows `helm template` and `chartroom template`.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    /// The arguments.
    pub(crate) args: Vec<String>,
}

impl Case {
    fn new(args: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            args: args.into_iter().map(Into::into).collect(),
        }
    }

    fn with(&self, args: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let mut case = self.clone();
        case.args.extend(args.into_iter().map(Into::into));
        case
    }

    /// The case as a command line.
    pub(crate) fn show(&self) -> String {
        let quoted = self.args.iter().map(|arg| {
            if arg.contains([' ', '"', '{', '\n', '\'']) {
                format!("'{}'", arg.replace('\'', "'\\''"))
            } else {
                arg.clone()
            }
        });
        format!("template {}", quoted.collect::<Vec<_>>().join(" "))
    }
}

/// The FLTS chart's environments: a name and the flags that choose it.
pub(crate) fn environments() -> anyhow::Result<Vec<(String, Vec<String>)>> {
    let mut environments = vec![("base".to_owned(), Vec::new())];
    let mut files: Vec<PathBuf> = fs::read_dir(root().join("chart"))?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    files.sort();
    for file in files {
        let name = file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if let Some(environment) = name
            .strip_prefix("values-")
            .and_then(|name| name.strip_suffix(".yaml"))
        {
            environments.push((
                environment.to_owned(),
                vec!["-f".to_owned(), format!("chart/{name}")],
            ));
        }
    }
    Ok(environments)
}

/// Everything that is compared with Helm 4.
pub(super) fn all(args: &Args, helm: &Helm, scratch: &Path) -> anyhow::Result<Vec<Case>> {
    let mut cases = of_flts(args)?;
    cases.extend(random::cases(args.seed, args.random)?);
    cases.extend(of_created_chart(helm, scratch)?);
    Ok(cases)
}

/// The same for Helm 3: on a younger Kubernetes than the 1.20 that it assumes, which charts refuse.
pub(super) fn for_helm3(cases: &[Case]) -> Vec<Case> {
    let kube = Case::new(["--kube-version", "1.33"]);
    cases.iter().map(|case| kube.with(&case.args)).collect()
}

fn of_flts(args: &Args) -> anyhow::Result<Vec<Case>> {
    let chart = Case::new(["flts", "chart"]);
    let mut cases = Vec::new();
    for (_, flags) in environments()? {
        let environment = chart.with(&flags);
        cases.push(environment.with(["--no-hooks"]));
        cases.push(environment.with(["--skip-tests", "--is-upgrade", "-n", "ml"]));
        cases.push(environment.with(["--kube-version", "1.29", "--include-crds"]));
        cases.push(environment.clone());
        for switch in random::switches()? {
            cases.push(environment.with(["--set", &format!("{switch}=false")]));
        }
    }
    for file in [
        "templates/infrastructure/kafka.yaml",
        "templates/NOTES.txt",
        "templates/none.yaml",
    ] {
        cases.push(chart.with(["-s", file]));
    }
    // Refusals: the schema's, the values', the release's.
    for set in [
        "kafka.replicas=0",
        "kafka.replicas=three",
        "kafka.enable=true",
        "global.pullPolicy=Sometimes",
        "minio.persistence.size=2GB",
        "inference.service.port=99999",
        "kafka=off",
        "kafka.resources=",
        "inference.resources.limits.cpu=null",
        "a[0",
        "kafka.replicas",
    ] {
        cases.push(chart.with(["--set", set]));
    }
    cases.push(Case::new(["Bad_Name", "chart"]));
    cases.push(Case::new(["flts", "no-such-chart"]));
    cases.push(chart.with(["-f", "no-such-file.yaml"]));
    cases.push(chart.with(["--kube-version", "nonsense"]));
    cases.push(chart.with(["--kube-version", "1.20"]));
    cases.extend(of_upstream(args)?);
    Ok(cases)
}

/// Upstream's values files, which are no part of this repository.
fn of_upstream(args: &Args) -> anyhow::Result<Vec<Case>> {
    let default = root().join("../shared/upstream");
    let Some(folder) = args
        .upstream
        .clone()
        .or_else(|| default.is_dir().then_some(default))
    else {
        println!("    SKIPPED: upstream's values files: name their folder with --upstream");
        return Ok(Vec::new());
    };
    let file = |name: &str| {
        let path = folder.join(name);
        path.canonicalize()
            .with_context(|| format!("{} is missing", path.display()))
            .map(|path| path.display().to_string())
    };
    let complete = file("values-complete.yaml")?;
    let chart = Case::new(["flts", "chart"]);
    let alone = chart.with(["-f", &complete]);
    Ok(vec![
        alone.with(["-f", &file("values-dev.yaml")?]),
        alone.with(["-f", &file("values-prod.yaml")?]),
        chart.with(["-f", &file("values-external-backend.yaml")?]),
        alone,
    ])
}

/// What `helm create` makes, and edits of it.
fn of_created_chart(helm: &Helm, scratch: &Path) -> anyhow::Result<Vec<Case>> {
    let _ = fs::remove_dir_all(scratch);
    fs::create_dir_all(scratch)?;
    run(command(&helm.path)
        .current_dir(scratch)
        .args(["create", "demo"])
        .stdout(std::process::Stdio::null()))?;
    let chart = scratch.join("demo").display().to_string();
    let created = Case::new(["web".to_owned(), chart.clone()]);
    let mut cases = vec![
        created.clone(),
        Case::new(["demo-of-mine".to_owned(), chart.clone()]),
        created.with(["--no-hooks"]),
        created.with(["--skip-tests"]),
        created.with(["-s", "templates/service.yaml"]),
        created.with(["-s", "templates/none.yaml"]),
    ];
    for set in [
        "replicaCount=3",
        "ingress.enabled=true",
        "ingress.enabled=true,ingress.className=nginx,ingress.annotations.a=b",
        "ingress.enabled=true,ingress.tls[0].secretName=t,ingress.tls[0].hosts={a,b}",
        "httpRoute.enabled=true",
        "autoscaling.enabled=true",
        "autoscaling.enabled=true,autoscaling.targetMemoryUtilizationPercentage=70",
        "serviceAccount.create=false",
        "serviceAccount.name=robot,serviceAccount.annotations.x=1",
        "image.tag=1.2.3,image.pullPolicy=Always",
        "imagePullSecrets[0].name=secret",
        "nameOverride=other",
        "fullnameOverride=a-name-that-is-much-longer-than-sixty-three-characters-and-must-be-cut",
        "podSecurityContext.fsGroup=2000,securityContext.runAsNonRoot=true",
        "nodeSelector.disk=ssd,tolerations[0].key=gpu,tolerations[0].operator=Exists",
        "resources.limits.cpu=100m,resources.requests.memory=1Gi",
        "livenessProbe=null",
        "service.port=8080,service.type=NodePort",
        "podAnnotations.time=2024-01-02,podLabels.on=yes",
        "volumes[0].name=v,volumes[0].emptyDir.medium=Memory",
        "image=plain",
        "service=null",
        "serviceAccount=null",
    ] {
        cases.push(created.with(["--set", set]));
    }
    Ok(cases)
}
