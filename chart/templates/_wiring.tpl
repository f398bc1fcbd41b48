{{/*
Wiring: where each service is reached. Environment variables, init containers, scrape jobs, the Ingress, HAProxy and
NOTES.txt all ask here, so that a changed name or port is changed everywhere.
*/}}

{{/*
flts.services: every service with an address: the switch (path), the component that names its Service, and the port.
The keys are the words used in ingress.hosts and in `uses` of a workload.
*/}}
{{- define "flts.services" -}}
kafka: {path: kafka, component: kafka, port: {{ .Values.kafka.service.port }}}
minio: {path: minio, component: minio, port: {{ .Values.minio.service.apiPort }}}
minio-console: {path: minio, component: minio, port: {{ .Values.minio.service.consolePort }}}
postgres: {path: postgres, component: postgres, port: {{ .Values.postgres.service.port }}}
mlflow: {path: mlflow, component: mlflow, port: {{ .Values.mlflow.service.port }}}
fastapi: {path: fastapi, component: fastapi, port: {{ .Values.fastapi.service.port }}}
eda: {path: eda, component: eda, port: {{ .Values.eda.service.port }}}
preprocess: {path: preprocess, component: preprocess, port: {{ .Values.preprocess.service.port }}}
eval: {path: eval, component: eval, port: {{ .Values.eval.service.port }}}
inference: {path: inference, component: inference, port: {{ .Values.inference.service.port }}}
inference-lb: {path: inferenceLb, component: inference-lb, port: {{ .Values.inferenceLb.service.port }}}
prometheus: {path: prometheus, component: prometheus, port: {{ .Values.prometheus.service.port }}}
grafana: {path: grafana, component: grafana, port: {{ .Values.grafana.service.port }}}
locust: {path: locust.master, component: locust-master, port: {{ .Values.locust.master.service.webPort }}}
locust-master: {path: locust.master, component: locust-master, port: {{ .Values.locust.master.service.masterPort }}}
{{- end -}}

{{/* flts.address (list root word): host:port of a service of this release. */}}
{{- define "flts.address" -}}
{{- $root := index . 0 -}}
{{- $service := index (include "flts.services" $root | fromYaml) (index . 1) -}}
{{- include "flts.componentName" (list $root $service.component) }}:{{ $service.port -}}
{{- end -}}

{{/*
flts.headless (list root component): the full name under which DNS lists the single pods of a component.
HAProxy and Prometheus resolve it themselves and know no search domains, hence the cluster's domain in it.
*/}}
{{- define "flts.headless" -}}
{{- $root := index . 0 -}}
{{- printf "%s-headless.%s.svc.%s" (include "flts.componentName" .) $root.Release.Namespace $root.Values.global.clusterDomain -}}
{{- end -}}

{{/* flts.externalUrl (list explicit host port): an external address, given whole or as host and port. */}}
{{- define "flts.externalUrl" -}}
{{- if index . 0 -}}
{{- index . 0 -}}
{{- else if index . 1 -}}
http://{{ index . 1 }}:{{ index . 2 }}
{{- end -}}
{{- end -}}

{{/* flts.kafkaBootstrap: the brokers, in the release or external. */}}
{{- define "flts.kafkaBootstrap" -}}
{{- if include "flts.enabled" (list . "kafka") -}}
{{- include "flts.address" (list . "kafka") -}}
{{- else if .Values.externalBackend.enabled -}}
{{- .Values.externalBackend.kafka.bootstrapServers -}}
{{- end -}}
{{- end -}}

