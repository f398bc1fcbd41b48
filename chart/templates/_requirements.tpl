{{/*
Requirements: what a service needs, and the sentences that refuse a composition which cannot work. They are data in
one place; templates/checks.yaml checks them once per render, before a half-wired manifest can come out.
The same list stands in values.schema.json under x-ui.requires: change both.
*/}}

{{/*
flts.requirements: each entry names a switch that must be on for the services in `for`, unless all paths in `unless`
are set. A path with a | is set when one of its alternatives is.
*/}}
{{- define "flts.requirements" -}}
- title: Kafka
  path: kafka.enabled
  unless: [externalBackend.enabled, externalBackend.kafka.bootstrapServers]
  for: [preprocess, train.gru, train.lstm, nonml.prophet, eval, inference]
- title: MinIO
  path: minio.enabled
  unless: [externalBackend.enabled, externalBackend.minio.endpoint|externalBackend.minio.host]
  for: [mlflow, fastapi, train.gru, train.lstm, nonml.prophet, eval, inference]
- title: PostgreSQL
  path: postgres.enabled
  unless: [externalBackend.enabled, externalBackend.postgres.host]
  for: [mlflow]
- title: MLflow
  path: mlflow.enabled
  unless: [externalBackend.enabled, externalBackend.mlflow.trackingUri|externalBackend.mlflow.host]
  for: [train.gru, train.lstm, nonml.prophet, eval, inference]
- title: the FastAPI gateway
  path: fastapi.enabled
  unless: [externalBackend.enabled, externalBackend.fastapi.gatewayUrl|externalBackend.fastapi.host]
  for: [eda, preprocess, train.gru, train.lstm, nonml.prophet, eval, inference, locust.master]
- title: inference
  path: inference.enabled
  for: [inferenceLb, locust.master]
- title: Prometheus
  path: prometheus.enabled
  for: [grafana]
- title: the Locust master
  path: locust.master.enabled
  for: [locust.worker]
{{- end -}}

{{/* flts.isSet (list root path): "true" when one of the |-separated paths of the values is set. */}}
{{- define "flts.isSet" -}}
{{- $root := index . 0 -}}
{{- $set := false -}}
{{- range splitList "|" (index . 1) -}}
{{- $value := $root.Values -}}
{{- range splitList "." . -}}
{{- $value = index $value . -}}
{{- end -}}
{{- if $value }}{{ $set = true }}{{ end -}}
{{- end -}}
{{- if $set -}}true{{- end -}}
{{- end -}}

