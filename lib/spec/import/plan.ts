import type { SuggestedCheck } from '#lib/domain/checklist.ts';
import { step, type Version } from './changes.ts';
import type { ChecklistDocument, Entry } from './document.ts';
import { type DraftDashboard, draftDashboards } from './drafted-dashboards.ts';
import { assignIds, type Earlier, type EntryIds } from './ids.ts';
import type { MetricNamesOf, Proposal } from './proposal.ts';
import { type Proposed, proposedCheck } from './proposed-check.ts';
import { type DraftRole, leadFinder, rolesOf } from './roles.ts';
import { proposalsIn, proposalsOf } from './suggest.ts';
import { Taken } from './taken.ts';
import { trackSections } from './tracks.ts';
import { cut, slug } from './wording.ts';

/** A check as the draft writes it; `entry` is the box that it stands for, `commands` what it was read from. */
export interface DraftCheck {
  readonly id: string | null;
  readonly proposed: Proposed | null;
  /** What a person is to state; null for a check that a machine decides. */
  readonly statement: string | null;
  readonly entry: number | null;
}

export interface DraftItem {
  readonly id: string;
  readonly title: string;
  readonly section: number | null;
  readonly line: number;
  /** The box it comes from; null for a section's commands or its heading's claim. */
  readonly entry: number | null;
  readonly level: 'blocker' | 'recommended' | 'optional';
  readonly checks: readonly DraftCheck[];
  /** Commands that prove it, as they stand in the document. */
  readonly commands: readonly string[];
}

export interface DraftTrack {
  readonly id: string;
  readonly title: string;
  readonly section: number | null;
  readonly lead: string;
  readonly items: readonly DraftItem[];
}

/** What of a document becomes what of a spec. */
export interface Plan {
  readonly tracks: readonly DraftTrack[];
  readonly roles: readonly DraftRole[];
  readonly ids: readonly EntryIds[];
  readonly suggested: readonly SuggestedCheck[];
  /** Dashboards whose panels the document tells, by their file. */
  readonly dashboards: ReadonlyMap<string, DraftDashboard>;
  /** Sections with nothing in or below them. */
  readonly empty: readonly number[];
}

/** Plans a draft; entries that stood in an earlier version keep their ids. */
export function planDraft(
  document: ChecklistDocument,
  namesOf: MetricNamesOf,
  earlier: Earlier | null,
): Plan {
  const planner = new Planner(document, namesOf, earlier);
  return planner.plan();
}

class Planner {
  readonly #document: ChecklistDocument;
  readonly #namesOf: MetricNamesOf;
  readonly #earlier: Earlier | null;
  readonly #suggested: SuggestedCheck[] = [];
  /** Metrics that commands of the document ask for. */
  readonly #asked: ReadonlySet<string>;
  readonly #dashboards: ReadonlyMap<string, DraftDashboard>;
  readonly #commands: readonly { readonly section: number | null; readonly proposals: readonly Proposal[] }[];

