{{/*
The one workload helper: Deployment, StatefulSet and Job of every service come from here, so that security, probes,
scheduling and waiting are the same everywhere and a service's own file says only what is its own.
*/}}

{{/*
flts.workload (dict …): the workload of one service.
  root, name, values  root context, component name, and the service's block of the values
  kind                Deployment (default), StatefulSet or Job
  replicas            number of pods; absent leaves it to an autoscaler
  recreate            true stops the old pod before the new one starts, for volumes that only one pod can hold
  uid                 numeric user and group of the image
  uses                services it needs: their variables, credentials and init container follow
  python              true for the pipeline's Python images: their caches go to /tmp
  image, resources    instead of those in values
  command, args       of the container; empty means the image's own
  ports               list of dict name port (container port)
  env                 computed variables, name to value
  userEnv             the values' env block: camelCase keys, which win over computed ones
  secretEnv           variables from Secrets, name to list secret key
  writable            paths that get an emptyDir, volume name to path; the root file system is read-only
  data                dict path persistence: the service's own storage
  volumes, mounts     further volumes and mounts
  checksums           annotation name to text; a change of the text rolls the pods
  readiness, liveness probe handlers; liveness defaults to readiness and also serves as the startup probe
  sysctls             of the pod
*/}}
{{- define "flts.workload" -}}
{{- $root := .root -}}
{{- $kind := .kind | default "Deployment" -}}
{{- $job := eq $kind "Job" -}}
{{- $name := include "flts.componentName" (list $root .name) -}}
{{- $pod := include "flts.podTemplate" . -}}
apiVersion: {{ ternary "batch/v1" "apps/v1" $job }}
kind: {{ $kind }}
metadata:
  {{- /*
  A Job's pod cannot be changed, so its name carries a hash of it: the same values give the same name and an upgrade
  changes nothing, other values give a new Job, and Helm removes the old one.
  */}}
  name: {{ $name }}{{ if $job }}-{{ $pod | sha256sum | trunc 8 }}{{ end }}
  namespace: {{ $root.Release.Namespace }}
  labels:
    {{- include "flts.labels" (list $root .name) | nindent 4 }}
spec:
  {{- if $job }}
  backoffLimit: {{ .backoffLimit }}
  {{- else }}
  {{- if hasKey . "replicas" }}
  replicas: {{ .replicas }}
  {{- end }}
  {{- if eq $kind "StatefulSet" }}
  serviceName: {{ $name }}-headless
  podManagementPolicy: Parallel
  {{- else if .recreate }}
  strategy:
    type: Recreate
  {{- end }}
  selector:
    matchLabels:
      {{- include "flts.selectorLabels" (list $root .name) | nindent 6 }}
  {{- end }}
  template:
    {{- $pod | nindent 4 }}
  {{- if and (eq $kind "StatefulSet") .data .data.persistence.enabled }}
  volumeClaimTemplates:
    - apiVersion: v1
      kind: PersistentVolumeClaim
      metadata:
        name: data
        labels:
          {{- include "flts.selectorLabels" (list $root .name) | nindent 10 }}
        {{- with .data.persistence.annotations }}
        annotations:
          {{- toYaml . | nindent 10 }}
        {{- end }}
      spec:
        {{- include "flts.claimSpec" (list $root .data.persistence) | nindent 8 }}
  {{- end }}
{{- end -}}

