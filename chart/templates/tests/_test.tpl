{{/*
flts.test (dict root name address path): a pod of `helm test` that asks a service for a path, or only for a
connection when there is none. It stays until the next run, so that its log can be read.
*/}}
{{- define "flts.test" -}}
{{- $root := .root -}}
{{- $name := printf "test-%s" .name -}}
{{- $workload := dict "root" $root "values" (dict) "uid" 65534 -}}
apiVersion: v1
kind: Pod
metadata:
  name: {{ include "flts.componentName" (list $root $name) }}
  namespace: {{ $root.Release.Namespace }}
  labels:
    {{- include "flts.labels" (list $root $name) | nindent 4 }}
  annotations:
    helm.sh/hook: test
    helm.sh/hook-delete-policy: before-hook-creation
spec:
  {{- with $root.Values.global.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  serviceAccountName: {{ include "flts.serviceAccountName" $root }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  restartPolicy: Never
  securityContext:
    {{- include "flts.podSecurityContext" $workload | nindent 4 }}
  containers:
    - name: test
      image: {{ include "flts.image" (list $root $root.Values.waitFor.image) | quote }}
      imagePullPolicy: {{ include "flts.imagePullPolicy" (list $root $root.Values.waitFor.image) }}
      command:
        {{- if .path }}
        {{- toYaml (list "wget" "-T" "10" "-q" "-O" "/dev/null" (printf "http://%s%s" .address .path)) | nindent 8 }}
        {{- else }}
        {{- toYaml (concat (list "nc" "-z" "-w" "10") (splitList ":" .address)) | nindent 8 }}
        {{- end }}
      {{- with $root.Values.waitFor.resources }}
      resources:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      securityContext:
        {{- include "flts.securityContext" $workload | nindent 8 }}
  {{- with $root.Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $root.Values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}
