import project from '../../package.json' with { type: 'json' };
import { checkCommand } from './check-command.ts';
import { coverageCommand } from './coverage-command.ts';
import { exit } from './exit.ts';
import { historyCommand } from './history-command.ts';
import { importCommand } from './import-command.ts';
import { kitCommand } from './kit-command.ts';
import { plain } from './read-spec-file.ts';
import { serverCommand } from './server-command.ts';
import { specCommand } from './spec-command.ts';

const head = 'Big Green: are we ready to launch, and how do we know?';

const usages = {
  check: `  check FILE [--source ID=ADDRESS]… [--ref REF] [--json]
      collects once, judges, prints the board. Exit: 0 ready, 1 not ready, 2 cannot tell (what is open is only
      unknown or stale), 3 wrong use. Nobody signs here: a blocker that rests on an attestation stays claimed, so 1`,
  coverage: `  coverage --prometheus URL FILE [--json]
      which declared metrics are emitted. Exit: 0 all, 1 some missing, 2 cannot tell, 3 wrong use`,
  kit: `  kit --spec FILE [--out DIR [--replace]] [--zip FILE] [--patch FILE [--against DIR]] [--only PART,…] [--json]
      writes the files that a spec yields into a folder, an archive or a patch, of which one must be given. Parts:
      alerts, runbooks, coverage-script, dashboards, gate, readme. Documents in DIR get the kit’s sections and keep
      all else; other files that are not known to be the kit’s are written over with --replace alone. With --against
      the patch changes what the work tree in DIR has already.
      Exit: 0 written, 1 not written, 3 wrong use`,
  spec: `  spec validate FILE [--json]
      reads a spec and says what is wrong, where, and what to write instead. Exit: 0 sound, 1 not, 3 wrong use`,
  import: `  import FILE.md [--previous FILE] [--id ID] [--title T] [--target INSTANT] [--out FILE [--replace]] [--json]
      makes the draft of a spec of a Markdown checklist, and lists what was not understood. Exit: 0 made, 3 wrong use`,
  history: `  history REPO PATH [--ref REF] [--json]
      every version of a checklist, and the burn-up it would have had. Exit: 0 read, 2 none readable, 3 wrong use`,
  adopt: `  adopt FILE | adopt --shipped NAME | adopt --repository ADDRESS --path PATH [--ref REF]
      begins a launch, or adopts a new version of its spec [--source ID=ADDRESS]… [--json]`,
  candidate: `  candidate LAUNCH [--ref REF] [--commit SHA] [--dry-run] [--json]
      pins or moves the candidate, and says what that does; with --commit only if the ref means that commit`,
  again: `  again LAUNCH [--item ID | --track ID] [--json]
      checks again now`,
};

const atServer =
  'With a running server (--server URL, default http://localhost:4400). Exit: 0 done, 1 refused, 3 wrong use or no answer';

const usage = `${head}

Without a server:
${usages.check}
${usages.coverage}
${usages.kit}
${usages.spec}
${usages.import}
${usages.history}

${atServer}:
${usages.adopt}
${usages.candidate}
${usages.again}

Any of them with --help; --version. A fault of Big Green itself ends with 3, too.
`;

function isCommand(name: string | undefined): name is keyof typeof usages {
  return name !== undefined && Object.hasOwn(usages, name);
}

async function main(argv: readonly string[]): Promise<number> {
  const [command, ...rest] = argv;
  if (isCommand(command) && rest.some((one) => one === '--help' || one === '-h')) {
    const asksServer = command === 'adopt' || command === 'candidate' || command === 'again';
    process.stdout.write(`${usages[command]}\n${asksServer ? `${atServer}.\n` : ''}`);
    return exit.ready;
  }
  switch (command) {
    case 'check':
      return checkCommand(rest);
    case 'coverage':
      return coverageCommand(rest);
    case 'kit':
      return kitCommand(rest);
    case 'spec':
      return specCommand(rest);
    case 'import':
      return importCommand(rest);
    case 'history':
      return historyCommand(rest);
    case 'adopt':
    case 'candidate':
    case 'again':
      return serverCommand(command, rest);
    case 'help':
    case '--help':
    case '-h':
      process.stdout.write(usage);
      return exit.ready;
    case '--version':
      process.stdout.write(`big-green ${project.version}, Node ${process.versions.node}\n`);
      return exit.ready;
    default:
      process.stderr.write(command ? `There is no command “${command}”.\n\n${usage}` : usage);
      return exit.wrongUse;
  }
}

/** A fault of ours is no verdict: a pipeline must not read it as "not ready". */
function crashed(error: unknown): never {
  const said = error instanceof Error ? error.message : String(error);
  process.stderr.write(`Big Green stopped on a fault of its own, and judged nothing: ${plain(said)}\n`);
  process.exit(exit.wrongUse);
}

process.on('uncaughtException', crashed);
process.on('unhandledRejection', crashed);
process.exitCode = await main(process.argv.slice(2)).catch(crashed);
