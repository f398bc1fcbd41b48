{{/*
What master and workers of Locust share: the test and the addresses it works on.
*/}}

{{/* flts.locustfile: the user's test, or the chart's. */}}
{{- define "flts.locustfile" -}}
{{- .Values.locust.locustfile | default (.Files.Get "files/locustfile.py") -}}
{{- end -}}

{{/*
flts.locustEnv: the computed variables, as JSON. Addresses that are set in master.env replace them; those that follow
from another (the download from the gateway, the prediction from the host) follow the one that is set.
*/}}
{{- define "flts.locustEnv" -}}
{{- $v := .Values.locust -}}
{{- $set := $v.master.env | default (dict) -}}
{{- $gateway := $set.gatewayBase | default (include "flts.gatewayUrl" .) | trimSuffix "/" -}}
{{- $target := $set.targetHost | default (include "flts.locustTarget" .) | trimSuffix "/" -}}
{{- $download := printf "%s/download/%s/current.json" $gateway .Values.eval.promotionBucket -}}
{{- dict
  "ENDPOINT_DOWNLOAD" $download
  "ENDPOINT_DOWNLOAD_ALT" ($set.endpointDownload | default $download)
  "GATEWAY_BASE" $gateway
  "HOME" "/tmp"
  "PREDICT_URL" (printf "%s/predict" $target)
  "PYTHONDONTWRITEBYTECODE" "1"
  "SEED_COUNT" $v.seedCount
  "SEED_PREDICT_QUEUE" $v.seedPredictQueue
  "TARGET_HOST" $target
  "WARMUP_ONLY" $v.warmupOnly
  "WARMUP_SAMPLES" $v.warmupSamples
| toJson -}}
{{- end -}}
