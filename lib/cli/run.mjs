// Runs a command of the house on a clone with nothing but Node and npm. Plain JavaScript that an older Node reads:
// it prepares what is missing, then hands over to the Node that the project pins.
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { installed, modules, pagesDigest, root, takeTurn, writePagesDigest } from './prepared.mjs';

/** Entry, whether pages must be built before, and whether nothing but the command's own output is shown. */
const commands = {
  demo: { entry: 'e2e/demo/demo.ts', build: true },
  'demo:story': { entry: 'e2e/demo/story-cli.ts', quiet: true },
  start: { entry: 'lib/server/supervisor/main.ts', build: true },
  dev: { entry: 'lib/server/supervisor/main.ts', args: ['--dev'] },
  test: { entry: 'lib/cli/test.ts' },
  check: { entry: 'lib/cli/check.ts' },
  bench: { entry: 'bench/bench.ts' },
  drill: { entry: 'e2e/drills/main.ts', build: process.argv.length > 3 },
  schema: { entry: 'lib/usecases/write-spec-schema.ts' },
  pages: { build: true },
  build: { entry: 'lib/cli/bundle.ts', build: true },
  'big-green': { entry: 'lib/cli/big-green.ts', quiet: true },
};

const [name = '', ...given] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (!command) fail(`There is no command "${name}". There are: ${Object.keys(commands).join(', ')}.`);
const say = (text) => {
  if (!command.quiet) console.error(text);
};

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Node ${process.versions.node} is too old to begin with: install Node 20.19 or later.`);
}

const endTurn = await takeTurn(() => say('Another command is preparing this clone; waiting for it …'));
install();
const node = pinnedNode();
step('the database client', node, [join(root, 'prisma/generate.mjs')]);
if (command.build) build();
endTurn();
if (command.entry) handOver(command.entry);

/** Installs the locked packages unless they are what is there. */
function install() {
  if (installed()) return;
  needsWriting(root);
  say('Installing packages (once; two to five minutes on a small machine, 1.2 GB) …');
  const npm = process.env.npm_execpath;
  const [program, args] = npm ? [process.execPath, [npm, 'ci']] : ['npm', ['ci']];
  const done = spawnSync(program, [...args, '--include=dev', '--include=optional', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (done.error?.code === 'ENOENT') fail('npm is not on the path: it comes with Node.');
  if (done.status !== 0) {
    fail('The packages could not be installed; what npm says is above. Is the npm registry reachable?');
  }
}

/** The Node that came from npm; where there is none for this platform, this one if it is new enough. */
function pinnedNode() {
  const pinned = join(modules, '.bin', 'node');
  if (spawnSync(pinned, ['--version']).status === 0) return pinned;
  if (major >= 24) return process.execPath;
  return fail(
    `npm has no Node 24 for ${process.platform} ${process.arch} here: install Node 24 or later and run this again.`,
  );
}

/** Builds the pages when a source of theirs changed since the last build. */
function build() {
  const sources = pagesDigest();
  if (sources === undefined) return;
  needsWriting(root);
  say('Building the pages …');
  writePagesDigest('');
  step('the pages', node, [join(modules, 'next/dist/bin/next'), 'build'], {
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  });
  writePagesDigest(sources);
}

/** Runs a preparing program; its words are shown only when it fails. */
function step(what, program, args, env = {}) {
  const done = spawnSync(program, args, { cwd: root, encoding: 'utf8', env: environment(env) });
  if (done.status === 0) return;
  needsWriting(join(root, 'lib/server'));
  fail(`${done.stdout}${done.stderr}\nPreparing ${what} failed; the reason is above.`);
}

function needsWriting(folder) {
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    fail(
      `You cannot write to ${folder}, and this command must first prepare this clone. Clone it as the user who runs it, or have its owner run "npm run build" once.`,
    );
  }
}

/**
 * Starts the command in a process group of its own and passes signals on to that group once: from a terminal they
 * reach this process and npm as well, which passes them on too, and a second Ctrl-C means more than the first.
 */
function handOver(entry) {
  const args = ['--conditions=react-server', '--disable-warning=ExperimentalWarning', join(root, entry)];
  const child = spawn(node, [...args, ...(command.args ?? []), ...given], {
    cwd: root,
    // By its end of the channel the command learns that this process was killed.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: environment(),
    detached: true,
  });
  let passedAtMs = 0;
  const pass = (signal) => {
    if (Date.now() - passedAtMs < 400) return;
    passedAtMs = Date.now();
    try {
      process.kill(-child.pid, signal);
    } catch {
      // It has just ended.
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => pass(signal));
  const parent = process.ppid;
  // An npm that is killed can pass nothing on.
  if (process.env.npm_lifecycle_event) {
    const watch = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(watch);
      pass('SIGTERM');
    }, 1000);
    watch.unref();
  }
  child.on('error', (error) => fail(`The command did not start: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}

/** The pinned Node comes first for whatever is started from here. */
function environment(more = {}) {
  return { ...process.env, PATH: `${join(modules, '.bin')}:${process.env.PATH ?? ''}`, ...more };
}

function fail(message) {
  console.error(message);
  // To whoever reads the code of `big-green`, 1 is a verdict.
  process.exit(name === 'big-green' ? 3 : 1);
}
