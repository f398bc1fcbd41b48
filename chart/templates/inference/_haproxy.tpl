{{/*
flts.haproxyConfig: HAProxy's configuration. Its servers are slots filled from DNS, so that they follow the pods of
inference as they come and go, without a reload. Slots without a pod stay in maintenance.
*/}}
{{- define "flts.haproxyConfig" -}}
{{- $v := .Values.inferenceLb -}}
{{- $inference := .Values.inference -}}
{{- $slots := int $inference.replicas -}}
{{- if $inference.autoscaling.enabled -}}
{{- $slots = max $slots (int $inference.autoscaling.maxReplicas) -}}
{{- end -}}
{{- /* A rolling update adds a quarter of the pods, rounded up, before it takes the old ones away. */ -}}
{{- $slots = add $slots (div (add $slots 3) 4) -}}
global
  log stdout format raw local0 info
  maxconn 4096

defaults
  mode http
  log global
  option dontlognull
  option redispatch
  retries 2
  timeout connect 5s
  timeout client {{ $v.serverTimeout }}
  timeout server {{ $v.serverTimeout }}
  timeout http-request 10s
  timeout http-keep-alive 30s
  timeout queue 30s

resolvers kubernetes
  parse-resolv-conf
  accepted_payload_size 8192
  hold valid 5s
  hold obsolete 10s

frontend predictions
  option httplog
  bind :{{ $v.service.targetPort | default 8080 }}
  # Answers for HAProxy itself: a missing model must not restart the balancer.
  http-request return status 200 content-type text/plain string "ok" if { path {{ $v.healthcheck.path | default "/healthz" }} }
  option forwardfor
  default_backend inference

backend inference
  balance {{ $v.balance }}
  {{- if $inference.healthcheck.path }}
  option httpchk GET {{ $inference.healthcheck.path }}
  http-check expect status 200
  {{- end }}
  default-server check inter 5s fall 3 rise 1 resolvers kubernetes resolve-prefer ipv4 init-addr none
  server-template inference {{ $v.maxServers | default $slots }} {{ include "flts.headless" (list . "inference") }}:8000

frontend statistics
  bind :{{ $v.service.statsPort }}
  no log
  http-request use-service prometheus-exporter if { path {{ $v.metrics.path }} }
  stats enable
  stats uri /stats
  stats refresh 10s
{{- end -}}