{{/* flts.mlflowUri: the tracking server, in the release or external. */}}
{{- define "flts.mlflowUri" -}}
{{- if include "flts.enabled" (list . "mlflow") -}}
http://{{ include "flts.address" (list . "mlflow") }}
{{- else if .Values.externalBackend.enabled -}}
{{- with .Values.externalBackend.mlflow -}}
{{- include "flts.externalUrl" (list .trackingUri .host .port) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* flts.s3Endpoint: the object storage, in the release or external. */}}
{{- define "flts.s3Endpoint" -}}
{{- if include "flts.enabled" (list . "minio") -}}
http://{{ include "flts.address" (list . "minio") }}
{{- else if .Values.externalBackend.enabled -}}
{{- with .Values.externalBackend.minio -}}
{{- include "flts.externalUrl" (list .endpoint .host .port) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* flts.gatewayUrl: the file gateway, in the release or external. */}}
{{- define "flts.gatewayUrl" -}}
{{- if include "flts.enabled" (list . "fastapi") -}}
http://{{ include "flts.address" (list . "fastapi") }}
{{- else if .Values.externalBackend.enabled -}}
{{- with .Values.externalBackend.fastapi -}}
{{- include "flts.externalUrl" (list .gatewayUrl .host .port) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* flts.postgresHost: host:port of MLflow's database, in the release or external. */}}
{{- define "flts.postgresAddress" -}}
{{- if include "flts.enabled" (list . "postgres") -}}
{{- include "flts.address" (list . "postgres") -}}
{{- else if .Values.externalBackend.enabled -}}
{{- with .Values.externalBackend.postgres -}}
{{- if .host }}{{ .host }}:{{ .port }}{{ end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* flts.inferenceWord: who answers predictions for others: HAProxy where it is on, else the Service of inference. */}}
{{- define "flts.inferenceWord" -}}
{{- ternary "inference-lb" "inference" (not (empty (include "flts.enabled" (list . "inferenceLb")))) -}}
{{- end -}}

{{/*
flts.locustTarget: the address under test. The words inference and inference-lb in locust.targetHost mean this
release's Services; HAProxy that is off is replaced by inference and its port.
*/}}
{{- define "flts.locustTarget" -}}
{{- $host := .Values.locust.targetHost | default (include "flts.inferenceWord" .) | toString -}}
{{- $port := .Values.locust.targetPort -}}
{{- if and (eq $host "inference-lb") (not (include "flts.enabled" (list . "inferenceLb"))) -}}
{{- $host = "inference" -}}
{{- $port = "" -}}
{{- end -}}
{{- if has $host (list "inference" "inference-lb") -}}
{{- $address := splitList ":" (include "flts.address" (list . $host)) -}}
http://{{ first $address }}:{{ $port | default (last $address) }}
{{- else -}}
http://{{ $host }}{{ with $port }}:{{ . }}{{ end }}
{{- end -}}
{{- end -}}

{{/*
flts.clientEnv (list root uses): the variables by which the pipeline's images find the services named in `uses`, as
JSON of name and value.
*/}}
{{- define "flts.clientEnv" -}}
{{- $root := index . 0 -}}
{{- $uses := index . 1 -}}
{{- $env := dict -}}
{{- if has "kafka" $uses -}}
{{- $_ := set $env "KAFKA_BOOTSTRAP_SERVERS" (include "flts.kafkaBootstrap" $root) -}}
{{- end -}}
{{- if has "mlflow" $uses -}}
{{- $_ := set $env "MLFLOW_TRACKING_URI" (include "flts.mlflowUri" $root) -}}
{{- end -}}
{{- if has "fastapi" $uses -}}
{{- $_ := set $env "GATEWAY_URL" (include "flts.gatewayUrl" $root) -}}
{{- end -}}
{{- if has "minio" $uses -}}
{{- $_ := set $env "MLFLOW_S3_ENDPOINT_URL" (include "flts.s3Endpoint" $root) -}}
{{- $_ := set $env "AWS_S3_ADDRESSING_STYLE" "path" -}}
{{- $_ := set $env "AWS_DEFAULT_REGION" $root.Values.minio.region -}}
{{- end -}}
{{- toJson $env -}}
{{- end -}}

{{/*
flts.topicEnv: a service's `kafka` block as variables, as JSON: consumerGroupId becomes CONSUMER_GROUP_ID, and the
entries of the list consumerTopics become CONSUMER_TOPIC_0, CONSUMER_TOPIC_1 …
*/}}
{{- define "flts.topicEnv" -}}
{{- $env := dict -}}
{{- range $key, $value := . -}}
{{- $name := $key | snakecase | upper -}}
{{- if kindIs "slice" $value -}}
{{- range $i, $topic := $value -}}
{{- $_ := set $env (printf "%s_%d" (trimSuffix "S" $name) $i) $topic -}}
{{- end -}}
{{- else if $value -}}
{{- $_ := set $env $name $value -}}
{{- end -}}
{{- end -}}
{{- toJson $env -}}
{{- end -}}