  constructor(document: ChecklistDocument, namesOf: MetricNamesOf, earlier: Earlier | null) {
    this.#document = document;
    this.#namesOf = namesOf;
    this.#earlier = earlier;
    this.#commands = document.verifications.map(({ section, lines, line }) => ({
      section,
      proposals: proposalsOf(lines, line, this.#namesOf),
    }));
    const metrics = this.#commands.flatMap(({ proposals }) =>
      proposals.filter(({ from }) => from === 'metric'),
    );
    this.#asked = new Set(metrics.map(({ what }) => what));
    const written = [
      ...document.named.map(({ text, line, section }) => ({ text, line, section })),
      ...document.entries.map(({ written: text, line, section }) => ({ text, line, section })),
    ];
    const places = new Set(document.panelBlocks.map(({ section }) => section));
    const boards = written
      .filter(({ section }) => places.has(section))
      .flatMap(({ text, line, section }) =>
        this.#proposalsIn(text, line, section).flatMap(({ from, what }) =>
          from === 'dashboard' ? [{ section, line, path: what }] : [],
        ),
      );
    this.#dashboards = draftDashboards(document.panelBlocks, boards, namesOf);
  }

  plan(): Plan {
    const { entries, sections, verifications, named, signers } = this.#document;
    const full = new Set<number>();
    for (const { section } of [...entries, ...verifications, ...named])
      if (section !== null) full.add(section);
    for (const [index, { claim }] of sections.entries()) if (claim !== null) full.add(index);
    const trackOf = trackSections(sections, full);
    const roles = rolesOf(signers);
    const leadOf = leadFinder(roles);
    const version: Version = this.#document;
    const steps = this.#earlier ? step(this.#earlier, version) : null;
    const { ids, taken, trackIds } = assignIds(version, this.#earlier, steps, trackOf);
    const items = [...this.#claims(taken), ...this.#boxes(ids), ...this.#proofs(taken)];
    const order = new Map<number | null, number>([[null, -1]]);
    for (const index of sections.keys()) order.set(index, index);
    items.sort((one, other) => (order.get(one.section) ?? 0) - (order.get(other.section) ?? 0));
    const grouped = Map.groupBy(items, (item) => trackOf(item.section));
    const tracks = [...grouped].map(([section, own]): DraftTrack => {
      const title = section === null ? 'Checklist' : (sections[section]?.title ?? '') || 'Untitled';
      const id = trackIds(section, title);
      return { id, title: cut(title, 200), section, lead: leadOf(title), items: own };
    });
    return {
      tracks,
      roles,
      ids,
      suggested: this.#suggested,
      dashboards: this.#dashboards,
      empty: this.#emptySections(full),
    };
  }

  #emptySections(full: ReadonlySet<number>): number[] {
    const { sections } = this.#document;
    const has = new Set<number>();
    for (const section of full)
      for (let at: number | null = section; at !== null && !has.has(at); at = sections[at]?.parent ?? null)
        has.add(at);
    return [...sections.keys()].filter((index) => !has.has(index) && index !== 0);
  }

  #boxes(ids: readonly EntryIds[]): DraftItem[] {
    const { entries } = this.#document;
    const parts = Map.groupBy(entries.keys(), (index) => this.#topOf(index));
    return [...parts].flatMap(([top, indices]): DraftItem[] => {
      const entry = entries[top];
      const own = ids[top];
      if (!entry || !own) return [];
      const taken = new Taken(['attestation', ...indices.map((index) => ids[index]?.check ?? '')]);
      const named = new Set<string>();
      const checks = indices.flatMap((index): DraftCheck[] => {
        const one = entries[index];
        if (!one) return [];
        const claim = {
          id: ids[index]?.check ?? null,
          proposed: null,
          statement: this.#statement(index),
          entry: index,
        };
        const fresh = this.#proposalsIn(one.written, one.line, one.section).filter(
          ({ what }) => !named.has(what),
        );
        for (const { what } of fresh) named.add(what);
        return [claim, ...this.#propose(fresh, taken)];
      });
      return [
        {
          id: own.item,
          title: cut(entry.text, 200),
          section: entry.section,
          line: entry.line,
          entry: top,
          level: this.#levelOf(entry),
          checks,
          commands: [],
        },
      ];
    });
  }

  /** A part says what it is a part of. */
  #statement(index: number): string {
    const { entries } = this.#document;
    const chain: string[] = [];
    for (let at: number | null = index; at !== null; at = entries[at]?.parent ?? null)
      chain.unshift(entries[at]?.text ?? '');
    return cut(chain.length > 1 ? chain.slice(1).join(' › ') : chain.join(''), 1000);
  }

  #topOf(index: number): number {
    const { entries } = this.#document;
    let at = index;
    for (let up = entries[at]?.parent ?? null; up !== null; up = entries[at]?.parent ?? null) at = up;
    return at;
  }

  #levelOf({ text, section }: Pick<Entry, 'text' | 'section'>): DraftItem['level'] {
    const { sections } = this.#document;
    const titles = [text.slice(0, 80)];
    for (let at = section; at !== null; at = sections[at]?.parent ?? null)
      titles.push(sections[at]?.title ?? '');
    if (titles.some((title) => /\boptional\b|\bnice[ -]to[ -]have\b/i.test(title))) return 'optional';
    return titles.some((title) => /\brecommended\b/i.test(title)) ? 'recommended' : 'blocker';
  }

  /** What headings claim of themselves by a mark. */
  #claims(taken: Taken): DraftItem[] {
    return this.#document.sections.flatMap((section, index): DraftItem[] => {
      if (section.claim === null) return [];
      const said = section.claimText || (section.claim === 'done' ? 'done' : 'not done');
      const statement = cut(`${section.title}: ${said}`, 1000);
      const check = { id: null, proposed: null, statement, entry: null };
      return [
        {
          id: taken.take(slug(`${section.title} heading`)),
          title: cut(`Its heading claims “${said}”: ${section.title}`, 200),
          section: index,
          line: section.line,
          entry: null,
          level: 'optional',
          checks: [check],
          commands: [],
        },
      ];
    });
  }

  /** One item for each section that has commands, or names files, to prove it. */
  #proofs(taken: Taken): DraftItem[] {
    const { sections, verifications, named } = this.#document;
    const places = new Set([...verifications, ...named].map(({ section }) => section));
    return [...places].map((section): DraftItem => {
      const own = verifications.filter((one) => one.section === section);
      const files = named.filter((one) => one.section === section);
      const proposals = [
        ...files.flatMap(({ text, line }) => this.#proposalsIn(text, line, section)),
        ...this.#commands.filter((one) => one.section === section).flatMap((one) => one.proposals),
      ];
      const title = section === null ? 'Checklist' : (sections[section]?.title ?? '');
      const checks = this.#propose(proposals, new Taken(['attestation']));
      const statement = cut(`What proves “${title}” was looked at, and holds.`, 1000);
      return {
        id: taken.take(slug(`${title} verification`)),
        title: cut(`${title}: verification`, 200),
        section,
        line: Math.min(...[...own, ...files].map(({ line }) => line)),
        entry: null,
        level: this.#levelOf({ text: title, section }),
        checks: checks.length > 0 ? checks : [{ id: null, proposed: null, statement, entry: null }],
        commands: [...files.map(({ text }) => text), ...own.flatMap(({ lines }) => lines)],
      };
    });
  }

  #proposalsIn(text: string, line: number, section: number | null): Proposal[] {
    const { sections } = this.#document;
    const titles: string[] = [];
    for (let at = section; at !== null; at = sections[at]?.parent ?? null)
      titles.push(sections[at]?.title.slice(0, 200) ?? '');
    return proposalsIn(text, line, this.#asked, titles.join(' '));
  }

  #propose(proposals: readonly Proposal[], taken: Taken): DraftCheck[] {
    return withoutTwins(proposals).map((proposal): DraftCheck => {
      const proposed = proposedCheck(proposal, this.#dashboards);
      const { line, from, what } = proposal;
      if (this.#suggested.length < 10_000) this.#suggested.push({ line, from, what, kind: proposed.kind });
      return {
        id: taken.take(slug(`${from} ${what}`)),
        proposed,
        statement: proposed.statement,
        entry: null,
      };
    });
  }
}

/** Each thing once, however often lines name it. */
function withoutTwins(proposals: readonly Proposal[]): Proposal[] {
  const known = new Map(proposals.map((one) => [`${one.from} ${one.what}`, one] as const).reverse());
  return [...known.values()].reverse();
}
