#!/usr/bin/env bash
# Says which of the launch's metrics Prometheus has live series of. Stops, and fails, when it cannot be asked.
set -euo pipefail

prometheus="${PROMETHEUS_URL:-http://localhost:9090}"
missing=0

series() {
  curl --silent --show-error --fail --max-time 10 --get "$prometheus/api/v1/query" \
    --data-urlencode "query=count({__name__=~\"$1(_count)?\"})" |
    jq --exit-status --raw-output 'select(.status == "success") | .data.result[0].value[1] // "0"'
}

while read -r metric; do
  found="$(series "$metric")"
  if [ "$found" = 0 ]; then
    echo "missing  $metric"
    missing=$((missing + 1))
  else
    echo "$found series  $metric"
  fi
done < "$(dirname "$0")/metrics.txt"

echo "$missing missing"
[ "$missing" -eq 0 ]
