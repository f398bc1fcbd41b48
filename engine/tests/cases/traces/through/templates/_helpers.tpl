{{- define "ways.labels" -}}
app: {{ .Values.name }}
{{- if .Values.crane.enabled }}
crane: {{ .Values.crane.height }}
{{- end }}
{{ toYaml .Values.labels }}
{{- end -}}

{{- define "ways.name" -}}
{{ .Values.name | upper }}
{{- end -}}

{{- define "ways.berth" -}}
- {{ .name }}
{{- end -}}
