//! `.Capabilities` as templates see it (follows pkg/chart/common/capabilities.go; Helm 3 has it in
//! pkg/chartutil, and its `KubeVersion` has no field for the normalized version).

use std::{any::Any, borrow::Cow, rc::Rc};

use crate::{
    Dialect,
    capabilities::{Capabilities, HelmVersion, KubeVersion},
    functions::Kind,
    value::{MethodResult, Object, Str, Value},
};

/// The template's object for these capabilities.
#[must_use]
pub fn capabilities(from: &Capabilities, dialect: Dialect) -> Value {
    Value::Object(Rc::new(CapabilitiesObject {
        dialect,
        kube_version: Value::Object(Rc::new(KubeVersionObject(
            from.kube_version.clone(),
            dialect,
        ))),
        api_versions: Value::Object(Rc::new(VersionSet(from.api_versions.clone(), dialect))),
        helm_version: Value::Object(Rc::new(HelmVersionObject(from.helm_version.clone()))),
    }))
}

struct CapabilitiesObject {
    dialect: Dialect,
    kube_version: Value,
    api_versions: Value,
    helm_version: Value,
}

impl Object for CapabilitiesObject {
    fn go_type(&self) -> &str {
        match self.dialect {
            Dialect::Helm3 => "*chartutil.Capabilities",
            Dialect::Helm4 => "*common.Capabilities",
        }
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
        let mut out = b"&".to_vec();
        out.extend_from_slice(self.displayed().as_bytes());
        out.into()
    }

    fn displayed(&self) -> Str {
        struct_text(&[
            self.kube_version.clone(),
            self.api_versions.clone(),
            self.helm_version.clone(),
        ])
    }

    fn json_fields(&self) -> Option<Vec<(&'static str, Value)>> {
        Some(vec![
            ("KubeVersion", self.kube_version.clone()),
            ("APIVersions", self.api_versions.clone()),
            ("HelmVersion", self.helm_version.clone()),
        ])
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A struct as `%v` prints it.
fn struct_text(fields: &[Value]) -> Str {
    let mut out = b"{".to_vec();
    for (index, field) in fields.iter().enumerate() {
        if index > 0 {
            out.push(b' ');
        }
        field.print_to(&mut out);
    }
    out.push(b'}');
    out.into()
}

struct KubeVersionObject(KubeVersion, Dialect);

impl KubeVersionObject {
    fn all_fields(&self) -> Vec<Value> {
        let KubeVersion {
            version,
            normalized,
            major,
            minor,
        } = &self.0;
        let fields = match self.1 {
            Dialect::Helm3 => vec![version, major, minor],
            Dialect::Helm4 => vec![version, normalized, major, minor],
        };
        fields
            .into_iter()
            .map(|text| text.as_str().into())
            .collect()
    }
}

impl Object for KubeVersionObject {
    fn go_type(&self) -> &str {
        match self.1 {
            Dialect::Helm3 => "chartutil.KubeVersion",
            Dialect::Helm4 => "common.KubeVersion",
        }
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
        struct_text(&self.all_fields())
    }

    fn displayed(&self) -> Str {
        self.0.normalized.as_str().into()
    }

    fn fmt_fields(&self) -> Option<Vec<Value>> {
        Some(self.all_fields())
    }

    fn json_fields(&self) -> Option<Vec<(&'static str, Value)>> {
        let names = ["Version", "Major", "Minor"];
        Some(
            names
                .map(|name| (name, self.field(name).unwrap_or_default()))
                .into(),
        )
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

struct VersionSet(Vec<Cow<'static, str>>, Dialect);

impl Object for VersionSet {
    fn go_type(&self) -> &str {
        match self.1 {
            Dialect::Helm3 => "chartutil.VersionSet",
            Dialect::Helm4 => "common.VersionSet",
        }
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
                .map(|(index, one)| (Value::Int(index), (&**one).into()))
                .collect(),
        )
    }

    fn part(&self, from: usize, to: usize) -> Option<Value> {
        let part = self.0.get(from..to)?.to_vec();
        Some(Value::Object(Rc::new(Self(part, self.1))))
    }

    fn print(&self) -> Str {
        Value::strings(self.0.iter().map(|one| &**one)).to_str()
    }

    fn to_json(&self) -> Value {
        Value::strings(self.0.iter().map(|one| &**one))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

struct HelmVersionObject(HelmVersion);

impl HelmVersionObject {
    /// Go's field names, their names in JSON, and their values.
    fn fields(&self) -> Vec<(&'static str, &'static str, &str)> {
        let mut fields = vec![
            ("Version", "version", &*self.0.version),
            ("GitCommit", "git_commit", &*self.0.git_commit),
            ("GitTreeState", "git_tree_state", &*self.0.git_tree_state),
            ("GoVersion", "go_version", &*self.0.go_version),
        ];
        if let Some(version) = &self.0.kube_client_version {
            fields.push(("KubeClientVersion", "kube_client_version", version));
        }
        fields
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
        struct_text(&self.fmt_fields().unwrap_or_default())
    }

    fn fmt_fields(&self) -> Option<Vec<Value>> {
        let fields = self.fields().into_iter();
        Some(fields.map(|field| field.2.into()).collect())
    }

    fn json_fields(&self) -> Option<Vec<(&'static str, Value)>> {
        let shown = self
            .fields()
            .into_iter()
            .filter(|field| !field.2.is_empty() || field.1 == "kube_client_version");
        Some(shown.map(|field| (field.1, field.2.into())).collect())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
