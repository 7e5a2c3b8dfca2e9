import type { LedgerEvent } from '#lib/domain/event.ts';
import type { Result } from '#lib/domain/problem.ts';
import type { Proposal, Proposed } from '#lib/domain/proposal.ts';
import type { ProposalAnswer, ProposalClick } from '#lib/domain/proposal-view.ts';
import type { Credential } from '#lib/domain/question.ts';
import { madeFrom } from '#lib/kit/made-by-kit.ts';
import { append } from '#lib/ledger/store.ts';
import { inLedgerTransaction } from '#lib/server/database.ts';
import { type House, house } from '#lib/server/house.ts';
import { sha256 } from '#lib/server/sha256.ts';
import { proposeTo } from '#lib/sources/registry.ts';
import { launchKit } from './launch-kit.ts';
import { branchOf, chosenFiles, digestOfFiles, prepareProposal } from './prepare-proposal.ts';
import { refusal } from './problems.ts';
import { proposalTargets, type Target, targetOf } from './proposal-target.ts';
import { quietUntil } from './quiet-time.ts';
import { isRecorded } from './recorded-proposal.ts';
import { credentialOf, isToken, noToken } from './source-token.ts';

/** As GitHub takes them (https://docs.github.com/rest/pulls/pulls): a title on one line, a text of 65 536 characters. */
const mostTitle = 255;
const mostText = 65_000;

/**
 * Proposes files of the kit at a GitHub or GitLab source: a branch with one commit and a request to merge it, of exactly
 * what was shown. A second click on the same answers with the request there is. Nothing is kept of the token.
 */
export async function proposeKit(
  id: string,
  click: ProposalClick,
  at: House = house(),
): Promise<Result<ProposalAnswer>> {
  const fault = faultOf(click);
  if (fault !== null) return refusal('invalid-input', fault);
  if (click.token !== null && !isToken(click.token)) return noToken();
  const token = click.token?.trim() ?? null;
  const kit = await launchKit(id, at);
  if (!kit.ok) return kit;
  const target = targetOf(await proposalTargets(kit.value.launch, at), click.source);
  if (!target.ok) return target;
  const { source } = target.value;
  if (source.address !== click.address) {
    const moved = `${source.title} is read at ${source.address} since you looked, and no more at ${click.address.slice(0, 200)}; nothing was sent there.`;
    return refusal('conflict', moved, 'Look again.');
  }
  const credential = await credentialFor(target.value, token, at);
  if (!credential.ok) return credential;
  const context = { outgoing: at.outgoing, now: at.now, cacheDir: at.cacheDir, credential: credential.value };
  const prepared = await prepareProposal(kit.value, target.value, context);
  if (!prepared.ok) return prepared;
  const { base } = prepared.value;
  if (base.commit !== click.base) {
    const moved = `${base.branch} has moved to ${base.commit.slice(0, 12)} since you looked at ${click.base.slice(0, 12)}; nothing was proposed.`;
    return refusal('conflict', moved, 'Look again.');
  }
  const files = chosenFiles(prepared.value, click.files);
  if (!files.ok) return files;
  if (branchOf(files.value) !== click.branch) {
    const changed =
      'What would be written is not what was shown: the spec has changed since; nothing was proposed.';
    return refusal('conflict', changed, 'Look again.');
  }
  const { title, text, branch } = click;
  const { specDigest } = kit.value.launch.head;
  const message = `${title.trim()}\n\n${madeFrom}\nSpec: ${specDigest}`;
  const proposal: Proposal = { base, branch, files: files.value, title: title.trim(), text, message };
  const proposed = await proposeTo(source, proposal, { ...context, commit: null });
  if (!proposed.ok) {
    const { kind, message: why } = proposed.failure;
    const isRefused = kind === 'refused' || kind === 'unauthorised';
    return refusal(isRefused ? 'refused' : 'source-failed', why);
  }
  await record(id, target.value, proposal, proposed.value, at);
  return { ok: true, value: answerOf(proposed.value, target.value) };
}

function faultOf({ title, text, files }: ProposalClick): string | null {
  if (files.length === 0) return 'Choose a file to propose.';
  const line = title.trim();
  if (line === '' || line.length > mostTitle || /[\p{Cc}\u2028\u2029]/u.test(line))
    return `The title is one line of at most ${mostTitle} characters.`;
  if (text.length > mostText) return `The text is ${text.length} characters; at most ${mostText} are taken.`;
  return null;
}

async function credentialFor(
  { key, source, view }: Target,
  token: string | null,
  at: House,
): Promise<Result<Credential>> {
  const credential = token === null ? await credentialOf(key, at) : { origin: view.tokenOrigin, token };
  if (!credential)
    return refusal(
      'refused',
      `No token is held for ${source.title}.`,
      'Give one for this act, or set it under Sources.',
    );
  const quiet = await quietUntil(key, credential, at);
  if (!quiet) return { ok: true, value: credential };
  return refusal(
    'source-failed',
    `${source.title} asked not to be asked before ${quiet.toISOString()}; nothing was proposed.`,
  );
}

/** One event for what stands at the vendor, whoever of several clicks comes to it: the same is recorded once. */
async function record(
  launch: string,
  { key }: Target,
  { base, files }: Proposal,
  { branch, commit, request }: Proposed,
  at: House,
): Promise<void> {
  const address =
    request && request.address.length > 200 ? `sha256:${sha256(request.address)}` : request?.address;
  const data = {
    source: key,
    branch,
    commit,
    base: base.commit,
    files: files.length,
    digest: digestOfFiles(files),
    request: request?.number ?? null,
    address: address ?? null,
  };
  const event: LedgerEvent = { type: 'kit.proposed', version: 1, launch, actor: 'local', data };
  await inLedgerTransaction(at.db, async (tx) => {
    if (!(await isRecorded(tx, event))) await append(tx, [event]);
  });
}

function answerOf(proposed: Proposed, { view }: Target): ProposalAnswer {
  const { branch, branchAddress, commit, request, isNewRequest, left } = proposed;
  const word = view.request === 'pull request' ? 'Pull request #' : 'Merge request !';
  const state = request?.state === 'merged' ? 'is merged already' : `is ${request?.state}`;
  const sentence = !request
    ? `The branch is there, and no ${view.request} is.`
    : isNewRequest
      ? `${word}${request.number} is open.`
      : `${word}${request.number} was there already, with exactly these files; it ${state}.`;
  return { branch, branchAddress, commit, request, sentence, left };
}
