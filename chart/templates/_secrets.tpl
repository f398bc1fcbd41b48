{{/*
Secrets: which Secret holds which credential. With existingSecret set, the chart renders no password at all.
*/}}

{{/* flts.s3Secret: name and keys of the Secret with the storage's credentials, as YAML. */}}
{{- define "flts.s3Secret" -}}
{{- $auth := .Values.minio.auth -}}
{{- $component := "minio" -}}
{{- if not (include "flts.enabled" (list . "minio")) -}}
{{- $auth = .Values.externalBackend.minio -}}
{{- $component = "external-backend" -}}
{{- end -}}
{{- if $auth.existingSecret -}}
name: {{ $auth.existingSecret | quote }}
accessKey: {{ $auth.existingSecretKeys.accessKey | quote }}
secretKey: {{ $auth.existingSecretKeys.secretKey | quote }}
{{- else -}}
name: {{ include "flts.componentName" (list . $component) | quote }}
accessKey: access-key
secretKey: secret-key
{{- end -}}
{{- end -}}

{{/* flts.s3SecretText: what a change of the storage's credentials changes, to roll the pods that use them. */}}
{{- define "flts.s3SecretText" -}}
{{- $auth := ternary .Values.minio.auth .Values.externalBackend.minio (not (empty (include "flts.enabled" (list . "minio")))) -}}
{{- if $auth.existingSecret -}}
{{- $auth.existingSecret -}}
{{- else -}}
{{- list $auth.accessKey $auth.secretKey | toJson -}}
{{- end -}}
{{- end -}}

{{/* flts.postgresSecret: user, database, and name and key of the Secret with the password, as YAML. */}}
{{- define "flts.postgresSecret" -}}
{{- $auth := .Values.postgres.auth -}}
{{- $component := "postgres" -}}
{{- if not (include "flts.enabled" (list . "postgres")) -}}
{{- $auth = .Values.externalBackend.postgres -}}
{{- $component = "external-backend" -}}
{{- end -}}
username: {{ $auth.username | quote }}
database: {{ $auth.database | quote }}
{{ if $auth.existingSecret -}}
name: {{ $auth.existingSecret | quote }}
password: {{ $auth.existingSecretKeys.password | quote }}
{{- else -}}
name: {{ include "flts.componentName" (list . $component) | quote }}
password: password
{{- end -}}
{{- end -}}

{{/* flts.postgresSecretText: the same for the database's password. */}}
{{- define "flts.postgresSecretText" -}}
{{- $auth := ternary .Values.postgres.auth .Values.externalBackend.postgres (not (empty (include "flts.enabled" (list . "postgres")))) -}}
{{- $auth.existingSecret | default $auth.password | default "" | toString -}}
{{- end -}}

{{/*
flts.secret (dict root name data): an Opaque Secret of plain values. stringData would be shorter, but Helm and
kubectl merge it badly: a key that is taken away stays.
*/}}
{{- define "flts.secret" -}}
apiVersion: v1
kind: Secret
metadata:
  name: {{ include "flts.componentName" (list .root .name) }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "flts.labels" (list .root .name) | nindent 4 }}
type: Opaque
data:
  {{- range $key, $value := .data }}
  {{ $key }}: {{ $value | toString | b64enc | quote }}
  {{- end }}
{{- end -}}
