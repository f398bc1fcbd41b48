{{/*
flts.prometheusConfig: one scrape job for every service that has metrics and is on.
Targets come from DNS and from fixed names rather than from the Kubernetes API: that would take a token and rights,
and no pod of this chart has either. Services with many pods are listed by their headless Service, pod by pod.
*/}}
{{- define "flts.prometheusConfig" -}}
{{- $root := . -}}
{{- $v := .Values.prometheus -}}
global:
  scrape_interval: {{ $v.scrapeInterval }}
  evaluation_interval: {{ $v.scrapeInterval }}
scrape_configs:
  {{- if $v.metrics.enabled }}
  - job_name: prometheus
    metrics_path: {{ $v.metrics.path }}
    static_configs:
      - targets: ["localhost:9090"]
  {{- end }}
  {{- range list
    (dict "path" "minio" "word" "minio" "metrics" .Values.minio.metrics)
    (dict "path" "fastapi" "word" "fastapi" "metrics" .Values.fastapi.metrics)
    (dict "path" "eval" "word" "eval" "metrics" .Values.eval.metrics)
    (dict "path" "grafana" "word" "grafana" "metrics" .Values.grafana.metrics)
  }}
  {{- if and (include "flts.enabled" (list $root .path)) .metrics.enabled }}
  - job_name: {{ .word }}
    metrics_path: {{ .metrics.path }}
    static_configs:
      - targets: [{{ include "flts.address" (list $root .word) | quote }}]
  {{- end }}
  {{- end }}
  {{- range list
    (dict "path" "inference" "component" "inference" "metrics" .Values.inference.metrics "port" 9091)
    (dict "path" "inferenceLb" "component" "inference-lb" "metrics" .Values.inferenceLb.metrics "port" .Values.inferenceLb.service.statsPort)
  }}
  {{- if and (include "flts.enabled" (list $root .path)) .metrics.enabled }}
  - job_name: {{ .component }}
    metrics_path: {{ .metrics.path }}
    dns_sd_configs:
      - names: [{{ include "flts.headless" (list $root .component) | quote }}]
        type: A
        port: {{ .port }}
        refresh_interval: 15s
  {{- end }}
  {{- end }}
  {{- with $v.extraScrapeConfigs }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}
