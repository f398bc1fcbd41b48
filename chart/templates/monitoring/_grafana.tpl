{{/*
Provisioning of Grafana. The identifier of the data source is fixed, because the dashboards name it.
*/}}

{{/* flts.grafanaDatasources: Prometheus of this release as the default data source. */}}
{{- define "flts.grafanaDatasources" -}}
apiVersion: 1
datasources:
  - name: Prometheus
    uid: prometheus
    type: prometheus
    access: proxy
    url: http://{{ include "flts.address" (list . "prometheus") }}
    isDefault: true
    editable: false
    jsonData:
      timeInterval: {{ .Values.prometheus.scrapeInterval }}
{{- end -}}

{{/* flts.grafanaProviders: the folder from which dashboards are read. */}}
{{- define "flts.grafanaProviders" -}}
apiVersion: 1
providers:
  - name: flts
    folder: FLTS
    type: file
    disableDeletion: true
    allowUiUpdates: false
    options:
      path: /etc/grafana/dashboards
{{- end -}}
