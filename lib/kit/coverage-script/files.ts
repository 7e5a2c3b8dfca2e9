import type { KitFile } from '#lib/domain/kit-file.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { correctionsOf, headerComment } from '../header.ts';
import { declaredMetrics } from './declared.ts';

/** The script that asks one Prometheus for every declared metric; none where the spec declares no metric. */
export function coverageScriptFiles(spec: Spec): readonly KitFile[] {
  const files = spec.kit?.files;
  const declared = declaredMetrics(spec);
  if (!files || declared.length === 0) return [];
  const corrections = correctionsOf(spec, 'coverage-script');
  const head = headerComment(spec, 'Metric coverage', corrections);
  return [
    {
      path: files.coverageScript,
      part: 'coverage-script',
      title: 'Metric coverage script',
      text: scriptText(
        head,
        declared.map((metric) => JSON.stringify(metric)),
      ),
      executable: true,
      format: 'shell',
      corrections,
    },
  ];
}

/** No temporary files: what is long goes through pipes, because arguments of a process are limited. */
function scriptText(head: readonly string[], declared: readonly string[]): string {
  return `#!/bin/sh
${head.join('\n')}
#
# Use: verify [PROMETHEUS]     default: $PROMETHEUS_URL, else http://localhost:9090
# Asks once for all metrics. PROMETHEUS_TIMEOUT: seconds to wait for the answer, 30 unless it is set.
# Exit: 0 all there, 1 some missing, 2 cannot tell, 3 wrong use.
set -eu

prometheus=\${PROMETHEUS_URL:-http://localhost:9090}
timeout=\${PROMETHEUS_TIMEOUT:-30}
newline='
'

wrong() {
  printf '%s\\n' "$1" "Use: $0 [PROMETHEUS], such as $0 http://localhost:9090" >&2
  exit 3
}

cannot_tell() {
  printf 'Cannot tell: %s\\n' "$1"
  exit 2
}

[ $# -le 1 ] || wrong 'One Prometheus at a time.'
[ $# -eq 0 ] || prometheus=$1
case $prometheus in
  http://?* | https://?*) prometheus=\${prometheus%/} ;;
  *) wrong "The address of a Prometheus begins with http:// or https://, which $prometheus does not." ;;
esac
case $timeout in
  '' | *[!0-9]*) wrong "PROMETHEUS_TIMEOUT is a whole number of seconds, not $timeout." ;;
esac
for tool in curl jq; do
  command -v "$tool" > /dev/null || cannot_tell "$tool is not installed, and this script needs it."
done

# One metric a line: the series that must be there, and values that labels must have.
declared() {
  cat << 'DECLARED'
${declared.join('\n')}
DECLARED
}

query=$(declared | jq -rs '
  (map(.series[], .native // empty) | unique | join("|")) as $names
  | ([map(.labels // {} | keys[])[], if any(.[]; .job) then "job" else empty end] | unique) as $labels
  | "count by (" + (["__name__"] + $labels | join(", ")) + ") ({__name__=~\\"" + $names + "\\"})"
') || cannot_tell 'the list of metrics in this script is broken.'

answer=$(printf '%s' "$query" | curl --silent --show-error --max-time "$timeout" --data-urlencode query@- \\
  --write-out '\\n%{http_code}' "$prometheus/api/v1/query") \\
  || cannot_tell "$prometheus did not answer (curl ended with $?)."
status=\${answer##*"$newline"}
answer=\${answer%"$newline"*}

fault=$(printf '%s' "$answer" | jq -rs '
  .[0] as $answer
  | if length != 1 or ($answer | type) != "object" then "its answer is not Prometheus'"'"'s"
    elif $answer.status != "success" then "it says " + ($answer.error // "nothing of use" | tostring)
    elif $answer.data.resultType? != "vector" then "its answer holds no series"
    elif ($answer.warnings // [] | length) > 0 then "it warns: " + ($answer.warnings | map(tostring) | join("; "))
    else empty end
' 2> /dev/null) || fault='its answer is not JSON'
[ "$status" = 200 ] || fault="it answered with status $status\${fault:+, and }$fault"
[ -z "$fault" ] || cannot_tell "$prometheus is there, but $fault."

report=$({ declared; printf '%s\\n' "$answer"; } | jq -rs '
  (.[-1].data.result | group_by(.metric.__name__) | map({key: .[0].metric.__name__, value: .}) | from_entries)
    as $seen
  | def rows($metric; $name): $seen[$name] // [] | map(select($metric.job == null or .metric.job == $metric.job));
  def holes($metric; $name): rows($metric; $name) as $rows
    | if ($rows | length) == 0 then [$name]
      else [$metric.labels // {} | to_entries[] | .key as $key | .value[]
        | select(. as $value | all($rows[]; .metric[$key] != $value)) | "\\($name){\\($key)=\\(tojson)}"]
        + ($rows | map(.value[1] | tonumber) | add as $count | ($metric.least // 1) as $least
          | if $count < $least then ["\\($name) (\\($count) of \\($least) series)"] else [] end)
      end;
  [.[:-1][] | . as $metric
    | (if .native and (rows($metric; .native) | length) > 0 then [.native] else .series end) as $names
    | { name, later: (.later == true and all($names[]; rows($metric; .) | length == 0)),
        holes: [$names[] | holes($metric; .)[]] }]
  | map(select(.later)) as $later
  | map(select(.later | not) | select(.holes | length > 0)) as $missing
  | (if ($missing | length) > 0 then 1 else 0 end),
    (.[] | if .later then "not yet  \\(.name)" elif .holes == [] then "ok       \\(.name)"
      else "MISSING  \\(.name): \\(.holes | join(", "))" end),
    "\\(length - ($later | length) - ($missing | length)) of \\(length) metrics are there, \\($later | length) not yet, \\($missing | length) missing."
') || cannot_tell "the answer of $prometheus could not be read."

printf '%s\\n' "\${report#*"$newline"}"
exit "\${report%%"$newline"*}"
`;
}