{{/* flts.podTemplate: the pod of a workload; takes the dict of flts.workload. */}}
{{- define "flts.podTemplate" -}}
{{- $root := .root -}}
{{- $values := .values -}}
{{- $uses := .uses | default (list) -}}
{{- $selector := include "flts.selectorLabels" (list $root .name) | fromYaml -}}
{{- $checksums := deepCopy (.checksums | default (dict)) -}}
{{- $secretEnv := deepCopy (.secretEnv | default (dict)) -}}
{{- if has "minio" $uses -}}
{{- $s3 := include "flts.s3Secret" $root | fromYaml -}}
{{- $_ := set $secretEnv "AWS_ACCESS_KEY_ID" (list $s3.name $s3.accessKey) -}}
{{- $_ := set $secretEnv "AWS_SECRET_ACCESS_KEY" (list $s3.name $s3.secretKey) -}}
{{- $_ := set $checksums "s3-secret" (include "flts.s3SecretText" $root) -}}
{{- end -}}
{{- $env := merge (dict) (.env | default (dict)) (include "flts.clientEnv" (list $root $uses) | fromJson) -}}
{{- if .python -}}
{{- $env = merge $env (include "flts.pythonEnv" $root | fromYaml) -}}
{{- end -}}
{{- $image := .image | default $values.image -}}
{{- $waits := include "flts.waits" (list $root $uses) | fromJsonArray -}}
metadata:
  labels:
    {{- toYaml (merge (deepCopy $selector) ($values.podLabels | default (dict))) | nindent 4 }}
  {{- if or $checksums $values.podAnnotations }}
  annotations:
    {{- range $key, $text := $checksums }}
    checksum/{{ $key }}: {{ $text | sha256sum }}
    {{- end }}
    {{- with $values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
spec:
  {{- with $root.Values.global.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  serviceAccountName: {{ include "flts.serviceAccountName" $root }}
  automountServiceAccountToken: false
  {{- /* Service links would put KAFKA_PORT and the like into pods of a release named kafka, which Kafka reads. */}}
  enableServiceLinks: false
  securityContext:
    {{- include "flts.podSecurityContext" . | nindent 4 }}
  {{- if eq (.kind | default "") "Job" }}
  restartPolicy: {{ .restartPolicy }}
  {{- end }}
  {{- if and $waits $root.Values.waitFor.enabled }}
  initContainers:
    {{- include "flts.waitContainer" (list . $waits) | nindent 4 }}
  {{- end }}
  containers:
    - name: {{ .name }}
      image: {{ include "flts.image" (list $root $image) | quote }}
      imagePullPolicy: {{ include "flts.imagePullPolicy" (list $root $image) }}
      {{- with .command }}
      command:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .args }}
      args:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .ports }}
      ports:
        {{- range . }}
        - name: {{ .name }}
          containerPort: {{ .port }}
          protocol: TCP
        {{- end }}
      {{- end }}
      {{- with include "flts.env" (dict "env" $env "userEnv" .userEnv "secretEnv" $secretEnv "extraEnv" $values.extraEnv) }}
      env:
        {{- . | nindent 8 }}
      {{- end }}
      {{- with include "flts.probes" . }}
      {{- . | nindent 6 }}
      {{- end }}
      {{- with .resources | default $values.resources }}
      resources:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      securityContext:
        {{- include "flts.securityContext" . | nindent 8 }}
      {{- with include "flts.mounts" . }}
      volumeMounts:
        {{- . | nindent 8 }}
      {{- end }}
  {{- with include "flts.volumes" . }}
  volumes:
    {{- . | nindent 4 }}
  {{- end }}
  {{- with $values.nodeSelector | default $root.Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.tolerations | default $root.Values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.affinity | default $root.Values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.topologySpreadConstraints | default $root.Values.topologySpreadConstraints }}
  {{- $spread := list }}
  {{- range . }}
  {{- $spread = append $spread (merge (deepCopy .) (dict "labelSelector" (dict "matchLabels" $selector))) }}
  {{- end }}
  topologySpreadConstraints:
    {{- toYaml $spread | nindent 4 }}
  {{- end }}
{{- end -}}

{{/*
flts.env (dict env userEnv secretEnv extraEnv): the env list. Sorted by name, each name once: the values' block wins
over what is computed, a Secret over both, and extraEnv over all; it comes last, so that it may refer to the others.
*/}}
{{- define "flts.env" -}}
{{- $entries := dict -}}
{{- range $name, $value := .env -}}
{{- $_ := set $entries $name (dict "name" $name "value" (include "flts.text" $value)) -}}
{{- end -}}
{{- range $key, $value := .userEnv -}}
{{- $text := include "flts.text" $value -}}
{{- if $text -}}
{{- $name := $key | snakecase | upper -}}
{{- $_ := set $entries $name (dict "name" $name "value" $text) -}}
{{- end -}}
{{- end -}}
{{- range $name, $ref := .secretEnv -}}
{{- $_ := set $entries $name (dict "name" $name "valueFrom" (dict "secretKeyRef" (dict "name" (index $ref 0) "key" (index $ref 1)))) -}}
{{- end -}}
{{- range .extraEnv -}}
{{- $_ := unset $entries .name -}}
{{- end -}}
{{- $list := list -}}
{{- range $name, $entry := $entries -}}
{{- $list = append $list $entry -}}
{{- end -}}
{{- range .extraEnv -}}
{{- $list = append $list . -}}
{{- end -}}
{{- if $list -}}
{{- toYaml $list -}}
{{- end -}}
{{- end -}}

{{/*
flts.text: a value as the text of a variable; nothing for null. Numbers go through JSON, because Go prints a million
as 1e+06, and lists become JSON, as LAYER_ARCHITECTURE expects.
*/}}
{{- define "flts.text" -}}
{{- if kindIs "string" . -}}
{{- . -}}
{{- else if not (kindIs "invalid" .) -}}
{{- toJson . -}}
{{- end -}}
{{- end -}}

