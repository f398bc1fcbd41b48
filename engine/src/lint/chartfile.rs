//! The rules for Chart.yaml (rules/chartfile.go).

use values::{Map, Value, go::quote, yaml};

use super::addresses::{is_email, is_request_url, is_url};
use super::{Findings, Severity, Source};
use crate::chart::Metadata;
use crate::semver::Version;

const FILE: &str = "Chart.yaml";

/// All of them.
pub(super) fn check(source: &Source, findings: &mut Findings) {
    let not_a_folder = match source.chart_yaml_is_folder {
        true => Err("should be a file, not a directory".to_owned()),
        false => Ok(()),
    };
    findings.rule(Severity::Error, FILE, not_a_folder);
    let read = source.chart_yaml.clone().and_then(|data| {
        let text = String::from_utf8_lossy(&data).into_owned();
        let document = yaml::parse_typed(&text).map_err(|error| error.message)?;
        let metadata = Metadata::from_document(&document, source.dialect)?;
        Ok((text, document, metadata))
    });
    let (text, document, metadata) = match read {
        Ok(read) => read,
        Err(error) => {
            let error = format!("unable to parse YAML\n\t{error}");
            findings.rule(Severity::Error, FILE, Err(error));
            return;
        }
    };
    let is_helm3 = source.dialect.is_helm3();
    if !is_helm3 {
        let strict = strictly(&text, &document)
            .map_err(|error| format!("failed to strictly parse chart metadata file\n\t{error}"));
        findings.rule(Severity::Warning, FILE, strict);
    }
    let empty = Map::new();
    let fields = document.as_map().unwrap_or(&empty);
    for result in [
        name(&metadata),
        api_version(&metadata),
        is_text(fields, "version"),
        version(&metadata),
        is_text(fields, "appVersion"),
        maintainers(&metadata),
        sources(&metadata),
    ] {
        findings.rule(Severity::Error, FILE, result);
    }
    let icon = match metadata.icon.as_str() {
        "" => Err("icon is recommended".to_owned()),
        _ => Ok(()),
    };
    findings.rule(Severity::Info, FILE, icon);
    for result in [
        icon_url(&metadata),
        kind(&metadata),
        dependencies(&metadata),
    ] {
        findings.rule(Severity::Error, FILE, result);
    }
    if is_helm3 {
        return;
    }
    let strict_version = Version::parse_strict(&metadata.version)
        .map(|_| ())
        .map_err(|_| format!("version '{}' is not a valid SemVerV2", metadata.version));
    findings.rule(Severity::Warning, FILE, strict_version);
}

/// What `UnmarshalStrict` refuses: keys that are there twice, and those that nobody knows.
fn strictly(text: &str, document: &Value) -> Result<(), String> {
    yaml::check_strictly(text).map_err(|error| error.message)?;
    match document.as_map().and_then(|map| unknown(map, METADATA)) {
        None => Ok(()),
        Some(key) => Err(format!(
            "error unmarshaling JSON: while decoding JSON: json: unknown field {}",
            quote(&key)
        )),
    }
}

/// The fields of a struct, with those of what is in them.
type Fields = &'static [(&'static str, Option<Nested>)];

#[derive(Clone, Copy)]
struct Nested(Fields);

const METADATA: Fields = &[
    ("annotations", None),
    ("apiVersion", None),
    ("appVersion", None),
    ("condition", None),
    ("dependencies", Some(Nested(DEPENDENCY))),
    ("deprecated", None),
    ("description", None),
    ("home", None),
    ("icon", None),
    ("keywords", None),
    ("kubeVersion", None),
    ("maintainers", Some(Nested(MAINTAINER))),
    ("name", None),
    ("sources", None),
    ("tags", None),
    ("type", None),
    ("version", None),
];
const DEPENDENCY: Fields = &[
    ("alias", None),
    ("condition", None),
    ("enabled", None),
    ("import-values", None),
    ("name", None),
    ("repository", None),
    ("tags", None),
    ("version", None),
];
const MAINTAINER: Fields = &[("email", None), ("name", None), ("url", None)];

