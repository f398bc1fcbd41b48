{{ define "inner" }}{{ .Values.a.b.c }}{{ end }}
{{ define "outer" }}x{{ include "inner" . }}{{ end }}
{{ define "fails" }}{{ fail "inner: failed" }}{{ end }}
{{ define "loop" }}{{ include "loop" . }}{{ end }}
{{ define "tpls" }}{{ tpl "{{ .Values.a.b }}" . }}{{ end }}
