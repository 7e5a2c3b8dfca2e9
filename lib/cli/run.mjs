// Runs a command of the house on a clone with nothing but Node and npm. Plain JavaScript that an older Node reads:
// it installs what is missing, then hands over to the Node that the project pins.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const modules = join(root, 'node_modules');

/** Entry, whether pages must be built before, and whether all is said on standard error. */
const commands = {
  demo: { entry: 'e2e/demo/demo.ts', build: true },
  'demo:story': { entry: 'e2e/demo/story-cli.ts', quiet: true },
  start: { entry: 'lib/server/supervisor/main.ts', build: true },
  dev: { entry: 'lib/server/supervisor/main.ts', args: ['--dev'] },
  test: { entry: 'lib/cli/test.ts', build: true },
  check: { entry: 'lib/cli/check.ts' },
  bench: { entry: 'bench/bench.ts' },
  drill: { entry: 'e2e/drill/drill.ts' },
  schema: { entry: 'lib/usecases/write-spec-schema.ts' },
  build: { entry: 'lib/cli/bundle.ts', build: true },
  'big-green': { entry: 'lib/cli/big-green.ts', quiet: true },
};

const [name = '', ...given] = process.argv.slice(2);
const command = commands[name];
if (!command) fail(`There is no command "${name}". There are: ${Object.keys(commands).join(', ')}.`);
const say = (text) => {
  if (!command.quiet) console.error(text);
};

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Node ${process.versions.node} is too old to begin with: install Node 20.19 or later.`);
}
if (!existsSync(join(root, command.entry))) fail(`"${name}" is not there yet: ${command.entry} is missing.`);

install();
const node = pinnedNode();
step('the database client', node, [join(root, 'prisma/generate.mjs')]);
if (command.build) build();
handOver();

/** Installs the locked packages when there are none, or when the lock file is another one since. */
function install() {
  const stamp = join(modules, '.big-green-lock');
  const lock = digestOf([join(root, 'package-lock.json')]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  say('Installing packages (once, half a minute or so) …');
  const npm = process.env.npm_execpath;
  const [program, args] = npm ? [process.execPath, [npm, 'ci']] : ['npm', ['ci']];
  const done = spawnSync(program, [...args, '--loglevel=error', '--engine-strict=false'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (done.status !== 0)
    fail('npm ci failed; its words are above. Is the npm registry reachable, and this folder writable?');
  writeFileSync(stamp, lock);
}

/** The Node that came from npm; where there is none for this platform, this one if it is new enough. */
function pinnedNode() {
  const pinned = join(modules, '.bin', 'node');
  if (existsSync(pinned)) return pinned;
  if (major >= 24) return process.execPath;
  return fail(
    `There is no packaged Node for ${process.platform} ${process.arch}: install Node 24 and run this again.`,
  );
}

/** Builds the pages when a source of theirs changed since the last build. */
function build() {
  const stamp = join(root, '.next', 'big-green-sources');
  const sources = digestOf(
    [
      'app',
      'components',
      'lib',
      'public',
      'package-lock.json',
      'next.config.js',
      'postcss.config.mjs',
      'package.json',
    ]
      .flatMap((path) => filesUnder(join(root, path)))
      .filter((path) => !path.endsWith('.test.ts')),
  );
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return;
  say('Building the pages …');
  step('the build', node, [join(modules, 'next/dist/bin/next'), 'build'], { NEXT_TELEMETRY_DISABLED: '1' });
  writeFileSync(stamp, sources);
}

/** Runs a preparing program; its words are shown only when it fails. */
function step(what, program, args, env = {}) {
  const done = spawnSync(program, args, { cwd: root, encoding: 'utf8', env: environment(env) });
  if (done.status !== 0) fail(`${done.stdout}${done.stderr}\nPreparing ${what} failed.`);
}

function handOver() {
  const args = [
    '--conditions=react-server',
    '--disable-warning=ExperimentalWarning',
    join(root, command.entry),
  ];
  const child = spawn(node, [...args, ...(command.args ?? []), ...given], {
    cwd: root,
    stdio: 'inherit',
    env: environment(),
  });
  // Ctrl-C reaches the child by itself; passing it on a second time would force it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => signal !== 'SIGINT' && child.kill(signal));
  }
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

/** The pinned Node comes first for whatever is started from here. */
function environment(more = {}) {
  return { ...process.env, PATH: `${join(modules, '.bin')}:${process.env.PATH ?? ''}`, ...more };
}

function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((child) => filesUnder(join(path, child)));
}

function digestOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(relative(root, path)).update('\0').update(readFileSync(path));
  return hash.digest('hex');
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