{{/* flts.checkRequirements: fails on the first service that is needed and neither on nor external. */}}
{{- define "flts.checkRequirements" -}}
{{- $root := . -}}
{{- range $rule := include "flts.requirements" . | fromYamlArray -}}
{{- $external := not (empty $rule.unless) -}}
{{- range $rule.unless -}}
{{- if not (include "flts.isSet" (list $root .)) }}{{ $external = false }}{{ end -}}
{{- end -}}
{{- if not (or $external (include "flts.enabled" (list $root (trimSuffix ".enabled" $rule.path)))) -}}
{{- $waiting := list -}}
{{- range $rule.for -}}
{{- if include "flts.enabled" (list $root .) }}{{ $waiting = append $waiting . }}{{ end -}}
{{- end -}}
{{- if $waiting -}}
{{- $who := first $waiting -}}
{{- if rest $waiting -}}
{{- $who = printf "%s and %s" (initial $waiting | join ", ") (last $waiting) -}}
{{- end -}}
{{- $how := printf "set %s=true" $rule.path -}}
{{- with $rule.unless -}}
{{- $how = printf "%s, or %s=true and %s" $how (first .) (last . | splitList "|" | first) -}}
{{- end -}}
{{- fail (printf "%s %s %s: %s" $who (ternary "need" "needs" (gt (len $waiting) 1)) $rule.title $how) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/*
flts.checkCredentials: fails on a credential that is missing, and on a published one where those are not allowed.
*/}}
{{- define "flts.checkCredentials" -}}
{{- $root := . -}}
{{- $allowed := .Values.global.allowDefaultCredentials -}}
{{- $minio := include "flts.enabled" (list . "minio") -}}
{{- $postgres := include "flts.enabled" (list . "postgres") -}}
{{- $mlflow := include "flts.enabled" (list . "mlflow") -}}
{{- $checks := list -}}
{{- if $minio -}}
{{- $checks = append $checks (list "minio.auth" "accessKey" .Values.minio.auth "") -}}
{{- $checks = append $checks (list "minio.auth" "secretKey" .Values.minio.auth "minioadmin") -}}
{{- else if and .Values.externalBackend.enabled (include "flts.s3Endpoint" .) -}}
{{- $checks = append $checks (list "externalBackend.minio" "accessKey" .Values.externalBackend.minio "") -}}
{{- $checks = append $checks (list "externalBackend.minio" "secretKey" .Values.externalBackend.minio "minioadmin") -}}
{{- end -}}
{{- if $postgres -}}
{{- $checks = append $checks (list "postgres.auth" "password" .Values.postgres.auth "mlflow") -}}
{{- else if and $mlflow (not .Values.mlflow.existingSecret) (not .Values.mlflow.env.backendStoreUri) -}}
{{- $checks = append $checks (list "externalBackend.postgres" "password" .Values.externalBackend.postgres "mlflow") -}}
{{- end -}}
{{- if include "flts.enabled" (list . "grafana") -}}
{{- $checks = append $checks (list "grafana.auth" "adminUser" .Values.grafana.auth "") -}}
{{- $checks = append $checks (list "grafana.auth" "adminPassword" .Values.grafana.auth "admin") -}}
{{- end -}}
{{- range $checks -}}
{{- $block := index . 0 -}}
{{- $key := index . 1 -}}
{{- $auth := index . 2 -}}
{{- $published := index . 3 -}}
{{- if not $auth.existingSecret -}}
{{- $value := index $auth $key | default "" | toString -}}
{{- if not $value -}}
{{- fail (printf "%s.%s is empty: set it, or %s.existingSecret" $block $key $block) -}}
{{- end -}}
{{- if and $published (eq $value $published) (not $allowed) -}}
{{- fail (printf "%s.%s is the published default: set %s.existingSecret, or a value of your own" $block $key $block) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* flts.checkAutoscaling: fails on a range that Kubernetes would refuse. */}}
{{- define "flts.checkAutoscaling" -}}
{{- $v := .Values.inference.autoscaling -}}
{{- if and (include "flts.enabled" (list . "inference")) $v.enabled (gt (int $v.minReplicas) (int $v.maxReplicas)) -}}
{{- fail (printf "inference.autoscaling.minReplicas is %d, above inference.autoscaling.maxReplicas, which is %d: raise the one or lower the other" (int $v.minReplicas) (int $v.maxReplicas)) -}}
{{- end -}}
{{- end -}}

{{/* flts.checkIngress: fails on a path whose service is unknown or off, and on an Ingress without hosts. */}}
{{- define "flts.checkIngress" -}}
{{- if include "flts.enabled" (list . "ingress") -}}
{{- if not .Values.ingress.hosts -}}
{{- fail "ingress.hosts is empty: name a host, or set ingress.enabled=false" -}}
{{- end -}}
{{- $root := . -}}
{{- $services := include "flts.services" . | fromYaml -}}
{{- range $host := .Values.ingress.hosts -}}
{{- range $host.paths -}}
{{- $word := include "flts.ingressWord" (list $root .service) -}}
{{- if not (hasKey $services $word) -}}
{{- fail (printf "ingress host %s names an unknown service: %v, choose one of %s" $host.host .service (keys $services | sortAlpha | join ", ")) -}}
{{- end -}}
{{- $path := (index $services $word).path -}}
{{- if not (include "flts.enabled" (list $root $path)) -}}
{{- fail (printf "ingress host %s needs %s: set %s.enabled=true, or remove the path from ingress.hosts" $host.host $word $path) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/*
flts.ingressWord (list root word): the service a path means. HAProxy that is off is replaced by inference, and
Docker Compose's name of the gateway is understood.
*/}}
{{- define "flts.ingressWord" -}}
{{- $word := index . 1 | default "" | toString -}}
{{- if and (eq $word "inference-lb") (not (include "flts.enabled" (list (index . 0) "inferenceLb"))) -}}
inference
{{- else if eq $word "fastapi-app" -}}
fastapi
{{- else -}}
{{- $word -}}
{{- end -}}
{{- end -}}
