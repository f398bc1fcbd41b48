{{- define "harbor.needs" -}}
{{- if and .Values.crane (not .Values.kafka.enabled) -}}
{{ fail "crane needs Kafka: set kafka.enabled=true" }}
{{- end -}}
{{- end -}}

{{- define "harbor.berth" -}}
{{- /* One berth. */ -}}
- name: {{ .name }}
  depth: {{ .depth | trunc 3 }}
{{- end -}}

{{- define "harbor.berths" -}}
{{- range $at, $berth := .Values.berths }}
{{ template "harbor.berth" $berth }}
{{- end }}
{{- end -}}
