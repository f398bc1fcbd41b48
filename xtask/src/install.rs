//! The install commands that the page gives, run by the real Helms against the running server,
//! and the scripts, read by a shell.

use std::{path::Path, process::Command};

use anyhow::{Context as _, bail};

use crate::{
    end2end::Server,
    parity::Tally,
    process::{capture, command, read, step},
    tools::Helm,
};

/// Queries whose install command must work: an environment, a change, text that a shell minds.
const QUERIES: [&str; 4] = [
    "",
    "env=prod&release=flts&namespace=ml",
    "env=dev&set=inference.replicas=5&set=kafka.enabled=true",
    "set-string=global.identifier=it%27s%20%24HOME",
];

/// The Kubernetes version that Helm 3 is asked about: one that was built with Go knows no sensible
/// default of its own.
const KUBERNETES: &str = "1.33";

/// Runs `helm template` and `helm install --dry-run=client` as the commands say.
pub(crate) fn check(binary: &Path, helm: &Helm, helm3: Option<&Helm>) -> anyhow::Result<Tally> {
    step(
        "Running the install commands with the real Helm against the running server",
        || {
            let server = Server::start(binary)?;
            let mut tally = Tally::default();
            let mut count = |what: &str, query: &str, result: anyhow::Result<()>| match result {
                Ok(()) => tally.passed += 1,
                Err(error) => {
                    tally.failed += 1;
                    println!("{what} FAILS for `{query}`: {error:#}");
                }
            };
            for query in QUERIES {
                count("INSTALL", query, check_query(&server, helm, query));
                count("SCRIPT", query, check_scripts(&server, query));
                if let Some(helm3) = helm3 {
                    count(
                        "INSTALL (Helm 3)",
                        query,
                        check_helm3(&server, helm3, query),
                    );
                }
            }
            Ok(tally)
        },
    )
}

/// Whether a shell can read the scripts.
fn check_scripts(server: &Server, query: &str) -> anyhow::Result<()> {
    for name in [
        "install.sh",
        "curl",
        "install-command",
        "install-command-helm3",
    ] {
        let script = server.get(&format!("/exports/{name}?{query}"))?;
        read(command("sh").args(["-n", "-c", &script])).with_context(|| format!("sh -n {name}"))?;
    }
    Ok(())
}

fn check_query(server: &Server, helm: &Helm, query: &str) -> anyhow::Result<()> {
    let command_line = server.get(&format!("/api/v1/exports/install-command?{query}"))?;
    check_template(server, helm, query, &command_line, "")?;
    let install = command_line.replacen("upgrade --install", "install", 1);
    let output = capture(&mut shell(
        helm,
        &format!("{} --dry-run=client", install.trim_end()),
    ))?;
    if !output.status.success() {
        bail!(
            "helm install: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(())
}

fn check_helm3(server: &Server, helm3: &Helm, query: &str) -> anyhow::Result<()> {
    let query = format!("{query}&kube={KUBERNETES}");
    let command_line = server.get(&format!("/api/v1/exports/install-command-helm3?{query}"))?;
    let flags = format!(" --kube-version {KUBERNETES}");
    check_template(server, helm3, &query, &command_line, &flags)
}

/// The same command with the verb that needs no cluster prints what the page shows.
fn check_template(
    server: &Server,
    helm: &Helm,
    query: &str,
    command_line: &str,
    flags: &str,
) -> anyhow::Result<()> {
    if !command_line.starts_with("helm upgrade --install ") {
        bail!("no install command: {command_line}");
    }
    let manifests = server.get(&format!("/manifests.yaml?{query}"))?;
    let template = command_line
        .trim_end()
        .replacen("upgrade --install", "template", 1)
        .replace("--create-namespace", "")
        + flags;
    let printed = read(&mut shell(helm, &template)).context("helm template")?;
    // The Helms differ in blank lines between documents only.
    let words = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect()
    };
    let same = match flags {
        "" => printed == manifests,
        _ => words(&printed) == words(&manifests),
    };
    if !same {
        bail!("helm template prints something else than /manifests.yaml");
    }
    Ok(())
}

/// A shell that finds this Helm, and no cluster.
fn shell(helm: &Helm, line: &str) -> Command {
    let home = crate::process::target().join("install-check");
    let path = std::env::var("PATH").unwrap_or_default();
    let folder = helm.path.parent().unwrap_or(Path::new(""));
    // Whatever the program is called, the command calls it helm.
    let line = line.replacen("helm ", &format!("'{}' ", helm.path.display()), 1);
    let mut shell = command("sh");
    shell
        .args(["-eu", "-c", &line])
        .env("PATH", format!("{}:{path}", folder.display()))
        .env("HELM_CACHE_HOME", home.join("cache"))
        .env("HELM_CONFIG_HOME", home.join("config"))
        .env("HELM_DATA_HOME", home.join("data"))
        .env("KUBECONFIG", home.join("no-cluster"));
    shell
}
