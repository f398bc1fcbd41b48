//! Charts to measure with, from small to very large: the one that comes along, those whose folders
//! are given, and where none are, generated ones that do what public charts do most.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use crate::process::{root, target};

/// A chart with the values it is rendered with.
#[derive(Debug)]
pub(crate) struct Subject {
    /// What the table calls it.
    pub(crate) name: String,
    /// Its folder.
    pub(crate) folder: PathBuf,
    /// A values file over its own.
    pub(crate) values: Option<PathBuf>,
    /// Its time is that of RSA keys, which our engine makes once for each seed.
    pub(crate) makes_keys: bool,
}

/// The charts: FLTS in two environments, and these folders, or generated ones without any.
pub(crate) fn subjects(folders: &[PathBuf]) -> anyhow::Result<Vec<Subject>> {
    let chart = root().join("chart");
    let mut subjects = Vec::from(["dev", "prod"].map(|environment| Subject {
        name: format!("flts {environment}"),
        folder: chart.clone(),
        values: Some(chart.join(format!("values-{environment}.yaml"))),
        makes_keys: false,
    }));
    for folder in folders {
        subjects.push(Subject {
            name: folder.file_name().map_or_else(
                || folder.display().to_string(),
                |name| name.to_string_lossy().into_owned(),
            ),
            folder: folder.clone(),
            values: None,
            makes_keys: false,
        });
    }
    if folders.is_empty() {
        subjects.extend(generated()?);
    }
    Ok(subjects)
}

/// What the templates of a generated chart do most.
#[derive(Debug, Clone, Copy)]
enum Habit {
    /// Helpers for names and labels, called from everywhere.
    Helpers,
    /// Tables merged, copied and printed as YAML.
    Tables,
    /// Templates in the values.
    Tpl,
    /// A chart for each service.
    Subcharts,
    /// An authority, and a certificate of it for each service.
    Keys,
}

const GENERATED: &[(Habit, usize)] = &[
    (Habit::Helpers, 1),
    (Habit::Helpers, 20),
    (Habit::Helpers, 300),
    (Habit::Tables, 5),
    (Habit::Tables, 80),
    (Habit::Tpl, 10),
    (Habit::Tpl, 200),
    (Habit::Subcharts, 4),
    (Habit::Subcharts, 40),
    (Habit::Keys, 4),
];

fn generated() -> anyhow::Result<Vec<Subject>> {
    let above = target().join("bench/charts");
    let mut subjects = Vec::new();
    for &(habit, size) in GENERATED {
        let name = format!("{habit:?}-{size}").to_lowercase();
        let folder = above.join(&name);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        habit.write(&folder, &name, size)?;
        subjects.push(Subject {
            name,
            folder,
            values: None,
            makes_keys: matches!(habit, Habit::Keys),
        });
    }
    Ok(subjects)
}

impl Habit {
    fn write(self, folder: &Path, name: &str, size: usize) -> anyhow::Result<()> {
        let (more_env, file, text) = match self {
            Self::Subcharts => {
                chart(folder, name, "", "", &[])?;
                for number in 0..size {
                    let name = format!("part{number}");
                    let below = folder.join("charts").join(&name);
                    Self::Helpers.write(&below, &name, 2)?;
                }
                return Ok(());
            }
            Self::Helpers => ("", "services.yaml", ALL),
            Self::Tables => ("", "tables.yaml", TABLES),
            Self::Tpl => (GREETING, "texts.yaml", TEXTS),
            Self::Keys => ("", "certificates.yaml", CERTIFICATES),
        };
        let values = services(size, more_env);
        chart(folder, name, &values, HELPERS, &[(file, text)])
    }
}

fn chart(
    folder: &Path,
    name: &str,
    values: &str,
    helpers: &str,
    templates: &[(&str, &str)],
) -> anyhow::Result<()> {
    let below = folder.join("templates");
    fs::create_dir_all(&below)?;
    let about = format!("apiVersion: v2\nname: {name}\nversion: 1.0.0\nappVersion: 2.0.0\n");
    fs::write(folder.join("Chart.yaml"), about)?;
    fs::write(folder.join("values.yaml"), values)?;
    fs::write(below.join("_helpers.tpl"), helpers)?;
    for (file, text) in templates {
        fs::write(below.join(file), text)?;
    }
    Ok(())
}

