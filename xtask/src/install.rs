//! The install command that the page gives, run by a real Helm against the running server.

use std::path::Path;

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

/// Runs `helm template` and `helm install --dry-run=client` as the command says.
pub(crate) fn check(binary: &Path, helm: &Helm) -> anyhow::Result<Tally> {
    step(
        "Running the install command with the real Helm against the running server",
        || {
            let server = Server::start(binary)?;
            let mut tally = Tally::default();
            for query in QUERIES {
                match check_query(&server, helm, query) {
                    Ok(()) => tally.passed += 1,
                    Err(error) => {
                        tally.failed += 1;
                        println!("INSTALL FAILS for `{query}`: {error:#}");
                    }
                }
            }
            Ok(tally)
        },
    )
}

fn check_query(server: &Server, helm: &Helm, query: &str) -> anyhow::Result<()> {
    let command_line = server.get(&format!("/api/v1/exports/install-command?{query}"))?;
    if !command_line.starts_with("helm upgrade --install ") {
        bail!("no install command: {command_line}");
    }
    let manifests = server.get(&format!("/manifests.yaml?{query}"))?;
    let home = crate::process::target().join("install-check");
    let shell = |line: &str| {
        let mut shell = command("sh");
        let path = std::env::var("PATH").unwrap_or_default();
        let folder = helm
            .path
            .parent()
            .unwrap_or(Path::new(""))
            .display()
            .to_string();
        shell
            .args(["-eu", "-c", line])
            .env("PATH", format!("{folder}:{path}"))
            .env("HELM_CACHE_HOME", home.join("cache"))
            .env("HELM_CONFIG_HOME", home.join("config"))
            .env("HELM_DATA_HOME", home.join("data"))
            .env("KUBECONFIG", home.join("no-cluster"));
        shell
    };
    // The same command with the verb that needs no cluster prints what the page shows.
    let template = command_line
        .replacen("upgrade --install", "template", 1)
        .replace("--create-namespace", "");
    let printed = read(&mut shell(&template)).context("helm template")?;
    if printed != manifests {
        bail!("helm template prints something else than /manifests.yaml");
    }
    let install = command_line.replacen("upgrade --install", "install", 1);
    let output = capture(&mut shell(&format!(
        "{} --dry-run=client",
        install.trim_end()
    )))?;
    if !output.status.success() {
        bail!(
            "helm install: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(())
}
