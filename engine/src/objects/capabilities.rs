//! `.Capabilities` as templates see it (follows pkg/chart/common/capabilities.go).

use std::{any::Any, rc::Rc};

use crate::{
    capabilities::{Capabilities, HelmVersion, KubeVersion},
    functions::Kind,
    value::{MethodResult, Object, Str, Value},
};

/// The template's object for these capabilities.
#[must_use]
pub fn capabilities(from: &Capabilities) -> Value {
    Value::Object(Rc::new(CapabilitiesObject {
        kube_version: Value::Object(Rc::new(KubeVersionObject(from.kube_version.clone()))),
        api_versions: Value::Object(Rc::new(VersionSet(from.api_versions.clone()))),
        helm_version: Value::Object(Rc::new(HelmVersionObject(from.helm_version.clone()))),
    }))
}

struct CapabilitiesObject {
    kube_version: Value,
    api_versions: Value,
    helm_version: Value,
}

impl Object for CapabilitiesObject {
    fn go_type(&self) -> &str {
        "*common.Capabilities"
    }

    fn go_kind(&self) -> &str {
        "ptr"
    }

    fn field(&self, name: &str) -> Option<Value> {
        match name {
            "KubeVersion" => Some(self.kube_version.clone()),
            "APIVersions" => Some(self.api_versions.clone()),
            "HelmVersion" => Some(self.helm_version.clone()),
            _ => None,
        }
    }

    fn print(&self) -> Str {
        let mut out = b"{".to_vec();
        if let Some(kube) = self.kube_version.downcast::<KubeVersionObject>() {
            let KubeVersion {
                version,
                normalized,
                major,
                minor,
            } = &kube.0;
            out.extend_from_slice(format!("{{{version} {normalized} {major} {minor}}}").as_bytes());
        }
        out.push(b' ');
        self.api_versions.print_to(&mut out);
        out.push(b' ');
        self.helm_version.print_to(&mut out);
        out.push(b'}');
        out.into()
    }

    fn to_json(&self) -> Value {
        Value::map([
            ("KubeVersion".into(), self.kube_version.clone()),
            ("APIVersions".into(), self.api_versions.clone()),
            ("HelmVersion".into(), self.helm_version.clone()),
        ])
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

struct KubeVersionObject(KubeVersion);

impl Object for KubeVersionObject {
    fn go_type(&self) -> &str {
        "common.KubeVersion"
    }

    fn field(&self, name: &str) -> Option<Value> {
        match name {
            "Version" => Some(self.0.version.as_str().into()),
            "Major" => Some(self.0.major.as_str().into()),
            "Minor" => Some(self.0.minor.as_str().into()),
            _ => None,
        }
    }

    fn method(&self, name: &str) -> Option<&'static [Kind]> {
        matches!(name, "GitVersion" | "String").then_some(&[])
    }

    fn call(&self, name: &str, _args: &[Value]) -> MethodResult {
        Ok(match name {
            "GitVersion" => self.0.version.as_str().into(),
            _ => self.0.normalized.as_str().into(),
        })
    }

    fn print(&self) -> Str {
        self.0.normalized.as_str().into()
    }

    fn to_json(&self) -> Value {
        Value::map(
            ["Version", "Major", "Minor"]
                .map(|name| (name.into(), self.field(name).unwrap_or_default())),
        )
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

struct VersionSet(Vec<String>);

impl Object for VersionSet {
    fn go_type(&self) -> &str {
        "common.VersionSet"
    }

    fn go_kind(&self) -> &str {
        "slice"
    }

    fn truth(&self) -> bool {
        !self.0.is_empty()
    }

    fn method(&self, name: &str) -> Option<&'static [Kind]> {
        (name == "Has").then_some(&[Kind::String])
    }

    fn call(&self, _name: &str, args: &[Value]) -> MethodResult {
        let wanted = args.first().and_then(Value::as_str);
        Ok(Value::Bool(wanted.is_some_and(|wanted| {
            self.0.iter().any(|one| *wanted == **one)
        })))
    }

    fn entries(&self) -> Option<Vec<(Value, Value)>> {
        let numbered = (0_i64..).zip(&self.0);
        Some(
            numbered
                .map(|(index, one)| (Value::Int(index), one.as_str().into()))
                .collect(),
        )
    }

    fn print(&self) -> Str {
        Value::strings(self.0.iter().map(String::as_str)).to_str()
    }

    fn to_json(&self) -> Value {
        Value::strings(self.0.iter().map(String::as_str))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

struct HelmVersionObject(HelmVersion);

impl HelmVersionObject {
    /// Go's field names, their names in JSON, and their values.
    fn fields(&self) -> [(&'static str, &'static str, &str); 5] {
        [
            ("Version", "version", &self.0.version),
            ("GitCommit", "git_commit", &self.0.git_commit),
            ("GitTreeState", "git_tree_state", &self.0.git_tree_state),
            ("GoVersion", "go_version", &self.0.go_version),
            (
                "KubeClientVersion",
                "kube_client_version",
                &self.0.kube_client_version,
            ),
        ]
    }
}

impl Object for HelmVersionObject {
    fn go_type(&self) -> &str {
        "version.BuildInfo"
    }

    fn field(&self, name: &str) -> Option<Value> {
        self.fields()
            .into_iter()
            .find(|field| field.0 == name)
            .map(|field| field.2.into())
    }

    fn print(&self) -> Str {
        format!("{{{}}}", self.fields().map(|field| field.2).join(" ")).into()
    }

    fn to_json(&self) -> Value {
        let shown = self
            .fields()
            .into_iter()
            .filter(|field| !field.2.is_empty() || field.1 == "kube_client_version");
        Value::map(shown.map(|field| (field.1.into(), field.2.into())))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
