//! Every manifest of every environment against Kubernetes' own OpenAPI document, strictly: a
//! field that the API does not know is an error.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use serde_json::{Value, json};

use crate::{
    parity::{Tally, documents, environments},
    process::{command, find, read, step, target},
};

/// The release whose API the manifests must fit.
const KUBERNETES: &str = "v1.36.3";

/// The command.
pub(crate) fn run() -> anyhow::Result<()> {
    match check(&crate::build::server_only()?)? {
        Some(tally) if tally.failed > 0 => bail!("{} manifests are not valid", tally.failed),
        Some(tally) => println!("validation: {} passed, 0 failed", tally.passed),
        None => {}
    }
    Ok(())
}

/// Checks all environments; none if the document cannot be had here.
pub(crate) fn check(binary: &Path) -> anyhow::Result<Option<Tally>> {
    let Some(document) = document()? else {
        return Ok(None);
    };
    step(
        &format!("Validating all manifests against the API of Kubernetes {KUBERNETES}"),
        || {
            let api = Api::read(&document)?;
            let mut tally = Tally::default();
            for (environment, flags) in environments()? {
                let text = read(
                    command(binary)
                        .args(["template", "flts", "chart"])
                        .args(flags),
                )?;
                for document in documents(&text) {
                    match api.check(document) {
                        Ok(()) => tally.passed += 1,
                        Err(error) => {
                            tally.failed += 1;
                            println!("INVALID ({environment}): {error}");
                        }
                    }
                }
            }
            Ok(Some(tally))
        },
    )
}

/// The document, out of the Go module of Kubernetes.
fn document() -> anyhow::Result<Option<PathBuf>> {
    let file = target()
        .join("tools")
        .join(format!("kubernetes-{KUBERNETES}-swagger.json"));
    if file.is_file() {
        return Ok(Some(file));
    }
    if find("go").is_none() {
        println!("SKIPPED: validation against Kubernetes' API: go is not here to fetch it");
        return Ok(None);
    }
    step(
        &format!("Fetching the API document of Kubernetes {KUBERNETES} (once)"),
        || {
            let module = format!("k8s.io/kubernetes@{KUBERNETES}");
            let text = read(
                command("go")
                    .args(["mod", "download", "-json", &module])
                    .current_dir(std::env::temp_dir()),
            )?;
            let found: Value = serde_json::from_str(&text)?;
            let folder = found["Dir"]
                .as_str()
                .context("go names no folder for the module")?;
            fs::create_dir_all(target().join("tools"))?;
            fs::copy(
                Path::new(folder).join("api/openapi-spec/swagger.json"),
                &file,
            )?;
            Ok(Some(file))
        },
    )
}

/// The definitions, made strict, and which one belongs to which kind.
struct Api {
    document: Value,
    kinds: BTreeMap<(String, String), String>,
}

impl Api {
    fn read(file: &Path) -> anyhow::Result<Self> {
        let mut document: Value = serde_json::from_str(&fs::read_to_string(file)?)?;
        let definitions = document["definitions"].take();
        let Value::Object(mut definitions) = definitions else {
            bail!("no definitions")
        };
        let mut kinds = BTreeMap::new();
        for (name, definition) in &mut definitions {
            for kind in definition["x-kubernetes-group-version-kind"]
                .as_array()
                .into_iter()
                .flatten()
            {
                let part = |key: &str| kind[key].as_str().unwrap_or_default().to_owned();
                let api_version = match part("group").as_str() {
                    "" => part("version"),
                    group => format!("{group}/{}", part("version")),
                };
                kinds.insert((api_version, part("kind")), name.clone());
            }
            strict(definition);
            if name.ends_with(".IntOrString") || name.ends_with(".Quantity") {
                *definition = json!({ "type": ["string", "number"] });
            }
            // A JSON value of any shape.
            if name.ends_with(".JSON") || name.ends_with(".RawExtension") {
                *definition = json!({});
            }
        }
        Ok(Self {
            document: json!({ "definitions": definitions }),
            kinds,
        })
    }

    fn check(&self, text: &str) -> Result<(), String> {
        // Another YAML reader than Helm's and ours: what is valid must be so for everyone.
        let value: Value = serde_yaml::from_str(text).map_err(|error| error.to_string())?;
        if value.is_null() {
            return Ok(());
        }
        let part = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
        let (api_version, kind) = (part("apiVersion"), part("kind"));
        let shown = format!("{api_version} {kind} {}", value["metadata"]["name"]);
        let Some(definition) = self.kinds.get(&(api_version, kind)) else {
            return Err(format!(
                "{shown}: Kubernetes {KUBERNETES} knows no such kind"
            ));
        };
        let mut schemas = boon::Schemas::new();
        let mut compiler = boon::Compiler::new();
        let at = "file:///api.json";
        compiler
            .add_resource(at, self.document.clone())
            .map_err(|error| error.to_string())?;
        let index = compiler
            .compile(&format!("{at}#/definitions/{definition}"), &mut schemas)
            .map_err(|error| error.to_string())?;
        schemas
            .validate(&value, index)
            .map_err(|error| format!("{shown}: {error:#}"))
    }
}

/// Refuses fields that the definition does not list, all the way down.
fn strict(schema: &mut Value) {
    let Value::Object(map) = schema else { return };
    if map.contains_key("properties") && !map.contains_key("additionalProperties") {
        map.insert("additionalProperties".into(), false.into());
    }
    if map.get("format").and_then(Value::as_str) == Some("int-or-string") {
        map.insert("type".into(), json!(["string", "integer"]));
    }
    // OpenAPI's formats are not JSON Schema's.
    map.remove("format");
    map.remove("default");
    for (key, value) in map.iter_mut() {
        match (key.as_str(), value) {
            ("properties", Value::Object(properties)) => {
                properties.values_mut().for_each(strict);
            }
            (_, value) => strict(value),
        }
    }
}
