{{/*
The small objects around a workload: Service, PersistentVolumeClaim, ConfigMap.
*/}}

{{/*
flts.service (dict root name service ports headless): a Service in front of a component.
  service   the values' service block, for type and annotations
  ports     list of dict name port nodePort; the container's port has the same name
  headless  true for a Service that lists the pods in DNS instead; `unready` lists those that are not ready, too
*/}}
{{- define "flts.service" -}}
{{- $type := .service.type | default "ClusterIP" -}}
{{- if .headless }}{{ $type = "ClusterIP" }}{{ end -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "flts.componentName" (list .root .name) }}{{ if .headless }}-headless{{ end }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "flts.labels" (list .root .name) | nindent 4 }}
  {{- if and .service.annotations (not .headless) }}
  annotations:
    {{- toYaml .service.annotations | nindent 4 }}
  {{- end }}
spec:
  type: {{ $type }}
  {{- if .headless }}
  clusterIP: None
  {{- if .unready }}
  publishNotReadyAddresses: true
  {{- end }}
  {{- end }}
  selector:
    {{- include "flts.selectorLabels" (list .root .name) | nindent 4 }}
  ports:
    {{- range .ports }}
    - name: {{ .name }}
      port: {{ .port }}
      targetPort: {{ .name }}
      protocol: TCP
      {{- if and .nodePort (has $type (list "NodePort" "LoadBalancer")) }}
      nodePort: {{ .nodePort }}
      {{- end }}
    {{- end }}
{{- end -}}

{{/* flts.claim (dict root name persistence): the claim of a component, nothing when it is not needed. */}}
{{- define "flts.claim" -}}
{{- if and .persistence.enabled (not .persistence.existingClaim) -}}
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: {{ include "flts.componentName" (list .root .name) }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "flts.labels" (list .root .name) | nindent 4 }}
  {{- with .persistence.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  {{- include "flts.claimSpec" (list .root .persistence) | nindent 2 }}
{{- end -}}
{{- end -}}

{{/* flts.claimSpec (list root persistence): size, class and access modes of a claim. */}}
{{- define "flts.claimSpec" -}}
{{- $persistence := index . 1 -}}
{{- $class := $persistence.storageClass | default (index . 0).Values.global.storageClass | default "" -}}
accessModes:
  {{- toYaml $persistence.accessModes | nindent 2 }}
{{- if eq $class "-" }}
storageClassName: ""
{{- else if $class }}
storageClassName: {{ $class | quote }}
{{- end }}
resources:
  requests:
    storage: {{ $persistence.size | quote }}
{{- end -}}

{{/* flts.configMap (dict root name data): a ConfigMap of text files. */}}
{{- define "flts.configMap" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "flts.componentName" (list .root .name) }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "flts.labels" (list .root .name) | nindent 4 }}
data:
  {{- range $file, $text := .data }}
  {{ $file }}: |
    {{- $text | trimSuffix "\n" | nindent 4 }}
  {{- end }}
{{- end -}}
