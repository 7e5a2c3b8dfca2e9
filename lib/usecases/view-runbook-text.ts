import { showAgain } from '#lib/checks/file-observed.ts';
import type { FileAtCommit } from '#lib/domain/observations/repository.ts';
import type { Result } from '#lib/domain/problem.ts';
import type { RunbookText } from '#lib/domain/runbooks-view.ts';
import { standingKey } from '#lib/domain/standing.ts';
import { readObservations } from '#lib/evidence/observation-store.ts';
import { type House, house } from '#lib/server/house.ts';
import { candidateFiles } from './candidate-files.ts';
import { launchInForce } from './launch-in-force.ts';
import { readRunbook } from './long-reading.ts';
import { type PlannedCheck, planLaunch } from './plan.ts';
import { noSuchLaunch, refusal } from './problems.ts';
import { wantedRunbooks } from './view-runbooks.ts';

/** A runbook's section to be read, as the candidate has it; read when somebody opens it, and not with the screen. */
export async function viewRunbookText(
  { launch: id, runbook }: { readonly launch: string; readonly runbook: string },
  signal: AbortSignal,
  at: House = house(),
): Promise<Result<RunbookText>> {
  const launch = await launchInForce(at.db, id);
  if (!launch) return noSuchLaunch(id);
  const wanted = wantedRunbooks(launch.spec, planLaunch(launch)).find((one) => one.id === runbook);
  if (!wanted) {
    const message = `${launch.head.title} has no runbook “${runbook}”.`;
    return refusal('not-found', message, 'See the Runbooks screen for those it has.');
  }
  const { file: path, title, check } = wanted;
  const seen = await candidateFiles(launch, [path], at);
  const file = seen.files.get(path) ?? (check ? await fileSeen(check, path, at) : null);
  if (!file) {
    const why = seen.unread?.message ?? 'Nobody has read it yet.';
    return refusal('source-failed', `${path} cannot be shown: ${why}`, 'Check again, then open it anew.');
  }
  const where = `${path} at ${file.commit.slice(0, 12)}`;
  if (file.text === null)
    return refusal('not-found', `${where} is not there, or is no text.`, 'Its item says what is wrong.');
  const read = await readRunbook({ text: file.text, title: String(check?.bound.section ?? title) }, signal);
  if (!read.ok) return read;
  if (!read.value.ok)
    return refusal('not-found', `${where} cannot be shown: ${read.value.message}.`, 'Its item says more.');
  const source = check?.source ?? seen.source;
  return {
    ok: true,
    value: {
      title: read.value.title,
      commit: file.commit,
      href: showAgain(file, source)?.href ?? null,
      blocks: read.value.blocks,
      more: read.value.more,
    },
  };
}

/** The document as the check's newest evidence holds it, where the launch has no repository that could be read. */
async function fileSeen(
  { launch, item, check }: PlannedCheck,
  path: string,
  { db }: House,
): Promise<FileAtCommit | null> {
  const key = { launch: launch.head.id, item: item.id, check: check.id };
  const seen = (await readObservations(db, [key])).get(standingKey(item.id, check.id)) ?? [];
  const files = seen.flatMap(({ question, outcome }) =>
    question.ask === 'file' && question.path === path && outcome.ok ? [outcome.value as FileAtCommit] : [],
  );
  return files[0] ?? null;
}