{{/* flts.podSecurityContext: the standard's "restricted", then the root values, then the service's. */}}
{{- define "flts.podSecurityContext" -}}
{{- $base := dict "runAsNonRoot" true "runAsUser" .uid "runAsGroup" .uid "fsGroup" .uid "fsGroupChangePolicy" "OnRootMismatch" "seccompProfile" (dict "type" "RuntimeDefault") -}}
{{- with .sysctls -}}
{{- $_ := set $base "sysctls" . -}}
{{- end -}}
{{- toYaml (mergeOverwrite $base (deepCopy (.root.Values.podSecurityContext | default (dict))) (deepCopy (.values.podSecurityContext | default (dict)))) -}}
{{- end -}}

{{/* flts.securityContext: the same for a container. */}}
{{- define "flts.securityContext" -}}
{{- $base := dict "allowPrivilegeEscalation" false "readOnlyRootFilesystem" true "capabilities" (dict "drop" (list "ALL")) -}}
{{- toYaml (mergeOverwrite $base (deepCopy (.root.Values.securityContext | default (dict))) (deepCopy (.values.securityContext | default (dict)))) -}}
{{- end -}}

{{/* flts.waits (list root uses): host:port of those used services that run in this release, as JSON. */}}
{{- define "flts.waits" -}}
{{- $root := index . 0 -}}
{{- $waits := list -}}
{{- if index . 1 -}}
{{- $services := include "flts.services" $root | fromYaml -}}
{{- range index . 1 -}}
{{- if include "flts.enabled" (list $root (index $services .).path) -}}
{{- $waits = append $waits (include "flts.address" (list $root .)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toJson $waits -}}
{{- end -}}

{{/* flts.waitContainer (list workload waits): the init container that tries one address after the other. */}}
{{- define "flts.waitContainer" -}}
{{- $workload := index . 0 -}}
{{- $root := $workload.root -}}
- name: wait
  image: {{ include "flts.image" (list $root $root.Values.waitFor.image) | quote }}
  imagePullPolicy: {{ include "flts.imagePullPolicy" (list $root $root.Values.waitFor.image) }}
  command:
    - sh
    - -c
    - |
      for address in "$@"; do
        until nc -z -w 2 "${address%:*}" "${address##*:}"; do
          echo "waiting for $address"
          sleep 2
        done
      done
    - wait
  args:
    {{- toYaml (index . 1) | nindent 4 }}
  {{- with $root.Values.waitFor.resources }}
  resources:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  securityContext:
    {{- include "flts.securityContext" $workload | nindent 4 }}
{{- end -}}

{{/* flts.pythonEnv: keeps Python and its libraries from writing beside the code, which is read-only. */}}
{{- define "flts.pythonEnv" -}}
HOME: /tmp
MPLCONFIGDIR: /tmp/matplotlib
PYTHONDONTWRITEBYTECODE: "1"
PYTHONUNBUFFERED: "1"
XDG_CACHE_HOME: /tmp/cache
{{- end -}}

{{/* flts.mounts: the container's volume mounts. */}}
{{- define "flts.mounts" -}}
{{- $mounts := list -}}
{{- with .data -}}
{{- $mounts = append $mounts (dict "name" "data" "mountPath" .path) -}}
{{- end -}}
{{- range $name, $path := .writable -}}
{{- $mounts = append $mounts (dict "name" $name "mountPath" $path) -}}
{{- end -}}
{{- range concat (.mounts | default (list)) (.values.extraVolumeMounts | default (list)) -}}
{{- $mounts = append $mounts . -}}
{{- end -}}
{{- if $mounts -}}
{{- toYaml $mounts -}}
{{- end -}}
{{- end -}}

{{/* flts.volumes: the pod's volumes. A StatefulSet with persistence brings its own data volume. */}}
{{- define "flts.volumes" -}}
{{- $volumes := list -}}
{{- if .data -}}
{{- $persistence := .data.persistence -}}
{{- if not $persistence.enabled -}}
{{- $volumes = append $volumes (dict "name" "data" "emptyDir" (dict)) -}}
{{- else if ne (.kind | default "") "StatefulSet" -}}
{{- $claim := $persistence.existingClaim | default (include "flts.componentName" (list .root .name)) -}}
{{- $volumes = append $volumes (dict "name" "data" "persistentVolumeClaim" (dict "claimName" $claim)) -}}
{{- end -}}
{{- end -}}
{{- range $name, $path := .writable -}}
{{- $volumes = append $volumes (dict "name" $name "emptyDir" (dict)) -}}
{{- end -}}
{{- range concat (.volumes | default (list)) (.values.extraVolumes | default (list)) -}}
{{- $volumes = append $volumes . -}}
{{- end -}}
{{- if $volumes -}}
{{- toYaml $volumes -}}
{{- end -}}
{{- end -}}
