#!/bin/sh
# Makes the buckets named as arguments. Existing ones are left as they are, so it can run any number of times.
set -eu

until mc alias set store "$S3_ENDPOINT" "$S3_ACCESS_KEY" "$S3_SECRET_KEY" >/dev/null 2>&1; do
  echo "waiting for $S3_ENDPOINT"
  sleep 2
done

for bucket in "$@"; do
  mc mb --ignore-existing "store/$bucket"
done
