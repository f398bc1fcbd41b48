{{/*
Images: one place for registry, tag and pull policy.
*/}}

{{/*
flts.image (list root image): the reference of an image.
An empty tag means the chart's appVersion: the pipeline's own images are released together with it.
*/}}
{{- define "flts.image" -}}
{{- $root := index . 0 -}}
{{- $image := index . 1 -}}
{{- with $root.Values.global.imageRegistry -}}
{{- trimSuffix "/" . }}/
{{- end -}}
{{- $image.repository }}:{{ $image.tag | default $root.Chart.AppVersion -}}
{{- end -}}

{{/* flts.imagePullPolicy (list root image): the image's own policy, or the one of all. */}}
{{- define "flts.imagePullPolicy" -}}
{{- (index . 1).pullPolicy | default (index . 0).Values.global.pullPolicy -}}
{{- end -}}