/// The first key that is no field.
fn unknown(map: &Map, fields: Fields) -> Option<String> {
    map.iter().find_map(|(key, value)| {
        let field = fields
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(key));
        match (field, value) {
            (None, _) => Some(key.clone()),
            (Some((_, Some(nested))), Value::List(items)) => items
                .iter()
                .filter_map(Value::as_map)
                .find_map(|item| unknown(item, nested.0)),
            _ => None,
        }
    })
}

fn name(metadata: &Metadata) -> Result<(), String> {
    match metadata.name.as_str() {
        "" => Err("name is required".to_owned()),
        // The last element of such a path is not the path.
        name if name.contains('/') && name != "/" => {
            Err(format!("chart name {} is invalid", quote(name)))
        }
        _ => Ok(()),
    }
}

fn api_version(metadata: &Metadata) -> Result<(), String> {
    match metadata.api_version.as_str() {
        "v1" | "v2" => Ok(()),
        "" => Err("apiVersion is required. The value must be either \"v1\" or \"v2\"".to_owned()),
        other => Err(format!(
            "apiVersion '{other}' is not valid. The value must be either \"v1\" or \"v2\""
        )),
    }
}

/// `isStringValue`: a version without quotes may be a number.
fn is_text(fields: &Map, key: &str) -> Result<(), String> {
    let go_type = match fields.get(key) {
        None | Some(Value::String(_)) => return Ok(()),
        Some(Value::Null) => "<nil>",
        Some(Value::Bool(_)) => "bool",
        Some(Value::Int(_) | Value::Float(_)) => "float64",
        Some(Value::List(_)) => "[]interface {}",
        Some(Value::Map(_)) => "map[string]interface {}",
    };
    Err(format!(
        "{key} should be of type string but it's of type {go_type}"
    ))
}

fn version(metadata: &Metadata) -> Result<(), String> {
    let text = &metadata.version;
    if text.is_empty() {
        return Err("version is required".to_owned());
    }
    let version =
        Version::parse(text).map_err(|_| format!("version '{text}' is not a valid SemVer"))?;
    let numbers = (version.major(), version.minor(), version.patch());
    // The constraint is `>0.0.0-0`, and no version but this one is not above it.
    if numbers == (0, 0, 0) && version.prerelease() == "0" {
        return Err(format!(
            "version {} is less than or equal to \"0.0.0-0\"",
            quote(text)
        ));
    }
    Ok(())
}

fn maintainers(metadata: &Metadata) -> Result<(), String> {
    for maintainer in &metadata.maintainers {
        let Some(maintainer) = maintainer else {
            return Err("a maintainer entry is empty".to_owned());
        };
        let (name, email, url) = (&maintainer.name, &maintainer.email, &maintainer.url);
        if name.is_empty() {
            return Err("each maintainer requires a name".to_owned());
        }
        if !email.is_empty() && !is_email(email) {
            return Err(format!("invalid email '{email}' for maintainer '{name}'"));
        }
        if !url.is_empty() && !is_url(url) {
            return Err(format!("invalid url '{url}' for maintainer '{name}'"));
        }
    }
    Ok(())
}

fn sources(metadata: &Metadata) -> Result<(), String> {
    match metadata
        .sources
        .iter()
        .find(|source| !is_request_url(source))
    {
        None => Ok(()),
        Some(source) => Err(format!("invalid source URL '{source}'")),
    }
}

fn icon_url(metadata: &Metadata) -> Result<(), String> {
    if metadata.icon.is_empty() || is_request_url(&metadata.icon) {
        return Ok(());
    }
    Err(format!("invalid icon URL '{}'", metadata.icon))
}

fn kind(metadata: &Metadata) -> Result<(), String> {
    if metadata.kind.is_empty() || metadata.api_version == "v2" {
        return Ok(());
    }
    Err(format!(
        "chart type is not valid in apiVersion '{}'. It is valid in apiVersion 'v2'",
        metadata.api_version
    ))
}

fn dependencies(metadata: &Metadata) -> Result<(), String> {
    let none = metadata.dependencies.as_ref().is_none_or(Vec::is_empty);
    if none || metadata.api_version == "v2" {
        return Ok(());
    }
    Err(format!(
        "dependencies are not valid in the Chart file with apiVersion '{}'. They are valid in apiVersion 'v2'",
        metadata.api_version
    ))
}
