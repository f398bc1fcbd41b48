{{- define "kinds.name" -}}{{ .Release.Name }}-{{ .Chart.Name }}{{- end -}}
this is never printed
