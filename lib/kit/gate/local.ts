import { writeDuration } from '#lib/domain/duration.ts';
import type { GateSpec, StrideSpec } from '#lib/domain/kit-spec.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { shellWord } from '../shell-word.ts';
import { artifactsTest } from './changed.ts';
import { gateHeader } from './header.ts';

/** The gate with one command on one's own machine: the same strides with the same limits, and what CI would say. */
export function localGate(spec: Spec, gate: GateSpec): string {
  const words = [
    'Runs what CI runs, one stride after the other, and says at the end what CI would say.',
    'Give names of strides to run only those; that is no gate, and the end says so.',
  ];
  const ids = gate.strides.map(({ id }) => id).join(' ');
  return `#!/usr/bin/env bash
${gateHeader(gate, spec.launch.title, words)}set -euo pipefail
cd "$(git rev-parse --show-toplevel)"

failed=0
strides='${ids}'

stride() {
  local name=$1 limit=$2
  case " \${chosen} " in
    *" $name "*) ;;
    *) return 0 ;;
  esac
  printf '\\n== %s (at most %s)\\n' "$name" "$limit"
  if timeout "$limit" bash -euo pipefail -c "$(cat)" < /dev/null; then
    echo "holds $name"
  else
    echo "FAILS $name"
    failed=1
  fi
}

chosen=\${*:-$strides}
for name in $chosen; do
  case " $strides " in
    *" $name "*) ;;
    *)
      echo "There is no stride $name. There are: $strides." >&2
      exit 3
      ;;
  esac
done

${gate.strides.map((stride) => strideOf(gate, stride)).join('\n')}
echo
if [ "$failed" -ne 0 ]; then
${echoed(`${gate.name}: failed`)}
  exit 1
elif [ "$chosen" != "$strides" ]; then
  echo "Only $chosen ran, which is not the gate."
else
${echoed(`${gate.name}: passed`)}
fi
`;
}

/** A line that says a text as it stands; what looks like an expansion in it is none. */
function echoed(text: string): string {
  const meant = /[$`]/.test(text) ? '  # shellcheck disable=SC2016\n' : '';
  return `${meant}  echo ${shellWord(text)}`;
}

function strideOf(gate: GateSpec, { id, run, withinMs, artifacts }: StrideSpec): string {
  const commands = [...gate.setup, ...run, ...(artifacts ? [artifactsTest(artifacts.paths)] : [])];
  const text = commands.join('\n');
  const lines = new Set(text.split('\n'));
  let end = 'COMMANDS';
  while (lines.has(end)) end = `${end}_`;
  return `stride ${id} ${writeDuration(withinMs)} <<'${end}'\n${text}\n${end}\n`;
}
