{{ define "inner" }}{{ .Values.missing.key }}{{ end }}
{{ define "outer" }}
{{ include "inner" . }}{{ end }}
