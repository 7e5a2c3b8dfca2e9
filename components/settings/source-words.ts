import type { ShapeName } from '#components/verdict/words.ts';
import type { ProbePart, SourceSetting } from '#lib/domain/source-settings.ts';

type Health = SourceSetting['health'];

/** The shape for how a source stands: an outage is never drawn as a failure. */
export function healthShape(health: Health): ShapeName {
  switch (health) {
    case 'answering':
      return 'pass';
    case 'silent':
    case 'nonsense':
      return 'unknown';
    case 'never-asked':
    case 'unread':
      return 'wait';
    case 'not-asked':
    case 'disabled':
      return 'stale';
  }
}

/** How a source stands, in words. */
export function healthWord(health: Health): string {
  switch (health) {
    case 'answering':
      return 'Answering';
    case 'silent':
      return 'Silent';
    case 'nonsense':
      return 'Cannot be read';
    case 'never-asked':
      return 'Not asked yet';
    case 'unread':
      return 'Not read';
    case 'not-asked':
      return 'Not asked any more';
    case 'disabled':
      return 'Switched off';
  }
}

/** The kinds of source, in the order in which they are offered. */
export const sourceKinds = [
  'prometheus',
  'github',
  'gitlab',
  'grafana',
  'repository',
  'endpoint',
] as const satisfies readonly SourceSetting['kind'][];

/** What a kind of source is called, where its address leads to, and what it needs to be read. */
export function kindWords(kind: SourceSetting['kind']): {
  readonly name: string;
  readonly address: string;
  readonly needs: string;
} {
  switch (kind) {
    case 'prometheus':
      return {
        name: 'Prometheus',
        address: 'http://127.0.0.1:9090',
        needs: 'The address of its HTTP API. A token only where something in front of it asks for one.',
      };
    case 'github':
      return {
        name: 'GitHub',
        address: 'https://github.com/owner/repository',
        needs:
          'The repository’s page, and a fine-grained token on it that may read Metadata, Actions, Contents, Checks, Commit statuses and Administration.',
      };
    case 'gitlab':
      return {
        name: 'GitLab',
        address: 'https://gitlab.com/group/project',
        needs: 'The project’s page, and a token with the scope read_api and the role Reporter.',
      };
    case 'grafana':
      return {
        name: 'Grafana',
        address: 'http://127.0.0.1:3000',
        needs: 'Its own address, and a service account’s token with the role Viewer and datasources:read.',
      };
    case 'repository':
      return {
        name: 'Git repository',
        address: '../code',
        needs: 'A clone’s path on this machine, or an https address. It takes no token.',
      };
    case 'endpoint':
      return {
        name: 'HTTP endpoint',
        address: 'http://127.0.0.1:8545',
        needs: 'Where JSON is answered; checks name the paths below it. A token only if it asks for one.',
      };
  }
}

/** How a source signs in, in words. */
export function signsIn({ tokenOrigin, tokenSetAt }: SourceSetting): string {
  if (tokenOrigin === null) return 'needs none';
  return tokenSetAt === null ? 'no token' : 'token';
}

/** The shape for what a test found. */
export function probeShape(state: ProbePart['state']): ShapeName {
  switch (state) {
    case 'found':
      return 'pass';
    case 'missing':
      return 'fail';
    case 'trouble':
      return 'unknown';
    case 'not-tried':
      return 'wait';
  }
}

/** What a test found, in a word. */
export function probeWord(state: ProbePart['state']): string {
  switch (state) {
    case 'found':
      return 'Found';
    case 'missing':
      return 'Missing';
    case 'trouble':
      return 'Not answered';
    case 'not-tried':
      return 'Not tried';
  }
}

/** The events to choose at the vendor, as its own page calls them. */
export function hookEvents(kind: SourceSetting['kind']): string {
  return kind === 'gitlab' ? 'Push events, Pipeline events' : 'Pushes, Check runs, Workflow runs';
}

/** Where a webhook's secret is entered at the vendor. */
export function hookSecretField(kind: SourceSetting['kind']): string {
  return kind === 'gitlab'
    ? 'Enter it as the signing token, or as the secret token where your GitLab has no signing token yet.'
    : 'Enter it as the secret.';
}
