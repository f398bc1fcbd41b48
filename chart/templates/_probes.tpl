{{/*
Probes: a service's `healthcheck` block, in the words of Docker Compose, as Kubernetes' three probes.
*/}}

{{/*
flts.probes: the probes of a workload's container, nothing when it has no handler or they are switched off.
Startup and liveness share a handler and give up after `retries`. Readiness gives up after three failures at most:
a pod that cannot serve should lose its traffic long before it is restarted.
*/}}
{{- define "flts.probes" -}}
{{- $check := .values.healthcheck | default (dict) -}}
{{- if and .readiness $check.enabled -}}
{{- $period := include "flts.seconds" $check.interval | int -}}
{{- $timeout := include "flts.seconds" $check.timeout | int -}}
{{- $retries := $check.retries | int -}}
{{- $timing := dict "periodSeconds" $period "timeoutSeconds" $timeout "failureThreshold" $retries -}}
{{- $alive := merge (dict) $timing (.liveness | default .readiness) -}}
startupProbe:
  {{- toYaml $alive | nindent 2 }}
readinessProbe:
  {{- toYaml (merge (dict "failureThreshold" (min $retries 3)) $timing .readiness) | nindent 2 }}
livenessProbe:
  {{- toYaml $alive | nindent 2 }}
{{- end -}}
{{- end -}}

{{/*
flts.seconds: a duration such as 90s, 1m30s or 1h in whole seconds, at least one; a bare number counts as seconds.
*/}}
{{- define "flts.seconds" -}}
{{- $text := . | toString -}}
{{- $hours := regexFind "[0-9]+h" $text | trimSuffix "h" | int -}}
{{- $minutes := regexFind "[0-9]+m" $text | trimSuffix "m" | int -}}
{{- $seconds := regexFind "[0-9]+s?$" $text | trimSuffix "s" | int -}}
{{- max 1 (add (mul 3600 $hours) (mul 60 $minutes) $seconds) -}}
{{- end -}}

{{/* flts.tcpProbe (name of a port): a handler that only opens a connection. */}}
{{- define "flts.tcpProbe" -}}
tcpSocket:
  port: {{ . }}
{{- end -}}

{{/* flts.httpProbe (list path port): a handler that asks for a path, or opens a connection when there is none. */}}
{{- define "flts.httpProbe" -}}
{{- if index . 0 -}}
httpGet:
  path: {{ index . 0 | quote }}
  port: {{ index . 1 }}
{{- else -}}
{{- include "flts.tcpProbe" (index . 1) -}}
{{- end -}}
{{- end -}}

{{/*
flts.processProbe: a handler for containers without a port (Kafka consumers, Locust workers): the first process
exists and is neither stopped nor a zombie. Asking Kafka instead would restart every trainer when Kafka is away.
*/}}
{{- define "flts.processProbe" -}}
exec:
  command:
    - sh
    - -c
    - grep -q '^State:[[:space:]]*[RSD]' /proc/1/status
{{- end -}}