/// Values for so many services.
fn services(count: usize, more_env: &str) -> String {
    let mut values =
        "defaults:\n  replicas: 1\n  resources: {limits: {cpu: 1, memory: 1Gi}}\nservices:\n"
            .to_owned();
    for number in 0..count {
        // Writing to a String cannot fail.
        let _ = write!(
            values,
            "  service-{number:03}:\n    enabled: true\n    replicas: {}\n    image: \
             {{repository: registry.example/service-{number}, tag: 1.{number}.0}}\n    port: {}\n    \
             env:\n      LEVEL: info\n      ADDRESS: http://service-{number}:8080\n{more_env}    \
             resources:\n      requests: {{cpu: 100m, memory: 128Mi}}\n",
            number % 5 + 1,
            8000 + number
        );
    }
    values
}

/// An environment variable that is a template.
const GREETING: &str =
    "      GREETING: '{{ include \"b.name\" . }} in {{ .Release.Namespace | upper }}'\n";

const HELPERS: &str = r#"{{- define "b.name" -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- define "b.selector" -}}
app.kubernetes.io/name: {{ .name | quote }}
app.kubernetes.io/instance: {{ .root.Release.Name | quote }}
{{- end -}}
{{- define "b.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{ include "b.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
{{- end -}}
"#;

const ALL: &str = r#"{{- range $name, $service := .Values.services }}
{{- if $service.enabled }}
{{- $scope := dict "root" $ "name" $name }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "b.name" $ }}-{{ $name }}
  labels:
    {{- include "b.labels" $scope | nindent 4 }}
spec:
  replicas: {{ $service.replicas | default $.Values.defaults.replicas }}
  selector:
    matchLabels:
      {{- include "b.selector" $scope | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "b.labels" $scope | nindent 8 }}
    spec:
      containers:
        - name: {{ $name }}
          image: "{{ $service.image.repository }}:{{ $service.image.tag }}"
          ports:
            - containerPort: {{ $service.port | int }}
          env:
            {{- range $key, $value := $service.env }}
            - name: {{ $key }}
              value: {{ $value | quote }}
            {{- end }}
          resources:
            {{- toYaml (merge (deepCopy $service.resources) $.Values.defaults.resources) | nindent 12 }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ include "b.name" $ }}-{{ $name }}
  labels:
    {{- include "b.labels" $scope | nindent 4 }}
spec:
  selector:
    {{- include "b.selector" $scope | nindent 4 }}
  ports:
    - port: {{ $service.port | int }}
{{- end }}
{{- end }}
"#;

const TABLES: &str = r#"{{- range $name, $service := .Values.services }}
{{- $labels := include "b.labels" (dict "root" $ "name" $name) | fromYaml }}
{{- $all := mustMergeOverwrite (deepCopy $.Values.defaults) (omit $service "enabled") (dict "labels" $labels) }}
{{- $_ := set $all "keys" (keys $service | sortAlpha) }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ $name }}
  labels:
    {{- toYaml $labels | nindent 4 }}
data:
  settings.yaml: |
    {{- toYaml $all | nindent 4 }}
  settings.json: {{ $all | toJson | quote }}
  digest: {{ $all | toJson | sha256sum }}
{{- end }}
"#;

const TEXTS: &str = r#"{{- range $name, $service := .Values.services }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ $name }}
data:
  {{- range $key, $value := $service.env }}
  {{ $key }}: {{ tpl $value $ | quote }}
  {{- end }}
  {{- tpl (toYaml (pick $service "port" "replicas")) $ | nindent 2 }}
{{- end }}
"#;

const CERTIFICATES: &str = r#"{{- $authority := genCA "b" 365 }}
{{- range $name, $service := .Values.services }}
{{- $certificate := genSignedCert $name nil (list $name) 365 $authority }}
---
apiVersion: v1
kind: Secret
type: kubernetes.io/tls
metadata:
  name: {{ $name }}
data:
  ca.crt: {{ $authority.Cert | b64enc }}
  tls.crt: {{ $certificate.Cert | b64enc }}
  tls.key: {{ $certificate.Key | b64enc }}
{{- end }}
"#;
