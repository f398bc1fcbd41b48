{{/*
Names, labels and switches. Every object of the chart is named and selected through this file.
*/}}

{{/* flts.name: the name of the application, for labels and as part of the prefix. */}}
{{- define "flts.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/*
flts.fullname: the prefix of all names, so that two releases can live in one namespace.
It stops at 40 characters: the longest suffix, a Job's, takes 20 of the 63 that Kubernetes allows. A longer prefix
ends in a hash of the whole, because two long release names may begin alike.
*/}}
{{- define "flts.fullname" -}}
{{- $name := .Values.fullnameOverride -}}
{{- if not $name -}}
{{- $chart := include "flts.name" . -}}
{{- $name = ternary .Release.Name (printf "%s-%s" .Release.Name $chart) (contains $chart .Release.Name) -}}
{{- end -}}
{{- if gt (len $name) 40 -}}
{{- printf "%s-%s" ($name | trunc 31 | trimSuffix "-") ($name | sha256sum | trunc 8) -}}
{{- else -}}
{{- $name | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* flts.componentName (list root component): the name of a component's objects. */}}
{{- define "flts.componentName" -}}
{{- printf "%s-%s" (include "flts.fullname" (index . 0)) (index . 1) -}}
{{- end -}}

{{/* flts.selectorLabels (list root component): what Services and workloads select by; it must never change. */}}
{{- define "flts.selectorLabels" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: {{ include "flts.name" $root }}
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{/* flts.labels (list root component): the labels of every object. */}}
{{- define "flts.labels" -}}
{{- $root := index . 0 -}}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "flts.selectorLabels" . }}
app.kubernetes.io/part-of: {{ include "flts.name" $root }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
{{- end -}}

{{/*
flts.enabled (list root path): "true" when the service at that path of the values is on, else empty.
Members of a group (train.gru, locust.worker) follow the group's switch until they have a value of their own.
That value is null by default; Helm 3 hands null on and Helm 4 drops the key, which is the same here.
*/}}
{{- define "flts.enabled" -}}
{{- $values := (index . 0).Values -}}
{{- $enabled := false -}}
{{- range splitList "." (index . 1) -}}
{{- $values = index $values . -}}
{{- if not (kindIs "invalid" $values.enabled) -}}
{{- $enabled = $values.enabled -}}
{{- end -}}
{{- end -}}
{{- if $enabled -}}true{{- end -}}
{{- end -}}

{{/* flts.serviceAccountName: the account of all pods. */}}
{{- define "flts.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "flts.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}
