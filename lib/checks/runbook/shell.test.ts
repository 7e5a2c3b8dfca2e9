import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { shellFault } from './shell.ts';

const bash = spawnSync('bash', ['-n'], { input: '' }).status === 0;

/** `bash -n` ends with 0 after some faults, and for a here-document without its end; what it says counts too. */
function parses(commands: string): boolean {
  const { status, stderr } = spawnSync('bash', ['-n'], { input: `${commands}\n`, encoding: 'utf8' });
  return status === 0 && stderr === '';
}

const pieces = [
  'a',
  "'it'",
  '"$x"',
  '$(b)',
  '`b`',
  `\${x:-y}`,
  '$((1 + 2))',
  '<(b)',
  '> f',
  '2>&1',
  '<<< w',
  '{ a; }',
  '( a )',
  '[[ -f a ]]',
  '(( x ))',
  'x=(1 2)',
];
const wholes =
  `echo hi|if true; then echo; fi|for i in 1 2; do echo $i; done|while true; do x; done|(a; b)|{ a; b; }
case x in a) b;; esac|case x in (a) b;; esac|case x in esac|case $x in a) c;; *) d; esac|until a; do b; done
select x in a; do b; done|foo() { a; }|function f { a; }|[[ a == b ]]|a 2>&1 &|! a|time a|coproc a|let x=1
for ((i=0;i<3;i++)); do a; done|a <(b)|if a; then b; elif c; then d; else e; fi|a &> b|a >/dev/null 2>&1
echo "$(echo "a")"|echo it\\'s|# it's|echo a#b|echo {a,b}|echo \${!a}|echo \${a[@]}|x+=(a)|declare -A m=([a]=1)
watch -n 5 'x y'|read -rp 'Id: ' id|printf '%s\\n' "$x"|for x; do a; done|exec 3>&1|a 3<&-|ssh h 'a; b'|echo )x(
if true; then echo|for i in 1 2; echo $i; done|echo 'open|echo "open|echo $(ls|echo $(ls))|a; b)|{ a; b|{ a; }; }
case x in a b;; esac|echo \`ls|a >|a ;; b|;|a;;|foo() {|[[ a == b|echo \${a|echo $((1+|done|fi|then|else|esac
if; then a; fi|if a; fi|for in; do a; done|while; do a; done|x=(1 2|echo <ID>|show --id <DEP_ID>|show --id <DEP_ID> --x
echo "$(echo 'a)"|a() b|(( x++ )|for ((i=0;i<3)); do a; done|a <(b|if a; then b; else c; elif d; then e; fi
if a; then fi|for i in a; do done|{ }|()|f() { }|a <<<|echo \${x:-'a}|a ( b )|echo (b)|do|in|}|{|a }|{a}|select
function|function f|f()|a && && b|a; ; b|a & & b|if [ a ]; then b; fi; fi|done < b|echo $(|echo )|x=\`ls|echo $'a
while read l; do a; done <(b)|for 1x in a; do b; done|&& a|a &&|a <|a <<|echo \${a b}|echo \${}|echo \${`
    .split(/[|\n]/)
    .map((one) => one.trim());
const lines = [
  'a | b',
  'a |',
  '| a',
  'a || b',
  'a ||',
  'a ||| b',
  'a |& b',
  'a >| b',
  'case $x in a|b) c;; esac',
  'cat <<EOF\nhi\nEOF',
  'cat <<EOF\nhi',
  "cat <<'EOF'\n$(\nEOF",
  'cat <<-EOF\n\thi\n\tEOF',
  'cat <<A <<B\n1\nA\n2\nB',
  'cat <<EOF | x\nhi\nEOF',
  'a=$(cat <<EOF\nx\nEOF\n)',
  'a \\\n  | b',
  'if a\nthen b\nfi',
  'a &&\nb',
  'a\n&& b',
  'a | while read -r id; do\n  b "$id" | c\ndone',
  '```bash\na\n```',
  '### Heading\n\n```bash\na\n```',
];
const crossed = pieces.flatMap((one) => [one, ...['b', ')', ';;', '|'].map((rest) => `echo ${one} ${rest}`)]);
const snippets = [...new Set([...wholes, ...lines, ...crossed])];

test('the table is long enough, and both kinds are in it', () => {
  expect(snippets.length).toBeGreaterThanOrEqual(200);
  const sound = snippets.filter((one) => shellFault(one) === null).length;
  expect(sound).toBeGreaterThan(60);
  expect(snippets.length - sound).toBeGreaterThan(60);
});

test.skipIf(!bash).each(snippets)('%j parses as bash says', (commands) => {
  expect(shellFault(commands) === null).toBe(parses(commands));
});

test('the line of a fault is that of the commands', () => {
  expect(shellFault('a\nb\necho $(c')).toEqual({ message: 'unterminated command substitution', line: 3 });
});

test.each([
  ['$(', 20_000],
  ['"$(', 20_000],
  ['$((', 20_000],
  ['<(', 20_000],
  ['(', 30_000],
  ['{ ', 16_000],
  ['if a; then ', 2900],
  ['`', 30_001],
])('%s over and over is refused', (piece, times) => {
  expect(shellFault(piece.repeat(times))).not.toBeNull();
});
